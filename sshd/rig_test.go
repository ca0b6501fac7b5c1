package sshd_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd"
	"qiao/sshd/session"

	gossh "golang.org/x/crypto/ssh"
)

// A rig is a server with accounts in a real file, each with a key.
type rig struct {
	testing.TB
	db   *store.DB
	addr string
	keys []gossh.Signer // of the accounts, in their order
}

// serve serves a school of these accounts.
func serve(t testing.TB, now data.Clock, limits session.Limits, staff ...data.Employee) *rig {
	t.Helper()
	school := data.School{Name: "示例小学", Staff: staff}
	for i := range staff {
		school.Staff[i].Person = int64(i + 1)
		school.People = append(school.People, data.Person{Name: staff[i].Name})
	}
	return serveSchool(t, now, limits, school)
}

// serveSchool serves a school with all that it holds.
func serveSchool(t testing.TB, now data.Clock, limits session.Limits, school data.School) *rig {
	t.Helper()
	dir := t.TempDir()
	r := found(t, dir, now, school)
	db := r.db
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.addr = l.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- sshd.Serve(ctx, l, db, sshd.Options{HostKey: filepath.Join(dir, "host_ed25519"), Limits: limits, Now: now})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		_ = db.Close()
	})
	return r
}

// found makes a school in a folder; nobody serves it yet.
func found(t testing.TB, dir string, now data.Clock, school data.School) *rig {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(dir, "qiao.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{TB: t, db: db}
	if err := db.Console("root").Found(t.Context(), school, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	for _, s := range school.Staff {
		a, err := db.Console("root").Account(t.Context(), s.Username)
		if err != nil {
			t.Fatal(err)
		}
		r.keys = append(r.keys, r.bind(a.ID))
	}
	return r
}

func newKey() gossh.Signer {
	_, private, _ := ed25519.GenerateKey(nil)
	key, _ := gossh.NewSignerFromKey(private)
	return key
}

// bind gives an account a key more.
func (r *rig) bind(account int64) gossh.Signer {
	r.Helper()
	key := newKey()
	pub := key.PublicKey()
	if _, err := r.db.Console("root").AddKey(r.Context(), account, data.Key{Fingerprint: gossh.FingerprintSHA256(pub), Type: pub.Type(),
		Blob: base64.StdEncoding.EncodeToString(pub.Marshal())}); err != nil {
		r.Fatal(err)
	}
	return key
}

// A terminal is a client's, with all that came.
type terminal struct {
	*rig
	*gossh.Session
	conn *gossh.Client
	in   io.Writer
	mu   sync.Mutex
	seen bytes.Buffer
	came chan struct{}
}

func (m *terminal) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen.Write(p)
	select {
	case m.came <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (r *rig) dial(keys ...gossh.Signer) (*gossh.Client, error) {
	conn, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(keys...)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 10 * time.Second})
	if err == nil {
		r.Cleanup(func() { conn.Close() })
	}
	return conn, err
}

// login opens the screens with a key.
func (r *rig) login(key gossh.Signer) *terminal {
	r.Helper()
	conn, err := r.dial(key)
	if err != nil {
		r.Fatal(err)
	}
	s, err := conn.NewSession()
	if err != nil {
		r.Fatal(err)
	}
	m := &terminal{rig: r, Session: s, conn: conn, came: make(chan struct{}, 1)}
	m.in, _ = s.StdinPipe()
	s.Stdout, s.Stderr = m, m
	if err := s.RequestPty("xterm-256color", 24, 80, nil); err != nil {
		r.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		r.Fatal(err)
	}
	return m
}

// sees waits for words among what has come.
func (m *terminal) sees(words string) {
	m.Helper()
	late := time.After(10 * time.Second)
	for {
		m.mu.Lock()
		found := bytes.Contains(m.seen.Bytes(), []byte(words))
		m.mu.Unlock()
		if found {
			return
		}
		select {
		case <-m.came:
		case <-late:
			m.Fatalf("never saw %q in %q", words, m.seen.String())
		}
	}
}

// ends waits for the session's end and returns its exit status.
func (m *terminal) ends(within time.Duration) string {
	m.Helper()
	done := make(chan error, 1)
	go func() { done <- m.Wait() }()
	select {
	case err := <-done:
		return fmt.Sprint(err)
	case <-time.After(within):
		m.Fatalf("still inside after %v", within)
		return ""
	}
}
