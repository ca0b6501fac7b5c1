package contact

import (
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	noSchool  = i18n.T("(no school)", "(不上课)")
	noDay     = i18n.T("no day: it stays open until it is ticked off", "没写日期: 一直开着, 直到勾掉")
	again0    = i18n.T("fri, tomorrow 16:30, +3d", "如 明天 16:30, 周五, +3d")
	pastDay   = i18n.T("is over already", "已经过去了")
	whenAgain = i18n.T("when to call again: tomorrow 16:30, fri", "写什么时候再打: 如 明天 16:30, 周五")
	someText  = i18n.T("two characters at least, or ctrl+o for another result", "写两个字以上, 或 ctrl+o 换结果")
	needText  = i18n.T("say what was promised", "写答应了什么")
)

// dueMeans says what a typed day means: 明天 = 11-26 周四 (上课日).
func (p *page) dueMeans(typed string) string {
	if said := kit.DayMeans(p.env, p.calendar, typed); said != "" {
		return said
	}
	return p.env.Look.Muted(p.env.Say(noDay))
}

// againMeans says what a typed moment to call again means.
func (p *page) againMeans() (string, error) {
	t, err := p.parseAgain(p.callAgain.Value())
	if err != nil || t.IsZero() {
		return p.env.Look.Muted(p.env.Say(again0)), err
	}
	day, today := data.DayOf(t), p.env.Now.Today()
	said := "= " + p.env.Lang.Day(day, today)
	if !t.Equal(day.Start()) {
		said += " " + p.env.Lang.Clock(t)
	}
	if !p.calendar.SchoolDay(day) {
		said += " " + p.env.Look.Warn(p.env.Say(noSchool))
	}
	return said, nil
}

// parseAgain reads a moment to come: a day, a time of today or, if that is
// over, of tomorrow, or both. A day without a time is its first moment.
func (p *page) parseAgain(s string) (time.Time, error) {
	now := p.env.Now()
	today := data.DayOf(now)
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	if d, err := p.calendar.ParseDue(s, today); err == nil {
		return d.Start(), nil
	}
	if t, err := data.ParseAt(s, now); err == nil && data.DayOf(t) == today && !strings.Contains(s, " ") {
		if t.Before(now) {
			t = t.AddDate(0, 0, 1)
		}
		return t, nil
	}
	at := strings.LastIndex(s, " ")
	if at < 0 {
		return time.Time{}, &data.Invalid{Field: "due", Why: data.WhyNotADate}
	}
	d, err := p.calendar.ParseDue(s[:at], today)
	if err != nil {
		return time.Time{}, err
	}
	t, err := data.ParseAt(s[at+1:], now)
	if err != nil {
		return time.Time{}, err
	}
	return d.Start().Add(t.Sub(data.DayOf(t).Start())), nil
}

// length is the minutes the record gets: those written down, else the clock's,
// and none for a call that reached nobody.
func (p *page) length() int {
	if s := strings.TrimSpace(p.minutes.Value()); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			return -1
		}
		return n
	}
	if !p.timed() || p.result() == data.NoAnswer || p.result() == data.WrongNumber {
		return 0
	}
	return p.clock.minutes(p.env.Now())
}

func number0(n int) string { return strconv.Itoa(n) }

