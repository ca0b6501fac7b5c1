package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// One letter has one meaning everywhere: a key of any screen is in the table
// that the help shows, is on one action only, and takes none of those that
// work on every screen.
func TestOneMeaningAKey(t *testing.T) {
	known := map[string]bool{}
	for _, line := range tui.Meanings() {
		for k := range strings.FieldsSeq(line) {
			known[strings.Replace(k, "F", "f", 1)] = true
			known[k] = true
		}
	}
	taken := map[string]bool{}
	for _, a := range tui.Always() {
		for _, k := range a.Keys() {
			if !known[k] {
				t.Errorf("%s works everywhere and is not in the help", k)
			}
			taken[k] = k != "esc" // a page may say more closely what esc does
		}
	}
	for _, name := range tui.Screens() {
		env := &kit.Env{Ctx: t.Context(), Me: data.Account{ID: 1}, Lang: i18n.English, Now: tuitest.Clock}
		page := tui.Build(name, env)
		page.Layout(80, 19)
		seen := map[string]bool{}
		for _, a := range page.Actions() {
			if a.Label == (i18n.Phrase{}) || a.Do == nil {
				t.Errorf("%s: %q has no name or does nothing", name, a.Key)
			}
			for _, k := range a.Keys() {
				switch {
				case !known[k]:
					t.Errorf("%s: %q has no meaning in the table of keys", name, k)
				case taken[k]:
					t.Errorf("%s: %q already works everywhere", name, k)
				case seen[k]:
					t.Errorf("%s: %q is on two actions", name, k)
				}
				seen[k] = true
			}
		}
		for _, a := range page.Actions() {
			for k := range strings.FieldsSeq(strings.NewReplacer("/", " ", "-", " ").Replace(a.As)) {
				if !seen[k] && !slices.Contains([]string{"-", "/"}, a.As) {
					t.Errorf("%s: the footer names %q, which nothing is on", name, k)
				}
			}
		}
	}
}

// Every screen can be drawn before any answer is there, in any window.
func TestScreensBeforeTheirData(t *testing.T) {
	for _, name := range tui.Screens() {
		env := &kit.Env{Ctx: t.Context(), Me: data.Account{ID: 1}, Lang: i18n.Chinese,
			Now: func() time.Time { return tuitest.Clock() }}
		page := tui.Build(name, env)
		for _, size := range [][2]int{{80, 19}, {120, 31}, {400, 145}} {
			page.Layout(size[0], size[1])
			f := page.View()
			for i, line := range strings.Split(f.Scope+"\n"+f.Body, "\n") {
				if w := kit.Width(line); w > size[0] {
					t.Errorf("%s: row %d takes %d columns of %d: %q", name, i, w, size[0], line)
				}
			}
		}
	}
}
