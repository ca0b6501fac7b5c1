package store

import (
	"context"
	"errors"

	"qiao/data"
)

const noteSQL = "SELECT n.id, n.meeting, COALESCE(n.item, 0), n.at, n.by, p.name, n.for_name, COALESCE(n.household, 0), n.kind, n.text, n.level, " +
	"n.struck_at IS NOT NULL, COALESCE(n.answerer, 0), COALESCE(ap.name, ''), n.due_on, COALESCE(n.promise, 0) FROM meeting_note n " +
	"JOIN account a ON a.id = n.by JOIN person p ON p.id = a.person LEFT JOIN account aa ON aa.id = n.answerer LEFT JOIN person ap ON ap.id = aa.person "

func scanNote(r row) (n data.MeetingNote, err error) {
	n.Sight = data.Whole
	err = r.Scan(&n.ID, &n.Meeting, &n.Item, moment{&n.At}, &n.By, &n.ByName, &n.ForName, &n.Household, &n.Kind, &n.Text, &n.Level,
		&n.Struck, &n.Answerer, &n.AnswererName, &n.Due, &n.Promise)
	return n, err
}

// AddNote writes one line into a meeting: what was said, or a question that
// somebody is to answer. Lines are only added, so that many write at once. Who
// sees the meeting may, from its beginning on. What comes after the end, if only by
// a second, stands in the minutes too, or is refused with data.ErrHandedIn: they are
// handed in or signed. A question of a family that is named stands among what its answerer owes. The
// caller's draft, of the kind that the line is, goes in the same transaction.
func (d *Desk) AddNote(ctx context.Context, n data.MeetingNote, draft data.Ref) (data.MeetingNote, error) {
	n = n.Tidy()
	err := d.write(ctx, func(t *tx, me data.Account) (refs []data.Ref, err error) {
		m, err := d.seesMeeting(t, me, n.Meeting)
		if err == nil {
			err = errors.Join(stands(m, writing...), d.unsealed(t, m.ID))
		}
		if err != nil {
			return nil, err
		}
		if err := errors.Join(n.Check(), d.maySee(t, "answerer", n.Answerer, m.Class)); err != nil {
			return nil, err
		}
		if n.Item != 0 {
			if _, err := item(m, n.Item); err != nil {
				return nil, &data.Invalid{Field: "item", Why: data.WhyUnknown}
			}
		}
		now := d.db.now()
		n.At, n.By, n.ByName, n.Struck, n.Sight, n.Promise = now, me.ID, me.Name, false, data.Whole, 0
		if refs, err = d.asked(t, me, m, &n); err != nil {
			return nil, err
		}
		if n.ID, err = t.insert("INSERT INTO meeting_note (meeting, item, at, by, for_name, household, kind, text, level, answerer, due_on, promise) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", n.Meeting, ref(n.Item), stamp(now), me.ID, n.ForName, ref(n.Household), n.Kind, n.Text, n.Level,
			ref(n.Answerer), n.Due, ref(n.Promise)); err != nil {
			return nil, err
		}
		if n, err = d.meetingNote(t, n.Meeting, n.ID); err != nil {
			return nil, err
		}
		if err := errors.Join(d.enterLine(t, me, m, data.LateNote(n)), d.dropDraft(t, me, string(n.Kind), draft)); err != nil {
			return nil, err
		}
		return meets(n.Meeting, refs...), d.audit(t, entry{did: data.NoteWritten, what: data.Ref{Kind: "meeting_note", ID: n.ID}, household: n.Household, level: n.Level, now: n})
	})
	return n, err
}

func (d *Desk) meetingNote(t *tx, meeting, id int64) (n data.MeetingNote, err error) {
	found, err := list(t, noteSQL+"WHERE n.meeting = ? AND n.id = ?", []any{meeting, id}, scanNote)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return n, err
	}
	return found[0], nil
}

