package data

import (
	"slices"
	"strings"
	"time"
)

// A Deed is what one row of the audit log says was done. The words stand in the
// file and under its hashes, so that none is ever renamed: the list only grows.
type Deed string

// What is written down.
const (
	SignedIn      Deed = "sign-in"
	SignedOut     Deed = "sign-out"
	SignInRefused Deed = "sign-in refused" // a key that let nobody in; repeats within a minute are one row with their count
	EnrolRefused  Deed = "enrol refused"   // a one-time code
	AccessRefused Deed = "refused"         // someone inside asked for what is not theirs

	Viewed        Deed = "view" // of a student: the card; of a contact: its text
	ViewedHistory Deed = "view history"
	ViewedTags    Deed = "view tags"
	ViewedField   Deed = "view field"   // one masked field that was opened
	ViewedEntry   Deed = "view entry"   // what an audit row keeps of a record above the level normal
	AskedLooked   Deed = "view lookers" // who has looked at a child's file

	ContactSaved   Deed = "contact save"
	ContactRemoved Deed = "contact remove"
	ContactBack    Deed = "contact restore"
	ContactAsked   Deed = "contact ask" // who may not read it asks its writer
	LevelRaised    Deed = "level raise"
	LevelLowered   Deed = "level lower"
	ReadersNamed   Deed = "name readers"
	FamilySaved    Deed = "family save"
	CareSaved      Deed = "care save" // what is restricted about a child
	PhoneMarked    Deed = "phone mark"
	SavedPromise   Deed = "promise save"
	KeptPromise    Deed = "promise kept"
	BrokePromise   Deed = "promise broken"
	DroppedPromise Deed = "promise dropped"

	MeetingSaved    Deed = "meeting save"
	MeetingStepped  Deed = "meeting step" // to another state
	MeetingRemoved  Deed = "meeting remove"
	AgendaChanged   Deed = "agenda change"
	TopicAsked      Deed = "topic propose"
	TopicAnswered   Deed = "topic answer"
	FamiliesInvited Deed = "families invite"
	RepliesNoted    Deed = "replies note"
	FamiliesTold    Deed = "families tell"
	RoomOpened      Deed = "room open"
	RoomMoved       Deed = "room item" // the next item, or its clock
	RoomClosed      Deed = "room close"
	AttendanceNoted Deed = "attendance note"
	NoteWritten     Deed = "note write"
	NoteStruck      Deed = "note strike"
	ResolutionSaved Deed = "resolution save"
	FeedbackNoted   Deed = "feedback note"
	MeetingClosing  Deed = "meeting close"
	MinutesComposed Deed = "minutes compose"
	MinutesEdited   Deed = "minutes edit"
	MinutesHandedIn Deed = "minutes hand in"
	MinutesSign     Deed = "minutes sign"
	MinutesIssue    Deed = "minutes issue"
	MinutesMended   Deed = "minutes correct"
	MinutesGivenOut Deed = "minutes give out"

	AccountAdded     Deed = "account add"
	AccountDisabled  Deed = "account disable"
	AccountEnabled   Deed = "account enable"
	AccountEdited    Deed = "account edit"
	KeyAdded         Deed = "key add"
	KeyRemoved       Deed = "key remove"
	KeyRenamed       Deed = "key rename"
	AuthorityAdded   Deed = "authority add"
	AuthorityRemoved Deed = "authority remove"
	InviteMade       Deed = "invite"
	InviteRevoked    Deed = "invite revoke"
	KeyEnrolled      Deed = "enrol"
	RoleGiven        Deed = "role give"
	RoleTaken        Deed = "role take"
	RoleRenewed      Deed = "role renew"
	RoleConfirmed    Deed = "role confirm"
	EmergencyOpened  Deed = "emergency" // one child, by oneself, for two hours
	ChildReleased    Deed = "release"   // one child, to one person, by the principal
	ClassLent        Deed = "lend"      // a class, by its class teacher, for a time
	SessionEnded     Deed = "session end"
	PreferenceSet    Deed = "preference"

	SettingSet Deed = "setting"
	Founded    Deed = "found"
	Imported   Deed = "import"

	ImportUndone Deed = "import undo"
	Exported     Deed = "export"
	SealTaken    Deed = "seal"     // somebody confirmed the log's head of a day
	TrayLaid     Deed = "tray put" // a file into one's own tray
	TrayTaken    Deed = "tray get"
	ClockJumped  Deed = "clock" // the server's clock was set back
)

// A DeedKind gathers deeds for filters.
type DeedKind string

// The kinds of deeds, in the order that filters offer them.
const (
	DeedsOfLooking  DeedKind = "look"
	DeedsOfWriting  DeedKind = "write"
	DeedsRefused    DeedKind = "refused"
	DeedsOfEntry    DeedKind = "sign-in"
	DeedsOfAccounts DeedKind = "account"
	DeedsOfSchool   DeedKind = "school"
)

