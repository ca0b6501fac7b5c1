package data

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// An AgendaItem is one point of the agenda. Position sorts; moving one writes
// one row.
type AgendaItem struct {
	ID, Meeting, Position int64
	Title                 string
	Minutes               int // planned
	Speaker               string
	Topic                 int64 // the proposed topic it comes from; 0: none
	Started               time.Time
	Ended                 time.Time
	Spent                 time.Duration // of the clock, without the running stretch
	Rev                   int64
	SavedBy               string // who changed or moved it last
	SavedAt               time.Time
}

// A MeetingTopic is what somebody asks to be talked about. The chair takes it
// into the agenda or says why not.
type MeetingTopic struct {
	ID, Meeting  int64
	Title        string
	Proposer     int64
	ProposerName string
	At           time.Time
	State        TopicState
	Reason       string
	Rev          int64
}

// TopicState is where a proposed topic stands.
type TopicState string

// The states of a topic.
const (
	TopicProposed TopicState = "proposed"
	TopicApproved TopicState = "approved"
	TopicRejected TopicState = "rejected"
)

// TopicStates is every state of a topic.
var TopicStates = []TopicState{TopicProposed, TopicApproved, TopicRejected}

// Attendance is whether a family came.
type Attendance string

// Not marked yet, there, by video, excused, absent, somebody came for them.
const (
	Unmarked    Attendance = "unknown"
	Present     Attendance = "present"
	ByVideo     Attendance = "video"
	Excused     Attendance = "excused"
	Absent      Attendance = "absent"
	Represented Attendance = "represented"
)

// Attendances is every value, in the order that keys step through.
var Attendances = []Attendance{Unmarked, Present, ByVideo, Excused, Absent, Represented}

// Missed reports whether nobody of the family was there, so that it is to be
// told: excused or not.
func (a Attendance) Missed() bool { return a == Absent || a == Excused }

// Came reports whether somebody of the family was there.
func (a Attendance) Came() bool { return a == Present || a == ByVideo || a == Represented }

// Reply is what a family said to the notice.
type Reply string

// Nothing yet, coming, asked to be excused.
const (
	NoReply    Reply = ""
	WillCome   Reply = "coming"
	WillNot    Reply = "excused"
	ReadNotice Reply = "read" // seen, and not answered
)

// Replies is every reply.
var Replies = []Reply{NoReply, ReadNotice, WillCome, WillNot}

// An Invitee is one family that is asked to come. The unit is the household:
// twins are one row; parents who live apart are two, one for each.
type Invitee struct {
	ID, Meeting, Household int64
	Person                 int64      // of parents who live apart, which; 0: the household
	Students               []Student  // its children in the class, by number
	Guardian               Guardian   // whom to call: the person, else the first in calling order
	Guardians              []Guardian // who may have come: of the first child, in calling order
	Reply                  Reply
	ReplyWhy               string
	Attendance             Attendance
	LateMin                int       // minutes after the beginning, of one who came late
	Left                   time.Time // when they left before the end
	CamePerson             int64     // which guardian came; 0: not said
	CameText               string    // who came, in words: "姑姑"
	MarkedBy               string
	MarkedAt               time.Time
	Told                   Date // of a family that was not there: when it was reached after the meeting
	ToldBy                 string
}

// NoteKind tells a note from a question that a parent asked.
type NoteKind string

// A line of the shared notes; a question that somebody is to answer.
const (
	PlainNote     NoteKind = "note"
	QuestionAsked NoteKind = "question"
)

// A MeetingNote is one line that somebody wrote in the room. Lines are only ever
// added, or struck by who wrote them, so that nobody overwrites anybody.
type MeetingNote struct {
	ID, Meeting, Item int64
	At                time.Time
	By                int64
	ByName            string
	ForName           string // in whose words: a parent's, who has no login
	Household         int64  // of a question: the family that asked; 0: not said
	Kind              NoteKind
	Text              string
	Level             Level
	Struck            bool
	Answerer          int64 // of a question: the account that answers
	AnswererName      string
	Due               Date
	Promise           int64 // what reminds the answerer; 0: the family was not said
	Sight             Sight // of the reader; below Whole the text is gone
}

