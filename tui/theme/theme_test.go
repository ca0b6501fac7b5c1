package theme

import (
	"math"
	"strings"
	"testing"
)

// luminance is WCAG's relative luminance of an sRGB colour.
func luminance(c uint32) float64 {
	linear := func(v uint32) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c>>16) + 0.7152*linear(c>>8&255) + 0.0722*linear(c&255)
}

func contrast(a, b uint32) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Every colour can be read on the grounds people have.
func TestContrast(t *testing.T) {
	for role, c := range colours {
		for _, ground := range []uint32{0xffffff, 0xfdf6e3} {
			if got := contrast(c.light, ground); got < 5 {
				t.Errorf("role %d light on %06x: %.2f", role, ground, got)
			}
		}
		for _, ground := range []uint32{0x000000, 0x1e1e1e, 0x282c34} {
			if got := contrast(c.dark, ground); got < 5 {
				t.Errorf("role %d dark on %06x: %.2f", role, ground, got)
			}
		}
	}
}

// Without colours nothing but bold, underline and reverse is sent.
func TestNoColour(t *testing.T) {
	l := New(None, false)
	for r := range roles {
		on, _, _ := strings.Cut(l.Paint(r, "x"), "x")
		switch on {
		case "", "\x1b[1m", "\x1b[4m", "\x1b[7m":
		default:
			t.Errorf("role %d is drawn with %q", r, on)
		}
	}
	if l.Paint(Danger, "x") == "x" || l.Paint(Chosen, "x") == "x" {
		t.Error("danger and the chosen row must differ from plain text")
	}
}

// The chosen row is reversed from end to end, whatever stands in it.
func TestChosenHasNoHoles(t *testing.T) {
	l := New(Dark, true)
	if got := l.Chosen("a" + l.Danger("!") + "b"); got != "\x1b[7ma!b\x1b[m" {
		t.Errorf("%q", got)
	}
	if got := (*Look)(nil).Danger("!"); got != "!" {
		t.Errorf("%q", got)
	}
	if got := New(Light, true).Muted("x"); got != "\x1b[90mx\x1b[m" {
		t.Errorf("%q", got)
	}
}
