package store

import (
	"context"
	"errors"
	"time"

	"qiao/data"
)

func agenda(t *tx, meeting int64) ([]data.AgendaItem, error) {
	return list(t, "SELECT i.id, i.meeting, i.position, i.title, i.minutes, i.speaker, COALESCE(i.topic, 0), i.started_at, i.ended_at, i.spent_ms, i.rev, p.name, i.updated_at "+
		"FROM agenda_item i JOIN account a ON a.id = i.updated_by JOIN person p ON p.id = a.person "+
		"WHERE i.meeting = ? AND i."+live+" ORDER BY i.position, i.id", []any{meeting}, func(r row) (i data.AgendaItem, err error) {
		var ms int64
		err = r.Scan(&i.ID, &i.Meeting, &i.Position, &i.Title, &i.Minutes, &i.Speaker, &i.Topic, moment{&i.Started}, moment{&i.Ended}, &ms, &i.Rev,
			&i.SavedBy, moment{&i.SavedAt})
		i.Spent = time.Duration(ms) * time.Millisecond
		return i, err
	})
}

// item is one point of a meeting's agenda.
func item(m data.Meeting, id int64) (data.AgendaItem, error) {
	for _, i := range m.Agenda {
		if i.ID == id {
			return i, nil
		}
	}
	return data.AgendaItem{}, data.ErrNotFound
}

func (d *Desk) newItem(t *tx, me data.Account, i data.AgendaItem) (int64, error) {
	return t.insert("INSERT INTO agenda_item (meeting, position, topic, title, minutes, speaker, rev, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)",
		i.Meeting, i.Position, ref(i.Topic), i.Title, i.Minutes, i.Speaker, stamp(d.db.now()), me.ID)
}

// onAgenda runs do on a meeting whose agenda me may change: until it was held.
func (d *Desk) onAgenda(ctx context.Context, meeting int64, do func(*tx, data.Account, data.Meeting) (was, now any, err error)) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting, append(preparing, data.MeetingInSession)...)
		if err != nil {
			return nil, err
		}
		was, now, err := do(t, me, m)
		if err != nil {
			return nil, err
		}
		return meets(meeting), d.audit(t, entry{did: data.AgendaChanged, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, was: was, now: now})
	})
}

// SaveAgendaItem stores one point of an agenda: new, at its end, or over the
// revision it was read at. Who runs the meeting may, until it was held. The
// caller's draft of the form goes in the same transaction.
func (d *Desk) SaveAgendaItem(ctx context.Context, i data.AgendaItem) (data.AgendaItem, error) {
	i = i.Tidy()
	err := d.onAgenda(ctx, i.Meeting, func(t *tx, me data.Account, m data.Meeting) (any, any, error) {
		if err := i.Check(); err != nil {
			return nil, nil, err
		}
		form := data.Ref{Kind: "agenda_item", ID: i.ID}
		if i.ID == 0 {
			form = data.Ref{Kind: "meeting", ID: m.ID}
		}
		if err := d.dropDraft(t, me, "agenda_item", form); err != nil {
			return nil, nil, err
		}
		if i.ID == 0 {
			return nil, &i, d.appendItem(t, me, m, &i)
		}
		was, err := d.openItem(t, m, i.ID, i.Rev)
		if err != nil {
			return nil, nil, err
		}
		title, minutes, speaker := i.Title, i.Minutes, i.Speaker
		i = was
		i.Title, i.Minutes, i.Speaker, i.Rev, i.SavedBy, i.SavedAt = title, minutes, speaker, was.Rev+1, me.Name, d.db.now()
		_, err = t.exec("UPDATE agenda_item SET title = ?, minutes = ?, speaker = ?, rev = ?, updated_at = ?, updated_by = ? WHERE id = ?",
			i.Title, i.Minutes, i.Speaker, i.Rev, stamp(d.db.now()), me.ID, i.ID)
		if err == nil {
			err = d.revision(t, data.Ref{Kind: "agenda_item", ID: i.ID}, was.Rev, was)
		}
		return was, i, err
	})
	return i, err
}

