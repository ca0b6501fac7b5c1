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
	mu    sync.Mutex
	refs  map[data.Ref]bool
	ready chan struct{} // holds a token while refs is not empty
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
