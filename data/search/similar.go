package search

import (
	"cmp"
	"slices"
	"strings"
)

// similar are up to three names of the scope that sound like the one asked for:
// the same, or with z and zh, c and ch, s and sh, l and n, -n and -ng mixed up
// as accents do. Those that sound the same come first.
func (w *work) similar(terms []term) []string {
	letters, length := spoken(terms)
	if !strings.ContainsAny(letters, "aeiouv") || len(letters) > maxTerm { // initials sound like anything
		return nil
	}
	ix := w.ix
	var near []found
	look := func(ref uint32) {
		n := ix.names[ref>>1]
		if n.by != ByName || !w.sees(n.slot) {
			return
		}
		r := exact
		if units := ix.unitsOf(ref >> 1); !ix.sounds(units, letters, same) {
			if r = inside; !ix.sounds(units, letters, alike) {
				return
			}
		}
		near = append(near, found{at: n.slot, order: ix.slots[n.slot].order, rank: r})
	}
	for no, key := range ix.keys {
		if key != "" && lateral(key[0]) == lateral(letters[0]) && (length == 0 || length == len(key)) {
			for _, ref := range ix.keyRefs[no] {
				look(ref)
			}
		}
	}
	for _, ref := range ix.odd {
		look(ref)
	}
	slices.SortFunc(near, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.order, b.order), ix.compareNames(a.at, b.at))
	})
	var names []string
	for _, f := range near {
		if name := ix.nameOf(f.at); !slices.Contains(names, name) {
			if names = append(names, name); len(names) == 3 {
				break
			}
		}
	}
	return names
}

// spoken is the pinyin of a query that is a name and no more, and of how many
// characters, if that is known.
func spoken(terms []term) (letters string, length int) {
	t, ok := joined(terms)
	if len(terms) == 1 {
		t, ok = terms[0], true
	}
	if !ok || !t.class.IsZero() {
		return "", 0
	}
	if t.letters != "" {
		return t.letters, 0
	}
	for _, p := range parts(string(t.han), "") {
		if len(p.readings) == 0 {
			return "", 0
		}
		letters += p.readings[0]
	}
	return letters, len(t.han)
}

// sounds reports whether letters are read like the units of a name, all of
// them.
func (ix *index) sounds(units []uint32, letters string, alike func(a, b string) bool) bool {
	places := uint64(1) // where the next reading may begin, one bit each
	for _, u := range units {
		next := uint64(0)
		for at := range len(letters) {
			if places&(1<<at) == 0 {
				continue
			}
			for _, r := range ix.unit[u].readings {
				for n := max(1, len(r)-2); n <= len(r)+2 && at+n <= len(letters); n++ {
					if alike(letters[at:at+n], r) {
						next |= 1 << (at + n)
					}
				}
			}
		}
		if places = next; places == 0 {
			return false
		}
	}
	return places&(1<<len(letters)) != 0
}

func same(a, b string) bool { return a == b }

// alike reports whether two syllables are mixed up.
func alike(a, b string) bool {
	return lateral(a[0]) == lateral(b[0]) && core(a) == core(b)
}

// lateral takes n for l.
func lateral(c byte) byte {
	if c == 'n' {
		return 'l'
	}
	return c
}

// core is a syllable without its first letter, the h of zh, ch, sh and the g of
// -ng.
func core(s string) string {
	if len(s) > 1 && s[1] == 'h' && strings.IndexByte("zcs", s[0]) >= 0 {
		s = s[1:]
	}
	s = s[1:]
	if strings.HasSuffix(s, "ng") {
		s = s[:len(s)-1]
	}
	return s
}

// nameOf is a student's name as it is written.
func (ix *index) nameOf(at uint32) string {
	if label, ok := ix.labels[at]; ok {
		return label
	}
	return ix.text(ix.unitsOf(ix.slots[at].name))
}
