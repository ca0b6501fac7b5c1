package familyedit

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// The fields, named as data's rules name them. Of a guardian there are each
// number, when to call, where they work, and whether they live with the child.
const (
	inAddress = "address"
	inVillage = "village"
	inPhone   = "phone"
	inTime    = "best_time"
	inWork    = "work_place"
	inLives   = "lives_with"
)

// Addresses and the like are as long as data allows.
const (
	mostAddress = 120
	mostShort   = 60
	mostPhones  = 5
)

type form struct {
	home      [2]kit.Field // address, village
	guardians []*guardian
	phones    bool // nothing but the phones can be changed: by a surrogate parent
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
func (f *form) fill(e data.FamilyEdit) {
	f.home[0].SetValue(e.Household.Address)
	f.home[1].SetValue(e.Household.Village)
	f.guardians, f.phones = nil, e.PhonesOnly && len(e.Guardians) > 0
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

// stops are the fields in tab order; what cannot be changed is none.
func (f *form) stops() []kit.Stop {
	var out []kit.Stop
	if !f.phones {
		out = []kit.Stop{{Place: kit.Place{Field: inAddress}, In: &f.home[0]}, {Place: kit.Place{Field: inVillage}, In: &f.home[1]}}
	}
	for i, g := range f.guardians {
		for j, n := range g.phones {
			out = append(out, kit.Stop{Place: kit.Place{Field: inPhone, Of: i, N: j}, In: n})
		}
		if f.phones {
			continue
		}
		out = append(out, kit.Stop{Place: kit.Place{Field: inTime, Of: i}, In: &g.time}, kit.Stop{Place: kit.Place{Field: inWork, Of: i}, In: &g.work},
			kit.Stop{Place: kit.Place{Field: inLives, Of: i}, In: &g.lives})
	}
	return out
}

// moved writes a number that was left the way it is read, or says that it is
// none.
func (p *page) moved(from, to kit.Place) {
	if from.Field == inPhone && from != to {
		p.tidyPhone(from)
	}
}

func (p *page) tidyPhone(at kit.Place) {
	f := p.Line(at)
	p.Right(at)
	typed := strings.TrimSpace(f.Value())
	if typed == "" {
		return
	}
	e164, err := data.ParsePhone(typed)
	if err != nil {
		p.noPhone(at)
		return
	}
	if data.Grouped(e164) != f.Value() {
		f.SetValue(data.Grouped(e164))
	}
}

func (p *page) noPhone(at kit.Place) {
	p.Wrong(at, i18n.Typed(p.env.Lang.Why(data.WhyNotPhone)))
}

// family is the form as a record; numbers that are none are said.
func (p *page) family() data.FamilyEdit {
	e := p.Base
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
				p.noPhone(kit.Place{Field: inPhone, Of: i, N: j})
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
