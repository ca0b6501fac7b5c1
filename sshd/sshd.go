// Package sshd is the network face: it lets people in by public key and gives
// each session a shell of its own, or runs the commands it came for.
//
// Who someone is it asks the store; what they may do is not its business. How
// a session lives with its client is package session's.
package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"slices"
	"sync"
	"time"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/data/store"
	"qiao/sshd/command"
	"qiao/sshd/session"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// Options are a server's settings. HostKey and Now have no default.
type Options struct {
	HostKey string         // the private key's file, made if it is not there
	Limits  session.Limits // session.Defaults, and what flags say
	Lang    i18n.Lang      // for accounts and clients that name none; "" is Chinese
	Now     data.Clock
}

// Serve answers on the listener until ctx ends. That ends every session too;
// Serve returns when they are gone, or after nine seconds.
func Serve(ctx context.Context, l net.Listener, db *store.DB, o Options) error {
	if os.Getenv("TEA_TRACE") != "" {
		return errors.New("TEA_TRACE is set: it would write everyone's screen to a file")
	}
	keys := &hostKeys{file: o.HostKey}
	var host *session.Host
	host = session.New(session.Config{
		Limits: o.Limits, Lang: o.Lang,
		Account: func(ctx context.Context, l session.Login) (data.Account, error) { return account(ctx, db, l, o.Now) },
		Enrol:   func(s *session.Session) (tea.Model, func()) { return enrolment(db, host, s, o.Now) },
		Shell:   func(s *session.Session) (tea.Model, func()) { return shell(db, host, s, o.Now) },
		Command: func(ctx context.Context, s *session.Session, words []string) int {
			return run(ctx, db, host, s, o.Now, words)
		},
		Refused:  db.RefuseLogin,
		HostKeys: keys.now,
		Moved:    func(id int64) { db.Tell(data.Ref{Kind: "session", ID: id}) },
		Stood:    func(on data.Ref) { db.Tell(on.Others()) },
	})
	srv, err := wish.NewServer(wish.WithHostKeyPath(o.HostKey), host.Option())
	if err == nil {
		err = os.Chmod(o.HostKey, 0o600) // one that was copied here may be anyone's to read
	}
	if err != nil {
		return fmt.Errorf("host key %s: %w (put the old one back if you can: with another, every client refuses to connect)", o.HostKey, err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	session.Go("listener", func() { served <- errors.New("the listener broke") }, func() { served <- srv.Serve(l) })
	watched := make(chan struct{})
	session.Go("accounts", nil, func() { defer close(watched); recheck(ctx, db, host) })
	clocked := make(chan struct{})
	session.Go("clock", nil, func() { defer close(clocked); byClock(ctx, host, o.Now) })
	select {
	case err = <-served: // nobody new can come; those inside are told, as at any other end
		stop()
		served <- err
	case <-ctx.Done():
	}
	_ = l.Close()
	if !host.Shutdown(8 * time.Second) {
		slog.Warn("a session would not end")
	}
	_ = srv.Close()
	if err := <-served; err != nil {
		slog.Debug("listener", "err", err) // that it was closed
	}
	<-watched
	<-clocked
	return err
}

// recheck ends the sessions of accounts and keys that are closed while they
// are inside, and has the school's word on idle sessions go before the flag's.
func recheck(ctx context.Context, db *store.DB, host *session.Host) {
	box, stop := db.Watch()
	defer stop()
	patience(ctx, db, host)
	for refs := box.Wait(ctx); refs != nil; refs = box.Wait(ctx) {
		host.Recheck(ctx, func(s *session.Session) bool {
			return refs[data.Ref{}] || refs[data.Ref{Kind: "account", ID: s.Me().ID}] ||
				s.CA != "" && touches(refs, "authority") || s.Stranger() && touches(refs, "account")
		})
		if refs[data.Ref{}] || refs[data.Ref{Kind: "setting"}] {
			patience(ctx, db, host)
		}
	}
}

func patience(ctx context.Context, db *store.DB, host *session.Host) {
	s, err := db.Setting(ctx, data.IdleMinutes)
	switch {
	case err != nil:
		slog.Error("idle sessions: as before", "err", err)
	case s.Set:
		host.Idle(time.Duration(s.Value) * time.Minute)
	default:
		host.Idle(0)
	}
}

// byClock ends, at each full minute, the sessions of those whose time is over:
// an account after its last day, a certificate, an authority. Nobody announces
// these, and a clock that is set is noticed as well.
func byClock(ctx context.Context, host *session.Host, now data.Clock) {
	for {
		at := now()
		minute := time.NewTimer(at.Truncate(time.Minute).Add(time.Minute).Sub(at))
		select {
		case <-ctx.Done():
			minute.Stop()
			return
		case <-minute.C:
			host.Recheck(ctx, func(*session.Session) bool { return true })
		}
	}
}

// touches reports whether any record of a kind has changed.
func touches(refs map[data.Ref]bool, kind string) bool {
	for r := range refs {
		if r.Kind == kind {
			return true
		}
	}
	return false
}

// account is whose key a client logs in with, or whose name is in its
// certificate. A certificate that does not hold is nobody's, and why not is the
// log's business.
func account(ctx context.Context, db *store.DB, l session.Login, now data.Clock) (data.Account, error) {
	cert, ok := l.Key.(*gossh.Certificate)
	if !ok {
		return db.AccountByKey(ctx, gossh.FingerprintSHA256(l.Key))
	}
	from, err := netip.ParseAddr(l.From)
	if err != nil {
		return data.Account{}, err
	}
	c, err := sshkey.Certificate(cert, now(), from.WithZone(""), l.User)
	if err != nil {
		return data.Account{}, fmt.Errorf("%w: %w", data.ErrNotFound, err)
	}
	return db.AccountByCertificate(ctx, c)
}

// shell is the screens of a session.
func shell(db *store.DB, host *session.Host, s *session.Session, now data.Clock) (tea.Model, func()) {
	v := &visit{db: db, host: host, s: s, now: now}
	v.begin()
	box, stop := db.Watch()
	model := tui.New(s.Context(), v.desk, box, s.Me(), s.Lang(), now).At(terminal(s)).With(v.server(box))
	return model, func() {
		defer stop()
		model.Leave()
		v.end()
	}
}

// enrolment is what a stranger is shown, until the key is an account's; then the
// session is that account's.
func enrolment(db *store.DB, host *session.Host, s *session.Session, now data.Clock) (tea.Model, func()) {
	slog.Info("session", "enrols", true, "from", s.From, "key", s.Key)
	v := &visit{db: db, host: host, s: s, now: now}
	key := sshkey.Key(s.PublicKey(), "")
	box, stop := db.Watch()
	become := func(ctx context.Context) (tui.Person, error) {
		me, err := s.Become(ctx)
		if err != nil {
			return tui.Person{}, err
		}
		v.begin()
		return tui.Person{Account: me, Desk: v.desk, Server: v.server(box)}, nil
	}
	model := tui.Enrolment(s.Context(), box, s.Lang(), now, tui.Door{
		Key: key, From: s.From, Entrance: db.Entrance, Become: become,
		Invited: func(ctx context.Context, code data.InviteCode) (data.Account, error) {
			return db.Invited(ctx, code, key, s.From)
		},
		Enrol: func(ctx context.Context, code data.InviteCode) (tui.Person, error) {
			if _, err := db.Enrol(ctx, code, key, s.From); err != nil {
				return tui.Person{}, err
			}
			return become(ctx)
		},
	}).At(terminal(s))
	return model, func() {
		defer stop()
		model.Leave()
		v.end()
	}
}

func terminal(s *session.Session) tui.Terminal {
	return tui.Terminal{Name: s.Term(), Profile: s.Profile(), Lang: s.SetLang, Screen: s.At} // the goodbye follows the language
}

// A visit is an account's time in a session, from its sign-in to its leaving.
type visit struct {
	db   *store.DB
	host *session.Host
	s    *session.Session
	now  data.Clock

	once    sync.Once
	desk    *store.Desk
	arrived chan struct{}
}

// begin writes the sign-in beside what the session does: its first frame does
// not wait for the disk.
func (v *visit) begin() {
	v.once.Do(func() {
		slog.Info("session", "account", v.s.Me().ID, "from", v.s.From, "key", v.s.Key)
		v.desk = deskOf(v.db, v.s, "screen")
		v.arrived = make(chan struct{})
		session.Go("arrive", nil, func() {
			defer close(v.arrived)
			_ = v.desk.Arrive(context.WithoutCancel(v.s.Context())) // the desk has logged it
		})
	})
}

// end writes that the account left, if it ever came.
func (v *visit) end() {
	came := true
	v.once.Do(func() { came = false })
	if came {
		<-v.arrived
		_ = v.desk.Leave(context.WithoutCancel(v.s.Context()))
	}
}

// deskOf is the desk of a session's account, come in through a door.
func deskOf(db *store.DB, s *session.Session, door string) *store.Desk {
	return db.As(s.Me().ID).Via(door, s.Key, s.From).Certified(s.CA).In(s.Word())
}

// server is what a session's screens and words may ask of the server, at its
// desk. Hear is called when they asked who is inside.
func server(host *session.Host, desk *store.Desk, now data.Clock, hear func()) kit.Server {
	return kit.Server{
		Sessions: func(ctx context.Context) ([]data.Presence, error) {
			hear()
			return desk.Present(ctx, host.Present(now()))
		},
		End: func(ctx context.Context, id int64) error {
			inside := host.Present(now())
			i := slices.IndexFunc(inside, func(p data.Presence) bool { return p.ID == id })
			if i < 0 {
				return data.ErrNotFound
			}
			if err := desk.EndSession(ctx, inside[i]); err != nil {
				return err
			}
			host.EndOne(id)
			return nil
		},
	}
}

// server is what the screens of a visit may ask of the server. The mailbox hears
// what they want to know.
func (v *visit) server(box *store.Mailbox) kit.Server {
	out := server(v.host, v.desk, v.now, box.Hear)
	out.At = v.s.To
	out.Stand = func(now data.Stand) bool {
		box.Attend(now.On)
		return v.s.Stand(now)
	}
	out.Others = func(ctx context.Context, on data.Ref) ([]data.Other, error) {
		there := v.host.Others(on, v.s.Me().ID)
		if len(there) == 0 {
			return nil, nil // there is nothing to be kept from anybody
		}
		return v.desk.Others(ctx, on, there)
	}
	return out
}

// run does one command with the rights of the session's account.
func run(ctx context.Context, db *store.DB, host *session.Host, s *session.Session, now data.Clock, words []string) int {
	slog.Info("session", "account", s.Me().ID, "from", s.From, "key", s.Key, "command", data.Line(words[0]))
	desk := deskOf(db, s, "words")
	arrived := make(chan struct{})
	session.Go("arrive", nil, func() { // beside the command, as beside the first frame
		defer close(arrived)
		s.Began.Do(func() { _ = desk.Arrive(context.WithoutCancel(s.Context())) })
	})
	defer func() { <-arrived }()
	return command.Run(ctx, command.Call{
		Server: server(host, desk, now, func() {}),
		Lang:   s.Lang(), In: s.In, Out: s.Out, Err: s.Err, Cols: s.Width(), Now: now, Key: s.Key,
		Read: func(name string) ([]byte, error) {
			if name != "-" {
				return nil, data.ErrForbidden // the server's files are nobody's business
			}
			return io.ReadAll(io.LimitReader(s.In, 64<<10))
		},
		Desk: func(context.Context) (*store.Desk, error) { return desk, nil },
	}, words)
}
