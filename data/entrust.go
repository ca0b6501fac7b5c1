package data

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// How long a child stays open in an emergency, and released by the principal:
// unless said, and at most.
const (
	EmergencyLasts = 2 * time.Hour
	ReleaseLasts   = 2 * time.Hour
	ReleaseMost    = 24 * time.Hour
)

// MostReason is how many characters the reason for a right of the moment has.
const MostReason = 200

// Reasoned returns the reason for a right of the moment as it is stored. There
// is always one: else the answer is an *Invalid about "reason".
func Reasoned(s string) (string, error) {
	s = Name(s)
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", &Invalid{Field: "reason", Why: WhyEmpty}
	case n < MinSummary:
		return "", &Invalid{Field: "reason", Why: WhyTooShort}
	case n > MostReason:
		return "", &Invalid{Field: "reason", Why: WhyTooLong}
	}
	return s, nil
}

// OnStaff reports whether the account has a part of its own in the school's work
// with families: any role but that of inspector, and not of administrator alone.
// Such a person may open a child in an emergency, and be lent or released one.
func (a Account) OnStaff(t time.Time) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.At(t) && g.Kind == OwnGrant && g.Role != Administrator && g.Role != Inspector
	})
}

// MayOpenInEmergency reports whether the account may open a child, any child, in
// an emergency.
func (a Account) MayOpenInEmergency(t time.Time) error {
	if a.ID != 0 && a.OnStaff(t) {
		return nil
	}
	return ErrForbidden
}

// MayLend is the grant by which the account may lend a class: its own as class
// teacher. What was lent to somebody they do not lend on.
func (a Account) MayLend(t time.Time, class int64) (Grant, error) {
	for _, g := range a.Grants {
		if g.Role == ClassTeacher && g.Kind == OwnGrant && g.ScopeID == class && g.At(t) {
			return g, nil
		}
	}
	return Grant{}, ErrForbidden
}

// LentUntil is the last day that a class may be lent until, by the grant it is
// lent from: that grant's, and the school year's.
func (g Grant) LentUntil(today Date) Date {
	last := On(SchoolYear(today)+1, time.July, 31)
	if !g.Until.IsZero() {
		if day := DayOf(g.Until.Add(-time.Millisecond)); day.Before(last) {
			last = day
		}
	}
	return last
}

// MayRelease reports whether the account may release a child to somebody: who by
// a role of their own reads all of every child, the principal.
func (a Account) MayRelease(t time.Time) error {
	for role, g := range a.held(t, nil) {
		if g.Kind == OwnGrant && g.Scope == ScopeSchool && sightAt(role, Secret) == Whole {
			return nil
		}
	}
	return ErrForbidden
}

// MayTakeBack reports whether the account may end a grant before its time: who
// runs accounts any; who gave it themselves what was lent, released or opened in
// an emergency; the principal whatever opens a child for a time.
func (a Account) MayTakeBack(t time.Time, g Grant) error {
	switch {
	case a.MayManage(t) == nil:
		return nil
	case g.Kind == OwnGrant || a.ID == 0:
	case g.GivenBy == a.ID, g.Kind != DelegatedGrant && a.MayRelease(t) == nil:
		return nil
	}
	return ErrForbidden
}

// HearsOf reports whether the account is told that somebody else, holder, was
// given a right of the moment over a child: of an emergency its class teacher
// and the principal, of a release who wrote something secret about the child
// too; and the holder of what they did not do themselves.
func (a Account) HearsOf(t time.Time, g Grant, holder int64, p Place, wroteSecret bool) bool {
	switch {
	case a.ID == g.GivenBy || g.Kind == OwnGrant:
		return false
	case a.ID == holder:
		return true
	case g.Kind == DelegatedGrant:
		return false
	case a.MayRelease(t) == nil, wroteSecret && g.Kind == ReleaseGrant:
		return true
	}
	for role := range a.held(t, &p) {
		if role == ClassTeacher {
			return true
		}
	}
	return false
}

// A Passing is by which right of the moment an account sees a child, and until
// when; the zero Passing: by roles of its own alone.
type Passing struct {
	Role  Role
	Until time.Time
}

// Passing is by which right of the moment the account sees a child at t: what
// was lent, released, opened in an emergency, or the reading on of a former
// class teacher who has no other role there.
func (a Account) Passing(t time.Time, p Place) (out Passing) {
	own := false
	for role, g := range a.held(t, &p) {
		switch {
		case role == FormerTeacher:
			if out.Role == "" {
				out = Passing{role, g.Until.Add(ReadsOn)}
			}
		case g.Kind != OwnGrant:
			if out.Until.Before(g.Until) || out.Role == FormerTeacher {
				out = Passing{role, g.Until}
			}
		default:
			own = own || sightAt(role, Normal) == Whole
		}
	}
	if own && out.Role == FormerTeacher {
		return Passing{}
	}
	return out
}

// A Colleague is somebody who may be lent a class, or released a child.
type Colleague struct {
	ID             int64
	Name, Username string
}

// FindColleague is whom a word means: a user name, or the full name where only
// one has it.
func FindColleague(all []Colleague, word string) (Colleague, error) {
	word = strings.TrimSpace(word)
	var found []Colleague
	for _, c := range all {
		if c.Username == word {
			return c, nil
		}
		if c.Name == word {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return Colleague{}, &Invalid{Field: "to", Why: WhyUnknown}
	case 1:
		return found[0], nil
	}
	return Colleague{}, ErrAmbiguous
}
