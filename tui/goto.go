package tui

import (
	"context"
	"time"

	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A place is a screen that g and a letter go to. Only those that the program
// has are offered; that one may not enter, the screen itself says.
type place struct {
	key, screen string
	name        i18n.Phrase
}

var places = []place{
	{key: "t", screen: "today", name: i18n.T("Today", "今日")},
	{key: "r", screen: "roster", name: i18n.T("Roster", "班级")},
	{key: "v", screen: "visits", name: i18n.T("Visits", "家访")},
	{key: "c", screen: "coverage", name: i18n.T("Coverage", "覆盖")},
	{key: "h", screen: "history", name: i18n.T("School history", "全校往来")},
	{key: "m", screen: "meetings", name: i18n.T("Meetings", "会议")},
	{key: "d", screen: "resolutions", name: i18n.T("Decisions", "决议")},
	{key: "o", screen: "opinions", name: i18n.T("Opinions", "意见")},
	{key: "l", screen: "dossier", name: i18n.T("Left-behind", "留守儿童")},
	{key: "k", screen: "committees", name: i18n.T("Committees", "组织")},
	{key: "q", screen: "surveys", name: i18n.T("Surveys", "问卷")},
	{key: "e", screen: "letters", name: i18n.T("Letters", "书信协议")},
	{key: "a", screen: "register", name: i18n.T("Activities", "志愿活动")},
	{key: "p", screen: "reports", name: i18n.T("Reports", "报表")},
	{key: "s", screen: "settings", name: i18n.T("Settings", "设置")},
	{key: "u", screen: "accounts", name: i18n.T("Accounts", "账号")},
	{key: "i", screen: "import", name: i18n.T("Import", "导入")},
	{key: "j", screen: "audit", name: i18n.T("Journal", "日志")},
}

var (
	firstRow = i18n.T("First row", "第一行")
	whereTo  = i18n.T("g go to", "g 前往")
	nowhere  = i18n.T("g %s goes nowhere", "g %s 没有这一屏")
)

// offered are the places there are.
func offered() (out []place) {
	for _, p := range places {
		if _, ok := screens[p.screen]; ok {
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
	for _, p := range offered() {
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
	if p.screen == first {
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
	for _, p := range offered() {
		add(p.key, p.name)
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
	if i := y*across + x; y >= 0 && m.X >= 2 && x < across && i < len(offered()) {
		return s.goTo(offered()[i])
	}
	return nil
}
