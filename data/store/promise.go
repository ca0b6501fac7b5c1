package store

import (
	"context"
	"errors"
	"time"

	"qiao/data"
)

const promiseSQL = "SELECT p.id, COALESCE(p.contact, 0), p.household, COALESCE(p.student, 0), COALESCE(s.name, ''), COALESCE(y.grade, 0), COALESCE(y.number, 0), " +
	"p.kind, p.text, COALESCE(p.owner_account, 0), COALESCE(p.owner_person, 0), COALESCE(op.name, gp.name, ''), p.due_on, p.state, p.result, p.level, " +
	"p.closed_at, COALESCE(cp.name, ''), p.rev, p.created_by, p.updated_at, up.name " +
	"FROM promise p LEFT JOIN student s ON s.id = p.student LEFT JOIN class_year y ON y.class = s.class AND y.year = ? " +
	"LEFT JOIN account oa ON oa.id = p.owner_account LEFT JOIN person op ON op.id = oa.person LEFT JOIN person gp ON gp.id = p.owner_person " +
	"LEFT JOIN account ca ON ca.id = p.closed_by LEFT JOIN person cp ON cp.id = ca.person " +
	"JOIN account ua ON ua.id = p.updated_by JOIN person up ON up.id = ua.person WHERE p." + live + " "

// A stored promise, with who made it and who saved it last.
type promised struct {
	data.Promise
	writer  int64
	named   []int64 // by its contact, where that is secret
	savedBy string
	savedAt time.Time
}

// authored is what decides who reads a promise: it has its contact's level.
func (p promised) authored() data.Authored {
	return data.Authored{Level: p.Level, Writer: p.writer, Named: p.named}
}

// promisesWhere lists what a query finds, whoever asks.
func (d *Desk) promisesWhere(t *tx, where string, args ...any) ([]promised, error) {
	all, err := list(t, promiseSQL+where, append([]any{d.year()}, args...), scanPromise)
	for i := range all {
		if all[i].Level == data.Secret && err == nil {
			all[i].named, err = named(t, data.Ref{Kind: "contact", ID: all[i].Contact})
		}
	}
	return all, err
}

func scanPromise(r row) (p promised, err error) {
	err = r.Scan(&p.ID, &p.Contact, &p.Household, &p.Student, &p.StudentName, &p.ClassName.Grade, &p.ClassName.Number,
		&p.Kind, &p.Text, &p.Owner, &p.OwnerPerson, &p.OwnerName, &p.Due, &p.State, &p.Result, &p.Level,
		moment{&p.ClosedAt}, &p.ClosedBy, &p.Rev, &p.writer, moment{&p.savedAt}, &p.savedBy)
	return p, found(err)
}

// toFamily is of promises those that are some: no colleague's question.
const toFamily = "p.kind NOT IN ('ask', 'access')"

// promisesOf lists the promises of one contact, in the order they were made.
func (d *Desk) promisesOf(t *tx, contact int64) (out []data.Promise, err error) {
	err = t.rows(promiseSQL+"AND p.contact = ? AND "+toFamily+" ORDER BY p.id", []any{d.year(), contact}, func(r row) error {
		p, err := scanPromise(r)
		out = append(out, p.Promise)
		return err
	})
	return out, err
}

// promises lists what a query finds, as far as me may read each: a promise has
// its contact's level.
func (d *Desk) promises(t *tx, me data.Account, where string, args ...any) (out []data.Promise, err error) {
	all, err := d.promisesWhere(t, where, args...)
	for _, p := range all {
		var s data.Student
		if s, err = d.student(t, p.Student); err != nil {
			return nil, err
		}
		if me.SightOf(d.db.now(), p.authored(), []data.Place{s.Place()}) == data.Whole || p.Owner == me.ID && p.Owner != 0 && me.Sees(d.db.now(), s.Place()) {
			out = append(out, p.Promise)
			t.promised(me, p)
		}
	}
	return out, err
}

// Promise is one promise.
func (d *Desk) Promise(ctx context.Context, id int64) (p data.Promise, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		ps, err := d.promises(t, me, "AND p.id = ?", id)
		if err == nil && len(ps) == 0 {
			err = data.ErrNotFound
		}
		if err == nil {
			p = ps[0]
		}
		return err
	})
	return p, err
}

