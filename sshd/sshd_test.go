package sshd_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"qiao/data/store"
	"qiao/sshd"
	"qiao/sshd/session"

	gossh "golang.org/x/crypto/ssh"
)

// hostKey serves for a moment and returns the key that a client sees.
func hostKey(t *testing.T, db *store.DB, file string) (fingerprint string, err error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- sshd.Serve(ctx, l, db, sshd.Options{HostKey: file, Limits: session.Defaults(), Now: time.Now})
	}()
	_, _ = gossh.Dial("tcp", l.Addr().String(), &gossh.ClientConfig{User: "x", Timeout: time.Second,
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			fingerprint = gossh.FingerprintSHA256(key)
			if key.Type() != gossh.KeyAlgoED25519 {
				t.Error(key.Type())
			}
			return nil
		}})
	stop()
	return fingerprint, <-ended
}

// The host key is made once, for the owner alone; one that cannot be read
// stops the server instead of being replaced.
func TestHostKey(t *testing.T) {
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "qiao.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	file := filepath.Join(dir, "host_ed25519")
	first, err := hostKey(t, db, file)
	if err != nil || first == "" {
		t.Fatal(first, err)
	}
	if err := os.Chmod(file, 0o644); err != nil { // copied without care
		t.Fatal(err)
	}
	second, err := hostKey(t, db, file)
	if err != nil || second != first {
		t.Errorf("%s became %s: %v", first, second, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if err := os.WriteFile(file, []byte("cut off"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := sshd.Serve(t.Context(), l, db, sshd.Options{HostKey: file, Limits: session.Defaults(), Now: time.Now}); err == nil {
		t.Error("served with a broken key")
	}
	if text, _ := os.ReadFile(file); string(text) != "cut off" {
		t.Error("the broken key was replaced")
	}
}

// Bubble Tea would write everyone's screen to a file.
func TestNoTrace(t *testing.T) {
	t.Setenv("TEA_TRACE", "x")
	if err := sshd.Serve(t.Context(), nil, nil, sshd.Options{}); err == nil {
		t.Error("served")
	}
}
