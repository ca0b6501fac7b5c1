package store

import (
	"context"
	"errors"
	"time"

	"qiao/data"
)

// lately is how long one look at a card counts as the same, how long what was
// closed stays in sight, and how long an action can be undone.
const lately = 10 * time.Minute

// Card is everything a family's card shows of one student, as its reader may
// see it. Opening a card is logged, once in ten minutes and person.
func (d *Desk) Card(ctx context.Context, student int64) (c data.Card, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if c, err = d.card(t, me, student); err != nil {
			return err
		}
		t.lookAt(c.Student, data.Viewed, data.Normal)
		if c.Sight != data.Whole {
			return nil
		}
		return lastLook(t, me, &c)
	})
	return c, err
}

// lastLook is who else opened the card last.
func lastLook(t *tx, me data.Account, c *data.Card) error {
	err := t.row("SELECT l.account, p.name, l.at FROM audit l JOIN account a ON a.id = l.account JOIN person p ON p.id = a.person "+
		"WHERE l.student = ? AND l.did = 'view' AND l.account <> ? ORDER BY l.id DESC LIMIT 1", []any{c.Student.ID, me.ID}, &c.Seer, &c.SeenBy, moment{&c.SeenAt})
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	return err
}

func (d *Desk) card(t *tx, me data.Account, id int64) (c data.Card, err error) {
	if c.Student, err = d.seen(t, me, id); err != nil {
		return c, err
	}
	now, place := d.db.now(), c.Student.Place()
	gs, err := guardians(t, id)
	if err != nil {
		return c, err
	}
	c.Guardians = d.shownTo(me, place, gs)
	if c.TeacherID, c.Teacher, err = d.teacher(t, place.Class); err != nil {
		return c, err
	}
	c.MayWrite = me.MayRecord(now, place, data.PhoneCall, data.Incoming) == nil
	c.Passing, c.MayRelease = me.Passing(now, place), me.MayRelease(now) == nil
	if err := d.restricted(t, me, &c); err != nil {
		return c, err
	}
	if !me.SeesCard(now, place) {
		c.Sight = data.Exists
		return c, nil
	}
	phones, err := me.MayEditFamily(now, place)
	c.Sight, c.MayEdit, c.MayEditPhones = data.Whole, err == nil && !phones, err == nil
	return c, d.inside(t, me, &c)
}

// restricted notes how much of what is restricted the reader may open, if there
// is anything. Who may know only that there is something is not told how much.
func (d *Desk) restricted(t *tx, me data.Account, c *data.Card) error {
	now, place := d.db.now(), c.Student.Place()
	c.MayEditCare = me.MayEditCare(now, place) == nil
	reach := me.Care(now, place)
	if reach == data.CareNone {
		return nil
	}
	all, err := d.care(t, c.Student)
	if err != nil {
		return err
	}
	if reach == data.CareExists && len(all.Filled()) > 0 {
		c.Care = reach
	} else if n := all.For(reach).Lines(); n > 0 {
		c.Care, c.CareFields = reach, n
	}
	return nil
}

// inside reads what of a card only those see who may open it.
func (d *Desk) inside(t *tx, me data.Account, c *data.Card) (err error) {
	now, place := d.db.now(), c.Student.Place()
	if c.Household, err = household(t, c.Student.Household); err != nil {
		return err
	}
	reads := me.Reads(now, place)
	c.Household = c.Household.For(reads)
	tags, err := d.tags(t, c.Student)
	if err != nil {
		return err
	}
	if me.SeesLevel(now, place, data.Restricted) == data.Whole {
		c.Tags = tags
	} else {
		c.Masked = len(tags) > 0
	}
	if c.Siblings, err = d.siblings(t, me, c.Student); err != nil {
		return err
	}
	var line data.Timeline
	q := data.TimelineQuery{Student: c.Student.ID, Class: c.Student.Class, Limit: 5}
	from, args, err := d.without(t, me, q, householdLine, []any{c.Student.Household})
	if err != nil {
		return err
	}
	if err := d.page(t, me, q, from, args, &line); err != nil {
		return err
	}
	c.Contacts, c.InTerm = line.Contacts, line.InTerm
	if c.LastOn, err = d.lastReached(t, c.Student.Household); err != nil {
		return err
	}
	c.Promises, err = d.promises(t, me, "AND p.household = ? AND (p.state = 'open' OR p.closed_at > ?) "+
		"ORDER BY p.state <> 'open', p.due_on IS NULL, p.due_on, p.id", c.Student.Household, stamp(now.Add(-lately)))
	return err
}

// lastReached is the day of the newest contact of a household that reached
// someone: the top of an index, never stored.
func (d *Desk) lastReached(t *tx, household int64) (data.Date, error) {
	var c data.Contact
	err := t.row("SELECT max(at) FROM contact_student WHERE household = ? AND reached = 1", []any{household}, moment{&c.At})
	if err != nil || c.At.IsZero() {
		return data.Date{}, err
	}
	return data.DayOf(c.At), nil
}

func (d *Desk) siblings(t *tx, me data.Account, s data.Student) (out []data.SiblingLine, err error) {
	all, err := d.householdOf(t, s.Household)
	for _, o := range all {
		if o.ID == s.ID || !o.Status.Here() {
			continue
		}
		line := data.SiblingLine{Student: o, Open: me.SeesCard(d.db.now(), o.Place())}
		line.Student = o.For(me.Reads(d.db.now(), o.Place()))
		if _, line.Teacher, err = d.teacher(t, o.Class); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, err
}

// teacher is who is class teacher of a class now: a grant, so that a screen and
// a right cannot disagree.
func (d *Desk) teacher(t *tx, class int64) (id int64, name string, err error) {
	now := stamp(d.db.now())
	err = t.row("SELECT a.id, p.name FROM role_grant g JOIN account a ON a.id = g.account JOIN person p ON p.id = a.person "+
		"WHERE g.scope_kind = 'class' AND g.scope_id = ? AND g.role = 'class-teacher' AND g.kind = 'own' AND g.pending = 0 AND g.from_at <= ? AND (g.until_at IS NULL OR g.until_at > ?) "+
		"ORDER BY g.id LIMIT 1", []any{class, now, now}, &id, &name)
	if errors.Is(err, data.ErrNotFound) {
		err = nil
	}
	return id, name, err
}

func household(t *tx, id int64) (h data.Household, err error) {
	err = t.row("SELECT h.id, h.address, h.village, h.postal_address, h.preferred_channel, h.rev, h.updated_at, COALESCE(p.name, '') "+
		"FROM household h LEFT JOIN account a ON a.id = h.updated_by LEFT JOIN person p ON p.id = a.person WHERE h.id = ?", []any{id},
		&h.ID, &h.Address, &h.Village, &h.Postal, &h.Channel, &h.Rev, moment{&h.At}, &h.ByName)
	return h, err
}
