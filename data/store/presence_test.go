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
