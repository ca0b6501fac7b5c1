package command

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// roster is the file that says of the sample school what is in it.
const roster = `学号,姓名,性别,出生日期,班级,家长1姓名,家长1关系,家长1电话
20240217,章薇,女,2018-03-09,3.2,吴桂芬,祖母,10000000117
20240218,章楠,女,2018-03-09,3.2,吴桂芬,祖母,10000000117
20240219,冉小满,女,2017-10-02,3.2,冉大山,父亲,
`

// A roster goes in by standard input: shown first, written with --yes, once.
func TestImport(t *testing.T) {
	r := newRig(t)
	grown := roster + "20240220,新来,男,2018-05-05,3.2,吴桂芬,祖母,10000000117\n20260101,一年级,男,,1.1,甲,父亲,10000000500\n"
	for _, tc := range []struct {
		who, line, in string
		code          int
		said          string
	}{
		{"luojing", "import roster -", grown, Forbidden, "没有这个权限"},
		{"dingyichuan", "import", "", OK, "import roster FILE"},
		{"dingyichuan", "import roster", "", Usage, "import roster FILE"},
		{"dingyichuan", "import roster - --siblings perhaps", grown, Usage, "perhaps"},
		{"dingyichuan", "import roster -", "", Refused, "文件"},
		{"dingyichuan", "import roster -", "a,b\n1,2\n", Refused, "缺这一列"},
		{"dingyichuan", "import roster -", roster, OK, "什么都没写"},
		{"dingyichuan", "import roster -", grown, OK, "加 --yes 才写"},
		{"dingyichuan", "import roster - --yes --dry-run", grown, OK, "加 --yes 才写"},
		{"dingyichuan", "import roster - --yes", grown, OK, "已导入, 编号 1"},
		{"dingyichuan", "import roster - --yes", grown, OK, "学校里都有了"},
		{"dingyichuan", "import roster - --yes", strings.Replace(grown, "20240217,章薇", "20240217,", 1), Refused, "第 2 行 姓名: 必填"},
		{"dingyichuan", "import roster - --yes", strings.Replace(grown, "20240218,", "20240217,", 1), Refused, "第 3 行 学号: 已被占用 (第 2 行已有)"},
		{"dingyichuan", "import roster - --yes", strings.ReplaceAll(grown, ",3.2,", ",3.1,"), Refused, "3.2: 4/4 人消失或调班"},
		{"dingyichuan", "import roster - --yes --force", strings.ReplaceAll(grown, ",3.2,", ",3.1,"), OK, "3.2 > 3.1"},
		{"luojing", "import undo", "", Forbidden, "没有这个权限"},
		{"luojing", "import list", "", Forbidden, "没有这个权限"},
		{"dingyichuan", "import undo x", "", Usage, "undo x"},
		{"dingyichuan", "import undo 9", "", NotFound, ""},
		{"dingyichuan", "import undo 1", "", Conflict, "学生 20240220 新来"},
		{"dingyichuan", "import undo 1 --json", "", Conflict, `"what":"student","number":"20240220"`},
		{"dingyichuan", "import list", "", OK, "1\t"},
		{"ningxiaozhou", "find 新来", "", OK, "3.1"},
		{"ningxiaozhou", "card 20260101", "", OK, "100 0000 0500"},
	} {
		out, errs, code := r.says(tc.who, tc.in, tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.said) {
			t.Errorf("%s: %s: exit %d, not %d\n%s%s", tc.who, tc.line, code, tc.code, out, errs)
		}
	}
}

// A preview names fields and never shows what a family's fields hold.
func TestPreviewMasksValues(t *testing.T) {
	r := newRig(t)
	for _, flag := range []string{"", " --json"} {
		out, errs, _ := r.says("dingyichuan", strings.ReplaceAll(roster, "10000000117", "10000000999"), "import roster -"+flag)
		if strings.Contains(out+errs, "0999") || strings.Contains(out+errs, "0117") || !strings.Contains(out, map[bool]string{true: `"phone"`, false: "电话"}[flag != ""]) {
			t.Errorf("%s%s", out, errs)
		}
	}
	out, errs, code := r.says("dingyichuan", roster+"20240299,甲,男,昨天,3.2,,,\n", "import roster - --json")
	var p preview
	if err := json.Unmarshal([]byte(out), &p); err != nil || code != Refused || p.Refused != 1 || p.Refusals[0].Row != 5 || p.Refusals[0].Column != "出生日期" || p.Same != 3 ||
		!strings.Contains(errs, `"code":"refused"`) {
		t.Errorf("%v %d %+v\n%s", err, code, p, out)
	}
}

// A person at a terminal is asked; anything but yes writes nothing.
func TestImportAsks(t *testing.T) {
	r := newRig(t)
	for _, tc := range []struct{ answer, said string }{{"n\n", "什么都没写"}, {"", "什么都没写"}, {"y\n", "已导入"}} {
		var out, errs bytes.Buffer
		c := r.call("dingyichuan", strings.NewReader(tc.answer), &out, &errs)
		c.Asks = true
		c.Read = func(string) ([]byte, error) { return []byte(roster + "20240220,新来,男,,3.2,,,\n"), nil }
		if code := Run(t.Context(), c, []string{"import", "roster", "new.csv"}); code != OK || !strings.Contains(out.String()+errs.String(), tc.said) ||
			!strings.Contains(errs.String(), "y/N") {
			t.Errorf("%q: %d\n%s%s", tc.answer, code, &out, &errs)
		}
	}
}
