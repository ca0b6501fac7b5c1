package family_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

func card(t *testing.T, who, student int64) *tuitest.Session {
	t.Helper()
	return tuitest.StartOn(t, tuitest.School(t), who, i18n.Chinese, kit.Open{Screen: "family", ID: student, Of: []int64{tuitest.Ran, tuitest.Tian, tuitest.Zhang}})
}

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := card(t, tuitest.Luo, tuitest.Zhang)
		s.Golden("card.zh.80")
		s.Keys("f4").Golden("card.en.80")
		s.Resize(120, 36).Golden("card.en.120")
		s.Keys("f4", "3").Golden("card.zh.120")
		s.Resize(80, 24).Keys("n", "带药到学校", "tab", "明天").Golden("promise.zh.80")
		s.Keys("enter").Golden("promised.zh.80")
		card(t, tuitest.Desk, tuitest.Zhang).Golden("desk.zh.80")
		card(t, tuitest.Luo, 12).Golden("empty.zh.80")
	})
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
