package preparation_test

import (
	"testing"

	"qiao/data"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// A topic that waits is what one begins on; two keys approve it, and u takes it
// off the agenda again.
func TestApprove(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "")
		s.Shows("> ?  寒假作业怎么布置")
		s.Keys("i")
		s.Shows("给几分钟 [10", "列入后议程 70 / 90 分钟")
		s.Keys("enter")
		s.Shows("已列入议程: 寒假作业怎么布置, 10 分钟  u 撤销", "✓  寒假作业怎么布置")
		if got := r.agenda(); got != "开场 班级情况 家长提问 寒假作业怎么布置" {
			r.Error(got)
		}
		s.Keys("u")
		if got := r.agenda(); got != "开场 班级情况 家长提问" {
			r.Error(got)
		}
		s.Keys("i", "ctrl+u", "40")
		s.Shows("! 列入后超 10 分钟")
		s.Keys("ctrl+u", "0", "enter")
		s.Shows("1 到 240 的数")
		s.Keys("esc")
		if got := r.view().Topics[0].State; got != data.TopicProposed {
			r.Error(got)
		}
	})
}

// A topic is given back only with a reason, which who proposed it reads.
func TestGiveBack(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "topics").Keys("j", "d", "enter")
		s.Shows("写一句原因")
		s.Keys("归学校统一安排", "enter")
		s.Shows("已退回: 校门口接送")
		if x := r.view().Topics[1]; x.State != data.TopicRejected || x.Reason != "归学校统一安排" {
			r.Errorf("%+v", x)
		}
		r.at(tuitest.Pu, "topics").Resize(120, 36).Shows("没采用")
	})
}

// Two people order the agenda: each move stands at once, the last one holds, and
// row 22 says whose it was.
func TestTwoOrder(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		luo, pu := r.at(tuitest.Luo, "agenda"), r.at(tuitest.Pu, "agenda")
		luo.Keys("}", "}")
		luo.Shows("已调序: 开场  u 撤销")
		if got := r.agenda(); got != "班级情况 家长提问 开场" {
			r.Error(got)
		}
		pu.Shows("罗静 15:04 调了议程: 开场", "~17:20  开场")
		pu.Keys("G", "{")
		luo.Shows("蒲岚 15:04 调了议程: 开场")
		if got := r.agenda(); got != "班级情况 开场 家长提问" {
			r.Error(got)
		}
		luo.Keys("u") // what one did oneself: behind nothing
		if got := r.agenda(); got != "班级情况 开场 家长提问" {
			r.Error(got)
		}
	})
}

// Minutes are given five at a time, as fast as one presses; too many are said.
func TestMinutes(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "agenda").Keys("+++++++")
		s.Shows("开场: 45 分钟", "17:15  班级情况", "2 议程 3", "! 议程超过会议时间 (2)")
		if got := r.view().Agenda[0].Minutes; got != 45 {
			r.Error(got)
		}
		s.Keys("---------")
		if got := r.view().Agenda[0].Minutes; got != 1 {
			r.Error(got)
		}
		s.Keys("-")
		s.Shows("最少 1 分钟")
	})
}

// A point is taken off after a question, and comes back where it stood; of one that
// was a topic the topic waits meanwhile.
func TestTakeOff(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "topics").Keys("i", "enter", "2", "G", "{", "{")
		if got := r.agenda(); got != "开场 寒假作业怎么布置 班级情况 家长提问" {
			r.Fatal(got)
		}
		s.Keys("d")
		s.Shows("从议程里去掉这一项", "重新待批")
		s.Keys("enter")
		if v := r.view(); r.agenda() != "开场 班级情况 家长提问" || v.Topics[0].State != data.TopicProposed {
			r.Error(r.agenda(), v.Topics)
		}
		s.Keys("u")
		if v := r.view(); r.agenda() != "开场 寒假作业怎么布置 班级情况 家长提问" || v.Topics[0].State != data.TopicApproved {
			r.Error(r.agenda(), v.Topics)
		}
	})
}

// Two change one point at once: what each changed is kept, and row 22 says whose
// it was.
func TestItemMerged(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "agenda").Keys("e", "ctrl+u", "开场白")
		i := r.view().Agenda[0]
		i.Minutes = 15
		_, err := r.db.As(tuitest.Pu).SaveAgendaItem(r.Context(), i)
		r.must(err)
		s.Keys("ctrl+s")
		s.Shows("已存: 开场白")
		if i := r.view().Agenda[0]; i.Title != "开场白" || i.Minutes != 15 {
			r.Errorf("%+v", i)
		}
	})
}

// The mouse goes to tabs and rows; a click on the chosen row opens it.
func TestMouse(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "topics")
		s.Send(tea.MouseClickMsg{X: 16, Y: 2, Button: tea.MouseLeft})
		s.Shows("[2 议程 3]")
		s.Send(tea.MouseClickMsg{X: 10, Y: 5, Button: tea.MouseLeft})
		s.Shows("> 16:40  班级情况")
		s.Send(tea.MouseClickMsg{X: 10, Y: 5, Button: tea.MouseLeft})
		s.Shows("会议 > 议程项", "[班级情况")
	})
}

// Families were told, then the meeting moves: every tab says that they know of
// another one, until they are told anew.
func TestMovedAfterTelling(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "").Keys("m", "ctrl+s")
		m := r.view().Meeting
		m.Starts, m.Ends = m.Starts.AddDate(0, 0, 3), m.Ends.AddDate(0, 0, 3)
		_, err := r.db.As(tuitest.Office).SaveMeeting(r.Context(), m, data.Ref{})
		r.must(err)
		s.Shows("封志刚 15:04 改了会议: 12-07 周一 16:30")
		s.Keys("down").Shows("! 通知以后改过: 通知里没有「12-07」。4 再 n 重新排, m 再发")
		s.Keys("4", "n", "ctrl+s", "m", "ctrl+s", "down")
		s.Lacks("通知里没有")
	})
}
