package tui

import (
	"context"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A place is a screen that g and a letter go to. Only those that the program
// has are offered, and that the account may enter at all.
type place struct {
	key, screen string
	may         func(me data.Account, now time.Time) bool // nil: everybody
}

func (p place) name() i18n.Phrase { return i18n.Screen(p.screen) }

var places = []place{
	{key: "t", screen: "today"},
	{key: "r", screen: "roster", may: reads},
	{key: "v", screen: "visits"},
	{key: "c", screen: "coverage"},
	{key: "h", screen: "history", may: records},
	{key: "m", screen: "meetings", may: meets},
	{key: "d", screen: "resolutions", may: decides},
	{key: "o", screen: "opinions"},
	{key: "l", screen: "dossier"},
	{key: "k", screen: "committees"},
	{key: "q", screen: "surveys"},
	{key: "e", screen: "letters"},
	{key: "a", screen: "register"},
	{key: "p", screen: "reports", may: data.Account.MayCount},
	{key: "s", screen: "settings"},
	{key: "u", screen: "accounts"},
	{key: "i", screen: "import"},
	{key: "j", screen: "audit"},
}

// reads reports whether the account reads the cards of any families.
func reads(me data.Account, now time.Time) bool { return !me.Knows(now, data.Normal).Nobody() }

// meets reports whether the account sees any meetings, if only when they are.
func meets(me data.Account, now time.Time) bool {
	scope, told := me.Meets(now)
	return told || !scope.Nobody()
}

// decides reports whether the account reads or carries out what meetings decide.
func decides(me data.Account, now time.Time) bool {
	return meets(me, now) || me.MayAtAll(now, data.RecResolution, data.View, true) || me.MayAtAll(now, data.RecResolution, data.Edit, true, data.Progress)
}

// records reports whether the account writes contacts, so that there are some
// for it to read: its own, if no others.
func records(me data.Account, now time.Time) bool {
	return me.MayAtAll(now, data.RecContact, data.Create, true, data.IncomingOnly)
}

var (
	firstRow = i18n.T("First row", "第一行")
	whereTo  = i18n.T("g go to", "g 前往")
	nowhere  = i18n.T("g %s goes nowhere", "g %s 没有这一屏")
)

// offered are the places there are for the account.
func (s *Shell) offered() (out []place) {
	for _, p := range places {
		if _, ok := screens[p.screen]; ok && (p.may == nil || p.may(s.env.Me, s.env.Now())) {
			out = append(out, p)
		}
	}
	return out
}

// goShown is how long g waits for its letter before the letters are shown.
const goShown = 400 * time.Millisecond

// going is the state after g: the next key is a letter.
type going struct {
	on, shown bool
	stop      context.CancelFunc
}

type goBeat struct{}

func (s *Shell) startGo() tea.Cmd {
	ctx, stop := context.WithCancel(s.env.Ctx)
	s.going = going{on: true, stop: stop}
	return s.after(ctx, goShown, goBeat{})
}

func (goBeat) at(s *Shell) tea.Cmd {
	s.going.shown = s.going.on
	return nil
}

func (s *Shell) endGo() {
	if s.going.on {
		s.going.stop()
	}
	s.going = going{}
}

// goKey takes the key after g.
func (s *Shell) goKey(msg tea.KeyPressMsg) tea.Cmd {
	s.endGo()
	key := msg.String()
	switch key {
	case "esc":
		return nil
	case "g":
		return s.top().Update(tea.KeyPressMsg{Code: tea.KeyHome})
	case "ctrl+c":
		return s.quit()
	}
	for _, p := range s.offered() {
		if p.key == key {
			return s.goTo(p)
		}
	}
	s.said = nowhere.With(kit.Show(key))
	return nil
}

// goTo leaves everything for a screen; what was being written stays as a
// draft. From there esc leads to the first.
func (s *Shell) goTo(p place) tea.Cmd {
	if s.top().name == p.screen {
		return nil
	}
	closed := s.home()
	if p.screen == s.pages[0].name {
		return closed
	}
	return tea.Batch(closed, s.open(kit.Open{Screen: p.screen}))
}

// A cell of the list of letters holds this many columns.
const goCell = 16

// goRows draws the letters one may press after g.
func (s *Shell) goRows() []string {
	rows := []string{kit.Head(s.env.Say(whereTo), "", s.w)}
	line, x := "  ", 2
	add := func(key string, name i18n.Phrase) {
		if x+goCell > s.w {
			rows = append(rows, line)
			line, x = "  ", 2
		}
		line += s.env.Look.Accent(key) + " " + kit.Fit(s.env.Say(name), goCell-2)
		x += goCell
	}
	for _, p := range s.offered() {
		add(p.key, p.name())
	}
	add("g", firstRow)
	rows = append(rows, line)
	for i := range rows {
		rows[i] = kit.Pad(rows[i], s.w)
	}
	return rows
}

// overGo lays the letters over the last rows of a page.
func (s *Shell) overGo(lines []string) []string {
	for len(lines) < s.h-above-below {
		lines = append(lines, "")
	}
	rows := s.goRows()
	at := max(s.h-above-below-len(rows), 0)
	return append(lines[:at:at], rows...)
}

// clickGo goes to the place that was clicked; a click beside them closes the
// list.
func (s *Shell) clickGo(m tea.MouseClickMsg) tea.Cmd {
	rows := len(s.goRows()) - 1
	across := (s.w - 2) / goCell
	y, x := m.Y-(s.h-above-below-rows), (m.X-2)/goCell
	s.endGo()
	if i := y*across + x; y >= 0 && m.X >= 2 && x < across && i < len(s.offered()) {
		return s.goTo(s.offered()[i])
	}
	return nil
}
