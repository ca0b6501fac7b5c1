package data

import "fmt"

// A Ref names one record: what a change announces and an audit row points at.
// Kinds are the names of the tables: "student", "household", "contact",
// "promise", "draft", "account", "class", "setting". A "session" is in no table.
type Ref struct {
	Kind string
	ID   int64
}

func (r Ref) String() string { return fmt.Sprintf("%s/%d", r.Kind, r.ID) }
