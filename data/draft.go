package data

import "time"

// A Draft is a form in the middle of being written: one of an account, a kind
// of form and an object. It is read by its owner only, is not audited, goes in
// the transaction that saves the record, and else is kept for 30 days.
type Draft struct {
	ID      int64
	Kind    string // "contact", "family"
	Object  Ref    // {"student", 17}; {"contact", 9} for a correction
	Student int64  // whose family it is about
	Name    string // the student's, and the class, for lists
	Class   ClassName
	Form    string // JSON that the form alone reads
	Preview string // the first words of it, for lists
	Field   int    // where the cursor was: the form's field
	Cursor  int    // and the character in it
	Clock   time.Duration
	Base    int64 // the record's revision when the form was opened; 0: a new one
	Saved   time.Time
	Session string // which window wrote it last
}

// DraftKept is how long a draft that nobody touches is kept.
const DraftKept = 30 * 24 * time.Hour

// MaxForm bounds a draft's form, in bytes: a text, a quoted message, and what
// JSON adds.
const MaxForm = 512 << 10
