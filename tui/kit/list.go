package kit

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// flash is how long a row that someone else changed is marked.
const flash = 5 * time.Second

// A List is a column of rows with one chosen. It draws the rows on the screen
// only and asks for no other, however many there are. Where the rows are
// records, Keep names them: the choice then stays with the record, on its line
// of the screen, whatever is put above it.
type List struct {
	At  int // the chosen row
	Top int // the first row on the screen

	ids  []int64 // 0: a heading, never chosen
	n    int
	x, y int // where it is drawn, within the body
	w, h int
	lit  map[int64]time.Time // until when a changed row is marked
}

// A Did is what a message did to a List.
type Did int

// Nothing, another row is chosen, or the chosen row shall be opened by a click.
const (
	Nothing Did = iota
	Moved
	Opened
)

// Place tells the list where it is drawn; call it in Layout.
func (l *List) Place(r Rect) {
	l.x, l.y, l.w, l.h = r.X, r.Y, r.W, max(r.H, 0)
	l.show()
}

// Keep gives the list its rows by the ids of their records, 0 for a heading.
// The chosen record stays chosen and on its line; if it is gone, the row that
// took its place is chosen.
func (l *List) Keep(ids []int64) {
	was, line := l.ID(), l.At-l.Top
	l.ids, l.n = ids, len(ids)
	if i := slices.Index(ids, was); was != 0 && i >= 0 {
		l.At, l.Top = i, i-line
	}
	l.settle(1)
}

// Count gives the list n rows that are no records.
func (l *List) Count(n int) {
	l.ids, l.n = nil, n
	l.settle(1)
}

// Len is how many rows there are, headings too.
func (l *List) Len() int { return l.n }

// ID is the chosen record, 0 if there is none.
func (l *List) ID() int64 {
	if l.At >= 0 && l.At < len(l.ids) {
		return l.ids[l.At]
	}
	return 0
}

// Choose chooses a record if it is there.
func (l *List) Choose(id int64) bool {
	i := slices.Index(l.ids, id)
	if i < 0 || id == 0 {
		return false
	}
	l.At = i
	l.show()
	return true
}

// To chooses row i, or the nearest that can be chosen.
func (l *List) To(i int) bool {
	was := l.At
	toward := 1
	if i < l.At {
		toward = -1
	}
	l.At = i
	l.settle(toward)
	return l.At != was
}

// Take gives the list a message for the page: a key that moves, the wheel, a
// click. A second click on the chosen row opens it, as enter does.
func (l *List) Take(msg tea.Msg) Did {
	moved := false
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		moved = l.key(m.String())
	case tea.MouseWheelMsg:
		if !l.under(m.X, m.Y) {
			return Nothing
		}
		switch m.Button {
		case tea.MouseWheelUp:
			moved = l.To(l.At - 3)
		case tea.MouseWheelDown:
			moved = l.To(l.At + 3)
		}
	case tea.MouseClickMsg:
		i := l.Top + m.Y - l.y
		switch {
		case m.Button != tea.MouseLeft || !l.under(m.X, m.Y) || i >= l.n || l.heading(i):
			return Nothing
		case i == l.At:
			return Opened
		}
		moved = l.To(i)
	}
	if moved {
		return Moved
	}
	return Nothing
}

func (l *List) key(key string) bool {
	page := max(l.h-1, 1)
	switch key {
	case "up", "k":
		return l.To(l.At - 1)
	case "down", "j":
		return l.To(l.At + 1)
	case "pgup":
		return l.To(l.At - page)
	case "pgdown":
		return l.To(l.At + page)
	case "home":
		return l.To(0)
	case "end", "G":
		return l.To(l.n - 1)
	}
	return false
}

func (l *List) under(x, y int) bool {
	return x >= l.x && x < l.x+l.w && y >= l.y && y < l.y+l.h
}

func (l *List) heading(i int) bool { return i < len(l.ids) && l.ids[i] == 0 }

// settle keeps the choice among the rows and off the headings, looking in one
// direction first, then scrolls to it.
func (l *List) settle(toward int) {
	l.At = max(0, min(l.At, l.n-1))
	for i := l.At; i >= 0 && i < l.n; i += toward {
		if !l.heading(i) {
			l.At = i
			break
		}
	}
	for i := l.At; l.heading(l.At) && i >= 0 && i < l.n; i -= toward {
		if !l.heading(i) {
			l.At = i
		}
	}
	l.show()
}

// show scrolls so that the chosen row is on the screen, and a heading right
// above it too.
func (l *List) show() {
	first := l.At
	for first > 0 && l.heading(first-1) {
		first--
	}
	if l.At-first >= l.h {
		first = l.At
	}
	l.Top = min(l.Top, first)
	l.Top = max(l.Top, l.At-l.h+1)
	l.Top = max(0, min(l.Top, l.n-l.h))
}

// Flash marks rows that someone else changed with ~ for five seconds.
func (l *List) Flash(env *Env, ids ...int64) tea.Cmd {
	now := env.Now()
	if l.lit == nil {
		l.lit = map[int64]time.Time{}
	}
	for id, until := range l.lit {
		if !now.Before(until) {
			delete(l.lit, id)
		}
	}
	for _, id := range ids {
		l.lit[id] = now.Add(flash)
	}
	return env.After(flash, faded{})
}

type faded struct{} // makes the shell draw once more

// View draws the rows on the screen, l.h of them at most: what row says, cut to
// the list's width, after two cells for > and ~. A heading takes the two as well.
func (l *List) View(env *Env, row func(i int) string) []string {
	out := make([]string, 0, l.h)
	for i := l.Top; i < min(l.n, l.Top+l.h); i++ {
		if l.heading(i) {
			out = append(out, Pad(row(i), l.w))
			continue
		}
		gutter := "  "
		if i < len(l.ids) && len(l.lit) > 0 && env.Now().Before(l.lit[l.ids[i]]) {
			gutter = " ~"
		}
		if i == l.At {
			out = append(out, env.Look.Chosen(Pad(">"+gutter[1:]+row(i), l.w)))
		} else {
			out = append(out, Pad(gutter+row(i), l.w))
		}
	}
	return out
}

// Span is the line below a list that does not fit: 1-11 / 45.
func (l *List) Span() string {
	if l.n <= l.h {
		return ""
	}
	return fmt.Sprintf("%d-%d / %d", l.Top+1, min(l.n, l.Top+l.h), l.n)
}

// Rect is where the list is drawn.
func (l *List) Rect() Rect { return Rect{l.x, l.y, l.w, l.h} }
