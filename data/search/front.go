package search

import "slices"

// One letter is in the names of half a school. Who sees few classes is answered
// from those; for who sees all of a big school, the best of such an answer are
// kept: from one such reader to the next they differ by the classes and the
// families that are their own, and those are ranked one by one.
const (
	manyMet  = 4000 // matches that are worth keeping the best of
	keptBest = 400
	mostKept = 64 // answers
)

// frontOf is what an answer depends on, for those who see the whole school.
type frontOf struct {
	typed string
	year  int
	tags  bool
}

// A front is the best of an answer, ranked as for somebody with nothing of
// their own, and the number of all.
type front struct {
	best  []found
	total int
}

func (b *Block) front(of frontOf) front {
	b.fronting.Lock()
	defer b.fronting.Unlock()
	return b.fronts[of]
}

func (b *Block) keepFront(of frontOf, f front) {
	b.fronting.Lock()
	defer b.fronting.Unlock()
	if len(b.fronts) >= mostKept {
		clear(b.fronts)
	}
	b.fronts[of] = f
}

// noFronts forgets them: something they were made of has changed.
func (b *Block) noFronts() {
	b.fronting.Lock()
	defer b.fronting.Unlock()
	clear(b.fronts)
}

// front is the front of what was met.
func (w *work) front(q *query, lead, most int) front {
	best, total := w.choose(q, lead, most, true)
	return front{slices.Clone(best), total}
}

// fromFront answers from a front. It is false where there is none, or so much
// of it is the searcher's own that what is left does not reach.
func (w *work) fromFront(f front, q *query, lead, limit int) (Result, bool) {
	if f.total == 0 {
		return Result{}, false
	}
	hits := w.found[:0]
	own := func(at uint32) {
		if w.best[at] != 0 || !w.sees(at) {
			return
		}
		if r := w.whole(at, q, lead); r != none {
			w.meet(at, r)
			hits = append(hits, w.ranked(at, r, false))
		}
	}
	for no, as := range w.classes {
		if as&ranked1 != 0 {
			for _, at := range w.ix.members[no] {
				own(at)
			}
		}
	}
	for at := range w.recent {
		own(at)
	}
	others := 0
	for _, g := range f.best {
		if w.best[g.at] == 0 {
			hits = append(hits, g)
			others++
		}
	}
	w.found = hits
	if others < limit && len(f.best) < f.total {
		w.unmeet()
		return Result{}, false
	}
	slices.SortFunc(hits, w.compare)
	return w.result(hits[:max(0, min(limit, len(hits)))], f.total), true
}

// whole ranks a slot against the whole query.
func (w *work) whole(at uint32, q *query, lead int) rank {
	r := w.rank(at, q.terms[lead])
	if r == none || len(q.terms) == 1 {
		return r
	}
	return w.together(at, q, lead, r)
}

// scope meets the slots of the searcher's scope that the leading term matches,
// if they are few beside the candidates of that term. Else it does nothing.
func (w *work) scope(q *query, lead, cost int) bool {
	n := len(w.listed)
	for no, as := range w.classes {
		if as&mayFind != 0 {
			n += len(w.ix.members[no])
		}
	}
	if 4*n > cost { // to rank one slot is that much dearer
		return false
	}
	look := func(at uint32) {
		if r := w.rank(at, q.terms[lead]); r != none {
			w.meet(at, r)
		}
	}
	for no, as := range w.classes {
		if as&mayFind != 0 {
			for _, at := range w.ix.members[no] {
				look(at)
			}
		}
	}
	for _, at := range w.listed {
		look(at)
	}
	return true
}
