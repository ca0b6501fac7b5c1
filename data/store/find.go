package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"qiao/data"
	"qiao/data/search"
)

// Find answers a search: the first hits of the students in the searcher's
// scope, ranked, and how many there are. No text at all is the families the
// searcher last had to do with.
func (d *Desk) Find(ctx context.Context, text string, limit int) (f data.Found, err error) {
	began := time.Now()
	err = d.read(ctx, func(t *tx, me data.Account) error {
		r := search.Result{}
		if text == "" {
			recent, err := d.recent(t, me, limit)
			if err != nil {
				return err
			}
			for _, id := range recent {
				r.Hits = append(r.Hits, search.Hit{Student: id})
			}
			r.Total = len(r.Hits)
		} else {
			r = d.ask(t, me, text, limit)
		}
		f.Total, f.Similar = r.Total, r.Similar
		ids := make([]int64, len(r.Hits))
		for i, h := range r.Hits {
			ids[i] = h.Student
		}
		f.Hits, err = d.hits(t, me, ids)
		f.Total -= len(ids) - len(f.Hits) // they went since the block was last brought up to date
		if err != nil {
			return err
		}
		return nil
	})
	f.Took = time.Since(began)
	return f, err
}

// ask puts a query to the block of names, within me's scope.
func (d *Desk) ask(t *tx, me data.Account, text string, limit int) search.Result {
	now := d.db.now()
	scope := me.Finds(now)
	recent, err := d.recent(t, me, 50)
	d.log(err) // it only ranks
	return d.db.block.Load().Find(text, search.Scope{All: scope.All, Classes: scope.Classes, Students: scope.Students,
		Own: me.Own(now), Recent: recent}, limit, d.year())
}

