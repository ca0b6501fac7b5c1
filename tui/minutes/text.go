package minutes

import (
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A text is minutes on the screen, one line chosen. Lines take as many rows as
// they need. It wraps only what is seen and asks for no more, so that minutes of
// 500 pages move as fast as those of one.
type text struct {
	env     *kit.Env
	minutes data.Minutes
	lines   []data.MinutesLine // as they are shown: the minutes', then what the program adds under them
	own     int                // how many of them are lines of the minutes
	clean   bool               // without who changed what

	at     int // the chosen line
	top    int // the line that is the first on the screen,
	skip   int // and how many of its rows are above it
	x, y   int
	w, h   int
	lang   i18n.Lang        // in which the rows
	rows   map[int][]string // of these lines are drawn
	marked map[int]time.Time
}

// put shows minutes; the choice stays with its line, on its row of the screen.
func (t *text) put(m data.Minutes, givenOut bool) {
	was, line := t.id(), t.at-t.top
	t.minutes, t.clean = m, givenOut
	t.lines, t.own = nil, 0
	if m.ID != 0 {
		t.lines = m.Document(givenOut)
		if t.own = len(m.Lines); givenOut {
			t.own -= leftOut(m.Lines)
		}
	}
	t.rows = map[int][]string{}
	if at := t.find(was); was != 0 && at >= 0 {
		t.top, t.at = max(0, at-line), at
	}
	t.show()
}

// leftOut is how many of the lines that the reader sees are not given out.
func leftOut(lines []data.MinutesLine) int {
	_, n := data.GivenOut(lines)
	return n
}

// place tells where it is drawn.
func (t *text) place(r kit.Rect) {
	if r.W != t.w || t.env.Lang != t.lang {
		t.rows, t.lang = map[int][]string{}, t.env.Lang
	}
	t.x, t.y, t.w, t.h = r.X, r.Y, r.W, max(r.H, 1)
	t.show()
}

// line is the chosen line of the minutes; not ok where what the program added is
// chosen, or nothing.
func (t *text) line() (data.MinutesLine, bool) {
	if t.at < 0 || t.at >= t.own {
		return data.MinutesLine{}, false
	}
	return t.lines[t.at], true
}

func (t *text) id() int {
	l, _ := t.line()
	return l.ID
}

// find is where a line stands, -1 if it is not there.
func (t *text) find(id int) int {
	for i, l := range t.lines[:t.own] {
		if l.ID == id {
			return i
		}
	}
	return -1
}

// choose chooses a line of the minutes and reports whether it is there.
func (t *text) choose(id int) bool {
	at := t.find(id)
	if at < 0 {
		return false
	}
	t.at = at
	t.reveal()
	return true
}

// changedByHand reports whether somebody changed the line, or added it.
func changedByHand(l data.MinutesLine) bool { return l.By != "" }

// firstChange chooses the first line that was changed by hand, else the first.
func (t *text) firstChange() {
	t.at, t.top, t.skip = 0, 0, 0
	t.step(1, true)
}

// step goes to the next line that was changed by hand, or the one before, and
// reports whether there is one; from: the chosen line counts too.
func (t *text) step(by int, from bool) bool {
	i := t.at
	if !from {
		i += by
	}
	for ; i >= 0 && i < t.own; i += by {
		if changedByHand(t.lines[i]) {
			t.at = i
			t.reveal()
			return true
		}
	}
	return false
}

// take gives it a key, the wheel or a click.
func (t *text) take(msg tea.Msg) kit.Did {
	was := t.at
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		t.key(m.String())
	case tea.MouseWheelMsg:
		if m.X < t.x || m.X >= t.x+t.w || m.Y < t.y || m.Y >= t.y+t.h {
			return kit.Nothing
		}
		by := 3
		if m.Button == tea.MouseWheelUp {
			by = -3
		}
		t.move(by)
	case tea.MouseClickMsg:
		at, ok := t.under(m)
		switch {
		case !ok:
			return kit.Nothing
		case at == t.at:
			return kit.Opened
		}
		t.at = at
		t.show()
	}
	if t.at != was {
		return kit.Moved
	}
	return kit.Nothing
}

func (t *text) key(key string) {
	switch key {
	case "up", "k":
		t.move(-1)
	case "down", "j":
		t.move(1)
	case "pgup":
		t.page(-1)
	case "pgdown":
		t.page(1)
	case "home":
		t.at, t.top, t.skip = 0, 0, 0
	case "end", "G":
		t.at = max(0, len(t.lines)-1)
		t.show()
	}
}

