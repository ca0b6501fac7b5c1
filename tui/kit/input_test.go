package kit

import (
	"strings"
	"testing"
	"time"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

func typeInto(take func(tea.Msg), keys ...string) {
	for _, k := range keys {
		take(key(k))
	}
}

// The cursor stands in the column after what was typed, where a Chinese
// character takes two.
func TestFieldCursor(t *testing.T) {
	env := testEnv(time.Now)
	f := NewField(i18n.Phrase{}, "")
	f.Focus()
	take := func(m tea.Msg) { f.Take(m) }
	for _, c := range []struct {
		key, box string
		x        int
	}{
		{"王", "[王______]", 3}, {"小", "[王小____]", 5}, {"a", "[王小a___]", 6}, {"明", "[王小a明_]", 8},
		{"了", "[a明了___]", 6}, {"left", "[王小a明_]", 8}, {"home", "[王小a明_]", 1}, {"end", "[a明了___]", 6},
		{"backspace", "[王小a明_]", 8}, {"ctrl+u", "[________]", 1},
	} {
		typeInto(take, c.key)
		box, cursor := f.Box(env, 10, 0, 4)
		if box != c.box || cursor.X != c.x || cursor.Y != 4 {
			t.Errorf("after %s: %s at %d, not %s at %d", c.key, box, cursor.X, c.box, c.x)
		}
	}
}

// Whatever is typed and pasted, the box is as wide as asked and the cursor
// within it; what was typed comes out as it went in.
func TestFieldBox(t *testing.T) {
	env := testEnv(time.Now)
	rapid.Check(t, func(t *rapid.T) {
		f := NewField(i18n.Phrase{}, "")
		f.Focus()
		for range rapid.IntRange(0, 25).Draw(t, "n") {
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				f.Take(tea.PasteMsg{Content: odd.Draw(t, "paste")})
			case 1:
				f.Take(key(rapid.SampledFrom([]string{"left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+k"}).Draw(t, "key")))
			default:
				f.Take(key(string(rapid.RuneFrom([]rune("ab章薇·e\u0301")).Draw(t, "rune"))))
			}
			w := rapid.IntRange(4, 20).Draw(t, "w")
			box, cursor := f.Box(env, w, 0, 0)
			if Width(box) != w || cursor.X < 1 || cursor.X > w-1 || f.at < 0 || f.at > len(f.text) || strings.ContainsAny(f.Value(), "\n\x1b\t") {
				t.Fatalf("%q with %d columns and the cursor at %d: %q", f.Value(), w, cursor.X, box)
			}
		}
	})
}

func TestFieldKeys(t *testing.T) {
	f := NewField(i18n.Phrase{}, "one two")
	if f.Take(key("x")) || f.Value() != "one two" {
		t.Error("typed without the focus")
	}
	f.Focus()
	if !f.Take(key("ctrl+w")) || f.Value() != "one " {
		t.Errorf("%q", f.Value())
	}
	if f.Take(key("left")) {
		t.Error("a move is no change")
	}
	for _, k := range []string{"ctrl+v", "ctrl+f", "ctrl+p", "ctrl+n"} {
		if f.Take(key(k)) || f.Value() != "one " {
			t.Errorf("%s changed the text: %q", k, f.Value())
		}
	}
	g := NewField(i18n.Phrase{}, "")
	g.Focus()
	g.Take(tea.PasteMsg{Content: "a\x1b[2Jb\u202ec\x9b\n\x1b]52;c;aGk=\ad"})
	if strings.ContainsAny(g.Value(), "\x1b\u202e\a\n\u009b") || !strings.HasPrefix(g.Value(), "a[2Jbc ") {
		t.Errorf("a paste left %q", g.Value())
	}
	f.Most(6)
	f.Take(tea.PasteMsg{Content: "12345678"})
	if f.Value() != "one12 " {
		t.Errorf("%q", f.Value())
	}
	if !f.Click(tea.MouseClickMsg{X: 2, Y: 3, Button: tea.MouseLeft}, 12, 0, 3) || f.Position() != 1 {
		t.Errorf("a click put the cursor at %d", f.Position())
	}
}

