package exchange

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// What a page of A4 takes, in a type of fixed width at ten points with a margin.
const (
	pageCols = 80
	pageRows = 58
)

// WriteText writes a table as plain text, UTF-8 with LF, in pages of A4: each
// has the head of the columns, its number, and a form feed after it. Width counts
// the columns that a text takes: the program has one such count, and it is the
// caller's. A cell that does not fit goes on in the next line; each row has a
// blank line after it, for a hand that signs.
func WriteText(to io.Writer, t Table, width func(string) int) error {
	p := pages{w: bufio.NewWriter(to), width: width, t: t}
	p.opening()
	for _, row := range t.Rows {
		p.row(row)
	}
	p.ending()
	return p.w.Flush()
}

// pages lays lines on pages.
type pages struct {
	w     *bufio.Writer
	width func(string) int
	t     Table
	lines int // on this page
	page  int
	table bool // the head of the columns stands on each page
}

func (p *pages) put(s string) {
	io.WriteString(p.w, strings.TrimRight(s, " ")+"\n")
	p.lines++
}

// room begins a new page where so many lines no longer fit on this one.
func (p *pages) room(n int) {
	if p.lines+n > pageRows-2 {
		p.turn()
	}
}

func (p *pages) turn() {
	p.number()
	io.WriteString(p.w, "\f")
	p.lines = 0
	if p.table {
		p.head()
	}
}

func (p *pages) number() {
	p.page++
	for p.lines < pageRows-1 {
		p.put("")
	}
	n := strconv.Itoa(p.page)
	if p.t.Page != "" {
		n = strings.ReplaceAll(p.t.Page, "%d", n)
	}
	p.put(strings.Repeat(" ", max(0, pageCols-p.width(n))) + n)
}

func (p *pages) opening() {
	title := clean(p.t.Title)
	p.put(strings.Repeat(" ", max(0, (pageCols-p.width(title))/2)) + title)
	p.put("")
	for _, f := range p.t.Facts {
		p.wrapped("", f)
	}
	for _, part := range p.t.Parts {
		p.put("")
		p.put(clean(part.Name))
		for _, l := range part.Lines {
			p.wrapped("  ", l)
		}
	}
	p.put("")
	p.room(6)
	p.head()
	p.table = true
}

func (p *pages) wrapped(before, text string) {
	for _, l := range p.wrap(clean(text), pageCols-len(before)) {
		p.room(1)
		p.put(before + l)
	}
}

func (p *pages) head() {
	var names []string
	rule := ""
	for _, c := range p.t.Cols {
		names = append(names, c.Name)
		rule += strings.Repeat("-", c.Width) + "  "
	}
	for _, l := range p.beside(names) {
		p.put(l)
	}
	p.put(rule)
}

func (p *pages) row(cells []string) {
	lines := p.beside(cells)
	if len(lines) < pageRows/2 { // else it would not fit on one anyway
		p.room(len(lines) + 1)
	}
	for _, l := range lines {
		p.room(1)
		p.put(l)
	}
	p.put("")
}

// beside sets cells beside each other, in as many lines as the longest needs. A
// free place is a line to write on.
func (p *pages) beside(cells []string) (out []string) {
	var cols [][]string
	rows := 1
	for i, c := range p.t.Cols {
		cell := []string{""}
		switch {
		case i < len(cells) && cells[i] != "":
			cell = p.wrap(clean(cells[i]), c.Width)
		case c.Kind == Blank:
			cell = []string{strings.Repeat("_", c.Width)}
		}
		cols, rows = append(cols, cell), max(rows, len(cell))
	}
	for r := range rows {
		var b strings.Builder
		for i, c := range p.t.Cols {
			cell := ""
			if r < len(cols[i]) {
				cell = cols[i][r]
			}
			free := strings.Repeat(" ", max(0, c.Width-p.width(cell)))
			if c.Kind == Number {
				cell, free = free+cell, ""
			}
			b.WriteString(cell + free + "  ")
		}
		out = append(out, b.String())
	}
	return out
}

// wrap breaks text into lines of so many columns, between characters: Chinese
// has no blanks to break at.
func (p *pages) wrap(text string, cols int) (out []string) {
	line, n := "", 0
	for _, r := range text {
		w := p.width(string(r))
		if n+w > cols && line != "" {
			out, line, n = append(out, strings.TrimSpace(line)), "", 0
		}
		line, n = line+string(r), n+w
	}
	return append(out, strings.TrimSpace(line))
}

func (p *pages) ending() {
	p.room(len(p.t.Foot) + 1)
	for _, f := range p.t.Foot {
		p.wrapped("", f)
	}
	p.number()
}
