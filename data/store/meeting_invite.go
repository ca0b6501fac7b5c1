package store

import (
	"context"
	"errors"

	"qiao/data"
)

// InviteFamilies makes those who are invited to a meeting those whom its class has now,
// and tells how many came to it and how many are no longer asked. A family of
// which something is noted stays; one that split gains a row.
func (d *Desk) InviteFamilies(ctx context.Context, meeting int64) (added, gone int, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting, append(preparing, data.MeetingInSession)...)
		if err != nil {
			return nil, err
		}
		if added, gone, err = d.syncFamilies(t, m); err != nil {
			return nil, err
		}
		return framed(meeting), d.audit(t, entry{did: data.FamiliesInvited, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: map[string]int{"added": added, "gone": gone}})
	})
	return added, gone, err
}

// SaveReplies notes what families said to the notice. The last one holds. The
// caller's draft of the form where they were typed goes in the same transaction.
func (d *Desk) SaveReplies(ctx context.Context, meeting int64, replies []data.ReplyMark, draft data.Ref) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		m, err := d.runsMeeting(t, me, meeting, append(preparing, data.MeetingInSession)...)
		if err != nil {
			return nil, err
		}
		for i := range replies {
			r := &replies[i]
			if r.Why = data.Name(r.Why); r.Reply != data.WillNot {
				r.Why = ""
			}
			if err := r.Check(); err != nil {
				return nil, err
			}
			done, err := t.exec("UPDATE invitee SET reply = ?, reply_why = ? WHERE id = ? AND meeting = ? AND gone_at IS NULL", r.Reply, r.Why, r.Invitee, m.ID)
			if err != nil {
				return nil, err
			}
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				return nil, errors.Join(err, data.ErrNotFound)
			}
		}
		if err := d.dropDraft(t, me, "replies", draft); err != nil {
			return nil, err
		}
		return meets(meeting), d.audit(t, entry{did: data.RepliesNoted, what: data.Ref{Kind: "meeting", ID: meeting}, level: data.Normal, now: replies})
	})
}

// TellMeeting notes that the families were told, with what, and on which day; the
// meeting is then one that they know of. Later than the school's rule counts back
// from it, a reason is needed, which the minutes show. The caller's draft of the
// notice goes in the same transaction.
func (d *Desk) TellMeeting(ctx context.Context, id, rev int64, n data.Telling) (data.Meeting, error) {
	return d.stepped(ctx, id, rev, data.FamiliesTold, func(t *tx, me data.Account, m *data.Meeting) error {
		if err := stands(*m, preparing...); err != nil {
			return err
		}
		if n.On.IsZero() {
			n.On = d.db.today()
		}
		m.NoticeZh, m.NoticeEn, m.Told, m.ShortWhy = n.Zh, n.En, n.On, ""
		by, _, err := d.noticeBy(t, *m)
		if err != nil {
			return err
		}
		if m.NoticeLate(by) {
			m.ShortWhy = n.Why
		}
		*m = m.Tidy()
		m.State = data.MeetingNotified
		switch {
		case d.db.today().Before(m.Told):
			return &data.Invalid{Field: "date", Why: data.WhyFuture}
		case m.NoticeZh == "":
			return &data.Invalid{Field: "notice_zh", Why: data.WhyEmpty}
		case m.NoticeLate(by) && m.ShortWhy == "":
			return &data.Invalid{Field: "reason", Why: data.WhyEmpty}
		}
		return errors.Join(m.Check(), d.dropDraft(t, me, "notice", data.Ref{Kind: "meeting", ID: id}))
	})
}

// SaveNotice keeps the text of a meeting's notice, over a revision, and tells
// nobody. The caller's draft of it goes in the same transaction.
func (d *Desk) SaveNotice(ctx context.Context, id, rev int64, zh, en string) (data.Meeting, error) {
	return d.stepped(ctx, id, rev, data.MeetingSaved, func(t *tx, me data.Account, m *data.Meeting) error {
		if err := stands(*m, preparing...); err != nil {
			return err
		}
		m.NoticeZh, m.NoticeEn = zh, en
		*m = m.Tidy()
		return errors.Join(m.Check(), d.dropDraft(t, me, "notice", data.Ref{Kind: "meeting", ID: id}))
	})
}

// noticeBy is the last day for a meeting's notice, by the school's calendar of
// the weeks before.
func (d *Desk) noticeBy(t *tx, m data.Meeting) (by data.Date, sure bool, err error) {
	day := data.DayOf(m.Starts)
	cal, err := daysAround(t, day)
	if err != nil {
		return by, false, err
	}
	if cal.Notice, err = d.noticeDays(t, m.Told); err != nil {
		return by, false, err
	}
	by, sure = cal.NoticeBy(day)
	return by, sure, nil
}

// daysAround is the days that differ from the weekday rule, in the year around a
// day.
func daysAround(t *tx, day data.Date) (c data.Calendar, err error) {
	c.Days = map[data.Date]data.DayKind{}
	err = t.rows("SELECT day, kind FROM calendar_day WHERE day BETWEEN ? AND ?", []any{day.AddDays(-200), day.AddDays(200)}, func(r row) error {
		var on data.Date
		var kind data.DayKind
		err := r.Scan(&on, &kind)
		c.Days[on] = kind
		return err
	})
	return c, err
}
