package store

import (
	"time"

	"qiao/data"
)

// meetings stores the meetings of a school that is founded, with what hangs on
// them: the attendance on the cards, and minutes as far as they are.
func (f *founder) meetings() error {
	no := map[int]int{}
	for i := range f.s.Meetings {
		g := &f.s.Meetings[i]
		year := data.SchoolYear(data.DayOf(g.Starts))
		no[year]++
		id, err := f.meeting(g, year, no[year])
		if err != nil {
			return err
		}
		items, err := f.agenda(id, g)
		if err != nil {
			return err
		}
		for _, store := range []func(int64, []int64, *data.Gathering) error{f.topics, f.invited, f.notes, f.resolved, f.record} {
			if err := store(id, items, g); err != nil {
				return err
			}
		}
		if err := f.step(); err != nil {
			return err
		}
	}
	return nil
}

// account is the id of a place in Staff.
func (f *founder) account(place int64) int64 {
	if place == 0 {
		return 0
	}
	return f.accountID[place-1]
}

func (f *founder) person(place int64) int64 {
	if place == 0 {
		return 0
	}
	return f.personID[place-1]
}

func (f *founder) meeting(g *data.Gathering, year, no int) (int64, error) {
	m := g.Tidy()
	changed := g.Called
	for _, at := range []time.Time{m.Told.Start(), m.Opened, m.Held, g.Record.Issued} {
		if !at.IsZero() && at.After(changed) {
			changed = at
		}
	}
	return f.t.insert("INSERT INTO meeting (kind, scope_kind, scope_id, year, no, title, starts_at, ends_at, place, chair, secretary, plan, state, opened_at, held_at, "+
		"notice_zh, notice_en, told_on, short_why, cancel_why, feedback, rev, created_at, created_by, updated_at, updated_by) "+
		"VALUES (?, 'class', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
		m.Kind, f.classID[m.Class-1], year, no, m.Title, stamp(m.Starts), stamp(m.Ends), m.Place, f.account(m.Chair), f.account(m.Secretary), m.Plan, m.State,
		maybe(m.Opened), maybe(m.Held), m.NoticeZh, m.NoticeEn, m.Told, m.ShortWhy, m.CancelWhy, m.Feedback, stamp(g.Called), f.account(m.Chair), stamp(changed), f.account(m.Chair))
}

