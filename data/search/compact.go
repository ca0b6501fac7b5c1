package search

// compacted is a new index of the living slots. It takes over the units, which
// only grow; the old one may still be read, but no longer changed.
func (ix *index) compacted() *index {
	fresh := newIndex(len(ix.bySlot) + len(ix.bySlot)/8)
	fresh.unit, fresh.unitOf, fresh.syllables, fresh.han = ix.unit, ix.unitOf, ix.syllables, ix.han
	fresh.uses = make([][]uint32, len(ix.unit))
	for at := range ix.slots {
		if !ix.slots[at].dead {
			fresh.put(ix.recordOf(uint32(at)))
		}
	}
	fresh.tighten()
	return fresh
}

func (ix *index) recordOf(at uint32) record {
	s := ix.slots[at]
	r := record{slot: s, class: ix.classes[s.class], number: ix.numbersOf(at), label: ix.labels[at]}
	from, to := ix.namesOf(at)
	for no := from; no < to; no++ {
		r.names = append(r.names, nameUnits{ix.names[no].by, ix.unitsOf(no)})
	}
	return r
}

// tighten gives lists the room they need and no more: what was built at once
// changes little later.
func (ix *index) tighten() {
	clip(ix.keyRefs)
	clip(ix.members)
	clip(ix.uses)
	ix.numbers = append(make([]byte, 0, len(ix.numbers)+len(ix.numbers)/32), ix.numbers...)
	ix.units = append(make([]uint32, 0, len(ix.units)+len(ix.units)/32), ix.units...)
	ix.names = append(make([]name, 0, len(ix.names)+len(ix.names)/32), ix.names...)
}

// clip moves lists into one piece of memory.
func clip(lists [][]uint32) {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	all := make([]uint32, 0, n)
	for i, l := range lists {
		from := len(all)
		all = append(all, l...)
		lists[i] = all[from:len(all):len(all)]
	}
}
