package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"qiao/data"
)

// AddAuthority has the school trust an authority: whoever shows a certificate
// of it for a user name is that account. Until is the last day; zero has no
// end. Administrators only.
func (d *Desk) AddAuthority(ctx context.Context, name string, k data.Key, until data.Date) (data.Authority, error) {
	a := data.Authority{Name: data.KeyName(name), Type: k.Type, Fingerprint: k.Fingerprint, Until: until}
	err := d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		switch {
		case a.Name == "":
			return nil, &data.Invalid{Field: "name", Why: data.WhyEmpty}
		case k.Fingerprint == "" || k.Blob == "":
			return nil, &data.Invalid{Field: "key", Why: data.WhyUnknown}
		case !until.IsZero() && until.Before(d.db.today()):
			return nil, &data.Invalid{Field: "date", Why: data.WhyUnknown}
		}
		for _, q := range []struct{ field, sql, value string }{
			{"name", "SELECT count(*) FROM cert_authority WHERE name = ? AND revoked_at IS NULL", a.Name},
			{"key", "SELECT count(*) FROM cert_authority WHERE fingerprint = ? AND revoked_at IS NULL", k.Fingerprint},
			{"key", "SELECT count(*) FROM account_key WHERE fingerprint = ?", k.Fingerprint}, // who logs in with it would be everybody
		} {
			var n int
			if err := t.row(q.sql, []any{q.value}, &n); err != nil {
				return nil, err
			}
			if n > 0 {
				return nil, &data.Invalid{Field: q.field, Why: data.WhyTaken}
			}
		}
		var end any
		if !until.IsZero() {
			end = stamp(until.AddDays(1).Start())
		}
		var err error
		a.ID, err = t.insert("INSERT INTO cert_authority (name, type, fingerprint, blob, until_at, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
			a.Name, k.Type, k.Fingerprint, k.Blob, end, stamp(d.db.now()), ref(me.ID))
		if err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "authority", ID: a.ID}
		return []data.Ref{what}, d.audit(t, entry{did: data.AuthorityAdded, what: what, now: a})
	})
	return a, err
}

// Authorities lists those that are trusted now, by name. Administrators only.
func (d *Desk) Authorities(ctx context.Context) (out []data.Authority, err error) {
	err = d.manage(ctx, func(t *tx) error {
		out, err = list(t, "SELECT id, name, type, fingerprint, until_at FROM cert_authority WHERE revoked_at IS NULL AND (until_at IS NULL OR until_at > ?) ORDER BY name",
			[]any{stamp(d.db.now())}, func(r row) (a data.Authority, err error) {
				var end time.Time
				err = r.Scan(&a.ID, &a.Name, &a.Type, &a.Fingerprint, moment{&end})
				if !end.IsZero() {
					a.Until = data.DayOf(end).AddDays(-1)
				}
				return a, err
			})
		return err
	})
	return out, err
}

// RemoveAuthority ends the trust in an authority, given its name. Whoever is
// inside by its word is put out. Administrators only.
func (d *Desk) RemoveAuthority(ctx context.Context, name string) error {
	return d.change(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		var id int64
		if err := t.row("SELECT id FROM cert_authority WHERE name = ? AND revoked_at IS NULL", []any{data.KeyName(name)}, &id); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE cert_authority SET revoked_at = ? WHERE id = ?", stamp(d.db.now()), id); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "authority", ID: id}
		return []data.Ref{what}, d.audit(t, entry{did: data.AuthorityRemoved, what: what, was: data.KeyName(name)})
	})
}

// AccountByCertificate finds who logs in with a certificate that package sshkey
// found good. ErrNotFound: the school trusts no such authority, or the
// certificate names nobody here, or several and not which. ErrForbidden: the
// account is closed, or the certified key was revoked, or is somebody else's.
func (db *DB) AccountByCertificate(ctx context.Context, c data.Certificate) (a data.Account, err error) {
	err = db.reading(ctx, func(t *tx) error {
		var trusted int
		err := t.row("SELECT count(*) FROM cert_authority WHERE fingerprint = ? AND revoked_at IS NULL AND (until_at IS NULL OR until_at > ?)",
			[]any{c.CA, stamp(db.now())}, &trusted)
		if err != nil {
			return err
		}
		if trusted == 0 {
			return data.ErrNotFound
		}
		id, err := principal(t, c)
		if err != nil {
			return err
		}
		who, revoked, err := owner(t, c.Fingerprint)
		switch {
		case err == nil && (revoked || who != id):
			return data.ErrForbidden
		case err != nil && !errors.Is(err, data.ErrNotFound):
			return err
		}
		a, err = account(t, id, db.today())
		return err
	})
	if err == nil && !a.Open(db.now()) {
		err = data.ErrForbidden
	}
	return a, err
}

// principal is the account that a certificate names: of several the one whose
// user name came as the login name.
func principal(t *tx, c data.Certificate) (account int64, err error) {
	names := c.Principals
	if slices.Contains(names, c.Login) {
		names = []string{c.Login}
	}
	var ids []int64
	for _, name := range names[:min(len(names), 16)] {
		var id int64
		switch err := t.row("SELECT id FROM account WHERE username = ?", []any{name}, &id); {
		case err == nil:
			ids = append(ids, id)
		case !errors.Is(err, data.ErrNotFound):
			return 0, err
		}
	}
	if slices.Sort(ids); len(slices.Compact(ids)) != 1 {
		return 0, data.ErrNotFound
	}
	return ids[0], nil
}
