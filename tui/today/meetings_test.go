package today_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// meeting calls a meeting of 3.2 in so many minutes.
func meeting(t *testing.T, db *store.DB, in time.Duration, title string) data.Meeting {
	t.Helper()
	m, err := db.As(tuitest.Office).SaveMeeting(t.Context(), data.Meeting{Kind: data.ClassMeeting, Class: tuitest.Three, Title: title, Place: "三(2)教室",
		Starts: tuitest.Now.Add(in), Ends: tuitest.Now.Add(in + time.Hour), Chair: tuitest.Luo, Secretary: tuitest.Pu,
		Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10}}}, data.Ref{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What meets today stands in a section of its own, and opens what there is to do
// with it; the room that people sit in comes before all else, and is chosen: after a
// cut line enter leads back into it.
func TestMeetings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		meeting(t, db, 3*time.Hour, "家委会碰头")
		meeting(t, db, 48*time.Hour, "后天的会")
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Screen(); !strings.Contains(got, "2 今天的会 (1)") || !strings.Contains(got, "18:04-19:04  三(2)家长会") || strings.Contains(got, "后天的会") || !strings.Contains(got, ">") {
			t.Error(got)
		}
		if got := s.Keys("2", "enter").Screen(); !strings.Contains(got, "家委会碰头") || strings.Contains(got, "今日") {
			t.Error(got)
		}
		now := meeting(t, db, 10*time.Minute, "期中家长会")
		s.Keys("esc", "2")
		if got := s.Screen(); !strings.Contains(got, "2 今天的会 (2)") {
			t.Error(got)
		}
		if err := db.As(tuitest.Luo).OpenRoom(t.Context(), now.ID); err != nil {
			t.Fatal(err)
		}
		s = tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Goldens("meetings")
		if got := s.Screen(); !strings.Contains(got, "待办 4 ") || !strings.Contains(got, "1 要我做的 (4)") { // one count
			t.Error(got)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "现场 > 三(2)家长会") || !strings.Contains(got, "已开 00:0") {
			t.Error(got)
		}
		if got := tuitest.Start(t, db, tuitest.Duan, i18n.Chinese).Screen(); strings.Contains(got, "会 (") || strings.Contains(got, "正在开") {
			t.Error("another class's meeting:", got)
		}
	})
}

// A draft's row says what was typed first, of a form with fields of any kind; the
// long title of what it is about takes no room from the other rows.
func TestDraftOfMeeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		m := meeting(t, db, 48*time.Hour, "期末前最后一次全体家长会暨家长学校第二讲")
		if _, err := db.As(tuitest.Luo).TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请来", Why: "临时"}); err != nil {
			t.Fatal(err)
		}
		tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "replies", ID: m.ID}).Keys("3 请假, 其余参加").Wait(2 * time.Second).Cut()
		got := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese).Keys("esc").Resize(80, 24).Screen()
		for _, want := range []string{"未保存 15:04: 3 请假", "春节前父亲回家时安排家访, 先问日期 11-27 周五"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %q on\n%s", want, got)
			}
		}
	})
}
