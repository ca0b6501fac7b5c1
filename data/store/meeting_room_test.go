package store

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"
)

// invitee is the row of a family by its child's name.
func (s *school) invitee(v data.MeetingView, name string) data.Invitee {
	s.t.Helper()
	for _, i := range v.Invitees {
		if slices.ContainsFunc(i.Students, func(st data.Student) bool { return st.Name == name }) {
			return i
		}
	}
	s.t.Fatal("nobody of", name, "is invited")
	return data.Invitee{}
}

func (s *school) mark(v data.MeetingView, name string, a data.Attendance) {
	s.t.Helper()
	s.must(s.As(s.luo).MarkAttendance(s.t.Context(), v.ID, []data.AttendanceMark{{Invitee: s.invitee(v, name).ID, Attendance: a}}))
}

// Attendance is on the families' cards once the room is closed, and a correction
// corrects the card.
func TestAttendanceIsAContact(t *testing.T) {
	clock := now
	s := openSchoolAt(t, func() time.Time { return clock })
	v := s.opened()
	late, left := 15, now.Add(40*time.Minute)
	zhang := s.invitee(v, "章薇")
	s.must(s.As(s.teacher).MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{
		{Invitee: zhang.ID, Attendance: data.ByVideo, Late: &late, Left: &left, Came: &data.Came{Person: s.father}}}))
	if got := s.invitee(s.view(s.luo, v.ID), "章薇"); got.MarkedBy != "宁小舟" || got.LateMin != 15 || got.CamePerson != s.father || got.Left.IsZero() {
		t.Errorf("%+v", got)
	}
	clock = now.Add(time.Hour)
	s.must(s.As(s.teacher).CloseRoom(t.Context(), v.ID))
	held := s.view(s.luo, v.ID)
	if got := data.TurnoutOf(held.Invitees); got.Video != 1 || got.Absent != 1 || got.Late != 1 || held.State != data.MeetingHeld {
		t.Errorf("%+v", got)
	}
	card, err := s.As(s.luo).Card(t.Context(), s.zhang)
	s.must(err)
	if len(card.Contacts) != 1 {
		t.Fatalf("%d contacts", len(card.Contacts))
	}
	c := card.Contacts[0]
	if c.Channel != data.VideoCall || c.With != "章立民" || c.Staff != s.luo || c.Meeting != v.ID || c.Summary != v.Title || c.Minutes != 25 || !c.At.Equal(now.Add(15*time.Minute)) {
		t.Errorf("%+v", c)
	}
	if other, _ := s.As(s.luo).Card(t.Context(), s.ran); len(other.Contacts) != 0 {
		t.Error("who was absent has a contact")
	}
	// Corrected: the one came in person, the other was there after all, then not.
	s.mark(held, "章薇", data.Present)
	s.mark(held, "冉小满", data.Represented)
	card, _ = s.As(s.luo).Card(t.Context(), s.zhang)
	ran, _ := s.As(s.luo).Card(t.Context(), s.ran)
	if len(card.Contacts) != 1 || card.Contacts[0].Channel != data.SchoolVisit || card.Contacts[0].Rev != 2 || len(ran.Contacts) != 1 || ran.LastOn != data.On(2026, 11, 25) {
		t.Errorf("%+v %+v", card.Contacts, ran.Contacts)
	}
	away := ran.Contacts[0].ID
	s.mark(held, "冉小满", data.Absent)
	if ran, _ = s.As(s.luo).Card(t.Context(), s.ran); len(ran.Contacts) != 0 || !ran.LastOn.IsZero() {
		t.Error("who was not there after all still has a contact")
	}
	s.must(s.As(s.principal).RestoreContact(t.Context(), away)) // by hand; the row still knows of it
	s.mark(held, "冉小满", data.Absent)
	if ran, _ = s.As(s.luo).Card(t.Context(), s.ran); len(ran.Contacts) != 0 {
		t.Error("brought back by hand, it stays though nobody came")
	}
	s.mark(held, "冉小满", data.Present)
	if ran, _ = s.As(s.luo).Card(t.Context(), s.ran); len(ran.Contacts) != 1 {
		t.Error("who was there in the end has no contact")
	}
	if off, err := s.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}

