package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// dropped is how many options of a Select are shown at once.
const dropped = 6

// A Select is one of a list, [grandma Wu v]. Up and down step through it while
// it is closed; typing opens and narrows it, and so does space.
type Select struct {
	Options
	At    int
	open  bool
	typed string
	list  List
	focus bool
}

// Focus, Blur and Focused tell where keys go. Leaving closes the list.
func (s *Select) Focus()        { s.focus = true }
func (s *Select) Blur()         { s.focus = false; s.close() }
func (s *Select) Focused() bool { return s.focus }

// Open reports whether the list is down: then enter chooses and esc closes it,
// and the page leaves both keys to it.
func (s *Select) Open() bool { return s.open }

func (s *Select) close() { s.open, s.typed = false, "" }

// Take gives the select a message while it has the focus, and reports whether
// another option is chosen.
func (s *Select) Take(msg tea.Msg, env *Env) bool {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !s.focus {
		return false
	}
	was := s.At
	switch k := key.String(); {
	case s.open && k == "enter":
		s.Enter(env)
	case s.open && k == "esc":
		s.close()
	case s.open && s.list.Take(unlessText(key)) == Moved:
	case s.open && k == "backspace" && s.typed != "":
		r := []rune(s.typed)
		s.typed = string(r[:len(r)-1])
		s.list.Count(len(s.found(env)))
	case !s.open && k == "up":
		s.At = max(s.At-1, 0)
	case !s.open && k == "down":
		s.At = min(s.At+1, s.N-1)
	case key.Text != "":
		s.drop(env, strings.TrimLeft(typed(key.Text, false), " "))
	}
	return s.At != was
}

// drop opens the list, narrowed by what is typed besides.
func (s *Select) drop(env *Env, more string) {
	s.open = true
	s.typed += more
	s.list.Place(Rect{0, 0, 1 << 10, dropped})
	s.list.Count(len(s.found(env)))
	if s.typed == "" {
		s.list.To(s.At)
	}
}

// unlessText keeps letters out of a list's keys: they narrow it.
func unlessText(key tea.KeyPressMsg) tea.Msg {
	if key.Text != "" {
		return nil
	}
	return key
}

// Enter chooses the row of the open list.
func (s *Select) Enter(env *Env) {
	if found := s.found(env); s.list.At < len(found) {
		s.At = found[s.list.At]
	}
	s.close()
}

// found are the options that hold what was typed.
func (s *Select) found(env *Env) (out []int) {
	for i := range s.N {
		if strings.Contains(strings.ToLower(s.Word(env.Lang, i)), strings.ToLower(s.typed)) {
			out = append(out, i)
		}
	}
	return out
}

// Box draws the closed field in exactly width columns, and the cursor while
// it has the focus, for a box that starts in column x of row y.
func (s *Select) Box(env *Env, width, x, y int) (string, *tea.Cursor) {
	w := max(width-4, 1)
	word := ""
	if s.At >= 0 && s.At < s.N {
		word = s.Word(env.Lang, s.At)
	}
	if s.open {
		word = s.typed
	}
	text := Fit(word, w)
	if !s.focus {
		return "[" + text + " v]", nil
	}
	at := x + 1
	if s.open {
		at += min(Width(word), w)
	}
	return "[" + env.Look.Field(text) + " v]", tea.NewCursor(at, y)
}

// Click opens or closes the list of a select that Box drew in width columns at
// x, y, or chooses the row of the open list under the box. It reports whether
// the click was in either.
func (s *Select) Click(msg tea.Msg, env *Env, width, x, y int) bool {
	m, ok := msg.(tea.MouseClickMsg)
	if !ok || m.Button != tea.MouseLeft || m.X < x || m.X >= x+width {
		return false
	}
	i := s.list.Top + m.Y - y - 1
	switch {
	case m.Y == y && s.open:
		s.close()
	case m.Y == y:
		s.drop(env, "")
	case s.open && m.Y > y && m.Y <= y+dropped && i < s.list.Len():
		s.list.To(i)
		s.Enter(env)
	default:
		return false
	}
	return true
}

// Drop draws the open list, to be laid Over the rows under the box; nothing
// while it is closed.
func (s *Select) Drop(env *Env, width int) []string {
	if !s.open {
		return nil
	}
	found := s.found(env)
	list := s.list
	list.w = width
	list.Count(len(found)) // in another language other words fit
	lines := list.View(env, func(i int) string { return Fit(s.Word(env.Lang, found[i]), width-2) })
	if len(found) == 0 {
		lines = []string{Fit("  -", width)}
	}
	return lines
}
