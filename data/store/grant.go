package store

import (
	"context"
	"errors"

	"qiao/data"
)

// Grant gives an account one more role. A role with a scope lasts to the end of
// the school year unless its word says otherwise, an inspector's 14 days. The
// role of administrator waits for a second administrator where there are two.
// Roles that contradict are an *data.Invalid. Administrators only.
func (d *Desk) Grant(ctx context.Context, account int64, w data.RoleWord) error {
	return d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := exists(t, account); err != nil {
			return nil, err
		}
		if err := d.grant(t, me, account, w); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: account}
		if err := d.dropDraft(t, me, "accountrole", what); err != nil {
			return nil, err
		}
		return []data.Ref{what}, d.audit(t, entry{did: data.RoleGiven, what: what, now: w})
	})
}

// exists is data.ErrNotFound for an account that there is not.
func exists(t *tx, account int64) error {
	var n int
	if err := t.row("SELECT count(*) FROM account WHERE id = ?", []any{account}, &n); err != nil {
		return err
	}
	if n == 0 {
		return data.ErrNotFound
	}
	return nil
}

// RevokeGrant takes a role away now, with what was lent from it: a class that is
// taken away is lost at once. The last administrator stays. Administrators only;
// whoever gave a right of the moment takes it back.
func (d *Desk) RevokeGrant(ctx context.Context, id int64) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		owner, g, err := d.grantByID(t, id)
		if err != nil {
			return nil, err
		}
		if err := me.MayTakeBack(d.db.now(), g); err != nil {
			return nil, err
		}
		now := stamp(d.db.now())
		if err := d.administered(t, func() error {
			_, err := t.exec("UPDATE role_grant SET until_at = ?, revoked_at = ?, revoked_by = ? WHERE (id = ? OR source = ?) AND (until_at IS NULL OR until_at > ?)",
				now, now, ref(me.ID), id, id, now)
			return err
		}); err != nil {
			return nil, err
		}
		refs, err := d.lent(t, id)
		if err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: owner}
		if g.Scope == data.ScopeClass { // its roster names who stands in
			refs = append(refs, data.Ref{Kind: "class", ID: g.ScopeID})
		}
		return append(refs, what), d.audit(t, entry{did: data.RoleTaken, what: what, student: g.Student(), was: g})
	})
}

// lent is who holds what was lent from a grant.
func (d *Desk) lent(t *tx, grant int64) ([]data.Ref, error) {
	return list(t, "SELECT account FROM role_grant WHERE source = ?", []any{grant}, func(r row) (ref data.Ref, err error) {
		ref.Kind = "account"
		return ref, r.Scan(&ref.ID)
	})
}

func (d *Desk) grantByID(t *tx, id int64) (owner int64, g data.Grant, err error) {
	if err = t.row("SELECT account FROM role_grant WHERE id = ?", []any{id}, &owner); err != nil {
		return 0, g, err
	}
	st, err := t.stmt(grantSQL + "WHERE g.id = ?")
	if err != nil {
		return 0, g, err
	}
	g, err = scanGrant(st.QueryRow(d.year(), id))
	return owner, g, found(err)
}

// RenewGrant lets a role last to the end of another day: a scope ends with the
// school year unless it is renewed. Administrators only.
func (d *Desk) RenewGrant(ctx context.Context, id int64, until data.Date) error {
	return d.change(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		owner, g, err := d.grantByID(t, id)
		if err != nil {
			return nil, err
		}
		if until.Before(d.db.today()) {
			return nil, &data.Invalid{Field: "until", Why: data.WhyPast}
		}
		if !g.Revoked.IsZero() || g.Kind != data.OwnGrant {
			return nil, &data.Invalid{Field: "role", Why: data.WhyClosed}
		}
		if err := d.administered(t, func() error {
			_, err := t.exec("UPDATE role_grant SET until_at = ? WHERE id = ?", stamp(until.AddDays(1).Start()), id)
			return err
		}); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: owner}
		return []data.Ref{what}, d.audit(t, entry{did: data.RoleRenewed, what: what, was: g.Until, now: until})
	})
}

