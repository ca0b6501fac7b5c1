package data

import "errors"

// ErrTooMuch stops an import that would leave too little of a class: see
// MostGone. The preview that comes with it says of which.
var ErrTooMuch = errors.New("too much of a class is gone or moved")

// MostGone is how much of one class may be gone or moved, in percent, before an
// import stops: more of it is a wrong file rather than a busy summer.
const MostGone = 20

// A RosterFile is what a roster file says, whichever format it came in.
type RosterFile struct {
	Hash    string // SHA-256 of the file's bytes, in hexadecimal
	Columns []RosterColumn
	Rows    []RosterLine
	Refused []RosterFault // by sheet and row; a row may have several
	Delta   bool          // it tells only of who changed: who is not in it is not gone
	Leaving []string      // numbers that it says are gone
}

// A RosterColumn is one column of a roster and what it was taken for.
type RosterColumn struct {
	Sheet string // "" where the file has no sheets, or one only
	Head  string
	Field string // the field's own Chinese head, 学号 or 家长1电话; "" is left out
	Said  bool   // by whoever imports, now or before; else its head is known
}

// RefusedRows is how many rows of the file are not taken.
func (f RosterFile) RefusedRows() (n int) {
	var last RosterFault
	for _, fault := range f.Refused {
		if fault.Row != last.Row || fault.Sheet != last.Sheet {
			n++
		}
		last = fault
	}
	return n
}

// Told is what a roster says to a question with yes or no. What it leaves open
// stays as it is in the school.
type Told int8

// The answers.
const (
	NotTold Told = iota
	ToldNo
	ToldYes
)

// A RosterLine is one student as a roster tells of them, with the family that
// stands in the same row. What is empty or zero the roster does not tell.
type RosterLine struct {
	Sheet      string // "" where the file has no sheets, or one only
	Row        int    // as a spreadsheet counts: the head is row 1
	Number     string
	Name       string
	Class      ClassName // of this school year; zero in a file that tells only what changed
	Sex        Sex
	Birth      Date
	Boarding   Told
	LeftBehind Told   // one parent away or both
	Away       string // who is, in the roster's own word: 父亲外出
	Hardship   Told
	Address    string
	Guardians  []Guardian // in calling order: name, relation, phones, place of work
}

// A RosterFault is why a row of a roster is refused. It does not repeat the
// value, which may be private.
type RosterFault struct {
	Sheet  string
	Row    int
	Column string // its head in the file; "" where the whole row is meant
	Number string // the student's number, where the row has one: its student is not gone
	Why    Why
	Other  int // the row that has the same number, where Why is WhyTaken

	OtherSheet string // where Other is
}

// RosterOptions are the choices of whoever imports.
type RosterOptions struct {
	Join      bool // siblings share a household at once; else they are listed
	Overwrite bool // also what somebody corrected by hand since the last import

	Force bool // even if more than MostGone percent of a class is gone or moved
}

// A RosterStudent is one student in a preview: what everybody may know, and of
// the rest only which fields change.
type RosterStudent struct {
	Sheet        string
	Row          int // in the file; 0: not in it
	Number, Name string
	Class        ClassName // after; of the gone, the one they are in
	From         ClassName // of the moved, the one before
	Fields       []string  // of the changed and the moved
}

// A NewClass is a class that an import makes: one that was mistyped shows by how
// few are in it.
type NewClass struct {
	Class    ClassName
	Sheet    string
	Row      int // the first that names it
	Students int // rows that do
}

// A ClassShare is how much of a class an import takes out of it.
type ClassShare struct {
	Class            ClassName
	Was, Gone, Moved int // students
}

// TooMuch reports whether more than MostGone percent of the class are gone or
// moved.
func (s ClassShare) TooMuch() bool { return (s.Gone+s.Moved)*100 > s.Was*MostGone }

// A RosterPreview is what an import does, or would do. The gone stay in the
// school until they are marked as left.
type RosterPreview struct {
	New, Changed, Moved []RosterStudent // by row
	Gone                []RosterStudent // by class and number
	Same                int             // students of whom the file tells nothing new
	Refused             []RosterFault
	Classes             []NewClass        // that the school does not have yet
	Kept                []RosterStudent   // with the fields that somebody corrected by hand since the last import
	Twice               [][]RosterStudent // who may be one child under two numbers
	Siblings            [][]RosterStudent // who share a guardian and may share a household
	Joined              [][]RosterStudent // who share one by this import
	Shares              []ClassShare      // of the classes that lose anybody
	Batch               int64             // the import's number; 0 where nothing was stored
}

// TooMuch is the classes of which too much is gone or moved.
func (p RosterPreview) TooMuch() (out []ClassShare) {
	for _, s := range p.Shares {
		if s.TooMuch() {
			out = append(out, s)
		}
	}
	return out
}

// Writes reports whether the import has anything to store.
func (p RosterPreview) Writes() bool {
	return len(p.New)+len(p.Changed)+len(p.Moved)+len(p.Joined) > 0
}
