package contact_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// The guardians of Zhang, as persons.
const (
	grandma int64 = 15
	father  int64 = 16
)

// form opens the form for Zhang over another page, as c on the card does.
func form(t *testing.T, db *store.DB, lang i18n.Lang, o kit.Open) *tuitest.Session {
	t.Helper()
	s := tuitest.StartOn(t, db, tuitest.Luo, lang, kit.Open{Screen: "contact", ID: tuitest.Tian})
	o.Screen = "contact"
	if o.ID == 0 && o.Draft == nil && o.Contact == 0 {
		o.ID = tuitest.Zhang
	}
	s.Send(o)
	return s
}

func paste(s *tuitest.Session, text string) { s.Send(tea.PasteMsg{Content: text}) }

// typed is the talk of the screens' design, in both languages.
var typed = map[i18n.Lang][2]string{
	i18n.Chinese: {"孩子又咳, 昨晚没睡好。祖母想请一天假, 问作业怎么办。父亲本周末打电话回来。", "把作业拍给祖母"},
	i18n.English: {"Coughing again, slept badly. Grandma wants one day off and asks about homework. Father calls home this weekend.", "photo of homework to grandma"},
}

func TestFrames(t *testing.T) {
	states := []struct {
		name string
		make func(s *tuitest.Session, lang i18n.Lang)
	}{
		{name: "empty", make: func(*tuitest.Session, i18n.Lang) {}},
		{name: "call", make: func(s *tuitest.Session, lang i18n.Lang) {
			s.Keys(typed[lang][0], "ctrl+n", typed[lang][1])
			s.Wait(clock327)
		}},
		{name: "faults", make: func(s *tuitest.Session, lang i18n.Lang) {
			s.Keys("ctrl+n", typed[lang][1], "tab", "tab", "nonsense", "ctrl+s")
		}},
		{name: "later", make: func(s *tuitest.Session, lang i18n.Lang) { s.Keys("ctrl+o", "ctrl+o", "fri 16:30") }},
		{name: "missed", make: func(s *tuitest.Session, _ i18n.Lang) { s.Keys("ctrl+g") }},
		{name: "scrolled", make: func(s *tuitest.Session, lang i18n.Lang) {
			for range 5 {
				s.Keys("ctrl+n", typed[lang][1])
			}
			s.Keys("tab", "tab", "nonsense", "tab", "shift+tab")
		}},
		{name: "chat", make: func(s *tuitest.Session, lang i18n.Lang) {
			s.Keys(typed[lang][0])
			paste(s, strings.Repeat("妈妈 08:12 老师好, 孩子今天发烧, 请一天假\n", 30))
			s.Keys("tab")
		}},
		{name: "restored", make: func(s *tuitest.Session, lang i18n.Lang) {
			s.Keys(typed[lang][0]).Wait(3 * time.Second)
			s.Keys("esc").Wait(time.Minute)
			s.Send(kit.Open{Screen: "contact", ID: tuitest.Zhang})
		}},
		{name: "warned", make: func(s *tuitest.Session, _ i18n.Lang) { s.Keys("100 0000 0999", "ctrl+s") }},
		{name: "wrong", make: func(s *tuitest.Session, _ i18n.Lang) { s.Keys("ctrl+o", "ctrl+o", "ctrl+o", "ctrl+s", "enter", "down") }},
		{name: "list", make: func(s *tuitest.Session, _ i18n.Lang) {
			for range 6 {
				s.Keys("tab")
			}
			s.Keys("space")
		}},
	}
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, state := range states {
			for _, w := range []int{80, 120} {
				name := state.name + "." + string(lang) + "." + map[int]string{80: "80", 120: "120"}[w]
				t.Run(name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						s := form(t, tuitest.School(t), lang, kit.Open{})
						if w == 120 {
							s.Resize(120, 36)
						}
						state.make(s, lang)
						s.Golden(name)
					})
				})
			}
		}
	}
}

const clock327 = 207e9 // 03:27 on the clock

// Others at work: a second window, a right that is gone, a colleague's record.
func TestFramesWithOthers(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, w := range []int{80, 120} {
			end := "." + string(lang) + "." + map[int]string{80: "80", 120: "120"}[w]
			start := func(t *testing.T, db *store.DB) *tuitest.Session {
				s := form(t, db, lang, kit.Open{})
				if w == 120 {
					s.Resize(120, 36)
				}
				s.Keys(typed[lang][0]).Wait(3 * time.Second)
				return s
			}
			school(t, func(t *testing.T, db *store.DB) {
				one := start(t, db)
				two := form(t, db, lang, kit.Open{}).Resize(w, map[int]int{80: 24, 120: 36}[w])
				two.Golden("which" + end)
				two.Keys("enter", "x").Wait(3 * time.Second)
				one.Wait(time.Second)
				one.Golden("elsewhere" + end)
			})
			school(t, func(t *testing.T, db *store.DB) {
				s := start(t, db)
				news(t, db)
				s.Wait(200 * time.Millisecond)
				s.Golden("news" + end)
			})
			school(t, func(t *testing.T, db *store.DB) {
				s := start(t, db)
				shut(t, db)
				s.Keys("ctrl+s")
				s.Golden("lost" + end)
			})
		}
	}
}
