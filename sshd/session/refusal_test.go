package session

import (
	"context"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qiao/data"

	gossh "golang.org/x/crypto/ssh"
)

// ssh runs the OpenSSH client with these keys, and returns what it printed.
func (r *rig) ssh(keys ...any) (string, error) {
	r.Helper()
	return r.sshArgs(r.identity(keys...)...)
}

// identity is the client's arguments for logging in with these keys and no other.
func (r *rig) identity(keys ...any) []string {
	r.Helper()
	args := []string{"-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"}
	dir := r.TempDir()
	for i, key := range keys {
		block, err := gossh.MarshalPrivateKey(key, "")
		if err != nil {
			r.Fatal(err)
		}
		file := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			r.Fatal(err)
		}
		args = append(args, "-i", file)
	}
	return args
}

// sshArgs runs the OpenSSH client with arguments of its own for whoami.
func (r *rig) sshArgs(args ...string) (string, error) {
	r.Helper()
	if _, err := exec.LookPath("ssh"); err != nil {
		r.Fatal("the OpenSSH client is not installed")
	}
	host, port, _ := net.SplitHostPort(r.addr)
	all := append([]string{"-T", "-F", "none", "-p", port, "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no"}, args...)
	if !slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "UserKnownHostsFile") }) {
		all = append(all, "-o", "UserKnownHostsFile=/dev/null")
	}
	if all = append(all, host); !slices.Contains(args, "-W") {
		all = append(all, "whoami")
	}
	cmd := exec.CommandContext(r.Context(), "ssh", all...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// A key that lets nobody in is answered with one sentence in both languages,
// once, however many keys the client has.
func TestRefusalSaysWhatToDo(t *testing.T) {
	var r *rig
	r = start(t, func(c *Config) {
		known := c.Account
		c.Account = func(ctx context.Context, l Login) (data.Account, error) {
			if gossh.FingerprintSHA256(l.Key) == gossh.FingerprintSHA256(r.keys[1].PublicKey()) {
				return data.Account{}, data.ErrForbidden
			}
			return known(ctx, l)
		}
	})
	for _, tc := range []struct {
		keys []any
		want []string
	}{
		{[]any{r.raw[2]}, []string{unknown.English(), unknown.Chinese()}},
		{[]any{r.raw[2], rawKey(), rawKey()}, []string{unknown.English(), unknown.Chinese()}},
		{[]any{r.raw[1]}, []string{closed.English(), closed.Chinese()}},
	} {
		out, err := r.ssh(tc.keys...)
		if err == nil {
			t.Error("let in")
		}
		for _, words := range tc.want {
			if strings.Count(out, words) != 1 {
				t.Errorf("%q is not once in %q", words, out)
			}
		}
	}
	if out, _ := r.ssh(r.raw[0]); !strings.Contains(out, `a ["whoami"]`) || strings.Contains(out, unknown.English()) {
		t.Errorf("one who is let in is told %q", out)
	}
}

// An agent that offers an unknown key before the right one is told of it once,
// not at each login, and again once the right one is gone.
func TestRefusalOfACompanion(t *testing.T) {
	r := start(t, func(c *Config) {})
	for i, tc := range []struct {
		keys []any
		told bool
	}{
		{[]any{r.raw[2], r.raw[0]}, true},
		{[]any{r.raw[2], r.raw[0]}, false},
		{[]any{r.raw[2]}, false}, // silent once
		{[]any{r.raw[2]}, true},
	} {
		if out, _ := r.ssh(tc.keys...); strings.Contains(out, unknown.Chinese()) != tc.told {
			t.Errorf("login %d: %q", i, out)
		}
	}
}
