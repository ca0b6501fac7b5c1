package tui

import (
	"slices"
	"strings"
	"time"

	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

var (
	product = i18n.T("qiao", "桥")
	small   = i18n.T("The window is too small", "窗口太小")
	need    = i18n.T("It is %d x %d and must be 80 x 24 at least.", "现在 %d x %d, 至少要 80 x 24。")
	allHere = i18n.T("All you did is here:", "你做的都在:")
	enlarge = i18n.T("Enlarge it. Nothing you wrote is lost.", "请把窗口拉大。写着的内容不会丢。")
	keysNow = i18n.T("Keys now:", "现在能用的键:")
	anyKey  = i18n.T("Any key goes on", "按任意键继续")
	covered = i18n.T("Covered: %d min without a key. What you wrote is safe.", "%d 分钟没人按键, 屏幕已遮住。写着的内容都在。")
)

// Rows of the frame around a page: title and scope above, what was said, the
// page's keys and the keys that always work below.
const (
	above = 2
	below = 3
)

// View draws the whole screen.
func (s *Shell) View() tea.View {
	if s.shown == nil {
		v := s.compose()
		v.Content = s.terminal.draw(v.Content)
		s.shown = &v
	}
	return *s.shown
}

func (s *Shell) compose() tea.View {
	v := tea.View{AltScreen: true, MouseMode: tea.MouseModeCellMotion, WindowTitle: s.env.Say(product)}
	switch {
	case s.small():
		v.Content = s.tooSmall()
	case s.clock.covered:
		v.Content = s.cover()
	default:
		f := s.frame()
		own, always := s.actions()
		v.Content = strings.Join([]string{s.title(), kit.Pad(f.Scope, s.w), s.body(f), s.message(f),
			s.footer(own, false), s.footer(always, true)}, "\n")
		if f.Cursor != nil && !s.asking {
			v.Cursor = tea.NewCursor(f.Cursor.X, f.Cursor.Y+above)
		}
	}
	return v
}

// drawn is the top page as it is between two messages.
type drawn struct {
	frame       kit.Frame
	own, always []kit.Action
}

// draw asks the top page once, for the view, the footer and the next key.
func (s *Shell) draw() *drawn {
	if s.drawn == nil {
		d := new(drawn)
		if !s.small() {
			d.frame = s.top().View()
		}
		if s.keys == nil {
			s.keys = s.always()
		}
		typing := d.frame.Cursor != nil
		d.own, d.always = s.onNow(s.top().Actions(), typing), s.onNow(s.keys, typing)
		s.drawn = d
	}
	return s.drawn
}

func (s *Shell) frame() kit.Frame { return s.draw().frame }

// title is the first row: where one is, who one is, and when it is.
func (s *Shell) title() string { return s.titled(s.env.Say(s.top().Title())) }

func (s *Shell) titled(place string) string {
	who := kit.Show(s.env.Lang.Who(s.env.Me, s.env.Now()))
	if s.outside != nil && s.env.Me.ID == 0 {
		who = s.env.Say(outsider)
	}
	right := kit.Clip(who+"  "+s.env.Lang.Now(s.env.Now()), s.w-20) + " "
	left := " " + s.env.Say(product)
	if place != "" {
		left += " | " + kit.Show(place)
	}
	return s.env.Look.Title(kit.Ends(kit.Clip(left, s.w-kit.Width(right)-2), right, s.w))
}

// body is the page's rows, and over them the letters to go to, if they are
// shown.
func (s *Shell) body(f kit.Frame) string {
	lines := strings.Split(f.Body, "\n")
	if s.going.shown {
		lines = s.overGo(lines)
	}
	return kit.Block(lines, s.w, s.h-above-below)
}

// message is row 22: what was said last, else what the page has to say.
func (s *Shell) message(f kit.Frame) string {
	if s.said != (i18n.Phrase{}) {
		said := " " + kit.Cut(s.env.Say(s.said), s.w-1)
		if strings.HasPrefix(said, " ! ") {
			said = s.env.Look.Danger(said)
		}
		return kit.Pad(said, s.w)
	}
	if slow := s.waitsFor(); slow != "" {
		return kit.Pad(" "+slow, s.w)
	}
	return kit.Pad(f.Status, s.w)
}

// A key in a footer, and the columns it takes, for clicks.
type button struct {
	action kit.Action
	x, w   int
}

// buttons are as many actions as fit in a row, quit at its right end.
func (s *Shell) buttons(actions []kit.Action, always bool) (out []button) {
	x, end := 1, s.w
	var last []button
	if always && len(actions) > 0 && actions[len(actions)-1].Label == quit {
		a := actions[len(actions)-1]
		w := kit.Width(a.Shown() + " " + s.env.Say(a.Label))
		end = s.w - 1 - w
		last = []button{{a, end, w}}
		actions = actions[:len(actions)-1]
	}
	typing := s.frame().Cursor != nil
	for _, a := range actions {
		if a.Rare || always && typing && a.Label == back {
			continue
		}
		w := kit.Width(a.Shown() + " " + s.env.Say(a.Label))
		if x+w > end {
			break
		}
		out = append(out, button{a, x, w})
		x += w + 2
	}
	return append(out, last...)
}

// footer is row 23 or 24.
func (s *Shell) footer(actions []kit.Action, always bool) string {
	var b strings.Builder
	x := 0
	for _, k := range s.buttons(actions, always) {
		b.WriteString(strings.Repeat(" ", k.x-x))
		b.WriteString(s.env.Look.Accent(k.action.Shown()) + " " + s.env.Say(k.action.Label))
		x = k.x + k.w
	}
	b.WriteString(strings.Repeat(" ", max(0, s.w-x)))
	return b.String()
}

// clickFooter does the action whose key was clicked.
func (s *Shell) clickFooter(m tea.MouseClickMsg) tea.Cmd {
	own, always := s.actions()
	row := m.Y - (s.h - above - below) // 0: what was said, 1: the page's keys, 2: those that always work
	var keys []button
	switch row {
	case 1:
		keys = s.buttons(own, false)
	case 2:
		keys = s.buttons(always, true)
	}
	for _, k := range keys {
		if m.X >= k.x && m.X < k.x+k.w {
			s.said = i18n.Phrase{}
			return tea.Batch(s.do(k.action), s.written())
		}
	}
	return nil
}

// cover hides the page from whoever passes by.
func (s *Shell) cover() string {
	lines := make([]string, s.h-1)
	lines[s.h/2-2] = kit.Centre(s.env.Say(anyKey), s.w)
	lines[s.h/2] = s.env.Look.Muted(kit.Centre(s.env.Say(covered, int(s.clock.cover()/time.Minute)), s.w))
	return s.titled("") + "\n" + kit.Block(lines, s.w, s.h-1)
}

// tooSmall stands in for everything in a window under 80 x 24, line by line
// down to 20 x 5. It names what is being written, and whom a call is with.
func (s *Shell) tooSmall() string {
	if s.w < 20 || s.h < 5 {
		return ansi.Truncate("80x24", max(s.w, 0), "")
	}
	say := s.env.Say
	lines := []string{say(product) + " " + say(small), "", say(need, s.w, s.h)}
	if written := s.beingWritten(); len(written) > 0 {
		lines = append(append(lines, "", say(allHere)), written...)
	}
	lines = append(lines, say(enlarge), "")
	own, always := s.actions()
	keys := say(keysNow)
	for _, a := range slices.Concat(own, always) {
		keys += " " + a.Shown() + " " + say(a.Label) + " "
	}
	lines = append(lines, keys)
	var out []string
	for _, line := range lines {
		out = append(out, kit.Wrap(line, s.w)...)
	}
	return strings.Join(out[:min(len(out), s.h)], "\n")
}
