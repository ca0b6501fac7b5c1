package demo

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"qiao/data"
)

// An evening is one meeting that a class holds or is to hold.
type evening struct {
	class int
	kind  data.MeetingKind
	day   data.Date
	hour  int
	state data.MeetingState
	theme string
	place string
	how   fate
}

// fate is how far the minutes of a meeting that was held are.
type fate int

const (
	givenOut fate = iota
	corrected
	issued
	unissued // signed
	handedIn
	unread // composed, and nobody has touched it
)

// meetings holds the parents' meetings of the two terms, and prepares those that
// come: of every state, so that each screen has something to show. Schools for
// measuring have those of two classes.
func (m *maker) meetings() {
	var all []evening
	other := m.otherClass()
	for c := range m.s.Classes {
		if len(m.s.Classes) <= Brief || c == m.own || c == other {
			all = append(all, m.evenings(c)...)
		}
	}
	for _, e := range all {
		if g, ok := m.gathering(e); ok {
			m.s.Meetings = append(m.s.Meetings, g)
		}
	}
	slices.SortStableFunc(m.s.Meetings, func(a, b data.Gathering) int { return a.Starts.Compare(b.Starts) })
	slices.SortStableFunc(m.s.Contacts, func(a, b data.Contact) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Students[0], b.Students[0]))
	})
}

// evenings is the meetings of a class. Those of this term are far enough back
// that nobody was reached by them this month.
func (m *maker) evenings(c int) (out []evening) {
	grade, last := m.grade(c), m.last.Last.Monday().AddDays(-3) // a Friday
	if m.s.Classes[c].Name(data.SchoolYear(last)).Grade > 0 {
		e := evening{class: c, kind: data.ClassMeeting, theme: "期末家长会", day: m.worked(last), hour: 19, state: data.MeetingClosed, how: fate(c % 2)}
		if c%3 == 0 {
			e.kind, e.theme = data.OnlineMeeting, ""
		}
		out = append(out, e)
	}
	first := m.term.First.Monday()
	if grade == 1 && m.term.Autumn() {
		out = append(out, evening{class: c, kind: data.FirstGradeMeeting, day: m.worked(first.AddDays(11)), hour: 16, state: data.MeetingClosed})
	}
	middle := evening{class: c, kind: data.ClassMeeting, day: m.worked(first.AddDays(7*7 + 3 + c%2)), hour: 15 + c%2, state: data.MeetingClosed}
	if grade == m.grade(len(m.s.Classes)-1) && grade > 1 {
		middle.kind = data.GraduatingMeeting
	}
	if m.care[c] < 0.55 { // who seldom calls has not called the absent either
		middle.state, middle.how = data.MeetingFollowedUp, issued
	}
	next := evening{class: c, kind: data.ClassMeeting, theme: "家长会 (会前问卷)", day: m.worked(m.today.Monday().AddDays(11)), hour: 16, state: data.MeetingDraft}
	switch rest := c - m.own; {
	case rest == 0:
		middle.state, middle.how = data.MeetingFollowedUp, corrected
		return append(out, middle, next)
	case c == m.otherClass():
		middle.state, middle.how, next.state = data.MeetingHeld, handedIn, data.MeetingNotified
		return append(out, middle, next)
	case rest == 1:
		middle.state, middle.how = data.MeetingFollowedUp, issued
	case rest == -1:
		middle.state, middle.how, next.place = data.MeetingHeld, unread, halls[0]
	case rest == 2 || rest == -2:
		middle.state, middle.how = data.MeetingHeld, unissued
		if rest < 0 {
			next.place, next.hour = halls[0], 17 // before the other in the same hall is over
		}
	case rest == 3 || rest == -3:
		middle.state, next.state, next.place = data.MeetingCancelled, data.MeetingNotified, halls[1]
	case rest == 4: // yesterday, and nobody closed the room
		out = append(out, evening{class: c, kind: data.OnlineMeeting, theme: "冬季安全线上家长会", day: m.today.AddDays(-1), hour: 19, state: data.MeetingInSession})
		return append(out, middle)
	default:
		if next.day, next.state = m.worked(next.day.AddDays(7)), data.MeetingNotified; c%2 == 0 {
			return append(out, middle)
		}
	}
	return append(out, middle, next)
}

// worked is a day, or the last one before it on which the school works.
func (m *maker) worked(d data.Date) data.Date {
	for range 14 {
		if work, _ := m.s.Calendar.Workday(d); work {
			break
		}
		d = d.AddDays(-1)
	}
	return d
}

