// Package kit is what screens are made of: the contract with the shell, the
// helpers for work that takes time, and the widgets.
//
// It knows data's types and no screen, and it never reaches the store.
package kit

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Page is one screen. The shell gives every Page on its stack every
// message, except keys and pastes: those reach the top Page alone.
type Page interface {
	Title() i18n.Phrase
	Init() tea.Cmd              // once, when the page is opened
	Update(msg tea.Msg) tea.Cmd // never blocks; slow work goes in the Cmd
	Layout(width, height int)   // before the first View and on each resize
	View() Frame                // no side effects; fits the last Layout
	Actions() []Action          // what can be done now, most useful first
}

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
type Action struct {
	Key   string // one, or several with blanks between: "/ ctrl+f f3"
	Label i18n.Phrase
	Help  i18n.Phrase
	Rare  bool               // not in the footer
	When  func() i18n.Phrase // why not now; nil or the zero Phrase: go ahead
	Do    func() tea.Cmd
}

// Keys are the keys the action is on.
func (a Action) Keys() []string { return strings.Fields(a.Key) }

// Shown is the key that the footer and the help name: the first.
func (a Action) Shown() string {
	k := a.Keys()[0]
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

// Env is what the pages of one session share. The shell owns it; pages read.
type Env struct {
	Ctx  context.Context // ends with the session
	Me   data.Account
	Lang i18n.Lang
	Now  data.Clock
}

// Messages a page sends to the shell.
type (
	// Open asks for another screen by name; the zero ID opens it empty.
	Open struct {
		Screen string
		ID     int64
	}
	// Back closes the page, wherever it is by now: a save may end after the
	// palette was opened over its form. Nil is the top one. Said, if any, is
	// shown on the page below.
	Back struct {
		Page Page
		Said i18n.Phrase
	}
	// Run closes the page and does an action of the page below.
	Run struct{ Action Action }
)

// Messages the session sends. Note is said until the next key. Ending reaches
// every page a moment before the session ends: drafts are kept now.
type (
	Note   struct{ Said i18n.Phrase }
	Ending struct{ Said i18n.Phrase }
)

// Changed reaches every page after a commit, its own session's included. The
// zero Ref among Refs means that anything may have changed.
type Changed struct{ Refs map[data.Ref]bool }

// Touches reports whether the record may have changed.
func (c Changed) Touches(kind string, id int64) bool {
	return c.Refs[data.Ref{}] || c.Refs[data.Ref{Kind: kind, ID: id}]
}

// Send wraps a message as a command.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
