package store

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"qiao/data"
)

const draftSQL = "SELECT d.id, d.kind, d.object, COALESCE(d.student, 0), COALESCE(s.name, ''), COALESCE(y.grade, 0), COALESCE(y.number, 0), d.form, d.preview, " +
	"d.field, d.cursor, d.clock_ms, d.base_rev, d.session, d.saved_at FROM draft d LEFT JOIN student s ON s.id = d.student " +
	"LEFT JOIN class_year y ON y.class = s.class AND y.year = ? WHERE d.account = ? AND d.discarded_at IS NULL "

func scanDraft(r row) (d data.Draft, err error) {
	var object string
	var ms int64
	err = r.Scan(&d.ID, &d.Kind, &object, &d.Student, &d.Name, &d.Class.Grade, &d.Class.Number, &d.Form, &d.Preview,
		&d.Field, &d.Cursor, &ms, &d.Base, &d.Session, moment{&d.Saved})
	kind, id, _ := strings.Cut(object, "/")
	d.Object.Kind = kind
	d.Object.ID, _ = strconv.ParseInt(id, 10, 64)
	d.Clock = time.Duration(ms) * time.Millisecond
	return d, found(err)
}

// Drafts lists the desk's own drafts, the newest first. A draft is read by its
// owner only.
func (d *Desk) Drafts(ctx context.Context) (out []data.Draft, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out, err = d.drafts(t, me)
		return err
	})
	return out, err
}

func (d *Desk) drafts(t *tx, me data.Account) (out []data.Draft, err error) {
	all, err := list(t, draftSQL+"AND d.saved_at > ? ORDER BY d.saved_at DESC, d.id DESC LIMIT 100",
		[]any{d.year(), me.ID, stamp(d.db.now().Add(-data.DraftKept))}, scanDraft)
	for _, one := range all {
		readable, e := d.draftReadable(t, me, one)
		if err = errors.Join(err, e); readable {
			err = errors.Join(err, d.draftOfMeeting(t, me, &one))
			out = append(out, one)
		}
	}
	return out, err
}

// draftOfMeeting names the meeting that a draft is about, for lists, to who sees
// it.
func (d *Desk) draftOfMeeting(t *tx, me data.Account, f *data.Draft) error {
	id, err := draftMeeting(t, *f)
	if err != nil || id == 0 {
		return err
	}
	m, err := d.meeting(t, id)
	switch {
	case errors.Is(err, data.ErrNotFound):
		return nil
	case err == nil && me.MaySeeMeeting(d.db.now(), m) == nil:
		f.Name, f.Class = m.Title, m.ClassName
	}
	return err
}

// draftMeeting is the meeting that a draft is about, 0 if it is about none.
func draftMeeting(t *tx, f data.Draft) (id int64, err error) {
	switch f.Object.Kind {
	case "meeting":
		return f.Object.ID, nil
	case "agenda_item":
		err = t.row("SELECT meeting FROM agenda_item WHERE id = ?", []any{f.Object.ID}, &id)
		if errors.Is(err, data.ErrNotFound) {
			return 0, nil
		}
	}
	return id, err
}

// draftReadable reports whether a draft may be read again. What a person typed
// is theirs whatever happens; but a draft about what is restricted holds what
// others wrote as well, and so does one of a meeting or its minutes: it goes with
// the right to it.
func (d *Desk) draftReadable(t *tx, me data.Account, f data.Draft) (bool, error) {
	switch f.Kind {
	case "minutes", "meeting", "agenda_item", "notice", "replies":
		id, err := draftMeeting(t, f)
		if err != nil || id == 0 {
			return f.Object.Kind != "agenda_item", err // its item is gone
		}
		m, err := d.meeting(t, id)
		if errors.Is(err, data.ErrNotFound) {
			return false, nil
		}
		return err == nil && me.MaySeeMeeting(d.db.now(), m) == nil, err
	case "care":
	default:
		return true, nil
	}
	s, err := d.student(t, f.Student)
	if errors.Is(err, data.ErrNotFound) {
		return false, nil
	}
	return err == nil && me.MayEditCare(d.db.now(), s.Place()) == nil, err
}

