package kit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qiao/data"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// An editor is text with a cursor: what Field and Area have in common. The
// inputs of bubbles count the cursor of one line in characters instead of
// columns, read the server's clipboard on ctrl+v, and take ctrl+f, ctrl+p and
// ctrl+n away from the program.
type editor struct {
	text  []rune
	at    int  // the character before which the cursor stands
	most  int  // characters it takes
	lines bool // it may hold line breaks
	focus bool
}

// Focus, Blur and Focused tell where typed text goes.
func (e *editor) Focus()        { e.focus = true }
func (e *editor) Blur()         { e.focus = false }
func (e *editor) Focused() bool { return e.focus }

// Value is the text.
func (e *editor) Value() string { return string(e.text) }

// Most sets how many characters the text takes; Room is how many still go in,
// and Len how many it has.
func (e *editor) Most(n int) { e.most = n }
func (e *editor) Room() int  { return e.most - len(e.text) }
func (e *editor) Len() int   { return len(e.text) }

// SetValue replaces the text; the cursor goes to its end.
func (e *editor) SetValue(s string) {
	e.text = []rune(s)
	e.at = len(e.text)
}

// Position is the character before which the cursor stands.
func (e *editor) Position() int { return e.at }

// SetPosition moves the cursor.
func (e *editor) SetPosition(at int) { e.at = max(0, min(at, len(e.text))) }

// insert puts text at the cursor, as far as there is room.
func (e *editor) insert(s string) bool {
	more := []rune(s)
	if room := e.most - len(e.text); len(more) > room {
		more = more[:max(room, 0)]
	}
	e.text = slices.Insert(e.text, e.at, more...)
	e.at += len(more)
	return len(more) > 0
}

// remove takes the text from character a up to b away.
func (e *editor) remove(a, b int) bool {
	a, b = max(a, 0), min(b, len(e.text))
	if a >= b {
		return false
	}
	e.text = slices.Delete(e.text, a, b)
	e.at = a
	return true
}

// edit does what a key means in any text, and reports whether it was one.
func (e *editor) edit(m tea.KeyPressMsg) bool {
	switch m.String() {
	case "left":
		e.at = e.before(e.at)
	case "right":
		e.at = e.after(e.at)
	case "ctrl+left":
		e.at = e.word(-1)
	case "ctrl+right":
		e.at = e.word(1)
	case "home":
		e.at = e.start()
	case "end":
		e.at = e.end()
	case "backspace":
		e.remove(e.before(e.at), e.at)
	case "delete":
		e.remove(e.at, e.after(e.at))
	case "ctrl+w":
		e.remove(e.word(-1), e.at)
	case "ctrl+u":
		e.remove(e.start(), e.at)
	case "ctrl+k":
		e.remove(e.at, e.end())
	default:
		if m.Text == "" {
			return false
		}
		e.insert(typed(m.Text, e.lines))
	}
	return true
}

// pasted is what of a paste may become text: the session took the sequences of
// terminals away, and here goes whatever else does not show.
func pasted(s string, lines bool) string { return typed(data.Block(s), lines) }

// typed is what of a key may become text. Odd characters stay: a name that
// holds one is refused by the form, not changed.
func typed(s string, lines bool) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// before and after step over a character and the marks that belong to it.
func (e *editor) before(i int) int {
	for i--; i > 0 && joins(e.text[i]); i-- {
	}
	return max(i, 0)
}

func (e *editor) after(i int) int {
	for i++; i < len(e.text) && joins(e.text[i]); i++ {
	}
	return min(i, len(e.text))
}

func joins(r rune) bool { return sure(r) == 0 && r != '\n' && lipgloss.Width(string(r)) == 0 }

// start and end bound the line that the cursor is in.
func (e *editor) start() int {
	i := e.at
	for i > 0 && e.text[i-1] != '\n' {
		i--
	}
	return i
}

func (e *editor) end() int {
	i := e.at
	for i < len(e.text) && e.text[i] != '\n' {
		i++
	}
	return i
}

// word is where the word before or after the cursor ends. A run of letters is
// a word, and a run of Chinese up to its punctuation is one.
func (e *editor) word(step int) int {
	i, inside := e.at, false
	for {
		next := i
		if step < 0 {
			next--
		}
		if next < 0 || next >= len(e.text) {
			return i
		}
		letter := unicode.IsLetter(e.text[next]) || unicode.IsNumber(e.text[next])
		if inside && !letter {
			return i
		}
		inside = inside || letter
		i += step
	}
}

// Rest tells the person how much of a paste found no room in a field that held
// was before it and is after it. Nothing is left out in silence.
func Rest(env *Env, m tea.PasteMsg, was, is string) tea.Cmd {
	all, taken := len(typed(m.Content, true)), len(is)-len(was)
	if taken >= all {
		return nil
	}
	return env.Send(PasteCut{Taken: max(taken, 0), Cut: all - max(taken, 0)})
}
