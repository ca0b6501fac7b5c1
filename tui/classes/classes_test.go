package classes_test

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

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Principal, i18n.Chinese, kit.Open{Screen: "classes"})
		s.Goldens("classes")
		if got := s.Keys("down", "enter").Screen(); !strings.Contains(got, "班级 五(1)") || !strings.Contains(got, "章楠") {
			t.Error(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "|> 五(1)") {
			t.Error("the choice is lost", got)
		}
	})
}

// Who may read no roster is told where roles come from.
func TestNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Desk, i18n.Chinese, kit.Open{Screen: "classes"})
		s.Goldens("none")
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "没有选中哪个班") {
			t.Error(got)
		}
	})
}

// g r goes straight to the roster of those who have one class, and to the list
// where there are several.
func TestGoToRoster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		for who, want := range map[int64]string{tuitest.Luo: "班级 三(2)", tuitest.Head: "班级 三(2)", tuitest.Pu: "全部班级", tuitest.Principal: "全部班级"} {
			if got := tuitest.Start(t, db, who, i18n.Chinese).Keys("g", "r").Screen(); !strings.Contains(got, want) {
				t.Errorf("%d: %s", who, got)
			}
		}
	})
}

// The sums follow each commit, and the class where something happened is marked.
func TestLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Principal, i18n.Chinese, kit.Open{Screen: "classes"})
		if got := s.Screen(); !strings.Contains(got, "0 / 2   0%") {
			t.Fatal(got)
		}
		c := data.Contact{Students: []int64{tuitest.ZhangW}, At: tuitest.Now, Channel: data.HomeVisit, Summary: "家访", Topics: []string{"study"}}
		if _, err := db.As(tuitest.Duan).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); !strings.Contains(got, "1 / 2  50%") || !strings.Contains(got, "| ~五(1)") || !strings.Contains(got, "|> 三(2)") {
			t.Error(got)
		}
		if got := s.Wait(6 * time.Second).Screen(); strings.Contains(got, "~") {
			t.Error("still marked", got)
		}
	})
}

// A class in which another has just worked.
func TestFramesOfChange(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		synctest.Test(t, func(t *testing.T) {
			db := tuitest.School(t)
			s := tuitest.StartOn(t, db, tuitest.Principal, lang, kit.Open{Screen: "classes"})
			s.Screen()
			c := data.Contact{Students: []int64{5}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "谈作业", Topics: []string{"homework"}}
			if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
				t.Fatal(err)
			}
			s.Sizes("changed." + string(lang))
		})
	}
}
