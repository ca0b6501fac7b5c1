package store

import (
	"errors"

	"qiao/data"
)

// mostLeft is how many meetings Today names that were held and not closed.
const mostLeft = 5

// meetsToday reads the meetings of the day that me takes part in, and what is left
// to do of those that me led or wrote for. Each is a range of one index.
func (d *Desk) meetsToday(t *tx, me data.Account, out *data.Today) error {
	if scope, _ := me.Meets(d.db.now()); !scope.All && len(scope.Classes) == 0 {
		return nil
	}
	today := d.db.today()
	q := data.MeetingQuery{Mine: true, From: today, Until: today, Limit: 50}
	all, _ := d.meetingSources(me, q)
	keys, err := meetingKeys(t, narrowed(all, q), q)
	if err != nil {
		return err
	}
	var cal data.Calendar
	if len(keys) > 0 {
		if cal, err = daysAround(t, today); err != nil {
			return err
		}
	}
	for _, k := range keys {
		l, err := d.meetingLine(t, me, k.id, cal)
		if err != nil {
			return err
		}
		if l.State != data.MeetingCancelled {
			out.Meetings = append(out.Meetings, l)
		}
	}
	return d.leftToDo(t, me, out)
}

// leftToDo reads what is left to do after meetings.
func (d *Desk) leftToDo(t *tx, me data.Account, out *data.Today) error {
	ids, err := list(t, "SELECT id FROM (SELECT id, starts_at FROM meeting WHERE chair = ? AND "+live+" AND state IN ('in_session', 'held', 'followed_up') "+
		"UNION SELECT id, starts_at FROM meeting WHERE secretary = ? AND "+live+" AND state IN ('in_session', 'held', 'followed_up')) x "+
		"ORDER BY starts_at DESC, id DESC LIMIT ?", []any{me.ID, me.ID, mostLeft},
		func(r row) (id int64, err error) { return id, r.Scan(&id) })
	if err != nil {
		return err
	}
	for _, id := range ids {
		sight, m, err := d.sightOf(t, me, id)
		if err != nil {
			return err
		}
		if sight < data.MeetingWhole || m.State == data.MeetingInSession && data.DayOf(m.Starts) == d.db.today() {
			continue // what is on today stands among the meetings of the day
		}
		left := data.MeetingLeft{Meeting: m}
		if m.State != data.MeetingInSession {
			minutes, e := minutesOf(t, id)
			untold, e2 := untoldOf(t, m)
			if err := errors.Join(e, e2); err != nil {
				return err
			}
			left.Untold, left.Waits = untold, m.CloseWaits(minutes.state.Sealed(), untold)
		}
		out.After = append(out.After, left)
	}
	return nil
}

// untoldOf counts the absent families of a meeting whom nobody has reached since;
// toldSince says of one who did.
func untoldOf(t *tx, m data.Meeting) (n int, err error) {
	err = t.row("SELECT count(*) FROM invitee i WHERE i.meeting = ? AND i.gone_at IS NULL AND i.attendance IN ('absent', 'excused') AND NOT EXISTS "+
		"(SELECT 1 FROM contact_student x JOIN contact c ON c.id = x.contact WHERE x.household = i.household AND x.reached = 1 AND x.at >= ? AND x.level < 4 "+
		"AND COALESCE(c.meeting, 0) <> i.meeting AND (i.person = 0 OR EXISTS (SELECT 1 FROM contact_guardian g WHERE g.contact = c.id AND g.person = i.person)))",
		[]any{m.ID, stamp(m.Held)}, &n)
	return n, err
}
