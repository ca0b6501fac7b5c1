package kit

import (
	"strings"

	"qiao/tui/i18n"
	"qiao/tui/theme"
)

// gap is the blanks between two columns of a table.
const gap = 2

// An Align is where a cell's text stands in its column.
type Align int

// Text stands left, numbers right, marks in the middle.
const (
	ToLeft Align = iota
	ToRight
	Middle
)

// A Col is one column of a table: its head, the columns of the screen it needs,
// and how much of what is left over it takes, against the others. When a pane
// is too narrow the columns with the highest Rank go first; Rank 0 stays.
type Col struct {
	Head  i18n.Phrase
	Width int
	Grow  int
	Align Align
	Rank  int
}

// A Table is columns as one width shows them. Make it in Layout.
type Table struct {
	cols   []Col
	widths []int // 0: dropped
}

// NewTable fits columns into a width.
func NewTable(cols []Col, width int) Table {
	t := Table{cols: cols, widths: make([]int, len(cols))}
	for i, c := range cols {
		t.widths[i] = c.Width
	}
	for t.used() > width && t.drop() {
	}
	grow := 0
	for i, c := range cols {
		if t.widths[i] > 0 {
			grow += c.Grow
		}
	}
	spare := width - t.used()
	for i, c := range cols {
		if c.Grow > 0 && t.widths[i] > 0 && spare > 0 {
			more := spare * c.Grow / grow
			spare, grow = spare-more, grow-c.Grow
			t.widths[i] += more
		}
	}
	return t
}

func (t Table) used() (n int) {
	for _, w := range t.widths {
		if w > 0 {
			n += w + gap
		}
	}
	return n - gap
}

// drop takes the column with the highest rank away.
func (t Table) drop() bool {
	last := -1
	for i, c := range t.cols {
		if t.widths[i] > 0 && c.Rank > 0 && (last < 0 || c.Rank >= t.cols[last].Rank) {
			last = i
		}
	}
	if last >= 0 {
		t.widths[last] = 0
	}
	return last >= 0
}

// Shows reports whether column i is on the screen; the detail pane shows the
// others.
func (t Table) Shows(i int) bool { return t.widths[i] > 0 }

// A Cell is a table cell with a look; plain cells are strings.
type Cell struct {
	Text string
	Role theme.Role
}

// In is a Cell.
func In(r theme.Role, text string) Cell { return Cell{text, r} }

// Row draws one row: a string or a Cell for each column, dropped ones too.
func (t Table) Row(look *theme.Look, cells ...any) string {
	var b strings.Builder
	b.Grow(256)
	for i, w := range t.widths {
		if w == 0 || i >= len(cells) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(blanks(gap))
		}
		switch c := cells[i].(type) {
		case string:
			b.WriteString(t.align(i, c))
		case Cell:
			b.WriteString(look.Paint(c.Role, t.align(i, c.Text)))
		}
	}
	return b.String()
}

func (t Table) align(i int, s string) string {
	switch t.cols[i].Align {
	case ToRight:
		return Right(s, t.widths[i])
	case Middle:
		return Centre(s, t.widths[i])
	}
	return Fit(s, t.widths[i])
}

// Head draws the row of heads, after the two cells that a List puts before
// its rows.
func (t Table) Head(env *Env) string { return env.Look.Muted(t.heads(env)) }

func (t Table) heads(env *Env) string {
	cells := make([]any, len(t.cols))
	for i, c := range t.cols {
		cells[i] = env.Say(c.Head)
	}
	return "  " + t.Row(nil, cells...)
}

// HeadSpan is Head with a list's Span at the right end of w columns, for lists
// that have no row below for it.
func (t Table) HeadSpan(env *Env, span string, w int) string {
	heads := strings.TrimRight(t.heads(env), " ")
	for span != "" && Width(heads)+2+Width(span) >= w && strings.Contains(heads, "  ") { // the last head gives way
		heads = strings.TrimRight(heads[:strings.LastIndex(heads, "  ")], " ")
	}
	return env.Look.Muted(Ends(heads, span+" ", w))
}
