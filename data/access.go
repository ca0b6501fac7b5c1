package data

import (
	"slices"
	"time"
)

// Level is who may read what was written: L1 to L4 of the school's rules.
type Level int

// The levels in words: normal, class, restricted, secret.
const (
	Normal     Level = 1 // those who teach or care for the child, and the offices
	ClassOnly  Level = 2 // class teacher, surrogate, grade head, office, principal
	Restricted Level = 3 // class teacher, surrogate, office, principal
	Secret     Level = 4 // its writer, the principal and those it names
)

// Levels is every level, from the most open.
var Levels = []Level{Normal, ClassOnly, Restricted, Secret}

// Code is the level's word in commands and JSON.
func (l Level) Code() string {
	switch l {
	case ClassOnly:
		return "class"
	case Restricted:
		return "restricted"
	case Secret:
		return "secret"
	}
	return "normal"
}

// ParseLevel is the level a word names.
func ParseLevel(word string) (Level, error) {
	for _, l := range Levels {
		if l.Code() == word {
			return l, nil
		}
	}
	return 0, &Invalid{Field: "level", Why: WhyUnknown}
}

// A Sight is how much of a record an account may see.
type Sight int

// None: the record is not there. Exists: its date, channel and person, without
// the text. Whole: all of it.
const (
	None Sight = iota
	Exists
	Whole
)

// Place is where a student stands when rights are asked: the student, and the
// class of today.
type Place struct{ Student, Class int64 }

// roles is what a is towards a student at t: the roles whose scope holds it.
func (a Account) roles(t time.Time, p Place) (out []Role) {
	for _, g := range a.Grants {
		if !g.At(t) {
			continue
		}
		switch g.Scope {
		case ScopeSchool:
			out = append(out, g.Role)
		case ScopeStudent:
			if g.ScopeID == p.Student {
				out = append(out, g.Role)
			}
		default:
			if slices.Contains(g.Classes, p.Class) {
				out = append(out, g.Role)
			}
		}
	}
	return out
}

// finders are the roles that find children within their scope. An
// administrator runs accounts without reading families; a committee secretary
// and an inspector have no children in their scope.
var finders = []Role{Principal, MoralOffice, FrontDesk, GradeHead, ClassTeacher, SubjectTeacher, Surrogate}

// Sees reports whether the account finds the student at all: in search, lists
// and counts. Finding is by scope.
func (a Account) Sees(t time.Time, p Place) bool { return a.any(t, p, finders...) }

func (a Account) any(t time.Time, p Place, roles ...Role) bool {
	return slices.ContainsFunc(a.roles(t, p), func(r Role) bool { return slices.Contains(roles, r) })
}

// SeesCard reports whether the account reads the family's card: what is L1.
// The front desk finds name, class, phones and the two warnings only.
func (a Account) SeesCard(t time.Time, p Place) bool {
	return a.any(t, p, Principal, MoralOffice, GradeHead, ClassTeacher, SubjectTeacher, Surrogate)
}

// SeesLevel reports how much the account sees of something of level l about a
// student: fields, tags, notes. Of a contact ask Contact.Sight.
func (a Account) SeesLevel(t time.Time, p Place, l Level) Sight {
	switch {
	case !a.SeesCard(t, p):
		return None
	case l <= Normal:
		return Whole
	case a.any(t, p, Principal):
		return Whole
	case l == ClassOnly:
		if a.any(t, p, MoralOffice, GradeHead, ClassTeacher, Surrogate) {
			return Whole
		}
		return None
	case l == Restricted:
		if a.any(t, p, MoralOffice, ClassTeacher, Surrogate) {
			return Whole
		}
		return Exists
	case a.any(t, p, MoralOffice, ClassTeacher, Surrogate):
		return Exists
	}
	return None
}

// MayRecord reports whether the account may write a contact with the student:
// whoever may see the card. The front desk records incoming calls only.
func (a Account) MayRecord(t time.Time, p Place, d Direction) error {
	switch {
	case !a.Sees(t, p):
		return ErrNotFound
	case a.SeesCard(t, p), d == Incoming && a.any(t, p, FrontDesk):
		return nil
	}
	return ErrForbidden
}

// MayEditFamily reports whether the account may change guardians, phones and
// address: the class teacher and the office; a surrogate parent phones.
func (a Account) MayEditFamily(t time.Time, p Place) error {
	switch {
	case !a.Sees(t, p):
		return ErrNotFound
	case a.any(t, p, ClassTeacher, MoralOffice, Surrogate):
		return nil
	}
	return ErrForbidden
}

// MayManage reports whether the account may run accounts and keys.
func (a Account) MayManage(t time.Time) error {
	if a.Has(t, Administrator) {
		return nil
	}
	return ErrForbidden
}

// A Scope is what an account finds, for queries over many: everything, or the
// students of these classes and these students.
type Scope struct {
	All      bool
	Classes  []int64
	Students []int64
}

// Finds is the scope in which the account finds children at t. Sees says the
// same of one child; a test holds the two together.
func (a Account) Finds(t time.Time) (s Scope) { return a.scope(t, finders) }

func (a Account) scope(t time.Time, roles []Role) (s Scope) {
	for _, g := range a.Grants {
		if !g.At(t) || !slices.Contains(roles, g.Role) {
			continue
		}
		switch g.Scope {
		case ScopeSchool:
			s.All = true
		case ScopeStudent:
			s.Students = append(s.Students, g.ScopeID)
		default:
			s.Classes = append(s.Classes, g.Classes...)
		}
	}
	slices.Sort(s.Classes)
	s.Classes = slices.Compact(s.Classes)
	return s
}
