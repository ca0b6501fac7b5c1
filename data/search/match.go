package search

import (
	"bytes"
	"sort"
	"strings"
)

// cost is about how many names or numbers a term has to look at.
func (w *work) cost(t term) (n int) {
	if !t.class.IsZero() {
		n += 100
	}
	if t.tag != 0 {
		n += len(w.ix.slots)
	}
	if t.digits != "" {
		n += len(w.ix.numbers) / 100 // reads far faster than the others
	}
	if t.han != nil {
		_, names := w.ix.rarest(t.han)
		n += names
	}
	if t.letters != "" {
		for _, u := range w.ix.reads(t.letters) {
			n += len(w.ix.uses[u])
		}
		for _, p := range w.ix.patterns(t.letters) {
			for _, key := range w.ix.keysWith(p.initials) {
				n += len(w.ix.keyRefs[key])
			}
		}
	}
	return n
}

// candidates meets every slot that a term matches.
func (w *work) candidates(t term) {
	if t.letters != "" {
		w.byLetters(t.letters)
	}
	if t.han != nil {
		w.byHan(t.han)
	}
	if t.digits != "" {
		w.byDigits(t.digits)
	}
	if !t.class.IsZero() {
		for no, c := range w.ix.classes {
			if c.name == t.class {
				for _, at := range w.ix.members[no] {
					w.meet(at, exact)
				}
			}
		}
	}
	if t.tag != 0 {
		for at := range w.ix.slots {
			if w.ix.slots[at].tags&t.tag != 0 {
				w.meet(uint32(at), tagged)
			}
		}
	}
}

// tagged ranks what only a tag found, after all names.
const tagged rank = 24

func (w *work) byLetters(letters string) {
	ix := w.ix
	look := func(ref uint32) {
		if r := ix.spelt(ix.unitsOf(ref>>1), letters); r != none {
			w.meetName(ref, r)
		}
	}
	for _, ref := range ix.odd {
		look(ref)
	}
	for _, u := range ix.reads(letters) {
		for _, ref := range ix.uses[u] {
			look(ref)
		}
	}
	for _, p := range ix.patterns(letters) {
		for _, no := range ix.keysWith(p.initials) {
			key := ix.keys[no]
			at := strings.Index(key, p.initials)
			if at < 0 {
				continue
			}
			if !p.pure {
				for _, ref := range ix.keyRefs[no] {
					look(ref)
				}
				continue
			}
			r := place(at, len(p.initials), len(key))
			for _, ref := range ix.keyRefs[no] {
				w.meetName(ref, r+rank(ref&1))
			}
		}
	}
}

// place ranks a match of n at some place in a whole of so many.
func place(at, n, whole int) rank {
	switch {
	case at > 0:
		return inside
	case n < whole:
		return beginning
	}
	return exact
}

func (w *work) byHan(han []rune) {
	units, _ := w.ix.rarest(han)
	for _, u := range units {
		for _, ref := range w.ix.uses[u] {
			if r := w.ix.written(w.ix.unitsOf(ref>>1), han); r != none {
				w.meetName(ref, r)
			}
		}
	}
}

// rarest are the units of that character of several that the fewest names
// have, and how many have it.
func (ix *index) rarest(han []rune) (units []uint32, names int) {
	for i, h := range han {
		n := 0
		for _, u := range ix.han[h] {
			n += len(ix.uses[u])
		}
		if i == 0 || n < names {
			units, names = ix.han[h], n
		}
	}
	return units, names
}

// written ranks characters in a row against a name.
func (ix *index) written(units []uint32, han []rune) rank {
	for at := 0; at+len(han) <= len(units); at++ {
		same := true
		for i, h := range han {
			if ix.unit[units[at+i]].han != h {
				same = false
				break
			}
		}
		if same {
			return place(at, len(han), len(units))
		}
	}
	return none
}

