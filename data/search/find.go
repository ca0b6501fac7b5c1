package search

import (
	"cmp"
	"slices"
	"strings"
)

// Find answers a query with the first limit students of the scope, ranked, and
// the number of all. Year is the school year by its autumn, for classes named
// by their year of entry.
//
// A query is words that all must match; its terms may also stand together
// (3.2zw). Ranked: own classes first; then exact, from the beginning, inside;
// own names before guardians' and siblings'; usual readings before others; then
// those contacted lately; then by reading.
func (b *Block) Find(typed string, s Scope, limit, year int) Result {
	q, ok := parse(typed, year, s.Tags)
	if !ok {
		return Result{ByTag: q.tag}
	}
	b.read.RLock()
	defer b.read.RUnlock()
	w, _ := b.spare.Get().(*work)
	if w == nil {
		w = new(work)
	}
	defer b.spare.Put(w)
	w.begin(b.ix, q, s)
	defer w.end()

	// The term with the fewest candidates lists them, the others say yes or no.
	q.name, q.joined = joined(q.terms)
	lead, cost := 0, 0
	if len(q.terms) > 1 || !s.All {
		lead, cost = w.lead(q.terms)
	}
	kept := frontOf{typed, year, s.Tags}
	if s.All {
		if res, ok := w.fromFront(b.front(kept), &q, lead, limit); ok {
			res.ByTag = q.tag
			return res
		}
	}
	if s.All || !w.scope(&q, lead, cost) {
		w.candidates(q.terms[lead])
	}
	res := w.result(w.choose(&q, lead, limit, false))
	if s.All && len(w.met) > b.many {
		b.keepFront(kept, w.front(&q, lead, b.kept))
	}
	res.ByTag = q.tag
	if res.Total == 0 {
		res.Similar = w.similar(q.terms)
	}
	return res
}

// lead is the term with the fewest candidates, and how many they are.
func (w *work) lead(terms []term) (lead, cost int) {
	for i, t := range terms {
		if c := w.cost(t); i == 0 || c < cost {
			lead, cost = i, c
		}
	}
	return lead, cost
}

// work is what one query writes on; kept for the next.
type work struct {
	ix        *index
	gone, all bool
	classes   []uint8  // by class: how the searcher sees it
	best      []rank   // by slot: the best so far plus 1; 0 not met, 255 met and out of scope
	met       []uint32 // slots with a best
	listed    []uint32 // slots of Scope.Students
	extra     []bool   // by slot: listed
	recent    map[uint32]int
	found     []found
}

const (
	mayFind = 1
	ranked1 = 2 // an own class
)

func (w *work) begin(ix *index, q query, s Scope) {
	w.ix, w.gone, w.all = ix, q.gone, s.All
	w.classes = sized(w.classes, len(ix.classes))
	w.best = sized(w.best, len(ix.slots))
	w.extra = sized(w.extra, len(ix.slots))
	mark := func(ids []int64, as uint8) {
		for _, id := range ids {
			for _, no := range ix.classIDs[id] {
				if id != 0 {
					w.classes[no] |= as
				}
			}
		}
	}
	mark(s.Classes, mayFind)
	mark(s.Own, ranked1)
	for _, id := range s.Students {
		if at, ok := ix.bySlot[id]; ok {
			w.extra[at] = true
			w.listed = append(w.listed, at)
		}
	}
	if len(s.Recent) > 0 && w.recent == nil {
		w.recent = map[uint32]int{}
	}
	for i, id := range s.Recent {
		if at, ok := ix.bySlot[id]; ok {
			if _, twice := w.recent[at]; !twice {
				w.recent[at] = i + 1
			}
		}
	}
}

// sized makes room for n; what is there is zero, for end leaves it so.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/8)
	}
	return s[:n]
}

// unmeet forgets what was met.
func (w *work) unmeet() {
	for _, at := range w.met {
		w.best[at] = 0
	}
	w.met = w.met[:0]
}

// end clears what was written and no more.
func (w *work) end() {
	w.unmeet()
	for _, at := range w.listed {
		w.extra[at] = false
	}
	clear(w.classes)
	clear(w.recent)
	w.listed, w.ix = w.listed[:0], nil
}

