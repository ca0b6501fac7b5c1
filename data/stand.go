package data

import (
	"slices"
	"sync"
)

// A Stand is what one session has before it: the record that its page is about,
// which part of it, and what its person does there. It is in no file.
type Stand struct {
	On    Ref    // the zero Ref: none that others need to know of
	Part  string // of the record, by a word of the page's own: a tab, a section
	Doing Doing
}

// Doing is what somebody does with a record that is open before them. What is
// more comes later.
type Doing int

// To have it open, to have a form of it open, and to have typed into a line of
// it a few seconds ago.
const (
	Looking Doing = iota
	Changing
	Composing
)

// An Other is somebody who has the same record open: a name, and nothing else
// of an account.
type Other struct {
	Account int64
	Name    string
	Part    string
	Doing   Doing
}

// Others is what is announced when who has a record open has changed. It names
// no row of a table.
func (r Ref) Others() Ref {
	if r == (Ref{}) {
		return r
	}
	return Ref{r.Kind + " others", r.ID}
}

// Stands is who has which record open, of all the sessions of a server. The
// zero Stands is empty; any goroutine may use it.
type Stands struct {
	mu sync.Mutex
	on map[Ref][]standing // who came first comes first
	of map[int64]Ref      // by session
}

type standing struct {
	session int64
	Other
}

// Move notes where a session stands from now on; the zero Stand is nowhere. It
// returns the records at which this concerns other accounts, and whether there
// are any at the one where it stands now.
func (s *Stands) Move(session int64, me Account, now Stand) (stirred []Ref, others bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.on == nil {
		s.on, s.of = map[Ref][]standing{}, map[int64]Ref{}
	}
	to := standing{session, Other{me.ID, me.Name, now.Part, now.Doing}}
	was, stood := s.of[session]
	if at := s.find(was, session); stood && was == now.On && s.on[was][at] == to {
		return nil, s.others(was, me.ID)
	} else if stood && was == now.On {
		s.on[was][at] = to
	} else {
		if stood {
			if s.on[was] = slices.Delete(s.on[was], at, at+1); len(s.on[was]) == 0 {
				delete(s.on, was)
			}
			delete(s.of, session)
			if s.others(was, me.ID) {
				stirred = append(stirred, was)
			}
		}
		if now.On == (Ref{}) {
			return stirred, false
		}
		s.on[now.On], s.of[session] = append(s.on[now.On], to), now.On
	}
	if others = s.others(now.On, me.ID); others {
		stirred = append(stirred, now.On)
	}
	return stirred, others
}

func (s *Stands) find(on Ref, session int64) int {
	return slices.IndexFunc(s.on[on], func(x standing) bool { return x.session == session })
}

func (s *Stands) others(on Ref, account int64) bool {
	return slices.ContainsFunc(s.on[on], func(x standing) bool { return x.Account != account })
}

// At is who stands at a record besides an account, who came first first. Of
// somebody's several windows the one counts in which they do most.
func (s *Stands) At(on Ref, besides int64) (out []Other) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.on[on] {
		if x.Account == besides {
			continue
		}
		i := slices.IndexFunc(out, func(o Other) bool { return o.Account == x.Account })
		if i < 0 {
			out = append(out, x.Other)
		} else if x.Doing > out[i].Doing {
			out[i] = x.Other
		}
	}
	return out
}
