package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"qiao/data"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// hostile is what people may have written, and no file may be broken by.
var hostile = []string{"=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+86", "-5", "@SUM(A1)", "<w:p>&amp;</w:t>", "]]>", "a\x00b\x1bc\u202e", "𠮷野家 😀", "\ufffe\uffff", strings.Repeat("很长", 400), "'x", "\t"}

// columnsOfTest is a width as a terminal has it, for these tests: two columns for
// all that is not ASCII.
func columnsOfTest(s string) (n int) {
	for _, r := range s {
		if n++; r > '~' {
			n++
		}
	}
	return n
}

func signSheet(names []string) Table {
	t := Table{Title: "三(2)家长会 签到表", Facts: []string{"时间: 2026-12-04 16:30-18:00"}, Page: "第 %d 页", Foot: []string{"导出人 罗静"},
		Parts: []Part{{Name: "议程", Lines: []string{"1. 开场"}}},
		Cols:  []Column{{Name: "序号", Width: 4, Kind: Number}, {Name: "学号", Width: 11}, {Name: "学生", Width: 16}, {Name: "签名", Width: 14, Kind: Blank}}}
	for i, n := range names {
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), fmt.Sprint(20240200 + i), n, ""})
	}
	return t
}

// The text has pages of A4, whatever is in it: no line too wide, none too many,
// the head on each, and every name whole.
func TestTextPages(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SliceOfN(rapid.OneOf(rapid.StringMatching(`[一-龥]{2,40}`), rapid.SampledFrom(hostile)), 0, 120).Draw(rt, "names")
		var out bytes.Buffer
		if err := WriteText(&out, signSheet(names), columnsOfTest); err != nil {
			rt.Fatal(err)
		}
		all := strings.Split(out.String(), "\f")
		for i, page := range all {
			lines := strings.Split(strings.TrimSuffix(page, "\n"), "\n")
			if len(lines) != pageRows {
				rt.Fatalf("page %d has %d lines", i+1, len(lines))
			}
			for _, l := range lines {
				if columnsOfTest(l) > pageCols || strings.ContainsFunc(l, func(r rune) bool { return r < ' ' }) {
					rt.Fatalf("%d columns: %q", columnsOfTest(l), l)
				}
			}
			if last := lines[len(lines)-1]; !strings.HasSuffix(last, fmt.Sprintf("第 %d 页", i+1)) {
				rt.Fatalf("page %d is numbered %q", i+1, last)
			}
			if !strings.Contains(page, "学号") && len(names) > 0 {
				rt.Fatalf("page %d has no head", i+1)
			}
		}
		for i := range names {
			if !strings.Contains(out.String(), fmt.Sprint(20240200+i)) {
				rt.Fatalf("row %d is missing", i+1)
			}
		}
	})
}

