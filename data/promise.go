package data

import (
	"strings"
	"time"
)

// PromiseState is where a promise stands. That one is late is computed.
type PromiseState string

// The states of a promise; dropped has a reason.
const (
	PromiseOpen    PromiseState = "open"
	PromiseKept    PromiseState = "kept"
	PromiseBroken  PromiseState = "broken"
	PromiseDropped PromiseState = "dropped"
)

// PromiseStates is every state.
var PromiseStates = []PromiseState{PromiseOpen, PromiseKept, PromiseBroken, PromiseDropped}

// PromiseKind tells what sort of promise it is: one that either side made, the
// writer's own follow-up, or a call to make again.
type PromiseKind string

// The kinds of promise.
const (
	AnyPromise    PromiseKind = "promise"
	FollowUp      PromiseKind = "follow_up"
	CallBackAgain PromiseKind = "call_back"
)

// What somebody who knows of a text and may not read it asks its writer for, and
// the principal: to say what it is about, or to be let in. They stand among what
// these have to do, and are no promises to the family.
const (
	AskedWhy    PromiseKind = "ask"
	AskedAccess PromiseKind = "access"
)

// Asked reports whether it is a colleague's question, and no promise.
func (k PromiseKind) Asked() bool { return k == AskedWhy || k == AskedAccess }

// A Promise is what either side will do by a day.
type Promise struct {
	ID, Contact, Household int64
	Student                int64 // whose card it is shown on first
	StudentName            string
	ClassName              ClassName
	Kind                   PromiseKind
	Text                   string
	Owner                  int64 // the account that owes it, or 0
	OwnerPerson            int64 // the guardian that owes it, or 0
	OwnerName              string
	Due                    Date // zero: no day was said
	State                  PromiseState
	Result                 string
	Level                  Level
	ClosedAt               time.Time
	ClosedBy               string
	Rev                    int64
}

// Tidy returns p as it should be stored.
func (p Promise) Tidy() Promise {
	p.Text, p.Result = strings.Join(strings.Fields(Line(p.Text)), " "), strings.Join(strings.Fields(Line(p.Result)), " ")
	if p.State == "" {
		p.State = PromiseOpen
	}
	if p.Kind == "" {
		p.Kind = AnyPromise
	}
	if p.Level == 0 {
		p.Level = Normal
	}
	return p
}

// Check reports everything wrong with a tidied promise: it has a text, one
// owner, and a reason when it is dropped.
func (p Promise) Check() error {
	var f faults
	if p.Text == "" {
		f.bad("promise", WhyEmpty)
	}
	f.atMost("promise", p.Text, maxPromise)
	f.oneOf("state", string(p.State), words(PromiseStates))
	if p.State == PromiseDropped && p.Result == "" {
		f.bad("result", WhyEmpty)
	}
	if p.Owner == 0 && p.OwnerPerson == 0 {
		f.bad("owner", WhyEmpty)
	}
	return f.err()
}

// Late is how many days the promise is over its day, 0 if it is not.
func (p Promise) Late(today Date) int {
	if p.State != PromiseOpen || p.Due.IsZero() || !p.Due.Before(today) {
		return 0
	}
	return p.Due.DaysTo(today)
}
