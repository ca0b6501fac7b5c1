package data

import "time"

// An AccountSight is how much of everybody's accounts an account sees.
type AccountSight int

// OwnAccount: its own alone. AccountNames: who has which role, and where.
// AccountStates: whether they are open too, and when they were here. AllOfAccounts:
// the keys and last days as well, which belong to who runs accounts.
const (
	OwnAccount AccountSight = iota
	AccountNames
	AccountStates
	AllOfAccounts
)

// SeesAccounts is how much of others' accounts a sees at t.
func (a Account) SeesAccounts(t time.Time) AccountSight {
	switch {
	case a.MayManage(t) == nil:
		return AllOfAccounts
	case a.MayAtAll(t, RecAccount, View, false):
		return AccountStates
	case a.MayAtAll(t, RecAccount, View, false, NamesOnly):
		return AccountNames
	}
	return OwnAccount
}

// UnusedAfter is how long nobody logs in before an account counts as unused.
const UnusedAfter = 60 * 24 * time.Hour

// An AccountLine is one account as the list of accounts shows it: no more of it
// than the asker sees.
type AccountLine struct {
	Account
	Created time.Time
	Keys    []Key     // those that hold, the newest first
	Invited time.Time // until when a one-time code is open; zero: none
}

// Unused is how long nobody has logged in to an open account, 0 if that is not
// long enough to be told.
func (a AccountLine) Unused(t time.Time) time.Duration {
	last := a.LastSeen
	if last.IsZero() {
		last = a.Created
	}
	if gone := t.Sub(last); a.Open(t) && !last.IsZero() && gone > UnusedAfter {
		return gone
	}
	return 0
}

// A GrantLine is a grant as people read it: whose it is, who gave it, over which
// child.
type GrantLine struct {
	Grant
	Account        int64
	Name, Username string // whose it is
	By             string // who gave it; "" on the console
	Lender         string // who lent it, of a delegated one
	Number         string // of the child it is over
	Child          string // its name, for who finds that child
}

// A GrantState is where a grant stands.
type GrantState int

// It waits for a second administrator; it holds; it begins later; a former class
// teacher still reads; it has ended; it was taken away before its time.
const (
	GrantWaits GrantState = iota
	GrantHolds
	GrantBegins
	GrantReadsOn
	GrantEnded
	GrantTaken
)

// State is where the grant stands at t.
func (g Grant) State(t time.Time) GrantState {
	_, any := g.RoleAt(t)
	switch {
	case !g.Revoked.IsZero():
		return GrantTaken
	case g.Pending && (g.Until.IsZero() || t.Before(g.Until)):
		return GrantWaits
	case g.At(t):
		return GrantHolds
	case any:
		return GrantReadsOn
	case t.Before(g.From):
		return GrantBegins
	}
	return GrantEnded
}

// RenewTo is until when a grant is renewed unless said otherwise: the end of this
// school year, or of the next where it lasts so long already.
func (g Grant) RenewTo(today Date) Date {
	end := YearEnd(today)
	if !g.Until.IsZero() && !g.LastDay().Before(end) {
		return YearEnd(end.AddDays(1))
	}
	return end
}

// LastDay is the last day that the grant holds, zero where it has no end.
func (g Grant) LastDay() Date {
	if g.Until.IsZero() {
		return Date{}
	}
	return DayOf(g.Until.Add(-time.Second))
}

// Live reports whether the grant holds, or will.
func (s GrantState) Live() bool { return s <= GrantReadsOn }

// An AccountCard is one account with all that belongs to it.
type AccountCard struct {
	AccountLine
	Sight   AccountSight // how much of it the asker sees
	Revoked []Key        // its keys that hold no more, the newest first
	Roles   []GrantLine  // ended ones too, the newest first
	Lent    []GrantLine  // what its holder has lent to others
	Alone   bool         // nobody else could run accounts
	SignIns []SignIn     // the last ones, the newest first
}

// An AccountEdit is what of an account is changed by hand. Rev is the revision
// it was read at.
type AccountEdit struct {
	ID    int64
	Lang  string // "zh", "en", "" for what the client says
	Until Date   // the last day it may log in; zero: no end
	Rev   int64
}

// A Naming is what a name would make of a new account: its user name, and who
// has the same name already, or one that looks like it in other characters.
type Naming struct {
	Username    string
	Same, Alike []Account
}

// Rights is whose rights are asked for and, if about one child, where it stands.
type Rights struct {
	Account Account
	Number  string // the child's, "" where none was asked for
	Child   string // its name, for who finds that child
	Class   ClassName
	Place   Place
}
