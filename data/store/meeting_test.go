package store

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"
)

// evening is when the meeting of most tests begins: nine days from now.
var evening = time.Date(2026, 12, 4, 19, 0, 0, 0, data.China)

// parents is a meeting of 3.2 that its class teacher calls.
func (s *school) parents() data.Meeting {
	return data.Meeting{Kind: data.ClassMeeting, Class: s.three, Title: "三(2)家长会", Starts: evening, Ends: evening.Add(90 * time.Minute), Place: "三楼教室",
		Chair: s.luo, Secretary: s.teacher, NoticeZh: "请您到校", Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10, Speaker: "罗静"}, {Title: "班级情况", Minutes: 20}, {Title: "提问", Minutes: 30}}}
}

func (s *school) called() data.Meeting {
	s.t.Helper()
	m, err := s.As(s.luo).SaveMeeting(s.t.Context(), s.parents(), data.Ref{})
	s.must(err)
	return m
}

// opened is a meeting whose room is open.
func (s *school) opened() data.MeetingView {
	s.t.Helper()
	m := s.called()
	m, err := s.As(s.luo).TellMeeting(s.t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校", En: "Please come"})
	s.must(err)
	s.must(s.As(s.luo).OpenRoom(s.t.Context(), m.ID))
	return s.view(s.luo, m.ID)
}

func (s *school) view(who, id int64) data.MeetingView {
	s.t.Helper()
	v, err := s.As(who).Meeting(s.t.Context(), id)
	s.must(err)
	return v
}

func conflict(err error) bool { c := new(data.Conflict); return errors.As(err, &c) }

func faulty(err error, field string, why data.Why) bool {
	return slices.ContainsFunc(data.Faults(err), func(f *data.Invalid) bool { return f.Field == field && f.Why == why })
}

// A meeting is called by who may call meetings of the class, invites its families
// and is there for those who see it, and for nobody else.
func TestMeetingDoor(t *testing.T) {
	s := openSchool(t)
	for who, want := range map[int64]error{s.luo: nil, s.office: nil, s.head: nil, s.principal: nil, s.teacher: data.ErrForbidden,
		s.duan: data.ErrNotFound, s.desk: data.ErrNotFound, s.inspector: data.ErrNotFound, s.admin: data.ErrNotFound} {
		if _, err := s.As(who).SaveMeeting(t.Context(), s.parents(), data.Ref{}); !errors.Is(err, want) {
			t.Errorf("%d calls a meeting: %v, not %v", who, err, want)
		}
	}
	m := s.called()
	if m.Number() != "2026-家-05" || m.ChairName != "罗静" || len(m.Agenda) != 3 {
		t.Errorf("%+v", m)
	}
	for who, runs := range map[int64]bool{s.luo: true, s.office: true, s.teacher: true, s.head: false, s.principal: false} {
		v := s.view(who, m.ID)
		if v.Sight != data.MeetingWhole || v.MayRun != runs || len(v.Invitees) != 2 || v.Invitees[0].Students[0].Name != "冉小满" {
			t.Errorf("%d: %+v", who, v)
		}
		if v.MaySign != (who == s.luo) {
			t.Errorf("%d signs: %v", who, v.MaySign)
		}
	}
	for _, who := range []int64{s.duan, s.desk, s.inspector, s.admin} {
		if _, err := s.As(who).Meeting(t.Context(), m.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("%d is told of a draft: %v", who, err)
		}
	}
	if _, err := s.As(s.luo).TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校"}); err != nil {
		t.Fatal(err)
	}
	if v := s.view(s.desk, m.ID); v.Sight != data.MeetingDate || v.Title != "" || v.Place != "" || len(v.Invitees) > 0 || v.Starts.IsZero() {
		t.Errorf("the front desk reads %+v", v)
	}
	if v := s.view(s.inspector, m.ID); v.Sight != data.MeetingOpen || v.Title == "" || v.ChairName != "" || len(v.Invitees) > 0 || v.Agenda[0].Speaker != "" {
		t.Errorf("the inspector reads %+v", v)
	}
}

