package sshd_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd"
	"qiao/sshd/session"
	"qiao/tui/tuitest"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/charmbracelet/x/xpty"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"
)

// A school is a running server and the real OpenSSH client pointed at it.
type school struct {
	t    *testing.T
	dir  string
	port int
	db   *store.DB
	stop func()
}

func serve(t *testing.T) *school {
	t.Helper()
	for _, tool := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: the end-to-end tests need the OpenSSH client", tool)
		}
	}
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leaks) }) // last of all, when the server and the file are closed
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &school{t, t.TempDir(), l.Addr().(*net.TCPAddr).Port, tuitest.School(t), stop}
	ended := make(chan error, 1)
	go func() { ended <- sshd.Serve(ctx, l, s.db, filepath.Join(s.dir, "host"), tuitest.Clock) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

// enroll makes a key pair called name and gives it an account if it has a role.
func (s *school) enroll(name string, a data.Account) {
	s.t.Helper()
	file := filepath.Join(s.dir, name)
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file).CombinedOutput(); err != nil {
		s.t.Fatalf("ssh-keygen: %v: %s", err, out)
	}
	line, _ := os.ReadFile(file + ".pub")
	key, _, _, _, err := gossh.ParseAuthorizedKey(line)
	if err == nil && a.Role != "" {
		err = s.db.Enroll(s.t.Context(), a, gossh.FingerprintSHA256(key))
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// ssh is the client's command line; without args it asks for a terminal.
func (s *school) ssh(name string, args ...string) *exec.Cmd {
	tty := "-T"
	if len(args) == 0 {
		tty = "-tt"
	}
	return exec.CommandContext(s.t.Context(), "ssh", append([]string{tty, "-F", "none", "-p", fmt.Sprint(s.port),
		"-i", filepath.Join(s.dir, name), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "127.0.0.1"}, args...)...)
}

// A terminal is the ssh client in a pty, with its screen.
type terminal struct {
	t    *testing.T
	pty  xpty.Pty
	view *vt.SafeEmulator
	cmd  *exec.Cmd
}

func (s *school) login(name string) *terminal {
	s.t.Helper()
	pty, err := xpty.NewPty(80, 24)
	if err != nil {
		s.t.Fatal(err)
	}
	m := &terminal{s.t, pty, vt.NewSafeEmulator(80, 24), s.ssh(name)}
	m.cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	if err := pty.Start(m.cmd); err != nil {
		s.t.Fatal(err)
	}
	go io.Copy(m.view, pty) // what the program draws
	go io.Copy(pty, m.view) // what the terminal answers when asked
	s.t.Cleanup(func() {
		m.view.InputPipe().(io.Closer).Close() // not view.Close, which races with Read
		pty.Close()
	})
	return m
}

// sees waits for words on the screen. It reads through Render, which copies
// under the emulator's lock; CellAt and String do not.
func (m *terminal) sees(words ...string) {
	m.t.Helper()
	for _, w := range words {
		for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
			screen := ansi.Strip(m.view.Render())
			if strings.Contains(screen, w) {
				break
			}
			if time.Now().After(end) {
				m.t.Fatalf("never saw %q on\n%s", w, screen)
			}
		}
	}
}

func (m *terminal) types(s string) { io.WriteString(m.pty, s) }

var lin = data.Account{Name: "林老师", Role: data.Teacher, Class: "3-1", Lang: "zh"}

func TestTwoPeopleOverSSH(t *testing.T) {
	s := serve(t)
	s.enroll("lin", lin)
	s.enroll("head", data.Account{Name: "Head", Role: data.Head, Lang: "en"})
	lin, head := s.login("lin"), s.login("head")
	lin.sees("还没有联系记录")
	head.sees("No contact yet.", "Cici")
	lin.types("c")
	lin.sees("登记联系", "安安 | 安妈妈")
	lin.types("谈作息")
	lin.sees("谈作息")
	lin.types("\x13")
	lin.sees("已保存")
	head.sees("call 谈作息")
	lin.types("\x03")
	if err := xpty.WaitProcess(t.Context(), lin.cmd); err != nil {
		t.Error(err)
	}
	head.cmd.Process.Kill() // a lost connection must leave nothing behind either
	head.cmd.Wait()
}

// Stopping the server sends people out at once, with a tidy terminal and the
// reason on it.
func TestStopWithSomeoneInside(t *testing.T) {
	s := serve(t)
	s.enroll("lin", lin)
	m := s.login("lin")
	m.sees("安安")
	began := time.Now()
	s.stop()
	xpty.WaitProcess(t.Context(), m.cmd)
	if code := m.cmd.ProcessState.ExitCode(); code != session.ExitRetry || time.Since(began) > 3*time.Second {
		t.Errorf("left after %v: exit %d", time.Since(began), code)
	}
	m.sees("服务器正在停止")
	for end := time.Now().Add(5 * time.Second); m.view.IsAltScreen(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the terminal was left on the alternate screen")
		}
	}
}

func TestOneShotCommands(t *testing.T) {
	s := serve(t)
	s.enroll("lin", lin)
	s.enroll("stranger", data.Account{})
	for _, tc := range []struct {
		who, args, out string
		code           int
	}{
		{"lin", "find 安安", "3-1\t安安\t安妈妈\t100-0000-0001\n", 0},
		{"lin", "find Cici", "没有这条记录。\n", 4},
		{"lin", "drop", "用法：find 文字\n", 2},
		{"stranger", "find 安安", "Permission denied (publickey)", 255},
	} {
		out, err := s.ssh(tc.who, tc.args).CombinedOutput()
		code := 0
		if exit := new(exec.ExitError); errors.As(err, &exit) {
			code = exit.ExitCode()
		}
		if code != tc.code || !strings.Contains(string(out), tc.out) {
			t.Errorf("%s: %s: exit %d, %s", tc.who, tc.args, code, out)
		}
	}
}
