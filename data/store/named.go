package store

import (
	"context"
	"slices"

	"qiao/data"
)

// named is whom a secret record names.
func named(t *tx, what data.Ref) ([]int64, error) {
	return list(t, "SELECT account FROM named WHERE record = ? AND record_id = ? ORDER BY account", []any{what.Kind, what.ID},
		func(r row) (id int64, err error) { return id, r.Scan(&id) })
}

// NameReaders says who may read a secret contact besides its writer and the
// principal. Only its writer does, and only people who see the child at all: of
// somebody else the answer is an *data.Invalid about "named".
func (d *Desk) NameReaders(ctx context.Context, contact int64, accounts []int64) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		c, of, err := d.contact(t, contact)
		if err == nil && me.SightOf(d.db.now(), c.Authored(), of) == data.None {
			err = data.ErrNotFound
		}
		if err == nil {
			err = me.MayLevel(c)
		}
		if err == nil && c.Level != data.Secret {
			err = &data.Invalid{Field: "named", Why: data.WhyNotHere}
		}
		if err != nil {
			return nil, err
		}
		for _, id := range accounts {
			if err := d.mayBeNamed(t, id, of); err != nil {
				return nil, err
			}
		}
		return d.putNamed(t, me, c, accounts)
	})
}

// mayBeNamed reports, as a fault of the field, that an account does not see any
// of the children: naming opens a text, not a child.
func (d *Desk) mayBeNamed(t *tx, id int64, of []data.Place) error {
	a, err := account(t, id, d.db.today())
	if err != nil {
		return err
	}
	now := d.db.now()
	if !a.Open(now) || !slices.ContainsFunc(of, func(p data.Place) bool { return a.SeesCard(now, p) }) {
		return &data.Invalid{Field: "named", Why: data.WhyUnknown}
	}
	return nil
}

func (d *Desk) putNamed(t *tx, me data.Account, c data.Contact, accounts []int64) ([]data.Ref, error) {
	what := data.Ref{Kind: "contact", ID: c.ID}
	if _, err := t.exec("DELETE FROM named WHERE record = ? AND record_id = ?", what.Kind, what.ID); err != nil {
		return nil, err
	}
	for _, id := range accounts {
		if _, err := t.exec("INSERT INTO named (record, record_id, account, named_by, named_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (record, record_id, account) DO NOTHING",
			what.Kind, what.ID, id, me.ID, stamp(d.db.now())); err != nil {
			return nil, err
		}
	}
	first, err := d.student(t, c.Students[0])
	if err != nil {
		return nil, err
	}
	refs, err := d.touched(t, what, []data.Student{first})
	if err != nil {
		return nil, err
	}
	for _, id := range append(slices.Clone(c.Named), accounts...) {
		refs = append(refs, data.Ref{Kind: "account", ID: id})
	}
	return refs, d.audit(t, entry{did: data.ReadersNamed, what: what, student: c.Students[0], household: c.Household, level: c.Level, was: c.Named, now: accounts})
}
