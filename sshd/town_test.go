package sshd_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qiao/data/sshkey"
	"qiao/data/store"
	"qiao/sshd"
	"qiao/sshd/session"
	"qiao/tui/tuitest"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"
)

// No session leaves a goroutine, whatever it showed and however it ended.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	goleak.VerifyTestMain(m)
}

// A town is the small school of all tests, served with its real screens to
// clients in this process.
type town struct {
	*testing.T
	addr string
	db   *store.DB
	keys map[int64]gossh.Signer // by account
}

func serve(t *testing.T, change func(*session.Limits)) *town {
	t.Helper()
	began := time.Now()
	now := func() time.Time { return tuitest.Now.Add(time.Since(began)) }
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "qiao.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	console := db.Console("test")
	if err := console.Found(t.Context(), tuitest.Small(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	w := &town{T: t, db: db, keys: map[int64]gossh.Signer{}}
	for _, who := range []int64{tuitest.Luo, tuitest.Pu, tuitest.Office} {
		_, private, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		if w.keys[who], err = gossh.NewSignerFromKey(private); err != nil {
			t.Fatal(err)
		}
		if _, err := console.AddKey(t.Context(), who, sshkey.Key(w.keys[who].PublicKey(), "test")); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.addr = l.Addr().String()
	limits := session.Defaults()
	change(&limits)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() {
		served <- sshd.Serve(ctx, l, db, sshd.Options{HostKey: filepath.Join(dir, "host"), Limits: limits, Now: now})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *town) dial(signers ...gossh.Signer) (*gossh.Client, error) {
	c, err := gossh.Dial("tcp", w.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(signers...)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second})
	if err == nil {
		w.Cleanup(func() { c.Close() })
	}
	return c, err
}

// A guest is one client with its terminal.
type guest struct {
	*town
	*gossh.Session
	conn *gossh.Client
	in   io.Writer
	view *vt.SafeEmulator
}

// enter opens the screens in a window of w by h; what the terminal shows is at
// most 200 by 60 of it.
func (t *town) enter(who int64, term string, w, h int) *guest {
	t.Helper()
	conn, err := t.dial(t.keys[who])
	if err != nil {
		t.Fatal(err)
	}
	s, err := conn.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	g := &guest{town: t, Session: s, conn: conn, view: vt.NewSafeEmulator(min(w, 200), min(h, 60))}
	g.in, err = s.StdinPipe()
	s.Stdout, s.Stderr = g.view, g.view
	if err := errors.Join(err, s.Setenv("LC_ALL", "zh_CN.UTF-8"), s.RequestPty(term, h, w, nil), s.Shell()); err != nil {
		t.Fatal(err)
	}
	drained := make(chan struct{})
	go func() { defer close(drained); _, _ = io.Copy(io.Discard, g.view) }() // what the terminal would answer
	t.Cleanup(func() {
		conn.Close()
		g.view.InputPipe().(io.Closer).Close() // not view.Close, which races with Read
		<-drained
	})
	return g
}

func (g *guest) screen() string { return ansi.Strip(g.view.Render()) }

func (g *guest) types(keys ...string) {
	g.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(g.in, k); err != nil {
			g.Fatal(err)
		}
	}
}

// sees waits for all of the words to be on the screen.
func (g *guest) sees(words ...string) {
	g.Helper()
	for _, word := range words {
		for end := time.Now().Add(20 * time.Second); !strings.Contains(g.screen(), word); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				g.Fatalf("never saw %s on\n%s", word, g.screen())
			}
		}
	}
}

// A step is keys and what they bring.
type step struct {
	keys []string
	sees []string
}

func (g *guest) walks(steps []step) {
	g.Helper()
	for _, s := range steps {
		g.types(s.keys...)
		g.sees(s.sees...)
	}
}

// stranger is a key that nobody has.
func stranger(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
