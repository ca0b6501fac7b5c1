package session

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"
)

// Exit codes of sessions without words, and of words that a fault or the
// server cut short; never 255, which is OpenSSH's own. Words have package
// command's besides.
const (
	ExitOK       = 0
	ExitUsage    = 64 // no terminal
	ExitInternal = 70 // the program panicked
	ExitRetry    = 75 // the server ended it: idle, stalled, stopping
)

var (
	unknown = i18n.T("This server does not know your key: ask the school's administrator for a one-time code and log in as enrol@, or send them the line of your .pub file (in ~/.ssh).",
		"服务器不认识您的密钥: 请向学校管理员要一个邀请码, 再用 enrol@ 登录; 或把 ~/.ssh 里 .pub 文件的那一行发给管理员。")
	closed = i18n.T("This account or key is closed: ask the school's administrator.",
		"此账号或密钥已停用: 请联系学校管理员。")
	crowded  = i18n.T("Too many people are inside; try again later.", "登录人数过多，请稍后再试。")
	tooMany  = i18n.T("Your account has too many windows open.", "您的账号打开的窗口过多。")
	stopping = i18n.T("The server is stopping; log in again in a moment.", "服务器正在停止，请稍后重新登录。")
	noWindow = i18n.T("A terminal is needed: ssh -t", "需要终端：ssh -t")
	broke    = i18n.T("Something broke; it has been logged.", "程序出错，已记入日志。")
	flooded  = i18n.T("The terminal sent what no keyboard sends.", "终端发来了无法识别的输入。")
	still    = i18n.T("Still there? You will be logged out soon.", "长时间未操作，即将自动退出。")
	tooLong  = i18n.T("Logged out: nothing was typed for a long time.", "长时间未操作，已自动退出。")
	// Whoever sees this reads one of its halves only.
	foreign = i18n.T("Your terminal does not send UTF-8: set it to UTF-8. 终端编码不是 UTF-8, 请改。",
		"终端发来的不是 UTF-8, 请把编码改为 UTF-8。Set your terminal to UTF-8.")
)

// A Session is one terminal, or one command, of one account.
type Session struct {
	Key      string    // the fingerprint of the key that signed the login, SHA256:…
	CA       string    // that of the authority whose certificate it came in, if it did
	From     string    // the client's address, without its port
	To       string    // the address at which the client reached the server, host:port
	Began    sync.Once // for what is done once a session, whatever it runs
	In       io.Reader // of a command: what is piped in, or typed, line by line
	Out, Err io.Writer

	host   *Host
	conn   *conn
	login  Login
	me     atomic.Pointer[data.Account] // nil: a stranger, who may enrol
	ch     gossh.Channel
	ctx    context.Context // ends with the channel
	cancel context.CancelFunc
	lang   atomic.Value // i18n.Lang
	box    chan tea.Msg
	tty    *tty // reads lines; nil in a shell, and without a terminal

	words   []string // none: a shell
	env     []string
	size    atomic.Uint64 // columns and rows; 0: no terminal
	resized chan struct{}
	again   chan struct{} // how long one may be idle has changed
	typed   atomic.Int64  // when a person last did something, since began
	id      int64
	since   time.Time
	kind    atomic.Value // data.PresenceKind, once it is known
	screen  atomic.Value // string

	standing sync.Mutex
	away     bool // stands nowhere any more

	started    atomic.Bool
	done, over chan struct{} // closed when run has returned; when the channel is closed

	mu     sync.Mutex
	ending bool
	why    i18n.Phrase
	code   int
}

func newSession(h *Host, c *conn, l Login) *Session {
	s := &Session{host: h, conn: c, login: l, Key: l.fingerprint(), From: l.From, To: c.LocalAddr().String(),
		id: h.last.Add(1), since: time.Now(), box: make(chan tea.Msg, 16), resized: make(chan struct{}, 1), again: make(chan struct{}, 1), done: make(chan struct{}), over: make(chan struct{})}
	if cert, ok := l.Key.(*gossh.Certificate); ok {
		s.CA = gossh.FingerprintSHA256(cert.SignatureKey)
	}
	s.touch()
	s.SetLang(i18n.Pick(string(h.Lang)))
	return s
}

// Me is whose key signed the login; the zero account for a stranger.
func (s *Session) Me() data.Account {
	if me := s.me.Load(); me != nil {
		return *me
	}
	return data.Account{}
}

// PublicKey is the key that signed the login.
func (s *Session) PublicKey() gossh.PublicKey { return s.login.Key }

// Stranger reports whether nobody's key signed the login: the session may only
// enrol.
func (s *Session) Stranger() bool { return s.me.Load() == nil }

