package data

import (
	"testing"
	"time"
)

// A meeting opens its room from half an hour before its start until it was held,
// and its preparation or its minutes at all other times.
func TestMeetingFront(t *testing.T) {
	starts := time.Date(2026, 12, 4, 16, 30, 0, 0, China)
	for name, c := range map[string]struct {
		state MeetingState
		after time.Duration // of its start
		want  MeetingFront
	}{
		"days before":             {MeetingNotified, -72 * time.Hour, FrontPreparation},
		"31 minutes before":       {MeetingNotified, -31 * time.Minute, FrontPreparation},
		"half an hour before":     {MeetingNotified, -30 * time.Minute, FrontRoom},
		"not told, and it begins": {MeetingDraft, 0, FrontRoom},
		"begun days early":        {MeetingInSession, -72 * time.Hour, FrontRoom},
		"running late":            {MeetingInSession, 9 * time.Hour, FrontRoom},
		"nobody opened it yet":    {MeetingNotified, 3 * time.Hour, FrontRoom},
		"nobody ever opened it":   {MeetingNotified, 24 * time.Hour, FrontPreparation},
		"held":                    {MeetingHeld, time.Hour, FrontMinutes},
		"held before its time":    {MeetingHeld, -time.Hour, FrontMinutes},
		"followed up":             {MeetingFollowedUp, 24 * time.Hour, FrontMinutes},
		"closed":                  {MeetingClosed, 24 * time.Hour, FrontMinutes},
		"called off, at its time": {MeetingCancelled, 0, FrontPreparation},
	} {
		m := Meeting{State: c.state, Starts: starts, Ends: starts.Add(90 * time.Minute)}
		if got := m.Front(starts.Add(c.after)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
