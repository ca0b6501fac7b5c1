// Package tuitest drives the real shell over a real database, without a
// terminal, for golden frames. Use it inside testing/synctest: it relies on
// synctest.Wait to know that all commands have had their say.
package tuitest

import (
	"context"
	"testing"
	"testing/synctest"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// Start logs an account in, in a window of 80×24, as the server does.
func Start(t *testing.T, db *store.DB, who int64, lang i18n.Lang) *Session {
	t.Helper()
	return StartOn(t, db, who, lang, kit.Open{})
}

// StartOn is Start on a screen of one's own choice.
func StartOn(t *testing.T, db *store.DB, who int64, lang i18n.Lang, first kit.Open) *Session {
	t.Helper()
	me, err := db.As(who).Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return StartAs(t, db, me, lang, first)
}

// StartAs is StartOn for an account that was read before.
func StartAs(t *testing.T, db *store.DB, me data.Account, lang i18n.Lang, first kit.Open) *Session {
	t.Helper()
	return StartIn(t, db, me, lang, first, kit.Server{})
}

// StartIn is StartAs with a server, which tells who is inside.
func StartIn(t *testing.T, db *store.DB, me data.Account, lang i18n.Lang, first kit.Open, server kit.Server) *Session {
	t.Helper()
	return start(t, db, me, lang, first, func(*store.Mailbox) kit.Server { return server })
}

// A House is where sessions are that see one another, as those of one server do.
type House struct {
	db     *store.DB
	stands data.Stands
	last   int64
}

// Together returns a house in which nobody is yet.
func Together(db *store.DB) *House { return &House{db: db} }

// Start is StartOn in the house.
func (h *House) Start(t *testing.T, who int64, lang i18n.Lang, first kit.Open) *Session {
	t.Helper()
	desk := h.db.As(who)
	me, err := desk.Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.last++
	id := h.last
	return start(t, h.db, me, lang, first, func(box *store.Mailbox) kit.Server {
		return kit.Server{
			Stand: func(now data.Stand) bool {
				box.Attend(now.On)
				stirred, others := h.stands.Move(id, me, now)
				for _, on := range stirred {
					h.db.Tell(on.Others())
				}
				return others
			},
			Others: func(ctx context.Context, on data.Ref) ([]data.Other, error) {
				return desk.Others(ctx, on, h.stands.At(on, who))
			},
		}
	})
}

func start(t *testing.T, db *store.DB, me data.Account, lang i18n.Lang, first kit.Open, server func(*store.Mailbox) kit.Server) *Session {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	box, stop := db.Watch()
	t.Cleanup(func() { cancel(); stop(); synctest.Wait() })
	shell := tui.New(ctx, db.As(me.ID), box, me, lang, Clock).With(server(box))
	if first.Screen != "" {
		shell = shell.Begin(first)
	}
	return Drive(t, shell)
}