// A meeting is led by one and written by another, both of whom see it.
func TestTwoChairs(t *testing.T) {
	s := openSchool(t)
	for _, tc := range []struct {
		chair, secretary int64
		field            string
		why              data.Why
	}{{s.luo, s.luo, "secretary", data.WhyTaken}, {s.duan, s.luo, "chair", data.WhyUnknown}, {s.luo, s.desk, "secretary", data.WhyUnknown},
		{0, s.luo, "chair", data.WhyEmpty}, {s.luo, 999, "secretary", data.WhyUnknown}} {
		m := s.parents()
		m.Chair, m.Secretary = tc.chair, tc.secretary
		if _, err := s.As(s.luo).SaveMeeting(t.Context(), m, data.Ref{}); !faulty(err, tc.field, tc.why) {
			t.Errorf("chair %d, secretary %d: %v", tc.chair, tc.secretary, err)
		}
	}
	m := s.called()
	mine, theirs := m, m
	mine.Chair, theirs.Chair = s.head, s.office
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, x := range []struct {
		who int64
		m   data.Meeting
	}{{s.luo, mine}, {s.office, theirs}} {
		wg.Go(func() { _, errs[i] = s.As(x.who).SaveMeeting(t.Context(), x.m, data.Ref{}) })
	}
	wg.Wait()
	if conflict(errs[0]) == conflict(errs[1]) || (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("two name a chair at once: %v, %v", errs[0], errs[1])
	}
	v := s.opened()
	s.must(s.As(s.luo).NextItem(t.Context(), v.ID, 0, 0))
	on := s.view(s.luo, v.ID).Item
	for i, who := range []int64{s.luo, s.teacher} {
		wg.Go(func() { errs[i] = s.As(who).NextItem(t.Context(), v.ID, on, 0) })
	}
	wg.Wait()
	if now := s.view(s.luo, v.ID); now.Item != now.Agenda[1].ID || conflict(errs[0]) == conflict(errs[1]) {
		t.Errorf("two chairs press at once: item %d of %v; %v, %v", now.Item, now.Agenda, errs[0], errs[1])
	}
}

// The states follow one another, and each step asks what it needs.
func TestMeetingStates(t *testing.T) {
	at := now
	s := openSchoolAt(t, func() time.Time { return at })
	desk := s.As(s.luo)
	m := s.called()
	if _, err := desk.StepMeeting(t.Context(), m.ID, m.Rev, data.MeetingCancelled, " "); !faulty(err, "reason", data.WhyEmpty) {
		t.Error("cancelled without a reason:", err)
	}
	for _, to := range []data.MeetingState{data.MeetingNotified, data.MeetingInSession, data.MeetingHeld, data.MeetingClosed, "nonsense"} {
		if _, err := desk.StepMeeting(t.Context(), m.ID, m.Rev, to, ""); !faulty(err, "state", data.WhyNotHere) {
			t.Errorf("a draft steps to %s: %v", to, err)
		}
	}
	told, err := desk.TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校", On: data.On(2026, 11, 24)})
	if err != nil || told.State != data.MeetingNotified || told.ShortWhy != "" {
		t.Fatal(told, err)
	}
	if _, err := desk.TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "x"}); !conflict(err) {
		t.Error("over a revision that is not there any more:", err)
	}
	if err := desk.RemoveMeeting(t.Context(), m.ID, told.Rev, "错了"); !faulty(err, "state", data.WhyNotHere) {
		t.Error("a meeting of which the families know is removed:", err)
	}
	off, err := desk.StepMeeting(t.Context(), m.ID, told.Rev, data.MeetingCancelled, "台风停课")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.StepMeeting(t.Context(), m.ID, off.Rev, data.MeetingDraft, ""); !faulty(err, "state", data.WhyNotHere) {
		t.Error("a cancelled meeting of which the families know is a draft again:", err)
	}
	at = at.Add(11 * time.Minute)
	if _, err := desk.StepMeeting(t.Context(), m.ID, off.Rev, data.MeetingNotified, ""); !faulty(err, "state", data.WhyNotHere) {
		t.Error("taken back after eleven minutes:", err)
	}
	at = at.Add(-2 * time.Minute)
	again, err := desk.StepMeeting(t.Context(), m.ID, off.Rev, data.MeetingNotified, "")
	if err != nil || again.CancelWhy != "" || again.Told != told.Told {
		t.Fatal("not taken back after nine minutes:", again, err)
	}
	told = again
	back, err := desk.StepMeeting(t.Context(), m.ID, told.Rev, data.MeetingDraft, "")
	if err != nil || !back.Told.IsZero() {
		t.Error(back, err)
	}
	s.must(desk.RemoveMeeting(t.Context(), m.ID, back.Rev, "错了"))
	if _, err := desk.Meeting(t.Context(), m.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("a removed meeting is there:", err)
	}
	v := s.opened()
	if _, err := desk.StepMeeting(t.Context(), v.ID, v.Rev, data.MeetingHeld, ""); !faulty(err, "state", data.WhyNotHere) {
		t.Error("held without closing its room:", err)
	}
	if err := s.As(s.office).OpenRoom(t.Context(), v.ID); !conflict(err) {
		t.Error("opened twice:", err)
	}
}

