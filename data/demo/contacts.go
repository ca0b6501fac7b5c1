package demo

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"qiao/data"
)

// contacts writes down what the two terms brought, in the order in which it
// happened.
func (m *maker) contacts() {
	brief := len(m.s.Classes) > Brief
	for _, roll := range m.rolls {
		for _, k := range roll {
			switch {
			case brief && k.quiet.IsZero() && !k.told:
				m.occasion(k, m.day(k, m.term.First, m.today.AddDays(-1)), "")
			case !brief:
				m.history(k, m.last)
				if !k.told {
					m.history(k, m.term)
				}
			}
		}
	}
	m.stories()
	m.oneAtATime()
}

// history is a family's contacts of one term, month by month.
func (m *maker) history(k *kid, t data.Term) {
	from, until := t.First, t.Last
	if from.Before(k.Entered) {
		from = k.Entered
	}
	if end := m.today.AddDays(-1); end.Before(until) {
		until = end
	}
	if !k.quiet.IsZero() && !until.Before(k.quiet) {
		until = k.quiet.AddDays(-1)
	}
	p := m.care[k.class]
	if k.home.away() == 2 {
		p += (1 - p) / 3
	}
	for ; !until.Before(from); from = data.On(from.Year(), from.Month()+1, 1) {
		end := data.On(from.Year(), from.Month()+1, 0)
		if until.Before(end) {
			end = until
		}
		share := float64(from.DaysTo(end)+1) / 30
		if !m.chance(p * min(1, share*1.15)) {
			if m.chance(0.2 * share) {
				m.failed(k, m.day(k, from, end))
			}
			continue
		}
		for n := 1 + m.few(p); n > 0; n-- {
			m.occasion(k, m.day(k, from, end), "")
		}
		if m.chance(0.2 * p * share) {
			m.occasion(k, m.day(k, from, end), data.HomeVisit)
		}
	}
	if slices.ContainsFunc(k.Tags, func(t data.TagNote) bool { return t.Tag == data.PsychConcern }) && k.Entered.Before(t.First) {
		m.counsel(k, m.day(k, t.First.AddDays(20), t.First.AddDays(70)))
	}
}

// few is how many contacts follow the first of a month.
func (m *maker) few(p float64) (n int) {
	for n < 4 && m.chance(0.36*p) {
		n++
	}
	return n
}

// day draws a day between two: on the evenings the class teacher likes to phone,
// seldom at weekends, hardly ever on holidays.
func (m *maker) day(k *kid, from, until data.Date) data.Date {
	d := from
	for range 12 {
		d = from.AddDays(m.r.IntN(max(1, from.DaysTo(until)+1)))
		weight := []float64{.22, .4, .4, .4, .4, .28, .1}[d.Weekday()]
		if work, _ := m.s.Calendar.Workday(d); !work && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			weight = 0.05
		}
		for _, liked := range m.days[k.class] {
			if int(d.Weekday()) == liked {
				weight *= 2.4
			}
		}
		if m.chance(weight) {
			break
		}
	}
	return d
}

// channel draws how somebody is met who is, or is not, far away.
func (m *maker) channel(t *tie) data.Channel {
	x := m.r.Float64()
	switch {
	case t.away() && x < 0.35:
		return data.VideoCall
	case t.away() && x < 0.42:
		return data.Letter
	case x < 0.52:
		return data.PhoneCall
	case x < 0.80 && t.elder():
		return data.PhoneCall
	case x < 0.80:
		return data.ChatMessage
	case t.away():
		return data.PhoneCall
	case x < 0.90:
		return data.Talk
	case x < 0.96:
		return data.ContactBook
	}
	return data.Letter
}

// who draws the one that is spoken to: mostly the first in calling order.
func (m *maker) who(k *kid, home bool) *tie {
	ties := k.callable()
	if home {
		ties = slices.DeleteFunc(ties, func(t *tie) bool { return t.away() || !t.lives })
	}
	if len(ties) == 0 {
		return nil
	}
	i := 0
	for i+1 < len(ties) && m.chance(0.3) {
		i++
	}
	return ties[i]
}

