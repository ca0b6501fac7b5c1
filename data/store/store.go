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
	"io/fs"
	"net/url"
	"sync"

	"qiao/data"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// A DB is one open database file. It is safe for concurrent use.
type DB struct {
	now  data.Clock
	w, r *sql.DB // one connection that writes; several that can only read

	jobs chan job
	quit chan struct{}
	done sync.WaitGroup

	mu    sync.Mutex
	boxes map[*Mailbox]struct{}
}

// Open opens the file at path, creating it if need be, and brings its schema
// up to date.
func Open(ctx context.Context, path string, now data.Clock) (_ *DB, err error) {
	db := &DB{now: now, jobs: make(chan job), quit: make(chan struct{}), boxes: map[*Mailbox]struct{}{}}
	if db.w, err = sql.Open("sqlite", dsn(path, "_txlock=immediate")); err != nil {
		return nil, err
	}
	db.w.SetMaxOpenConns(1)
	if err = db.migrate(ctx); err == nil {
		db.r, err = sql.Open("sqlite", dsn(path, "_query_only=1"))
	}
	if err != nil {
		db.w.Close()
		return nil, err
	}
	db.r.SetMaxOpenConns(4)
	db.done.Go(db.writeLoop)
	return db, nil
}

// dsn puts every setting in the name, where each new connection of the pool
// finds it; a PRAGMA run by hand reaches one connection only.
func dsn(path, more string) string {
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: "_busy_timeout=5000" +
		"&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&" + more}).String()
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
	_, err = up.Up(ctx)
	return err
}

// Close finishes the write in hand and closes the file.
func (db *DB) Close() error {
	close(db.quit)
	db.done.Wait()
	db.r.Close()
	return db.w.Close()
}
