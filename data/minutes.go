package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MinutesState is how far a meeting's minutes are. A signature is for one
// version: text that changes after it makes a new one, which is not signed.
type MinutesState string

// The states of minutes.
const (
	MinutesDraft       MinutesState = "draft"
	MinutesToSign      MinutesState = "to_sign"
	MinutesSigned      MinutesState = "signed"
	MinutesIssued      MinutesState = "issued"
	MinutesDistributed MinutesState = "distributed"
)

// MinutesStates is every state, in order.
var MinutesStates = []MinutesState{MinutesDraft, MinutesToSign, MinutesSigned, MinutesIssued, MinutesDistributed}

// Sealed reports whether the text can change no more.
func (s MinutesState) Sealed() bool { return s == MinutesIssued || s == MinutesDistributed }

// A MinutesLine is one line of minutes. ID tells it from the others of the same
// minutes, in every version. Source is what it was composed from ("note 17",
// "item 3"), "" where somebody wrote it by hand. Its level decides who reads it:
// what is restricted or secret is not in the form that is given out, and is
// counted there.
type MinutesLine struct {
	ID     int      `json:"id"`
	Kind   LineKind `json:"kind"`
	Text   string   `json:"text"`
	Level  Level    `json:"level"`
	Source string   `json:"source,omitempty"`
	Writer int64    `json:"writer,omitempty"` // of a note or a line by hand: the account
	Was    string   `json:"was,omitempty"`    // before the newest change by hand
	By     string   `json:"by,omitempty"`     // who made it
}

// Authored is what decides who reads the line.
func (l MinutesLine) Authored() Authored { return Authored{Level: l.Level, Writer: l.Writer} }

// LineKind is what a line of minutes is, for how it is set.
type LineKind string

// A heading of the whole, a fact below it, an agenda item, and what stands under
// one: a line of notes, a question, a resolution.
const (
	LineTitle      LineKind = "title"
	LineFact       LineKind = "fact"
	LineItem       LineKind = "item"
	LineNote       LineKind = "note"
	LineQuestion   LineKind = "question"
	LineResolution LineKind = "resolution"
)

// LineKinds is every kind of line.
var LineKinds = []LineKind{LineTitle, LineFact, LineItem, LineNote, LineQuestion, LineResolution}

// Minutes is one version of the minutes of a meeting as their reader sees them.
type Minutes struct {
	ID          int64
	Meeting     Meeting // without its agenda
	State       MinutesState
	Number      string // 2026-家-纪01, from the issue on
	Version     int    // this one
	Newest      int
	Issued      int // the version that was issued; 0: none
	Lines       []MinutesLine
	Hidden      int // lines that the reader may not see
	GivenOut    int // lines that are not in the form that is given out
	Hash        string
	Intact      bool // of issued ones: text and corrections, computed anew, are what was issued
	Signed      []Signature
	Corrections []Correction
	Changes     []MinutesChange // by hand, of all versions up to this one, the oldest first
	IssuedAt    time.Time
	IssuedBy    string
	GivenOutAt  time.Time
	By          string // who wrote this version, and when
	At          time.Time
	MayEdit     bool // the reader may change, hand in, issue, correct, give out
	MaySign     bool
}

// MinutesDue is how far minutes are that were not issued yet, and who wrote their
// newest version. Fell is the version that was signed, and changed since; 0: none.
type MinutesDue struct {
	State   MinutesState
	Version int
	By      string
	Fell    int
}

// A MinutesStep is what minutes wait for one person to do with them.
type MinutesStep string

// Nothing; to hand them in, as secretary; to sign them, as chair, or once more
// because the signature fell away; to issue them, as either.
const (
	NoStep      MinutesStep = ""
	ToHandIn    MinutesStep = "hand_in"
	ToSign      MinutesStep = "sign"
	ToSignAgain MinutesStep = "sign_again"
	ToIssue     MinutesStep = "issue"
)

// Step is what the minutes of a meeting wait for an account to do.
func (d MinutesDue) Step(m Meeting, account int64) MinutesStep {
	chair, secretary := account == m.Chair, account == m.Secretary
	switch {
	case d.State == MinutesSigned && (chair || secretary):
		return ToIssue
	case chair && d.Fell > 0 && (d.State == MinutesDraft || d.State == MinutesToSign):
		return ToSignAgain
	case chair && d.State == MinutesToSign:
		return ToSign
	case secretary && d.State == MinutesDraft:
		return ToHandIn
	}
	return NoStep
}

