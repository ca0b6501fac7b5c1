package store

import (
	"context"
	"encoding/json"
	"time"

	"qiao/data"
)

// putVersion stores one more version of a meeting's minutes. What was signed was
// the one before.
func (d *Desk) putVersion(t *tx, me data.Account, r minutesRow, meeting int64, lines []data.MinutesLine, changes []data.MinutesChange) (n int, err error) {
	if r.id == 0 {
		if r.id, err = t.insert("INSERT INTO minutes (meeting, state) VALUES (?, 'draft')", meeting); err != nil {
			return 0, err
		}
	}
	if err := addVersion(t, r.id, r.newest+1, me.ID, d.db.now(), lines, changes); err != nil {
		return 0, err
	}
	_, err = t.exec("UPDATE minutes SET state = 'draft' WHERE id = ?", r.id)
	return r.newest + 1, err
}

// addVersion stores a version as it is.
func addVersion(t *tx, minutes int64, n int, by int64, at time.Time, lines []data.MinutesLine, changes []data.MinutesChange) error {
	body, err := json.Marshal(lines)
	if err != nil {
		return err
	}
	did := []byte("[]")
	if len(changes) > 0 {
		if did, err = json.Marshal(changes); err != nil {
			return err
		}
	}
	_, err = t.exec("INSERT INTO minutes_version (minutes, n, at, by, body, changes, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
		minutes, n, stamp(at), by, string(body), string(did), data.VersionHash(lines))
	return err
}

// compose makes a version out of what happened in a meeting that is over.
func (d *Desk) compose(t *tx, me data.Account, meeting int64) error {
	r, err := minutesOf(t, meeting)
	if err == nil && r.state.Sealed() {
		err = &data.Invalid{Field: "state", Why: data.WhyNotHere}
	}
	if err != nil {
		return err
	}
	all, err := d.room(t, meeting, nil)
	if err != nil {
		return err
	}
	n, err := d.putVersion(t, me, r, meeting, data.Compose(all.whole()), nil)
	if err != nil {
		return err
	}
	return d.audit(t, entry{did: data.MinutesComposed, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: map[string]int{"version": n}})
}

// onMinutes runs do on the newest version of the minutes of a meeting that me
// runs, if that is the one that was read; 0: whichever it is.
func (d *Desk) onMinutes(ctx context.Context, meeting int64, read int, do func(*tx, data.Account, data.Meeting, minutesRow) (data.Deed, any, error)) (out data.Minutes, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.seesMeeting(t, me, meeting)
		if err != nil {
			return nil, err
		}
		r, err := minutesOf(t, meeting)
		if err == nil && r.id == 0 {
			err = data.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		if read != 0 && read != r.newest {
			return nil, d.newerVersion(t, r)
		}
		did, now, err := do(t, me, m, r)
		if err != nil {
			return nil, err
		}
		if err := d.audit(t, entry{did: did, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: now}); err != nil {
			return nil, err
		}
		out, err = d.minutes(t, me, m, 0)
		return minutesMoved(m, r.state, out.State), err
	})
	return out, err
}

// minutesMoved is what is announced of a change in minutes: the meeting, and where
// they wait for somebody else now also those who sign and write them.
func minutesMoved(m data.Meeting, was, is data.MinutesState) []data.Ref {
	if was == is {
		return meets(m.ID)
	}
	return meets(m.ID, data.Ref{Kind: "account", ID: m.Chair}, data.Ref{Kind: "account", ID: m.Secretary})
}

// newerVersion says who changed minutes since they were read.
func (d *Desk) newerVersion(t *tx, r minutesRow) error {
	c := &data.Conflict{Ref: data.Ref{Kind: "minutes", ID: r.id}, Rev: int64(r.newest)}
	if err := t.row("SELECT p.name, v.at FROM minutes_version v JOIN account a ON a.id = v.by JOIN person p ON p.id = a.person WHERE v.minutes = ? AND v.n = ?",
		[]any{r.id, r.newest}, &c.By, moment{&c.At}); err != nil {
		return err
	}
	return c
}

// sealed reports, as a fault of the state, that minutes are issued, and can no
// longer change.
func (r minutesRow) sealed() error {
	if r.state.Sealed() {
		return &data.Invalid{Field: "state", Why: data.WhyNotHere}
	}
	return nil
}

// ComposeMinutes makes a new version out of what is known now, without the
// changes by hand of the ones before, which stay there. Who runs the meeting may,
// until the minutes are issued.
func (d *Desk) ComposeMinutes(ctx context.Context, meeting int64) (out data.Minutes, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting, data.MeetingHeld, data.MeetingFollowedUp)
		if err == nil {
			err = d.compose(t, me, meeting)
		}
		if err != nil {
			return nil, err
		}
		out, err = d.minutes(t, me, m, 0)
		return minutesMoved(m, "", out.State), err
	})
	return out, err
}

// SaveMinutes changes minutes by hand: a new version, with who wrote what instead
// of what. Version is the one that was read; if there is a newer one the answer
// is a *data.Conflict. What its writer does not read stays as it is. A signature
// falls away with it. The caller's draft goes in the same transaction.
func (d *Desk) SaveMinutes(ctx context.Context, meeting int64, read int, edits []data.MinutesEdit, draft data.Ref) (data.Minutes, error) {
	return d.onMinutes(ctx, meeting, read, func(t *tx, me data.Account, m data.Meeting, r minutesRow) (data.Deed, any, error) {
		now := d.db.now()
		if err := me.MayRunMeeting(now, m); err != nil {
			return "", nil, err
		}
		if err := r.sealed(); err != nil {
			return "", nil, err
		}
		was, err := version(t, r.id, r.newest)
		if err != nil {
			return "", nil, err
		}
		lines, changes, err := data.Amend(was, edits, data.Editor{ID: me.ID, Name: me.Name, Reads: func(x data.Authored) data.Sight { return me.ReadsLine(now, m, x) }})
		if err != nil {
			return "", nil, err
		}
		if err := d.dropDraft(t, me, "minutes", draft); err != nil {
			return "", nil, err
		}
		n := r.newest
		if len(changes) > 0 {
			n, err = d.putVersion(t, me, r, meeting, lines, changes)
		}
		return data.MinutesEdited, map[string]int{"version": n, "changes": len(changes)}, err
	})
}