// Twins are one row and one contact, shown on both cards.
func TestTwinsAreOneRow(t *testing.T) {
	s := openSchool(t)
	var twin int64
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) {
		var err error
		twin, err = x.insert("INSERT INTO student (household, class, number, name, status, created_at, updated_at) SELECT household, class, '20240218', '章蕊', status, created_at, updated_at FROM student WHERE id = ?", s.zhang)
		if err == nil {
			_, err = x.exec("INSERT INTO enrolment (student, class, from_day) VALUES (?, ?, '2026-09-01')", twin, s.three)
		}
		if err == nil {
			_, err = x.exec("INSERT INTO guardianship (student, person, relation, call_order) SELECT ?, person, relation, call_order FROM guardianship WHERE student = ?", twin, s.zhang)
		}
		return []data.Ref{{}}, err
	}))
	v := s.opened()
	if len(v.Invitees) != 2 || len(s.invitee(v, "章蕊").Students) != 2 {
		t.Fatalf("%+v", v.Invitees)
	}
	s.mark(v, "章蕊", data.Present)
	s.must(s.As(s.luo).CloseRoom(t.Context(), v.ID))
	for _, id := range []int64{s.zhang, twin} {
		line, err := s.As(s.luo).Timeline(t.Context(), data.TimelineQuery{Student: id})
		if err != nil || len(line.Contacts) != 1 || len(line.Contacts[0].Students) != 2 {
			t.Errorf("%d: %+v %v", id, line.Contacts, err)
		}
	}
}

// separate makes the father of 章薇 live elsewhere, and gives her a mother.
func (s *school) separate() {
	s.t.Helper()
	s.must(s.write(s.t.Context(), func(x *tx) ([]data.Ref, error) {
		home := "(SELECT household FROM student WHERE id = " + fmt.Sprint(s.zhang) + ")"
		_, e1 := x.exec("INSERT INTO household_care (household, structure) VALUES (" + home + ", 'single_parent')")
		_, e2 := x.exec("UPDATE guardianship SET lives_with = 0 WHERE person = ?", s.father)
		mother, e3 := x.insert("INSERT INTO person (name, created_at, updated_at) VALUES ('龙秀', ?, ?)", stamp(now), stamp(now))
		_, e4 := x.exec("INSERT INTO phone (person, e164, position) VALUES (?, '+8610000003001', 0)", mother)
		_, e5 := x.exec("INSERT INTO guardianship (student, person, relation, call_order, lives_with) VALUES (?, ?, 'mother', 5, 1)", s.zhang, mother)
		return []data.Ref{{Kind: "class", ID: s.three}}, errors.Join(e1, e2, e3, e4, e5)
	}))
}

// A household that splits in the middle of a meeting keeps its marked row and
// gains another; one that is not marked becomes two.
func TestHouseholdSplitsInMidMeeting(t *testing.T) {
	for _, marked := range []bool{true, false} {
		s := openSchool(t)
		v := s.opened()
		before := s.invitee(v, "章薇")
		if marked {
			s.mark(v, "章薇", data.Present)
		}
		s.separate()
		if v = s.view(s.luo, v.ID); !v.FamiliesChanged {
			t.Error("nobody is told that the families changed")
		}
		if told := [2]int{len(v.FamiliesNew), len(v.FamiliesGone)}; told != map[bool][2]int{true: {1, 0}, false: {2, 1}}[marked] || v.FamiliesNew[0].Students[0].Name != "章薇" {
			t.Errorf("marked %v: foretold %+v %v", marked, v.FamiliesNew, v.FamiliesGone)
		}
		added, gone, err := s.As(s.luo).InviteFamilies(t.Context(), v.ID)
		s.must(err)
		v = s.view(s.luo, v.ID)
		if v.FamiliesChanged || len(v.Invitees) != 3 {
			t.Errorf("marked %v: still changed %v, %d rows", marked, v.FamiliesChanged, len(v.Invitees))
		}
		kept := slices.ContainsFunc(v.Invitees, func(i data.Invitee) bool { return i.ID == before.ID })
		if kept != marked || marked && (added != 1 || gone != 0) || !marked && (added != 2 || gone != 1) {
			t.Errorf("marked %v: kept %v, added %d, gone %d", marked, kept, added, gone)
		}
		if again, gone, err := s.As(s.luo).InviteFamilies(t.Context(), v.ID); err != nil || again+gone != 0 {
			t.Error("asked again, it changes again:", again, gone, err)
		}
		s.must(s.As(s.luo).CloseRoom(t.Context(), v.ID))
		if marked {
			line, err := s.As(s.luo).Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
			if err != nil || len(line.Contacts) != 1 {
				t.Errorf("%+v %v", line.Contacts, err)
			}
		}
	}
}

