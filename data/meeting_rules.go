package data

import (
	"slices"
	"time"
)

// NoticeDays is how many of the school's working days the families must know
// before the meeting: the seven days of the rule are five worked ones.
const NoticeDays = 5

// NoticeBy is the last day on which the notice may go out, counted back from the
// meeting in the school's working days. Sure is false where a day of the
// count is estimated, because the year's holidays were not entered yet.
func (c Calendar) NoticeBy(meeting Date, workdays int) (by Date, sure bool) {
	by, sure = meeting, true
	for n := 0; n < workdays; {
		by = by.AddDays(-1)
		work, known := c.Workday(by)
		sure = sure && known
		if work {
			n++
		}
	}
	return by, sure
}

// MeetingPlace is where rights about a meeting are asked: its class.
func (m Meeting) MeetingPlace() Place { return Place{Class: m.Class} }

// MaySeeMeeting reports whether the account sees the meeting at all: the class's
// teachers, its grade head, the office and the principal.
func (a Account) MaySeeMeeting(t time.Time, m Meeting) error {
	if a.May(t, RecMeeting, View, m.MeetingPlace(), false) {
		return nil
	}
	return ErrNotFound
}

// MayRunMeeting reports whether the account may call the meeting, change its
// preparation and lead it: who may change meetings of the class, and whoever
// sees it as its chair or its secretary.
func (a Account) MayRunMeeting(t time.Time, m Meeting) error {
	if err := a.MaySeeMeeting(t, m); err != nil {
		return err
	}
	if a.May(t, RecMeeting, Edit, m.MeetingPlace(), false) || a.ID != 0 && (m.Chair == a.ID || m.Secretary == a.ID) {
		return nil
	}
	return ErrForbidden
}

// MayCallMeeting reports whether the account may call a meeting of a class.
func (a Account) MayCallMeeting(t time.Time, class int64) error {
	p := Place{Class: class}
	switch {
	case a.May(t, RecMeeting, Create, p, true):
		return nil
	case a.May(t, RecMeeting, View, p, false):
		return ErrForbidden
	}
	return ErrNotFound
}

// MaySpeak reports whether the account may write into the room and propose
// topics: every teacher of the class who sees the meeting.
func (a Account) MaySpeak(t time.Time, m Meeting) error { return a.MaySeeMeeting(t, m) }

// ReadsLine is how much of a line of this level the account reads, of those who
// see the meeting.
func (a Account) ReadsLine(t time.Time, m Meeting, x Authored) Sight {
	return a.SightOf(t, x, []Place{m.MeetingPlace()})
}

// A Preset is what a new meeting of a kind begins with.
type Preset struct {
	Kind    MeetingKind
	Minutes int // in all
	Agenda  []PresetItem
}

// A PresetItem is one point of a preset's agenda; its title is a word of
// tui/i18n, which the person who calls the meeting changes as they like.
type PresetItem struct {
	Code    string
	Minutes int
}

// Presets is the agenda that each kind begins with.
var Presets = []Preset{
	{ClassMeeting, 90, []PresetItem{{"opening", 10}, {"class_report", 20}, {"subject_report", 20}, {"parent_talk", 15}, {"questions", 20}, {"closing", 5}}},
	{FirstGradeMeeting, 90, []PresetItem{{"opening", 10}, {"school_rules", 20}, {"habits", 25}, {"contact_ways", 10}, {"questions", 20}, {"closing", 5}}},
	{GraduatingMeeting, 90, []PresetItem{{"opening", 10}, {"class_report", 20}, {"next_school", 30}, {"questions", 25}, {"closing", 5}}},
	{OnlineMeeting, 45, []PresetItem{{"opening", 5}, {"holiday_safety", 15}, {"holiday_study", 10}, {"questions", 10}, {"closing", 5}}},
}

// PresetOf is the preset of a kind.
func PresetOf(k MeetingKind) Preset {
	return Presets[max(0, slices.IndexFunc(Presets, func(p Preset) bool { return p.Kind == k }))]
}

// PlannedMinutes is what the agenda plans in all.
func (m Meeting) PlannedMinutes() (n int) {
	for _, i := range m.Agenda {
		n += i.Minutes
	}
	return n
}

// Missing is what a meeting still lacks.
type Missing string

// What may be missing before a meeting may begin.
const (
	LacksPlace    Missing = "place"
	LacksAgenda   Missing = "agenda"
	LacksTime     Missing = "agenda_long" // longer than the time there is
	LacksNotice   Missing = "notice"
	LacksReason   Missing = "notice_late" // later than the rule, without a reason
	LacksFamilies Missing = "invitees"
	LacksAnswers  Missing = "topics" // proposed and not answered
	LacksFreeTime Missing = "clash"
	// And before it may be closed.
	LacksMinutes   Missing = "minutes"
	LacksFeedback  Missing = "feedback"
	LacksAbsentees Missing = "absentees"
)

