package family_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// The card tells to which meetings the family was asked, and who of it came; what
// is marked in the room stands there at once, and enter opens the meeting.
func TestMeetings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		desk := db.As(tuitest.Luo)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		says := func(s *tuitest.Session, wants ...string) {
			t.Helper()
			for _, want := range wants {
				if got := s.Screen(); !strings.Contains(got, want) {
					t.Errorf("no %s on\n%s", want, got)
				}
			}
		}
		call := func(title string, at time.Time) data.MeetingView {
			m, err := desk.SaveMeeting(t.Context(), data.Meeting{Class: tuitest.Three, Title: title, Place: "教室", Starts: at, Ends: at.Add(time.Hour), Chair: tuitest.Luo, Secretary: tuitest.Pu,
				Agenda: []data.AgendaItem{{Title: "情况", Minutes: 20}}}, data.Ref{})
			must(err)
			_, err = desk.TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请来", Why: "临时"})
			must(err)
			v, err := desk.Meeting(t.Context(), m.ID)
			must(err)
			return v
		}
		of := func(v data.MeetingView, student int64) data.Invitee {
			return v.Invitees[slices.IndexFunc(v.Invitees, func(i data.Invitee) bool { return i.Students[0].ID == student })]
		}
		zhang := kit.Open{Screen: "family", ID: tuitest.Zhang}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, zhang)
		now, next := call("期中家长会", tuitest.Clock()), call("期末家长会", tuitest.Clock().AddDate(0, 0, 14))
		must(desk.OpenRoom(t.Context(), now.ID))
		i := of(now, tuitest.Zhang)
		must(desk.MarkAttendance(t.Context(), now.ID, []data.AttendanceMark{{Invitee: i.ID, Attendance: data.Present, Came: &data.Came{Person: i.Guardians[0].Person}}}))
		must(desk.SaveReplies(t.Context(), next.ID, []data.ReplyMark{{Invitee: of(next, tuitest.Zhang).ID, Reply: data.WillCome}}, data.Ref{}))
		says(s, "--- 5 家长会 ---", "11-25 周三  15:04  期中家长会", "到 (祖母)", "12-09 周三  15:04  期末家长会", "参加")
		must(desk.CloseRoom(t.Context(), now.ID))
		s.Keys("5").Goldens("meetings")
		says(s.Keys("enter"), "期末家长会")
		says(s.Keys("esc", "down", "enter"), "会议 > 期中家长会 > 纪要")
		says(s.Keys("esc", "h"), "来访", "期中家长会") // the contact that the attendance made
		out := call("家委会", tuitest.Clock().AddDate(0, 0, 7))
		must(desk.SaveReplies(t.Context(), out.ID, []data.ReplyMark{{Invitee: of(out, tuitest.Zhang).ID, Reply: data.WillNot, Why: "在外省打工赶不回来"}}, data.Ref{}))
		must(desk.OpenRoom(t.Context(), out.ID))
		must(desk.MarkAttendance(t.Context(), out.ID, []data.AttendanceMark{{Invitee: of(out, tuitest.Zhang).ID, Attendance: data.Excused}}))
		tall := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, zhang).Resize(80, 27)
		says(tall, "期末家长会                        参加 ", "家委会                            请假 (在外省打工赶不回来)", "期中家长会                        到 (祖母)")
		says(tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Ran}), "没来")
		if got := tuitest.StartOn(t, db, tuitest.Desk, i18n.Chinese, zhang).Screen(); strings.Contains(got, "家长会") {
			t.Error("the front desk reads of meetings", got)
		}
	})
}
