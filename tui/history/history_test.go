package history_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/history"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// school is the test school with two contacts of the spring before.
func school(t *testing.T) *store.DB {
	t.Helper()
	many := tuitest.Small()
	var old []data.Contact
	for i, text := range []string{"春游分组, 祖母想请假", "期末谈话"} {
		c := many.Contacts[0]
		c.At = time.Date(2026, 4, 10+40*i, 17, 0, 0, 0, data.China)
		c.Written, c.Summary, c.Promises = c.At, text, nil
		old = append(old, c)
	}
	many.Contacts = append(old, many.Contacts...)
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), tuitest.Clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Console("test").Found(t.Context(), many, nil); err != nil {
		t.Fatal(err)
	}
	return db
}

// Every state, in both languages and both layouts.
func TestFrames(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			for _, state := range []struct {
				name         string
				who, student int64
				keys         []string
			}{
				{"history", tuitest.Luo, tuitest.Zhang, []string{"down"}},
				{"unfolded", tuitest.Luo, tuitest.Zhang, []string{"end", "enter"}},
				{"weeks", tuitest.Luo, tuitest.Zhang, []string{"v"}},
				{"text", tuitest.Luo, tuitest.Zhang, []string{"down", "enter"}},
				{"refused", tuitest.Luo, tuitest.Zhang, []string{"down", "down", "down", "enter"}},
				{"promises", tuitest.Luo, tuitest.Zhang, []string{"f", "f", "f", "f", "f", "f"}},
				{"noletters", tuitest.Luo, tuitest.Zhang, []string{"f", "f", "f", "f", "f"}},
				{"everybody", tuitest.Principal, 0, nil},
				{"empty", tuitest.Luo, 12, nil},
				{"desk", tuitest.Desk, tuitest.Zhang, nil},
			} {
				synctest.Test(t, func(t *testing.T) {
					s := tuitest.StartOn(t, school(t), state.who, lang, kit.Open{Screen: "history", ID: state.student})
					s.Resize(size[0], size[1]).Keys(state.keys...).Golden(fmt.Sprintf("%s.%s.%d", state.name, lang, size[0]))
				})
			}
		}
	}
}

// What one may not read shows its date and person; enter says whom to ask, and
// that it was refused is in the log.
func TestHidden(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		if got := s.Screen(); !strings.Contains(got, "[保密]") || strings.Contains(got, "想父母的事") {
			t.Fatal(got)
		}
		got := s.Keys("down", "down", "down", "enter").Screen()
		if !strings.Contains(got, "[保密] 你看不到这条的内容") || !strings.Contains(got, "宁小舟 (写的人), 或校长") || strings.Contains(got, "想父母的事") {
			t.Error(got)
		}
		if got := s.Keys("y").Screen(); !strings.Contains(got, "这里没有这个键") {
			t.Error(got)
		}
		if got := s.Keys("]").Screen(); !strings.Contains(got, "同行 蒲岚") {
			t.Error(got)
		}
		teacher := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "history", ID: tuitest.Zhang})
		if got := teacher.Screen(); strings.Contains(got, "[保密] 只") || strings.Contains(got, "宁小舟") {
			t.Error("a subject teacher learns of a secret talk", got)
		}
	})
}

// One's own contact can be corrected for 48 hours, and no other's.
func TestCorrect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		open := kit.Open{Screen: "history", ID: tuitest.Zhang}
		s := tuitest.StartOn(t, school(t), tuitest.Pu, i18n.Chinese, open)
		if got := s.Keys("down", "e").Screen(); !strings.Contains(got, "48 小时内") {
			t.Error(got)
		}
		if got := s.Keys("up", "e").Screen(); !strings.Contains(got, "改联系 > 章薇") {
			t.Error(got)
		}
	})
}

// [ and ] go through the families of the list; c writes to the one shown.
func TestNeighbours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, school(t), tuitest.Luo, i18n.Chinese, kit.Open{Screen: "today"})
		s.Send(kit.Open{Screen: "history", ID: tuitest.Ran, Of: []int64{tuitest.Ran, tuitest.Zhang}})
		if got := s.Keys("]").Screen(); !strings.Contains(got, "家庭 > 章薇 > 往来") {
			t.Error(got)
		}
		if got := s.Keys("c").Screen(); !strings.Contains(got, "记联系 > 章薇") {
			t.Error(got)
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
		// Something is saved meanwhile: whoever has gone far down stays there.
		c := data.Contact{Students: []int64{12}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "刚刚的", Topics: []string{"study"}}
		if _, err := db.As(tuitest.Luo).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); !strings.Contains(got, "共 251 次") || !strings.Contains(got, "第250次") {
			t.Error(got)
		}
	})
}

// A key that moves the choice asks nobody while its rows are there.
func TestMovingAsksNobody(t *testing.T) {
	db := school(t)
	desk := db.As(tuitest.Luo)
	env := &kit.Env{Ctx: t.Context(), Me: data.Account{ID: tuitest.Luo}, Lang: i18n.Chinese, Now: tuitest.Clock}
	p := history.New(env, history.Deps{Timeline: desk.Timeline, Contact: desk.Contact}, kit.Open{ID: tuitest.Zhang})
	p.Layout(80, 19)
	p.Update(p.Init()())
	before := p.View().Body
	if cmd := p.Update(tea.KeyPressMsg{Code: tea.KeyDown}); cmd != nil || p.View().Body == before {
		t.Error("moving down asks the store, or does not move")
	}
}

// talks has Pu record a talk with a child while others look.
func talks(t *testing.T, db *store.DB, student int64) {
	t.Helper()
	c := data.Contact{Students: []int64{student}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "刚刚来过电话", Topics: []string{"study"}}
	if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
		t.Fatal(err)
	}
}

// What another has just added, and what is not one's own to correct.
func TestFramesOfChange(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		synctest.Test(t, func(t *testing.T) {
			db := tuitest.School(t)
			s := tuitest.StartOn(t, db, tuitest.Luo, lang, kit.Open{Screen: "history", ID: tuitest.Zhang})
			s.Keys("down")
			talks(t, db, tuitest.Zhang)
			s.Sizes("changed." + string(lang))
			s.Keys("down", "down", "e").Sizes("notown." + string(lang))
			if err := db.Console("test").Disable(t.Context(), tuitest.Luo); err != nil {
				t.Fatal(err)
			}
			if s.Keys("f5").Sizes("gone." + string(lang)); strings.Contains(s.Screen(), "咳嗽") {
				t.Error("what may not be seen any more stays")
			}
		})
	}
}
