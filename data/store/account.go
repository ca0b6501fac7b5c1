package store

import (
	"context"
	"errors"
	"time"

	"qiao/data"
)

const accountSQL = "SELECT a.id, a.person, p.name, a.username, a.lang, a.theme, a.active_until, a.disabled_at, a.last_seen_at, a.rev " +
	"FROM account a JOIN person p ON p.id = a.person "

func scanAccount(r row) (a data.Account, err error) {
	err = r.Scan(&a.ID, &a.Person, &a.Name, &a.Username, &a.Lang, &a.Theme, &a.Until, moment{&a.Disabled}, moment{&a.LastSeen}, &a.Rev)
	return a, found(err)
}

// account reads one account and its grants, with the classes that each holds in
// the school year of today.
func account(t *tx, id int64, today data.Date) (a data.Account, err error) {
	s, err := t.stmt(accountSQL + "WHERE a.id = ?")
	if err != nil {
		return a, err
	}
	if a, err = scanAccount(s.QueryRow(id)); err != nil {
		return a, err
	}
	a.Grants, err = grants(t, id, today)
	return a, err
}

// A grant that another lends ends with that one, whatever it says itself.
const grantSQL = "SELECT g.id, g.role, g.kind, g.scope_kind, g.scope_id, g.subject, g.from_at, " +
	"CASE WHEN o.until_at < COALESCE(g.until_at, '9999') THEN o.until_at ELSE g.until_at END, COALESCE(y.grade, 0), COALESCE(y.number, 0), " +
	"COALESCE(g.source, 0), COALESCE(g.given_by, 0), g.reason, g.pending, g.revoked_at, g.handed_over_at " +
	"FROM role_grant g LEFT JOIN class_year y ON g.scope_kind = 'class' AND y.class = g.scope_id AND y.year = ? " +
	"LEFT JOIN role_grant o ON o.id = g.source "

func scanGrant(r row) (g data.Grant, err error) {
	err = r.Scan(&g.ID, &g.Role, &g.Kind, &g.Scope, &g.ScopeID, &g.Subject, moment{&g.From}, moment{&g.Until}, &g.Class.Grade, &g.Class.Number,
		&g.Source, &g.GivenBy, &g.Reason, &g.Pending, moment{&g.Revoked}, moment{&g.HandedOver})
	return g, err
}

func grants(t *tx, account int64, today data.Date) ([]data.Grant, error) {
	year := data.SchoolYear(today)
	gs, err := list(t, grantSQL+"WHERE g.account = ? ORDER BY g.id", []any{year, account}, scanGrant)
	if err != nil {
		return nil, err
	}
	for i := range gs {
		switch gs[i].Scope {
		case data.ScopeClass:
			gs[i].Classes = []int64{gs[i].ScopeID}
		case data.ScopeGrade:
			gs[i].Classes, err = list(t, "SELECT class FROM class_year WHERE year = ? AND grade = ?", []any{year, gs[i].ScopeID},
				func(r row) (id int64, err error) { return id, r.Scan(&id) })
		}
		if err != nil {
			return nil, err
		}
	}
	return gs, nil
}

// AccountByKey finds who logs in with a key, given its SHA256 fingerprint: the
// way a key becomes an account, before there is a desk. A revoked key and a
// closed account are ErrForbidden.
func (db *DB) AccountByKey(ctx context.Context, fingerprint string) (a data.Account, err error) {
	err = db.reading(ctx, func(t *tx) error {
		id, revoked, err := owner(t, fingerprint)
		if err == nil && revoked {
			err = data.ErrForbidden
		}
		if err == nil {
			a, err = account(t, id, db.today())
		}
		return err
	})
	if err == nil && !a.Open(db.now()) {
		err = data.ErrForbidden
	}
	return a, err
}

// owner is whose a key is, or was until it was revoked.
func owner(t *tx, fingerprint string) (account int64, revoked bool, err error) {
	var at time.Time
	err = t.row("SELECT account, revoked_at FROM account_key WHERE fingerprint = ?", []any{fingerprint}, &account, moment{&at})
	return account, !at.IsZero(), err
}

// Arrive records a sign-in: when the account was last here, and which key was
// used from where. Sign-ins are audited.
func (d *Desk) Arrive(ctx context.Context) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		now := stamp(d.db.now())
		if _, err := t.exec("UPDATE account SET last_seen_at = ? WHERE id = ?", now, me.ID); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE account_key SET last_used_at = ?, last_used_from = ? WHERE fingerprint = ?", now, d.from, d.key); err != nil {
			return nil, err
		}
		return nil, d.audit(t, d.signIn(me))
	})
}

