package session

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// lines opens a session on a terminal that only has lines.
func (r *rig) lines() *client {
	r.Helper()
	c := r.terminal(r.conn(r.keys[0]), "dumb", 80, 24, func(c *client) { c.Session.Setenv("LC_ALL", "en_US.UTF-8") })
	c.expect("exit leaves.\r\n> ")
	return c
}

// Without a cursor there is a prompt, which takes the same words, shows what is
// typed and writes no escape sequence.
func TestPrompt(t *testing.T) {
	r := start(t, func(c *Config) { c.Limits.Paste, c.Limits.PerAccount = 1000, 99 })
	r.terminal(r.conn(r.keys[0]), "", 80, 24, nil).expect("exit 退出") // no TERM at all
	c := r.lines()
	for _, tc := range []struct{ typed, want string }{
		{"find 'a b'\r", "> find 'a b'\r\na [\"find\" \"a b\"] en \"\" <nil>\r\n> "},
		{"find 张三\x7f\x7f李\r", "张三\b \b\b \b\b \b\b \b李\r\na [\"find\" \"李\"]"},
		{"e\u0301\x7fx\r", "e\u0301\b \bx\r\na [\"x\"]"},
		{"all wrong\x15right\r", "\r\na [\"right\"]"},
		{"one two  \x17\x17ok\r", "\r\na [\"ok\"]"},
		{"half\x03whole\r", "half^C\r\n> whole\r\na [\"whole\"]"},
		{"up\x1b[A\x1b[200~\x1b[201~\tdown\r\n", "> up down\r\na [\"up\" \"down\"]"},
		{"a\u009b2J\u202eb\x00\r", "> a2Jb\r\na [\"a2Jb\"]"},
		{"'open\r", "A quote is not closed"},
		{"\xbc\xd2\r", "终端编码不是 UTF-8"},
		{"log -\rone\r二\x7f三\r\x04", "\r\na [\"log\" \"-\"] en \"one\\n三\\n\" <nil>\r\n> "},
		{"wait\r", "waiting"}, {"\x03", "^C\r\ncalled off\r\n> "},
		{strings.Repeat("x", 1200) + "\r", "1000 bytes were taken, 200 were not.\r\na [\"" + strings.Repeat("x", 1000) + "\"]"},
		{"\x1b[200~one\ntwo\x1b[201~", "a [\"one\"]"},
	} {
		c.mu.Lock()
		c.seen.Reset()
		c.seen.WriteString("> ")
		c.mu.Unlock()
		c.types("%s", tc.typed)
		c.expect(tc.want)
	}
	if strings.Contains(c.text(), "\x1b") {
		t.Errorf("an escape sequence: %q", c.text())
	}
	for _, leave := range []string{"exit\r", "quit\r", "\x04", "\x03"} {
		c := r.lines()
		c.types("%s", leave)
		c.exit(ExitOK)
	}
}

// What ends screens ends a prompt, with the same codes.
func TestPromptEnds(t *testing.T) {
	r := start(t, func(c *Config) {
		c.Limits.IdleWarn, c.Limits.IdleLimit = 500*time.Millisecond, 900*time.Millisecond
	})
	c := r.lines()
	c.types("panic\r")
	c.exit(ExitInternal)
	c = r.lines()
	c.types("wait\r")
	c.expect("waiting") // and is not idle
	time.Sleep(1100 * time.Millisecond)
	c.types("\x03half")
	c.expect("Still there?")
	c.expect("\r\n> half")
	c.exit(ExitRetry)
	c.expect("nothing was typed")
	c = r.lines()
	c.types("wait\r")
	c.expect("waiting")
	if !r.host.Shutdown(5 * time.Second) {
		t.Error("someone is still inside")
	}
	c.exit(ExitRetry)
}

func TestWords(t *testing.T) {
	r := start(t, func(c *Config) {})
	for words, want := range map[string]string{
		`log 07 --text 'a b' -`: `a ["log" "07" "--text" "a b" "-"] zh "input" <nil>`, "panic": "程序出错",
	} {
		s, _ := r.conn(r.keys[0]).NewSession()
		c := &client{T: t, Session: s}
		s.Stdout, s.Stderr, s.Stdin = c, c, strings.NewReader("input")
		if err := s.Start(words); err != nil {
			t.Fatal(err)
		}
		c.exit(map[bool]int{true: ExitInternal, false: 4}[words == "panic"])
		c.expect(want)
	}
}

// words starts a command, on a terminal or not.
func (r *rig) words(words string, tty bool) *client {
	r.Helper()
	s, err := r.conn(r.keys[0]).NewSession()
	if err != nil {
		r.Fatal(err)
	}
	c := &client{T: r.T, Session: s}
	c.in, _ = s.StdinPipe()
	s.Stdout, s.Stderr = c, c
	if tty {
		err = s.RequestPty("xterm", 24, 77, nil)
	}
	if err = errors.Join(err, s.Start(words)); err != nil {
		r.Fatal(err)
	}
	return c
}

// Words on a terminal read what is typed, line by line; ctrl+c calls them off.
func TestWordsOnATerminal(t *testing.T) {
	r := start(t, func(c *Config) {})
	c := r.words("log -", true)
	c.types("家\x7f长会\r\x04")
	c.expect("家\b \b\b \b长会\r\na [\"log\" \"-\"] zh \"长会\\n\" <nil>\r\n")
	c.exit(4)
	c = r.words("wait", true)
	c.expect("waiting")
	r.host.Each(func(s *Session) {
		if s.Width() != 77 || !strings.HasPrefix(s.Key, "SHA256:") || s.From != "127.0.0.1" {
			t.Error(s.Width(), s.Key, s.From)
		}
	})
	c.types("\x03")
	c.expect("called off\r\n")
	c.exit(1)
}

// The server stopping reaches words too, even those that wait for input.
func TestWordsAtShutdown(t *testing.T) {
	r := start(t, func(c *Config) {})
	cs := []*client{r.words("log -", false), r.words("log -", true), r.words("wait", false)}
	cs[2].expect("waiting")
	r.settles("all are inside", func() bool {
		n := 0
		r.host.Each(func(s *Session) {
			if s.started.Load() {
				n++
			}
		})
		return n == 3
	})
	began := time.Now()
	if !r.host.Shutdown(5*time.Second) || time.Since(began) > 2*time.Second {
		t.Error("after", time.Since(began))
	}
	for _, c := range cs {
		c.exit(ExitRetry)
		c.expect(stopping.Chinese())
	}
}

// Ten megabytes into a prompt, as one line and as many, take no more than a
// line's worth and disturb nobody.
func TestPromptFlood(t *testing.T) {
	r := start(t, func(c *Config) { c.Limits.Stall = 5 * time.Second })
	c, other := r.lines(), r.login(1)
	other.expect("hello b")
	c.types("%s\r", strings.Repeat("家长", 10<<20/6))
	c.expect(fmt.Sprint("the first ", 64<<10/3*3, " bytes"))
	other.types("x")
	other.expect("H x")
}
