package store

import (
	"context"
	"fmt"
	"slices"

	"qiao/data"
)

// Care opens what is restricted about a student, as far as the reader may: in an
// emergency health, steps and restraints. Each field that holds something is
// written into the log in the same transaction; what cannot be logged is not
// given out. Who may know no more than that there is something is refused, and
// that is logged too.
func (d *Desk) Care(ctx context.Context, student int64) (c data.Care, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		s, err := d.seen(t, me, student)
		if err != nil {
			return nil, err
		}
		if c, err = d.care(t, s); err != nil {
			return nil, err
		}
		if c = c.For(me.Care(d.db.now(), s.Place())); c.Reach < data.CareUrgent {
			t.deny(data.Ref{Kind: "care", ID: s.ID}, s.ID, s.Household, data.Restricted)
			return nil, data.ErrForbidden
		}
		for _, field := range c.Filled() {
			if err := d.audit(t, entry{did: data.ViewedField, what: data.Ref{Kind: field, ID: s.ID}, student: s.ID, household: s.Household, level: data.Restricted}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	if err != nil {
		return data.Care{}, err
	}
	return c, nil
}

// care reads all that is restricted about a student, whoever asks.
func (d *Desk) care(t *tx, s data.Student) (c data.Care, err error) {
	c.Student = s.ID
	err = t.rows("SELECT tag, since, until, note FROM student_tag WHERE student = ? AND (until IS NULL OR until >= ?) ORDER BY id", []any{s.ID, d.db.today()},
		func(r row) error {
			var n data.TagNote
			err := r.Scan(&n.Tag, &n.Since, &n.Until, &n.Note)
			c.Tags = append(c.Tags, n)
			return err
		})
	if err != nil {
		return c, err
	}
	// The newer of the two halves tells who saved last.
	err = t.rows("SELECT k.health, k.emergency_steps, '', '', '', NULL, k.rev, 0, k.updated_at, COALESCE(p.name, '') FROM student_care k "+
		"LEFT JOIN account a ON a.id = k.updated_by LEFT JOIN person p ON p.id = a.person WHERE k.student = ? "+
		"UNION ALL SELECT '', '', k.structure, k.hardship, k.change, k.change_on, 0, k.rev, k.updated_at, COALESCE(p.name, '') FROM household_care k "+
		"LEFT JOIN account a ON a.id = k.updated_by LEFT JOIN person p ON p.id = a.person WHERE k.household = ?", []any{s.ID, s.Household}, func(r row) error {
		var half data.Care
		if err := r.Scan(&half.Health, &half.Emergency, &half.Structure, &half.Hardship, &half.Change, &half.ChangeOn, &half.Rev, &half.HomeRev,
			moment{&half.At}, &half.ByName); err != nil {
			return err
		}
		if half.HomeRev == 0 {
			c.Health, c.Emergency, c.Rev = half.Health, half.Emergency, half.Rev
		} else {
			c.Structure, c.Hardship, c.Change, c.ChangeOn, c.HomeRev = half.Structure, half.Hardship, half.Change, half.ChangeOn, half.HomeRev
		}
		if half.At.After(c.At) {
			c.At, c.ByName = half.At, half.ByName
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	c.Limits, err = list(t, "SELECT g.id, g.person, p.name, g.relation, g.relation_text, COALESCE(l.reason, '') FROM guardianship g JOIN person p ON p.id = g.person "+
		"LEFT JOIN guardianship_limit l ON l.guardianship = g.id WHERE g.student = ? ORDER BY g.call_order, g.id", []any{s.ID}, func(r row) (l data.Restraint, err error) {
		return l, r.Scan(&l.Guardianship, &l.Person, &l.Name, &l.Relation, &l.RelationText, &l.Reason)
	})
	return c.Tidy(), err
}

// SaveCare stores what is restricted about a student, over the revisions it was
// read at; a tag that is not among its tags any more ends. If anybody saved it
// since, the answer is a *data.Conflict and nothing is stored. The class teacher
// does.
func (d *Desk) SaveCare(ctx context.Context, c data.Care) (out data.Care, err error) {
	c = c.Tidy()
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		s, err := d.seen(t, me, c.Student)
		if err == nil {
			err = me.MayEditCare(d.db.now(), s.Place())
		}
		if err != nil {
			return nil, err
		}
		was, err := d.care(t, s)
		if err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "care", ID: s.ID}
		if was.Rev != c.Rev || was.HomeRev != c.HomeRev {
			return nil, &data.Conflict{Ref: what, Rev: was.Rev, By: was.ByName, At: was.At}
		}
		if err := c.Check(d.db.today()); err != nil {
			return nil, err
		}
		if err := d.putCare(t, me, s, was, c); err != nil {
			return nil, err
		}
		if out, err = d.care(t, s); err != nil {
			return nil, err
		}
		out.Reach = data.CareWhole
		if err := d.dropDraft(t, me, "care", data.Ref{Kind: "student", ID: s.ID}); err != nil {
			return nil, err
		}
		if err := d.revision(t, what, was.Rev+was.HomeRev, was); err != nil {
			return nil, err
		}
		refs, err := d.touched(t, what, []data.Student{s})
		if err != nil {
			return nil, err
		}
		return refs, d.audit(t, entry{did: data.CareSaved, what: what, student: s.ID, household: s.Household, level: data.Restricted, was: was, now: out})
	})
	return out, err
}

func (d *Desk) putCare(t *tx, me data.Account, s data.Student, was, c data.Care) error {
	for i, l := range c.Limits {
		if i >= len(was.Limits) || was.Limits[i].Guardianship != l.Guardianship {
			return &data.Invalid{Field: "guardian", Why: data.WhyUnknown} // a guardian came or went: the family form's save is newer
		}
	}
	// Both halves always count on: two who saved different ones must meet.
	now := stamp(d.db.now())
	if _, err := t.exec("INSERT INTO student_care (student, health, emergency_steps, rev, updated_at, updated_by) VALUES (?, ?, ?, 1, ?, ?) "+
		"ON CONFLICT (student) DO UPDATE SET health = excluded.health, emergency_steps = excluded.emergency_steps, rev = student_care.rev + 1, "+
		"updated_at = excluded.updated_at, updated_by = excluded.updated_by", s.ID, c.Health, c.Emergency, now, ref(me.ID)); err != nil {
		return err
	}
	if homeCare(was) != homeCare(c) {
		if _, err := t.exec("INSERT INTO household_care (household, structure, hardship, change, change_on, rev, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, 1, ?, ?) "+
			"ON CONFLICT (household) DO UPDATE SET structure = excluded.structure, hardship = excluded.hardship, change = excluded.change, "+
			"change_on = excluded.change_on, rev = household_care.rev + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by",
			s.Household, c.Structure, c.Hardship, c.Change, c.ChangeOn, now, ref(me.ID)); err != nil {
			return err
		}
	}
	for _, l := range c.Limits {
		q, args := "DELETE FROM guardianship_limit WHERE guardianship = ?", []any{l.Guardianship}
		if l.Reason != "" {
			q = "INSERT INTO guardianship_limit (guardianship, reason) VALUES (?, ?) ON CONFLICT (guardianship) DO UPDATE SET reason = excluded.reason"
			args = append(args, l.Reason)
		}
		if _, err := t.exec(q, args...); err != nil {
			return err
		}
	}
	return d.putTags(t, s, was.Tags, c.Tags)
}

// homeCare is what of a Care is the household's, to be compared.
func homeCare(c data.Care) string {
	return fmt.Sprint(c.Structure, "\n", c.Hardship, "\n", c.Change, "\n", c.ChangeOn)
}

// putTags makes a student's tags those given. One that is taken away ends with
// yesterday, and stays in the file as what was; one of today never was.
func (d *Desk) putTags(t *tx, s data.Student, was, tags []data.TagNote) error {
	today := d.db.today()
	of := func(all []data.TagNote, tag data.Tag) int {
		return slices.IndexFunc(all, func(n data.TagNote) bool { return n.Tag == tag })
	}
	const held = " WHERE student = ? AND tag = ? AND (until IS NULL OR until >= ?)"
	for _, old := range was {
		if of(tags, old.Tag) >= 0 {
			continue
		}
		q, args := "UPDATE student_tag SET until = ?"+held, []any{today.AddDays(-1), s.ID, old.Tag, today}
		if !old.Since.Before(today) {
			q, args = "DELETE FROM student_tag"+held, args[1:]
		}
		if _, err := t.exec(q, args...); err != nil {
			return err
		}
	}
	for _, n := range tags {
		q, args := "UPDATE student_tag SET since = ?, until = ?, note = ?"+held, []any{n.Since, n.Until, n.Note, s.ID, n.Tag, today}
		if of(was, n.Tag) < 0 {
			q, args = "INSERT INTO student_tag (since, until, note, student, tag) VALUES (?, ?, ?, ?, ?)", args[:5]
		}
		if _, err := t.exec(q, args...); err != nil {
			return err
		}
	}
	return nil
}
