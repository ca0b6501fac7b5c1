package demo

import (
	"fmt"
	"slices"
	"time"

	"qiao/data"
)

// hold is a meeting that took place, or takes place: who came, what was said, and
// what became of it.
func (m *maker) hold(g *data.Gathering, e evening, preset data.Preset) {
	g.Opened = g.Starts.Add(time.Duration(m.r.IntN(5)) * time.Minute)
	at := m.pass(g, preset)
	open := e.state == data.MeetingInSession
	if !open {
		g.Held = at.Add(time.Duration(1+m.r.IntN(4)) * time.Minute)
	}
	for n := range g.Invitees {
		i := &g.Invitees[n]
		k := m.kidAt(e.class, i.Students[0].ID)
		m.turnout(g, e, i, k)
		if open && m.chance(0.2) { // nobody marked them
			i.Attendance, i.LateMin, i.Left, i.CamePerson, i.CameText, i.MarkedAt = data.Unmarked, 0, time.Time{}, 0, "", time.Time{}
		}
	}
	m.minute(g, e, preset)
	m.decide(g, e)
	if open {
		return
	}
	untold := m.tellAbsent(g, e)
	m.seal(g, e)
	if g.State == data.MeetingClosed && untold > 0 {
		g.State = data.MeetingFollowedUp
	}
}

// kidAt is the child of a class at a place in Students.
func (m *maker) kidAt(class int, place int64) *kid {
	i := slices.IndexFunc(m.rolls[class], func(k *kid) bool { return k.place == place })
	return m.rolls[class][i]
}

// pass lets the points of the agenda pass, each about as long as planned, and
// tells when the last was over.
func (m *maker) pass(g *data.Gathering, preset data.Preset) time.Time {
	at := g.Opened
	for n := range g.Agenda {
		i := &g.Agenda[n]
		i.Started = at
		i.Spent = time.Duration(max(1, i.Minutes+m.r.IntN(7)-3))*time.Minute + time.Duration(m.r.IntN(60))*time.Second
		at = at.Add(i.Spent)
		i.Ended = at
	}
	return at
}

// turnout is whether a family came, and who: those at home mostly come, those far
// away join by video, grandparents come for both; the others are excused or not
// there.
func (m *maker) turnout(g *data.Gathering, e evening, i *data.Invitee, k *kid) {
	var near, far []*tie
	for _, t := range k.callable() {
		switch {
		case i.Person != 0 && t.adult.place != i.Person:
		case t.away():
			far = append(far, t)
		default:
			near = append(near, t)
		}
	}
	i.MarkedAt = g.Starts.Add(time.Duration(m.r.IntN(12)) * time.Minute)
	p, x := 0.66+0.26*m.care[e.class], m.r.Float64()
	switch {
	case m.mine(e, i, k):
		return
	case len(near)+len(far) == 0 || m.chance(0.025):
		i.Attendance, i.CameText = data.Represented, pick(m, relatives)
	case len(near) > 0 && x < p:
		m.came(g, i, data.Present, near)
	case len(far) > 0 && (x < p+0.08 || len(near) == 0 && x < 0.65):
		m.came(g, i, data.ByVideo, far)
	case m.chance(0.55):
		i.Attendance, i.Reply, i.ReplyWhy = data.Excused, data.WillNot, pick(m, excuses)
	default:
		i.Attendance = data.Absent
	}
	if e.kind == data.OnlineMeeting && i.Attendance == data.Present {
		i.Attendance = data.ByVideo
	}
	if i.Attendance.Came() && i.Reply == "" && m.chance(0.8) {
		i.Reply = data.WillCome
	}
}

// came is one of these of a family, some late, some gone early.
func (m *maker) came(g *data.Gathering, i *data.Invitee, how data.Attendance, of []*tie) {
	n := 0
	for n+1 < len(of) && m.chance(0.35) {
		n++
	}
	i.Attendance, i.CamePerson = how, of[n].adult.place
	if m.chance(0.09) {
		i.LateMin = 5 + m.r.IntN(20)
		i.MarkedAt = g.Opened.Add(time.Duration(i.LateMin) * time.Minute)
	}
	if m.chance(0.04) {
		i.Left = g.Ends.Add(-time.Duration(10+m.r.IntN(20)) * time.Minute)
	}
}

