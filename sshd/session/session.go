package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"
)

// Exit codes of sessions without words; never 255, which is OpenSSH's own.
// Words have package command's.
const (
	ExitOK       = 0
	ExitUsage    = 64 // no terminal
	ExitInternal = 70 // the program panicked
	ExitRetry    = 75 // shutting down, or idle: come back later
)

var (
	closed   = i18n.T("This account is closed.", "此账号已停用。")
	crowded  = i18n.T("Too many people are inside; try again later.", "登录人数过多，请稍后再试。")
	tooMany  = i18n.T("Your account has too many windows open.", "您的账号打开的窗口过多。")
	stopping = i18n.T("The server is stopping; log in again in a moment.", "服务器正在停止，请稍后重新登录。")
	noWindow = i18n.T("A terminal is needed: ssh -t", "需要终端：ssh -t")
	broke    = i18n.T("Something broke; it has been logged.", "程序出错，已记入日志。")
	flooded  = i18n.T("The terminal sent what no keyboard sends.", "终端发来了无法识别的输入。")
	still    = i18n.T("Still there? You will be logged out soon.", "长时间未操作，即将自动退出。")
	tooLong  = i18n.T("Logged out: nothing was typed for a long time.", "长时间未操作，已自动退出。")
)

// A Session is one terminal, or one command, of one account.
type Session struct {
	Me       data.Account // whose key signed the login
	Lang     i18n.Lang
	In       io.Reader
	Out, Err io.Writer

	host   *Host
	conn   *conn
	ch     gossh.Channel
	ctx    context.Context // ends with the channel
	cancel context.CancelFunc
	prog   *tea.Program
	box    chan tea.Msg

	words   []string // none: a shell
	env     []string
	size    atomic.Uint64 // columns and rows; 0: no terminal
	resized chan struct{}
	typed   atomic.Int64 // when a person last did something

	started    atomic.Bool
	done, over chan struct{} // closed when run has returned; when the channel is closed

	mu     sync.Mutex
	ending bool
	why    i18n.Phrase
	code   int
}

func newSession(h *Host, c *conn, me data.Account) *Session {
	return &Session{host: h, conn: c, Me: me, box: make(chan tea.Msg, 16), resized: make(chan struct{}, 1),
		done: make(chan struct{}), over: make(chan struct{})}
}

// Context ends with the session.
func (s *Session) Context() context.Context { return s.ctx }

// Post queues a message for the program and never blocks. It reports false
// when the program is so far behind that the box is full.
func (s *Session) Post(msg tea.Msg) bool {
	select {
	case s.box <- msg:
		return true
	default:
		return false
	}
}

// End tells the program, ends it a moment later, and closes the connection if
// that does not help. The reason is left on the person's own screen.
func (s *Session) End(why i18n.Phrase, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ending {
		return
	}
	s.ending, s.why, s.code = true, why, code
	if !s.started.Load() {
		s.hangUp()
		return
	}
	s.Post(kit.Ending{Said: why})
	After(300*time.Millisecond, "end", s.cancel)
	s.hangUpUnless(s.done, 3*time.Second)
}

// hangUp drops the connection; that works on a client that reads nothing.
func (s *Session) hangUp() { s.conn.Close() }

func (s *Session) hangUpUnless(done <-chan struct{}, wait time.Duration) {
	After(wait, "hang up", func() {
		select {
		case <-done:
		default:
			s.hangUp()
		}
	})
}

// broken ends a session in which something panicked.
func (s *Session) broken() { s.End(broke, ExitInternal) }

