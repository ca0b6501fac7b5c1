package contact

import (
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// click goes to the field under the mouse and does what a click on it means.
func (p *page) click(m tea.MouseClickMsg) tea.Cmd {
	d := p.draw()
	if p.w >= besideFrom && m.X >= d.W+3 {
		_, _, first := p.beside(p.w-d.W-3, p.h)
		if i := m.Y - first; i >= 0 && i < len(p.ticks.of) {
			p.Visit(kit.Place{Field: slotTicks})
			p.ticks.at = i
			return p.flip()
		}
		return nil
	}
	at, hit, changed := p.Click(m, d, p.h)
	if !hit {
		return nil
	}
	p.fresh = false
	if changed {
		return p.chosen(at)
	}
	return nil
}

// chosen follows what was chosen or ticked in a field.
func (p *page) chosen(at kit.Place) tea.Cmd {
	p.Edited = true
	switch at.Field {
	case slotOutcome:
		p.resulted()
	case slotTopics:
		p.ownTopics = true
	case slotLevel:
		p.warned = false
	case slotChannel:
		p.offerOutcomes(p.via())
		p.fit()
		return p.beat()
	}
	p.fit()
	return nil
}
