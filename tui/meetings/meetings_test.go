package meetings_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// at is a time of day on a day of the school's year.
func at(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, data.China)
}

// call stores a meeting as the moral office does.
func call(t *testing.T, db *store.DB, m data.Meeting) data.Meeting {
	t.Helper()
	if m.Ends.IsZero() {
		m.Ends = m.Starts.Add(90 * time.Minute)
	}
	m, err := db.As(tuitest.Office).SaveMeeting(t.Context(), m, data.Ref{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var points = []data.AgendaItem{{Title: "开场", Minutes: 10}, {Title: "班级情况", Minutes: 40}, {Title: "家长提问", Minutes: 30}}

// three is a meeting of 3.2, five one of 5.1.
func three(starts time.Time, title, place string) data.Meeting {
	return data.Meeting{Class: tuitest.Three, Kind: data.ClassMeeting, Title: title, Starts: starts, Place: place, Chair: tuitest.Luo, Secretary: tuitest.Pu, Agenda: points}
}

func five(starts time.Time, title, place string) data.Meeting {
	m := three(starts, title, place)
	m.Class, m.Chair, m.Secretary = tuitest.Five, tuitest.Duan, tuitest.Ning
	return m
}

// school is the small school with meetings of each state.
func school(t *testing.T) *store.DB {
	t.Helper()
	db := tuitest.School(t)
	office, ctx := db.As(tuitest.Office), t.Context()
	tell := func(m data.Meeting) data.Meeting {
		t.Helper()
		m, err := office.TellMeeting(ctx, m.ID, m.Rev, data.Telling{Zh: "请您到校", En: "Please come", Why: "临时"})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	hold := func(m data.Meeting) {
		t.Helper()
		m = tell(m)
		err := office.OpenRoom(ctx, m.ID)
		v, e := office.Meeting(ctx, m.ID)
		if err = errors.Join(err, e); err == nil {
			err = errors.Join(office.MarkAttendance(ctx, m.ID, []data.AttendanceMark{{Invitee: v.Invitees[0].ID, Attendance: data.Present}}), office.CloseRoom(ctx, m.ID))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	hold(call(t, db, three(at(10, 23, 16, 30), "三(2)期中家长会", "三(2)教室")))
	off := tell(call(t, db, five(at(11, 6, 16, 30), "五(1)期中家长会", "礼堂")))
	if _, err := office.StepMeeting(ctx, off.ID, off.Rev, data.MeetingCancelled, "台风停课"); err != nil {
		t.Fatal(err)
	}
	tell(call(t, db, three(at(11, 25, 16, 30), "三(2)家委会碰头", "会议室二")))
	call(t, db, three(at(12, 4, 16, 30), "三(2)家长会 (会前问卷)", "礼堂"))
	tell(call(t, db, five(at(12, 4, 17, 0), "五(1)家长会", "礼堂")))
	online := five(at(12, 18, 19, 0), "五(1)假期线上家长会", "线上")
	online.Kind, online.Agenda = data.OnlineMeeting, nil
	call(t, db, online)
	return db
}

// list opens the list for somebody.
func list(t *testing.T, db *store.DB, who int64) *tuitest.Session {
	t.Helper()
	return tuitest.StartOn(t, db, who, i18n.Chinese, kit.Open{Screen: "meetings"})
}

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := list(t, school(t), tuitest.Luo)
		s.Goldens("coming")
		s.Keys("down").Goldens("clash")
		s.Keys("2").Goldens("past")
		s.Keys("v").Goldens("month")
	})
}

// A theme that does not name its class has the class before it.
func TestTheClassIsNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		call(t, db, five(at(12, 11, 16, 30), "期末前家长会", "礼堂"))
		if got := list(t, db, tuitest.Principal).Screen(); !strings.Contains(got, "五(1) 期末前家长会") || strings.Contains(got, "五(1) 五(1)") {
			t.Error(got)
		}
	})
}

// Each role sees as much of the meetings as the store gives it.
func TestSights(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		for who, name := range map[int64]string{tuitest.Principal: "principal", tuitest.Inspector: "inspector", tuitest.Desk: "desk"} {
			list(t, db, who).Goldens(name)
		}
	})
}

// Where there is nothing a sentence says why, and which key changes it.
func TestEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := list(t, db, tuitest.Luo)
		s.Goldens("empty")
		if got := s.Keys("f").Screen(); !strings.Contains(got, "没有「我参加的」的会") {
			t.Error(got)
		}
		if got := s.Keys("esc", "2").Screen(); !strings.Contains(got, "还没有开过的会: 1 看将开的") {
			t.Error(got)
		}
		if got := list(t, db, tuitest.Pu).Screen(); strings.Contains(got, "n 新建") {
			t.Error("who may call no meeting is told to", got)
		}
	})
}