// ConfirmGrant makes a waiting role of administrator hold: a second
// administrator does, neither who gave it nor who gets it.
func (d *Desk) ConfirmGrant(ctx context.Context, id int64) error {
	return d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		owner, g, err := d.grantByID(t, id)
		if err != nil {
			return nil, err
		}
		if !g.Pending || !g.Revoked.IsZero() {
			return nil, data.ErrNotFound
		}
		if me.ID != 0 && (me.ID == g.GivenBy || me.ID == owner) {
			return nil, data.ErrForbidden
		}
		if _, err := t.exec("UPDATE role_grant SET pending = 0, confirmed_by = ?, confirmed_at = ? WHERE id = ?", ref(me.ID), stamp(d.db.now()), id); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: owner}
		return []data.Ref{what}, d.audit(t, entry{did: data.RoleConfirmed, what: what, now: g})
	})
}

// grant gives an account a role, if it goes together with those it has.
func (d *Desk) grant(t *tx, me data.Account, id int64, w data.RoleWord) error {
	kind, scope, err := d.scope(t, w)
	if err != nil {
		return err
	}
	now, until := d.db.now(), w.Until
	switch {
	case !until.IsZero():
	case w.Role == data.Inspector:
		until = d.db.today().AddDays(14)
	case kind != data.ScopeSchool:
		until = data.YearEnd(d.db.today())
	}
	var end any
	if !until.IsZero() {
		if until.Before(d.db.today()) {
			return &data.Invalid{Field: "until", Why: data.WhyPast}
		}
		end = stamp(until.AddDays(1).Start())
	}
	has, err := grants(t, id, d.db.today())
	if err != nil {
		return err
	}
	if err := data.GoTogether(now, has, data.Grant{Role: w.Role, Kind: data.OwnGrant, Scope: kind, ScopeID: scope}); err != nil {
		return err
	}
	wait, err := d.waits(t, me, w.Role)
	if err != nil {
		return err
	}
	_, err = t.insert("INSERT INTO role_grant (account, role, scope_kind, scope_id, from_at, until_at, given_by, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, w.Role, kind, scope, stamp(now), end, ref(me.ID), bit(wait))
	return err
}

// waits reports whether a role that me gives waits for a second administrator:
// that of administrator, where there is another one with a key. The console owns
// the file and waits for nobody.
func (d *Desk) waits(t *tx, me data.Account, r data.Role) (bool, error) {
	if r != data.Administrator || d.console != "" {
		return false, nil
	}
	n, err := d.administrators(t, me.ID)
	return n > 0, err
}

// administrators counts the accounts that can run accounts, but for one: open,
// with the role and a key that holds.
func (d *Desk) administrators(t *tx, but int64) (n int, err error) {
	now := stamp(d.db.now())
	err = t.row("SELECT count(DISTINCT a.id) FROM role_grant g JOIN account a ON a.id = g.account JOIN account_key k ON k.account = a.id "+
		"WHERE g.role = 'admin' AND g.pending = 0 AND g.from_at <= ? AND (g.until_at IS NULL OR g.until_at > ?) AND a.disabled_at IS NULL "+
		"AND (a.active_until IS NULL OR a.active_until >= ?) AND k.revoked_at IS NULL AND a.id <> ?", []any{now, now, d.db.today(), but}, &n)
	return n, err
}

// administered does a change and refuses it if it leaves nobody to run
// accounts. Where there was no administrator with a key before, as in a new
// school, there is nothing to keep.
func (d *Desk) administered(t *tx, change func() error) error {
	before, err := d.administrators(t, 0)
	if err == nil {
		err = change()
	}
	if err != nil {
		return err
	}
	after, err := d.administrators(t, 0)
	if err == nil && before > 0 && after == 0 {
		return data.ErrLastAdmin
	}
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
