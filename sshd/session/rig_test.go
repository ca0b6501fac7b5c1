package session

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"
)

// No session leaves a goroutine.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	goleak.VerifyTestMain(m)
}

// A toy is a model that shows what happens to it and breaks on request.
type toy struct {
	name, note string
	w, h       int
	busy       bool
	calling    bool // a call clock runs
}

func (m *toy) Busy() bool { return m.calling }

func (m *toy) Init() tea.Cmd { return nil }

func (m *toy) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	again := func() tea.Msg { time.Sleep(time.Millisecond); return 0 }
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.PasteMsg:
		m.note = fmt.Sprint("pasted ", len(msg.Content))
	case kit.PasteCut:
		m.note += fmt.Sprint(" cut ", msg.Cut)
	case tea.BackgroundColorMsg:
		m.note = fmt.Sprint("dark ", msg.IsDark())
	case kit.Note:
		m.note = "still there?"
		if msg.Said == foreign {
			m.note = "not UTF-8"
		}
	case kit.Ending:
		m.note = "goodbye"
	case string:
		m.note = msg
	case int:
		m.busy = !m.busy
		return m, again
	case tea.KeyPressMsg:
		switch m.note = msg.String(); m.note {
		case "q":
			return m, tea.Quit
		case "u":
			panic("in Update")
		case "c":
			return m, func() tea.Msg { panic("in a command") }
		case "b":
			return m, tea.Batch(func() tea.Msg { panic("in a batch") }, nil, func() tea.Msg { return nil })
		case "z":
			return m, tea.Suspend
		case "y":
			return m, tea.SetClipboard("张三")
		case "r":
			return m, tea.Raw("\x1b]777;raw\a")
		case "o":
			m.calling = !m.calling
		case "t":
			return m, again
		}
	}
	return m, nil
}

func (m *toy) View() tea.View {
	if m.note == "v" {
		panic("in View")
	}
	v := tea.NewView("hello " + m.name + " " + m.note)
	if m.busy {
		v.Content = strings.Repeat(strings.Repeat("e\u0301\u0301\u0301\u0301", m.w)+"\n", m.h) // many bytes a cell
	}
	v.WindowTitle = fmt.Sprintf("%dx%d", m.w, m.h)
	return v
}

// A rig is a server of toys for the accounts a and b.
type rig struct {
	*testing.T
	host *Host
	addr string
	raw  []any          // private keys of a, of b, and of nobody
	keys []gossh.Signer // the same
}

func rawKey() any {
	_, priv, _ := ed25519.GenerateKey(nil)
	return priv
}

func signer(raw any) gossh.Signer {
	k, _ := gossh.NewSignerFromKey(raw)
	return k
}

func newKey() gossh.Signer { return signer(rawKey()) }

func start(t *testing.T, change func(*Config)) *rig {
	t.Parallel() // most of a test here is waiting
	r := &rig{T: t, raw: []any{rawKey(), rawKey(), rawKey()}}
	for _, k := range r.raw {
		r.keys = append(r.keys, signer(k))
	}
	c := Config{
		Limits: Limits{Cols: 400, Rows: 150, IdleWarn: time.Hour, IdleLimit: time.Hour, Stall: 15 * time.Second,
			Beat: time.Hour, BeatWait: time.Hour, Paste: 64 << 10, Env: 16, Sessions: 200, PerAccount: 4, Enrolling: 8,
			Login: 20 * time.Second, Tries: 12, Burst: 99, Every: time.Second, Strangers: 8, Pending: 100, Failures: 1000, FailuresIn: time.Minute,
			EnrolBurst: 100, EnrolEvery: time.Millisecond},
		Account: func(_ context.Context, l Login) (data.Account, error) {
			for i, name := range []string{"a", "b"} {
				if ssh.KeysEqual(r.keys[i].PublicKey(), l.Key) {
					return data.Account{ID: int64(i), Name: name}, nil
				}
			}
			return data.Account{}, data.ErrNotFound
		},
		Shell:   func(s *Session) (tea.Model, func()) { return &toy{name: s.Me().Name}, func() {} },
		Command: say,
	}
	change(&c)
	r.host = New(c)
	srv, err := wish.NewServer(r.host.Option(), func(s *ssh.Server) error { s.AddHostKey(newKey()); return nil })
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() { _ = srv.Serve(ln); close(served) }()
	r.addr = ln.Addr().String()
	t.Cleanup(func() { srv.Close(); <-served; r.host.inside.Wait() })
	return r
}

// say is the command of a rig. It reads its input where it is asked to.
func say(ctx context.Context, s *Session, words []string) int {
	switch words[0] {
	case "panic":
		panic("in a command")
	case "wait":
		fmt.Fprintln(s.Out, "waiting")
		<-ctx.Done()
		fmt.Fprintln(s.Out, "called off")
		return 1
	}
	var text []byte
	var err error
	if words[len(words)-1] == "-" {
		text, err = io.ReadAll(s.In)
	}
	fmt.Fprintf(s.Out, "%s %q %s %q %v\n", s.Me().Name, words, s.Lang(), text, err)
	return 4
}

func (r *rig) dial(addr string, auth gossh.AuthMethod) (*gossh.Client, error) {
	c, err := gossh.Dial("tcp", addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{auth},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second})
	if err == nil {
		r.Cleanup(func() { c.Close() })
	}
	return c, err
}

func (r *rig) conn(key gossh.Signer) *gossh.Client {
	r.Helper()
	c, err := r.dial(r.addr, gossh.PublicKeys(key))
	if err != nil {
		r.Fatal(err)
	}
	return c
}

// A client is one terminal.
type client struct {
	*testing.T
	*gossh.Session
	in   io.Writer
	mu   sync.Mutex
	seen bytes.Buffer
}

func (c *client) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen.Write(p)
}

// shell opens a session; between runs between the terminal and the shell.
func (r *rig) shell(conn *gossh.Client, cols, rows int, between func(*client)) *client {
	r.Helper()
	return r.terminal(conn, "xterm-256color", cols, rows, between)
}

func (r *rig) terminal(conn *gossh.Client, term string, cols, rows int, between func(*client)) *client {
	r.Helper()
	s, err := conn.NewSession()
	if err != nil {
		r.Fatal(err)
	}
	c := &client{T: r.T, Session: s}
	c.in, _ = s.StdinPipe()
	s.Stdout, s.Stderr = c, c
	err = s.RequestPty(term, rows, cols, nil)
	if between != nil {
		between(c)
	}
	if err = errors.Join(err, s.Shell()); err != nil {
		r.Fatal(err)
	}
	return c
}

func (r *rig) login(i int) *client { return r.shell(r.conn(r.keys[i]), 80, 24, nil) }

// settles waits until ok holds.
func (r *rig) settles(what string, ok func() bool) {
	r.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	r.Fatal("never: ", what)
}

func (c *client) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen.String()
}

func (c *client) expect(want string) {
	c.Helper()
	for range 1000 {
		if strings.Contains(c.text(), want) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.Fatalf("never saw %q in %q", want, c.text())
}

func (c *client) exit(code int) {
	c.Helper()
	var ee *gossh.ExitError
	if err := c.Wait(); err == nil && code != 0 || err != nil && (!errors.As(err, &ee) || ee.ExitStatus() != code) {
		c.Fatalf("%v, want exit %d", err, code)
	}
}

func (c *client) types(format string, a ...any) { fmt.Fprintf(c.in, format, a...) }