// Lacks lists what is missing before the meeting may begin, given its invitees,
// its topics, whether it clashes with another, and the last day for the notice.
func (m Meeting) Lacks(invited int, topics []MeetingTopic, clash bool, by Date) (out []Missing) {
	add := func(yes bool, what Missing) {
		if yes {
			out = append(out, what)
		}
	}
	add(m.Place == "", LacksPlace)
	add(len(m.Agenda) == 0, LacksAgenda)
	add(len(m.Agenda) > 0 && m.PlannedMinutes() > int(m.Ends.Sub(m.Starts).Minutes()), LacksTime)
	add(invited == 0, LacksFamilies)
	add(m.Told.IsZero(), LacksNotice)
	add(!m.Told.IsZero() && by.Before(DayOf(m.Told)) && m.ShortWhy == "", LacksReason)
	add(slices.ContainsFunc(topics, func(t MeetingTopic) bool { return t.State == TopicProposed }), LacksAnswers)
	add(clash, LacksFreeTime)
	return out
}

// A Clash is another meeting at the same time that wants the same place, chair,
// secretary or families.
type Clash struct {
	Meeting          int64
	Title            string
	Starts           time.Time
	Place, Who, Home bool // which of them it wants
}

// ClashWith reports what two meetings both want, if their times overlap.
func (m Meeting) ClashWith(o Meeting) (c Clash, clash bool) {
	if m.ID == o.ID || o.State == MeetingCancelled || m.State == MeetingCancelled || !m.Starts.Before(o.Ends) || !o.Starts.Before(m.Ends) {
		return c, false
	}
	c = Clash{Meeting: o.ID, Title: o.Title, Starts: o.Starts, Place: m.Place != "" && m.Place == o.Place, Home: m.Class == o.Class}
	for _, a := range []int64{m.Chair, m.Secretary} {
		c.Who = c.Who || a != 0 && (a == o.Chair || a == o.Secretary)
	}
	return c, c.Place || c.Who || c.Home
}

// Households makes the invitees of a class out of its children: one a household,
// with all its children in the class, and two where the parents live apart and
// both may be asked: one for each.
func Households(students []Student, guardians map[int64][]Guardian, apart map[int64]bool) (out []Invitee) {
	at := map[int64]int{}
	for _, s := range students {
		if i, ok := at[s.Household]; ok {
			for ; i < len(out) && out[i].Household == s.Household; i++ {
				out[i].Students = append(out[i].Students, s)
			}
			continue
		}
		at[s.Household] = len(out)
		both := parents(guardians[s.ID])
		if !apart[s.Household] || len(both) < 2 {
			first := Guardian{}
			if call := Callable(guardians[s.ID]); len(call) > 0 {
				first = call[0]
			}
			out = append(out, Invitee{Household: s.Household, Students: []Student{s}, Guardian: first})
			continue
		}
		for _, g := range both {
			out = append(out, Invitee{Household: s.Household, Person: g.Person, Students: []Student{s}, Guardian: g})
		}
	}
	return out
}

// parents is the father and the mother of a child, of those whom one may call,
// where they do not both live with it.
func parents(gs []Guardian) (out []Guardian) {
	with := 0
	for _, g := range Callable(gs) {
		if g.Relation == Father || g.Relation == Mother {
			out = append(out, g)
			if g.LivesWith {
				with++
			}
		}
	}
	if with > 1 {
		return nil
	}
	return out
}

// Running is how long the item that is on has taken until t: its clock and the
// stretch that runs.
func (m Meeting) Running(t time.Time) time.Duration {
	i := slices.IndexFunc(m.Agenda, func(i AgendaItem) bool { return i.ID == m.Item })
	if i < 0 {
		return 0
	}
	spent := m.Agenda[i].Spent
	if !m.ItemSince.IsZero() {
		spent += max(0, t.Sub(m.ItemSince)) // a clock set back takes nothing away
	}
	return spent
}

// EndsAbout is when the meeting will end if each item that is still to come
// takes as long as planned.
func (m Meeting) EndsAbout(t time.Time) time.Time {
	left := time.Duration(0)
	for _, i := range m.Agenda {
		switch {
		case !i.Ended.IsZero():
		case i.ID == m.Item:
			left += max(0, time.Duration(i.Minutes)*time.Minute-m.Running(t))
		default:
			left += time.Duration(i.Minutes) * time.Minute
		}
	}
	return t.Add(left)
}

// CloseWaits is what must be done before a held meeting may be closed: minutes
// issued, the families' opinions reported, each absent family told.
func (m Meeting) CloseWaits(issued bool, absent int) (out []Missing) {
	if !issued {
		out = append(out, LacksMinutes)
	}
	if m.Feedback != FeedbackReported {
		out = append(out, LacksFeedback)
	}
	if absent > 0 {
		out = append(out, LacksAbsentees)
	}
	return out
}
