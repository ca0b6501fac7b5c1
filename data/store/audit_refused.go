package store

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"qiao/data"
)

// Bounds of what strangers make the log hold, whatever they try: in a minute so
// many keys of one address, and so many rows in all, each with its count twice
// at most.
const (
	refusedFor    = time.Minute
	keysOfAddress = 10
	refusedRows   = 60
)

// refusals gathers the keys that let nobody in. The login does not wait: what
// it says goes into a box, and a goroutine that only runs once somebody was
// refused writes it down.
type refusals struct {
	begun sync.Once
	in    chan knock
	lost  atomic.Int64 // the box was full
	quit  chan struct{}
	done  chan struct{}
}

func newRefusals() refusals {
	return refusals{in: make(chan knock, 256), quit: make(chan struct{}), done: make(chan struct{})}
}

// A knock is one key of one address at the door. Without a key it stands for
// many keys, without an address for many addresses.
type knock struct {
	key, from string
	inside    bool // another key let the client in
}

// RefuseLogin notes that keys, by their fingerprints, let nobody in from an
// address. It never waits. The first of a key and address is written down at
// once, its repeats within a minute as one row with their count. Where another
// key did let the client in, as an agent offers them all in turn, only keys that
// were somebody's are written: revoked ones, or of a closed account.
func (db *DB) RefuseLogin(from string, keys []string, inside bool) {
	if len(keys) == 0 {
		return
	}
	db.refused.begun.Do(func() { db.spawn("refusals", db.gatherRefusals) })
	for _, k := range keys {
		select {
		case db.refused.in <- knock{k, from, inside}:
		default:
			db.refused.lost.Add(1)
		}
	}
}

// stop writes down what is not written yet.
func (r *refusals) stop() {
	begun := true
	r.begun.Do(func() { begun = false })
	close(r.quit)
	if begun {
		<-r.done
	}
}

func (db *DB) gatherRefusals() {
	m := minute{db: db, again: map[knock]int64{}, keys: map[string]int{}}
	var over <-chan time.Time
	for {
		select {
		case k := <-db.refused.in:
			m.take(k)
			if over == nil {
				over = time.After(refusedFor)
			}
		case <-over:
			over = nil
			m.end()
		case <-db.refused.quit:
			for len(db.refused.in) > 0 {
				m.take(<-db.refused.in)
			}
			m.end()
			close(db.refused.done)
			return
		}
	}
}

// A minute is what was refused within one.
type minute struct {
	db    *DB
	again map[knock]int64 // repeats of what has its row
	keys  map[string]int  // different keys of an address
}

func (m *minute) take(k knock) {
	if _, known := m.again[k]; !known && m.keys[k.from] >= keysOfAddress {
		k = knock{from: k.from}
	}
	if _, known := m.again[k]; !known && len(m.again) >= refusedRows {
		k = knock{}
	}
	if _, known := m.again[k]; known {
		m.again[k]++
		return
	}
	m.again[k] = 0
	m.keys[k.from]++
	m.write(map[knock]int64{k: 1})
}

// end writes the repeats of a minute, with what found no place in the box.
func (m *minute) end() {
	m.again[knock{}] += m.db.refused.lost.Swap(0)
	m.write(m.again)
	clear(m.again)
	clear(m.keys)
}

func (m *minute) write(times map[knock]int64) {
	err := m.db.write(context.Background(), func(t *tx) ([]data.Ref, error) {
		for k, n := range times {
			if n == 0 {
				continue
			}
			owner, why, err := m.db.refusedKey(t, k.key)
			if err != nil {
				return nil, err
			}
			if k.inside && owner == 0 {
				continue
			}
			d := &Desk{db: m.db, door: "login", key: k.key, from: k.from}
			if err := d.audit(t, entry{did: data.SignInRefused, what: data.Ref{Kind: "account", ID: owner}, now: refusal{why, n}}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	if err != nil {
		slog.Error("store: a refused login is not in the audit log", "err", err)
	}
}

// A refusal is what the log keeps of a refused login besides who and where.
type refusal struct {
	Why   string `json:"why"`
	Times int64  `json:"times"`
}

// refusedKey is whose key it is, if anybody's, and why it lets nobody in.
func (db *DB) refusedKey(t *tx, key string) (owner int64, why string, err error) {
	if key == "" {
		return 0, "many", nil
	}
	var revoked time.Time
	err = t.row("SELECT account, revoked_at FROM account_key WHERE fingerprint = ?", []any{key}, &owner, moment{&revoked})
	switch {
	case errors.Is(err, data.ErrNotFound):
		return 0, "unknown", nil
	case err != nil || !revoked.IsZero():
		return owner, "revoked", err
	}
	return owner, "closed", nil
}

// refusal reads why and how often a login was refused.
func (n *lineNames) refusal(l *data.AuditLine) error {
	var now string
	err := n.t.row("SELECT now FROM audit_detail WHERE audit = ?", []any{l.ID}, &now)
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	var r refusal
	if err == nil && json.Unmarshal([]byte(now), &r) == nil {
		l.Why, l.Times = r.Why, int(r.Times)
	}
	return err
}
