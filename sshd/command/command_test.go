package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// The JSON of every word, to the letter: scripts rely on it.
func TestShapes(t *testing.T) {
	r := newRig(t)
	for name, line := range map[string]string{"find": "find zw", "card": "card 20240217", "roster": "roster 三2 --flags", "contacts": "contacts 20240217",
		"due": "due --within 7d", "whoami": "whoami", "log": "log 20240217 --kind call --outcome no-answer"} {
		out, errs, code := r.says("luojing", "", line+" --json")
		if code != OK || errs != "" {
			t.Fatalf("%s: exit %d: %s", line, code, errs)
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(out), "", "  "); err != nil || strings.Count(out, "\n") != 1 {
			t.Fatalf("%s is not one document: %v\n%s", line, err, out)
		}
		if name != "log" && name != "contacts" && name != "card" { // whichever ran first
			golden(t, name, indented.String())
		}
	}
	r = newRig(t)
	for _, name := range []string{"contacts", "card"} {
		out, _, _ := r.says("luojing", "", name+" 20240217 --json")
		var indented bytes.Buffer
		_ = json.Indent(&indented, []byte(out), "", "  ")
		golden(t, name, indented.String())
		out, _, _ = r.says("heping", "", name+" 20240217 --json") // sees a restricted contact in outline
		indented.Reset()
		_ = json.Indent(&indented, []byte(out), "", "  ")
		golden(t, name+".subject-teacher", indented.String())
		if strings.Contains(out, "情绪") || strings.Contains(out, "left_behind") {
			t.Errorf("%s tells what is restricted: %s", name, out)
		}
	}
}

// Each exit code of each word, with what is said.
func TestExitCodes(t *testing.T) {
	r := newRig(t)
	key := "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEifGNc6s8FhDM/7+YdFLN/qtgSxwRTsTaTmlkSew29D ding"
	for _, tc := range []struct {
		who, in, line string
		code          int
		said          string
	}{
		{"luojing", "", "help", OK, "roster CLASS"},
		{"luojing", "", "help log", OK, "--outcome"},
		{"luojing", "", "log --help", OK, "--outcome"},
		{"luojing", "", "help dance", Usage, "help dance"},
		{"luojing", "", "", OK, "find QUERY"},
		{"luojing", "", "version", OK, "qiao "},
		{"luojing", "", "dance", Usage, "看不懂: dance"},
		{"luojing", "", "completion bash", Usage, "看不懂"},
		{"luojing", "", "find", Usage, "find QUERY"},
		{"luojing", "", "find 章薇 --bogus", Usage, "--bogus 不是这条命令的选项"},
		{"luojing", "", "find 章薇 -x", Usage, "-x 不是"},
		{"luojing", "", "find 章薇 --all=2", Usage, "--all 不能是 2"},
		{"luojing", "", "log 章薇 --kind", Usage, "--kind 后面要有值"},
		{"luojing", "", "find 章", OK, "章楠"},
		{"luojing", "", "find 没有", NotFound, "没有这条记录"},
		{"nobody", "", "find 章薇", Forbidden, "没有这个权限"},
		{"dingyichuan", "", "find 章薇", NotFound, ""},
		{"dingyichuan", "", "card 20240217", NotFound, ""},
		{"luojing", "", "card 章", NotFound, "不止一个"},
		{"duanqing", "", "card 章薇", OK, "100 0000 0117"},
		{"duanqing", "", "contacts 章薇", Forbidden, ""},
		{"luojing", "", "roster 3.2", OK, "冉小满"},
		{"luojing", "", "roster 9.9", NotFound, ""},
		{"luojing", "", "roster xyz", Refused, "班级"},
		{"duanqing", "", "roster 3.2", NotFound, ""},
		{"heping", "", "roster 3.2 --flags", Forbidden, ""},
		{"luojing", "", "due", OK, "校医"},
		{"luojing", "", "due --within 1d", OK, ""},
		{"luojing", "", "due --within soon", Refused, "期限"},
		{"luojing", "", "due --class 4.4", NotFound, ""},
		{"luojing", "", "log 章薇 --text x", Refused, "渠道: 必填"},
		{"luojing", "", "log 章薇 --kind pigeon --text xx", Refused, "渠道"},
		{"luojing", "", "log 章薇 --kind call", Refused, "内容: 必填"},
		{"luojing", "", "log 章薇 --kind call --text 好了 --at |明天 16:00|", Refused, "时间"},
		{"luojing", "", "log 章薇 --kind call --text 好了 --level top", Refused, "级别"},
		{"luojing", "", "log 章薇 --kind call --text 好了 --topic weather", Refused, "话题"},
		{"luojing", "", "log 章薇 --kind call --text 好了 --with 舅舅", Refused, "对象"},
		{"luojing", "", "log 章薇 --kind call --text 好了 --by 周五", Refused, "承诺"},
		{"luojing", "", "log 章薇 --kind call --text 好了 --outcome lost", Refused, "结果"},
		{"luojing", strings.Repeat("长", data.MaxSummary+1), "log 章薇 --kind call --text -", Refused, "内容: 太长"},
		{"duanqing", "", "log 章薇 --kind call --text 找班主任", Forbidden, ""},
		{"duanqing", "", "log 章薇 --kind call --text 找班主任 --incoming", OK, "已记"},
		{"dingyichuan", "", "log 章薇 --kind call --text 好了", NotFound, ""},
		{"luojing", "", "account list", Forbidden, ""},
		{"dingyichuan", "", "account list", OK, "luojing"},
		{"dingyichuan", "", "account", OK, "account key"},
		{"dingyichuan", "", "account fly", Usage, "account fly"},
		{"dingyichuan", key, "account key add luojing -", OK, "luojing"},
		{"dingyichuan", key, "account key add heping -", Conflict, "一把公钥只归一个账号"},
		{"dingyichuan", "ssh-dss AAAA", "account key add heping -", Refused, "公钥"},
		{"dingyichuan", "", "account disable nobody", NotFound, ""},
		{"dingyichuan", "", "account key remove SHA256:none", NotFound, ""},
		{"dingyichuan", "", "account add --name 新人 --role class-teacher", Refused, "范围"},
		{"dingyichuan", "", "account add --name 新人 --role chief", Refused, "角色"},
		{"dingyichuan", "", "account add --name 罗静 --role principal@2026-12-01", OK, "luojing2"},
	} {
		out, errs, code := r.says(tc.who, tc.in, tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.said) || (code == OK) != (errs == "") {
			t.Errorf("%s: %s: exit %d, not %d\n%s%s", tc.who, tc.line, code, tc.code, out, errs)
		}
	}
}

