package session

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qiao/data"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"
)

// Beyond the sessions of the whole server a client is told so, and who leaves
// makes room.
func TestSessionsInAll(t *testing.T) {
	r := start(t, func(c *Config) { c.Limits.Sessions = 2 })
	a, b := r.login(0), r.login(1)
	a.expect("hello a")
	b.expect("hello b")
	conn := r.conn(r.keys[0])
	var refused *gossh.OpenChannelError
	if _, err := conn.NewSession(); !errors.As(err, &refused) || refused.Reason != gossh.ResourceShortage ||
		!strings.Contains(refused.Message, crowded.English()) || !strings.Contains(refused.Message, crowded.Chinese()) {
		t.Errorf("%v", err)
	}
	b.types("q")
	b.exit(ExitOK)
	r.settles("there is room again", func() bool {
		s, err := conn.NewSession()
		if err == nil {
			s.Close()
		}
		return err == nil
	})
}

// A connection that logged in while its account was open gets no new session
// once it is closed.
func TestClosedAccountOpensNoChannel(t *testing.T) {
	var shut atomic.Bool
	r := start(t, func(c *Config) {
		known := c.Account
		c.Account = func(ctx context.Context, l Login) (data.Account, error) {
			if shut.Load() {
				return data.Account{}, data.ErrForbidden
			}
			return known(ctx, l)
		}
	})
	conn := r.conn(r.keys[0])
	shut.Store(true)
	var refused *gossh.OpenChannelError
	if _, err := conn.NewSession(); !errors.As(err, &refused) || !strings.Contains(refused.Message, closed.Chinese()) {
		t.Errorf("%v", err)
	}
}

// The end of the input is a hang-up, as of ssh -tt host </dev/null.
func TestEndOfInput(t *testing.T) {
	r := start(t, func(c *Config) {})
	s, err := r.conn(r.keys[0]).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	c := &client{T: t, Session: s, in: in}
	s.Stdout, s.Stderr = c, c
	if err := errors.Join(s.RequestPty("xterm", 24, 80, nil), s.Shell()); err != nil {
		t.Fatal(err)
	}
	c.expect("hello a")
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	c.exit(ExitOK)
}

// The terminal is asked one thing only, and what an old one prints of the
// question is erased at once. Frames go in one piece where it knows how.
func TestFirstBytes(t *testing.T) {
	r := start(t, func(c *Config) {})
	c := r.login(0)
	c.expect("hello a")
	asked, rest, ok := strings.Cut(c.text(), ansi.RequestModeSynchronizedOutput)
	if first, _, drawn := strings.Cut(rest, "hello a"); !ok || !drawn || !strings.Contains(first, ansi.EraseEntireScreen) || strings.Contains(asked, ansi.EraseEntireScreen) {
		t.Errorf("%q", c.text())
	}
	for _, query := range []string{"?2027$p", ">4;2m", ">1u", "?u", "[c", "[>c", "[6n", "]11;?"} {
		if strings.Contains(c.text(), "\x1b"+query) || strings.Contains(c.text(), "\x1b["+query) {
			t.Errorf("the terminal is asked %q", query)
		}
	}
	if strings.Contains(c.text(), ansi.SetModeSynchronizedOutput) {
		t.Error("in one piece before the terminal knows how")
	}
	c.types("\x1b[?2026;2$y")
	c.types("w")
	c.expect(ansi.ResetModeSynchronizedOutput)
	if got := c.text(); !strings.Contains(got[strings.Index(got, ansi.SetModeSynchronizedOutput):], "w") {
		t.Errorf("%q", got)
	}
}

