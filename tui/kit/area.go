package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// longestText is how many characters an Area takes: spec's longest note.
const longestText = 20000

// An Area is text of several lines, softly wrapped at its width on characters.
type Area struct {
	editor
	w, h int // text columns and rows
	top  int // the first row on the screen
	rows []row
	made bool // rows are those of the text as it is
}

// A row is the characters from a up to b as one row of the screen.
type row struct{ a, b int }

// prompt stands before each row of an Area.
const prompt = "| "

// NewArea returns an area that holds value.
func NewArea(value string) Area {
	a := Area{editor: editor{most: longestText, lines: true}}
	a.SetValue(value)
	return a
}

// SetValue replaces the text; the cursor goes to its end.
func (a *Area) SetValue(s string) {
	a.editor.SetValue(s)
	a.changed()
}

// SetPosition moves the cursor to a character.
func (a *Area) SetPosition(at int) {
	a.editor.SetPosition(at)
	a.changed()
}

// Layout sets the size, the prompt's two columns included.
func (a *Area) Layout(width, height int) {
	a.w, a.h = max(width-len(prompt)-1, 2), max(height, 1) // a column stays for the cursor
	a.changed()
}

// Rows is how many rows the whole text takes at the width of the last Layout.
func (a *Area) Rows() int {
	a.wrap()
	return len(a.rows)
}

// Take gives the area a message; it does nothing without the focus. It
// reports whether the text changed.
func (a *Area) Take(msg tea.Msg) bool {
	if !a.focus {
		return false
	}
	before, n := a.at, len(a.text)
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch m.String() {
		case "up":
			a.vertical(-1)
		case "down":
			a.vertical(1)
		case "pgup":
			a.vertical(-a.h)
		case "pgdown":
			a.vertical(a.h)
		case "enter":
			a.insert("\n")
		default:
			a.edit(m)
		}
	case tea.PasteMsg:
		a.insert(pasted(m.Content, true))
	default:
		return false
	}
	if a.at != before || len(a.text) != n {
		a.changed()
	}
	return len(a.text) != n
}

// changed wraps anew and scrolls to the cursor.
func (a *Area) changed() {
	a.made = false
	if a.h == 0 {
		return
	}
	a.wrap()
	at := a.rowAt()
	a.top = min(a.top, at)
	a.top = max(a.top, at-a.h+1)
	a.top = max(0, min(a.top, len(a.rows)-a.h))
}

// wrap breaks the text into rows.
func (a *Area) wrap() {
	if a.made {
		return
	}
	a.made, a.rows = true, a.rows[:0]
	from, used, blank := 0, 0, -1 // blank: after which a word may go to the next row
	for i, r := range a.text {
		if r == '\n' {
			a.rows = append(a.rows, row{from, i})
			from, used, blank = i+1, 0, -1
			continue
		}
		w := drawnWidth(r)
		if used+w > a.w && r != ' ' {
			cut := i
			if blank > from && asciiWord(r) && i > 0 && asciiWord(a.text[i-1]) {
				cut = blank
			}
			a.rows = append(a.rows, row{from, cut})
			from, used, blank = cut, 0, -1
			for _, back := range a.text[cut:i] {
				used += drawnWidth(back)
			}
		}
		used += w
		if !asciiWord(r) {
			blank = i + 1
		}
	}
	a.rows = append(a.rows, row{from, len(a.text)})
}

func asciiWord(r rune) bool { return r > ' ' && r <= '~' }

func drawnWidth(r rune) int {
	if w := sure(r); w > 0 {
		return w
	}
	if joins(r) {
		return 0
	}
	return lipgloss.Width(Show(string(r)))
}

// rowAt is the row the cursor is in.
func (a *Area) rowAt() int {
	a.wrap()
	for i := len(a.rows) - 1; i > 0; i-- {
		if a.at >= a.rows[i].a {
			return i
		}
	}
	return 0
}

// column is the columns before the cursor in its row.
func (a *Area) column() (n int) {
	for _, r := range a.text[a.rows[a.rowAt()].a:a.at] {
		n += drawnWidth(r)
	}
	return min(n, a.w)
}

// vertical moves the cursor by rows of the screen, in its column if it can.
func (a *Area) vertical(by int) {
	want := a.column()
	to := a.rowAt() + by
	switch {
	case to < 0:
		a.at = 0
		return
	case to >= len(a.rows):
		a.at = len(a.text)
		return
	}
	a.at = a.charAt(to, want)
}

// charAt is the character at a column of a row.
func (a *Area) charAt(i, column int) int {
	at, end := a.rows[i].a, a.rows[i].b
	if end > at && i+1 < len(a.rows) && a.rows[i+1].a == end {
		end-- // the place after a wrapped row's last character is the next row's
	}
	for used := 0; at < end; {
		next := a.after(at)
		used += drawnWidth(a.text[at])
		if used > column || next > end {
			break
		}
		at = next
	}
	return at
}

// View draws the rows of the last Layout and, while the area has the focus,
// the cursor, for an area that starts in column x of row y.
func (a *Area) View(env *Env, x, y int) ([]string, *tea.Cursor) {
	out := make([]string, 0, a.h)
	rows := a.rows
	for i := a.top; i < a.top+a.h; i++ {
		line := ""
		if i < len(rows) {
			line = Show(string(a.text[rows[i].a:rows[i].b]))
		}
		out = append(out, prompt+strings.TrimRight(Clip(line, a.w), " "))
	}
	if !a.focus {
		return out, nil
	}
	return out, tea.NewCursor(x+len(prompt)+a.column(), y+a.rowAt()-a.top)
}

// Click puts the cursor under a click in an area drawn at x, y, and reports
// whether it was in it.
func (a *Area) Click(msg tea.Msg, x, y int) bool {
	m, ok := msg.(tea.MouseClickMsg)
	if !ok || m.Button != tea.MouseLeft || !(Rect{x, y, a.w + len(prompt) + 1, a.h}).Has(m.X, m.Y) {
		return false
	}
	a.at = a.charAt(min(a.top+m.Y-y, len(a.rows)-1), max(0, m.X-x-len(prompt)))
	return true
}