// DeedKinds is every kind.
var DeedKinds = []DeedKind{DeedsOfLooking, DeedsOfWriting, DeedsRefused, DeedsOfEntry, DeedsOfAccounts, DeedsOfSchool}

// kindOf is every deed there is. The log, the filters, the screen and the
// documents share this list; a word that is not in it fails a test.
var kindOf = []struct {
	Deed Deed
	Kind DeedKind
}{
	{SignedIn, DeedsOfEntry}, {SignedOut, DeedsOfEntry}, {SignInRefused, DeedsRefused}, {EnrolRefused, DeedsRefused}, {AccessRefused, DeedsRefused},
	{Viewed, DeedsOfLooking}, {ViewedHistory, DeedsOfLooking}, {ViewedTags, DeedsOfLooking}, {ViewedField, DeedsOfLooking},
	{ViewedEntry, DeedsOfLooking}, {AskedLooked, DeedsOfLooking}, {TrayTaken, DeedsOfLooking},
	{ContactSaved, DeedsOfWriting}, {ContactRemoved, DeedsOfWriting}, {ContactBack, DeedsOfWriting}, {ContactAsked, DeedsOfWriting}, {LevelRaised, DeedsOfWriting}, {LevelLowered, DeedsOfWriting},
	{ReadersNamed, DeedsOfWriting}, {FamilySaved, DeedsOfWriting}, {CareSaved, DeedsOfWriting}, {PhoneMarked, DeedsOfWriting},
	{SavedPromise, DeedsOfWriting}, {KeptPromise, DeedsOfWriting}, {BrokePromise, DeedsOfWriting}, {DroppedPromise, DeedsOfWriting},
	{MeetingSaved, DeedsOfWriting}, {MeetingStepped, DeedsOfWriting}, {MeetingRemoved, DeedsOfWriting}, {AgendaChanged, DeedsOfWriting},
	{TopicAsked, DeedsOfWriting}, {TopicAnswered, DeedsOfWriting}, {FamiliesInvited, DeedsOfWriting}, {RepliesNoted, DeedsOfWriting}, {FamiliesTold, DeedsOfWriting},
	{RoomOpened, DeedsOfWriting}, {RoomMoved, DeedsOfWriting}, {RoomClosed, DeedsOfWriting}, {AttendanceNoted, DeedsOfWriting}, {NoteWritten, DeedsOfWriting},
	{NoteStruck, DeedsOfWriting}, {ResolutionSaved, DeedsOfWriting}, {FeedbackNoted, DeedsOfWriting}, {MeetingClosing, DeedsOfWriting},
	{MinutesComposed, DeedsOfWriting}, {MinutesEdited, DeedsOfWriting}, {MinutesHandedIn, DeedsOfWriting}, {MinutesSign, DeedsOfWriting},
	{MinutesIssue, DeedsOfWriting}, {MinutesMended, DeedsOfWriting}, {MinutesGivenOut, DeedsOfWriting}, {TrayLaid, DeedsOfWriting},
	{AccountAdded, DeedsOfAccounts}, {AccountDisabled, DeedsOfAccounts}, {AccountEnabled, DeedsOfAccounts}, {AccountEdited, DeedsOfAccounts}, {KeyAdded, DeedsOfAccounts},
	{KeyRemoved, DeedsOfAccounts}, {KeyRenamed, DeedsOfAccounts}, {AuthorityAdded, DeedsOfAccounts}, {AuthorityRemoved, DeedsOfAccounts},
	{InviteMade, DeedsOfAccounts}, {InviteRevoked, DeedsOfAccounts}, {KeyEnrolled, DeedsOfAccounts}, {RoleGiven, DeedsOfAccounts}, {RoleTaken, DeedsOfAccounts},
	{RoleRenewed, DeedsOfAccounts}, {RoleConfirmed, DeedsOfAccounts}, {EmergencyOpened, DeedsOfAccounts}, {ChildReleased, DeedsOfAccounts}, {ClassLent, DeedsOfAccounts}, {SessionEnded, DeedsOfAccounts}, {PreferenceSet, DeedsOfAccounts},
	{SettingSet, DeedsOfSchool}, {Founded, DeedsOfSchool}, {Imported, DeedsOfSchool}, {ImportUndone, DeedsOfSchool}, {Exported, DeedsOfSchool}, {SealTaken, DeedsOfSchool},
	{ClockJumped, DeedsOfSchool},
}

// Deeds lists every deed, those of a kind together.
func Deeds() (out []Deed) {
	for _, d := range kindOf {
		out = append(out, d.Deed)
	}
	return out
}

// Of lists the deeds of a kind.
func (k DeedKind) Of() (out []Deed) {
	for _, d := range kindOf {
		if d.Kind == k {
			out = append(out, d.Deed)
		}
	}
	return out
}

// Known reports whether the word is one of the list.
func (d Deed) Known() bool { return known[d] }

