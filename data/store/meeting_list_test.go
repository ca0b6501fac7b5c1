package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"
)

// manyMeetings writes n meetings into the table, in turn of so many classes, two
// at a time, of all states, with as many of each as life has. Secretary is an
// account that is of the office and teaches 3.2 besides.
func (s *school) manyMeetings(n, classes int) {
	s.t.Helper()
	var roles []data.RoleWord
	for _, w := range []string{"moral-office", "subject-teacher:3.2"} {
		r, err := data.ParseRole(w)
		s.must(err)
		roles = append(roles, r)
	}
	both, err := s.Console("root").AddAccount(s.t.Context(), "阮秋", roles)
	s.must(err)
	states := []data.MeetingState{data.MeetingClosed, data.MeetingClosed, data.MeetingFollowedUp, data.MeetingCancelled, data.MeetingHeld}
	s.must(s.write(s.t.Context(), func(x *tx) ([]data.Ref, error) {
		for i := range n {
			class, chair, state := int64(i%classes+1), []int64{s.luo, s.duan, s.office}[min(i%classes, 2)], states[i%len(states)]
			if i >= n-20 {
				state = []data.MeetingState{data.MeetingDraft, data.MeetingNotified}[i/2%2]
			}
			at := now.Add(time.Duration(i/2-n/2+10)*2*time.Hour + time.Minute) // two begin together
			told := any(nil)
			if state != data.MeetingDraft {
				told = data.DayOf(at).AddDays(-10)
			}
			if _, err := x.exec("INSERT INTO meeting (kind, scope_kind, scope_id, year, no, title, starts_at, ends_at, place, chair, secretary, state, told_on, rev, created_at, created_by, updated_at, updated_by) "+
				"VALUES ('class', 'class', ?, 2026, ?, ?, ?, ?, '教室', ?, ?, ?, ?, 1, ?, 1, ?, 1)", class, i+1, fmt.Sprint("第", i, "次"), stamp(at), stamp(at.Add(30*time.Minute)), chair, both.ID, state, told,
				stamp(now), stamp(now)); err != nil {
				return nil, err
			}
		}
		return []data.Ref{{}}, nil
	}))
}

// all reads a list to its end, page by page.
func (s *school) all(who int64, q data.MeetingQuery) (lines []data.MeetingLine, total int) {
	s.t.Helper()
	for {
		l, err := s.As(who).Meetings(s.t.Context(), q)
		s.must(err)
		if q.After == nil {
			total = l.Total
		}
		lines = append(lines, l.Lines...)
		if !l.More {
			return lines, total
		}
		q.After = &l.Lines[len(l.Lines)-1].Meeting
	}
}

// Whatever is asked, a list holds each meeting once that its reader sees and asked
// for, in order, over pages of any size; and it is as the rule says of each one.
func TestMeetingListIsWhatOneSees(t *testing.T) {
	s := openSchool(t)
	s.manyMeetings(60, 2)
	surrogate := s.surrogate()
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) { // of two meetings the surrogate's child is asked
		for _, meeting := range []int64{1, 3} {
			id, err := x.insert("INSERT INTO invitee (meeting, household) VALUES (?, 1)", meeting)
			if err == nil {
				_, err = x.exec("INSERT INTO invitee_student (invitee, student) VALUES (?, ?)", id, s.zhang)
			}
			if err != nil {
				return nil, err
			}
		}
		return nil, nil
	}))
	some := 0
	for who := int64(1); who <= surrogate; who++ {
		me, err := s.As(who).Me(t.Context())
		s.must(err)
		for _, q := range []data.MeetingQuery{{Limit: 7}, {Tab: data.ComingMeetings, Limit: 3}, {Tab: data.PastMeetings, Limit: 500}, {Class: s.three, Limit: 4}, {Class: s.five},
			{Mine: true, Limit: 5}, {Kind: data.OnlineMeeting}, {From: data.On(2026, 11, 25), Until: data.On(2026, 11, 26), Limit: 9}} {
			want := s.visible(me, q)
			lines, total := s.all(who, q)
			var got []int64
			for _, l := range lines {
				got = append(got, l.ID)
				if l.Sight < data.MeetingWhole && (l.Invited > 0 || l.Sight == data.MeetingDate && l.Title != "") {
					t.Errorf("%s reads too much: %+v", me.Name, l)
				}
			}
			some += len(got)
			if !slices.Equal(got, want) || total != len(want) {
				t.Errorf("%s, %+v: %v of %d, not %v", me.Name, q, got, total, want)
			}
		}
	}
	if some < 500 {
		t.Errorf("only %d lines were looked at", some)
	}
}

