package kit

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

func testEnv(now func() time.Time) *Env {
	return &Env{Ctx: context.Background(), Lang: i18n.English, Now: data.Clock(now)}
}

func key(name string) tea.KeyPressMsg {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome,
		"end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "enter": tea.KeyEnter, "esc": tea.KeyEscape,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete}
	if c, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func drawn(l *List) string {
	env := testEnv(time.Now)
	return strings.Join(l.View(env, func(i int) string {
		if i < len(l.ids) {
			return fmt.Sprint(l.ids[i])
		}
		return fmt.Sprint(i)
	}), "|")
}

// Whatever happens, the chosen row is on the screen and no heading.
func TestListStaysInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l List
		ids := rapid.SliceOf(rapid.Int64Range(0, 9))
		l.Place(Rect{0, 0, 20, rapid.IntRange(1, 8).Draw(t, "h")})
		l.Keep(ids.Draw(t, "ids"))
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				l.Keep(ids.Draw(t, "ids"))
			case 1:
				l.Place(Rect{0, 0, 20, rapid.IntRange(1, 8).Draw(t, "h")})
			default:
				l.Take(key(rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "home", "end", "j", "k", "G"}).Draw(t, "key")))
			}
			any := false
			for _, id := range l.ids {
				any = any || id != 0
			}
			if l.n > 0 && (l.At < l.Top || l.At >= l.Top+l.h) || any && l.ID() == 0 {
				t.Fatalf("row %d of %v, on the screen %d to %d", l.At, l.ids, l.Top, l.Top+l.h)
			}
		}
	})
}

// A row put in above leaves the chosen record chosen and on its line.
func TestListKeepsItsRecord(t *testing.T) {
	var l List
	l.Place(Rect{0, 0, 4, 3})
	l.Keep([]int64{1, 2, 3, 4, 5, 6})
	for range 3 {
		l.Take(key("down"))
	}
	if got := drawn(&l); got != "  2 |  3 |> 4 " {
		t.Fatalf("%q", got)
	}
	l.Keep([]int64{1, 9, 2, 3, 4, 5, 6})
	if got := drawn(&l); got != "  2 |  3 |> 4 " {
		t.Errorf("%q", got)
	}
	l.Keep([]int64{1, 9, 2, 3, 5, 6})
	if l.ID() != 5 {
		t.Errorf("the record went, and %d is chosen", l.ID())
	}
}

func TestListHeadings(t *testing.T) {
	var l List
	l.Place(Rect{0, 0, 4, 4})
	l.Keep([]int64{0, 7, 0, 8, 9})
	if got := drawn(&l); got != "0   |> 7 |0   |  8 " {
		t.Errorf("%q", got)
	}
	l.Take(key("down"))
	if l.ID() != 8 {
		t.Errorf("%d", l.ID())
	}
	l.Take(key("home"))
	if l.ID() != 7 || l.Top != 0 {
		t.Errorf("%d, from row %d", l.ID(), l.Top)
	}
}

func TestListClicks(t *testing.T) {
	var l List
	l.Place(Rect{10, 2, 20, 5})
	l.Count(9)
	click := func(x, y int) Did { return l.Take(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
	if click(10, 4) != Moved || l.At != 2 || click(12, 4) != Opened || click(9, 4) != Nothing || click(12, 7) != Nothing {
		t.Errorf("row %d", l.At)
	}
	if l.Take(tea.MouseWheelMsg{X: 12, Y: 3, Button: tea.MouseWheelDown}) != Moved || l.At != 5 {
		t.Errorf("row %d", l.At)
	}
	if l.Take(tea.MouseWheelMsg{X: 2, Y: 3, Button: tea.MouseWheelDown}) != Nothing {
		t.Error("the wheel turned beside the list")
	}
	if got := l.Span(); got != "2-6 / 9" {
		t.Errorf("%q", got)
	}
}

// Only the rows on the screen are asked for, however long the list.
func TestListAsksForWhatItShows(t *testing.T) {
	var l List
	l.Place(Rect{0, 0, 20, 10})
	l.Count(100_000)
	l.Take(key("end"))
	asked := 0
	l.View(testEnv(time.Now), func(int) string { asked++; return "" })
	if asked != 10 {
		t.Errorf("asked for %d rows", asked)
	}
}

// A changed row is marked for five seconds.
func TestListFlash(t *testing.T) {
	now := time.Date(2026, 9, 1, 9, 0, 0, 0, data.China)
	env := testEnv(func() time.Time { return now })
	var l List
	l.Place(Rect{0, 0, 6, 2})
	l.Keep([]int64{1, 2})
	if l.Flash(env, 2) == nil {
		t.Error("nothing takes the mark away")
	}
	view := func() string { return strings.Join(l.View(env, func(i int) string { return "x" }), "|") }
	if got := view(); got != "> x   | ~x   " {
		t.Errorf("%q", got)
	}
	now = now.Add(flash)
	if got := view(); got != "> x   |  x   " {
		t.Errorf("%q", got)
	}
}

var cols = []Col{{Width: 4, Align: ToRight}, {Width: 6, Grow: 1}, {Width: 5, Rank: 2, Align: Middle}, {Width: 3, Rank: 1}}

// Columns go in the order of their rank, and what is left over is used.
func TestTable(t *testing.T) {
	row := func(w int) string { return NewTable(cols, w).Row(nil, "7", "章薇", In(theme.Danger, "!"), "abcd") }
	for w, want := range map[int]string{
		30: "   7  章薇            !    a..",
		24: "   7  章薇      !    a..",
		20: "   7  章薇       a..",
		12: "   7  章薇  ",
	} {
		if got := row(w); got != want || Width(got) != min(w, Width(want)) {
			t.Errorf("in %d columns: %q, not %q", w, got, want)
		}
	}
	if NewTable(cols, 20).Shows(2) || !NewTable(cols, 24).Shows(2) {
		t.Error("Shows and Row disagree")
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		w, h         int
		list, detail Rect
	}{
		{80, 19, Rect{0, 0, 80, 12}, Rect{0, 12, 80, 7}},
		{119, 31, Rect{0, 0, 119, 19}, Rect{0, 19, 119, 12}},
		{120, 31, Rect{0, 0, 66, 31}, Rect{69, 0, 51, 31}},
		{200, 40, Rect{0, 0, 110, 40}, Rect{113, 0, 87, 40}},
	} {
		if l, d := Split(c.w, c.h); l != c.list || d != c.detail {
			t.Errorf("%d x %d: %v and %v", c.w, c.h, l, d)
		}
	}
	l, d := Split(120, 2)
	if got := Panes([]string{"a"}, []string{"b", "c"}, l, d); strings.Count(got, " | ") != 2 || Width(strings.Split(got, "\n")[0]) != 120 {
		t.Errorf("%q", got)
	}
}

func TestOver(t *testing.T) {
	got := Over([]string{"章薇章薇", "ab"}, 3, 0, []string{"[x]", "[y]"})
	if strings.Join(got, "|") != "章 [x]薇|ab [y]" {
		t.Errorf("%q", got)
	}
}
