package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qiao/sshd/command"
	"qiao/tui/i18n"
)

// at runs the program in a folder at a moment, and returns what it printed and
// its exit code.
func at(t *testing.T, dir string, now time.Time, stdin string, words ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	clock := func() time.Time { return now }
	p := &program{now: clock, Call: command.Call{Lang: i18n.English, In: strings.NewReader(stdin), Out: &out, Err: &out, Now: clock,
		Read: func(string) ([]byte, error) { return []byte(stdin), nil }}}
	p.Desk = p.console
	defer p.close()
	code := p.Execute(context.Background(), p.tree(), append([]string{"--data", dir}, words...))
	return out.String(), code
}

// Keys past their year and a clock that was set back are named, with what to do.
func TestDoctorOverTime(t *testing.T) {
	const line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEifGNc6s8FhDM/7+YdFLN/qtgSxwRTsTaTmlkSew29D ding"
	dir := filepath.Join(t.TempDir(), "data")
	made := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	if out, code := at(t, dir, made, line, "init", "--school", "Sample", "--admin-name", "丁一川", "--admin-key", "-"); code != 0 {
		t.Fatal(out)
	}
	for _, tc := range []struct {
		now  time.Time
		code int
		says string
	}{
		{made.Add(time.Hour), 0, "ok   keys: no key"},
		{made.AddDate(1, 0, -1), 0, "ok   keys: no key"},
		{made.AddDate(1, 0, 1), 1, "do   keys: nobody has come with the key SHA256:"},
		{made.AddDate(1, 0, 1), 1, "of dingyichuan since 2026-09-01\n     > qiao account key remove SHA256:"},
		{made.Add(-24 * time.Hour), 1, "do   clock: the clock shows 2026-08-31 16:00, but the log has a row of 2026-09-01 16:00: it was set back"},
	} {
		if out, code := at(t, dir, tc.now, "", "doctor"); code != tc.code || !strings.Contains(out, tc.says) {
			t.Errorf("at %v: exit %d\n%s", tc.now, code, out)
		}
	}
}

// A server's address is read from the lock that it holds.
func TestDoctorBesideAServer(t *testing.T) {
	s := newSchool(t)
	out, err := s.qiao("doctor").CombinedOutput()
	if !strings.Contains(string(out), "127.0.0.1:"+s.port+": 只有本机能连") {
		t.Errorf("%v: %s", err, out)
	}
}
