package exchange

import (
	"strings"

	"qiao/data"
)

// Bounds of what is read. 100,000 students take some 20 MB of CSV, and 40 of the
// national form's XLSX.
const (
	MaxFile  = 64 << 20 // bytes
	MaxRows  = 200_000
	maxCells = 500 // of one row
	maxLines = 50  // of one quoted cell: more is a quotation mark that never ends
	topRows  = 20  // among which the head stands
)

// A line is one row of a sheet.
type line struct {
	row   int // as a spreadsheet counts them
	cells []string
	wide  []string // the same, where a cell that spans several columns counts for each; nil: none does
	why   data.Why // why the row cannot be read; "" if it can
}

// A sheet gives its rows in order, once.
type sheet interface {
	title() string // of the tab; "" where the file has no tabs
	next() (line, bool)
	fault() error // that ended the rows early
}

// bad is the fault of the file as a whole, or of one of its columns.
func bad(column string, why data.Why) error {
	return &data.Invalid{Field: strings.TrimSpace("file " + column), Why: why}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// narrow leaves out the empty cells at the end of a row. It is false where more
// are left than any roster has.
func narrow(cells []string) ([]string, bool) {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells[:min(len(cells), maxCells)], len(cells) <= maxCells
}
