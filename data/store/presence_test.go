package store

import (
	"context"
	"errors"
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
