package store

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"qiao/data"
)

// aClassOf fills 3.2 with n children more, each of a household of its own.
func (s *school) aClassOf(n int) {
	s.t.Helper()
	s.must(s.write(s.t.Context(), func(x *tx) ([]data.Ref, error) {
		at := stamp(now)
		for i := range n {
			home, err := x.insert("INSERT INTO household (created_at, updated_at) VALUES (?, ?)", at, at)
			if err != nil {
				return nil, err
			}
			id, err := x.insert("INSERT INTO student (household, class, number, name, status, created_at, updated_at) VALUES (?, ?, ?, ?, 'enrolled', ?, ?)",
				home, s.three, fmt.Sprintf("202402%02d", 20+i), fmt.Sprint("学生", i), at, at)
			if err == nil {
				_, err = x.exec("INSERT INTO enrolment (student, class, from_day) VALUES (?, ?, '2026-09-01')", id, s.three)
			}
			for g, relation := range []string{"father", "mother"} {
				var person int64
				if err == nil {
					person, err = x.insert("INSERT INTO person (name, created_at, updated_at) VALUES ('家长', ?, ?)", at, at)
				}
				if err == nil {
					_, err = x.exec("INSERT INTO phone (person, e164, position) VALUES (?, ?, 0)", person, fmt.Sprintf("+86100000%05d", 20000+2*i+g))
				}
				if err == nil {
					_, err = x.exec("INSERT INTO guardianship (student, person, relation, call_order, lives_with) VALUES (?, ?, ?, ?, 1)", id, person, relation, g+1)
				}
			}
			if err != nil {
				return nil, err
			}
		}
		return []data.Ref{{}}, nil
	}))
}

// BenchmarkRoom is a room of 45 households with a page of notes: opening it when
// nobody has read it, looking again when nothing changed, and one tick with a
// hundred people who all look after it.
func BenchmarkRoom(b *testing.B) {
	s := openSchool(b)
	s.aClassOf(43)
	v := s.opened()
	for n := range 20 {
		_, err := s.As(s.luo).AddNote(b.Context(), data.MeetingNote{Meeting: v.ID, Text: fmt.Sprint("第", n, "句"), Level: data.Levels[n%2]}, data.Ref{})
		s.must(err)
	}
	look := func(who int64) {
		if v, err := s.As(who).Meeting(b.Context(), v.ID); err != nil || len(v.Invitees) != 45 {
			b.Error(len(v.Invitees), err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			s.rooms.forget([]data.Ref{{}})
			look(s.teacher)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			look(s.teacher)
		}
	})
	b.Run("after a tick", func(b *testing.B) {
		for b.Loop() {
			s.rooms.forget([]data.Ref{{Kind: "meeting", ID: v.ID}})
			look(s.teacher)
		}
	})
	mark := func(n int) {
		s.must(s.As(s.luo).MarkAttendance(b.Context(), v.ID, []data.AttendanceMark{{Invitee: v.Invitees[n%45].ID, Attendance: []data.Attendance{data.Present, data.ByVideo}[n/45%2]}}))
	}
	b.Run("tick", func(b *testing.B) {
		n := 0
		for b.Loop() {
			mark(n)
			n++
		}
	})
	b.Run("tick and 100 who look", func(b *testing.B) {
		n := 0
		for b.Loop() {
			mark(n)
			n++
			var all sync.WaitGroup
			for i := range 100 {
				all.Go(func() { look([]int64{s.luo, s.teacher, s.head, s.office, s.principal}[i%5]) })
			}
			all.Wait()
		}
	})
	b.Run("notes of many", func(b *testing.B) {
		var n atomic.Int64
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				if _, err := s.As(s.head).AddNote(b.Context(), data.MeetingNote{Meeting: v.ID, Text: fmt.Sprint("又一句", n.Add(1))}, data.Ref{}); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkMeetings is ten years of meetings of 61 classes, 5,000: a page of each tab for the
// principal, who sees them all, and for a class teacher.
func BenchmarkMeetings(b *testing.B) {
	s := openSchool(b)
	s.manyMeetings(5000, 61)
	l, err := s.As(s.principal).Meetings(b.Context(), data.MeetingQuery{Tab: data.PastMeetings, Limit: 30})
	s.must(err)
	for name, ask := range map[string]struct {
		who int64
		q   data.MeetingQuery
	}{
		"coming, all":       {s.principal, data.MeetingQuery{Tab: data.ComingMeetings, Limit: 30}},
		"past, all":         {s.principal, data.MeetingQuery{Tab: data.PastMeetings, Limit: 30}},
		"past, all, page 2": {s.principal, data.MeetingQuery{Tab: data.PastMeetings, Limit: 30, After: &l.Lines[29].Meeting}},
		"coming, mine":      {s.luo, data.MeetingQuery{Tab: data.ComingMeetings, Mine: true, Limit: 30}},
		"a month":           {s.principal, data.MeetingQuery{From: data.On(2026, 11, 1), Until: data.On(2026, 11, 30), Limit: 100}},
		"all, front desk":   {s.desk, data.MeetingQuery{Limit: 30}},
		"past, class":       {s.luo, data.MeetingQuery{Tab: data.PastMeetings, Class: s.three, Limit: 30}},
		"past, of one kind": {s.principal, data.MeetingQuery{Tab: data.PastMeetings, Kind: data.OnlineMeeting, Limit: 30}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.As(ask.who).Meetings(b.Context(), ask.q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