// The meetings that are shown go into the tray as a calendar file, those of the
// month too.
func TestPrint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo)
		if got := s.Keys("p", "enter").Screen(); !strings.Contains(got, "托盘: ssh") || !strings.Contains(got, ".ics > ") {
			t.Fatal(got)
		}
		if got := s.Keys("v", "p", "2").Screen(); !strings.Contains(got, ".csv > ") {
			t.Fatal(got)
		}
		files, err := db.As(tuitest.Luo).Tray(t.Context())
		if err != nil || len(files) != 2 {
			t.Errorf("%+v %v", files, err)
		}
	})
}

// Ten years of meetings are gone through page by page; none is left out, none
// comes twice, and the choice stays where it was.
func TestPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		for i := range 230 {
			call(t, db, three(at(12, 1, 8, 0).AddDate(0, 0, i), fmt.Sprintf("第%d次", i), "教室"))
		}
		s := list(t, db, tuitest.Luo)
		if got := s.Screen(); !strings.Contains(got, "1-11 / 100") || !strings.Contains(got, "将开 230") {
			t.Fatal(got)
		}
		if got := s.Keys("G").Screen(); !strings.Contains(got, "/ 200") || !strings.Contains(got, "第99次") {
			t.Fatal(got)
		}
		if got := s.Keys("G", "G", "G").Screen(); !strings.Contains(got, "/ 230") || !strings.Contains(got, "第229次") {
			t.Fatal(got)
		}
		call(t, db, three(at(11, 30, 8, 0), "之前的", "教室"))
		if got := s.Screen(); !strings.Contains(got, "将开 231") || !strings.Contains(got, "第229次") {
			t.Error(got)
		}
	})
}

// One of which the families know is cancelled with its reason; one that nobody was
// told of is taken away; what is over, or another's, is left alone, and it is said
// why.
func TestAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo)
		if got := s.Keys("d", "enter").Screen(); !strings.Contains(got, "先写原因") {
			t.Fatal(got)
		}
		s.Keys("暴雨").Goldens("cancel")
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "已取消  u 撤销  y 复制取消通知, 发给 12 户家庭") || strings.Contains(got, "家委会碰头") || !strings.Contains(got, "将开 1") {
			t.Fatal(got)
		}
		if got := s.Keys("y").Screen(); !strings.Contains(got, "原定 11-25 周三 16:30 的「三(2)家委会碰头」取消，原因") {
			t.Fatal(got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "又照常开: ") || !strings.Contains(got, "将开 2") {
			t.Fatal(got)
		}
		if v, err := db.As(tuitest.Luo).Meeting(t.Context(), 3); err != nil || v.State != data.MeetingNotified || v.CancelWhy != "" {
			t.Fatalf("%+v %v", v.Meeting, err)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "10 分钟内没有取消过会议") {
			t.Fatal(got)
		}
		s.Keys("g", "g", "d", "暴雨", "enter")
		v, err := db.As(tuitest.Luo).Meeting(t.Context(), 3)
		if err != nil || v.State != data.MeetingCancelled || v.CancelWhy != "暴雨" {
			t.Fatalf("%+v %v", v.Meeting, err)
		}
		if got := s.Keys("d").Screen(); !strings.Contains(got, "还没通知过家长") {
			t.Fatal(got)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "没有将开的会") || !strings.Contains(got, "已去掉") {
			t.Fatal(got)
		}
		if _, err := db.As(tuitest.Luo).Meeting(t.Context(), 4); !errors.Is(err, data.ErrNotFound) {
			t.Error(err)
		}
		if got := s.Keys("2", "d").Screen(); !strings.Contains(got, "已经取消了") {
			t.Error(got)
		}
		if got := s.Keys("down", "e").Screen(); !strings.Contains(got, "已经开过了") {
			t.Error(got)
		}
		if got := list(t, db, tuitest.Head).Keys("3", "end", "d").Screen(); !strings.Contains(got, "班主任或德育处才能做") {
			t.Error(got)
		}
	})
}

