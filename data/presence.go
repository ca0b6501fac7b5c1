package data

import "time"

// A Presence is one open session, as administrators see it: who is in, since
// when, from where, doing what. It holds nothing of what is on the screen.
type Presence struct {
	ID           int64 // counted from the server's start; no two sessions have the same
	Account      int64
	Username     string
	Name         string // the full name of the account's holder
	Key          string // the fingerprint that signed in
	From         string // the client's address, without its port
	Since, Typed time.Time
	Kind         PresenceKind
	Screen       string // the code name of the screen in front, where Kind is screens
}

// PresenceKind is what a session is: the screens, the line prompt, or one
// command with its words.
type PresenceKind string

// The kinds of session.
const (
	OnScreens PresenceKind = "screens"
	AtPrompt  PresenceKind = "prompt"
	WithWords PresenceKind = "words"
)

// PresenceKinds is every kind of session.
var PresenceKinds = []PresenceKind{OnScreens, AtPrompt, WithWords}

// MaySeeSession reports whether the account may see that the session is open,
// and end it: everyone their own, which may stand open on another computer;
// administrators all.
func (a Account) MaySeeSession(t time.Time, p Presence) bool {
	return a.ID == p.Account || a.MayManage(t) == nil
}

// A SignIn is one time that an account came in.
type SignIn struct {
	At      time.Time
	Door    string // screen, words
	From    string // the client's address, without its port
	Key     string // the fingerprint
	KeyName string
}
