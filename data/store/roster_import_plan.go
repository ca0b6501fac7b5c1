package store

import (
	"fmt"
	"slices"

	"qiao/data"
)

// An importer holds the school as it is, beside what a roster makes of it. A
// plan is made by reading alone, so that a preview and an import cannot differ.
type importer struct {
	d     *Desk
	t     *tx
	by    any   // the account, NULL for the console
	who   int64 // 0 for the console
	now   string
	today data.Date
	year  int
	batch int64
	file  data.RosterFile

	classes  map[data.ClassName]*cohort
	byID     map[int64]*cohort
	named    map[int64]data.ClassName // this year's
	students map[string]*pupil        // by number
	deleted  map[string]bool          // numbers that a mark of deletion holds
	homes    map[int64]*home
	adults   map[string]*adult // by name and phone

	hand      hand
	overwrite bool // what was corrected by hand too

	lines    []*pupil // those in the file, in its order
	away     []*pupil // those in the file whom somebody marked as left
	rehomed  []*pupil // those who join a household, in the file or not
	newHomes []*home
	touched  []*adult // of the file, in its order
	made     []*cohort
	preview  data.RosterPreview
}

type (
	cohort struct {
		id      int64 // 0: to be made
		name    data.ClassName
		members int            // students before the import
		fresh   *data.NewClass // made by the import; nil: it was there
	}
	home struct {
		id      int64 // 0: to be made
		address string
		settled bool // the first row of a household that tells its address decides
		changed bool
		members int  // students
		lived   bool // something is written about it; known where siblings are joined
	}
	adult struct {
		id      int64          // 0: to be made
		was     *data.Guardian // as it is stored; of a new one as the file says
		phones  []data.Phone   // all, with the new ones
		place   string         // of work
		settled bool           // as home.settled
		changed bool
		listed  bool // in touched
		kids    []*pupil
	}
	tie struct {
		adult    *adult
		id       int64 // of the guardianship; 0: new
		relation data.Relation
		text     string
		changed  bool
	}
	pupil struct {
		was     *data.Student // nobody: new
		student data.Student
		class   *cohort // as the file says; nil: not in the file
		home    *home
		ties    []*tie // those stored first
		tags    map[data.Tag]bool
		on      []data.TagNote
		off     []data.Tag
		line    *data.RosterLine // noLine: not in the file
		fields  []string
		byHand  []string // fields that the file tells otherwise and that stay
	}
)

// 100,000 children are held at once: what is not there takes no room.
var (
	nobody = &data.Student{}
	noLine = &data.RosterLine{}
)

func key(name, e164 string) string { return name + "\x00" + e164 }

// load reads the school.
func (im *importer) load(join bool) error {
	im.byID = map[int64]*cohort{}
	im.classes, im.named = map[data.ClassName]*cohort{}, map[int64]data.ClassName{}
	im.students, im.deleted = map[string]*pupil{}, map[string]bool{}
	im.homes, im.adults = map[int64]*home{}, map[string]*adult{}
	if err := im.loadClasses(); err != nil {
		return err
	}
	if err := im.t.rows("SELECT id, address FROM household WHERE "+live, nil, func(r row) error {
		h := &home{}
		err := r.Scan(&h.id, &h.address)
		im.homes[h.id] = h
		return err
	}); err != nil {
		return err
	}
	if join {
		if err := im.loadLived(); err != nil {
			return err
		}
	}
	pupils, err := list(im.t, studentSQL+"ORDER BY s.id", []any{im.year}, scanStudent)
	if err != nil {
		return err
	}
	byID := make(map[int64]*pupil, len(pupils))
	for _, c := range im.classes {
		im.byID[c.id] = c
	}
	for _, s := range pupils {
		p := &pupil{was: &s, student: s, line: noLine, home: im.homes[s.Household]}
		if p.home == nil {
			return fmt.Errorf("student %d: no household %d", s.ID, s.Household)
		}
		p.home.members++
		if s.Class != 0 && im.byID[s.Class] == nil { // of an older year, and not gone on
			im.byID[s.Class] = &cohort{id: s.Class}
		}
		if c := im.byID[s.Class]; c != nil {
			c.members++
		}
		im.students[s.Number], byID[s.ID] = p, p
	}
	if err := im.loadTags(byID); err != nil {
		return err
	}
	if err := im.loadAdults(byID); err != nil {
		return err
	}
	return im.loadHand()
}

// loadLived notes which households have a history.
func (im *importer) loadLived() error {
	return im.t.rows("SELECT household FROM contact_student UNION SELECT household FROM promise UNION SELECT household FROM household_care", nil, func(r row) error {
		var id int64
		err := r.Scan(&id)
		if h := im.homes[id]; h != nil {
			h.lived = true
		}
		return err
	})
}

