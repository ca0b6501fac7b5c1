package tui_test

import (
	"context"
	"fmt"
	"image/color"
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
	"github.com/charmbracelet/colorprofile"
)

func TestFrames(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			synctest.Test(t, func(t *testing.T) {
				defer tui.SetScreen("today", func(env *kit.Env, _ kit.Open) kit.Page { return &rows{env: env, n: 3} })()
				defer tui.SetScreen("roster", func(env *kit.Env, _ kit.Open) kit.Page { return &rows{env: env, n: 3} })()
				name := func(s string) string { return fmt.Sprintf("%s.%s.%d", s, lang, size[0]) }
				s := start(t, lang)
				s.Resize(size[0], size[1])
				s.Golden(name("list"))
				s.Keys("?").Golden(name("help"))
				s.Keys("f", "抄", "backspace", "写").Golden(name("helpfind"))
				s.Keys("esc", "2").Golden(name("helpkeys"))
				s.Keys("3").Golden(name("howto"))
				s.Keys("4").Golden(name("symbols"))
				s.Keys("5").Golden(name("terms"))
				s.Keys("esc", "g").Wait(time.Second).Golden(name("goto"))
				s.Keys("esc", ":").Golden(name("palette"))
				s.Keys("esc", "n", "写 some words").Golden(name("form"))
				s.Keys("ctrl+c").Golden(name("quit"))
				s.Keys("esc").Wait(6 * time.Minute).Golden(name("cover"))
				s.Keys("x").Resize(60, 15)
				s.Golden(name("small"))
			})
		}
	}
}

// Whatever the window, nothing is wider or taller than it, and what was
// written is still there when it is large again.
func TestEverySize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		for _, keys := range [][]string{nil, {"?"}, {"esc", ":"}, {"esc", "g"}, {"esc", "n"}, {"谈作息"}} {
			s.Keys(keys...)
			for _, size := range [][2]int{{1, 1}, {20, 5}, {79, 24}, {80, 23}, {120, 30}, {160, 50}, {400, 150}, {80, 24}} {
				s.Resize(size[0], size[1]).Screen()
			}
		}
		if got := s.Resize(60, 15).Keys("x").Screen(); !strings.Contains(got, "60 x 15") || strings.Contains(got, "谈作息") {
			t.Error(got)
		}
		s.Resize(80, 24)
		s.says(t, "谈作息")
		s.Resize(30, 8).Keys("ctrl+s").Resize(80, 24)
		s.says(t, "> row 0")
	})
}

func TestQuitAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("n", "写", "ctrl+c")
		s.says(t, "有 1 份没存的, 草稿已留: enter 退出  esc 留下")
		if s.Keys("esc"); s.Over() {
			t.Error("left without a yes")
		}
		if s.Keys("ctrl+c", "enter"); !s.Over() {
			t.Error("stays after a yes")
		}
		if len(s.kept) == 0 || s.kept[0] != "写" {
			t.Errorf("kept %q", s.kept)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if s := start(t, i18n.Chinese); !s.Keys("ctrl+c").Over() {
			t.Error("asks though nothing is unsaved")
		}
	})
}

// A draft is kept two seconds after a key at most, while typing too, when the
// page is left, covered by another, or the line is cut; and not twice.
func TestDrafts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("n", "a").Wait(1800 * time.Millisecond)
		s.Keys("b").Wait(200 * time.Millisecond)
		s.Keys("c").Wait(10 * time.Second)
		s.Keys("d", "f1").Wait(time.Second)
		s.Keys("esc", "e", "esc").Wait(time.Second)
		if got := strings.Join(s.kept, " "); got != "ab abc abcd abcde" {
			t.Errorf("kept %q", got)
		}
		s.Keys("n", "f")
		s.shell.Leave()
		if got := s.kept[len(s.kept)-1]; got != "f" {
			t.Errorf("a cut line kept %q", got)
		}
	})
}

// The page hears when its draft is on disk, and why not; then it is tried again.
func TestDraftFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.err = data.ErrNotFound
		s.Keys("n", "a").Wait(3 * time.Second)
		s.err = nil
		s.Wait(3 * time.Second)
		if got := strings.Join(s.kept, " "); got != "a" {
			t.Errorf("kept %q", got)
		}
	})
}

// A draft that is still on its way when its page is saved does not stay behind.
func TestDraftOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.hold = make(chan struct{})
		s.Keys("n", "a").Wait(3 * time.Second)
		s.Keys("ctrl+s")
		close(s.hold)
		s.Wait(time.Second)
		if len(s.kept) != 1 || len(s.dropped) != 1 {
			t.Errorf("kept %q, dropped %q", s.kept, s.dropped)
		}
	})
}

func TestTimePasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.English)
		s.says(t, "Lin Jing CT 3.2  Wed 25 Nov 15:04")
		s.Wait(61 * time.Second)
		s.says(t, "Wed 25 Nov 15:05")
		s.Wait(16 * time.Hour)
		ticks, days := 0, 0
		for _, m := range s.page.told {
			switch m {
			case "kit.Tick":
				ticks++
			case "kit.NewDay":
				days++
			}
		}
		if ticks != 961 || days != 1 {
			t.Errorf("%d minutes, %d midnights", ticks, days)
		}
	})
}

// After five minutes the page is covered, and the key that uncovers it does
// nothing else.
func TestCover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Wait(4 * time.Minute).Keys("j")
		s.Wait(4*time.Minute + 59*time.Second)
		s.says(t, "> row 1")
		s.Wait(2 * time.Second)
		if got := s.Screen(); strings.Contains(got, "row") || !strings.Contains(got, "按任意键继续") {
			t.Error(got)
		}
		s.Keys("j")
		s.says(t, "> row 1")
		s.Keys("j")
		s.says(t, "> row 2")
	})
}

