package data

import "time"

// A Resolution is what a meeting decided: who does what by when. It is a promise
// to all, and stands among its owner's until it is done.
type Resolution struct {
	ID, Meeting, Item int64
	MeetingTitle      string
	Class             int64
	ClassName         ClassName
	Number            string // 2026-家-01-2: of the meeting, and its place
	Text              string
	Owner             int64
	OwnerName         string
	Due               Date
	State             ResolutionState
	Result            string
	ClosedAt          time.Time
	Rev               int64
	SavedBy           string
	SavedAt           time.Time
}

// ResolutionState is where a resolution stands. That one is late is computed.
type ResolutionState string

// The states of a resolution; dropped has a reason.
const (
	ResolutionOpen    ResolutionState = "open"
	ResolutionDone    ResolutionState = "done"
	ResolutionDropped ResolutionState = "dropped"
)

// ResolutionStates is every state of a resolution.
var ResolutionStates = []ResolutionState{ResolutionOpen, ResolutionDone, ResolutionDropped}

// Tidy returns the resolution as it should be stored.
func (r Resolution) Tidy() Resolution {
	r.Text, r.Result = line(r.Text), line(r.Result)
	if r.State == "" {
		r.State = ResolutionOpen
	}
	return r
}

// Unnamed is the resolution without the people in it, for who may not read names.
func (r Resolution) Unnamed() Resolution {
	r.Owner, r.OwnerName, r.SavedBy = 0, "", ""
	return r
}

// Late is how many days the resolution is over its day, 0 if it is not.
func (r Resolution) Late(today Date) int {
	if r.State != ResolutionOpen || r.Due.IsZero() || !r.Due.Before(today) {
		return 0
	}
	return r.Due.DaysTo(today)
}

// Check reports everything wrong with a tidied resolution: text, an owner, a
// day; a closed one says what came of it.
func (r Resolution) Check() error {
	var f faults
	f.text("text", r.Text)
	f.oneOf("state", string(r.State), words(ResolutionStates))
	if r.Owner == 0 {
		f.bad("owner", WhyEmpty)
	}
	if r.Due.IsZero() {
		f.bad("due", WhyEmpty)
	}
	if r.State != ResolutionOpen && r.Result == "" {
		f.bad("result", WhyEmpty)
	}
	f.atMost("result", r.Result, MaxLine)
	return f.err()
}
