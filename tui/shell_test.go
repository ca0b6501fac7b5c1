package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

var (
	teacher = data.Account{ID: 1, Name: "林老师", Role: data.Teacher, Class: "3-1"}
	head    = data.Account{ID: 2, Name: "Head", Role: data.Head}
)

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), teacher, i18n.Chinese)
		s.Golden("roster.zh")
		s.Keys("f4").Golden("roster.en")
		s.Keys("?").Golden("help.en")
		s.Keys("esc", "/", "贝").Golden("search.en")
		s.Keys("enter", "c", "ctrl+s").Golden("fault.en")
		s.Keys("ctrl+o", "约周五面谈").Golden("form.en")
		s.Keys("ctrl+s").Golden("saved.en")
	})
}

// Whatever the window, nothing is wider or taller than it, and what was
// written is still there when it is large again.
func TestEverySize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), teacher, i18n.Chinese)
		for _, keys := range [][]string{nil, {"?"}, {"esc", "c"}, {"谈作息"}} {
			s.Keys(keys...)
			for _, size := range [][2]int{{1, 1}, {20, 5}, {79, 24}, {80, 23}, {120, 30}, {400, 150}, {80, 24}} {
				s.Resize(size[0], size[1]).Screen()
			}
		}
		if got := s.Resize(60, 15).Keys("x").Screen(); !strings.Contains(got, "60 x 15") || strings.Contains(got, "谈作息") {
			t.Error(got)
		}
		s.Golden("small.zh")
		if got := s.Resize(80, 24).Screen(); !strings.Contains(got, "谈作息") {
			t.Error(got)
		}
		if got := s.Resize(30, 8).Keys("ctrl+s").Resize(80, 24).Screen(); !strings.Contains(got, "已保存") {
			t.Error(got)
		}
	})
}

// A save may end after the palette was opened over its form: the form closes,
// not the palette.
func TestBackClosesItsOwnPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), teacher, i18n.Chinese).Keys("c", "谈作息")
		s.Send(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}, tea.KeyPressMsg{Code: 'p', Mod: tea.ModCtrl})
		if got := s.Screen(); !strings.Contains(got, "筛选") || !strings.Contains(got, "已保存") {
			t.Error(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "2026-09-10 电话 谈作息") {
			t.Error(got)
		}
	})
}

// While there is a cursor, printable keys are text and the others still work.
func TestTextHasItsOwnKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), teacher, i18n.Chinese).Keys("/", "?:", "space", "x")
		if got := s.Screen(); !strings.Contains(got, "?: x") || !strings.Contains(got, "ctrl+p 命令  F1 帮助") {
			t.Error(got)
		}
		if got := s.Keys("f1").Screen(); !strings.Contains(got, "桥 | 帮助") {
			t.Error(got)
		}
	})
}

// A click reaches the page in front and no page it covers.
func TestClicksStayInFront(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), teacher, i18n.Chinese)
		s.Send(tea.MouseClickMsg{X: 3, Y: 5, Button: tea.MouseLeft}) // the second family
		if got := s.Screen(); !strings.Contains(got, "> 3-1  欧阳小贝") {
			t.Error(got)
		}
		s.Keys("?").Send(tea.MouseClickMsg{X: 3, Y: 4, Button: tea.MouseLeft})
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "> 3-1  欧阳小贝") {
			t.Error(got)
		}
	})
}

// A session left open over night knows the new day.
func TestTheDayTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), teacher, i18n.Chinese).Wait(16 * time.Hour)
		if got := s.Keys("c").Screen(); !strings.Contains(got, "2026-09-11") {
			t.Error(got)
		}
	})
}

// What one session saves another sees, without a key pressed there.
func TestLiveRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		a, b := tuitest.Start(t, db, teacher, i18n.Chinese), tuitest.Start(t, db, head, i18n.English)
		a.Keys("c", "谈作息", "ctrl+s")
		if got := b.Screen(); !strings.Contains(got, "2026-09-10 call 谈作息") {
			t.Error(got)
		}
		// The head may read it, and is told why she may not write.
		if got := b.Keys("c").Screen(); !strings.Contains(got, "may not do this") {
			t.Error(got)
		}
	})
}
