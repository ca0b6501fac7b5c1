package exchange

import (
	"encoding/csv"
	"io"
	"strings"
)

// A CSV writes rows that spreadsheets open: UTF-8 with its mark, by which Excel
// on a Chinese machine knows it, and lines that end as RFC 4180 says. A cell that
// a spreadsheet would take for a formula begins with an apostrophe: what families
// and strangers wrote must not run on the reader's machine.
type CSV struct {
	w     *csv.Writer
	to    io.Writer
	begun bool
}

// NewCSV returns a CSV that writes to w.
func NewCSV(w io.Writer) *CSV {
	c := &CSV{w: csv.NewWriter(w), to: w}
	c.w.UseCRLF = true
	return c
}

// Row writes one row.
func (c *CSV) Row(cells ...string) error {
	if !c.begun {
		c.begun = true
		if _, err := io.WriteString(c.to, "\ufeff"); err != nil {
			return err
		}
	}
	out := make([]string, len(cells))
	for i, s := range cells {
		out[i] = harmless(s)
	}
	return c.w.Write(out)
}

// End writes what is left.
func (c *CSV) End() error {
	c.w.Flush()
	return c.w.Error()
}

// harmless is a cell that no spreadsheet takes for a formula: also not the full
// width signs, which some fold, nor what comes after blanks.
func harmless(s string) string {
	if t := strings.TrimLeft(s, " \u00a0\u3000"); t != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}
