package room_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/room"
	"qiao/tui/tuitest"
)

// Two who lead the meeting press at once: one item moves, and who was second is
// told who was first.
func TestTwoChairs(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		pu := h.db.As(tuitest.Pu)
		first := true
		s := h.sit(func(d *room.Deps) {
			open, next, pause := d.Open, d.Next, d.Pause
			faster := func(do func() error) {
				if first {
					first = false
					h.must(do())
				}
			}
			d.Open = func(ctx context.Context, id int64) error {
				faster(func() error { return pu.OpenRoom(ctx, id) })
				return open(ctx, id)
			}
			d.Next = func(ctx context.Context, id, from, to int64) error {
				faster(func() error { return pu.NextItem(ctx, id, from, to) })
				return next(ctx, id, from, to)
			}
			d.Pause = func(ctx context.Context, id, item int64, pause2 bool) error {
				faster(func() error { return pu.NextItem(ctx, id, item, 0) })
				return pause(ctx, id, item, pause2)
			}
		}, tuitest.Clock)
		s.Keys("i").Shows("蒲岚 15:04 已开会", "没有进行中的项")
		first = true
		s.Keys("i").Shows("蒲岚 先按了: 现在是第 1 项", "第 1 项 / 4")
		s.Keys("i").Shows("第 2 项 / 4")
		first = true
		s.Keys("t").Shows("蒲岚 先按了: 现在是第 3 项", "第 3 项 / 4")
		s.Lacks("已停")
	})
}

// The clock of an item stands while it is paused, and goes on; nothing is cut off
// where it takes longer.
func TestPause(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("t").Shows("还没开会: i 开会")
		s.Keys("i").Wait(90 * time.Second)
		s.Shows("已开 00:01:30", "本项 01:30 / 10 [")
		s.Keys("t").Wait(time.Minute)
		s.Shows("已开 00:02:30", "本项 01:30 / 10 已停")
		s.Keys("t").Wait(9 * time.Minute)
		s.Shows("本项 10:30 / 10 到点")
		s.Wait(time.Minute).Shows("本项 11:30 / 10 +1", "11分 进行中 (+1)", "预计 16:06 结束")
	})
}

// Who pressed i once too often goes back within a minute, and the item passed over
// is still to come; later there is no way back, and u says so.
func TestGoingBack(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i").Wait(2 * time.Minute)
		s.Keys("u").Shows("一分钟内退回上一项")
		s.Keys("i").Wait(50 * time.Second)
		s.Keys("u").Wait(time.Second).Shows("第 1 项 / 4", "本项 02:01 / 10")
		if a := h.view(tuitest.Luo).Agenda[1]; !a.Started.IsZero() || a.Spent != 0 {
			h.Errorf("%+v", a)
		}
		s.Keys("i").Shows("第 2 项 / 4")
		s.Wait(61*time.Second).Keys("u").Shows("一分钟内退回上一项", "第 2 项 / 4")
	})
}

// A clock that is set back makes nothing negative.
func TestClockSetBack(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		h.must(h.db.As(tuitest.Luo).OpenRoom(h.Context(), h.id))
		h.must(h.db.As(tuitest.Luo).NextItem(h.Context(), h.id, 0, 0))
		s := h.sit(func(*room.Deps) {}, func() time.Time { return tuitest.Clock().Add(-3 * time.Hour) })
		s.Shows("已开 00:00:00", "本项 00:00 / 10")
		s.Lacks("-00", "00:-")
	})
}

// The last step closes the room: it names what will happen, and leads to the
// minutes. The others see it, and can still put right who was there.
func TestClosing(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		luo, pu := h.enter(tuitest.Luo), h.enter(tuitest.Pu)
		luo.Keys("i", "2", "a", "home", "space", "1", "i", "i", "i")
		luo.Shows("第 4 项 / 4", "i 散会")
		luo.Keys("i").Shows("没签到的 1 家记为没来", "到会的 11 家", "enter 散会  esc 接着开")
		luo.Keys("esc")
		if h.view(tuitest.Luo).State != data.MeetingInSession {
			h.Fatal("esc closed the room")
		}
		luo.Keys("i", "enter")
		luo.Shows("纪要")
		pu.Shows("罗静 刚刚散会了: i 看纪要", "15:04 散会")
		pu.Keys("2", "space")
		pu.Shows("[x] 07 冉小满")
		if got := h.invitee(tuitest.Ran); got.Attendance != data.Present {
			h.Error(got.Attendance)
		}
		pu.Keys("1", "i").Shows("纪要")
	})
}

// Nobody is idle in a room in session, and it is not covered; before it is open it
// is, and a form of it is none the less.
func TestNotCovered(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		pu := h.enter(tuitest.Pu)
		pu.Wait(6 * time.Minute).Shows("按任意键继续")
		luo := h.enter(tuitest.Luo)
		luo.Keys("i").Wait(40 * time.Minute)
		luo.Shows("已开 00:40:00")
		luo.Keys("4", "n").Wait(10 * time.Minute)
		luo.Shows("新决议")
	})
}

// The view for the wall names the item, its clock and what comes next, and nobody:
// no child, no parent, none of the notes.
func TestProjector(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i")
		h.talk()
		h.come()
		s.Keys("2", "v")
		s.Wait(7*time.Second).Shows("开 场", "下一项: 班级情况", strings.Join(strings.Split(mmss(h, s), ""), " "))
		body := strings.SplitN(s.Screen(), "\n", 2)[1]
		for _, word := range []string{"冉小满", "罗静", "蒲岚", "护学", "请假", "签到"} {
			if strings.Contains(body, word) {
				h.Errorf("%s is on the wall:\n%s", word, body)
			}
		}
		s.Keys("i", "i", "i")
		s.Shows("小 结", "这是最后一项")
		s.Keys("esc").Shows("[2 签到")
	})
}

