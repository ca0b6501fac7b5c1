package exchange

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"qiao/data"
)

// An xlsxSheet reads one sheet's rows as its part is unpacked.
type xlsxSheet struct {
	name    string
	strings []string
	days    int
	r       io.ReadCloser
	d       *xml.Decoder
	row     int
	spans   []span // from the next one whose top is to come
	open    []*span
	err     error
}

func (w *workbook) sheet(t tab) (*xlsxSheet, error) {
	spans, err := w.spans(t.part)
	if err != nil {
		return nil, err
	}
	s := &xlsxSheet{name: t.name, strings: w.strings, days: w.days, r: w.part(t.part), spans: spans}
	s.d = xml.NewDecoder(s.r)
	s.d.Strict = false
	s.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return s, nil
}

func (s *xlsxSheet) title() string { return s.name }
func (s *xlsxSheet) fault() error  { return s.err }

// next is the next row that stands in the part. Rows that nothing stands in are
// not there.
func (s *xlsxSheet) next() (line, bool) {
	if s.err != nil || s.r == nil {
		return line{}, false
	}
	for {
		t, err := s.d.RawToken()
		if err != nil {
			s.end(err)
			return line{}, false
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "row" {
				return s.line(node{t.Name.Local, t.Attr})
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" {
				s.end(io.EOF)
				return line{}, false
			}
		}
	}
}

func (s *xlsxSheet) end(err error) {
	s.r.Close()
	s.r = nil
	switch {
	case errors.Is(err, io.EOF):
	case len(data.Faults(err)) > 0:
		s.err = err
	default:
		s.err = bad("", data.WhyCut)
	}
}

// An xlsxCell gathers what stands between <c> and </c>.
type xlsxCell struct {
	col            int
	kind           string // s shared, str and inlineStr text, b boolean, e error, "" a number
	value, formula strings.Builder
	into           *strings.Builder // where text goes now
	counts, ruby   bool             // it has a formula; it is a reading above characters
}

func (s *xlsxSheet) line(row node) (line, bool) {
	s.row++
	if n, err := strconv.Atoi(row.get("r")); err == nil && n >= s.row {
		s.row = n
	}
	l := line{row: s.row}
	var c *xlsxCell
	col, wide := -1, true
	for {
		t, err := s.d.RawToken()
		if err != nil {
			s.end(err)
			if s.err == nil { // no end of the row
				s.err = bad("", data.WhyCut)
			}
			return line{}, false
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				c = &xlsxCell{col: col + 1, kind: node{"c", t.Attr}.get("t")}
				if at, _, ok := parseRef(node{"c", t.Attr}.get("r")); ok {
					c.col = at
				}
				col = c.col
			} else if c != nil {
				c.start(t.Name.Local)
			}
		case xml.CharData:
			if c != nil && c.into != nil && !c.ruby {
				c.into.Write(t)
			}
		case xml.EndElement:
			switch {
			case t.Name.Local == "row":
				l.cells, _ = narrow(l.cells)
				if !wide {
					l.why = data.WhyWide
				}
				s.merge(&l)
				return l, true
			case t.Name.Local == "c" && c != nil:
				if text := s.text(c); text != "" && c.col >= 0 {
					wide = wide && c.col < maxCells
					l.put(c.col, text)
				}
				c = nil
			case c != nil:
				c.end(t.Name.Local)
			}
		}
	}
}

func (c *xlsxCell) start(name string) {
	switch name {
	case "v", "t":
		c.into = &c.value
	case "f":
		c.into, c.counts = &c.formula, true
	case "rPh":
		c.ruby = true
	}
}

func (c *xlsxCell) end(name string) {
	c.into = nil
	if name == "rPh" {
		c.ruby = false
	}
}

// put sets a cell of the row, which grows as far as a roster may.
func (l *line) put(col int, text string) {
	if col >= maxCells {
		return
	}
	for len(l.cells) <= col {
		l.cells = append(l.cells, "")
	}
	l.cells[col] = text
}

// text is what a cell shows, without its format: of a formula the result that
// was saved with it, or = and the formula where there is none.
func (s *xlsxSheet) text(c *xlsxCell) string {
	v := c.value.String()
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(s.strings) {
			return ""
		}
		return s.strings[i]
	case "", "n":
		v = plain(strings.TrimSpace(v))
	}
	if v == "" && c.counts {
		return "=" + c.formula.String()
	}
	return v
}

// plain writes a number out: programs store 10003428940 as 1.000342894E10. Above
// 15 digits a spreadsheet has dropped some, and it stays as it is.
func plain(v string) string {
	if strings.Trim(v, "0123456789") == "" {
		if len(v) > 15 {
			return v[:1] + "." + v[1:] + "E+" + strconv.Itoa(len(v)-1)
		}
		return v
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1e15 {
		return v
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// merge gives each row of merged cells the text of the first, so that a class
// that stands once beside its children is the class of each; and in wide each
// column too, for heads of two rows.
func (s *xlsxSheet) merge(l *line) {
	s.open = slices.DeleteFunc(s.open, func(p *span) bool { return p.bottom < l.row })
	for len(s.spans) > 0 && s.spans[0].top <= l.row {
		if p := &s.spans[0]; p.bottom >= l.row && len(s.open) < maxCells { // true ones do not overlap
			s.open = append(s.open, p)
		}
		s.spans = s.spans[1:]
	}
	if len(s.open) == 0 || blank(l.cells) {
		return
	}
	for _, p := range s.open {
		if p.top == l.row && p.left < len(l.cells) {
			p.text = l.cells[p.left]
		} else if p.text != "" && (p.left >= len(l.cells) || l.cells[p.left] == "") {
			l.put(p.left, p.text)
		}
	}
	if l.row > topRows {
		return
	}
	for _, p := range s.open {
		for col := p.left; col <= p.right && col < maxCells && p.text != ""; col++ {
			if l.wide == nil {
				l.wide = slices.Clone(l.cells)
			}
			w := line{cells: l.wide}
			w.put(col, p.text)
			l.wide = w.cells
		}
	}
}
