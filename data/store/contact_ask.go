package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"qiao/data"
)

// askedFor is how many days whoever is asked has.
const askedFor = 3

// Ask asks for a contact that me knows of and may not read: its writer to say
// what it is about, or to be let in, which the principal may do as well. It
// stands among what they have to do, with who asks and why; of the text it tells
// nothing.
func (d *Desk) Ask(ctx context.Context, contact int64, kind data.PromiseKind, why string) error {
	why, err := data.Reasoned(why)
	if err == nil && !kind.Asked() {
		err = &data.Invalid{Field: "kind", Why: data.WhyUnknown}
	}
	if err != nil {
		return err
	}
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		c, of, err := d.contact(t, contact)
		if err != nil {
			return nil, err
		}
		if err := me.MayAsk(d.db.now(), c, of); err != nil {
			t.denyContact(c)
			return nil, err
		}
		owners := []int64{c.Staff}
		if kind == data.AskedAccess {
			if owners, err = d.releasers(t, owners); err != nil {
				return nil, err
			}
		}
		what := data.Ref{Kind: "contact", ID: c.ID}
		refs := []data.Ref{}
		for _, owner := range owners {
			p := data.Promise{Contact: c.ID, Household: c.Household, Student: c.Students[0], Kind: kind, Text: me.Name + ": " + why, Owner: owner,
				Due: d.db.today().AddDays(askedFor), State: data.PromiseOpen, Level: c.Level}
			if err := d.storePromise(t, me, &p, nil); err != nil {
				return nil, err
			}
			refs = append(refs, data.Ref{Kind: "promise", ID: p.ID}, data.Ref{Kind: "account", ID: owner})
		}
		return refs, d.audit(t, entry{did: data.ContactAsked, what: what, student: c.Students[0], household: c.Household, level: c.Level, now: why})
	})
}

// releasers adds to some accounts those that may release a child.
func (d *Desk) releasers(t *tx, to []int64) ([]int64, error) {
	now := stamp(d.db.now())
	ids, err := list(t, "SELECT DISTINCT account FROM role_grant WHERE scope_kind = 'school' AND from_at <= ? AND (until_at IS NULL OR until_at > ?)",
		[]any{now, now}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	for _, id := range ids {
		a, e := account(t, id, d.db.today())
		if err = errors.Join(err, e); e == nil && a.MayRelease(d.db.now()) == nil && !slices.Contains(to, id) {
			to = append(to, id)
		}
	}
	return to, err
}

// Nameable lists whom the writer of a secret contact may name: those on the staff
// who see one of its children, with who is named already.
func (d *Desk) Nameable(ctx context.Context, contact int64) (out []data.Reader, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		c, of, err := d.contact(t, contact)
		if err == nil && me.SightOf(d.db.now(), c.Authored(), of) == data.None {
			err = data.ErrNotFound
		}
		if err == nil {
			err = me.MayLevel(c)
		}
		if err != nil {
			return err
		}
		ids, err := list(t, "SELECT id FROM account WHERE disabled_at IS NULL AND id <> ? ORDER BY username", []any{me.ID}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		for _, id := range ids {
			a, err := account(t, id, d.db.today())
			if err != nil {
				return err
			}
			now := d.db.now()
			if a.Open(now) && a.SightOf(now, data.Authored{Level: data.Secret}, of) != data.Whole && slices.ContainsFunc(of, func(p data.Place) bool { return a.SeesCard(now, p) }) {
				out = append(out, data.Reader{ID: a.ID, Name: a.Name, Named: slices.Contains(c.Named, a.ID)})
			}
		}
		return err
	})
	return out, err
}

// Removed lists the contacts that were taken away within thirty days and that me
// may bring back, of one student's family or, with 0, of all, the newest first.
func (d *Desk) Removed(ctx context.Context, student int64) (out []data.Contact, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		where, args := "deleted_at > ?", []any{stamp(d.db.now().Add(-data.RestoredWithin))}
		if student != 0 {
			s, err := d.seen(t, me, student)
			if err != nil {
				return err
			}
			where, args = where+" AND household = ?", append(args, s.Household)
		}
		ids, err := list(t, "SELECT id FROM contact WHERE "+where+" ORDER BY deleted_at DESC LIMIT 200", args, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		for _, id := range ids {
			c, err := d.removed(t, me, id)
			if errors.Is(err, data.ErrForbidden) {
				continue
			}
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return err
	})
	return out, err
}

// removed is a contact that was taken away, if me may bring it back. Its private
// note stays behind.
func (d *Desk) removed(t *tx, me data.Account, id int64) (data.Contact, error) {
	c, of, err := d.contactWhere(t, "c.deleted_at IS NOT NULL", id)
	if err != nil {
		return c, err
	}
	var by int64
	var at time.Time
	if err := t.row("SELECT updated_by, deleted_at FROM contact WHERE id = ?", []any{id}, &by, moment{&at}); err != nil {
		return c, err
	}
	if err := me.MayRestore(d.db.now(), c, of, by, at); err != nil {
		return data.Contact{}, err
	}
	c.Sight, c.Private, c.Removed = data.Whole, "", at
	return c, nil
}

// RestoreContact brings back a contact that was taken away within thirty days,
// with the promises that went with it. Who took it away may, and the principal.
func (d *Desk) RestoreContact(ctx context.Context, id int64) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		c, err := d.removed(t, me, id)
		if errors.Is(err, data.ErrForbidden) { // to others it is not there
			err = data.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		now, reached := stamp(d.db.now()), c.Outcome == data.Reached && c.Channel.Counts()
		if _, err := t.exec("UPDATE contact SET deleted_at = NULL, delete_reason = '', rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", now, me.ID, id); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE contact_student SET reached = ?, visit = ?, gone = 0 WHERE contact = ?", bit(reached), bit(reached && c.Channel.Visits()), id); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE promise SET deleted_at = NULL, rev = rev + 1 WHERE contact = ? AND deleted_at = ?", id, stamp(c.Removed)); err != nil {
			return nil, err
		}
		var of []data.Student
		for _, student := range c.Students {
			s, err := d.student(t, student)
			if err != nil {
				return nil, err
			}
			of = append(of, s)
		}
		what := data.Ref{Kind: "contact", ID: id}
		refs, err := d.touched(t, what, of)
		if err != nil {
			return nil, err
		}
		refs = append(refs, data.Ref{Kind: "account", ID: c.Staff})
		return refs, d.audit(t, entry{did: data.ContactBack, what: what, student: c.Students[0], household: c.Household, level: c.Level})
	})
}