// signIn says by which authority's word a certificate came in.
func (d *Desk) signIn(me data.Account) entry {
	e := entry{did: data.SignedIn, what: data.Ref{Kind: "account", ID: me.ID}}
	if d.ca != "" {
		e.now = map[string]string{"ca": d.ca}
	}
	return e
}

// Leave records when the account was last here, so that the next visit tells
// what changed since.
func (d *Desk) Leave(ctx context.Context) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if _, err := t.exec("UPDATE account SET last_seen_at = ? WHERE id = ?", stamp(d.db.now()), me.ID); err != nil {
			return nil, err
		}
		return nil, d.audit(t, entry{did: data.SignedOut, what: data.Ref{Kind: "account", ID: me.ID}})
	})
}

// SetLang keeps the account's language: "zh", "en", or "" for what the client says.
func (d *Desk) SetLang(ctx context.Context, lang string) error {
	return d.prefer(ctx, "UPDATE account SET lang = ? WHERE id = ?", lang, "", "zh", "en")
}

// SetTheme keeps the account's colours: "light", "dark", "none", or "" for what
// the terminal says.
func (d *Desk) SetTheme(ctx context.Context, theme string) error {
	return d.prefer(ctx, "UPDATE account SET theme = ? WHERE id = ?", theme, "", "light", "dark", "none")
}

func (d *Desk) prefer(ctx context.Context, update, value string, known ...string) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		for _, k := range known {
			if k == value {
				if _, err := t.exec(update, value, me.ID); err != nil {
					return nil, err
				}
				return nil, d.audit(t, entry{did: data.PreferenceSet, what: data.Ref{Kind: "account", ID: me.ID}, now: value})
			}
		}
		return nil, &data.Invalid{Field: "setting", Why: data.WhyUnknown}
	})
}

// Accounts lists every account by name, for administrators.
func (d *Desk) Accounts(ctx context.Context) (out []data.Account, err error) {
	err = d.manage(ctx, func(t *tx) error {
		ids, err := list(t, "SELECT id FROM account ORDER BY username", nil, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		for _, id := range ids {
			var a data.Account
			if a, err = account(t, id, d.db.today()); err != nil {
				break
			}
			out = append(out, a)
		}
		return err
	})
	return out, err
}

// Account finds one account by its user name, or by the full name where only
// one has it; ErrAmbiguous where several do. A principal finds them without their
// last days; who sees no accounts finds their own.
func (d *Desk) Account(ctx context.Context, name string) (a data.Account, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		sight := me.SeesAccounts(d.db.now())
		switch {
		case sight >= data.AccountStates:
		case name == me.Username, name == me.Name:
			a = me
			return nil
		default:
			return data.ErrForbidden
		}
		var id int64
		err := t.row("SELECT id FROM account WHERE username = ?", []any{name}, &id)
		if errors.Is(err, data.ErrNotFound) {
			var n int
			err = t.row("SELECT COALESCE(min(a.id), 0), count(*) FROM account a JOIN person p ON p.id = a.person WHERE p.name = ?", []any{name}, &id, &n)
			switch {
			case err == nil && n == 0:
				err = data.ErrNotFound
			case err == nil && n > 1:
				err = data.ErrAmbiguous
			}
		}
		if err == nil {
			a, err = account(t, id, d.db.today())
		}
		if sight < data.AllOfAccounts && a.ID != me.ID {
			a = seen(data.AccountLine{Account: a}, sight).Account
		}
		return err
	})
	return a, err
}

// Keys lists the keys of an account, the newest first; a person sees their own,
// an administrator everybody's.
func (d *Desk) Keys(ctx context.Context, account int64) (out []data.Key, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MayManage(d.db.now()); err != nil && me.ID != account {
			return err
		}
		out, err = list(t, keySQL+"WHERE account = ? ORDER BY id DESC", []any{account}, scanKey)
		return err
	})
	return out, err
}

const keySQL = "SELECT id, account, fingerprint, type, blob, name, added_at, last_used_at, last_used_from, revoked_at FROM account_key "

func scanKey(r row) (k data.Key, err error) {
	return k, r.Scan(&k.ID, &k.Account, &k.Fingerprint, &k.Type, &k.Blob, &k.Name, moment{&k.Added},
		moment{&k.LastUsed}, &k.LastFrom, moment{&k.Revoked})
}

func (d *Desk) manage(ctx context.Context, do func(*tx) error) error {
	return d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MayManage(d.db.now()); err != nil {
			t.deny(data.Ref{Kind: "account"}, 0, 0, 0)
			return err
		}
		return do(t)
	})
}
