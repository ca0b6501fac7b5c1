package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"qiao/data"
)

// A meetingSource is one range of one index of meetings: together they are what
// an account sees of what it asked for.
type meetingSource struct {
	where string
	args  []any
}

func (s meetingSource) and(where string, args ...any) meetingSource {
	if where == "" {
		return s
	}
	return meetingSource{s.where + " AND " + where, append(slices.Clone(s.args), args...)}
}

// toldOf is what a meeting is of which those know who see less than all of it.
const toldOf = "(m.told_on IS NOT NULL OR m.state IN ('in_session', 'held', 'followed_up', 'closed')) AND m.state <> 'draft'"

// meetingSources is where the meetings stand that me sees and asks for; apart: no
// meeting stands in two of them.
func (d *Desk) meetingSources(me data.Account, q data.MeetingQuery) (out []meetingSource, apart bool) {
	now := d.db.now()
	scope, told := me.Meets(now)
	add := func(where string, args ...any) { out = append(out, meetingSource{where, args}) }
	class := func(id int64) { add("m.scope_kind = 'class' AND m.scope_id = ?", id) }
	switch {
	case q.Class != 0 && (scope.All || slices.Contains(scope.Classes, q.Class)):
		class(q.Class)
	case scope.All && q.Mine:
		add("m.chair = ?", me.ID)
		add("m.secretary = ?", me.ID)
		for _, id := range me.Teaches(now) {
			class(id)
		}
	case scope.All:
		add("1 = 1")
	default:
		classes := scope.Classes
		if q.Mine {
			classes = me.Teaches(now)
		}
		for _, id := range classes {
			if q.Class == 0 {
				class(id)
			}
		}
		for _, id := range scope.Students {
			add("EXISTS (SELECT 1 FROM invitee i JOIN invitee_student x ON x.invitee = i.id WHERE i.meeting = m.id AND i.gone_at IS NULL AND x.student = ?) AND "+toldOf, id)
		}
		if told && !q.Mine {
			add(toldOf)
		}
		if q.Class != 0 {
			for i := range out {
				out[i] = out[i].and("m.scope_id = ?", q.Class)
			}
		}
	}
	return out, len(out) == 1 || !scope.All && len(scope.Students) == 0 && !told
}

// coming and past are the states of the two tabs.
var (
	coming = []data.MeetingState{data.MeetingDraft, data.MeetingNotified, data.MeetingInSession}
	past   = []data.MeetingState{data.MeetingHeld, data.MeetingFollowedUp, data.MeetingClosed, data.MeetingCancelled}
)

// narrowed is the sources with what else is asked for. Coming meetings are few
// among many that are over: of the whole school each state is a range of its own.
func narrowed(all []meetingSource, q data.MeetingQuery) (out []meetingSource) {
	for _, s := range all {
		if q.Kind != "" {
			s = s.and("m.kind = ?", q.Kind)
		}
		if !q.From.IsZero() {
			s = s.and("m.starts_at >= ?", stamp(q.From.Start()))
		}
		if !q.Until.IsZero() {
			s = s.and("m.starts_at < ?", stamp(q.Until.AddDays(1).Start()))
		}
		switch q.Tab {
		case data.ComingMeetings:
			for _, state := range coming {
				out = append(out, s.and("m.state = ?", state))
			}
			continue
		case data.PastMeetings:
			s = s.and("m.state IN (?, ?, ?, ?)", past[0], past[1], past[2], past[3])
		}
		out = append(out, s)
	}
	return out
}

// A meetingKey is where a meeting stands in a list.
type meetingKey struct {
	at string
	id int64
}

// Meetings lists the meetings that its reader sees and asks for, a page at a time:
// what each is, how many are invited and came, and what it lacks. Below what one
// sees whole a line has no sums.
func (d *Desk) Meetings(ctx context.Context, q data.MeetingQuery) (out data.MeetingList, err error) {
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 100
	}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out, err = d.meetingsFor(t, me, q)
		return err
	})
	return out, err
}

// meetingsFor is a page of the meetings that me sees and asks for.
func (d *Desk) meetingsFor(t *tx, me data.Account, q data.MeetingQuery) (out data.MeetingList, err error) {
	all, apart := d.meetingSources(me, q)
	sources := narrowed(all, q)
	keys, err := meetingKeys(t, sources, q)
	if err != nil {
		return out, err
	}
	if out.More = len(keys) > q.Limit; out.More {
		keys = keys[:q.Limit]
	}
	cal, err := daysAround(t, d.db.today())
	if err != nil {
		return out, err
	}
	for _, k := range keys {
		l, err := d.meetingLine(t, me, k.id, cal)
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, l)
	}
	if q.After == nil && len(sources) > 0 {
		out.Total, err = countMeetings(t, sources, apart)
	}
	return out, err
}