// mine settles the families of the documents in the meetings of this term.
func (m *maker) mine(e evening, i *data.Invitee, k *kid) bool {
	if e.day.Before(m.term.First) || !k.told && k != m.cast["龙思齐"] {
		return false
	}
	i.Attendance, i.Reply, i.ReplyWhy = data.Excused, data.WillNot, "外祖母行动不便"
	if k.told {
		i.ReplyWhy = "祖母腿疼, 走不了路"
	}
	return true
}

// minute writes down what was said: lines of each point, families' questions, and
// what not all may read.
func (m *maker) minute(g *data.Gathering, e evening, preset data.Preset) {
	g.Notes = nil
	for n, p := range preset.Agenda {
		item := g.Agenda[n]
		texts := slices.Clone(said[p.Code])
		for range min(len(texts), 1+m.r.IntN(3)) {
			t := m.r.IntN(len(texts))
			note := m.note(g, int64(n+1), texts[t], item)
			if p.Code == "parent_talk" || p.Code == "questions" {
				note.ForName = m.someone(g)
			}
			g.Notes = append(g.Notes, note)
			texts = slices.Delete(texts, t, t+1)
		}
		if p.Code == "questions" {
			m.questions(g, e, int64(n+1), item)
		}
	}
	if m.chance(0.5) || e.class == m.own {
		n := m.note(g, 0, pick(m, forFew), g.Agenda[len(g.Agenda)-1])
		n.By, n.Level = g.Chair, data.Restricted
		g.Notes = append(g.Notes, n)
	}
	if m.chance(0.4) || e.class == m.own {
		n := m.note(g, 0, pick(m, forClass), g.Agenda[len(g.Agenda)-1])
		n.By, n.Level = g.Chair, data.ClassOnly
		g.Notes = append(g.Notes, n)
	}
	slices.SortStableFunc(g.Notes, func(a, b data.GatheringNote) int { return a.At.Compare(b.At) })
}

func (m *maker) note(g *data.Gathering, item int64, text string, i data.AgendaItem) data.GatheringNote {
	n := data.GatheringNote{MeetingNote: data.MeetingNote{Item: item, Text: text, Kind: data.PlainNote, Level: data.Normal, By: g.Secretary}}
	if m.chance(0.3) {
		n.By = g.Chair
	}
	n.At = i.Started.Add(time.Duration(m.r.Float64() * float64(i.Spent)))
	return n
}

// someone is the name of one who came.
func (m *maker) someone(g *data.Gathering) string {
	for range 20 {
		if i := pick(m, g.Invitees); i.CamePerson != 0 {
			return m.s.People[i.CamePerson-1].Name
		}
	}
	return ""
}

// questions are asked by families that came, and mostly answered by now.
func (m *maker) questions(g *data.Gathering, e evening, item int64, at data.AgendaItem) {
	texts := slices.Clone(asks)
	var of []data.Invitee
	for _, i := range g.Invitees {
		if i.CamePerson != 0 {
			of = append(of, i)
		}
	}
	for range min(len(of), 2+m.r.IntN(3)) {
		t := m.r.IntN(len(texts))
		i := pick(m, of)
		n := m.note(g, item, texts[t], at)
		n.Kind, n.Household, n.ForName, n.Answerer = data.QuestionAsked, i.Household, m.s.People[i.CamePerson-1].Name, g.Chair
		if m.chance(0.35) {
			n.Answerer = g.Secretary
		}
		n.Due = m.due(e.day, 3+m.r.IntN(8))
		if done := clock(n.Due.AddDays(-m.r.IntN(3)), 17, m.r.IntN(50)); done.Before(m.today.Start()) && done.After(n.At) && m.chance(0.93) {
			n.Answered, n.Answer = done, pick(m, answers)
		}
		g.Notes = append(g.Notes, n)
		texts = slices.Delete(texts, t, t+1)
	}
}