var known = func() map[Deed]bool {
	out := map[Deed]bool{}
	for _, d := range kindOf {
		out[d.Deed] = true
	}
	return out
}()

// ParseDeeds reads what --kind says: a kind, or one deed with - for its blank.
func ParseDeeds(word string) ([]Deed, error) {
	if of := DeedKind(word).Of(); len(of) > 0 {
		return of, nil
	}
	for _, d := range Deeds() {
		if strings.ReplaceAll(string(d), " ", "-") == word || string(d) == word {
			return []Deed{d}, nil
		}
	}
	return nil, &Invalid{Field: "deed", Why: WhyUnknown}
}

// TheConsole is the Person of what was done at the server's console, for
// queries; in the log its account is 0.
const TheConsole int64 = -1

// An AuditQuery asks for rows of the audit log, the newest first. What is zero
// does not narrow. Before and After are ids of rows, which grow with time.
type AuditQuery struct {
	Person        int64 // an account, or TheConsole
	Student       int64
	Deeds         []Deed
	From, Until   time.Time // From counts, Until does not
	Before, After int64
	Limit         int // 0: 100; at most 1000
}

// An AuditLine is one row of the audit log, as its reader may see it. What it
// is about has a name where the reader may see that record, else its number
// only.
type AuditLine struct {
	ID        int64
	At        time.Time
	Account   int64  // 0: the console, or a stranger at the door
	Name      string // whose account that is; "" at the console
	Key       string // the fingerprint that signed in, or knocked
	Source    string // an address, or console: and the system's user
	Door      string // screen, words, console, login (a stranger), server (the program itself)
	Session   string
	Did       Deed
	What      Ref
	Object    string // the name of an account, where What is one
	Student   int64
	Child     string // the student's name; "" where the reader may not see the student
	ClassName ClassName
	Household int64
	Level     Level  // 0: not about a family
	Sight     Sight  // Whole: AuditEntry tells what was there before and after
	Times     int    // of a refused sign-in: how often
	Why       string // of a refused sign-in: unknown, revoked, closed, many (more keys or addresses than rows)
	Kept      bool   // there is a before and after, or there was
	Prev      string // the hash of the row before, and the row's own
	Hash      string
}

// An AuditPage is one answer to an AuditQuery.
type AuditPage struct {
	Lines []AuditLine
	More  bool  // there are older ones
	Total int64 // rows in the time asked for, where the reader sees all and nothing else narrows; else 0
}

// Head is the row as a witness of all before it.
func (l AuditLine) Head() Head { return Head{l.ID, l.At, l.Hash} }

// An AuditEntry is one line with, where the reader may know, what was there
// before and after, as JSON ("null": nothing).
type AuditEntry struct {
	AuditLine
	Was, Now  string
	Forgotten time.Time // when the contents were removed by the rules of retention
}

// AuditSight is how much of an audit row the account may know; p is where the
// row's student stands today.
//
// Everybody sees their own rows whole. The principal sees all. The
// administrator sees all rows, and the contents of those that are about no
// family. The class teacher sees who did what with the children of the class,
// and the contents up to the level the teacher may read.
func (a Account) AuditSight(t time.Time, l AuditLine, p Place) Sight {
	family := l.Student != 0 || l.Household != 0 || l.Level > Open // what was said in a meeting is of families too
	switch {
	case l.Account != 0 && l.Account == a.ID, a.MayAtAll(t, RecAudit, View, false), a.AuditsAll(t) && !family:
		return Whole
	case l.Student != 0 && a.May(t, RecAudit, View, p, false, Looked):
		return max(Exists, a.SeesLevel(t, p, l.Level))
	case a.AuditsAll(t):
		return Exists
	}
	return None
}

// AuditsAll reports whether the account reads the whole log: who, what and when,
// with families as numbers where it may not see them. It may then also check
// the chain, take its head out as a witness, confirm its seals and export it.
func (a Account) AuditsAll(t time.Time) bool { return a.MayAtAll(t, RecAudit, View, false, Numbers) }

// AuditsOf is the children whose rows the account reads besides its own: those
// of its own classes.
func (a Account) AuditsOf(t time.Time) (s Scope) {
	for role, g := range a.held(t, nil) {
		if slices.ContainsFunc(RightsOf(role, RecAudit), func(r Right) bool { return r.Limit == Looked }) {
			s.Classes = append(s.Classes, g.Classes...)
		}
	}
	slices.Sort(s.Classes)
	s.Classes = slices.Compact(s.Classes)
	return s
}

// MayAskLooked reports whether the account may ask who has looked at a child's
// file: the class teacher, the principal, the administrator.
func (a Account) MayAskLooked(t time.Time, p Place) error {
	switch {
	case a.AuditsAll(t), a.May(t, RecAudit, View, p, false, Looked):
		return nil
	case a.Sees(t, p):
		return ErrForbidden
	}
	return ErrNotFound
}
