package store

import (
	"context"
	"time"

	"qiao/data"
)

// Visitors is how many accounts may log in by a key, and how many of them have
// done so since a moment.
type Visitors struct{ All, Since int }

// Visitors counts who has logged in since a moment. Administrators only.
func (d *Desk) Visitors(ctx context.Context, since time.Time) (v Visitors, err error) {
	err = d.manage(ctx, func(t *tx) error {
		return t.row("SELECT count(DISTINCT a.id), count(DISTINCT CASE WHEN k.last_used_at >= ? THEN a.id END) "+
			"FROM account a JOIN account_key k ON k.account = a.id "+
			"WHERE k.revoked_at IS NULL AND a.disabled_at IS NULL AND (a.active_until IS NULL OR a.active_until >= ?)",
			[]any{stamp(since), d.db.today()}, &v.All, &v.Since)
	})
	return v, err
}

// SignIns is when and how an account came in lately, the newest first, at most
// this many. Everyone sees their own, administrators everybody's.
func (d *Desk) SignIns(ctx context.Context, account int64, most int) (out []data.SignIn, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MayManage(d.db.now()); err != nil && me.ID != account {
			return err
		}
		out, err = signIns(t, account, most)
		return err
	})
	return out, err
}

func signIns(t *tx, account int64, most int) ([]data.SignIn, error) {
	return list(t, "SELECT a.at, a.door, a.source, a.key_fp, COALESCE(k.name, '') FROM audit a LEFT JOIN account_key k ON k.fingerprint = a.key_fp "+
		"WHERE a.account = ? AND a.did = 'sign-in' ORDER BY a.id DESC LIMIT ?", []any{account, most},
		func(r row) (s data.SignIn, err error) {
			return s, r.Scan(moment{&s.At}, &s.Door, &s.From, &s.Key, &s.KeyName)
		})
}
