package store

import (
	"encoding/json"
	"slices"

	"qiao/data"
)

// A hand is what the last import left of records that somebody saved since. A
// field that is not as it was left was corrected by hand.
type hand struct {
	students map[int64]data.Student
	homes    map[int64]data.Household
	persons  map[int64]data.Guardian
	tags     map[int64][]data.TagNote // by student
}

// lastImport is the revision at which the last import left each record.
const lastImport = "SELECT r.record, r.record_id, max(r.rev_after) AS rev, max(b.at) AS at FROM import_row r JOIN import_batch b ON b.id = r.batch " +
	"WHERE b.state = 'done' AND r.record IN ('student', 'person', 'household') GROUP BY r.record, r.record_id"

// loadHand reads what imports left, where a save since has kept it as a revision.
func (im *importer) loadHand() error {
	h := &im.hand
	h.students, h.homes, h.persons, h.tags = map[int64]data.Student{}, map[int64]data.Household{}, map[int64]data.Guardian{}, map[int64][]data.TagNote{}
	err := im.t.rows("SELECT v.record, v.record_id, v.before FROM ("+lastImport+") l JOIN revision v ON v.record = l.record AND v.record_id = l.record_id AND v.rev = l.rev", nil,
		func(r row) error {
			var record, before string
			var id int64
			if err := r.Scan(&record, &id, &before); err != nil {
				return err
			}
			switch record {
			case "student":
				return keepLeft(h.students, id, before)
			case "household":
				return keepLeft(h.homes, id, before)
			}
			return keepLeft(h.persons, id, before)
		})
	if err != nil {
		return err
	}
	return im.t.rows("SELECT v.record_id, v.before FROM ("+lastImport+") l JOIN revision v ON v.record = 'care' AND v.record_id = l.record_id AND v.at >= l.at "+
		"WHERE l.record = 'student' ORDER BY v.rev DESC", nil, func(r row) error { // the oldest of them comes last
		var id int64
		var before string
		if err := r.Scan(&id, &before); err != nil {
			return err
		}
		var c data.Care
		err := json.Unmarshal([]byte(before), &c)
		h.tags[id] = c.Tags
		return err
	})
}

func keepLeft[T any](all map[int64]T, id int64, before string) error {
	var v T
	err := json.Unmarshal([]byte(before), &v)
	all[id] = v
	return err
}

// kept notes that a field stays as somebody made it.
func (p *pupil) kept(field string) {
	if !slices.Contains(p.byHand, field) {
		p.byHand = append(p.byHand, field)
	}
}

// mine reports whether a field of the student, told otherwise by the file, was
// corrected by hand and stays. Left and now are its value as the last import left
// it and as it is.
func mine[T comparable](im *importer, p *pupil, field string, known bool, left, now T) bool {
	if im.overwrite || !known || left == now {
		return false
	}
	p.kept(field)
	return true
}

// ownStatus and ownClass report whether somebody took the student out of the
// school, or to another class, since the last import.
func (im *importer) ownStatus(p *pupil) bool {
	left, known := im.hand.students[p.was.ID]
	return !p.was.Status.Here() && left.Status.Here() && mine(im, p, "status", known, left.Status, p.was.Status)
}

func (im *importer) ownClass(p *pupil, l *data.RosterLine) bool {
	left, known := im.hand.students[p.was.ID]
	return p.was.Class != 0 && im.named[p.was.Class] != l.Class && mine(im, p, "class", known, left.Class, p.was.Class)
}

func (im *importer) ownTag(p *pupil, tag data.Tag) bool {
	notes, known := im.hand.tags[p.was.ID]
	left := slices.ContainsFunc(notes, func(n data.TagNote) bool { return n.Tag == tag })
	return mine(im, p, string(tag), known, left, p.tags[tag])
}

// ownRelation reports whether somebody changed what a guardian is to the student;
// a revision tells of one child only.
func (im *importer) ownRelation(p *pupil, t *tie) bool {
	left, known := im.hand.persons[t.adult.id]
	return left.Student == p.was.ID && mine(im, p, "relation", known, string(left.Relation)+left.RelationText, string(t.relation)+t.text)
}

// ownPhones reports whether somebody changed which numbers an adult has.
func (im *importer) ownPhones(p *pupil, a *adult) bool {
	left, known := im.hand.persons[a.id]
	return mine(im, p, "phone", known, numbers(left.Phones), numbers(a.was.Phones))
}

func numbers(all []data.Phone) (out string) {
	for _, f := range all {
		out += f.E164 + " "
	}
	return out
}
