package tui_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// What is written reaches the file within two seconds, and when the line is
// cut the last words do.
func TestDraftsReachTheFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer tui.SetScreen("today", func(env *kit.Env, _ kit.Open) kit.Page { return newForm(env) })()
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Keys("祖母说").Wait(2 * time.Second)
		inFile := func() string {
			all, err := db.As(tuitest.Luo).Drafts(t.Context())
			if err != nil || len(all) != 1 {
				t.Fatalf("%d drafts, %v", len(all), err)
			}
			return all[0].Form
		}
		if got := inFile(); got != "祖母说" {
			t.Errorf("%q", got)
		}
		s.Keys("咳嗽").Cut()
		if got := inFile(); got != "祖母说咳嗽" {
			t.Errorf("after the line was cut: %q", got)
		}
	})
}

// A page that ends its work closes itself, not what was opened over it, and
// what it gives goes to the page below.
func TestBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		env := s.page.env
		f := newForm(env)
		s.Send(kit.Push{Page: f})
		s.Keys("abc", "ctrl+p")
		s.Send(kit.Back{Page: f, Said: testSave, Gives: kit.Reload{}})
		if got := s.Screen(); !strings.Contains(got, "桥 | 命令") || !strings.Contains(got, " 保存  ") {
			t.Error(got)
		}
		s.Send(kit.Back{Page: f})
		s.says(t, "桥 | 命令")
		s.Keys("esc")
		s.says(t, "> row 0")
		if len(s.page.told) != 1 || s.page.told[0] != "kit.Reload" {
			t.Errorf("the page below heard %v", s.page.told)
		}
		s.Send(kit.Back{})
		s.says(t, "> row 0")
	})
}

// A save that fails after its page was left is told to whoever is there.
func TestLostSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		var save kit.Save[int]
		answer := save.Start(t.Context(), func(context.Context) (int, error) { return 0, data.ErrForbidden })()
		s.Send(answer)
		s.says(t, " ! 没存上: ")
		s.Keys("j")
		save.Take(answer)
		s.Send(answer)
		if strings.Contains(s.Screen(), "没存上") {
			t.Error("told though its page took it")
		}
	})
}

// However many pages are opened over one another in a day, the first stays and
// memory does not grow.
func TestDeepStack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer tui.SetScreen("card", func(env *kit.Env, o kit.Open) kit.Page { return &rows{env: env, n: int(o.ID)} })()
		s := start(t, i18n.Chinese)
		for i := range int64(40) {
			s.Send(kit.Open{Screen: "card", ID: i + 1})
		}
		s.Send(kit.Open{Screen: "card", ID: 60, Replace: true})
		s.Keys("G")
		s.says(t, "> row 59")
		esc := 0
		for ; esc < 40 && !strings.Contains(s.Screen(), "ctrl+c 退出   "); esc++ {
			s.Keys("esc")
		}
		if esc != 12 {
			t.Errorf("%d pages lay over the first", esc-1)
		}
		s.Send(kit.Open{Screen: "card", ID: 3}, kit.Open{Screen: "card", ID: 3}, kit.Home{})
		s.Keys("G")
		s.says(t, "> row 49")
	})
}

// A question names the act beside its key, and what cannot be undone wants a
// word first.
func TestQuestions(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		synctest.Test(t, func(t *testing.T) { questions(t, start(t, lang), string(lang)) })
	}
}

func questions(t *testing.T, s *rig, lang string) {
	did := 0
	q := kit.Question{Title: testOpen, Text: []i18n.Phrase{testWhy}, Act: testSave, Else: testNew,
		Do: func() tea.Cmd { did++; return nil }}
	ask := func() { kit.Ask(s.page.env, q); s.Send(nil) }
	ask()
	s.Sizes("question." + lang)
	s.Keys("esc")
	ask()
	if s.Keys("enter"); did != 1 {
		t.Errorf("done %d times", did)
	}
	q.Word = "2026"
	ask()
	if s.Keys("enter", "2026"); did != 1 {
		t.Error("done without the word")
	}
	s.Sizes("word." + lang)
	if s.Keys("enter"); did != 2 {
		t.Error("not done with the word")
	}
	s.says(t, "> row 0")
}

// Whatever keys, pastes, clicks and sizes come, every frame fits its window.
func TestAnyInput(t *testing.T) {
	words := []string{"enter", "esc", "esc", "tab", "up", "down", "left", "right", "pgdown", "end", "space", "backspace", "?", ":", "g", "t", "r",
		"n", "x", "q", "/", "f1", "f4", "f5", "ctrl+p", "ctrl+f", "ctrl+l", "ctrl+r", "ctrl+s", "ctrl+u", "5", "章薇", "、", "ｇ", "。"}
	for seed := range uint64(4) {
		synctest.Test(t, func(t *testing.T) {
			defer tui.SetScreen("today", func(env *kit.Env, _ kit.Open) kit.Page { return &rows{env: env, n: 3} })()
			defer tui.SetScreen("search", func(env *kit.Env, _ kit.Open) kit.Page { return newForm(env) })()
			s := start(t, i18n.Chinese)
			r := rand.New(rand.NewPCG(seed, 1))
			for range 250 {
				switch r.IntN(12) {
				case 0:
					s.Resize(1+r.IntN(180), 1+r.IntN(60))
				case 1:
					s.Send(tea.PasteMsg{Content: []string{"100 0342 8940", "a\r\nb", "\x1b[31m", strings.Repeat("长", 300)}[r.IntN(4)]})
				case 2:
					s.Send(tea.MouseClickMsg{X: r.IntN(200), Y: r.IntN(70), Button: []tea.MouseButton{tea.MouseLeft, tea.MouseRight}[r.IntN(2)]})
				case 3:
					s.Send(tea.MouseWheelMsg{X: r.IntN(200), Y: r.IntN(70), Button: tea.MouseWheelDown})
				case 4:
					s.Send(kit.Changed{Refs: map[data.Ref]bool{{}: true}})
				case 5:
					s.Wait(time.Duration(r.IntN(400)) * time.Second)
				default:
					s.Keys(words[r.IntN(len(words))])
				}
				s.Screen()
			}
			if t.Failed() {
				t.Log("seed", seed)
			}
		})
	}
}
