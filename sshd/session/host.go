// Package session stands between SSH clients, who may be careless, stalled or
// hostile, and Bubble Tea programs, and lets no session hurt another. It takes
// the place of wish's own middleware: it answers each channel's requests
// itself, clamps windows, bounds pastes, draws without Bubble Tea's renderer,
// and drops whoever stops reading or answering.
//
// What a session shows, to whom, and how much of everything, package sshd says.
package session

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// Config says who may come in and what they get.
type Config struct {
	Limits Limits
	Lang   i18n.Lang // for accounts and clients that name none; "" is Chinese
	// Account finds whose key it is. It is asked when a key is offered, again,
	// with the key that signed the login, when a session opens, and by Recheck.
	// data.ErrNotFound is a key nobody has, data.ErrForbidden one that was
	// revoked or whose account is closed.
	Account func(context.Context, Login) (data.Account, error)
	// Enrol makes what a stranger is shown, who came with a key that nobody has
	// under a name for enrolling. It is as Shell, and nil where nobody may. When
	// the key has become somebody's, Session.Become goes on as that account.
	Enrol func(*Session) (model tea.Model, leave func())
	// Shell makes the model of a session without words. The host calls leave
	// once when the program is over, however it ended: a cut line, a panic, the
	// server stopping. Nothing else touches the model meanwhile, Shutdown waits
	// for leave, and the session's context may have ended. A model with a method
	// Busy() bool is asked in between; while it says true, nobody is idle.
	Shell func(*Session) (model tea.Model, leave func())
	// Command answers a session with words, and each line of a prompt: that is
	// what a terminal without a cursor gets (TERM=dumb, or none), and an account
	// that Plain, which may be nil, reports. Its context ends with the session,
	// and at ctrl+c; it must not wait for anything else than that and Session.In.
	Command func(ctx context.Context, s *Session, words []string) (exit int)
	Plain   func(data.Account) bool
	// Refused, which may be nil, is told the fingerprints of keys that let nobody
	// in, once the connection is over or, inside, another key of it was taken. It
	// must not wait.
	Refused func(from string, keys []string, inside bool)
	// Moved, which may be nil, hears the ID of each session that has begun or
	// has ended. It must not wait.
	Moved func(id int64)
	// Stood, which may be nil, hears a record when who has it open, or what they
	// do there, has changed; of one record about once a second at most. It must
	// not wait.
	Stood func(on data.Ref)
	// HostKeys are the server's keys now, the one that it proves itself with
	// first: asked at each connection. Nil: those that the server was made with.
	HostKeys func() []gossh.Signer
}

// A Host is what the sessions of one server share.
type Host struct {
	Config
	gate  gate
	extra companions   // keys
	been  companions   // login names and the addresses they came from
	last  atomic.Int64 // session's ID
	idle  atomic.Pointer[Limits]

	stands data.Stands
	stirs  stirs

	mu      sync.Mutex
	live    map[*Session]struct{}
	per     map[int64]int        // sessions of an account
	outside map[netip.Prefix]int // strangers who enrol, of an address
	closing bool
	inside  sync.WaitGroup
}

// New returns a host that lets nobody in until its Option is in a server.
func New(c Config) *Host {
	return &Host{Config: c, gate: gate{limits: c.Limits, addrs: map[netip.Prefix]*visitor{}, crowd: map[*visitor]struct{}{}},
		live: map[*Session]struct{}{}, per: map[int64]int{}, outside: map[netip.Prefix]int{}, stirs: stirs{on: map[data.Ref]bool{}}}
}

type connKey struct{}

