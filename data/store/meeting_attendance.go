package store

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"qiao/data"
)

// MarkAttendance notes which families are there. Each mark is for itself: it sets
// what it gives and leaves the rest, and the last one holds, with who set it when.
// Who leads the meeting marks, from its beginning on; a mark after its end
// corrects the family's card, and the sums in minutes that are a draft.
func (d *Desk) MarkAttendance(ctx context.Context, meeting int64, marks []data.AttendanceMark) error {
	return d.write(ctx, func(t *tx, me data.Account) (refs []data.Ref, err error) {
		m, err := d.runsMeeting(t, me, meeting, writing...)
		if err != nil {
			return nil, err
		}
		before, err := d.turnout(t, m)
		if err != nil {
			return nil, err
		}
		for _, k := range marks {
			i, err := invitee(t, meeting, k.Invitee)
			if err != nil {
				return nil, err
			}
			if err := errors.Join(k.Check(), d.mayHaveCome(t, k, i)); err != nil {
				return nil, err
			}
			i.Invitee = i.Mark(k)
			if err := d.putMark(t, me, i.Invitee); err != nil {
				return nil, err
			}
			if !m.State.Over() {
				continue
			}
			more, err := d.attend(t, me, m, i)
			if err != nil {
				return nil, err
			}
			refs = append(refs, more...)
		}
		if err := d.recount(t, me, m, before); err != nil {
			return nil, err
		}
		return meets(meeting, refs...), d.audit(t, entry{did: data.AttendanceNoted, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: marks})
	})
}

// turnout sums up who came to a meeting that is over; before its end nobody asks.
func (d *Desk) turnout(t *tx, m data.Meeting) (data.Turnout, error) {
	if !m.State.Over() {
		return data.Turnout{}, nil
	}
	rows, err := invitees(t, m.ID)
	all := make([]data.Invitee, len(rows))
	for i, r := range rows {
		all[i] = r.Invitee
	}
	return data.TurnoutOf(all), err
}

// recount puts the sums in the minutes right. Those that are handed in keep what
// they say: the card is right none the less.
func (d *Desk) recount(t *tx, me data.Account, m data.Meeting, before data.Turnout) error {
	now, err := d.turnout(t, m)
	if err != nil || now == before {
		return err
	}
	err = d.enter(t, me, m, func(lines []data.MinutesLine) ([]data.MinutesLine, []data.MinutesChange) {
		return data.Recount(lines, before, now)
	})
	if errors.Is(err, data.ErrHandedIn) {
		return nil
	}
	return err
}

// mayHaveCome reports, as a fault of the field, that a mark names somebody who is
// no guardian of the family's children.
func (d *Desk) mayHaveCome(t *tx, k data.AttendanceMark, i inviteeRow) error {
	if k.Came == nil || k.Came.Person == 0 {
		return nil
	}
	for _, student := range i.of {
		var n int
		if err := t.row("SELECT count(*) FROM guardianship WHERE student = ? AND person = ?", []any{student, k.Came.Person}, &n); err != nil || n > 0 {
			return err
		}
	}
	return &data.Invalid{Field: "came", Why: data.WhyUnknown}
}

func (d *Desk) putMark(t *tx, me data.Account, i data.Invitee) error {
	_, err := t.exec("UPDATE invitee SET attendance = ?, late_min = ?, left_at = ?, came_person = ?, came_text = ?, marked_by = ?, marked_at = ? WHERE id = ?",
		i.Attendance, i.LateMin, maybe(i.Left), ref(i.CamePerson), i.CameText, me.ID, stamp(d.db.now()), i.ID)
	return err
}

// attended puts the attendance of a meeting that is over onto the families' cards.
func (d *Desk) attended(t *tx, me data.Account, m data.Meeting) (refs []data.Ref, err error) {
	all, err := invitees(t, m.ID)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		more, err := d.attend(t, me, m, i)
		if err != nil {
			return nil, err
		}
		refs = append(refs, more...)
	}
	slices.SortFunc(refs, func(a, b data.Ref) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return slices.Compact(refs), nil
}

