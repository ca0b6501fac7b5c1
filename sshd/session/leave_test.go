package session

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// However a session ends, its model may leave, once.
func TestLeave(t *testing.T) {
	var left atomic.Int32
	r := start(t, func(c *Config) {
		c.Limits.PerAccount = 99
		c.Shell = func(s *Session) (tea.Model, func()) { return &toy{name: s.Me().Name}, func() { left.Add(1) } }
	})
	for i, end := range []func(*client, *gossh.Client){
		func(c *client, _ *gossh.Client) { c.types("q") },
		func(c *client, _ *gossh.Client) { c.types("u") },    // a panic in Update
		func(c *client, _ *gossh.Client) { c.types("v") },    // on the screen's goroutine
		func(c *client, _ *gossh.Client) { c.Close() },       // the channel
		func(c *client, conn *gossh.Client) { conn.Close() }, // the line is cut
		func(_ *client, conn *gossh.Client) { conn.Conn.Close() },
	} {
		conn := r.conn(r.keys[0])
		c := r.shell(conn, 80, 24, nil)
		c.expect("hello")
		end(c, conn)
		r.settles(fmt.Sprint("end ", i, " lets the model leave"), func() bool { return left.Load() == int32(i)+1 })
	}
	r.host.inside.Wait()
	if n := left.Load(); n != 6 {
		t.Error(n, "times")
	}
}

// The server waits for those who are leaving, within its patience.
func TestShutdownWaitsForLeave(t *testing.T) {
	var left atomic.Bool
	r := start(t, func(c *Config) {
		c.Shell = func(s *Session) (tea.Model, func()) {
			return &toy{}, func() { time.Sleep(700 * time.Millisecond); left.Store(true) }
		}
	})
	conn := r.conn(r.keys[0])
	r.shell(conn, 80, 24, nil).expect("hello")
	conn.Close()
	if !r.host.Shutdown(5*time.Second) || !left.Load() {
		t.Error("did not wait")
	}
}

// A panic while leaving ends that session with a fault, and no other.
func TestPanicInLeave(t *testing.T) {
	r := start(t, func(c *Config) {
		c.Shell = func(s *Session) (tea.Model, func()) {
			return &toy{name: s.Me().Name}, func() {
				if s.Me().Name == "a" {
					panic("in leave")
				}
			}
		}
	})
	a, b := r.login(0), r.login(1)
	a.expect("hello a")
	b.expect("hello b")
	a.types("q")
	a.exit(ExitInternal)
	b.types("q")
	b.exit(ExitOK)
}

// A client that reads nothing does not keep its model from leaving: the draft
// is saved long before the client is given up.
func TestStalledClientLeavesFirst(t *testing.T) {
	left := make(chan struct{})
	r := start(t, func(c *Config) {
		c.Limits.Stall = 2 * time.Second
		c.Shell = func(s *Session) (tea.Model, func()) { return &toy{}, func() { close(left) } }
	})
	s, _ := r.conn(r.keys[0]).NewSession()
	in, _ := s.StdinPipe()
	_, _ = s.StdoutPipe() // never read
	if err := errors.Join(s.RequestPty("xterm", 150, 400, nil), s.Shell()); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(in, "t")
	time.Sleep(500 * time.Millisecond) // until the window is full, some megabytes
	began := time.Now()
	r.host.EndWhere(func(*Session) bool { return true }, stopping)
	<-left
	if d := time.Since(began); d > time.Second {
		t.Error("left after", d)
	}
}

// Who loses the account or the key is out at once; others stay.
func TestRecheck(t *testing.T) {
	var closedNow atomic.Bool
	r := start(t, func(c *Config) {
		known := c.Account
		c.Account = func(ctx context.Context, l Login) (data.Account, error) {
			me, err := known(ctx, l)
			switch {
			case err == nil && closedNow.Load() && me.Name == "a":
				err = data.ErrForbidden
			case err == nil && closedNow.Load():
				err = errors.New("the disk")
			}
			return me, err
		}
	})
	a, b := r.login(0), r.login(1)
	a.expect("hello a")
	b.expect("hello b")
	everyone := func(*Session) bool { return true }
	r.host.Recheck(t.Context(), everyone)
	a.types("x")
	a.expect("H x")
	closedNow.Store(true)
	r.host.Recheck(t.Context(), func(s *Session) bool { return s.Me().Name == "b" })
	r.host.Recheck(t.Context(), everyone)
	a.exit(ExitRetry)
	a.expect("已停用")
	b.types("x")
	b.expect("H x")
}

// A call that is timed is not idleness.
func TestBusyIsNotIdle(t *testing.T) {
	r := start(t, func(c *Config) {
		c.Limits.IdleWarn, c.Limits.IdleLimit = 300*time.Millisecond, 600*time.Millisecond
	})
	c := r.login(0)
	c.types("o")
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case <-ended:
		t.Fatal("ended while a call clock ran")
	case <-time.After(1500 * time.Millisecond):
	}
	c.types("o")
	if err := <-ended; err == nil {
		t.Error("never idle")
	}
	c.expect("长时间未操作")
}

// The goodbye follows the language that was switched to, and a server's own is
// for those who name none.
func TestLanguage(t *testing.T) {
	r := start(t, func(c *Config) { c.Lang = i18n.English })
	c := r.login(0)
	c.expect("hello")
	r.host.Each(func(s *Session) {
		if s.Lang() != i18n.English {
			t.Error("the server's language is not taken")
		}
		s.SetLang(i18n.Chinese)
	})
	r.host.EndWhere(func(*Session) bool { return true }, stopping)
	c.exit(ExitRetry)
	c.expect(stopping.Chinese())
}

func TestLimits(t *testing.T) {
	l := Defaults().Idle(time.Hour).Rate(5)
	if l.IdleWarn != 55*time.Minute || l.Every != 200*time.Millisecond || l.Burst != 50 || Defaults().Idle(30*time.Minute) != Defaults() || Defaults().Rate(20) != Defaults() {
		t.Errorf("%+v", l)
	}
	if l := Defaults().Idle(time.Minute); l.IdleWarn != 50*time.Second {
		t.Error("a short limit warns at", l.IdleWarn)
	}
}
