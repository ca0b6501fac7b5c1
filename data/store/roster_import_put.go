package store

import (
	"slices"

	"qiao/data"
)

// note says that the import made a record: an undo finds it there.
func (im *importer) note(record string, id int64) error { return im.row(record, id, 0, "") }

// keep says that the import is about to change a record, and what it is before.
func (im *importer) keep(record string, id, rev int64) error {
	was, err := imageOf(im.t, record, id)
	if err != nil {
		return err
	}
	return im.row(record, id, rev, was)
}

// row notes a record with its revision before; by the one after, an undo sees
// whether anything was built on it since.
func (im *importer) row(record string, id, rev int64, was string) error {
	_, err := im.t.exec("INSERT INTO import_row (batch, record, record_id, rev_before, rev_after, before) VALUES (?, ?, ?, ?, ?, ?)", im.batch, record, id, rev, rev+1, was)
	return err
}

func (im *importer) putClasses() error {
	for _, c := range im.made {
		if c.id == 0 {
			id, err := im.t.insert("INSERT INTO class (entry_year) VALUES (?)", im.year-c.name.Grade+1)
			if err != nil {
				return err
			}
			c.id = id
			if err := im.note("class", id); err != nil {
				return err
			}
		}
		if err := im.note("class_year", c.id); err != nil {
			return err
		}
		if _, err := im.t.exec("INSERT INTO class_year (class, year, grade, number) VALUES (?, ?, ?, ?)", c.id, im.year, c.name.Grade, c.name.Number); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) putHomes() error {
	done := map[*home]bool{}
	for _, h := range im.newHomes {
		done[h] = true
		if h.members == 0 { // its student shares a sibling's
			continue
		}
		id, err := im.t.insert("INSERT INTO household (address, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?)",
			h.address, im.now, im.by, im.now, im.by)
		if err != nil {
			return err
		}
		h.id = id
		if err := im.note("household", id); err != nil {
			return err
		}
	}
	for _, p := range im.lines {
		h := p.home
		if !h.changed || done[h] {
			continue
		}
		done[h] = true
		if err := im.putHome(h, "UPDATE household SET address = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", h.address, im.now, im.by, h.id); err != nil {
			return err
		}
	}
	return nil
}

// putHome changes a household that is stored, and keeps what it was.
func (im *importer) putHome(h *home, update string, args ...any) error {
	was, err := household(im.t, h.id)
	if err != nil {
		return err
	}
	if err := im.d.revision(im.t, data.Ref{Kind: "household", ID: h.id}, was.Rev, was); err != nil {
		return err
	}
	if err := im.keep("household", h.id, was.Rev); err != nil {
		return err
	}
	_, err = im.t.exec(update, args...)
	return err
}

// closeHomes marks the households that nobody is left in.
func (im *importer) closeHomes() error {
	done := map[int64]bool{}
	for _, p := range im.rehomed {
		h := im.homes[p.was.Household]
		if h.members > 0 || done[h.id] {
			continue
		}
		done[h.id] = true
		if err := im.putHome(h, "UPDATE household SET deleted_at = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", im.now, im.now, im.by, h.id); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) putAdults() error {
	for _, a := range im.touched {
		var err error
		switch {
		case a.id == 0:
			a.id, err = im.t.insert("INSERT INTO person (name, work_place, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?)",
				a.was.Name, a.place, im.now, im.by, im.now, im.by)
			if err == nil {
				err = im.note("person", a.id)
			}
		case a.changed || a.related():
			if err = im.d.revision(im.t, data.Ref{Kind: "person", ID: a.id}, a.was.Rev, a.was); err != nil {
				return err
			}
			if err = im.keep("person", a.id, a.was.Rev); err != nil {
				return err
			}
			_, err = im.t.exec("UPDATE person SET work_place = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", a.place, im.now, im.by, a.id)
		default:
			continue
		}
		if err == nil && a.changed {
			err = putPhones(im.t, data.Guardian{Person: a.id, Phones: a.phones})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// related reports whether the adult is something else to a child now: a form
// about the family that was opened before must notice.
func (a *adult) related() bool {
	return slices.ContainsFunc(a.kids, func(p *pupil) bool {
		return slices.ContainsFunc(p.ties, func(t *tie) bool { return t.adult == a && (t.changed || t.id == 0 && p.was.ID != 0) })
	})
}

func (im *importer) putPupils() error {
	term, err := im.d.termStart(im.t)
	if err != nil {
		return err
	}
	for _, p := range im.lines {
		if err := im.putPupil(p, earlier(term, im.today)); err != nil {
			return err
		}
	}
	for _, p := range im.rehomed {
		if p.class != nil {
			continue // it was among them
		}
		if err := im.putStudent(p); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) putPupil(p *pupil, start data.Date) error {
	s := &p.student
	var err error
	switch {
	case s.ID == 0:
		s.ID, err = im.t.insert("INSERT INTO student (household, number, name, sex, birth, status, boarding, entered_on, created_at, created_by, updated_at, updated_by) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", p.home.id, s.Number, s.Name, s.Sex, s.Birth, s.Status, bit(s.Boarding), s.Entered, im.now, im.by, im.now, im.by)
		if err == nil {
			err = im.note("student", s.ID)
		}
	case *s != *p.was || s.Household != p.home.id || s.Class != p.class.id || len(p.on)+len(p.off) > 0:
		err = im.putStudent(p)
	default:
		return nil
	}
	if err == nil && s.Class != p.class.id {
		from := im.today
		if p.was.ID == 0 && s.Entered.IsZero() {
			from = start
		}
		err = enrol(im.t, s.ID, p.class.id, from)
	}
	if err != nil {
		return err
	}
	return im.putTags(p)
}

func (im *importer) putStudent(p *pupil) error {
	s := p.student
	if err := im.d.revision(im.t, data.Ref{Kind: "student", ID: s.ID}, p.was.Rev, p.was); err != nil {
		return err
	}
	if err := im.keep("student", s.ID, p.was.Rev); err != nil {
		return err
	}
	_, err := im.t.exec("UPDATE student SET household = ?, name = ?, reading = ?, sex = ?, birth = ?, status = ?, boarding = ?, left_on = ?, rev = rev + 1, "+
		"updated_at = ?, updated_by = ? WHERE id = ?", p.home.id, s.Name, s.Reading, s.Sex, s.Birth, s.Status, bit(s.Boarding), s.Left, im.now, im.by, s.ID)
	return err
}

func (im *importer) putTags(p *pupil) error {
	for _, n := range p.on {
		if _, err := im.t.exec("INSERT INTO student_tag (student, tag, since, note) VALUES (?, ?, ?, ?)", p.student.ID, n.Tag, n.Since, n.Note); err != nil {
			return err
		}
	}
	for _, tag := range p.off {
		if _, err := im.t.exec("UPDATE student_tag SET until = ? WHERE student = ? AND tag = ? AND (until IS NULL OR until >= ?)",
			im.today.AddDays(-1), p.student.ID, tag, im.today); err != nil {
			return err
		}
	}
	return nil
}

// putTies stores who is whose guardian. One who is new to a child comes after
// those it has.
func (im *importer) putTies() error {
	for _, p := range im.lines {
		for i, t := range p.ties {
			var err error
			switch {
			case t.id == 0:
				order := i + 1
				if p.was.ID != 0 {
					if err := im.t.row("SELECT COALESCE(max(call_order), 0) + 1 FROM guardianship WHERE student = ?", []any{p.student.ID}, &order); err != nil {
						return err
					}
				}
				t.id, err = im.t.insert("INSERT INTO guardianship (student, person, relation, relation_text, call_order) VALUES (?, ?, ?, ?, ?)",
					p.student.ID, t.adult.id, t.relation, t.text, order)
				if err == nil {
					err = im.note("guardianship", t.id)
				}
			case t.changed:
				if err = im.keep("guardianship", t.id, 1); err != nil { // it has no revisions of its own: its person has
					return err
				}
				_, err = im.t.exec("UPDATE guardianship SET relation = ?, relation_text = ? WHERE id = ?", t.relation, t.text, t.id)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
