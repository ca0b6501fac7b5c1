package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qiao/data"
)

// A watch is a clock that a test sets.
type watch struct{ at atomic.Int64 }

func newWatch() *watch {
	w := &watch{}
	w.at.Store(now.UnixNano())
	return w
}

func (w *watch) clock() time.Time      { return time.Unix(0, w.at.Load()) }
func (w *watch) turn(by time.Duration) { w.at.Add(int64(by)) }
func keyOf(name string) data.Key {
	return data.Key{Fingerprint: "SHA256:" + name, Type: "ssh-ed25519", Blob: name}
}
func wrongFor(c data.InviteCode) (w data.InviteCode) {
	last := byte('2')
	if c[7] == last {
		last = '3'
	}
	return c[:7] + data.InviteCode(last)
}

// invite makes a code for an account, as the administrator.
func (s *school) invite(account int64) data.InviteCode {
	s.t.Helper()
	code, _, err := s.As(s.admin).Invite(s.t.Context(), account)
	s.must(err)
	return code
}

func why(err error) data.CodeWhy {
	var refused *data.CodeRefused
	if errors.As(err, &refused) {
		return refused.Why
	}
	return data.CodeWhy(fmt.Sprint(err))
}

func (s *school) count(query string, args ...any) (n int) {
	s.t.Helper()
	s.must(s.reading(s.t.Context(), func(t *tx) error { return t.row(query, args, &n) }))
	return n
}

func TestACodeLetsItsPersonIn(t *testing.T) {
	s := openSchool(t)
	ctx := t.Context()
	code := s.invite(s.luo)
	a, err := s.Invited(ctx, code, keyOf("new"), "10.0.0.44")
	if err != nil || a.ID != s.luo || a.Name != "罗静" {
		t.Fatal(a, err)
	}
	if _, err := s.AccountByKey(ctx, "SHA256:new"); !errors.Is(err, data.ErrNotFound) {
		t.Fatal("asking bound the key:", err)
	}
	if a, err = s.Enrol(ctx, code, keyOf("new"), "10.0.0.44"); err != nil || a.ID != s.luo {
		t.Fatal(a, err)
	}
	if a, err = s.AccountByKey(ctx, "SHA256:new"); err != nil || a.ID != s.luo {
		t.Fatal("the key is not bound:", a, err)
	}
	if _, err := s.Enrol(ctx, code, keyOf("second"), "10.0.0.45"); why(err) != data.CodeUsed {
		t.Error("used twice:", err)
	}
	all, err := s.As(s.admin).Invites(ctx)
	if err != nil || len(all) != 1 || all[0].State(now) != data.InviteUsed || all[0].Tries != 0 || all[0].ByName != "丁一川" || all[0].Selector != code.Selector() {
		t.Errorf("%+v, %v", all, err)
	}
	if n := s.count("SELECT count(*) FROM audit WHERE did = 'enrol' AND account = ? AND key_fp = 'SHA256:new' AND source = '10.0.0.44'", s.luo); n != 1 {
		t.Error("enrolments in the log:", n)
	}
	if n := s.count("SELECT count(*) FROM audit_detail WHERE now LIKE ? OR was LIKE ?", "%"+string(code[4:])+"%", "%"+string(code)+"%"); n != 0 {
		t.Error("the code is in the log")
	}
	if n := s.count("SELECT count(*) FROM invite WHERE salt || hash LIKE ?", "%"+string(code[4:])+"%"); n != 0 {
		t.Error("the code is in the table")
	}
}

func TestWhoMayInvite(t *testing.T) {
	s := openSchool(t)
	ctx := t.Context()
	for name, who := range map[string]int64{"class teacher": s.luo, "principal": s.principal, "nobody": 99} {
		if _, _, err := s.As(who).Invite(ctx, s.luo); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("%s invites: %v", name, err)
		}
		if _, err := s.As(who).Invites(ctx); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("%s lists: %v", name, err)
		}
		if err := s.As(who).RevokeInvite(ctx, 1); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("%s revokes: %v", name, err)
		}
	}
	if _, _, err := s.As(s.admin).Invite(ctx, 999); !errors.Is(err, data.ErrNotFound) {
		t.Error("for nobody:", err)
	}
	s.must(s.As(s.admin).Disable(ctx, s.duan))
	if _, _, err := s.As(s.admin).Invite(ctx, s.duan); len(data.Faults(err)) != 1 {
		t.Error("for a closed account:", err)
	}
}

