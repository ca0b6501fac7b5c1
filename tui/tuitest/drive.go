package tuitest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
)

// Update is the flag that has tests rewrite what they compare with.
var Update = flag.Bool("update", false, "rewrite the golden files")

// A Session is one person at the program.
type Session struct {
	t     *testing.T
	model tea.Model
	inbox chan tea.Msg
	w, h  int
	over  bool
	clip  string // what was put on the clipboard last
	hides []hidden
}

// hidden is what differs each time, and what stands for it in a frame.
type hidden struct {
	what *regexp.Regexp
	as   string
}

// Hide has frames show something else for what differs each time, as a code
// that is made at random.
func (s *Session) Hide(pattern, as string) *Session {
	s.hides = append(s.hides, hidden{regexp.MustCompile(pattern), as})
	return s
}

// Drive starts a model in a window of 80 x 24.
func Drive(t *testing.T, model tea.Model) *Session {
	t.Helper()
	s := &Session{t: t, model: model, inbox: make(chan tea.Msg, 1000), w: 80, h: 24}
	cmd := model.Init()
	s.Send(tea.WindowSizeMsg{Width: s.w, Height: s.h}) // the program knows its size before anything else
	s.run(cmd)
	s.Send()
	return s
}

// Over reports whether the program has quit.
func (s *Session) Over() bool { return s.over }

// Copied is what the program put on the clipboard last.
func (s *Session) Copied() string { return s.clip }

// clipboard is bubbletea's own message, which has no name outside.
var clipboard = reflect.TypeOf(tea.SetClipboard("")())

// Cut ends the session as a cut line does: without a word to the program.
func (s *Session) Cut() {
	s.over = true
	if of, ok := s.model.(interface{ Leave() }); ok {
		of.Leave()
	}
}

// Resize changes the window.
func (s *Session) Resize(w, h int) *Session {
	s.w, s.h = w, h
	s.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return s
}

func (s *Session) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				s.run(c)
			}
		default:
			s.inbox <- msg
		}
	}()
}

// Send gives the program messages, one upon the other, and waits until it has
// nothing left to do.
func (s *Session) Send(msgs ...tea.Msg) {
	for {
		for _, msg := range msgs {
			if _, quit := msg.(tea.QuitMsg); quit || s.over {
				s.over = true
				continue
			}
			if reflect.TypeOf(msg) == clipboard {
				s.clip = reflect.ValueOf(msg).String()
			}
			m, cmd := s.model.Update(msg)
			s.model = m
			s.run(cmd)
		}
		synctest.Wait()
		select {
		case msg := <-s.inbox:
			msgs = []tea.Msg{msg}
		default:
			return
		}
	}
}

// Wait lets time pass, for clocks, drafts and everything that ticks.
func (s *Session) Wait(d time.Duration) *Session {
	for end := time.After(d); ; {
		select {
		case msg := <-s.inbox:
			s.Send(msg)
		case <-end:
			return s
		}
	}
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "space": {Code: tea.KeySpace, Text: " "},
	"tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "backspace": {Code: tea.KeyBackspace},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"f1": {Code: tea.KeyF1}, "f2": {Code: tea.KeyF2}, "f3": {Code: tea.KeyF3}, "f4": {Code: tea.KeyF4}, "f5": {Code: tea.KeyF5},
	"f8": {Code: tea.KeyF8}, "delete": {Code: tea.KeyDelete},
}

// Keys presses keys: "ctrl+s" and the like by name, other words letter by letter.
func (s *Session) Keys(words ...string) *Session {
	for _, w := range words {
		if key, ok := named[w]; ok {
			s.Send(key)
		} else if letter, ok := strings.CutPrefix(w, "ctrl+"); ok {
			s.Send(tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl})
		} else {
			for _, r := range w {
				s.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
	return s
}

// Shows fails the test unless the screen holds all of these words.
func (s *Session) Shows(words ...string) {
	s.t.Helper()
	screen := s.Screen()
	for _, w := range words {
		if !strings.Contains(screen, w) {
			s.t.Errorf("%q is not on the screen\n%s", w, screen)
		}
	}
}

// Lacks fails the test if the screen holds one of these words.
func (s *Session) Lacks(words ...string) {
	s.t.Helper()
	screen := s.Screen()
	for _, w := range words {
		if strings.Contains(screen, w) {
			s.t.Errorf("%q is on the screen\n%s", w, screen)
		}
	}
}

// Screen lets what is under way finish and returns the text on the screen.
func (s *Session) Screen() string {
	s.Send()
	v := s.model.View()
	var out strings.Builder
	if n := strings.Count(v.Content, "\n") + 1; n > s.h {
		s.t.Errorf("%d lines in %d", n, s.h)
	}
	for line := range strings.Lines(ansi.Strip(v.Content)) {
		if w := ansi.StringWidth(strings.TrimRight(line, "\n")); w > s.w {
			s.t.Errorf("a line is %d columns wide, not %d: %s", w, s.w, line)
		}
		for _, r := range line {
			if runewidth.IsAmbiguousWidth(r) {
				s.t.Errorf("some terminals draw %q in two columns: %s", r, line)
			}
		}
		out.WriteString("|" + strings.TrimRight(line, "\n") + "|\n")
	}
	if v.Cursor != nil {
		fmt.Fprintf(&out, "cursor at column %d, row %d\n", v.Cursor.X, v.Cursor.Y)
	}
	return out.String()
}

// Golden compares the screen with testdata/name.golden.
func (s *Session) Golden(name string) {
	s.t.Helper()
	file, got := filepath.Join("testdata", name+".golden"), s.Screen()
	for _, h := range s.hides {
		got = h.what.ReplaceAllString(got, h.as)
	}
	if *Update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	if got != string(want) {
		s.t.Errorf("%s differs (go test -update rewrites it)\ngot\n%s\nwant\n%s", file, got, want)
	}
}

// Sizes compares the screen with two frames: name.80 (80 x 24) and name.120
// (120 x 36). It ends at the first, with what was said still there.
func (s *Session) Sizes(name string) {
	s.t.Helper()
	s.Golden(name + ".80")
	s.Resize(120, 36).Golden(name + ".120")
	s.Resize(80, 24)
}

// Goldens compares a screen that is in Chinese and 80 x 24 with four frames:
// name.zh.80, name.zh.120 (120 x 36), and both in English. It ends as it began.
// What was said on the message row goes with the change of language: see Sizes.
func (s *Session) Goldens(name string) {
	s.t.Helper()
	s.Golden(name + ".zh.80")
	s.Resize(120, 36).Golden(name + ".zh.120")
	s.Keys("f4").Golden(name + ".en.120")
	s.Resize(80, 24).Golden(name + ".en.80")
	s.Keys("f4")
}
