package room_test

import (
	"context"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/room"
	"qiao/tui/theme"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// full is a meeting of 45 families that is on, with thirty lines written.
func full(b *testing.B) (*store.DB, int64) {
	b.Helper()
	db := tuitest.Open(b, tuitest.Crowd(33))
	desk := db.As(tuitest.Luo)
	m, err := desk.SaveMeeting(b.Context(), data.Meeting{Class: tuitest.Three, Title: "期中家长会", Place: "教室", Starts: tuitest.Now, Ends: tuitest.Now.Add(time.Hour),
		Chair: tuitest.Luo, Secretary: tuitest.Pu, Agenda: points}, data.Ref{})
	if err == nil {
		err = desk.OpenRoom(b.Context(), m.ID)
	}
	if err == nil {
		err = desk.NextItem(b.Context(), m.ID, 0, 0)
	}
	for range 30 {
		if err == nil {
			_, err = desk.AddNote(b.Context(), data.MeetingNote{Meeting: m.ID, Text: "交警中队可在 16:20-17:00 派人到校门口, 雨天再加一位"}, data.Ref{})
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	return db, m.ID
}

// entered is the room as it stands on the screen, and the time that a bench sets.
func entered(b *testing.B, db *store.DB, id int64, now data.Clock) kit.Page {
	b.Helper()
	desk := db.As(tuitest.Luo)
	me, err := desk.Me(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	env := &kit.Env{Ctx: b.Context(), Me: me, Lang: i18n.Chinese, Look: theme.New(theme.Dark, true), Now: now}
	d := deps(desk)
	d.Mark = func(context.Context, int64, []data.AttendanceMark) error { return nil }
	p := room.New(env, d, kit.Open{ID: id})
	p.Layout(80, 19)
	answers(p, p.Init())
	if p.View().Body == "" {
		b.Fatal("nothing is drawn")
	}
	return p
}

// answers gives a page what its questions bring, but for the second that it waits
// for.
func answers(p kit.Page, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range m {
			answers(p, c)
		}
	case nil:
	default:
		p.Update(m)
	}
}

// A second in the room, to its frame: the clocks go on, once a minute the agenda.
func BenchmarkTick(b *testing.B) {
	db, id := full(b)
	at := tuitest.Now
	p := entered(b, db, id, func() time.Time { return at })
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(time.Second)
		p.Update(room.Beat(p))
		_ = p.View()
	}
}

// A family signed in, to its frame; a letter of a line; another's change, read and
// drawn; the room as it is opened.
func BenchmarkRoom(b *testing.B) {
	db, id := full(b)
	open := func(b *testing.B) kit.Page { return entered(b, db, id, tuitest.Clock) }
	act := func(p kit.Page, key string) {
		for _, a := range p.Actions() {
			if a.On(key) {
				a.Do()
				return
			}
		}
	}
	b.Run("space", func(b *testing.B) {
		p := open(b)
		act(p, "2")
		for i := 0; b.Loop(); i++ {
			if act(p, "space"); i%45 == 44 {
				p.Update(tea.KeyPressMsg{Code: tea.KeyHome})
			}
			_ = p.View()
		}
	})
	b.Run("letter", func(b *testing.B) {
		p := open(b)
		act(p, "n")
		keys := []tea.KeyPressMsg{{Code: '又', Text: "又"}, {Code: tea.KeyBackspace}}
		for i := 0; b.Loop(); i++ {
			p.Update(keys[i%2])
			_ = p.View()
		}
	})
	b.Run("change", func(b *testing.B) {
		p := open(b)
		for b.Loop() {
			answers(p, p.Update(kit.Changed{Refs: map[data.Ref]bool{{Kind: "meeting", ID: id}: true}}))
			_ = p.View()
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			open(b)
		}
	})
}
