// Package tui is the program as one person sees it: a stack of pages inside
// a frame that draws the title and the footer, sends keys to actions, and
// passes on what changed. What a page shows is its own affair; how it gets
// its data is settled in screens.go.
package tui

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

var (
	product  = i18n.T("Bridge", "桥")
	language = i18n.T("中文", "English")
	quit     = i18n.T("Quit", "退出")
	help     = i18n.T("Help", "帮助")
	palette  = i18n.T("Commands", "命令")
	redraw   = i18n.T("Redraw", "重画")
	small    = i18n.T("The window is too small", "窗口太小")
	need     = i18n.T("It is %d x %d and must be 80 x 24 at least.", "现在 %d x %d, 至少要 80 x 24。")
	enlarge  = i18n.T("Enlarge it. Nothing you wrote is lost.", "请把窗口拉大。写着的内容不会丢。")
)

// Rows of the frame around a page: title and scope above, what was said, the
// page's keys and the keys that always work below.
const (
	above = 2
	below = 3
)

// A Shell is the bubbletea model of one session.
type Shell struct {
	env   *kit.Env
	desk  *store.Desk
	box   *store.Mailbox
	pages []kit.Page
	w, h  int
	said  i18n.Phrase // until the next key
	drawn *kit.Frame  // the top page's since the last message; nil: not asked for
}

// New returns the shell for an account. The mailbox is the session's own;
// whoever opened it closes it.
func New(ctx context.Context, db *store.DB, box *store.Mailbox, me data.Account, lang i18n.Lang, now data.Clock) *Shell {
	return &Shell{env: &kit.Env{Ctx: ctx, Me: me, Lang: lang, Now: now}, desk: db.As(me.ID), box: box}
}

func (s *Shell) Init() tea.Cmd { return tea.Batch(s.open(kit.Open{Screen: first}), s.listen) }

// listen waits for the next change, and quits when the session's context
// ends. Update calls it again after each change.
func (s *Shell) listen() tea.Msg {
	if refs := s.box.Wait(s.env.Ctx); refs != nil {
		return kit.Changed{Refs: refs}
	}
	return tea.Quit()
}

func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer func() { s.drawn = nil }()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
		for _, p := range s.pages {
			s.layout(p)
		}
		return s, nil
	case tea.KeyPressMsg:
		return s, s.key(msg)
	case tea.PasteMsg:
		if s.small() {
			return s, nil
		}
		return s, s.top().Update(msg)
	case tea.MouseClickMsg:
		msg.Y -= above
		return s, s.mouse(msg)
	case tea.MouseWheelMsg:
		msg.Y -= above
		return s, s.mouse(msg)
	case kit.Note:
		s.said = msg.Said
		return s, nil
	case kit.Ending:
		s.said = msg.Said
		return s, s.tell(msg)
	case kit.Open:
		return s, s.open(msg)
	case kit.Back:
		s.said = msg.Said
		s.pop(msg.Page)
		return s, nil
	case kit.Run:
		s.pop(nil)
		return s, s.do(msg.Action)
	case kit.Changed:
		return s, tea.Batch(s.tell(msg), s.listen)
	}
	return s, s.tell(msg)
}

