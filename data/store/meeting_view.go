package store

import (
	"context"
	"slices"

	"qiao/data"
)

// whole is the meeting as it is, with every line: what is composed from it.
func (k *roomFacts) whole() data.MeetingView { return k.view }

// Meeting is one meeting with all that hangs on it, as its reader may see it.
// What it points at is shared by all who read the meeting, and nobody's to change.
// Notes above the level normal that the reader is given are logged, as all texts.
func (d *Desk) Meeting(ctx context.Context, id int64) (v data.MeetingView, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		k, err := d.db.rooms.get(id, d.db.today(), t.room, func(h *homes) (*roomFacts, error) { return d.room(t, id, h) })
		if err != nil {
			return err
		}
		if v = d.viewFor(t, me, k); v.Sight == data.MeetingHidden {
			t.denyMeeting(k.view.Meeting)
			return data.ErrNotFound
		}
		return nil
	})
	return v, err
}

// viewFor is a meeting as me may see it.
func (d *Desk) viewFor(t *tx, me data.Account, k *roomFacts) (v data.MeetingView) {
	now := d.db.now()
	sight := me.MeetingSight(now, k.view.Meeting, k.students)
	if sight < data.MeetingWhole {
		return d.partFor(me, k, sight)
	}
	v = k.view
	v.Sight = sight
	v.MayRun, v.MaySpeak, v.MaySign = me.MayRunMeeting(now, v.Meeting) == nil, true, me.MaySignMinutes(now, v.Meeting) == nil
	if !me.Reads(now, v.MeetingPlace())(data.ClassOnly) {
		v.Invitees = k.outline
	}
	v.Clashes = d.clashesFor(me, v.Clashes)
	if len(k.above) == 0 {
		return v
	}
	v.Notes = make([]data.MeetingNote, 0, len(k.view.Notes))
	for _, n := range k.view.Notes {
		n = n.As(me.ReadsLine(now, v.Meeting, data.Authored{Level: n.Level, Writer: n.By}), me.ID)
		if n.Sight == data.None {
			continue
		}
		if n.Level > data.Normal && n.Sight == data.Whole && n.By != me.ID && !n.Struck {
			t.look(entry{did: data.Viewed, what: data.Ref{Kind: "meeting_note", ID: n.ID}, household: n.Household, level: n.Level})
		}
		v.Notes = append(v.Notes, n)
	}
	return v
}

// clashesFor is clashes as me may know of them: that there is a meeting is told to
// whoever wants its room or its people, what it is about only to who sees it.
func (d *Desk) clashesFor(me data.Account, all []data.Clash) (out []data.Clash) {
	for _, c := range all {
		if me.MaySeeMeeting(d.db.now(), data.Meeting{Class: c.Class}) != nil {
			c.Title = ""
		}
		out = append(out, c)
	}
	return out
}

// Clashes is the other meetings that stand in the way of one as it is or as it is
// being written: at the same time, with the same place, people or families. Only
// m's class, time, place, people and id count. It answers whoever sees the class's
// meetings whole.
func (d *Desk) Clashes(ctx context.Context, m data.Meeting) (out []data.Clash, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MaySeeMeeting(d.db.now(), data.Meeting{Class: m.Class}); err != nil {
			return err
		}
		if m.Starts.IsZero() || m.Ends.Sub(m.Starts) > data.LongestMeeting {
			return nil
		}
		all, err := d.clashes(t, m.Tidy())
		out = d.clashesFor(me, all)
		return err
	})
	return out, err
}

// partFor is a meeting as somebody sees it who sees no more than a part.
func (d *Desk) partFor(me data.Account, k *roomFacts, sight data.MeetingSight) data.MeetingView {
	v := data.MeetingView{Meeting: k.view.Meeting.For(sight), Sight: sight}
	if sight < data.MeetingOpen {
		return v
	}
	v.Resolutions = slices.Clone(k.view.Resolutions)
	if sight == data.MeetingOpen {
		for i := range v.Resolutions {
			v.Resolutions[i] = v.Resolutions[i].Unnamed()
		}
		return v
	}
	now := d.db.now()
	for _, i := range k.view.Invitees {
		own := slices.IndexFunc(i.Students, func(s data.Student) bool { return me.SeesCard(now, s.Place()) })
		if own < 0 {
			continue
		}
		s := i.Students[own]
		i.Students = []data.Student{s.For(me.Reads(now, s.Place()))}
		i.Guardians = d.shownTo(me, s.Place(), slices.Clone(i.Guardians))
		i.Guardian = i.Guardian.For(me.Reads(now, s.Place()))
		v.Invitees = append(v.Invitees, i)
	}
	return v
}

// MeetingPeople is who may lead a class's meetings, write in them, answer or carry
// out: all who see them, the class's teachers first.
func (d *Desk) MeetingPeople(ctx context.Context, class int64) (out []data.Participant, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MaySeeMeeting(d.db.now(), data.Meeting{Class: class}); err != nil {
			return err
		}
		at := stamp(d.db.now())
		ids, err := list(t, "SELECT DISTINCT g.account FROM role_grant g WHERE g.pending = 0 AND g.from_at <= ? AND (g.until_at IS NULL OR g.until_at > ?) AND "+
			"(g.scope_kind = 'class' AND g.scope_id = ? OR g.scope_kind = 'school' OR g.scope_kind = 'grade' AND g.scope_id = "+
			"(SELECT grade FROM class_year WHERE class = ? AND year = ?)) ORDER BY g.account", []any{at, at, class, class, d.year()},
			func(r row) (id int64, err error) { return id, r.Scan(&id) })
		for _, id := range ids {
			a, err := account(t, id, d.db.today())
			if err != nil {
				return err
			}
			if c, ok := a.Participant(d.db.now(), class); ok {
				out = append(out, c)
			}
		}
		slices.SortStableFunc(out, func(a, b data.Participant) int {
			return slices.Index(data.Meeters, a.Role) - slices.Index(data.Meeters, b.Role)
		})
		return err
	})
	return out, err
}
