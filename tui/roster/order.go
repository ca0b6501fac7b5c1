package roster

import (
	"cmp"

	"qiao/data"
	"qiao/data/search"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// mark marks the chosen row, or no longer, and goes down one.
func (p *page) mark() tea.Cmd {
	id := p.List.ID()
	if p.marked[id] {
		delete(p.marked, id)
	} else {
		p.marked[id] = true
	}
	p.List.To(p.List.At + 1)
	p.Again(id)
	return nil
}

// markAll marks all rows shown; if they are all marked, none.
func (p *page) markAll() tea.Cmd {
	all := true
	for _, r := range p.Shown {
		all = all && p.marked[r.Student.ID]
	}
	clear(p.marked)
	for _, r := range p.Shown {
		if !all {
			p.marked[r.Student.ID] = true
		}
	}
	p.Redraw()
	return nil
}

func (p *page) unfilter() tea.Cmd {
	clear(p.marked)
	return p.Choose(0, p.Order)
}

// filters are what f goes through.
func (p *page) filters() []kit.Filter[data.RosterRow] {
	return []kit.Filter[data.RosterRow]{
		{Name: everyone, Keep: func(data.RosterRow) bool { return true }},
		{Name: unreached, Keep: func(r data.RosterRow) bool { return r.Month != data.MarkDone }},
		{Name: unvisited, Keep: func(r data.RosterRow) bool { return r.Visit != data.MarkDone }},
		{Name: late, Keep: func(r data.RosterRow) bool { return overdue(r, p.Env.Now.Today()) > 0 }},
		{Name: flagged, Keep: func(r data.RosterRow) bool { return r.Flagged }},
	}
}

// orders are what s goes through.
func (p *page) orders() []kit.Order[data.RosterRow] {
	return []kit.Order[data.RosterRow]{
		{Name: lateFirst, Compare: func(a, b data.RosterRow) int {
			return cmp.Compare(overdue(b, p.Env.Now.Today()), overdue(a, p.Env.Now.Today()))
		}},
		{Name: byNumber, Compare: func(a, b data.RosterRow) int { return cmp.Compare(a.Student.Number, b.Student.Number) }},
		{Name: byName, Compare: func(a, b data.RosterRow) int {
			return cmp.Compare(search.Reading(a.Student.Name, a.Student.Reading), search.Reading(b.Student.Name, b.Student.Reading))
		}},
		{Name: longest, Compare: func(a, b data.RosterRow) int {
			return cmp.Compare(p.Env.Now.Today().DaysTo(a.LastOn), p.Env.Now.Today().DaysTo(b.LastOn))
		}},
	}
}

// overdue is how many days the oldest open promise of a family is late.
func overdue(r data.RosterRow, today data.Date) (days int) {
	for _, pr := range r.Promises {
		days = max(days, pr.Late(today))
	}
	return days
}
