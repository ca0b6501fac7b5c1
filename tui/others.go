package tui

import (
	"context"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// composes is how long after the last key somebody still counts as writing.
const composes = 4 * time.Second

// standing is what the server was told of the page in front, and who else has
// its record open.
type standing struct {
	told   data.Stand
	hears  data.Ref // what is announced of it
	others kit.Load[[]data.Other]
	ends   bool // a look whether they still write is due
}

// composed is the moment to look whether somebody still writes.
type composed struct{}

func (composed) at(s *Shell) tea.Cmd {
	s.standing.ends = false
	return nil // what stands now is told after each message
}

// before is what the server is to know of the page in front: of a form without a
// name of its own, too, which lies on the page that opened it.
func (s *Shell) before() (now data.Stand) {
	for _, page := range []kit.Page{s.top().Page, s.named().Page} {
		if p, ok := page.(kit.Stander); ok && now.On.ID == 0 {
			now = p.Stand()
		}
	}
	if now.Doing == data.Composing && s.env.Now().Sub(s.clock.touched) >= composes {
		now.Doing = data.Looking
	}
	return now
}

// tellStand tells the server if that has changed, and asks who else is there.
func (s *Shell) tellStand() tea.Cmd {
	if s.env.Server.Stand == nil {
		return nil
	}
	is, now := &s.standing, s.before()
	if now == is.told {
		return s.endComposing()
	}
	moved := now.On != is.told.On
	if is.told = now; moved {
		is.hears = now.On.Others()
		is.others.Forget()
		s.alone()
	}
	if others := s.env.Server.Stand(now); others && moved {
		return tea.Batch(s.askOthers(), s.endComposing())
	}
	return s.endComposing()
}

// endComposing has the shell look again when writing may be over.
func (s *Shell) endComposing() tea.Cmd {
	if s.standing.told.Doing != data.Composing || s.standing.ends {
		return nil
	}
	s.standing.ends = true
	return s.env.After(composes-s.env.Now().Sub(s.clock.touched), composed{})
}

// askOthers asks who else has the record open, with the rights of this moment.
func (s *Shell) askOthers() tea.Cmd {
	on := s.standing.told.On
	if s.env.Server.Others == nil || on == (data.Ref{}) {
		return nil
	}
	ask := s.env.Server.Others
	return s.standing.others.Ask(s.env.Ctx, func(ctx context.Context) ([]data.Other, error) { return ask(ctx, on) })
}

// tookOthers keeps the answer. What has not changed is not drawn.
func (s *Shell) tookOthers() tea.Cmd {
	is := &s.standing
	next := is.others.Next()
	if is.others.Err != nil && !is.others.Gone() {
		return next // the store has logged it; what stood there goes on
	}
	now := kit.Company{On: is.told.On, Who: is.others.Value}
	if slices.Equal(now.Who, s.env.Company.Who) && now.On == s.env.Company.On {
		return next
	}
	s.env.Company, s.drawn, s.shown = now, nil, nil
	return tea.Batch(next, s.top().Update(kit.OthersMoved{}), s.settle(), s.env.TakeUnseen())
}

func (s *Shell) alone() {
	if s.env.Company.Who != nil {
		s.drawn, s.shown = nil, nil
	}
	s.env.Company = kit.Company{On: s.standing.told.On}
}
