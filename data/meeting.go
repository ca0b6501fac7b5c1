package data

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
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

// meetingSteps is which state may follow which. A held meeting is not unheld.
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

// BeforeCancelled is the state that a cancelled meeting was in, by whether the
// families were told of it: a slip is taken back to there.
func (m Meeting) BeforeCancelled() MeetingState {
	if m.Told.IsZero() {
		return MeetingDraft
	}
	return MeetingNotified
}

// A Meeting is one meeting of a class with its families. Rev counts its saves;
// what hangs on it (agenda, invitees, notes, resolutions) has revisions of its
// own, so that ten people in one room do not stand in one another's way.
type Meeting struct {
	ID            int64
	No            int // in its school year, for Number
	Kind          MeetingKind
	Class         int64
	ClassName     ClassName // this year's
	Year          int       // the school year it was called for
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

	NoticeZh, NoticeEn string // what the families are told
	Told               Date   // the day; zero: not yet
	ShortWhy           string // why the notice came later than the school's rule
	CancelWhy          string
	Feedback           FeedbackState // W02 step 6
	Agenda             []AgendaItem
	Rev                int64
	SavedBy            string
	SavedAt            time.Time
}

// Number is what people call the meeting by: 2026-家-07, counted through its
// school year; "" before it is stored.
func (m Meeting) Number() string {
	if m.No == 0 {
		return ""
	}
	return fmt.Sprintf("%d-家-%02d", m.Year, m.No)
}

// ParseMeeting reads how people name a meeting: its number 2026-家-07, in any
// width, or its id, for which no is the id.
func ParseMeeting(word string) (year, no int, byNumber bool, err error) {
	word = strings.TrimSpace(halfWidth(word))
	if n, err := strconv.Atoi(word); err == nil && n > 0 {
		return 0, n, false, nil
	}
	m := meetingNumber.FindStringSubmatch(word)
	if m == nil {
		return 0, 0, false, &Invalid{Field: "meeting", Why: WhyUnknown}
	}
	year, _ = strconv.Atoi(m[1])
	no, _ = strconv.Atoi(m[2])
	return year, no, true, nil
}

var meetingNumber = regexp.MustCompile(`^(\d{4})-家-(\d{1,6})$`)

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

// What a meeting's texts may hold, in characters, and its agenda in items.
const (
	maxTitle  = 80
	maxPlace  = 60
	maxNotice = 4000
	maxWhy    = 200
	MaxLine   = 2000 // of one note, resolution or topic
	MaxAgenda = 60
)

// LongestMeeting is how long a meeting may last.
const LongestMeeting = 12 * time.Hour

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
	f.atMost("reason", m.ShortWhy, maxWhy)
	f.atMost("reason", m.CancelWhy, maxWhy)
	switch {
	case m.Starts.IsZero():
		f.bad("starts", WhyEmpty)
	case !m.Ends.After(m.Starts) || m.Ends.Sub(m.Starts) > LongestMeeting:
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
