package data

import (
	"slices"
	"time"
)

// An Account is a member of staff. It logs in with an SSH key, if it has one;
// without a key it still is who teaches a class.
type Account struct {
	ID, Person int64
	Name       string // the full name
	Username   string // made from the pinyin: luojing
	Lang       string // "zh", "en", or "" for what the client says
	Theme      string // "light", "dark", "none", or "" for what the terminal says
	LastSeen   time.Time
	Disabled   time.Time
	Until      Date // the last day it may log in; zero: no end
	Grants     []Grant
	Rev        int64
}

// Open reports whether the account may log in at t: not disabled, and not past
// its last day.
func (a Account) Open(t time.Time) bool {
	return a.Disabled.IsZero() && (a.Until.IsZero() || !a.Until.Before(Clock(func() time.Time { return t }).Today()))
}

// Active is the grants that hold at t.
func (a Account) Active(t time.Time) []Grant {
	return slices.DeleteFunc(slices.Clone(a.Grants), func(g Grant) bool { return !g.At(t) })
}

// Turns is the next instant after t at which a grant begins or ends, or its
// former holder stops reading on; the zero Time if there is none.
func (a Account) Turns(t time.Time) (next time.Time) {
	for _, g := range a.Grants {
		at := []time.Time{g.From}
		if !g.Until.IsZero() {
			at = append(at, g.Until, g.Until.Add(ReadsOn))
		}
		for _, x := range at {
			if x.After(t) && (next.IsZero() || x.Before(next)) {
				next = x
			}
		}
	}
	return next
}

// SameRights reports whether a at t has the roles that b had at s, over the same
// scopes.
func (a Account) SameRights(t time.Time, b Account, s time.Time) bool {
	return slices.EqualFunc(a.standing(t), b.standing(s), func(x, y Reason) bool {
		return x.Role == y.Role && x.Grant.ID == y.Grant.ID && slices.Equal(x.Grant.Classes, y.Grant.Classes)
	})
}

func (a Account) standing(t time.Time) (out []Reason) {
	for role, g := range a.held(t, nil) {
		out = append(out, Reason{Role: role, Grant: g})
	}
	return out
}

// Has reports whether a has the role at t, over whatever scope.
func (a Account) Has(t time.Time, roles ...Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.At(t) && slices.Contains(roles, g.Role) })
}

// Own is the classes the account is class teacher of at t, by id.
func (a Account) Own(t time.Time) (classes []int64) {
	for _, g := range a.Grants {
		if g.Role == ClassTeacher && g.At(t) {
			classes = append(classes, g.ScopeID)
		}
	}
	return classes
}

// A Key is a public key of an account.
type Key struct {
	ID, Account int64
	Fingerprint string // SHA256:…
	Type        string // ssh-ed25519
	Blob        string // base64, as in an authorized_keys line
	Name        string // its comment
	Added       time.Time
	LastUsed    time.Time
	LastFrom    string
	Revoked     time.Time
}