// SavePromise stores a promise, new (with a student) or over the revision it
// was read at: its text, its day, and whether it was kept. Whoever may read it
// and may record with the student may; of their own, who may write down calls that
// come in, but not give it to somebody else.
func (d *Desk) SavePromise(ctx context.Context, p data.Promise) (data.Promise, error) {
	p = p.Tidy()
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		s, err := d.seen(t, me, p.Student)
		var was *promised
		if err == nil && p.ID != 0 {
			was, err = d.openPromise(t, me, s, &p)
		}
		if err == nil {
			err = d.mayPromise(me, s, was, &p)
		}
		if err != nil {
			return nil, err
		}
		p.Household, p.StudentName, p.ClassName = s.Household, s.Name, s.ClassName
		if p.Owner == 0 && p.OwnerPerson == 0 {
			p.Owner = me.ID
		}
		if err := p.Check(); err != nil {
			return nil, err
		}
		if err := d.storePromise(t, me, &p, was); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "promise", ID: p.ID}
		refs, err := d.touched(t, what, []data.Student{s})
		if err != nil {
			return nil, err
		}
		refs = append(refs, data.Ref{Kind: "account", ID: me.ID})
		for _, owner := range []int64{p.Owner, ownerOf(was)} {
			if owner != 0 {
				refs = append(refs, data.Ref{Kind: "account", ID: owner})
			}
		}
		return refs, d.audit(t, entry{did: promiseDeeds[p.State], what: what, student: s.ID, household: s.Household, level: p.Level, was: before(was), now: p})
	})
	return p, err
}

func (d *Desk) mayPromise(me data.Account, s data.Student, was *promised, p *data.Promise) error {
	err := me.MayRecord(d.db.now(), s.Place(), data.PhoneCall, data.Outgoing)
	if err != nil && was != nil && me.ID != 0 && was.Owner == me.ID {
		p.Owner, p.OwnerPerson = me.ID, 0
		return me.MayRecord(d.db.now(), s.Place(), data.PhoneCall, data.Incoming)
	}
	return err
}

// promiseDeeds is what saving a promise in a state is called.
var promiseDeeds = map[data.PromiseState]data.Deed{data.PromiseOpen: data.SavedPromise, data.PromiseKept: data.KeptPromise,
	data.PromiseBroken: data.BrokePromise, data.PromiseDropped: data.DroppedPromise}

func ownerOf(p *promised) int64 {
	if p == nil {
		return 0
	}
	return p.Owner
}

func before(p *promised) any {
	if p == nil {
		return nil
	}
	return p.Promise
}

// openPromise is the stored promise that p changes, if it is the revision p was
// read at. What p cannot change is taken from it.
func (d *Desk) openPromise(t *tx, me data.Account, s data.Student, p *data.Promise) (*promised, error) {
	found, err := d.promisesWhere(t, "AND p.id = ?", p.ID)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	was := found[0]
	mine := was.Owner == me.ID && me.ID != 0
	if was.Student != s.ID || !mine && me.SightOf(d.db.now(), was.authored(), []data.Place{s.Place()}) != data.Whole {
		return nil, data.ErrNotFound
	}
	if was.Rev != p.Rev {
		return nil, &data.Conflict{Ref: data.Ref{Kind: "promise", ID: p.ID}, Rev: was.Rev, By: was.savedBy, At: was.savedAt}
	}
	p.Contact, p.Level, p.Kind = was.Contact, was.Level, was.Kind
	return &was, nil
}

// storePromise writes one promise, new or changed.
func (d *Desk) storePromise(t *tx, me data.Account, p *data.Promise, was *promised) (err error) {
	now := d.db.now()
	closedAt, closedBy := any(nil), any(nil)
	if p.State != data.PromiseOpen {
		if was == nil || was.State == data.PromiseOpen {
			p.ClosedAt, p.ClosedBy = now, me.Name
		}
		closedAt, closedBy = stamp(p.ClosedAt), me.ID
	} else {
		p.ClosedAt, p.ClosedBy = time.Time{}, ""
	}
	if p.OwnerName, err = d.ownerName(t, *p); err != nil {
		return err
	}
	if was == nil {
		p.Rev = 1
		p.ID, err = t.insert("INSERT INTO promise (contact, household, student, kind, text, owner_account, owner_person, due_on, state, closed_at, closed_by, "+
			"result, level, rev, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
			ref(p.Contact), p.Household, ref(p.Student), p.Kind, p.Text, ref(p.Owner), ref(p.OwnerPerson), p.Due, p.State, closedAt, closedBy,
			p.Result, p.Level, stamp(now), me.ID, stamp(now), me.ID)
		return err
	}
	p.Rev = was.Rev + 1
	if _, err = t.exec("UPDATE promise SET text = ?, owner_account = ?, owner_person = ?, due_on = ?, state = ?, closed_at = ?, closed_by = ?, result = ?, "+
		"level = ?, rev = ?, updated_at = ?, updated_by = ? WHERE id = ?", p.Text, ref(p.Owner), ref(p.OwnerPerson), p.Due, p.State, closedAt, closedBy,
		p.Result, p.Level, p.Rev, stamp(now), me.ID, p.ID); err != nil {
		return err
	}
	return d.revision(t, data.Ref{Kind: "promise", ID: p.ID}, was.Rev, was.Promise)
}

