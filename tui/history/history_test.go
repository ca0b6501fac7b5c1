package history_test

import (
	"fmt"
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
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		s.Golden("history.zh.80")
		s.Keys("f4").Golden("history.en.80")
		s.Resize(120, 36).Golden("history.en.120")
		s.Keys("f4", "down", "enter").Golden("text.zh.120")
		s.Resize(80, 24).Keys("esc", "f", "f", "f", "f", "f", "f").Golden("promises.zh.80")
		tuitest.StartOn(t, db, tuitest.Principal, i18n.Chinese, kit.Open{Screen: "history"}).Golden("everybody.zh.80")
		tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: 12}).Golden("empty.zh.80")
	})
}

// What one may not read shows its date and person; enter says whom to ask.
func TestHidden(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		if got := s.Screen(); !strings.Contains(got, "[保密]") || strings.Contains(got, "想父母的事") {
			t.Fatal(got)
		}
		if got := s.Keys("down", "down", "down", "enter").Screen(); !strings.Contains(got, "可找 宁小舟") || strings.Contains(got, "往来全文") {
			t.Error(got)
		}
		teacher := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		if got := teacher.Screen(); strings.Contains(got, "[保密] 只") || strings.Contains(got, "宁小舟") {
			t.Error("a subject teacher learns of a secret talk", got)
		}
	})
}

// A new contact comes on top, and the chosen one stays chosen.
func TestLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		s.Keys("down")
		c := data.Contact{Students: []int64{tuitest.Zhang}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "刚刚的电话", Topics: []string{"study"}}
		if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		got := s.Screen()
		if !strings.Contains(got, "刚刚的电话") || !strings.Contains(got, ">  11-19") && !strings.Contains(got, "> 11-19") {
			t.Error(got)
		}
	})
}

// Two thousand contacts open like five, and the rest come as one goes down.
func TestManyContacts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		for i := range 250 {
			c := data.Contact{Students: []int64{12}, At: tuitest.Now.Add(-time.Duration(i+1) * time.Hour), Channel: data.PhoneCall, Summary: fmt.Sprint("第", i+1, "次"), Topics: []string{"study"}}
			if _, err := db.As(tuitest.Luo).SaveContact(t.Context(), c, data.Ref{}); err != nil {
				t.Fatal(err)
			}
		}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: 12})
		if got := s.Screen(); !strings.Contains(got, "共 250 次") || !strings.Contains(got, "第1次") {
			t.Fatal(got)
		}
		if got := s.Keys("end", "end", "end", "end").Screen(); !strings.Contains(got, "第250次") {
			t.Error(got)
		}
	})
}
