package session

import (
	"sync"
	"time"

	"qiao/data"
)

// apart is how far two announcements about one record are from one another at
// least: what happens between them is told together.
const apart = time.Second

// stirs are the records that were announced less than that ago, and whether
// anything has happened there since.
type stirs struct {
	mu sync.Mutex
	on map[data.Ref]bool
}

// Stand notes what the session's page is about from now on, and reports whether
// another account has the same record open. Any goroutine may call it; once the
// program is over the session stands nowhere any more.
func (s *Session) Stand(now data.Stand) (others bool) {
	s.standing.Lock()
	defer s.standing.Unlock()
	if s.away {
		return false
	}
	stirred, others := s.host.stands.Move(s.id, s.Me(), now)
	for _, on := range stirred {
		s.host.stir(on)
	}
	return others
}

// standDown takes the session from where it stands, for good.
func (s *Session) standDown() {
	s.Stand(data.Stand{})
	s.standing.Lock()
	defer s.standing.Unlock()
	s.away = true
}

// Others is who has a record open besides an account, who came first first.
func (h *Host) Others(on data.Ref, besides int64) []data.Other { return h.stands.At(on, besides) }

// stir announces that something has happened at a record: at once, or with what
// else happens there within the same second. A hundred who come at once to a
// room of a hundred are told of twice, not a hundred times.
func (h *Host) stir(on data.Ref) {
	if h.Stood == nil {
		return
	}
	h.stirs.mu.Lock()
	_, lately := h.stirs.on[on]
	h.stirs.on[on] = lately
	h.stirs.mu.Unlock()
	if lately {
		return
	}
	h.Stood(on)
	After(apart, "stir", func() {
		h.stirs.mu.Lock()
		again := h.stirs.on[on]
		delete(h.stirs.on, on)
		h.stirs.mu.Unlock()
		if again {
			h.stir(on)
		}
	})
}
