package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The words by ssh, with the real client: what they print, and their exit codes.
func TestWordsOverSSH(t *testing.T) {
	s := newSchool(t)
	for _, tc := range []struct {
		role, stdin, words, out, errs string
		code                          int
	}{
		{"me", "", "whoami", "luojing\t罗静\n", "", 0},
		{"me", "", "find 章薇", "20240217\t章薇\t3.2\t祖母 吴桂芬\t100 0000 0117\t**\n", "", 0},
		{"me", "", "card 章薇", "不联系", "", 0},
		{"me", "", "find 没有这人", "", "没有这条记录", 4},
		{"me", "", "card zw", "", "不止一个", 4},
		{"me", "", "dance", "", "看不懂", 2},
		{"me", "", "find", "", "看不懂", 2},
		{"me", "", "log 章薇 --text x", "", "渠道: 必填", 6},
		{"me", "", "log 章薇 --kind call", "", "内容: 必填", 6},
		{"me", "", "log 章薇 --kind call --outcome no-answer --json", `{"id":`, "", 0},
		{"me", "祖母说已经好了", "log 章薇 --kind call --text - --with 祖母 --promise 带药 --by 明天", "已记: 章薇", "", 0},
		{"me", "", "contacts 章薇", "祖母说已经好了", "", 0},
		{"me", "", "due --within 1d", "带药", "", 0},
		{"me", "", "roster 三2", "20240217\t章薇", "", 0},
		{"me", "", "roster 三2 --flags", "left_behind", "", 0},
		{"class-teacher", "", "find 冉小满", "", "没有这条记录", 4},
		{"class-teacher", "", "roster 3.2", "", "没有这条记录", 4},
		{"admin", "", "find 章薇", "", "没有这条记录", 4},
		{"admin", "", "account list", "luojing", "", 0},
		{"admin", "ssh-ed25519 AAAA", "account add --name 新人 --role principal --key-file -", "", "公钥: ", 6},
		{"admin", "", "account add --name 新人 --role principal --key-file /etc/passwd", "", "没有这个权限", 3},
		{"admin", "", "account add --name 新人 --role class-teacher", "", "范围: 必填", 6},
		{"principal", "", "account list", "luojing", "", 0}, // as the matrix has it: without the keys
		{"class-teacher", "", "account list", "", "没有这个权限", 3},
		{"admin", "学号,姓名,班级\n20249999,一个人,3.2\n", "import roster - --yes", "新增", "消失或调班", 6},
		{"admin", "没有这些列\n", "import roster - --yes", "", "缺这一列", 6},
		{"principal", "学号,姓名,班级\n20249999,一个人,3.2\n", "import roster - --yes", "", "没有这个权限", 3},
		{"inspector", "", "roster 3.2", "", "没有这条记录", 4},
		{"front-desk", "", "find 章薇", "吴桂芬", "", 0},
		{"front-desk", "", "contacts 章薇", "", "没有这个权限", 3},
	} {
		out, errs, code := s.says(tc.role, tc.stdin, tc.words)
		if code != tc.code || !strings.Contains(out, tc.out) || !strings.Contains(errs, tc.errs) || tc.out == "" && out != "" {
			t.Errorf("%s: %s: exit %d\n%s%s", tc.role, tc.words, code, out, errs)
		}
	}
	out, _, code := s.says("me", "", "find nobody --json")
	if code != 4 || out != `{"students":[],"total":0}`+"\n" {
		t.Errorf("no hit in JSON: %d, %s", code, out)
	}
	_, errs, _ := s.says("me", "", "card zw --json")
	var failure struct {
		Error struct{ Code, Message string }
	}
	if err := json.Unmarshal([]byte(errs), &failure); err != nil || failure.Error.Code != "ambiguous" || failure.Error.Message == "" {
		t.Errorf("%v: %s", err, errs)
	}
}

// A terminal without a cursor gets the same words line by line.
func TestDumbTerminal(t *testing.T) {
	s := newSchool(t)
	m := s.login("me", 80, 24, "TERM=dumb")
	m.sees("exit")
	m.types("find 0117\r")
	m.sees("章薇")
	if strings.Contains(m.view.Render(), "\x1b") {
		t.Errorf("escape sequences on a dumb terminal: %q", m.view.Render())
	}
	m.types("exit\r")
	if code := m.leaves(); code != 0 {
		t.Error("exit", code)
	}
}

