package store

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
)

// live is what a record that was not deleted has.
const live = "deleted_at IS NULL"

const studentSQL = "SELECT s.id, s.household, COALESCE(s.class, 0), COALESCE(y.grade, 0), COALESCE(y.number, 0), s.number, s.name, s.reading, " +
	"s.former_name, s.sex, s.birth, s.status, s.boarding, s.entered_on, s.left_on, s.rev " +
	"FROM student s LEFT JOIN class_year y ON y.class = s.class AND y.year = ? WHERE s." + live + " "

func scanStudent(r row) (s data.Student, err error) {
	err = r.Scan(&s.ID, &s.Household, &s.Class, &s.ClassName.Grade, &s.ClassName.Number, &s.Number, &s.Name, &s.Reading,
		&s.Former, &s.Sex, &s.Birth, &s.Status, &s.Boarding, &s.Entered, &s.Left, &s.Rev)
	return s, found(err)
}

// student reads one student, whoever asks: callers ask the rules.
func (d *Desk) student(t *tx, id int64) (data.Student, error) {
	st, err := t.stmt(studentSQL + "AND s.id = ?")
	if err != nil {
		return data.Student{}, err
	}
	return scanStudent(st.QueryRow(d.year(), id))
}

// seen reads one student whom me sees, as me sees them; the others are not there.
func (d *Desk) seen(t *tx, me data.Account, id int64) (data.Student, error) {
	s, err := d.student(t, id)
	if err != nil {
		return s, err
	}
	if !me.Sees(d.db.now(), s.Place()) {
		t.denyStudent(s)
		return data.Student{}, data.ErrNotFound
	}
	return s.For(me.Reads(d.db.now(), s.Place())), nil
}

// household lists the students of one household, the oldest first.
func (d *Desk) householdOf(t *tx, household int64) ([]data.Student, error) {
	return list(t, studentSQL+"AND s.household = ? ORDER BY s.birth, s.id", []any{d.year(), household}, scanStudent)
}

// year is the running school year.
func (d *Desk) year() int { return data.SchoolYear(d.db.today()) }

const guardianSQL = "SELECT g.id, g.student, g.person, p.name, g.relation, g.relation_text, g.call_order, g.legal, g.lives_with, g.may_collect, " +
	"g.do_not_contact, p.best_time, p.language, p.work_unit, p.work_place, p.away_since, p.rev, p.updated_at, COALESCE(u.name, ''), " +
	"COALESCE(f.id, 0), COALESCE(f.e164, ''), COALESCE(f.label, ''), f.bad_since " +
	"FROM guardianship g JOIN person p ON p.id = g.person LEFT JOIN account a ON a.id = p.updated_by LEFT JOIN person u ON u.id = a.person " +
	"LEFT JOIN phone f ON f.person = g.person "

// guardianOrder is by student, in calling order, each with the phones together.
const guardianOrder = " ORDER BY g.student, g.call_order, g.id, f.position, f.id"

// guardians lists a student's guardians in calling order, with their phones.
func guardians(t *tx, student int64) (out []data.Guardian, err error) {
	err = t.rows(guardianSQL+"WHERE g.student = ?"+guardianOrder, []any{student}, gather(&out))
	return out, err
}

// gather folds the rows of guardianSQL, one a phone, into guardians.
func gather(out *[]data.Guardian) func(row) error {
	return func(r row) error {
		var g data.Guardian
		var p data.Phone
		err := r.Scan(&g.ID, &g.Student, &g.Person, &g.Name, &g.Relation, &g.RelationText, &g.Order, &g.Legal, &g.LivesWith, &g.MayCollect,
			&g.DoNotContact, &g.BestTime, &g.Language, &g.WorkUnit, &g.WorkPlace, &g.AwaySince, &g.Rev, moment{&g.At}, &g.ByName,
			&p.ID, &p.E164, &p.Label, &p.Bad)
		if err != nil {
			return err
		}
		if n := len(*out); n == 0 || (*out)[n-1].ID != g.ID {
			*out = append(*out, g)
		}
		if last := &(*out)[len(*out)-1]; p.ID != 0 {
			last.Phones = append(last.Phones, p)
		}
		return nil
	}
}

// shownTo is the guardians as me may see them, who sees the student. Whom one
// must not call has no number on any screen.
func (d *Desk) shownTo(me data.Account, p data.Place, gs []data.Guardian) []data.Guardian {
	reads := me.Reads(d.db.now(), p)
	for i := range gs {
		gs[i] = gs[i].For(reads)
	}
	return uncalled(gs)
}

// uncalled takes the numbers away of whom one must not call.
func uncalled(gs []data.Guardian) []data.Guardian {
	for i := range gs {
		if gs[i].DoNotContact {
			gs[i].Phones = nil
		}
	}
	return gs
}

// tags lists the tags of a student that hold on a day, the computed ones among
// them, the most pressing first.
func (d *Desk) tags(t *tx, s data.Student) (out []data.Tag, err error) {
	today := d.db.today()
	has := map[data.Tag]bool{}
	err = t.rows("SELECT tag FROM student_tag WHERE student = ? AND (until IS NULL OR until >= ?)", []any{s.ID, today}, func(r row) error {
		var tag data.Tag
		err := r.Scan(&tag)
		has[tag] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	var structure data.Structure
	if err := t.row("SELECT COALESCE(max(structure), '') FROM household_care WHERE household = ?", []any{s.Household}, &structure); err != nil {
		return nil, err
	}
	has[data.SingleParent] = structure == data.OneParent
	if has[data.NewHere], err = d.newHere(t, s); err != nil {
		return nil, err
	}
	for _, tag := range data.Tags {
		if has[tag] {
			out = append(out, tag)
		}
	}
	return out, nil
}

// newHere reports whether a student entered in the running term, later than the
// cohort that begins with the school year.
func (d *Desk) newHere(t *tx, s data.Student) (bool, error) {
	cal, err := d.calendar(t)
	if err != nil || s.Entered.IsZero() {
		return false, err
	}
	term := cal.Term(d.db.today())
	return term.ID != 0 && term.First.Before(s.Entered), nil
}

// FindStudent is the student a word means: a student number, or a query with
// one hit. A name that one child has is that child's, though it finds the
// brother by his sister's name too. ErrAmbiguous where several fit.
func (d *Desk) FindStudent(ctx context.Context, word string) (s data.Student, err error) {
	word = strings.TrimSpace(word)
	err = d.read(ctx, func(t *tx, me data.Account) error {
		var id int64
		err := t.row("SELECT id FROM student WHERE number = ? AND "+live, []any{word}, &id)
		if err == nil {
			if s, err = d.seen(t, me, id); !errors.Is(err, data.ErrNotFound) {
				return err
			}
		} else if !errors.Is(err, data.ErrNotFound) {
			return err
		}
		r := d.ask(t, me, word, 20)
		if r.Total == 0 {
			return data.ErrNotFound
		}
		var exact []data.Student
		for _, h := range r.Hits {
			one, err := d.seen(t, me, h.Student)
			if err != nil {
				return err
			}
			if r.Total == 1 || one.Name == word {
				exact = append(exact, one)
			}
		}
		if len(exact) != 1 {
			return data.ErrAmbiguous
		}
		s = exact[0]
		return nil
	})
	return s, err
}
