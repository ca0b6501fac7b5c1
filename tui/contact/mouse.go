package contact

import tea "charm.land/bubbletea/v2"

// click goes to the field under the mouse and does what a click on it means.
func (p *page) click(m tea.MouseClickMsg) tea.Cmd {
	d := p.draw()
	if p.w >= besideFrom && m.X >= d.w+3 {
		_, _, first := p.beside(p.w-d.w-3, p.h)
		if i := m.Y - first; i >= 0 && i < len(p.ticks.of) {
			p.visit(place{slotTicks, 0})
			p.ticks.at = i
			return p.flip()
		}
		return nil
	}
	m.Y += d.scroll(p.h)
	for _, s := range d.spots {
		if !s.Has(m.X, m.Y) {
			continue
		}
		if p.here() != s.place {
			p.visit(s.place)
		}
		p.clicked(s, m)
		return nil
	}
	return nil
}

func (p *page) clicked(s spot, m tea.MouseClickMsg) {
	p.fresh = false
	switch s.slot {
	case slotText:
		p.text.Click(m, s.X, s.Y)
	case slotQuoted:
		p.quoted.Click(m, s.X+2, s.Y)
	case slotOutcome:
		if p.outcome.Click(m, p.env, s.W, s.X, s.Y) {
			p.edited = true
			p.resulted()
		}
	case slotTopics:
		if p.topics.Click(m, p.env, s.W, s.X, s.Y) {
			p.ownTopics, p.edited = true, true
		}
	case slotIncoming:
		p.incoming.Flip(0)
		p.edited = true
	case slotLevel:
		if p.level.Click(m, p.env, s.W, s.X, s.Y) {
			p.edited, p.warned = true, false
		}
	default:
		if l := p.list(s.place); l != nil && !l.Open() {
			l.Take(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, p.env)
		} else if f := p.field(s.place); f != nil {
			f.Click(m, s.W, s.X, s.Y)
		}
	}
}
