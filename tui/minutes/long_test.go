package minutes_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// long writes 500 pages into minutes: paragraphs of one to four rows.
func long(edits *[]data.MinutesEdit) {
	for n := range 500 * 38 {
		*edits = append(*edits, data.MinutesEdit{Text: fmt.Sprint("第 ", n, " 段 ", strings.Repeat("家校", 5+n*7%100))})
	}
}

// Minutes of 500 pages are read from end to end, and every row of a screen is a
// row of the text: nothing is skipped, nothing stands there twice.
func TestLongMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		m := read(t, db, tuitest.Luo, id)
		var edits []data.MinutesEdit
		long(&edits)
		_, err := db.As(tuitest.Luo).SaveMinutes(t.Context(), id, m.Version, edits, data.Ref{})
		must(t, err)
		s := open(t, db, tuitest.Pu, id)
		s.Shows("第 1-", "/ 19,013", ">     + 第 18999 段")
		for _, k := range []string{"down", "down", "pgdown", "pgdown", "pgup", "down", "up", "up"} {
			s.Keys(k)
			whole(t, s.Screen())
		}
		s.Keys("end").Shows("第 2 稿, 未发布", "/ 19,013")
		whole(t, s.Screen())
		if got := s.Resize(80, 40).Screen(); strings.Count(got, "+ 第 ") < 3 { // a taller window is filled from above
			t.Error(got)
		}
		s.Resize(80, 24)
		s.Keys("pgup", "up", "up")
		whole(t, s.Screen())
		s.Keys("home").Shows(">     + 第 18999 段")
		s.Keys("down", "down", "e").Shows("第 18997 段", "第 3 行, 共 19,011 行")
		s.Keys("!", "ctrl+s").Shows("第 3 稿", "家校!")
		s.Resize(120, 36)
		whole(t, s.Screen())
	})
}

// whole reports a row of the text that is cut in two, out of order, or missing: of
// the paragraphs on the screen, all but the first and the last stand there in
// full, and one is chosen.
func whole(t *testing.T, screen string) {
	t.Helper()
	last, chosen := -1, 0
	for line := range strings.Lines(screen) {
		if strings.HasPrefix(line, "|>") {
			chosen++
		}
		if _, after, ok := strings.Cut(strings.Replace(line, "~", "+", 1), "+ 第 "); ok {
			var n int
			if _, err := fmt.Sscan(after, &n); err != nil {
				t.Error(err)
			}
			if last >= 0 && n != last-1 {
				t.Errorf("%d stands after %d on\n%s", n, last, screen)
			}
			last = n
		}
	}
	if chosen != 1 {
		t.Errorf("%d lines are chosen on\n%s", chosen, screen)
	}
}

// A paragraph that is longer than the screen is read by rows before the next one
// is chosen.
func TestLongParagraph(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		m := read(t, db, tuitest.Luo, id)
		var words []string
		for n := range 900 {
			words = append(words, fmt.Sprintf("字%03d", n))
		}
		_, err := db.As(tuitest.Luo).SaveMinutes(t.Context(), id, m.Version, []data.MinutesEdit{{After: m.Lines[0].ID, Text: strings.Join(words, "")}}, data.Ref{})
		must(t, err)
		s := open(t, db, tuitest.Luo, id)
		seen := ""
		for range 12 {
			seen += s.Screen()
			s.Keys("down")
		}
		for n := range 900 {
			if !strings.Contains(seen, fmt.Sprintf("字%03d", n)) {
				t.Fatalf("word %d was on no screen", n)
			}
		}
		s.Shows("时间:")
		for range 18 {
			s.Keys("up")
		}
		s.Shows("字000", ">   三(2)期中家长会 纪要")
	})
}

// BenchmarkMoving is a key and its frame in minutes of a page, and of 500.
func BenchmarkMoving(b *testing.B) {
	for _, pages := range []int{1, 500} {
		b.Run(fmt.Sprint(pages, "pages"), func(b *testing.B) {
			db := tuitest.School(b)
			id := held(b, db)
			if pages > 1 {
				m := read(b, db, tuitest.Luo, id)
				var edits []data.MinutesEdit
				long(&edits)
				_, err := db.As(tuitest.Luo).SaveMinutes(b.Context(), id, m.Version, edits, data.Ref{})
				must(b, err)
			}
			me, err := db.As(tuitest.Luo).Me(b.Context())
			must(b, err)
			box, stop := db.Watch()
			defer stop()
			var shell tea.Model = tui.New(b.Context(), db.As(me.ID), box, me, i18n.Chinese, tuitest.Clock).Begin(kit.Open{Screen: "minutes", ID: id})
			run(shell, shell.Init())
			shell.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyDown}, {Code: tea.KeyPgDown}, {Code: tea.KeyUp}}
			b.ResetTimer()
			for n := range b.N {
				shell.Update(keys[n%len(keys)])
				_ = shell.View()
			}
		})
	}
}

// run does commands, but for those that wait.
func run(m tea.Model, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	out := make(chan tea.Msg, 1)
	go func() { out <- cmd() }()
	select {
	case msg := <-out:
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				run(m, c)
			}
			return
		}
		_, next := m.Update(msg)
		run(m, next)
	case <-time.After(300 * time.Millisecond):
	}
}
