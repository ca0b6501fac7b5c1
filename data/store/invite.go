package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"time"

	"qiao/data"
)

// Invite makes a one-time code for an account, which lets its person bind a key
// of their own. The code is told this once: the database keeps a hash. An open
// invitation of the account is void from now on. Administrators only.
func (d *Desk) Invite(ctx context.Context, account int64) (code data.InviteCode, i data.Invite, err error) {
	if err := d.manage(ctx, func(*tx) error { return nil }); err != nil { // hashing is for those who may
		return "", i, err
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // it never fails
	for {
		code = data.NewInviteCode()
		hash := hex.EncodeToString(code.Hash(salt)) // not on the writer's time
		i, err = d.invite(ctx, account, code.Selector(), hex.EncodeToString(salt), hash)
		if !errors.Is(err, errTaken) {
			break
		}
	}
	if err != nil {
		code = ""
	}
	return code, i, err
}

// errTaken is the answer to a selector that an earlier invitation has.
var errTaken = errors.New("store: selector taken")

func (d *Desk) invite(ctx context.Context, who int64, selector, salt, hash string) (i data.Invite, err error) {
	err = d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		a, err := account(t, who, d.db.today())
		switch {
		case err != nil:
			return nil, err
		case !a.Open(d.db.now()):
			return nil, &data.Invalid{Field: "account", Why: data.WhyClosed}
		}
		var taken int
		if err := t.row("SELECT count(*) FROM invite WHERE selector = ?", []any{selector}, &taken); err != nil {
			return nil, err
		}
		if taken > 0 {
			return nil, errTaken
		}
		now := d.db.now()
		if _, err := t.exec("UPDATE invite SET void_at = ? WHERE account = ? AND used_at IS NULL AND void_at IS NULL", stamp(now), who); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: who}
		if err := d.audit(t, entry{did: data.InviteMade, what: what, now: selector}); err != nil {
			return nil, err
		}
		id, err := t.insert("INSERT INTO invite (account, selector, salt, hash, created_at, created_by, after_audit, expires_at) "+
			"SELECT ?, ?, ?, ?, ?, ?, COALESCE(max(id), 0), ? FROM audit", who, selector, salt, hash, stamp(now), ref(me.ID), stamp(now.Add(data.InviteLasts)))
		if err != nil {
			return nil, err
		}
		i = data.Invite{ID: id, Account: who, Name: a.Name, Username: a.Username, Selector: selector, Created: now, ByName: me.Name,
			Expires: now.Add(data.InviteLasts)}
		return []data.Ref{what, {Kind: "invite", ID: id}}, nil
	})
	return i, err
}

const inviteSQL = "SELECT i.id, i.account, p.name, a.username, i.selector, i.created_at, COALESCE(bp.name, ''), i.expires_at, i.tries, i.used_at, i.void_at " +
	"FROM invite i JOIN account a ON a.id = i.account JOIN person p ON p.id = a.person " +
	"LEFT JOIN account b ON b.id = i.created_by LEFT JOIN person bp ON bp.id = b.person "

func scanInvite(r row) (i data.Invite, err error) {
	return i, r.Scan(&i.ID, &i.Account, &i.Name, &i.Username, &i.Selector, moment{&i.Created}, &i.ByName, moment{&i.Expires}, &i.Tries,
		moment{&i.Used}, moment{&i.Void})
}

// Invites lists the invitations of the last thirty days, the newest first, with
// the wrong codes of each. Ask Invite.State what became of one. Administrators
// only.
func (d *Desk) Invites(ctx context.Context) (out []data.Invite, err error) {
	err = d.manage(ctx, func(t *tx) error {
		out, err = list(t, inviteSQL+"WHERE i.created_at > ? OR i.used_at IS NULL AND i.void_at IS NULL AND i.expires_at > ? ORDER BY i.id DESC",
			[]any{stamp(d.db.now().AddDate(0, 0, -30)), stamp(d.db.now())}, scanInvite)
		return err
	})
	return out, err
}

// RevokeInvite takes an invitation back. One that is over already is
// ErrNotFound. Administrators only.
func (d *Desk) RevokeInvite(ctx context.Context, id int64) error {
	return d.change(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		i, err := inviteBy(t, "i.id", id)
		switch {
		case err != nil:
			return nil, err
		case i.State(d.db.now()) != data.InviteOpen:
			return nil, data.ErrNotFound
		}
		if _, err := t.exec("UPDATE invite SET void_at = ? WHERE id = ?", stamp(d.db.now()), id); err != nil {
			return nil, err
		}
		return []data.Ref{{Kind: "account", ID: i.Account}, {Kind: "invite", ID: id}},
			d.audit(t, entry{did: data.InviteRevoked, what: data.Ref{Kind: "account", ID: i.Account}, was: i.Selector})
	})
}

func inviteBy(t *tx, column string, value any) (i data.Invite, err error) {
	s, err := t.stmt(inviteSQL + "WHERE " + column + " = ?")
	if err != nil {
		return i, err
	}
	i, err = scanInvite(s.QueryRow(value))
	return i, found(err)
}

// latest is the latest time in the log since an invitation was made, by its
// selector; zero if there is none. It reads as many rows as were written since,
// so it is not for the writer.
func latest(t *tx, selector string) (seen time.Time, err error) {
	err = t.row("SELECT max(at) FROM audit WHERE id > (SELECT after_audit FROM invite WHERE selector = ?)", []any{selector}, moment{&seen})
	return seen, err
}