// visible is what a list should hold, meeting by meeting.
func (s *school) visible(me data.Account, q data.MeetingQuery) (ids []int64) {
	s.t.Helper()
	var found []data.Meeting
	s.must(s.reading(s.t.Context(), func(x *tx) error {
		d := s.As(me.ID)
		all, err := list(x, "SELECT id FROM meeting", nil, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		for _, id := range all {
			m, e := d.meeting(x, id)
			rows, e2 := invitees(x, id)
			var of []int64
			for _, i := range rows {
				of = append(of, i.of...)
			}
			err = errors.Join(err, e, e2)
			mine := m.Chair == me.ID || m.Secretary == me.ID || slices.Contains(me.Teaches(now), m.Class) || me.MeetingSight(now, m, of) == data.MeetingInvited
			if me.MeetingSight(now, m, of) == data.MeetingHidden || q.Class != 0 && m.Class != q.Class || q.Kind != "" && m.Kind != q.Kind || q.Mine && !mine ||
				q.Tab == data.ComingMeetings && !slices.Contains(coming, m.State) || q.Tab == data.PastMeetings && !slices.Contains(past, m.State) ||
				!q.From.IsZero() && (data.DayOf(m.Starts).Before(q.From) || q.Until.Before(data.DayOf(m.Starts))) {
				continue
			}
			found = append(found, m)
		}
		return err
	}))
	slices.SortFunc(found, func(a, b data.Meeting) int {
		if !q.Forward() {
			a, b = b, a
		}
		return cmp.Or(a.Starts.Compare(b.Starts), cmp.Compare(a.ID, b.ID))
	})
	for _, m := range found {
		ids = append(ids, m.ID)
	}
	return ids
}

// surrogate is an account that cares for 章薇 alone.
func (s *school) surrogate() int64 {
	s.t.Helper()
	r, err := data.ParseRole("surrogate:20240217")
	s.must(err)
	a, err := s.Console("root").AddAccount(s.t.Context(), "龚秀芝", []data.RoleWord{r})
	s.must(err)
	return a.ID
}

// A surrogate parent whose child's household is asked sees the meeting and the
// household's line, and nothing of the others.
func TestSurrogateIsInvited(t *testing.T) {
	s := openSchool(t)
	who := s.surrogate()
	v := s.opened()
	_, err := s.As(s.luo).AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Text: "班里的事"}, data.Ref{})
	s.must(err)
	got := s.view(who, v.ID)
	if got.Sight != data.MeetingInvited || len(got.Invitees) != 1 || got.Invitees[0].Students[0].Name != "章薇" || len(got.Notes) != 0 || got.Title == "" || got.MayRun || got.MaySpeak {
		t.Errorf("%+v", got)
	}
	if _, err := s.As(who).Minutes(t.Context(), v.ID, 0); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
}

