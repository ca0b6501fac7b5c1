package kit

import (
	"strings"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Drawing is a form as rows, from its first field to its last, of which the
// body shows as many as fit. It knows where each field was drawn, for clicks.
type Drawing struct {
	Env    *Env
	W      int // columns
	Indent int // of what is said under a field
	Margin int // rows to be in sight under the field with the cursor
	Lines  []string
	Cursor *tea.Cursor
	Here   Place // the field with the cursor

	stops    map[Place]Input
	faults   map[Place]i18n.Phrase
	spots    []spot
	from, to int // the rows that must be in sight: the field's and its message's
	drop     Rect
	dropped  []string
}

// A spot is where a field was drawn, in rows of the whole form.
type spot struct {
	Place
	Rect
}

// Draw begins a drawing of the form, w columns wide.
func (f *Form) Draw(w, indent int) *Drawing {
	d := &Drawing{Env: f.Env, W: w, Indent: indent, Here: f.Here(), faults: f.Faults, stops: map[Place]Input{}}
	for _, s := range f.Stops() {
		d.stops[s.Place] = s.In
	}
	return d
}

// Say puts a phrase into the reader's language.
func (d *Drawing) Say(p i18n.Phrase, args ...any) string { return d.Env.Say(p, args...) }

// Row adds a line.
func (d *Drawing) Row(line string) { d.Lines = append(d.Lines, line) }

// Put pads a line to column x and adds to it.
func Put(line string, x int, s string) string { return Pad(line, max(x, Width(line))) + s }

// At notes where a field is that the page draws itself, and the cursor in it.
func (d *Drawing) At(at Place, r Rect, cursor *tea.Cursor) {
	d.spots = append(d.spots, spot{at, r})
	if d.Here != at {
		return
	}
	d.from, d.to = r.Y, r.Y+r.H-1
	if cursor != nil {
		d.Cursor, d.from, d.to = cursor, cursor.Y, cursor.Y
	}
}

// Reach keeps the rows from the field with the cursor to the last one drawn in
// sight: what they say belongs to it.
func (d *Drawing) Reach() { d.to = max(d.to, len(d.Lines)-1) }

// Fault adds the row that says what is wrong with a field above it, if anything
// is.
func (d *Drawing) Fault(at Place) bool {
	why, wrong := d.faults[at]
	if wrong {
		d.Row(Fault(d.Env, d.Say(why), d.Indent))
		if d.Here == at {
			d.to = len(d.Lines) - 1
		}
	}
	return wrong
}

// Box draws a field of one line, or a list, into a row that is being made: from
// column x, w columns wide. An open list drops down over the rows below.
func (d *Drawing) Box(line string, at Place, x, w int) string {
	y := len(d.Lines)
	var s string
	var cursor *tea.Cursor
	switch in := d.stops[at].(type) {
	case *Field:
		s, cursor = in.Box(d.Env, w, x, y)
	case *Select:
		s, cursor = in.Box(d.Env, w, x, y)
	}
	d.At(at, Rect{X: x, Y: y, W: w, H: 1}, cursor)
	if list, ok := d.stops[at].(*Select); ok && list.Open() {
		wide := max(w, 24)
		d.dropped = list.Drop(d.Env, wide)
		d.drop = Rect{X: min(x, d.W-wide), Y: y + 1, W: wide, H: len(d.dropped)}
		d.to = y + len(d.dropped)
	}
	return Put(line, x, s)
}

// Text adds the rows of an Area that was laid out, from column x on.
func (d *Drawing) Text(at Place, x int) {
	area, ok := d.stops[at].(*Area)
	if !ok {
		return
	}
	y := len(d.Lines)
	rows, cursor := area.View(d.Env, x, y)
	d.At(at, Rect{X: x, Y: y, W: d.W - x, H: len(rows)}, cursor)
	for _, row := range rows {
		d.Row(blanks(x) + row)
	}
}

// Options are the lines of a Radio or of Checks, to be added from the next row
// on by Labelled, w columns wide from column x.
func (d *Drawing) Options(at Place, x, w int) []string {
	in, ok := d.stops[at].(interface {
		View(*Env, int) []string
		Cursor(env *Env, width, x, y int) *tea.Cursor
	})
	if !ok {
		return nil
	}
	y, lines := len(d.Lines), in.View(d.Env, w)
	d.At(at, Rect{X: x, Y: y, W: w, H: len(lines)}, in.Cursor(d.Env, w, x, y))
	return lines
}

// labelAt is the column where a form's labels begin.
const labelAt = 2

// Label begins a row with a label.
func (d *Drawing) Label(label i18n.Phrase, args ...any) string {
	return Put("", labelAt, d.Say(label, args...))
}

// Labelled adds lines from column x on, with a label before the first.
func (d *Drawing) Labelled(label i18n.Phrase, x int, lines []string) {
	for i, line := range lines {
		before := ""
		if i == 0 {
			before = d.Label(label)
		}
		d.Row(Put(before, x, line))
	}
}

// top is the first row in sight of a body h rows high: the field with the
// cursor and its message are in it.
func (d *Drawing) top(h int) int {
	end := min(d.to+1+d.Margin, max(len(d.Lines), d.to+1))
	return max(0, min(end-h, d.from))
}

// Rows are the h rows in sight, each W columns wide, and the cursor among them.
func (d *Drawing) Rows(h int) ([]string, *tea.Cursor) {
	top := d.top(h)
	rows := strings.Split(Block(d.Lines[min(top, len(d.Lines)):min(len(d.Lines), top+h)], d.W, h), "\n")
	if d.dropped != nil {
		rows = Over(rows, d.drop.X, d.drop.Y-top, d.dropped)
	}
	if d.Cursor == nil {
		return rows, nil
	}
	return rows, tea.NewCursor(d.Cursor.X, d.Cursor.Y-top)
}

// Click does what a click into a form means that was drawn as d and shown h rows
// high: it goes to the field under it, puts the cursor there, chooses, ticks, or
// opens a list. It reports which field that was, and whether anything changed.
func (f *Form) Click(m tea.MouseClickMsg, d *Drawing, h int) (at Place, hit, changed bool) {
	m.Y += d.top(h)
	if list := f.List(d.Here); list != nil && list.Open() && d.drop.Has(m.X, m.Y) {
		was := list.At
		list.Click(m, f.Env, d.drop.W, d.drop.X, d.drop.Y-1)
		return d.Here, true, list.At != was
	}
	for _, s := range d.spots {
		if !s.Has(m.X, m.Y) {
			continue
		}
		if f.Here() != s.Place {
			f.Visit(s.Place)
		}
		changed = f.clicked(s, m)
		if changed {
			f.Right(s.Place)
		}
		return s.Place, true, changed
	}
	return Place{}, false, false
}

func (f *Form) clicked(s spot, m tea.MouseClickMsg) bool {
	switch in := f.In(s.Place).(type) {
	case *Field:
		in.Click(m, s.W, s.X, s.Y)
	case *Area:
		in.Click(m, s.X, s.Y)
	case *Select:
		in.Click(m, f.Env, s.W, s.X, s.Y)
	case interface {
		Click(msg tea.Msg, env *Env, width, x, y int) bool
	}:
		return in.Click(m, f.Env, s.W, s.X, s.Y)
	}
	return false
}
