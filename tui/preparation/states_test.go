package preparation_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// The head of the grade sees the preparation and may propose; what only those who
// prepare do is on no key of theirs, in no footer and no help.
func TestMembers(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Head, "")
		s.Shows("[1 议题 2]", "n 提议题")
		s.Lacks("批准", "退回", "发通知", "催回执", "改会议")
		s.Keys("i").Shows("这里没有这个键")
		s.Keys("2")
		s.Lacks("调序", "去掉")
		s.Keys("}").Shows("这里没有这个键")
		s.Keys("3")
		s.Lacks("记回执", "x 参加")
		s.Keys("1", "n", "春季运动会", "ctrl+s")
		s.Shows("已提出, 等答复", "春季运动会")
		if x := r.view().Topics[2]; x.Title != "春季运动会" || x.ProposerName != "郭岩" {
			r.Errorf("%+v", x)
		}
		s.Keys("?")
		s.Lacks("批准", "把这项上移")
	})
}

// Who may know only the day of a meeting is told so, and sees nothing of it; an
// inspector sees the agenda without names.
func TestLess(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		r.at(tuitest.Desk, "").Shows("这个会议你看不到了")
		m := r.view().Meeting
		_, err := r.luo().TellMeeting(r.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校"})
		r.must(err)
		s := r.at(tuitest.Desk, "")
		s.Shows("你能知道什么时候开会", "12-04 周五")
		s.Lacks("会前问卷", "罗静", "开场")
		s = r.at(tuitest.Inspector, "")
		s.Shows("[1 议程 3]", "开场")
		s.Lacks("罗静", "冉小满", "请您到校", "寒假作业")
	})
}

// A topic is taken back by nobody while another has answered it: the second is
// told who was first.
func TestAnsweredMeanwhile(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "topics").Keys("i")
		x := r.view().Topics[0]
		x.State, x.Reason = data.TopicRejected, "上次谈过"
		_, err := r.db.As(tuitest.Pu).AnswerTopic(r.Context(), x, 0)
		r.must(err)
		s.Keys("enter")
		s.Shows("没做成", "蒲岚", "没采用")
		if got := r.agenda(); got != "开场 班级情况 家长提问" {
			r.Error(got)
		}
	})
}

// Cancelled, begun, or removed while somebody prepares: the page says so, and what
// was written stays.
func TestMeanwhile(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "topics")
		form := r.at(tuitest.Pu, "topics").Keys("n", "值日安排")
		m := r.view().Meeting
		_, err := r.db.As(tuitest.Office).StepMeeting(r.Context(), m.ID, m.Rev, data.MeetingCancelled, "台风停课")
		r.must(err)
		s.Shows("! 封志刚 15:04 取消了会议: 台风停课", "已取消")
		s.Keys("j", "i")
		s.Shows("会议不在准备中了")
		form.Keys("ctrl+s")
		form.Shows("值日安排")
		form.Wait(2 * time.Second)
		if d, err := r.db.As(tuitest.Pu).Draft(r.Context(), "topic", data.Ref{Kind: "meeting", ID: r.id}); err != nil || !strings.Contains(d.Form, "值日安排") {
			r.Errorf("%v %+v", err, d)
		}
	})
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "notice").Keys("e", "亲爱的")
		m := r.view().Meeting
		r.must(r.db.As(tuitest.Office).RemoveMeeting(r.Context(), m.ID, m.Rev, "重复"))
		s.Keys("ctrl+s")
		s.Shows("亲爱的各位家长", "这份你看不到了: 写的留作草稿")
		s.Keys("esc")
		s.Shows("这个会议你看不到了")
		s.Lacks("寒假作业", "会前问卷")
	})
	meeting(t, tuitest.Now, func(r *rig) {
		s := r.at(tuitest.Pu, "checks")
		r.must(r.luo().OpenRoom(r.Context(), r.id))
		s.Shows("* 会正在开: i 进现场", "i 进现场")
		s.Keys("i").Shows("现场 >")
	})
}

