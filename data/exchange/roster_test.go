package exchange

import (
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"qiao/data"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func read(t testing.TB, text string) data.RosterFile {
	t.Helper()
	f, err := ReadRoster([]byte(text), 2026, nil)
	if err != nil {
		t.Fatalf("%v\n%.200s", err, text)
	}
	return f
}

// wide is a text in UTF-16, big end first or not, with its mark or without.
func wide(text string, big, mark bool) string {
	var order binary.AppendByteOrder = binary.LittleEndian
	if big {
		order = binary.BigEndian
	}
	var out []byte
	if mark {
		text = "\ufeff" + text
	}
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

func file(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// What a reader made of two encodings, marks, separators and line ends is one
// thing.
func TestOneRosterHoweverItIsWritten(t *testing.T) {
	plain := file(t, "roster-utf8.csv")
	want := read(t, plain)
	if len(want.Rows) != 38 || len(want.Refused) != 0 {
		t.Fatalf("%d rows, refused %+v", len(want.Rows), want.Refused)
	}
	for name, text := range map[string]string{
		"GB18030":     file(t, "roster-gb18030.csv"),
		"with a mark": "\ufeff" + plain, "LF": strings.ReplaceAll(plain, "\r\n", "\n"), "CR": strings.ReplaceAll(plain, "\r\n", "\r"),
		"tabs": strings.ReplaceAll(plain, ",", "\t"), "semicolons": strings.ReplaceAll(plain, ",", ";"), "bars": strings.ReplaceAll(plain, ",", "|"),
		"wide commas": strings.ReplaceAll(plain, ",", "，"), "UTF-16": wide(plain, false, true), "UTF-16 without a mark": wide(plain, false, false),
		"UTF-16 the other way round": wide(plain, true, true), "apostrophes": strings.ReplaceAll(plain, "\r\n20", "\r\n'20"),
		"kept as texts": regexp.MustCompile(`\b\d{8,11}\b`).ReplaceAllString(plain, `"=""$0"""`),
		"quoted":        `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(plain, "\r\n"), ",", `","`), "\r\n", "\"\r\n\"") + `"`,
		"other names":   strings.NewReplacer("家长1", "监护人一", "家长2", "监护人2", "住址", "家庭住址 *", "学号", "Student No.").Replace(plain),
	} {
		got := read(t, text)
		if !reflect.DeepEqual(got.Rows, want.Rows) || len(got.Refused) != 0 {
			t.Errorf("%s: %d rows, refused %+v", name, len(got.Rows), got.Refused)
		}
		if got.Hash == want.Hash || len(got.Hash) != 64 {
			t.Errorf("%s: hash %s", name, got.Hash)
		}
	}
}

// Each row agrees with what a plain reading of the sheet says.
func TestRowsSayWhatTheSheetSays(t *testing.T) {
	text := file(t, "roster-utf8.csv")
	sheet, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	away := 0
	for i, r := range read(t, text).Rows {
		s := sheet[i+1]
		if r.Row != i+2 || r.Number != s[0] || r.Name != s[1] || r.Birth.String() != s[3] || r.Address != s[7] || (r.Sex == data.Male) != (s[2] == "男") ||
			(r.Boarding == data.ToldYes) != (s[8] == "是") || r.Boarding == data.NotTold || (r.Hardship == data.ToldYes) != (s[10] == "是") ||
			(r.LeftBehind == data.ToldNo) != (s[9] == "非留守") {
			t.Errorf("%+v\n%q", r, s)
		}
		if want, _ := data.ParseClass(s[4]+s[5], 2026); r.Class != want {
			t.Errorf("row %d: %v for %s%s", r.Row, r.Class, s[4], s[5])
		}
		if r.LeftBehind == data.ToldYes {
			if away++; r.Away != s[9] {
				t.Errorf("%q for %s", r.Away, s[9])
			}
		}
		n := 0
		for _, at := range []int{11, 15} {
			if s[at] == "" {
				continue
			}
			if n++; n > len(r.Guardians) {
				t.Fatalf("row %d has %d guardians", r.Row, len(r.Guardians))
			}
			g := r.Guardians[n-1]
			if g.Name != s[at] || g.Order != n || data.National(g.First()) != s[at+2] || g.WorkPlace != s[at+3] || g.Relation == data.OtherRelation {
				t.Errorf("row %d: %+v for %q", r.Row, g, s[at:at+4])
			}
		}
	}
	if away < 5 {
		t.Errorf("%d left behind: the fixture tells nothing", away)
	}
}

func TestFaultsAreNamed(t *testing.T) {
	text := "学生 名单\n学号,姓名,性别,出生日期,班级,住校,留守情况,家长1姓名,家长1电话,父亲,父亲电话\n" +
		"1,甲一,女,2017-03-01,3.2,是,双亲留守儿童,乙一,10000000001,,\n" +
		"2,甲\x1b[2J二,女,2017/3/1,3.2,,,,,,\n" +
		"3,甲\u202e三,,,3.2,,,,,,\n" +
		",甲四,,,3.2,,,,,,\n" +
		"\n" +
		"6,,,,3.2,,,,,,\n" +
		"1,甲七,,,3.2,,,,,,\n" +
		"8,甲八,它,20171301,火箭班,也许,火星,乙,12,,\n" +
		"9,甲九,,,三(2)班,,,,10000000001,,\n" +
		"10,\"甲十,,,3.2,,,,,,\n" +
		"1.1E+07,甲十一,,,3.2,,,,,,\n" +
		"12,甲\xff二,,,3.2,,,,,,\n" +
		"13,甲十三,,2017年3月1日,302,,,,,丙,10000000002/0571-8001234\n" +
		"14,甲十四,,2099-01-01,3.2,,,,,,\n" +
		"15,甲\u0085五,,,3.2,,,,,,\n" +
		"16," + strings.Repeat("长", 31) + ",,,3.2,,,,,,"
	f := read(t, text)
	var got []string
	for _, r := range f.Refused {
		got = append(got, fmt.Sprintf("%d %s %s %d", r.Row, r.Column, r.Why, r.Other))
	}
	want := []string{"4 姓名 " + string(data.WhyBadChars) + " 0", "5 姓名 " + string(data.WhyBadChars) + " 0", "6 学号 empty 0", "8 姓名 empty 0",
		"9 学号 taken 3", "10 班级 unknown value 0", "10 出生日期 not a birthday 0", "10 住校 unknown value 0", "10 留守情况 unknown value 0", "10 性别 unknown value 0",
		"10 家长1电话 not a phone number 0", "11 家长1姓名 empty 0", "12  " + string(data.WhyQuote) + " 0", "13 学号 " + string(data.WhyDigits) + " 0",
		"14 姓名 " + string(data.WhyBadChars) + " 0", "16 出生日期 in the future 0", "17 姓名 " + string(data.WhyBadChars) + " 0", "18 姓名 too long 0"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if f.RefusedRows() != 13 || len(f.Rows) != 2 {
		t.Fatalf("%d rows refused, %d taken", f.RefusedRows(), len(f.Rows))
	}
	first, last := f.Rows[0], f.Rows[1]
	if first.LeftBehind != data.ToldYes || first.Boarding != data.ToldYes || first.Hardship != data.NotTold || first.Class != (data.ClassName{Grade: 3, Number: 2}) {
		t.Errorf("%+v", first)
	}
	if g := last.Guardians; len(g) != 1 || g[0].Relation != data.Father || len(g[0].Phones) != 2 || g[0].Phones[1].E164 != "+865718001234" {
		t.Errorf("%+v", g)
	}
}

// A number that nobody's name stands beside is somebody's all the same.
func TestNumbersWithoutNames(t *testing.T) {
	f := read(t, "学号,姓名,班级,联系电话,父亲电话\n1,甲,3.2,10000000001,10000000002\n2,乙,3.2,-,\n")
	if len(f.Rows) != 2 || len(f.Rows[0].Guardians) != 2 || len(f.Rows[1].Guardians) != 0 {
		t.Fatalf("%+v %+v", f.Rows, f.Refused)
	}
	if g := f.Rows[0].Guardians; g[0].Name != "家长" || g[0].First() != "+8610000000001" || g[1].Name != "家长" || g[1].Relation != data.Father {
		t.Errorf("%+v", g)
	}
}

func TestClassesInTwoColumns(t *testing.T) {
	for _, c := range []struct{ grade, class, want string }{
		{"三年级", "2班", "3.2"}, {"三年级", "三(2)班", "3.2"}, {"3", "2", "3.2"}, {"三", "(2)班", "3.2"}, {"2024级", "2班", "3.2"}, {"初一", "1班", "7.1"},
		{"三年级", "十二班", "3.12"}, {"三年级", "302", "3.2"}, {"", "三年级2班", "3.2"}, {"", "2024级2班", "3.2"}, {"3", "12班", "3.12"}, {"三年级", "第2班", "3.2"},
		{"三年级", "四(2)班", ""}, {"十八", "2班", ""}, {"三年级", "火箭班", ""}, {"", "2班", ""},
	} {
		got, ok := parseClass(c.grade, c.class, 2026)
		if ok != (c.want != "") || got.String() != c.want {
			t.Errorf("%s and %s are %v, want %q", c.grade, c.class, got, c.want)
		}
	}
}

func TestFilesThatAreNoRoster(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []data.Invalid
	}{
		"empty":             {"", []data.Invalid{{Field: "file", Why: data.WhyEmpty}}},
		"blank":             {" \r\n\r\n", []data.Invalid{{Field: "file", Why: data.WhyEmpty}}},
		"a head alone":      {"学号,姓名,班级\n", []data.Invalid{{Field: "file", Why: data.WhyEmpty}}},
		"no class":          {"学号,姓名\n1,甲\n", []data.Invalid{{Field: "file 班级", Why: data.WhyNoColumn}}},
		"some other sheet":  {"品名,数量\n粉笔,3\n", []data.Invalid{{Field: "file 学号", Why: data.WhyNoColumn}, {Field: "file 姓名", Why: data.WhyNoColumn}, {Field: "file 班级", Why: data.WhyNoColumn}}},
		"too large":         {"学号,姓名,班级\n" + strings.Repeat("x", MaxFile), []data.Invalid{{Field: "file", Why: data.WhyTooLong}}},
		"too many faults":   {"学号,姓名,班级\n" + strings.Repeat("1,\"a,3.2\n", MaxRows+1), []data.Invalid{{Field: "file", Why: data.WhyTooMany}}},
		"too many students": {"学号,姓名,班级\n" + strings.Repeat("1,a,3.2\n", MaxRows+1), []data.Invalid{{Field: "file", Why: data.WhyTooMany}}},
	} {
		_, err := ReadRoster([]byte(c.text), 2026, nil)
		var got []data.Invalid
		for _, f := range data.Faults(err) {
			got = append(got, *f)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sound holds what every reader owes: rows that are fit to store and hold no
// identity number, and faults in order.
func sound(t *testing.T, roster data.RosterFile) {
	t.Helper()
	numbers := map[string]bool{}
	for _, r := range roster.Rows {
		s := data.Student{Number: r.Number, Name: r.Name}
		if s.Tidy() != (data.Student{Number: r.Number, Name: r.Name, Status: data.Enrolled}) || s.Check(data.Date{}) != nil || numbers[r.Number] {
			t.Fatalf("%+v", r)
		}
		numbers[r.Number] = true
		texts := []string{r.Name, r.Number, r.Address, r.Away}
		if data.HoldsIdentity(r.Number) {
			t.Fatalf("%s is a secret", r.Number)
		}
		for _, g := range r.Guardians {
			if !reflect.DeepEqual(g.Tidy().Phones, append([]data.Phone{}, g.Phones...)) || g.Check(data.Date{}) != nil {
				t.Fatalf("%+v", g)
			}
			texts = append(texts, g.Name, g.RelationText, g.WorkPlace)
		}
		if strings.ContainsFunc(strings.Join(texts, ""), unicode.IsControl) {
			t.Fatalf("%q", texts)
		}
	}
	var last data.RosterFault
	for _, fault := range roster.Refused {
		if fault.Sheet == last.Sheet && fault.Row < last.Row || fault.Row < 2 || fault.Why == "" {
			t.Fatalf("%+v", fault)
		}
		last = fault
	}
}

// Whatever the bytes, a reader answers, and what it takes is fit to store.
func FuzzReadRoster(f *testing.F) {
	for _, name := range []string{"roster-utf8.csv", "roster-gb18030.csv"} {
		f.Add([]byte(strings.Join(strings.SplitAfter(file(f, name), "\n")[:4], ""))) // large seeds are minimised for minutes
	}
	f.Add([]byte("学号\t姓名\t班级\n1\t\"甲\"\"乙\n丙\"\t3.2\n2\t\"\t\n"))
	f.Add([]byte("学号;姓名;班级;父亲\n1;甲\x1b;2024级2班;乙"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		roster, err := ReadRoster(raw, 2026, nil)
		if err != nil {
			if len(data.Faults(err)) == 0 {
				t.Fatal("an error that names no fault:", err)
			}
			return
		}
		sound(t, roster)
	})
}

// The reader's own splitting and encoding/csv agree wherever the latter has no
// complaint.
func FuzzSheet(f *testing.F) {
	f.Add("a,b\n\"c\r\nd\",\"e\"\"f\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\r") || strings.Contains(text, "\ufeff") || strings.Count(text, "\n") > maxLines || strings.Count(text, ",") > maxCells {
			return
		}
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		if err != nil {
			return
		}
		var got [][]string
		s := &textSheet{text: text, sep: ","}
		for {
			l, more := s.next()
			if !more {
				break
			}
			cells := l.cells
			if l.why == data.WhyCut {
				return // it knows more of a roster than encoding/csv
			}
			if l.why != "" {
				t.Fatalf("%q: %s", text, l.why)
			}
			if len(cells) > 0 {
				got = append(got, cells)
			}
		}
		var filled [][]string // empty cells at the end of a row are none here, and blank rows none there
		for _, cells := range want {
			if cells, _ = narrow(cells); len(cells) > 0 {
				filled = append(filled, cells)
			}
		}
		if !reflect.DeepEqual(got, filled) {
			t.Fatalf("%q:\n%q\n%q", text, got, filled)
		}
	})
}

func BenchmarkReadRoster(b *testing.B) {
	head, rows, _ := strings.Cut(file(b, "roster-utf8.csv"), "\r\n")
	var all strings.Builder
	all.WriteString(head + "\r\n")
	for i := range 100 {
		all.WriteString(strings.ReplaceAll(rows, "\r\n20", fmt.Sprintf("\r\n%02d", i)))
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().String(all.String())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ReadRoster([]byte(text), 2026, nil); err != nil {
			b.Fatal(err)
		}
	}
}