// A meeting that bears its own name has it on the wall once, in both languages.
func TestNameOnTheWall(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		m := h.view(tuitest.Office).Meeting
		m.Title = "三(2)家长会"
		_, err := h.db.As(tuitest.Office).SaveMeeting(h.Context(), m, data.Ref{})
		h.must(err)
		for lang, name := range map[i18n.Lang]string{i18n.Chinese: "三 ( 2 ) 家 长 会", i18n.English: "3 . 2"} {
			s := tuitest.StartOn(h.T, h.db, tuitest.Luo, lang, kit.Open{Screen: "room", ID: h.id})
			s.Keys("3", "v")
			if n := strings.Count(s.Screen(), name); n != 1 || strings.Contains(s.Screen(), "三 ( 2 ) 家 长 会   三") || lang == i18n.English && strings.Contains(s.Screen(), "家 长") {
				h.Errorf("%d times:\n%s", n, s.Screen())
			}
		}
	})
}

// Who may not enter is told whom the room is for; who leads nothing sees why a key
// does nothing.
func TestRights(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		h.must(h.db.As(tuitest.Luo).OpenRoom(h.Context(), h.id))
		h.talk()
		for _, who := range []int64{tuitest.Inspector, tuitest.Desk} {
			s := h.enter(who)
			s.Shows("你进不了这个现场", "班老师")
			s.Lacks("护学", "冉小满", "交警")
			s.Keys("n", "2", "space").Shows("你进不了这个现场")
		}
		h.enter(tuitest.Admin).Shows("这个会你看不到了")
		h.enter(tuitest.Duan).Shows("这个会你看不到了")
		head := h.enter(tuitest.Head)
		head.Keys("i").Lacks("t 计时", "i 下一项")
		head.Keys("2", "space").Shows("签到 0/12")
		head.Lacks("- 请假", "+ 换成视频", "到/不到")
		head.Keys("1").Shows("[受限] 可找 罗静")
		head.Keys("n", "x", "enter").Shows("郭岩   x")
		head.Keys("4", "n").Lacks("新决议", "n 记决议")
		head.Keys("v").Shows("v 回现场")
	})
}

// A meeting that ten people have open is moved, and then taken away: each page says
// so and stays.
func TestMovedAndTakenAway(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		office := h.db.As(tuitest.Office)
		var all []*tuitest.Session
		for n := range 10 {
			all = append(all, h.enter([]int64{tuitest.Luo, tuitest.Pu, tuitest.Head, tuitest.Principal, tuitest.Office}[n%5]))
		}
		m := h.view(tuitest.Office).Meeting
		m.Starts, m.Ends, m.Place = m.Starts.Add(24*time.Hour), m.Ends.Add(24*time.Hour), "阶梯教室"
		m, err := office.SaveMeeting(h.Context(), m, data.Ref{})
		h.must(err)
		for n, s := range all {
			s.Shows("11-26 周四 15:06", "阶梯教室", "1 开场")
			if n%5 != 4 {
				s.Shows("封志刚 刚刚改了时间地点")
			}
		}
		if m, err = office.StepMeeting(h.Context(), h.id, m.Rev, data.MeetingDraft, ""); err == nil {
			err = office.RemoveMeeting(h.Context(), h.id, m.Rev, "重复")
		}
		h.must(err)
		for _, s := range all {
			s.Shows("这个会你看不到了")
			s.Lacks("阶梯教室", "1 开场")
			s.Keys("i", "2", "space").Shows("这个会你看不到了")
		}
	})
}

// A cancelled meeting stays to be read, and says why.
func TestCancelled(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		_, err := h.db.As(tuitest.Office).StepMeeting(h.Context(), h.id, h.view(tuitest.Office).Rev, data.MeetingCancelled, "停课")
		h.must(err)
		s.Shows("封志刚 刚刚取消了会: 停课", "已取消", "1 开场")
		s.Keys("i").Shows("会取消了")
	})
}

// An empty meeting says so, in both languages.
func TestEmpty(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		m, err := h.db.As(tuitest.Office).SaveMeeting(h.Context(), data.Meeting{Class: tuitest.Three, Title: "碰头", Starts: tuitest.Now.Add(48 * time.Hour), Ends: tuitest.Now.Add(49 * time.Hour),
			Chair: tuitest.Luo, Secretary: tuitest.Pu}, data.Ref{})
		h.must(err)
		s := tuitest.StartOn(h.T, h.db, tuitest.Luo, i18n.English, kit.Open{Screen: "room", ID: m.ID})
		s.Shows("There is no agenda", "Once the room is open")
		s.Keys("i").Shows("no item is on", "i close room")
		s.Keys("3").Shows("Nobody asked anything yet")
		s.Keys("4").Shows("Nothing is decided yet")
	})
}

// mmss is the item's clock on row 2.
func mmss(h *hall, s *tuitest.Session) string {
	row := strings.Split(s.Screen(), "\n")[1]
	_, after, ok := strings.Cut(row, "本项 ")
	if !ok {
		h.Fatal(row)
	}
	return after[:5]
}
