package store

import (
	"context"
	"errors"

	"qiao/data"
)

// ClassByName is the class of this school year that a name means.
func (d *Desk) ClassByName(ctx context.Context, name data.ClassName) (id int64, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := t.row("SELECT class FROM class_year WHERE year = ? AND grade = ? AND number = ?", []any{d.year(), name.Grade, name.Number}, &id); err != nil {
			return err
		}
		if !d.seesClass(me, id) {
			return data.ErrNotFound
		}
		return nil
	})
	return id, err
}

// seesClass reports whether me reads the roster of a class. The front desk
// finds children and has no roster.
func (d *Desk) seesClass(me data.Account, class int64) bool {
	return me.SeesCard(d.db.now(), data.Place{Class: class})
}

// Classes lists the classes of this school year whose roster me may read, with
// their sums.
func (d *Desk) Classes(ctx context.Context) (out []data.ClassLine, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		now := d.db.now()
		own := map[int64]bool{}
		for _, id := range me.Own(now) {
			own[id] = true
		}
		all, err := list(t, "SELECT class, grade, number FROM class_year WHERE year = ? ORDER BY grade, number", []any{d.year()},
			func(r row) (c data.ClassLine, err error) { return c, r.Scan(&c.Class, &c.Name.Grade, &c.Name.Number) })
		if err != nil {
			return err
		}
		teachers, err := d.teachers(t)
		if err != nil {
			return err
		}
		for _, c := range all {
			if !d.seesClass(me, c.Class) {
				continue
			}
			sums, err := d.db.rosters.sumsOf(c.Class, d.db.today(), t.turn, func() (classLine, error) { return d.classSums(t, c.Class) })
			if err != nil {
				return err
			}
			line := sums.upTo(me.Reads(now, data.Place{Class: c.Class}))
			line.Class, line.Name, line.Teacher, line.Mine = c.Class, c.Name, teachers[c.Class], own[c.Class]
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

// classSums counts what the list of classes shows of one. It is the same for
// all who see the class, and a big school has thousands.
func (d *Desk) classSums(t *tx, class int64) (c classLine, err error) {
	today := d.db.today()
	term, err := d.termStart(t)
	if err != nil {
		return c, err
	}
	month := data.On(today.Year(), today.Month(), 1)
	if err = t.row("SELECT count(*), "+
		"COALESCE(sum(EXISTS (SELECT 1 FROM contact_student cs WHERE cs.student = s.id AND cs.reached = 1 AND cs.at >= ?)), 0), "+
		"COALESCE(sum(EXISTS (SELECT 1 FROM contact_student cs WHERE cs.student = s.id AND cs.visit = 1 AND cs.at >= ?)), 0) "+
		"FROM student s WHERE s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') AND s."+live,
		[]any{stamp(month.Start()), stamp(term.Start()), class}, &c.Students, &c.Month, &c.Visited); err != nil {
		return c, err
	}
	err = t.rows("SELECT p.level, count(*), COALESCE(sum(p.due_on < ?), 0) FROM student s JOIN promise p ON p.household = s.household AND p.student = s.id AND p.state = 'open' "+
		"WHERE s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') AND s."+live+" AND p."+live+" AND "+toFamily+" GROUP BY p.level", []any{today, class}, func(r row) error {
		var l data.Level
		var open, late int
		if err := r.Scan(&l, &open, &late); err != nil {
			return err
		}
		l = max(data.Open, min(l, data.Secret))
		c.open[l], c.late[l] = c.open[l]+open, c.late[l]+late
		return nil
	})
	return c, err
}

// teachers names the class teacher of every class, as teacher does of one.
func (d *Desk) teachers(t *tx) (map[int64]string, error) {
	now := stamp(d.db.now())
	out := map[int64]string{}
	err := t.rows("SELECT g.scope_id, p.name FROM role_grant g JOIN account a ON a.id = g.account JOIN person p ON p.id = a.person "+
		"WHERE g.scope_kind = 'class' AND g.role = 'class-teacher' AND g.kind = 'own' AND g.pending = 0 AND g.from_at <= ? AND (g.until_at IS NULL OR g.until_at > ?) ORDER BY g.id DESC",
		[]any{now, now}, func(r row) error {
			var class int64
			var name string
			err := r.Scan(&class, &name)
			out[class] = name // the first grant comes last
			return err
		})
	return out, err
}

// Roster is one class of this school year, with everything that its list and
// its detail pane show. Tags are masked: a row tells that there are some.
func (d *Desk) Roster(ctx context.Context, class int64) (out data.Roster, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out.Class = class
		if !d.seesClass(me, class) {
			return data.ErrNotFound
		}
		if err := t.row("SELECT grade, number FROM class_year WHERE class = ? AND year = ?", []any{class, d.year()}, &out.Name.Grade, &out.Name.Number); err != nil {
			return err
		}
		if _, out.Teacher, err = d.teacher(t, class); err != nil {
			return err
		}
		if out.Stand, err = d.standIns(t, class); err != nil {
			return err
		}
		_, lends := me.MayLend(d.db.now(), class)
		out.MayLend, out.Passing = lends == nil, me.Passing(d.db.now(), data.Place{Class: class})
		facts, err := d.db.rosters.get(class, d.db.today(), t.turn, func() (*classFacts, error) { return d.classFacts(t, class) })
		if err != nil {
			return err
		}
		out.Rows = make([]data.RosterRow, len(facts.rows))
		for i := range facts.rows {
			out.Rows[i] = d.rowFor(t, me, &facts.rows[i])
		}
		return nil
	})
	return out, err
}

// RosterRow is one student as a roster shows it, beside lists that name children
// of several classes. It comes from what rosters keep and is not logged, as
// rosters are not.
func (d *Desk) RosterRow(ctx context.Context, student int64) (out data.RosterRow, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		s, err := d.seen(t, me, student)
		if err != nil {
			return err
		}
		if !me.SeesCard(d.db.now(), s.Place()) || s.Class == 0 {
			return data.ErrNotFound
		}
		facts, err := d.db.rosters.get(s.Class, d.db.today(), t.turn, func() (*classFacts, error) { return d.classFacts(t, s.Class) })
		if err != nil {
			return err
		}
		for i := range facts.rows {
			if facts.rows[i].row.Student.ID == student {
				out = d.rowFor(t, me, &facts.rows[i])
				return nil
			}
		}
		return data.ErrNotFound
	})
	return out, err
}

// RosterTags is the tags of a class, by student, for those who may read them.
// Showing them is logged, child by child.
func (d *Desk) RosterTags(ctx context.Context, class int64) (out map[int64][]data.Tag, err error) {
	var ids []int64
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if !d.seesClass(me, class) {
			return data.ErrNotFound
		}
		ids, err = list(t, "SELECT id FROM student WHERE class = ? AND "+live, []any{class}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.Tags(ctx, ids)
}

// Tags is the tags of some students, by student. Those whose tags the reader
// may not see are left out; if that is all, the answer is ErrForbidden. Showing
// them is logged, child by child.
func (d *Desk) Tags(ctx context.Context, students []int64) (out map[int64][]data.Tag, err error) {
	out = map[int64][]data.Tag{}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		for _, id := range students {
			s, err := d.seen(t, me, id)
			if err == nil && me.SeesLevel(d.db.now(), s.Place(), data.Restricted) == data.Whole {
				out[id], err = d.tags(t, s)
				t.lookAt(s, data.ViewedTags, data.Restricted)
			}
			if err != nil && !errors.Is(err, data.ErrNotFound) {
				return err
			}
		}
		if len(out) == 0 && len(students) > 0 {
			return data.ErrForbidden
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
