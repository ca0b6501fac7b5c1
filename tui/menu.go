package tui

import (
	"strings"

	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	doIt   = i18n.T("Do it", "执行")
	filter = i18n.T("Filter", "筛选")
	leave  = i18n.T("Leave", "离开")
)

// A menu lists the actions of the page below it with their help and does the
// chosen one. It serves as the help and, since typing narrows it, as the
// command palette.
type menu struct {
	env   *kit.Env
	title i18n.Phrase
	all   []kit.Action
	typed kit.Field
	list  kit.List
	w, h  int
}

func newMenu(env *kit.Env, title i18n.Phrase, all []kit.Action) *menu {
	return &menu{env: env, title: title, all: all, typed: kit.NewField(filter, "")}
}

func (m *menu) Title() i18n.Phrase { return m.title }
func (m *menu) Init() tea.Cmd      { return m.typed.Focus() }
func (m *menu) Layout(w, h int)    { m.w, m.h = w, h; m.typed.Layout(w) }

func (m *menu) Actions() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: doIt, Do: m.run},
		{Key: "esc", Label: leave, Do: func() tea.Cmd { return kit.Send(kit.Back{}) }},
	}
}

func (m *menu) run() tea.Cmd {
	if found := m.found(); m.list.At < len(found) {
		return kit.Send(kit.Run{Action: found[m.list.At]})
	}
	return nil
}

func (m *menu) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.Text == "" && m.list.Key(msg, len(m.found())) {
		return nil
	}
	cmd := m.typed.Take(msg)
	m.list.At = max(0, min(m.list.At, len(m.found())-1))
	return cmd
}

// found matches in both languages: a hand that thinks in one may read the other.
func (m *menu) found() (out []kit.Action) {
	for _, a := range m.all {
		if strings.Contains(strings.ToLower(a.Label.English()+a.Label.Chinese()), strings.ToLower(m.typed.Value())) {
			out = append(out, a)
		}
	}
	return out
}

func (m *menu) View() kit.Frame {
	lang := m.env.Lang
	head, cursor := m.typed.Draw(lang, "", 0)
	found := m.found()
	lines := append([]string{head}, m.list.View(len(found), func(i int) string {
		about := found[i].Help
		if off := found[i].Off(); off != (i18n.Phrase{}) {
			about = off
		}
		return kit.Fit(found[i].Shown(), 10) + kit.Fit(lang.Say(found[i].Label), 12) + lang.Say(about)
	}, m.w, m.h-2)...)
	return kit.Frame{Body: strings.Join(lines, "\n"), Cursor: cursor}
}
