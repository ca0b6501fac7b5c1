package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"qiao/data"
)

// SaveContact stores c, new or over the revision it was read at, and returns it
// as stored, with its promises. If someone saved it since it was read the
// answer is a *data.Conflict that says who and when. The caller's draft of the
// form goes in the same transaction.
//
// A contact may name siblings of its first student; it is then shown on each
// card. A correction is for its writer or the class teacher, within 48 hours.
func (d *Desk) SaveContact(ctx context.Context, c data.Contact, draft data.Ref) (data.Contact, error) {
	c = c.Tidy()
	err := d.write(ctx, func(t *tx, me data.Account) (refs []data.Ref, err error) {
		if len(c.Students) == 0 {
			return nil, &data.Invalid{Field: "student", Why: data.WhyEmpty}
		}
		of, err := d.concerned(t, me, &c)
		if err != nil {
			return nil, err
		}
		var was *data.Contact
		c.Staff, c.StaffName, c.Meeting = me.ID, me.Name, 0
		if c.ID != 0 {
			if was, err = d.correctable(t, me, c); err != nil {
				return nil, err
			}
		}
		for i, p := range c.Promises {
			if p.Owner == 0 && p.OwnerPerson == 0 {
				c.Promises[i].Owner = me.ID
			}
		}
		if err := d.check(me, c, places(of)); err != nil {
			return nil, err
		}
		if err := d.putContact(t, me, &c, was, of); err != nil {
			return nil, err
		}
		promised, err := d.putPromises(t, me, &c, was, of[0])
		if err != nil {
			return nil, err
		}
		if err := d.dropDraft(t, me, "contact", draft); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "contact", ID: c.ID}
		if was != nil {
			if err := d.revision(t, ref, was.Rev, was); err != nil {
				return nil, err
			}
			if err := d.levelled(t, was, c); err != nil {
				return nil, err
			}
		}
		if refs, err = d.touched(t, ref, of); err != nil {
			return nil, err
		}
		refs = append(refs, promised...)
		refs = append(refs, data.Ref{Kind: "account", ID: me.ID})
		return refs, d.audit(t, entry{did: data.ContactSaved, what: ref, student: c.Students[0], household: c.Household, level: c.Level, was: was, now: c})
	})
	return c, err
}

// touched is what a change to something about these students announces: also
// the classes of their siblings, whose rosters show the household's last talk.
func (d *Desk) touched(t *tx, what data.Ref, of []data.Student) ([]data.Ref, error) {
	refs := []data.Ref{what}
	for _, s := range of {
		refs = append(refs, data.Ref{Kind: "student", ID: s.ID}, data.Ref{Kind: "household", ID: s.Household})
		classes, err := list(t, "SELECT DISTINCT class FROM student WHERE household = ? AND class IS NOT NULL", []any{s.Household},
			func(r row) (id int64, err error) { return id, r.Scan(&id) })
		if err != nil {
			return nil, err
		}
		for _, id := range classes {
			refs = append(refs, data.Ref{Kind: "class", ID: id})
		}
	}
	return refs, nil
}

func places(of []data.Student) (out []data.Place) {
	for _, s := range of {
		out = append(out, s.Place())
	}
	return out
}

// concerned reads the students a contact is about: the first must be me's to
// record with, the others its siblings.
func (d *Desk) concerned(t *tx, me data.Account, c *data.Contact) (of []data.Student, err error) {
	for i, id := range c.Students {
		s, err := d.student(t, id)
		if err == nil && i == 0 {
			if err = me.MayRecord(d.db.now(), s.Place(), c.Channel, c.Direction); err != nil {
				t.denyStudent(s)
			}
			c.Household = s.Household
		}
		if err == nil && s.Household != c.Household {
			err = data.ErrForbidden
		}
		if err != nil {
			return nil, err
		}
		of = append(of, s)
	}
	return of, nil
}

