package store

import (
	"context"
	"slices"
	"time"

	"qiao/data"
)

// inRoom runs do in a meeting's room as somebody who leads it.
func (d *Desk) inRoom(ctx context.Context, meeting int64, do func(*tx, data.Account, data.Meeting) (now any, err error)) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting, data.MeetingInSession)
		if err != nil {
			return nil, err
		}
		now, err := do(t, me, m)
		if err != nil {
			return nil, err
		}
		return meets(meeting), d.audit(t, entry{did: data.RoomMoved, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: now})
	})
}

// OpenRoom begins a meeting: families that came into the class since are invited,
// and its clock runs. Of two who open it at once the second learns of the first.
func (d *Desk) OpenRoom(ctx context.Context, meeting int64) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting)
		if err != nil {
			return nil, err
		}
		if m.State == data.MeetingInSession {
			return nil, overtakenMeeting(m)
		}
		if err := stands(m, preparing...); err != nil {
			return nil, err
		}
		if _, _, err := d.syncFamilies(t, m); err != nil {
			return nil, err
		}
		now := stamp(d.db.now())
		if _, err := t.exec("UPDATE meeting SET state = 'in_session', opened_at = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", now, now, me.ID, meeting); err != nil {
			return nil, err
		}
		if err := d.revision(t, data.Ref{Kind: "meeting", ID: meeting}, m.Rev, m); err != nil {
			return nil, err
		}
		return framed(meeting), d.audit(t, entry{did: data.RoomOpened, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal})
	})
}

// onItem reports, as a *data.Conflict with who moved on, that another item is on
// than the one that somebody saw.
func onItem(m data.Meeting, saw int64) error {
	if m.Item == saw {
		return nil
	}
	return &data.Conflict{Ref: data.Ref{Kind: "agenda_item", ID: m.Item}, Rev: m.Rev, By: m.SavedBy, At: m.SavedAt}
}

// NextItem ends the item that is on and begins another: to, or with 0 the next of
// the agenda that was not on yet; behind the last none is on. From is the item
// that one saw, 0 for none: of two who press at once the second learns of the
// first, and no item is passed over. Who goes back to one before within a minute has
// pressed by mistake: the item left is still to come.
func (d *Desk) NextItem(ctx context.Context, meeting, from, to int64) error {
	return d.inRoom(ctx, meeting, func(t *tx, me data.Account, m data.Meeting) (any, error) {
		if err := onItem(m, from); err != nil {
			return nil, err
		}
		now := d.db.now()
		next := following(m, to)
		leave := d.endItem
		if goesBack(m, next, now) {
			leave = d.unbeginItem
		}
		if err := leave(t, m, now); err != nil {
			return nil, err
		}
		if to != 0 && next == 0 {
			return nil, data.ErrNotFound
		}
		since := time.Time{}
		if next != 0 {
			since = now
			if _, err := t.exec("UPDATE agenda_item SET started_at = COALESCE(started_at, ?), ended_at = NULL WHERE id = ?", stamp(now), next); err != nil {
				return nil, err
			}
		}
		return map[string]int64{"item": next}, d.touchMeeting(t, me, meeting, next, since)
	})
}

// unbegun is how long an item may have been on and still count as begun by mistake.
const unbegun = time.Minute

// goesBack reports whether a step leads back to an item that was on, from one that
// has hardly begun.
func goesBack(m data.Meeting, to int64, now time.Time) bool {
	at := func(id int64) int {
		return slices.IndexFunc(m.Agenda, func(i data.AgendaItem) bool { return i.ID == id })
	}
	n, on := at(to), at(m.Item)
	return n >= 0 && n < on && !m.Agenda[n].Started.IsZero() && m.Running(now) < unbegun
}

// unbeginItem takes the item that is on as one that was not on yet.
func (d *Desk) unbeginItem(t *tx, m data.Meeting, _ time.Time) error {
	_, err := t.exec("UPDATE agenda_item SET started_at = NULL, ended_at = NULL, spent_ms = 0 WHERE id = ?", m.Item)
	return err
}

// following is the item that comes next: the one asked for, or the first that was
// not on yet.
func following(m data.Meeting, to int64) int64 {
	for _, i := range m.Agenda {
		if i.ID == to || to == 0 && i.ID != m.Item && i.Started.IsZero() {
			return i.ID
		}
	}
	return 0
}

// endItem ends the item that is on, with what its clock says.
func (d *Desk) endItem(t *tx, m data.Meeting, now time.Time) error {
	if m.Item == 0 {
		return nil
	}
	_, err := t.exec("UPDATE agenda_item SET ended_at = ?, spent_ms = ? WHERE id = ?", stamp(now), m.Running(now).Milliseconds(), m.Item)
	return err
}

// PauseItem stops the clock of the item that is on, or lets it run on.
func (d *Desk) PauseItem(ctx context.Context, meeting, on int64, pause bool) error {
	return d.inRoom(ctx, meeting, func(t *tx, me data.Account, m data.Meeting) (any, error) {
		if err := onItem(m, on); err != nil {
			return nil, err
		}
		now, since := d.db.now(), time.Time{}
		if m.Item == 0 {
			return nil, &data.Invalid{Field: "item", Why: data.WhyEmpty}
		}
		if !pause {
			if since = m.ItemSince; since.IsZero() {
				since = now
			}
		} else if _, err := t.exec("UPDATE agenda_item SET spent_ms = ? WHERE id = ?", m.Running(now).Milliseconds(), m.Item); err != nil {
			return nil, err
		}
		return map[string]bool{"paused": pause}, d.touchMeeting(t, me, meeting, m.Item, since)
	})
}

// CloseRoom ends a meeting: whoever is not marked was absent, those who came have
// a contact on their cards, and the minutes are composed.
func (d *Desk) CloseRoom(ctx context.Context, meeting int64) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting, data.MeetingInSession)
		if err != nil {
			return nil, err
		}
		now := d.db.now()
		m.Held = now
		if m.Held.Before(m.Opened) { // a clock that was set back
			m.Held = m.Opened
		}
		if err := d.endItem(t, m, now); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE meeting SET state = 'held', held_at = ?, item = NULL, item_since = NULL, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
			stamp(m.Held), stamp(now), me.ID, meeting); err != nil {
			return nil, err
		}
		if err := d.revision(t, data.Ref{Kind: "meeting", ID: meeting}, m.Rev, m); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE invitee SET attendance = 'absent', marked_by = ?, marked_at = ? WHERE meeting = ? AND gone_at IS NULL AND attendance = 'unknown'",
			me.ID, stamp(now), meeting); err != nil {
			return nil, err
		}
		m.State = data.MeetingHeld
		refs, err := d.attended(t, me, m)
		if err != nil {
			return nil, err
		}
		if err := d.compose(t, me, meeting); err != nil {
			return nil, err
		}
		refs = append(refs, minutesMoved(m, "", data.MinutesDraft)...)
		return framed(meeting, refs...), d.audit(t, entry{did: data.RoomClosed, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal})
	})
}
