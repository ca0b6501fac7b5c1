package store

import (
	"errors"
	"testing"

	"qiao/data"
)

// kept keeps a draft of somebody's.
func (s *school) kept(who int64, kind string, of data.Ref) {
	s.t.Helper()
	_, err := s.As(who).SaveDraft(s.t.Context(), data.Draft{Kind: kind, Object: of, Form: "{}"})
	s.must(err)
}

// has reports whether somebody has a draft that they may read.
func (s *school) has(who int64, kind string, of data.Ref) bool {
	s.t.Helper()
	_, err := s.As(who).Draft(s.t.Context(), kind, of)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		s.t.Fatal(err)
	}
	return err == nil
}

// The notice's text is kept over a revision by who prepares the meeting, tells
// nobody, and takes its own draft with it.
func TestSaveNotice(t *testing.T) {
	s := openSchool(t)
	m := s.called()
	of := data.Ref{Kind: "meeting", ID: m.ID}
	s.kept(s.luo, "notice", of)
	for who, want := range map[int64]error{s.head: data.ErrForbidden, s.duan: data.ErrNotFound} {
		if _, err := s.As(who).SaveNotice(t.Context(), m.ID, m.Rev, "来", ""); !errors.Is(err, want) {
			t.Errorf("%d: %v", who, err)
		}
	}
	now, err := s.As(s.luo).SaveNotice(t.Context(), m.ID, m.Rev, " 各位家长 \n", "Dear parents")
	s.must(err)
	if now.State != data.MeetingDraft || !now.Told.IsZero() || now.NoticeZh != "各位家长" || now.NoticeEn != "Dear parents" || s.has(s.luo, "notice", of) {
		t.Errorf("%+v", now)
	}
	if _, err := s.As(s.teacher).SaveNotice(t.Context(), m.ID, m.Rev, "晚了", ""); !conflict(err) {
		t.Error(err)
	}
	s.must(s.As(s.luo).OpenRoom(t.Context(), m.ID))
	if _, err := s.As(s.luo).SaveNotice(t.Context(), m.ID, now.Rev+1, "来", ""); !faulty(err, "state", data.WhyNotHere) {
		t.Error(err)
	}
}

// Each save takes the draft of its own form with it, and no other.
func TestPreparingDrafts(t *testing.T) {
	s := openSchool(t)
	m := s.called()
	of, item := data.Ref{Kind: "meeting", ID: m.ID}, data.Ref{Kind: "agenda_item", ID: m.Agenda[0].ID}
	forms := []struct {
		kind string
		of   data.Ref
		save func() error
	}{
		{"agenda_item", of, func() error {
			_, err := s.As(s.luo).SaveAgendaItem(t.Context(), data.AgendaItem{Meeting: m.ID, Title: "新", Minutes: 5})
			return err
		}},
		{"agenda_item", item, func() error { _, err := s.As(s.luo).SaveAgendaItem(t.Context(), m.Agenda[0]); return err }},
		{"replies", of, func() error {
			return s.As(s.luo).SaveReplies(t.Context(), m.ID, []data.ReplyMark{{Invitee: s.view(s.luo, m.ID).Invitees[0].ID, Reply: data.WillCome}}, of)
		}},
		{"topic", of, func() error { _, err := s.As(s.luo).ProposeTopic(t.Context(), m.ID, "作业", of); return err }},
		{"notice", of, func() error {
			_, err := s.As(s.luo).TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校"})
			return err
		}},
	}
	for _, f := range forms {
		s.kept(s.luo, f.kind, f.of)
	}
	s.must(s.As(s.luo).SaveReplies(t.Context(), m.ID, nil, data.Ref{})) // one tick leaves what is being typed
	for n, f := range forms {
		s.must(f.save())
		for k, other := range forms {
			if has := s.has(s.luo, other.kind, other.of); has != (k > n) {
				t.Errorf("after %s of %s: the draft %s of %s is there: %v", f.kind, f.of, other.kind, other.of, has)
			}
		}
	}
}

// What a draft holds of a meeting goes with the right to the meeting.
func TestPreparingDraftsGo(t *testing.T) {
	s := openSchool(t)
	m := s.called()
	of := data.Ref{Kind: "meeting", ID: m.ID}
	for _, f := range []struct {
		kind string
		of   data.Ref
		stay bool
	}{{"agenda_item", of, false}, {"agenda_item", data.Ref{Kind: "agenda_item", ID: m.Agenda[0].ID}, false}, {"notice", of, false}, {"replies", of, false}, {"topic", of, true}} {
		s.kept(s.luo, f.kind, f.of)
		s.kept(s.duan, f.kind, f.of) // who never saw the meeting
		if !s.has(s.luo, f.kind, f.of) || s.has(s.duan, f.kind, f.of) != f.stay {
			t.Errorf("%s of %s", f.kind, f.of)
		}
	}
}

// A point tells who changed or moved it last; who sees the agenda without names is
// not told.
func TestAgendaSavedBy(t *testing.T) {
	s := openSchool(t)
	m := s.called()
	s.must(s.As(s.teacher).MoveAgendaItem(t.Context(), m.ID, m.Agenda[0].ID, m.Agenda[1].ID))
	v := s.view(s.luo, m.ID)
	if v.Agenda[1].SavedBy != s.view(s.luo, m.ID).SecretaryName || v.Agenda[0].SavedBy != v.ChairName || v.Agenda[1].SavedAt.IsZero() {
		t.Errorf("%+v", v.Agenda)
	}
	_, err := s.As(s.luo).TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校"})
	s.must(err)
	for _, i := range s.view(s.inspector, m.ID).Agenda {
		if i.SavedBy != "" || i.Speaker != "" || i.Title == "" {
			t.Errorf("%+v", i)
		}
	}
}
