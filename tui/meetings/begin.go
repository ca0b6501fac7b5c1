package meetings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// begin is a new meeting with all that can be known: the class's room and teacher,
// the time and the secretary of its last meeting, the first Friday for which the
// notice can still go out.
func (p *form) begin(a around) calling {
	c := calling{Day: p.day, At: 16*60 + 30}
	c.Class, c.Kind = p.class, data.ClassMeeting
	c.Minutes = data.PresetOf(c.Kind).Minutes
	c.Title, c.Place = p.theme(c.Kind, a.class), p.room(c.Kind, a.class)
	if last := a.last; last.ID != 0 {
		at := last.Starts.In(data.China)
		c.At = at.Hour()*60 + at.Minute()
		if last.Kind != data.OnlineMeeting && last.Place != "" {
			c.Place = last.Place
		}
	}
	if c.Day.IsZero() {
		after := p.Env.Now.Today()
		if last := data.DayOf(a.last.Starts); a.last.ID != 0 && after.Before(last) {
			after = last.AddDays(1) // the class meets then already
		}
		c.Day = firstFriday(a.calendar, p.Env.Now.Today(), after)
	}
	c.Chair, c.Secretary = p.two(a)
	return c
}

// firstFriday is the first Friday of school from a day on whose notice can go out in
// time, else the first such day of school.
func firstFriday(cal data.Calendar, today, from data.Date) (day data.Date) {
	for d := from; from.DaysTo(d) < 60; d = d.AddDays(1) {
		if by, _ := cal.NoticeBy(d); by.Before(today) || !cal.SchoolDay(d) {
			continue
		}
		if d.Weekday() == time.Friday {
			return d
		}
		if day.IsZero() {
			day = d
		}
	}
	return day
}

// two is who leads and who writes: the class teacher, and who wrote last time, else
// the first other teacher of the class.
func (p *form) two(a around) (chair, secretary int64) {
	if len(a.people) > 0 {
		chair = a.people[0].ID
	}
	knows := func(id int64) bool {
		return slices.ContainsFunc(a.people, func(x data.Participant) bool { return x.ID == id })
	}
	if a.last.Secretary != chair && knows(a.last.Secretary) {
		return chair, a.last.Secretary
	}
	for _, x := range a.people {
		if x.ID != chair {
			return chair, x.ID
		}
	}
	return chair, 0
}

// agenda is the points that a meeting of a kind begins with.
func agenda(l i18n.Lang, k data.MeetingKind) (out []data.AgendaItem) {
	for _, i := range data.PresetOf(k).Agenda {
		out = append(out, data.AgendaItem{Title: l.PresetItem(i.Code), Minutes: i.Minutes})
	}
	return out
}

func (p *form) theme(k data.MeetingKind, class data.ClassName) string {
	if p.Env.Lang == i18n.Chinese {
		return p.Env.Lang.Class(class) + p.Env.Lang.MeetingKind(k)
	}
	return p.Env.Lang.Class(class) + " " + p.Env.Lang.MeetingKind(k)
}

func (p *form) room(k data.MeetingKind, class data.ClassName) string {
	if k == data.OnlineMeeting {
		return p.Env.Say(onlineAt)
	}
	return p.Env.Say(roomOf, p.Env.Lang.Class(class))
}

// become changes what the form filled in for one kind to what belongs to another;
// what was written by hand stays.
func (p *form) become(was, is data.MeetingKind) {
	class := p.about.Value.class
	change := func(field, from, to string) {
		if f := p.line(field); f.Value() == from {
			f.SetValue(to)
		}
	}
	change(inTitle, p.theme(was, class), p.theme(is, class))
	change(inEnds, strconv.Itoa(data.PresetOf(was).Minutes), strconv.Itoa(data.PresetOf(is).Minutes))
	if was == data.OnlineMeeting || is == data.OnlineMeeting {
		usual := p.room(data.ClassMeeting, class)
		if last := p.about.Value.last; last.Kind != data.OnlineMeeting && last.Place != "" {
			usual = last.Place
		}
		from, to := usual, p.room(is, class)
		if was == data.OnlineMeeting {
			from, to = p.room(was, class), usual
		}
		change(inPlace, from, to)
	}
}

func (p *form) line(field string) *kit.Field { return p.Line(kit.Place{Field: field}) }

// typed is the meeting as it stands in the fields; what cannot be read is zero.
func (p *form) typed() calling {
	c := p.Base
	if kind, ok := p.In(kit.Place{Field: inKind}).(*kit.Radio); ok {
		c.Kind = data.MeetingKinds[kind.At]
	}
	c.Day, _ = p.parseDay(p.line(inStarts).Value())
	c.Minutes, _ = minutes(p.line(inEnds).Value())
	var err error
	if c.At, err = data.ParseClock(p.line(inAt).Value()); err != nil {
		c.Day = data.Date{}
	}
	c.Place = p.line(inPlace).Value()
	people := p.people()
	pick := func(field string) int64 {
		if at := p.List(kit.Place{Field: field}).At; at < len(people) {
			return people[at]
		}
		return 0
	}
	c.Chair, c.Secretary = pick(inChair), pick(inSecretary)
	return c
}