// A line says what a meeting lacks and with what it clashes, as the meeting does.
func TestMeetingLine(t *testing.T) {
	s := openSchool(t)
	m := s.called()
	other := s.parents()
	other.Title, other.Starts = "另一个会", other.Starts.Add(30*time.Minute)
	_, err := s.As(s.office).SaveMeeting(t.Context(), other, data.Ref{})
	s.must(err)
	l, err := s.As(s.luo).Meetings(t.Context(), data.MeetingQuery{Tab: data.ComingMeetings})
	s.must(err)
	v := s.view(s.luo, m.ID)
	if one := l.Lines[0]; one.ID != m.ID || one.Invited != 2 || one.Items != 3 || one.Planned != 60 || !one.Clash || !slices.Equal(one.Lacks, v.Lacks) ||
		!slices.Equal(v.Lacks, []data.Missing{data.LacksNotice, data.LacksFreeTime}) {
		t.Errorf("%+v; the meeting lacks %v", one, v.Lacks)
	}
	if c := v.Clashes; len(c) != 1 || c[0].Title != "另一个会" || !c[0].Place || !c[0].Who || !c[0].Home {
		t.Errorf("%+v", c)
	}
	online := s.parents()
	online.Kind, online.Starts = data.OnlineMeeting, online.Starts.Add(40*time.Minute)
	_, err = s.As(s.office).SaveMeeting(t.Context(), online, data.Ref{})
	s.must(err)
	if c := s.view(s.luo, m.ID).Clashes; len(c) != 2 || c[1].Place || !c[1].Home {
		t.Errorf("one that is online takes a room: %+v", c)
	}
}

// Who writes a meeting is told what stands in its way before it is stored, of a
// meeting that they do not see only that it is there; others are told nothing.
func TestClashesOfOneThatIsWritten(t *testing.T) {
	s := openSchool(t)
	there := s.called()
	m := s.parents()
	m.Title, m.Starts, m.Chair, m.Secretary = "", m.Starts.Add(30*time.Minute), s.office, s.luo
	c, err := s.As(s.office).Clashes(t.Context(), m)
	s.must(err)
	if len(c) != 1 || c[0].Meeting != there.ID || c[0].Title != there.Title || !c[0].Place || !c[0].Home || c[0].Chair || !c[0].Secretary {
		t.Errorf("%+v", c)
	}
	m.Class, m.Chair = s.five, s.duan
	if c, err = s.As(s.duan).Clashes(t.Context(), m); err != nil || len(c) != 1 || c[0].Title != "" || !c[0].Place || c[0].Home {
		t.Errorf("%+v, %v", c, err)
	}
	m.ID, m.Class = there.ID, s.three
	if c, err := s.As(s.luo).Clashes(t.Context(), m); err != nil || len(c) > 0 {
		t.Errorf("a meeting stands in its own way: %+v, %v", c, err)
	}
	for _, who := range []int64{s.duan, s.desk, s.inspector, s.admin} {
		if c, err := s.As(who).Clashes(t.Context(), m); !errors.Is(err, data.ErrNotFound) || c != nil {
			t.Errorf("%d: %+v, %v", who, c, err)
		}
	}
}

// A hundred people in a room: what one does all others read at their next look,
// whichever way the looks and the marks fall together.
func TestRoomIsNeverBehind(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	zhang := s.invitee(v, "章薇").ID
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range 8 {
		wg.Go(func() {
			last := 0
			for {
				select {
				case <-stop:
					return
				default:
				}
				late := s.invitee(s.view(s.teacher, v.ID), "章薇").LateMin
				if late < last {
					t.Errorf("it was %d and is %d", last, late)
				}
				last = late
			}
		})
	}
	for n := 1; n <= 200; n++ {
		s.must(s.As(s.luo).MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{{Invitee: zhang, Attendance: data.Present, Late: &n}}))
		if got := s.invitee(s.view(s.head, v.ID), "章薇").LateMin; got != n {
			t.Fatalf("%d was saved, and %d is read", n, got)
		}
	}
	close(stop)
	wg.Wait()
}

// A family that changes, and a meeting that another process changed, are read
// anew.
func TestRoomHearsOfOthers(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	e, err := s.As(s.luo).Family(t.Context(), s.ran)
	s.must(err)
	e.Guardians[0].Name = "冉秀兰"
	_, err = s.As(s.luo).SaveFamily(t.Context(), e)
	s.must(err)
	if got := s.invitee(s.view(s.teacher, v.ID), "冉小满").Guardian.Name; got != "冉秀兰" {
		t.Error("the room still calls", got)
	}
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) { // a child that left the class is still on the list
		_, err := x.exec("UPDATE student SET class = NULL WHERE id = ?", s.ran)
		return []data.Ref{{Kind: "class", ID: s.three}}, err
	}))
	s.view(s.teacher, v.ID)
	e, err = s.As(s.office).Family(t.Context(), s.ran)
	s.must(err)
	e.Guardians[0].Name = "冉秀云"
	_, err = s.As(s.office).SaveFamily(t.Context(), e)
	s.must(err)
	if got := s.invitee(s.view(s.teacher, v.ID), "冉小满").Guardian.Name; got != "冉秀云" {
		t.Error("of a child that left, the room still calls", got)
	}
	s.Follow()
	other, err := Open(t.Context(), s.path(), clock) // its own connections: another process, as far as SQLite knows
	s.must(err)
	defer other.Close()
	box, stop := s.Watch()
	defer stop()
	s.must(other.As(s.luo).NextItem(t.Context(), v.ID, 0, 0))
	for !box.Wait(t.Context())[data.Ref{Kind: "meeting", ID: v.ID}] {
	}
	if s.view(s.teacher, v.ID).Item == 0 {
		t.Error("what another process did is not read")
	}
}