func (w *work) byDigits(digits string) {
	numbers, want := w.ix.numbers, wanted(digits)
	at := uint32(0)
	for from := 0; ; from++ {
		i := bytes.Index(numbers[from:], want)
		if i < 0 {
			return
		}
		from += i
		if at = w.ix.slotAt(uint32(from), at); !w.ix.slots[at].dead {
			w.meet(at, numberPlace(numbers, from, len(want)))
		}
	}
}

// slotAt is whose number stands at a place, from some slot on: by steps that
// double, for it is mostly near, then by halving.
func (ix *index) slotAt(place, from uint32) uint32 {
	step, n := uint32(1), uint32(len(ix.slots))
	for from+step < n && ix.slots[from+step].number <= place {
		from, step = from+step, step*2
	}
	return from + uint32(sort.Search(int(min(step, n-from)), func(k int) bool { return ix.slots[from+uint32(k)].number > place })) - 1
}

// wanted is what numbers are searched for: a run of three or more anywhere,
// fewer only as a whole student number.
func wanted(digits string) []byte {
	if len(digits) < 3 {
		return []byte("\n" + digits + "\t")
	}
	return []byte(digits)
}

// numberPlace ranks n bytes in numbers: the whole of one, its end, or inside.
func numberPlace(numbers []byte, at, n int) rank {
	end := numbers[at+n-1] == '\t' || numbers[at+n] == '\t'
	start := numbers[at] == '\n' || numbers[at-1] < ' '
	switch {
	case end && start:
		return exact
	case end:
		return beginning
	}
	return inside
}

// together ranks a slot that the leading term met against all terms, the worst
// counts; none if one does not match. Names typed as several words, "zhang w",
// are also taken as one, if that ranks better.
func (w *work) together(at uint32, q *query, lead int, r rank) rank {
	for i, t := range q.terms {
		if i != lead {
			if r = max(r, w.rank(at, t)); r == none {
				return none
			}
		}
	}
	if q.joined {
		r = min(r, w.rank(at, q.name))
	}
	return r
}

// joined is one term for all the names among terms, if they are alike.
func joined(terms []term) (t term, ok bool) {
	n := 0
	for _, u := range terms {
		if u.letters != "" || u.han != nil {
			t.letters += u.letters
			t.han = append(t.han, u.han...)
			n++
		}
	}
	return t, n > 1 && (t.letters == "" || t.han == nil) && len(t.letters) <= maxTerm
}

// rank is how one slot matches one term.
func (w *work) rank(at uint32, t term) rank {
	ix := w.ix
	best := none
	if t.letters != "" || t.han != nil {
		best = w.nameRank(at, t, false)
		for s, k := ix.slots[at].next, 0; s != at && k < maxHome; s, k = ix.slots[s].next, k+1 {
			best = min(best, w.nameRank(s, t, true))
		}
	}
	if t.digits != "" {
		numbers, want := ix.numbersOf(at), wanted(t.digits)
		for from := 0; ; from++ {
			i := bytes.Index(numbers[from:], want)
			if i < 0 {
				break
			}
			from += i
			best = min(best, numberPlace(numbers, from, len(want)))
		}
	}
	if !t.class.IsZero() && ix.classes[ix.slots[at].class].name == t.class {
		best = exact
	}
	if ix.slots[at].tags&t.tag != 0 {
		best = min(best, tagged)
	}
	return best
}

// nameRank is how the names of a slot match; for a sibling's only its own.
func (w *work) nameRank(at uint32, t term, sibling bool) rank {
	ix := w.ix
	best := none
	from, to := ix.namesOf(at)
	for no := from; no < to; no++ {
		by := ix.names[no].by
		if sibling {
			if by > ByFormer {
				break
			}
			by = BySibling
		}
		r := none
		if t.letters != "" {
			r = ix.spelt(ix.unitsOf(no), t.letters)
		}
		if t.han != nil {
			r = min(r, ix.written(ix.unitsOf(no), t.han))
		}
		if r != none {
			best = min(best, r.of(by))
		}
	}
	return best
}