// An invitation ends with its time, with a newer one, when it is taken back, and
// when its account is closed.
func TestInvitationsEnd(t *testing.T) {
	w := newWatch()
	s := openSchoolAt(t, w.clock)
	ctx := t.Context()
	n := 0
	refused := func(name string, code data.InviteCode, want data.CodeWhy) {
		t.Helper()
		n++
		if _, err := s.Enrol(ctx, code, keyOf(fmt.Sprint("k", n)), fmt.Sprint("10.0.1.", n)); why(err) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	first := s.invite(s.luo)
	second := s.invite(s.luo)
	refused("an older one", first, data.CodeVoid)
	all, err := s.As(s.admin).Invites(ctx)
	s.must(err)
	s.must(s.As(s.admin).RevokeInvite(ctx, all[0].ID))
	refused("one taken back", second, data.CodeVoid)
	if err := s.As(s.admin).RevokeInvite(ctx, all[0].ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("taken back twice:", err)
	}
	old := s.invite(s.luo)
	w.turn(data.InviteLasts)
	refused("after 48 hours", old, data.CodeExpired)
	closed := s.invite(s.duan)
	s.must(s.As(s.admin).Disable(ctx, s.duan))
	refused("of a closed account", closed, data.CodeVoid)
	if _, err := s.AccountByKey(ctx, "SHA256:k4"); !errors.Is(err, data.ErrNotFound) {
		t.Error("bound all the same:", err)
	}
}

// A clock that is set back prolongs no invitation, whether it is asked before
// its beginning or once more within its time.
func TestAClockSetBackProlongsNothing(t *testing.T) {
	w := newWatch()
	s := openSchoolAt(t, w.clock)
	ctx := t.Context()
	code := s.invite(s.luo)
	w.turn(-time.Hour)
	if _, err := s.Enrol(ctx, code, keyOf("early"), "10.0.0.1"); why(err) != data.CodeEarly {
		t.Error("before it began:", err)
	}
	w.turn(time.Hour)
	code = s.invite(s.luo)
	w.turn(data.InviteLasts + time.Hour)
	s.must(s.As(s.principal).Via("screen", "k", "10.0.0.2").Arrive(ctx)) // somebody works meanwhile
	w.turn(-20 * time.Hour)
	if _, err := s.Enrol(ctx, code, keyOf("late"), "10.0.0.3"); why(err) != data.CodeExpired {
		t.Error("after its end, with the clock set back into its time:", err)
	}
	code = s.invite(s.luo) // one that was made after the clock went back holds
	if _, err := s.Enrol(ctx, code, keyOf("new"), "10.0.0.4"); err != nil {
		t.Error(err)
	}
}

// Five wrong codes of a key, twenty of an address and ten of an invitation are
// borne; the counts are in the file, so that a restart forgets none.
func TestWrongCodesAreCounted(t *testing.T) {
	w := newWatch()
	s := openSchoolAt(t, w.clock)
	ctx := t.Context()
	code := s.invite(s.luo)
	box, stop := s.Watch()
	defer stop()
	for i := 1; i <= 5; i++ {
		_, err := s.Enrol(ctx, "2222-2222", keyOf("a"), fmt.Sprint("10.0.0.", i))
		var refused *data.CodeRefused
		if !errors.As(err, &refused) || i < 5 && (refused.Why != data.CodeWrong || refused.Left != 5-i) ||
			i == 5 && (refused.Why != data.CodeWait || !refused.Till.Equal(w.clock().Add(time.Hour).Truncate(time.Millisecond))) {
			t.Fatalf("%d: %+v", i, err)
		}
	}
	if _, err := s.Enrol(ctx, code, keyOf("a"), "10.0.0.9"); why(err) != data.CodeWait {
		t.Fatal("the right code after five wrong ones:", err)
	}
	rows := s.count("SELECT count(*) FROM audit WHERE did = 'enrol refused' AND account = 0 AND key_fp = 'SHA256:a'")
	if rows != 5 {
		t.Error("refusals in the log:", rows)
	}
	w.turn(59 * time.Minute)
	if _, err := s.Enrol(ctx, code, keyOf("a"), "10.0.0.9"); why(err) != data.CodeWait {
		t.Fatal("within the hour:", err)
	}
	w.turn(time.Minute)
	for i := range 4 { // of an invitation that there is
		if _, err := s.Enrol(ctx, wrongFor(code), keyOf("a"), "10.0.0.9"); why(err) != data.CodeWrong {
			t.Fatal(i, err)
		}
	}
	if refs := box.Wait(ctx); !refs[data.Ref{Kind: "account", ID: s.luo}] {
		t.Error("administrators do not hear of it:", refs)
	}
	// One address, however many keys: a home's whole /64 is one.
	for i := range 20 {
		_, err := s.Enrol(ctx, "3333-3333", keyOf(fmt.Sprint("b", i)), fmt.Sprintf("2001:db8::%x", i))
		if want := map[bool]data.CodeWhy{true: data.CodeWrong, false: data.CodeWait}[i < 19]; why(err) != want {
			t.Fatal(i, err)
		}
	}
	if _, err := s.Enrol(ctx, code, keyOf("b99"), "2001:db8::ffff"); why(err) != data.CodeWait {
		t.Fatal("the 21st of an address:", err)
	}
	if _, err := s.Invited(ctx, code, keyOf("b99"), "2001:db8:0:1::1"); err != nil {
		t.Fatal("of another network:", err)
	}
	for i := range 6 {
		_, err := s.Enrol(ctx, wrongFor(code), keyOf(fmt.Sprint("c", i)), fmt.Sprint("10.0.2.", i))
		if why(err) != data.CodeWrong {
			t.Fatal(i, err)
		}
	}
	if _, err := s.Enrol(ctx, code, keyOf("c99"), "10.0.2.99"); why(err) != data.CodeVoid {
		t.Fatal("the right code after ten wrong ones:", err)
	}
	all, err := s.As(s.admin).Invites(ctx)
	if err != nil || all[0].Tries != 10 || all[0].Void.IsZero() {
		t.Errorf("%+v, %v", all[0], err)
	}
}

// A clock that was ahead and is set right again locks nobody out for days.
func TestWaitingEndsThoughTheClockWasAhead(t *testing.T) {
	w := newWatch()
	s := openSchoolAt(t, w.clock)
	w.turn(100 * time.Hour)
	for range 5 {
		_, _ = s.Enrol(t.Context(), "22222222", keyOf("a"), "10.0.0.1")
	}
	w.turn(-100 * time.Hour)
	var refused *data.CodeRefused
	if _, err := s.Enrol(t.Context(), "22222222", keyOf("a"), "10.0.0.1"); !errors.As(err, &refused) || refused.Till.After(w.clock().Add(time.Hour)) {
		t.Fatal(err)
	}
	_, _ = s.Enrol(t.Context(), "22222222", keyOf("b"), "10.0.0.2") // anybody's try sets the times right
	w.turn(time.Hour + time.Second)
	if _, err := s.Enrol(t.Context(), "22222222", keyOf("a"), "10.0.0.1"); why(err) != data.CodeWrong {
		t.Fatal(err)
	}
}

// Of many who come with one code at once one is let in; and of many wrong codes
// at once no more are looked at than may be wrong.
func TestOneCodeAtOnce(t *testing.T) {
	s := openSchool(t)
	code := s.invite(s.luo)
	in, wrong := atomic.Int64{}, atomic.Int64{}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, err := s.Enrol(t.Context(), code, keyOf(fmt.Sprint("k", i)), fmt.Sprint("10.0.0.", i))
			switch {
			case err == nil:
				in.Add(1)
			case why(err) != data.CodeUsed:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := s.count("SELECT count(*) FROM account_key WHERE account = ? AND fingerprint LIKE 'SHA256:k%'", s.luo); n != 1 || in.Load() != 1 {
		t.Errorf("%d were let in, %d keys", in.Load(), n)
	}
	code = s.invite(s.duan)
	for i := range 60 {
		all.Go(func() {
			if _, err := s.Enrol(t.Context(), wrongFor(code), keyOf("w"), fmt.Sprint("10.0.1.", i)); why(err) == data.CodeWrong {
				wrong.Add(1)
			}
		})
	}
	all.Wait()
	if n := s.count("SELECT tries FROM invite WHERE account = ?", s.duan); n != 5 || wrong.Load() > 5 {
		t.Errorf("%d codes looked at, %d told wrong", n, wrong.Load())
	}
}

// Guessing on beyond the limit writes nothing.
func BenchmarkGuesses(b *testing.B) {
	s := openSchool(b)
	for range 5 {
		_, _ = s.Enrol(b.Context(), "22222222", keyOf("a"), "10.0.0.1")
	}
	for b.Loop() {
		if _, err := s.Enrol(b.Context(), "22222222", keyOf("a"), "10.0.0.1"); why(err) != data.CodeWait {
			b.Fatal(err)
		}
	}
}

// A file of the first schema takes invitations and authorities.
func TestInvitesInAReleasedFile(t *testing.T) {
	s := releasedSchool(t, 1)
	code, _, err := s.Console("root").Invite(t.Context(), s.luo)
	s.must(err)
	if a, err := s.Enrol(t.Context(), code, keyOf("new"), "10.0.0.44"); err != nil || a.ID != s.luo {
		t.Error(a, err)
	}
	if _, err := s.Console("root").AddAuthority(t.Context(), "ca", keyOf("ca"), data.Date{}); err != nil {
		t.Error(err)
	}
}

// A code that is looked at where much was written since it was made: the log
// tells whether the clock was set back.
func BenchmarkCodeInABusyWeek(b *testing.B) {
	s := openSchool(b)
	code := s.invite(s.luo)
	s.must(s.write(b.Context(), func(t *tx) ([]data.Ref, error) {
		d := s.As(s.luo)
		for range 100_000 {
			if err := d.audit(t, entry{did: data.Viewed, what: data.Ref{Kind: "student", ID: s.zhang}}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}))
	for b.Loop() {
		if _, err := s.Invited(b.Context(), code, keyOf("a"), "10.0.0.1"); err != nil {
			b.Fatal(err)
		}
	}
}
