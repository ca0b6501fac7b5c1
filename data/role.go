package data

import (
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

// Roles is every role, in the order that help and lists name them.
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
	case ClassTeacher, SubjectTeacher:
		return ScopeClass
	case Surrogate:
		return ScopeStudent
	}
	return ScopeSchool
}

// A Grant is one role of one account over one scope, from an instant until
// another. The zero Until is open. A Grant is never "current" by a flag: ask
// Account.Active with a time.
type Grant struct {
	ID          int64
	Role        Role
	Scope       ScopeKind
	ScopeID     int64
	Class       ClassName // this year's name, where Scope is a class
	Classes     []int64   // class ids in the scope, where Scope is a grade or a class
	Subject     string
	From, Until time.Time
}

// At reports whether the grant holds at t.
func (g Grant) At(t time.Time) bool {
	return !t.Before(g.From) && (g.Until.IsZero() || t.Before(g.Until))
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
	known := false
	for _, r := range Roles {
		known = known || r == w.Role
	}
	if !known {
		return w, &Invalid{Field: "role", Why: WhyUnknown}
	}
	if (ScopeOf(w.Role) == ScopeSchool) != (scope == "") {
		if scope == "" {
			return w, &Invalid{Field: "scope", Why: WhyEmpty}
		}
		return w, &Invalid{Field: "scope", Why: WhyNotHere}
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
