package history_test

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

// Who may not read a secret talk asks its writer, who finds it on Today, opens
// it and names them: then they read it.
func TestAskAndName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		luo := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		got := luo.Keys("down", "down", "down", "enter").Screen()
		for _, want := range []string{"[保密] 你看不到", "> 1 请写的人说明", "2 申请查看", "3 看其它往来"} {
			if !strings.Contains(got, want) {
				t.Fatalf("no %s on\n%s", want, got)
			}
		}
		if got := luo.Keys("2", "enter").Screen(); !strings.Contains(got, "必填") {
			t.Error("without a reason", got)
		}
		luo.Keys("要和家长谈").Goldens("asking")
		if got := luo.Keys("enter").Screen(); !strings.Contains(got, "已申请: 在 宁小舟 和校长的今日里") {
			t.Error(got)
		}
		ning := tuitest.Start(t, db, tuitest.Ning, i18n.Chinese)
		if got := ning.Screen(); !strings.Contains(got, "求查看") || !strings.Contains(got, "罗静: 要和家长谈") {
			t.Fatal(got)
		}
		if got := tuitest.Start(t, db, tuitest.Principal, i18n.Chinese).Screen(); !strings.Contains(got, "罗静: 要和家长谈") {
			t.Error("the principal does not hear of it", got)
		}
		if got := ning.Keys("enter", "enter").Screen(); !strings.Contains(got, "想父母的事") || !strings.Contains(got, "w 谁可看") {
			t.Fatal(got)
		}
		ning.Keys("w").Goldens("naming")
		got = ning.Screen()
		for !strings.Contains(line(got, ">"), "罗静") {
			got = ning.Keys("down").Screen()
		}
		if got := ning.Keys("space", "ctrl+s").Screen(); !strings.Contains(got, "现在 1 人可看") {
			t.Error(got)
		}
		if got := luo.Screen(); !strings.Contains(got, "想父母的事") {
			t.Error("who is named reads it at once", got)
		}
	})
}

// line is the first row of a screen that holds a word.
func line(screen, word string) string {
	for l := range strings.Lines(screen) {
		if strings.Contains(l, word) {
			return l
		}
	}
	return screen // so that a loop ends
}

// The numbers choose, the arrows choose, and 3 goes back.
func TestRefusalChoices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		luo := tuitest.StartOn(t, tuitest.School(t), tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang}).Keys("down", "down", "down", "enter")
		if got := luo.Keys("1", "上课哭了", "enter").Screen(); !strings.Contains(got, "已发出: 在 宁小舟 的今日里") {
			t.Error(got)
		}
		if got := luo.Keys("1", "esc").Screen(); !strings.Contains(got, "你可以") {
			t.Error("esc leaves the page", got)
		}
		if got := luo.Keys("down", "down", "enter").Screen(); !strings.Contains(got, "家庭 > 章薇 > 往来") {
			t.Error(got)
		}
	})
}

// A record is taken away with a reason, and comes back by u, at once or from the
// list of those that were taken away.
func TestTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		c := data.Contact{Students: []int64{tuitest.Tian}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "记错了人", Topics: []string{"study"}}
		if _, err := db.As(tuitest.Luo).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Tian}).Keys("enter", "d", "是别人家的")
		s.Goldens("remove")
		if got := s.Keys("enter").Screen(); strings.Contains(got, "记错了人") || !strings.Contains(got, "30 天内按 u 恢复") {
			t.Error(got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "记错了人") || !strings.Contains(got, "已恢复") {
			t.Error(got)
		}
		s.Keys("home", "enter", "d", "是别人家的", "enter")
		again := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Tian})
		for range 8 {
			again.Keys("f")
		}
		again.Goldens("removed")
		if got := again.Screen(); !strings.Contains(got, "记错了人") || !strings.Contains(got, "去掉的") {
			t.Fatal(got)
		}
		if got := again.Keys("u").Screen(); !strings.Contains(got, "已恢复") || strings.Contains(got, "记错了人") {
			t.Error(got)
		}
		if got := again.Keys("f").Screen(); !strings.Contains(got, "记错了人") {
			t.Error(got)
		}
		s.Wait(49 * time.Hour)
		if got := s.Keys("x", "f5", "home", "enter", "d").Screen(); !strings.Contains(got, "48 小时内") {
			t.Error("after 48 hours", got)
		}
	})
}