// The notice goes out so many of the school's working days before, or somebody
// says why not; it is not of tomorrow.
func TestNoticePeriod(t *testing.T) {
	s := openSchool(t)
	desk := s.As(s.luo)
	m := s.called()
	if v := s.view(s.luo, m.ID); v.NoticeBy != data.On(2026, 11, 27) || !slices.Equal(v.Lacks, []data.Missing{data.LacksNotice}) {
		t.Errorf("%v, lacks %v", v.NoticeBy, v.Lacks)
	}
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) { // a day off: one day earlier
		_, err := x.exec("INSERT INTO calendar_day (day, kind) VALUES ('2026-12-01', 'public_holiday')")
		return []data.Ref{{}}, err
	}))
	if v := s.view(s.luo, m.ID); v.NoticeBy != data.On(2026, 11, 26) || !v.NoticeSure {
		t.Errorf("%v sure: %v", v.NoticeBy, v.NoticeSure)
	}
	m.Starts, m.Ends = m.Starts.AddDate(0, 0, -4), m.Ends.AddDate(0, 0, -4)
	m, err := desk.SaveMeeting(t.Context(), m, data.Ref{})
	s.must(err)
	for _, tc := range []struct {
		n     data.Telling
		field string
		why   data.Why
	}{{data.Telling{Zh: "请您到校"}, "reason", data.WhyEmpty}, {data.Telling{Zh: "请您到校", On: data.On(2026, 11, 26), Why: "停电"}, "date", data.WhyFuture},
		{data.Telling{Zh: " ", Why: "停电"}, "notice_zh", data.WhyEmpty}} {
		if _, err := desk.TellMeeting(t.Context(), m.ID, m.Rev, tc.n); !faulty(err, tc.field, tc.why) {
			t.Errorf("%+v: %v", tc.n, err)
		}
	}
	m, err = desk.TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校", Why: "场地临时变动"})
	if err != nil || m.ShortWhy == "" {
		t.Error(m, err)
	}
	s.must(desk.OpenRoom(t.Context(), m.ID))
	s.must(desk.CloseRoom(t.Context(), m.ID))
	mins, err := desk.Minutes(t.Context(), m.ID, 0)
	if err != nil || !slices.ContainsFunc(mins.Lines, func(l data.MinutesLine) bool {
		return l.Text == "通知于 11-25 周三 发出, 晚于规定: 场地临时变动"
	}) {
		t.Error("the minutes do not say why:", mins.Lines, err)
	}
}

