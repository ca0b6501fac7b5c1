package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/charmbracelet/x/xpty"
	"github.com/rogpeppe/go-internal/testscript"
)

// asQiao in the environment makes the test binary be qiao, so that a test can
// run the real program as a process, and kill it.
const asQiao = "QIAO_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asQiao) != "" {
		os.Exit(run(os.Args[1:]))
	}
	testscript.Main(m, map[string]func(){"qiao": main})
}

// A school is a demo school served by a process of its own, with the real
// OpenSSH client pointed at it.
type school struct {
	t    *testing.T
	dir  string // the data folder
	home string
	port string
	more []string // flags
	cmd  *exec.Cmd
	out  *output
}

// output is what a process has said so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func (s *school) qiao(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asQiao+"=1", "HOME="+s.home, "QIAO_DATA="+s.dir, "LANG=zh_CN.UTF-8", "LC_ALL=", "GORACE=atexit_sleep_ms=0")
	return cmd
}

// newSchool makes a demo school on the day of the screens' design, and serves it.
// More are flags of the server's.
func newSchool(t *testing.T, more ...string) *school {
	t.Helper()
	t.Parallel() // most of a test here is waiting
	for _, tool := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: the end-to-end tests need the OpenSSH client", tool)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	s := &school{t: t, dir: filepath.Join(t.TempDir(), "data"), home: t.TempDir(), port: port, more: more}
	s.start()
	t.Cleanup(func() { s.stop(syscall.SIGTERM) })
	return s
}

// start serves the school, which is made at the first start.
func (s *school) start() {
	s.t.Helper()
	s.out = &output{}
	s.cmd = s.qiao(append([]string{"demo", "--data", s.dir, "--today", "2026-11-25", "--listen", "127.0.0.1:" + s.port}, s.more...)...)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	for range 3000 {
		if strings.Contains(s.out.String(), "ctrl+c") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatal("it does not serve:", s.out)
}

// stop ends the server and returns its exit code.
func (s *school) stop(how os.Signal) int {
	if s.cmd == nil {
		return 0
	}
	_ = s.cmd.Process.Signal(how)
	_ = s.cmd.Wait()
	code := s.cmd.ProcessState.ExitCode()
	s.cmd = nil
	return code
}

// ssh is the client's command line as a role of the demo school.
func (s *school) ssh(role string, args ...string) *exec.Cmd {
	return s.sshFile(filepath.Join(s.dir, "keys", role), args...)
}

// sshFile is the same with a key of one's own.
func (s *school) sshFile(key string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.t.Context(), "ssh", append([]string{"-F", "none", "-p", s.port, "-i", key,
		"-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no",
		"-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "SendEnv=LC_ALL", "127.0.0.1"}, args...)...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=zh_CN.UTF-8")
	return cmd
}

// says runs words as a role and returns what came on both outputs, and the exit
// code.
func (s *school) says(role, stdin string, words ...string) (out, errs string, code int) {
	s.t.Helper()
	cmd := s.ssh(role, words...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Stdin = &o, &e, strings.NewReader(stdin)
	_ = cmd.Run()
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

// A terminal is the ssh client in a pty, with its screen.
type terminal struct {
	t    *testing.T
	pty  xpty.Pty
	view *vt.SafeEmulator
	cmd  *exec.Cmd
}

// login opens the screens as a role, in a window of w by h; env is the client's,
// "LC_ALL=en_US.UTF-8".
func (s *school) login(role string, w, h int, env ...string) *terminal {
	s.t.Helper()
	return s.open(s.ssh(role), w, h, env...)
}

// open opens a client's screens.
func (s *school) open(cmd *exec.Cmd, w, h int, env ...string) *terminal {
	s.t.Helper()
	pty, err := xpty.NewPty(w, h)
	if err != nil {
		s.t.Fatal(err)
	}
	m := &terminal{t: s.t, pty: pty, view: vt.NewSafeEmulator(w, h), cmd: cmd}
	m.cmd.Args = append(m.cmd.Args[:1:1], append([]string{"-tt"}, m.cmd.Args[1:]...)...)
	m.cmd.Env = append(m.cmd.Env, env...)
	if err := pty.Start(m.cmd); err != nil {
		s.t.Fatal(err)
	}
	go io.Copy(m.view, pty) // what the program draws
	go io.Copy(pty, m.view) // what the terminal answers when asked
	s.t.Cleanup(func() {
		_ = m.cmd.Process.Kill()
		m.view.InputPipe().(io.Closer).Close() // not view.Close, which races with Read
		pty.Close()
	})
	return m
}

// screen is the text on it. It reads through Render, which copies under the
// emulator's lock; CellAt and String do not.
func (m *terminal) screen() string { return ansi.Strip(m.view.Render()) }

// sees waits for words on the screen: ten seconds for what has to be read
// first, and none of the words may be a pattern.
func (m *terminal) sees(words ...string) {
	m.t.Helper()
	for _, w := range words {
		m.matches(regexp.QuoteMeta(w), 10*time.Second)
	}
}

// soon waits for words that another session's save brings: two seconds.
func (m *terminal) soon(words ...string) {
	m.t.Helper()
	for _, w := range words {
		m.matches(regexp.QuoteMeta(w), 2*time.Second)
	}
}

func (m *terminal) matches(pattern string, within time.Duration) {
	m.t.Helper()
	re := regexp.MustCompile(pattern)
	for end := time.Now().Add(within); !re.MatchString(m.screen()); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			m.t.Fatalf("never saw %s on\n%s", pattern, m.screen())
		}
	}
}

// Keys by name, for readable tests.
const (
	enter = "\r"
	esc   = "\x1b"
	tab   = "\t"
	down  = "\x1b[B"
	ctrlC = "\x03"
	ctrlF = "\x06"
	ctrlG = "\x07"
	ctrlN = "\x0e"
	ctrlO = "\x0f"
	ctrlS = "\x13"
	ctrlT = "\x14"
	ctrlU = "\x15"
	ctrlX = "\x18"
	f4    = "\x1bOS"
)

// types sends keys, each in a write of its own, as a person's come.
func (m *terminal) types(keys ...string) {
	m.t.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(m.pty, k); err != nil {
			m.t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// resize changes the window, and tells the client as a terminal does.
func (m *terminal) resize(w, h int) {
	m.t.Helper()
	if err := m.pty.Resize(w, h); err != nil {
		m.t.Fatal(err)
	}
	m.view.Resize(w, h)
	_ = m.cmd.Process.Signal(syscall.SIGWINCH)
}

// paste sends text as a terminal does that was told to mark pastes.
func (m *terminal) paste(text string) { m.types("\x1b[200~" + text + "\x1b[201~") }

// leaves waits for the client's end and returns its exit code.
func (m *terminal) leaves() int {
	m.t.Helper()
	done := make(chan struct{})
	go func() { _ = xpty.WaitProcess(m.t.Context(), m.cmd); close(done) }()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		m.t.Fatalf("the client does not end:\n%s", m.screen())
	}
	return m.cmd.ProcessState.ExitCode()
}

func (s *school) String() string { return fmt.Sprint("school at ", s.port) }