// occasion is one exchange with a family on a day. Channel "" is drawn.
func (m *maker) occasion(k *kid, d data.Date, ch data.Channel) {
	t := m.who(k, ch == data.HomeVisit)
	if t == nil {
		return
	}
	if ch == "" {
		ch = m.channel(t)
	}
	work, _ := m.s.Calendar.Workday(d)
	if !work && (ch == data.Talk || ch == data.ContactBook) { // nobody is at school
		ch = data.PhoneCall
	}
	s := setting{kid: k, who: t, channel: ch, day: d, week: m.s.Calendar.Term(d).Week(d), grade: m.gradeOn(k.class, d)}
	staff, subject := m.staffFor(k, &s)
	l, ok := m.line(s)
	if !ok && ch != data.PhoneCall { // nothing new to say that way
		s.channel, ch = data.PhoneCall, data.PhoneCall
		l, ok = m.line(s)
	}
	if !ok {
		return
	}
	c := m.contact(s, staff)
	c.Topics, c.Level = l.topics, l.level
	if l.IN || l.in && m.chance(0.5) {
		c.Direction = data.Incoming
	}
	if l.IN && l.level == data.Normal && !l.quote && work && m.chance(0.3) {
		c.Staff = m.desk
	}
	text := m.say(l.text, s, subject)
	if l.quote {
		c.Quoted, c.QuotedOn, c.Summary = text, d, pick(m, []string{"已回复家长", "收到, 回了消息", "回了, 已记下", "已回, 并告诉任课老师"})
	} else {
		c.Summary = m.closed(text, s, subject)
	}
	if c.Level == data.Normal && !l.quote && m.chance(0.02) {
		c.Private = m.say(pick(m, asides), s, subject)
	}
	if l.promise != "" && m.chance(0.72) {
		m.promise(&c, l, s, subject)
	}
	if ch == data.PhoneCall && c.Direction == data.Outgoing && m.chance(0.13) {
		m.attempt(s, c)
	}
	m.siblings(&c, k, l)
	m.s.Contacts = append(m.s.Contacts, c)
}

// gradeOn is the class's grade on a day: in the term before the summer it was
// one lower.
func (m *maker) gradeOn(class int, d data.Date) int {
	return m.s.Classes[class].Name(m.s.Calendar.Term(d).Year).Grade
}

// staffFor draws who has the contact, and the subject they may speak of.
func (m *maker) staffFor(k *kid, s *setting) (staff int64, subject string) {
	own := m.lessons[k.class]
	staff, subject = own[0].staff, pick(m, []string{"语文", "数学", own[0].subject})
	if s.grade >= 3 && m.chance(0.3) {
		subject = "英语"
	}
	x := m.r.Float64()
	if carer := m.carers[k]; carer != 0 && x < 0.3 {
		return carer, subject
	}
	switch {
	case x < 0.84 || s.channel == data.HomeVisit || len(own) < 2:
	case x < 0.975:
		l := own[1+m.r.IntN(min(len(own)-1, 4))]
		s.subject = l.subject
		return l.staff, l.subject
	case x < 0.99:
		return m.office, subject
	default:
		return m.principal, subject
	}
	return staff, subject
}

// line draws what was said: something that suits, and that this family did not
// hear yet.
func (m *maker) line(s setting) (line, bool) {
	of := byChannel[s.channel]
	for range 80 {
		i := pick(m, of)
		if l := &lines[i]; !l.fits(s) || l.IN && m.chance(0.4) || l.plain && m.chance(0.65) {
			continue
		}
		if !slices.Contains(s.kid.home.used, i) {
			s.kid.home.used = append(s.kid.home.used, i)
			return lines[i], true
		}
	}
	return line{}, false
}

// contact is the frame of one: when, how long, between whom.
func (m *maker) contact(s setting, staff int64) data.Contact {
	hour, minute, length := m.hour(s)
	c := data.Contact{Household: s.kid.home.place, Students: []int64{s.kid.place}, Guardians: []int64{s.who.adult.place}, At: clock(s.day, hour, minute),
		Minutes: length, Channel: s.channel, Direction: data.Outgoing, Outcome: data.Reached, Level: data.Normal, Staff: staff}
	c.Written = c.At.Add(time.Duration(length+1+m.r.IntN(12)) * time.Minute)
	if late := clock(s.day.AddDays(1), 8, 10+m.r.IntN(40)); m.chance(0.07) && late.Before(m.today.Start()) {
		c.Written = late
	}
	return c
}