func opened(t interface{ Fatal(...any) }, raw []byte) *excelize.File {
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func xlsxOf(t interface{ Fatal(...any) }, x Table) []byte {
	var out bytes.Buffer
	if err := WriteXLSX(&out, x, "签到"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The spreadsheet has types: numbers are numbers, all else is text and no
// formula. Its head stays on the screen and stands on each printed page.
func TestSpreadsheet(t *testing.T) {
	x := signSheet(hostile)
	f := opened(t, xlsxOf(t, x))
	defer func() { _ = f.Close() }()
	for i, want := range hostile {
		row := i + 4
		if got, err := f.GetCellValue("签到", fmt.Sprint("C", row)); err != nil || got != data.Line(want) {
			t.Errorf("%q came back as %q %v", want, got, err)
		}
		for col, kind := range map[string]excelize.CellType{"A": excelize.CellTypeUnset, "B": excelize.CellTypeSharedString} { // a number has no type of its own there
			if got, err := f.GetCellType("签到", fmt.Sprint(col, row)); err != nil || got != kind {
				t.Errorf("%s%d is of type %v %v", col, row, got, err)
			}
		}
		if formula, err := f.GetCellFormula("签到", fmt.Sprint("C", row)); err != nil || formula != "" {
			t.Errorf("a formula: %q %v", formula, err)
		}
	}
	panes, err := f.GetPanes("签到")
	if err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("%+v %v", panes, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if names["_xlnm.Print_Titles"] != "'签到'!$3:$3" || names["_xlnm.Print_Area"] != fmt.Sprintf("'签到'!$A$1:$D$%d", 4+len(hostile)) {
		t.Error(names)
	}
	if w, err := f.GetColWidth("签到", "C"); err != nil || w != 18 {
		t.Error(w, err)
	}
	if got := sheetName(`a[b]:c*d?e/f\g'` + strings.Repeat("长", 40)); got != "abcdefg"+strings.Repeat("长", 24) || sheetName(":") != "1" {
		t.Error(got)
	}
}

var made = time.Date(2026, 12, 4, 18, 0, 0, 0, data.China)

func document(texts []string) Document {
	d := Document{Lines: []data.MinutesLine{{Kind: data.LineTitle, Text: "三(2)家长会 纪要"}, {Kind: data.LineFact, Text: "地点: 三楼教室"}, {Kind: data.LineFact, Text: "应到 45 户, 实到 42 户"},
		{Kind: data.LineItem, Text: "一、开场"}}, Foot: []string{"导出人 罗静"}, Name: "2026-家-纪01", Mark: "草稿", By: "罗静", Made: made}
	kinds := []data.LineKind{data.LineNote, data.LineQuestion, data.LineResolution, data.LineItem}
	for i, s := range texts {
		d.Lines = append(d.Lines, data.MinutesLine{Kind: kinds[i%len(kinds)], Text: s})
	}
	d.Lines = append(d.Lines, data.MinutesLine{Kind: data.LineFact, Text: "SHA-256 0123abcd"})
	return d
}

// manyLines is minutes of 500 pages.
func manyLines(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("第 %d 行", i+1))
	}
	return out
}

func docxOf(t interface{ Fatal(...any) }, d Document) []byte {
	var out bytes.Buffer
	if err := WriteDOCX(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// paragraphs reads the texts of a document's paragraphs, and fails where a part
// of it is no XML.
func paragraphs(t interface{ Fatal(...any) }, raw []byte) (out []string) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		var text *string
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(f.Name, err)
			}
			if f.Name != "word/document.xml" {
				continue
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				switch tok.Name.Local {
				case "p":
					out = append(out, "")
				case "t":
					text = &out[len(out)-1]
				}
			case xml.EndElement:
				if tok.Name.Local == "t" {
					text = nil
				}
			case xml.CharData:
				if text != nil {
					*text += string(tok)
				}
			}
		}
	}
	return out
}

// Every line of minutes comes back out of the document, in its order; what is
// called by a name stands beside it in a table.
func TestDocumentReadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom(hostile)), 0, 20).Draw(rt, "texts")
		want := []string{"三(2)家长会 纪要", "地点", "三楼教室", "应到 45 户, 实到 42 户", "一、开场"}
		for _, s := range texts {
			want = append(want, xmlSafe(data.Line(s)))
		}
		want = append(want, "SHA-256 0123abcd", "导出人 罗静")
		if got := paragraphs(rt, docxOf(rt, document(texts))); !slices.Equal(got, want) {
			rt.Fatalf("%q\nnot\n%q", got, want)
		}
	})
}

// xmlSafe is text without what XML cannot have at all.
func xmlSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0xfffe || r == 0xffff {
			return utf8.RuneError
		}
		return r
	}, s)
}

// The same minutes give the same file: who compares two sees that nothing changed.
func TestDocumentIsTheSame(t *testing.T) {
	if a, b := docxOf(t, document(hostile)), docxOf(t, document(hostile)); !bytes.Equal(a, b) {
		t.Error("two files of the same minutes differ")
	}
}

// FuzzPapers writes any text into each kind of file and reads it back.
func FuzzPapers(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := paragraphs(t, docxOf(t, document([]string{s}))); got[5] != xmlSafe(data.Line(s)) {
			t.Errorf("document: %q came back as %q", s, got[5])
		}
		ps := readICS(t, written(t, made, Event{Summary: s}))
		if v := value(ps, "SUMMARY"); s != "" && (len(v) != 1 || unescaped(t, v[0]) != data.Block(s)) {
			t.Errorf("calendar: %q came back as %q", s, v)
		}
		x := opened(t, xlsxOf(t, signSheet([]string{s})))
		if got, err := x.GetCellValue("签到", "C4"); err != nil || got != xmlSafe(data.Line(s)) && utf8.RuneCountInString(s) < 30_000 {
			t.Errorf("spreadsheet: %q came back as %q %v", s, got, err)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
}
