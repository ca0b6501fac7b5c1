package store

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/netip"
	"time"

	"qiao/data"
)

// Invited says whose invitation a code is, and takes nothing: the person is
// asked first whether that is who they are. A code that lets nobody in is
// *data.CodeRefused; the key and the address it came from are counted.
func (db *DB) Invited(ctx context.Context, code data.InviteCode, key data.Key, from string) (a data.Account, err error) {
	return db.redeem(ctx, code, key, from, func(t *tx, d *Desk, _ data.Invite, who data.Account) ([]data.Ref, error) {
		return nil, d.mayBind(t, who.ID, key)
	})
}

// Enrol binds a key to the account that a one-time code was made for: the way a
// person without an account's key becomes one, before there is a desk. The code
// is used up. Of two who come with one code at once, one is let in.
func (db *DB) Enrol(ctx context.Context, code data.InviteCode, key data.Key, from string) (a data.Account, err error) {
	return db.redeem(ctx, code, key, from, func(t *tx, d *Desk, i data.Invite, who data.Account) ([]data.Ref, error) {
		d.who = who.ID // from here on it is the person who acts
		if _, err := t.exec("UPDATE invite SET used_at = ? WHERE id = ?", stamp(db.now()), i.ID); err != nil {
			return nil, err
		}
		if err := d.bind(t, who, who.ID, key); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: who.ID}
		return []data.Ref{what, {Kind: "invite", ID: i.ID}}, d.audit(t, entry{did: data.KeyEnrolled, what: what, now: i.Selector})
	})
}

// redeem looks at a code: it counts the try before it hashes, so that however
// many come at once no more are hashed than may be wrong, and takes the count
// back where the code was right.
func (db *DB) redeem(ctx context.Context, code data.InviteCode, key data.Key, from string,
	do func(*tx, *Desk, data.Invite, data.Account) ([]data.Ref, error)) (a data.Account, err error) {
	d := &Desk{db: db, door: "enrol", key: key.Fingerprint, from: from}
	defer func() { d.log(err) }()
	at := address(from)
	var seen time.Time
	err = db.reading(ctx, func(t *tx) error {
		err := db.wait(t, key.Fingerprint, at)
		if err == nil {
			seen, err = latest(t, code.Selector())
		}
		return err
	})
	if err != nil {
		return a, err // nothing is written: guessing on costs the others nothing
	}
	b, err := d.book(ctx, code, at, seen)
	if err != nil {
		return a, err
	}
	right, err := db.compare(ctx, code, b)
	if err != nil {
		return a, err
	}
	if !right {
		return a, d.wrong(ctx, code, at, b)
	}
	err = db.write(ctx, func(t *tx) ([]data.Ref, error) {
		if err := b.undo(t); err != nil {
			return nil, err
		}
		i, err := inviteBy(t, "i.id", b.invite.ID)
		if err != nil {
			return nil, err
		}
		if err := db.dead(i, seen); err != nil { // meanwhile
			return nil, err
		}
		if a, err = account(t, i.Account, db.today()); err != nil {
			return nil, err
		}
		if !a.Open(db.now()) {
			return nil, &data.CodeRefused{Why: data.CodeVoid}
		}
		return do(t, d, i, a)
	})
	return a, err
}

// A booking is a try that was counted before its code was looked at.
type booking struct {
	invite     data.Invite
	try        int64
	salt, hash []byte
}

func (b booking) undo(t *tx) error {
	_, err := t.exec("DELETE FROM enrol_try WHERE id = ?", b.try)
	if err == nil {
		_, err = t.exec("UPDATE invite SET tries = tries - 1 WHERE id = ?", b.invite.ID)
	}
	return err
}

// book counts a try of this key, this address and this invitation. Where no
// invitation is open by that name it is a wrong code at once.
func (d *Desk) book(ctx context.Context, code data.InviteCode, at string, seen time.Time) (b booking, err error) {
	var said error // the answer, where what was counted stays
	err = d.db.write(ctx, func(t *tx) ([]data.Ref, error) {
		if err := d.db.wait(t, d.key, at); err != nil {
			return nil, err
		}
		now := d.db.now()
		if _, err := t.exec("DELETE FROM enrol_try WHERE at <= ?", stamp(now.Add(-data.EnrolWindow))); err != nil {
			return nil, err
		}
		// A clock that was ahead and set right must lock nobody out for days.
		if _, err := t.exec("UPDATE enrol_try SET at = ? WHERE at > ?", stamp(now), stamp(now)); err != nil {
			return nil, err
		}
		if b.try, err = t.insert("INSERT INTO enrol_try (at, key_fp, address) VALUES (?, ?, ?)", stamp(now), d.key, at); err != nil {
			return nil, err
		}
		b.invite, err = inviteBy(t, "i.selector", code.Selector())
		switch {
		case errors.Is(err, data.ErrNotFound):
			said, err = d.refuse(t, code, at, data.Invite{}, data.CodeWrong)
			return nil, err
		case err != nil:
			return nil, err
		}
		if dead := d.db.dead(b.invite, seen); dead != nil {
			var why *data.CodeRefused
			if !errors.As(dead, &why) {
				return nil, dead
			}
			said, err = d.refuse(t, code, at, b.invite, why.Why)
			return nil, err
		}
		var salt, hash string
		if err := t.row("SELECT salt, hash FROM invite WHERE id = ?", []any{b.invite.ID}, &salt, &hash); err != nil {
			return nil, err
		}
		b.salt, err = hex.DecodeString(salt)
		if err == nil {
			b.hash, err = hex.DecodeString(hash)
		}
		if err == nil {
			_, err = t.exec("UPDATE invite SET tries = tries + 1 WHERE id = ?", b.invite.ID)
		}
		return nil, err
	})
	return b, errors.Join(err, said)
}