// The agenda: added, changed over its revision, moved, taken away; a topic that is
// taken joins it.
func TestAgenda(t *testing.T) {
	s := openSchool(t)
	desk := s.As(s.luo)
	m := s.called()
	titles := func() (out []string) {
		for _, i := range s.view(s.head, m.ID).Agenda {
			out = append(out, i.Title)
		}
		return out
	}
	last, err := s.As(s.teacher).SaveAgendaItem(t.Context(), data.AgendaItem{Meeting: m.ID, Title: "习字", Minutes: 5})
	s.must(err)
	for n := range 30 { // enough to use up the room between two
		s.must(desk.MoveAgendaItem(t.Context(), m.ID, []int64{last.ID, m.Agenda[2].ID}[n%2], m.Agenda[0].ID))
	}
	if got := titles(); !slices.Equal(got, []string{"开场", "提问", "习字", "班级情况"}) {
		t.Error(got)
	}
	s.must(desk.MoveAgendaItem(t.Context(), m.ID, last.ID, 0))
	last.Title = "书法"
	if last, err = desk.SaveAgendaItem(t.Context(), last); err != nil || last.Rev != 2 {
		t.Error(last, err)
	}
	last.Rev = 1
	if _, err := s.As(s.office).SaveAgendaItem(t.Context(), last); !conflict(err) {
		t.Error("an item over an old revision:", err)
	}
	if err := desk.RemoveAgendaItem(t.Context(), m.ID, last.ID, 2); err != nil || !slices.Equal(titles(), []string{"开场", "提问", "班级情况"}) {
		t.Error(titles(), err)
	}
	for who, want := range map[int64]error{s.head: data.ErrForbidden, s.duan: data.ErrNotFound} {
		if _, err := s.As(who).SaveAgendaItem(t.Context(), data.AgendaItem{Meeting: m.ID, Title: "x", Minutes: 5}); !errors.Is(err, want) {
			t.Errorf("%d: %v", who, err)
		}
	}
	x, err := s.As(s.teacher).ProposeTopic(t.Context(), m.ID, " 作业  时间 ", data.Ref{})
	if err != nil || x.Title != "作业 时间" {
		t.Fatal(x, err)
	}
	if _, err := s.As(s.duan).ProposeTopic(t.Context(), m.ID, "x", data.Ref{}); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	if v := s.view(s.luo, m.ID); !slices.Contains(v.Lacks, data.LacksAnswers) || len(v.Topics) != 1 {
		t.Error(v.Lacks)
	}
	x.State = data.TopicRejected
	if _, err := desk.AnswerTopic(t.Context(), x, 0); !faulty(err, "reason", data.WhyEmpty) {
		t.Error("rejected without a reason:", err)
	}
	x.State = data.TopicApproved
	if _, err = desk.AnswerTopic(t.Context(), x, 15); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(s.office).AnswerTopic(t.Context(), x, 15); !conflict(err) {
		t.Error("answered twice:", err)
	}
	if v := s.view(s.luo, m.ID); v.Agenda[3].Title != "作业 时间" || v.Agenda[3].Speaker != "宁小舟" || v.PlannedMinutes() != 75 {
		t.Errorf("%+v", v.Agenda)
	}
}

// What is deleted or moved while ten are in it: each learns of it at the next
// question, and nothing that they do afterwards is stored.
func TestMeetingMovesUnderTen(t *testing.T) {
	s := openSchool(t)
	m := s.called()
	box, stop := s.Watch()
	defer stop()
	m.Starts, m.Ends, m.Place = m.Starts.Add(time.Hour), m.Ends.Add(time.Hour), "礼堂"
	m, err := s.As(s.office).SaveMeeting(t.Context(), m, data.Ref{})
	s.must(err)
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "meeting", ID: m.ID}] || !refs[data.Ref{Kind: "meetings"}] {
		t.Error("nobody is told:", refs)
	}
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if v, err := s.As(s.teacher).Meeting(t.Context(), m.ID); err != nil || v.Place != "礼堂" || v.Starts != evening.Add(time.Hour).UTC() {
				t.Error(v.Meeting, err)
			}
		})
	}
	wg.Wait()
	s.must(s.As(s.luo).RemoveMeeting(t.Context(), m.ID, m.Rev, "并到年级家长会"))
	for range 10 {
		wg.Go(func() {
			desk := s.As(s.teacher)
			_, read := desk.Meeting(t.Context(), m.ID)
			_, noted := desk.ProposeTopic(t.Context(), m.ID, "晚了", data.Ref{})
			_, saved := desk.SaveAgendaItem(t.Context(), data.AgendaItem{Meeting: m.ID, Title: "x", Minutes: 5})
			for _, err := range []error{read, noted, saved, desk.OpenRoom(t.Context(), m.ID)} {
				if !errors.Is(err, data.ErrNotFound) {
					t.Error("after it was deleted:", err)
				}
			}
		})
	}
	wg.Wait()
}
