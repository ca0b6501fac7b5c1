package data

// A MeetingView is one meeting with all that hangs on it, as its reader may see
// it. It is shared by all who read the meeting, and nobody's to change.
type MeetingView struct {
	Meeting
	Sight       MeetingSight
	Invitees    []Invitee      // by the number of their first child
	Topics      []MeetingTopic // as they were proposed
	Notes       []MeetingNote  // in the order they were written; below Whole without text
	Resolutions []Resolution

	Minutes        MinutesState // "": none yet
	MinutesNumber  string
	MinutesVersion int

	NoticeBy        Date // the last day for the notice
	NoticeSure      bool // no day of the count is estimated
	Lacks           []Missing
	Clashes         []Clash
	CloseWaits      []Missing // of a meeting that was held
	FamiliesChanged bool      // the class's families are not those that are invited:
	FamiliesNew     []Invitee // who would be asked besides
	FamiliesGone    []int64   // the invitees who would be asked no longer

	MayRun, MaySpeak, MaySign bool
}

// A MeetingTab is which meetings a list shows.
type MeetingTab string

// Those that are to come, and wait or go on; those that were held or cancelled;
// all.
const (
	ComingMeetings MeetingTab = "coming"
	PastMeetings   MeetingTab = "past"
	AllMeetings    MeetingTab = "all"
)

// A MeetingQuery asks for meetings. Coming ones and those of a time are by time,
// the others the newest first. What is zero does not narrow.
type MeetingQuery struct {
	Tab         MeetingTab // "": all
	From, Until Date       // the days it begins on, both counted
	Class       int64
	Kind        MeetingKind
	Mine        bool     // where the reader is chair, secretary, a teacher of the class or invited
	After       *Meeting // pages: the last one seen
	Limit       int      // 0: 100; at most 500
}

// Forward reports whether the list is by time, the first first.
func (q MeetingQuery) Forward() bool {
	return q.Tab == ComingMeetings || !q.From.IsZero() || !q.Until.IsZero()
}

// A MeetingLine is one meeting in a list, without its agenda.
type MeetingLine struct {
	Meeting
	Sight                  MeetingSight
	Items, Planned         int // of the agenda, and its minutes
	Invited, Replied, Came int // households
	Lacks                  []Missing
	Clash                  bool
}

// A MeetingList is one answer to a MeetingQuery.
type MeetingList struct {
	Lines []MeetingLine
	Total int // of the first page; 0 on the others
	More  bool
}

// A FamilyMeeting is a meeting to which a family was asked, and whether it came.
type FamilyMeeting struct {
	Meeting Meeting
	Invitee Invitee // without its children and relatives
}

// A Participant is somebody who may be asked to lead, write, answer or carry out.
type Participant struct {
	ID      int64
	Name    string
	Role    Role // by which they see the class's meetings
	Subject string
}

// A ResolutionQuery asks for resolutions, open ones first, by day. What is zero
// does not narrow.
type ResolutionQuery struct {
	Mine    bool  // the reader is to carry out, or they are of the reader's own classes
	Owner   int64 // who is to carry it out
	Class   int64
	Meeting int64
	Open    bool
	Until   Date // due until that day
	Limit   int  // 0: 200
}

// A ResolutionList is one answer, with the sums of what was asked, whatever the
// limit.
type ResolutionList struct {
	Resolutions           []Resolution
	Open, Late, Done, All int
}

// A Telling is the notice as it goes out.
type Telling struct {
	Zh, En string
	On     Date   // the day; zero: today
	Why    string // later than the rule says
}
