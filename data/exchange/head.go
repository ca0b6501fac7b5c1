package exchange

import (
	"strings"

	"qiao/data"
)

// ahead gives the rows of a sheet that were read to find its head, then the rest.
type ahead struct {
	sheet
	lines []line
}

func (a *ahead) next() (line, bool) {
	if len(a.lines) == 0 {
		return a.sheet.next()
	}
	l := a.lines[0]
	a.lines = a.lines[1:]
	return l, true
}

// head finds the head among the rows at the top, in one row or in two of which
// the upper says 家长1 over 姓名, 关系 and 电话. The rows behind it are left to be read.
// Without a column for the class the sheet's name may say it, or a title.
func (r *reader) head(s sheet) (columns, *ahead, error) {
	rest := &ahead{sheet: s}
	for range topRows {
		l, more := s.next()
		if !more {
			break
		}
		rest.lines = append(rest.lines, l)
	}
	of, _ := classIn(s.title(), r.year)
	var best columns
	var first error
	for i, l := range rest.lines {
		one, err := columnsOf(l.spread(), r.said, of)
		if i+1 < len(rest.lines) {
			under := rest.lines[i+1]
			if two, e := columnsOf(l.over(under), r.said, of); e == nil && len(two.at) > len(one.at) && under.under(l, two) {
				rest.lines, two.days = rest.lines[i+2:], daysOf(s)
				return two, rest, nil
			}
		}
		if err == nil && l.why != "" {
			return one, rest, bad("", l.why)
		}
		if err == nil {
			rest.lines, one.days = rest.lines[i+1:], daysOf(s)
			return one, rest, nil
		}
		if first == nil || len(one.at) > len(best.at) {
			best, first = one, err
		}
		for _, c := range l.cells {
			if of.IsZero() {
				of, _ = classIn(c, r.year)
			}
		}
	}
	if first == nil {
		first = bad("", data.WhyEmpty)
	}
	return best, rest, first
}

func (l line) spread() []string {
	if l.wide != nil {
		return l.wide
	}
	return l.cells
}

// over is the heads of two rows, the lower of which says what is meant of the
// upper.
func (l line) over(under line) []string {
	upper, lower := l.spread(), under.cells
	out := make([]string, max(len(upper), len(lower)))
	copy(out, upper)
	for i, c := range lower {
		if out[i] != c {
			out[i] += c
		}
	}
	return out
}

// under reports whether a row belongs to the head above it: it has no student's
// number.
func (l line) under(above line, c columns) bool {
	i := c.at[at(number)]
	return i >= len(l.cells) || l.cells[i] == "" || i < len(above.cells) && l.cells[i] == above.cells[i]
}

// classIn finds a class in a text, 三年级2班 in 示例小学三年级2班花名册.
func classIn(s string, year int) (data.ClassName, bool) {
	if name, ok := data.ParseClass(s, year); ok {
		return name, true
	}
	if len(s) > 300 {
		return data.ClassName{}, false
	}
	end := strings.Index(s, "班")
	if end < 0 {
		return data.ClassName{}, false
	}
	end += len("班")
	for i := range s[:end] {
		if name, ok := data.ParseClass(s[i:end], year); ok {
			return name, true
		}
	}
	return data.ClassName{}, false
}

func daysOf(s sheet) int {
	if x, ok := s.(*xlsxSheet); ok {
		return x.days
	}
	return 0
}
