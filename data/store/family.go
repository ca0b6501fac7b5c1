package store

import (
	"context"
	"errors"
	"fmt"

	"qiao/data"
)

// Family is what the form about a family changes: the household and the
// guardians of one student, each with the revision it was read at.
func (d *Desk) Family(ctx context.Context, student int64) (e data.FamilyEdit, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		s, form, err := d.family(t, me, student)
		e = form
		if err == nil {
			t.lookAt(s, data.Viewed, data.ClassOnly)
		}
		return err
	})
	return e, err
}

func (d *Desk) family(t *tx, me data.Account, student int64) (s data.Student, e data.FamilyEdit, err error) {
	if s, err = d.seen(t, me, student); err != nil {
		return s, e, err
	}
	if e.PhonesOnly, err = me.MayEditFamily(d.db.now(), s.Place()); err != nil {
		t.denyStudent(s)
		return s, e, err
	}
	e.Student = student
	if e.Household, err = household(t, s.Household); err == nil {
		e.Guardians, err = guardians(t, student)
	}
	return s, e, err
}

// SaveFamily stores the household and the guardians of one student, over the
// revisions they were read at. If anybody saved any of them since, the answer
// is a *data.Conflict about that record and nothing is stored. A guardian with
// Person 0 is new; one that is not named stays as it is. The phones of a person
// are those given, in that order; a number taken away is gone for every child.
func (d *Desk) SaveFamily(ctx context.Context, e data.FamilyEdit) (out data.FamilyEdit, err error) {
	e.Household = e.Household.Tidy()
	for i := range e.Guardians {
		e.Guardians[i] = e.Guardians[i].Tidy()
	}
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		s, was, err := d.family(t, me, e.Student)
		if err != nil {
			return nil, err
		}
		if err := unchanged(was, e); err != nil {
			return nil, err
		}
		if was.PhonesOnly && !e.OnlyPhones(was) {
			return nil, data.ErrForbidden
		}
		if err := e.Check(d.db.today()); err != nil {
			return nil, err
		}
		refs, err := d.touched(t, data.Ref{Kind: "name", ID: s.ID}, []data.Student{s})
		if err != nil {
			return nil, err
		}
		if err := d.putHousehold(t, me, was.Household, e.Household); err != nil {
			return nil, err
		}
		for _, g := range e.Guardians {
			person, changed, err := d.putGuardian(t, me, s, was, g)
			if err != nil {
				return nil, err
			}
			if !changed {
				continue
			}
			others, err := d.childrenOf(t, person)
			if err != nil {
				return nil, err
			}
			more, err := d.touched(t, data.Ref{Kind: "person", ID: person}, others)
			if err != nil {
				return nil, err
			}
			refs = append(refs, more...)
		}
		if _, out, err = d.family(t, me, e.Student); err != nil {
			return nil, err
		}
		if err := d.dropDraft(t, me, "family", data.Ref{Kind: "student", ID: s.ID}); err != nil {
			return nil, err
		}
		return refs, d.audit(t, entry{did: data.FamilySaved, what: data.Ref{Kind: "household", ID: s.Household}, student: s.ID, household: s.Household,
			level: data.ClassOnly, was: was, now: out})
	})
	return out, err
}

// unchanged reports, as a *data.Conflict, the first record of a family that
// somebody saved since e was read.
func unchanged(was, e data.FamilyEdit) error {
	if e.Household.ID != was.Household.ID {
		return data.ErrNotFound
	}
	if h := was.Household; e.Household.Rev != h.Rev {
		return &data.Conflict{Ref: data.Ref{Kind: "household", ID: h.ID}, Rev: h.Rev, By: h.ByName, At: h.At}
	}
	now := map[int64]data.Guardian{}
	for _, g := range was.Guardians {
		now[g.Person] = g
	}
	for _, g := range e.Guardians {
		if old, ok := now[g.Person]; ok && old.Rev != g.Rev {
			return &data.Conflict{Ref: data.Ref{Kind: "person", ID: g.Person}, Rev: old.Rev, By: old.ByName, At: old.At}
		} else if !ok && g.Person != 0 {
			return data.ErrNotFound
		}
	}
	return nil
}

func (d *Desk) putHousehold(t *tx, me data.Account, was, h data.Household) error {
	if was.Address == h.Address && was.Village == h.Village && was.Postal == h.Postal && was.Channel == h.Channel {
		return nil
	}
	_, err := t.exec("UPDATE household SET address = ?, village = ?, postal_address = ?, preferred_channel = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
		h.Address, h.Village, h.Postal, h.Channel, stamp(d.db.now()), me.ID, h.ID)
	if err != nil {
		return err
	}
	return d.revision(t, data.Ref{Kind: "household", ID: h.ID}, was.Rev, was)
}

