package contact

import (
	"qiao/tui/kit"
)

// The fields, named as data's rules name them where these know them. A promise
// has three, one after the other.
const (
	slotText     = "text"
	slotQuoted   = "quoted"
	slotOutcome  = "outcome"
	slotAgain    = "again"
	slotTopics   = "topic"
	slotPromise  = "promise"
	slotWho      = "who"
	slotBy       = "by"
	slotWith     = "with"
	slotChannel  = "channel"
	slotIncoming = "incoming"
	slotAt       = "at"
	slotMinutes  = "minutes"
	slotLevel    = "level"
	slotPrivate  = "private"
	slotTicks    = "ticks"
)

// stops are the fields that are there now, in tab order.
func (p *page) stops() (out []kit.Stop) {
	f := &p.form
	add := func(field string, of int, in kit.Input) {
		out = append(out, kit.Stop{Place: kit.Place{Field: field, Of: of}, In: in})
	}
	add(slotText, 0, &f.text)
	if f.quoted.Len() > 0 || f.quoted.Focused() {
		add(slotQuoted, 0, &f.quoted)
	}
	add(slotOutcome, 0, &f.outcome)
	if p.callsBack() {
		add(slotAgain, 0, &f.callAgain)
	}
	add(slotTopics, 0, &f.topics)
	for i, q := range f.promises {
		add(slotPromise, i, &q.text)
		add(slotWho, i, &q.who)
		add(slotBy, i, &q.by)
	}
	add(slotWith, 0, &f.with.Select)
	add(slotChannel, 0, &f.channel)
	add(slotIncoming, 0, &f.incoming)
	add(slotAt, 0, &f.at)
	add(slotMinutes, 0, &f.minutes)
	add(slotLevel, 0, &f.level)
	add(slotPrivate, 0, &f.private)
	if p.w >= besideFrom && len(f.ticks.of) > 0 {
		add(slotTicks, 0, &f.ticks)
	}
	return out
}

// moved says what is wrong in the field that was left. What stands in a day or
// time field gives way to what is typed.
func (p *page) moved(from, to kit.Place) {
	p.checkOne(from)
	p.fresh = to.Field == slotBy || to.Field == slotAt || to.Field == slotMinutes || to.Field == slotAgain
	p.fit()
}

// somewhere puts the cursor back into the form after its field went away: a
// narrower window has no promises beside the form.
func (p *page) somewhere() {
	if p.Ring().At() < 0 {
		p.ticks.Blur()
		p.Visit(kit.Place{Field: slotText})
	}
}