// appendItem puts an item at the end of an agenda.
func (d *Desk) appendItem(t *tx, me data.Account, m data.Meeting, i *data.AgendaItem) (err error) {
	if len(m.Agenda) >= data.MaxAgenda {
		return &data.Invalid{Field: "agenda", Why: data.WhyTooMany}
	}
	i.Rev, i.Position, i.SavedBy, i.SavedAt = 1, data.PlaceStep, me.Name, d.db.now()
	if n := len(m.Agenda); n > 0 {
		i.Position += m.Agenda[n-1].Position
	}
	i.ID, err = d.newItem(t, me, *i)
	return err
}

// openItem is an item of a meeting at the revision it was read at.
func (d *Desk) openItem(t *tx, m data.Meeting, id, rev int64) (data.AgendaItem, error) {
	was, err := item(m, id)
	if err != nil || was.Rev == rev {
		return was, err
	}
	return was, &data.Conflict{Ref: data.Ref{Kind: "agenda_item", ID: id}, Rev: was.Rev, By: was.SavedBy, At: was.SavedAt}
}

// MoveAgendaItem puts an item after another of the same agenda, or to its top
// with after 0. Who moves it last has the order.
func (d *Desk) MoveAgendaItem(ctx context.Context, meeting, moved, after int64) error {
	return d.onAgenda(ctx, meeting, func(t *tx, me data.Account, m data.Meeting) (any, any, error) {
		was, err := item(m, moved)
		if err == nil && after != 0 {
			_, err = item(m, after)
		}
		if err != nil || after == moved {
			return nil, nil, err
		}
		at, fresh := data.Between(m.Agenda, moved, after)
		if fresh { // no room left between two: all are laid out anew
			for n, i := range m.Agenda {
				m.Agenda[n].Position = int64(n+1) * data.PlaceStep
				if _, err := t.exec("UPDATE agenda_item SET position = ? WHERE id = ?", m.Agenda[n].Position, i.ID); err != nil {
					return nil, nil, err
				}
			}
			at, _ = data.Between(m.Agenda, moved, after)
		}
		_, err = t.exec("UPDATE agenda_item SET position = ?, updated_at = ?, updated_by = ? WHERE id = ?", at, stamp(d.db.now()), me.ID, moved)
		return was.Title, after, err
	})
}

// RemoveAgendaItem takes an item off the agenda that has not begun; a topic that
// it came from waits for an answer again.
func (d *Desk) RemoveAgendaItem(ctx context.Context, meeting, id, rev int64) error {
	return d.onAgenda(ctx, meeting, func(t *tx, me data.Account, m data.Meeting) (any, any, error) {
		was, err := d.openItem(t, m, id, rev)
		if err == nil && !was.Started.IsZero() {
			err = &data.Invalid{Field: "state", Why: data.WhyNotHere}
		}
		if err != nil {
			return nil, nil, err
		}
		if _, err := t.exec("UPDATE agenda_item SET deleted_at = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
			stamp(d.db.now()), stamp(d.db.now()), me.ID, id); err != nil {
			return nil, nil, err
		}
		if was.Topic != 0 {
			_, err = t.exec("UPDATE meeting_topic SET state = 'proposed', rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", stamp(d.db.now()), me.ID, was.Topic)
		}
		return was, nil, err
	})
}

const topicSQL = "SELECT x.id, x.meeting, x.title, x.proposer, p.name, x.at, x.state, x.reason, x.rev, up.name, x.updated_at FROM meeting_topic x " +
	"JOIN account a ON a.id = x.proposer JOIN person p ON p.id = a.person JOIN account ua ON ua.id = x.updated_by JOIN person up ON up.id = ua.person "

type topic struct {
	data.MeetingTopic
	savedBy string
	savedAt time.Time
}

