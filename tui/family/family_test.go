package family_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

func card(t *testing.T, who, student int64) *tuitest.Session {
	t.Helper()
	return tuitest.StartOn(t, tuitest.School(t), who, i18n.Chinese, kit.Open{Screen: "family", ID: student, Of: []int64{tuitest.Ran, tuitest.Tian, tuitest.Zhang}})
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
				{"card", tuitest.Luo, tuitest.Zhang, nil},
				{"contact", tuitest.Luo, tuitest.Zhang, []string{"3", "down"}},
				{"promise", tuitest.Luo, tuitest.Zhang, []string{"n", "带药到学校", "tab", "明天"}},
				{"promised", tuitest.Luo, tuitest.Zhang, []string{"n", "带药到学校", "tab", "+3d", "enter"}},
				{"postpone", tuitest.Luo, tuitest.Zhang, []string{"4", "down", "z", "12-01"}},
				{"done", tuitest.Luo, tuitest.Zhang, []string{"4", "x"}},
				{"desk", tuitest.Desk, tuitest.Zhang, nil},
				{"subject", tuitest.Pu, tuitest.Zhang, nil},
				{"refused", tuitest.Admin, tuitest.Zhang, nil},
				{"empty", tuitest.Luo, 12, nil},
			} {
				synctest.Test(t, func(t *testing.T) {
					s := tuitest.StartOn(t, tuitest.School(t), state.who, lang, kit.Open{Screen: "family", ID: state.student})
					s.Resize(size[0], size[1]).Keys(state.keys...).Golden(fmt.Sprintf("%s.%s.%d", state.name, lang, size[0]))
				})
			}
		}
	}
}

// The phone rings: two keys and enter, and the number, the last talk and what
// was promised are on the screen.
func TestThePhoneRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Luo, i18n.Chinese).Keys("/", "zw")
		if got := s.Screen(); !strings.Contains(got, "100 0000 0117") {
			t.Fatal(got)
		}
		got := s.Keys("enter").Screen()
		for _, want := range []string{"家庭 > 章薇", "吴桂芬", "100 0000 0117", "祖母: 孩子咳嗽", "炉火通风复查", "章楠", "[! 安全]", "[留守]"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s on\n%s", want, got)
			}
		}
	})
}

// Whom one must not call has words where the number would stand, and copying
// does not find one.
func TestDoNotContact(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := card(t, tuitest.Luo, tuitest.Zhang)
		got := s.Keys("down", "down").Screen()
		if !strings.Contains(got, "何秀") || !strings.Contains(got, "不要联系") {
			t.Fatal(got)
		}
		if got := s.Keys("y").Screen(); !strings.Contains(got, "没有可复制的号码") {
			t.Error(got)
		}
	})
}

// What is not for a reader is not there, or says whom to ask.
func TestRights(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := card(t, tuitest.Pu, tuitest.Zhang).Screen(); strings.Contains(got, "柳溪村") || strings.Contains(got, "[留守]") || !strings.Contains(got, "[**]") {
			t.Error("a subject teacher sees address or tags", got)
		}
		if got := card(t, tuitest.Admin, tuitest.Zhang).Screen(); strings.Contains(got, "章薇") || !strings.Contains(got, "没有这条记录") {
			t.Error("an administrator sees a family", got)
		}
		if got := card(t, tuitest.Desk, tuitest.Zhang).Keys("e").Screen(); strings.Contains(got, "咳嗽") || !strings.Contains(got, "班主任和德育处") {
			t.Error("the front desk sees more than phones", got)
		}
		if got := card(t, tuitest.Luo, tuitest.Zhang).Keys("2", "enter").Screen(); !strings.Contains(got, "可找 段青") {
			t.Error("another class's card opens", got)
		}
	})
}

// A promise made on the card is on it, ticked off with x, and back with u.
func TestPromises(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := card(t, tuitest.Luo, tuitest.Ran)
		if got := s.Keys("n", "问校医", "enter", "周五", "enter").Screen(); !strings.Contains(got, "承诺已存, 期限 11-27 周五") || !strings.Contains(got, "问校医") {
			t.Fatal(got)
		}
		if got := s.Keys("4", "x").Screen(); !strings.Contains(got, "已完成 1 条") {
			t.Error(got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "已撤销") {
			t.Error(got)
		}
		if got := s.Keys("n", "x", "tab", "someday", "enter").Screen(); !strings.Contains(got, "看不懂这个日期") {
			t.Error(got)
		}
		if got := s.Keys("ctrl+c").Screen(); !strings.Contains(got, "没存") {
			t.Error("a promise that is being typed is let go", got)
		}
	})
}

