package store

import (
	"errors"

	"qiao/data"
)

// mostLeft is how many meetings Today names that were held and not closed.
const mostLeft = 5

// leftToDo reads what is left to do after the meetings that me led or wrote for:
// two ranges of the indices by chair and by secretary.
func (d *Desk) leftToDo(t *tx, me data.Account) (out []data.MeetingLeft, err error) {
	if scope, _ := me.Meets(d.db.now()); !scope.All && len(scope.Classes) == 0 {
		return nil, nil
	}
	ids, err := list(t, "SELECT id FROM (SELECT id, starts_at FROM meeting WHERE chair = ? AND "+live+" AND state IN ('held', 'followed_up') "+
		"UNION SELECT id, starts_at FROM meeting WHERE secretary = ? AND "+live+" AND state IN ('held', 'followed_up')) x "+
		"ORDER BY starts_at DESC, id DESC LIMIT ?", []any{me.ID, me.ID, mostLeft}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		sight, m, err := d.sightOf(t, me, id)
		if err != nil {
			return nil, err
		}
		if sight < data.MeetingWhole {
			continue
		}
		minutes, err := minutesOf(t, id)
		untold, e := untoldOf(t, m)
		due, e2 := minutesDue(t, minutes)
		if err := errors.Join(err, e, e2); err != nil {
			return nil, err
		}
		out = append(out, data.MeetingLeft{Meeting: m, Untold: untold, Waits: m.CloseWaits(minutes.state.Sealed(), untold), Minutes: due})
	}
	return out, nil
}

// minutesDue is how far minutes are that are not issued yet.
func minutesDue(t *tx, r minutesRow) (out data.MinutesDue, err error) {
	if r.id == 0 || r.state.Sealed() {
		return out, nil
	}
	out.State, out.Version = r.state, r.newest
	err = t.row("SELECT p.name, COALESCE((SELECT max(s.n) FROM minutes_sign s WHERE s.minutes = v.minutes AND s.n < v.n), 0) FROM minutes_version v "+
		"JOIN account a ON a.id = v.by JOIN person p ON p.id = a.person WHERE v.minutes = ? AND v.n = ?", []any{r.id, r.newest}, &out.By, &out.Fell)
	return out, err
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