// attend makes what a family's card shows of a meeting what its row says: one
// contact with all its children for who came, none for who did not.
func (d *Desk) attend(t *tx, me data.Account, m data.Meeting, i inviteeRow) ([]data.Ref, error) {
	was, err := d.shownContact(t, i)
	if err != nil {
		return nil, err
	}
	if !i.Attendance.Came() {
		if was == nil {
			return nil, nil
		}
		return d.unattend(t, me, *was)
	}
	of, err := d.withHousehold(t, i)
	if err != nil || len(of) == 0 {
		return nil, err
	}
	c := m.Attended(i.Invitee)
	c.Students, c.Household = nil, i.Household
	for _, s := range of {
		c.Students = append(c.Students, s.ID)
	}
	if err := d.cameWith(t, &c, of[0]); err != nil {
		return nil, err
	}
	if was != nil {
		c.ID = was.ID
	}
	if err := d.putContact(t, me, &c, was, of); err != nil {
		return nil, err
	}
	if was != nil {
		err = d.revision(t, data.Ref{Kind: "contact", ID: c.ID}, was.Rev, was)
	} else {
		_, err = t.exec("UPDATE invitee SET contact = ? WHERE id = ?", c.ID, i.ID)
	}
	if err != nil {
		return nil, err
	}
	what := data.Ref{Kind: "contact", ID: c.ID}
	refs, err := d.touched(t, what, of)
	if err != nil {
		return nil, err
	}
	return refs, d.audit(t, entry{did: data.ContactSaved, what: what, student: of[0].ID, household: i.Household, level: c.Level, was: was, now: c})
}

// shownContact is the contact that a family's card shows of a meeting, if there
// is one and nobody took it away by hand.
func (d *Desk) shownContact(t *tx, i inviteeRow) (*data.Contact, error) {
	if i.contact == 0 {
		return nil, nil
	}
	c, _, err := d.contact(t, i.contact)
	if errors.Is(err, data.ErrNotFound) {
		return nil, nil
	}
	return &c, err
}

// withHousehold is the children of an invitee that are of its household: after a
// split the moved ones have a row of their own.
func (d *Desk) withHousehold(t *tx, i inviteeRow) (of []data.Student, err error) {
	for _, id := range i.of {
		s, err := d.student(t, id)
		if errors.Is(err, data.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if s.Household == i.Household {
			of = append(of, s)
		}
	}
	return of, nil
}

// cameWith leaves whom the contact names out of it where that is no guardian of
// the first child: then it is named in words.
func (d *Desk) cameWith(t *tx, c *data.Contact, s data.Student) error {
	if len(c.Guardians) == 0 {
		return nil
	}
	var n int
	err := t.row("SELECT count(*) FROM guardianship WHERE student = ? AND person = ?", []any{s.ID, c.Guardians[0]}, &n)
	if n == 0 {
		c.Guardians = nil
	}
	return err
}

// unattend takes from the card what it shows of a meeting to which, after all,
// nobody came. The row still points at it: somebody may bring it back by hand.
func (d *Desk) unattend(t *tx, me data.Account, c data.Contact) ([]data.Ref, error) {
	if err := d.takeAway(t, me, c, ""); err != nil {
		return nil, err
	}
	first, err := d.student(t, c.Students[0])
	if err != nil {
		return nil, err
	}
	what := data.Ref{Kind: "contact", ID: c.ID}
	refs, err := d.touched(t, what, []data.Student{first})
	if err != nil {
		return nil, err
	}
	for _, id := range c.Students[1:] {
		refs = append(refs, data.Ref{Kind: "student", ID: id})
	}
	return refs, d.audit(t, entry{did: data.ContactRemoved, what: what, student: c.Students[0], household: c.Household, level: c.Level, was: c})
}
