package exchange

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"qiao/data"
)

// ReadRoster reads a roster: CSV in any encoding and with any separator in use,
// XLSX, or a OneRoster archive; the content decides, not a name. A sheet has a
// head, under titles perhaps, then one student a row, with up to six guardians in
// calling order. Several sheets may be several classes. Said is what somebody
// said that columns mean, which goes before what is known of their heads. Year is
// the school year whose classes are meant, by its autumn.
//
// A row with a fault is not among the rows; each of its faults is named. The
// error is a *data.Invalid about the file: it is empty, too large, of no kind
// that can be read, or its head lacks a column.
func ReadRoster(raw []byte, year int, said Mapping) (f data.RosterFile, err error) {
	if len(raw) > MaxFile {
		return f, bad("", data.WhyTooLong)
	}
	sum := sha256.Sum256(raw)
	f.Hash = hex.EncodeToString(sum[:])
	sheets, roster, err := book(raw)
	if err != nil {
		return f, err
	}
	rd := reader{year: year, said: said, file: &f, rows: map[string]seenRow{}}
	if roster != nil {
		return f, rd.oneRoster(roster)
	}
	return f, rd.sheets(sheets)
}

// A reader gathers the rows of a file's sheets.
type reader struct {
	year int
	said Mapping
	file *data.RosterFile
	n    int                // rows, refused ones too
	rows map[string]seenRow // of each number
}

type seenRow struct {
	sheet string
	row   int
}

// sheets reads all that have a head. One that has none, and no column of a
// roster either, is notes; where no sheet has one the first one's fault is the
// file's.
func (r *reader) sheets(next func() (sheet, error, bool)) error {
	var first error
	for found := 0; ; {
		s, err, more := next()
		if !more {
			switch {
			case found == 0 && first != nil:
				return first
			case r.n == 0:
				return bad("", data.WhyEmpty)
			case found == 1:
				r.unname()
			}
			return nil
		}
		if err != nil {
			return err
		}
		cols, rest, err := r.head(s)
		switch {
		case s.fault() != nil:
			return s.fault()
		case err != nil && len(cols.at) > 1: // a class that nobody would miss
			return inSheet(s.title(), err)
		case err != nil:
			first = cmp.Or(first, err)
			continue
		}
		found++
		if err := r.read(rest, cols); err != nil {
			return err
		}
	}
}

// inSheet says in which sheet a column is missing.
func inSheet(title string, err error) error {
	if title == "" {
		return err
	}
	var all []error
	for _, f := range data.Faults(err) {
		all = append(all, &data.Invalid{Field: f.Field + " (" + title + ")", Why: f.Why})
	}
	return errors.Join(all...)
}

// read takes the rows of one sheet.
func (r *reader) read(s *ahead, cols columns) error {
	for _, c := range cols.taken {
		c.Sheet = s.title()
		r.file.Columns = append(r.file.Columns, c)
	}
	if text, ok := s.sheet.(*textSheet); ok { // growing by doubling would hold the rows three times
		r.file.Rows = slices.Grow(r.file.Rows, min(strings.Count(text.text, "\n")+topRows, MaxRows))
	}
	for {
		l, more := s.next()
		if !more {
			return s.fault()
		}
		if blank(l.cells) && l.why == "" {
			continue
		}
		if r.n++; r.n > MaxRows {
			return bad("", data.WhyTooMany)
		}
		if l.why != "" {
			r.file.Refused = append(r.file.Refused, data.RosterFault{Sheet: s.title(), Row: l.row, Why: l.why})
			continue
		}
		p := parser{cells: l.cells, cols: cols, year: r.year, row: l.row}
		row := p.read()
		row.Sheet = s.title()
		r.take(row, p.faults)
	}
}

// take puts a row among the rows, or its faults among the refused. The second
// row of a number is refused.
func (r *reader) take(row data.RosterLine, faults []data.RosterFault) {
	if other, twice := r.rows[row.Number]; twice && row.Number != "" {
		faults = append(faults, data.RosterFault{Row: row.Row, Column: string(number), Why: data.WhyTaken, Other: other.row, OtherSheet: other.sheet})
	} else {
		r.rows[row.Number] = seenRow{row.Sheet, row.Row}
	}
	if len(faults) == 0 {
		r.file.Rows = append(r.file.Rows, row)
	}
	for _, fault := range faults {
		fault.Number, fault.Sheet = row.Number, row.Sheet
		r.file.Refused = append(r.file.Refused, fault)
	}
}

// unname takes the sheet's name out where the file has one roster only.
func (r *reader) unname() {
	for i := range r.file.Rows {
		r.file.Rows[i].Sheet = ""
	}
	for i := range r.file.Refused {
		r.file.Refused[i].Sheet, r.file.Refused[i].OtherSheet = "", ""
	}
	for i := range r.file.Columns {
		r.file.Columns[i].Sheet = ""
	}
}