// Somebody who does not lead the meeting marks nobody; who came is a guardian.
func TestMarksAreChecked(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	ran, late := s.invitee(v, "冉小满").ID, 1000
	for _, tc := range []struct {
		who  int64
		mark data.AttendanceMark
		ok   func(error) bool
	}{
		{s.head, data.AttendanceMark{Invitee: ran, Attendance: data.Present}, func(err error) bool { return errors.Is(err, data.ErrForbidden) }},
		{s.duan, data.AttendanceMark{Invitee: ran, Attendance: data.Present}, func(err error) bool { return errors.Is(err, data.ErrNotFound) }},
		{s.luo, data.AttendanceMark{Invitee: 999, Attendance: data.Present}, func(err error) bool { return errors.Is(err, data.ErrNotFound) }},
		{s.luo, data.AttendanceMark{Invitee: ran, Attendance: "maybe"}, func(err error) bool { return faulty(err, "attendance", data.WhyUnknown) }},
		{s.luo, data.AttendanceMark{Invitee: ran, Late: &late}, func(err error) bool { return faulty(err, "late", data.WhyRange) }},
		{s.luo, data.AttendanceMark{Invitee: ran, Came: &data.Came{Person: s.father}}, func(err error) bool { return faulty(err, "came", data.WhyUnknown) }},
	} {
		if err := s.As(tc.who).MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{tc.mark}); !tc.ok(err) {
			t.Errorf("%+v: %v", tc, err)
		}
	}
}

// Many write notes at once: nobody overwrites anybody, and each reads what the
// line's level lets them.
func TestNotesOfManyAtOnce(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	var wg sync.WaitGroup
	for n := range 40 {
		wg.Go(func() {
			who := []int64{s.luo, s.teacher, s.head, s.office}[n%4]
			_, err := s.As(who).AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Item: v.Agenda[n%3].ID, Text: fmt.Sprintf("第%d句", n)}, data.Ref{})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := s.view(s.principal, v.ID).Notes; len(got) != 40 {
		t.Errorf("%d notes", len(got))
	}
	for level, want := range map[data.Level]map[int64]data.Sight{
		data.ClassOnly:  {s.luo: 2, s.teacher: 1, s.head: 2, s.office: 2, s.principal: 2},
		data.Restricted: {s.luo: 2, s.teacher: 1, s.head: 1, s.office: 2, s.principal: 2},
		data.Secret:     {s.luo: 2, s.teacher: 0, s.head: 0, s.office: 1, s.principal: 2},
	} {
		n, err := s.As(s.luo).AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Text: "家里的事", Level: level, ForName: "冉秀英"}, data.Ref{})
		s.must(err)
		for who, sight := range want {
			got := data.None
			for _, o := range s.view(who, v.ID).Notes {
				if o.ID == n.ID {
					got = o.Sight
					if (o.Text != "") != (got == data.Whole) || (o.ForName != "") != (got == data.Whole) {
						t.Errorf("level %d, %d: %+v", level, who, o)
					}
				}
			}
			if got != sight {
				t.Errorf("level %d: %d sees %d, not %d", level, who, got, sight)
			}
		}
	}
	for who, want := range map[int64]error{s.duan: data.ErrNotFound, s.desk: data.ErrNotFound, s.inspector: data.ErrNotFound, s.admin: data.ErrNotFound} {
		if _, err := s.As(who).AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Text: "x"}, data.Ref{}); !errors.Is(err, want) {
			t.Errorf("%d writes into the room: %v", who, err)
		}
	}
}

// With a line goes the draft of the form that it was written in, and no other.
func TestDraftsOfLines(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	object := data.Ref{Kind: "meeting", ID: v.ID}
	for _, kind := range []string{"note", "question", "resolution"} {
		_, err := s.As(s.luo).SaveDraft(t.Context(), data.Draft{Kind: kind, Object: object, Form: "{}"})
		s.must(err)
	}
	_, err := s.As(s.luo).AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Kind: data.QuestionAsked, Text: "什么时候发书", Answerer: s.teacher}, object)
	s.must(err)
	left, err := s.As(s.luo).Drafts(t.Context())
	if err != nil || len(left) != 2 || slices.ContainsFunc(left, func(d data.Draft) bool { return d.Kind == "question" }) {
		t.Errorf("%+v %v", left, err)
	}
}

