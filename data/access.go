package data

import (
	"iter"
	"slices"
	"time"
)

// Place is where a student stands when rights are asked: the student, and the
// class of today.
type Place struct{ Student, Class int64 }

// holds reports whether the grant's scope has the place in it.
func (g Grant) holds(p Place) bool {
	switch g.Scope {
	case ScopeSchool:
		return true
	case ScopeStudent:
		return g.ScopeID == p.Student
	}
	return slices.Contains(g.Classes, p.Class)
}

// held is what a is at t towards a child, or with a nil place what it is at
// all, each role with the grant that it comes from.
func (a Account) held(t time.Time, p *Place) iter.Seq2[Role, Grant] {
	return func(yield func(Role, Grant) bool) {
		for _, g := range a.Grants {
			if r, ok := g.RoleAt(t); ok && (p == nil || g.holds(*p)) && !yield(r, g) {
				return
			}
		}
	}
}

// A Reason is why somebody may do something: the right, and the grant of the
// role that it comes with.
type Reason struct {
	Role  Role
	Right Right
	Grant Grant
}

// LastDay is the last day that the reason holds, zero where it has no end: a
// former class teacher reads on after the role has ended.
func (r Reason) LastDay() Date {
	if r.Role == FormerTeacher {
		return DayOf(r.Grant.Until.Add(ReadsOn - time.Second))
	}
	return r.Grant.LastDay()
}

// Why lists what lets the account do something with a record about a child at
// t, the least limited first; nothing: it may not. Own tells that the entry is
// the account's own.
func (a Account) Why(t time.Time, rec Record, act Act, p Place, own bool) []Reason {
	return a.why(t, rec, act, &p, own)
}

// WhyAtAll is Why for records of the school that concern no child: accounts,
// settings, the log.
func (a Account) WhyAtAll(t time.Time, rec Record, act Act, own bool) []Reason {
	return a.why(t, rec, act, nil, own)
}

func (a Account) why(t time.Time, rec Record, act Act, p *Place, own bool) (out []Reason) {
	for role, g := range a.held(t, p) {
		for _, r := range RightsOf(role, rec) {
			if slices.Contains(r.Acts, act) && (r.Reach == InScope || own) {
				out = append(out, Reason{role, r, g})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Reason) int { return len(x.Right.Limit) - len(y.Right.Limit) })
	return out
}

// May reports whether the account may do something with a record about a child,
// as far as one of these limits or none: who asks names the limits it keeps to.
func (a Account) May(t time.Time, rec Record, act Act, p Place, own bool, limits ...Limit) bool {
	return a.may(t, rec, act, &p, own, limits)
}

// MayAtAll is May for records of the school that concern no child.
func (a Account) MayAtAll(t time.Time, rec Record, act Act, own bool, limits ...Limit) bool {
	return a.may(t, rec, act, nil, own, limits)
}

func (a Account) may(t time.Time, rec Record, act Act, p *Place, own bool, limits []Limit) bool {
	for role := range a.held(t, p) {
		for _, r := range RightsOf(role, rec) {
			if slices.Contains(r.Acts, act) && (r.Reach == InScope || own) && (r.Limit == Unlimited || slices.Contains(limits, r.Limit)) {
				return true
			}
		}
	}
	return false
}

// Sees reports whether the account finds the student at all: in search, lists
// and counts. Finding is by scope.
func (a Account) Sees(t time.Time, p Place) bool {
	return a.May(t, RecStudent, View, p, false, Searching)
}

// SeesCard reports whether the account reads the family's card: what is L1.
// The front desk finds name, class, phones and the two warnings only.
func (a Account) SeesCard(t time.Time, p Place) bool {
	for role := range a.held(t, &p) {
		if sightAt(role, Normal) == Whole {
			return true
		}
	}
	return false
}

// SeesLevel reports how much the account sees of something of level l about a
// student: fields, tags, notes. Of a contact ask SightOf.
func (a Account) SeesLevel(t time.Time, p Place, l Level) (s Sight) {
	if !a.SeesCard(t, p) {
		return None
	}
	for role := range a.held(t, &p) {
		s = max(s, sightAt(role, l))
	}
	return s
}

// MayRecord reports whether the account may write a contact with the student by
// a channel. The front desk records incoming calls only.
func (a Account) MayRecord(t time.Time, p Place, c Channel, d Direction) error {
	var limits []Limit
	if d == Incoming {
		limits = []Limit{IncomingOnly}
	}
	switch {
	case !a.Sees(t, p):
		return ErrNotFound
	case a.May(t, c.Record(), Create, p, true, limits...):
		return nil
	}
	return ErrForbidden
}

// MayEditFamily reports whether the account may change guardians, phones and
// address: the class teacher and the office; a surrogate parent the phones
// alone, of the guardians that there are.
func (a Account) MayEditFamily(t time.Time, p Place) (phonesOnly bool, err error) {
	switch {
	case !a.Sees(t, p):
		return false, ErrNotFound
	case a.May(t, RecFamily, Edit, p, false):
		return false, nil
	case a.May(t, RecFamily, Edit, p, false, PhonesOnly):
		return true, nil
	}
	return false, ErrForbidden
}

// MayManage reports whether the account may run accounts and keys.
func (a Account) MayManage(t time.Time) error {
	if a.MayAtAll(t, RecAccount, Edit, false) {
		return nil
	}
	return ErrForbidden
}

// MayImport reports whether the account may import a roster: the administrator,
// who sees nothing of what is L1 and above in its preview, and the office.
func (a Account) MayImport(t time.Time) error {
	if a.MayAtAll(t, RecStudent, Create, false, ByImport) {
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

// Nobody reports whether no child is in the scope.
func (s Scope) Nobody() bool { return !s.All && len(s.Classes) == 0 && len(s.Students) == 0 }

// Knows is the scope in which the account at least knows of texts of a level at
// t: of those up to restricted wherever it reads cards. SightOf says the same of
// one text that is not its own and does not name it.
func (a Account) Knows(t time.Time, l Level) (s Scope) {
	for role, g := range a.held(t, nil) {
		switch {
		case sightAt(role, Normal) != Whole, l >= Secret && sightAt(role, l) == None:
		case g.Scope == ScopeSchool:
			s.All = true
		case g.Scope == ScopeStudent:
			s.Students = append(s.Students, g.ScopeID)
		default:
			s.Classes = append(s.Classes, g.Classes...)
		}
	}
	slices.Sort(s.Classes)
	s.Classes = slices.Compact(s.Classes)
	return s
}

// Has reports whether a place is in the scope.
func (s Scope) Has(p Place) bool {
	return s.All || slices.Contains(s.Classes, p.Class) && p.Class != 0 || slices.Contains(s.Students, p.Student)
}

// Finds is the scope in which the account finds children at t. Sees says the
// same of one child; a test holds the two together.
func (a Account) Finds(t time.Time) (s Scope) {
	for role, g := range a.held(t, nil) {
		finds := slices.ContainsFunc(RightsOf(role, RecStudent), func(r Right) bool {
			return slices.Contains(r.Acts, View) && (r.Limit == Unlimited || r.Limit == Searching)
		})
		switch {
		case !finds:
		case g.Scope == ScopeSchool:
			s.All = true
		case g.Scope == ScopeStudent:
			s.Students = append(s.Students, g.ScopeID)
		default:
			s.Classes = append(s.Classes, g.Classes...)
		}
	}
	slices.Sort(s.Classes)
	s.Classes = slices.Compact(s.Classes)
	return s
}
