package exchange

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qiao/data"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Bounds of what is read. 100,000 students take some 20 MB.
const (
	MaxFile  = 64 << 20 // bytes
	MaxRows  = 200_000
	maxCells = 500 // of one row
	maxLines = 50  // of one quoted cell: more is a quotation mark that never ends
)

// bad is the fault of the file as a whole, or of one of its columns.
func bad(column string, why data.Why) error {
	return &data.Invalid{Field: strings.TrimSpace("file " + column), Why: why}
}

// decode turns a file's bytes into text: UTF-8 with or without its mark, or
// GB18030, as Excel on a Chinese machine saves CSV. The first line decides, for
// it holds the head: a torn byte further down then costs its own row and not the
// file.
func decode(raw []byte) (string, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return "", bad("", data.WhyEmpty)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) || bytes.IndexByte(raw, 0) >= 0 {
		return "", bad("", data.WhyNotText)
	}
	head, _, _ := bytes.Cut(bytes.TrimLeft(raw, "\r\n"), []byte("\n"))
	ascii := bytes.IndexFunc(head, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	if utf8.Valid(raw) || utf8.Valid(head) && !ascii {
		return string(raw), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		return "", bad("", data.WhyNotText)
	}
	return string(text), nil
}

// A sheet reads text as rows of cells, as spreadsheets write them: cells that
// begin with a quotation mark end with one, and may hold the separator, line
// ends, and marks twice over. It is its own reader because encoding/csv takes an
// unfinished quotation to the end of the file: here it costs its own line.
type sheet struct {
	text string
	sep  byte
	row  int // of what next returned; blank rows count, as they do in a spreadsheet
}

func newSheet(text string) *sheet {
	head := text[:lineEnd(text)]
	s := &sheet{text: text, sep: ','}
	for _, sep := range []byte{'\t', ';'} {
		if strings.Count(head, string(sep)) > strings.Count(head, string(s.sep)) {
			s.sep = sep
		}
	}
	return s
}

// next is the next row. Sound is false where a quotation mark has no other
// half, or the row has more cells than any roster.
func (s *sheet) next() (cells []string, sound, more bool) {
	if s.text == "" {
		return nil, true, false
	}
	s.row++
	line := lineEnd(s.text)
	rest := s.text
	for {
		cell, after, ok := s.cell(rest)
		if cells = append(cells, cell); !ok || len(cells) > maxCells {
			s.text = skipEnd(s.text[line:])
			return nil, false, true
		}
		if after == "" || after[0] != s.sep {
			s.text = skipEnd(after)
			return cells, true, true
		}
		rest = after[1:]
	}
}

// cell takes one cell off the front; after begins with what ended it.
func (s *sheet) cell(text string) (cell, after string, ok bool) {
	if text == "" || text[0] != '"' {
		end := strings.IndexAny(text, string(s.sep)+"\r\n")
		if end < 0 {
			end = len(text)
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
			ends := after == "" || after[0] == s.sep || after[0] == '\r' || after[0] == '\n'
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

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
