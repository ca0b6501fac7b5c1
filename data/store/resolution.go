package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"qiao/data"
)

const resolutionSQL = "SELECT r.id, r.meeting, m.title, m.scope_id, COALESCE(y.grade, z.grade, 0), COALESCE(y.number, z.number, 0), COALESCE(r.item, 0), m.year, m.no, r.n, " +
	"r.text, r.owner, op.name, r.due_on, r.state, r.result, r.closed_at, r.rev, up.name, r.updated_at, m.state, m.told_on " +
	"FROM resolution r JOIN meeting m ON m.id = r.meeting LEFT JOIN class_year y ON y.class = m.scope_id AND y.year = ? " +
	"LEFT JOIN class_year z ON z.class = m.scope_id AND z.year = m.year JOIN account oa ON oa.id = r.owner JOIN person op ON op.id = oa.person " +
	"JOIN account ua ON ua.id = r.updated_by JOIN person up ON up.id = ua.person WHERE m." + live + " "

// A placed resolution comes with what of its meeting decides who reads it.
type placedResolution struct {
	data.Resolution
	of data.Meeting
}

func scanResolution(row row) (r placedResolution, err error) {
	var n int
	err = row.Scan(&r.ID, &r.Meeting, &r.MeetingTitle, &r.Class, &r.ClassName.Grade, &r.ClassName.Number, &r.Item, &r.of.Year, &r.of.No, &n,
		&r.Text, &r.Owner, &r.OwnerName, &r.Due, &r.State, &r.Result, moment{&r.ClosedAt}, &r.Rev, &r.SavedBy, moment{&r.SavedAt}, &r.of.State, &r.of.Told)
	r.of.ID, r.of.Class = r.Meeting, r.Class
	r.Number = fmt.Sprintf("%s-%d", r.of.Number(), n)
	return r, err
}

// resolutions lists what a query finds, whoever asks.
func (d *Desk) resolutions(t *tx, where string, args ...any) ([]placedResolution, error) {
	return list(t, resolutionSQL+where, append([]any{d.year()}, args...), scanResolution)
}

// resolutionFor is a resolution as me reads it, if me does.
func (d *Desk) resolutionFor(t *tx, me data.Account, r placedResolution) (data.Resolution, bool, error) {
	now := d.db.now()
	sight := me.MeetingSight(now, r.of, nil)
	if sight < data.MeetingInvited {
		var err error
		if sight, _, err = d.sightOf(t, me, r.Meeting); err != nil {
			return data.Resolution{}, false, err
		}
	}
	if !me.MaySeeResolution(now, r.Resolution, sight) {
		return data.Resolution{}, false, nil
	}
	if sight == data.MeetingOpen && !me.MaySeeResolution(now, r.Resolution, data.MeetingHidden) {
		r.Resolution = r.Unnamed()
	}
	return r.Resolution, true, nil
}

// Resolution is one resolution.
func (d *Desk) Resolution(ctx context.Context, id int64) (out data.Resolution, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		r, err := d.resolution(t, id)
		if err != nil {
			return err
		}
		var sees bool
		if out, sees, err = d.resolutionFor(t, me, r); err == nil && !sees {
			t.deny(data.Ref{Kind: "resolution", ID: id}, 0, 0, data.Open)
			err = data.ErrNotFound
		}
		return err
	})
	return out, err
}

func (d *Desk) resolution(t *tx, id int64) (r placedResolution, err error) {
	found, err := d.resolutions(t, "AND r.id = ?", id)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return r, err
	}
	return found[0], nil
}

// Resolutions lists what meetings decided, as far as me reads it: open ones
// first, by day.
func (d *Desk) Resolutions(ctx context.Context, q data.ResolutionQuery) (out data.ResolutionList, err error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 200
	}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		where, args := d.resolutionsFor(me, q)
		sums := "SELECT count(*), count(*) FILTER (WHERE r.state = 'open'), count(*) FILTER (WHERE r.state = 'done'), count(*) FILTER (WHERE r.state = 'open' AND r.due_on < ?) " +
			"FROM resolution r JOIN meeting m ON m.id = r.meeting WHERE m." + live + " " + where
		if err := t.rowsOnce(sums, append([]any{d.db.today()}, args...), func(r row) error {
			return r.Scan(&out.All, &out.Open, &out.Done, &out.Late)
		}); err != nil {
			return err
		}
		var found []placedResolution
		if err := t.rowsOnce(resolutionSQL+where+" ORDER BY r.state <> 'open', CASE WHEN r.state = 'open' THEN r.due_on END, r.closed_at DESC, r.id LIMIT ?",
			append(append([]any{d.year()}, args...), q.Limit), func(row row) error {
				r, err := scanResolution(row)
				found = append(found, r)
				return err
			}); err != nil {
			return err
		}
		for _, r := range found {
			one, sees, err := d.resolutionFor(t, me, r)
			if err != nil {
				return err
			}
			if sees {
				out.Resolutions = append(out.Resolutions, one)
			}
		}
		return nil
	})
	return out, err
}

