package data

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Role is what an account may be in the school, by the words of commands and
// JSON. One person may hold several; rights add up.
type Role string

// The roles of the school's access rules.
const (
	Administrator      Role = "admin"
	Principal          Role = "principal"
	GradeHead          Role = "grade-head"
	ClassTeacher       Role = "class-teacher"
	SubjectTeacher     Role = "subject-teacher"
	MoralOffice        Role = "moral-office"
	CommitteeSecretary Role = "committee-secretary"
	Surrogate          Role = "surrogate"
	Inspector          Role = "inspector"
	FrontDesk          Role = "front-desk"
)

// What a grant makes somebody that is not their own role: helper of one child in
// an emergency, reader of one child that the principal has released, and former
// class teacher, who reads on after the turn of the year.
const (
	Emergency     Role = "emergency"
	BreakGlass    Role = "break-glass"
	FormerTeacher Role = "former-teacher"
)

// Roles is every role that an administrator gives, in the order that help and
// lists name them.
var Roles = []Role{Administrator, Principal, GradeHead, ClassTeacher, SubjectTeacher,
	MoralOffice, CommitteeSecretary, Surrogate, Inspector, FrontDesk}

// ScopeKind tells what a grant's ScopeID counts.
type ScopeKind string

// The scopes of a grant: everything, a grade by its number, a class or a
// student by id.
const (
	ScopeSchool  ScopeKind = "school"
	ScopeGrade   ScopeKind = "grade"
	ScopeClass   ScopeKind = "class"
	ScopeStudent ScopeKind = "student"
)

// ScopeOf is the kind of scope a role always carries.
func ScopeOf(r Role) ScopeKind {
	switch r {
	case GradeHead:
		return ScopeGrade
	case ClassTeacher, SubjectTeacher, FormerTeacher:
		return ScopeClass
	case Surrogate, Emergency, BreakGlass:
		return ScopeStudent
	}
	return ScopeSchool
}

// GrantKind tells how somebody came by a role.
type GrantKind string

// Given by an administrator; lent by a class teacher for a time; opened by
// oneself in an emergency, for two hours; released by the principal.
const (
	OwnGrant       GrantKind = "own"
	DelegatedGrant GrantKind = "delegated"
	EmergencyGrant GrantKind = "emergency"
	ReleaseGrant   GrantKind = "break_glass"
)

// A Grant is one role of one account over one scope, from an instant until
// another. The zero Until is open. A Grant is never "current" by a flag: ask
// Account.Active with a time.
type Grant struct {
	ID          int64
	Role        Role
	Kind        GrantKind
	Scope       ScopeKind
	ScopeID     int64
	Class       ClassName // this year's name, where Scope is a class
	Classes     []int64   // class ids in the scope, where Scope is a grade or a class
	Subject     string
	From, Until time.Time
	Source      int64     // the grant that a delegated one comes from
	GivenBy     int64     // the account; 0: the console
	Reason      string    // of a delegated grant, an emergency or a release
	Pending     bool      // waits for a second administrator
	Revoked     time.Time // when it was taken away before its time
	HandedOver  time.Time // when the next class teacher received the class
}

// Student is the child that the grant is over, 0 where it is over more.
func (g Grant) Student() int64 {
	if g.Scope == ScopeStudent {
		return g.ScopeID
	}
	return 0
}

// GoTogether reports, as an *Invalid, that one more grant contradicts those an
// account has at t: the same role over the same scope twice, or an inspector, who
// judges the school's work, with a part in it.
func GoTogether(t time.Time, has []Grant, more Grant) error {
	for _, g := range has {
		if !g.Pending && !g.At(t) || !g.Revoked.IsZero() {
			continue
		}
		switch {
		case g.Role == more.Role && g.Scope == more.Scope && g.ScopeID == more.ScopeID && g.Kind == more.Kind:
			return &Invalid{Field: "role", Why: WhyTwice}
		case g.Role != more.Role && (g.Role == Inspector || more.Role == Inspector):
			return &Invalid{Field: "role", Why: WhyClash}
		}
	}
	return nil
}

// ReadsOn is how long a former class teacher reads on after the turn of the
// year, unless the class is handed over before.
const ReadsOn = 30 * 24 * time.Hour

// At reports whether the grant holds at t.
func (g Grant) At(t time.Time) bool {
	return !g.Pending && !t.Before(g.From) && (g.Until.IsZero() || t.Before(g.Until))
}

// RoleAt is what the grant makes its holder at t. A class teacher whose year is
// over reads on until the class was handed over, 30 days at most; one from whom
// the class was taken loses it at once.
func (g Grant) RoleAt(t time.Time) (Role, bool) {
	switch {
	case g.At(t):
		return g.Role, true
	case g.Role == ClassTeacher && g.Kind == OwnGrant && !g.Pending && g.Revoked.IsZero() && g.HandedOver.IsZero() &&
		!g.Until.IsZero() && !t.Before(g.Until) && t.Before(g.Until.Add(ReadsOn)):
		return FormerTeacher, true
	}
	return "", false
}

// Where is the scope as commands spell it: "3", "3.2", a student's id, or "".
func (g Grant) Where() string {
	switch g.Scope {
	case ScopeClass:
		return g.Class.String()
	case ScopeGrade, ScopeStudent:
		return strconv.FormatInt(g.ScopeID, 10)
	}
	return ""
}

// A RoleWord is ROLE[:SCOPE][@UNTIL] as a person types it, taken apart. What
// SCOPE means is not settled yet: only the store knows classes and students.
type RoleWord struct {
	Role  Role
	Scope string
	Until Date // the last day it holds; zero: the default
}

// ParseRole reads ROLE[:SCOPE][@UNTIL]. A scope is needed for grade-head,
// class-teacher, subject-teacher and surrogate, and refused for the others.
func ParseRole(s string) (RoleWord, error) {
	word, until, dated := strings.Cut(s, "@")
	name, scope, _ := strings.Cut(word, ":")
	w := RoleWord{Role: Role(name), Scope: scope}
	if err := w.Check(); err != nil {
		return w, err
	}
	if dated {
		d, err := ParseDate(until)
		if err != nil {
			return w, err
		}
		w.Until = d
	}
	return w, nil
}

// String is the word as it is typed, without its day.
func (w RoleWord) String() string { return strings.TrimSuffix(string(w.Role)+":"+w.Scope, ":") }

// Check reports, as an *Invalid, a role that there is not, and a scope that is
// missing or not wanted.
func (w RoleWord) Check() error {
	switch {
	case !slices.Contains(Roles, w.Role):
		return &Invalid{Field: "role", Why: WhyUnknown}
	case ScopeOf(w.Role) != ScopeSchool && w.Scope == "":
		return &Invalid{Field: "scope", Why: WhyEmpty}
	case ScopeOf(w.Role) == ScopeSchool && w.Scope != "":
		return &Invalid{Field: "scope", Why: WhyNotHere}
	}
	return nil
}
