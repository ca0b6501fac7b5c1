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

// Others is who else has a record open, of those that the server says stand
// there, in their order: for whoever sees the record's texts at this moment.
// Of the front desk's outline of a family, of the day of a meeting, of any
// other record nobody learns who is at it: it is not found.
func (d *Desk) Others(ctx context.Context, on data.Ref, there []data.Other) (out []data.Other, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		may := false
		switch on.Kind {
		case "student":
			p, _, err := place(t, on.ID)
			if err != nil {
				return err
			}
			may = me.SeesCard(d.db.now(), p)
		case "meeting":
			k, err := d.db.rooms.get(on.ID, d.db.today(), t.room, func(h *homes) (*roomFacts, error) { return d.room(t, on.ID, h) })
			if err != nil {
				return err
			}
			may = me.MeetingSight(d.db.now(), k.view.Meeting, k.students) >= data.MeetingInvited
		}
		if !may {
			return data.ErrNotFound
		}
		out = there
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
