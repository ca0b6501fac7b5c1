package kit

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"
)

var odd = rapid.StringOfN(rapid.OneOf(
	rapid.RuneFrom([]rune("ab3 章薇，（）「」·“”…—①℃é\u0301\u200d\u202e\x1b\t👨𠮷・")), rapid.Rune()), 0, 40, -1)

// The quick count is the library's count, by which the session cuts rows.
func TestWidthIsTheSessions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := odd.Draw(t, "s")
		if got, want := Width(s), lipgloss.Width(s); got != want {
			t.Fatalf("%q: %d, not %d", s, got, want)
		}
	})
	if got := Width("\x1b[1m章\x1b[m a"); got != 4 {
		t.Errorf("a look takes %d columns", got-4)
	}
}

// Whatever people typed, a cell is exactly as wide as its column, on every
// terminal, and holds nothing that moves the cursor.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := odd.Draw(t, "s"), rapid.IntRange(0, 30).Draw(t, "w")
		for _, got := range []string{Fit(s, w), Right(s, w), Centre(s, w)} {
			if Width(got) != w || strings.ContainsAny(got, "\x1b\n\r\t\u202e") {
				t.Fatalf("%q in %d columns: %q", s, w, got)
			}
		}
		if got := Cut(s, w); Width(got) > w {
			t.Fatalf("%q in %d columns: %q", s, w, got)
		}
	})
}

func TestShow(t *testing.T) {
	for in, want := range map[string]string{
		"章薇 0117":     "章薇 0117",
		"古丽·买买提":      "古丽・买买提",
		"“好”…—→×":     "「好」..->x",
		"①⑨ 38℃●":     "(1)(9) 38度*",
		"a\tb\u202ec": "a b?c",
		"\x1b[31m红":   "?[31m红",
	} {
		if got := Show(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	for _, to := range shown {
		for _, r := range to {
			if runewidth.IsAmbiguousWidth(r) {
				t.Errorf("%q is as ambiguous as what it stands for", r)
			}
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{{"章薇的祖母", 10, "章薇的祖母"}, {"章薇的祖母", 9, "章薇的.."}, {"章薇的祖母", 8, "章薇的.."}, {"abc", 2, ".."}, {"abc", 1, "."}, {"abc", 0, ""}} {
		if got := Cut(c.in, c.w); got != c.want {
			t.Errorf("%q in %d: %q, not %q", c.in, c.w, got, c.want)
		}
	}
}

func TestHead(t *testing.T) {
	if got := Head("要我做的 (9)", "按时限", 40); got != "--- 要我做的 (9) ------------ 按时限 ---" {
		t.Errorf("%q", got)
	}
	if got := Head("很长很长很长的标题", "", 16); Width(got) != 16 {
		t.Errorf("%q", got)
	}
}

// Wrapped text loses nothing but blanks at the breaks, and no line is too wide.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("ab c章薇，。\n")), 0, 60, -1).Draw(t, "s")
		w := rapid.IntRange(2, 20).Draw(t, "w")
		lines := Wrap(s, w)
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(strings.Join(lines, "")) != bare(s) {
			t.Fatalf("%q became %q", s, lines)
		}
		for _, line := range lines {
			if Width(line) > w {
				t.Fatalf("%q is wider than %d", line, w)
			}
		}
	})
	if got := strings.Join(Wrap("祖母说 Tuesday afternoon 可以", 14), "|"); got != "祖母说 Tuesday|afternoon 可以" {
		t.Errorf("%q", got)
	}
}

func TestEnds(t *testing.T) {
	if got := Ends(" 第13周", "待办 9 ", 20); got != " 第13周      待办 9 " {
		t.Errorf("%q", got)
	}
	if got := Ends("left", "much too long", 6); Width(got) != 6 {
		t.Errorf("%q", got)
	}
}

// The quick way to a width is the long way's.
func TestWidthWithLooks(t *testing.T) {
	some := []string{"a", "章", "、", "\x1b[1m", "\x1b[38;5;80m", "\x1b[38:2::1:2:3m", "\x1b[m", "\x1b[2K", "\x1b]8;;x\a", "\x1b[", "é", "\u0301", "😀", "·", "1"}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(some), 0, 6).Draw(t, "text"), "")
		if got, want := Width(s), lipgloss.Width(s); got != want {
			t.Fatalf("%q is %d columns, not %d", s, got, want)
		}
	})
}