// hour draws the time of day and the length: talks by phone in the evening and
// at noon, visits after school or on a Saturday.
func (m *maker) hour(s setting) (hour, minute, length int) {
	between := func(fromHour, fromMinute, minutes int) {
		at := fromHour*60 + fromMinute + m.r.IntN(minutes)
		hour, minute = at/60, at%60
	}
	work, _ := m.s.Calendar.Workday(s.day)
	switch s.channel {
	case data.HomeVisit:
		if length = 20 + m.r.IntN(40); work {
			between(16, 40, 110)
		} else {
			between(9, 0, 420)
		}
	case data.Talk:
		length = 8 + m.r.IntN(25)
		between(16, 5, 90)
	case data.ChatMessage:
		between(7, 10, 830)
	case data.Letter, data.ContactBook:
		between(8, 20, 480)
	default:
		length = 2 + m.r.IntN(6) + m.r.IntN(8)
		switch x := m.r.Float64(); {
		case !work && x < 0.5:
			between(9, 30, 130)
		case x < 0.62:
			between(18, 20, 135)
		case x < 0.84:
			between(12, 5, 60)
		default:
			between(16, 20, 80)
		}
	}
	return hour, minute, length
}

// closed adds to some notes one of the small sentences that end a talk.
func (m *maker) closed(text string, s setting, subject string) string {
	if s.channel.Kind() != data.KindMessage && s.channel != data.Letter && m.chance(0.2) {
		if end, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune("。?", end) {
			text += "。"
		}
		return text + m.say(pick(m, closers), s, subject)
	}
	return text
}

// siblings makes some contacts about all children of the house: what concerns
// the family, and most visits.
func (m *maker) siblings(c *data.Contact, k *kid, l line) {
	shared := c.Channel == data.HomeVisit && m.chance(0.8) || (l.topics[0] == "family" || l.topics[0] == "safety") && m.chance(0.3)
	for _, other := range k.home.kids {
		if shared && other != k && !other.told && other.quiet.IsZero() && !data.DayOf(c.At).Before(other.Entered) {
			c.Students = append(c.Students, other.place)
		}
	}
}

// counsel is the counsellor's talk with a child, which few may read.
func (m *maker) counsel(k *kid, d data.Date) {
	if m.counsellor == 0 || !d.Before(m.today) || !slices.ContainsFunc(m.lessons[k.class], func(l lesson) bool { return l.staff == m.counsellor }) {
		return
	}
	t := &tie{adult: &adult{}}
	s := setting{kid: k, who: t, channel: data.Talk, day: d, grade: m.grade(k.class)}
	c := m.contact(s, m.counsellor)
	c.Guardians, c.Topics, c.Minutes = nil, []string{"mood"}, 30+m.r.IntN(15)
	nth := m.grade(k.class) + k.seat // not the same words in both terms
	if d.Before(m.term.First) {
		nth++
	}
	c.Level, c.Summary = data.Restricted, quiet[nth%len(quiet)]
	if m.chance(0.45) {
		c.Level, c.Summary = data.Secret, secret[nth%len(secret)]
	}
	m.s.Contacts = append(m.s.Contacts, c)
}

// oneAtATime sorts the contacts by time, and lets a member of staff who would
// be on two telephones at once make the second call after the first.
func (m *maker) oneAtATime() {
	byTime := func(a, b data.Contact) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Students[0], b.Students[0]))
	}
	slices.SortStableFunc(m.s.Contacts, byTime)
	free := make([]time.Time, len(m.s.Staff)+1)
	for i := range m.s.Contacts {
		c := &m.s.Contacts[i]
		if c.Minutes == 0 {
			continue
		}
		if wait := free[c.Staff].Sub(c.At); wait > 0 && c.Written.Add(wait).Before(m.today.Start()) && wait < 2*time.Hour {
			c.At, c.Written = c.At.Add(wait), c.Written.Add(wait)
		}
		free[c.Staff] = c.At.Add(time.Duration(c.Minutes+1+m.r.IntN(3)) * time.Minute)
	}
	slices.SortStableFunc(m.s.Contacts, byTime)
}
