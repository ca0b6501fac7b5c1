package session

import (
	"sync"
	"testing"
	"time"

	"qiao/data"

	tea "charm.land/bubbletea/v2"
)

// standing is a rig whose sessions are handed out as they begin, and what was
// announced.
type standing struct {
	*rig
	mu    sync.Mutex
	here  []*Session
	stood map[data.Ref]int
}

func stand(t *testing.T) *standing {
	st := &standing{stood: map[data.Ref]int{}}
	st.rig = start(t, func(c *Config) {
		shell := c.Shell
		c.Shell = func(s *Session) (tea.Model, func()) {
			st.mu.Lock()
			st.here = append(st.here, s)
			st.mu.Unlock()
			return shell(s)
		}
		c.Stood = func(on data.Ref) { st.mu.Lock(); defer st.mu.Unlock(); st.stood[on]++ }
	})
	return st
}

func (st *standing) told(on data.Ref) int {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.stood[on]
}

var aChild = data.Ref{Kind: "student", ID: 7}

// However a session ends, it stands nowhere any more and the others are told;
// what its program says afterwards changes nothing.
func TestStandsEnd(t *testing.T) {
	for name, end := range map[string]func(st *standing, c *client){
		"a key":      func(_ *standing, c *client) { c.types("q") },
		"a panic":    func(_ *standing, c *client) { c.types("u") },
		"a cut line": func(_ *standing, c *client) { _ = c.Close() },
		"the server": func(st *standing, _ *client) { st.host.EndOne(st.here[1].id) },
		"its account": func(st *standing, _ *client) {
			st.host.EndWhere(func(s *Session) bool { return s == st.here[1] }, closed)
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := stand(t)
			st.login(0).expect("hello a")
			b := st.login(1)
			b.expect("hello b")
			if st.here[0].Stand(data.Stand{On: aChild}) || !st.here[1].Stand(data.Stand{On: aChild, Doing: data.Changing}) {
				t.Error("who else is there is not known at once")
			}
			if got := st.host.Others(aChild, st.here[0].Me().ID); len(got) != 1 || got[0].Name != "b" || got[0].Doing != data.Changing {
				t.Error(got)
			}
			was := st.told(aChild)
			end(st, b)
			st.settles("b stands there no more", func() bool { return len(st.host.Others(aChild, 0)) == 0 })
			st.settles("it is told", func() bool { return st.told(aChild) > was })
			st.here[1].Stand(data.Stand{On: aChild})
			if got := st.host.Others(aChild, 0); len(got) != 0 {
				t.Error("it has come back from its end:", got)
			}
		})
	}
}

// What happens at a record within a second is told at most twice, and the last
// of it is told; who is alone there stirs nobody.
func TestStirredOnceASecond(t *testing.T) {
	st := stand(t)
	st.login(0).expect("hello a")
	st.login(1).expect("hello b")
	st.here[0].Stand(data.Stand{On: aChild})
	if st.told(aChild) != 0 {
		t.Error("one who is alone is announced")
	}
	began := time.Now()
	for i := range 1000 {
		st.here[1].Stand(data.Stand{On: aChild, Doing: data.Doing(i % 3)})
	}
	if got, most := st.told(aChild), 1+int(time.Since(began)/apart); got < 1 || got > most {
		t.Errorf("told %d times, want 1 to %d", got, most)
	}
	at := st.told(aChild)
	st.settles("what came last is told", func() bool { return st.told(aChild) > at })
	other := data.Ref{Kind: "student", ID: 8}
	st.here[0].Stand(data.Stand{On: other})
	st.here[1].Stand(data.Stand{On: other})
	if st.told(other) != 1 {
		t.Error("another record waits for this one")
	}
}
