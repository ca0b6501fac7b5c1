// Package store keeps the program's records in one SQLite file.
//
// The only door to the records is [DB.As], which returns a [Desk] for one
// account; every method of Desk asks data's rules before it answers. This
// package knows SQL and transactions. It decides nothing itself: who may do
// what and what is valid stand in package data.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"qiao/data"
	"qiao/data/search"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

// readers is how many connections answer reads. Each costs a page cache; reads
// are short, so a few serve hundreds of sessions.
const readers = 4

// readCache is how many KiB of pages each of them keeps. A page costs twice its
// size in the memory of SQLite's Go build, and the system has the file's pages
// anyway: the default of 2,000 finds a card no faster in a school of 2,000, and
// by a quarter in one of 100,000.
const readCache = 512

// ErrNewer is the answer of Open to a file that a newer version of the program
// has written: this one would not understand it.
var ErrNewer = errors.New("the database is of a newer version of qiao")

// A DB is one open database file. It is safe for concurrent use.
type DB struct {
	now  data.Clock
	w, r *sql.DB
	idle *resting // read connections nobody uses now

	jobs chan job
	quit chan struct{}
	done sync.WaitGroup

	follows sync.Once
	others  chan struct{}                // a tick: look for other processes' commits
	version int64                        // the writer's: PRAGMA data_version when last looked
	heard   int64                        // the writer's: the newest audit row known
	block   atomic.Pointer[search.Block] // names, for finding; see find.go

	rosters facts
	rooms   *rooms
	hashing chan struct{} // holds a token while a one-time code is hashed
	looks   looks
	checked checked
	refused refusals

	mu    sync.Mutex
	boxes map[*Mailbox]struct{}
}

// Open opens the file at path, creating it if need be with mode 0600, and
// brings its schema up to date. A file of a newer version is refused with
// ErrNewer and left as it is.
func Open(ctx context.Context, path string, now data.Clock) (_ *DB, err error) {
	ownLocks()
	if err := private(path); err != nil {
		return nil, err
	}
	db := &DB{now: now, jobs: make(chan job), quit: make(chan struct{}), others: make(chan struct{}), boxes: map[*Mailbox]struct{}{},
		idle: newResting(readers), refused: newRefusals(), rosters: newFacts(), rooms: newRooms(), hashing: make(chan struct{}, 1)}
	if db.w, err = sql.Open("sqlite", dsn(path, "_txlock=immediate")); err != nil {
		return nil, err
	}
	db.w.SetMaxOpenConns(1)
	db.r, err = sql.Open("sqlite", dsn(path, fmt.Sprintf("_query_only=1&_pragma=cache_size(-%d)", readCache)))
	if err == nil {
		db.r.SetMaxOpenConns(readers)
		err = db.start(ctx)
	}
	if err != nil {
		_ = db.closeAll()
		return nil, disk(err)
	}
	db.spawn("writer", db.writeLoop)
	return db, nil
}

// start migrates the file, opens the reading connections and reads the block of
// names.
func (db *DB) start(ctx context.Context) error {
	if err := db.migrate(ctx); err != nil {
		return err
	}
	for range readers {
		c, err := db.r.Conn(ctx)
		if err != nil {
			return err
		}
		db.idle.put(newTx(c))
	}
	return db.fillBlock(ctx)
}

// private makes the file with mode 0600 before SQLite would make it by umask;
// the -wal and -shm beside it take the mode of the file. An existing file is not
// opened here: closing it would drop SQLite's locks in this process.
func private(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// dsn puts every setting in the name, where each new connection of the pool
// finds it; a PRAGMA run by hand reaches one connection only.
func dsn(path, more string) string {
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: "_busy_timeout=5000" +
		"&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_dqs=0&_defensive=1&" + more}).String()
}

func (db *DB) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	up, err := goose.NewProvider(goose.DialectSQLite3, db.w, files)
	if err != nil {
		return err
	}
	has, newest, err := up.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > newest {
		return fmt.Errorf("%w: its schema is %d, this program knows %d", ErrNewer, has, newest)
	}
	if has == newest {
		return nil // nothing to write: a command beside a server does not queue for the lock
	}
	if has > 0 { // a large log takes a while
		slog.Info("bringing the database up to date", "from", has, "to", newest)
	}
	_, err = up.Up(ctx)
	return err
}

// spawn starts a goroutine of the store's own. A panic in it would end the
// server for everybody, so it is caught, and the goroutine begun anew.
func (db *DB) spawn(name string, f func()) {
	db.done.Go(func() {
		for !db.run(name, f) {
			time.Sleep(time.Second) // a fault that returns at once must not spin
		}
	})
}

func (db *DB) run(name string, f func()) (ended bool) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic", "in", "store "+name, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	f()
	return true
}

// beside runs f n times side by side and waits for all. A panic in one is
// logged, and what it was to find out is not known: f's caller must not take a
// silent one for sound.
func (db *DB) beside(n int, f func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { db.run("beside", func() { f(i) }) })
	}
	all.Wait()
}

// Close finishes the write in hand and closes the file.
func (db *DB) Close() error {
	db.refused.stop()
	close(db.quit)
	db.done.Wait()
	return db.closeAll()
}

func (db *DB) closeAll() error {
	db.idle.close()
	var rerr error
	if db.r != nil {
		rerr = db.r.Close()
	}
	return errors.Join(rerr, db.w.Close())
}
