package exchange

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"qiao/data"
)

func sample(t testing.TB, name string) data.RosterFile {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := ReadRoster(raw, 2026, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// agree holds what another format tells of the children in the plain roster
// against it.
func agree(t *testing.T, f data.RosterFile, same func(want, got data.RosterLine) bool) {
	t.Helper()
	by := map[string]data.RosterLine{}
	for _, l := range f.Rows {
		by[l.Number] = l
	}
	found := 0
	for _, want := range read(t, file(t, "roster-utf8.csv")).Rows {
		got, ok := by[want.Number]
		if !ok {
			continue
		}
		found++
		if got.Name != want.Name || got.Class != want.Class || got.Sex != want.Sex || got.Birth != want.Birth || len(got.Guardians) != len(want.Guardians) || !same(want, got) {
			t.Errorf("%+v\nis not\n%+v", got, want)
			continue
		}
		for i, g := range got.Guardians {
			if w := want.Guardians[i]; g.Name != w.Name || g.First() != w.First() || g.Order != w.Order {
				t.Errorf("%s: %+v is not %+v", got.Number, g, w)
			}
		}
	}
	if found < 36 {
		t.Errorf("%d of them are there", found)
	}
}

// The national form says of each child what the plain roster says. What its
// numbers tell is checked, and they are gone.
func TestTheNationalForm(t *testing.T) {
	f := sample(t, "xueji-export.xlsx")
	if len(f.Rows)+f.RefusedRows() != 600 || f.RefusedRows() < 3 || f.RefusedRows() > 12 {
		t.Fatalf("%d rows, refused %+v", len(f.Rows), f.Refused)
	}
	for _, r := range f.Refused {
		if r.Column != "身份证件号" || r.Why != data.WhyIdentity || r.Number == "" || r.Row < 4 || r.Sheet != "" {
			t.Errorf("%+v", r)
		}
	}
	agree(t, f, func(want, got data.RosterLine) bool {
		return got.Address == want.Address && got.Boarding == want.Boarding && got.LeftBehind == want.LeftBehind && !slices.ContainsFunc(got.Guardians, func(g data.Guardian) bool {
			return g.Relation == data.OtherRelation
		})
	})
	taken := map[string]string{}
	for _, c := range f.Columns {
		if c.Field != "" {
			taken[c.Head] = c.Field
		}
	}
	for head, field := range map[string]string{"学籍辅号": "学号", "身份证件号": "身份证号", "现住址": "住址", "就读方式": "是否寄宿", "是否留守儿童": "留守情况", "成员2联系电话": "家长2电话"} {
		if taken[head] != field {
			t.Errorf("%s is taken for %q", head, taken[head])
		}
	}
	if len(f.Columns) != 71 || taken["联系电话"] != "" || taken["家庭地址"] != "" || taken["成员1身份证件号"] != "" {
		t.Errorf("%d columns, %v", len(f.Columns), taken)
	}
}

func TestAOneRosterArchive(t *testing.T) {
	f := sample(t, "oneroster-1.1.zip")
	if len(f.Rows) != 600 || len(f.Refused) != 0 || f.Delta || len(f.Leaving) != 0 {
		t.Fatalf("%d rows, refused %+v", len(f.Rows), f.Refused)
	}
	agree(t, f, func(_, got data.RosterLine) bool { return got.LeftBehind == data.NotTold })
}

// No identity number is in what a reader hands on, right or wrong.
func TestNumbersAreForgotten(t *testing.T) {
	const right, wrong = "000000201803090021", "000000201803090020"
	text := "学号,姓名,性别,出生日期,班级,身份证号,学籍号\n" +
		"1,甲,,,3.2," + right + ",G" + right + "\n" +
		"2,乙,女,2018-03-09,3.2," + wrong + ",\n" +
		"3,丙,男,2018-03-09,3.2," + right + ",\n" +
		"4,丁,女,2018-03-10,3.2,,G" + right + "\n" +
		right + ",戊,,,3.2,,\n" +
		"G" + wrong + ",己,,,3.2,,\n" +
		"7,庚,,,3.2,E12345678,20240217\n" +
		"8,辛,,,3.2,0000002018030900,\n" +
		"9,壬,,,3.2,000000********0022,\n" +
		"10,癸,,,3.2,2.01803090022E+17,\n"
	f := read(t, text)
	var got []string
	for _, r := range f.Refused {
		got = append(got, strings.Join([]string{r.Number, r.Column, string(r.Why)}, " "))
	}
	want := []string{"2 身份证号 " + string(data.WhyIdentity), "3 性别 " + string(data.WhyIdSex), "4 出生日期 " + string(data.WhyIdBirth), " 学号 " + string(data.WhySecret),
		" 学号 " + string(data.WhySecret), "8 身份证号 " + string(data.WhyIdentity), "10 身份证号 " + string(data.WhyDigits)}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if len(f.Rows) != 3 || f.Rows[0].Sex != data.Female || f.Rows[0].Birth != data.On(2018, 3, 9) {
		t.Errorf("%+v", f.Rows)
	}
	if all := strings.ReplaceAll(strings.ToUpper(fmt.Sprintf("%+v", f)), f.Hash, ""); strings.Contains(all, right[6:]) || strings.Contains(all, wrong[6:]) {
		t.Error("a number is kept:", all)
	}
}
