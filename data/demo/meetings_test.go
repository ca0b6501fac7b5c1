package demo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// The demo school has meetings of every state, with minutes of every state, and
// attendance that looks like life.
func TestMeetings(t *testing.T) {
	states, records, how := map[data.MeetingState]int{}, map[string]int{}, map[data.Attendance]int{}
	late, left, answered, open, overdue, notes := 0, 0, 0, 0, 0, map[data.Level]int{}
	texts, lines := map[string]int{}, 0
	for _, g := range school.Meetings {
		states[g.State]++
		if g.State.Over() {
			records[minutesOf(g)]++
			turnout := data.TurnoutOf(g.Invitees)
			if turnout.Unmarked > 0 || turnout.Came()*10 < turnout.Invited*6 {
				t.Errorf("%s: %+v", g.Title, turnout)
			}
		}
		for _, i := range g.Invitees {
			if g.State.Over() {
				how[i.Attendance]++
			}
			late += map[bool]int{true: 1}[i.LateMin > 0]
			left += map[bool]int{true: 1}[!i.Left.IsZero()]
		}
		for _, n := range g.Notes {
			notes[n.Level]++
			texts[n.Text]++
			lines++
			if n.Kind == data.QuestionAsked && !n.Answered.IsZero() {
				answered++
			}
		}
		for _, r := range g.Resolutions {
			open += map[bool]int{true: 1}[r.State == data.ResolutionOpen]
			overdue += map[bool]int{true: 1}[r.Late(today) > 0]
		}
	}
	for _, s := range data.MeetingStates {
		if states[s] == 0 {
			t.Errorf("no meeting is %s: %v", s, states)
		}
	}
	for _, s := range []string{"unread", "handed in", "signed", "issued", "given out", "corrected"} {
		if records[s] == 0 {
			t.Errorf("no minutes are %s: %v", s, records)
		}
	}
	all := 0
	for _, n := range how {
		all += n
	}
	for a, most := range map[data.Attendance]int{data.ByVideo: 30, data.Excused: 15, data.Absent: 15, data.Represented: 8} {
		if how[a]*100 > all*most || how[a] < 10 {
			t.Errorf("%d of %d families are %s", how[a], all, a)
		}
	}
	if how[data.Present]*100 < all*45 || late < 20 || left < 5 || answered < 10 || open < 3 || overdue == 0 || notes[data.Restricted] == 0 || notes[data.ClassOnly] == 0 {
		t.Errorf("%v; late %d, left %d, answered %d, open %d, overdue %d, notes %v", how, late, left, answered, open, overdue, notes)
	}
	clashes := 0
	for i, a := range school.Meetings {
		a.ID = int64(i + 1)
		for j, b := range school.Meetings[:i] {
			b.ID = int64(j + 1)
			if _, clash := a.ClashWith(b.Meeting); clash {
				clashes++
			}
		}
	}
	if clashes != 1 {
		t.Errorf("%d pairs of meetings clash, not the one in the hall", clashes)
	}
	for text, n := range texts {
		if n > lines/12 || strings.ContainsAny(text, "[]{}|…—·“”") {
			t.Errorf("%q stands there %d times of %d", text, n, lines)
		}
	}
}

func minutesOf(g data.Gathering) string {
	r := g.Record
	switch {
	case len(r.Corrections) > 0:
		return "corrected"
	case !r.GivenOut.IsZero():
		return "given out"
	case !r.Issued.IsZero():
		return "issued"
	case !r.Signed.IsZero():
		return "signed"
	case r.HandedIn:
		return "handed in"
	}
	return "unread"
}

// Whoever has to do with a meeting sees it, and chair and secretary are two; whom
// one must not call is not asked; nobody far away stands in the classroom; and a
// closed meeting lacks nothing.
func TestMeetingsHoldToTheRules(t *testing.T) {
	with := func(id int64) data.Account {
		a := school.Staff[id-1].Account
		a.ID = id
		a.Grants = slices.Clone(a.Grants)
		for n := range a.Grants {
			if g := &a.Grants[n]; g.Scope == data.ScopeClass {
				g.Classes = []int64{g.ScopeID}
			}
		}
		return a
	}
	tie := map[[2]int64]data.Guardianship{}
	for _, g := range school.Guardianships {
		tie[[2]int64{g.Student, g.Person}] = g
	}
	for _, g := range school.Meetings {
		people := []int64{g.Chair, g.Secretary}
		for _, n := range g.Notes {
			people = append(people, n.By)
		}
		for _, x := range g.Topics {
			people = append(people, x.Proposer)
		}
		for _, id := range people {
			if a := with(id); a.MaySeeMeeting(g.Starts, g.Meeting) != nil && id != g.Secretary { // the office's grant is of the school
				t.Errorf("%s: %s does not see it", g.Title, a.Name)
			}
		}
		for _, i := range g.Invitees {
			if !i.Attendance.Came() || i.CamePerson == 0 {
				continue
			}
			k, known := tie[[2]int64{i.Students[0].ID, i.CamePerson}]
			if !known || k.DoNotContact || i.Attendance == data.Present && school.People[i.CamePerson-1].WorkPlace != "" {
				t.Errorf("%s: who came is %+v", g.Title, k)
			}
		}
		if g.State == data.MeetingClosed && (g.Feedback != data.FeedbackReported || g.Record.Issued.IsZero() || len(untold(g)) > 0) {
			t.Errorf("%s is closed: %s, issued %v, %d untold", g.Title, g.Feedback, g.Record.Issued, len(untold(g)))
		}
		if !g.Held.IsZero() && g.Held.Before(g.Opened.Add(20*time.Minute)) {
			t.Errorf("%s was over at once", g.Title)
		}
	}
}

// untold is the families that were not at a meeting and were not reached since.
func untold(g data.Gathering) (out []data.Invitee) {
	for _, i := range g.Invitees {
		told := slices.ContainsFunc(school.Contacts, func(c data.Contact) bool {
			return c.Household == i.Household && c.Outcome == data.Reached && c.Channel.Counts() && c.Level < data.Secret && !c.At.Before(g.Held) &&
				(i.Person == 0 || slices.Contains(c.Guardians, i.Person))
		})
		if i.Attendance.Missed() && !told {
			out = append(out, i)
		}
	}
	return out
}
