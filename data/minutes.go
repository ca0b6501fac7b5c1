package data

import (
	"crypto/sha256"
	"encoding/hex"
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

// A MinutesLine is one line of minutes. Source tells what it was composed from
// ("note 17", "item 3"), "" where the secretary wrote it. Its level decides who
// reads it: what is restricted or secret is not in the form that is given out,
// and is counted there.
type MinutesLine struct {
	Kind   LineKind `json:"kind"`
	Text   string   `json:"text"`
	Level  Level    `json:"level"`
	Source string   `json:"source,omitempty"`
	Writer int64    `json:"writer,omitempty"` // of a secret line: who reads it besides the principal
	Was    string   `json:"was,omitempty"`    // before the newest change by hand
	By     string   `json:"by,omitempty"`     // who made it
}

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

// Minutes is the minutes of one meeting as their reader sees them.
type Minutes struct {
	ID, Meeting int64
	Title       string
	State       MinutesState
	Number      string // 2026-家-纪01, from the issue on
	Version     int    // the newest
	Lines       []MinutesLine
	Hidden      int // lines that the reader may not see
	Hash        string
	Signed      []Signature
	Corrections []Correction
	IssuedAt    time.Time
	GivenOutAt  time.Time
	By          string // who wrote the newest version, and when
	At          time.Time
}

// A Signature is one person's, of one version.
type Signature struct {
	Version int
	Signer  int64
	Name    string
	At      time.Time
	Holds   bool // the version is still the newest
}

// A Correction is a numbered addition to issued minutes.
type Correction struct {
	N    int
	Text string
	By   string
	At   time.Time
	Hash string // over the one before, or the minutes
}

// Canonical is the one text of a version that its hash covers: lines of all
// levels, each with its kind and level, in UTF-8 with LF.
func Canonical(lines []MinutesLine) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(string(l.Kind) + "\t" + strconv.Itoa(int(l.Level)) + "\t" + line(l.Text) + "\n")
	}
	return b.String()
}

// MinutesHash is SHA-256 over the number, the version and the canonical text of
// issued minutes, in hexadecimal.
func MinutesHash(number string, version int, lines []MinutesLine) string {
	sum := sha256.Sum256([]byte(number + "\n" + strconv.Itoa(version) + "\n" + Canonical(lines)))
	return hex.EncodeToString(sum[:])
}

// CorrectionHash is SHA-256 over the hash before and the correction's own words.
func CorrectionHash(before string, c Correction) string {
	sum := sha256.Sum256([]byte(before + "\n" + strconv.Itoa(c.N) + "\n" + c.By + "\n" + c.At.UTC().Format(time.RFC3339) + "\n" + c.Text + "\n"))
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
