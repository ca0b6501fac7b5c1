package session

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// What a model sends to the terminal itself goes out at once, and what the
// terminal answers reaches the model.
func TestTalkWithTheTerminal(t *testing.T) {
	r := start(t, func(c *Config) {})
	c := r.login(0)
	c.expect("hello")
	began := time.Now()
	c.types("y")
	c.expect(ansi.SetSystemClipboard("张三"))
	c.types("r")
	c.expect("\x1b]777;raw\a")
	if d := time.Since(began); d > 700*time.Millisecond { // Bubble Tea itself would keep each up to a second
		t.Error("after", d)
	}
	c.types("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
	c.expect("dark false")
	c.types("\x1b]11;rgb:0000/1111/0000\a")
	c.expect("tru") // the rest is on the screen already
	if strings.Contains(c.text(), "52;c;?") {
		t.Error("the clipboard was asked for")
	}
}

func TestProfile(t *testing.T) {
	for env, want := range map[string]colorprofile.Profile{
		"TERM=xterm-256color": colorprofile.ANSI256, "TERM=xterm": colorprofile.ANSI, "TERM=linux": colorprofile.ANSI,
		"TERM=xterm-256color NO_COLOR=yes": colorprofile.ASCII, "TERM=xterm-256color NO_COLOR=": colorprofile.ANSI256,
		"TERM=xterm COLORTERM=truecolor": colorprofile.TrueColor, "TERM=": colorprofile.ASCII,
	} {
		if got := (&Session{env: strings.Fields(env)}).Profile(); got != want {
			t.Errorf("%s: %v, want %v", env, got, want)
		}
	}
}
