package store

import (
	"slices"
	"testing"
	"time"

	"qiao/data"
)

// today is what somebody has to do.
func (s *school) todayOf(who int64) data.Today {
	s.t.Helper()
	out, err := s.As(who).Today(s.t.Context(), time.Time{})
	s.must(err)
	return out
}

// A meeting that was held stands on Today of who led it and who wrote in it until it
// is closed, with what that waits for, as the meeting itself says.
func TestLeftToDo(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	if got := s.todayOf(s.luo).After; len(got) != 0 {
		t.Errorf("before it is over: %+v", got)
	}
	s.must(s.As(s.luo).CloseRoom(t.Context(), v.ID))
	agrees := func(untold int) {
		t.Helper()
		v := s.view(s.luo, v.ID)
		waiting := 0
		for _, i := range v.Invitees {
			if i.Attendance.Missed() && i.Told.IsZero() {
				waiting++
			}
		}
		for _, who := range []int64{s.luo, s.teacher} { // chair and secretary
			got := s.todayOf(who).After
			if len(got) != 1 || got[0].Meeting.ID != v.ID || got[0].Untold != waiting || waiting != untold || !slices.Equal(got[0].Waits, v.CloseWaits) {
				t.Errorf("%+v; the meeting says %d untold, waits for %v", got, waiting, v.CloseWaits)
			}
		}
	}
	agrees(2)
	for _, secret := range []bool{true, false} {
		c := call(s.zhang)
		c.At = s.view(s.luo, v.ID).Held.Add(time.Minute)
		if secret {
			c.Level, c.Topics = data.Secret, nil
		}
		_, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{})
		s.must(err)
		agrees(map[bool]int{true: 2, false: 1}[secret])
	}
	if got := s.todayOf(s.office).After; len(got) != 0 {
		t.Errorf("who neither leads nor writes: %+v", got)
	}
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) {
		_, err := x.exec("UPDATE meeting SET state = 'closed' WHERE id = ?", v.ID)
		return []data.Ref{{}}, err
	}))
	if got := s.todayOf(s.luo).After; len(got) != 0 {
		t.Errorf("a closed one: %+v", got)
	}
}