func (f *founder) agenda(meeting int64, g *data.Gathering) (ids []int64, err error) {
	for n, i := range g.Agenda {
		i = i.Tidy()
		id, err := f.t.insert("INSERT INTO agenda_item (meeting, position, title, minutes, speaker, started_at, ended_at, spent_ms, rev, updated_at, updated_by) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)", meeting, int64(n+1)*data.PlaceStep, i.Title, i.Minutes, i.Speaker, maybe(i.Started), maybe(i.Ended), i.Spent.Milliseconds(),
			stamp(g.Called), f.account(g.Chair))
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// itemID is the id of a place in the agenda; nothing for none.
func itemID(items []int64, place int64) any {
	if place == 0 {
		return nil
	}
	return items[place-1]
}

func (f *founder) topics(meeting int64, _ []int64, g *data.Gathering) error {
	for _, x := range g.Topics {
		x = x.Tidy()
		if _, err := f.t.exec("INSERT INTO meeting_topic (meeting, title, proposer, at, state, reason, rev, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)",
			meeting, x.Title, f.account(x.Proposer), stamp(x.At), x.State, x.Reason, stamp(x.At), f.account(x.Proposer)); err != nil {
			return err
		}
	}
	return nil
}

// invited stores who was asked and who came; of a meeting that is over that is a
// contact on the family's card.
func (f *founder) invited(meeting int64, _ []int64, g *data.Gathering) error {
	for _, i := range g.Invitees {
		marked := any(nil)
		if !i.MarkedAt.IsZero() {
			marked = f.account(g.Secretary)
		}
		id, err := f.t.insert("INSERT INTO invitee (meeting, household, person, reply, reply_why, attendance, late_min, left_at, came_person, came_text, marked_by, marked_at) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", meeting, f.homeID[i.Household-1], f.person(i.Person), i.Reply, i.ReplyWhy, i.Attendance, i.LateMin, maybe(i.Left),
			ref(f.person(i.CamePerson)), i.CameText, marked, maybe(i.MarkedAt))
		if err != nil {
			return err
		}
		for _, s := range i.Students {
			if _, err := f.t.exec("INSERT INTO invitee_student (invitee, student) VALUES (?, ?)", id, f.studentID[s.ID-1]); err != nil {
				return err
			}
		}
		if !g.State.Over() || !i.Attendance.Came() {
			continue
		}
		c := g.Attended(i)
		c.Written = g.Held
		for _, s := range i.Students {
			c.Students = append(c.Students, s.ID)
		}
		contact, err := f.contact(c, meeting)
		if err == nil {
			_, err = f.t.exec("UPDATE invitee SET contact = ? WHERE id = ?", contact, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *founder) notes(meeting int64, items []int64, g *data.Gathering) error {
	for _, n := range g.Notes {
		n.MeetingNote = n.Tidy()
		promise, home := int64(0), int64(0)
		if n.Household != 0 {
			home = f.homeID[n.Household-1]
		}
		if n.Kind == data.QuestionAsked && home != 0 {
			var err error
			if promise, err = f.asked(n, g); err != nil {
				return err
			}
		}
		if _, err := f.t.exec("INSERT INTO meeting_note (meeting, item, at, by, for_name, household, kind, text, level, answerer, due_on, promise) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			meeting, itemID(items, n.Item), stamp(n.At), f.account(n.By), n.ForName, ref(home), n.Kind, n.Text, n.Level, ref(f.account(n.Answerer)), n.Due, ref(promise)); err != nil {
			return err
		}
	}
	return nil
}

// asked stores what reminds of a family's question, and that it was answered.
func (f *founder) asked(n data.GatheringNote, g *data.Gathering) (int64, error) {
	p := data.Promise{Kind: data.FollowUp, Text: clip(n.Text), Owner: n.Answerer, Due: n.Due, State: data.PromiseOpen}
	if !n.Answered.IsZero() {
		p.State, p.ClosedAt, p.Result = data.PromiseKept, n.Answered, n.Answer
	}
	c := data.Contact{Household: n.Household, Level: n.Level}
	for _, i := range g.Invitees {
		if i.Household == n.Household {
			c.Students = []int64{i.Students[0].ID}
		}
	}
	if c.Students == nil {
		return 0, &data.Invalid{Field: "household", Why: data.WhyUnknown}
	}
	return f.promise(0, f.account(n.By), stamp(n.At), c, p.Tidy())
}

func (f *founder) resolved(meeting int64, items []int64, g *data.Gathering) error {
	for n, r := range g.Resolutions {
		r = r.Tidy()
		changed := g.Held
		if changed.IsZero() {
			changed = g.Opened
		}
		if !r.ClosedAt.IsZero() {
			changed = r.ClosedAt
		}
		if _, err := f.t.exec("INSERT INTO resolution (meeting, item, n, text, owner, due_on, state, result, closed_at, rev, created_at, created_by, updated_at, updated_by) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)", meeting, itemID(items, r.Item), n+1, r.Text, f.account(r.Owner), r.Due, r.State, r.Result, maybe(r.ClosedAt),
			stamp(g.Opened), f.account(g.Secretary), stamp(changed), f.account(r.Owner)); err != nil {
			return err
		}
	}
	return nil
}

// record stores the minutes of a meeting that is over: composed of what was just
// stored, then changed, signed and issued.
func (f *founder) record(meeting int64, _ []int64, g *data.Gathering) error {
	if !g.State.Over() {
		return nil
	}
	k, err := f.d.room(f.t, meeting, nil)
	if err != nil {
		return err
	}
	v := k.whole()
	v.ClassName = f.s.Classes[g.Class-1].Name(v.Year) // as it was called then
	lines := data.Compose(v)
	id, err := f.t.insert("INSERT INTO minutes (meeting, state) VALUES (?, 'draft')", meeting)
	if err == nil {
		err = addVersion(f.t, id, 1, f.account(g.Chair), g.Held, lines, nil)
	}
	if err != nil {
		return err
	}
	n := 1
	if len(g.Record.Added) > 0 {
		secretary := data.Editor{ID: v.Secretary, Name: v.SecretaryName, Reads: func(data.Authored) data.Sight { return data.Whole }}
		var edits []data.MinutesEdit
		for _, text := range g.Record.Added {
			edits = append([]data.MinutesEdit{{After: len(lines), Text: text}}, edits...)
		}
		var changes []data.MinutesChange
		if lines, changes, err = data.Amend(lines, edits, secretary); err != nil {
			return err
		}
		n = 2
		if err := addVersion(f.t, id, n, v.Secretary, g.Record.AddedAt, lines, changes); err != nil {
			return err
		}
	}
	return f.seal(id, n, v, lines, g.Record)
}

// seal signs and issues minutes, as far as they were.
func (f *founder) seal(id int64, n int, v data.MeetingView, lines []data.MinutesLine, r data.GatheringRecord) error {
	state := data.MinutesDraft
	if r.HandedIn {
		state = data.MinutesToSign
	}
	if !r.Signed.IsZero() {
		state = data.MinutesSigned
		if _, err := f.t.exec("INSERT INTO minutes_sign (minutes, n, signer, at) VALUES (?, ?, ?, ?)", id, n, v.Chair, stamp(r.Signed)); err != nil {
			return err
		}
	}
	if r.Issued.IsZero() {
		_, err := f.t.exec("UPDATE minutes SET state = ? WHERE id = ?", state, id)
		return err
	}
	if state = data.MinutesIssued; !r.GivenOut.IsZero() {
		state = data.MinutesDistributed
	}
	var no int
	if err := f.t.row("SELECT COALESCE(max(no), 0) + 1 FROM minutes WHERE year = ?", []any{v.Year}, &no); err != nil {
		return err
	}
	hash := data.MinutesHash(data.MinutesNumber(v.Year, no), n, lines)
	if _, err := f.t.exec("UPDATE minutes SET state = ?, year = ?, no = ?, issued_version = ?, hash = ?, issued_at = ?, issued_by = ?, given_out_at = ? WHERE id = ?",
		state, v.Year, no, n, hash, stamp(r.Issued), v.Chair, maybe(r.GivenOut), id); err != nil {
		return err
	}
	for i, c := range r.Corrections {
		c = c.Tidy()
		c.N, c.Writer, c.At = i+1, v.Secretary, c.At.Truncate(time.Millisecond)
		c.Hash = data.CorrectionHash(hash, c)
		hash = c.Hash
		if _, err := f.t.exec("INSERT INTO minutes_correction (minutes, no, text, level, at, by, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", id, c.N, c.Text, c.Level, stamp(c.At), c.Writer, c.Hash); err != nil {
			return err
		}
	}
	return nil
}
