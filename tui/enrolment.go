package tui

import (
	"context"
	"sync/atomic"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/enrol"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

// stranger is the name of the enrolment screen, which nothing leads to.
const stranger = "enrol"

var outsider = i18n.T("not enrolled", "未登记")

// A Person is who a stranger's session has become, with the desk and the server
// as that account may use them.
type Person struct {
	Account data.Account
	Desk    *store.Desk
	Server  kit.Server
}

// A Door is what the server does for a stranger who came with a key. Enrol and
// Become make the session an account's; Become is data.ErrNotFound while the key
// is nobody's.
type Door struct {
	Key      data.Key
	From     string
	Entrance func(context.Context) (data.Entrance, error)
	Invited  func(context.Context, data.InviteCode) (data.Account, error)
	Enrol    func(context.Context, data.InviteCode) (Person, error)
	Become   func(context.Context) (Person, error)
}

// Enrolment returns the shell of a stranger: one screen, and no way to another
// until the session is an account's. Then it goes on as that account's shell.
func Enrolment(ctx context.Context, box *store.Mailbox, lang i18n.Lang, now data.Clock, d Door) *Shell {
	s := &Shell{begin: kit.Open{Screen: first}, env: &kit.Env{Ctx: ctx, Lang: lang, Look: theme.New(theme.Pick(""), false), Now: now}, box: box}
	s.outside = &atomic.Pointer[Person]{}
	s.keys = s.strangerKeys()
	in := func(p Person, err error) (data.Account, error) {
		if err == nil {
			s.outside.Store(&p) // before the page hears of it
		}
		return p.Account, err
	}
	s.pages = []*sheet{{name: stranger, Page: enrol.New(s.env, enrol.Deps{Key: d.Key, From: d.From, Entrance: d.Entrance, Invited: d.Invited,
		Enrol: func(ctx context.Context, code data.InviteCode) (data.Account, error) { return in(d.Enrol(ctx, code)) },
		Known: func(ctx context.Context) (data.Account, error) { return in(d.Become(ctx)) }})}}
	return s
}

// strangerKeys are the keys that work beside the enrolment screen's own.
func (s *Shell) strangerKeys() []kit.Action {
	return []kit.Action{
		{Key: "? f1", Label: help, Help: helpWhy, Do: s.openHelp},
		{Key: "f4", Label: language, Help: langWhy, Do: s.otherLanguage},
		{Key: "esc", Label: back, Help: backWhy, Rare: true, When: s.noWayBack, Do: func() tea.Cmd { return s.pop(nil, nil) }},
		{Key: "ctrl+l", Label: redraw, Help: redrawWhy, Rare: true, Do: func() tea.Cmd { return tea.ClearScreen }},
		{Key: "ctrl+c", Label: quit, Help: quitWhy, Do: s.quit},
	}
}

// arrive goes on as the person whom the key has become. The screen stays: it
// shows them around first.
func (s *Shell) arrive() {
	p := s.outside.Load()
	if p == nil {
		return
	}
	s.env.Me, s.env.Server, s.desk, s.keeping = p.Account, p.Server, p.Desk, drafts(p.Desk)
	s.lands = lands(p.Account, s.env.Now())
	if p.Account.Theme != "" {
		s.env.Look = theme.New(theme.Pick(p.Account.Theme), false)
		s.At(s.terminal)
	}
}

// enter leaves the enrolment screen for the first one.
func (s *Shell) enter() tea.Cmd {
	if s.desk == nil {
		return nil
	}
	left := s.pages
	s.outside, s.keys, s.pages, s.begun = nil, nil, nil, false
	opened := s.start()
	for _, p := range left {
		opened = tea.Batch(opened, s.close(p))
	}
	return opened
}
