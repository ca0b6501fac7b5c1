package store

import (
	"context"

	"qiao/data"
)

// Totals counts the term without names, of all the classes that the account may
// count: in all, by grade, by class. To an inspector what is under five is not a
// number, nor anything else that would tell it.
func (d *Desk) Totals(ctx context.Context) (out data.TermTotals, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		guarded := false
		var classes []data.ClassLine
		all, err := list(t, "SELECT class, grade, number FROM class_year WHERE year = ? ORDER BY grade, number", []any{d.year()},
			func(r row) (c data.ClassLine, err error) { return c, r.Scan(&c.Class, &c.Name.Grade, &c.Name.Number) })
		if err != nil {
			return err
		}
		for _, c := range all {
			may, few := me.MayTotals(d.db.now(), data.Place{Class: c.Class})
			if may {
				classes, guarded = append(classes, c), guarded || few
			}
		}
		if len(classes) == 0 {
			return data.ErrForbidden
		}
		if out, err = d.totals(t, classes); err == nil && guarded {
			out = out.Guarded()
		}
		return err
	})
	return out, err
}

// A tally is the counts of a row as they are gathered: students and families, by
// id, because a family may have children in several classes.
type tally struct {
	students, families, left, reached map[int64]bool
	calls, visits, messages, others   int
	open, kept, broken                int
	contacts                          map[int64]bool
}

func newTally() *tally {
	return &tally{students: map[int64]bool{}, families: map[int64]bool{}, left: map[int64]bool{}, reached: map[int64]bool{}, contacts: map[int64]bool{}}
}

func (a *tally) row() data.TotalsRow {
	n := data.CountOf
	return data.TotalsRow{Students: n(len(a.students)), Families: n(len(a.families)), LeftBehind: n(len(a.left)), Contacts: n(len(a.contacts)), Calls: n(a.calls),
		Visits: n(a.visits), Messages: n(a.messages), Others: n(a.others), Reached: n(len(a.reached)), Open: n(a.open), Kept: n(a.kept), Broken: n(a.broken)}
}

// talk counts a contact once, of however many of its children the row has.
func (a *tally) talk(id int64, c data.Channel) {
	if a.contacts[id] {
		return
	}
	a.contacts[id] = true
	switch c.Kind() {
	case data.KindCall:
		a.calls++
	case data.KindVisit:
		a.visits++
	case data.KindMessage:
		a.messages++
	default:
		a.others++
	}
}

// totals gathers the rows of some classes. Everything that counts is read once,
// for all of them.
func (d *Desk) totals(t *tx, classes []data.ClassLine) (out data.TermTotals, err error) {
	cal, err := d.calendar(t)
	if err != nil {
		return out, err
	}
	out.On = d.db.today()
	out.Term = cal.Term(out.On)
	since, err := d.termStart(t)
	if err != nil {
		return out, err
	}
	all, byClass, byGrade, grades := newTally(), map[int64]*tally{}, map[int]*tally{}, []int{}
	of := map[int64][]*tally{}
	for _, c := range classes {
		if byGrade[c.Name.Grade] == nil {
			byGrade[c.Name.Grade], grades = newTally(), append(grades, c.Name.Grade)
		}
		byClass[c.Class] = newTally()
		of[c.Class] = []*tally{all, byGrade[c.Name.Grade], byClass[c.Class]}
	}
	if err := d.tally(t, of, since); err != nil {
		return out, err
	}
	out.All = all.row()
	for _, g := range grades {
		row := byGrade[g].row()
		row.Grade = g
		out.Grades = append(out.Grades, row)
	}
	for _, c := range classes {
		row := byClass[c.Class].row()
		row.Class = c.Name
		out.Classes = append(out.Classes, row)
	}
	return out, nil
}

// tally fills the tallies of each class from a day of the term on.
func (d *Desk) tally(t *tx, of map[int64][]*tally, since data.Date) error {
	today := d.db.today()
	month := data.On(today.Year(), today.Month(), 1)
	const here = "s.status IN ('enrolled', 'suspended', 'repeating') AND s." + live
	err := t.rows("SELECT s.id, s.household, s.class, EXISTS (SELECT 1 FROM student_tag g WHERE g.student = s.id AND g.tag = 'left_behind' AND (g.until IS NULL OR g.until >= ?)), "+
		"EXISTS (SELECT 1 FROM contact_student cs WHERE cs.household = s.household AND cs.reached = 1 AND cs.at >= ?) FROM student s WHERE s.class IS NOT NULL AND "+here,
		[]any{today, stamp(month.Start())}, func(r row) error {
			var student, household, class int64
			var left, reached bool
			err := r.Scan(&student, &household, &class, &left, &reached)
			for _, a := range of[class] {
				a.students[student], a.families[household] = true, true
				if left {
					a.left[student] = true
				}
				if reached {
					a.reached[household] = true
				}
			}
			return err
		})
	if err != nil {
		return err
	}
	err = t.rows("SELECT x.contact, s.class, c.channel FROM contact_student x JOIN contact c ON c.id = x.contact JOIN student s ON s.id = x.student "+
		"WHERE x.at >= ? AND x.gone = 0 AND c.channel <> 'group_notice' AND s.class IS NOT NULL AND "+here, []any{stamp(since.Start())}, func(r row) error {
		var id, class int64
		var ch data.Channel
		err := r.Scan(&id, &class, &ch)
		for _, a := range of[class] {
			a.talk(id, ch)
		}
		return err
	})
	if err != nil {
		return err
	}
	return t.rows("SELECT s.class, p.state FROM promise p JOIN student s ON s.id = p.student WHERE (p.state = 'open' OR p.closed_at >= ?) AND p."+live+" AND "+toFamily+" AND s.class IS NOT NULL AND "+here,
		[]any{stamp(since.Start())}, func(r row) error {
			var class int64
			var state data.PromiseState
			err := r.Scan(&class, &state)
			for _, a := range of[class] {
				switch state {
				case data.PromiseOpen:
					a.open++
				case data.PromiseKept:
					a.kept++
				case data.PromiseBroken:
					a.broken++
				}
			}
			return err
		})
}