// sees reports whether a slot may be found at all.
func (w *work) sees(at uint32) bool {
	s := &w.ix.slots[at]
	return !s.dead && (w.gone || !s.gone) && (w.all || w.classes[s.class]&mayFind != 0 || w.extra[at])
}

// meet notes that a slot matched.
func (w *work) meet(at uint32, r rank) {
	switch b := w.best[at]; {
	case b == 0:
		w.met = append(w.met, at)
		if w.best[at] = r + 1; !w.sees(at) {
			w.best[at] = none
		}
	case b != none && r+1 < b:
		w.best[at] = r + 1
	}
}

// maxHome bounds how many siblings a match finds: more in one household is a
// mistake in the data, and must not make a search slow.
const maxHome = 24

// meetName notes that a name matched: its slot, and those of the siblings.
func (w *work) meetName(ref uint32, r rank) {
	n := &w.ix.names[ref>>1]
	s := &w.ix.slots[n.slot]
	if s.dead {
		return
	}
	w.meet(n.slot, r.of(n.by))
	if n.by > ByFormer {
		return
	}
	for at, k := s.next, 0; at != n.slot && k < maxHome; at, k = w.ix.slots[at].next, k+1 {
		w.meet(at, r.of(BySibling))
	}
}

// found is one hit with all it is ranked by.
type found struct {
	order  uint64
	recent uint32 // from 1; none is the greatest
	at     uint32
	rank   rank
	own    bool
}

// choose ranks what was met, and keeps no more than it needs. Plainly means as
// for somebody with no class and no family of their own.
func (w *work) choose(q *query, lead, limit int, plainly bool) (hits []found, total int) {
	limit = max(0, min(limit, len(w.met)))
	hits = w.found[:0]
	keep := 2*limit + 40
	full := false
	for _, at := range w.met {
		if w.best[at] == none {
			continue
		}
		r := w.best[at] - 1
		if len(q.terms) > 1 {
			if r = w.together(at, q, lead, r); r == none {
				continue
			}
		}
		total++
		f := w.ranked(at, r, plainly)
		if limit == 0 || full && w.compare(f, hits[limit-1]) > 0 {
			continue
		}
		if hits = append(hits, f); len(hits) == keep {
			slices.SortFunc(hits, w.compare)
			hits, full = hits[:limit], true
		}
	}
	slices.SortFunc(hits, w.compare)
	w.found = hits
	return hits[:min(len(hits), limit)], total
}

// ranked is a match of a slot with all it is ranked by.
func (w *work) ranked(at uint32, r rank, plainly bool) found {
	s := &w.ix.slots[at]
	f := found{rank: r, at: at, order: s.order, recent: ^uint32(0)}
	if !plainly {
		f.own = w.classes[s.class]&ranked1 != 0
		if len(w.recent) > 0 {
			f.recent = uint32(w.recent[at]) - 1 // 0 becomes the greatest
		}
	}
	return f
}

func (w *work) result(hits []found, total int) (res Result) {
	res.Total = total
	if len(hits) > 0 {
		res.Hits = make([]Hit, len(hits))
	}
	for i, f := range hits {
		res.Hits[i] = Hit{w.ix.slots[f.at].student, f.rank.by()}
	}
	return res
}

func (w *work) compare(a, b found) int {
	if a.own != b.own {
		if a.own {
			return -1
		}
		return 1
	}
	if c := cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.recent, b.recent), cmp.Compare(a.order, b.order)); c != 0 {
		return c
	}
	return cmp.Or(w.ix.compareNames(a.at, b.at), cmp.Compare(w.ix.slots[a.at].student, w.ix.slots[b.at].student))
}

// compareNames orders two slots by the whole of their readings, then by the
// characters.
func (ix *index) compareNames(a, b uint32) int {
	ua, ub := ix.unitsOf(ix.slots[a].name), ix.unitsOf(ix.slots[b].name)
	read := func(u, v uint32) int { return strings.Compare(ix.unit[u].usual(), ix.unit[v].usual()) }
	text := func(u, v uint32) int { return strings.Compare(ix.unit[u].text, ix.unit[v].text) }
	return cmp.Or(slices.CompareFunc(ua, ub, read), slices.CompareFunc(ua, ub, text))
}