// run is the session from the shell request to the exit status.
func (s *Session) run() {
	defer close(s.done)
	s.Lang = i18n.Pick(s.Me.Lang, s.getenv("LC_ALL"), s.getenv("LC_MESSAGES"), s.getenv("LANG"))
	caught("session", s.broken, func() {
		switch {
		case len(s.words) > 0:
			s.command()
		case !s.hasWindow():
			s.End(noWindow, ExitUsage)
		default:
			s.shell()
		}
	})
	s.cancel()
	s.mu.Lock()
	s.ending = true
	why, code := s.why, s.code
	s.mu.Unlock()
	switch {
	case why == (i18n.Phrase{}):
	case s.hasWindow():
		fmt.Fprintf(s.Out, "\r\n%s\r\n", s.Lang.Say(why))
	default:
		fmt.Fprintln(s.Err, s.Lang.Say(why))
	}
	s.ch.SendRequest("exit-status", false, gossh.Marshal(struct{ Code uint32 }{uint32(code)}))
	s.ch.Close()
	s.hangUpUnless(s.over, s.host.Limits.Stall)
}

// exit sets the exit status unless the session was ended for a reason.
func (s *Session) exit(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ending {
		s.code = code
	}
}

func (s *Session) command() {
	if s.hasWindow() { // a raw terminal needs its carriage returns
		s.Out, s.Err = ssh.NewPtyWriter(s.Out), ssh.NewPtyWriter(s.Err)
	}
	s.exit(s.host.Command(s, s.words))
}

func (s *Session) shell() {
	profile := max(colorprofile.Env(s.env), colorprofile.ASCII)
	model, leave := s.host.Shell(s)
	defer leave()
	scr := newScreen(s.Out, profile, model)
	select {
	case <-s.resized: // the program begins with the size; telling it again would draw all again
	default:
	}
	size := s.window()
	s.prog = tea.NewProgram(scr,
		tea.WithContext(s.ctx), tea.WithInput(nil), tea.WithOutput(scr), tea.WithEnvironment(s.env),
		tea.WithColorProfile(profile), tea.WithWindowSize(size.Width, size.Height),
		tea.WithoutRenderer(), tea.WithFPS(1), // its clock ticks even so
		tea.WithoutSignalHandler(), // and never WithoutCatchPanics
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if _, ok := msg.(tea.SuspendMsg); ok {
				return nil // it would stop the whole server
			}
			return msg
		}))
	s.typed.Store(time.Now().UnixNano())
	painted := make(chan struct{})
	Go("screen", s.broken, func() { defer close(painted); scr.loop(s.ctx) })
	Go("input", s.broken, s.read)
	Go("pump", s.broken, s.pump)
	_, err := s.prog.Run()
	if errors.Is(err, tea.ErrProgramPanic) {
		s.broken()
	}
	s.cancel()
	<-painted
	if err == nil {
		scr.paint() // the last frame
	}
	scr.restore()
}

// pump is the one sender of messages from outside: it may wait for a slow
// program, and nobody waits for it. Its clock measures the person: a server's
// would count packets, which a client's keepalives send as well.
func (s *Session) pump() {
	idle := time.NewTimer(s.host.Limits.IdleWarn)
	defer idle.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case msg := <-s.box:
			s.prog.Send(msg)
		case <-s.resized:
			s.prog.Send(s.window())
		case <-idle.C:
			idle.Reset(s.idle())
		}
	}
}

// idle warns a person who has done nothing for long, then ends the session.
// It returns when to look again.
func (s *Session) idle() time.Duration {
	l, quiet := s.host.Limits, time.Since(time.Unix(0, s.typed.Load()))
	switch {
	case quiet >= l.IdleLimit:
		s.End(tooLong, ExitRetry)
		return l.IdleLimit
	case quiet >= l.IdleWarn:
		s.prog.Send(kit.Note{Said: still})
		return l.IdleLimit - quiet
	}
	return l.IdleWarn - quiet
}

func (s *Session) getenv(name string) string {
	for _, kv := range s.env {
		if v, ok := strings.CutPrefix(kv, name+"="); ok {
			return v
		}
	}
	return ""
}

// short makes a stranger's word fit for a log or a title.
func short(s string) string { return ansi.Truncate(data.Line(s), 64, "") }

// both is for those whose language is not known yet.
func both(p i18n.Phrase) string { return p.English() + " " + p.Chinese() }