// correctable is the stored contact that c is a correction of, if it is the
// revision c was read at and me may correct it.
func (d *Desk) correctable(t *tx, me data.Account, c data.Contact) (*data.Contact, error) {
	was, of, err := d.contact(t, c.ID)
	if err != nil {
		return nil, err
	}
	if me.SightOf(d.db.now(), was.Authored(), of) == data.None {
		t.denyContact(was)
		return nil, data.ErrNotFound
	}
	if err := me.MayEdit(d.db.now(), was, of); err != nil {
		t.denyContact(was)
		return nil, err
	}
	if was.Level != c.Level {
		if err := me.MayLevel(was); err != nil {
			return nil, &data.Invalid{Field: "level", Why: data.WhyWriters}
		}
	}
	if was.Rev != c.Rev {
		return nil, &data.Conflict{Ref: data.Ref{Kind: "contact", ID: c.ID}, Rev: was.Rev, By: was.SavedBy, At: was.SavedAt}
	}
	return &was, nil
}

// check asks data's rules, and that nobody writes what they could not read
// afterwards.
func (d *Desk) check(me data.Account, c data.Contact, of []data.Place) error {
	err := c.Check(d.db.now())
	for _, topic := range c.Topics {
		if !slices.Contains(data.Topics, topic) {
			err = errors.Join(err, &data.Invalid{Field: "topic", Why: data.WhyUnknown})
		}
	}
	if c.ID == 0 && me.SightOf(d.db.now(), data.Authored{Level: c.Level, Writer: me.ID}, of) != data.Whole {
		err = errors.Join(err, &data.Invalid{Field: "level", Why: data.WhyUnknown})
	}
	return err
}

// levelled notes that a contact was raised or lowered, by itself in the log: it
// changes who reads the text. One that is no longer secret names nobody.
func (d *Desk) levelled(t *tx, was *data.Contact, c data.Contact) error {
	if was.Level == c.Level {
		return nil
	}
	what, did := data.Ref{Kind: "contact", ID: c.ID}, data.LevelRaised
	if c.Level < was.Level {
		did = data.LevelLowered
	}
	if was.Level == data.Secret {
		if _, err := t.exec("DELETE FROM named WHERE record = ? AND record_id = ?", what.Kind, what.ID); err != nil {
			return err
		}
	}
	return d.audit(t, entry{did: did, what: what, student: c.Students[0], household: c.Household, level: max(was.Level, c.Level),
		was: was.Level.Code(), now: c.Level.Code()})
}

// putContact stores a contact, new with who had it (Staff) or over what it was.
func (d *Desk) putContact(t *tx, me data.Account, c *data.Contact, was *data.Contact, of []data.Student) (err error) {
	now := d.db.now()
	topics := strings.Join(c.Topics, " ")
	c.SavedBy, c.SavedAt, c.Sight = me.Name, now, data.Whole
	if was == nil {
		c.Rev, c.Written = 1, now
		c.ID, err = t.insert("INSERT INTO contact (at, written_at, duration_min, channel, direction, outcome, call_back_at, level, household, staff, meeting, "+
			"summary, quoted, quoted_on, topics, rev, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
			stamp(c.At), stamp(now), c.Minutes, c.Channel, c.Direction, c.Outcome, maybe(c.CallBack), c.Level, c.Household, c.Staff, ref(c.Meeting),
			c.Summary, c.Quoted, c.QuotedOn, topics, stamp(now), me.ID, stamp(now), me.ID)
		if err != nil {
			return err
		}
		if _, err := t.exec("INSERT INTO contact_staff (contact, account, part, at) VALUES (?, ?, 'writer', ?)", c.ID, c.Staff, stamp(c.At)); err != nil {
			return err
		}
	} else {
		c.Rev, c.Written, c.Staff, c.StaffName, c.Meeting = was.Rev+1, was.Written, was.Staff, was.StaffName, was.Meeting
		if _, err = t.exec("UPDATE contact SET at = ?, duration_min = ?, channel = ?, direction = ?, outcome = ?, call_back_at = ?, level = ?, household = ?, "+
			"summary = ?, quoted = ?, quoted_on = ?, topics = ?, rev = ?, updated_at = ?, updated_by = ? WHERE id = ?",
			stamp(c.At), c.Minutes, c.Channel, c.Direction, c.Outcome, maybe(c.CallBack), c.Level, c.Household,
			c.Summary, c.Quoted, c.QuotedOn, topics, c.Rev, stamp(now), me.ID, c.ID); err != nil {
			return err
		}
		for _, q := range []string{"DELETE FROM contact_student WHERE contact = ?", "DELETE FROM contact_guardian WHERE contact = ?",
			"DELETE FROM contact_topic WHERE contact = ?", "DELETE FROM contact_private WHERE contact = ?"} {
			if _, err := t.exec(q, c.ID); err != nil {
				return err
			}
		}
		if _, err := t.exec("UPDATE contact_staff SET at = ? WHERE contact = ?", stamp(c.At), c.ID); err != nil {
			return err
		}
	}
	return d.putParts(t, c, of)
}

