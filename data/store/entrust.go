package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"qiao/data"
)

// Emergency opens one child to its finder for two hours, with a reason: the
// guardians' phones, the health note, what to do, and who is kept away. The word
// is the exact student number or the exact full name, with the class behind it
// where several have that name: else ErrAmbiguous. Its class teacher and the
// principal are told at once. A second use prolongs, with a reason of its own.
// Any member of staff may but an inspector, and an administrator alone.
func (d *Desk) Emergency(ctx context.Context, word, reason string) (s data.Student, err error) {
	var id int64
	err = d.read(ctx, func(t *tx, me data.Account) (err error) {
		if err = me.MayOpenInEmergency(d.db.now()); err == nil {
			id, err = d.exactly(t, word)
		}
		return err
	})
	if err != nil {
		return s, err
	}
	if reason, err = data.Reasoned(reason); err != nil {
		return s, err
	}
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		now := d.db.now()
		if err := me.MayOpenInEmergency(now); err != nil {
			return nil, err
		}
		if s, err = d.student(t, id); err != nil {
			return nil, err
		}
		g := data.Grant{Role: data.Emergency, Kind: data.EmergencyGrant, Scope: data.ScopeStudent, ScopeID: id, From: now, Until: now.Add(data.EmergencyLasts),
			GivenBy: me.ID, Reason: reason}
		refs, err := d.entrust(t, me.ID, &g, s, data.EmergencyOpened)
		s = s.For(func(l data.Level) bool { return l == data.Open })
		return refs, err
	})
	if err != nil {
		return data.Student{}, err
	}
	return s, nil
}

// exactly is the student whom a number or a full name means, in the whole school.
func (d *Desk) exactly(t *tx, word string) (id int64, err error) {
	word = data.Name(word)
	err = t.row("SELECT id FROM student WHERE number = ? AND "+live, []any{word}, &id)
	if !errors.Is(err, data.ErrNotFound) {
		return id, err
	}
	named, class := word, data.ClassName{}
	found, err := d.namesakes(t, named)
	if i := strings.LastIndexByte(word, ' '); err == nil && len(found) == 0 && i > 0 {
		var ok bool
		if class, ok = data.ParseClass(word[i+1:], d.year()); ok {
			found, err = d.namesakes(t, word[:i])
		}
	}
	found = slices.DeleteFunc(found, func(s data.Student) bool { return !class.IsZero() && s.ClassName != class })
	switch {
	case err != nil:
		return 0, err
	case len(found) == 0:
		return 0, data.ErrNotFound
	case len(found) > 1:
		return 0, data.ErrAmbiguous
	}
	return found[0].ID, nil
}

// namesakes lists who is at the school and has exactly that name.
func (d *Desk) namesakes(t *tx, name string) ([]data.Student, error) {
	return list(t, studentSQL+"AND s.name = ? AND s.status IN ('enrolled', 'suspended', 'repeating')", []any{d.year(), name}, scanStudent)
}

// Release opens one child to one person for a time, at most 24 hours, with a
// reason: all levels of it. The principal does. Whoever is concerned is told: the
// person, the class teacher, and who wrote something secret about the child.
func (d *Desk) Release(ctx context.Context, student, to int64, lasts time.Duration, reason string) (g data.Grant, err error) {
	if reason, err = data.Reasoned(reason); err != nil {
		return g, err
	}
	if lasts <= 0 || lasts > data.ReleaseMost {
		return g, &data.Invalid{Field: "for", Why: data.WhyTooMany}
	}
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		now := d.db.now()
		s, err := d.seen(t, me, student)
		if err == nil {
			err = me.MayRelease(now)
		}
		if err == nil {
			err = d.mayBeEntrusted(t, to)
		}
		if err != nil {
			return nil, err
		}
		g = data.Grant{Role: data.BreakGlass, Kind: data.ReleaseGrant, Scope: data.ScopeStudent, ScopeID: s.ID, From: now, Until: now.Add(lasts), GivenBy: me.ID, Reason: reason}
		return d.entrust(t, to, &g, s, data.ChildReleased)
	})
	return g, err
}

