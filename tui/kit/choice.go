package kit

import (
	"strings"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// Options are the words of a choice, by index: what a Radio, Checks or Select
// offers. Use Words for a closed vocabulary.
type Options struct {
	N     int
	Word  func(lang i18n.Lang, i int) string
	Tight bool // one blank between two instead of two
}

// Words are options that stand in a slice of a vocabulary:
// Words(data.Channels, i18n.Lang.Channel).
func Words[T any](all []T, say func(i18n.Lang, T) string) Options {
	return Options{N: len(all), Word: func(l i18n.Lang, i int) string { return say(l, all[i]) }}
}

// boxes draws options one beside the other, (o) reached  ( ) no answer, on as
// many lines as width wants, and tells where each stands.
func (o Options) boxes(env *Env, width int, mark func(i int) string, focus int) (lines []string, at []Rect) {
	var b strings.Builder
	x, gap := 0, 2
	if o.Tight {
		gap = 1
	}
	for i := range o.N {
		word := mark(i) + Show(o.Word(env.Lang, i))
		w := Width(strings.TrimRight(word, " "))
		if x > 0 && x+gap+w > width {
			lines = append(lines, b.String())
			b.Reset()
			x = 0
		}
		w = Width(word)
		if x > 0 {
			b.WriteString(blanks(gap))
			x += gap
		}
		at = append(at, Rect{x, len(lines), w, 1})
		if i == focus {
			word = env.Look.Field(word)
		}
		b.WriteString(word)
		x += w
	}
	return append(lines, b.String()), at
}

// A Radio is one of few: (o) yes  ( ) no. Left and right choose.
type Radio struct {
	Options
	At    int
	focus bool
}

// Focus, Blur and Focused tell where keys go.
func (r *Radio) Focus()        { r.focus = true }
func (r *Radio) Blur()         { r.focus = false }
func (r *Radio) Focused() bool { return r.focus }

// Next chooses the next option, the first after the last.
func (r *Radio) Next() { r.At = (r.At + 1) % max(r.N, 1) }

// Take gives the radio a key while it has the focus, and reports whether
// another option is chosen.
func (r *Radio) Take(msg tea.Msg) bool {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !r.focus {
		return false
	}
	was := r.At
	switch key.String() {
	case "left":
		r.At = max(r.At-1, 0)
	case "right":
		r.At = min(r.At+1, r.N-1)
	case "space":
		r.Next()
	}
	return r.At != was
}

// View draws the options within width columns.
func (r *Radio) View(env *Env, width int) []string {
	lines, _ := r.draw(env, width)
	return lines
}

func (r *Radio) draw(env *Env, width int) ([]string, []Rect) {
	focus := -1
	if r.focus {
		focus = r.At
	}
	return r.boxes(env, width, func(i int) string {
		if i == r.At {
			return "(o) "
		}
		return "( ) "
	}, focus)
}

// Cursor is where the terminal's cursor stands for a radio that View drew in
// width columns at x, y: on the chosen option; nil without the focus.
func (r *Radio) Cursor(env *Env, width, x, y int) *tea.Cursor {
	_, at := r.draw(env, width)
	return onOption(at, r.At, r.focus, x, y)
}

// onOption is the cursor on the mark of an option.
func onOption(at []Rect, i int, focus bool, x, y int) *tea.Cursor {
	if !focus || i < 0 || i >= len(at) {
		return nil
	}
	return tea.NewCursor(x+at[i].X+1, y+at[i].Y)
}

// Click chooses the option under a click, for a radio that View drew in width
// columns at x, y.
func (r *Radio) Click(msg tea.Msg, env *Env, width, x, y int) bool {
	_, at := r.draw(env, width)
	i := clicked(msg, at, x, y)
	if i >= 0 {
		r.At = i
	}
	return i >= 0
}

// Checks are any of few: [x] health [ ] homework. Left and right move, space
// ticks.
type Checks struct {
	Options
	On    map[int]bool
	At    int
	focus bool
}

// Focus, Blur and Focused tell where keys go.
func (c *Checks) Focus()        { c.focus = true }
func (c *Checks) Blur()         { c.focus = false }
func (c *Checks) Focused() bool { return c.focus }

// Flip ticks an option, or no longer.
func (c *Checks) Flip(i int) {
	if c.On == nil {
		c.On = map[int]bool{}
	}
	c.On[i] = !c.On[i]
}

// Take gives the checks a key while they have the focus, and reports whether
// a tick changed.
func (c *Checks) Take(msg tea.Msg) bool {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !c.focus {
		return false
	}
	switch key.String() {
	case "left":
		c.At = max(c.At-1, 0)
	case "right":
		c.At = min(c.At+1, c.N-1)
	case "space":
		c.Flip(c.At)
		return true
	}
	return false
}

// View draws the options within width columns.
func (c *Checks) View(env *Env, width int) []string {
	lines, _ := c.draw(env, width)
	return lines
}

func (c *Checks) draw(env *Env, width int) ([]string, []Rect) {
	focus := -1
	if c.focus {
		focus = c.At
	}
	return c.boxes(env, width, func(i int) string {
		if c.On[i] {
			return "[x]"
		}
		return "[ ]"
	}, focus)
}

// Cursor is where the terminal's cursor stands for checks that View drew in
// width columns at x, y: on the option that space ticks; nil without the focus.
func (c *Checks) Cursor(env *Env, width, x, y int) *tea.Cursor {
	_, at := c.draw(env, width)
	return onOption(at, c.At, c.focus, x, y)
}

// Click ticks the option under a click, for checks that View drew in width
// columns at x, y.
func (c *Checks) Click(msg tea.Msg, env *Env, width, x, y int) bool {
	_, at := c.draw(env, width)
	i := clicked(msg, at, x, y)
	if i >= 0 {
		c.At = i
		c.Flip(i)
	}
	return i >= 0
}

// clicked is which of the rectangles, shifted by x and y, a click is in; -1
// for none.
func clicked(msg tea.Msg, at []Rect, x, y int) int {
	m, ok := msg.(tea.MouseClickMsg)
	if !ok || m.Button != tea.MouseLeft {
		return -1
	}
	for i, r := range at {
		if r.Has(m.X-x, m.Y-y) {
			return i
		}
	}
	return -1
}