// putParts stores what hangs on a contact but its promises.
func (d *Desk) putParts(t *tx, c *data.Contact, of []data.Student) error {
	reached := c.Outcome == data.Reached && c.Channel.Counts()
	for i, s := range of {
		if _, err := t.exec("INSERT INTO contact_student (contact, student, household, class, at, reached, visit, position, level) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			c.ID, s.ID, s.Household, s.Class, stamp(c.At), bit(reached), bit(reached && c.Channel.Visits()), i, c.Level); err != nil {
			return err
		}
	}
	for i, person := range c.Guardians {
		var g data.Guardian
		err := t.row("SELECT g.relation, p.name FROM guardianship g JOIN person p ON p.id = g.person WHERE g.student = ? AND g.person = ?",
			[]any{of[0].ID, person}, &g.Relation, &g.Name)
		if errors.Is(err, data.ErrNotFound) {
			return &data.Invalid{Field: "with", Why: data.WhyUnknown}
		}
		if err != nil {
			return err
		}
		if i == 0 {
			c.With, c.Relation = g.Name, g.Relation
		}
		if _, err := t.exec("INSERT INTO contact_guardian (contact, person, relation, position) VALUES (?, ?, ?, ?)", c.ID, person, g.Relation, i); err != nil {
			return err
		}
	}
	for _, topic := range c.Topics {
		if _, err := t.exec("INSERT INTO contact_topic (contact, topic) VALUES (?, ?)", c.ID, topic); err != nil {
			return err
		}
	}
	if c.Private != "" {
		_, err := t.exec("INSERT INTO contact_private (contact, note) VALUES (?, ?)", c.ID, c.Private)
		return err
	}
	return nil
}

// RemoveContact takes a contact away: a mark with a reason, not a deletion. Its
// writer may within 48 hours, the principal always. Its open promises go with it.
func (d *Desk) RemoveContact(ctx context.Context, id int64, reason string) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		c, of, err := d.contact(t, id)
		if err != nil {
			return nil, err
		}
		now := d.db.now()
		if me.SightOf(now, c.Authored(), of) == data.None {
			t.denyContact(c)
			return nil, data.ErrNotFound
		}
		if err := me.MayRemove(now, c, of); err != nil {
			t.denyContact(c)
			return nil, err
		}
		if err := d.takeAway(t, me, c, reason); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "contact", ID: id}
		first, err := d.student(t, of[0].Student)
		if err != nil {
			return nil, err
		}
		refs, err := d.touched(t, ref, []data.Student{first})
		if err != nil {
			return nil, err
		}
		for _, p := range of[1:] {
			refs = append(refs, data.Ref{Kind: "student", ID: p.Student})
		}
		refs = append(refs, data.Ref{Kind: "account", ID: c.Staff})
		return refs, d.audit(t, entry{did: data.ContactRemoved, what: ref, student: of[0].Student, household: c.Household, level: c.Level, was: c, now: reason})
	})
}

// takeAway marks a contact as gone; its open promises go with it.
func (d *Desk) takeAway(t *tx, me data.Account, c data.Contact, reason string) error {
	now := stamp(d.db.now())
	if _, err := t.exec("UPDATE contact SET deleted_at = ?, delete_reason = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
		now, data.Line(reason), now, me.ID, c.ID); err != nil {
		return err
	}
	// The copies make timelines and marks; without them nothing counts it.
	if _, err := t.exec("UPDATE contact_student SET reached = 0, visit = 0, gone = 1 WHERE contact = ?", c.ID); err != nil {
		return err
	}
	_, err := t.exec("UPDATE promise SET deleted_at = ?, rev = rev + 1 WHERE contact = ? AND state = 'open'", now, c.ID)
	return err
}