// move goes on by lines. Of one that does not fit its other rows come first.
func (t *text) move(by int) {
	for ; by > 0; by-- {
		if below := t.rest(); below > 0 {
			t.scroll(min(below, max(1, t.h/2)))
			continue
		}
		t.at = min(t.at+1, max(0, len(t.lines)-1))
		t.show()
	}
	for ; by < 0; by++ {
		if t.at == t.top && t.skip > 0 {
			t.skip = max(0, t.skip-max(1, t.h/2))
			continue
		}
		t.at = max(0, t.at-1)
		t.reveal()
	}
}

// rest is how many rows of the chosen line are below the screen.
func (t *text) rest() int {
	n := -t.skip
	for i := t.top; i <= t.at && i < len(t.lines); i++ {
		n += len(t.draw(i))
	}
	return max(0, n-t.h)
}

// page goes on by a screen.
func (t *text) page(by int) {
	if by > 0 {
		t.scroll(t.h - 1)
		t.at = max(t.at, t.top)
		t.at = t.last()
		return
	}
	t.scroll(1 - t.h)
	t.at = t.top
}

// scroll moves the window by rows.
func (t *text) scroll(by int) {
	t.skip += by
	for t.skip < 0 && t.top > 0 {
		t.top--
		t.skip += len(t.draw(t.top))
	}
	t.skip = max(t.skip, 0)
	for t.top < len(t.lines)-1 && t.skip >= len(t.draw(t.top)) {
		t.skip -= len(t.draw(t.top))
		t.top++
	}
	t.fill()
}

// fill leaves no empty rows under the end while there are lines above.
func (t *text) fill() {
	n := -t.skip
	for i := t.top; i < len(t.lines); i++ {
		if n += len(t.draw(i)); n >= t.h {
			return
		}
	}
	for n < t.h && (t.skip > 0 || t.top > 0) {
		if t.skip > 0 {
			less := min(t.skip, t.h-n)
			t.skip -= less
			n += less
			continue
		}
		t.top--
		t.skip = len(t.draw(t.top))
	}
}

// last is the last line of which a row is on the screen.
func (t *text) last() int {
	n := -t.skip
	for i := t.top; i < len(t.lines); i++ {
		if n += len(t.draw(i)); n >= t.h {
			return i
		}
	}
	return max(0, len(t.lines)-1)
}

// reveal shows the chosen line from its first row on.
func (t *text) reveal() {
	if t.at == t.top {
		t.skip = 0
	}
	t.show()
}

// show scrolls so that the chosen line is on the screen.
func (t *text) show() {
	if t.h == 0 {
		return
	}
	t.at = max(0, min(t.at, len(t.lines)-1))
	t.top = max(0, min(t.top, len(t.lines)-1))
	switch {
	case len(t.lines) == 0:
		t.top, t.skip = 0, 0
		return
	case t.at < t.top:
		t.top, t.skip = t.at, 0
	case t.at-t.top > t.h: // each line takes a row at least
		t.top, t.skip = t.at, 0
		t.back(t.h - min(t.h, len(t.draw(t.at))))
	default:
		t.skip = min(t.skip, len(t.draw(t.top))-1)
		if below := t.rest(); below > 0 {
			t.scroll(min(below, t.before()))
		}
	}
	t.fill()
}

// back moves the window up by rows.
func (t *text) back(rows int) {
	t.skip -= rows
	for t.skip < 0 && t.top > 0 {
		t.top--
		t.skip += len(t.draw(t.top))
	}
	t.skip = max(0, t.skip)
}

// before is how many rows of the screen are above the chosen line.
func (t *text) before() int {
	n := -t.skip
	for i := t.top; i < t.at; i++ {
		n += len(t.draw(i))
	}
	return n
}

// under is the line under a click.
func (t *text) under(m tea.MouseClickMsg) (int, bool) {
	if m.Button != tea.MouseLeft || m.X < t.x || m.X >= t.x+t.w || m.Y < t.y || m.Y >= t.y+t.h {
		return 0, false
	}
	n := -t.skip
	for i := t.top; i < len(t.lines); i++ {
		if n += len(t.draw(i)); m.Y-t.y < n {
			return i, true
		}
	}
	return 0, false
}
