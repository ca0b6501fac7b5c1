package minutes_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// The way to the end: a family that was not there is called from its row, the
// record says what it was about and ticks the row; opinions are reported; what
// the closing still waits for is named until nothing is missing.
func TestAfterTheMeeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Luo, id).Keys("4")
		s.Shows("没来的家庭 (2 家, 还没转告 2)", "冉小满", "母 冉秀英", "100 0000 0107", "章薇", "- 没转告", "还等: 纪要没发布、意见没上报、缺席家庭没转告")
		s.Keys("i").Shows("还等: 纪要没发布、意见没上报、缺席家庭没转告")

		call := s.Keys("c").Screen()
		says(t, call, "记联系 > 冉小满", "转告「三(2)期中家长会」:", "(o) 已谈", "[x]通知", "100 0000 0107")
		s.Keys("esc").Shows("还没转告 2") // nothing was typed: no draft stays
		if d, err := db.As(tuitest.Luo).Drafts(t.Context()); err != nil || len(d) != 0 {
			t.Error(d, err)
		}
		s.Keys("c", "母亲说周三补课也来", "ctrl+s").Shows("没来的家庭 (2 家, 还没转告 1)", "✓ 11-25 罗静 转告", "已存 15:04")
		line, err := db.As(tuitest.Luo).Timeline(t.Context(), data.TimelineQuery{Student: tuitest.Ran})
		must(t, err)
		if c := line.Contacts[0]; c.Summary != "转告「三(2)期中家长会」: 母亲说周三补课也来" || c.Channel != data.PhoneCall || c.Topics[0] != "notice" {
			t.Errorf("%+v", c)
		}
		if got := s.Screen(); !strings.Contains(got, "|> 章薇") { // the next who is still to be told is chosen
			t.Error(got)
		}
		s.Keys("enter", "ctrl+g")
		s.Shows("没接通已记")
		s.Keys("esc")
		if got := s.Screen(); !strings.Contains(got, "|> 章薇") || !strings.Contains(got, "还没转告 1") { // a call that was not answered tells nobody
			t.Error(got)
		}
		card := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		card.Shows("没接通: 转告「三(2)期中家长会」")
		s.Keys("enter", "ctrl+s")
		s.Shows("还没转告 0", "还等: 纪要没发布、意见没上报")

		s.Keys("x").Shows("意见: 已收集", "> [已收集] >")
		s.Keys("u").Shows("意见: 改回 还没收集", "[还没收集]")
		s.Keys("x", "x").Shows("意见: 已上报")
		s.Keys("x").Shows("意见已经上报了")
		issued(t, db, id)
		s.Shows("✓ 都齐了: i 办结")
		s.Keys("i").Shows("办结会议?")
		s.Keys("enter").Shows("已办结: 2026-家-01", "✓ 已办结")
		s.Keys("i").Shows("会议已办结")
		if v, err := db.As(tuitest.Luo).Meeting(t.Context(), id); err != nil || v.State != data.MeetingClosed {
			t.Error(v.State, err)
		}
		s.Goldens("closed")
		s.Keys("u").Shows("办结不能撤销")
	})
}

// Whoever else tells a family ticks the row on this screen; who only reads has no
// key for what is not theirs.
func TestTicksByOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Head, id).Keys("4")
		s.Shows("还没转告 2")
		s.Lacks("x 意见", "i 办结")
		_, err := db.As(tuitest.Luo).SaveContact(t.Context(), data.Contact{Students: []int64{tuitest.Ran}, At: tuitest.Clock(), Channel: data.PhoneCall, Summary: "说了"}, data.Ref{})
		must(t, err)
		s.Shows("还没转告 1", "罗静 转告")
	})
}
