package store

import (
	"context"
	"fmt"
	"strings"

	"qiao/data"
)

// Found stores a whole school at once, in a file that has no classes and no
// students yet: else it is a *data.Conflict. All of it is one transaction, so
// that a school stopped halfway is none. The console alone may found one. One
// audit row tells of it, not one for each record.
//
// Progress, which may be nil, is told now and then how many of the records are
// stored; it runs between two rows and must not use the store.
func (d *Desk) Found(ctx context.Context, s data.School, progress func(done, total int)) error {
	if d.console == "" {
		return data.ErrForbidden
	}
	if err := s.Check(d.db.now()); err != nil {
		return err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return d.write(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		var taken bool
		if err := t.row("SELECT EXISTS (SELECT 1 FROM class) OR EXISTS (SELECT 1 FROM student)", nil, &taken); err != nil {
			return nil, err
		}
		if taken {
			return nil, &data.Conflict{Ref: data.Ref{Kind: "school"}}
		}
		f := founder{ctx: ctx, d: d, t: t, s: &s, now: stamp(d.db.now()), today: d.db.today(), progress: progress,
			total: len(s.Classes) + len(s.People) + len(s.Staff) + len(s.Households) + len(s.Students) + len(s.Contacts) + len(s.Meetings)}
		for _, store := range []func() error{f.school, f.classes, f.people, f.households, f.students, f.guardianships, f.staff, f.contacts, f.meetings} {
			if err := store(); err != nil {
				return nil, err
			}
		}
		progress(f.total, f.total)
		counts := map[string]int{"classes": len(s.Classes), "staff": len(s.Staff), "students": len(s.Students), "contacts": len(s.Contacts), "meetings": len(s.Meetings)}
		return []data.Ref{{}}, d.audit(t, entry{did: data.Founded, what: data.Ref{Kind: "school"}, now: counts})
	})
}

// A founder stores a school list by list. Its slices of ids turn the places by
// which the school's records name one another into the ids they were given.
type founder struct {
	ctx      context.Context
	d        *Desk
	t        *tx
	s        *data.School
	now      string
	today    data.Date
	progress func(done, total int)

	done, total                                     int
	classID, personID, homeID, studentID, accountID []int64
	ties                                            []int // where each student's guardianships begin; one more at the end
}

// step counts a record, and gives up when nobody waits any more.
func (f *founder) step() error {
	if f.done++; f.done%500 == 0 {
		f.progress(f.done, f.total)
		return f.ctx.Err()
	}
	return nil
}

// add inserts a record's own row and keeps its id.
func (f *founder) add(ids *[]int64, query string, args ...any) error {
	id, err := f.t.insert(query, args...)
	if err != nil {
		return err
	}
	*ids = append(*ids, id)
	return f.step()
}

func (f *founder) school() error {
	if _, err := f.t.exec("INSERT INTO setting (key, valid_from, value) VALUES ('school', ?, ?) "+
		"ON CONFLICT (key, valid_from) DO UPDATE SET value = excluded.value", f.since(), data.Name(f.s.Name)); err != nil {
		return err
	}
	for _, m := range f.s.Calendar.Terms {
		if _, err := f.t.exec("INSERT INTO term (year, n, first_day, last_day) VALUES (?, ?, ?, ?)", m.Year, m.N, m.First, m.Last); err != nil {
			return err
		}
	}
	for day, kind := range f.s.Calendar.Days {
		if _, err := f.t.exec("INSERT INTO calendar_day (day, kind) VALUES (?, ?)", day, kind); err != nil {
			return err
		}
	}
	return nil
}

// since is the first day that the school's records tell of.
func (f *founder) since() data.Date {
	if ts := f.s.Calendar.Terms; len(ts) > 0 && ts[0].First.Before(f.today) {
		return ts[0].First
	}
	return f.today
}

// classes stores the cohorts, with their names in every year until now.
func (f *founder) classes() error {
	year, first := data.SchoolYear(f.today), data.SchoolYear(f.today)
	for _, c := range f.s.Classes {
		if err := f.add(&f.classID, "INSERT INTO class (entry_year, entry_grade) VALUES (?, ?)", c.Entry, c.EntryGrade); err != nil {
			return err
		}
		for y := c.Entry; y <= year; y++ {
			n := c.Name(y)
			if _, err := f.t.exec("INSERT INTO class_year (class, year, grade, number) VALUES (?, ?, ?, ?)",
				f.classID[len(f.classID)-1], y, n.Grade, n.Number); err != nil {
				return fmt.Errorf("class %v of %d: %w", n, y, err)
			}
		}
		first = min(first, c.Entry)
	}
	for y := first; y <= year; y++ {
		var closed any
		if y < year {
			closed = stamp(data.On(y+1, 8, 1).Start())
		}
		if _, err := f.t.exec("INSERT INTO school_year (year, starts, ends, closed_at) VALUES (?, ?, ?, ?) ON CONFLICT (year) DO NOTHING",
			y, data.On(y, 8, 1), data.On(y+1, 7, 31), closed); err != nil {
			return err
		}
	}
	return nil
}

