package data

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// InviteLasts is how long a one-time code lets its person in.
const InviteLasts = 48 * time.Hour

// Wrong codes that are borne before no more are looked at: of one key and of
// one address within EnrolWindow, and of one invitation, which then is void.
const (
	EnrolWindow      = time.Hour
	TriesOfKey       = 5
	TriesOfAddress   = 20
	TriesOfInvite    = 10
	selectorLen      = 4
	codeLen          = 8
	inviteIterations = 100_000 // some 20 ms: a stolen file does not give its open codes away for nothing
)

// codeLetters leaves out what is mistaken for something else when a code is
// read out or written down: O and 0, I, L and 1, and of the pairs S 5, Z 2,
// B 8 and U V the first, which is taken for the second.
const codeLetters = "23456789ACDEFGHJKMNPQRTVWXY"

var lookAlike = strings.NewReplacer("S", "5", "Z", "2", "B", "8", "U", "V")

// An InviteCode is the one-time code of an invitation, its eight letters. The
// first four name the invitation and are no secret; the last four are.
type InviteCode string

// NewInviteCode makes a code that nobody can guess.
func NewInviteCode() InviteCode {
	var b strings.Builder
	for b.Len() < codeLen {
		var p [16]byte
		_, _ = rand.Read(p[:]) // it never fails
		for _, n := range p {
			if most := len(codeLetters) * (256 / len(codeLetters)); int(n) < most && b.Len() < codeLen { // each letter as likely as any
				b.WriteByte(codeLetters[int(n)%len(codeLetters)])
			}
		}
	}
	return InviteCode(b.String())
}

// ParseInviteCode reads a code as people type it: with blanks and dashes, in
// small letters, full-width. What is no code at all is *Invalid.
func ParseInviteCode(typed string) (InviteCode, error) {
	bad := func(why Why) (InviteCode, error) { return "", &Invalid{Field: "code", Why: why} }
	var b strings.Builder
	for _, r := range typed {
		if r >= '！' && r <= '～' { // the full-width forms of ! to ~
			r -= '！' - '!'
		}
		switch {
		case unicode.In(r, unicode.Z, unicode.C, unicode.Pd), r == '_', r == '.', r == 'ー', r == '−':
			continue
		case b.Len() >= codeLen:
			return bad(WhyTooLong)
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		if r > unicode.MaxASCII {
			return bad(WhyBadChars)
		}
		b.WriteRune(r)
	}
	code := lookAlike.Replace(b.String())
	for _, r := range code {
		if !strings.ContainsRune(codeLetters, r) {
			return bad(WhyBadChars)
		}
	}
	switch len(code) {
	case codeLen:
		return InviteCode(code), nil
	case 0:
		return bad(WhyEmpty)
	}
	return bad(WhyTooShort)
}

// String is the code as it is read out: K7QX-2M4P.
func (c InviteCode) String() string {
	if len(c) != codeLen {
		return string(c)
	}
	return string(c[:selectorLen]) + "-" + string(c[selectorLen:])
}

// Selector is the half that names the invitation.
func (c InviteCode) Selector() string { return string(c[:min(selectorLen, len(c))]) }

// Hash is what the database keeps of the code's secret half. It costs time.
func (c InviteCode) Hash(salt []byte) []byte {
	sum, err := pbkdf2.Key(sha256.New, string(c), salt, inviteIterations, sha256.Size)
	if err != nil {
		panic(err) // of lengths that are constants
	}
	return sum
}

// Matches reports whether the code is the one that hash was made of.
func (c InviteCode) Matches(salt, hash []byte) bool {
	return subtle.ConstantTimeCompare(c.Hash(salt), hash) == 1
}

// InviteState is what became of an invitation.
type InviteState string

// An invitation is open until it was used, its time is over, or it was taken
// back: by an administrator, by a newer one for the same account, or by wrong
// codes.
const (
	InviteOpen    InviteState = "open"
	InviteUsed    InviteState = "used"
	InviteExpired InviteState = "expired"
	InviteVoid    InviteState = "void"
)

// An Invite is an invitation as administrators see it. The code itself is
// nowhere: it is told once, to who made it.
type Invite struct {
	ID, Account    int64
	Name, Username string // whose account it is
	Selector       string // the first half of the code
	Created        time.Time
	ByName         string // who made it; "" on the console
	Expires        time.Time
	Tries          int // wrong codes so far
	Used, Void     time.Time
}

// State is what the invitation is at t. A clock that was set back prolongs
// nothing: before its beginning an invitation holds as little as after its end.
func (i Invite) State(t time.Time) InviteState {
	switch {
	case !i.Used.IsZero():
		return InviteUsed
	case !i.Void.IsZero(), i.Tries >= TriesOfInvite:
		return InviteVoid
	case !t.Before(i.Expires), t.Before(i.Created):
		return InviteExpired
	}
	return InviteOpen
}

// An Entrance is what someone who is not let in yet may know of the school: its
// name, and whom to ask, three administrators at most.
type Entrance struct {
	School string
	Admins []string
}

// CodeRefused says why a one-time code let nobody in.
type CodeRefused struct {
	Why  CodeWhy
	Left int       // CodeWrong: how often this key may still try within the hour
	Till time.Time // CodeWait: when codes are looked at again
}

// CodeWhy is a reason for CodeRefused.
type CodeWhy string

// The reasons. CodeWrong is a code that there is not, or not any more; CodeEarly
// one that was made at a time which the clock has not reached: it was set back.
const (
	CodeEarly   CodeWhy = "early"
	CodeWrong   CodeWhy = "wrong"
	CodeUsed    CodeWhy = "used"
	CodeExpired CodeWhy = "expired"
	CodeVoid    CodeWhy = "void"
	CodeWait    CodeWhy = "wait"
)

func (e *CodeRefused) Error() string { return fmt.Sprintf("one-time code refused: %s", e.Why) }

// refused reports whether err is a CodeRefused, for Expected.
func refused(err error) bool { return errors.As(err, new(*CodeRefused)) }
