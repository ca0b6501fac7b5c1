package contact

import (
	"qiao/tui/kit"
)

// A slot is what a field of the form is for.
type slot int

// The fields in tab order. A promise has three, one after the other.
const (
	slotText slot = iota
	slotQuoted
	slotOutcome
	slotAgain
	slotTopics
	slotPromise
	slotWho
	slotBy
	slotWith
	slotChannel
	slotIncoming
	slotAt
	slotMinutes
	slotLevel
	slotPrivate
	slotTicks
)

// A place is one field: which, and of a promise which of them.
type place struct {
	slot slot
	n    int
}

// A stop is a field that tab comes to.
type stop struct {
	place
	in kit.Input
}

// stops are the fields that are there now, in tab order.
func (p *page) stops() []stop {
	f := &p.form
	out := []stop{{place{slotText, 0}, &f.text}}
	if f.quoted.Len() > 0 || f.quoted.Focused() {
		out = append(out, stop{place{slotQuoted, 0}, &f.quoted})
	}
	out = append(out, stop{place{slotOutcome, 0}, &f.outcome})
	if p.callsBack() {
		out = append(out, stop{place{slotAgain, 0}, &f.callAgain})
	}
	out = append(out, stop{place{slotTopics, 0}, &f.topics})
	for i, q := range f.promises {
		out = append(out, stop{place{slotPromise, i}, &q.text}, stop{place{slotWho, i}, &q.who}, stop{place{slotBy, i}, &q.by})
	}
	out = append(out, stop{place{slotWith, 0}, &f.with}, stop{place{slotChannel, 0}, &f.channel}, stop{place{slotIncoming, 0}, &f.incoming},
		stop{place{slotAt, 0}, &f.at}, stop{place{slotMinutes, 0}, &f.minutes}, stop{place{slotLevel, 0}, &f.level}, stop{place{slotPrivate, 0}, &f.private})
	if p.w >= besideFrom && len(f.ticks.of) > 0 {
		out = append(out, stop{place{slotTicks, 0}, &f.ticks})
	}
	return out
}

func (p *page) ring() (r kit.Ring) {
	for _, s := range p.stops() {
		r = append(r, s.in)
	}
	return r
}

// here is the field with the cursor.
func (p *page) here() place {
	for _, s := range p.stops() {
		if s.in.Focused() {
			return s.place
		}
	}
	return place{}
}

// field is the line of text that a place is, nil if it is none.
func (p *page) field(at place) *kit.Field {
	f := &p.form
	switch at.slot {
	case slotAgain:
		return &f.callAgain
	case slotPromise:
		return &f.promises[at.n].text
	case slotBy:
		return &f.promises[at.n].by
	case slotAt:
		return &f.at
	case slotMinutes:
		return &f.minutes
	case slotPrivate:
		return &f.private
	}
	return nil
}

// list is the list that a place is, nil if it is none.
func (p *page) list(at place) *kit.Select {
	f := &p.form
	switch at.slot {
	case slotWho:
		return &f.promises[at.n].who
	case slotWith:
		return &f.with.Select
	case slotChannel:
		return &f.channel
	}
	return nil
}

// visit moves the cursor to a field. What was wrong in the one it leaves is
// said now; what stands in a day or time field gives way to what is typed.
func (p *page) visit(to place) {
	p.checkOne(p.here())
	for _, s := range p.stops() {
		if s.place != to {
			s.in.Blur()
		}
	}
	for _, s := range p.stops() {
		if s.place == to {
			s.in.Focus()
		}
	}
	p.fresh = to.slot == slotBy || to.slot == slotAt || to.slot == slotMinutes || to.slot == slotAgain
	p.fit()
}

// somewhere puts the cursor back into the form after its field went away: a
// narrower window has no promises beside the form.
func (p *page) somewhere() {
	if p.ring().At() < 0 {
		p.ticks.Blur()
		p.visit(place{slotText, 0})
	}
}

// step goes on by as many fields.
func (p *page) step(by int) {
	all := p.stops()
	at := 0
	for i, s := range all {
		if s.in.Focused() {
			at = i
		}
	}
	p.visit(all[((at+by)%len(all)+len(all))%len(all)].place)
}