// putGuardian stores one guardian, if it differs from what is there, and tells
// which person that is.
func (d *Desk) putGuardian(t *tx, me data.Account, s data.Student, was data.FamilyEdit, g data.Guardian) (person int64, changed bool, err error) {
	now := stamp(d.db.now())
	if g.Person == 0 {
		person, err = t.insert("INSERT INTO person (name, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?)", g.Name, now, me.ID, now, me.ID)
		if err == nil {
			_, err = t.exec("INSERT INTO guardianship (student, person, relation, call_order) VALUES (?, ?, ?, ?)", s.ID, person, g.Relation, g.Order)
		}
		if err != nil {
			return 0, false, err
		}
		g.Person = person
	}
	for _, old := range was.Guardians {
		if old.Person != g.Person {
			continue
		}
		if fmt.Sprint(old) == fmt.Sprint(g) {
			return g.Person, false, nil
		}
		if err := d.revision(t, data.Ref{Kind: "person", ID: g.Person}, old.Rev, old); err != nil {
			return 0, false, err
		}
	}
	if _, err := t.exec("UPDATE person SET name = ?, best_time = ?, language = ?, work_unit = ?, work_place = ?, away_since = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
		g.Name, g.BestTime, g.Language, g.WorkUnit, g.WorkPlace, g.AwaySince, now, me.ID, g.Person); err != nil {
		return 0, false, err
	}
	if _, err := t.exec("UPDATE guardianship SET relation = ?, relation_text = ?, call_order = ?, legal = ?, lives_with = ?, may_collect = ?, do_not_contact = ? "+
		"WHERE student = ? AND person = ?", g.Relation, g.RelationText, g.Order, bit(g.Legal), bit(g.LivesWith), bit(g.MayCollect), bit(g.DoNotContact), s.ID, g.Person); err != nil {
		return 0, false, err
	}
	return g.Person, true, putPhones(t, g)
}

// putPhones makes a person's numbers those given. A number that stays keeps its
// row, and what is known about it.
func putPhones(t *tx, g data.Guardian) error {
	keep := map[string]bool{}
	for i, p := range g.Phones {
		keep[p.E164] = true
		if _, err := t.exec("INSERT INTO phone (person, e164, position, label, bad_since) VALUES (?, ?, ?, ?, ?) "+
			"ON CONFLICT (person, e164) DO UPDATE SET position = excluded.position, label = excluded.label, bad_since = excluded.bad_since",
			g.Person, p.E164, i, data.Name(p.Label), p.Bad); err != nil {
			return err
		}
	}
	old, err := list(t, "SELECT e164 FROM phone WHERE person = ?", []any{g.Person}, func(r row) (e string, err error) { return e, r.Scan(&e) })
	for _, e := range old {
		if !keep[e] && err == nil {
			_, err = t.exec("DELETE FROM phone WHERE person = ? AND e164 = ?", g.Person, e)
		}
	}
	return err
}

// childrenOf lists the students whose guardian a person is.
func (d *Desk) childrenOf(t *tx, person int64) ([]data.Student, error) {
	return list(t, studentSQL+"AND s.id IN (SELECT student FROM guardianship WHERE person = ?)", []any{d.year(), person}, scanStudent)
}

// MarkPhone notes that a number of a guardian is wrong, or is not after all. It
// is marked, not lost. Whoever may record with one of their children may.
func (d *Desk) MarkPhone(ctx context.Context, person int64, e164 string, bad bool) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		of, err := d.childrenOf(t, person)
		if err != nil {
			return nil, err
		}
		err = data.ErrNotFound
		for _, s := range of {
			if e := me.MayRecord(d.db.now(), s.Place(), data.PhoneCall, data.Outgoing); e == nil || errors.Is(err, data.ErrNotFound) {
				err = e
			}
			if err == nil {
				break
			}
		}
		if err != nil {
			return nil, err
		}
		since := data.Date{}
		if bad {
			since = d.db.today()
		}
		r, err := t.exec("UPDATE phone SET bad_since = ? WHERE person = ? AND e164 = ?", since, person, e164)
		if err != nil {
			return nil, err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return nil, data.ErrNotFound
		}
		what := data.Ref{Kind: "person", ID: person}
		refs, err := d.touched(t, what, of)
		if err != nil {
			return nil, err
		}
		return refs, d.audit(t, entry{did: data.PhoneMarked, what: what, student: of[0].ID, household: of[0].Household, level: data.Normal, now: bad})
	})
}
