package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"qiao/data"
)

// A Desk is the database as one account may use it.
type Desk struct {
	db      *DB
	who     int64
	console string // the system user, where the desk is the console's
	door    string // what the audit log calls the way in
	key     string // the fingerprint that signed in
	from    string
	ca      string // the authority whose certificate it came with, its fingerprint
	session string // which of the account's windows, in the audit log
}

// As returns the desk of the account with the given ID. It checks nothing
// yet: each call on the desk reads the account afresh in its own
// transaction, so that a role taken away at noon is gone at noon.
func (db *DB) As(who int64) *Desk { return &Desk{db: db, who: who, door: "screen"} }

// Console returns the desk of whoever can open the file, and so owns it: it may
// do what an administrator may, and import, export and back up besides. Its
// audit rows name the system's user.
func (db *DB) Console(user string) *Desk {
	return &Desk{db: db, console: "console:" + data.Line(user), door: "console"}
}

// Via is the same desk with what the audit log says of the way in: the door
// (screen, words), the key's fingerprint and the address it came from.
func (d *Desk) Via(door, key, from string) *Desk {
	at := *d
	at.door, at.key, at.from = door, key, from
	return &at
}

// Certified is the same desk, come in with a certificate of an authority.
func (d *Desk) Certified(ca string) *Desk {
	at := *d
	at.ca = ca
	return &at
}

// In is the same desk in one of the account's windows, by a word of the server's
// that the audit log keeps.
func (d *Desk) In(session string) *Desk {
	at := *d
	at.session = session
	return &at
}

// read runs do in a read transaction, as me.
func (d *Desk) read(ctx context.Context, do func(t *tx, me data.Account) error) (err error) {
	defer func() { d.log(err) }()
	var n noted
	err = d.db.reading(ctx, func(t *tx) error {
		me, err := d.me(t)
		if err == nil {
			err = do(t, me)
		}
		n = t.noted
		return err
	})
	return d.note(ctx, n, err)
}

// write runs do in a write transaction, as me, and announces the records do
// returns once they are on disk.
func (d *Desk) write(ctx context.Context, do func(t *tx, me data.Account) ([]data.Ref, error)) (err error) {
	defer func() { d.log(err) }()
	var n noted
	err = d.db.write(ctx, func(t *tx) (refs []data.Ref, err error) {
		me, err := d.me(t)
		if err == nil {
			refs, err = do(t, me)
		}
		n = noted{denied: t.denied}
		return refs, err
	})
	return d.note(ctx, n, err)
}

// log tells the operator of what no caller expects, once, as it leaves the store.
func (d *Desk) log(err error) {
	if !data.Expected(err) {
		slog.Error("store", "account", d.who, "err", err)
	}
}

// me is the account as it stands now, with its roles.
func (d *Desk) me(t *tx) (data.Account, error) {
	if d.console != "" {
		return data.Account{Name: d.console, Grants: []data.Grant{{Role: data.Administrator, Kind: data.OwnGrant, Scope: data.ScopeSchool}}}, nil
	}
	me, err := account(t, d.who, d.db.today())
	if errors.Is(err, data.ErrNotFound) || err == nil && !me.Open(d.db.now()) {
		t.deny(data.Ref{Kind: "account", ID: d.who}, 0, 0, 0)
		return data.Account{}, data.ErrForbidden
	}
	return me, err
}

// Me is the account of the desk. A closed account gets ErrForbidden.
func (d *Desk) Me(ctx context.Context) (me data.Account, err error) {
	err = d.read(ctx, func(_ *tx, a data.Account) error { me = a; return nil })
	return me, err
}

func (db *DB) today() data.Date { return db.now.Today() }

// instant is how a moment is written: of one width, so that it sorts as text.
const instant = "2006-01-02T15:04:05.000Z"

func stamp(t time.Time) string { return t.UTC().Format(instant) }

// maybe is stamp for a moment that may not be given.
func maybe(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return stamp(t)
}

// moment reads what stamp wrote; nothing, or what is not a moment, is the zero
// Time.
type moment struct{ t *time.Time }

func (m moment) Scan(v any) error {
	*m.t = time.Time{}
	if s, ok := v.(string); ok && s != "" {
		t, err := time.Parse(instant, s)
		if err != nil {
			return err
		}
		*m.t = t
	}
	return nil
}

// ref is an id that may not be given.
func ref(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