// A right that ends while the page is open takes it off the screen; what one was
// writing stays one's own.
func TestRevoked(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Pu, "topics").Keys("n", "午餐")
		admin := r.db.As(tuitest.Admin)
		lines, err := admin.GrantLines(r.Context())
		r.must(err)
		m := r.view().Meeting
		m.Secretary = tuitest.Office
		_, err = r.luo().SaveMeeting(r.Context(), m, data.Ref{})
		r.must(err)
		for _, g := range lines {
			if g.Account == tuitest.Pu {
				r.must(admin.RevokeGrant(r.Context(), g.ID))
			}
		}
		s.Keys("ctrl+s", "tab")
		s.Shows("午餐", "写的留作草稿")
		s.Keys("esc")
		s.Shows("这个会议你看不到了")
		s.Lacks("寒假作业", "会前问卷")
	})
}

// The room is opened from the checks, on its day and after a question that names
// what is missing.
func TestOpenRoom(t *testing.T) {
	meeting(t, friday, func(r *rig) { r.at(tuitest.Luo, "checks").Keys("i").Shows("开会那天才能开") })
	meeting(t, tuitest.Now.Add(2*time.Hour), func(r *rig) {
		s := r.at(tuitest.Luo, "checks").Keys("i")
		s.Shows("现在开「三(2)家长会", "还缺: 还没通知家长")
		s.Keys("enter")
		s.Shows("现场 >")
		if got := r.view().State; got != data.MeetingInSession {
			r.Error(got)
		}
	})
}

// Each check leads to where it is mended.
func TestMend(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "checks").Keys("down", "down", "down", "enter")
		s.Shows("[1 议题 2]")
		s.Keys("5", "enter")
		s.Shows("[1 议题 2]")
		s.Keys("5", "home", "down", "down", "enter")
		s.Shows("[3 人员 12]")
	})
}

// Row 22 says who else has the meeting open, and where.
func TestOthers(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		house := tuitest.Together(r.db)
		open := kit.Open{Screen: "preparation", ID: r.id, Text: "agenda"}
		luo := house.Start(r.T, tuitest.Luo, i18n.Chinese, open)
		pu := house.Start(r.T, tuitest.Pu, i18n.Chinese, open)
		luo.Wait(time.Second).Shows("蒲岚 (议程) 现在也在看")
		pu.Keys("e")
		luo.Wait(time.Second).Shows("蒲岚 正在改")
		pu.Keys("esc", "3", "-")
		luo.Wait(time.Second).Shows("蒲岚 (人员) 正在改")
	})
}

// Path 7: the next waiting topic of the second meeting listed is approved in six
// keys.
func TestPathSeven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		r := &rig{t, db, 0}
		for n, days := range []int{0, 7} {
			m, err := r.luo().SaveMeeting(t.Context(), data.Meeting{Class: tuitest.Three, Title: "家长会", Starts: friday.AddDate(0, 0, days), Ends: friday.AddDate(0, 0, days).Add(time.Hour),
				Chair: tuitest.Luo, Secretary: tuitest.Pu}, data.Ref{})
			r.must(err)
			if n == 1 {
				_, err = db.As(tuitest.Pu).ProposeTopic(t.Context(), m.ID, "值日", data.Ref{})
				r.must(err)
				r.id = m.ID
			}
		}
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese).Keys("g", "m", "j", "enter", "i", "enter")
		s.Shows("已列入议程: 值日, 10 分钟")
		if got := r.agenda(); got != "值日" {
			t.Error(got)
		}
	})
}

// A point is written in a form of its own, new and changed, and its draft comes
// back.
func TestItemForm(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "agenda").Keys("n", "教学开放日", "tab", "ctrl+u", "300", "ctrl+s")
		s.Shows("还有 1 处")
		s.Keys("ctrl+u", "15", "tab", "蒲岚", "ctrl+s")
		s.Shows("已存: 教学开放日", "17:30  教学开放日")
		s.Keys("G", "e", "ctrl+u", "开放日").Wait(2 * time.Second).Cut()
		s = tuitest.StartOn(r.T, r.db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "welcome"})
		s.Shows("议程项 >")
		s.Keys("enter")
		s.Shows("已恢复草稿", "[开放日")
		s.Keys("ctrl+s")
		if got := r.agenda(); got != "开场 班级情况 家长提问 开放日" {
			r.Error(got)
		}
	})
}

// The sign-in sheet goes into the tray, and row 22 says how to get it.
func TestPrint(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "").Keys("p")
		s.Shows("签到表: 表格 (.xlsx)", "议程和签到表", "日历文件")
		s.Keys("enter").Shows("托盘: ssh", ".xlsx > ")
	})
}
