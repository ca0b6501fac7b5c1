package store

import (
	"context"
	"errors"
	"time"

	"qiao/data"
)

// A meeting's class is called what it is called this year, or what it was then
// where it has left the school.
const meetingSQL = "SELECT m.id, m.no, m.kind, m.scope_id, COALESCE(y.grade, z.grade, 0), COALESCE(y.number, z.number, 0), m.year, m.title, " +
	"m.starts_at, m.ends_at, m.place, m.chair, cp.name, m.secretary, sp.name, m.plan, m.state, m.opened_at, m.held_at, COALESCE(m.item, 0), m.item_since, " +
	"m.notice_zh, m.notice_en, m.told_on, m.short_why, m.cancel_why, m.feedback, m.rev, up.name, m.updated_at " +
	"FROM meeting m LEFT JOIN class_year y ON y.class = m.scope_id AND y.year = ? LEFT JOIN class_year z ON z.class = m.scope_id AND z.year = m.year " +
	"JOIN account ca ON ca.id = m.chair JOIN person cp ON cp.id = ca.person JOIN account sa ON sa.id = m.secretary JOIN person sp ON sp.id = sa.person " +
	"JOIN account ua ON ua.id = m.updated_by JOIN person up ON up.id = ua.person WHERE m." + live + " "

func meetingInto(m *data.Meeting) []any {
	return []any{&m.ID, &m.No, &m.Kind, &m.Class, &m.ClassName.Grade, &m.ClassName.Number, &m.Year, &m.Title,
		moment{&m.Starts}, moment{&m.Ends}, &m.Place, &m.Chair, &m.ChairName, &m.Secretary, &m.SecretaryName, &m.Plan, &m.State, moment{&m.Opened},
		moment{&m.Held}, &m.Item, moment{&m.ItemSince}, &m.NoticeZh, &m.NoticeEn, &m.Told, &m.ShortWhy, &m.CancelWhy, &m.Feedback, &m.Rev,
		&m.SavedBy, moment{&m.SavedAt}}
}

// meeting reads one meeting with its agenda, whoever asks.
func (d *Desk) meeting(t *tx, id int64) (m data.Meeting, err error) {
	if err = t.row(meetingSQL+"AND m.id = ?", []any{d.year(), id}, meetingInto(&m)...); err != nil {
		return m, err
	}
	m.Agenda, err = agenda(t, id)
	return m, err
}

// seesMeeting is a meeting that me sees whole; the others are not there.
func (d *Desk) seesMeeting(t *tx, me data.Account, id int64) (m data.Meeting, err error) {
	if m, err = d.meeting(t, id); err != nil {
		return m, err
	}
	if err = me.MaySeeMeeting(d.db.now(), m); err != nil {
		t.denyMeeting(m)
	}
	return m, err
}

// runsMeeting is a meeting that me may prepare and lead, in one of these states;
// in another the answer is an *data.Invalid about its state.
func (d *Desk) runsMeeting(t *tx, me data.Account, id int64, in ...data.MeetingState) (m data.Meeting, err error) {
	if m, err = d.seesMeeting(t, me, id); err != nil {
		return m, err
	}
	if err = me.MayRunMeeting(d.db.now(), m); err != nil {
		t.denyMeeting(m)
		return m, err
	}
	return m, stands(m, in...)
}

// stands reports whether a meeting is in one of these states.
func stands(m data.Meeting, in ...data.MeetingState) error {
	for _, s := range in {
		if m.State == s {
			return nil
		}
	}
	if len(in) == 0 {
		return nil
	}
	return &data.Invalid{Field: "state", Why: data.WhyNotHere}
}

// The states in which a meeting is prepared, and in which what happened in it is
// written down.
var (
	preparing = []data.MeetingState{data.MeetingDraft, data.MeetingNotified}
	writing   = []data.MeetingState{data.MeetingInSession, data.MeetingHeld, data.MeetingFollowedUp}
)

func (t *tx) denyMeeting(m data.Meeting) {
	t.deny(data.Ref{Kind: "meeting", ID: m.ID}, 0, 0, data.Open)
}

// meets is what a change in a meeting announces; framed is that besides what its
// list shows has changed: its time, its place, its people, its state.
func meets(id int64, more ...data.Ref) []data.Ref {
	return append([]data.Ref{{Kind: "meeting", ID: id}}, more...)
}

func framed(id int64, more ...data.Ref) []data.Ref {
	return append([]data.Ref{{Kind: "meeting", ID: id}, {Kind: "meetings"}}, more...)
}

// overtakenMeeting is the answer to who changes a meeting that somebody saved since.
func overtakenMeeting(m data.Meeting) error {
	return &data.Conflict{Ref: data.Ref{Kind: "meeting", ID: m.ID}, Rev: m.Rev, By: m.SavedBy, At: m.SavedAt}
}