// What a colleague saves is on the card at once, and the choice stays.
func TestLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		s.Keys("down")
		c := data.Contact{Students: []int64{tuitest.Zhang}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "刚刚来过电话", Topics: []string{"study"}}
		if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); !strings.Contains(got, "刚刚来过电话") || !strings.Contains(got, "> 2 ") {
			t.Error(got)
		}
	})
}

// [ and ] go through the list that the card was opened from.
func TestNeighbours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := card(t, tuitest.Luo, tuitest.Ran)
		if got := s.Keys("]").Screen(); !strings.Contains(got, "家庭 > 田沐阳") {
			t.Error(got)
		}
		if got := s.Keys("[", "[").Screen(); !strings.Contains(got, "家庭 > 章薇") {
			t.Error(got)
		}
	})
}

// A promise that was begun is on disk two seconds later, outlives the session,
// and is gone once it is saved; u takes back what was just promised.
func TestPromiseDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		open := kit.Open{Screen: "family", ID: tuitest.Zhang}
		tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open).Keys("n", "带药到学校").Wait(2 * time.Second)
		drafts, err := db.As(tuitest.Luo).Drafts(t.Context())
		if err != nil || len(drafts) != 1 || drafts[0].Preview != "带药到学校" || drafts[0].Name != "章薇" {
			t.Fatalf("%+v, %v", drafts, err)
		}
		again := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open)
		if got := again.Screen(); !strings.Contains(got, "有一条承诺还没存") {
			t.Error(got)
		}
		if got := again.Keys("n", "去", "tab", "周五", "enter").Screen(); !strings.Contains(got, "带药到学校去") || !strings.Contains(got, "u 撤销") {
			t.Error(got)
		}
		again.Wait(3 * time.Second)
		if drafts, err := db.As(tuitest.Luo).Drafts(t.Context()); err != nil || len(drafts) != 0 {
			t.Errorf("a saved promise leaves its draft: %+v, %v", drafts, err)
		}
		if got := again.Keys("u").Screen(); !strings.Contains(got, "已撤销") || !strings.Contains(got, "承诺 (2)") {
			t.Error(got)
		}
	})
}

// What a colleague changes is marked for five seconds, what one did oneself is not.
func TestChangedRowsAreMarked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		c := data.Contact{Students: []int64{tuitest.Zhang}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "刚刚来过电话", Topics: []string{"study"}}
		if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); !strings.Contains(got, " ~11-25") {
			t.Error(got)
		}
		if got := s.Wait(6 * time.Second).Screen(); strings.Contains(got, "~") {
			t.Error(got)
		}
		if got := s.Keys("4", "x").Screen(); strings.Contains(got, "~") || !strings.Contains(got, "已完成") {
			t.Error(got)
		}
	})
}

// Who lost the right while the card was open has it no longer on the screen.
func TestRightTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		if err := db.Console("test").Disable(t.Context(), tuitest.Luo); err != nil {
			t.Fatal(err)
		}
		if got := s.Keys("f5").Screen(); strings.Contains(got, "吴桂芬") {
			t.Error(got)
		}
	})
}

// talks has Pu record a talk with a child while others look.
func talks(t *testing.T, db *store.DB, student int64) {
	t.Helper()
	c := data.Contact{Students: []int64{student}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "刚刚来过电话", Topics: []string{"study"}}
	if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
		t.Fatal(err)
	}
}

// A card while others work: what they changed, a promise that was begun, nobody
// to call, and a right that is gone.
func TestFramesOfChange(t *testing.T) {
	none := tuitest.Small()
	for i := range none.People {
		none.People[i].Phones = nil
	}
	open := kit.Open{Screen: "family", ID: tuitest.Zhang}
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		synctest.Test(t, func(t *testing.T) {
			db := tuitest.School(t)
			s := tuitest.StartOn(t, db, tuitest.Luo, lang, open)
			s.Screen()
			talks(t, db, tuitest.Zhang)
			s.Sizes("changed." + string(lang))
			if err := db.Console("test").Disable(t.Context(), tuitest.Luo); err != nil {
				t.Fatal(err)
			}
			s.Keys("f5").Sizes("gone." + string(lang))
		})
		synctest.Test(t, func(t *testing.T) {
			db := tuitest.School(t)
			tuitest.StartOn(t, db, tuitest.Luo, lang, open).Keys("n", "带药到学校").Wait(2 * time.Second)
			s := tuitest.StartOn(t, db, tuitest.Luo, lang, open)
			s.Sizes("begun." + string(lang))
			s.Keys("n").Sizes("restored." + string(lang))
		})
		synctest.Test(t, func(t *testing.T) {
			tuitest.StartOn(t, tuitest.Open(t, none), tuitest.Luo, lang, open).Sizes("nonumber." + string(lang))
		})
	}
}
