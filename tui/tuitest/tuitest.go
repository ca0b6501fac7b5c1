// Package tuitest drives the real shell over a real database, without a
// terminal, for golden frames. Use it inside testing/synctest: it relies on
// synctest.Wait to know that all commands have had their say.
package tuitest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

var update = flag.Bool("update", false, "rewrite the golden frames")

// Clock begins on a school day at nine. In a bubble it goes with the bubble's
// time, which starts with the year 2000; elsewhere it stands still.
var Clock = data.Clock(func() time.Time {
	nine := time.Date(2026, 9, 10, 9, 0, 0, 0, data.China)
	if gone := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); gone < 365*24*time.Hour {
		return nine.Add(gone)
	}
	return nine
})

// School opens a database with the accounts and families of all tests:
// account 1 teaches class 3-1, account 2 is the head.
func School(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), Clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for i, a := range []data.Account{{Name: "林老师", Role: data.Teacher, Class: "3-1"}, {Name: "Head", Role: data.Head}} {
		if err := db.Enroll(t.Context(), a, fmt.Sprint("key", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []data.Family{
		{Class: "3-1", Child: "安安", Parent: "安妈妈", Phone: "100-0000-0001"},
		{Class: "3-1", Child: "欧阳小贝", Parent: "欧阳爸爸", Phone: "100-0000-0002"},
		{Class: "3-2", Child: "Cici", Parent: "Cici's aunt", Phone: "100-0000-0003"},
	} {
		if err := db.Admit(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// A Session is one person at the program.
type Session struct {
	t     *testing.T
	model tea.Model
	inbox chan tea.Msg
	w, h  int
}

// Start logs an account in, in a window of 80×24.
func Start(t *testing.T, db *store.DB, me data.Account, lang i18n.Lang) *Session {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	box, stop := db.Watch()
	t.Cleanup(func() { cancel(); stop(); synctest.Wait() })
	s := &Session{t: t, model: tui.New(ctx, db, box, me, lang, Clock), inbox: make(chan tea.Msg, 1000)}
	s.run(s.model.Init())
	return s.Resize(80, 24)
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
	"f8": {Code: tea.KeyF8},
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

// Screen lets what is under way finish and returns the text on the screen.
func (s *Session) Screen() string {
	s.Send()
	v := s.model.(*tui.Shell).View()
	var out strings.Builder
	if n := strings.Count(v.Content, "\n") + 1; n > s.h {
		s.t.Errorf("%d lines in %d", n, s.h)
	}
	for line := range strings.Lines(ansi.Strip(v.Content)) {
		if w := ansi.StringWidth(strings.TrimRight(line, "\n")); w > s.w {
			s.t.Errorf("a line is %d columns wide, not %d: %s", w, s.w, line)
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
	if *update {
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