// What breaks below is not told to the caller, and is exit 1; a command that
// was called off says so.
func TestBroken(t *testing.T) {
	r := newRig(t)
	var out, errs bytes.Buffer
	c := r.call("luojing", nil, &out, &errs)
	c.Desk = func(context.Context) (*store.Desk, error) { return nil, errors.New("a secret of the disk") }
	if code := Run(t.Context(), c, []string{"find", "x", "--json"}); code != Broken {
		t.Error("exit", code)
	}
	if s := errs.String(); strings.Contains(s, "secret") || !strings.Contains(s, `"code":"failed"`) {
		t.Error(s)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	errs.Reset()
	if code := Run(ctx, r.call("luojing", nil, &out, &errs), []string{"find", "x"}); code != Broken || !strings.Contains(errs.String(), "已取消") {
		t.Error(code, errs.String())
	}
}

// A failure under --json is JSON, wherever the flag stands, in either language.
func TestFailures(t *testing.T) {
	r := newRig(t)
	for line, want := range map[string]string{"find 没有 --json": "", "--json card 章": "ambiguous", "card 没有 --json": "not_found", "find --bogus --json": "usage",
		"contacts 章薇 --json": "forbidden", "log 章薇 --kind x --json": "refused"} {
		for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
			r.lang = lang
			who := "luojing"
			if want == "forbidden" {
				who = "duanqing"
			}
			out, errs, code := r.says(who, "", line)
			if want == "" {
				if code != NotFound || !strings.Contains(errs, `"not_found"`) || out != `{"students":[],"total":0}`+"\n" {
					t.Errorf("%s: %d %s%s", line, code, out, errs)
				}
				continue
			}
			var f struct {
				Error struct{ Code, Message string }
			}
			if err := json.Unmarshal([]byte(errs), &f); err != nil || f.Error.Code != want || f.Error.Message == "" || out != "" {
				t.Errorf("%s: %v\n%s%s", line, err, out, errs)
			}
			if chinese := strings.ContainsFunc(f.Error.Message, func(c rune) bool { return c >= 0x4e00 }); chinese != (lang == i18n.Chinese) {
				t.Errorf("%s in %s: %s", line, lang, f.Error.Message)
			}
		}
	}
}

