package kit

import "qiao/tui/i18n"

// detailRows is how many rows the detail takes under a list.
const detailRows = 6

// Layout gives the list all but the detail's rows, or from 120 columns on the
// left side.
func (l *Listing[A, T]) Layout(w, h int) {
	l.W, l.H = w, h
	list := Rect{W: w, H: h}
	l.right = Rect{}
	if l.Of.Detail != nil {
		if list, l.right = Split(w, h); l.right.X == 0 || l.Of.Below {
			list, l.right = Rect{W: w, H: h - detailRows}, Rect{Y: h - detailRows, W: w, H: detailRows}
		}
	}
	l.table = NewTable(l.Of.Cols(), list.W-2)
	l.List.Place(Rect{X: list.X, Y: 1, W: list.W, H: list.H - 2}) // under the heads, above the span
	l.Redraw()
}

// Redraw draws the rows anew: what they show is not what it was.
func (l *Listing[A, T]) Redraw() {
	clear(l.drawn)
	l.detail, l.of = nil, 0
	l.settle()
}

// Again draws one row anew.
func (l *Listing[A, T]) Again(id int64) {
	delete(l.drawn, id)
	l.settle()
}

// settle draws what the screen shows and has not been drawn: after a move that
// is a row or two, and the detail.
func (l *Listing[A, T]) settle() {
	for i := l.List.Top; i < min(len(l.Shown), l.List.Top+l.H); i++ {
		if id := l.Of.ID(l.Shown[i]); l.drawn[id] == "" {
			l.drawn[id] = l.table.Row(l.Env.Look, l.Of.Cells(l.Shown[i])...)
		}
	}
	switch row, ok := l.Chosen(); {
	case l.Of.Detail == nil:
	case !ok:
		l.detail, l.of = nil, 0
	case l.Of.ID(row) != l.of:
		l.detail, l.of = l.Of.Detail(row, l.right.W, l.right.H), l.Of.ID(row)
	}
}

// Body draws the list and the detail of the chosen row.
func (l *Listing[A, T]) Body() string {
	env := l.Env
	lines := []string{l.table.Head(env)}
	switch {
	case len(l.Shown) > 0:
		lines = append(lines, l.List.View(env, func(i int) string { return l.drawn[l.Of.ID(l.Shown[i])] })...)
		if span := l.List.Span(); span != "" {
			lines = append(lines, env.Look.Muted(" "+span))
		}
	case l.Asked.Err != nil:
		lines = append(lines, "", " "+env.Look.Danger("! "+env.Lang.Error(l.Asked.Err)))
	case !l.known:
	case len(l.Of.Rows(l.Asked.Value)) == 0:
		lines = append(lines, "", " "+env.Say(l.Of.Empty))
	default:
		no := l.Of.NoMatch
		if no == (i18n.Phrase{}) {
			no = noMatch
		}
		lines = append(lines, "", " "+env.Say(no, env.Say(l.Of.Filters[l.Filter].Name)))
	}
	if l.right == (Rect{}) {
		return Block(lines, l.W, l.H)
	}
	return Panes(lines, l.detail, Rect{W: l.List.Rect().W, H: l.List.Rect().H + 2}, l.right)
}

// Wide reports whether the detail stands beside the list.
func (l *Listing[A, T]) Wide() bool { return l.right.X > 0 }

var (
	isFiltered = i18n.T("filter: %s", "筛选: %s")
	isOrdered  = i18n.T("sort: %s", "排序: %s")
)

// Scope is row 2: what is listed on the left, the filter and the order on the
// right.
func (l *Listing[A, T]) Scope(left string) string {
	right := ""
	if len(l.Of.Filters) > 1 {
		right = l.Env.Say(isFiltered, l.Env.Say(l.Of.Filters[l.Filter].Name))
	}
	if len(l.Of.Orders) > 1 {
		right += "  " + l.Env.Say(isOrdered, l.Env.Say(l.Of.Orders[l.Order].Name))
	}
	if right != "" {
		right += " "
	}
	return Ends(" "+left, right, l.W)
}