// SaveMeeting stores a meeting: new, with the points of its agenda and all
// families of its class invited, or over the revision it was read at. A change
// leaves the agenda, the state and the class as they are. Chair and secretary
// are two people who see the class's meetings. Who may call a meeting of the
// class makes a new one; who runs it changes it, until it was held. The caller's
// draft of the form goes in the same transaction.
func (d *Desk) SaveMeeting(ctx context.Context, m data.Meeting, draft data.Ref) (data.Meeting, error) {
	m = m.Tidy()
	err := d.write(ctx, func(t *tx, me data.Account) (refs []data.Ref, err error) {
		var was *data.Meeting
		if m.ID == 0 {
			m.State, m.Feedback, m.Told, m.CancelWhy, m.ShortWhy = data.MeetingDraft, data.FeedbackNone, data.Date{}, "", ""
			if err := d.mayCall(t, me, m.Class); err != nil {
				return nil, err
			}
		} else if was, err = d.openMeeting(t, me, &m); err != nil {
			return nil, err
		}
		if err := errors.Join(m.Check(), d.maySee(t, "chair", m.Chair, m.Class), d.maySee(t, "secretary", m.Secretary, m.Class)); err != nil {
			return nil, err
		}
		if was == nil {
			err = d.newMeeting(t, me, &m)
		} else {
			err = d.putMeeting(t, me, &m, *was)
		}
		if err != nil {
			return nil, err
		}
		if err := d.dropDraft(t, me, "meeting", draft); err != nil {
			return nil, err
		}
		if m, err = d.meeting(t, m.ID); err != nil {
			return nil, err
		}
		return framed(m.ID), d.audit(t, entry{did: data.MeetingSaved, what: data.Ref{Kind: "meeting", ID: m.ID}, level: data.Normal, was: was, now: m})
	})
	return m, err
}

// mayCall reports whether me may call a meeting of a class that there is.
func (d *Desk) mayCall(t *tx, me data.Account, class int64) error {
	if err := me.MayCallMeeting(d.db.now(), class); err != nil {
		return err
	}
	return t.row("SELECT id FROM class WHERE id = ?", []any{class}, &class)
}

// maySee reports, as a fault of the field, that an account does not see the
// class's meetings, and so can neither lead nor write nor answer.
func (d *Desk) maySee(t *tx, field string, id, class int64) error {
	if id == 0 {
		return nil // that it is missing is said by Check
	}
	a, err := account(t, id, d.db.today())
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	now := d.db.now()
	if err != nil || !a.Open(now) || a.MaySeeMeeting(now, data.Meeting{Class: class}) != nil {
		return &data.Invalid{Field: field, Why: data.WhyUnknown}
	}
	return nil
}

// openMeeting is the stored meeting that m changes, if it is the revision m was
// read at. What m cannot change is taken from it.
func (d *Desk) openMeeting(t *tx, me data.Account, m *data.Meeting) (*data.Meeting, error) {
	was, err := d.runsMeeting(t, me, m.ID, append(preparing, data.MeetingInSession)...)
	if err != nil {
		return nil, err
	}
	if was.Rev != m.Rev {
		return nil, overtakenMeeting(was)
	}
	m.Class, m.Year, m.No, m.State, m.Feedback = was.Class, was.Year, was.No, was.State, was.Feedback
	m.Told, m.ShortWhy, m.CancelWhy = was.Told, was.ShortWhy, was.CancelWhy
	return &was, nil
}

func (d *Desk) newMeeting(t *tx, me data.Account, m *data.Meeting) (err error) {
	at := stamp(d.db.now())
	m.Year = data.SchoolYear(data.DayOf(m.Starts))
	if err := t.row("SELECT COALESCE(max(no), 0) + 1 FROM meeting WHERE year = ?", []any{m.Year}, &m.No); err != nil {
		return err
	}
	m.ID, err = t.insert("INSERT INTO meeting (kind, scope_kind, scope_id, year, no, title, starts_at, ends_at, place, chair, secretary, plan, state, notice_zh, notice_en, "+
		"feedback, rev, created_at, created_by, updated_at, updated_by) VALUES (?, 'class', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
		m.Kind, m.Class, m.Year, m.No, m.Title, stamp(m.Starts), stamp(m.Ends), m.Place, m.Chair, m.Secretary, m.Plan, m.State, m.NoticeZh, m.NoticeEn,
		m.Feedback, at, me.ID, at, me.ID)
	if err != nil {
		return err
	}
	for n, i := range m.Agenda {
		i = i.Tidy()
		if err := i.Check(); err != nil {
			return err
		}
		i.Meeting, i.Position = m.ID, int64(n+1)*data.PlaceStep
		if _, err := d.newItem(t, me, i); err != nil {
			return err
		}
	}
	_, _, err = d.syncFamilies(t, *m)
	return err
}