// contact is the form as a record, and what is wrong with it, by place.
func (p *page) contact() (data.Contact, map[kit.Place]i18n.Phrase) {
	wrong := map[kit.Place]i18n.Phrase{}
	bad := func(at kit.Place, why i18n.Phrase) {
		if _, ok := wrong[at]; !ok {
			wrong[at] = why
		}
	}
	why := func(w data.Why) i18n.Phrase { return i18n.Typed(p.env.Lang.Why(w)) }
	c := p.Base
	if p.o.Contact == 0 {
		c = data.Contact{Students: []int64{p.student()}}
	}
	c.Summary, c.Quoted, c.QuotedOn = p.text.Value(), p.quoted.Value(), p.quotedOn
	if c.Quoted == "" {
		c.QuotedOn = data.Date{}
	}
	c.Outcome, c.Channel, c.Level = p.result(), p.via(), data.Levels[p.level.At]
	c.Direction = data.Outgoing
	if p.incoming.On[0] {
		c.Direction = data.Incoming
	}
	if note := p.private.Value(); note != strings.ReplaceAll(p.Base.Private, "\n", " ") { // the line breaks of one that was not touched stay
		c.Private = note
	}
	p.setPeople(&c)
	c.Topics = p.chosenTopics()
	var err error
	if c.At, err = p.when(p.env.Now()); err != nil {
		bad(kit.Place{Field: slotAt}, why(data.WhyNotADate))
	}
	if c.Minutes = p.length(); c.Minutes < 0 || c.Minutes > 24*60 {
		bad(kit.Place{Field: slotMinutes}, why(data.WhyUnknown))
	}
	c.CallBack = time.Time{}
	if p.callsBack() {
		switch c.CallBack, err = p.parseAgain(p.callAgain.Value()); {
		case err != nil || c.CallBack.IsZero():
			bad(kit.Place{Field: slotAgain}, whenAgain)
		}
	}
	c.Promises = p.promised(bad)
	c = c.Tidy()
	for _, f := range data.Faults(c.Check(p.env.Now())) {
		said := why(f.Why)
		if f.Field == slotText && f.Why != data.WhyTooLong {
			said = someText
		}
		if at := (kit.Place{Field: f.Field}); p.In(at) != nil { // else the form cannot get it wrong
			bad(at, said)
		}
	}
	return c, wrong
}

// setPeople writes down whom the contact was with. Of a correction the others
// who were there stay.
func (p *page) setPeople(c *data.Contact) {
	g := p.guardian()
	switch {
	case g == nil:
		c.Guardians = nil
	case len(c.Guardians) == 0 || c.Guardians[0] != g.Person:
		c.Guardians = []int64{g.Person}
	}
	if g != nil {
		c.With, c.Relation = g.Name, g.Relation
	}
}

// promised is the promises that were filled in, and the call to make again.
func (p *page) promised(bad func(kit.Place, i18n.Phrase)) (out []data.Promise) {
	today := p.env.Now.Today()
	for i, q := range p.promises {
		text := strings.TrimSpace(q.text.Value())
		if text == "" {
			if q.was.ID != 0 {
				bad(kit.Place{Field: slotPromise, Of: i}, needText)
			}
			continue
		}
		one := q.was
		one.Text = text
		o := p.owners[q.who.At]
		one.Owner, one.OwnerPerson, one.OwnerName = o.account, o.person, o.name
		due, err := p.calendar.ParseDue(q.by.Value(), today)
		switch {
		case err != nil:
			bad(kit.Place{Field: slotBy, Of: i}, i18n.Typed(p.env.Lang.Why(data.WhyNotADate)))
		case due.Before(today) && !due.IsZero() && due != q.was.Due:
			bad(kit.Place{Field: slotBy, Of: i}, pastDay)
		}
		one.Due = due
		out = append(out, one)
	}
	if at, err := p.parseAgain(p.callAgain.Value()); p.callsBack() && p.Base.Outcome != data.CallBack && err == nil && !at.IsZero() {
		out = append(out, data.Promise{Kind: data.CallBackAgain, Text: p.env.Say(callThem, p.withWord()), Owner: p.env.Me.ID, Due: data.DayOf(at)})
	}
	return out
}

var callThem = i18n.T("call %s again", "给 %s 再打电话")

// withWord names whom the contact is with.
func (p *page) withWord() string { return p.with.Word(p.env.Lang, p.with.At) }

// checkOne says at once what is wrong in a field that is being left.
func (p *page) checkOne(at kit.Place) {
	switch at.Field {
	case slotAt, slotMinutes, slotBy, slotAgain:
	default:
		return
	}
	_, wrong := p.contact()
	if why, ok := wrong[at]; ok {
		p.Wrong(at, why)
	} else {
		p.Right(at)
	}
}

// read is the form as a record; what is wrong is said beside the fields.
func (p *page) read() data.Contact {
	c, wrong := p.contact()
	p.Faults = wrong
	return c
}
