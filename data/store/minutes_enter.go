package store

import "qiao/data"

// enter brings what happens after a meeting's end into its minutes while they are
// a draft: a new version, with what changed in it. Once they are handed in they
// are what somebody reads and signs, and the answer is data.ErrHandedIn. Before the
// end there is nothing to do: the minutes are composed then.
func (d *Desk) enter(t *tx, me data.Account, m data.Meeting, into func([]data.MinutesLine) ([]data.MinutesLine, []data.MinutesChange)) error {
	if !m.State.Over() {
		return nil
	}
	r, err := minutesOf(t, m.ID)
	if err != nil || r.id == 0 {
		return err
	}
	if r.state != data.MinutesDraft {
		return data.ErrHandedIn
	}
	lines, err := version(t, r.id, r.newest)
	if err != nil {
		return err
	}
	lines, changes := into(lines)
	if len(changes) == 0 {
		return nil
	}
	n, err := d.putVersion(t, me, r, m.ID, lines, changes)
	if err != nil {
		return err
	}
	return d.audit(t, entry{did: data.MinutesEdited, what: data.Ref{Kind: "meeting", ID: m.ID}, level: data.Normal, now: map[string]int{"version": n, "changes": len(changes)}})
}

// enterLine puts a line that was written after the end into the minutes.
func (d *Desk) enterLine(t *tx, me data.Account, m data.Meeting, l data.LateLine) error {
	return d.enter(t, me, m, func(lines []data.MinutesLine) ([]data.MinutesLine, []data.MinutesChange) {
		return data.Enter(lines, l, me.Name)
	})
}