// Reading a text above the level normal in a room is logged, once in ten minutes;
// one's own, and what one does not read, is not.
func TestRoomTextsAreLogged(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	for _, level := range []data.Level{data.Normal, data.Restricted} {
		_, err := s.As(s.luo).AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Text: "家里的事", Level: level}, data.Ref{})
		s.must(err)
	}
	for range 3 {
		for _, who := range []int64{s.luo, s.office, s.teacher} {
			s.view(who, v.ID)
		}
	}
	who, err := s.numbers("SELECT account FROM audit WHERE did = 'view' AND record = 'meeting_note'")
	s.must(err)
	if !slices.Equal(who, []int64{s.office}) {
		t.Errorf("%v are logged", who)
	}
}

func (s *school) numbers(query string) (out []int64, err error) {
	err = s.reading(s.t.Context(), func(x *tx) error {
		out, err = list(x, query, nil, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		return err
	})
	return out, err
}

// What is written in a meeting is not the administrator's to read in the log.
func TestLogOfMeetings(t *testing.T) {
	s := openSchool(t)
	s.held()
	page, err := s.As(s.admin).Audit(t.Context(), data.AuditQuery{Limit: 1000})
	s.must(err)
	seen := 0
	for _, l := range page.Lines {
		if !slices.Contains([]string{"meeting", "meeting_note", "resolution", "minutes"}, l.What.Kind) {
			continue
		}
		seen++
		if e, err := s.As(s.admin).AuditEntry(t.Context(), l.ID); err == nil && (e.Was != "" || e.Now != "") {
			t.Errorf("%s: %s %s", l.Did, e.Was, e.Now)
		}
	}
	if seen < 6 {
		t.Errorf("%d rows about meetings", seen)
	}
}

// What a meeting's form saves takes its draft with it, and a draft of the minutes
// goes with the right to them.
func TestMeetingDrafts(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	desk := s.As(s.teacher)
	keep := func(kind string, object data.Ref) {
		_, err := desk.SaveDraft(t.Context(), data.Draft{Kind: kind, Object: object, Form: "{}"})
		s.must(err)
	}
	of := data.Ref{Kind: "meeting", ID: v.ID}
	for _, kind := range []string{"minutes", "note", "resolution"} {
		keep(kind, of)
	}
	_, err := desk.AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Text: "补记"}, of)
	s.must(err)
	_, err = desk.SaveResolution(t.Context(), data.Resolution{Meeting: v.ID, Text: "补", Owner: s.luo, Due: data.On(2026, 12, 1)}, of)
	s.must(err)
	left, err := desk.Drafts(t.Context())
	if err != nil || len(left) != 1 || left[0].Kind != "minutes" || left[0].Name != v.Title || left[0].Class != v.ClassName {
		t.Errorf("%+v %v", left, err)
	}
	keep("note", of)
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) {
		_, err := x.exec("UPDATE role_grant SET until_at = ? WHERE account = ?", stamp(now.Add(-time.Minute)), s.teacher)
		return nil, err
	}))
	if left, err = desk.Drafts(t.Context()); err != nil || len(left) != 1 || left[0].Kind != "note" || left[0].Name != "" {
		t.Error("the text of minutes stays with who lost them, or the meeting's name:", left, err)
	}
}
