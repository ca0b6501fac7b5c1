package session

import (
	"cmp"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
)

var sentOut = i18n.T("This window was closed from another one.", "此窗口已从别处结束。")

// Present is who is inside, the longest first, with times of a clock that
// shows now: a machine's clock that is set while people are inside moves none
// of them against another.
func (h *Host) Present(now time.Time) (out []data.Presence) {
	h.Each(func(s *Session) {
		if p, ok := s.presence(now); ok {
			out = append(out, p)
		}
	})
	slices.SortFunc(out, func(a, b data.Presence) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// EndOne ends the session with this ID, telling it so, and reports whether there is one.
func (h *Host) EndOne(id int64) (found bool) {
	h.EndWhere(func(s *Session) bool {
		found = found || s.id == id
		return s.id == id
	}, sentOut)
	return found
}

// presence is the session as others see it; one that has not asked for
// anything yet is none.
func (s *Session) presence(now time.Time) (p data.Presence, ok bool) {
	kind, ok := s.kind.Load().(data.PresenceKind)
	if !ok {
		return p, false
	}
	screen, _ := s.screen.Load().(string)
	return data.Presence{ID: s.id, Account: s.Me().ID, Username: s.Me().Username, Name: s.Me().Name, Key: s.Key, From: s.From,
		Since: now.Add(-time.Since(s.since)), Typed: now.Add(-s.quiet()), Kind: kind, Screen: screen}, true
}

// is notes what the session has turned out to be, and tells who watches.
func (s *Session) is(kind data.PresenceKind) {
	s.kind.Store(kind)
	s.host.moved(s.id)
}

// At notes the code name of the screen that a person is on. Any goroutine may
// call it.
func (s *Session) At(screen string) { s.screen.Store(screen) }

func (h *Host) moved(id int64) {
	if h.Moved != nil {
		h.Moved(id)
	}
}

// Idle ends sessions from now on after d without a key, click or paste, with a
// warning as Limits.Idle has it; 0 is what the limits said. Those who are inside
// are measured by it at once.
func (h *Host) Idle(d time.Duration) {
	l := h.Limits
	if d > 0 {
		l = l.Idle(d)
	}
	if was := h.patience(); was.IdleLimit == l.IdleLimit && was.IdleWarn == l.IdleWarn {
		return
	}
	h.idle.Store(&l)
	h.Each(func(s *Session) {
		select {
		case s.again <- struct{}{}:
		default:
		}
	})
}

func (h *Host) patience() Limits {
	if l := h.idle.Load(); l != nil {
		return *l
	}
	return h.Limits
}

// began is what moments are measured from where a clock that is set must not
// matter.
var began = time.Now()

// touch notes that a person does something now.
func (s *Session) touch() { s.typed.Store(int64(time.Since(began))) }

// quiet is how long the person has done nothing.
func (s *Session) quiet() time.Duration { return time.Since(began) - time.Duration(s.typed.Load()) }
