package store

import (
	"context"
	"time"

	"qiao/data"
)

// HandInMinutes gives a version to the chair to sign.
func (d *Desk) HandInMinutes(ctx context.Context, meeting int64, read int) (data.Minutes, error) {
	return d.onMinutes(ctx, meeting, read, func(t *tx, me data.Account, m data.Meeting, r minutesRow) (data.Deed, any, error) {
		if err := me.MayRunMeeting(d.db.now(), m); err != nil {
			return "", nil, err
		}
		if r.state != data.MinutesDraft {
			return "", nil, &data.Invalid{Field: "state", Why: data.WhyNotHere}
		}
		_, err := t.exec("UPDATE minutes SET state = 'to_sign' WHERE id = ?", r.id)
		return data.MinutesHandedIn, map[string]int{"version": r.newest}, err
	})
}

// namedVersion is the version that one must have read: no version is none.
func namedVersion(read int) int {
	if read == 0 {
		return -1
	}
	return read
}

// SignMinutes is the chair's signature of the version that the chair has read. If
// the text changed since, the answer is a *data.Conflict.
func (d *Desk) SignMinutes(ctx context.Context, meeting int64, read int) (data.Minutes, error) {
	return d.onMinutes(ctx, meeting, namedVersion(read), func(t *tx, me data.Account, m data.Meeting, r minutesRow) (data.Deed, any, error) {
		if err := me.MaySignMinutes(d.db.now(), m); err != nil {
			return "", nil, err
		}
		if r.state != data.MinutesDraft && r.state != data.MinutesToSign {
			return "", nil, &data.Invalid{Field: "state", Why: data.WhyNotHere}
		}
		if _, err := t.exec("INSERT INTO minutes_sign (minutes, n, signer, at) VALUES (?, ?, ?, ?)", r.id, r.newest, me.ID, stamp(d.db.now())); err != nil {
			return "", nil, err
		}
		_, err := t.exec("UPDATE minutes SET state = 'signed' WHERE id = ?", r.id)
		return data.MinutesSign, map[string]int{"version": r.newest}, err
	})
}

// issued is what the log keeps of minutes that were issued: what they were, apart
// from the minutes themselves.
type issued struct {
	Number  string `json:"number"`
	Version int    `json:"version"`
	Hash    string `json:"hash"`
}

// IssueMinutes makes signed minutes what they stay: numbered without a gap in
// their school year, and hashed. After that only corrections are added.
func (d *Desk) IssueMinutes(ctx context.Context, meeting int64, read int) (data.Minutes, error) {
	return d.onMinutes(ctx, meeting, namedVersion(read), func(t *tx, me data.Account, m data.Meeting, r minutesRow) (data.Deed, any, error) {
		if err := me.MayRunMeeting(d.db.now(), m); err != nil {
			return "", nil, err
		}
		if r.state != data.MinutesSigned {
			return "", nil, &data.Invalid{Field: "state", Why: data.WhyNotYet}
		}
		lines, err := version(t, r.id, r.newest)
		if err != nil {
			return "", nil, err
		}
		var no int
		if err := t.row("SELECT COALESCE(max(no), 0) + 1 FROM minutes WHERE year = ?", []any{m.Year}, &no); err != nil {
			return "", nil, err
		}
		is := issued{data.MinutesNumber(m.Year, no), r.newest, ""}
		is.Hash = data.MinutesHash(is.Number, is.Version, lines)
		_, err = t.exec("UPDATE minutes SET state = 'issued', year = ?, no = ?, issued_version = ?, hash = ?, issued_at = ?, issued_by = ? WHERE id = ?",
			m.Year, no, is.Version, is.Hash, stamp(d.db.now()), me.ID, r.id)
		return data.MinutesIssue, is, err
	})
}

// CorrectMinutes adds a numbered correction to issued minutes. Its hash covers
// the one before, or the minutes. The caller's draft goes in the same transaction.
func (d *Desk) CorrectMinutes(ctx context.Context, meeting int64, c data.Correction, draft data.Ref) (data.Minutes, error) {
	c = c.Tidy()
	return d.onMinutes(ctx, meeting, 0, func(t *tx, me data.Account, m data.Meeting, r minutesRow) (data.Deed, any, error) {
		if err := me.MayRunMeeting(d.db.now(), m); err != nil {
			return "", nil, err
		}
		if !r.state.Sealed() {
			return "", nil, &data.Invalid{Field: "state", Why: data.WhyNotYet}
		}
		if err := c.Check(); err != nil {
			return "", nil, err
		}
		if err := d.dropDraft(t, me, "minutes", draft); err != nil {
			return "", nil, err
		}
		all, err := corrections(t, r.id)
		if err != nil {
			return "", nil, err
		}
		before := r.hash
		if n := len(all); n > 0 {
			before = all[n-1].Hash
		}
		c.N, c.Writer, c.At = len(all)+1, me.ID, d.db.now().Truncate(time.Millisecond)
		c.Hash = data.CorrectionHash(before, c)
		_, err = t.exec("INSERT INTO minutes_correction (minutes, no, text, level, at, by, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", r.id, c.N, c.Text, c.Level, stamp(c.At), me.ID, c.Hash)
		return data.MinutesMended, map[string]any{"no": c.N, "hash": c.Hash}, err
	})
}

// GiveOutMinutes notes that the form without what is restricted was given out.
func (d *Desk) GiveOutMinutes(ctx context.Context, meeting int64) (data.Minutes, error) {
	return d.onMinutes(ctx, meeting, 0, func(t *tx, me data.Account, m data.Meeting, r minutesRow) (data.Deed, any, error) {
		if err := me.MayRunMeeting(d.db.now(), m); err != nil {
			return "", nil, err
		}
		if r.state != data.MinutesIssued {
			return "", nil, &data.Invalid{Field: "state", Why: data.WhyNotYet}
		}
		_, err := t.exec("UPDATE minutes SET state = 'distributed', given_out_at = ? WHERE id = ?", stamp(d.db.now()), r.id)
		return data.MinutesGivenOut, nil, err
	})
}