func (f *founder) people() error {
	for _, p := range f.s.People {
		if err := f.add(&f.personID, "INSERT INTO person (name, reading, sex, work_unit, work_place, away_since, language, best_time, created_at, updated_at) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", data.Name(p.Name), p.Reading, p.Sex, p.WorkUnit, p.WorkPlace, p.AwaySince, p.Language, p.BestTime,
			f.now, f.now); err != nil {
			return err
		}
		for i, phone := range p.Phones {
			if _, err := f.t.exec("INSERT INTO phone (person, e164, position, label, bad_since) VALUES (?, ?, ?, ?, ?)",
				f.personID[len(f.personID)-1], phone.E164, i, phone.Label, phone.Bad); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *founder) households() error {
	for _, h := range f.s.Households {
		if err := f.add(&f.homeID, "INSERT INTO household (address, postal_address, village, preferred_channel, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
			h.Address, h.Postal, h.Village, h.Channel, f.now, f.now); err != nil {
			return err
		}
		if h.Structure == "" && h.Hardship == "" && h.Change == "" {
			continue
		}
		if _, err := f.t.exec("INSERT INTO household_care (household, structure, hardship, change, change_on) VALUES (?, ?, ?, ?, ?)",
			f.homeID[len(f.homeID)-1], h.Structure, h.Hardship, h.Change, h.ChangeOn); err != nil {
			return err
		}
	}
	return nil
}

func (f *founder) students() error {
	for _, p := range f.s.Students {
		s := p.Tidy()
		var class any
		if s.Status.Here() {
			class = f.classID[s.Class-1]
		}
		if err := f.add(&f.studentID, "INSERT INTO student (household, class, number, name, reading, former_name, sex, birth, status, boarding, entered_on, left_on, "+
			"created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", f.homeID[s.Household-1], class, s.Number, s.Name, s.Reading,
			s.Former, s.Sex, s.Birth, s.Status, bit(s.Boarding), s.Entered, s.Left, f.now, f.now); err != nil {
			return err
		}
		if err := f.care(f.studentID[len(f.studentID)-1], class, p); err != nil {
			return err
		}
	}
	return nil
}

// care stores what hangs on a student: the enrolment, and what few may read.
func (f *founder) care(id int64, class any, p data.Pupil) error {
	from := p.Entered
	if from.IsZero() {
		from = f.since()
	}
	if class != nil {
		if _, err := f.t.exec("INSERT INTO enrolment (student, class, from_day) VALUES (?, ?, ?)", id, class, from); err != nil {
			return err
		}
	}
	for _, g := range p.Tags {
		if _, err := f.t.exec("INSERT INTO student_tag (student, tag, since, until, note) VALUES (?, ?, ?, ?, ?)", id, g.Tag, g.Since, g.Until, g.Note); err != nil {
			return err
		}
	}
	if p.Health == "" && p.Emergency == "" {
		return nil
	}
	_, err := f.t.exec("INSERT INTO student_care (student, health, emergency_steps) VALUES (?, ?, ?)", id, p.Health, p.Emergency)
	return err
}

func (f *founder) guardianships() error {
	f.ties = make([]int, len(f.s.Students)+2)
	for i, g := range f.s.Guardianships {
		f.ties[g.Student+1] = i + 1
		id, err := f.t.insert("INSERT INTO guardianship (student, person, relation, relation_text, call_order, legal, lives_with, may_collect, do_not_contact) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", f.studentID[g.Student-1], f.personID[g.Person-1], g.Relation, g.RelationText, g.Order,
			bit(g.Legal), bit(g.LivesWith), bit(g.MayCollect), bit(g.DoNotContact))
		if err == nil && g.Limit != "" {
			_, err = f.t.exec("INSERT INTO guardianship_limit (guardianship, reason) VALUES (?, ?)", id, g.Limit)
		}
		if err != nil {
			return err
		}
	}
	for i := 1; i < len(f.ties); i++ { // a student without guardians ends where the one before does
		f.ties[i] = max(f.ties[i], f.ties[i-1])
	}
	return nil
}

// relation is what a person is to a student, both by place.
func (f *founder) relation(student, person int64) data.Relation {
	for _, g := range f.s.Guardianships[f.ties[student]:f.ties[student+1]] {
		if g.Person == person {
			return g.Relation
		}
	}
	return ""
}

func (f *founder) staff() error {
	for _, e := range f.s.Staff {
		if err := f.add(&f.accountID, "INSERT INTO account (person, username, lang, theme, active_until, disabled_at, last_seen_at, created_at) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?)", f.personID[e.Person-1], e.Username, e.Lang, e.Theme, e.Until, maybe(e.Disabled), maybe(e.LastSeen), f.now); err != nil {
			return err
		}
		for _, g := range e.Grants {
			scope := g.ScopeID
			switch g.Scope {
			case data.ScopeClass:
				scope = f.classID[scope-1]
			case data.ScopeStudent:
				scope = f.studentID[scope-1]
			}
			if _, err := f.t.exec("INSERT INTO role_grant (account, role, scope_kind, scope_id, subject, from_at, until_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
				f.accountID[len(f.accountID)-1], g.Role, g.Scope, scope, g.Subject, stamp(g.From), maybe(g.Until)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *founder) contacts() error {
	for _, c := range f.s.Contacts {
		if _, err := f.contact(c.Tidy(), 0); err != nil {
			return err
		}
		if err := f.step(); err != nil {
			return err
		}
	}
	return nil
}

// contact stores one contact, of a meeting if there is an id of one.
func (f *founder) contact(c data.Contact, meeting int64) (id int64, err error) {
	staff, written := f.accountID[c.Staff-1], stamp(c.Written)
	if id, err = f.t.insert("INSERT INTO contact (at, written_at, duration_min, channel, direction, outcome, call_back_at, level, household, staff, meeting, "+
		"summary, quoted, quoted_on, topics, rev, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
		stamp(c.At), written, c.Minutes, c.Channel, c.Direction, c.Outcome, maybe(c.CallBack), c.Level, f.homeID[c.Household-1], staff, ref(meeting),
		c.Summary, c.Quoted, c.QuotedOn, strings.Join(c.Topics, " "), written, staff, written, staff); err != nil {
		return 0, err
	}
	if err := f.parts(id, staff, c); err != nil {
		return 0, err
	}
	for _, p := range c.Promises {
		if _, err := f.promise(id, staff, written, c, p.Tidy()); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// parts stores who and what a contact was about.
func (f *founder) parts(id, staff int64, c data.Contact) error {
	at, reached := stamp(c.At), c.Outcome == data.Reached && c.Channel.Counts()
	if _, err := f.t.exec("INSERT INTO contact_staff (contact, account, part, at) VALUES (?, ?, 'writer', ?)", id, staff, at); err != nil {
		return err
	}
	for i, student := range c.Students {
		class := int64(0)
		if p := f.s.Students[student-1]; p.Class > 0 {
			class = f.classID[p.Class-1]
		}
		if _, err := f.t.exec("INSERT INTO contact_student (contact, student, household, class, at, reached, visit, position, level) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			id, f.studentID[student-1], f.homeID[c.Household-1], class, at, bit(reached), bit(reached && c.Channel.Visits()), i, c.Level); err != nil {
			return err
		}
	}
	for i, person := range c.Guardians {
		if _, err := f.t.exec("INSERT INTO contact_guardian (contact, person, relation, position) VALUES (?, ?, ?, ?)",
			id, f.personID[person-1], f.relation(c.Students[0], person), i); err != nil {
			return err
		}
	}
	for _, topic := range c.Topics {
		if _, err := f.t.exec("INSERT INTO contact_topic (contact, topic) VALUES (?, ?)", id, topic); err != nil {
			return err
		}
	}
	if c.Private == "" {
		return nil
	}
	_, err := f.t.exec("INSERT INTO contact_private (contact, note) VALUES (?, ?)", id, c.Private)
	return err
}

// promise stores one promise, of a contact or, with 0, of a question in a meeting.
func (f *founder) promise(contact, staff int64, written string, c data.Contact, p data.Promise) (int64, error) {
	p.Level = c.Level // whatever it says itself: a promise is read by whom its contact is
	var owner, person int64
	if p.Owner != 0 {
		owner = f.accountID[p.Owner-1]
	} else {
		person = f.personID[p.OwnerPerson-1]
	}
	rev, closedBy, changed, by := 1, int64(0), written, staff
	if !p.ClosedAt.IsZero() {
		rev, closedBy, changed = 2, staff, stamp(p.ClosedAt)
		if owner != 0 {
			closedBy, by = owner, owner
		}
	}
	return f.t.insert("INSERT INTO promise (contact, household, student, kind, text, owner_account, owner_person, due_on, state, closed_at, closed_by, result, "+
		"level, rev, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		ref(contact), f.homeID[c.Household-1], f.studentID[c.Students[0]-1], p.Kind, p.Text, ref(owner), ref(person), p.Due, p.State, maybe(p.ClosedAt),
		ref(closedBy), p.Result, p.Level, rev, written, staff, changed, by)
}