// resolutionsFor says in SQL which resolutions are asked for, of those me reads;
// data.Account.MaySeeResolution says the same of one.
func (d *Desk) resolutionsFor(me data.Account, q data.ResolutionQuery) (string, []any) {
	now := d.db.now()
	where, args := []string{"1 = 1"}, []any{}
	add := func(yes bool, cond string, values ...any) {
		if yes {
			where, args = append(where, cond), append(args, values...)
		}
	}
	scope, _ := me.Meets(now)
	scope.All = scope.All || me.MayAtAll(now, data.RecResolution, data.View, false, data.NoNames)
	if !scope.All {
		in, ids := within("m.scope_id", "0", data.Scope{Classes: scope.Classes})
		invited, students := within("0", "x.student", data.Scope{Students: scope.Students})
		add(true, "(r.owner = ? OR "+in+" OR EXISTS (SELECT 1 FROM invitee i JOIN invitee_student x ON x.invitee = i.id WHERE i.meeting = m.id AND i.gone_at IS NULL AND "+invited+"))",
			append(append([]any{me.ID}, ids...), students...)...)
	}
	if q.Mine {
		in, ids := within("m.scope_id", "0", data.Scope{Classes: me.Own(now)})
		add(true, "(r.owner = ? OR "+in+")", append([]any{me.ID}, ids...)...)
	}
	add(q.Owner != 0, "r.owner = ?", q.Owner)
	add(q.Class != 0, "m.scope_kind = 'class' AND m.scope_id = ?", q.Class)
	add(q.Meeting != 0, "r.meeting = ?", q.Meeting)
	add(q.Open, "r.state = 'open'")
	add(!q.Until.IsZero(), "r.due_on <= ?", q.Until)
	return "AND " + strings.Join(where, " AND "), args
}

// owed is what me is to carry out, and what me carried out lately, for Today.
func (d *Desk) owed(t *tx, me data.Account) (out []data.Resolution, err error) {
	found, err := d.resolutions(t, "AND r.owner = ? AND (r.state = 'open' OR r.closed_at > ?) ORDER BY r.state <> 'open', r.due_on, r.id LIMIT 100",
		me.ID, stamp(d.db.now().Add(-lately)))
	for _, r := range found {
		out = append(out, r.Resolution)
	}
	return out, err
}

// SaveResolution stores what a meeting decided: new, by who leads it, from its
// beginning until its minutes are handed in (data.ErrHandedIn), a draft of which
// holds it at once; or over the revision it was read at.
// Whoever is to carry it out says what came of it; who runs the meeting may give
// it to somebody else and to another day besides, and until the minutes are
// issued change its words.
func (d *Desk) SaveResolution(ctx context.Context, r data.Resolution, draft data.Ref) (data.Resolution, error) {
	r = r.Tidy()
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		var was *placedResolution
		var err error
		if r.ID == 0 {
			r.State, r.Result = data.ResolutionOpen, ""
			err = d.mayResolve(t, me, r)
		} else {
			was, err = d.openResolution(t, me, &r)
		}
		if err != nil {
			return nil, err
		}
		if err := errors.Join(r.Check(), d.mayOwe(t, r.Owner)); err != nil {
			return nil, err
		}
		if err := d.putResolution(t, me, &r, was); err != nil {
			return nil, err
		}
		if err := d.dropDraft(t, me, "resolution", draft); err != nil {
			return nil, err
		}
		now, err := d.resolution(t, r.ID)
		if err == nil && was == nil {
			err = d.decidedLate(t, me, now.Resolution)
		}
		if err != nil {
			return nil, err
		}
		r = now.Resolution
		refs := meets(r.Meeting, data.Ref{Kind: "resolution", ID: r.ID}, data.Ref{Kind: "account", ID: r.Owner})
		var before any
		if was != nil {
			before = was.Resolution
			refs = append(refs, data.Ref{Kind: "account", ID: was.Owner})
		}
		return refs, d.audit(t, entry{did: data.ResolutionSaved, what: data.Ref{Kind: "resolution", ID: r.ID}, level: data.Normal, was: before, now: r})
	})
	return r, err
}

