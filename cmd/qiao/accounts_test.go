package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// presses sends keys and counts them; what stands after "type " is not counted,
// and a paste counts as one.
func (m *terminal) presses(keys ...string) (n int) {
	m.t.Helper()
	for _, k := range keys {
		if text, ok := strings.CutPrefix(k, "type "); ok {
			m.types(text)
			continue
		}
		m.types(k)
		n++
	}
	return n
}

// An administrator makes an account with a pasted key, in 12 keys at most, and
// its person is in; loses a laptop, in 9 keys at most, and whoever sits there is
// out within a second (paths 11 and 12).
func TestAccountsOnScreen(t *testing.T) {
	s := newSchool(t)
	key := s.keygen("laptop")
	pub, err := os.ReadFile(key + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	m := s.login("admin", 80, 24)
	m.sees("丁一川")
	n := m.presses("g", "u", "n", "type 龚新", tab, "type 任课", enter, tab, "type 3.2", tab, tab, "\x1b[200~"+string(pub)+"\x1b[201~", ctrlS)
	if n > 12 {
		t.Error("path 11:", n, "keys")
	}
	m.sees("已建 龚新 (gongxin)", "任课教师 三(2)", "laptop")
	if out, errs, code := s.saysWith(key, "whoami", "--json"); code != 0 || !strings.Contains(out, `"account":"gongxin"`) {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	in := s.open(s.sshFile(key), 80, 24)
	in.sees("今日", "龚新")
	in.types("g", "u")
	in.sees("我的账号", "laptop", "任课教师 三(2)")
	m.soon("开着的窗口 1", "现在在用")

	m.types(esc)
	m.sees("管理 > 账号与钥匙")
	n = m.presses("g", "u", "f", "type gx", enter, enter, "d")
	m.sees("吊销 龚新 的这把钥匙?", "最后一把", "它开着的 1 个窗口一秒内结束")
	n += m.presses(enter)
	if n > 9 {
		t.Error("path 12:", n, "keys")
	}
	began := time.Now()
	if code := in.leaves(); code != 75 {
		t.Error("exit", code)
	}
	if gone := time.Since(began); gone > time.Second {
		t.Error("still inside after", gone)
	}
	m.sees("钥匙已吊销", "钥匙 0")
	if _, _, code := s.saysWith(key, "whoami"); code != 255 {
		t.Error("the revoked key still comes in:", code)
	}
	if out, _, _ := s.says("admin", "", "account may gongxin --student 20240217 --json"); !strings.Contains(out, `"rights":[`) && !strings.Contains(out, "not_found") {
		t.Error(out)
	}
}

// A code that is made on screen lets its person in; a private key that is pasted
// leaves nothing behind.
func TestCodeAndPrivateKeyOnScreen(t *testing.T) {
	s := newSchool(t)
	key := s.keygen("home")
	private, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	m := s.login("admin", 120, 36)
	m.sees("丁一川")
	m.types("g", "u", "f", "luojing", enter, "l")
	m.sees("粘贴")
	m.paste(string(private))
	m.sees("像是私钥")
	if strings.Contains(m.screen(), "BEGIN") {
		t.Error(m.screen())
	}
	for _, line := range strings.SplitAfter(string(private), "\n")[:3] { // as from a terminal that marks no pastes
		m.types(strings.ReplaceAll(line, "\n", "\r"))
	}
	kept := func() bool {
		text := m.screen()
		return !strings.Contains(text, "像是私钥") || strings.Contains(text, "BEGIN") || strings.Contains(text, "b3BlbnNz")
	}
	for end := time.Now().Add(10 * time.Second); kept(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(m.screen())
		}
	}
	m.types(esc)
	m.sees("筛选: luojing")
	m.types("i")
	m.sees("邀请码", "enrol@服务器")
	code := regexp.MustCompile(`[2-9A-Y]{4}-[2-9A-Y]{4}`).FindString(m.screen())
	in := s.open(s.sshFile(key, "-l", "enrol"), 80, 24)
	in.sees("领取账号")
	in.types(strings.ToLower(code), enter)
	in.sees("罗静", "是你吗")
	m.types(esc)
	m.sees("筛选: luojing")
	m.types(enter)
	in.types(enter)
	in.sees("今日")
	m.soon("钥匙 2", "现在在用")
}
