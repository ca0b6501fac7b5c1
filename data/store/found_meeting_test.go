package store

import (
	"slices"
	"strconv"
	"testing"

	"qiao/data"
)

// The demo school's meetings are there as they were made: each state with what it
// should and should not wait for, cards that know of the attendance, minutes that
// check finds sound, and nobody to be asked or taken off a list.
func TestFoundedMeetings(t *testing.T) {
	db, s, keys := founded(t, 12, 540)
	desk := db.As(keys["principal"])
	l, err := desk.Meetings(t.Context(), data.MeetingQuery{Limit: 500})
	if err != nil || len(l.Lines) != len(s.Meetings) || l.Total != len(s.Meetings) {
		t.Fatalf("%d meetings of %d: %v", len(l.Lines), len(s.Meetings), err)
	}
	numbers, untold := map[string]bool{}, 0
	for _, one := range l.Lines {
		v, err := desk.Meeting(t.Context(), one.ID)
		if err != nil {
			t.Fatal(err)
		}
		turnout := data.TurnoutOf(v.Invitees)
		if turnout.Came() != one.Came || turnout.Invited != one.Invited || v.FamiliesChanged {
			t.Errorf("%s: %+v, the line says %d of %d; families changed %v", v.Title, turnout, one.Came, one.Invited, v.FamiliesChanged)
		}
		switch {
		case v.State == data.MeetingClosed && len(v.CloseWaits) > 0:
			t.Errorf("%s is closed and waits for %v", v.Title, v.CloseWaits)
		case v.State == data.MeetingFollowedUp && slices.Contains(v.CloseWaits, data.LacksMinutes):
			t.Errorf("%s is followed up and waits for %v", v.Title, v.CloseWaits)
		case v.State == data.MeetingNotified && slices.Contains(v.Lacks, data.LacksNotice), v.State == data.MeetingDraft && len(v.Lacks) < 2:
			t.Errorf("%s is %s and lacks %v", v.Title, v.State, v.Lacks)
		case v.State.Over():
			if n := db.number(t, "SELECT count(*) FROM contact WHERE meeting = "+strconv.FormatInt(one.ID, 10)); n != turnout.Came() {
				t.Errorf("%s: %d contacts for %d who came", v.Title, n, turnout.Came())
			}
			m, err := desk.Minutes(t.Context(), one.ID, 0)
			if err != nil || m.Lines[0].Text != v.Title+" 纪要" || m.Number != "" && numbers[m.Number] {
				t.Errorf("%s: minutes %s begin %q, %v", v.Title, m.Number, m.Lines[0].Text, err)
			}
			numbers[m.Number] = true
			if slices.Contains(v.CloseWaits, data.LacksAbsentees) {
				untold++
			}
		}
	}
	if untold < 2 || len(numbers) < 8 {
		t.Errorf("%d meetings have absent families to tell, %d minutes are issued", untold, len(numbers))
	}
	mine, err := db.As(keys["me"]).Today(t.Context(), clock.Today().Start())
	if err != nil || !slices.ContainsFunc(mine.Resolutions, func(r data.Resolution) bool { return r.Late(clock.Today()) > 0 }) {
		t.Errorf("nothing is late on your Today: %+v %v", mine.Resolutions, err)
	}
}