// Word names the session in logs; no two of one run of the server have the same.
func (s *Session) Word() string { return fmt.Sprint("s-", s.id) }

// Lang is the language the session is spoken to in.
func (s *Session) Lang() i18n.Lang { return s.lang.Load().(i18n.Lang) }

// SetLang changes it: a person who switched reads the goodbye in the new one.
// Any goroutine may call it.
func (s *Session) SetLang(l i18n.Lang) { s.lang.Store(l) }

// Width is the terminal's columns now; 0 without a terminal.
func (s *Session) Width() int { return int(s.size.Load() >> 32) }

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
func (s *Session) hangUp() { _ = s.conn.Close() }

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
	s.SetLang(i18n.Pick(s.Me().Lang, s.getenv("LC_ALL"), s.getenv("LC_MESSAGES"), s.getenv("LANG"), string(s.host.Lang)))
	caught("session", s.broken, func() {
		switch {
		case s.Stranger() && (len(s.words) > 0 || !s.hasWindow() || s.plain()):
			s.End(enrolHow, ExitUsage)
		case len(s.words) > 0:
			s.is(data.WithWords)
			s.exit(s.command())
		case !s.hasWindow():
			s.End(noWindow, ExitUsage)
		case s.plain():
			s.is(data.AtPrompt)
			s.exit(s.prompt())
		default:
			s.is(data.OnScreens)
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
		fmt.Fprintf(s.Out, "\r\n%s\r\n", s.Lang().Say(why))
	default:
		fmt.Fprintln(s.Err, s.Lang().Say(why))
	}
	_, _ = s.ch.SendRequest("exit-status", false, gossh.Marshal(struct{ Code uint32 }{uint32(code)}))
	_ = s.ch.Close()
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

// command runs the words that came with the session. On a terminal the client
// sends keys as they are pressed, so somebody has to show them.
func (s *Session) command() int {
	if !s.hasWindow() {
		s.In = s.piped()
		return s.host.Command(s.ctx, s, s.words)
	}
	s.lines("")
	return s.host.Command(s.ctx, s, s.words)
}

// plain reports whether the session gets a prompt instead of screens: its
// terminal cannot place a cursor, or its account asked for it.
func (s *Session) plain() bool {
	term := s.getenv("TERM")
	return term == "" || term == "dumb" || s.host.Plain != nil && s.host.Plain(s.Me())
}

// piped reads what the client sends until the session ends: a read of the
// channel itself would wait on, and the exit status with it.
func (s *Session) piped() io.Reader {
	in, to := io.Pipe()
	Go("pipe", s.broken, func() {
		_, err := io.Copy(to, s.ch)
		to.CloseWithError(err)
	})
	Go("pipe's end", s.broken, func() {
		<-s.ctx.Done()
		in.CloseWithError(s.ctx.Err())
	})
	return in
}

// idle warns a person who has done nothing for long, then ends the session.
// It returns when to look again.
func (s *Session) idle(send func(tea.Msg), busy func() bool) time.Duration {
	l, quiet := s.host.patience(), s.quiet()
	switch {
	case quiet >= l.IdleWarn && busy():
		s.touch()
		return l.IdleWarn
	case quiet >= l.IdleLimit:
		s.End(tooLong, ExitRetry)
		return l.IdleLimit
	case quiet >= l.IdleWarn:
		send(kit.Note{Said: still})
		return l.IdleLimit - quiet
	}
	return l.IdleWarn - quiet
}

// attend starts the one sender of messages from outside: it may wait for a
// slow program, and nobody waits for it. Its clock measures the person: a
// server's would count packets, which a client's keepalives send as well.
func (s *Session) attend(name string, send func(tea.Msg), busy func() bool) {
	s.touch()
	Go(name, s.broken, func() {
		idle := time.NewTimer(s.host.patience().IdleWarn)
		defer idle.Stop()
		for {
			select {
			case <-s.ctx.Done():
				return
			case msg := <-s.box:
				send(msg)
			case <-s.resized:
				send(s.window())
			case <-s.again:
				idle.Reset(s.idle(send, busy))
			case <-idle.C:
				idle.Reset(s.idle(send, busy))
			}
		}
	})
}

// Term is the client's TERM, "" without a terminal.
func (s *Session) Term() string { return s.getenv("TERM") }

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

// host is an address without its port.
func host(a net.Addr) string {
	if h, _, err := net.SplitHostPort(a.String()); err == nil {
		return h
	}
	return a.String()
}

// both is for those whose language is not known yet.
func both(p i18n.Phrase) string { return p.English() + " " + p.Chinese() }