// Only what a person does keeps a session from being idle, and sizes that are
// typed go nowhere.
func TestHeard(t *testing.T) {
	for _, tc := range []struct {
		ev             uv.Event
		person, passes bool
	}{
		{uv.KeyPressEvent{Code: 'a'}, true, true}, {uv.MouseClickEvent{}, true, true}, {uv.MouseWheelEvent{}, true, true},
		{uv.PasteEvent{}, true, true}, {garbled{}, true, true},
		{uv.MouseMotionEvent{}, false, true}, {uv.MouseReleaseEvent{}, false, true}, {uv.FocusEvent{}, false, true}, {uv.BlurEvent{}, false, true},
		{uv.ModeReportEvent{}, false, true}, {uv.BackgroundColorEvent{}, false, true},
		{uv.WindowSizeEvent{Width: 30000}, false, false}, {uv.UnknownEvent("x"), false, false}, {uv.KeyReleaseEvent{}, false, false},
		{uv.ClipboardEvent{}, false, false},
	} {
		var s Session
		if _, passes := s.heard(tc.ev); passes != tc.passes || (s.typed.Load() != 0) != tc.person {
			t.Errorf("%T: passes %v, a person %v", tc.ev, passes, s.typed.Load() != 0)
		}
	}
}

// Long variables are refused, and so is a second terminal.
func TestRequestsAreBounded(t *testing.T) {
	r := start(t, func(c *Config) {})
	s, err := r.conn(r.keys[0]).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if s.Setenv("LC_ALL", strings.Repeat("x", 600)) == nil {
		t.Error("600 bytes of a variable")
	}
	taken := 0
	for i := range 40 {
		if s.Setenv(fmt.Sprint("LC_", i), "x") == nil {
			taken++
		}
	}
	if taken > 16 {
		t.Error(taken, "variables")
	}
	if s.RequestPty(strings.Repeat("x", 4000), 24, 80, nil) == nil {
		t.Error("a terminal with a name of 4,000 bytes")
	}
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Error(err)
	}
	if s.RequestPty("xterm", 24, 80, nil) == nil {
		t.Error("a second terminal")
	}
	if s.Start(strings.Repeat("x", 70<<10)) == nil {
		t.Error("70,000 bytes of words")
	}
}

// A ledger keeps the records that are logged.
type ledger struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *ledger) Enabled(context.Context, slog.Level) bool { return true }
func (l *ledger) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *ledger) WithGroup(string) slog.Handler            { return l }

func (l *ledger) Handle(_ context.Context, rec slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.WriteString(rec.Message)
	rec.Attrs(func(a slog.Attr) bool { fmt.Fprintf(&l.b, " %s=%v", a.Key, a.Value); return true })
	l.b.WriteString("\n")
	return nil
}

func (l *ledger) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A login that is refused is logged with the key's fingerprint, never the key,
// and what a stranger calls himself cannot reach the reader's terminal.
func TestLogsAreClean(t *testing.T) {
	l := &ledger{}
	was := slog.Default()
	slog.SetDefault(slog.New(l))
	t.Cleanup(func() { slog.SetDefault(was) })
	r := start(t, func(c *Config) {})
	key := newKey()
	name := "eve\x1b]0;title\a\u009b2J\u202e" + strings.Repeat("x", 5000)
	for _, auth := range []gossh.AuthMethod{gossh.PublicKeys(key), gossh.Password("secret")} {
		c, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{User: name, Auth: []gossh.AuthMethod{auth}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
			Timeout: 5 * time.Second, ClientVersion: "SSH-2.0-\u009beve"})
		if err == nil {
			c.Close()
			t.Error("let in")
		}
	}
	got := l.text()
	if !strings.Contains(got, "login refused") || !strings.Contains(got, "user=eve") || !strings.Contains(got, gossh.FingerprintSHA256(key.PublicKey())) {
		t.Errorf("%q", got)
	}
	blob := strings.Fields(string(gossh.MarshalAuthorizedKey(key.PublicKey())))[1]
	if strings.ContainsAny(got, "\x1b\a\u009b\u202e") || strings.Contains(got, strings.Repeat("x", 100)) || strings.Contains(got, blob) || strings.Contains(got, "secret") {
		t.Errorf("%q", got)
	}
}

// A panic in what a timer or a goroutine runs ends neither the program nor
// others' work.
func TestNet(t *testing.T) {
	broken, done := make(chan bool), make(chan bool)
	Go("test", func() { close(broken) }, func() { panic("in a goroutine") })
	<-broken
	After(0, "test", func() { defer close(done); panic("in a timer") })
	<-done
}