// decidedLate puts a resolution that is noted after the end into the minutes.
func (d *Desk) decidedLate(t *tx, me data.Account, r data.Resolution) error {
	m, err := d.meeting(t, r.Meeting)
	if err != nil {
		return err
	}
	return d.enterLine(t, me, m, data.LateResolution(r))
}

// mayResolve reports whether me may add a resolution to a meeting now.
func (d *Desk) mayResolve(t *tx, me data.Account, r data.Resolution) error {
	m, err := d.runsMeeting(t, me, r.Meeting, writing...)
	if err == nil && r.Item != 0 {
		if _, e := item(m, r.Item); e != nil {
			err = &data.Invalid{Field: "item", Why: data.WhyUnknown}
		}
	}
	return errors.Join(err, d.unsealed(t, r.Meeting))
}

// mayOwe reports, as a fault of the field, that the owner is nobody who works
// here now.
func (d *Desk) mayOwe(t *tx, id int64) error {
	if id == 0 {
		return nil
	}
	a, err := account(t, id, d.db.today())
	if errors.Is(err, data.ErrNotFound) || err == nil && !a.Open(d.db.now()) {
		return &data.Invalid{Field: "owner", Why: data.WhyUnknown}
	}
	return err
}

// openResolution is the stored resolution that r changes, at the revision r was
// read at. What its saver cannot change is taken from it.
func (d *Desk) openResolution(t *tx, me data.Account, r *data.Resolution) (*placedResolution, error) {
	was, err := d.resolution(t, r.ID)
	if err != nil {
		return nil, err
	}
	m, err := d.meeting(t, was.Meeting)
	if err != nil {
		return nil, err
	}
	now := d.db.now()
	if err := me.MayCloseResolution(now, m, was.Resolution); err != nil {
		if _, sees, e := d.resolutionFor(t, me, was); errors.Is(err, data.ErrNotFound) && sees {
			err = errors.Join(data.ErrForbidden, e)
		}
		t.deny(data.Ref{Kind: "resolution", ID: r.ID}, 0, 0, data.Open)
		return nil, err
	}
	if was.Rev != r.Rev {
		return nil, &data.Conflict{Ref: data.Ref{Kind: "resolution", ID: r.ID}, Rev: was.Rev, By: was.SavedBy, At: was.SavedAt}
	}
	asked := *r
	*r = was.Resolution
	r.State, r.Result = asked.State, asked.Result
	if r.State == data.ResolutionOpen {
		r.Result = ""
	}
	if me.MayRunMeeting(now, m) == nil {
		r.Owner, r.Due = asked.Owner, asked.Due
		if d.unsealed(t, m.ID) == nil {
			r.Text = asked.Text
		}
	}
	if r.Text != asked.Text || r.Owner != asked.Owner || r.Due != asked.Due {
		return nil, data.ErrForbidden
	}
	return &was, nil
}

func (d *Desk) putResolution(t *tx, me data.Account, r *data.Resolution, was *placedResolution) (err error) {
	now := stamp(d.db.now())
	if was == nil {
		r.ID, err = t.insert("INSERT INTO resolution (meeting, item, n, text, owner, due_on, state, rev, created_at, created_by, updated_at, updated_by) "+
			"VALUES (?, ?, (SELECT COALESCE(max(n), 0) + 1 FROM resolution WHERE meeting = ?), ?, ?, ?, ?, 1, ?, ?, ?, ?)",
			r.Meeting, ref(r.Item), r.Meeting, r.Text, r.Owner, r.Due, r.State, now, me.ID, now, me.ID)
		return err
	}
	closed := any(nil)
	if r.State != data.ResolutionOpen {
		if closed = now; was.State != data.ResolutionOpen {
			closed = stamp(was.ClosedAt)
		}
	}
	if _, err := t.exec("UPDATE resolution SET text = ?, owner = ?, due_on = ?, state = ?, result = ?, closed_at = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
		r.Text, r.Owner, r.Due, r.State, r.Result, closed, now, me.ID, r.ID); err != nil {
		return err
	}
	return d.revision(t, data.Ref{Kind: "resolution", ID: r.ID}, was.Rev, was.Resolution)
}
