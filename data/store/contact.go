package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"qiao/data"
)

const contactSQL = "SELECT c.id, COALESCE(c.household, 0), c.at, c.written_at, c.duration_min, c.channel, c.direction, c.outcome, c.call_back_at, " +
	"c.level, c.staff, sp.name, c.topics, c.summary, c.quoted, c.quoted_on, COALESCE(c.meeting, 0), c.rev, c.updated_at, up.name, " +
	"EXISTS (SELECT 1 FROM promise q WHERE q.contact = c.id AND q.kind NOT IN ('ask', 'access') AND q.deleted_at IS NULL) " +
	"FROM contact c JOIN account sa ON sa.id = c.staff JOIN person sp ON sp.id = sa.person " +
	"JOIN account ua ON ua.id = c.updated_by JOIN person up ON up.id = ua.person "

// scanContact reads a row of contactSQL. Promises has one empty promise where
// there are some to read.
func scanContact(r row) (c data.Contact, err error) {
	var topics string
	var promised bool
	err = r.Scan(&c.ID, &c.Household, moment{&c.At}, moment{&c.Written}, &c.Minutes, &c.Channel, &c.Direction, &c.Outcome, moment{&c.CallBack},
		&c.Level, &c.Staff, &c.StaffName, &topics, &c.Summary, &c.Quoted, &c.QuotedOn, &c.Meeting, &c.Rev, moment{&c.SavedAt}, &c.SavedBy, &promised)
	if promised {
		c.Promises = make([]data.Promise, 1)
	}
	c.Topics = strings.Fields(topics)
	return c, found(err)
}

// contact reads one contact with everything that hangs on it, whoever asks, and
// where its students stand today.
func (d *Desk) contact(t *tx, id int64) (c data.Contact, of []data.Place, err error) {
	return d.contactWhere(t, "c."+live, id)
}

// contactWhere is contact for one that a condition holds of.
func (d *Desk) contactWhere(t *tx, where string, id int64) (c data.Contact, of []data.Place, err error) {
	st, err := t.stmt(contactSQL + "WHERE c.id = ? AND " + where)
	if err != nil {
		return c, nil, err
	}
	if c, err = scanContact(st.QueryRow(id)); err != nil {
		return c, nil, err
	}
	of, err = d.attach(t, &c)
	if err != nil {
		return c, nil, err
	}
	err = t.row("SELECT COALESCE(max(note), '') FROM contact_private WHERE contact = ?", []any{id}, &c.Private)
	return c, of, err
}

// attach reads what hangs on a contact: its students, whom it was with, its
// promises.
func (d *Desk) attach(t *tx, c *data.Contact) (of []data.Place, err error) {
	of, err = list(t, "SELECT cs.student, COALESCE(s.class, 0), s.name, COALESCE(y.grade, 0), COALESCE(y.number, 0) FROM contact_student cs "+
		"JOIN student s ON s.id = cs.student LEFT JOIN class_year y ON y.class = s.class AND y.year = ? "+
		"WHERE cs.contact = ? ORDER BY cs.position", []any{d.year(), c.ID}, func(r row) (p data.Place, err error) {
		var s data.Student
		err = r.Scan(&p.Student, &p.Class, &s.Name, &s.ClassName.Grade, &s.ClassName.Number)
		if c.StudentName == "" {
			c.StudentName, c.ClassName = s.Name, s.ClassName
		}
		return p, err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range of {
		c.Students = append(c.Students, p.Student)
	}
	err = t.rows("SELECT g.person, p.name, g.relation FROM contact_guardian g JOIN person p ON p.id = g.person WHERE g.contact = ? ORDER BY g.position",
		[]any{c.ID}, func(r row) error {
			var person int64
			var name string
			var relation data.Relation
			if err := r.Scan(&person, &name, &relation); err != nil {
				return err
			}
			if len(c.Guardians) == 0 {
				c.With, c.Relation = name, relation
			}
			c.Guardians = append(c.Guardians, person)
			return nil
		})
	if err != nil {
		return nil, err
	}
	if len(c.Promises) > 0 {
		if c.Promises, err = d.promisesOf(t, c.ID); err != nil {
			return nil, err
		}
	}
	if c.Level == data.Secret {
		c.Named, err = named(t, data.Ref{Kind: "contact", ID: c.ID})
	}
	return of, err
}

// shown is a contact as me may see it: whole, in outline, or not at all. The
// private note stays behind but where it was asked for by itself.
func (d *Desk) shown(me data.Account, c data.Contact, of []data.Place, private bool) (data.Contact, bool) {
	now := d.db.now()
	sight := me.SightOf(now, c.Authored(), of)
	if sight == data.None {
		return data.Contact{}, false
	}
	if c.Private != "" && sight == data.Whole {
		note := c.Authored()
		note.Level = c.PrivateLevel()
		c.Note = me.SightOf(now, note, of)
	}
	c = c.As(sight, private && c.Note == data.Whole)
	c.MayEdit, c.MayRemove = me.MayEdit(now, c, of) == nil, me.MayRemove(now, c, of) == nil
	return c, true
}

// Contact is one contact, whole where its reader may read it, but for its
// private note. Opening a text of level class or higher is logged, and so is
// that somebody was refused one.
func (d *Desk) Contact(ctx context.Context, id int64) (data.Contact, error) {
	return d.openContact(ctx, id, false)
}

// NotedContact is Contact with its private note, where its reader may open that;
// opening the note is logged.
func (d *Desk) NotedContact(ctx context.Context, id int64) (data.Contact, error) {
	return d.openContact(ctx, id, true)
}

func (d *Desk) openContact(ctx context.Context, id int64, private bool) (c data.Contact, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		all, of, err := d.contact(t, id)
		if err != nil {
			return err
		}
		var ok bool
		if c, ok = d.shown(me, all, of, private); !ok {
			t.denyContact(all)
			return data.ErrNotFound
		}
		e := entry{did: data.Viewed, what: data.Ref{Kind: "contact", ID: id}, student: c.Students[0], household: c.Household, level: c.Level}
		switch {
		case c.Sight == data.Exists:
			e.did = data.AccessRefused
			t.look(e)
		case c.Private != "":
			e.level = c.PrivateLevel()
			t.look(e)
		case c.Level > data.Normal:
			t.look(e)
		}
		return nil
	})
	if err != nil {
		return data.Contact{}, err // what cannot be logged is not given out
	}
	return c, nil
}

