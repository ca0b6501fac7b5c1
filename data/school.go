package data

import (
	"fmt"
	"time"
)

// A School is a whole school as values, before it is in a database: what a
// generator or an import makes, and what the console's desk founds.
//
// Nothing in it has an id yet. Where a record names another (a student its
// household, a contact its students), it gives that one's place in the School's
// own list, counted from 1, so that 0 stays "none". The lists are in the order
// in which they are stored, and their own ID, Rev and names copied from
// elsewhere (ClassName of a Grant, StudentName of a Promise) are left zero.
type School struct {
	Name          string
	Calendar      Calendar
	Classes       []Cohort
	People        []Person // every adult, staff and guardians
	Staff         []Employee
	Households    []Home
	Students      []Pupil
	Guardianships []Guardianship // the children's in turn, each in calling order
	Contacts      []Contact      // by time; Guardians and OwnerPerson are places in People
	Meetings      []Gathering    // by their beginning
}

// A Cohort is a class for all its life. Number is what it is called by in every
// year; its grade in a year follows from its first.
type Cohort struct {
	Entry      int // the school year it began
	EntryGrade int // the grade it began in, mostly 1
	Number     int
}

// Name is what the cohort is called in a school year; the zero name before it
// began.
func (c Cohort) Name(year int) ClassName {
	if year < c.Entry {
		return ClassName{}
	}
	return ClassName{c.EntryGrade + year - c.Entry, c.Number}
}

// A Person is an adult: what holds whichever child asks.
type Person struct {
	Name      string
	Reading   string // pinyin where the usual guess is wrong
	Sex       Sex
	Phones    []Phone // the first is called first
	BestTime  string
	Language  string
	WorkUnit  string
	WorkPlace string
	AwaySince Date
}

// An Employee is a member of staff. Account.Person is a place in People; the
// ScopeID of a grant is a grade, or a place in Classes or Students.
type Employee struct {
	Account
	Key string // whose login it is in the demo school: "me", "principal"; mostly ""
}

// A Home is a household with what only a few may read of it.
type Home struct {
	Household
	Structure Structure // L3
	Hardship  string    // L3
	Change    string    // L3: what happened in the family
	ChangeOn  Date
}

// A Pupil is a student with what only a few may read. Household and Class are
// places.
type Pupil struct {
	Student
	Tags      []TagNote // L3
	Health    string    // L3: allergies, illnesses
	Emergency string    // L3: what to do when it happens
}

// A TagNote is a tag on a child, since when and why.
type TagNote struct {
	Tag   Tag
	Since Date
	Until Date // zero: still
	Note  string
}

// A Guardianship is what an adult is to one child. Student and Person are places.
type Guardianship struct {
	Student, Person int64
	Relation        Relation
	RelationText    string
	Order           int // of calling; 1 is first
	Legal           bool
	LivesWith       bool
	MayCollect      bool
	DoNotContact    bool
	Limit           string // L3: why one must not be contacted, or may not collect
}

// Check reports the first thing in a school that could not be stored: a place
// that is not in its list, or a record that its own rule refuses. Now is the
// moment of storing: nothing happened after it.
func (s School) Check(now time.Time) error {
	for _, check := range []func(time.Time) error{s.checkPeople, s.checkFamilies, s.checkContacts, s.checkMeetings} {
		if err := check(now); err != nil {
			return err
		}
	}
	return nil
}

func (s School) checkPeople(now time.Time) error {
	for i, c := range s.Classes {
		if !c.Name(c.Entry).valid() {
			return fmt.Errorf("class %d: %w", i+1, &Invalid{"class", WhyUnknown})
		}
	}
	for i, p := range s.People {
		g := Guardian{Name: p.Name, Relation: OtherRelation, Phones: p.Phones, BestTime: p.BestTime, WorkPlace: p.WorkPlace}
		if err := g.Check(DayOf(now)); err != nil {
			return fmt.Errorf("person %d: %w", i+1, err)
		}
	}
	for i, e := range s.Staff {
		err := place("person", e.Person, len(s.People))
		if e.Username == "" {
			err = &Invalid{"username", WhyEmpty}
		}
		for _, g := range e.Grants {
			switch {
			case g.Scope != ScopeOf(g.Role):
				err = &Invalid{"scope", WhyUnknown}
			case err != nil:
			case g.Scope == ScopeClass:
				err = place("class", g.ScopeID, len(s.Classes))
			case g.Scope == ScopeStudent:
				err = place("student", g.ScopeID, len(s.Students))
			}
		}
		if err != nil {
			return fmt.Errorf("staff %d: %w", i+1, err)
		}
	}
	return nil
}

func (s School) checkFamilies(now time.Time) error {
	for i, p := range s.Students {
		err := p.Check(DayOf(now))
		if err == nil {
			err = place("household", p.Household, len(s.Households))
		}
		if err == nil && p.Status.Here() {
			err = place("class", p.Class, len(s.Classes))
		}
		if err != nil {
			return fmt.Errorf("student %d: %w", i+1, err)
		}
	}
	for i, g := range s.Guardianships {
		err := place("student", g.Student, len(s.Students))
		if err == nil {
			err = place("person", g.Person, len(s.People))
		}
		if err == nil && (g.Order < 1 || i > 0 && s.Guardianships[i-1].Student > g.Student) {
			err = &Invalid{"order", WhyUnknown}
		}
		if err != nil {
			return fmt.Errorf("guardianship %d: %w", i+1, err)
		}
	}
	return nil
}

func (s School) checkContacts(now time.Time) error {
	for i, c := range s.Contacts {
		err := c.Check(now)
		if err == nil {
			err = s.placed(c)
		}
		if err != nil {
			return fmt.Errorf("contact %d: %w", i+1, err)
		}
	}
	return nil
}

// placed reports whether all that a contact names is there, and whether its
// students are of its household.
func (s School) placed(c Contact) error {
	if err := place("staff", c.Staff, len(s.Staff)); err != nil {
		return err
	}
	for _, id := range c.Students {
		if err := place("student", id, len(s.Students)); err != nil {
			return err
		}
		if s.Students[id-1].Household != c.Household {
			return &Invalid{"household", WhyUnknown}
		}
	}
	for _, id := range c.Guardians {
		if err := place("person", id, len(s.People)); err != nil {
			return err
		}
	}
	for _, p := range c.Promises {
		if p.Owner != 0 {
			if err := place("owner", p.Owner, len(s.Staff)); err != nil {
				return err
			}
		} else if err := place("owner", p.OwnerPerson, len(s.People)); err != nil {
			return err
		}
	}
	return nil
}

func place(field string, id int64, n int) error {
	if id < 1 || id > int64(n) {
		return &Invalid{field, WhyUnknown}
	}
	return nil
}
