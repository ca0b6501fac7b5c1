package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The main job from end to end, with the real ssh: the phone rings, the family
// is found, the talk and a promise are written down, and a colleague at another
// laptop sees both the moment they are saved.
func TestThePhoneRings(t *testing.T) {
	s := newSchool(t)
	me, colleague := s.login("me", 80, 24), s.login("moral-office", 120, 36)
	colleague.sees("今日")
	colleague.types("/", "章薇")
	colleague.sees("100 0000 0117")
	colleague.types(enter)
	colleague.sees("家庭 > 章薇", "监护人与电话")

	me.sees("今日", "要我做的")
	me.types("/", "z", "w")
	me.sees("章薇", "100 0000 0117")
	me.types(enter)
	me.sees("家庭 > 章薇", "祖母: 孩子咳嗽")
	me.types("c")
	me.sees("记联系 > 章薇", "通话中")
	me.types("孩子好多了, 明天回校")
	me.sees("孩子好多了, 明天回校")
	me.types(ctrlN, "把药交给校医")
	me.sees("把药交给校医")
	me.types(ctrlS)
	me.sees("已存", "承诺 1")
	colleague.soon("孩子好多了", "把药交给校医")
	me.sees("家庭 > 章薇", "孩子好多了")
	if out, _, code := s.says("me", "", "contacts 章薇"); code != 0 || strings.Count(out, "孩子好多了") != 1 {
		t.Errorf("%d: %s", code, out)
	}
	me.types(ctrlC)
	if code := me.leaves(); code != 0 {
		t.Error("left with", code)
	}
}

// A missed call takes two keys from the card, and the next number is offered.
func TestMissedCall(t *testing.T) {
	s := newSchool(t)
	m := s.login("me", 80, 24)
	m.sees("今日")
	m.types("/", "章薇", enter)
	m.sees("监护人与电话")
	m.types("c", ctrlG)
	m.sees("没接通已记", "章立民")
}

// The line is cut in mid-word: the client is killed. At the next login the
// draft is offered, and goes on at the same place.
func TestCutLine(t *testing.T) {
	s := newSchool(t)
	m := s.login("me", 80, 24)
	m.sees("今日")
	m.types("/", "章薇", enter)
	m.sees("监护人与电话")
	m.types("c")
	m.sees("记联系 > 章薇")
	m.types("写到一半")
	m.sees("写到一半")
	_ = m.cmd.Process.Kill() // at once: what was typed last is kept as the session ends
	_ = m.cmd.Wait()
	m = s.login("me", 80, 24)
	m.sees("欢迎回来", "写到一半")
	m.types(enter)
	m.sees("记联系 > 章薇", "写到一半")
	m.types("的话", ctrlS)
	m.sees("已存")
	if out, _, _ := s.says("me", "", "contacts 章薇"); !strings.Contains(out, "写到一半的话") {
		t.Error(out)
	}
	m.types(esc)
	m.sees("草稿 0")
}

// The server is killed with SIGKILL: what was acknowledged is there, what was
// typed two seconds before is offered back, and the file is sound.
func TestKilledServer(t *testing.T) {
	s := newSchool(t)
	m := s.login("me", 80, 24)
	m.sees("今日")
	m.types("/", "章薇", ctrlT)
	m.sees("记联系 > 章薇")
	m.types("存好的一条", ctrlS)
	m.sees("已存")
	m.types("/", "冉小满", ctrlT)
	m.sees("记联系 > 冉小满")
	m.types("还没存的话")
	m.sees("草稿已存")
	s.stop(syscall.SIGKILL)
	if code := m.leaves(); code != 255 {
		t.Error("the client ends with", code)
	}
	s.start()
	if out, _, _ := s.says("me", "", "contacts 章薇"); !strings.Contains(out, "存好的一条") {
		t.Error("a save that was acknowledged is gone:", out)
	}
	m = s.login("me", 80, 24)
	m.sees("欢迎回来", "还没存的话")
	if out, err := s.qiao("check").CombinedOutput(); err != nil || !strings.Contains(string(out), "一切正常") {
		t.Errorf("%v: %s", err, out)
	}
}

// Two people change the same family's data: the second is told who changed what,
// sees both, chooses, and loses nothing.
func TestTwoPeopleOneRecord(t *testing.T) {
	s := newSchool(t)
	a, b := s.login("me", 80, 24), s.login("moral-office", 80, 24)
	for _, m := range []*terminal{a, b} {
		m.sees("今日")
		m.types("/", "章薇", enter)
		m.sees("监护人与电话")
		m.types("e")
		m.sees("改资料", "柳溪村")
		m.types("\x1b[Z", "\x1b[Z") // up from the number to the address
	}
	a.types(" 东头")
	a.sees("东头")
	b.types(" 西头")
	b.sees("西头")
	a.types(ctrlS)
	a.sees("已存")
	b.types(ctrlS)
	b.sees("罗静", "东头", "西头")
	b.types("2", ctrlS) // mine
	b.sees("已存")
	b.sees("家庭 > 章薇", "西头")
	a.soon("西头")
}

