package data

import (
	"cmp"
	"slices"
	"time"
)

// NoticeDays is how many of the school's working days the families must know
// before a meeting, by the school's setting.
func (c Calendar) NoticeDays() int { return cmp.Or(c.Notice, usualNotice) }

// NoticeBy is the last day on which the notice may go out, counted back from the
// meeting in the school's working days. Sure is false where a day of the
// count is estimated, because the year's holidays were not entered yet.
func (c Calendar) NoticeBy(meeting Date) (by Date, sure bool) {
	by, sure = meeting, true
	for n := 0; n < c.NoticeDays(); {
		by = by.AddDays(-1)
		work, known := c.Workday(by)
		sure = sure && known
		if work {
			n++
		}
	}
	return by, sure
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
	LacksMinutes   Missing = "minutes_issued"
	LacksFeedback  Missing = "feedback"
	LacksAbsentees Missing = "absentees"
)

// AllMissing is everything that may be missing.
var AllMissing = []Missing{LacksPlace, LacksAgenda, LacksTime, LacksNotice, LacksReason, LacksFamilies, LacksAnswers, LacksFreeTime,
	LacksMinutes, LacksFeedback, LacksAbsentees}

// A MeetingFront is what opens when somebody opens a meeting: what there is to do
// with it now.
type MeetingFront string

// What a meeting opens: its preparation, its room, its minutes.
const (
	FrontPreparation MeetingFront = "preparation"
	FrontRoom        MeetingFront = "room"
	FrontMinutes     MeetingFront = "minutes"
)

// RoomEarly is how long before its start a meeting opens its room instead of its
// preparation.
const RoomEarly = 30 * time.Minute

// Front is what the meeting opens at an instant: its room from half an hour before
// its start until the room is closed, then its minutes. What was never held
// is prepared, or moved, or called off, once its day is over.
func (m Meeting) Front(now time.Time) MeetingFront {
	switch {
	case m.State.Over():
		return FrontMinutes
	case m.State == MeetingInSession:
		return FrontRoom
	case m.State == MeetingCancelled || now.Before(m.Starts.Add(-RoomEarly)) || DayOf(m.Ends).Before(DayOf(now)):
		return FrontPreparation
	default:
		return FrontRoom
	}
}

// NoticeLate reports whether the families were told later than the rule says.
func (m Meeting) NoticeLate(by Date) bool { return !m.Told.IsZero() && by.Before(m.Told) }

// Ready is what Lacks asks about a meeting: the points of its agenda and their
// minutes, how many families are invited, how many topics wait for an answer,
// whether it clashes with another, and the last day for the notice.
type Ready struct {
	Items, Planned, Invited, Waiting int
	Clash                            bool
	By                               Date
}

// Lacks lists what is missing before the meeting may begin.
func (m Meeting) Lacks(r Ready) (out []Missing) {
	add := func(yes bool, what Missing) {
		if yes {
			out = append(out, what)
		}
	}
	add(m.Place == "", LacksPlace)
	add(r.Items == 0, LacksAgenda)
	add(r.Planned > int(m.Ends.Sub(m.Starts).Minutes()), LacksTime)
	add(r.Invited == 0, LacksFamilies)
	add(m.Told.IsZero(), LacksNotice)
	add(m.NoticeLate(r.By) && m.ShortWhy == "", LacksReason)
	add(r.Waiting > 0, LacksAnswers)
	add(r.Clash, LacksFreeTime)
	return out
}

// A Clash is another meeting at the same time that wants the same place, chair,
// secretary or families.
type Clash struct {
	Meeting, Class   int64
	Title            string // "" where the reader does not see that meeting
	Starts           time.Time
	Place, Who, Home bool // which of them it wants
	Chair, Secretary bool // whom of this meeting's two, where it is Who
}

// ClashWith reports what two meetings both want, if their times overlap. What is
// online takes no room from another.
func (m Meeting) ClashWith(o Meeting) (c Clash, clash bool) {
	if m.ID == o.ID && m.ID != 0 || o.State == MeetingCancelled || m.State == MeetingCancelled || !m.Starts.Before(o.Ends) || !o.Starts.Before(m.Ends) {
		return c, false
	}
	c = Clash{Meeting: o.ID, Class: o.Class, Title: o.Title, Starts: o.Starts, Place: m.Place != "" && m.Place == o.Place && m.Kind != OnlineMeeting && o.Kind != OnlineMeeting, Home: m.Class == o.Class}
	wants := func(a int64) bool { return a != 0 && (a == o.Chair || a == o.Secretary) }
	c.Chair, c.Secretary = wants(m.Chair), wants(m.Secretary)
	c.Who = c.Chair || c.Secretary
	return c, c.Place || c.Who || c.Home
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
