package today_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// talk writes down a talk of somebody about a child.
func talk(t *testing.T, db *store.DB, who, student int64, level data.Level, text string) data.Contact {
	t.Helper()
	c := data.Contact{Students: []int64{student}, At: tuitest.Now, Channel: data.Talk, Summary: text, Level: level, Topics: []string{"study"}}
	c, err := db.As(who).SaveContact(t.Context(), c, data.Ref{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// promise is the promise with a text, as its owner reads it.
func promise(t *testing.T, db *store.DB, text string) data.Promise {
	t.Helper()
	ps, err := db.As(tuitest.Principal).DueAll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		if p.Text == text {
			return p
		}
	}
	t.Fatalf("no open promise %q", text)
	return data.Promise{}
}

func draft(t *testing.T, db *store.DB, text string) {
	t.Helper()
	d := data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: tuitest.Zhang}, Student: tuitest.Zhang, Form: "{}", Preview: text}
	if _, err := db.As(tuitest.Luo).SaveDraft(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Goldens("today")
		s.Keys("f").Goldens("class")
		s.Keys("f")
		draft(t, db, "孩子又咳, 昨晚没睡好")
		talk(t, db, tuitest.Office, tuitest.Tian, data.Normal, "作业交得齐了")
		talk(t, db, tuitest.Ning, tuitest.Zhang, data.Restricted, "家里的事")
		s.Screen()
		s.Wait(6 * time.Second).Goldens("busy")
	})
}

// Who owes nothing is shown whom to call.
func TestNothingToDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Duan, i18n.Chinese)
		s.Goldens("empty")
		if got := s.Keys("down", "enter").Screen(); strings.Contains(got, "今日") || !strings.Contains(got, "章楠") {
			t.Error("enter opens no card", got)
		}
	})
}

// An administrator reads no families, not here either.
func TestAdministratorSeesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Admin, i18n.Chinese).Keys("esc")
		s.Goldens("nobody")
		if got := s.Keys("f").Screen(); !strings.Contains(got, "这里没有这个键") || strings.Contains(got, "章薇") {
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
		if got := s.Keys("x").Screen(); !strings.Contains(got, "已完成 1 条") || !strings.Contains(got, "✓ 罗静 已办") || state() != data.PromiseKept {
			t.Fatal(state(), got)
		}
		if got := s.Keys("x").Screen(); !strings.Contains(got, "只有没了的承诺") {
			t.Error("a second x does something", got)
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

// A promise that another settles stays for five seconds with who did it, and is
// marked; then the next one takes its place.
func TestSettledByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Screen()
		p := promise(t, db, "把补课安排告诉母亲")
		p.State = data.PromiseKept
		if _, err := db.As(tuitest.Office).SavePromise(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); !strings.Contains(got, "✓ 封志刚 已办") || !strings.Contains(got, "|>~✓ 已做") {
			t.Error(got)
		}
		if got := s.Wait(6 * time.Second).Screen(); strings.Contains(got, "封志刚 已办") || !strings.Contains(got, "|> * 今天") {
			t.Error("it is still there", got)
		}
	})
}

// What was asked for about a promise is done to that one, whatever stands under
// the choice by then; and it tells who was first.
func TestPostponeKeepsItsPromise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Keys("z", "12-01").Screen()
		p := promise(t, db, "把补课安排告诉母亲")
		p.State = data.PromiseKept
		if _, err := db.As(tuitest.Office).SavePromise(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		s.Wait(6 * time.Second)
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "封志刚") || !strings.Contains(got, "没存上") {
			t.Error(got)
		}
		if p := promise(t, db, "请校医回电"); p.Due != data.On(2026, 11, 25) {
			t.Errorf("another promise moved to %v", p.Due)
		}
	})
}

// A day that nobody understands is refused, and the field stays.
func TestPostponeToNoDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Luo, i18n.Chinese)
		if got := s.Keys("z", "qq", "enter").Screen(); !strings.Contains(got, "看不懂这个日期") || !strings.Contains(got, "[qq__") {
			t.Error(got)
		}
		if got := s.Keys("esc").Screen(); strings.Contains(got, "改到哪天") {
			t.Error(got)
		}
	})
}

// What another writes about my children comes in live, under what changed, one
// row a child; of a secret talk only that there was one. Own changes are none.
func TestChangesComeLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Screen()
		talk(t, db, tuitest.Office, tuitest.Tian, data.Normal, "数学进步很大")
		if got := s.Screen(); !strings.Contains(got, "数学进步很大") || !strings.Contains(got, "| ~  15:04") {
			t.Error(got)
		}
		talk(t, db, tuitest.Office, tuitest.Tian, data.Secret, "家里的难处")
		talk(t, db, tuitest.Luo, tuitest.Ran, data.Normal, "我自己写的")
		if got := s.Screen(); strings.Contains(got, "家里的难处") || !strings.Contains(got, "[保密]") || !strings.Contains(got, "(+1)") || strings.Contains(got, "我自己写的") {
			t.Error(got)
		}
	})
}

