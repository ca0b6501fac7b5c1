package roster

import (
	"cmp"
	"slices"

	"qiao/data"
	"qiao/data/search"

	tea "charm.land/bubbletea/v2"
)

// mark marks the chosen row, or no longer, and goes down one.
func (p *page) mark() tea.Cmd {
	id := p.list.ID()
	if p.marked[id] {
		delete(p.marked, id)
	} else {
		p.marked[id] = true
	}
	delete(p.drawn, id)
	p.list.To(p.list.At + 1)
	p.settle()
	return nil
}

// markAll marks all rows shown; if they are all marked, none.
func (p *page) markAll() tea.Cmd {
	all := true
	for _, r := range p.rows {
		all = all && p.marked[r.Student.ID]
	}
	clear(p.marked)
	for _, r := range p.rows {
		if !all {
			p.marked[r.Student.ID] = true
		}
	}
	p.redraw()
	return nil
}

func (p *page) unfilter() tea.Cmd {
	clear(p.marked)
	p.filter = everyone
	return p.arrange()
}

func (p *page) nextFilter() tea.Cmd {
	p.filter = (p.filter + 1) % allFilters
	return p.arrange()
}

func (p *page) nextOrder() tea.Cmd {
	p.order = (p.order + 1) % allOrders
	return p.arrange()
}

// arrange filters and orders anew.
func (p *page) arrange() tea.Cmd {
	p.sort()
	p.redraw()
	return nil
}

// Filters and orders, in the order that f and s go through them.
type (
	filters int
	orders  int
)

const (
	everyone filters = iota
	unreached
	unvisited
	late
	flagged
	allFilters
)

const (
	lateFirst orders = iota
	byNumber
	byName
	longest
	allOrders
)

// sort makes the rows that the filter leaves, in order.
func (p *page) sort() {
	today := p.env.Now.Today()
	p.rows = nil
	for i := range p.roster.Value.Rows {
		r, keep := &p.roster.Value.Rows[i], true
		switch p.filter {
		case unreached:
			keep = r.Month != data.MarkDone
		case unvisited:
			keep = r.Visit != data.MarkDone
		case late:
			keep = overdue(r, today) > 0
		case flagged:
			keep = r.Flagged
		}
		if keep {
			p.rows = append(p.rows, r)
		}
	}
	slices.SortStableFunc(p.rows, func(a, b *data.RosterRow) int {
		switch p.order {
		case lateFirst:
			return cmp.Compare(overdue(b, today), overdue(a, today))
		case byName:
			return cmp.Compare(search.Reading(a.Student.Name, a.Student.Reading), search.Reading(b.Student.Name, b.Student.Reading))
		case longest:
			return cmp.Compare(today.DaysTo(a.LastOn), today.DaysTo(b.LastOn))
		}
		return cmp.Compare(a.Student.Number, b.Student.Number)
	})
	p.list.Keep(p.ids())
}

// overdue is how many days the oldest open promise of a family is late.
func overdue(r *data.RosterRow, today data.Date) (days int) {
	for _, pr := range r.Promises {
		days = max(days, pr.Late(today))
	}
	return days
}
