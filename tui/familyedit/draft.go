package familyedit

import (
	"encoding/json"

	"qiao/data"
)

// A written is the form as its draft keeps it, in JSON: what was typed, and
// what it was typed over.
type written struct {
	Home      [2]string
	Guardians []writtenGuardian
	Base      data.FamilyEdit
}

type writtenGuardian struct {
	Person     int64
	Phones     []string
	Time, Work string
	Lives      bool
}

// keep is the form as its draft keeps it, and whom it is about.
func (p *page) keep() (any, data.Draft, bool) {
	w := written{Home: [2]string{p.home[0].Value(), p.home[1].Value()}, Base: p.Base}
	for _, g := range p.guardians {
		one := writtenGuardian{Person: g.was.Person, Time: g.time.Value(), Work: g.work.Value(), Lives: g.lives.On[0]}
		for _, f := range g.phones {
			one.Phones = append(one.Phones, f.Value())
		}
		w.Guardians = append(w.Guardians, one)
	}
	s := p.facts.Value.card.Student
	return w, data.Draft{Student: p.o.ID, Name: s.Name, Class: s.ClassName, Preview: p.home[0].Value(), Base: p.Base.Household.Rev}, true
}

// restore puts a draft into the form, at its field and cursor. It is still a
// change of what it was written over: what others saved since is merged.
func (p *page) restore(d data.Draft) bool {
	var w written
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil {
		return false
	}
	p.Base = w.Base
	p.fill(w.Base)
	p.home[0].SetValue(w.Home[0])
	p.home[1].SetValue(w.Home[1])
	for i, one := range w.Guardians[:min(len(w.Guardians), len(p.guardians))] {
		g := p.guardians[i]
		g.phones = nil
		for _, n := range one.Phones {
			g.addPhone(n)
		}
		if len(g.phones) == 0 {
			g.addPhone("")
		}
		g.time.SetValue(one.Time)
		g.work.SetValue(one.Work)
		g.lives.On = map[int]bool{0: one.Lives}
	}
	p.Return(d)
	return true
}