// Option installs the host in a server. Only keys log in, and only session
// channels open: no passwords, no subsystems, no forwarding.
func (h *Host) Option() ssh.Option {
	return func(srv *ssh.Server) error {
		srv.HandshakeTimeout = h.Limits.Login
		srv.ConnCallback = func(ctx ssh.Context, nc net.Conn) net.Conn {
			c := h.gate.admit(nc)
			if c == nil {
				return nil // not c: a nil *conn in an interface is not nil
			}
			c.extra, c.been, c.report = &h.extra, &h.been, h.Refused
			if keys := h.hostKeys(); len(keys) > 0 {
				srv.AddHostKey(keys[0]) // in the place of the one before
			}
			ctx.SetValue(connKey{}, c)
			return c
		}
		srv.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
			c := ctx.Value(connKey{}).(*conn)
			return &gossh.ServerConfig{Config: algorithms, PublicKeyAuthAlgorithms: userKeys, MaxAuthTries: h.Limits.Tries,
				PreAuthConnCallback: func(p gossh.ServerPreAuthConn) { c.banner = p.SendAuthBanner },
				AuthLogCallback: func(m gossh.ConnMetadata, method string, err error) {
					if err == nil {
						c.loggedIn(h.Limits, caller(m))
					} else if method == "none" {
						c.greet(m)
					} else if method != "publickey" {
						c.refuse("")
						slog.Info("login refused", "from", m.RemoteAddr(), "user", short(m.User()), "err", err)
					}
				}}
		}
		srv.PublicKeyHandler = h.knows
		srv.PasswordHandler, srv.KeyboardInteractiveHandler = nil, nil
		srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": h.channel}
		srv.RequestHandlers = map[string]ssh.RequestHandler{hostKeysProve: h.prove}
		srv.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
		return nil
	}
}

// A Login is a key with which a client logs in, and how it came.
type Login struct {
	Key  gossh.PublicKey // or a *gossh.Certificate
	User string          // the login name: a hint, never who somebody is
	From string          // the client's address, without its port
}

// fingerprint is the key's, of a certificate the certified one's.
func (l Login) fingerprint() string {
	if cert, ok := l.Key.(*gossh.Certificate); ok {
		return gossh.FingerprintSHA256(cert.Key)
	}
	return gossh.FingerprintSHA256(l.Key)
}

// knows reports whether a key that is offered lets anyone in. Clients offer
// keys that they may not hold, so nothing of the answer is kept: the session
// asks again with the proven key.
func (h *Host) knows(ctx ssh.Context, key ssh.PublicKey) bool {
	l, c := Login{key, ctx.User(), host(ctx.RemoteAddr())}, ctx.Value(connKey{}).(*conn)
	c.offers()
	_, err := h.Account(ctx, l)
	if err == nil {
		return true
	}
	why := refusal(err)
	if h.enrols(l, err) {
		if _, weak := sshkey.Judge(key); weak == "" {
			return true
		}
		why = tooWeak
	}
	print := l.fingerprint()
	c.refuse(print)
	slog.Info("login refused", "from", ctx.RemoteAddr(), "user", short(ctx.User()), "key", print, "err", err)
	if !h.extra.has(print) {
		c.tell(why)
	}
	return false
}

// refusal says what someone whose key does not let them in can do.
func refusal(err error) i18n.Phrase {
	switch {
	case errors.Is(err, data.ErrNotFound):
		return unknown
	case errors.Is(err, data.ErrForbidden):
		return closed
	}
	return broke
}

// channel serves one session from its opening to its end. A connection can
// carry several (OpenSSH's ControlMaster), and the library's context is the
// connection's: each session gets one of its own.
func (h *Host) channel(_ *ssh.Server, sc *gossh.ServerConn, nc gossh.NewChannel, ctx ssh.Context) {
	key, _ := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey)
	l := Login{key, sc.User(), host(sc.RemoteAddr())}
	me, err := h.Account(ctx, l) // it may be gone by now
	stranger := err != nil && h.enrols(l, err)
	if err != nil && !stranger {
		_ = nc.Reject(gossh.Prohibited, both(refusal(err)))
		return
	}
	s := newSession(h, ctx.Value(connKey{}).(*conn), l)
	if !stranger {
		s.me.Store(&me)
	}
	if why := h.enter(s); why != (i18n.Phrase{}) {
		_ = nc.Reject(gossh.ResourceShortage, both(why))
		return
	}
	defer h.leave(s)
	s.conn.sessions.Add(1)
	defer s.conn.sessions.Add(-1)
	s.conn.beating.Do(func() {
		h.nameKeys(sc)
		s.conn.beat(sc, h.Limits)
	})
	s.ctx, s.cancel = context.WithCancel(ctx)
	defer s.cancel()
	ch, reqs, err := nc.Accept()
	if err != nil {
		return
	}
	s.serve(ch, reqs)
}

