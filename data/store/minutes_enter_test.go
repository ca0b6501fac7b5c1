package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"qiao/data"
)

// What is written in the second in which the room is closed, or after it, is in
// the minutes under its item, whatever was changed in them by hand; a line that is
// struck leaves them, and who came after all is counted. Once they are handed in
// nothing is taken any more, and the writer is told.
func TestWrittenAsTheRoomCloses(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	luo, teacher := s.As(s.luo), s.As(s.teacher)
	m, err := luo.Minutes(t.Context(), v.ID, 0)
	s.must(err)
	_, err = luo.SaveMinutes(t.Context(), v.ID, m.Version, []data.MinutesEdit{{Line: lineWith(m, "下周发书").ID, Text: "下周一发书"}}, data.Ref{})
	s.must(err)
	note := func(text string, item int64, kind data.NoteKind) data.MeetingNote {
		n := data.MeetingNote{Meeting: v.ID, Item: item, Text: text, Kind: kind}
		if kind == data.QuestionAsked {
			n.Answerer = s.luo
		}
		return n
	}
	last, err := teacher.AddNote(t.Context(), note("散会前一秒还在写", v.Agenda[0].ID, data.PlainNote), data.Ref{})
	s.must(err)
	_, err = luo.AddNote(t.Context(), note("几点放学", 0, data.QuestionAsked), data.Ref{})
	s.must(err)
	_, err = luo.SaveResolution(t.Context(), data.Resolution{Meeting: v.ID, Item: v.Agenda[1].ID, Text: "补一条", Owner: s.luo, Due: data.On(2026, 12, 18)}, data.Ref{})
	s.must(err)
	m, err = luo.Minutes(t.Context(), v.ID, 0)
	s.must(err)
	var texts []string
	ids := map[int]bool{}
	for _, l := range m.Lines {
		texts = append(texts, l.Text)
		ids[l.ID] = true
	}
	at := func(word string) int {
		return slices.IndexFunc(texts, func(x string) bool { return strings.Contains(x, word) })
	}
	if at("下周一发书") < 0 || at("散会前一秒还在写") != at("一、")+1 || at("补一条") != at("三、")-1 || at("几点放学") != at("其他")+1 || at("几点放学") != len(texts)-1 {
		t.Error(strings.Join(texts, "\n"))
	}
	if len(ids) != len(m.Lines) || lineWith(m, "散会前一秒还在写").Writer != s.teacher || m.Changes[len(m.Changes)-1].Did != data.LineAdded {
		t.Errorf("%+v", m)
	}
	s.must(teacher.StrikeNote(t.Context(), v.ID, last.ID))
	s.must(luo.MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{{Invitee: v.Invitees[0].ID, Attendance: data.Present}}))
	m, err = luo.Minutes(t.Context(), v.ID, 0)
	if err != nil || lineWith(m, "散会前一秒").ID != 0 || lineWith(m, "实到 1 户").ID == 0 {
		t.Errorf("%+v %v", m, err)
	}
	m, err = luo.HandInMinutes(t.Context(), v.ID, m.Version)
	s.must(err)
	for name, err := range map[string]error{
		"note":       second(teacher.AddNote(t.Context(), note("再写", 0, data.PlainNote), data.Ref{})),
		"question":   second(luo.AddNote(t.Context(), note("再问", 0, data.QuestionAsked), data.Ref{})),
		"resolution": second(luo.SaveResolution(t.Context(), data.Resolution{Meeting: v.ID, Text: "再定", Owner: s.luo, Due: data.On(2026, 12, 18)}, data.Ref{})),
	} {
		if !errors.Is(err, data.ErrHandedIn) || !data.Expected(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if now := s.view(s.luo, v.ID); len(now.Notes) != 4 || len(now.Resolutions) != 2 || now.MinutesVersion != m.Version {
		t.Errorf("a refused line is stored: %+v", now)
	}
	s.must(luo.MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{{Invitee: v.Invitees[0].ID, Attendance: data.Absent}}))
	if now, err := luo.Minutes(t.Context(), v.ID, 0); err != nil || now.Version != m.Version || now.State != data.MinutesToSign {
		t.Errorf("a mark changed minutes that wait for a signature: %+v %v", now, err)
	}
}