func (d *Desk) putMeeting(t *tx, me data.Account, m *data.Meeting, was data.Meeting) error {
	if _, err := t.exec("UPDATE meeting SET kind = ?, title = ?, starts_at = ?, ends_at = ?, place = ?, chair = ?, secretary = ?, plan = ?, notice_zh = ?, notice_en = ?, "+
		"rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", m.Kind, m.Title, stamp(m.Starts), stamp(m.Ends), m.Place, m.Chair, m.Secretary, m.Plan,
		m.NoticeZh, m.NoticeEn, stamp(d.db.now()), me.ID, m.ID); err != nil {
		return err
	}
	return d.revision(t, data.Ref{Kind: "meeting", ID: m.ID}, was.Rev, was)
}

// StepMeeting takes a meeting to another state that needs nothing but the step:
// from told back to being prepared, which takes the notice back; cancelled, with
// a reason; from held to followed up, back, and open again after it was closed.
func (d *Desk) StepMeeting(ctx context.Context, id, rev int64, to data.MeetingState, why string) (data.Meeting, error) {
	return d.stepped(ctx, id, rev, data.MeetingStepped, func(t *tx, me data.Account, m *data.Meeting) error {
		switch {
		case m.State == data.MeetingCancelled && to == m.BeforeCancelled() && d.db.now().Sub(m.SavedAt) <= lately:
			m.CancelWhy = ""
		case !m.State.Leads(to) || to == data.MeetingNotified || to == data.MeetingInSession || to == data.MeetingClosed || m.State == data.MeetingInSession:
			return &data.Invalid{Field: "state", Why: data.WhyNotHere}
		case to == data.MeetingDraft:
			m.Told, m.ShortWhy = data.Date{}, ""
		case to == data.MeetingCancelled:
			m.CancelWhy = data.Name(why)
		}
		m.State = to
		return m.Check()
	})
}

// stepped changes the state of a meeting and what belongs to it, over a revision.
func (d *Desk) stepped(ctx context.Context, id, rev int64, did data.Deed, change func(*tx, data.Account, *data.Meeting) error) (m data.Meeting, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if m, err = d.runsMeeting(t, me, id); err != nil {
			return nil, err
		}
		if m.Rev != rev {
			return nil, overtakenMeeting(m)
		}
		was := m
		if err := change(t, me, &m); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE meeting SET state = ?, notice_zh = ?, notice_en = ?, told_on = ?, short_why = ?, cancel_why = ?, feedback = ?, "+
			"rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", m.State, m.NoticeZh, m.NoticeEn, m.Told, m.ShortWhy, m.CancelWhy, m.Feedback,
			stamp(d.db.now()), me.ID, id); err != nil {
			return nil, err
		}
		m.Rev, m.SavedBy, m.SavedAt = m.Rev+1, me.Name, d.db.now()
		if err := d.revision(t, data.Ref{Kind: "meeting", ID: id}, was.Rev, was); err != nil {
			return nil, err
		}
		return framed(id), d.audit(t, entry{did: did, what: data.Ref{Kind: "meeting", ID: id}, level: data.Normal, was: was, now: m})
	})
	return m, err
}

// RemoveMeeting takes a meeting away that nobody was told of yet: a mark with a
// reason. One of which the families know is cancelled instead.
func (d *Desk) RemoveMeeting(ctx context.Context, id, rev int64, why string) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, id, data.MeetingDraft)
		if err != nil {
			return nil, err
		}
		if m.Rev != rev {
			return nil, overtakenMeeting(m)
		}
		at := stamp(d.db.now())
		if _, err := t.exec("UPDATE meeting SET deleted_at = ?, delete_reason = ?, rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?",
			at, data.Name(why), at, me.ID, id); err != nil {
			return nil, err
		}
		return framed(id), d.audit(t, entry{did: data.MeetingRemoved, what: data.Ref{Kind: "meeting", ID: id}, level: data.Normal, was: m, now: why})
	})
}

// touchMeeting notes who last did something in a meeting, without a revision:
// what many do at once in a room must not stand in the way of who changes the
// meeting itself.
func (d *Desk) touchMeeting(t *tx, me data.Account, id int64, item int64, since time.Time) error {
	_, err := t.exec("UPDATE meeting SET item = ?, item_since = ?, updated_at = ?, updated_by = ? WHERE id = ?",
		ref(item), maybe(since), stamp(d.db.now()), me.ID, id)
	return err
}