// A question is a follow-up on its answerer's Today; struck, it is none.
func TestQuestions(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	ran := s.invitee(v, "冉小满")
	ask := data.MeetingNote{Meeting: v.ID, Kind: data.QuestionAsked, Text: "什么时候发书", ForName: "冉秀英", Household: ran.Household, Answerer: s.teacher, Due: data.On(2026, 11, 27)}
	q, err := s.As(s.luo).AddNote(t.Context(), ask, data.Ref{})
	s.must(err)
	today, err := s.As(s.teacher).Today(t.Context(), now)
	if err != nil || len(today.Promises) != 1 || today.Promises[0].ID != q.Promise || today.Promises[0].StudentName != "冉小满" || today.Promises[0].Due != ask.Due {
		t.Errorf("%+v %v", today.Promises, err)
	}
	if err := s.As(s.teacher).StrikeNote(t.Context(), v.ID, q.ID); !errors.Is(err, data.ErrForbidden) {
		t.Error("another's line is struck:", err)
	}
	s.must(s.As(s.luo).StrikeNote(t.Context(), v.ID, q.ID))
	if today, _ = s.As(s.teacher).Today(t.Context(), now); len(today.Promises) != 0 {
		t.Error("a struck question is still to be answered")
	}
	for _, n := range s.view(s.teacher, v.ID).Notes {
		if n.ID == q.ID && (!n.Struck || n.Text != "") {
			t.Errorf("struck, and read by another: %+v", n)
		}
	}
	for _, tc := range []struct {
		change func(*data.MeetingNote)
		field  string
	}{{func(n *data.MeetingNote) { n.Answerer = 0 }, "answerer"}, {func(n *data.MeetingNote) { n.Answerer = s.duan }, "answerer"},
		{func(n *data.MeetingNote) { n.Household = 0 }, "household"}, {func(n *data.MeetingNote) { n.Household = 99 }, "household"},
		{func(n *data.MeetingNote) { n.Item = 99 }, "item"}, {func(n *data.MeetingNote) { n.Text = " " }, "text"}} {
		n := ask
		tc.change(&n)
		if _, err := s.As(s.luo).AddNote(t.Context(), n, data.Ref{}); len(data.Faults(err)) != 1 || data.Faults(err)[0].Field != tc.field {
			t.Errorf("%s: %v", tc.field, err)
		}
	}
}

// A clock that is set back takes nothing from an item's time, and ends no meeting
// before it began.
func TestClockSetBackInARoom(t *testing.T) {
	clock := now
	s := openSchoolAt(t, func() time.Time { return clock })
	clock = now.Add(2 * time.Hour)
	v := s.opened()
	desk := s.As(s.luo)
	s.must(desk.NextItem(t.Context(), v.ID, 0, 0))
	first := v.Agenda[0].ID
	clock = clock.Add(10 * time.Minute)
	s.must(desk.PauseItem(t.Context(), v.ID, first, true))
	s.must(desk.PauseItem(t.Context(), v.ID, first, false))
	clock = clock.Add(-time.Hour)
	if got := s.view(s.luo, v.ID); got.Running(clock) != 10*time.Minute {
		t.Error("the clock says", got.Running(clock))
	}
	if err := desk.PauseItem(t.Context(), v.ID, 0, true); !conflict(err) {
		t.Error("another item is paused:", err)
	}
	s.must(desk.NextItem(t.Context(), v.ID, first, 0))
	s.must(desk.CloseRoom(t.Context(), v.ID))
	got := s.view(s.luo, v.ID)
	if got.Agenda[0].Spent != 10*time.Minute || got.Held.Before(got.Opened) {
		t.Errorf("%v; opened %v, held %v", got.Agenda[0].Spent, got.Opened, got.Held)
	}
	if off, err := s.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}

// A meeting is closed when its minutes are issued, its feedback reported and each
// absent family told: by a talk after it, whoever had it.
func TestClosingWaits(t *testing.T) {
	clock := now
	s := openSchoolAt(t, func() time.Time { return clock })
	v := s.opened()
	desk := s.As(s.luo)
	s.mark(v, "章薇", data.Present)
	clock = now.Add(time.Hour)
	s.must(desk.CloseRoom(t.Context(), v.ID))
	v = s.view(s.luo, v.ID)
	_, err := desk.CloseMeeting(t.Context(), v.ID, v.Rev)
	for _, field := range []data.Missing{data.LacksMinutes, data.LacksFeedback, data.LacksAbsentees} {
		if !faulty(err, string(field), data.WhyNotYet) {
			t.Errorf("closed without %s: %v", field, err)
		}
	}
	m, err := desk.ReportFeedback(t.Context(), v.ID, v.Rev, data.FeedbackReported)
	s.must(err)
	absent, err := desk.AbsentFamilies(t.Context(), v.ID)
	if err != nil || len(absent) != 1 || !absent[0].Told.IsZero() {
		t.Fatalf("%+v %v", absent, err)
	}
	clock = now.Add(2 * time.Hour)
	told := call(s.ran)
	told.At = clock
	_, err = s.As(s.teacher).SaveContact(t.Context(), told, data.Ref{})
	s.must(err)
	if absent, _ = desk.AbsentFamilies(t.Context(), v.ID); absent[0].Told != data.On(2026, 11, 25) || absent[0].ToldBy != "宁小舟" {
		t.Errorf("%+v", absent)
	}
	s.issue(v.ID)
	m, err = desk.CloseMeeting(t.Context(), v.ID, m.Rev)
	if err != nil || m.State != data.MeetingClosed {
		t.Error(m.State, err)
	}
	if err := desk.MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{{Invitee: absent[0].ID, Attendance: data.Present}}); !faulty(err, "state", data.WhyNotHere) {
		t.Error("marked in a closed meeting:", err)
	}
}
