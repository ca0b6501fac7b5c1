package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"qiao/data"
)

// looks remembers what was written down lately, so that one look at a card, or
// one refusal, is one row in ten minutes, whoever reloads meanwhile. It is of
// this process alone: after a new start a look is written once more.
type looks struct {
	mu sync.Mutex
	at map[looked]time.Time
}

// looked is the same look from the same window's key and address.
type looked struct {
	who                int64
	console, key, from string
	did                data.Deed
	what               data.Ref
}

// mostLooks bounds what is remembered; beyond it something is written twice.
const mostLooks = 1 << 15

// take reports whether a look is to be written down, and counts it as written.
func (l *looks) take(k looked, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at, ok := l.at[k]; ok && now.Sub(at) < lately && !now.Before(at) {
		return false
	}
	if len(l.at) >= mostLooks {
		for k, at := range l.at {
			if now.Sub(at) >= lately {
				delete(l.at, k)
			}
		}
	}
	if l.at == nil || len(l.at) >= mostLooks {
		l.at = map[looked]time.Time{}
	}
	l.at[k] = now
	return true
}

// drop takes back what could not be written.
func (l *looks) drop(ks []looked) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range ks {
		delete(l.at, k)
	}
}

// once writes entries into the audit log but those that were written within the
// last ten minutes.
func (d *Desk) once(ctx context.Context, es ...entry) error {
	var ks []looked
	var fresh []entry
	for _, e := range es {
		k := looked{d.who, d.console, d.key, d.from, e.did, e.what}
		if d.db.looks.take(k, d.db.now()) {
			ks, fresh = append(ks, k), append(fresh, e)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	err := d.db.write(ctx, func(t *tx) ([]data.Ref, error) {
		for _, e := range fresh {
			if err := d.audit(t, e); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	if err != nil {
		d.db.looks.drop(ks)
	}
	return err
}

// note writes down what a call gave out, or that it was refused. What cannot be
// written down is not given out; a refusal stays one.
func (d *Desk) note(ctx context.Context, n noted, err error) error {
	switch {
	case err == nil:
		return d.once(ctx, n.looks...)
	case errors.Is(err, data.ErrForbidden) && len(n.denied) == 0:
		n.denied = []entry{{did: data.AccessRefused}}
	case !errors.Is(err, data.ErrForbidden) && !errors.Is(err, data.ErrNotFound):
		return err
	}
	d.log(d.once(context.WithoutCancel(ctx), n.denied...))
	return err
}

// noted is what a transaction has to say to the audit log once it is over.
type noted struct{ looks, denied []entry }

// look notes that the call gives out what the rules want known.
func (t *tx) look(es ...entry) { t.looks = append(t.looks, es...) }

// deny notes what a call is refused for, if it ends so. Calls that go through
// many and leave out what is not for their reader are not refused.
func (t *tx) deny(what data.Ref, student, household int64, level data.Level) {
	t.denied = append(t.denied, entry{did: data.AccessRefused, what: what, student: student, household: household, level: level})
}

func (t *tx) denyStudent(s data.Student) {
	t.deny(data.Ref{Kind: "student", ID: s.ID}, s.ID, s.Household, data.Normal)
}

func (t *tx) denyContact(c data.Contact) {
	t.deny(data.Ref{Kind: "contact", ID: c.ID}, c.Students[0], c.Household, c.Level)
}

// lookAt notes a look at something of a student as a whole.
func (t *tx) lookAt(s data.Student, did data.Deed, level data.Level) {
	t.look(entry{did: did, what: data.Ref{Kind: "student", ID: s.ID}, student: s.ID, household: s.Household, level: level})
}

// texts notes the texts above the level normal that me is given whole, in a list
// too: reading one there is reading it. One's own are no news.
func (t *tx) texts(me data.Account, cs ...data.Contact) {
	for _, c := range cs {
		if c.Level > data.Normal && c.Sight == data.Whole && c.Staff != me.ID && len(c.Students) > 0 {
			t.look(entry{did: data.Viewed, what: data.Ref{Kind: "contact", ID: c.ID}, student: c.Students[0], household: c.Household, level: c.Level})
		}
	}
}

// promised is texts for a promise, which has its contact's level.
func (t *tx) promised(me data.Account, p promised) {
	if p.Level > data.Normal && p.writer != me.ID && p.Owner != me.ID {
		t.look(entry{did: data.Viewed, what: data.Ref{Kind: "promise", ID: p.ID}, student: p.Student, household: p.Household, level: p.Level})
	}
}
