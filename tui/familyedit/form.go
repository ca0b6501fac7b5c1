package familyedit

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// A slot is what a field of the form is for.
type slot int

// Of the household: address and village. Of a guardian: each number, when to
// call, where they work, and whether they live with the child.
const (
	slotHome slot = iota
	slotPhone
	slotTime
	slotWork
	slotLives
)

// A place is one field: whose, and of several numbers which.
type place struct {
	slot slot
	who  int
	n    int
}

type stop struct {
	place
	in kit.Input
}

// Addresses and the like are as long as data allows.
const (
	mostAddress = 120
	mostShort   = 60
	mostPhones  = 5
)

type form struct {
	home      [2]kit.Field // address, village
	guardians []*guardian
}

type guardian struct {
	was        data.Guardian
	phones     []*kit.Field
	time, work kit.Field
	lives      kit.Checks
}

var noLabel i18n.Phrase

func newForm() form {
	f := form{home: [2]kit.Field{kit.NewField(noLabel, ""), kit.NewField(noLabel, "")}}
	f.home[0].Most(mostAddress)
	f.home[1].Most(mostShort)
	return f
}

// fill puts a family into the form.
func (f *form) fill(_ *kit.Env, e data.FamilyEdit) {
	f.home[0].SetValue(e.Household.Address)
	f.home[1].SetValue(e.Household.Village)
	f.guardians = nil
	for _, g := range e.Guardians {
		one := &guardian{was: g, time: kit.NewField(noLabel, g.BestTime), work: kit.NewField(noLabel, g.WorkPlace)}
		one.time.Most(mostShort)
		one.work.Most(mostShort)
		one.lives.Options = kit.Options{N: 1, Word: func(i18n.Lang, int) string { return "" }}
		one.lives.On = map[int]bool{0: g.LivesWith}
		for _, n := range g.Phones {
			one.addPhone(data.Grouped(n.E164))
		}
		if len(one.phones) == 0 {
			one.addPhone("")
		}
		f.guardians = append(f.guardians, one)
	}
}

func (g *guardian) addPhone(value string) {
	n := kit.NewField(noLabel, value)
	n.Most(30)
	g.phones = append(g.phones, &n)
}

// stops are the fields in tab order.
func (p *page) stops() []stop {
	out := []stop{{place{slotHome, 0, 0}, &p.home[0]}, {place{slotHome, 0, 1}, &p.home[1]}}
	for i, g := range p.guardians {
		for j, n := range g.phones {
			out = append(out, stop{place{slotPhone, i, j}, n})
		}
		out = append(out, stop{place{slotTime, i, 0}, &g.time}, stop{place{slotWork, i, 0}, &g.work}, stop{place{slotLives, i, 0}, &g.lives})
	}
	return out
}

func (p *page) here() place {
	for _, s := range p.stops() {
		if s.in.Focused() {
			return s.place
		}
	}
	return place{}
}

// field is the line of text that a place is, nil for a tick.
func (p *page) field(at place) *kit.Field {
	switch at.slot {
	case slotHome:
		return &p.home[at.n]
	case slotPhone:
		return p.guardians[at.who].phones[at.n]
	case slotTime:
		return &p.guardians[at.who].time
	case slotWork:
		return &p.guardians[at.who].work
	}
	return nil
}

// visit moves the cursor to a field. A number that is left is written the way
// it is read, or is said to be none.
func (p *page) visit(to place) {
	if from := p.here(); from.slot == slotPhone && from != to && len(p.guardians) > from.who {
		p.tidyPhone(from)
	}
	for _, s := range p.stops() {
		if s.place == to {
			s.in.Focus()
		} else {
			s.in.Blur()
		}
	}
}

func (p *page) step(by int) {
	all := p.stops()
	at := slices.IndexFunc(all, func(s stop) bool { return s.in.Focused() })
	p.visit(all[((at+by)%len(all)+len(all))%len(all)].place)
}

func (p *page) tidyPhone(at place) {
	f := p.field(at)
	typed := strings.TrimSpace(f.Value())
	if typed == "" {
		delete(p.faults, at)
		return
	}
	e164, err := data.ParsePhone(typed)
	if err != nil {
		p.wrong(at, data.WhyNotPhone)
		return
	}
	delete(p.faults, at)
	if data.Grouped(e164) != f.Value() {
		f.SetValue(data.Grouped(e164))
	}
}

func (p *page) wrong(at place, why data.Why) {
	if p.faults == nil {
		p.faults = map[place]i18n.Phrase{}
	}
	p.faults[at] = i18n.Typed(p.env.Lang.Why(why))
}

// family is the form as a record; what is wrong is in faults.
func (p *page) family() data.FamilyEdit {
	p.faults = map[place]i18n.Phrase{}
	e := p.base
	e.Household.Address, e.Household.Village = p.home[0].Value(), p.home[1].Value()
	e.Household = e.Household.Tidy()
	e.Guardians = nil
	for i, g := range p.guardians {
		one := g.was
		one.BestTime, one.WorkPlace, one.LivesWith = g.time.Value(), g.work.Value(), g.lives.On[0]
		one.Phones = nil
		for j, f := range g.phones {
			if strings.TrimSpace(f.Value()) == "" {
				continue
			}
			e164, err := data.ParsePhone(f.Value())
			if err != nil {
				p.wrong(place{slotPhone, i, j}, data.WhyNotPhone)
				continue
			}
			if slices.ContainsFunc(one.Phones, func(n data.Phone) bool { return n.E164 == e164 }) {
				continue // typed twice
			}
			n := data.Phone{E164: e164}
			if k := slices.IndexFunc(g.was.Phones, func(n data.Phone) bool { return n.E164 == e164 }); k >= 0 {
				n = g.was.Phones[k]
			}
			one.Phones = append(one.Phones, n)
		}
		e.Guardians = append(e.Guardians, one.Tidy())
	}
	return e
}