// Timeline is a page of contacts, newest first, of a student's family, of a
// class, of a member of staff, or of everybody in scope.
func (d *Desk) Timeline(ctx context.Context, q data.TimelineQuery) (out data.Timeline, err error) {
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 100
	}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		from, args, err := d.timelineOf(t, me, &q)
		if err != nil {
			return err
		}
		if q.Student != 0 {
			if out.Student, err = d.seen(t, me, q.Student); err != nil {
				return err
			}
			t.lookAt(out.Student, data.ViewedHistory, data.Normal)
		}
		if from, args, err = d.without(t, me, q, from, args); err != nil {
			return err
		}
		return d.page(t, me, q, from, args, &out)
	})
	return out, err
}

// without leaves out of a timeline what its reader does not know of at all, so
// that its sums do not tell either: a talk about a brother in another class, a
// secret one. Where they know of all that there may be it asks nothing.
func (d *Desk) without(t *tx, me data.Account, q data.TimelineQuery, from string, args []any) (string, []any, error) {
	now := d.db.now()
	cards, secrets := me.Knows(now, data.Normal), me.Knows(now, data.Secret)
	if cards.All && secrets.All || q.Staff == me.ID && q.Staff != 0 {
		return from, args, nil
	}
	if q.Student != 0 {
		s, err := d.student(t, q.Student)
		if err != nil {
			return "", nil, err
		}
		family, err := d.householdOf(t, s.Household)
		if err != nil {
			return "", nil, err
		}
		if !slices.ContainsFunc(family, func(s data.Student) bool { return !secrets.Has(s.Place()) }) {
			return from, args, nil
		}
	}
	var more []any
	of := func(s data.Scope) string {
		where, in := within("o.class", "o.id", s)
		more = append(more, in...)
		return "EXISTS (SELECT 1 FROM contact_student y JOIN student o ON o.id = y.student WHERE y.contact = x.contact AND " + where + ")"
	}
	where := " AND (EXISTS (SELECT 1 FROM contact w WHERE w.id = x.contact AND w.level < 4) AND " + of(cards) + " OR " + of(secrets) +
		" OR EXISTS (SELECT 1 FROM contact w WHERE w.id = x.contact AND w.staff = ?) OR EXISTS (SELECT 1 FROM named n WHERE n.record = 'contact' AND n.record_id = x.contact AND n.account = ?) AND "
	more = append(more, me.ID, me.ID)
	return from + where + of(cards) + ")", append(slices.Clone(args), more...), nil
}

// householdLine is where the contacts of a household stand: each once, for all
// students of one contact are of one household.
const householdLine = "contact_student x WHERE x.household = ? AND x.position = 0 AND x.gone = 0"

// timelineOf is where a timeline reads contact ids from: one range of one index
// of contact_student, as x, or of contact_staff.
func (d *Desk) timelineOf(t *tx, me data.Account, q *data.TimelineQuery) (from string, args []any, err error) {
	switch {
	case q.Student != 0:
		s, err := d.seen(t, me, q.Student)
		q.Class = s.Class
		if err == nil && !me.SeesCard(d.db.now(), s.Place()) {
			t.denyStudent(s)
			err = data.ErrForbidden
		}
		return householdLine, []any{s.Household}, err
	case q.Class != 0:
		if !me.SeesCard(d.db.now(), data.Place{Class: q.Class}) {
			return "", nil, data.ErrNotFound
		}
		return "contact_student x WHERE x.class = ? AND x.gone = 0", []any{q.Class}, nil
	case q.Staff != 0:
		if q.Staff != me.ID && !me.Finds(d.db.now()).All {
			return "", nil, data.ErrForbidden
		}
		return "contact_staff x WHERE x.account = ?", []any{q.Staff}, nil
	}
	scope := me.Finds(d.db.now())
	if scope.All {
		return "contact_student x WHERE x.position = 0 AND x.gone = 0", nil, nil
	}
	where, args := within("x.class", "x.student", scope)
	// What one wrote stays one's own to read, when the class is lost.
	return "contact_student x WHERE x.position = 0 AND x.gone = 0 AND (" + where + " OR EXISTS (SELECT 1 FROM contact_staff f WHERE f.contact = x.contact AND f.account = ?))",
		append(args, me.ID), nil
}

