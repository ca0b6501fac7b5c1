package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// ssh's own command line, with a file of known hosts that it may change.
func (s *school) updating(role, known string, options ...string) (string, error) {
	args := []string{"-F", "none", "-p", s.port, "-i", filepath.Join(s.dir, "keys", role), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
		"-o", "BatchMode=yes", "-o", "UserKnownHostsFile=" + known, "-o", "UpdateHostKeys=yes", "-o", "HashKnownHosts=no"}
	cmd := exec.CommandContext(s.t.Context(), "ssh", append(append(args, options...), "127.0.0.1", "whoami")...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// The host key is changed without a warning for anybody: the real client learns
// of the next one at a login, and takes it when it is promoted, while the server
// runs. Who has not logged in meanwhile is warned, and promoting says so before.
func TestHostKeyRotation(t *testing.T) {
	s := newSchool(t)
	known := filepath.Join(t.TempDir(), "known")
	keys := func() (out []string) {
		text, err := os.ReadFile(known)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			out = append(out, strings.Fields(line)[2])
		}
		return out
	}
	public := func(end string) string {
		text, err := os.ReadFile(filepath.Join(s.dir, "host_ed25519"+end+".pub"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(string(text))[1]
	}
	if out, err := s.updating("me", known, "-o", "StrictHostKeyChecking=accept-new"); err != nil || len(keys()) != 1 {
		t.Fatal(err, out)
	}
	first := public("")
	hostkey := func(words ...string) (string, error) {
		out, err := s.qiao(append([]string{"hostkey"}, words...)...).CombinedOutput()
		return string(out), err
	}
	if out, err := hostkey("promote"); err == nil || !strings.Contains(out, "没有下一把") {
		t.Error(out)
	}
	if out, err := hostkey("rotate"); err != nil || !strings.Contains(out, "SHA256:") {
		t.Fatal(out)
	}
	if out, err := hostkey("rotate"); err == nil || !strings.Contains(out, "已有下一把") {
		t.Error(out)
	}
	next := public(".next")
	if info, err := os.Stat(filepath.Join(s.dir, "host_ed25519.next")); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	stranger := filepath.Join(t.TempDir(), "known")
	text, _ := os.ReadFile(known)
	if err := os.WriteFile(stranger, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := s.updating("me", known, "-o", "StrictHostKeyChecking=yes"); err != nil {
		t.Fatal(err, out)
	}
	if got := keys(); len(got) != 2 || got[0] != first || got[1] != next {
		t.Fatalf("the client knows %v, want %s and %s", got, first, next)
	}
	if out, err := hostkey("promote"); err == nil || !strings.Contains(out, "--force") {
		t.Error("promoted while others have not logged in:", out)
	}
	if out, err := hostkey("promote", "--force"); err != nil {
		t.Fatal(out)
	}
	if public("") != next || public(".last") != first {
		t.Error("the files")
	}
	if out, err := s.updating("me", known, "-o", "StrictHostKeyChecking=yes"); err != nil {
		t.Error("who knows the next key is refused:", out)
	}
	if got := keys(); len(got) != 1 || got[0] != next {
		t.Errorf("the key before is not forgotten: %v", got)
	}
	if out, err := s.updating("me", stranger, "-o", "StrictHostKeyChecking=yes"); err == nil || !strings.Contains(out, "HAS CHANGED") {
		t.Error("who was away is not warned:", out)
	}
	if out, err := hostkey("--json"); err != nil || !strings.Contains(out, `"place":"now"`) || !strings.Contains(out, `"place":"last"`) || strings.Contains(out, "next") {
		t.Error(out)
	}
}
