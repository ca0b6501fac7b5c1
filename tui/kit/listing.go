package kit

import (
	"context"
	"slices"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A ListOf is what a page says of its list: of which records it is, what a row
// shows and what enter does. A is the answer that the rows are part of, for a
// plain list []T with All. Read, Rows, ID, Cols, Cells and Empty are always
// there; the others may be nil.
type ListOf[A, T any] struct {
	Read    func(context.Context) (A, error)
	Rows    func(A) []T
	ID      func(T) int64
	Touched func(Changed) bool             // whether a commit may concern it
	Theirs  func(was, is T) bool           // whether somebody else changed what a row shows: it is marked
	First   func(T) bool                   // which row is chosen at first, else the first
	Cols    func() []Col                   // asked again when there are other rows
	Cells   func(T) []any                  // a row, as Table.Row wants it
	Detail  func(row T, w, h int) []string // what stands below or beside the list of the chosen row
	Below   bool                           // the detail stands below however wide the window is: the columns need the room
	Open    func(T) tea.Cmd                // enter, and a click on the chosen row
	Filters []Filter[T]                    // f goes through them; the first keeps all
	Orders  []Order[T]                     // s goes through them
	Held    func() bool                    // while it says so no row changes its place
	Empty   i18n.Phrase                    // why there is nothing, and the key that changes it
	NoMatch i18n.Phrase                    // with the filter's name in it; zero: a plain one
	Opens   i18n.Phrase                    // what enter does; zero: "open"
	None    i18n.Phrase                    // why not, while nothing is chosen; zero: a plain one
}

// A Filter keeps some of the rows, an Order sorts them as slices.SortFunc does.
type (
	Filter[T any] struct {
		Name i18n.Phrase
		Keep func(T) bool
	}
	Order[T any] struct {
		Name    i18n.Phrase
		Compare func(a, b T) int
	}
)

// All are the rows of an answer that is nothing but rows.
func All[T any](rows []T) []T { return rows }

// A Listing is a page of records: read, filtered and in order, a table with one
// row chosen, and its detail. A page embeds it; it is live, keeps the choice with
// its record, and draws no row twice.
type Listing[A, T any] struct {
	Env   *Env
	Of    ListOf[A, T]
	Asked Load[A]
	List  List
	Shown []T // the rows that the filter leaves, in order

	Filter, Order int

	known  bool // an answer was there
	opens  int  // enter came before the first answer: as which of Env.Did; 0: it did not
	table  Table
	drawn  map[int64]string
	detail []string
	of     int64 // whose detail that is
	W, H   int   // of the body
	right  Rect
}

// NewListing returns a list page.
func NewListing[A, T any](env *Env, of ListOf[A, T]) Listing[A, T] {
	return Listing[A, T]{Env: env, Of: of, drawn: map[int64]string{}}
}

// Init reads the rows; Waiting and GiveUp are what the shell asks.
func (l *Listing[A, T]) Init() tea.Cmd { return l.Asked.Ask(l.Env.Ctx, l.Of.Read) }
func (l *Listing[A, T]) Waiting() bool { return l.Asked.Busy }
func (l *Listing[A, T]) GiveUp()       { l.Asked.GiveUp() }

// Known reports whether an answer was there.
func (l *Listing[A, T]) Known() bool { return l.known }

// Update takes the answer, what others changed, and what moves the choice.
func (l *Listing[A, T]) Update(msg tea.Msg) tea.Cmd {
	if l.Asked.Take(msg) {
		next := l.Asked.Next()
		if l.Asked.Gone() {
			l.Shown, l.known = nil, false
			l.List.Keep(nil)
			l.Redraw()
		}
		if l.Asked.Err != nil {
			return tea.Batch(next, l.Env.Note(NotRead(l.Asked.Err)))
		}
		return tea.Batch(next, l.answered())
	}
	switch m := msg.(type) {
	case Changed:
		if l.Of.Touched != nil && l.Of.Touched(m) {
			return l.Init()
		}
		return nil
	case Reload, NewDay:
		return l.Init()
	}
	switch l.List.Take(msg) {
	case Moved:
		l.settle()
	case Opened:
		return l.Open()
	}
	return nil
}

// Forget empties the page: it is about something else now.
func (l *Listing[A, T]) Forget() {
	l.Asked.Forget()
	l.Shown, l.known, l.List = nil, false, List{}
	l.Layout(l.W, l.H)
}

// answered puts a new answer on the screen. The choice stays with its record; a
// row that someone else changed is marked.
func (l *Listing[A, T]) answered() tea.Cmd {
	was, first := map[int64]T{}, !l.known
	for _, row := range l.Shown {
		was[l.Of.ID(row)] = row
	}
	l.known = true
	l.arrange()
	var changed []int64
	for i, row := range l.Shown {
		id := l.Of.ID(row)
		if old, ok := was[id]; ok && l.Of.Theirs != nil && l.Of.Theirs(old, row) {
			changed = append(changed, id)
		}
		if first && l.Of.First != nil && l.Of.First(row) {
			l.List.To(i)
			first = false
		}
	}
	l.Layout(l.W, l.H) // other rows, other widths
	if awaited := l.opens; awaited != 0 {
		if l.opens = 0; awaited == l.Env.Did {
			return l.Open()
		}
	}
	if len(changed) > 0 {
		return l.List.Flash(l.Env, changed...)
	}
	return nil
}

// arrange makes the rows that the filter leaves, in order; held ones stay.
func (l *Listing[A, T]) arrange() {
	place := map[int64]int{}
	for i, row := range l.Shown {
		place[l.Of.ID(row)] = i + 1
	}
	l.Shown = nil
	for _, row := range l.Of.Rows(l.Asked.Value) {
		if len(l.Of.Filters) == 0 || l.Of.Filters[l.Filter].Keep(row) {
			l.Shown = append(l.Shown, row)
		}
	}
	if len(l.Of.Orders) > 0 {
		slices.SortStableFunc(l.Shown, l.Of.Orders[l.Order].Compare)
	}
	if l.Of.Held != nil && l.Of.Held() {
		slices.SortStableFunc(l.Shown, func(a, b T) int {
			if x, y := place[l.Of.ID(a)], place[l.Of.ID(b)]; x > 0 && y > 0 {
				return x - y
			}
			return 0
		})
	}
	l.List.Keep(l.IDs())
}

// IDs are the records shown, in order.
func (l *Listing[A, T]) IDs() []int64 {
	ids := make([]int64, len(l.Shown))
	for i, row := range l.Shown {
		ids[i] = l.Of.ID(row)
	}
	return ids
}

// Chosen is the chosen row, if there is one.
func (l *Listing[A, T]) Chosen() (row T, ok bool) {
	if l.List.At < len(l.Shown) {
		return l.Shown[l.List.At], true
	}
	return row, false
}

// Choose filters and orders anew.
func (l *Listing[A, T]) Choose(filter, order int) tea.Cmd {
	l.Filter, l.Order = filter, order
	l.arrange()
	l.Redraw()
	return nil
}

var (
	aOpen    = i18n.T("open", "打开")
	aFilter  = i18n.T("filter", "筛选")
	aSort    = i18n.T("sort", "排序")
	aAllRows = i18n.T("all rows", "去掉筛选")
	noRow    = i18n.T("Nothing is chosen", "没有选中哪一行")
	noMatch  = i18n.T("None here: %s  (esc shows all)", "没有「%s」的 (esc 去掉筛选)")
)

// Opening, Filtering, Sorting and Unfiltering are the list's own keys; a page
// may give them other words.
func (l *Listing[A, T]) Opening() Action {
	word := l.Of.Opens
	if word == (i18n.Phrase{}) {
		word = aOpen
	}
	return Action{Key: "enter", Label: word, When: l.notYet(l.None), Do: l.Open}
}

func (l *Listing[A, T]) Filtering() Action {
	return Action{Key: "f", Label: aFilter, Do: func() tea.Cmd { return l.Choose((l.Filter+1)%len(l.Of.Filters), l.Order) }}
}

func (l *Listing[A, T]) Sorting() Action {
	return Action{Key: "s", Label: aSort, Do: func() tea.Cmd { return l.Choose(l.Filter, (l.Order+1)%len(l.Of.Orders)) }}
}

func (l *Listing[A, T]) Unfiltering() Action {
	return Action{Key: "esc", Label: aAllRows, Rare: true, Do: func() tea.Cmd { return l.Choose(0, l.Order) }}
}

// Actions are the list's keys. A page that has keys of its own says Keys.
func (l *Listing[A, T]) Actions() []Action { return l.Keys() }

// Keys are a list's Actions: enter, the page's own, and what filters and sorts.
func (l *Listing[A, T]) Keys(own ...Action) (out []Action) {
	if l.Of.Open != nil {
		out = append(out, l.Opening())
	}
	out = append(out, own...)
	if len(l.Of.Filters) > 1 {
		out = append(out, l.Filtering())
	}
	if len(l.Of.Orders) > 1 {
		out = append(out, l.Sorting())
	}
	if l.Filter > 0 {
		out = append(out, l.Unfiltering())
	}
	return out
}

// None holds actions on "the chosen row" back while there is none.
func (l *Listing[A, T]) None() i18n.Phrase {
	switch {
	case l.List.ID() != 0:
		return i18n.Phrase{}
	case l.Of.None != (i18n.Phrase{}):
		return l.Of.None
	}
	return noRow
}

// Awaited reports whether the first answer is under way: enter then opens what it
// will choose.
func (l *Listing[A, T]) Awaited() bool { return !l.known && l.Asked.Busy }

func (l *Listing[A, T]) notYet(none func() i18n.Phrase) func() i18n.Phrase {
	return func() i18n.Phrase {
		if l.Awaited() {
			return i18n.Phrase{}
		}
		return none()
	}
}

// Open opens the chosen row, or if none is known yet, that which the answer
// chooses, unless something else was pressed meanwhile.
func (l *Listing[A, T]) Open() tea.Cmd {
	if l.Awaited() {
		l.opens = l.Env.Did
		return nil
	}
	if row, ok := l.Chosen(); ok && l.Of.Open != nil {
		return l.Of.Open(row)
	}
	return nil
}
