package store

import (
	"context"
	"time"

	"qiao/data"
)

// Health is what the file knows of how the school's server is looked after.
type Health struct {
	Newest      time.Time // of the audit log: a clock that shows less was set back
	Admins      int       // accounts that run accounts and have a key
	Old, Unused []data.Key
	Ending      []data.Authority // over, or soon
}

// Health looks for what has to be done: keys of open accounts that were bound a
// year ago, or with which nobody came for a year, and authorities that end within
// 30 days. Administrators only.
func (d *Desk) Health(ctx context.Context) (h Health, err error) {
	err = d.manage(ctx, func(t *tx) error {
		now := d.db.now()
		year := stamp(now.AddDate(-1, 0, 0))
		if err := t.row("SELECT max(at) FROM (SELECT at FROM audit ORDER BY id DESC LIMIT 1000)", nil, moment{&h.Newest}); err != nil {
			return err
		}
		if err := t.row("SELECT count(DISTINCT a.id) FROM role_grant g JOIN account a ON a.id = g.account JOIN account_key k ON k.account = a.id "+
			"WHERE g.role = 'admin' AND g.pending = 0 AND g.revoked_at IS NULL AND g.from_at <= ? AND (g.until_at IS NULL OR g.until_at > ?) "+
			"AND a.disabled_at IS NULL AND (a.active_until IS NULL OR a.active_until >= ?) AND k.revoked_at IS NULL",
			[]any{stamp(now), stamp(now), d.db.today()}, &h.Admins); err != nil {
			return err
		}
		keys := func(where string) ([]data.Key, error) {
			return list(t, "SELECT k.account, k.fingerprint, a.username, k.added_at, k.last_used_at FROM account_key k JOIN account a ON a.id = k.account "+
				"WHERE k.revoked_at IS NULL AND a.disabled_at IS NULL AND (a.active_until IS NULL OR a.active_until >= ?) AND "+where+" ORDER BY a.username, k.id",
				[]any{d.db.today(), year}, func(r row) (k data.Key, err error) {
					return k, r.Scan(&k.Account, &k.Fingerprint, &k.Name, moment{&k.Added}, moment{&k.LastUsed})
				})
		}
		if h.Old, err = keys("k.added_at < ?"); err != nil {
			return err
		}
		if h.Unused, err = keys("COALESCE(k.last_used_at, k.added_at) < ?"); err != nil {
			return err
		}
		h.Ending, err = list(t, "SELECT id, name, fingerprint, until_at FROM cert_authority WHERE revoked_at IS NULL AND until_at < ? ORDER BY until_at",
			[]any{stamp(now.AddDate(0, 0, 30))}, func(r row) (a data.Authority, err error) {
				var end time.Time
				err = r.Scan(&a.ID, &a.Name, &a.Fingerprint, moment{&end})
				a.Until = data.DayOf(end).AddDays(-1)
				return a, err
			})
		return err
	})
	return h, err
}