// gathering makes a meeting of an evening. A class without families has none.
func (m *maker) gathering(e evening) (g data.Gathering, ok bool) {
	g.Class, g.Kind, g.State = int64(e.class+1), e.kind, e.state
	g.Chair = m.teachers[e.class]
	preset := data.PresetOf(e.kind)
	if e.theme == "" {
		e.theme = themes[e.kind]
	}
	name := m.s.Classes[e.class].Name(data.SchoolYear(e.day))
	g.Title = hanClass(name) + e.theme
	g.Starts = clock(e.day, e.hour, 30)
	g.Ends = g.Starts.Add(time.Duration(preset.Minutes) * time.Minute)
	g.Secretary = m.free(e.class, g)
	if g.Place = e.place; g.Place == "" {
		g.Place = hanClass(name) + "教室"
	}
	if e.kind == data.OnlineMeeting {
		g.Place = "线上"
	}
	g.Called = clock(early(e.day.AddDays(-16), m.today.AddDays(-2)), 17, m.r.IntN(50))
	for _, p := range preset.Agenda {
		g.Agenda = append(g.Agenda, data.AgendaItem{Title: points[p.Code], Minutes: p.Minutes, Speaker: m.speaker(e.class, p.Code)})
	}
	m.invite(&g, e)
	if len(g.Invitees) == 0 {
		return g, false
	}
	m.notice(&g, e)
	switch e.state {
	case data.MeetingDraft:
		m.prepare(&g, e)
	case data.MeetingNotified:
		m.replied(&g)
	case data.MeetingCancelled:
		g.CancelWhy = "台风停课, 改在下月"
	default:
		m.hold(&g, e, preset)
	}
	return g, true
}

// free is who writes the minutes: a teacher of the class who sits in no other
// meeting then, else somebody of the office.
func (m *maker) free(class int, g data.Gathering) int64 {
	for _, l := range m.lessons[class] {
		busy := slices.ContainsFunc(m.s.Meetings, func(o data.Gathering) bool {
			return (o.Chair == l.staff || o.Secretary == l.staff) && o.Starts.Before(g.Ends) && g.Starts.Before(o.Ends)
		})
		if l.staff != g.Chair && !busy && !slices.Contains(m.teachers, l.staff) {
			return l.staff
		}
	}
	return []int64{m.office, m.safety}[class%2]
}

func early(a, b data.Date) data.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func (m *maker) speaker(class int, code string) string {
	teacher := m.s.Staff[m.teachers[class]-1].Name
	switch code {
	case "subject_report", "holiday_study":
		return m.s.Staff[pick(m, m.lessons[class]).staff-1].Name
	case "parent_talk":
		return "家长代表"
	}
	return teacher
}

// invite asks the families that the class had on the day.
func (m *maker) invite(g *data.Gathering, e evening) {
	var students []data.Student
	guardians, apart := map[int64][]data.Guardian{}, map[int64]bool{}
	for _, k := range m.rolls[e.class] {
		if e.day.Before(k.Entered) {
			continue
		}
		students = append(students, data.Student{ID: k.place, Household: k.home.place})
		apart[k.home.place] = k.home.Structure.LivesApart()
		for _, t := range k.ties {
			guardians[k.place] = append(guardians[k.place], data.Guardian{Person: t.adult.place, Name: t.adult.Name, Relation: t.relation, LivesWith: t.lives, DoNotContact: t.silent, Phones: t.adult.Phones})
		}
	}
	for _, i := range data.Households(students, guardians, apart) {
		i.Guardians, i.Guardian, i.Attendance = nil, data.Guardian{}, data.Unmarked
		g.Invitees = append(g.Invitees, i)
	}
}

// notice tells the families of a meeting, in time but for one class.
func (m *maker) notice(g *data.Gathering, e evening) {
	g.NoticeZh = fmt.Sprintf("各位家长: 定于%s %s在%s召开%s, 请您安排时间参加。不能来的请回复原因。", e.day, g.Starts.Format("15:04"), g.Place, g.Title)
	g.NoticeEn = fmt.Sprintf("Dear parents: the meeting of our class is on %s at %s. Please come, or tell us why you cannot.", e.day, g.Starts.Format("15:04"))
	if e.state == data.MeetingDraft {
		return
	}
	by, _ := m.s.Calendar.NoticeBy(e.day)
	if g.Told = by.AddDays(-1 - m.r.IntN(3)); !g.Told.Before(m.today) {
		g.Told = m.today.AddDays(-1)
	}
	if e.state != data.MeetingNotified && e.class%5 == 4 {
		g.Told, g.ShortWhy = by.AddDays(2), "场地临时调整, 晚发两天"
	}
	if g.Told.Start().Before(g.Called) {
		g.Called = clock(g.Told.AddDays(-3), 17, 0)
	}
}

// prepare leaves topics that wait for an answer.
func (m *maker) prepare(g *data.Gathering, e evening) {
	for _, l := range m.lessons[e.class][min(1, len(m.lessons[e.class])-1):] {
		if len(g.Topics) < 2 {
			g.Topics = append(g.Topics, data.MeetingTopic{Title: pick(m, wished), Proposer: l.staff, At: g.Called.Add(time.Hour), State: data.TopicProposed})
		}
	}
}

// replied is what the families have answered so far.
func (m *maker) replied(g *data.Gathering) {
	for n := range g.Invitees {
		i := &g.Invitees[n]
		switch x := m.r.Float64(); {
		case x < 0.55:
			i.Reply = data.WillCome
		case x < 0.68:
			i.Reply, i.ReplyWhy = data.WillNot, pick(m, excuses)
		case x < 0.85:
			i.Reply = data.ReadNotice
		}
	}
}

var hanDigits = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

func hanClass(c data.ClassName) string {
	if c.Grade < 1 || c.Grade >= len(hanDigits) {
		return c.String()
	}
	return fmt.Sprintf("%s(%d)", hanDigits[c.Grade], c.Number)
}