func scanTopic(r row) (x topic, err error) {
	err = r.Scan(&x.ID, &x.Meeting, &x.Title, &x.Proposer, &x.ProposerName, moment{&x.At}, &x.State, &x.Reason, &x.Rev, &x.savedBy, moment{&x.savedAt})
	return x, err
}

// ProposeTopic asks for something to be talked about: whoever sees the meeting
// may, until it begins.
func (d *Desk) ProposeTopic(ctx context.Context, meeting int64, title string, draft data.Ref) (x data.MeetingTopic, err error) {
	x = data.MeetingTopic{Meeting: meeting, Title: title, Rev: 1}.Tidy()
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.seesMeeting(t, me, meeting)
		if err == nil {
			err = errors.Join(stands(m, preparing...), x.Check())
		}
		if err != nil {
			return nil, err
		}
		now := d.db.now()
		x.Proposer, x.ProposerName, x.At = me.ID, me.Name, now
		if x.ID, err = t.insert("INSERT INTO meeting_topic (meeting, title, proposer, at, state, rev, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
			meeting, x.Title, me.ID, stamp(now), x.State, stamp(now), me.ID); err != nil {
			return nil, err
		}
		if err := d.dropDraft(t, me, "topic", draft); err != nil {
			return nil, err
		}
		return meets(meeting), d.audit(t, entry{did: data.TopicAsked, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: x})
	})
	return x, err
}

// AnswerTopic takes a proposed topic into the agenda, with so many minutes and
// who proposed it as its speaker, or says why not. Who runs the meeting may.
func (d *Desk) AnswerTopic(ctx context.Context, x data.MeetingTopic, minutes int) (data.MeetingTopic, error) {
	x = x.Tidy()
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, x.Meeting, append(preparing, data.MeetingInSession)...)
		if err != nil {
			return nil, err
		}
		was, err := d.openTopic(t, &x)
		if err != nil {
			return nil, err
		}
		if err := x.Check(); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE meeting_topic SET state = ?, reason = ?, rev = ?, updated_at = ?, updated_by = ? WHERE id = ?",
			x.State, x.Reason, x.Rev, stamp(d.db.now()), me.ID, x.ID); err != nil {
			return nil, err
		}
		if x.State == data.TopicApproved {
			i := data.AgendaItem{Meeting: m.ID, Title: x.Title, Minutes: minutes, Speaker: x.ProposerName, Topic: x.ID}.Tidy()
			if err := errors.Join(i.Check(), d.appendItem(t, me, m, &i)); err != nil {
				return nil, err
			}
		}
		return meets(m.ID), d.audit(t, entry{did: data.TopicAnswered, what: data.Ref{Kind: "meeting", ID: m.ID}, level: data.Normal, was: was, now: x})
	})
	return x, err
}

// openTopic is the proposed topic that x answers, at the revision x was read at.
// What x cannot change is taken from it.
func (d *Desk) openTopic(t *tx, x *data.MeetingTopic) (data.MeetingTopic, error) {
	found, err := list(t, topicSQL+"WHERE x.id = ? AND x.meeting = ?", []any{x.ID, x.Meeting}, scanTopic)
	if err != nil {
		return *x, err
	}
	if len(found) == 0 {
		return *x, data.ErrNotFound
	}
	was := found[0]
	if was.Rev != x.Rev {
		return was.MeetingTopic, &data.Conflict{Ref: data.Ref{Kind: "meeting_topic", ID: x.ID}, Rev: was.Rev, By: was.savedBy, At: was.savedAt}
	}
	if was.State != data.TopicProposed || x.State == data.TopicProposed {
		return was.MeetingTopic, &data.Invalid{Field: "state", Why: data.WhyNotHere}
	}
	answer := *x
	*x = was.MeetingTopic
	x.State, x.Reason, x.Rev = answer.State, answer.Reason, was.Rev+1
	return was.MeetingTopic, nil
}
