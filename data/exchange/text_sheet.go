package exchange

import (
	"strings"

	"qiao/data"
)

// A textSheet reads text as rows of cells, as spreadsheets write them: cells that
// begin with a quotation mark end with one, and may hold the separator, line
// ends, and marks twice over. It is its own reader because encoding/csv takes an
// unfinished quotation to the end of the file: here it costs its own line.
type textSheet struct {
	text  string
	sep   string
	row   int // of what next returned; blank rows count, as they do in a spreadsheet
	width int // of the widest row so far: a last row without its end that is narrower was cut off
}

// separators is what stands between cells, the likeliest first.
var separators = []string{",", "\t", ";", "|", "，", "；", "^", "~"}

// newText takes the separator that Excel's own first line names (sep=;), else the
// one that finds the most heads in the rows at the top, else the most frequent.
func newText(text string) *textSheet {
	if rest, ok := strings.CutPrefix(text, "sep="); ok && lineEnd(rest) > 0 && lineEnd(rest) <= 4 {
		return &textSheet{text: skipEnd(rest[lineEnd(rest):]), sep: rest[:lineEnd(rest)], row: 1}
	}
	best, sep := 0, separators[0]
	for _, one := range separators {
		s, n := &textSheet{text: text, sep: one}, 0
		for range topRows {
			l, more := s.next()
			if !more {
				break
			}
			known := 0
			for _, c := range l.cells {
				if _, ok := claimOf(c); ok {
					known++
				}
			}
			n = max(n, known*maxCells+min(len(l.cells), maxCells)-1)
		}
		if n > best {
			best, sep = n, one
		}
	}
	return &textSheet{text: text, sep: sep}
}

func (s *textSheet) title() string { return "" }
func (s *textSheet) fault() error  { return nil }

// next is the next row. Its why says where a quotation mark has no other half,
// the row has more cells than any roster, or the file ends within it.
func (s *textSheet) next() (line, bool) {
	if s.text == "" {
		return line{}, false
	}
	s.row++
	l := line{row: s.row}
	end := lineEnd(s.text)
	rest := s.text
	for {
		cell, after, ok := s.cell(rest)
		if !ok {
			s.text = skipEnd(s.text[end:])
			l.cells, l.why = nil, data.WhyQuote
			return l, true
		}
		if len(l.cells) <= maxCells || cell != "" {
			l.cells = append(l.cells, cell)
		}
		next, more := strings.CutPrefix(after, s.sep)
		if !more {
			s.text = skipEnd(after)
			s.judge(&l, after == "")
			return l, true
		}
		rest = next
	}
}

func (s *textSheet) judge(l *line, ended bool) {
	width := len(l.cells)
	cells, ok := narrow(l.cells)
	switch {
	case !ok:
		l.why = data.WhyWide
	case ended && width < s.width && width > 1:
		l.why = data.WhyCut
	}
	l.cells = cells
	s.width = max(s.width, width)
}

// cell takes one cell off the front; after begins with what ended it.
func (s *textSheet) cell(text string) (cell, after string, ok bool) {
	if text == "" || text[0] != '"' {
		end := 0
		for ; end < len(text) && text[end] != '\n' && text[end] != '\r'; end++ {
			if text[end] == s.sep[0] && strings.HasPrefix(text[end:], s.sep) {
				break
			}
		}
		return text[:end], text[end:], true
	}
	lines := 0
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\n':
			if lines++; lines > maxLines {
				return "", "", false
			}
		case '"':
			if i+1 < len(text) && text[i+1] == '"' {
				i++
				continue
			}
			after := text[i+1:]
			ends := after == "" || strings.HasPrefix(after, s.sep) || after[0] == '\r' || after[0] == '\n'
			return strings.ReplaceAll(text[1:i], `""`, `"`), after, ends
		}
	}
	return "", "", false
}

// lineEnd is where the first line ends: with \n, \r\n, or the \r of old Macs.
func lineEnd(text string) int {
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		return i
	}
	return len(text)
}

func skipEnd(text string) string {
	if strings.HasPrefix(text, "\r\n") {
		return text[2:]
	}
	if text != "" && (text[0] == '\n' || text[0] == '\r') {
		return text[1:]
	}
	return text
}