// asked makes a question of a family that is named a follow-up of its answerer.
func (d *Desk) asked(t *tx, me data.Account, m data.Meeting, n *data.MeetingNote) ([]data.Ref, error) {
	if n.Household == 0 {
		return nil, nil
	}
	all, err := invitees(t, m.ID)
	if err != nil {
		return nil, err
	}
	var student int64
	for _, i := range all {
		if i.Household == n.Household && len(i.of) > 0 {
			student = i.of[0]
		}
	}
	if student == 0 {
		return nil, &data.Invalid{Field: "household", Why: data.WhyUnknown}
	}
	if n.Kind != data.QuestionAsked {
		return nil, nil
	}
	s, err := d.student(t, student)
	if err != nil {
		return nil, err
	}
	p := data.Promise{Household: s.Household, Student: s.ID, Kind: data.FollowUp, Text: clip(n.Text), Owner: n.Answerer, Due: n.Due, Level: n.Level}.Tidy()
	if err := errors.Join(p.Check(), d.storePromise(t, me, &p, nil)); err != nil {
		return nil, err
	}
	n.Promise = p.ID
	refs, err := d.touched(t, data.Ref{Kind: "promise", ID: p.ID}, []data.Student{s})
	return append(refs, data.Ref{Kind: "account", ID: n.Answerer}), err
}

// clip cuts a line to what a promise may hold.
func clip(s string) string {
	if r := []rune(s); len(r) > 500 {
		return string(r[:498]) + ".."
	}
	return s
}

// StrikeNote strikes a line that one wrote oneself; what reminds its answerer
// goes with it, and so does its line in minutes that are a draft; those that are
// handed in answer data.ErrHandedIn.
func (d *Desk) StrikeNote(ctx context.Context, meeting, note int64) error {
	return d.write(ctx, func(t *tx, me data.Account) (refs []data.Ref, err error) {
		m, err := d.seesMeeting(t, me, meeting)
		if err == nil {
			err = errors.Join(stands(m, writing...), d.unsealed(t, m.ID))
		}
		if err != nil {
			return nil, err
		}
		n, err := d.meetingNote(t, meeting, note)
		if err == nil && me.ReadsLine(d.db.now(), m, data.Authored{Level: n.Level, Writer: n.By}) == data.None {
			err = data.ErrNotFound
		}
		if err == nil && n.By != me.ID {
			err = data.ErrForbidden
		}
		if err != nil || n.Struck {
			return nil, err
		}
		if err := d.enter(t, me, m, func(lines []data.MinutesLine) ([]data.MinutesLine, []data.MinutesChange) {
			return data.Leave(lines, note)
		}); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE meeting_note SET struck_at = ?, struck_by = ? WHERE id = ?", stamp(d.db.now()), me.ID, note); err != nil {
			return nil, err
		}
		if n.Promise != 0 {
			if _, err := t.exec("UPDATE promise SET deleted_at = ?, rev = rev + 1 WHERE id = ? AND state = 'open'", stamp(d.db.now()), n.Promise); err != nil {
				return nil, err
			}
			refs = []data.Ref{{Kind: "promise", ID: n.Promise}, {Kind: "household", ID: n.Household}, {Kind: "account", ID: n.Answerer}}
		}
		return meets(meeting, refs...), d.audit(t, entry{did: data.NoteStruck, what: data.Ref{Kind: "meeting_note", ID: note}, household: n.Household, level: n.Level})
	})
}

// unsealed reports, as a fault of the state, that a meeting's minutes are issued:
// what is added to it now goes into a correction.
func (d *Desk) unsealed(t *tx, meeting int64) error {
	var n int
	err := t.row("SELECT count(*) FROM minutes WHERE meeting = ? AND no IS NOT NULL", []any{meeting}, &n)
	if err == nil && n > 0 {
		err = &data.Invalid{Field: "state", Why: data.WhyNotHere}
	}
	return err
}
