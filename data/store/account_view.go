package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"qiao/data"
	"qiao/data/search"
)

// AccountLines lists the accounts by name, as far as the asker sees them: who
// runs accounts all; a principal without the keys and last days; the office
// names and roles of those that are open. Others are ErrForbidden.
func (d *Desk) AccountLines(ctx context.Context) (out []data.AccountLine, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		sight := me.SeesAccounts(d.db.now())
		if sight == data.OwnAccount {
			return data.ErrForbidden
		}
		if out, err = d.accountLines(t); err != nil {
			return err
		}
		if sight < data.AccountStates {
			out = slices.DeleteFunc(out, func(a data.AccountLine) bool { return !a.Open(d.db.now()) })
		}
		for i := range out {
			out[i] = seen(out[i], sight)
		}
		return nil
	})
	return out, err
}

// seen is an account without what the asker does not see of it.
func seen(a data.AccountLine, sight data.AccountSight) data.AccountLine {
	if sight < data.AllOfAccounts {
		a.Keys, a.Invited, a.Until = nil, time.Time{}, data.Date{}
	}
	if sight < data.AccountStates {
		a.LastSeen, a.Disabled, a.Created, a.Lang, a.Theme = time.Time{}, time.Time{}, time.Time{}, "", ""
	}
	return a
}

// accountLines reads all accounts in a few questions, however many there are.
func (d *Desk) accountLines(t *tx) ([]data.AccountLine, error) {
	now := stamp(d.db.now())
	out, err := list(t, "SELECT a.id, a.person, p.name, a.username, a.lang, a.theme, a.active_until, a.disabled_at, a.last_seen_at, a.rev, a.created_at, "+
		"(SELECT max(i.expires_at) FROM invite i WHERE i.account = a.id AND i.used_at IS NULL AND i.void_at IS NULL AND i.expires_at > ? AND i.tries < ?) "+
		"FROM account a JOIN person p ON p.id = a.person", []any{now, data.TriesOfInvite}, func(r row) (a data.AccountLine, err error) {
		return a, r.Scan(&a.ID, &a.Person, &a.Name, &a.Username, &a.Lang, &a.Theme, &a.Until, moment{&a.Disabled}, moment{&a.LastSeen}, &a.Rev,
			moment{&a.Created}, moment{&a.Invited})
	})
	if err != nil {
		return nil, err
	}
	all, err := d.grantLines(t, "WHERE g.revoked_at IS NULL AND (g.until_at IS NULL OR g.until_at > ?)", now)
	if err != nil {
		return nil, err
	}
	keys, err := list(t, keySQL+"WHERE revoked_at IS NULL ORDER BY id DESC", nil, scanKey)
	if err != nil {
		return nil, err
	}
	at := map[int64]*data.AccountLine{}
	for i := range out {
		at[out[i].ID] = &out[i]
	}
	for _, g := range slices.Backward(all) { // the oldest first, as everywhere
		at[g.Account].Grants = append(at[g.Account].Grants, g.Grant)
	}
	for _, k := range keys {
		at[k.Account].Keys = append(at[k.Account].Keys, k)
	}
	slices.SortStableFunc(out, func(a, b data.AccountLine) int {
		return cmp.Or(cmp.Compare(search.Username(a.Name), search.Username(b.Name)), cmp.Compare(a.Username, b.Username))
	})
	return out, nil
}

// grantLines reads grants with the names that belong to them, but for that of a
// child.
func (d *Desk) grantLines(t *tx, where string, args ...any) ([]data.GrantLine, error) {
	return list(t, "SELECT g.id, g.role, g.kind, g.scope_kind, g.scope_id, g.subject, g.from_at, "+
		"CASE WHEN o.until_at < COALESCE(g.until_at, '9999') THEN o.until_at ELSE g.until_at END, COALESCE(y.grade, 0), COALESCE(y.number, 0), "+
		"COALESCE(g.source, 0), COALESCE(g.given_by, 0), g.reason, g.pending, g.revoked_at, g.handed_over_at, "+
		"g.account, p.name, a.username, COALESCE(bp.name, ''), COALESCE(op.name, ''), COALESCE(s.number, '') "+
		"FROM role_grant g JOIN account a ON a.id = g.account JOIN person p ON p.id = a.person "+
		"LEFT JOIN class_year y ON g.scope_kind = 'class' AND y.class = g.scope_id AND y.year = ? "+
		"LEFT JOIN role_grant o ON o.id = g.source LEFT JOIN account oa ON oa.id = o.account LEFT JOIN person op ON op.id = oa.person "+
		"LEFT JOIN account b ON b.id = g.given_by LEFT JOIN person bp ON bp.id = b.person "+
		"LEFT JOIN student s ON g.scope_kind = 'student' AND s.id = g.scope_id "+where+" ORDER BY g.id DESC",
		append([]any{d.year()}, args...), func(r row) (g data.GrantLine, err error) {
			return g, r.Scan(&g.ID, &g.Role, &g.Kind, &g.Scope, &g.ScopeID, &g.Subject, moment{&g.Grant.From}, moment{&g.Until}, &g.Class.Grade, &g.Class.Number,
				&g.Source, &g.GivenBy, &g.Reason, &g.Pending, moment{&g.Revoked}, moment{&g.HandedOver},
				&g.Account, &g.Name, &g.Username, &g.By, &g.Lender, &g.Number)
		})
}

