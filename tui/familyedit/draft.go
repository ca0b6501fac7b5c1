package familyedit

import (
	"encoding/json"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

var (
	cannotOpen = i18n.T("! The draft of %s cannot be read by this version; it is kept", "! %s 的草稿这个版本读不了; 它还留着")
	restored   = i18n.T("Draft of %s restored", "已恢复草稿 %s")
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

// Draft is the form as the shell keeps it.
func (p *page) Draft() (data.Draft, bool) {
	if p.done || p.claim.Else || !p.edited {
		return data.Draft{}, false
	}
	w := written{Home: [2]string{p.home[0].Value(), p.home[1].Value()}, Base: p.base}
	for _, g := range p.guardians {
		one := writtenGuardian{Person: g.was.Person, Time: g.time.Value(), Work: g.work.Value(), Lives: g.lives.On[0]}
		for _, f := range g.phones {
			one.Phones = append(one.Phones, f.Value())
		}
		w.Guardians = append(w.Guardians, one)
	}
	body, err := json.Marshal(w)
	if err != nil {
		return data.Draft{}, false
	}
	at, cursor := 0, 0
	for i, s := range p.stops() {
		if s.in.Focused() {
			at = i
			if f := p.field(s.place); f != nil {
				cursor = f.Position()
			}
		}
	}
	s := p.facts.Value.card.Student
	return data.Draft{Kind: "family", Object: p.object(), Student: p.o.ID, Name: s.Name, Class: s.ClassName, Form: string(body),
		Preview: p.home[0].Value(), Field: at, Cursor: cursor, Base: p.base.Household.Rev, Session: p.claim.Token()}, true
}

// goOn takes a draft over, in this window.
func (p *page) goOn(d data.Draft, gone bool) tea.Cmd {
	when := p.env.Lang.Moment(d.Saved, p.env.Now())
	if !p.restore(d) {
		return p.env.Note(cannotOpen.With(when))
	}
	p.claim.Seize(d)
	p.claim.Gone = gone
	return p.env.Note(restored.With(when))
}

// restore puts a draft into the form, at its field and cursor. It is still a
// change of what it was written over: what others saved since is merged.
func (p *page) restore(d data.Draft) bool {
	var w written
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil {
		return false
	}
	p.base = w.Base
	p.fill(p.env, w.Base)
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
	p.edited = true
	all := p.stops()
	at := all[max(0, min(d.Field, len(all)-1))].place
	p.visit(at)
	if f := p.field(at); f != nil {
		f.SetPosition(d.Cursor)
	}
	return true
}