// Lend lends a class to a colleague until the end of a day, with a reason: they
// are its class teacher too, and do not lend it on. It ends with the school year
// and with the grant it comes from at the latest. The class teacher lends, and
// takes back with RevokeGrant.
func (d *Desk) Lend(ctx context.Context, class, to int64, until data.Date, reason string) (g data.Grant, err error) {
	if reason, err = data.Reasoned(reason); err != nil {
		return g, err
	}
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		now := d.db.now()
		own, err := me.MayLend(now, class)
		switch {
		case err != nil && !d.seesClass(me, class):
			return nil, data.ErrNotFound
		case err != nil:
			return nil, err
		case until.Before(d.db.today()):
			return nil, &data.Invalid{Field: "until", Why: data.WhyNotADate}
		case own.LentUntil(d.db.today()).Before(until):
			return nil, &data.Invalid{Field: "until", Why: data.WhyTooLate}
		case to == me.ID:
			return nil, &data.Invalid{Field: "to", Why: data.WhyTaken}
		}
		if err := d.mayBeEntrusted(t, to); err != nil {
			return nil, err
		}
		has, err := grants(t, to, d.db.today())
		if err != nil {
			return nil, err
		}
		g = data.Grant{Role: data.ClassTeacher, Kind: data.DelegatedGrant, Scope: data.ScopeClass, ScopeID: class, Class: own.Class, From: now, Until: until.AddDays(1).Start(),
			Source: own.ID, GivenBy: me.ID, Reason: reason}
		if err := data.GoTogether(now, has, g); err != nil {
			return nil, &data.Invalid{Field: "to", Why: data.WhyTaken}
		}
		return d.entrust(t, to, &g, data.Student{}, data.ClassLent)
	})
	return g, err
}

// entrust gives somebody a right of the moment, and tells whom it concerns.
func (d *Desk) entrust(t *tx, to int64, g *data.Grant, s data.Student, did data.Deed) (refs []data.Ref, err error) {
	if g.ID, err = t.insert("INSERT INTO role_grant (account, role, scope_kind, scope_id, from_at, until_at, given_by, source, kind, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		to, g.Role, g.Scope, g.ScopeID, stamp(g.From), stamp(g.Until), g.GivenBy, ref(g.Source), g.Kind, g.Reason); err != nil {
		return nil, err
	}
	refs = []data.Ref{{Kind: "account", ID: to}, {Kind: "account", ID: g.GivenBy}}
	level := data.Open
	if s.ID != 0 {
		level = data.Restricted
		hears, err := d.hears(t, to, *g, s.Place())
		if err != nil {
			return nil, err
		}
		for _, id := range hears {
			refs = append(refs, data.Ref{Kind: "account", ID: id})
		}
	} else {
		refs = append(refs, data.Ref{Kind: "class", ID: g.ScopeID})
	}
	return refs, d.audit(t, entry{did: did, what: data.Ref{Kind: "account", ID: to}, student: s.ID, household: s.Household, level: level, now: *g})
}

