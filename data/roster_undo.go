package data

import (
	"errors"
	"time"
)

// ErrBuiltOn refuses to undo what something else builds on; what does comes with
// it.
var ErrBuiltOn = errors.New("something builds on it")

// An ImportBatch is one import that was stored.
type ImportBatch struct {
	ID     int64
	At     time.Time
	By     string // a name; "" at the console
	Hash   string // SHA-256 of the file
	Counts map[string]int
	Undone bool
}

// A Built is something that stands on an import, so that it cannot be undone.
type Built struct {
	What   string // a field's name: contact, student (changed since), class ..
	Number string // of the student; "" where it is somebody or something else
	Name   string // who: the student, the adult, or the class
}