// On a terminal no line is wider than it; to a pipe there are tabs and no head.
func TestTablesFit(t *testing.T) {
	r := newRig(t)
	lines := []string{"help", "find 章", "card 章薇", "roster 3.2", "contacts 章薇", "due", "whoami"}
	for _, r.cols = range []int{40, 80, 120} {
		for _, r.lang = range []i18n.Lang{i18n.Chinese, i18n.English} {
			for _, line := range lines {
				out, errs, code := r.says("luojing", "", line)
				if code != OK || out == "" {
					t.Fatal(line, code, errs)
				}
				for row := range strings.Lines(out) {
					if w := kit.Width(strings.TrimSuffix(row, "\n")); w > r.cols {
						t.Errorf("%s at %d columns: %d: %s", line, r.cols, w, row)
					}
				}
			}
		}
	}
	r.cols, r.lang = 80, i18n.Chinese
	if out, _, _ := r.says("luojing", "", "find 章薇"); !strings.HasPrefix(out, "学号      姓名") {
		t.Error(out)
	}
	r.cols = 0
	if out, _, _ := r.says("luojing", "", "find 章薇"); out != "20240217\t章薇\t3.2\t祖母 吴桂芬\t100 0000 0117\t**\n20240218\t章楠\t3.2\t祖母 吴桂芬\t100 0000 0117\t\n" { // her sister is found with her
		t.Error(out)
	}
}

// Nothing that a person wrote reaches the terminal as a control.
func TestPrintedTextIsClean(t *testing.T) {
	for _, cols := range []int{0, 60} {
		var out bytes.Buffer
		c := Call{Lang: i18n.Chinese, Out: &out, Cols: cols}
		c.table(nil, [][]string{{"a\x1b[2Jb", "c\td\ne", "\u202ef", "\u009bg", "h\u0301\u0301\u0301\u0301\u0301\u0301"}})
		if strings.ContainsAny(out.String(), "\x1b\u202e\u009b\r") || strings.Count(out.String(), "\n") != 1 ||
			cols == 0 && strings.Count(out.String(), "\t") != 4 {
			t.Errorf("%q", out.String())
		}
	}
	r := newRig(t)
	if _, errs, code := r.says("luojing", "", "|\x1b[2Jdance\u202e|"); code != Usage || strings.ContainsAny(errs, "\x1b\u202e") {
		t.Errorf("%d %q", code, errs)
	}
}

// Each flag of log arrives in the record.
func TestLog(t *testing.T) {
	r := newRig(t)
	out, errs, code := r.says("luojing", "父亲说春节回家\n\n", "log 章薇 --kind video_call --text - --with 父 --incoming --at |11-24 19:05| --topic family --topic study "+
		"--level class --promise 寄回家信 --promise |问回家日期| --by +3d --json")
	var saved struct{ ID int64 }
	if err := json.Unmarshal([]byte(out), &saved); err != nil || code != OK || saved.ID == 0 {
		t.Fatal(code, out, errs)
	}
	c, err := r.db.As(r.who["luojing"]).Contact(t.Context(), saved.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(c.Channel, c.Direction, c.Outcome, c.With, c.Relation, when(c.At), c.Topics, c.Level.Code(), c.Summary, c.Promises[0].Text,
		c.Promises[0].Due, c.Promises[0].OwnerName, c.Promises[1].Text, c.Promises[1].Due)
	want := fmt.Sprint(data.VideoCall, data.Incoming, data.Reached, "章立民", data.Father, "2026-11-24T19:05:00+08:00", []string{"family", "study"}, "class",
		"父亲说春节回家", "寄回家信", "2026-11-28", "罗静", "问回家日期", "")
	if got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	for word, want := range map[string]string{"": "吴桂芬", "章立民": "章立民", "grandmother": "吴桂芬", "祖母": "吴桂芬", "father": "章立民", fmt.Sprint(c.Guardians[0]): "章立民"} {
		out, errs, code := r.says("luojing", "", "log 章薇 --kind call --text 好了 --json --with |"+word+"|")
		if err := json.Unmarshal([]byte(out), &saved); err != nil || code != OK {
			t.Fatalf("%q: %d %s", word, code, errs)
		}
		if c, err := r.db.As(r.who["luojing"]).Contact(t.Context(), saved.ID); err != nil || c.With != want {
			t.Errorf("%q: %s, %v", word, c.With, err)
		}
	}
}

type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.read += len(p)
	return len(p), nil
}

// Input without an end is read as far as it can be used.
func TestEndlessInput(t *testing.T) {
	r := newRig(t)
	var out, errs bytes.Buffer
	in := &endless{}
	if code := Run(t.Context(), r.call("luojing", in, &out, &errs), []string{"log", "章薇", "--kind", "call", "--text", "-"}); code != Refused {
		t.Error(code, errs.String())
	}
	if in.read > 1<<20 {
		t.Error("read", in.read)
	}
}