// loadClasses reads this year's classes. One of last year that has no name yet
// for this one goes on under the next grade: the cohort keeps its number.
func (im *importer) loadClasses() error {
	return im.t.rows("SELECT class, year, grade, number FROM class_year y WHERE year = ? OR year = ? AND NOT EXISTS "+
		"(SELECT 1 FROM class_year o WHERE o.class = y.class AND o.year > y.year) ORDER BY year DESC", []any{im.year, im.year - 1}, func(r row) error {
		c, year := &cohort{}, 0
		if err := r.Scan(&c.id, &year, &c.name.Grade, &c.name.Number); err != nil {
			return err
		}
		if year == im.year {
			im.classes[c.name], im.named[c.id] = c, c.name
			return nil
		}
		c.name.Grade++
		if im.classes[c.name] == nil {
			im.classes[c.name] = c
		}
		return nil
	})
}

func (im *importer) loadTags(byID map[int64]*pupil) error {
	if err := im.t.rows("SELECT number FROM student WHERE deleted_at IS NOT NULL", nil, func(r row) error {
		var number string
		err := r.Scan(&number)
		im.deleted[number] = true
		return err
	}); err != nil {
		return err
	}
	return im.t.rows("SELECT student, tag FROM student_tag WHERE tag IN ('left_behind', 'hardship') AND (until IS NULL OR until >= ?)", []any{im.today}, func(r row) error {
		var student int64
		var tag data.Tag
		err := r.Scan(&student, &tag)
		if p := byID[student]; p != nil {
			if p.tags == nil {
				p.tags = map[data.Tag]bool{}
			}
			p.tags[tag] = true
		}
		return err
	})
}

func (im *importer) loadAdults(byID map[int64]*pupil) error {
	var all []data.Guardian
	if err := im.t.rows(guardianSQL+"ORDER BY g.student, g.call_order, g.id, f.position, f.id", nil, gather(&all)); err != nil {
		return err
	}
	persons := map[int64]*adult{}
	for _, g := range all {
		p := byID[g.Student]
		if p == nil {
			continue
		}
		a := persons[g.Person]
		if a == nil {
			a = &adult{id: g.Person, was: &g, phones: slices.Clone(g.Phones), place: g.WorkPlace}
			persons[g.Person] = a
			for _, f := range a.phones {
				if k := key(g.Name, f.E164); im.adults[k] == nil {
					im.adults[k] = a
				}
			}
		}
		a.kids = append(a.kids, p)
		p.ties = append(p.ties, &tie{adult: a, id: g.ID, relation: g.Relation, text: g.RelationText})
	}
	return nil
}

// class is the class that a row names, which the import makes where there is none.
func (im *importer) class(l *data.RosterLine) *cohort {
	c := im.classes[l.Class]
	if c == nil {
		c = &cohort{name: l.Class}
		im.classes[l.Class] = c
	}
	if _, known := im.named[c.id]; (c.id == 0 || !known) && c.fresh == nil {
		c.fresh = &data.NewClass{Class: l.Class, Sheet: l.Sheet, Row: l.Row}
		im.made = append(im.made, c)
	}
	if c.fresh != nil {
		c.fresh.Students++
	}
	return c
}

// take compares one row with the student of its number.
func (im *importer) take(l *data.RosterLine) {
	if im.deleted[l.Number] {
		im.preview.Refused = append(im.preview.Refused, data.RosterFault{Sheet: l.Sheet, Row: l.Row, Number: l.Number, Why: data.WhyTaken})
		return
	}
	p := im.students[l.Number]
	if p != nil && im.ownStatus(p) {
		p.line = l
		im.away = append(im.away, p)
		return
	}
	if l.Class.IsZero() && (p == nil || p.was.Class == 0) { // the file leaves a child where it is, and nobody knows where
		im.preview.Refused = append(im.preview.Refused, data.RosterFault{Sheet: l.Sheet, Row: l.Row, Column: "班级", Number: l.Number, Why: data.WhyEmpty})
		return
	}
	if p == nil {
		p = &pupil{was: nobody, home: &home{}, student: data.Student{Number: l.Number, Status: data.Enrolled}}
		p.home.members++
		im.newHomes = append(im.newHomes, p.home)
		im.students[l.Number] = p
	}
	if p.line = l; l.Class.IsZero() || im.ownClass(p, l) {
		p.class = im.byID[p.was.Class]
	} else {
		p.class = im.class(l)
	}
	if p.was.ID == 0 && p.class.members > 0 { // else the school itself is new here, and not the child
		p.student.Entered = im.today
	}
	im.lines = append(im.lines, p)
	im.compare(p)
	im.address(p)
	im.mark(p, data.LeftBehind, l.LeftBehind, l.Away)
	im.mark(p, data.Hardship, l.Hardship, "")
	for i := range l.Guardians {
		im.guardian(p, &l.Guardians[i])
	}
}

func (p *pupil) changed(field string) {
	if p.was.ID != 0 && !slices.Contains(p.fields, field) {
		p.fields = append(p.fields, field)
	}
}