// within says in SQL which students a scope holds; data.Account.Sees says the
// same of one, and TestVisibleMatchesSees holds the two together.
func within(class, student string, s data.Scope) (string, []any) {
	if s.All {
		return "1 = 1", nil
	}
	var args []any
	in := func(ids []int64) string {
		for _, id := range ids {
			args = append(args, id)
		}
		return strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ")
	}
	where := "(" + class + " IN (" + in(s.Classes) + ") OR " + student + " IN (" + in(s.Students) + "))"
	return where, args
}

// page reads one page of a timeline and, for the first, its sums.
func (d *Desk) page(t *tx, me data.Account, q data.TimelineQuery, from string, args []any, out *data.Timeline) error {
	more, margs := "", []any{}
	if q.Before != nil {
		more, margs = " AND (x.at, x.contact) < (?, ?)", append(margs, stamp(q.Before.At), q.Before.ID)
	}
	var seen = map[int64]bool{}
	var ids []int64
	// A contact with two siblings stands there twice, and some are not for me or
	// not asked for: read on until the page is full.
	for len(out.Contacts) < q.Limit {
		ids = ids[:0]
		var at string
		var last int64
		err := t.asked(q)("SELECT x.contact, x.at FROM "+from+more+" ORDER BY x.at DESC, x.contact DESC LIMIT 200",
			append(append([]any{}, args...), margs...), func(r row) error {
				if err := r.Scan(&last, &at); err != nil {
					return err
				}
				if !seen[last] {
					seen[last] = true
					ids = append(ids, last)
				}
				return nil
			})
		if err != nil {
			return err
		}
		if last == 0 {
			break
		}
		for _, id := range ids {
			if len(out.Contacts) == q.Limit {
				break
			}
			c, ok, err := d.line(t, me, id, q)
			if err != nil {
				return err
			}
			if ok {
				out.Contacts = append(out.Contacts, c)
			}
		}
		more, margs = " AND (x.at, x.contact) < (?, ?)", []any{at, last}
	}
	if q.Before != nil {
		return nil
	}
	return d.sums(t, q, from, args, out)
}

// asked is how a timeline's statements run: those of somebody's scope are built
// from its classes, the others are few.
func (t *tx) asked(q data.TimelineQuery) func(string, []any, func(row) error) error {
	if q.Student == 0 && q.Class == 0 && q.Staff == 0 {
		return t.rowsOnce
	}
	return t.rows
}

// line is a contact for a list, if me may know of it and it was asked for.
func (d *Desk) line(t *tx, me data.Account, id int64, q data.TimelineQuery) (data.Contact, bool, error) {
	st, err := t.stmt(contactSQL + "WHERE c.id = ? AND c." + live)
	if err != nil {
		return data.Contact{}, false, err
	}
	c, err := scanContact(st.QueryRow(id))
	if errors.Is(err, data.ErrNotFound) { // deleted
		return c, false, nil
	}
	if err != nil || q.Kind != "" && c.Channel.Kind() != q.Kind || q.Failed && c.Outcome == data.Reached {
		return c, false, err
	}
	of, err := d.attach(t, &c)
	if err != nil {
		return data.Contact{}, false, err
	}
	c, ok := d.shown(me, c, of, false)
	if ok = ok && (!q.Promise || len(c.Promises) > 0); ok {
		t.texts(me, c)
	}
	return c, ok, nil
}

// sums counts a timeline: in all, this term, and per week of it.
func (d *Desk) sums(t *tx, q data.TimelineQuery, from string, args []any, out *data.Timeline) error {
	cal, err := d.calendar(t)
	if err != nil {
		return err
	}
	today := d.db.today()
	out.Term = cal.Term(today)
	err = t.asked(q)("SELECT count(*) FROM "+from, args, func(r row) error { return r.Scan(&out.Total) })
	if err != nil || out.Term.ID == 0 {
		return err
	}
	out.Weeks = make([]int, max(1, out.Term.Week(earlier(today, out.Term.Last))))
	return t.asked(q)("SELECT x.at FROM "+from+" AND x.at >= ?", append(append([]any{}, args...), stamp(out.Term.First.Start())), func(r row) error {
		var c data.Contact
		if err := r.Scan(moment{&c.At}); err != nil {
			return err
		}
		out.InTerm++
		if w := out.Term.Week(data.DayOf(c.At)) - 1; w >= 0 && w < len(out.Weeks) {
			out.Weeks[w]++
		}
		return nil
	})
}