// Both languages, on both sizes, without colours and in small windows, the
// numbers are readable.
func TestLanguagesAndSizes(t *testing.T) {
	s := newSchool(t)
	en := s.login("me", 120, 36, "LC_ALL=en_US.UTF-8", "NO_COLOR=1")
	en.sees("qiao | Today", "For me to do")
	en.types("/", "zw")
	en.sees("Zhang Wei", "100 0000 0117")
	en.types(enter)
	en.sees("Family > Zhang Wei", "Guardians and phones")
	en.types(f4)
	en.sees("家庭 > 章薇")
	en.resize(60, 15)
	en.sees("60 x 15", "80 x 24")
	en.resize(80, 24)
	en.sees("家庭 > 章薇")
}

// What is pasted and typed cannot reach another's terminal, and what is too
// much is named.
func TestHostileText(t *testing.T) {
	s := newSchool(t)
	m := s.login("me", 80, 24)
	m.sees("今日")
	m.types("/", "章薇", ctrlT)
	m.sees("记联系 > 章薇")
	m.paste("正常\x1b]0;改标题\x07\x1b[2J\u202e反\u200b过来\r\n第二行")
	m.sees("正常", "第二行")
	m.types(ctrlS)
	m.sees("已存")
	out, _, _ := s.says("me", "", "contacts 章薇 --json")
	if strings.ContainsAny(out, "\x1b\x07\u202e\u200b") || strings.Contains(out, `\u001b`) || strings.Contains(out, `\u202e`) {
		t.Errorf("%q", out)
	}
	m.types("/", "冉小满", ctrlT)
	m.sees("记联系 > 冉小满")
	m.paste(strings.Repeat("x", 100<<10))
	m.sees("64.0 KB")
}

// The server ends in order: everyone is told, everything is saved.
func TestGoodbye(t *testing.T) {
	s := newSchool(t)
	m := s.login("me", 80, 24)
	m.sees("今日")
	m.types("/", "章薇", ctrlT)
	m.sees("记联系 > 章薇")
	m.types("正写着")
	m.sees("正写着")
	began := time.Now()
	if code := s.stop(syscall.SIGTERM); code != 0 || time.Since(began) > 10*time.Second {
		t.Errorf("exit %d after %v: %s", code, time.Since(began), s.out)
	}
	if code := m.leaves(); code != 75 {
		t.Error("the client ends with", code)
	}
	m.sees("服务器正在停止")
	s.start()
	if m := s.login("me", 80, 24); true {
		m.sees("欢迎回来", "正写着")
	}
}

// A key that is removed, an account that is closed: its windows end, from the
// command line within two seconds.
func TestRevokedWhileInside(t *testing.T) {
	s := newSchool(t)
	m := s.login("class-teacher", 80, 24)
	m.sees("今日")
	out, _, _ := s.says("class-teacher", "", "whoami --json")
	name := strings.Split(strings.SplitN(out, `"account":"`, 2)[1], `"`)[0]
	if out, err := s.qiao("account", "disable", name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	began := time.Now()
	m.leaves()
	if d := time.Since(began); d > 5*time.Second {
		t.Error("still inside after", d)
	}
	if _, errs, code := s.says("class-teacher", "", "whoami"); code != 255 {
		t.Errorf("it still comes in: %d, %s", code, errs)
	}
}

// A second server on the same folder is refused, and says who holds it; so is a
// port that is taken, a folder that cannot be written, and newer data.
func TestWhatServeRefuses(t *testing.T) {
	s := newSchool(t)
	out, err := s.qiao("serve", "--listen", "127.0.0.1:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), fmt.Sprint("pid ", s.cmd.Process.Pid)) {
		t.Errorf("%v: %s", err, out)
	}
	other := filepath.Join(t.TempDir(), "other")
	if out, err := s.qiao("init", "--data", other, "--school", "示例").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err = s.qiao("serve", "--data", other, "--listen", "127.0.0.1:"+s.port).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--listen") {
		t.Errorf("%v: %s", err, out)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err = s.qiao("init", "--data", filepath.Join(file, "x"), "--school", "示例").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--data") {
		t.Errorf("%v: %s", err, out)
	}
	info, err := os.Stat(filepath.Join(other, "qiao.db"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if info, err := os.Stat(other); err != nil || info.Mode().Perm() != 0o700 {
		t.Error(info.Mode(), err)
	}
}