// A MinutesChange is one change by hand: who wrote what instead of what.
type MinutesChange struct {
	Version int       `json:"-"`
	Line    int       `json:"line"`
	Did     LineDid   `json:"did"`
	Was     string    `json:"was,omitempty"`
	Now     string    `json:"now,omitempty"`
	Level   Level     `json:"level"` // the stricter of before and after
	Writer  int64     `json:"writer,omitempty"`
	By      string    `json:"-"`
	At      time.Time `json:"-"`
}

// LineDid is what was done to a line by hand.
type LineDid string

// What may be done to a line.
const (
	LineChanged  LineDid = "change"
	LineAdded    LineDid = "add"
	LineRemoved  LineDid = "remove"
	LineLevelled LineDid = "level" // only its level changed
)

// Changed is how many lines read otherwise than they were composed: a line that was
// changed twice counts once, and one that is again as it was does not count, nor one
// that was removed and put back.
func (m Minutes) Changed() (n int) {
	type line struct {
		was, now string
		level    bool // its level was changed: that alone makes it differ
	}
	lines := map[int]line{}
	for _, c := range m.Changes {
		l, seen := lines[c.Line]
		if !seen {
			l.was = c.Was
		}
		l.now, l.level = c.Now, l.level || c.Did == LineLevelled
		lines[c.Line] = l
	}
	back := map[string]int{} // texts that were removed
	for _, l := range lines {
		if l.now == "" && l.was != "" {
			back[l.was]++
			n++
		}
	}
	for _, l := range lines {
		switch {
		case l.now == "" || l.was == l.now && !l.level:
		case l.was == "" && back[l.now] > 0:
			back[l.now]--
			n--
		default:
			n++
		}
	}
	return n
}

// A Signature is one person's, of one version.
type Signature struct {
	Version int
	Signer  int64
	Name    string
	At      time.Time
	Holds   bool // the version is still the newest
}

// A Correction is a numbered addition to issued minutes. Its level decides who
// reads it, as a line's.
type Correction struct {
	N      int
	Text   string
	Level  Level
	Writer int64
	By     string
	At     time.Time
	Hash   string // over the one before, or the minutes
}

// Check reports everything wrong with a correction's text.
func (c Correction) Check() error {
	var f faults
	f.text("text", c.Text)
	if c.Level < Normal || c.Level > Secret {
		f.bad("level", WhyUnknown)
	}
	return f.err()
}

// Tidy returns the correction as it should be stored.
func (c Correction) Tidy() Correction {
	c.Text = line(c.Text)
	if c.Level == 0 {
		c.Level = Normal
	}
	return c
}

// MinutesNumber is the number of the n-th minutes that were issued of meetings of
// one school year: 2026-家-纪01.
func MinutesNumber(year, n int) string { return fmt.Sprintf("%d-家-纪%02d", year, n) }

// Canonical is the one text of a version that its hash covers: lines of all
// levels, each with its kind and level, in UTF-8 with LF.
func Canonical(lines []MinutesLine) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(string(l.Kind) + "\t" + strconv.Itoa(int(l.Level)) + "\t" + line(l.Text) + "\n")
	}
	return b.String()
}

// VersionHash is SHA-256 over the canonical text of one version, in hexadecimal.
func VersionHash(lines []MinutesLine) string { return hash(Canonical(lines)) }

// MinutesHash is SHA-256 over the number, the version and the canonical text of
// issued minutes, in hexadecimal.
func MinutesHash(number string, version int, lines []MinutesLine) string {
	return hash(number + "\n" + strconv.Itoa(version) + "\n" + Canonical(lines))
}

// CorrectionHash is SHA-256 over the hash before and the correction's own words.
func CorrectionHash(before string, c Correction) string {
	return hash(before + "\n" + strconv.Itoa(c.N) + "\t" + strconv.Itoa(int(c.Level)) + "\t" + strconv.FormatInt(c.Writer, 10) + "\t" +
		c.At.UTC().Format(time.RFC3339Nano) + "\n" + line(c.Text) + "\n")
}

// MinutesIntact reports whether issued minutes, with all lines and corrections,
// have the hashes that they were given.
func MinutesIntact(number string, version int, lines []MinutesLine, is string, corrections []Correction) bool {
	if MinutesHash(number, version, lines) != is {
		return false
	}
	for n, c := range corrections {
		if c.N != n+1 || CorrectionHash(is, c) != c.Hash {
			return false
		}
		is = c.Hash
	}
	return true
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// GivenOut is the lines that stand in the form that is given out: what is
// restricted or secret is left out, and how many lines that are.
func GivenOut(lines []MinutesLine) (out []MinutesLine, left int) {
	for _, l := range lines {
		if l.Level >= Restricted {
			left++
			continue
		}
		out = append(out, l)
	}
	return out, left
}
