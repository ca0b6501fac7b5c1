package search_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"qiao/data"
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

// Opening the search looks at nobody: a look is logged, and the families that
// stand there before anything was typed were not asked for. The first move is one.
func TestOpeningLooksAtNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		looks := func() (n int) {
			p, err := db.As(tuitest.Principal).Audit(t.Context(), data.AuditQuery{Person: tuitest.Luo, Deeds: []data.Deed{data.Viewed}})
			if err != nil {
				t.Fatal(err)
			}
			return len(p.Lines)
		}
		before := looks()
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese).Keys("/")
		if got := s.Screen(); !strings.Contains(got, "最近的") || looks() != before {
			t.Errorf("%d looks more\n%s", looks()-before, got)
		}
		if s.Keys("down"); looks() != before+1 {
			t.Errorf("%d looks more after a move", looks()-before)
		}
	})
}
