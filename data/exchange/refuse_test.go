package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"qiao/data"
)

// ratio is an archive with one part that unpacks to n bytes of the same.
func ratio(t *testing.T, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/workbook.xml")
	if err == nil {
		_, err = io.CopyN(w, zeros{}, n)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(to []byte) (int, error) {
	clear(to)
	return len(to), nil
}

// What is no roster is refused with what to do about it.
func TestFilesOfOtherKinds(t *testing.T) {
	const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	lying := bytes.Clone([]byte(madeXLSX(t, "", "表|"+body(row(1, strings.Repeat("x", 9000))))))
	for i := range len(lying) - 4 { // each part says that it holds one byte
		if n := len(lying); string(lying[i:i+4]) == "PK\x01\x02" && i+28 < n {
			copy(lying[i+24:], "\x01\x00\x00\x00")
		}
	}
	many := "学号,姓名,班级" + strings.Repeat(",列", 1000)
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"XLS":                {ole + strings.Repeat("\x00", 600) + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", "file: " + string(data.WhyOldSheet)},
		"locked XLSX":        {ole + strings.Repeat("\x00", 600) + string(wideText("EncryptedPackage")), "file: " + string(data.WhyLocked)},
		"web page":           {"<html><head><meta charset=utf-8></head><body><table><tr><td>学号</td></tr></table>", "file: " + string(data.WhyWebPage)},
		"Excel 2003 XML":     {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "file: " + string(data.WhyOldSheet)},
		"PDF":                {"%PDF-1.7\n学号", "file: " + string(data.WhyNotText)},
		"picture":            {"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01\x02\x00", "file: " + string(data.WhyNotText)},
		"XLSB":               {packed(t, map[string]string{"xl/workbook.bin": "x"}), "file: " + string(data.WhyOldSheet)},
		"ODS":                {packed(t, map[string]string{"content.xml": "x"}), "file: " + string(data.WhyOldSheet)},
		"DOCX":               {packed(t, map[string]string{"word/document.xml": "x"}), "file: " + string(data.WhyNotText)},
		"other archive":      {packed(t, map[string]string{"花名册.csv": "学号,姓名,班级\n1,甲,3.2\n"}), "file: " + string(data.WhyNotRoster)},
		"empty archive":      {packed(t, nil), "file: " + string(data.WhyNotRoster)},
		"empty sheet":        {madeXLSX(t, "", "表|"+body()), "file: " + string(data.WhyEmpty)},
		"a head alone":       {madeXLSX(t, "", "表|"+body(row(1, "学号", "姓名", "班级"))), "file: " + string(data.WhyEmpty)},
		"no sheet":           {madeXLSX(t, ""), "file: " + string(data.WhyEmpty)},
		"bomb by ratio":      {string(ratio(t, 8<<20)), "file: " + string(data.WhyBomb)},
		"bomb that lies":     {string(lying), "file: " + string(data.WhyCut)},
		"two of one head":    {"学号,姓名,班级,姓名\n1,甲,3.2,乙\n", "file 姓名: " + string(data.WhyTwoHeads)},
		"a thousand columns": {many + "\n1,甲,3.2" + strings.Repeat(",x", 1000), "file: " + string(data.WhyWide)},
		"no number":          {"姓名,班级,电话\n甲,3.2,1\n", "file 学号: " + string(data.WhyNoColumn)},
	} {
		_, err := ReadRoster([]byte(c.text), 2026, nil)
		if err == nil || err.Error() != c.want || len(data.Faults(err)) == 0 {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if f := read(t, "学号,姓名,班级"+strings.Repeat(",", 1000)+"\n1,甲,3.2"+strings.Repeat(",", 1000)+"\n"); len(f.Rows) != 1 {
		t.Errorf("columns that are empty: %+v", f)
	}
}

// A file that ends too early is refused as a whole, or at its last row: what
// comes out of it is never another child's, and never another value.
func TestFilesCutOff(t *testing.T) {
	whole := map[string]data.RosterLine{}
	note := func(f data.RosterFile) {
		for _, l := range f.Rows {
			whole[fmt.Sprint(len(f.Columns), l.Number)] = l
		}
	}
	for _, name := range []string{"roster-utf8.csv", "roster-gb18030.csv", "xueji-export.xlsx", "oneroster-1.1.zip"} {
		text := file(t, name)
		note(read(t, text))
		for i := 1; i < 60; i++ {
			cut := text[:len(text)*i/60]
			f, err := ReadRoster([]byte(cut), 2026, nil)
			if err != nil {
				if len(data.Faults(err)) == 0 {
					t.Fatalf("%s at %d: %v", name, i, err)
				}
				continue
			}
			if strings.HasPrefix(text, "PK") {
				t.Fatalf("%s at %d is taken", name, i)
			}
			for _, l := range f.Rows {
				if w := whole[fmt.Sprint(len(f.Columns), l.Number)]; fmt.Sprint(l) != fmt.Sprint(w) {
					t.Errorf("%s at %d: %+v is not %+v", name, i, l, w)
				}
			}
		}
	}
}