// A text wraps on characters, words of letters stay together, and the cursor
// goes up and down by what is seen.
func TestAreaWraps(t *testing.T) {
	env := testEnv(time.Now)
	a := NewArea("")
	a.Layout(13, 4)
	a.Focus()
	a.Take(tea.PasteMsg{Content: "孩子又咳昨晚没睡\r\nabc defgh ijk"})
	lines, cursor := a.View(env, 5, 3)
	if got := strings.Join(lines, "/"); got != "| 孩子又咳昨/| 晚没睡/| abc defgh/| ijk" {
		t.Fatalf("%q", got)
	}
	if cursor.X != 5+2+3 || cursor.Y != 3+3 {
		t.Errorf("cursor at %d, %d", cursor.X, cursor.Y)
	}
	for _, c := range []struct {
		key  string
		x, y int
	}{{"up", 10, 5}, {"up", 9, 4}, {"up", 9, 3}, {"up", 7, 3}, {"down", 7, 4}, {"end", 13, 4}, {"home", 7, 3}} {
		a.Take(key(c.key))
		if _, cursor = a.View(env, 5, 3); cursor.X != c.x || cursor.Y != c.y {
			t.Errorf("%s: cursor at %d, %d", c.key, cursor.X, cursor.Y)
		}
	}
	if a.Rows() != 4 {
		t.Errorf("%d rows", a.Rows())
	}
}

func TestAreaStaysInSight(t *testing.T) {
	env := testEnv(time.Now)
	rapid.Check(t, func(t *rapid.T) {
		a := NewArea("")
		a.Layout(12, 3)
		a.Focus()
		for range rapid.IntRange(0, 40).Draw(t, "n") {
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				a.Take(tea.PasteMsg{Content: odd.Draw(t, "paste")})
			case 1:
				a.Layout(rapid.IntRange(1, 30).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h"))
			default:
				a.Take(key(rapid.SampledFrom([]string{"a", "章", "space", "enter", "up", "down", "left", "right", "pgup", "pgdown",
					"home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k"}).Draw(t, "key")))
			}
			lines, cursor := a.View(env, 0, 0)
			if len(lines) != a.h || cursor.Y < 0 || cursor.Y >= a.h || cursor.X > a.w+2 {
				t.Fatalf("%d lines of %d, cursor at %d, %d", len(lines), a.h, cursor.X, cursor.Y)
			}
			for _, line := range lines {
				if Width(line) > a.w+2 {
					t.Fatalf("%q is wider than %d", line, a.w+2)
				}
			}
		}
	})
}

var some = Options{N: 4, Word: func(_ i18n.Lang, i int) string { return []string{"reached", "没接通", "later", "wrong"}[i] }}

func TestRadio(t *testing.T) {
	env := testEnv(time.Now)
	r := Radio{Options: some}
	r.Focus()
	r.Take(key("right"))
	if got := strings.Join(r.View(env, 40), "/"); got != "( ) reached  (o) 没接通  ( ) later/( ) wrong" {
		t.Errorf("%q", got)
	}
	if !r.Click(tea.MouseClickMsg{X: 5, Y: 8, Button: tea.MouseLeft}, env, 40, 2, 7) || r.At != 3 {
		t.Errorf("option %d", r.At)
	}
	r.Next()
	if r.At != 0 {
		t.Errorf("option %d after the last", r.At)
	}
}

func TestChecks(t *testing.T) {
	env := testEnv(time.Now)
	c := Checks{Options: some}
	c.Focus()
	if c.Take(key("right")) || !c.Take(key("space")) {
		t.Error("moving is no tick, space is")
	}
	c.Blur()
	if got := c.View(env, 80)[0]; got != "[ ]reached  [x]没接通  [ ]later  [ ]wrong" {
		t.Errorf("%q", got)
	}
}

func TestSelect(t *testing.T) {
	env := testEnv(time.Now)
	s := Select{Options: some}
	s.Focus()
	if !s.Take(key("down"), env) || s.At != 1 {
		t.Error("down goes to the next")
	}
	if box, cursor := s.Box(env, 14, 3, 0); box != "[没接通     v]" || cursor.X != 4 {
		t.Errorf("%q", box)
	}
	s.Take(key("w"), env)
	if got := strings.Join(s.Drop(env, 10), "|"); !s.Open() || got != "> wrong   " {
		t.Errorf("%q", got)
	}
	if !s.Take(key("enter"), env) || s.At != 3 || s.Open() {
		t.Errorf("option %d", s.At)
	}
	s.Take(key("space"), env)
	s.Take(key("up"), env)
	s.Take(key("esc"), env)
	if s.At != 3 || s.Open() {
		t.Error("esc chose")
	}
	click := func(y int) bool { return s.Click(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft}, env, 14, 3, 2) }
	if !click(2) || !s.Open() || !click(4) || s.At != 1 || click(4) {
		t.Errorf("clicks chose option %d", s.At)
	}
}

func TestRing(t *testing.T) {
	a, b := NewField(i18n.Phrase{}, ""), NewArea("")
	r := Ring{&a, &b}
	r.To(0)
	r.Step(-1)
	if r.At() != 1 || a.Focused() || !b.Focused() {
		t.Errorf("input %d", r.At())
	}
}
