package search_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

func school(t *testing.T, do func(t *testing.T, db *store.DB)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { do(t, tuitest.School(t)) })
}

// palette starts on a card, so that the palette has a screen below it.
func palette(t *testing.T, db *store.DB, who int64, lang i18n.Lang, keys ...string) *tuitest.Session {
	t.Helper()
	return tuitest.StartOn(t, db, who, lang, kit.Open{Screen: "family", ID: tuitest.Tian}).Keys(append([]string{"/"}, keys...)...)
}

func shows(t *testing.T, s *tuitest.Session, want ...string) {
	t.Helper()
	screen := s.Screen()
	for _, w := range want {
		if !strings.Contains(screen, w) {
			t.Errorf("%q is not on the screen:\n%s", w, screen)
		}
	}
}

func hides(t *testing.T, s *tuitest.Session, not ...string) {
	t.Helper()
	screen := s.Screen()
	for _, w := range not {
		if strings.Contains(screen, w) {
			t.Errorf("%q is on the screen:\n%s", w, screen)
		}
	}
}

// Every state, in both languages and both layouts.
func TestFrames(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			for _, state := range []struct {
				name string
				who  int64
				keys []string
			}{
				{"recent", tuitest.Luo, nil},
				{"hits", tuitest.Principal, []string{"zw"}},
				{"second", tuitest.Luo, []string{"zw", "tab"}},
				{"nobody", tuitest.Principal, []string{"章微"}},
				{"desk", tuitest.Desk, []string{"zw"}},
				{"subject", tuitest.Pu, []string{"zw"}},
				{"none", tuitest.Admin, nil},
			} {
				school(t, func(t *testing.T, db *store.DB) {
					s := palette(t, db, state.who, lang).Resize(size[0], size[1])
					s.Keys(state.keys...).Golden(fmt.Sprintf("%s.%s.%d", state.name, lang, size[0]))
				})
			}
		}
	}
}
