package store

import (
	"errors"
	"testing"

	"qiao/data"
)

// The front desk, which writes down calls that come in, ticks off and puts off
// what it promised a caller itself; it gives it to nobody, makes no promise of
// its own accord, and changes nobody else's.
func TestTheFrontDeskKeepsItsPromise(t *testing.T) {
	s := openSchool(t)
	desk := s.As(s.desk)
	c := call(s.zhang)
	c.Direction, c.Promises = data.Incoming, []data.Promise{{Text: "告诉班主任", Due: data.On(2026, 11, 26)}}
	_, err := desk.SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	theirs := call(s.zhang)
	theirs.Promises = []data.Promise{{Text: "周五回电"}}
	theirs, err = s.As(s.luo).SaveContact(t.Context(), theirs, data.Ref{})
	s.must(err)
	day, err := desk.Today(t.Context(), now)
	s.must(err)
	if len(day.Promises) != 1 || day.Promises[0].Text != "告诉班主任" {
		t.Fatal(day.Promises)
	}
	own := day.Promises[0]
	own.State, own.Owner = data.PromiseKept, s.luo
	own, err = desk.SavePromise(t.Context(), own)
	if err != nil || own.State != data.PromiseKept || own.Owner != s.desk {
		t.Error(own, err)
	}
	own.State = data.PromiseOpen // u
	if _, err = desk.SavePromise(t.Context(), own); err != nil {
		t.Error(err)
	}
	other := theirs.Promises[0]
	other.Student, other.State = s.zhang, data.PromiseKept
	if _, err := desk.SavePromise(t.Context(), other); !errors.Is(err, data.ErrNotFound) {
		t.Error("a class teacher's promise:", err)
	}
	if _, err := desk.SavePromise(t.Context(), data.Promise{Student: s.zhang, Text: "新的"}); !errors.Is(err, data.ErrForbidden) {
		t.Error("a new one:", err)
	}
}
