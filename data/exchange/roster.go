package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"qiao/data"
)

// ReadRoster reads a roster in CSV: a head, then one student a row, with up to
// six guardians in calling order. Separators, spellings and both encodings in
// use are found out from the file. Year is the school year whose classes are
// meant, by its autumn.
//
// A row with a fault is not among the rows; each of its faults is named. The
// error is a *data.Invalid about the file: it is empty, too large, no text, or
// its head lacks a column.
func ReadRoster(r io.Reader, year int) (f data.RosterFile, err error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return f, err
	}
	if len(raw) > MaxFile {
		return f, bad("", data.WhyTooLong)
	}
	sum := sha256.Sum256(raw)
	f.Hash = hex.EncodeToString(sum[:])
	text, err := decode(raw)
	if err != nil {
		return f, err
	}
	s := newSheet(text)
	cols, err := findHead(s)
	if err != nil {
		return f, err
	}
	return f, readRows(s, cols, year, &f)
}

// findHead reads up to the head, which may stand under a title.
func findHead(s *sheet) (columns, error) {
	var first error
	for range 5 {
		cells, _, more := s.next()
		if !more {
			break
		}
		cols, err := columnsOf(cells)
		if err == nil {
			return cols, nil
		}
		if first == nil || len(cols.at) > 0 {
			first = err
		}
	}
	if first == nil {
		first = bad("", data.WhyEmpty)
	}
	return columns{}, first
}

func readRows(s *sheet, cols columns, year int, f *data.RosterFile) error {
	rows := map[string]int{} // of each number
	for n := 0; ; {
		cells, sound, more := s.next()
		if !more {
			break
		}
		if !blank(cells) || !sound {
			n++
		}
		if n > MaxRows {
			return bad("", data.WhyTooMany)
		}
		if !sound {
			f.Refused = append(f.Refused, data.RosterFault{Row: s.row, Why: data.WhyQuote})
			continue
		}
		if blank(cells) {
			continue
		}
		p := parser{cells: cells, cols: cols, year: year, row: s.row}
		row := p.read()
		if other, twice := rows[row.Number]; twice && row.Number != "" {
			p.refuse(number, data.WhyTaken)
			p.faults[len(p.faults)-1].Other = other
		} else {
			rows[row.Number] = s.row
		}
		if len(p.faults) == 0 {
			f.Rows = append(f.Rows, row)
		}
		for _, fault := range p.faults {
			fault.Number = row.Number
			f.Refused = append(f.Refused, fault)
		}
	}
	if len(rows) == 0 && len(f.Refused) == 0 {
		return bad("", data.WhyEmpty)
	}
	return nil
}