// A parent's question is one command; the log tells each look, by whom, with
// which key, from where, and each key that was turned away.
func TestAuditOverSSH(t *testing.T) {
	s := newSchool(t)
	s.says("moral-office", "", "card 章薇")
	s.says("subject-teacher", "", "contacts 章薇")
	s.says("class-teacher", "", "card 20240217") // of another class: refused
	for _, tc := range []struct {
		role, words, out, errs string
		code                   int
	}{
		{"me", "looked 章薇", "被拦\t章薇\t127.0.0.1\n", "", 0},
		{"principal", "looked 章薇", "看\t章薇\t127.0.0.1\n", "", 0},
		{"admin", "looked 20240217", "\t看\t20240217\t", "", 0},
		{"admin", "looked 章薇", "", "没有这条记录", 4},
		{"moral-office", "looked 章薇", "", "没有这个权限", 3},
		{"class-teacher", "looked 20240217", "", "没有这条记录", 4},
		{"class-teacher", "audit list --kind refused", "被拦\t学生 ", "", 0},
		{"class-teacher", "audit head", "", "没有这个权限", 3},
		{"principal", "audit head", "qiao audit head ", "", 0},
		{"class-teacher", "export audit --purpose x", "", "没有这个权限", 3},
		{"principal", "export audit", "", "用途: 必填", 6},
		{"principal", "export audit --purpose 督导检查 --student 章薇 --kind look", "view,student,", "", 0},
		{"principal", "export audit --purpose x -o file", "", "看不懂", 2},
		{"admin", "audit list --kind sign-in --since 2026-11-25", "登录", "", 0},
		{"admin", "audit list --since 2026-11-26", "", "", 0},
		{"admin", "audit list --since yesterday", "", "date: ", 6},
	} {
		out, errs, code := s.says(tc.role, "", tc.words)
		if tc.errs == "date: " {
			tc.errs = "日期: "
		}
		if code != tc.code || !strings.Contains(out, tc.out) || !strings.Contains(errs, tc.errs) || tc.out == "" && out != "" {
			t.Errorf("%s: %s: exit %d\n%s%s", tc.role, tc.words, code, out, errs)
		}
	}
	out, _, _ := s.says("me", "", "looked 章薇 --json")
	var looked struct {
		Student struct{ Number, Name string }
		Looks   []struct{ At, By, Did, From, Door, Key, Session string }
	}
	if err := json.Unmarshal([]byte(out), &looked); err != nil || looked.Student.Number != "20240217" || looked.Student.Name != "章薇" {
		t.Fatal(err, out)
	}
	did := map[string]bool{}
	for _, l := range looked.Looks {
		did[l.Did] = true
		if l.At == "" || l.By == "" || l.From != "127.0.0.1" || l.Door != "words" || !strings.HasPrefix(l.Key, "SHA256:") || !strings.HasPrefix(l.Session, "s-") {
			t.Errorf("%+v", l)
		}
	}
	if !did["view"] || !did["view history"] || !did["refused"] {
		t.Errorf("%s", out)
	}
}

// A stranger's key and a revoked one are in the log, by fingerprint and address.
func TestRefusedLoginIsInTheLog(t *testing.T) {
	s := newSchool(t)
	key := filepath.Join(s.dir, "keys", "stranger")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	print, err := exec.Command("ssh-keygen", "-lf", key).Output()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, _, code := s.says("stranger", "", "whoami"); code != 255 {
			t.Fatal("a stranger comes in")
		}
	}
	want := strings.Fields(string(print))[1]
	for range 100 { // it is written beside the login
		if out, _, _ := s.says("admin", "", "audit list --kind sign-in-refused --json"); strings.Contains(out, want) {
			if !strings.Contains(out, `"why":"unknown"`) || !strings.Contains(out, `"from":"127.0.0.1"`) || !strings.Contains(out, `"door":"login"`) {
				t.Error(out)
			}
			return
		}
	}
	t.Error("the log does not know of", want)
}
