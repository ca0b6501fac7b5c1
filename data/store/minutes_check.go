package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"qiao/data"
)

// checkMinutes computes the hashes of all minutes and corrections anew, and lists
// what is not what it was: a version, issued minutes, their number, a correction.
// What the log says of their issue is a second witness.
func checkMinutes(t *tx, off *[]string) error {
	all, err := list(t, "SELECT id, meeting, state, COALESCE(year, 0), COALESCE(no, 0), COALESCE(issued_version, 0), hash FROM minutes ORDER BY year, no, id", nil,
		func(r row) (m minutesRow, err error) {
			err = r.Scan(&m.id, &m.meeting, &m.state, &m.year, &m.no, &m.issued, &m.hash)
			if m.number = fmt.Sprintf("of meeting %d", m.meeting); m.no != 0 {
				m.number = data.MinutesNumber(m.year, m.no)
			}
			return m, err
		})
	if err != nil {
		return err
	}
	said, err := issuedInLog(t)
	if err != nil {
		return err
	}
	last := map[int]int{}
	for _, m := range all {
		if m.no != 0 && last[m.year]+1 != m.no {
			*off = append(*off, fmt.Sprintf("minutes before %s are missing", m.number))
		}
		last[m.year] = max(last[m.year], m.no)
		if err := checkOne(t, m, said, off); err != nil {
			return err
		}
		delete(said, m.meeting)
	}
	for _, meeting := range slices.Sorted(maps.Keys(said)) {
		*off = append(*off, fmt.Sprintf("minutes %s are gone", said[meeting].Number))
	}
	return nil
}

// checkOne checks the minutes of one meeting.
func checkOne(t *tx, m minutesRow, said map[int64]issued, off *[]string) error {
	lines, err := checkVersions(t, m, off)
	if err != nil {
		return err
	}
	is, known := said[m.meeting]
	now := issued{m.number, m.issued, data.MinutesHash(m.number, m.issued, lines)}
	switch {
	case m.no == 0 && known:
		*off = append(*off, fmt.Sprintf("minutes %s were issued, and are not any more", is.Number))
	case m.no != 0 && (now.Hash != m.hash || known && is != now):
		*off = append(*off, fmt.Sprintf("minutes %s were altered after they were issued", m.number))
	}
	return checkCorrections(t, m, off)
}

// issuedInLog is what the log keeps of minutes that were issued, by meeting.
func issuedInLog(t *tx) (map[int64]issued, error) {
	said := map[int64]issued{}
	err := t.rows("SELECT a.record_id, x.now FROM audit a JOIN audit_detail x ON x.audit = a.id WHERE a.did = ?", []any{data.MinutesIssue}, func(r row) error {
		var meeting int64
		var text string
		if err := r.Scan(&meeting, &text); err != nil {
			return err
		}
		var is issued
		if json.Unmarshal([]byte(text), &is) == nil { // what is no longer readable the chain tells
			said[meeting] = is
		}
		return nil
	})
	return said, err
}

// checkVersions computes each version's hash and returns the lines of the one
// that was issued.
func checkVersions(t *tx, m minutesRow, off *[]string) (lines []data.MinutesLine, err error) {
	next := 1
	err = t.rows("SELECT n, body, hash FROM minutes_version WHERE minutes = ? ORDER BY n", []any{m.id}, func(r row) error {
		var n int
		var body, hash string
		if err := r.Scan(&n, &body, &hash); err != nil {
			return err
		}
		if n != next {
			*off = append(*off, fmt.Sprintf("minutes %s: version %d is missing", m.number, next))
		}
		next = n + 1
		var its []data.MinutesLine
		if json.Unmarshal([]byte(body), &its) != nil || data.VersionHash(its) != hash {
			*off = append(*off, fmt.Sprintf("minutes %s: version %d was altered", m.number, n))
		}
		if n == m.issued {
			lines = its
		}
		return nil
	})
	return lines, err
}

func checkCorrections(t *tx, m minutesRow, off *[]string) error {
	all, err := corrections(t, m.id)
	before := m.hash
	for n, c := range all {
		if c.N != n+1 || data.CorrectionHash(before, c) != c.Hash {
			*off = append(*off, fmt.Sprintf("minutes %s: correction %d was altered, or one before it is missing", m.number, c.N))
		}
		before = c.Hash
	}
	return err
}