// decide is what the meeting decided, with what has become of it by today.
func (m *maker) decide(g *data.Gathering, e evening) {
	texts := slices.Clone(decided)
	for n := range 1 + m.r.IntN(2) {
		t := m.r.IntN(len(texts))
		r := data.Resolution{Item: int64(len(g.Agenda)), Text: texts[t], Owner: g.Chair, Due: m.due(e.day, 10+m.r.IntN(40)), State: data.ResolutionOpen}
		if n == 1 {
			r.Owner = g.Secretary
		}
		texts = slices.Delete(texts, t, t+1)
		late := r.Due.DaysTo(m.today)
		done := clock(r.Due.AddDays(-m.r.IntN(4)), 16, m.r.IntN(55))
		if done.Before(m.today.Start()) && done.After(g.Starts.AddDate(0, 0, 1)) && (late > 30 || m.chance(0.6)) {
			r.State, r.Result, r.ClosedAt = data.ResolutionDone, pick(m, results), done
			if m.chance(0.12) {
				r.State, r.Result = data.ResolutionDropped, pick(m, abandoned)
			}
		}
		if e.class == m.own && e.state == data.MeetingFollowedUp && n == 0 { // yours, and late
			r.Due, r.State, r.Result, r.ClosedAt = m.worked(m.today.AddDays(-6)), data.ResolutionOpen, "", time.Time{}
		}
		g.Resolutions = append(g.Resolutions, r)
	}
}

// tellAbsent calls the families that were not there, in the days after; of a
// meeting that is not done with yet some are still to be called. It tells how
// many of those there are.
func (m *maker) tellAbsent(g *data.Gathering, e evening) (untold int) {
	for _, i := range g.Invitees {
		if !i.Attendance.Missed() {
			continue
		}
		k := m.kidAt(e.class, i.Students[0].ID)
		of := slices.DeleteFunc(k.callable(), func(t *tie) bool { return i.Person != 0 && t.adult.place != i.Person })
		done := g.State == data.MeetingClosed || m.chance(0.6*m.care[e.class])
		if !done || k.told || len(of) == 0 {
			untold++
			continue
		}
		at := clock(m.due(e.day, 1+m.r.IntN(3)), 18, 20+m.r.IntN(90))
		c := data.Contact{Household: i.Household, Guardians: []int64{of[0].adult.place}, At: at, Minutes: 3 + m.r.IntN(6), Channel: data.PhoneCall, Direction: data.Outgoing,
			Outcome: data.Reached, Level: data.Normal, Staff: g.Chair, Topics: []string{"notice"}, Summary: fmt.Sprintf(pick(m, relayed), g.Title)}
		c.Written = c.At.Add(time.Duration(c.Minutes+2) * time.Minute)
		for _, s := range i.Students {
			c.Students = append(c.Students, s.ID)
		}
		m.s.Contacts = append(m.s.Contacts, c)
	}
	return untold
}

// seal is how far the minutes and the rest are.
func (m *maker) seal(g *data.Gathering, e evening) {
	r := &g.Record
	day := func(after, hour int) time.Time { return clock(m.due(e.day, after), hour, 10+m.r.IntN(40)) }
	g.Feedback = data.FeedbackReported
	if e.state == data.MeetingHeld {
		g.Feedback = data.FeedbackCollected
	}
	if e.how == unread {
		g.Feedback = data.FeedbackNone
		return
	}
	r.Added, r.AddedAt = []string{pick(m, added)}, day(1, 16)
	if r.HandedIn = true; e.how == handedIn {
		return
	}
	if r.Signed = day(2, 17); e.how == unissued {
		return
	}
	r.Issued = r.Signed.Add(20 * time.Minute)
	if e.how == corrected {
		r.Corrections = []data.Correction{{Text: pick(m, mended), At: day(6, 9)}}
	}
	if g.State == data.MeetingClosed || e.how == corrected {
		r.GivenOut = day(9, 11)
	}
}
