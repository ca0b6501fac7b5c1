package store

import (
	"errors"
	"slices"
	"testing"

	"qiao/data"
)

func rowOf(t *testing.T, s *school, who, class, student int64) data.RosterRow {
	t.Helper()
	r, err := s.As(who).Roster(t.Context(), class)
	s.must(err)
	i := slices.IndexFunc(r.Rows, func(row data.RosterRow) bool { return row.Student.ID == student })
	if i < 0 {
		t.Fatalf("student %d is not in class %d", student, class)
	}
	return r.Rows[i]
}

// After a save all who have the class open ask at once: one reads it, and what
// was read before a change is kept for nobody.
func TestOneReadsForAll(t *testing.T) {
	f := newFacts()
	today := clock.Today()
	begun, end := make(chan bool), make(chan bool)
	asked := 0
	read := func() (*classFacts, error) {
		asked++
		begun <- true
		<-end
		return &classFacts{on: today}, nil
	}
	got := make(chan *classFacts)
	ask := func() {
		k, err := f.get(1, today, f.now(), read)
		if err != nil {
			t.Error(err)
		}
		got <- k
	}
	go ask()
	<-begun
	for range 5 {
		go ask()
	}
	end <- true
	first := <-got
	for range 5 {
		if k := <-got; k != first {
			t.Error("read again")
		}
	}
	if asked != 1 {
		t.Errorf("read %d times", asked)
	}

	before := f.now()
	f.forget([]data.Ref{{Kind: "class", ID: 1}})
	late := func() (*classFacts, error) { return &classFacts{on: today, rows: make([]rowFacts, 1)}, nil }
	if _, err := f.get(1, today, before, late); err != nil { // its transaction began before the change
		t.Error(err)
	}
	if k, err := f.get(1, today, f.now(), func() (*classFacts, error) { return &classFacts{on: today}, nil }); err != nil || len(k.rows) > 0 {
		t.Error("what was read before the change was kept", err)
	}
}

// What is kept of a class follows each commit, the roster of a sibling's class
// too, and each reader sees of it what their role allows.
func TestRosterFollowsCommits(t *testing.T) {
	s := openSchool(t)
	box, stop := s.Watch()
	defer stop()
	if row := rowOf(t, s, s.luo, s.three, s.zhang); row.Last != nil || row.Month != data.MarkOpen || !row.Flagged {
		t.Fatalf("%+v", row)
	}
	rowOf(t, s, s.duan, s.five, s.nan) // both classes are kept now
	c, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "class", ID: s.five}] {
		t.Error("the sibling's class does not hear of it:", refs)
	}
	if row := rowOf(t, s, s.teacher, s.three, s.zhang); row.Last == nil || row.Last.ID != c.ID || row.Month != data.MarkDone {
		t.Errorf("%+v", row)
	}
	if row := rowOf(t, s, s.duan, s.five, s.nan); row.Last != nil || row.LastOn != clock.Today() || row.Month != data.MarkOpen {
		t.Errorf("of a talk about his sister others know the day: %+v", row)
	}
	secret := call(s.zhang)
	secret.Level, secret.At = data.Secret, now
	sc, err := s.As(s.principal).SaveContact(t.Context(), secret, data.Ref{})
	s.must(err)
	if row := rowOf(t, s, s.teacher, s.three, s.zhang); row.Last.ID != c.ID {
		t.Error("a subject teacher sees a secret contact in the roster")
	}
	if row := rowOf(t, s, s.luo, s.three, s.zhang); row.Last.ID != sc.ID || row.Last.Summary != "" {
		t.Errorf("the class teacher sees %+v", row.Last)
	}
	s.must(s.As(s.luo).RemoveContact(t.Context(), c.ID, "写错了"))
	if row := rowOf(t, s, s.teacher, s.three, s.zhang); row.Last != nil {
		t.Errorf("a contact that was taken away is still there: %+v", row.Last)
	}
	e, err := s.As(s.luo).Family(t.Context(), s.zhang)
	s.must(err)
	e.Guardians[0].Phones[0].E164 = "100 0000 9999"
	_, err = s.As(s.luo).SaveFamily(t.Context(), e)
	s.must(err)
	if row := rowOf(t, s, s.duan, s.five, s.nan); row.Guardians[0].First() != "+8610000009999" {
		t.Errorf("the sibling's row shows %v", row.Guardians[0].Phones)
	}
	if f, err := s.As(s.luo).Find(t.Context(), "9999", 5); err != nil || f.Total != 1 {
		t.Errorf("the new number finds %d, %v", f.Total, err)
	}
}

// Two people change the same family: the second learns who was first, and
// nothing of theirs is half stored.
func TestFamilyConflict(t *testing.T) {
	s := openSchool(t)
	mine, err := s.As(s.luo).Family(t.Context(), s.zhang)
	s.must(err)
	theirs, err := s.As(s.office).Family(t.Context(), s.zhang)
	s.must(err)
	theirs.Guardians[1].BestTime = "19:00 后"
	_, err = s.As(s.office).SaveFamily(t.Context(), theirs)
	s.must(err)
	mine.Household.Village, mine.Guardians[1].WorkPlace = "新村", "外省"
	_, err = s.As(s.luo).SaveFamily(t.Context(), mine)
	if clash := new(data.Conflict); !errors.As(err, &clash) || clash.By != "封志刚" || clash.Ref.Kind != "person" {
		t.Fatalf("%v", err)
	}
	now, err := s.As(s.luo).Family(t.Context(), s.zhang)
	s.must(err)
	if now.Household.Village != "柳溪村" || now.Guardians[1].WorkPlace != "" || now.Guardians[1].BestTime != "19:00 后" {
		t.Errorf("half of it was stored: %+v", now)
	}
	if _, err := s.As(s.head).Family(t.Context(), s.zhang); err != data.ErrForbidden {
		t.Error("a grade head edits a family:", err)
	}
}