// recent is the students whom me last had a contact with or a card open of,
// the newest first, as far as me still sees them.
func (d *Desk) recent(t *tx, me data.Account, limit int) (out []int64, err error) {
	ids, err := list(t, "SELECT cs.student FROM contact_staff f JOIN contact_student cs ON cs.contact = f.contact AND cs.position = 0 "+
		"WHERE f.account = ? ORDER BY f.at DESC, f.contact DESC LIMIT 100", []any{me.ID}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	for _, id := range ids {
		if len(out) < limit && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, err
}

// together is how many hits are read by one statement.
const together = 50

// among is the list of so many ids in a statement, and the ids.
func among(ids []int64) (string, []any) {
	args := make([]any, together)
	for i := range args {
		args[i] = int64(0) // nobody's
		if i < len(ids) {
			args[i] = ids[i]
		}
	}
	return "(?" + strings.Repeat(", ?", together-1) + ")", args
}

// hits are the lines of a list of students, in the order of their ids; who is
// not there, or not for me, is left out.
func (d *Desk) hits(t *tx, me data.Account, ids []int64) (out []data.Hit, err error) {
	now := d.db.now()
	for some := range slices.Chunk(ids, together) {
		in, args := among(some)
		by := map[int64]*data.Hit{}
		err := t.rows(studentSQL+"AND s.id IN "+in, append([]any{d.year()}, args...), func(r row) error {
			s, err := scanStudent(r)
			if err == nil && me.Sees(now, s.Place()) {
				by[s.ID] = &data.Hit{Student: s}
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		var all []data.Guardian
		if err := t.rows(guardianSQL+"WHERE g.student IN "+in+guardianOrder, args, gather(&all)); err != nil {
			return nil, err
		}
		for _, g := range all {
			if h := by[g.Student]; h != nil {
				h.Guardians = append(h.Guardians, g)
			}
		}
		flagged, err := d.flaggedAmong(t, in, args)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			h := by[id]
			if h == nil {
				continue
			}
			place := h.Student.Place()
			h.Student, h.Guardians = h.Student.For(me.Reads(now, place)), d.shownTo(me, place, h.Guardians)
			h.Flagged = flagged[id] && me.SeesCard(now, place)
			out = append(out, *h)
		}
	}
	return out, nil
}

// flaggedAmong is flagged for many.
func (d *Desk) flaggedAmong(t *tx, in string, ids []any) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := t.rows("SELECT student FROM student_tag WHERE student IN "+in+" AND (until IS NULL OR until >= ?) "+
		"UNION SELECT s.id FROM student s JOIN household_care c ON c.household = s.household AND c.structure = 'single_parent' WHERE s.id IN "+in,
		slices.Concat(ids, []any{d.db.today()}, ids), func(r row) error {
			var id int64
			err := r.Scan(&id)
			out[id] = true
			return err
		})
	return out, err
}

// flagged reports whether the student has any tag; which, a list does not tell.
func (d *Desk) flagged(t *tx, s data.Student) (yes bool, err error) {
	err = t.row("SELECT EXISTS (SELECT 1 FROM student_tag WHERE student = ? AND (until IS NULL OR until >= ?)) "+
		"OR EXISTS (SELECT 1 FROM household_care WHERE household = ? AND structure = 'single_parent')",
		[]any{s.ID, d.db.today(), s.Household}, &yes)
	return yes, err
}

const entrySQL = "SELECT s.id, s.household, COALESCE(s.class, 0), COALESCE(y.grade, 0), COALESCE(y.number, 0), s.number, s.name, s.reading, " +
	"s.former_name, s.status FROM student s LEFT JOIN class_year y ON y.class = s.class AND y.year = ? WHERE s." + live + " "

func scanEntry(r row) (e search.Entry, err error) {
	var status data.Status
	err = r.Scan(&e.Student, &e.Household, &e.Class, &e.ClassName.Grade, &e.ClassName.Number, &e.Number, &e.Name, &e.Reading, &e.Former, &status)
	e.Gone = !status.Here()
	return e, err
}

// fillBlock reads the names of the whole school, once, when the file is opened.
func (db *DB) fillBlock(ctx context.Context) error {
	return db.reading(ctx, func(t *tx) error {
		all, err := db.entries(t)
		if err == nil {
			db.block.Store(search.New(all))
		}
		return err
	})
}

// refill reads all names again: another process has changed more than it is
// worth to follow one by one.
func (db *DB) refill(t *tx) error {
	all, err := db.entries(t)
	if err == nil {
		db.block.Store(search.New(all))
	}
	return err
}

func (db *DB) entries(t *tx) ([]search.Entry, error) {
	all, err := list(t, entrySQL+"ORDER BY s.id", []any{data.SchoolYear(db.today())}, scanEntry)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(all))
	for i, e := range all {
		at[e.Student] = i
	}
	last := int64(0)
	err = t.rows("SELECT g.student, g.person, p.name, COALESCE(f.e164, '') FROM guardianship g JOIN person p ON p.id = g.person "+
		"LEFT JOIN phone f ON f.person = g.person ORDER BY g.student, g.call_order, g.id, f.position", nil, func(r row) error {
		var student, person int64
		var name, phone string
		if err := r.Scan(&student, &person, &name, &phone); err != nil {
			return err
		}
		if i, ok := at[student]; ok {
			addGuardian(&all[i], &last, person, name, phone)
		}
		return nil
	})
	return all, err
}

// addGuardian folds one row, of one phone, into an entry.
func addGuardian(e *search.Entry, last *int64, person int64, name, phone string) {
	if person != *last || len(e.Guardians) == 0 {
		e.Guardians = append(e.Guardians, search.Guardian{Name: name})
		*last = person
	}
	if g := &e.Guardians[len(e.Guardians)-1]; phone != "" {
		g.Phones = append(g.Phones, phone)
	}
}

// refresh reads the students again that a commit has touched, and puts them
// into the block: the cost is theirs, not the school's.
func (db *DB) refresh(t *tx, refs []data.Ref) error {
	done := map[int64]bool{}
	for _, ref := range refs {
		var ids []int64
		var err error
		one := func(r row) (id int64, err error) { return id, r.Scan(&id) }
		switch ref.Kind {
		case "name": // a student whose names, class, guardians or phones changed
			ids = []int64{ref.ID}
		case "person":
			ids, err = list(t, "SELECT student FROM guardianship WHERE person = ?", []any{ref.ID}, one)
		case "":
			return db.refill(t)
		}
		if err != nil {
			return err
		}
		for _, id := range ids {
			if done[id] {
				continue
			}
			done[id] = true
			if err := db.reread(t, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) reread(t *tx, student int64) error {
	es, err := list(t, entrySQL+"AND s.id = ?", []any{data.SchoolYear(db.today()), student}, scanEntry)
	if err != nil {
		return err
	}
	if len(es) == 0 {
		db.block.Load().Drop(student)
		return nil
	}
	e, last := es[0], int64(0)
	err = t.rows("SELECT g.person, p.name, COALESCE(f.e164, '') FROM guardianship g JOIN person p ON p.id = g.person "+
		"LEFT JOIN phone f ON f.person = g.person WHERE g.student = ? ORDER BY g.call_order, g.id, f.position", []any{student}, func(r row) error {
		var person int64
		var name, phone string
		if err := r.Scan(&person, &name, &phone); err != nil {
			return err
		}
		addGuardian(&e, &last, person, name, phone)
		return nil
	})
	if err == nil {
		db.block.Load().Put(e)
	}
	return err
}
