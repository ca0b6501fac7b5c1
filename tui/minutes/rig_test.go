package minutes_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// called is a meeting of class 3.2 that begins now: 罗静 leads it, 蒲岚 writes the
// minutes.
func called(t testing.TB, db *store.DB) data.Meeting {
	t.Helper()
	desk := db.As(tuitest.Luo)
	m, err := desk.SaveMeeting(t.Context(), data.Meeting{Class: tuitest.Three, Kind: data.ClassMeeting, Title: "三(2)期中家长会", Place: "三(2)教室",
		Starts: tuitest.Clock(), Ends: tuitest.Clock().Add(90 * time.Minute), Chair: tuitest.Luo, Secretary: tuitest.Pu,
		Agenda: []data.AgendaItem{{Title: "班级情况", Minutes: 20, Speaker: "罗静"}, {Title: "家长提问", Minutes: 20}}}, data.Ref{})
	must(t, err)
	m, err = desk.TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "各位家长: 请参加", Why: "临时"})
	must(t, err)
	return m
}

// opened is that meeting with its room open and something said in it.
func opened(t testing.TB, db *store.DB) data.MeetingView {
	t.Helper()
	m, desk := called(t, db), db.As(tuitest.Luo)
	must(t, desk.OpenRoom(t.Context(), m.ID))
	v, err := desk.Meeting(t.Context(), m.ID)
	must(t, err)
	for _, n := range []data.MeetingNote{
		{Item: v.Agenda[0].ID, Text: "本学期识字量达标, 朗读还要加强", Level: data.Normal},
		{Item: v.Agenda[0].ID, Text: "数学每周三下午补课, 自愿参加", Level: data.Normal},
		{Item: v.Agenda[1].ID, Text: "个别家庭的困难另谈", Level: data.Restricted},
	} {
		n.Meeting = m.ID
		_, err := desk.AddNote(t.Context(), n, data.Ref{})
		must(t, err)
	}
	_, err = desk.SaveResolution(t.Context(), data.Resolution{Meeting: m.ID, Item: v.Agenda[1].ID, Text: "每周一公示食堂采购单", Owner: tuitest.Pu, Due: data.On(2026, 12, 18)}, data.Ref{})
	must(t, err)
	return v
}

// held is that meeting over, with all families there but those of 冉小满 and 章薇.
func held(t testing.TB, db *store.DB) int64 {
	t.Helper()
	v, desk := opened(t, db), db.As(tuitest.Luo)
	var marks []data.AttendanceMark
	for _, i := range v.Invitees {
		how := data.Present
		if slices.ContainsFunc(i.Students, func(s data.Student) bool { return s.ID == tuitest.Ran }) {
			how = data.Absent
		} else if slices.ContainsFunc(i.Students, func(s data.Student) bool { return s.ID == tuitest.Zhang }) {
			how = data.Excused
		}
		marks = append(marks, data.AttendanceMark{Invitee: i.ID, Attendance: how})
	}
	must(t, desk.MarkAttendance(t.Context(), v.ID, marks))
	must(t, desk.CloseRoom(t.Context(), v.ID))
	return v.ID
}

func read(t testing.TB, db *store.DB, who, meeting int64) data.Minutes {
	t.Helper()
	m, err := db.As(who).Minutes(t.Context(), meeting, 0)
	must(t, err)
	return m
}

// lineWith is the line of minutes with a text in it.
func lineWith(t testing.TB, m data.Minutes, text string) data.MinutesLine {
	t.Helper()
	i := slices.IndexFunc(m.Lines, func(l data.MinutesLine) bool { return strings.Contains(l.Text, text) })
	if i < 0 {
		t.Fatalf("no line with %s in %+v", text, m.Lines)
	}
	return m.Lines[i]
}

// amended changes a line as somebody else does.
func amended(t testing.TB, db *store.DB, who, meeting int64, was, now string) data.Minutes {
	t.Helper()
	m := read(t, db, who, meeting)
	out, err := db.As(who).SaveMinutes(t.Context(), meeting, m.Version, []data.MinutesEdit{{Line: lineWith(t, m, was).ID, Text: now}}, data.Ref{})
	must(t, err)
	return out
}

// issued are minutes that were signed and issued.
func issued(t testing.TB, db *store.DB, meeting int64) data.Minutes {
	t.Helper()
	m := read(t, db, tuitest.Luo, meeting)
	_, err := db.As(tuitest.Luo).SignMinutes(t.Context(), meeting, m.Version)
	must(t, err)
	m, err = db.As(tuitest.Luo).IssueMinutes(t.Context(), meeting, m.Version)
	must(t, err)
	return m
}

func open(t *testing.T, db *store.DB, who, meeting int64) *tuitest.Session {
	t.Helper()
	return tuitest.StartOn(t, db, who, i18n.Chinese, kit.Open{Screen: "minutes", ID: meeting})
}

func says(t *testing.T, screen string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(screen, want) {
			t.Errorf("no %q on\n%s", want, screen)
		}
	}
}

func hides(t *testing.T, screen string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(screen, word) {
			t.Errorf("%q stands on\n%s", word, screen)
		}
	}
}
