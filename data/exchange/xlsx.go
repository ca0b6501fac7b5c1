package exchange

import (
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// What is drawn on a sheet: thin lines around cells, and rows as high as a hand
// needs that signs.
const (
	signRow  = 26 // points
	asText   = 49 // Excel's number format for text: @
	asNumber = 1  // 0
	a4       = 9  // Excel's name for the size of paper
)

// WriteXLSX writes a table as a spreadsheet: title and facts, the head of the
// columns, which stays on the screen and is printed on each page, then the rows.
// Cells have types: a number is one to count with, all else is text, so that no
// program takes what people wrote for a formula.
func WriteXLSX(to io.Writer, t Table, sheet string) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	x := xlsx{f: f, sheet: sheetName(sheet), t: t}
	if err := f.SetSheetName("Sheet1", x.sheet); err != nil {
		return err
	}
	if err := errors.Join(x.styles(), x.columns(), x.cells(), x.paper()); err != nil {
		return err
	}
	return f.Write(to)
}

// sheetName is a name that spreadsheets take: 31 characters, and none of theirs.
func sheetName(s string) string {
	var out []rune
	for _, r := range clean(s) {
		switch r {
		case ':', '\\', '/', '?', '*', '[', ']', '\'':
			continue
		}
		if len(out) < 31 {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return "1"
	}
	return string(out)
}

type xlsx struct {
	f                               *excelize.File
	sheet                           string
	t                               Table
	title, fact, head, words, count int
	header                          int // the row of the columns' names
	last                            int
}

func (x *xlsx) styles() (err error) {
	border := []excelize.Border{{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"}, {Type: "top", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"}}
	centre, words := &excelize.Alignment{Vertical: "center", Horizontal: "center"}, &excelize.Alignment{Vertical: "center", Horizontal: "left", Indent: 1, WrapText: true}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&x.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}, NumFmt: asText}},
		{&x.fact, excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&x.head, excelize.Style{Font: &excelize.Font{Bold: true}, Border: border, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}, NumFmt: asText}},
		{&x.words, excelize.Style{Border: border, Alignment: words, NumFmt: asText}},
		{&x.count, excelize.Style{Border: border, Alignment: centre, NumFmt: asNumber}},
	} {
		id, e := x.f.NewStyle(&s.style)
		*s.id, err = id, errors.Join(err, e)
	}
	return err
}

func (x *xlsx) columns() (err error) {
	for i, c := range x.t.Cols {
		name, e := excelize.ColumnNumberToName(i + 1)
		err = errors.Join(err, e, x.f.SetColWidth(x.sheet, name, name, float64(c.Width)+2))
	}
	return err
}

// line writes one text over the whole width.
func (x *xlsx) line(s string, style int) error {
	x.last++
	from, to := x.at(1, x.last), x.at(max(1, len(x.t.Cols)), x.last)
	return errors.Join(x.f.MergeCell(x.sheet, from, to), x.f.SetCellStr(x.sheet, from, clean(s)), x.f.SetCellStyle(x.sheet, from, to, style))
}

func (x *xlsx) at(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row) // both are above 0
	return name
}

func (x *xlsx) cells() error {
	err := errors.Join(x.line(x.t.Title, x.title), x.f.SetRowHeight(x.sheet, 1, 30))
	for _, s := range x.t.Facts {
		err = errors.Join(err, x.line(s, x.fact), x.f.SetRowHeight(x.sheet, x.last, 18))
	}
	x.last++
	x.header = x.last
	for i, c := range x.t.Cols {
		at := x.at(i+1, x.header)
		err = errors.Join(err, x.f.SetCellStr(x.sheet, at, clean(c.Name)), x.f.SetCellStyle(x.sheet, at, at, x.head))
	}
	for _, row := range x.t.Rows {
		err = errors.Join(err, x.row(row))
	}
	for _, s := range x.t.Foot {
		err = errors.Join(err, x.line(s, x.fact))
	}
	return err
}

func (x *xlsx) row(cells []string) (err error) {
	x.last++
	for i, c := range x.t.Cols {
		at, cell := x.at(i+1, x.last), ""
		if i < len(cells) {
			cell = clean(cells[i])
		}
		n, number := strconv.ParseInt(cell, 10, 64)
		switch {
		case cell == "":
			err = errors.Join(err, x.f.SetCellStyle(x.sheet, at, at, x.words))
		case c.Kind == Number && number == nil:
			err = errors.Join(err, x.f.SetCellInt(x.sheet, at, n), x.f.SetCellStyle(x.sheet, at, at, x.count))
		default:
			err = errors.Join(err, x.f.SetCellStr(x.sheet, at, cell), x.f.SetCellStyle(x.sheet, at, at, x.words))
		}
	}
	return errors.Join(err, x.f.SetRowHeight(x.sheet, x.last, signRow))
}

// paper sets how it is printed: A4 upright, as wide as the page, the head of the
// columns on each, numbered.
func (x *xlsx) paper() error {
	size, upright, wide, high := a4, "portrait", 1, 0
	fit := true
	head := strconv.Itoa(x.header)
	quoted := "'" + x.sheet + "'!"
	return errors.Join(
		x.f.SetPanes(x.sheet, &excelize.Panes{Freeze: true, YSplit: x.header, TopLeftCell: x.at(1, x.header+1), ActivePane: "bottomLeft"}),
		x.f.SetPageLayout(x.sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &upright, FitToWidth: &wide, FitToHeight: &high}),
		x.f.SetSheetProps(x.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		x.f.SetHeaderFooter(x.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}),
		x.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted + "$" + head + ":$" + head, Scope: x.sheet}),
		x.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: quoted + "$A$1:$" + x.lastColumn() + "$" + strconv.Itoa(x.last), Scope: x.sheet}),
	)
}

func (x *xlsx) lastColumn() string {
	name, _ := excelize.ColumnNumberToName(max(1, len(x.t.Cols)))
	return name
}