// endedShown is how long a role that has ended stays in the list of roles.
const endedShown = 30 * 24 * time.Hour

// GrantLines lists the roles that people hold, that wait, and that ended within
// thirty days: those that wait first, then by role and scope. Who has which role
// is for whoever sees the accounts' names; why somebody has it, only for who
// finds the child it is about.
func (d *Desk) GrantLines(ctx context.Context) (out []data.GrantLine, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if me.SeesAccounts(d.db.now()) == data.OwnAccount {
			return data.ErrForbidden
		}
		out, err = d.grantLines(t, "WHERE g.until_at IS NULL OR g.until_at > ?", stamp(d.db.now().Add(-endedShown)))
		if err == nil {
			err = d.children(t, me, out)
		}
		return err
	})
	now := d.db.now()
	slices.SortStableFunc(out, func(a, b data.GrantLine) int {
		return cmp.Or(cmp.Compare(a.State(now), b.State(now)), cmp.Compare(slices.Index(data.Roles, a.Role), slices.Index(data.Roles, b.Role)),
			cmp.Compare(a.Class.Grade, b.Class.Grade), cmp.Compare(a.Class.Number, b.Class.Number), cmp.Compare(a.ScopeID, b.ScopeID))
	})
	return out, err
}

// children names the children that grants are over for who finds them, and
// takes the reasons away from who does not.
func (d *Desk) children(t *tx, me data.Account, gs []data.GrantLine) error {
	for i := range gs {
		g := &gs[i]
		if g.Student() == 0 {
			continue
		}
		p, name, err := place(t, g.Student())
		if err != nil {
			return err
		}
		if me.Sees(d.db.now(), p) {
			g.Child = name
		} else if g.Account != me.ID {
			g.Reason = ""
		}
	}
	return nil
}

// place is where a student stands today, and its name.
func place(t *tx, student int64) (p data.Place, name string, err error) {
	p.Student = student
	err = t.row("SELECT class, name FROM student WHERE id = ?", []any{student}, &p.Class, &name)
	return p, name, err
}

// signInsShown is how many sign-ins an account's page shows.
const signInsShown = 10

// AccountCard is one account with its keys, roles and sign-ins, as far as the
// asker sees it: everybody their own.
func (d *Desk) AccountCard(ctx context.Context, id int64) (c data.AccountCard, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		c.Sight = me.SeesAccounts(d.db.now())
		if c.Sight == data.OwnAccount && id != me.ID {
			return data.ErrForbidden
		}
		all, err := d.accountLines(t)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(a data.AccountLine) bool { return a.ID == id })
		if i < 0 {
			return data.ErrNotFound
		}
		if id == me.ID {
			c.Sight = data.AllOfAccounts
		}
		c.AccountLine = seen(all[i], c.Sight)
		if c.Roles, err = d.grantLines(t, "WHERE g.account = ?", id); err != nil {
			return err
		}
		if c.Lent, err = d.grantLines(t, "WHERE o.account = ? AND (g.until_at IS NULL OR g.until_at > ?)", id, stamp(d.db.now())); err != nil {
			return err
		}
		for _, gs := range [][]data.GrantLine{c.Roles, c.Lent} {
			if err := d.children(t, me, gs); err != nil {
				return err
			}
		}
		if c.Sight == data.AllOfAccounts {
			err = d.within(t, &c)
		}
		return err
	})
	return c, err
}

// within reads what of an account belongs to its holder and to who runs
// accounts.
func (d *Desk) within(t *tx, c *data.AccountCard) (err error) {
	if c.Revoked, err = list(t, keySQL+"WHERE account = ? AND revoked_at IS NOT NULL ORDER BY id DESC", []any{c.ID}, scanKey); err != nil {
		return err
	}
	if c.SignIns, err = signIns(t, c.ID, signInsShown); err != nil {
		return err
	}
	if runs := (data.Account{Grants: c.Grants}).MayManage(d.db.now()) == nil; runs {
		n, err := d.administrators(t, c.ID)
		c.Alone = n == 0
		return err
	}
	return nil
}
