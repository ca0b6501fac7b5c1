package preparation

import (
	"slices"

	"qiao/data"
	"qiao/tui/kit"
)

// rows is the list of a tab.
type rows struct {
	list  kit.List
	table kit.Table
	cols  []kit.Col
	cells [][]any
}

// set gives a list its rows.
func (r *rows) set(ids []int64, cells [][]any) {
	r.cells = cells
	r.list.Keep(ids)
}

// arrange makes the rows of each tab of what is known.
func (p *page) arrange() {
	p.setTopics()
	p.setAgenda()
	p.setPeople()
	p.setChecks()
}

// Layout places the list of the tab in front, and what stands below it or, in a
// wide window, beside it.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	if p.known {
		p.arrange() // words have other widths in another language
	}
	list, _ := p.areas()
	r := &p.rows[p.at]
	r.table = kit.NewTable(r.cols, list.W-2)
	r.list.Place(kit.Rect{X: list.X, Y: list.Y + 1, W: list.W, H: list.H - 1})
}

// areas are the rectangles of the list with its heads, and of what stands aside.
func (p *page) areas() (list, aside kit.Rect) {
	list, aside = kit.Split(p.w, p.h-1)
	if aside.X == 0 {
		n := p.asideRows()
		list = kit.Rect{W: p.w, H: p.h - 1 - n}
		aside = kit.Rect{Y: list.H, W: p.w, H: n}
	}
	list.Y, aside.Y = list.Y+1, aside.Y+1
	return list, aside
}

// asideRows is how many rows what stands below the list takes.
func (p *page) asideRows() int {
	switch p.at {
	case onTopics:
		return min(len(p.agenda.items), 6) + 5
	case onPeople:
		return 3
	}
	return 2
}

// View draws the tab in front.
func (p *page) View() kit.Frame {
	env := p.env
	if !p.known {
		f := kit.Frame{Body: kit.Block([]string{p.tabLine()}, p.w, p.h)}
		if p.view.Err != nil {
			f.Body = kit.Block([]string{p.tabLine(), "", " " + env.Look.Danger("! "+env.Lang.Error(p.view.Err))}, p.w, p.h)
		}
		return f
	}
	v := p.view.Value
	f := kit.Frame{Scope: head(env, v.Meeting, p.w), Status: p.status()}
	list, aside := p.areas()
	left, right := p.body(list), p.aside(aside)
	if aside.X > 0 {
		f.Body = p.tabLine() + "\n" + kit.Beside(kit.Block(left, list.W, list.H), kit.Block(right, aside.W, aside.H))
	} else {
		f.Body = p.tabLine() + "\n" + kit.Block(left, list.W, list.H) + "\n" + kit.Block(right, aside.W, aside.H)
	}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(env, p.w, p.h)
	}
	return f
}

// body is the tab's list under its heads, or why it is empty.
func (p *page) body(area kit.Rect) []string {
	env, r := p.env, &p.rows[p.at]
	if p.view.Value.Sight == data.MeetingDate {
		return kit.Wrap(" "+env.Say(datesOnl), area.W-1)
	}
	if p.at == onNotice {
		return p.noticeText(area)
	}
	if len(r.cells) == 0 {
		return append([]string{""}, kit.Wrap(" "+env.Say(p.emptyWords()), area.W-1)...)
	}
	out := []string{r.table.HeadSpan(env, r.list.Span(), area.W)}
	return append(out, r.list.View(env, func(i int) string { return r.table.Row(env.Look, r.cells[i]...) })...)
}

// chosenIn is the record chosen in a slice of the same ids.
func chosenIn[T any](of []T, id func(T) int64, list *kit.List) (row T, ok bool) {
	i := slices.IndexFunc(of, func(x T) bool { return id(x) == list.ID() && list.ID() != 0 })
	if i < 0 {
		return row, false
	}
	return of[i], true
}