// hears lists the accounts that are told of a right over a child. Only a role
// over the school or the class, or something secret that one wrote, can make
// one of them.
func (d *Desk) hears(t *tx, holder int64, g data.Grant, p data.Place) (out []int64, err error) {
	now := stamp(d.db.now())
	ids, err := list(t, "SELECT DISTINCT account FROM role_grant WHERE from_at <= ? AND (until_at IS NULL OR until_at > ?) "+
		"AND (scope_kind = 'school' OR scope_kind = 'class' AND scope_id = ?) "+
		"UNION SELECT c.staff FROM contact c JOIN contact_student x ON x.contact = c.id WHERE x.student = ? AND c.level = 4 AND c.deleted_at IS NULL",
		[]any{now, now, p.Class, p.Student}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	for _, id := range ids {
		a, e := account(t, id, d.db.today())
		if e != nil {
			return nil, e
		}
		wrote, e := wroteSecret(t, id, p.Student)
		if err = errors.Join(err, e); a.HearsOf(d.db.now(), g, holder, p, wrote) {
			out = append(out, id)
		}
	}
	return out, err
}

// wroteSecret reports whether an account has written something secret about a
// student.
func wroteSecret(t *tx, account, student int64) (wrote bool, err error) {
	err = t.row("SELECT EXISTS (SELECT 1 FROM contact c JOIN contact_student x ON x.contact = c.id WHERE x.student = ? AND c.staff = ? AND c.level = 4 AND c.deleted_at IS NULL)",
		[]any{student, account}, &wrote)
	return wrote, err
}

// mayBeEntrusted reports, as a fault of the field "to", that an account has no
// part in the work with families, or is closed.
func (d *Desk) mayBeEntrusted(t *tx, id int64) error {
	a, err := account(t, id, d.db.today())
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if now := d.db.now(); err != nil || !a.Open(now) || !a.OnStaff(now) {
		return &data.Invalid{Field: "to", Why: data.WhyNotStaff}
	}
	return nil
}

// Colleagues lists, by user name, whom one may lend a class or release a child
// to: names, which everybody on the staff may know.
func (d *Desk) Colleagues(ctx context.Context) (out []data.Colleague, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if !me.OnStaff(d.db.now()) {
			return data.ErrForbidden
		}
		ids, err := list(t, "SELECT id FROM account WHERE disabled_at IS NULL ORDER BY username", nil, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		for _, id := range ids {
			a, err := account(t, id, d.db.today())
			if err != nil {
				return err
			}
			if now := d.db.now(); a.Open(now) && a.OnStaff(now) {
				out = append(out, data.Colleague{ID: a.ID, Name: a.Name, Username: a.Username})
			}
		}
		return err
	})
	return out, err
}

// Lent lists the classes that the account has lent and those that were lent to
// it, as long as they are, the newest first.
func (d *Desk) Lent(ctx context.Context) (out []data.GrantLine, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out, err = d.grantLines(t, "WHERE g.kind = 'delegated' AND (g.account = ? OR g.given_by = ?) AND g.revoked_at IS NULL AND (g.until_at IS NULL OR g.until_at > ?)",
			me.ID, me.ID, stamp(d.db.now()))
		return err
	})
	return out, err
}

// standIns lists who stands in for the class teacher of a class now.
func (d *Desk) standIns(t *tx, class int64) (out []data.StandIn, err error) {
	now := d.db.now()
	gs, err := d.grantLines(t, "WHERE g.kind = 'delegated' AND g.scope_kind = 'class' AND g.scope_id = ? AND g.revoked_at IS NULL AND g.until_at > ?", class, stamp(now))
	for _, g := range gs {
		if g.At(now) {
			out = append(out, data.StandIn{Grant: g.ID, Name: g.Name, Until: data.DayOf(g.Until.Add(-time.Millisecond))})
		}
	}
	return out, err
}

// entrusted gathers, of what was given for a time since an instant, that which me
// is told of, and that somebody took back what me was lent.
func (d *Desk) entrusted(t *tx, me data.Account, since string) (out []data.Change, err error) {
	gs, err := d.grantLines(t, "WHERE g.kind <> 'own' AND (g.from_at > ? OR g.revoked_at > ?)", since, since)
	if err != nil {
		return nil, err
	}
	for _, g := range gs {
		var s data.Student
		var wrote bool
		if g.Student() != 0 {
			if s, err = d.student(t, g.Student()); err != nil {
				return nil, err
			}
			if wrote, err = wroteSecret(t, me.ID, s.ID); err != nil {
				return nil, err
			}
		}
		if !me.HearsOf(d.db.now(), g.Grant, g.Account, s.Place(), wrote) {
			continue
		}
		c := data.Change{At: g.Grant.From, By: g.By, Did: string(g.Kind), Student: s.For(me.Reads(d.db.now(), s.Place())), Grant: g.ID, Class: g.Class, To: g.Name, Until: g.Until, Text: g.Reason, Sight: data.Whole}
		if !g.Revoked.IsZero() && g.Account == me.ID {
			c.At, c.Did = g.Revoked, "returned"
		}
		if stamp(c.At) > since {
			out = append(out, c)
		}
	}
	return out, nil
}

// Told lists the rights of the moment since an instant that the account is told
// of, the oldest first.
func (d *Desk) Told(ctx context.Context, since time.Time) (out []data.Change, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out, err = d.entrusted(t, me, stamp(since))
		return err
	})
	slices.SortStableFunc(out, func(a, b data.Change) int { return a.At.Compare(b.At) })
	return out, err
}