// tell gives every page a message: an answer may be for one that is covered.
func (s *Shell) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, p := range s.pages {
		cmds = append(cmds, p.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (s *Shell) key(msg tea.KeyPressMsg) tea.Cmd {
	s.said = i18n.Phrase{}
	own, always := s.actions()
	for _, a := range append(own, always...) {
		if slices.Contains(a.Keys(), msg.String()) {
			return s.do(a)
		}
	}
	if s.small() {
		return nil
	}
	return s.top().Update(msg)
}

// mouse gives a click in the body to the top page, whose rows count from 0: a
// covered page must not be clicked through.
func (s *Shell) mouse(msg tea.MouseMsg) tea.Cmd {
	if y := msg.Mouse().Y; s.small() || y < 0 || y >= s.h-above-below {
		return nil
	}
	return s.top().Update(msg)
}

// small reports whether the window shows no page. Then a person may save what
// they wrote, and leave.
func (s *Shell) small() bool { return s.w < 80 || s.h < 24 }

func (s *Shell) do(a kit.Action) tea.Cmd {
	if s.said = a.Off(); s.said != (i18n.Phrase{}) {
		return nil
	}
	return a.Do()
}

// actions are the top page's own and the shell's. A page with a cursor on it
// takes all printable keys as text: no action of one letter can fire by
// accident.
func (s *Shell) actions() (own, always []kit.Action) {
	own = s.top().Actions()
	all := own[:len(own):len(own)]
	always = []kit.Action{
		{Key: ": ctrl+p", Label: palette, Do: func() tea.Cmd { return s.push(newMenu(s.env, palette, all)) }},
		{Key: "? f1", Label: help, Do: func() tea.Cmd { return s.push(newMenu(s.env, help, all)) }},
		{Key: "f4", Label: language, Rare: true, Do: func() tea.Cmd { s.env.Lang = s.env.Lang.Other(); return nil }},
		{Key: "ctrl+l", Label: redraw, Rare: true, Do: func() tea.Cmd { return tea.ClearScreen }},
		{Key: "ctrl+c", Label: quit, Do: func() tea.Cmd { return tea.Quit }},
	}
	off := func(key string) bool {
		return s.frame().Cursor != nil && (utf8.RuneCountInString(key) == 1 || key == "space")
	}
	if s.small() {
		off = func(key string) bool { return key != "ctrl+s" && key != "ctrl+c" }
	}
	return on(own, off), on(always, off)
}

// on leaves out the keys that are off, and the actions that have no other.
func on(actions []kit.Action, off func(key string) bool) (out []kit.Action) {
	for _, a := range actions {
		if keys := slices.DeleteFunc(a.Keys(), off); len(keys) > 0 {
			a.Key = strings.Join(keys, " ")
			out = append(out, a)
		}
	}
	return out
}

func (s *Shell) top() kit.Page { return s.pages[len(s.pages)-1] }

func (s *Shell) open(o kit.Open) tea.Cmd {
	make, ok := screens[o.Screen]
	if !ok {
		return nil
	}
	return s.push(make(s.env, s.desk, o))
}

func (s *Shell) push(p kit.Page) tea.Cmd {
	s.pages = append(s.pages, p)
	s.layout(p)
	return p.Init()
}

// pop closes a page, nil the top one. The first stays; one that is closed
// already closes no other.
func (s *Shell) pop(p kit.Page) {
	i := len(s.pages) - 1
	if p != nil {
		i = slices.Index(s.pages, p)
	}
	if i > 0 {
		s.pages = slices.Delete(s.pages, i, i+1)
	}
}

func (s *Shell) layout(p kit.Page) { p.Layout(s.w, s.h-above-below) }

func (s *Shell) View() tea.View {
	v := tea.View{AltScreen: true, MouseMode: tea.MouseModeCellMotion, WindowTitle: s.env.Lang.Say(product)}
	f := s.frame()
	own, always := s.actions()
	if s.small() {
		v.Content = s.tooSmall(append(own, always...))
		return v
	}
	head := kit.Fit(s.env.Lang.Say(product)+" | "+s.env.Lang.Say(s.top().Title()), s.w-24) + kit.Fit(s.env.Me.Name, 24)
	status := f.Status
	if s.said != (i18n.Phrase{}) {
		status = kit.Fit(s.env.Lang.Say(s.said), s.w)
	}
	v.Content = strings.Join([]string{theme.Title.Render(head), kit.Block([]string{f.Scope}, s.w, 1),
		kit.Block(strings.Split(f.Body, "\n"), s.w, s.h-above-below),
		kit.Block([]string{status}, s.w, 1), s.keys(own), s.keys(always)}, "\n")
	if f.Cursor != nil {
		v.Cursor = tea.NewCursor(f.Cursor.X, f.Cursor.Y+above)
	}
	return v
}

// frame draws the top page once, for the view, the footer and the next key.
func (s *Shell) frame() kit.Frame {
	if s.drawn == nil {
		f := s.top().View()
		s.drawn = &f
	}
	return *s.drawn
}

// keys is as many actions as fit in a row.
func (s *Shell) keys(actions []kit.Action) string {
	line := ""
	for _, a := range actions {
		if a.Rare {
			continue
		}
		next := a.Shown() + " " + s.env.Lang.Say(a.Label) + "  "
		if lipgloss.Width(line+next) > s.w {
			break
		}
		line += next
	}
	return theme.Quiet.Render(kit.Fit(line, s.w))
}

// tooSmall stands in for everything in a window under 80 x 24, line by line
// down to 20 x 5.
func (s *Shell) tooSmall(actions []kit.Action) string {
	if s.w < 20 || s.h < 5 {
		return ansi.Truncate("80x24", max(s.w, 0), "")
	}
	say := s.env.Lang.Say
	text := say(product) + " " + say(small) + "\n\n" + say(need, s.w, s.h) + "\n" + say(enlarge) + "\n"
	for _, a := range actions {
		text += a.Shown() + " " + say(a.Label) + "  "
	}
	lines := strings.Split(ansi.Wrap(text, s.w, " "), "\n")
	return strings.Join(lines[:min(len(lines), s.h)], "\n")
}
