package demo

import (
	"time"

	"qiao/data"
)

// promise adds what the line promises, with what has become of it by today.
func (m *maker) promise(c *data.Contact, l line, s setting, subject string) {
	p := data.Promise{Kind: data.AnyPromise, Text: m.say(l.promise, s, subject), Level: c.Level, Due: m.due(s.day, l.days)}
	if l.mine {
		p.Kind, p.Owner = data.FollowUp, c.Staff
	} else {
		p.OwnerPerson = s.who.adult.place
	}
	m.fate(&p, c)
	c.Promises = append(c.Promises, p)
}

// due is a day so far from another, moved on from a day without lessons.
func (m *maker) due(d data.Date, days int) data.Date {
	d = d.AddDays(max(1, days))
	if m.chance(0.3) {
		d = d.AddDays(m.r.IntN(3))
	}
	for range 7 {
		if work, _ := m.s.Calendar.Workday(d); work {
			break
		}
		d = d.AddDays(1)
	}
	return d
}

// fate settles how a promise stands today. What was due is mostly kept, in
// careful classes more so; some of the newest are late, and few old ones are.
func (m *maker) fate(p *data.Promise, c *data.Contact) {
	p.State = data.PromiseOpen
	late := p.Due.DaysTo(m.today)
	care := m.care[m.s.Students[c.Students[0]-1].Class-1]
	x := m.r.Float64()
	close := func(s data.PromiseState, after int, results []string) {
		day := p.Due.AddDays(-m.r.IntN(2) + after)
		if first := data.DayOf(c.At); day.Before(first) {
			day = first
		}
		at := clock(day, 15, 30+m.r.IntN(280))
		if at.Before(c.Written) {
			at = c.Written.Add(time.Hour)
		}
		if at.Before(m.today.Start()) {
			p.State, p.ClosedAt, p.Result = s, at, pick(m, results)
		}
	}
	switch open := 0.10 + 0.25*(1-care); {
	case late <= 0:
		if x < 0.12 {
			p.Due = p.Due.AddDays(-min(2, -late))
			close(data.PromiseKept, 0, kept)
			p.Due = p.Due.AddDays(min(2, -late))
		}
	case late <= 20 && x < open, x < open/12:
	case x < 0.82:
		close(data.PromiseKept, 0, kept)
	case x < 0.93:
		close(data.PromiseBroken, 2, broken)
	default:
		close(data.PromiseDropped, 1, dropped)
	}
}

// attempt is a call that reached nobody, some hours before the one that did.
func (m *maker) attempt(s setting, reached data.Contact) {
	c := reached
	if c.At = reached.At.Add(-time.Duration(20+m.r.IntN(200)) * time.Minute); c.At.In(data.China).Hour() < 7 {
		c.At = reached.At.Add(-15 * time.Minute)
	}
	m.missed(&c, s)
	if c.Outcome == data.CallBack {
		c.CallBack = reached.At
		c.Promises = []data.Promise{{Kind: data.CallBackAgain, Text: "再打给" + called[s.who.relation], Owner: c.Staff, Due: data.DayOf(reached.At),
			State: data.PromiseKept, ClosedAt: reached.Written, Level: data.Normal}}
	}
	m.s.Contacts = append(m.s.Contacts, c)
}

// failed is an attempt that nothing followed, and the promise to try again.
func (m *maker) failed(k *kid, d data.Date) {
	t := m.who(k, false)
	if t == nil {
		return
	}
	s := setting{kid: k, who: t, channel: data.PhoneCall, day: d, grade: m.grade(k.class)}
	if m.chance(0.12) && !t.away() && t.lives {
		s.channel = data.HomeVisit
	}
	c := m.contact(s, m.teachers[k.class])
	m.missed(&c, s)
	if c.Outcome == data.CallBack {
		day := m.due(d, 1)
		c.CallBack = clock(day, 19, 0)
		p := data.Promise{Kind: data.CallBackAgain, Text: "再打给" + called[t.relation], Owner: c.Staff, Due: day, Level: data.Normal}
		m.fate(&p, &c)
		c.Promises = []data.Promise{p}
	}
	m.s.Contacts = append(m.s.Contacts, c)
}

// missed makes a contact one that reached nobody.
func (m *maker) missed(c *data.Contact, s setting) {
	switch x := m.r.Float64(); {
	case s.channel == data.HomeVisit:
		c.Outcome = data.NotHome
	case len(s.who.adult.Phones) > 1 && !s.who.adult.Phones[0].Bad.IsZero():
		c.Outcome = data.WrongNumber
	case x < 0.68:
		c.Outcome = data.NoAnswer
	case x < 0.84:
		c.Outcome = data.CallBack
	case x < 0.96:
		c.Outcome = data.LeftMessage
	default:
		c.Outcome = data.Refused
	}
	c.Minutes, c.Topics, c.Level, c.Private, c.Promises, c.Direction = 0, nil, data.Normal, "", nil, data.Outgoing
	c.Quoted, c.QuotedOn = "", data.Date{}
	c.Summary = pick(m, failed[c.Outcome])
	c.Written = c.At.Add(time.Duration(1+m.r.IntN(4)) * time.Minute)
}