// The school says when; it may say so while people are inside.
func TestCoverSetting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		set := func(value string) {
			if err := db.Console("root").SetSetting(t.Context(), data.CoverMinutes, value); err != nil {
				t.Fatal(err)
			}
		}
		set("2")
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Wait(time.Minute + 58*time.Second)
		if got := s.Screen(); strings.Contains(got, "按任意键继续") {
			t.Error("covered too early")
		}
		s.Wait(3 * time.Second)
		if got := s.Screen(); !strings.Contains(got, "按任意键继续") || !strings.Contains(got, "2 分钟没人按键") {
			t.Error(got)
		}
		s.Keys("x")
		set("7")
		s.Wait(6*time.Minute + 58*time.Second)
		if got := s.Screen(); strings.Contains(got, "按任意键继续") {
			t.Error("covered by the setting before")
		}
		s.Wait(time.Minute)
		if got := s.Screen(); !strings.Contains(got, "按任意键继续") {
			t.Error("not covered")
		}
	})
}

// A page that waits keeps its frame, and says so only when it takes long.
func TestWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.page.slow = true
		s.Keys("j")
		if strings.Contains(s.Screen(), "读取中") {
			t.Error("said at once")
		}
		s.Wait(60 * time.Millisecond)
		s.says(t, " .. 读取中")
		s.Wait(6 * time.Second)
		s.says(t, " 读得慢, esc 取消")
		s.page.slow = false
		s.Keys("j")
		if strings.Contains(s.Screen(), "读") {
			t.Error("still waits")
		}
	})
}

// A save that concerns no page of a session costs it no frame.
func TestWhatConcernsNobodyIsNotDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Screen()
		before := s.page.frame
		s.Send(kit.Changed{Refs: map[data.Ref]bool{{Kind: "draft", ID: 7}: true}})
		if s.Screen(); s.page.frame != before {
			t.Errorf("drawn %d times for another's draft", s.page.frame-before)
		}
		s.Send(kit.Changed{Refs: map[data.Ref]bool{{Kind: "student", ID: 7}: true}})
		if s.Screen(); s.page.frame == before {
			t.Error("not drawn for a student's record")
		}
	})
}

// A page that another covers is told of what changed when it is in front again,
// once, and not before.
func TestCoveredPageCatchesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("?")
		for id := range int64(300) {
			s.Send(kit.Changed{Refs: map[data.Ref]bool{{Kind: "student", ID: id}: true}})
		}
		if s.page.changes > 0 {
			t.Errorf("told %d times while covered", s.page.changes)
		}
		s.Keys("esc")
		if s.page.changes != 1 {
			t.Errorf("told %d times when uncovered", s.page.changes)
		}
		if s.Keys("?", "esc"); s.page.changes != 1 {
			t.Error("told again of what it knew")
		}
	})
}

// What a terminal cannot show is told by other means.
func TestTerminals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		colour := "\x1b[96m"
		if !strings.Contains(s.shell.View().Content, colour) {
			t.Error("no colour on a terminal with 16")
		}
		var told i18n.Lang
		s.shell.At(tui.Terminal{Name: "linux", Profile: colorprofile.ASCII, Lang: func(l i18n.Lang) { told = l }})
		s.Keys("f4", "?", "4")
		if got := s.shell.View().Content; strings.Contains(got, "[9") || strings.Contains(got, "[3") || !strings.Contains(got, "\x1b[7m") || strings.Contains(got, "✓") {
			t.Errorf("%q", got)
		}
		if told != i18n.English {
			t.Errorf("the session was told %q", told)
		}
	})
}

// The server is told which screen is in front, whatever lies on it, and nothing
// of what it shows.
func TestStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		me, err := db.As(tuitest.Luo).Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		box, stop := db.Watch()
		defer func() { cancel(); stop(); synctest.Wait() }()
		var told []string
		s := tuitest.Drive(t, tui.New(ctx, db.As(tuitest.Luo), box, me, i18n.Chinese, tuitest.Clock).
			At(tui.Terminal{Screen: func(name string) { told = append(told, name) }}))
		s.Keys("?", "esc", "g", "r", "/", "esc", "j", "g", "t")
		if got := strings.Join(told, " "); got != "today roster search roster today" {
			t.Error(got)
		}
	})
}

// Every screen has a name to be listed by.
func TestScreensHaveNames(t *testing.T) {
	for _, name := range tui.Screens() {
		if i18n.Screen(name) == i18n.Typed(name) {
			t.Errorf("the screen %q has no name", name)
		}
	}
}

// A light terminal gets light colours, unless the account chose its own.
func TestBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Send(tea.BackgroundColorMsg{Color: color.White})
		if got := s.shell.View().Content; !strings.Contains(got, "\x1b[36m") {
			t.Errorf("%q", got)
		}
	})
}

func TestTouches(t *testing.T) {
	c := kit.Changed{Refs: map[data.Ref]bool{{Kind: "student", ID: 3}: true}}
	all := kit.Changed{Refs: map[data.Ref]bool{{}: true}}
	if !c.Touches("student", 3) || c.Touches("student", 4) || c.Touches("contact", 3) || !c.TouchesAny("student") || c.TouchesAny("contact") {
		t.Error("a page hears of another's record, or not of its own")
	}
	if !all.Touches("contact", 9) || !all.TouchesAny("draft") {
		t.Error("anything may have changed, and a page does not hear")
	}
}
