package store

import (
	"context"
	"sync"

	"qiao/data"
)

// A Mailbox gathers what changed since its owner last looked. It is a set: a
// record saved a hundred times is one entry, so a slow session costs the
// writer nothing and misses nothing.
type Mailbox struct {
	mu     sync.Mutex
	refs   map[data.Ref]bool
	told   bool          // it hears who comes in and goes, too
	others data.Ref      // and who has this record open
	ready  chan struct{} // holds a token while refs is not empty
}

// boxful bounds a Mailbox. Beyond it the entries give way to the zero Ref,
// which means "anything may have changed".
const boxful = 256

// Watch returns a mailbox for every change from now on, and its undo.
func (db *DB) Watch() (*Mailbox, func()) {
	m := &Mailbox{refs: map[data.Ref]bool{}, ready: make(chan struct{}, 1)}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.boxes[m] = struct{}{}
	return m, func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		delete(db.boxes, m)
	}
}

// Wait blocks until something changed or ctx ends; then it returns nil.
func (m *Mailbox) Wait(ctx context.Context) map[data.Ref]bool {
	select {
	case <-m.ready:
		m.mu.Lock()
		defer m.mu.Unlock()
		refs := m.refs
		m.refs = map[data.Ref]bool{}
		return refs
	case <-ctx.Done():
		return nil
	}
}

// Hear makes the mailbox hear from now on who comes in and goes.
func (m *Mailbox) Hear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.told = true
}

// Attend makes the mailbox hear from now on of the others who have a record
// open, instead of the record before; the zero Ref: of none.
func (m *Mailbox) Attend(on data.Ref) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.others = on.Others()
}

func (m *Mailbox) hears(r data.Ref) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return r == m.others || m.told && r.Kind == "session"
}

func (m *Mailbox) put(refs []data.Ref) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range refs {
		m.refs[r] = true
	}
	if len(m.refs) > boxful {
		m.refs = map[data.Ref]bool{{}: true}
	}
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// announce tells every mailbox; it never blocks.
func (db *DB) announce(refs []data.Ref) {
	if len(refs) == 0 {
		return
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	for m := range db.boxes {
		m.put(refs)
	}
}

// Tell announces what is not in the file, that someone came or went, to the
// mailboxes that want to hear of it: when hundreds log in at once, waking every
// session for each of them would cost more than the logins.
func (db *DB) Tell(ref data.Ref) {
	db.mu.Lock()
	defer db.mu.Unlock()
	for m := range db.boxes {
		if m.hears(ref) {
			m.put([]data.Ref{ref})
		}
	}
}
