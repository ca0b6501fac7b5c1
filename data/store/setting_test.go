package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"qiao/data"
)

// The school's settings hold from the day they are set, for everybody to read;
// who may set them is the matrix's row.
func TestSettings(t *testing.T) {
	s := openSchool(t)
	idle := func() data.Setting {
		one, err := s.Setting(t.Context(), data.IdleMinutes)
		s.must(err)
		return one
	}
	if got := idle(); got.Set || got.Value != 30 {
		t.Error(got)
	}
	box, stop := s.Watch()
	defer stop()
	for who, want := range map[int64]error{s.admin: nil, s.principal: nil, s.office: nil, s.luo: data.ErrForbidden, s.inspector: data.ErrForbidden, s.desk: data.ErrForbidden} {
		if err := s.As(who).SetSetting(t.Context(), data.IdleMinutes, "20"); !errors.Is(err, want) {
			t.Error(who, err)
		}
	}
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "setting"}] {
		t.Error(refs)
	}
	for _, wrong := range []string{"9", "481", "-20", "twenty", "20.5", "９９９"} {
		if err := s.As(s.admin).SetSetting(t.Context(), data.IdleMinutes, wrong); len(data.Faults(err)) != 1 {
			t.Error(wrong, err)
		}
	}
	if err := s.As(s.admin).SetSetting(t.Context(), "school", "x"); len(data.Faults(err)) != 1 {
		t.Error(err)
	}
	all, err := s.As(s.luo).Settings(t.Context())
	if err != nil || len(all) != 3 || all[0].Value != 20 || !all[0].Set || all[1].Set || all[1].Value != 5 {
		t.Error(all, err)
	}
	before := now
	defer func() { now = before }()
	now = now.Add(48 * time.Hour)
	s.must(s.As(s.admin).SetSetting(t.Context(), data.IdleMinutes, "40"))
	if got := idle(); got.Value != 40 {
		t.Error(got)
	}
	now = before // the past is judged by its own
	if got := idle(); got.Value != 20 {
		t.Error(got)
	}
	s.must(s.As(s.admin).SetSetting(t.Context(), data.IdleMinutes, ""))
	if got := idle(); got.Set || got.Value != 30 {
		t.Error(got)
	}
	s.must(s.reading(t.Context(), func(t *tx) error {
		var was, is string
		if err := t.row("SELECT d.was, d.now FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.did = 'setting' ORDER BY a.id DESC LIMIT 1", nil, &was, &is); err != nil {
			return err
		}
		if was != `"idle_minutes=20"` || is != `"idle_minutes="` {
			s.t.Error(was, is)
		}
		return nil
	}))
}

// How early families must know is the school's word: the view of a meeting, its
// line in the list, the calendar that screens count by and the notice itself go by
// it at once; a notice that is out is judged by the word of its day.
func TestNoticeDaysAreTheSchools(t *testing.T) {
	s := openSchool(t)
	before := now
	defer func() { now = before }()
	first, second := s.called(), s.called()
	luo := s.As(s.luo)
	_, err := luo.TellMeeting(t.Context(), first.ID, first.Rev, data.Telling{Zh: "请您到校"})
	s.must(err)
	by := func(id int64) data.Date { return s.view(s.luo, id).NoticeBy }
	late := func(id int64) (late bool) {
		lines, _ := s.all(s.luo, data.MeetingQuery{Tab: data.ComingMeetings})
		for _, l := range lines {
			late = late || l.ID == id && slices.Contains(l.Lacks, data.LacksReason)
		}
		return late
	}
	if by(first.ID) != data.On(2026, 11, 27) || by(second.ID) != data.On(2026, 11, 27) || late(first.ID) {
		t.Error(by(first.ID), by(second.ID), late(first.ID))
	}
	now = before.AddDate(0, 0, 1)
	box, stop := s.Watch()
	defer stop()
	s.must(s.As(s.office).SetSetting(t.Context(), data.NoticeDays, "8"))
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "setting"}] || !refs[data.Ref{Kind: "meetings"}] {
		t.Error(refs)
	}
	cal, err := luo.Calendar(t.Context())
	if want, _ := cal.NoticeBy(data.DayOf(evening)); err != nil || cal.NoticeDays() != 8 || want != data.On(2026, 11, 24) {
		t.Error(cal.NoticeDays(), want, err)
	}
	if by(first.ID) != data.On(2026, 11, 27) || late(first.ID) {
		t.Error("a notice that is out is judged by a later rule:", by(first.ID))
	}
	if by(second.ID) != data.On(2026, 11, 24) {
		t.Error(by(second.ID))
	}
	if _, err := luo.TellMeeting(t.Context(), second.ID, second.Rev, data.Telling{Zh: "请您到校"}); !faulty(err, "reason", data.WhyEmpty) {
		t.Error("told too late without a reason:", err)
	}
	for _, wrong := range []string{"0", "21", "five"} {
		if err := s.As(s.office).SetSetting(t.Context(), data.NoticeDays, wrong); !faulty(err, data.NoticeDays, data.WhyRange) {
			t.Error(wrong, err)
		}
	}
}
