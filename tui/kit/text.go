package kit

import (
	"strings"
	"unicode/utf8"

	"qiao/data"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Width is the columns s takes on a terminal; looks take none. It is the one
// count of the program: what is drawn by it, the session cuts by the same.
func Width(s string) int {
	n, end := 0, 0 // of a look among plain text
	for i, r := range s {
		if i < end {
			continue
		}
		switch w := sure(r); {
		case w > 0:
			n += w
		case r == '\x1b' && look(s[i:]) > 0:
			end = i + look(s[i:])
		default:
			return lipgloss.Width(s)
		}
	}
	return n
}

// look is how many bytes a look at the start of s takes: ESC [ digits m.
func look(s string) int {
	for i := 2; i < len(s) && s[1] == '['; i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// sure is the columns of a character that never joins with its neighbours: 1
// for printable ASCII, 2 for Chinese and its punctuation, 0 for all others.
func sure(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return 1
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3001 && r <= 0x3029, r >= 0xff01 && r <= 0xff60, r == '・':
		return 2
	}
	return 0
}

// shown is how typed characters are drawn that some terminals draw wide and
// others narrow. What is stored stays as it was typed.
var shown = map[rune]string{
	'·': "・", '•': "・", '“': "「", '”': "」", '‘': "'", '’': "'", '…': "..", '—': "-", '–': "-",
	'→': ">", '×': "x", '●': "*", '■': "*", '℃': "度", '\t': " ", '\n': " ",
}

// Show is how text from people is drawn in one row: what some terminals would
// draw in two columns and others in one is mapped to what all draw alike, and
// a control or direction character becomes a ?.
func Show(s string) string {
	for i, r := range s {
		if sure(r) == 0 {
			return show(s, i)
		}
	}
	return s
}

func show(s string, from int) string {
	var b strings.Builder
	b.WriteString(s[:from])
	for _, r := range s[from:] {
		to, ok := shown[r]
		switch {
		case ok:
			b.WriteString(to)
		case r >= '①' && r <= '⑨':
			b.WriteString("(" + string('1'+r-'①') + ")")
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f:
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	return firm(data.Line(b.String()))
}

// firm drops what would join with the cell before or after the text and so
// change their width: a mark without its letter at either end.
func firm(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return sure(r) == 0 }) < 0 {
		return s
	}
	for s != "" && Width("["+s) != 1+Width(s) {
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:]
	}
	for s != "" && Width(s+"]") != Width(s)+1 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

// Cut is text from people or the program in at most width columns. What does
// not fit ends in two dots.
func Cut(s string, width int) string {
	s = Show(s)
	if Width(s) > width {
		s = clip(s, width)
	}
	return s
}

// Fit is Cut, then blanks up to exactly width columns; a Chinese character
// takes two. What an old note may still hold cannot move another's cursor.
func Fit(s string, width int) string { return Pad(Show(s), width) }

// Right is Fit with the blanks before, for numbers.
func Right(s string, width int) string {
	s = Cut(s, width)
	return blanks(width-Width(s)) + s
}

// Centre is Fit with the blanks on both sides, for marks under their head.
func Centre(s string, width int) string {
	s = Cut(s, width)
	return fill(blanks((width-Width(s))/2)+s, width)
}

// Pad is Fit for what is drawn already: looks in it stay. Give it nothing
// that people typed and Show has not seen.
func Pad(s string, width int) string {
	w := Width(s)
	if w > width {
		return fill(clip(s, width), width)
	}
	return s + blanks(width-w)
}

func fill(s string, width int) string { return s + blanks(width-Width(s)) }

const manyBlanks = "                                                                                                    "

func blanks(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(manyBlanks) {
		return manyBlanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Ends puts left and right at the two ends of width columns, as a section
// head or a scope row does; the left one is cut first.
func Ends(left, right string, width int) string {
	w := Width(right)
	if w == 0 {
		return Pad(left, width)
	}
	if w >= width {
		return Pad(right, width)
	}
	return Pad(left, width-w) + right
}

// Head is the line that begins a section: --- title ---- note ---. Title and
// note may have looks.
func Head(title, note string, width int) string {
	left := "--- " + title + " "
	if title == "" {
		left = ""
	}
	right := "---"
	if note != "" {
		right = " " + note + " ---"
	}
	w := width - Width(right)
	left = Clip(left, w)
	return Pad(left+strings.Repeat("-", max(0, w-Width(left)))+right, width)
}

// Clip is Cut for what is drawn already.
func Clip(s string, width int) string {
	if Width(s) <= width {
		return s
	}
	return clip(s, width)
}

func clip(s string, width int) string {
	width = max(width, 0)
	return ansi.Truncate(s, width, ".."[:min(2, width)])
}

// Wrap breaks text from people into lines of at most width columns, at its
// own line breaks and, in between, after any Chinese character or a blank.
func Wrap(s string, width int) []string {
	width = max(width, 2)
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		line = Show(line)
		for Width(line) > width {
			at := breakAt(line, width)
			out = append(out, strings.TrimRight(line[:at], " "))
			line = strings.TrimLeft(line[at:], " ")
		}
		out = append(out, line)
	}
	return out
}

// breakAt is the byte at which a line that is too wide is broken.
func breakAt(line string, width int) int {
	cols, blank, fits := 0, 0, 0
	word := false // the last character is part of a word that stays together
	for i, r := range line {
		w := sure(r)
		if w == 0 {
			w = lipgloss.Width(string(r))
		}
		if cols+w > width && w > 0 {
			if !word || r == ' ' || sure(r) == 2 || blank == 0 {
				return fits
			}
			return blank
		}
		cols += w
		word = r > ' ' && r <= '~'
		fits = i + len(string(r))
		if !word {
			blank = fits
		}
	}
	return max(fits, 1)
}
