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

// The meetings of the day stand on Today of those who take part in them, and of
// nobody else; not those of other days, and none that is cancelled.
func TestMeetingsOfTheDay(t *testing.T) {
	s := openSchool(t)
	m := s.parents()
	m.Starts, m.Ends = now.Add(time.Hour), now.Add(2*time.Hour)
	m, err := s.As(s.luo).SaveMeeting(t.Context(), m, data.Ref{})
	s.must(err)
	s.called() // nine days from now
	off := s.parents()
	off.Starts, off.Ends = now.Add(3*time.Hour), now.Add(4*time.Hour)
	off, err = s.As(s.luo).SaveMeeting(t.Context(), off, data.Ref{})
	s.must(err)
	_, err = s.As(s.luo).StepMeeting(t.Context(), off.ID, off.Rev, data.MeetingCancelled, "停课")
	s.must(err)
	for _, who := range []int64{s.luo, s.teacher} {
		if got := s.todayOf(who).Meetings; len(got) != 1 || got[0].ID != m.ID || got[0].Invited != 2 || len(got[0].Lacks) == 0 {
			t.Errorf("%d: %+v", who, got)
		}
	}
	for _, who := range []int64{s.duan, s.office, s.principal, s.desk, s.inspector, s.admin} {
		if got := s.todayOf(who).Meetings; len(got) != 0 {
			t.Errorf("%d: %+v", who, got)
		}
	}
}

// A meeting that was held stands there until it is closed, with what that waits
// for, as the meeting itself says; and one whose room was left open.
func TestLeftToDo(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	if got := s.todayOf(s.luo).After; len(got) != 1 || got[0].Meeting.State != data.MeetingInSession || got[0].Waits != nil {
		t.Errorf("an open room: %+v", got)
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
