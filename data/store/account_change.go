package store

import (
	"context"
	"errors"
	"fmt"

	"qiao/data"
	"qiao/data/search"
)

// AddAccount makes an account for a member of staff, with its roles and, if
// there is one, its first key. The user name is made from the pinyin of the
// name: luojing, and luojing2 for the second. Administrators only.
func (d *Desk) AddAccount(ctx context.Context, name string, roles []data.RoleWord, key *data.Key) (a data.Account, err error) {
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
		if key != nil {
			if err := d.bind(t, me, id, *key); err != nil {
				return nil, err
			}
		}
		if a, err = account(t, id, d.db.today()); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "account", ID: id}
		return []data.Ref{ref}, d.audit(t, entry{did: "account add", what: ref, now: a})
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
	base := search.Username(name)
	for n := 1; ; n++ {
		username := base
		if n > 1 {
			username = fmt.Sprint(base, n)
		}
		var taken int
		if err := t.row("SELECT count(*) FROM account WHERE username = ?", []any{username}, &taken); err != nil {
			return 0, err
		}
		if taken == 0 {
			return t.insert("INSERT INTO account (person, username, created_at, created_by) VALUES (?, ?, ?, ?)", person, username, now, ref(me.ID))
		}
	}
}

// AddKey binds a public key to an account. A key belongs to one account, and a
// revoked one to nobody else: *data.Conflict. Administrators only.
func (d *Desk) AddKey(ctx context.Context, account int64, k data.Key) (data.Key, error) {
	err := d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := exists(t, account); err != nil {
			return nil, err
		}
		return []data.Ref{{Kind: "account", ID: account}}, d.bind(t, me, account, k)
	})
	k.Account = account
	return k, err
}

func (d *Desk) bind(t *tx, me data.Account, account int64, k data.Key) error {
	if k.Fingerprint == "" || k.Blob == "" {
		return &data.Invalid{Field: "key", Why: data.WhyUnknown}
	}
	var owner int64
	err := t.row("SELECT account FROM account_key WHERE fingerprint = ?", []any{k.Fingerprint}, &owner)
	switch {
	case err == nil && owner == account: // a key given back to its owner
		_, err = t.exec("UPDATE account_key SET revoked_at = NULL, name = ? WHERE fingerprint = ?", data.Name(k.Name), k.Fingerprint)
	case err == nil:
		return &data.Conflict{Ref: data.Ref{Kind: "key", ID: owner}}
	case errors.Is(err, data.ErrNotFound):
		_, err = t.insert("INSERT INTO account_key (account, fingerprint, type, blob, name, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
			account, k.Fingerprint, k.Type, k.Blob, data.Name(k.Name), stamp(d.db.now()), ref(me.ID))
	}
	if err != nil {
		return err
	}
	return d.audit(t, entry{did: "key add", what: data.Ref{Kind: "account", ID: account}, now: k.Fingerprint})
}

// RemoveKey revokes a key; the row stays. Whoever is inside with it is put out
// by the server, which hears of the account. The last key of the last
// administrator stays.
func (d *Desk) RemoveKey(ctx context.Context, fingerprint string) error {
	return d.change(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		var account int64
		err := t.row("SELECT account FROM account_key WHERE fingerprint = ? AND revoked_at IS NULL", []any{fingerprint}, &account)
		if err != nil {
			return nil, err
		}
		if err := d.administered(t, func() error {
			_, err := t.exec("UPDATE account_key SET revoked_at = ? WHERE fingerprint = ?", stamp(d.db.now()), fingerprint)
			return err
		}); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "account", ID: account}
		return []data.Ref{ref}, d.audit(t, entry{did: "key remove", what: ref, was: fingerprint})
	})
}

// Disable closes an account: no login, and whoever is inside is put out.
func (d *Desk) Disable(ctx context.Context, account int64) error {
	return d.toggle(ctx, account, "disable", stamp(d.db.now()))
}

// Enable opens an account again.
func (d *Desk) Enable(ctx context.Context, account int64) error {
	return d.toggle(ctx, account, "enable", nil)
}

func (d *Desk) toggle(ctx context.Context, account int64, did string, at any) error {
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
		return []data.Ref{ref}, d.audit(t, entry{did: "account " + did, what: ref})
	})
}

func (d *Desk) change(ctx context.Context, do func(*tx, data.Account) ([]data.Ref, error)) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := me.MayManage(d.db.now()); err != nil {
			return nil, err
		}
		return do(t, me)
	})
}