// compare takes over what the row tells of the student.
func (im *importer) compare(p *pupil) {
	s, l := &p.student, p.line
	left, known := im.hand.students[s.ID]
	if s.Name != l.Name && !mine(im, p, "name", known, left.Name, s.Name) {
		s.Name, s.Reading = l.Name, "" // a reading is of the characters
		p.changed("name")
	}
	if l.Sex != "" && s.Sex != l.Sex && !mine(im, p, "sex", known, left.Sex, s.Sex) {
		s.Sex = l.Sex
		p.changed("sex")
	}
	if !l.Birth.IsZero() && s.Birth != l.Birth && !mine(im, p, "birth", known, left.Birth, s.Birth) {
		s.Birth = l.Birth
		p.changed("birth")
	}
	if told := l.Boarding == data.ToldYes; l.Boarding != data.NotTold && s.Boarding != told && !mine(im, p, "boarding", known, left.Boarding, s.Boarding) {
		s.Boarding = told
		p.changed("boarding")
	}
	if !s.Status.Here() {
		s.Status, s.Left = data.Enrolled, data.Date{}
		p.changed("status")
	}
	if p.class.id == 0 || s.Class != p.class.id {
		p.changed("class")
	}
}

// address lets the first row of a household that tells its address decide: else
// two rows that differ would each change it back, at every import.
func (im *importer) address(p *pupil) {
	h := p.home
	if p.line.Address == "" || h.settled {
		return
	}
	h.settled = true
	left, known := im.hand.homes[h.id]
	if h.address != p.line.Address && !mine(im, p, "address", known, left.Address, h.address) {
		h.address, h.changed = p.line.Address, true
		p.changed("address")
	}
}

// mark opens or ends a tag.
func (im *importer) mark(p *pupil, tag data.Tag, told data.Told, note string) {
	if told == data.NotTold || p.tags[tag] == (told == data.ToldYes) || im.ownTag(p, tag) {
		return
	}
	if told == data.ToldYes {
		p.on = append(p.on, data.TagNote{Tag: tag, Since: im.today, Note: note})
	} else {
		p.off = append(p.off, tag)
	}
	p.changed(string(tag))
}

// guardian finds whom a row means: the student's guardian of that name and
// number, else the one of that name, who has a new number; else the adult of
// that name and number whose child is in the school already or further up in the
// file; else it is somebody new.
func (im *importer) guardian(p *pupil, g *data.Guardian) {
	o := im.guardianLike(p, g)
	if o == nil {
		a := im.known(g)
		if a != nil && slices.ContainsFunc(p.ties, func(t *tie) bool { return t.adult == a }) {
			return
		}
		if a == nil {
			a = &adult{was: g}
		}
		a.kids = append(a.kids, p)
		o = &tie{adult: a, relation: g.Relation, text: g.RelationText}
		p.ties = append(p.ties, o)
		p.changed("guardian")
	} else if told := g.Relation != data.OtherRelation || g.RelationText != ""; told && (o.relation != g.Relation || o.text != g.RelationText) && !im.ownRelation(p, o) {
		o.relation, o.text, o.changed = g.Relation, g.RelationText, true
		p.changed("relation")
	}
	im.adult(p, o.adult, g)
}

// guardianLike is the guardian of the student whom g means: by the name it has, or
// had when the last import left it.
func (im *importer) guardianLike(p *pupil, g *data.Guardian) *tie {
	var named []*tie
	for _, t := range p.ties {
		left, known := im.hand.persons[t.adult.id]
		if t.adult.was.Name != g.Name {
			if !known || left.Name != g.Name {
				continue
			}
			p.kept("guardian") // whatever was asked for: a person is not renamed by a row about one child
		}
		if slices.ContainsFunc(g.Phones, func(f data.Phone) bool { return t.adult.has(f.E164) }) {
			return t
		}
		named = append(named, t)
	}
	if len(named) == 1 {
		return named[0]
	}
	return nil
}

func (a *adult) has(e164 string) bool {
	return slices.ContainsFunc(a.phones, func(o data.Phone) bool { return o.E164 == e164 })
}

func (im *importer) known(g *data.Guardian) *adult {
	for _, f := range g.Phones {
		if a := im.adults[key(g.Name, f.E164)]; a != nil {
			return a
		}
	}
	return nil
}

// adult takes over what a row tells of a guardian as a person. A number that is
// new comes first; the others stay behind it, for a file can be out of date.
func (im *importer) adult(p *pupil, a *adult, g *data.Guardian) {
	if !a.listed {
		a.listed = true
		im.touched = append(im.touched, a)
	}
	var fresh []data.Phone
	for _, f := range g.Phones {
		if !a.has(f.E164) {
			fresh = append(fresh, f)
		}
		if k := key(g.Name, f.E164); im.adults[k] == nil {
			im.adults[k] = a
		}
	}
	if len(fresh) > 0 && !im.ownPhones(p, a) {
		a.phones, a.changed = append(fresh, a.phones...), true
		p.changed("phone")
	}
	if g.WorkPlace == "" || a.settled {
		return
	}
	a.settled = true
	left, known := im.hand.persons[a.id]
	if a.place != g.WorkPlace && !mine(im, p, "work_place", known, left.WorkPlace, a.place) {
		a.place, a.changed = g.WorkPlace, true
		p.changed("work_place")
	}
}
