package session

import "time"

// A bucket gives out so many tokens at once, and then one each interval. It is
// full when it is new.
type bucket struct {
	gone float64 // tokens
	seen time.Time
}

func (b *bucket) take(most int, every time.Duration, now time.Time) bool {
	b.gone = max(0, b.gone-float64(now.Sub(b.seen))/float64(every))
	b.seen = now
	if b.gone+1 > float64(most) {
		return false
	}
	b.gone++
	return true
}

// fewTimes is how often in a minute an address begins to enrol before it counts
// as one that tries codes.
const fewTimes = 2

// mayEnrol reports whether an address may begin to enrol now: the screen that
// asks for a code costs ten times what a refused key does, and whoever guesses
// codes must not slow down those inside. Addresses that come often have a share
// of their own, so that guessing leaves the others theirs.
func (g *gate) mayEnrol(v *visitor, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now.Sub(v.enrolled) >= g.limits.FailuresIn {
		v.enrols, v.enrolled = 0, now
	}
	line := &g.first
	if v.enrols++; v.enrols > fewTimes {
		line = &g.again
	}
	return line.take(g.limits.EnrolBurst, g.limits.EnrolEvery, now)
}
