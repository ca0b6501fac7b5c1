package today_test

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
		s := tuitest.Start(t, tuitest.School(t), tuitest.Luo, i18n.Chinese)
		s.Golden("today.zh.80")
		s.Keys("f4").Golden("today.en.80")
		s.Resize(120, 36).Golden("today.en.120")
		s.Keys("f4").Golden("today.zh.120")
		s.Resize(80, 24).Keys("z", "周五").Golden("postpone.zh.80")
		s.Keys("enter").Golden("postponed.zh.80")
	})
}

// Who owes nothing is shown whom to call.
func TestNothingToDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Duan, i18n.Chinese)
		s.Golden("empty.zh.80")
		if got := s.Keys("down", "enter").Screen(); strings.Contains(got, "今日") {
			t.Error("enter opens no card", got)
		}
	})
}

// An administrator reads no families, not here either.
func TestAdministratorSeesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := tuitest.Start(t, tuitest.School(t), tuitest.Admin, i18n.Chinese).Screen(); strings.Contains(got, "章薇") || !strings.Contains(got, "今天没有要做的") {
			t.Error(got)
		}
	})
}

// x ticks a promise off, u takes that back, for ten minutes.
func TestDoneAndUndone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		state := func() data.PromiseState {
			c, err := db.As(tuitest.Luo).Card(t.Context(), tuitest.Ran)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range c.Promises {
				if p.Text == "把补课安排告诉母亲" {
					return p.State
				}
			}
			return ""
		}
		if got := s.Keys("x").Screen(); !strings.Contains(got, "已完成 1 条") || state() != data.PromiseKept {
			t.Fatal(state(), got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "已撤销") || state() != data.PromiseOpen {
			t.Fatal(state(), got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "没有能撤销的") {
			t.Error(got)
		}
		s.Keys("x").Wait(11 * time.Minute)
		s.Keys("left") // the screen was covered meanwhile
		if got := s.Keys("u").Screen(); !strings.Contains(got, "没有能撤销的") {
			t.Error(got)
		}
	})
}

// A promise that another settles first is not settled twice: the second is told.
func TestSettledByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Screen()
		ps, err := db.As(tuitest.Luo).Due(t.Context(), 0, data.Date{})
		if err != nil || len(ps) == 0 {
			t.Fatal(err)
		}
		for _, p := range ps {
			if p.Text == "把补课安排告诉母亲" {
				p.State = data.PromiseKept
				if _, err := db.As(tuitest.Office).SavePromise(t.Context(), p); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := s.Screen(); !strings.Contains(got, "✓ 封志刚 已办") {
			t.Error(got)
		}
	})
}

// What another writes about my children comes in live, under what changed; of a
// secret talk only that there was one.
func TestChangesComeLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Screen()
		for level, text := range map[data.Level]string{data.Normal: "数学进步很大", data.Secret: "家里的难处"} {
			c := data.Contact{Students: []int64{tuitest.Tian}, At: tuitest.Now, Channel: data.Talk, Summary: text, Level: level, Topics: []string{"study"}}
			if _, err := db.As(tuitest.Office).SaveContact(t.Context(), c, data.Ref{}); err != nil {
				t.Fatal(err)
			}
		}
		if got := s.Screen(); !strings.Contains(got, "数学进步很大") || strings.Contains(got, "家里的难处") || !strings.Contains(got, "[保密]") {
			t.Error(got)
		}
	})
}

// A draft younger than twelve hours is offered after login, once.
func TestDraftIsOffered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		d := data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: tuitest.Zhang}, Student: tuitest.Zhang, Form: "{}", Preview: "孩子又咳, 昨晚没睡好"}
		if _, err := db.As(tuitest.Luo).SaveDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Screen(); !strings.Contains(got, "欢迎回来") || !strings.Contains(got, "孩子又咳") {
			t.Fatal(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "桥 | 今日") || !strings.Contains(got, "未保存") {
			t.Fatal(got)
		}
		if got := tuitest.StartOn(t, db, tuitest.Office, i18n.Chinese, kit.Open{Screen: "today"}).Screen(); strings.Contains(got, "孩子又咳") {
			t.Error("another person is shown the draft", got)
		}
	})
}
