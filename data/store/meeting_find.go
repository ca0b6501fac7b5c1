package store

import (
	"context"
	"errors"

	"qiao/data"
)

// FindMeeting is the meeting that a word means: its id, or the number that people
// call it by, 2026-家-07. Of one that its asker does not see at all the answer is
// that there is none.
func (d *Desk) FindMeeting(ctx context.Context, word string) (id int64, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		year, no, byNumber, err := data.ParseMeeting(word)
		if err != nil {
			return err
		}
		if id = int64(no); byNumber {
			err = t.row("SELECT id FROM meeting WHERE year = ? AND no = ? AND "+live, []any{year, no}, &id)
		}
		if err != nil {
			return err
		}
		sight, m, err := d.takes(t, me, id) // at the console one exports
		if err == nil && sight == data.MeetingHidden {
			t.denyMeeting(m)
			err = data.ErrNotFound
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// sightOf is how much me sees of a meeting.
func (d *Desk) sightOf(t *tx, me data.Account, id int64) (s data.MeetingSight, m data.Meeting, err error) {
	if err := t.row(meetingSQL+"AND m.id = ?", []any{d.year(), id}, meetingInto(&m)...); err != nil {
		return s, m, err
	}
	now := d.db.now()
	if s = me.MeetingSight(now, m, nil); s < data.MeetingInvited {
		of, err := list(t, "SELECT x.student FROM invitee_student x JOIN invitee i ON i.id = x.invitee WHERE i.meeting = ? AND i.gone_at IS NULL", []any{id},
			func(r row) (id int64, err error) { return id, r.Scan(&id) })
		if err != nil {
			return s, m, err
		}
		s = me.MeetingSight(now, m, of)
	}
	return s, m, nil
}

// mostMeetings is how many meetings a family's card tells of.
const mostMeetings = 20

// FamilyMeetings is the meetings to which a student's household was asked, the
// newest first, with whether it came: for those who read the card and see the
// meeting.
func (d *Desk) FamilyMeetings(ctx context.Context, student int64) (out []data.FamilyMeeting, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		s, err := d.seen(t, me, student)
		if err != nil {
			return err
		}
		if !me.SeesCard(d.db.now(), s.Place()) {
			return data.ErrForbidden
		}
		rows, err := list(t, inviteeSQL+"JOIN invitee_student x ON x.invitee = i.id JOIN meeting m ON m.id = i.meeting AND m."+live+
			" WHERE x.student = ? AND i.gone_at IS NULL ORDER BY m.starts_at DESC, i.id LIMIT ?", []any{student, mostMeetings}, scanInvitee)
		for _, i := range rows {
			sight, m, e := d.sightOf(t, me, i.Meeting)
			if err = errors.Join(err, e); sight >= data.MeetingInvited {
				out = append(out, data.FamilyMeeting{Meeting: m.For(sight), Invitee: i.Invitee})
			}
		}
		return err
	})
	return out, err
}
