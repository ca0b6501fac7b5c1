package store

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// grant gives an account a role. A role with a scope lasts to the end of the
// school year unless said otherwise, an inspector's 14 days.
func (d *Desk) grant(t *tx, me data.Account, account int64, w data.RoleWord) error {
	kind, id, err := d.scope(t, w)
	if err != nil {
		return err
	}
	now, until := d.db.now(), w.Until
	switch {
	case !until.IsZero():
	case w.Role == data.Inspector:
		until = d.db.today().AddDays(14)
	case kind != data.ScopeSchool:
		until = data.On(data.SchoolYear(d.db.today())+1, time.July, 31)
	}
	var end any
	if !until.IsZero() {
		end = stamp(until.AddDays(1).Start())
	}
	_, err = t.insert("INSERT INTO role_grant (account, role, scope_kind, scope_id, from_at, until_at, given_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
		account, w.Role, kind, id, stamp(now), end, ref(me.ID))
	return err
}

// scope finds what a role's scope word means: a grade, this year's class, or a
// student's number.
func (d *Desk) scope(t *tx, w data.RoleWord) (data.ScopeKind, int64, error) {
	unknown := &data.Invalid{Field: "scope", Why: data.WhyUnknown}
	kind, year := data.ScopeOf(w.Role), data.SchoolYear(d.db.today())
	var id int64
	var err error
	switch kind {
	case data.ScopeGrade:
		grade, ok := data.ParseGrade(w.Scope)
		if !ok {
			return kind, 0, unknown
		}
		return kind, int64(grade), nil
	case data.ScopeClass:
		name, ok := data.ParseClass(w.Scope, year)
		if !ok {
			return kind, 0, unknown
		}
		err = t.row("SELECT class FROM class_year WHERE year = ? AND grade = ? AND number = ?", []any{year, name.Grade, name.Number}, &id)
	case data.ScopeStudent:
		err = t.row("SELECT id FROM student WHERE number = ? AND deleted_at IS NULL", []any{w.Scope}, &id)
	}
	if errors.Is(err, data.ErrNotFound) {
		err = unknown
	}
	return kind, id, err
}

// AddKey binds a public key to an account. A key belongs to one account, and a
// revoked one to nobody else: *data.Conflict. Administrators only.
func (d *Desk) AddKey(ctx context.Context, account int64, k data.Key) (data.Key, error) {
	err := d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		var exists int
		if err := t.row("SELECT count(*) FROM account WHERE id = ?", []any{account}, &exists); err != nil || exists == 0 {
			return nil, errors.Join(err, data.ErrNotFound)
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

// administered does a change and refuses it if it leaves nobody to run
// accounts. Where there was no administrator with a key before, as in a new
// school, there is nothing to keep.
func (d *Desk) administered(t *tx, change func() error) error {
	count := func() (n int, err error) {
		err = t.row("SELECT count(*) FROM role_grant g JOIN account a ON a.id = g.account JOIN account_key k ON k.account = a.id "+
			"WHERE g.role = 'admin' AND (g.until_at IS NULL OR g.until_at > ?) AND a.disabled_at IS NULL AND k.revoked_at IS NULL",
			[]any{stamp(d.db.now())}, &n)
		return n, err
	}
	before, err := count()
	if err == nil {
		err = change()
	}
	if err != nil {
		return err
	}
	after, err := count()
	if err == nil && before > 0 && after == 0 {
		return data.ErrLastAdmin
	}
	return err
}

func (d *Desk) change(ctx context.Context, do func(*tx, data.Account) ([]data.Ref, error)) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := me.MayManage(d.db.now()); err != nil {
			return nil, err
		}
		return do(t, me)
	})
}
