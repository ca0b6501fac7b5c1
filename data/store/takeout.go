package store

import (
	"context"

	"qiao/data"
)

// exporter is who takes something out: whoever can open the file owns it, and may
// export all that the principal may.
func (d *Desk) exporter(me data.Account) data.Account {
	if d.console != "" {
		me.Grants = append(me.Grants[:len(me.Grants):len(me.Grants)], data.Grant{Role: data.Principal, Kind: data.OwnGrant, Scope: data.ScopeSchool})
	}
	return me
}

// takes is a meeting and how much of it me sees who would take something out.
func (d *Desk) takes(t *tx, me data.Account, meeting int64) (data.MeetingSight, data.Meeting, error) {
	return d.sightOf(t, d.exporter(me), meeting)
}

// takeOut asks the right to take a paper out, and writes down what for. It is
// called in the transaction that reads what is taken.
func (d *Desk) takeOut(t *tx, me data.Account, p data.Paper, meeting int64, x *data.Takeout) error {
	sight, m, err := d.takes(t, me, meeting)
	if err != nil {
		return err
	}
	if err := me.MayTakeOut(d.db.now(), p, m, sight); err != nil {
		t.denyMeeting(m)
		return err
	}
	return d.tookOut(t, me, p, data.Ref{Kind: "meeting", ID: meeting}, x, nil)
}

func (d *Desk) tookOut(t *tx, me data.Account, p data.Paper, what data.Ref, x *data.Takeout, more map[string]any) error {
	x.Of, x.By, x.At, x.Purpose = string(p), me.Name, d.db.now(), data.Name(x.Purpose)
	if x.Purpose == "" {
		return &data.Invalid{Field: "purpose", Why: data.WhyEmpty}
	}
	level := data.Normal
	if p == data.MinutesWhole {
		level = data.Restricted
	}
	if p == data.MeetingDates {
		level = data.Open
	}
	now := map[string]any{"paper": p, "purpose": x.Purpose}
	for k, v := range more {
		now[k] = v
	}
	if err := d.audit(t, entry{did: data.Exported, what: what, level: level, now: now}); err != nil {
		return err
	}
	return t.row("SELECT hash FROM audit ORDER BY id LIMIT 1", nil, &x.School)
}

// TakeOutSignIn hands out a meeting with its families for the sheet on which they
// sign in, to whoever may export names. What for is written into the log, in the
// transaction that reads it; an empty purpose is an *data.Invalid.
func (d *Desk) TakeOutSignIn(ctx context.Context, meeting int64, purpose string) (v data.MeetingView, x data.Takeout, err error) {
	x.Purpose = purpose
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		me = d.exporter(me)
		if err := d.takeOut(t, me, data.SignInSheet, meeting, &x); err != nil {
			return nil, err
		}
		k, err := d.room(t, meeting, nil)
		if err == nil {
			v = d.viewFor(t, me, k)
		}
		return nil, err
	})
	return v, x, err
}

// TakeOutMinutes hands out one version of a meeting's minutes, the newest with 0,
// as far as the reader sees each line. Whole has what is restricted in it, which
// the principal alone takes out; for all others, and without whole, such lines
// are counted.
func (d *Desk) TakeOutMinutes(ctx context.Context, meeting int64, version int, whole bool, purpose string) (m data.Minutes, x data.Takeout, err error) {
	x.Purpose = purpose
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		me = d.exporter(me)
		p := data.MinutesGiven
		sight, of, err := d.takes(t, me, meeting)
		if err != nil {
			return nil, err
		}
		if whole = whole && me.MayTakeOut(d.db.now(), data.MinutesWhole, of, sight) == nil; whole {
			p = data.MinutesWhole
		}
		if err := d.takeOut(t, me, p, meeting, &x); err != nil {
			return nil, err
		}
		m, err = d.minutes(t, me, of, version)
		m = m.TakenOut(whole)
		return nil, err
	})
	return m, x, err
}

// TakeOutMeetings hands out the meetings that a query finds, as far as their
// reader sees each, for a calendar or a table; or one of them, with its agenda.
// The log has it before the first is read: of many, page by page, for no save
// waits for a list.
func (d *Desk) TakeOutMeetings(ctx context.Context, q data.MeetingQuery, one int64, purpose string) (out []data.MeetingLine, x data.Takeout, err error) {
	x.Purpose = purpose
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if one != 0 {
			return nil, d.takeOut(t, d.exporter(me), data.MeetingDates, one, &x)
		}
		return nil, d.tookOut(t, me, data.MeetingDates, data.Ref{Kind: "meetings"}, &x, map[string]any{"class": q.Class, "kind": q.Kind, "tab": q.Tab})
	})
	if err == nil && one != 0 {
		out, err = d.oneMeeting(ctx, one)
		return out, x, err
	}
	for q.Limit = 500; err == nil; q.After = &out[len(out)-1].Meeting {
		var page data.MeetingList
		err = d.read(ctx, func(t *tx, me data.Account) (err error) {
			page, err = d.meetingsFor(t, d.exporter(me), q)
			return err
		})
		if out = append(out, page.Lines...); err != nil || !page.More || len(page.Lines) == 0 {
			break
		}
	}
	if err != nil {
		return nil, x, err
	}
	return out, x, nil
}

// oneMeeting is a meeting with its agenda, as far as its reader sees it.
func (d *Desk) oneMeeting(ctx context.Context, id int64) (out []data.MeetingLine, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		sight, _, err := d.takes(t, me, id)
		if err != nil {
			return err
		}
		m, err := d.meeting(t, id)
		if err == nil && sight == data.MeetingHidden {
			err = data.ErrNotFound
		}
		out = []data.MeetingLine{{Meeting: m.For(sight), Sight: sight}}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
