package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"
)

// Administrators see who is inside and may end a session; everyone else sees
// their own. What one may not see is not there to be ended either.
func TestPresent(t *testing.T) {
	s := openSchool(t)
	inside := []data.Presence{{ID: 1, Account: s.luo}, {ID: 2, Account: s.admin}, {ID: 3, Account: s.luo}}
	for who, want := range map[int64]int{s.admin: 3, s.luo: 2, s.principal: 0, s.inspector: 0} {
		got, err := s.As(who).Present(t.Context(), inside)
		if err != nil || len(got) != want {
			t.Errorf("%d sees %v, want %d: %v", who, got, want, err)
		}
	}
	if err := s.As(s.principal).EndSession(t.Context(), inside[0]); !errors.Is(err, data.ErrNotFound) {
		t.Error("a principal ends a session:", err)
	}
	s.must(s.As(s.luo).EndSession(t.Context(), inside[0]))
	s.must(s.As(s.admin).EndSession(t.Context(), data.Presence{ID: 3, Account: s.luo, Key: "SHA256:罗静", From: "10.0.0.7", Since: now}))
	s.must(s.reading(t.Context(), func(t *tx) error {
		var by int64
		var was string
		if err := t.row("SELECT a.account, d.was FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.did = 'session end' ORDER BY a.id DESC LIMIT 1",
			nil, &by, &was); err != nil {
			return err
		}
		if by != s.admin || was != `{"Key":"SHA256:罗静","From":"10.0.0.7","Since":"2026-11-25T07:04:00.000Z"}` {
			s.t.Error(by, was)
		}
		return nil
	}))
}

// Everyone sees their own sign-ins, the newest first, and administrators
// everybody's; who has logged in since a moment is counted.
func TestSignIns(t *testing.T) {
	s := openSchool(t)
	for _, from := range []string{"10.0.0.7", "10.0.0.8"} {
		s.must(s.As(s.luo).Via("screen", "SHA256:罗静", from).Arrive(t.Context()))
	}
	for who, want := range map[int64]error{s.luo: nil, s.admin: nil, s.principal: data.ErrForbidden, s.duan: data.ErrForbidden} {
		got, err := s.As(who).SignIns(t.Context(), s.luo, 50)
		if !errors.Is(err, want) {
			t.Error(who, err)
		}
		if err == nil && (len(got) != 2 || got[0].From != "10.0.0.8" || got[0].Key != "SHA256:罗静" || got[0].Door != "screen" || !got[0].At.Equal(now)) {
			t.Error(got)
		}
	}
	if got, err := s.As(s.luo).SignIns(t.Context(), s.luo, 1); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
	for since, want := range map[time.Time]int{now.Add(-time.Hour): 1, now.Add(time.Hour): 0} {
		if v, err := s.Console("root").Visitors(t.Context(), since); err != nil || v.All != 9 || v.Since != want {
			t.Error(v, err)
		}
	}
	s.must(s.Console("root").Disable(t.Context(), s.duan))
	if v, err := s.Console("root").Visitors(t.Context(), now); err != nil || v.All != 8 {
		t.Error(v, err)
	}
}

// Who comes and goes wakes only those who asked.
func TestTell(t *testing.T) {
	s := openSchool(t)
	deaf, stop := s.Watch()
	defer stop()
	box, stop := s.Watch()
	defer stop()
	box.Hear()
	s.Tell(data.Ref{Kind: "session", ID: 7})
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "session", ID: 7}] {
		t.Error(refs)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if refs := deaf.Wait(ctx); refs != nil {
		t.Error("woken for", refs)
	}
}

