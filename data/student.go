package data

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Sex as the rosters give it; "" where they do not.
type Sex string

// The two that rosters know.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Status is where a student's enrolment stands.
type Status string

// The states of enrolment.
const (
	Enrolled    Status = "enrolled"
	Suspended   Status = "suspended"
	Repeating   Status = "repeating"
	Transferred Status = "transferred"
	Left        Status = "left"
	Graduated   Status = "graduated"
)

// Statuses is every state of enrolment.
var Statuses = []Status{Enrolled, Suspended, Repeating, Transferred, Left, Graduated}

// Here reports whether a student of this status belongs to a class today.
func (s Status) Here() bool { return s == Enrolled || s == Suspended || s == Repeating }

// Tag is a mark that a child needs watching. Tags are L3: lists show that there
// are some, and no more.
type Tag string

// The tags of the school's rules. SingleParent comes from the household and
// NewHere from the day of entry; neither is stored as a tag.
const (
	LeftBehind        Tag = "left_behind"
	Hardship          Tag = "hardship"
	LackingAffection  Tag = "lacking_affection"
	ProblemFamily     Tag = "problem_family"
	LearningDifficult Tag = "learning_difficulty"
	BehaviourConcern  Tag = "behaviour_concern"
	PsychConcern      Tag = "psychological_concern"
	MigrantChild      Tag = "migrant_child"
	Disability        Tag = "disability"
	Orphan            Tag = "orphan"
	FamilyChange      Tag = "family_change"
	SafetyConcern     Tag = "safety_concern"
	SingleParent      Tag = "single_parent"
	NewHere           Tag = "new"
)

// Tags is every tag, the most pressing first.
var Tags = []Tag{SafetyConcern, LeftBehind, Orphan, SingleParent, Hardship, Disability, LackingAffection,
	ProblemFamily, FamilyChange, PsychConcern, BehaviourConcern, LearningDifficult, MigrantChild, NewHere}

// StoredTags is every tag that somebody sets, the most pressing first.
var StoredTags = slices.DeleteFunc(slices.Clone(Tags), func(t Tag) bool { return t == SingleParent || t == NewHere })

// A Student is a child enrolled in a class.
type Student struct {
	ID, Household int64
	Class         int64     // the cohort's id, which it keeps for life
	ClassName     ClassName // what the class is called this school year
	Number        string    // unique in the school
	Name          string
	Reading       string // pinyin where the usual guess is wrong: "zeng qian"
	Former        string // a former name
	Sex           Sex
	Birth         Date
	Status        Status
	Boarding      bool
	Entered       Date
	Left          Date
	Rev           int64
}

// Place is where the student stands when rights are asked.
func (s Student) Place() Place { return Place{s.ID, s.Class} }

// Age is the student's age in full years on a day, -1 where no birthday is known.
func (s Student) Age(on Date) int {
	if s.Birth.IsZero() {
		return -1
	}
	return s.Birth.YearsTo(on)
}

// Seat is the student's number in the class list: the end of a number that is
// made of the year, the class and the seat (20240217), else the whole number.
func (s Student) Seat() string {
	if n := len(s.Number); n == 8 && s.Number[:2] == "20" && !s.ClassName.IsZero() &&
		s.Number[4:6] == fmt.Sprintf("%02d", s.ClassName.Number) {
		return s.Number[6:]
	}
	return s.Number
}

// Tidy returns s as it should be stored. Tidy is idempotent.
func (s Student) Tidy() Student {
	s.Name, s.Former, s.Reading = Name(s.Name), Name(s.Former), Name(s.Reading)
	s.Number = strings.TrimSpace(Line(s.Number))
	if s.Status == "" {
		s.Status = Enrolled
	}
	return s
}

const maxName = 30

// Check reports everything wrong with a tidied student.
func (s Student) Check(Date) error {
	var f faults
	f.name("name", s.Name)
	switch {
	case s.Number == "":
		f.bad("number", WhyEmpty)
	case utf8.RuneCountInString(s.Number) > 40:
		f.bad("number", WhyTooLong)
	}
	return f.err()
}

// Name is a name without what does not belong in one: ends trimmed, inner
// blanks single.
func Name(s string) string { return strings.Join(strings.Fields(Line(s)), " ") }

// A Household is the people at one address around one or several students.
type Household struct {
	ID      int64
	Address string // L2
	Village string // L2; groups homes for visits
	Postal  string // only if different
	Channel Channel
	Rev     int64
	ByName  string // who saved it last, and when
	At      time.Time
}

// Tidy returns h as it should be stored.
func (h Household) Tidy() Household {
	h.Address, h.Village, h.Postal = Name(h.Address), Name(h.Village), Name(h.Postal)
	return h
}

// Structure is the household's kind, L3.
type Structure string

// The kinds of household.
const (
	BothParents  Structure = "both_parents"
	OneParent    Structure = "single_parent"
	Remarried    Structure = "remarried"
	Grandparents Structure = "grandparents"
	OtherHome    Structure = "other"
)

// Structures is every kind of household.
var Structures = []Structure{BothParents, OneParent, Remarried, Grandparents, OtherHome}
