package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Rect is a part of a page's body, in cells.
type Rect struct{ X, Y, W, H int }

// Has reports whether the cell is in the rectangle.
func (r Rect) Has(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// Below is what remains of the rectangle under its first n rows.
func (r Rect) Below(n int) Rect {
	n = min(n, r.H)
	return Rect{r.X, r.Y + n, r.W, r.H - n}
}

// wide is the columns from which a list and its detail stand side by side.
const wide = 120

// Split parts a body into a list and the detail of its chosen row: the list
// on top with three fifths of the height, or from 120 columns on to the left,
// with a bar between.
func Split(w, h int) (list, detail Rect) {
	if w < wide {
		top := (h*3 + 4) / 5
		return Rect{0, 0, w, top}, Rect{0, top, w, h - top}
	}
	left := max(66, w*55/100)
	return Rect{0, 0, left, h}, Rect{left + 3, 0, w - left - 3, h}
}

// Panes joins what stands in the two rectangles of a Split.
func Panes(list, detail []string, a, b Rect) string {
	if b.X == 0 {
		return Block(list, a.W, a.H) + "\n" + Block(detail, b.W, b.H)
	}
	return Beside(Block(list, a.W, a.H), Block(detail, b.W, b.H))
}

// Block lays lines out in a rectangle of exactly width by height cells.
func Block(lines []string, width, height int) string {
	var b strings.Builder
	b.Grow((width + 8) * max(height, 0))
	for i := range height {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			line, w := lines[i], Width(lines[i])
			if w > width {
				line = clip(line, width)
				w = Width(line)
			}
			b.WriteString(line)
			b.WriteString(blanks(width - w))
		} else {
			b.WriteString(blanks(width))
		}
	}
	return b.String()
}

// Beside joins two blocks of one height with a bar between.
func Beside(left, right string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range min(len(l), len(r)) {
		l[i] += " | " + r[i]
	}
	return strings.Join(l, "\n")
}

// Over lays lines over a block, from column x and row y on: a list that drops
// down from its field.
func Over(block []string, x, y int, lines []string) []string {
	for i, line := range lines {
		if y+i < 0 || y+i >= len(block) {
			continue
		}
		under := block[y+i]
		left := fill(ansi.Cut(under, 0, x), x)
		block[y+i] = left + line + ansi.Cut(under, x+Width(line), max(Width(under), x+Width(line)))
	}
	return block
}