// enter counts a session in, or says why not.
func (h *Host) enter(s *Session) i18n.Phrase {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closing:
		return stopping
	case len(h.live) >= h.Limits.Sessions:
		return crowded
	}
	if why := h.count(s); why != (i18n.Phrase{}) {
		return why
	}
	h.live[s] = struct{}{}
	h.inside.Add(1)
	return i18n.Phrase{}
}

func (h *Host) leave(s *Session) {
	s.standDown()
	defer func() {
		if s.kind.Load() != nil {
			h.moved(s.id)
		}
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.live, s)
	h.discount(s)
	h.inside.Done()
}

// count counts a session to its account, or as a stranger to its address, and
// discount takes that back. The host's lock is held.
func (h *Host) count(s *Session) i18n.Phrase {
	if s.Stranger() {
		from := prefix(s.conn.RemoteAddr())
		all := 0
		for _, n := range h.outside {
			all += n
		}
		if h.outside[from] >= h.Limits.Enrolling || all >= h.Limits.Sessions/4 || !h.gate.mayEnrol(s.conn.by, time.Now()) {
			return crowded
		}
		h.outside[from]++
		return i18n.Phrase{}
	}
	if h.per[s.Me().ID] >= h.Limits.PerAccount {
		return tooMany
	}
	h.per[s.Me().ID]++
	return i18n.Phrase{}
}

func (h *Host) discount(s *Session) {
	if s.Stranger() {
		less(h.outside, prefix(s.conn.RemoteAddr()))
	} else {
		less(h.per, s.Me().ID)
	}
}

func less[K comparable](counts map[K]int, of K) {
	if counts[of]--; counts[of] == 0 {
		delete(counts, of)
	}
}

// Each calls f for every session open now.
func (h *Host) Each(f func(*Session)) {
	h.mu.Lock()
	all := make([]*Session, 0, len(h.live))
	for s := range h.live {
		all = append(all, s)
	}
	h.mu.Unlock()
	for _, s := range all {
		f(s)
	}
}

// EndWhere ends the sessions for which f is true, telling them why.
func (h *Host) EndWhere(f func(*Session) bool, why i18n.Phrase) {
	h.Each(func(s *Session) {
		if f(s) {
			s.End(why, ExitRetry)
		}
	})
}

// Recheck asks for each live session that f picks whether its key still lets
// its account in, and ends it if not. The server calls it when accounts or
// keys changed. A question that fails for another reason ends nobody.
func (h *Host) Recheck(ctx context.Context, f func(*Session) bool) {
	h.EndWhere(func(s *Session) bool {
		if !f(s) {
			return false
		}
		me, err := h.Account(ctx, s.login)
		if s.Stranger() { // nobody's key is what it came with
			return errors.Is(err, data.ErrForbidden)
		}
		return errors.Is(err, data.ErrNotFound) || errors.Is(err, data.ErrForbidden) || err == nil && me.ID != s.Me().ID
	}, closed)
}

// Shutdown lets nobody in, says goodbye to those inside, waits for them, and
// drops who is left. It reports whether all are gone. The library's own
// Shutdown would wait without asking anyone to leave.
func (h *Host) Shutdown(patience time.Duration) bool {
	h.mu.Lock()
	h.closing = true
	h.mu.Unlock()
	h.gate.close()
	h.Each(func(s *Session) { s.End(stopping, ExitRetry) })
	out := make(chan struct{})
	Go("shutdown", nil, func() { h.inside.Wait(); close(out) })
	for _, wait := range []time.Duration{patience, time.Second} {
		select {
		case <-out:
			return true
		case <-time.After(wait):
			h.Each((*Session).hangUp)
		}
	}
	return false
}
