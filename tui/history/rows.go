package history

import (
	"fmt"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	unfold  = i18n.T("%s  enter unfolds", "%s 按 enter 展开")
	counted = i18n.T("%s (%s)", "%s (%s)")
	atLeast = i18n.T("%s..", "%s..")
	span    = i18n.T("%s  %s - %s", "%s  %s 至 %s")
)

// A row is a contact, or the head of a term or a week.
type row struct {
	id      int64 // in the list: 0 for a head that cannot be chosen
	head    string
	contact data.Contact
}

// A group is what stands under one head. Those of the running term are always
// unfolded; a term that is over is folded until somebody asks for it.
type group struct {
	id       int64 // negative: a head that enter folds and unfolds; 0: the running term's
	name     string
	contacts []data.Contact
}

// groups puts the contacts under their heads.
func (p *page) groups() (out []group) {
	for _, c := range p.all {
		g := p.groupOf(data.DayOf(c.At))
		if len(out) == 0 || out[len(out)-1].name != g.name {
			out = append(out, g)
		}
		last := &out[len(out)-1]
		last.contacts = append(last.contacts, c)
	}
	return out
}

// groupOf is the head that a day belongs under: its term, and in the view by
// weeks the week of the running term.
func (p *page) groupOf(d data.Date) group {
	lang, t := p.env.Lang, p.line.Value.Term
	if t.ID != 0 && !d.Before(t.First) {
		name := lang.Autumn(t.CalendarYear())
		if !t.Autumn() {
			name = lang.Spring(t.CalendarYear())
		}
		if p.byWeek {
			monday, today := d.Monday(), p.env.Now.Today()
			name = p.env.Say(span, lang.Week(t.Week(d)), lang.Date(monday, today), lang.Date(monday.AddDays(6), today))
		}
		return group{name: name}
	}
	year, half := data.SchoolYear(d), int64(1)
	if d.Month() >= 2 && d.Month() < 8 {
		half = 2
	}
	name := lang.Autumn(year)
	if half == 2 {
		name = lang.Spring(year + 1)
	}
	return group{id: -int64(year)*2 - half, name: name}
}

// folded reports whether a head hides its contacts: those of one family's
// terms that are over, unless it was unfolded or nothing else is there.
func (p *page) folded(g group, alone bool) bool {
	if was, ok := p.toggled[g.id]; ok && g.id != 0 {
		return was
	}
	return g.id != 0 && p.student != 0 && !alone
}

// fill makes the rows of the contacts there are.
func (p *page) fill() {
	p.rows, p.stop = p.rows[:0], false
	var ids []int64
	groups := p.groups()
	for i, g := range groups {
		last := i == len(groups)-1
		head, hides := p.headOf(g, last), p.folded(g, len(groups) == 1)
		if hides {
			head = p.env.Say(unfold, head)
			p.stop = last
		}
		p.rows = append(p.rows, row{id: g.id, head: head})
		ids = append(ids, g.id)
		if hides {
			continue
		}
		for _, c := range g.contacts {
			p.rows = append(p.rows, row{id: c.ID, contact: c})
			ids = append(ids, c.ID)
		}
	}
	p.list.Keep(ids)
	p.shown = 0
	p.settle()
}

// headOf names a group with how many contacts it has; two dots where older
// ones of it were not read yet.
func (p *page) headOf(g group, last bool) string {
	n := fmt.Sprint(len(g.contacts))
	if last && !p.ended {
		n = p.env.Say(atLeast, n)
		if g.id == 0 && !p.byWeek && p.filter == 0 {
			n = p.env.Lang.Number(p.line.Value.InTerm)
		}
	}
	return p.env.Say(counted, g.name, n)
}

// toggle folds or unfolds the chosen head.
func (p *page) toggle() {
	id := p.list.ID()
	groups := p.groups()
	i := slices.IndexFunc(groups, func(g group) bool { return g.id == id })
	if i < 0 {
		return
	}
	p.toggled[id] = !p.folded(groups[i], len(groups) == 1)
	p.fill()
}

// splice puts the newest contacts, read again, in place of those they cover,
// so that one who has gone far down stays there.
func splice(fresh, old []data.Contact, ended bool) []data.Contact {
	if ended || len(fresh) == 0 {
		return slices.Clone(fresh)
	}
	last := fresh[len(fresh)-1]
	i := slices.IndexFunc(old, func(c data.Contact) bool {
		return c.At.Before(last.At) || c.At.Equal(last.At) && c.ID < last.ID
	})
	if i < 0 {
		return slices.Clone(fresh)
	}
	return slices.Concat(fresh, old[i:])
}

// rowLine draws row i of the list.
func (p *page) rowLine(i int) string {
	r, w := p.rows[i], p.list.Rect().W
	switch {
	case r.contact.ID != 0:
		return p.drawn[r.contact.ID]
	case r.id != 0: // after the two cells of what can be chosen
		w -= 2
	}
	return kit.Head(r.head, "", w)
}
