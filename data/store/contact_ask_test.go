package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"qiao/data"
)

// Who knows of a text and may not read it asks its writer, or to be let in; that
// stands among what these have to do, and nowhere else.
func TestAsk(t *testing.T) {
	s := openSchool(t)
	c := call(s.zhang)
	c.Level = data.Secret
	c, err := s.As(s.office).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	for who, want := range map[int64]error{s.teacher: data.ErrNotFound, s.duan: data.ErrNotFound, s.office: data.ErrForbidden, s.principal: data.ErrForbidden} {
		if err := s.As(who).Ask(t.Context(), c.ID, data.AskedWhy, "想知道"); !errors.Is(err, want) {
			t.Errorf("account %d: %v", who, err)
		}
	}
	if f := data.Faults(s.As(s.luo).Ask(t.Context(), c.ID, data.AskedWhy, "")); len(f) != 1 {
		t.Error("without a reason:", f)
	}
	s.must(s.As(s.luo).Ask(t.Context(), c.ID, data.AskedWhy, "孩子上课哭了"))
	s.must(s.As(s.luo).Ask(t.Context(), c.ID, data.AskedAccess, "要和家长谈"))
	asked := func(who int64) (kinds []data.PromiseKind) {
		due, err := s.As(who).Today(t.Context(), time.Time{})
		s.must(err)
		for _, p := range due.Promises {
			kinds = append(kinds, p.Kind)
		}
		slices.Sort(kinds)
		return kinds
	}
	if got := asked(s.office); !slices.Equal(got, []data.PromiseKind{data.AskedAccess, data.AskedWhy}) {
		t.Error("the writer has to do:", got)
	}
	if got := asked(s.principal); !slices.Equal(got, []data.PromiseKind{data.AskedAccess}) {
		t.Error("the principal has to do:", got)
	}
	if got := asked(s.luo); len(got) != 0 {
		t.Error("who asks has to do:", got)
	}
	whole, err := s.As(s.office).Contact(t.Context(), c.ID)
	if err != nil || len(whole.Promises) != 0 {
		t.Error("a question is no promise to the family:", whole.Promises, err)
	}
	people, err := s.As(s.office).Nameable(t.Context(), c.ID)
	s.must(err)
	var names []string
	for _, p := range people {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"宁小舟", "罗静", "蒲岚"}) {
		t.Error("who may be named:", names)
	}
	if _, err := s.As(s.luo).Nameable(t.Context(), c.ID); !errors.Is(err, data.ErrForbidden) {
		t.Error(err)
	}
	s.must(s.As(s.office).NameReaders(t.Context(), c.ID, []int64{s.luo}))
	if got, err := s.As(s.luo).Contact(t.Context(), c.ID); err != nil || got.Sight != data.Whole {
		t.Error(got.Sight, err)
	}
}

// What was taken away comes back whole within thirty days, for who took it away
// and the principal; to the others it is not there.
func TestRestore(t *testing.T) {
	h := &hands{now}
	s := openSchoolAt(t, h.now)
	c := call(s.zhang)
	c.Channel, c.Promises = data.HomeVisit, []data.Promise{{Text: "再来"}}
	c, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	marks := func() (data.Mark, int) {
		r, err := s.As(s.luo).Roster(t.Context(), s.three)
		s.must(err)
		i := slices.IndexFunc(r.Rows, func(r data.RosterRow) bool { return r.Student.ID == s.zhang })
		return r.Rows[i].Visit, len(r.Rows[i].Promises)
	}
	s.must(s.As(s.luo).RemoveContact(t.Context(), c.ID, "记错了人"))
	if visit, promises := marks(); visit != data.MarkOpen || promises != 0 {
		t.Error("it still counts:", visit, promises)
	}
	for who, want := range map[int64]int{s.luo: 1, s.principal: 1, s.office: 0, s.teacher: 0, s.duan: 0} {
		got, err := s.As(who).Removed(t.Context(), 0)
		if err != nil || len(got) != want {
			t.Errorf("account %d: %d, %v", who, len(got), err)
		}
	}
	if err := s.As(s.teacher).RestoreContact(t.Context(), c.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	s.must(s.As(s.luo).RestoreContact(t.Context(), c.ID))
	if visit, promises := marks(); visit != data.MarkDone || promises != 1 {
		t.Error("it does not count:", visit, promises)
	}
	if err := s.As(s.luo).RestoreContact(t.Context(), c.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("twice:", err)
	}
	s.must(s.As(s.principal).RemoveContact(t.Context(), c.ID, "家长要求"))
	if err := s.As(s.luo).RestoreContact(t.Context(), c.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("what the principal took away comes back by the teacher:", err)
	}
	h.at = h.at.Add(data.RestoredWithin + time.Minute)
	if err := s.As(s.principal).RestoreContact(t.Context(), c.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("after thirty days:", err)
	}
}
