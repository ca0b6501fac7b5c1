package sshd_test

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"qiao/sshd/session"
	"qiao/tui/tuitest"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"
)

// No session leaves a goroutine, whatever it showed and however it ended. A
// benchmark runs this program once more, as a server alone in its process.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	if dir := os.Getenv(serveAlone); dir != "" {
		os.Exit(serveFrom(dir))
	}
	goleak.VerifyTestMain(m)
}

// A town is a rig with the small school of all screens' tests.
type town struct{ *rig }

func openTown(t *testing.T, limits session.Limits) town {
	t.Helper()
	began := time.Now()
	return town{serveSchool(t, func() time.Time { return tuitest.Now.Add(time.Since(began)) }, limits, tuitest.Small())}
}

// key is an account's: accounts count from one.
func (w town) key(account int64) gossh.Signer { return w.keys[account-1] }

// A guest is a client with a terminal that shows what is drawn.
type guest struct {
	town
	*gossh.Session
	conn *gossh.Client
	in   io.Writer
	view *vt.SafeEmulator
}

// enter opens the screens in a window of w by h; what the terminal shows is at
// most 200 by 60 of it.
func (w town) enter(account int64, term string, cols, rows int) *guest {
	w.Helper()
	conn, err := w.dial(w.key(account))
	if err != nil {
		w.Fatal(err)
	}
	s, err := conn.NewSession()
	if err != nil {
		w.Fatal(err)
	}
	g := &guest{town: w, Session: s, conn: conn, view: vt.NewSafeEmulator(min(cols, 200), min(rows, 60))}
	g.in, err = s.StdinPipe()
	s.Stdout, s.Stderr = g.view, g.view
	if err := errors.Join(err, s.Setenv("LC_ALL", "zh_CN.UTF-8"), s.RequestPty(term, rows, cols, nil), s.Shell()); err != nil {
		w.Fatal(err)
	}
	drained := make(chan struct{})
	go func() { defer close(drained); _, _ = io.Copy(io.Discard, g.view) }() // what the terminal would answer
	w.Cleanup(func() {
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
