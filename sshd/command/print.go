package command

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

func (c *Call) say(p i18n.Phrase, args ...any) string { return c.Lang.Say(p, args...) }
func (c *Call) line(s string)                         { fmt.Fprintln(c.Out, s) }
func (c *Call) errln(s string)                        { fmt.Fprintln(c.Err, s) }

func (c *Call) encode(to io.Writer, v any) {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // what is encoded are strings and numbers; who has gone reads nothing
}

// print writes v as JSON where it was asked for, else the rows.
func (c *Call) print(v any, head []i18n.Phrase, rows [][]string) {
	if c.json {
		c.encode(c.Out, v)
		return
	}
	c.table(head, rows)
}

// Table is print for the console's own commands: v under --json, else the rows,
// which have a head on a terminal.
func (c *Call) Table(v any, head []i18n.Phrase, rows [][]string) { c.print(v, head, rows) }

// Lines prints v under --json, else the lines as they are.
func (c *Call) Lines(v any, lines []string) {
	if c.json {
		c.encode(c.Out, v)
		return
	}
	for _, l := range lines {
		c.line(data.Line(l))
	}
}

// List prints lines, or under --json {name: [...]}; none is said in words.
func (c *Call) List(name string, lines []string, none string) {
	if c.json {
		c.encode(c.Out, map[string][]string{name: append([]string{}, lines...)})
		return
	}
	if len(lines) == 0 {
		lines = []string{none}
	}
	for _, l := range lines {
		c.line(data.Line(l))
	}
}

// table writes rows: tab-separated lines for a pipe; on a terminal aligned
// columns under a head, the widest cut until they fit.
func (c *Call) table(head []i18n.Phrase, rows [][]string) {
	if c.Cols == 0 {
		for _, row := range rows {
			for i := range row {
				row[i] = data.Line(row[i])
			}
			c.line(strings.Join(row, "\t"))
		}
		return
	}
	all := rows
	if len(head) > 0 {
		var words []string
		for _, h := range head {
			words = append(words, c.say(h))
		}
		all = append([][]string{words}, rows...)
	}
	var width []int
	for _, row := range all {
		for i := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			row[i] = kit.Show(row[i])
			width[i] = max(width[i], kit.Width(row[i]))
		}
	}
	shrink(width, c.Cols)
	for _, row := range all {
		var b strings.Builder
		for i, cell := range row {
			if i == len(row)-1 {
				b.WriteString(kit.Cut(cell, width[i]))
			} else {
				b.WriteString(kit.Fit(cell, width[i]) + "  ")
			}
		}
		c.line(kit.Cut(b.String(), c.Cols))
	}
}

// wrap writes words two blanks apart, in as many lines as the terminal needs.
func (c *Call) wrap(words []string) {
	line := ""
	for _, w := range words {
		w = kit.Show(w)
		switch {
		case line == "":
			line = w
		case c.Cols > 0 && kit.Width(line)+2+kit.Width(w) > c.Cols:
			c.line(kit.Cut(line, c.Cols))
			line = w
		default:
			line += "  " + w
		}
	}
	if c.Cols > 0 {
		line = kit.Cut(line, c.Cols)
	}
	c.line(line)
}

// narrow is the width below which a column tells nothing.
const narrow = 8

// shrink takes columns of the screen from the widest of a table until all stand
// beside each other, two blanks apart, in the width there is.
func shrink(width []int, cols int) {
	over := 2*(len(width)-1) - cols
	for _, w := range width {
		over += w
	}
	for ; over > 0 && slices.Max(width) > narrow; over-- {
		width[slices.Index(width, slices.Max(width))]--
	}
}
