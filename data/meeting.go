package data

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MeetingKind is what sort of meeting it is, by the school's words.
type MeetingKind string

// The kinds of parents' meeting of one class: the usual one, the first of a new
// first grade, the last before leaving, and one held online before holidays.
const (
	ClassMeeting      MeetingKind = "class"
	FirstGradeMeeting MeetingKind = "first_grade"
	GraduatingMeeting MeetingKind = "graduating"
	OnlineMeeting     MeetingKind = "online"
)

// MeetingKinds is every kind that can be called, in the order of choice.
var MeetingKinds = []MeetingKind{ClassMeeting, FirstGradeMeeting, GraduatingMeeting, OnlineMeeting}

// MeetingState is how far a meeting is. Each follows the one before; Cancelled
// follows any before Held.
type MeetingState string

// The states: being prepared; its families told; people sit in it; over, with
// minutes to write; opinions reported and absent families told; done.
const (
	MeetingDraft      MeetingState = "draft"
	MeetingNotified   MeetingState = "notified"
	MeetingInSession  MeetingState = "in_session"
	MeetingHeld       MeetingState = "held"
	MeetingFollowedUp MeetingState = "followed_up"
	MeetingClosed     MeetingState = "closed"
	MeetingCancelled  MeetingState = "cancelled"
)

// MeetingStates is every state, in order.
var MeetingStates = []MeetingState{MeetingDraft, MeetingNotified, MeetingInSession, MeetingHeld, MeetingFollowedUp, MeetingClosed, MeetingCancelled}

// meetingSteps is which state may follow which. A room that was opened by
// mistake goes back while nothing was written; a held meeting is not unheld.
var meetingSteps = map[MeetingState][]MeetingState{
	MeetingDraft:      {MeetingNotified, MeetingInSession, MeetingCancelled},
	MeetingNotified:   {MeetingDraft, MeetingInSession, MeetingCancelled},
	MeetingInSession:  {MeetingHeld},
	MeetingHeld:       {MeetingFollowedUp},
	MeetingFollowedUp: {MeetingClosed, MeetingHeld},
	MeetingClosed:     {MeetingFollowedUp},
}

// Leads reports whether a meeting in this state may go to the next one.
func (s MeetingState) Leads(next MeetingState) bool { return slices.Contains(meetingSteps[s], next) }

// Over reports whether the meeting has been: its room is closed.
func (s MeetingState) Over() bool {
	return s == MeetingHeld || s == MeetingFollowedUp || s == MeetingClosed
}

// A Meeting is one meeting of a class with its families. Rev counts its saves;
// what hangs on it (agenda, invitees, notes, resolutions) has revisions of its
// own, so that ten people in one room do not stand in one another's way.
type Meeting struct {
	ID            int64
	Kind          MeetingKind
	Class         int64
	ClassName     ClassName // this year's
	Year          int       // the school year, for its number
	Title         string    // the theme
	Starts, Ends  time.Time
	Place         string
	Chair         int64 // accounts
	ChairName     string
	Secretary     int64
	SecretaryName string
	Plan          string
	State         MeetingState
	Opened, Held  time.Time // when the room opened and closed
	Item          int64     // the agenda item that is on, while in session; 0: none
	ItemSince     time.Time // since when its clock runs; zero: it stands

	NoticeZh, NoticeEn string    // what the families are told
	Told               time.Time // when; zero: not yet
	ShortWhy           string    // why the notice came later than the school's rule
	CancelWhy          string
	Feedback           FeedbackState // W02 step 6
	Agenda             []AgendaItem
	Rev                int64
	SavedBy            string
	SavedAt            time.Time
}

// FeedbackState is what became of the families' opinions after a meeting.
type FeedbackState string

// None were asked for yet; collected; reported to the school.
const (
	FeedbackNone      FeedbackState = "none"
	FeedbackCollected FeedbackState = "collected"
	FeedbackReported  FeedbackState = "reported"
)

// FeedbackStates is every state of feedback.
var FeedbackStates = []FeedbackState{FeedbackNone, FeedbackCollected, FeedbackReported}

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
	Person                 int64     // of parents who live apart, which; 0: the household
	Students               []Student // its children in the class, by number
	Guardian               Guardian  // whom to call: the person, else the first in calling order
	Reply                  Reply
	ReplyWhy               string
	Attendance             Attendance
	LateMin                int       // minutes after the beginning, of one who came late
	Left                   time.Time // when they left before the end
	CamePerson             int64     // which guardian came; 0: not said
	CameText               string    // who came, in words: "姑姑"
	MarkedBy               string
	MarkedAt               time.Time
	Rev                    int64
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
	Promise           int64 // what reminds the answerer
	Sight             Sight // of the reader; below Whole the text is gone
}

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

