package data

import (
	"slices"
	"strconv"
)

// Few is under how many persons an inspector is not told a number: rule B11 of
// the school's access rules.
const Few = 5

// A Count is a number of persons or deeds as its reader may know it. The zero
// Count is none.
type Count struct {
	n    int
	seen sightOfCount
}

type sightOfCount byte

// The number stands there; it is under Few; it is not told, for with the others
// of its sum it would tell one that is under Few.
const (
	told sightOfCount = iota
	few
	withheld
)

// CountOf is a count that is told.
func CountOf(n int) Count { return Count{n: n} }

// N is the number, and whether it is told.
func (c Count) N() (n int, ok bool) {
	if c.seen != told {
		return 0, false
	}
	return c.n, true
}

// String is the count as everybody reads it: 17, <5, or * where it is not told.
func (c Count) String() string {
	switch c.seen {
	case few:
		return "<" + strconv.Itoa(Few)
	case withheld:
		return "*"
	}
	return strconv.Itoa(c.n)
}

// MarshalJSON is a number, or "<5" and "*".
func (c Count) MarshalJSON() ([]byte, error) {
	if n, ok := c.N(); ok {
		return strconv.AppendInt(nil, int64(n), 10), nil
	}
	return []byte(`"` + c.String() + `"`), nil
}

// A sum is a count and those that make it up.
type sum struct {
	total *Count
	parts []*Count
}

// hide keeps what is under Few from the reader of these counts, and as many more
// as it takes that no sum gives one away. What was hidden loses its number.
func hide(all []*Count, sums []sum) {
	for _, c := range all {
		if c.n < Few && c.seen == told {
			c.seen = few
		}
	}
	for again := true; again; {
		again = false
		for _, s := range sums {
			again = s.protect() || again
		}
	}
	for _, c := range all {
		if c.seen != told {
			c.n = 0
		}
	}
}

// protect hides one more count of a sum whose others would tell what is hidden,
// and reports whether it did: the smallest of its parts, else the sum itself.
func (s sum) protect() bool {
	switch hides := slices.ContainsFunc(s.parts, func(p *Count) bool { return p.seen != told }); {
	case s.total.seen == told && !s.tells(), s.total.seen != told && (hides || len(s.parts) == 0):
		return false
	}
	var least *Count
	for _, p := range s.parts {
		if p.seen == told && (least == nil || p.n < least.n) {
			least = p
		}
	}
	if least == nil {
		least = s.total
	}
	least.seen = withheld
	return true
}

// tells reports whether the sum gives one of its hidden parts away: what is left
// for them allows one of them one value only.
func (s sum) tells() bool {
	var hidden []*Count
	rest := 0
	for _, p := range s.parts {
		if p.seen != told {
			hidden = append(hidden, p)
			rest += p.n
		}
	}
	low := func(c *Count) int {
		if c.seen == withheld {
			return Few
		}
		return 0
	}
	high := func(c *Count) int {
		if c.seen == withheld {
			return rest
		}
		return Few - 1
	}
	return slices.ContainsFunc(hidden, func(c *Count) bool {
		lows, highs := 0, 0
		for _, o := range hidden {
			if o != c {
				lows, highs = lows+low(o), highs+high(o)
			}
		}
		return max(low(c), rest-highs) >= min(high(c), rest-lows)
	})
}
