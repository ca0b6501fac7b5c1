package kit

import (
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// What one person changed is merged, what both changed alike is no conflict,
// and what both changed differently is asked.
func TestConflictMerges(t *testing.T) {
	name := i18n.Typed
	c := NewConflict("Pu", time.Time{}, name("this"), []Part{
		{Name: name("same"), Was: "a", Mine: "a", Theirs: "a"},
		{Name: name("mine"), Was: "a", Mine: "b", Theirs: "a"},
		{Name: name("theirs"), Was: "a", Mine: "a", Theirs: "b"},
		{Name: name("alike"), Was: "a", Mine: "b", Theirs: "b"},
		{Name: name("clash"), Was: "a", Mine: "b", Theirs: "c", Joins: name("both")},
		{Name: name("clash2"), Was: "a", Mine: "b", Theirs: "c"},
	})
	for i, want := range []Choice{Mine, Mine, Theirs, Mine, Undecided, Undecided} {
		if got := c.Parts[i].Choice; got != want {
			t.Errorf("%d: %v, not %v", i, got, want)
		}
	}
	if got := c.Fields(i18n.English); got != "theirs, alike, clash, clash2" {
		t.Error(got)
	}
	saved := 0
	env := &Env{Ctx: t.Context(), Lang: i18n.English, Now: func() time.Time { return time.Time{} }}
	press := func(key string) {
		for _, a := range c.Actions(env, func() tea.Cmd { saved++; return nil }, nil) {
			for _, k := range a.Keys() {
				if k == key && a.Off() == (i18n.Phrase{}) {
					a.Do()
				}
			}
		}
	}
	press("ctrl+s")
	if saved != 0 || len(env.Sent()) == 0 {
		t.Error("saved with two fields undecided")
	}
	press("4")
	press("4") // clash2 holds one value only
	if c.Parts[4].Choice != Both || c.Parts[5].Choice != Undecided || c.Open() != 1 {
		t.Errorf("%+v", c.Parts)
	}
	press("3")
	press("ctrl+s")
	if c.Parts[5].Choice != Theirs || saved != 1 {
		t.Errorf("%+v", c.Parts)
	}
	press("]")
	press("2") // one that was merged stays so
	if c.Parts[2].Choice != Theirs || c.Parts[1].Choice != Mine {
		t.Errorf("%+v", c.Parts)
	}
}

// A draft is asked about only if another window of this run of the program may
// still write it.
func TestForeignDrafts(t *testing.T) {
	one, two := &Env{Ctx: t.Context()}, &Env{Ctx: t.Context()}
	a, b := NewClaim(one, data.Ref{}, nil), NewClaim(one, data.Ref{}, nil)
	c := NewClaim(two, data.Ref{}, nil)
	for _, tc := range []struct {
		token string
		want  bool
	}{{a.Token(), false}, {b.Token(), false}, {c.Token(), true}, {"", false}, {"ANOTHERRUN/WINDOW/FORM", false}} {
		if got := a.Foreign(data.Draft{Session: tc.token}); got != tc.want {
			t.Errorf("%q: %v", tc.token, got)
		}
	}
	c.Leave()
	if c.Token() != "" {
		t.Error("a form that was left still holds its draft")
	}
}

// Values that differ only behind what a column shows are told apart in it.
func TestConflictColumnsTellApart(t *testing.T) {
	env := &Env{Lang: i18n.Chinese, Now: func() time.Time { return time.Date(2026, 11, 25, 15, 4, 0, 0, data.China) }}
	c := NewConflict("罗静", env.Now(), i18n.T("this", "这次会议"), []Part{{Name: i18n.T("Time", "时间"),
		Was: "2026-11-27 周五 16:30-18:00", Mine: "2026-11-27 周五 17:00-18:00", Theirs: "2026-11-27 周五 19:00-20:30"}})
	got := strings.Join(c.table(env, 80, 5), "\n")
	for _, want := range []string{"6:30-18:00", "7:00-18:00", "9:00-20:30"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}
