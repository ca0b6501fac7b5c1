package tui

import (
	"context"
	"maps"
	"time"

	"qiao/data"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// changed tells the pages what was saved, by whomever. Most of it concerns no
// page of this session: then nothing is drawn, for with hundreds of sessions
// open each save would else cost as many frames.
func (s *Shell) changed(c kit.Changed) tea.Cmd {
	var others tea.Cmd
	if c.Refs[s.standing.hears] || c.Refs[data.Ref{}] {
		if others = s.askOthers(); len(c.Refs) == 1 && !c.Refs[data.Ref{}] {
			return tea.Batch(others, s.listen)
		}
	}
	before := s.drawn
	told := s.news(c)
	settled := tea.Batch(s.settle(), s.catchUp())
	var stands tea.Cmd
	if told != nil || settled != nil || s.drawn != before {
		s.drawn, s.shown = nil, nil
		stands = s.stand()
	}
	var cover tea.Cmd
	if c.TouchesAny("setting") {
		cover = s.askCover()
	}
	return tea.Batch(told, settled, s.env.TakeUnseen(), s.await(), s.listen, s.readMe(c), cover, stands, others)
}

// news gives a change to the page in front, and keeps it for those that are
// covered: with hundreds of sessions open, each save would else be read by
// pages nobody sees.
func (s *Shell) news(c kit.Changed) tea.Cmd {
	top := s.top()
	for _, p := range s.pages {
		if p != top {
			p.miss(c.Refs)
		}
	}
	return top.Update(c)
}

// mostMissed bounds what is kept for a covered page. Beyond it the entries give
// way to the zero Ref, which means "anything may have changed".
const mostMissed = 256

func (p *sheet) miss(refs map[data.Ref]bool) {
	if p.missed == nil {
		p.missed = map[data.Ref]bool{}
	}
	maps.Copy(p.missed, refs)
	if len(p.missed) > mostMissed {
		p.missed = map[data.Ref]bool{{}: true}
	}
}

// catchUp tells the page that is in front now what it missed.
func (s *Shell) catchUp() tea.Cmd {
	var cmds []tea.Cmd
	for top := s.top(); top.missed != nil; top = s.top() {
		c := kit.Changed{Refs: top.missed}
		top.missed, s.drawn = nil, nil
		cmds = append(cmds, top.Update(c), s.settle())
	}
	return tea.Batch(cmds...)
}

// mine is this session's own account, as it is now.
type mine struct {
	account data.Account
	told    []data.Change // rights of the moment that it is told of, since it last asked
	at      time.Time
}

// become takes the account as it is now. If its rights are others than those
// that the pages were drawn with, each page asks its questions again: what one
// may not see any more leaves the screen at once.
func (s *Shell) become(m mine) tea.Cmd {
	me, now := m.account, s.env.Now()
	if n := len(m.told); n > 0 {
		s.said = kit.ToldBy(s.env, m.told[n-1])
	}
	s.heard = m.at
	same := me.SameRights(now, s.env.Me, s.clock.rights)
	s.env.Me, s.clock.rights = me, now
	if same {
		return nil
	}
	s.keys = nil // another right, another key
	return tea.Batch(s.tell(kit.Changed{Refs: map[data.Ref]bool{{}: true}}), s.askOthers())
}

// readMe reads the account again when it changed. The desk needs none of this.
func (s *Shell) readMe(c kit.Changed) tea.Cmd {
	if !c.Touches("account", s.env.Me.ID) {
		return nil
	}
	return s.whoAmI()
}

func (s *Shell) whoAmI() tea.Cmd {
	if s.desk == nil {
		return nil
	}
	ctx, desk, since, now := s.env.Ctx, s.desk, s.heard, s.env.Now()
	return func() tea.Msg {
		me, err := desk.Me(ctx)
		if err != nil {
			return nil // the account is closed: the server ends the session
		}
		told, _ := desk.Told(ctx, since) // the store logs a fault; Today tells it too
		return mine{me, told, now}
	}
}

// keepLang makes the language chosen the account's own, and the session's for
// what it says by itself.
func (s *Shell) keepLang() tea.Cmd {
	lang := s.env.Lang
	if s.terminal.Lang != nil {
		s.terminal.Lang(lang)
	}
	if s.desk == nil {
		return nil
	}
	ctx, desk := context.WithoutCancel(s.env.Ctx), s.desk
	return func() tea.Msg {
		_ = desk.SetLang(ctx, string(lang)) // the store logs a fault; the screen has the language already
		return nil
	}
}
