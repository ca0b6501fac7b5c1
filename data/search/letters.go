package search

import (
	"math/bits"
	"slices"
	"strings"
)

// A rank says how well something matched, the lowest best: exact, from the
// beginning, inside; then by whose name; then by a usual reading or not.
type rank uint8

const (
	exact     rank = 0
	beginning rank = 8
	inside    rank = 16
	unusual   rank = 1
	none      rank = 255
)

func (r rank) of(by By) rank { return r + rank(by)*2 }
func (r rank) by() By        { return By(r % 8 / 2) }

// Letters stand for characters in a row: for each its whole reading, its first
// letter, or zh, ch, sh; for the last also any beginning of the reading.

// spelt ranks letters against a name; none where they do not match.
func (ix *index) spelt(units []uint32, letters string) rank {
	several := slices.ContainsFunc(units, func(u uint32) bool { return len(ix.unit[u].readings) > 1 })
	best := none
	try := func(all bool, r rank) {
		if end, ok := ix.follow(units, letters, 1, 0, all); ok {
			if !end {
				r += beginning
			}
			best = min(best, r)
		}
	}
	if try(false, 0); several && best != exact {
		try(true, unusual)
	}
	if best != none || len(units) < 2 {
		return best
	}
	if _, ok := ix.follow(units[1:], letters, 1, 1, false); ok {
		return inside
	}
	if several {
		if _, ok := ix.follow(units[1:], letters, 1, 1, true); ok {
			return inside + unusual
		}
	}
	return none
}

// follow walks over units with the set of places in letters that are reached
// so far, one bit each; seed is put in at every unit, so that 1 lets a match
// begin anywhere. It tells whether the letters ran out, and whether that was
// at the last unit.
func (ix *index) follow(units []uint32, letters string, places, seed uint64, all bool) (end, ok bool) {
	for i, u := range units {
		next := uint64(0)
		for n, reading := range ix.unit[u].readings {
			if n > 0 && !all {
				break
			}
			for p := places; p != 0; p &= p - 1 {
				at := bits.TrailingZeros64(p)
				rest := letters[at:]
				if rest[0] != reading[0] {
					continue
				}
				if strings.HasPrefix(reading, rest) {
					if i == len(units)-1 || seed != 0 {
						return i == len(units)-1, true
					}
					ok = true
				}
				next |= steps(reading, rest) << at
			}
		}
		places = next&(1<<len(letters)-1) | seed
		if places == 0 {
			break
		}
	}
	return false, ok
}

// steps are the numbers of letters that one reading may stand for at the front
// of rest, one bit each.
func steps(reading, rest string) uint64 {
	s := uint64(1 << 1)
	if len(reading) > 1 && len(rest) > 1 && reading[1] == 'h' && rest[1] == 'h' {
		s |= 1 << 2
	}
	if strings.HasPrefix(rest, reading) {
		s |= 1 << len(reading)
	}
	return s
}

// A pattern is initials in a row that a match must have; pure where they are
// the letters themselves, so that having them is enough.
type pattern struct {
	initials string
	pure     bool
}

// patterns are the ways to read letters as initials of several characters,
// three at most of each, or of one letter that stands alone. What lies in a
// longer one is left out.
func (ix *index) patterns(letters string) (all []pattern) {
	var walk func(rest, sofar string, pure bool)
	walk = func(rest, sofar string, pure bool) {
		if len(sofar) == 3 {
			all = append(all, pattern{sofar, false})
			return
		}
		if _, begins := ix.syllables[rest]; begins && (sofar != "" || len(rest) == 1) { // one piece to the end
			all = append(all, pattern{sofar + rest[:1], pure && len(rest) == 1})
		}
		for n := 1; n < len(rest) && n <= maxLetters; n++ {
			s, begins := ix.syllables[rest[:n]]
			if !begins {
				break
			}
			if s.whole || n == 1 || n == 2 && rest[1] == 'h' {
				walk(rest[n:], sofar+rest[:1], pure && n == 1)
			}
		}
	}
	walk(letters, "", true)
	slices.SortStableFunc(all, func(a, b pattern) int { return len(a.initials) - len(b.initials) })
	kept := all[:0]
	for _, p := range all {
		if i := slices.IndexFunc(kept, func(k pattern) bool { return strings.Contains(p.initials, k.initials) }); i < 0 {
			kept = append(kept, p)
		} else if p.initials == kept[i].initials {
			kept[i].pure = kept[i].pure && p.pure // other readings may rank better
		}
	}
	return kept
}

// reads are the units of which one is enough for all the letters: zhan of 张.
// One letter has too many; its pattern finds them.
func (ix *index) reads(letters string) []uint32 {
	if len(letters) < 2 {
		return nil
	}
	return ix.syllables[letters].units
}

// keysWith are the keys that may have initials in a row: their first two are
// there.
func (ix *index) keysWith(initials string) []uint32 {
	p := [2]byte{initials[0]}
	if len(initials) > 1 {
		p[1] = initials[1]
	}
	return ix.pairs[p]
}
