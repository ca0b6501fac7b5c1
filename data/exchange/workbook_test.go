package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"qiao/data"

	"github.com/xuri/excelize/v2"
)

// packed is a zip of the given parts.
func packed(t testing.TB, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// madeXLSX is a workbook of the sheets given, each as the inside of its worksheet.
// It is written the other way than the national export: a prefix on every
// element, no shared texts but two, and no references where they can be left out.
func madeXLSX(t testing.TB, props string, sheets ...string) string {
	t.Helper()
	parts := map[string]string{"xl/sharedStrings.xml": `<sst><si><t>3.2</t></si><si><r><t>章</t></r><r><t>薇</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si></sst>`}
	var list, rels strings.Builder
	for i, s := range sheets {
		name, body, _ := strings.Cut(s, "|")
		fmt.Fprintf(&list, `<x:sheet name="%s" sheetId="%d" r:id="r%d"/>`, name, i+1, i)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="x/worksheet" Target="/xl/worksheets/s%d.xml"/>`, i, i)
		parts[fmt.Sprintf("xl/worksheets/s%d.xml", i)] = `<x:worksheet>` + body + `</x:worksheet>`
	}
	parts["xl/workbook.xml"] = `<x:workbook>` + props + `<x:sheets>` + list.String() + `</x:sheets></x:workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels.String() + `<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	return packed(t, parts)
}

// row is one row of cells: a text, or a number, a formula and the like as its XML.
func row(n int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<x:row r="%d">`, n)
	for i, c := range cells {
		if strings.HasPrefix(c, "<x:c") {
			b.WriteString(c)
		} else if c != "" {
			fmt.Fprintf(&b, `<x:c r="%c%d" t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c>`, 'A'+i, n, c)
		}
	}
	return b.String() + `</x:row>`
}

func body(rows ...string) string {
	return `<x:sheetData>` + strings.Join(rows, "") + `</x:sheetData>`
}

// Numbers as texts and texts as numbers, days as a spreadsheet counts them, texts
// in several fonts, formulas with and without a result, errors.
func TestCells(t *testing.T) {
	f := read(t, madeXLSX(t, "", "表|"+body(
		row(1, "某校花名册"),
		row(3, "学号", "姓名", "班级", "出生日期", "家长电话", "家长姓名"),
		row(4, `<x:c r="A4"><x:v>20240217</x:v></x:c>`, `<x:c r="B4" t="s"><x:v>1</x:v></x:c>`, `<x:c r="C4" t="s"><x:v>0</x:v></x:c>`, `<x:c r="D4" s="3"><x:v>43168</x:v></x:c>`,
			`<x:c r="E4"><x:v>1.000000011700E10</x:v></x:c>`, "吴"),
		row(5, `<x:c><x:v>20240218.0</x:v></x:c>`, `<x:c t="str"><x:f>B4&amp;"二"</x:f><x:v>章楠</x:v></x:c>`, `<x:c><x:f>C4</x:f><x:v>3.2</x:v></x:c>`, `<x:c t="inlineStr"><x:is><x:t>2018/3/9</x:t></x:is></x:c>`),
		row(6, `<x:c><x:f>A5+1</x:f></x:c>`, "甲", "3.2"),
		row(7, "7", `<x:c r="B7" t="e"><x:v>#REF!</x:v></x:c>`, "3.2"),
		row(8, `<x:c r="A8"><x:v>100000201803090022</x:v></x:c>`, "乙", "3.2"),
		row(9, "9", "丙", "3.2", `<x:c r="D9"><x:v>400</x:v></x:c>`),
		`<x:row r="10"/>`,
		row(11, "11", "丁", "3.2", `<x:c r="D11"><x:v>73051</x:v></x:c>`))))
	var got []string
	for _, r := range f.Rows {
		got = append(got, fmt.Sprint(r.Row, r.Number, r.Name, r.Class, r.Birth))
	}
	for _, r := range f.Refused {
		got = append(got, fmt.Sprint(r.Row, r.Column, r.Why))
	}
	// What is refused already is not called empty besides.
	want := []string{"420240217章薇3.2 2018-03-09", "520240218章楠3.2 2018-03-09",
		fmt.Sprint(6, "学号", data.WhyFormula), fmt.Sprint(7, "姓名", data.WhyFormula), fmt.Sprint(8, "学号", data.WhyDigits), fmt.Sprint(9, "出生日期", data.WhyBirthday),
		fmt.Sprint(11, "出生日期", data.WhyFuture)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if g := f.Rows[0].Guardians; len(g) != 1 || g[0].First() != "+8610000000117" {
		t.Errorf("%+v", g)
	}
	mac := read(t, madeXLSX(t, `<x:workbookPr date1904="1"/>`, "表|"+body(row(1, "学号", "姓名", "班级", "生日"), row(2, "1", "甲", "3.2", `<x:c r="D2"><x:v>41706</x:v></x:c>`))))
	if mac.Rows[0].Birth != data.On(2018, 3, 9) {
		t.Error(mac.Rows[0].Birth)
	}
}

// A head of two rows, a class that stands once beside its children, classes on
// sheets of their own, and a sheet of notes.
func TestMergedCellsAndSheets(t *testing.T) {
	two := body(row(1, "花名册"), row(2, "学号", "姓名", "班级", "家长1", "", "家长2"), row(3, "", "", "", "姓名", "电话", "姓名", "电话"),
		row(4, "1", "甲", "3.2", "乙", "10000000001", "丙", "10000000002"), row(5, "2", "丁"), row(6, "3", "戊", "3.1")) +
		`<x:mergeCells><x:mergeCell ref="A1:G1"/><x:mergeCell ref="A2:A3"/><x:mergeCell ref="B2:B3"/><x:mergeCell ref="C2:C3"/><x:mergeCell ref="D2:E2"/><x:mergeCell ref="F2:G2"/>` +
		`<x:mergeCell ref="C4:C5"/></x:mergeCells>`
	f := read(t, madeXLSX(t, "", "学生|"+two, "说明|"+body(row(1, "填写说明"))))
	if len(f.Rows) != 3 || len(f.Refused) != 0 || f.Rows[1].Class.String() != "3.2" || f.Rows[2].Class.String() != "3.1" || f.Rows[0].Sheet != "" {
		t.Fatalf("%+v %+v", f.Rows, f.Refused)
	}
	if g := f.Rows[0].Guardians; len(g) != 2 || g[1].Name != "丙" || g[1].First() != "+8610000000002" {
		t.Errorf("%+v", g)
	}
	f = read(t, madeXLSX(t, "", "三(1)班|"+body(row(1, "学号", "姓名"), row(2, "1", "甲")), "名单|"+body(row(1, "示例小学三年级2班花名册"), row(2, "学号", "姓名"), row(3, "2", "乙"), row(4, "1", "丙")),
		"说明|"+body(row(1, "填写说明"))))
	if len(f.Rows) != 2 || f.Rows[0].Class.String() != "3.1" || f.Rows[1].Class.String() != "3.2" || f.Rows[1].Sheet != "名单" {
		t.Fatalf("%+v", f.Rows)
	}
	if r := f.Refused; len(r) != 1 || r[0].Sheet != "名单" || r[0].Row != 4 || r[0].Other != 2 || r[0].OtherSheet != "三(1)班" {
		t.Errorf("%+v", r)
	}
	_, err := ReadRoster([]byte(madeXLSX(t, "", "三(1)班|"+body(row(1, "学号", "姓名"), row(2, "1", "甲")), "三(2)班|"+body(row(1, "编号", "姓名", "性别"), row(2, "2", "乙", "女")))), 2026, nil)
	if err == nil || err.Error() != "file 学号 (三(2)班): a column is missing" {
		t.Error(err)
	}
}

// What another program's writer makes of days, numbers and merged cells.
func TestAWorkbookOfAnotherWriter(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	set := func(cell string, v any) {
		t.Helper()
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for i, row := range [][]any{{"三年级2班花名册"}, {"学号", "姓名", "性别", "出生日期", "是否寄宿", "家长1姓名", "家长1电话"},
		{20240217, "章薇", "女", time.Date(2018, 3, 9, 0, 0, 0, 0, time.UTC), true, "吴桂芬", 10000000117}, {"20240218", "章<楠>", "女", "2018.3.9", false, "吴桂芬", "10000000117"}} {
		for j, v := range row {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			set(cell, v)
		}
	}
	if err := f.MergeCell("Sheet1", "A1", "G1"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.String())
	if len(got.Rows) != 2 || len(got.Refused) != 0 {
		t.Fatalf("%+v %+v", got.Rows, got.Refused)
	}
	for i, l := range got.Rows {
		if l.Number != []string{"20240217", "20240218"}[i] || l.Name != []string{"章薇", "章<楠>"}[i] || l.Birth != data.On(2018, 3, 9) || l.Class.String() != "3.2" ||
			l.Boarding != []data.Told{data.ToldYes, data.ToldNo}[i] || l.Guardians[0].First() != "+8610000000117" {
			t.Errorf("%+v", l)
		}
	}
}