// compare hashes a code, one at a time in the whole program: the processor is
// everybody's.
func (db *DB) compare(ctx context.Context, code data.InviteCode, b booking) (bool, error) {
	select {
	case db.hashing <- struct{}{}:
		defer func() { <-db.hashing }()
		return code.Matches(b.salt, b.hash), nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// wrong writes down a wrong code for an open invitation, and ends it if that
// was one too many.
func (d *Desk) wrong(ctx context.Context, code data.InviteCode, at string, b booking) error {
	var said error
	err := d.db.write(ctx, func(t *tx) (refs []data.Ref, err error) {
		if said, err = d.refuse(t, code, at, b.invite, data.CodeWrong); err != nil {
			return nil, err
		}
		_, err = t.exec("UPDATE invite SET void_at = ? WHERE id = ? AND tries >= ? AND used_at IS NULL AND void_at IS NULL",
			stamp(d.db.now()), b.invite.ID, data.TriesOfInvite)
		return []data.Ref{{Kind: "account", ID: b.invite.Account}, {Kind: "invite", ID: b.invite.ID}}, err
	})
	return errors.Join(err, said)
}

// refuse writes down a refused code, and says what the person is told.
func (d *Desk) refuse(t *tx, code data.InviteCode, at string, i data.Invite, why data.CodeWhy) (said, err error) {
	slog.Info("enrol refused", "from", d.from, "key", d.key, "why", string(why))
	what := data.Ref{Kind: "account", ID: i.Account}
	detail := map[string]string{"why": string(why)}
	if i.ID != 0 {
		detail["invite"] = code.Selector() // of one that there is not the letters may be half of another's secret
	}
	if err := d.audit(t, entry{did: data.EnrolRefused, what: what, now: detail}); err != nil {
		return nil, err
	}
	tries, err := d.db.tries(t, "key_fp", d.key)
	if err != nil {
		return nil, err
	}
	if why == data.CodeWrong {
		if full := d.db.wait(t, d.key, at); full != nil {
			return full, nil
		}
	}
	return &data.CodeRefused{Why: why, Left: max(data.TriesOfKey-len(tries), 0)}, nil
}

// dead says why an invitation lets nobody in; nil for one that is open. A clock
// that was set back prolongs none: the latest time that was seen since it was
// made counts as well.
func (db *DB) dead(i data.Invite, seen time.Time) error {
	now := db.now()
	if seen.After(now) {
		now = seen
	}
	if now.Before(i.Created) {
		now = i.Created // as if it had just begun: see below
	}
	switch i.State(now) {
	case data.InviteUsed:
		return &data.CodeRefused{Why: data.CodeUsed}
	case data.InviteExpired:
		return &data.CodeRefused{Why: data.CodeExpired}
	case data.InviteVoid:
		return &data.CodeRefused{Why: data.CodeVoid}
	}
	if db.now().Before(i.Created) {
		return &data.CodeRefused{Why: data.CodeEarly}
	}
	return nil
}

// wait is *data.CodeRefused while a key or an address has had its share.
func (db *DB) wait(t *tx, key, at string) error {
	for _, limit := range []struct {
		column, value string
		most          int
	}{{"key_fp", key, data.TriesOfKey}, {"address", at, data.TriesOfAddress}} {
		tries, err := db.tries(t, limit.column, limit.value)
		if err != nil {
			return err
		}
		if len(tries) >= limit.most {
			till := tries[limit.most-1].Add(data.EnrolWindow)
			if most := db.now().Add(data.EnrolWindow); till.After(most) {
				till = most
			}
			return &data.CodeRefused{Why: data.CodeWait, Till: till}
		}
	}
	return nil
}

// tries are the moments of the wrong codes of a key or an address within the
// last hour, the newest first, as many as are ever borne.
func (db *DB) tries(t *tx, column, value string) ([]time.Time, error) {
	return list(t, "SELECT at FROM enrol_try WHERE "+column+" = ? AND at > ? ORDER BY at DESC LIMIT ?",
		[]any{value, stamp(db.now().Add(-data.EnrolWindow)), data.TriesOfAddress},
		func(r row) (at time.Time, err error) { return at, r.Scan(moment{&at}) })
}

// address is what tries are counted by: an IPv4 address, or the /64 that one
// IPv6 customer has.
func address(from string) string {
	ip, err := netip.ParseAddr(from)
	if err != nil {
		return from
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	p, err := ip.Prefix(64)
	if err != nil {
		return from
	}
	return p.String()
}

// Entrance is what someone who is not let in yet is told.
func (db *DB) Entrance(ctx context.Context) (e data.Entrance, err error) {
	err = db.reading(ctx, func(t *tx) error {
		var err error
		if e.School, err = setting(t, "school", db.today()); err != nil {
			return err
		}
		now := stamp(db.now())
		e.Admins, err = list(t, "SELECT DISTINCT p.name FROM role_grant g JOIN account a ON a.id = g.account JOIN person p ON p.id = a.person "+
			"WHERE g.role = 'admin' AND g.from_at <= ? AND (g.until_at IS NULL OR g.until_at > ?) AND a.disabled_at IS NULL ORDER BY p.name LIMIT 3",
			[]any{now, now}, func(r row) (name string, err error) { return name, r.Scan(&name) })
		return err
	})
	return e, err
}
