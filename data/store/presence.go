package store

import (
	"context"
	"slices"

	"qiao/data"
)

// Present is those of the open sessions that the account may see: an
// administrator all, others their own. The server knows who is inside, the file
// does not.
func (d *Desk) Present(ctx context.Context, inside []data.Presence) (out []data.Presence, err error) {
	err = d.read(ctx, func(_ *tx, me data.Account) error {
		out = slices.DeleteFunc(slices.Clone(inside), func(p data.Presence) bool { return !me.MaySeeSession(d.db.now(), p) })
		return nil
	})
	return out, err
}

// EndSession writes into the log that the account ends a session; the server
// ends it then. One that the account may not see is not found.
func (d *Desk) EndSession(ctx context.Context, p data.Presence) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if !me.MaySeeSession(d.db.now(), p) {
			return nil, data.ErrNotFound
		}
		type ended struct{ Key, From, Since string }
		return nil, d.audit(t, entry{did: data.SessionEnded, what: data.Ref{Kind: "account", ID: p.Account}, was: ended{p.Key, p.From, stamp(p.Since)}})
	})
}
