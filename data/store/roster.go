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
		for _, c := range all {
			if !d.seesClass(me, c.Class) {
				continue
			}
			c.Mine = own[c.Class]
			if err := d.classSums(t, &c); err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

func (d *Desk) classSums(t *tx, c *data.ClassLine) (err error) {
	if _, c.Teacher, err = d.teacher(t, c.Class); err != nil {
		return err
	}
	today := d.db.today()
	term, err := d.termStart(t)
	if err != nil {
		return err
	}
	month := data.On(today.Year(), today.Month(), 1)
	return t.row("SELECT count(*), "+
		"COALESCE(sum(EXISTS (SELECT 1 FROM contact_student cs WHERE cs.student = s.id AND cs.reached = 1 AND cs.at >= ?)), 0), "+
		"COALESCE(sum(EXISTS (SELECT 1 FROM contact_student cs WHERE cs.student = s.id AND cs.visit = 1 AND cs.at >= ?)), 0), "+
		"COALESCE(sum((SELECT count(*) FROM promise p WHERE p.household = s.household AND p.student = s.id AND p.state = 'open' AND p.deleted_at IS NULL)), 0), "+
		"COALESCE(sum((SELECT count(*) FROM promise p WHERE p.household = s.household AND p.student = s.id AND p.state = 'open' AND p.due_on < ? AND p.deleted_at IS NULL)), 0) "+
		"FROM student s WHERE s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') AND s."+live,
		[]any{stamp(month.Start()), stamp(term.Start()), today, c.Class}, &c.Students, &c.Month, &c.Visited, &c.Open, &c.Late)
}

// Roster is one class of this school year, with everything that its list and
// its detail pane show. Tags are masked: a row tells that there are some.
func (d *Desk) Roster(ctx context.Context, class int64) (out data.Roster, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out.Class = class
		if !d.seesClass(me, class) {
			return data.ErrNotFound
		}
		err := t.row("SELECT grade, number FROM class_year WHERE class = ? AND year = ?", []any{class, d.year()}, &out.Name.Grade, &out.Name.Number)
		if err != nil {
			return err
		}
		if _, out.Teacher, err = d.teacher(t, class); err != nil {
			return err
		}
		students, err := list(t, studentSQL+"AND s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') ORDER BY s.number", []any{d.year(), class}, scanStudent)
		if err != nil {
			return err
		}
		by, err := d.classGuardians(t, class)
		if err != nil {
			return err
		}
		term, err := d.termStart(t)
		if err != nil {
			return err
		}
		for _, s := range students {
			row := data.RosterRow{Student: s, Guardians: d.shownTo(me, s.Place(), by[s.ID])}
			if err := d.rosterRow(t, me, &row, term); err != nil {
				return err
			}
			out.Rows = append(out.Rows, row)
		}
		return nil
	})
	return out, err
}

// classGuardians reads the guardians of a whole class at once.
func (d *Desk) classGuardians(t *tx, class int64) (map[int64][]data.Guardian, error) {
	var all []data.Guardian
	err := t.rows(guardianSQL+"WHERE g.student IN (SELECT id FROM student WHERE class = ?) ORDER BY g.student, g.call_order, g.id, f.position, f.id",
		[]any{class}, gather(&all))
	by := map[int64][]data.Guardian{}
	for _, g := range all {
		by[g.Student] = append(by[g.Student], g)
	}
	return by, err
}

// rosterRow fills in what a row says of contacts and promises.
func (d *Desk) rosterRow(t *tx, me data.Account, row *data.RosterRow, term data.Date) (err error) {
	s, today := row.Student, d.db.today()
	var line data.Timeline
	if err = d.newest(t, me, s, &line); err != nil {
		return err
	}
	if len(line.Contacts) > 0 {
		row.Last = &line.Contacts[0]
	}
	if row.LastOn, err = d.lastReached(t, s.Household); err != nil {
		return err
	}
	month := data.On(today.Year(), today.Month(), 1)
	row.Month, row.Visit = data.MarkOpen, data.MarkOpen
	var reached, visited bool
	err = t.row("SELECT EXISTS (SELECT 1 FROM contact_student WHERE student = ? AND reached = 1 AND at >= ?), "+
		"EXISTS (SELECT 1 FROM contact_student WHERE student = ? AND visit = 1 AND at >= ?)",
		[]any{s.ID, stamp(month.Start()), s.ID, stamp(term.Start())}, &reached, &visited)
	if err != nil {
		return err
	}
	if reached {
		row.Month = data.MarkDone
	}
	if visited {
		row.Visit = data.MarkDone
	}
	if row.Flagged, err = d.flagged(t, s); err != nil {
		return err
	}
	row.Promises, err = d.promises(t, me, "AND p.household = ? AND p.state = 'open' ORDER BY p.due_on IS NULL, p.due_on, p.id LIMIT 5", s.Household)
	return err
}

// newest reads the newest contact of a student's household that me may know of.
func (d *Desk) newest(t *tx, me data.Account, s data.Student, out *data.Timeline) error {
	ids, err := list(t, "SELECT x.contact FROM "+householdLine+" ORDER BY x.at DESC, x.contact DESC LIMIT 8",
		[]any{s.Household}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	for _, id := range ids {
		c, ok, err := d.line(t, me, id, data.TimelineQuery{})
		if err != nil {
			return err
		}
		if ok {
			out.Contacts = append(out.Contacts, c)
			return nil
		}
	}
	return err
}

// RosterTags is the tags of a class, by student, for those who may read them.
// Showing them is logged.
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
	return d.tagsOf(ctx, ids, data.Ref{Kind: "class", ID: class})
}

// Tags is the tags of some students, by student. Those whose tags the reader
// may not see are left out; if that is all, the answer is ErrForbidden. Showing
// them is logged.
func (d *Desk) Tags(ctx context.Context, students []int64) (map[int64][]data.Tag, error) {
	return d.tagsOf(ctx, students, data.Ref{Kind: "student"})
}

func (d *Desk) tagsOf(ctx context.Context, students []int64, what data.Ref) (out map[int64][]data.Tag, err error) {
	out = map[int64][]data.Tag{}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		for _, id := range students {
			s, err := d.seen(t, me, id)
			if err == nil && me.SeesLevel(d.db.now(), s.Place(), data.Restricted) == data.Whole {
				out[id], err = d.tags(t, s)
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
	return out, d.write(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		return nil, d.audit(t, entry{did: "view tags", what: what, level: data.Restricted, now: len(out)})
	})
}