// meetingKeys is the page's keys, merged from its sources, and one more.
func meetingKeys(t *tx, sources []meetingSource, q data.MeetingQuery) (keys []meetingKey, err error) {
	order, after := "DESC", "<"
	if q.Forward() {
		order, after = "ASC", ">"
	}
	seen := map[int64]bool{}
	for _, s := range sources {
		if q.After != nil {
			s = s.and("(m.starts_at, m.id) "+after+" (?, ?)", stamp(q.After.Starts), q.After.ID)
		}
		if err := t.rowsOnce("SELECT m.starts_at, m.id FROM meeting m WHERE m."+live+" AND "+s.where+" ORDER BY m.starts_at "+order+", m.id "+order+" LIMIT ?",
			append(slices.Clone(s.args), q.Limit+1), func(r row) error {
				var k meetingKey
				err := r.Scan(&k.at, &k.id)
				if !seen[k.id] {
					seen[k.id] = true
					keys = append(keys, k)
				}
				return err
			}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(keys, func(a, b meetingKey) int {
		c := cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id))
		if !q.Forward() {
			return -c
		}
		return c
	})
	return keys[:min(len(keys), q.Limit+1)], nil
}

// countMeetings counts a list: each source by its own index, or all at once where
// a meeting may stand in two.
func countMeetings(t *tx, sources []meetingSource, apart bool) (total int, err error) {
	if !apart {
		var where []string
		var args []any
		for _, s := range sources {
			where, args = append(where, "("+s.where+")"), append(args, s.args...)
		}
		sources = []meetingSource{{"(" + strings.Join(where, " OR ") + ")", args}}
	}
	for _, s := range sources {
		var n int
		if err := t.rowsOnce("SELECT count(*) FROM meeting m WHERE m."+live+" AND "+s.where, s.args, func(r row) error { return r.Scan(&n) }); err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

const meetingSums = "SELECT (SELECT count(*) FROM agenda_item a WHERE a.meeting = m.id AND a.deleted_at IS NULL), " +
	"(SELECT COALESCE(sum(a.minutes), 0) FROM agenda_item a WHERE a.meeting = m.id AND a.deleted_at IS NULL), " +
	"(SELECT count(*) FROM meeting_topic x WHERE x.meeting = m.id AND x.state = 'proposed'), " +
	"(SELECT count(*) FROM invitee i WHERE i.meeting = m.id AND i.gone_at IS NULL), " +
	"(SELECT count(*) FROM invitee i WHERE i.meeting = m.id AND i.gone_at IS NULL AND i.reply IN ('coming', 'excused')), " +
	"(SELECT count(*) FROM invitee i WHERE i.meeting = m.id AND i.gone_at IS NULL AND i.attendance IN ('present', 'video', 'represented')) FROM meeting m WHERE m.id = ?"

// meetingLine is one meeting of a list, as me sees it.
func (d *Desk) meetingLine(t *tx, me data.Account, id int64, cal data.Calendar) (l data.MeetingLine, err error) {
	if l.Sight, l.Meeting, err = d.sightOf(t, me, id); err != nil {
		return l, err
	}
	if l.Sight < data.MeetingWhole {
		l.Meeting = l.For(l.Sight)
		return l, nil
	}
	var waiting int
	if err := t.row(meetingSums, []any{id}, &l.Items, &l.Planned, &waiting, &l.Invited, &l.Replied, &l.Came); err != nil {
		return l, err
	}
	if l.State.Over() || l.State == data.MeetingCancelled {
		return l, nil
	}
	clashes, err := d.clashes(t, l.Meeting)
	if l.Clash = len(clashes) > 0; err != nil {
		return l, err
	}
	if cal.Notice, err = d.noticeDays(t, l.Told); err != nil {
		return l, err
	}
	by, _ := cal.NoticeBy(data.DayOf(l.Starts))
	l.Lacks = l.Meeting.Lacks(data.Ready{Items: l.Items, Planned: l.Planned, Invited: l.Invited, Waiting: waiting, Clash: l.Clash, By: by})
	return l, err
}
