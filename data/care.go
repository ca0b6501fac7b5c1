package data

import (
	"slices"
	"strconv"
	"time"
)

// A Care is what only few may read of a child: the notes to its tags, its
// health, what to do when it falls ill, how things stand at home, and why a
// guardian is kept away. It is masked until somebody opens it, which is logged.
type Care struct {
	Student   int64
	Tags      []TagNote // those that hold, the most pressing first; computed ones are not among them
	Health    string    // allergies, illnesses
	Emergency string    // what to do when it happens
	Structure Structure
	Hardship  string
	Change    string // what happened in the family, and when it was told
	ChangeOn  Date
	Limits    []Restraint // of the child's guardians, in calling order
	Reach     CareReach   // how much of it its reader may open
	Rev       int64       // of what is the child's; 0: nothing was written yet
	HomeRev   int64       // of what is the household's
	ByName    string      // who saved it last, and when
	At        time.Time
}

// A Restraint is why one guardian must not be contacted, or may not collect the
// child; Reason is empty where there is none.
type Restraint struct {
	Guardianship int64
	Person       int64
	Name         string
	Relation     Relation
	RelationText string
	Reason       string
}

// CareReach is how much of a child's Care an account may open.
type CareReach int

// Nothing; that there is something; in an emergency the health, the steps and
// the restraints; all of it.
const (
	CareNone CareReach = iota
	CareExists
	CareUrgent
	CareWhole
)

// Care is how much of a child's Care the account may open at t. Who may not
// know of it at all is not told that there is something.
func (a Account) Care(t time.Time, p Place) CareReach {
	switch {
	case !a.Sees(t, p):
		return CareNone
	case a.May(t, RecTag, View, p, false):
		return CareWhole
	case a.May(t, RecTag, View, p, false, HealthOnly):
		return CareUrgent
	case a.SeesLevel(t, p, Restricted) == Exists:
		return CareExists
	}
	return CareNone
}

// MayEditCare reports whether the account may change a child's Care: its class
// teacher.
func (a Account) MayEditCare(t time.Time, p Place) error {
	switch {
	case !a.Sees(t, p):
		return ErrNotFound
	case a.May(t, RecTag, Edit, p, false):
		return nil
	}
	return ErrForbidden
}

// For is the care as somebody with this reach may open it.
func (c Care) For(r CareReach) Care {
	c.Reach = r
	if r < CareUrgent {
		return Care{Student: c.Student, Reach: r}
	}
	if r < CareWhole {
		c.Tags, c.Structure, c.Hardship, c.Change, c.ChangeOn = nil, "", "", "", Date{}
	}
	return c
}

// Filled names the fields that hold something, as the table of levels does. A
// tag by itself stands on the card; its note does not.
func (c Care) Filled() (fields []string) {
	add := func(field string, there bool) {
		if there {
			fields = append(fields, field)
		}
	}
	add("student.tag_note", slices.ContainsFunc(c.Tags, func(t TagNote) bool { return t.Note != "" }))
	add("student.health_note", c.Health != "" || c.Emergency != "")
	add("household.structure", c.Structure != "")
	add("household.hardship_note", c.Hardship != "")
	add("household.family_change", c.Change != "" || !c.ChangeOn.IsZero())
	add("guardian.contact_restriction", slices.ContainsFunc(c.Limits, func(l Restraint) bool { return l.Reason != "" }))
	return fields
}

// Lines is how many things stand there for its reader: each restraint and each
// note to a tag by itself.
func (c Care) Lines() (n int) {
	for _, there := range []bool{c.Health != "", c.Emergency != "", c.Structure != "", c.Hardship != "", c.Change != "" || !c.ChangeOn.IsZero()} {
		if there {
			n++
		}
	}
	for _, t := range c.Tags {
		if t.Note != "" {
			n++
		}
	}
	for _, l := range c.Limits {
		if l.Reason != "" {
			n++
		}
	}
	return n
}

// Tidy returns c as it should be stored: one of each tag, in the order of Tags.
func (c Care) Tidy() Care {
	c.Health, c.Emergency, c.Hardship, c.Change = Name(c.Health), Name(c.Emergency), Name(c.Hardship), Name(c.Change)
	var tags []TagNote
	for _, tag := range StoredTags {
		if i := slices.IndexFunc(c.Tags, func(t TagNote) bool { return t.Tag == tag }); i >= 0 {
			one := c.Tags[i]
			one.Note = Name(one.Note)
			tags = append(tags, one)
		}
	}
	c.Tags = tags
	c.Limits = slices.Clone(c.Limits)
	for i := range c.Limits {
		c.Limits[i].Reason = Name(c.Limits[i].Reason)
	}
	return c
}

// maxNote is how many characters one note of a Care may have.
const maxNote = 500

// Check reports everything wrong with tidied care on a day. A fault of a tag
// names the tag's place in StoredTags, one of a restraint the guardian's place:
// "since 2", "limit 1".
func (c Care) Check(today Date) error {
	var f faults
	for _, t := range c.Tags {
		n := strconv.Itoa(slices.Index(StoredTags, t.Tag) + 1)
		if today.Before(t.Since) {
			f.bad("since "+n, WhyFuture)
		}
		if !t.Until.IsZero() && t.Until.Before(t.Since) {
			f.bad("until "+n, WhyNotADate)
		}
		f.atMost("note "+n, t.Note, maxNote)
	}
	f.atMost("health", c.Health, maxNote)
	f.atMost("steps", c.Emergency, maxNote)
	if c.Structure != "" {
		f.oneOf("structure", string(c.Structure), words(Structures))
	}
	f.atMost("hardship", c.Hardship, maxNote)
	f.atMost("change", c.Change, maxNote)
	if today.Before(c.ChangeOn) {
		f.bad("change_on", WhyFuture)
	}
	for i, l := range c.Limits {
		f.atMost("limit "+strconv.Itoa(i+1), l.Reason, maxNote)
	}
	return f.err()
}
