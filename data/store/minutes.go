package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"qiao/data"
)

// minutesRow is the minutes of a meeting as they stand in their table.
type minutesRow struct {
	id, meeting      int64
	state            data.MinutesState
	year, no, issued int
	newest           int
	number, hash     string
	issuedAt, gaveAt time.Time
	issuedBy         string
}

// minutesOf reads the minutes of a meeting without their lines; id 0: none yet.
func minutesOf(t *tx, meeting int64) (r minutesRow, err error) {
	err = t.row("SELECT m.id, m.state, COALESCE(m.year, 0), COALESCE(m.no, 0), COALESCE(m.issued_version, 0), m.hash, m.issued_at, COALESCE(p.name, ''), m.given_out_at, "+
		"(SELECT COALESCE(max(n), 0) FROM minutes_version WHERE minutes = m.id) FROM minutes m LEFT JOIN account a ON a.id = m.issued_by LEFT JOIN person p ON p.id = a.person "+
		"WHERE m.meeting = ?", []any{meeting}, &r.id, &r.state, &r.year, &r.no, &r.issued, &r.hash, moment{&r.issuedAt}, &r.issuedBy, moment{&r.gaveAt}, &r.newest)
	r.meeting = meeting
	if errors.Is(err, data.ErrNotFound) {
		return minutesRow{}, nil
	}
	if r.no != 0 {
		r.number = data.MinutesNumber(r.year, r.no)
	}
	return r, err
}

// version reads the lines of one version, and what was changed in it by hand.
func version(t *tx, minutes int64, n int) (lines []data.MinutesLine, err error) {
	var body string
	if err := t.row("SELECT body FROM minutes_version WHERE minutes = ? AND n = ?", []any{minutes, n}, &body); err != nil {
		return nil, err
	}
	return lines, json.Unmarshal([]byte(body), &lines)
}

// Minutes is one version of a meeting's minutes, the newest with 0, as far as its
// reader sees each line. Reading what is above the level normal is logged.
func (d *Desk) Minutes(ctx context.Context, meeting int64, n int) (out data.Minutes, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		m, err := d.seesMeeting(t, me, meeting)
		if err == nil {
			out, err = d.minutes(t, me, m, n)
		}
		return err
	})
	return out, err
}

// minutes reads a version for me.
func (d *Desk) minutes(t *tx, me data.Account, m data.Meeting, n int) (out data.Minutes, err error) {
	r, err := minutesOf(t, m.ID)
	if err == nil && r.id == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return out, err
	}
	if n == 0 {
		n = r.newest
	}
	now := d.db.now()
	out = data.Minutes{ID: r.id, Meeting: m, State: r.state, Number: r.number, Version: n, Newest: r.newest, Issued: r.issued, Hash: r.hash,
		IssuedAt: r.issuedAt, IssuedBy: r.issuedBy, GivenOutAt: r.gaveAt}
	out.Meeting.Agenda = nil
	out.MayEdit, out.MaySign = me.MayRunMeeting(now, m) == nil, me.MaySignMinutes(now, m) == nil
	all, err := version(t, r.id, n)
	if err != nil {
		return out, err
	}
	if err := t.row("SELECT p.name, v.at FROM minutes_version v JOIN account a ON a.id = v.by JOIN person p ON p.id = a.person WHERE v.minutes = ? AND v.n = ?",
		[]any{r.id, n}, &out.By, moment{&out.At}); err != nil {
		return out, err
	}
	_, out.GivenOut = data.GivenOut(all)
	highest := data.Normal
	reads := func(x data.Authored) bool {
		if me.ReadsLine(now, m, x) != data.Whole {
			return false
		}
		if x.Writer != me.ID {
			highest = max(highest, x.Level)
		}
		return true
	}
	for _, l := range all {
		if reads(l.Authored()) {
			out.Lines = append(out.Lines, l)
		} else {
			out.Hidden++
		}
	}
	if err := errors.Join(d.signatures(t, &out), d.corrections(t, &out, all, reads), d.minutesChanges(t, &out, reads)); err != nil {
		return out, err
	}
	if highest > data.Normal {
		t.look(entry{did: data.Viewed, what: data.Ref{Kind: "minutes", ID: r.id}, level: highest})
	}
	return out, nil
}

func (d *Desk) signatures(t *tx, m *data.Minutes) (err error) {
	m.Signed, err = list(t, "SELECT s.n, s.signer, p.name, s.at FROM minutes_sign s JOIN account a ON a.id = s.signer JOIN person p ON p.id = a.person "+
		"WHERE s.minutes = ? ORDER BY s.n, s.at", []any{m.ID}, func(r row) (s data.Signature, err error) {
		err = r.Scan(&s.Version, &s.Signer, &s.Name, moment{&s.At})
		s.Holds = s.Version == m.Newest
		return s, err
	})
	return err
}

// corrections reads those that the reader may see, and computes the hashes of the
// version that was issued with all of them anew.
func (d *Desk) corrections(t *tx, m *data.Minutes, lines []data.MinutesLine, reads func(data.Authored) bool) error {
	all, err := corrections(t, m.ID)
	m.Intact = m.State.Sealed() && m.Version == m.Issued && data.MinutesIntact(m.Number, m.Issued, lines, m.Hash, all)
	for _, c := range all {
		if reads(data.Authored{Level: c.Level, Writer: c.Writer}) {
			m.Corrections = append(m.Corrections, c)
		} else {
			m.Hidden++
		}
		if c.Level >= data.Restricted {
			m.GivenOut++
		}
	}
	return err
}

func corrections(t *tx, minutes int64) ([]data.Correction, error) {
	return list(t, "SELECT c.no, c.text, c.level, c.by, COALESCE(p.name, ''), c.at, c.hash FROM minutes_correction c LEFT JOIN account a ON a.id = c.by "+
		"LEFT JOIN person p ON p.id = a.person WHERE c.minutes = ? ORDER BY c.no", []any{minutes}, func(r row) (c data.Correction, err error) {
		return c, r.Scan(&c.N, &c.Text, &c.Level, &c.Writer, &c.By, moment{&c.At}, &c.Hash)
	})
}

// minutesChanges reads what was changed by hand up to the version.
func (d *Desk) minutesChanges(t *tx, m *data.Minutes, reads func(data.Authored) bool) error {
	return t.rows("SELECT v.n, v.changes, p.name, v.at FROM minutes_version v JOIN account a ON a.id = v.by JOIN person p ON p.id = a.person "+
		"WHERE v.minutes = ? AND v.n <= ? AND v.changes <> '[]' ORDER BY v.n", []any{m.ID, m.Version}, func(r row) error {
		var stamped data.MinutesChange
		var text string
		if err := r.Scan(&stamped.Version, &text, &stamped.By, moment{&stamped.At}); err != nil {
			return err
		}
		var some []data.MinutesChange
		if err := json.Unmarshal([]byte(text), &some); err != nil {
			return err
		}
		for _, c := range some {
			c.Version, c.By, c.At = stamped.Version, stamped.By, stamped.At
			if reads(data.Authored{Level: c.Level, Writer: c.Writer}) {
				m.Changes = append(m.Changes, c)
			}
		}
		return nil
	})
}