// Who is at a record is told to those who see its texts at that moment, and of
// no other kind of record at all.
func TestOthers(t *testing.T) {
	s := openSchool(t)
	there := []data.Other{{Account: s.teacher, Name: "宁小舟"}}
	m := s.called()
	surrogate := s.surrogate()
	ask := func(who int64, on data.Ref) error {
		t.Helper()
		got, err := s.As(who).Others(t.Context(), on, there)
		if err == nil && (len(got) != 1 || got[0] != there[0]) || err != nil && got != nil {
			t.Errorf("%d is told %v, %v", who, got, err)
		}
		return err
	}
	zhang, meeting := data.Ref{Kind: "student", ID: s.zhang}, data.Ref{Kind: "meeting", ID: m.ID}
	sees := func(on data.Ref, who ...int64) {
		t.Helper()
		for _, a := range []int64{s.luo, s.duan, s.head, s.office, s.principal, s.teacher, s.desk, s.inspector, s.admin, surrogate} {
			err := ask(a, on)
			if told := err == nil; told != slices.Contains(who, a) || !told && !errors.Is(err, data.ErrNotFound) {
				t.Errorf("account %d at %v: %v", a, on, err)
			}
		}
	}
	sees(zhang, s.luo, s.head, s.office, s.principal, s.teacher, surrogate)
	sees(meeting, s.luo, s.head, s.office, s.principal, s.teacher)
	_, err := s.As(s.luo).TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校"})
	s.must(err)
	sees(meeting, s.luo, s.head, s.office, s.principal, s.teacher, surrogate) // the front desk and the inspector know of it, without names
	for _, on := range []data.Ref{{}, {Kind: "student", ID: 99}, {Kind: "meeting", ID: 99}, {Kind: "household", ID: 1}, {Kind: "account", ID: s.luo}, {Kind: "class", ID: s.three}} {
		sees(on)
	}
	a, err := s.Console("root").Account(t.Context(), "宁小舟")
	s.must(err)
	s.must(s.Console("root").RevokeGrant(t.Context(), a.Grants[0].ID))
	if ask(s.teacher, zhang) == nil || ask(s.teacher, meeting) == nil {
		t.Error("after the right was taken")
	}
	looks, err := s.numbers("SELECT count(*) FROM audit WHERE did = 'view'")
	s.must(err)
	if looks[0] != 0 {
		t.Error("that one asked who is there is logged as a look")
	}
}

// A mailbox hears of the others at the one record that it attends.
func TestAttend(t *testing.T) {
	s := openSchool(t)
	box, stop := s.Watch()
	defer stop()
	one, two := data.Ref{Kind: "student", ID: 1}, data.Ref{Kind: "meeting", ID: 1}
	box.Attend(one)
	box.Attend(two)
	s.Tell(one.Others())
	s.Tell(data.Ref{Kind: "session", ID: 1})
	s.Tell(two.Others())
	if refs := box.Wait(t.Context()); len(refs) != 1 || !refs[two.Others()] || two.Others() == two {
		t.Error(refs)
	}
	box.Attend(data.Ref{})
	s.Tell(two.Others())
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if refs := box.Wait(ctx); refs != nil {
		t.Error("woken for", refs)
	}
}

// BenchmarkOthers is what the store does when one of a hundred in a room begins
// to write: 500 mailboxes are asked, 99 wake, each reads its account, its right
// to the meeting and who is there.
func BenchmarkOthers(b *testing.B) {
	s := openSchool(b)
	s.aClassOf(43)
	v := s.opened()
	on := data.Ref{Kind: "meeting", ID: v.ID}
	var stands data.Stands
	var boxes []*Mailbox
	for i := range 500 {
		box, stop := s.Watch()
		defer stop()
		if i < 100 {
			box.Attend(on)
			stands.Move(int64(i), data.Account{ID: 1000 + int64(i), Name: "某某"}, data.Stand{On: on})
		}
		boxes = append(boxes, box)
	}
	who := []int64{s.luo, s.teacher, s.head, s.office, s.principal}
	n := 0
	for b.Loop() {
		n++
		stands.Move(0, data.Account{ID: 1000, Name: "某某"}, data.Stand{On: on, Doing: data.Doing(n % 2 * 2)})
		s.Tell(on.Others())
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				boxes[i].Wait(b.Context())
				if got, err := s.As(who[i%5]).Others(b.Context(), on, stands.At(on, 1000+int64(i))); err != nil || len(got) != 99 {
					b.Error(len(got), err)
				}
			})
		}
		all.Wait()
	}
}
