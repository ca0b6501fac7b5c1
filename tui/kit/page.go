// Package kit is what screens are made of: the contract with the shell, the
// helpers for work that takes time, and the widgets.
//
// It knows data's types and no screen, and it never reaches the store.
package kit

import (
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Page is one screen. The shell gives every Page on its stack every
// message, except keys, pastes and the mouse: those reach the top Page alone.
// Mouse rows count from the page's first; row -1 is the scope.
type Page interface {
	Title() i18n.Phrase
	Init() tea.Cmd              // once, when the page is opened
	Update(msg tea.Msg) tea.Cmd // never blocks; slow work goes in the Cmd
	Layout(width, height int)   // before the first View and on each resize
	View() Frame                // no side effects; fits the last Layout
	Actions() []Action          // what can be done now, most useful first
}

// What a Page may say of itself besides. The shell asks when it matters.
type (
	// An Unsaver is a page that may hold what nobody has saved: ctrl+c asks
	// before it quits while any page's count is above zero.
	Unsaver interface{ Unsaved() int }

	// A Drafter is a page people write on. After a key or a paste the shell
	// asks for the draft within two seconds, and again when the page is left,
	// covered or cut off, and stores it if it differs from the last one. Ok is
	// false while there is nothing worth keeping. The page is told with Kept.
	Drafter interface {
		Draft() (d data.Draft, ok bool)
	}

	// A Waiter is a page that may be waiting for an answer; while it is, the
	// shell says so after a moment, and the old frame stays. After some seconds
	// esc gives up.
	Waiter interface {
		Waiting() bool
		GiveUp()
	}

	// A Saver is a Waiter that may be waiting for a save, which goes on
	// whatever is pressed.
	Saver interface{ Storing() bool }

	// A Busy page (a call clock, a live room) is not covered when nobody types.
	Busy interface{ Busy() bool }

	// A Stander is a page about one record that others may have open as well: it
	// says which, while its person sees that record, and what they do there. The
	// shell tells the server, and keeps who else is there in Env.Company.
	// Composing ends by itself a few seconds after the last key.
	Stander interface{ Stand() data.Stand }

	// An Explainer says in one line what its screen answers, for the help.
	Explainer interface{ About() i18n.Phrase }
)

// A Frame is what a page shows: the scope or tabs on row 2, the body, and what
// stands on the message row while nothing was said. Cursor is where typed text
// goes, within Body, or nil; an input method opens its candidates there.
type Frame struct {
	Scope, Body, Status string
	Cursor              *tea.Cursor
}

// An Action is one thing a person can do. The shell dispatches keys by it and
// draws the footer, the help and the command palette from it, so the four
// cannot disagree. While a page shows a cursor the shell treats printable
// keys as text and offers the action on its other keys, if it has any.
//
// Keys that belong together ("[ ]", "1-3") are one Action each: the first says
// As, the others are Rare.
type Action struct {
	Key   string // one, or several with blanks between: "/ ctrl+f f3"
	Label i18n.Phrase
	Help  i18n.Phrase
	As    string             // what the footer shows for the key: "[ ]", "1-9"
	Rare  bool               // not in the footer
	Never bool               // no role of the person's may: the shell offers it nowhere
	When  func() i18n.Phrase // why not now; nil or the zero Phrase: go ahead
	Do    func() tea.Cmd
}

// Keys are the keys the action is on.
func (a Action) Keys() []string { return strings.Fields(a.Key) }

// On reports whether a key is one of the action's.
func (a Action) On(key string) bool {
	for k := range strings.FieldsSeq(a.Key) {
		if k == key {
			return true
		}
	}
	return false
}

// Shown is the key that the footer and the help name: As, else the first.
func (a Action) Shown() string {
	if a.As != "" {
		return a.As
	}
	k, _, _ := strings.Cut(a.Key, " ")
	if len(k) > 1 && k[0] == 'f' {
		return strings.ToUpper(k)
	}
	return k
}

// Off says why the action cannot be done now; the zero Phrase if it can.
func (a Action) Off() i18n.Phrase {
	if a.When == nil {
		return i18n.Phrase{}
	}
	return a.When()
}

// Messages a page sends to the shell, with Env.Send.
type (
	// Open asks for another screen by name. Which of the fields a screen
	// reads, it says beside its New; the zero Open opens it empty.
	Open struct {
		Screen   string
		ID       int64       // the student's, the contact's, the class's
		Guardian int64       // whom the call is with
		Contact  int64       // the contact to correct
		Promise  int64       // the promise to choose
		Of       []int64     // the records that [ and ] go through
		Text     string      // what was typed already
		Begin    string      // how the text begins: what it is about
		Draft    *data.Draft // to go on writing
		Replace  bool        // the new page takes the place of the top one
		Over     Page        // opens only while this page is the top one: an offer, which must not take a fast hand's keys
	}
	// Push puts a page that is made already on top: a question, a list.
	Push struct{ Page Page }
	// Back closes the page, wherever it is by now: a save may end after the
	// palette was opened over its form. Nil is the top one. Said, if any, is
	// shown on the page below, and Gives is a message for that page alone.
	Back struct {
		Page  Page
		Said  i18n.Phrase
		Gives tea.Msg
	}
	// Run closes the page and does an action of the page below.
	Run struct{ Action Action }
	// Home closes all pages but the first.
	Home struct{}
)

// Messages the session and the shell send to pages.
type (
	// Note is said until the next key. Pages send it too.
	Note struct{ Said i18n.Phrase }
	// Ending reaches every page a moment before the session ends.
	Ending struct{ Said i18n.Phrase }
	// PasteCut tells how many bytes of a paste were taken and how many not.
	PasteCut struct{ Taken, Cut int }
	// Reload reaches the top page when a person asks for fresh data.
	Reload struct{}
	// Tick reaches every page at each full minute, NewDay at each midnight.
	Tick   struct{}
	NewDay struct{}
	// OthersMoved reaches the page in front when Env.Company has changed.
	OthersMoved struct{}
	// Kept tells the page that its draft is on disk since At, or why it is not.
	Kept struct {
		Page Page
		At   time.Time
		Err  error
	}
)

// Changed reaches the page in front after a commit, its own session's included,
// and one that is covered when it is in front again. The zero Ref among Refs
// means that anything may have changed. A page that it concerns returns a
// command or sends something; if none does, nothing is drawn.
type Changed struct{ Refs map[data.Ref]bool }

// Touches reports whether the record may have changed.
func (c Changed) Touches(kind string, id int64) bool {
	return c.Refs[data.Ref{}] || c.Refs[data.Ref{Kind: kind, ID: id}]
}

// TouchesAny reports whether any record of the kind may have changed.
func (c Changed) TouchesAny(kind string) bool {
	if c.Refs[data.Ref{}] {
		return true
	}
	for r := range c.Refs {
		if r.Kind == kind {
			return true
		}
	}
	return false
}
