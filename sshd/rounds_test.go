package sshd_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"qiao/data"
	"qiao/sshd/session"
	"qiao/tui/tuitest"

	gossh "golang.org/x/crypto/ssh"
)

const (
	enter = "\r"
	esc   = "\x1b"
	ctrlC = "\x03"
	ctrlN = "\x0e"
	ctrlS = "\x13"
	f4    = "\x1bOS"
)

// everywhere is a walk through all screens, with something written on each that
// takes it.
func everywhere(child, number string) []step {
	return []step{
		{nil, []string{"今日", "要我做的"}},
		{[]string{"f"}, []string{"今日"}},
		{[]string{"g", "r"}, []string{"班级"}},
		{[]string{"g", "h"}, []string{"往来"}},
		{[]string{"/", child}, []string{"100 0000 " + number}},
		{[]string{enter}, []string{"家庭 > " + child, "监护人与电话"}},
		{[]string{"h"}, []string{child + " > 往来", "周次"}},
		{[]string{"v"}, []string{child + " > 往来"}},
		{[]string{esc}, []string{"桥 | 家庭 > " + child + "  "}},
		{[]string{"n", "带药", "\t", "明天", enter}, []string{"u 撤销"}},
		{[]string{"c"}, []string{"记联系 > " + child, "谈了什么"}},
		{[]string{"谈了作业" + number}, []string{"谈了作业" + number}},
		{[]string{ctrlN, "明天回电"}, []string{"明天回电"}},
		{[]string{ctrlS}, []string{"已存", "家庭 > " + child}},
		{[]string{"e"}, []string{"改资料", "住址"}},
		{[]string{esc}, []string{"桥 | 家庭 > " + child + "  "}},
		{[]string{"?"}, []string{"桥 | 帮助"}},
		{[]string{"2", "3", "4", "5"}, []string{"[5 名词]"}},
		{[]string{esc}, []string{"桥 | 家庭 > " + child + "  "}},
		{[]string{":"}, []string{"桥 | 命令"}},
		{[]string{esc}, []string{"桥 | 家庭 > " + child + "  "}},
		{[]string{f4}, []string{"Guardians and phones"}},
		{[]string{f4}, []string{"监护人与电话"}},
		{[]string{"g", "t"}, []string{"桥 | 今日"}},
	}
}

// Two people use every screen at once, each redrawn by what the other saves;
// then one leaves, one's line is cut, and nothing stays behind (TestMain).
func TestTwoUseEveryScreen(t *testing.T) {
	w := openTown(t, session.Defaults())
	luo, office := w.enter(tuitest.Luo, "xterm-256color", 80, 24), w.enter(tuitest.Office, "xterm", 130, 40)
	var wg sync.WaitGroup
	wg.Go(func() { luo.walks(everywhere("章薇", "0117")) })
	wg.Go(func() { office.walks(everywhere("冉小满", "0107")) })
	wg.Wait()
	if t.Failed() {
		return
	}
	luo.types(ctrlC)
	if err := luo.Wait(); err != nil {
		t.Error(err)
	}
	office.conn.Close()
	line, err := w.db.As(tuitest.Luo).Timeline(t.Context(), data.TimelineQuery{Student: tuitest.Zhang, Limit: 1})
	if err != nil || len(line.Contacts) != 1 || line.Contacts[0].Summary != "谈了作业0117" {
		t.Errorf("%+v, %v", line.Contacts, err)
	}
}

// Clients that are careless, broken or hostile, beside one that works: each is
// told what to do, nobody loses anything, and the other notices nothing. Those
// that stop reading are package session's (TestStalledClientIsEjected).
func TestHostileGuests(t *testing.T) {
	limits := session.Defaults()
	limits.PerAccount = 50
	w := openTown(t, limits)
	good := w.enter(tuitest.Office, "xterm-256color", 80, 24)
	good.sees("要我做的")
	works := func(what string) {
		t.Helper()
		began := time.Now()
		good.types("/", "章薇")
		good.sees("100 0000 0117")
		good.types(esc)
		good.sees("要我做的")
		if d := time.Since(began); d > 5*time.Second {
			t.Errorf("%s: the other waited %v", what, d)
		}
	}

	for _, size := range [][2]int{{65535, 65535}, {1, 1}, {65535, 1}, {1, 65535}, {0, 0}} {
		g := w.enter(tuitest.Luo, "xterm-256color", max(size[0], 1), max(size[1], 1))
		g.sees([]string{"", "今日"}[min(size[0]/1000, size[1]/1000, 1)])
		if err := g.WindowChange(size[1], size[0]); err != nil {
			t.Error(err)
		}
		g.view.Resize(80, 24)
		if err := g.WindowChange(24, 80); err != nil {
			t.Error(err)
		}
		g.sees("要我做的", "ctrl+c 退出")
		g.types(ctrlC)
		if err := g.Wait(); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
	works("odd windows")

	for term, says := range map[string]string{"dumb": "exit 退出", "": "exit 退出"} {
		g := w.enter(tuitest.Luo, term, 80, 24)
		g.sees(says)
		g.types("find 0117\r")
		g.sees("章薇")
		g.types("exit\r")
		if err := g.Wait(); err != nil {
			t.Errorf("TERM=%q: %v", term, err)
		}
	}

	g := w.enter(tuitest.Luo, "xterm-256color", 80, 24)
	g.sees("要我做的")
	g.types("/", "章薇", enter)
	g.sees("监护人与电话")
	g.types("c")
	g.sees("谈了什么")
	g.types("先写了这句")
	g.sees("先写了这句")
	g.types("\x1b[200~" + strings.Repeat("家长会", 10<<20/9) + "\x1b[201~") // ten megabytes
	g.sees("收下 64.0 KB", "9.9 MB", "先写了这句")
	works("ten megabytes pasted")
	g.types("\xbc\xd2\xb3\xa4\xbb\xe1") // GBK
	g.sees("终端发来的不是 UTF-8", "先写了这句")
	g.types("z")
	g.sees("草稿已存", "先写了这句z")
	g.types("\xff\xfe\xc0\x80") // nothing at all
	g.sees("终端发来的不是 UTF-8")
	g.types("a\u009b2Jb\u202ec\u200bd", "e\u0301\u0301\u0301\u0301\u0301\u0301")
	g.sees("先写了这句za2J")
	g.types(ctrlS)
	g.sees("桥 | 家庭 > 章薇  ")
	line, err := w.db.As(tuitest.Luo).Timeline(t.Context(), data.TimelineQuery{Student: tuitest.Zhang, Limit: 1})
	if err != nil || len(line.Contacts) != 1 {
		t.Fatal(line, err)
	}
	c, err := w.db.As(tuitest.Luo).Contact(t.Context(), line.Contacts[0].ID)
	if err != nil || !strings.HasPrefix(c.Summary, "先写了这句za2Jbcde\u0301") || strings.ContainsAny(c.Summary+c.Quoted, "\u009b\u202e\u200b\ufffd") ||
		len(c.Quoted) > 64<<10 || len(c.Quoted) < 64<<10-3 || strings.Count(c.Summary, "\u0301") > 4 {
		t.Errorf("%q, %d quoted, %v", c.Summary, len(c.Quoted), err)
	}
	works("what is no UTF-8")

	var many []gossh.Signer
	for range 11 {
		many = append(many, newKey())
	}
	if _, err := w.dial(append(many, w.key(tuitest.Luo))...); err != nil {
		t.Error("the twelfth key:", err)
	}
	works("twelve keys")
}