// parseDay reads the day; a meeting has one.
func (p *form) parseDay(s string) (data.Date, error) {
	d, err := p.about.Value.calendar.ParseDue(s, p.Env.Now.Today())
	if err == nil && d.IsZero() {
		err = &data.Invalid{Field: inStarts, Why: data.WhyEmpty}
	}
	return d, err
}

func clock(_ i18n.Lang, minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func minutes(s string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n <= 0 || time.Duration(n)*time.Minute > data.LongestMeeting {
		return 0, &data.Invalid{Field: inEnds, Why: data.WhyMinutes}
	}
	return n, nil
}

// people is who may be chosen: who sees the class's meetings, and who was chosen
// while they still did.
func (p *form) people() (ids []int64) {
	a := p.about.Value
	for _, x := range a.people {
		ids = append(ids, x.ID)
	}
	for _, id := range []int64{a.meeting.Chair, a.meeting.Secretary} {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// person is somebody by name, with the role by which they are there.
func (p *form) person(l i18n.Lang, id int64) string {
	a := p.about.Value
	for _, x := range a.people {
		if x.ID == id {
			as := x.Subject
			if as == "" || x.Role == data.ClassTeacher {
				as = l.Role(x.Role)
			}
			return l.Say(whoIs, l.Name(x.Name, ""), as)
		}
	}
	switch id {
	case a.meeting.Chair:
		return l.Name(a.meeting.ChairName, "")
	case a.meeting.Secretary:
		return l.Name(a.meeting.SecretaryName, "")
	}
	return ""
}

// dayNote is what the day means, and until when the families must know.
func (p *form) dayNote() string {
	d, err := p.parseDay(p.line(inStarts).Value())
	if err != nil || !p.Known {
		return ""
	}
	env, today := p.Env, p.Env.Now.Today()
	by, _ := p.about.Value.calendar.NoticeBy(d)
	return env.Say(dayIs, env.Lang.Day(d, today), env.Say(noticeBy, env.Lang.Day(by, today)))
}

// dayWarn is what speaks against the day and does not forbid it.
func (p *form) dayWarn() string {
	d, err := p.parseDay(p.line(inStarts).Value())
	if err != nil || !p.Known {
		return ""
	}
	env, today, a := p.Env, p.Env.Now.Today(), p.about.Value
	by, _ := a.calendar.NoticeBy(d)
	moved := p.id != 0 && !p.typed().meeting().Starts.Equal(a.meeting.Starts)
	var why i18n.Phrase
	switch {
	case d.Before(today):
		why = isPast
	case !a.calendar.SchoolDay(d):
		why = isDayOff
	case moved && !a.meeting.Told.IsZero():
		why = tellAnew
	case by.Before(today) && a.meeting.Told.IsZero():
		why = lateFor.With(a.calendar.NoticeDays())
	default:
		return ""
	}
	return env.Say(ofDay.With(env.Lang.Day(d, today), why))
}

// endNote is when it ends, and the agenda that a new one brings.
func (p *form) endNote() string {
	now := p.typed()
	if !p.Known || now.Day.IsZero() || now.Minutes == 0 {
		return ""
	}
	note := p.Env.Say(endsAt, p.Env.Lang.Clock(now.meeting().Ends))
	if p.id == 0 {
		preset := data.PresetOf(now.Kind)
		sum := 0
		for _, i := range preset.Agenda {
			sum += i.Minutes
		}
		note += "  " + p.Env.Say(bringsOn, len(preset.Agenda), sum)
	}
	return note
}

var inTheWay = i18n.T("%s: %s %s", "%s: %s %s")

// clash is the first meeting that stands in the way of a field.
func (p *form) clash(of func(data.Clash) bool) string {
	i := slices.IndexFunc(p.clashes.Value, of)
	if i < 0 {
		return ""
	}
	c := p.clashes.Value[i]
	name := c.Title
	if name == "" {
		name = p.Env.Say(anotherOne)
	}
	return kit.Cut(p.Env.Say(inTheWay, strings.Join(wants(p.Env, only(c, of)), ""), p.Env.Lang.Clock(c.Starts), name), 42)
}

// only is a clash with what one field is about.
func only(c data.Clash, of func(data.Clash) bool) (out data.Clash) {
	for _, one := range []data.Clash{{Place: c.Place}, {Chair: c.Chair}, {Secretary: c.Secretary}, {Home: c.Home}} {
		if of(one) {
			return one
		}
	}
	return out
}

func (p *form) secretaryWarn() string {
	if now := p.typed(); p.Known && now.Chair != 0 && now.Chair == now.Secretary {
		return p.Env.Say(twoPeople)
	}
	return p.clash(func(c data.Clash) bool { return c.Secretary })
}