// f goes through the scopes that a person has a right to.
func TestScopes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Screen(); strings.Contains(got, "炉火通风复查") {
			t.Fatal("another's promise among mine", got)
		}
		if got := s.Keys("f").Screen(); !strings.Contains(got, "本班的承诺 (4)") || !strings.Contains(got, "封志刚: 炉火通风复查") {
			t.Error(got)
		}
		if got := s.Keys("f").Screen(); !strings.Contains(got, "要我做的 (3)") {
			t.Error(got)
		}
		p := tuitest.Start(t, db, tuitest.Principal, i18n.Chinese)
		if got := p.Keys("f").Screen(); !strings.Contains(got, "全部承诺 (4)") {
			t.Error(got)
		}
	})
}

// Enter on a promise opens the card of its family.
func TestEnterOpensTheFamily(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Luo, i18n.Chinese)
		got := s.Keys("down", "enter").Screen()
		if !strings.Contains(got, "家庭 > 白若溪") {
			t.Error(got)
		}
		if _, row, _ := strings.Cut(got, "\n|>"); !strings.Contains(strings.Split(row, "\n")[0], "请校医回电") {
			t.Error("the promise is not chosen", got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "|> * 今天      承诺  白若溪") {
			t.Error("the choice is lost", got)
		}
		if got := s.Keys("c").Screen(); !strings.Contains(got, "记联系 > 白若溪") {
			t.Error(got)
		}
	})
}

// A draft younger than twelve hours is offered after login, once, and d in the
// list of Today takes it away after a question.
func TestDraftIsOffered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		draft(t, db, "孩子又咳, 昨晚没睡好")
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
		if got := s.Keys("down", "down", "d").Screen(); !strings.Contains(got, "不要 章薇 的草稿") {
			t.Fatal(got)
		}
		if got := s.Keys("enter").Screen(); strings.Contains(got, "孩子又咳") || !strings.Contains(got, "草稿 0") {
			t.Error(got)
		}
	})
}

// early is the program for a hand that types before anything was read.
type early struct{ tea.Model }

func (e early) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m, cmd := e.Model.Update(msg)
	if _, ok := msg.(tea.WindowSizeMsg); !ok {
		return m, cmd
	}
	m, more := m.Update(tea.KeyPressMsg{Code: '/', Text: "/"})
	return m, tea.Batch(cmd, more)
}

// The offer never covers what a fast hand opened while the day was being read.
func TestOfferStaysBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		draft(t, db, "孩子又咳")
		me, err := db.As(tuitest.Luo).Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		box, stop := db.Watch()
		t.Cleanup(func() { cancel(); stop(); synctest.Wait() })
		s := tuitest.Drive(t, early{tui.New(ctx, db.As(tuitest.Luo), box, me, i18n.Chinese, tuitest.Clock)})
		if got := s.Keys("zw").Screen(); !strings.Contains(got, "找家庭") || !strings.Contains(got, "章薇") || strings.Contains(got, "欢迎回来") {
			t.Error(got)
		}
	})
}

// What cannot be read is said; what stood there stays.
func TestNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Screen()
		if err := db.As(tuitest.Admin).Disable(t.Context(), tuitest.Luo); err != nil {
			t.Fatal(err)
		}
		s.Keys("f5").Goldens("notread")
		if got := s.Screen(); !strings.Contains(got, "把补课安排告诉母亲") {
			t.Error(got)
		}
	})
}

// A promise that is ticked off, here and by another, and one that is postponed.
func TestPromiseFrames(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for name, do := range map[string]func(*testing.T, *store.DB, *tuitest.Session){
			"done":      func(_ *testing.T, _ *store.DB, s *tuitest.Session) { s.Keys("x") },
			"undone":    func(_ *testing.T, _ *store.DB, s *tuitest.Session) { s.Keys("x", "u") },
			"postpone":  func(_ *testing.T, _ *store.DB, s *tuitest.Session) { s.Keys("z", "fri") },
			"noday":     func(_ *testing.T, _ *store.DB, s *tuitest.Session) { s.Keys("z", "soon", "enter") },
			"postponed": func(_ *testing.T, _ *store.DB, s *tuitest.Session) { s.Keys("z", "fri", "enter") },
			"settled": func(t *testing.T, db *store.DB, _ *tuitest.Session) {
				p := promise(t, db, "把补课安排告诉母亲")
				p.State = data.PromiseKept
				if _, err := db.As(tuitest.Office).SavePromise(t.Context(), p); err != nil {
					t.Fatal(err)
				}
			},
		} {
			synctest.Test(t, func(t *testing.T) {
				db := tuitest.School(t)
				s := tuitest.Start(t, db, tuitest.Luo, lang)
				s.Screen()
				do(t, db, s)
				s.Sizes(name + "." + string(lang))
			})
		}
	}
}

// What another wrote and one may only know of is marked by its level and ends
// with the name; a day of a year long past keeps off the kind.
func TestWhatIsNotShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		school := tuitest.Small()
		school.Contacts[6].Promises[0].Due = data.On(2026, 2, 24) // of 冉小满
		db := tuitest.Open(t, school)
		talk(t, db, tuitest.Luo, tuitest.Ran, data.ClassOnly, "家里在办离婚")
		got := tuitest.Start(t, db, tuitest.Pu, i18n.Chinese).Screen()
		if !strings.Contains(got, "面谈 冉小满 [班内] ") || strings.Contains(got, "离婚") {
			t.Error(got)
		}
		if got := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese).Screen(); !strings.Contains(got, "! 2026-02-24 承诺  冉小满") {
			t.Error(got)
		}
	})
}
