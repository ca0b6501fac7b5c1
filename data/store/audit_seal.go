package store

import (
	"context"
	"errors"
	"time"

	"qiao/data"
)

// seal writes down the head of the log as it stood when its day was over. A day
// is sealed once: a clock that was set back seals nothing anew.
func seal(t *tx, h data.Head, now time.Time) error {
	_, err := t.exec("INSERT INTO audit_seal (day, last_id, hash, sealed_at) VALUES (?, ?, ?, ?)", data.DayOf(h.At), h.ID, h.Hash, stamp(now))
	return err
}

// sealPast seals the day of the newest row, if it is over: else the next row
// would, and that may be long in coming. It returns the newest seal then.
func (d *Desk) sealPast(ctx context.Context) (s data.Seal, open int, err error) {
	err = d.db.write(ctx, func(t *tx) ([]data.Ref, error) {
		last, err := head(t)
		if err == nil && data.DayOf(last.At).Before(d.db.today()) {
			err = seal(t, last, d.db.now())
		}
		if err == nil {
			s, open, err = newestSeal(t)
		}
		return nil, err
	})
	return s, open, err
}

// newestSeal is the newest seal, and how many there are that nobody confirmed.
func newestSeal(t *tx) (s data.Seal, open int, err error) {
	err = t.row("SELECT s.day, s.last_id, s.hash, s.sealed_at, s.confirmed_at, COALESCE(p.name, '') FROM audit_seal s "+
		"LEFT JOIN account a ON a.id = s.confirmed_by LEFT JOIN person p ON p.id = a.person ORDER BY s.day DESC LIMIT 1", nil,
		&s.Day, &s.ID, &s.Hash, moment{&s.At}, moment{&s.Confirmed}, &s.By)
	if errors.Is(err, data.ErrNotFound) {
		return data.Seal{}, 0, nil
	}
	if err == nil {
		err = t.row("SELECT count(*) FROM audit_seal WHERE confirmed_at IS NULL", nil, &open)
	}
	return s, open, err
}

// ConfirmSeal says that the person of the desk saw the seal of a day with this
// hash. Once; a *data.Conflict tells who did before, or that the row under the
// seal is no longer what it was. For whoever reads the whole log.
func (d *Desk) ConfirmSeal(ctx context.Context, day data.Date, hash string) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		what := data.Ref{Kind: "audit"}
		if !me.AuditsAll(d.db.now()) {
			t.deny(what, 0, 0, 0)
			return nil, data.ErrForbidden
		}
		var confirmed time.Time
		var by, stored string
		err := t.row("SELECT s.last_id, a.hash, s.confirmed_at, COALESCE(p.name, '') FROM audit_seal s JOIN audit a ON a.id = s.last_id AND a.hash = s.hash "+
			"LEFT JOIN account c ON c.id = s.confirmed_by LEFT JOIN person p ON p.id = c.person WHERE s.day = ?", []any{day},
			&what.ID, &stored, moment{&confirmed}, &by)
		switch {
		case errors.Is(err, data.ErrNotFound) || err == nil && stored != hash:
			return nil, &data.Conflict{Ref: what}
		case err != nil:
			return nil, err
		case !confirmed.IsZero():
			return nil, &data.Conflict{Ref: what, By: by, At: confirmed}
		}
		if _, err := t.exec("UPDATE audit_seal SET confirmed_by = ?, confirmed_at = ? WHERE day = ?", me.ID, stamp(d.db.now()), day); err != nil {
			return nil, err
		}
		return []data.Ref{what}, d.audit(t, entry{did: data.SealTaken, what: what, now: map[string]any{"day": day, "hash": hash}})
	})
}