// Who was second with a meeting is told who was first, and sees it as it is now.
func TestAwayTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo).Keys("d", "暴雨")
		v, err := db.As(tuitest.Office).Meeting(t.Context(), 3)
		if err != nil {
			t.Fatal(err)
		}
		v.Meeting.Place = "阶梯教室"
		if _, err := db.As(tuitest.Office).SaveMeeting(t.Context(), v.Meeting, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "没做成: 封志刚 15:04 改过了") || !strings.Contains(got, "阶梯教室") {
			t.Error(got)
		}
	})
}

// Enter pressed before the list was read opens what it chooses then.
func TestFastHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, school(t), tuitest.Luo, i18n.Chinese)
		s.Send(tea.KeyPressMsg{Code: 'g', Text: "g"}, tea.KeyPressMsg{Code: 'm', Text: "m"}, tea.KeyPressMsg{Code: tea.KeyEnter})
		if got := s.Screen(); !strings.Contains(got, "三(2)家委会碰头") || strings.Contains(got, "将开 2") {
			t.Error(got)
		}
	})
}

// f shows mine, then kind by kind; esc shows all again.
func TestFilter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := list(t, school(t), tuitest.Principal)
		for _, c := range []struct{ key, shows, has, not string }{
			{"f", "看: 我参加的", "没有「我参加的」的会", "家委会"}, {"f", "看: 家长会", "家委会", "线上家长会"}, {"f", "看: 新生家长会", "没有「新生家长会」的会", "家委会"},
			{"f", "看: 毕业班家长会", "没有「毕业班家长会」的会", "家委会"}, {"f", "看: 线上家长会", "假期线上家长会", "家委会"}, {"esc", "看: 全部", "家委会", "没有「"},
		} {
			if got := s.Keys(c.key).Screen(); !strings.Contains(got, c.shows) || !strings.Contains(got, c.has) || strings.Contains(got, c.not) {
				t.Errorf("%s\n%s", c.shows, got)
			}
		}
	})
}

// The arrows move the day, < and > the month; enter opens what meets on it, [ and ]
// choose among several, n calls one on that day; a click chooses, a second opens;
// and it is live.
func TestMonth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Principal).Keys("v")
		if got := s.Screen(); !strings.Contains(got, "2026 年 11 月  2 个会") || !strings.Contains(got, ">25 *") || !strings.Contains(got, "三(2)家委会碰头") {
			t.Fatal(got)
		}
		s.Keys(">").Goldens("december")
		if got := s.Keys("up", "up", "up", "right", "right").Screen(); !strings.Contains(got, "> 6") {
			t.Error(got)
		}
		if got := s.Keys("left", "left").Screen(); !strings.Contains(got, "> 4") || !strings.Contains(got, "2 个会") || !strings.Contains(got, "|> ! 16:30-18:00  三(2)家长会") {
			t.Fatal(got)
		}
		if got := s.Keys("]").Screen(); !strings.Contains(got, "|> ! 17:00-18:30  五(1)家长会") {
			t.Error(got)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "五(1)家长会") || strings.Contains(got, "2026 年 12 月") {
			t.Error("it opens nothing", got)
		}
		call(t, db, three(at(12, 1, 8, 0), "早上的会", "教室"))
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "4 个会") {
			t.Error("it is not live", got)
		}
		s.Send(click(1+3*11, 2+1+1)) // 周四 of the first week
		if got := s.Screen(); !strings.Contains(got, "> 3") || !strings.Contains(got, "n 在这天新建") {
			t.Error(got)
		}
		if got := s.Keys("n", "enter").Screen(); !strings.Contains(got, "[12-03__") {
			t.Error(got)
		}
		s.Keys("esc")
		s.Send(click(1+1*11, 2+1+1))
		s.Send(click(1+1*11, 2+1+1))
		if got := s.Screen(); !strings.Contains(got, "早上的会") || strings.Contains(got, "2026 年 12 月") {
			t.Error("a second click opens nothing", got)
		}
		if got := s.Keys("esc", "v").Screen(); !strings.Contains(got, "将开 5") {
			t.Error(got)
		}
	})
}

func click(x, y int) tea.Msg { return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft} }

// A right that is taken away while the list is open takes what it showed with it.
func TestRevoked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo)
		if got := s.Screen(); !strings.Contains(got, "会议室二") {
			t.Fatal(got)
		}
		me, err := db.As(tuitest.Luo).Me(t.Context())
		if err == nil {
			err = db.Console("root").RevokeGrant(t.Context(), me.Grants[0].ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Keys("f5").Screen(); strings.Contains(got, "家委会碰头") || strings.Contains(got, "会议室二") || !strings.Contains(got, "将开 0") {
			t.Error(got)
		}
	})
}
