package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"
)

// Each begins where their work is; esc leads to the day, g offers no screen that
// has nothing for them, and no footer names what they may never do.
func TestFirstScreens(t *testing.T) {
	for _, x := range []struct {
		who     int64
		first   string
		today   []string // keys of Today that are not there
		nowhere []string // nor places of g
	}{
		{tuitest.Luo, "今日", nil, nil},
		{tuitest.Principal, "今日", nil, nil},
		{tuitest.Desk, "找家庭", nil, []string{"r 班级"}},
		{tuitest.Admin, "账号与钥匙", []string{"x 完成", "z 改期", "c 记联系", "o 家庭卡", "f 筛选"}, []string{"r 班级", "往来"}},
		{tuitest.Inspector, "报表", []string{"x 完成", "z 改期", "c 记联系", "o 家庭卡", "f 筛选"}, []string{"r 班级", "往来"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := tuitest.Start(t, tuitest.School(t), x.who, i18n.Chinese)
			if got := s.Screen(); !strings.Contains(strings.SplitN(got, "\n", 2)[0], x.first) {
				t.Errorf("%d begins on\n%s", x.who, got)
			}
			got := s.Keys("esc").Screen()
			if !strings.Contains(got, "桥 | 今日") {
				t.Errorf("esc of %d leads to\n%s", x.who, got)
			}
			for _, key := range x.today {
				if strings.Contains(got, key) {
					t.Errorf("%d is offered %s", x.who, key)
				}
			}
			got = s.Keys("g").Wait(time.Second).Screen()
			for _, place := range x.nowhere {
				if strings.Contains(got, place) {
					t.Errorf("g offers %d %s\n%s", x.who, place, got)
				}
			}
		})
	}
}

// A key that no role may use does nothing, in help and palette it is not there;
// who looks for families but sees none is offered none.
func TestNever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Admin, i18n.Chinese)
		if got := s.Keys("esc", "x").Screen(); !strings.Contains(got, "这里没有这个键") {
			t.Error(got)
		}
		if got := s.Keys("?").Screen(); strings.Contains(got, "完成") {
			t.Error(got)
		}
		if got := s.Keys("esc", ":", "改期").Screen(); strings.Contains(got, "改期  ") {
			t.Error(got)
		}
		if got := s.Keys("esc", "/", "z").Screen(); strings.Contains(got, "F8") || strings.Contains(got, "家庭卡") {
			t.Error(got)
		}
	})
}

// A line that was cut at the front desk is offered again, before anything is
// pressed; a hand that is faster keeps the search.
func TestDraftAtTheFrontDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		d := data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: tuitest.Zhang}, Student: tuitest.Zhang, Form: "{}", Preview: "问几点放学"}
		if _, err := db.As(tuitest.Desk).SaveDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		s := tuitest.Start(t, db, tuitest.Desk, i18n.Chinese)
		if got := s.Screen(); !strings.Contains(got, "接着写") {
			t.Error(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "桥 | 找家庭") {
			t.Error(got)
		}
	})
}
