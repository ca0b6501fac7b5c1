// Package sshd is the network face: it lets people in by public key and gives
// each session a shell of its own, or runs the one command it came for.
//
// Who someone is it asks the store; what they may do is not its business. How
// a session lives with its client is package session's.
package sshd

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd/command"
	"qiao/sshd/session"
	"qiao/tui"

	tea "charm.land/bubbletea/v2"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// limits are for a school of some hundred people behind one address, who all
// come back at once after a power cut.
var limits = session.Limits{
	Cols: 400, Rows: 150,
	IdleWarn: 25 * time.Minute, IdleLimit: 30 * time.Minute,
	Stall: 15 * time.Second, Beat: 30 * time.Second, BeatWait: 15 * time.Second,
	Paste: 64 << 10, Env: 16,
	Sessions: 1000, PerAccount: 8,
	Login: 20 * time.Second, Tries: 12,
	Burst: 200, Every: 50 * time.Millisecond, Strangers: 64,
}

// Serve answers on the listener until ctx ends. That ends every session too;
// Serve returns when they are gone, or after nine seconds.
func Serve(ctx context.Context, l net.Listener, db *store.DB, hostKey string, now data.Clock) error {
	if os.Getenv("TEA_TRACE") != "" {
		return errors.New("TEA_TRACE is set: it would write everyone's screen to a file")
	}
	host := session.New(session.Config{
		Limits: limits,
		Account: func(ctx context.Context, key gossh.PublicKey) (data.Account, error) {
			return db.AccountByKey(ctx, gossh.FingerprintSHA256(key))
		},
		Shell: func(s *session.Session) (tea.Model, func()) {
			slog.Info("session", "account", s.Me.ID)
			box, stop := db.Watch()
			return tui.New(s.Context(), db, box, s.Me, s.Lang, now), stop
		},
		Command: func(s *session.Session, words []string) int {
			slog.Info("session", "account", s.Me.ID, "command", words[0])
			return command.Run(s.Context(), db.As(s.Me.ID), s.Lang, words, s.Out, s.Err)
		},
	})
	srv, err := wish.NewServer(wish.WithHostKeyPath(hostKey), host.Option())
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	session.Go("listener", func() { served <- errors.New("the listener broke") }, func() { served <- srv.Serve(l) })
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	l.Close() // nobody new
	if !host.Shutdown(8 * time.Second) {
		slog.Warn("a session would not end")
	}
	srv.Close()
	<-served
	return nil
}