// What a meeting's texts may hold, in characters, and its agenda in items.
const (
	maxTitle  = 80
	maxPlace  = 60
	maxNotice = 4000
	MaxLine   = 2000 // of one note, resolution or topic
	MaxAgenda = 60
)

// Tidy returns m as it should be stored.
func (m Meeting) Tidy() Meeting {
	m.Title, m.Place = Name(m.Title), Name(m.Place)
	m.Plan, m.NoticeZh, m.NoticeEn = strings.TrimSpace(Block(m.Plan)), strings.TrimSpace(Block(m.NoticeZh)), strings.TrimSpace(Block(m.NoticeEn))
	m.ShortWhy, m.CancelWhy = Name(m.ShortWhy), Name(m.CancelWhy)
	if m.Kind == "" {
		m.Kind = ClassMeeting
	}
	if m.State == "" {
		m.State = MeetingDraft
	}
	if m.Feedback == "" {
		m.Feedback = FeedbackNone
	}
	return m
}

// Check reports everything wrong with a tidied meeting: a theme, a place, a time
// that ends after it begins and within the day, a chair and a secretary who are
// two people.
func (m Meeting) Check() error {
	var f faults
	f.oneOf("kind", string(m.Kind), words(MeetingKinds))
	f.oneOf("state", string(m.State), words(MeetingStates))
	if m.Title == "" {
		f.bad("title", WhyEmpty)
	}
	f.atMost("title", m.Title, maxTitle)
	f.atMost("place", m.Place, maxPlace)
	f.atMost("notice_zh", m.NoticeZh, maxNotice)
	f.atMost("notice_en", m.NoticeEn, maxNotice)
	f.atMost("plan", m.Plan, maxNotice)
	switch {
	case m.Starts.IsZero():
		f.bad("starts", WhyEmpty)
	case !m.Ends.After(m.Starts) || m.Ends.Sub(m.Starts) > 12*time.Hour:
		f.bad("ends", WhyUnknown)
	}
	if m.Class == 0 {
		f.bad("class", WhyEmpty)
	}
	if m.Chair == 0 {
		f.bad("chair", WhyEmpty)
	}
	if m.Secretary == 0 {
		f.bad("secretary", WhyEmpty)
	}
	if m.Chair == m.Secretary && m.Chair != 0 {
		f.bad("secretary", WhyTaken)
	}
	if m.State == MeetingCancelled && m.CancelWhy == "" {
		f.bad("reason", WhyEmpty)
	}
	return f.err()
}

// Tidy returns the item as it should be stored.
func (i AgendaItem) Tidy() AgendaItem {
	i.Title, i.Speaker = Name(i.Title), Name(i.Speaker)
	return i
}

// Check reports everything wrong with a tidied item: a title, and 1 to 240
// minutes.
func (i AgendaItem) Check() error {
	var f faults
	if i.Title == "" {
		f.bad("title", WhyEmpty)
	}
	f.atMost("title", i.Title, maxTitle)
	f.atMost("speaker", i.Speaker, maxName)
	if i.Minutes < 1 || i.Minutes > 240 {
		f.bad("minutes", WhyRange)
	}
	return f.err()
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
// who answers.
func (n MeetingNote) Check() error {
	var f faults
	f.oneOf("kind", string(n.Kind), words([]NoteKind{PlainNote, QuestionAsked}))
	f.text("text", n.Text)
	f.atMost("for_name", n.ForName, maxName)
	if n.Level < Normal || n.Level > Secret {
		f.bad("level", WhyUnknown)
	}
	if n.Kind == QuestionAsked && n.Answerer == 0 {
		f.bad("answerer", WhyEmpty)
	}
	return f.err()
}

// Tidy returns the resolution as it should be stored.
func (r Resolution) Tidy() Resolution {
	r.Text, r.Result = line(r.Text), line(r.Result)
	if r.State == "" {
		r.State = ResolutionOpen
	}
	return r
}

// Check reports everything wrong with a tidied resolution: text, an owner, a
// day; a dropped one says why.
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
	if r.State == ResolutionDropped && r.Result == "" {
		f.bad("result", WhyEmpty)
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
	f.text("title", t.Title)
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
