package session

import (
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"

	tea "charm.land/bubbletea/v2"
)

// Who is inside can be seen: what each is, since when, and on which screen.
// One can be ended without the others.
func TestPresence(t *testing.T) {
	var mu sync.Mutex
	moved := map[int64]int{}
	r := start(t, func(c *Config) {
		shell := c.Shell
		c.Shell = func(s *Session) (tea.Model, func()) { s.At("toys"); return shell(s) }
		c.Moved = func(id int64) { mu.Lock(); defer mu.Unlock(); moved[id]++ }
	})
	a := r.login(0)
	a.expect("hello a")
	b := r.login(1)
	b.expect("hello b")
	dumb := r.terminal(r.conn(r.keys[1]), "dumb", 80, 24, nil)
	dumb.expect("> ")
	now := time.Date(2026, 11, 25, 15, 0, 0, 0, data.China) // far from the machine's: a demo's
	in := r.host.Present(now)
	if len(in) != 3 {
		t.Fatal(in)
	}
	for i, want := range []data.Presence{{Account: 0, Name: "a", Kind: data.OnScreens, Screen: "toys"},
		{Account: 1, Name: "b", Kind: data.OnScreens, Screen: "toys"}, {Account: 1, Name: "b", Kind: data.AtPrompt}} {
		got := in[i]
		if got.Since.After(got.Typed) || got.Typed.After(now) || now.Sub(got.Since) > time.Minute || got.From != "127.0.0.1" || got.Key == "" {
			t.Errorf("%+v", got)
		}
		if want.ID, want.Key, want.From, want.Since, want.Typed = got.ID, got.Key, got.From, got.Since, got.Typed; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if r.host.EndOne(99) {
		t.Error("ended one that is not there")
	}
	if !r.host.EndOne(in[1].ID) {
		t.Error("not found")
	}
	b.exit(ExitRetry)
	b.expect(sentOut.Chinese())
	a.types("x")
	a.expect("H x")
	r.settles("only the ended one is gone", func() bool {
		left := r.host.Present(now)
		return len(left) == 2 && !slices.ContainsFunc(left, func(p data.Presence) bool { return p.ID == in[1].ID })
	})
	mu.Lock()
	defer mu.Unlock()
	if moved[in[0].ID] != 1 || moved[in[1].ID] != 2 || moved[in[2].ID] != 1 {
		t.Error(moved)
	}
}

// How long one may be idle can change while people are inside, and is measured
// from the last key.
func TestIdleChanges(t *testing.T) {
	r := start(t, func(*Config) {})
	a := r.login(0)
	a.expect("hello a")
	r.host.Idle(time.Hour)
	a.types("x")
	a.expect("H x")
	time.Sleep(50 * time.Millisecond)    // idle for a moment
	const soon = 1800 * time.Millisecond // the warning comes 300 ms before, which a busy machine needs to draw it
	r.host.Idle(soon)
	a.expect("still there?")
	a.exit(ExitRetry)
	b := r.login(1)
	b.expect("still there?")
	r.host.Idle(0) // what the limits said: an hour
	time.Sleep(soon)
	b.types("q") // it is still inside
	b.exit(0)
}