// Tidy returns the item as it should be stored.
func (i AgendaItem) Tidy() AgendaItem {
	i.Title, i.Speaker = Name(i.Title), Name(i.Speaker)
	return i
}

// LongestItem is the minutes that one point of an agenda may take.
const LongestItem = 240

// ParseMinutes reads the minutes of a point as people type them: 1 to
// LongestItem, in any width.
func ParseMinutes(s string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(halfWidth(s)))
	if err != nil || n < 1 || n > LongestItem {
		return 0, &Invalid{Field: "minutes", Why: WhyRange}
	}
	return n, nil
}

// Check reports everything wrong with a tidied item: a title, and 1 to
// LongestItem minutes.
func (i AgendaItem) Check() error {
	var f faults
	if i.Title == "" {
		f.bad("title", WhyEmpty)
	}
	f.atMost("title", i.Title, maxTitle)
	f.atMost("speaker", i.Speaker, maxName)
	if i.Minutes < 1 || i.Minutes > LongestItem {
		f.bad("minutes", WhyRange)
	}
	return f.err()
}

// As is the note as somebody with this sight reads it. What is struck only its
// writer reads.
func (n MeetingNote) As(s Sight, reader int64) MeetingNote {
	n.Sight = s
	if s < Whole {
		return MeetingNote{ID: n.ID, Meeting: n.Meeting, Item: n.Item, At: n.At, By: n.By, ByName: n.ByName, Kind: n.Kind, Level: n.Level, Struck: n.Struck, Sight: s}
	}
	if n.Struck && (n.By != reader || reader == 0) {
		n.Text, n.ForName, n.Household = "", "", 0
	}
	return n
}

// line tidies one line of text.
func line(s string) string { return strings.Join(strings.Fields(Line(s)), " ") }

// Tidy returns the note as it should be stored.
func (n MeetingNote) Tidy() MeetingNote {
	n.Text, n.ForName = line(n.Text), Name(n.ForName)
	if n.Level == 0 {
		n.Level = Normal
	}
	if n.Kind == "" {
		n.Kind = PlainNote
	}
	return n
}

// Check reports everything wrong with a tidied note. A question needs somebody
// who answers; a day to answer by needs the family to be answered.
func (n MeetingNote) Check() error {
	var f faults
	f.oneOf("kind", string(n.Kind), words([]NoteKind{PlainNote, QuestionAsked}))
	f.text("text", n.Text)
	f.atMost("for_name", n.ForName, maxName)
	if n.Level < Normal || n.Level > Secret {
		f.bad("level", WhyUnknown)
	}
	switch {
	case n.Kind == QuestionAsked && n.Answerer == 0:
		f.bad("answerer", WhyEmpty)
	case n.Kind != QuestionAsked && (n.Answerer != 0 || !n.Due.IsZero()):
		f.bad("answerer", WhyNotHere)
	case !n.Due.IsZero() && n.Household == 0:
		f.bad("household", WhyEmpty)
	}
	return f.err()
}

// Tidy returns the topic as it should be stored.
func (t MeetingTopic) Tidy() MeetingTopic {
	t.Title, t.Reason = line(t.Title), line(t.Reason)
	if t.State == "" {
		t.State = TopicProposed
	}
	return t
}

// Check reports everything wrong with a tidied topic; one that is not taken has
// a reason.
func (t MeetingTopic) Check() error {
	var f faults
	if t.Title == "" {
		f.bad("title", WhyEmpty)
	}
	f.atMost("title", t.Title, maxTitle)
	f.atMost("reason", t.Reason, maxWhy)
	f.oneOf("state", string(t.State), words(TopicStates))
	if t.State == TopicRejected && t.Reason == "" {
		f.bad("reason", WhyEmpty)
	}
	return f.err()
}

// text asks for one line of 1 to MaxLine characters.
func (f *faults) text(field, s string) {
	if s == "" {
		f.bad(field, WhyEmpty)
	}
	if utf8.RuneCountInString(s) > MaxLine {
		f.bad(field, WhyTooLong)
	}
}
