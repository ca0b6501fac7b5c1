package preparation_test

import (
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// answers is who answered what, in short.
func (r *rig) answers() string {
	var out []string
	for _, i := range r.view().Invitees {
		if i.Reply != data.NoReply {
			out = append(out, i.Students[0].Name+" "+string(i.Reply)+i.ReplyWhy)
		}
	}
	return strings.Join(out, ", ")
}

// Replies are ticked one by one or for the marked, and taken back.
func TestTick(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people").Keys("x", "-", "出差", "enter", "+")
		s.Shows("白若溪: 已读  u 撤销", ">    17     章薇", "✓ 参加", ". 请假")
		if got := r.answers(); got != "冉小满 coming, 田沐阳 excused出差, 白若溪 read" {
			r.Error(got)
		}
		s.Keys("u")
		if got := r.answers(); got != "冉小满 coming, 田沐阳 excused出差" {
			r.Error(got)
		}
		s.Keys("f", "a", "x")
		s.Shows("10 家: 参加  u 撤销") // who does not come has answered
		if got := r.answers(); strings.Count(got, "coming") != 11 {
			r.Error(got)
		}
		s.Shows("已读 12  参加 11  请假 1  没回 0")
		s.Keys("f", "f", "d", "enter") // who is excused
		if got := r.answers(); strings.Contains(got, "田沐阳") {
			r.Error(got)
		}
	})
}

// A filter does not take the row away under the hand that has just ticked it.
func TestTickedRowStays(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people").Keys("f", "x")
		s.Shows("冉小满", "筛选", "✓ 参加")
	})
}

// A piece of chat is read: whom it names stands there before it is saved, what is
// not clear too; u takes all of it back.
func TestTypedReplies(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people").Keys("n")
		s.Send(tea.PasteMsg{Content: "小满妈妈: 收到, 准时参加\n田沐阳 请假, 爷爷住院\n17 19 21\n大家辛苦了\n赵小四 参加"})
		s.Shows("认出 5 家 / 共 12 家", "没认清 2 处", "? 大家辛苦了", "本班没有", "17    章薇                 ✓ 参加", ". 请假      爷爷住院")
		s.Goldens("replies")
		s.Keys("ctrl+s")
		s.Shows("已记 5 家回执, 没认清的 2 处没记  u 撤销", ">    07     冉小满") // not marked as another's
		if got := r.answers(); got != "冉小满 coming, 田沐阳 excused爷爷住院, 章薇 coming, 苗一凡 coming, 龙思齐 coming" {
			r.Error(got)
		}
		if d, err := r.luo().Drafts(r.Context()); err != nil || len(d) > 0 {
			r.Errorf("%v %+v", err, d)
		}
		s.Keys("u")
		if got := r.answers(); got != "" {
			r.Error(got)
		}
	})
}

// What nobody is known by is not saved; what was typed comes back after a cut line.
func TestRepliesDraft(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people").Keys("n", "张三", "ctrl+s")
		s.Shows("还有 1 处")
		s.Keys("ctrl+u", "17 19").Wait(2 * time.Second).Cut()
		s = tuitest.StartOn(r.T, r.db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "today"})
		s.Shows("记回执")
		s = tuitest.StartOn(r.T, r.db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "replies", ID: r.id})
		s.Shows("已恢复草稿", "17 19", "认出 2 家")
		s.Keys("ctrl+s")
		if got := r.answers(); got != "章薇 coming, 苗一凡 coming" {
			r.Error(got)
		}
	})
}

// Who has not answered is named in the word that goes to the parents' group.
func TestRemind(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people").Keys("r")
		s.Shows("还没通知家长: m 发通知")
		m := r.view().Meeting
		_, err := r.luo().TellMeeting(r.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校"})
		r.must(err)
		s.Keys("a", "x")
		s.Shows("12 家: 参加")
		s.Keys("r")
		s.Shows("各家都回了")
		s.Keys("home", "-", "enter", "+", "down", "+", "r")
		s.Shows("催回执", "田沐阳、章薇的家长", "还没有收到您的回复", "已送到剪贴板")
		s.Lacks("冉小满", "白若溪")
		if got := s.Copied(); !strings.Contains(got, "田沐阳、章薇的家长：\n\n您好。") {
			r.Errorf("%q", got)
		}
	})
}

// The class changes after the families were invited: row 22 says so, and i brings
// the list up to date, with names first.
func TestFamiliesChange(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people")
		e, err := r.luo().Family(r.Context(), tuitest.Ran)
		r.must(err)
		e.Guardians = append(e.Guardians, data.Guardian{Relation: data.Father, Name: "冉大成", Order: 3, Phones: []data.Phone{{E164: "+8610000000307"}}})
		_, err = r.luo().SaveFamily(r.Context(), e)
		r.must(err)
		s.Shows("班里的家庭变了: 该加 2 家, 该去 1 家。按 i 更新名单", "已不在本班")
		s.Keys("i")
		s.Shows("要加 2 家: 冉小满 (母 冉秀英)、冉小满 (父 冉大成)", "要去掉 1 家: 冉小满")
		s.Keys("enter")
		s.Shows("名单已更新: 加了 2 家, 去掉 1 家", "3 人员 13")
		if n := len(r.view().Invitees); n != 13 {
			r.Error(n)
		}
	})
}

// A whole class fits below what was typed: two beside each other.
func TestTypedClass(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "people").Keys("n", "1-31")
		s.Shows("认出 12 家", "07    冉小满", "31    曾小单")
		s.Golden("class.zh.80")
	})
}