// Draft is the desk's own draft of a form about an object.
func (d *Desk) Draft(ctx context.Context, kind string, object data.Ref) (out data.Draft, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		st, err := t.stmt(draftSQL + "AND d.kind = ? AND d.object = ?")
		if err == nil {
			out, err = scanDraft(st.QueryRow(d.year(), me.ID, kind, object.String()))
		}
		if err != nil {
			return err
		}
		readable, err := d.draftReadable(t, me, out)
		if err == nil && !readable {
			out, err = data.Draft{}, data.ErrNotFound
		}
		return err
	})
	return out, err
}

// SaveDraft keeps a form that is being written: one an account, kind and
// object. It asks no rights but the account's own: what a person typed is theirs
// to read again even if the right to save it is gone.
func (d *Desk) SaveDraft(ctx context.Context, f data.Draft) (data.Draft, error) {
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if len(f.Form) > data.MaxForm {
			return nil, &data.Invalid{Field: "draft", Why: data.WhyTooLong}
		}
		f.Saved = d.db.now()
		var known int
		if err := t.row("SELECT count(*) FROM draft WHERE account = ? AND kind = ? AND object = ? AND discarded_at IS NULL",
			[]any{me.ID, f.Kind, f.Object.String()}, &known); err != nil {
			return nil, err
		}
		err := t.row("INSERT INTO draft (account, kind, object, student, form, preview, field, cursor, clock_ms, base_rev, session, saved_at) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, kind, object) WHERE discarded_at IS NULL DO UPDATE SET "+
			"student = excluded.student, form = excluded.form, preview = excluded.preview, field = excluded.field, cursor = excluded.cursor, "+
			"clock_ms = excluded.clock_ms, base_rev = excluded.base_rev, session = excluded.session, saved_at = excluded.saved_at RETURNING id",
			[]any{me.ID, f.Kind, f.Object.String(), ref(f.Student), f.Form, f.Preview, f.Field, f.Cursor, f.Clock.Milliseconds(), f.Base, f.Session, stamp(f.Saved)}, &f.ID)
		refs := []data.Ref{{Kind: "draft", ID: f.ID}}
		if known == 0 { // lists of drafts have one more
			refs = append(refs, data.Ref{Kind: "account", ID: me.ID})
		}
		return refs, err
	})
	return f, err
}

// DropDraft takes a draft away: a mark, found again for 30 days.
func (d *Desk) DropDraft(ctx context.Context, id int64) error {
	return d.mark(ctx, id, "UPDATE draft SET discarded_at = ? WHERE id = ? AND account = ? AND discarded_at IS NULL", stamp(d.db.now()))
}

// RestoreDraft brings a dropped draft back, unless there is a newer one of the
// same form.
func (d *Desk) RestoreDraft(ctx context.Context, id int64) error {
	return d.mark(ctx, id, "UPDATE draft SET discarded_at = ? WHERE id = ? AND account = ? AND NOT EXISTS (SELECT 1 FROM draft o "+
		"WHERE o.account = draft.account AND o.kind = draft.kind AND o.object = draft.object AND o.discarded_at IS NULL)", nil)
}

func (d *Desk) mark(ctx context.Context, id int64, update string, at any) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		r, err := t.exec(update, at, id, me.ID)
		if err != nil {
			return nil, err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return nil, data.ErrNotFound
		}
		return []data.Ref{{Kind: "draft", ID: id}, {Kind: "account", ID: me.ID}}, nil
	})
}

// dropDraft removes the draft of a form whose record is being saved.
func (d *Desk) dropDraft(t *tx, me data.Account, kind string, object data.Ref) error {
	if object.ID == 0 {
		return nil
	}
	_, err := t.exec("DELETE FROM draft WHERE account = ? AND kind = ? AND object = ? AND discarded_at IS NULL", me.ID, kind, object.String())
	return err
}
