package store

import (
	"errors"
	"log/slog"
	"sync"

	"modernc.org/sqlite"
)

// ownLocks makes SQLite's lock on a file belong to SQLite's own descriptor: a
// process's ordinary locks on a file are all dropped when any code in it closes
// any descriptor of that file, a library that looked into it included. Where
// the system knows no such locks, nothing of ours may open the file.
var ownLocks = sync.OnceFunc(func() {
	if _, err := sqlite.OFDLocking(true); err != nil && !errors.Is(err, sqlite.ErrOFDLockingUnavailable) {
		slog.Warn("store: ordinary locks", "err", err)
	}
})