// ownerName is who owes a promise: a member of staff, or a guardian of the
// student.
func (d *Desk) ownerName(t *tx, p data.Promise) (name string, err error) {
	if p.Owner != 0 {
		err = t.row("SELECT p.name FROM account a JOIN person p ON p.id = a.person WHERE a.id = ?", []any{p.Owner}, &name)
	} else {
		err = t.row("SELECT p.name FROM guardianship g JOIN person p ON p.id = g.person WHERE g.student = ? AND g.person = ?",
			[]any{p.Student, p.OwnerPerson}, &name)
	}
	if errors.Is(err, data.ErrNotFound) {
		err = &data.Invalid{Field: "owner", Why: data.WhyUnknown}
	}
	return name, err
}

// putPromises stores the promises of a contact that is being saved. A
// correction changes those it names and leaves the others.
func (d *Desk) putPromises(t *tx, me data.Account, c *data.Contact, was *data.Contact, s data.Student) (refs []data.Ref, err error) {
	for i := range c.Promises {
		p := &c.Promises[i]
		p.Contact, p.Household, p.Level = c.ID, c.Household, c.Level
		if p.Student == 0 {
			p.Student = s.ID
		}
		p.StudentName, p.ClassName = s.Name, s.ClassName
		var old *promised
		if p.ID != 0 {
			if old, err = d.openPromise(t, me, s, p); err != nil {
				return nil, err
			}
			p.Level = c.Level
			if same(old.Promise, *p) {
				continue
			}
		}
		if err := d.storePromise(t, me, p, old); err != nil {
			return nil, err
		}
		refs = append(refs, data.Ref{Kind: "promise", ID: p.ID})
		if p.Owner != 0 {
			refs = append(refs, data.Ref{Kind: "account", ID: p.Owner})
		}
	}
	if was != nil && was.Level != c.Level { // a promise has its contact's level
		_, err = t.exec("UPDATE promise SET level = ? WHERE contact = ?", c.Level, c.ID)
	}
	return refs, err
}

// same reports whether saving p over old would change nothing.
func same(old, p data.Promise) bool {
	return old.Text == p.Text && old.Due == p.Due && old.State == p.State && old.Result == p.Result &&
		old.Owner == p.Owner && old.OwnerPerson == p.OwnerPerson && old.Level == p.Level
}

// mostDue is how many promises of a whole school are listed.
const mostDue = 200

// DueAll lists the open promises about all children in me's scope, whoever owes
// them: the longest overdue first, 200 at most.
func (d *Desk) DueAll(ctx context.Context) (out []data.Promise, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		where, args := within("c.class", "c.id", me.Finds(d.db.now()))
		out, err = d.promises(t, me, "AND p.id IN (SELECT o.id FROM promise o JOIN student c ON c.id = o.student WHERE o.state = 'open' AND o."+live+" AND "+where+
			" ORDER BY o.due_on IS NULL, o.due_on, o.id LIMIT ?) ORDER BY p.due_on IS NULL, p.due_on, p.id", append(args, mostDue)...)
		return err
	})
	return out, err
}

// Due lists the open promises that fall due until a day, the zero Date for
// any: of one class, or, with class 0, those that me owes and those of me's own
// classes. The longest overdue come first.
func (d *Desk) Due(ctx context.Context, class int64, until data.Date) (out []data.Promise, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		where, args := "p.owner_account = ?", []any{me.ID}
		if class != 0 {
			if !d.seesClass(me, class) {
				return data.ErrNotFound
			}
			where, args = "s.class = ?", []any{class}
		} else if own := me.Own(d.db.now()); len(own) > 0 {
			in, ids := within("s.class", "s.id", data.Scope{Classes: own})
			where, args = "(p.owner_account = ? OR "+in+")", append(args, ids...)
		}
		if !until.IsZero() {
			where, args = where+" AND p.due_on <= ?", append(args, until)
		}
		out, err = d.promises(t, me, "AND p.state = 'open' AND "+where+" ORDER BY p.due_on IS NULL, p.due_on, p.id LIMIT 1000", args...)
		return err
	})
	return out, err
}
