package exchange

import (
	"strings"

	"qiao/data"
)

// A Mapping is what somebody said that columns mean: by the folded head, the
// field's name as any file may call it, or "" for a column that is to be left
// out.
type Mapping map[string]string

// ParseMapping reads a mapping: one column a line, HEAD = FIELD; FIELD is 学号, 家长1电话
// or what else a head may be called, "-" or nothing leaves the column out. Blank
// lines and those that begin with # are remarks. Its error is a *data.Invalid
// that names the field nobody knows.
func ParseMapping(text string) (Mapping, error) {
	m := Mapping{}
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		i := strings.LastIndexAny(line, "=＝")
		if i < 0 {
			return nil, &data.Invalid{Field: "column " + data.Line(line), Why: data.WhyUnknown}
		}
		head, word := line[:i], strings.TrimLeft(strings.TrimPrefix(line[i:], "＝"), "= \t")
		if word == "-" {
			word = ""
		}
		if c, ok := claimOf(word); ok {
			word = c.String()
		} else if word != "" {
			return nil, &data.Invalid{Field: "column " + data.Line(word), Why: data.WhyUnknown}
		}
		m[fold(head)] = word
	}
	return m, nil
}

// Mapped is the mapping of a file's columns as ParseMapping reads it, to be
// corrected by hand.
func Mapped(columns []data.RosterColumn) string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, c := range columns {
		if seen[c.Head] {
			continue
		}
		seen[c.Head] = true
		word := c.Field
		if word == "" {
			word = "-"
		}
		b.WriteString(c.Head + " = " + word + "\n")
	}
	return b.String()
}
