package store

import (
	"context"
	"errors"

	"qiao/data"
)

// AddAccount makes an account for a member of staff, with its roles and the keys
// that there are already. The user name is made from the pinyin of the
// name: luojing, and luojing2 for the second. Administrators only.
func (d *Desk) AddAccount(ctx context.Context, name string, roles []data.RoleWord, keys ...data.Key) (a data.Account, err error) {
	name = data.Name(name)
	err = d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := (data.Guardian{Name: name, Relation: data.OtherRelation}).Check(d.db.today()); err != nil {
			return nil, &data.Invalid{Field: "name", Why: data.Faults(err)[0].Why}
		}
		if len(roles) == 0 {
			return nil, &data.Invalid{Field: "role", Why: data.WhyEmpty}
		}
		id, err := d.newAccount(t, me, name)
		if err != nil {
			return nil, err
		}
		for _, w := range roles {
			if err := d.grant(t, me, id, w); err != nil {
				return nil, err
			}
		}
		for _, k := range keys {
			if err := d.bind(t, me, id, k); err != nil {
				return nil, err
			}
		}
		if err := d.dropDraft(t, me, "accountnew", data.Ref{Kind: "account", ID: me.ID}); err != nil {
			return nil, err
		}
		if a, err = account(t, id, d.db.today()); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "account", ID: id}
		return []data.Ref{ref}, d.audit(t, entry{did: data.AccountAdded, what: ref, now: a})
	})
	return a, err
}

func (d *Desk) newAccount(t *tx, me data.Account, name string) (int64, error) {
	now := stamp(d.db.now())
	person, err := t.insert("INSERT INTO person (name, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?)",
		name, now, ref(me.ID), now, ref(me.ID))
	if err != nil {
		return 0, err
	}
	user, err := username(t, name)
	if err != nil {
		return 0, err
	}
	return t.insert("INSERT INTO account (person, username, created_at, created_by) VALUES (?, ?, ?, ?)", person, user, now, ref(me.ID))
}

// Disable closes an account: no login, and whoever is inside is put out.
func (d *Desk) Disable(ctx context.Context, account int64) error {
	return d.toggle(ctx, account, data.AccountDisabled, stamp(d.db.now()))
}

// Enable opens an account again.
func (d *Desk) Enable(ctx context.Context, account int64) error {
	return d.toggle(ctx, account, data.AccountEnabled, nil)
}

func (d *Desk) toggle(ctx context.Context, account int64, did data.Deed, at any) error {
	return d.change(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		if err := d.administered(t, func() error {
			r, err := t.exec("UPDATE account SET disabled_at = ?, rev = rev + 1 WHERE id = ?", at, account)
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, data.ErrNotFound)
			}
			return nil
		}); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "account", ID: account}
		return []data.Ref{ref}, d.audit(t, entry{did: did, what: ref})
	})
}

func (d *Desk) change(ctx context.Context, do func(*tx, data.Account) ([]data.Ref, error)) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := me.MayManage(d.db.now()); err != nil {
			t.deny(data.Ref{Kind: "account"}, 0, 0, 0)
			return nil, err
		}
		return do(t, me)
	})
}
