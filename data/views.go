package data

import "time"

// What screens and commands read: records put together for one question. Each
// holds only what its reader may see.

// A Hit is one student that a search found, with whom to call.
type Hit struct {
	Student   Student
	Guardians []Guardian // in calling order
	Flagged   bool       // there are tags, masked
	LastOn    Date       // the household's newest contact that reached someone, where it was asked for
}

// Found is the answer to a search: the first hits, ranked, and how many there
// are in the searcher's scope.
type Found struct {
	Hits    []Hit
	Total   int
	Similar []string // names that sound alike, when nothing was found
	Took    time.Duration
}

// A Card is all that a family's card shows of one student.
type Card struct {
	Student       Student
	Household     Household
	Teacher       string // the class teacher's name
	TeacherID     int64
	Tags          []Tag
	Masked        bool      // there are tags which the reader may not see
	Care          CareReach // what of Care the reader may open, if there is anything
	CareFields    int       // how many fields of it
	Guardians     []Guardian
	Siblings      []SiblingLine
	Contacts      []Contact // the newest few, newest first
	InTerm        int       // contacts this term
	LastOn        Date      // the newest contact that reached someone, of the household
	Promises      []Promise // open ones first, by day; then those closed lately
	Sight         Sight     // Exists: name, class, phones and the warnings only (front desk)
	MayWrite      bool
	MayEdit       bool    // the family's data
	MayEditPhones bool    // of its guardians, if nothing else
	Passing       Passing // by which right of the moment the reader sees it
	MayRelease    bool    // the reader may release the child to somebody
	MayEditCare   bool    // what is restricted about the child
	Seer          int64   // who else opened it last, and when
	SeenBy        string
	SeenAt        time.Time
}

// A SiblingLine is a brother or sister at the same school. The name is L0 where
// a name occurs; Open tells whether the reader may open that card too.
type SiblingLine struct {
	Student Student
	Teacher string
	Open    bool
}

// Mark is one figure of a roster: done, not yet, or late.
type Mark string

// The marks that rosters show.
const (
	MarkDone Mark = "done"
	MarkOpen Mark = "none"
	MarkLate Mark = "late"
)

// A RosterRow is one student of a class list, with what the detail pane needs,
// so that moving the choice asks nobody.
type RosterRow struct {
	Student   Student
	Guardians []Guardian
	Last      *Contact // the newest contact, as its reader may see it
	LastOn    Date     // the newest that reached someone; zero: none
	Month     Mark     // reached this month
	Visit     Mark     // visited at home this term
	Promises  []Promise
	Tags      []Tag // only where they were asked for; else see Flagged
	Flagged   bool
}

// A Roster is one class of this school year.
type Roster struct {
	Class   int64
	Name    ClassName
	Teacher string
	Stand   []StandIn   // who stands in for the class teacher now
	Passing Passing     // by which right of the moment the reader sees it
	MayLend bool        // the reader is the class teacher, who may lend it
	Rows    []RosterRow // by number
}

// A ClassLine is one class in the list of classes, with its sums.
type ClassLine struct {
	Class    int64
	Name     ClassName
	Teacher  string
	Students int
	Month    int // families reached this month, counted by student
	Visited  int // visited at home this term
	Late     int // open promises over their day
	Open     int // open promises
	Mine     bool
}

// A Change is one thing that others did since a person's last visit.
type Change struct {
	At      time.Time
	By      string
	Did     string // "contact", "promise_kept", "promise_broken", "promise_dropped"; of a right of the moment its GrantKind, or "returned"
	Student Student
	Contact int64
	Channel Channel
	Level   Level
	Sight   Sight
	Text    string
	Count   int       // of an import: how many students
	Grant   int64     // of a right of the moment,
	Class   ClassName // the class that was lent,
	To      string    // to whom,
	Until   time.Time // and until when
}

// A StandIn is a colleague to whom a class is lent, and the last day of it.
type StandIn struct {
	Grant int64
	Name  string
	Until Date
}

// Today is what one person has to do now, and what changed.
type Today struct {
	Promises    []Promise     // open, mine, by day
	Resolutions []Resolution  // that I am to carry out, open ones first, by day
	After       []MeetingLeft // that I led or wrote for: what is left to do, the newest first
	Drafts      []Draft
	Changes     []Change // newest first
	More        int      // further changes that are not listed
	Reached     int      // families of one's own classes reached this week
	Quiet       []Hit    // families of one's own classes longest without contact
	Since       time.Time
}

// A MeetingLeft is a meeting that was held and not closed, with what that waits for.
type MeetingLeft struct {
	Meeting Meeting // without its agenda
	Waits   []Missing
	Untold  int // absent families whom nobody has reached since
	Minutes MinutesDue
}

// A Timeline is a page of contacts, newest first.
type Timeline struct {
	Student  Student // whose family was asked for, if one was
	Contacts []Contact
	Total    int
	Weeks    []int // contacts per week of this term, week 1 first; nil where not asked
	Term     Term
	InTerm   int
}

// A TimelineQuery asks for contacts of one student's family, of a class, of a
// person, or (all zero) of everybody in scope. Before pages: the last row seen.
type TimelineQuery struct {
	Student int64
	Class   int64
	Staff   int64
	Kind    Kind // "" all
	Promise bool // only with promises
	Failed  bool // only those that reached nobody
	Before  *Contact
	Limit   int // 0: 100
}

// A FamilyEdit is what the form about a family changes: the household and its
// guardians, each with the revision it was read at.
type FamilyEdit struct {
	Student    int64
	Household  Household
	Guardians  []Guardian
	PhonesOnly bool // the reader may change nothing but the guardians' phones
}

// A Reader is somebody whom the writer of a secret contact may name.
type Reader struct {
	ID    int64
	Name  string
	Named bool
}
