package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"qiao/data"
)

var errClosed = errors.New("store: closed")

// A job is one write waiting for the disk.
type job struct {
	ctx  context.Context
	do   func(*sql.Tx) ([]data.Ref, error)
	done chan error
}

// write hands do to the writer and waits for its outcome. Until the writer
// takes the job ctx can call it off; after that the answer is awaited, so
// that nobody is left not knowing whether they saved.
func (db *DB) write(ctx context.Context, do func(*sql.Tx) ([]data.Ref, error)) error {
	j := job{ctx, do, make(chan error, 1)}
	select {
	case db.jobs <- j:
		return <-j.done
	case <-ctx.Done():
		return ctx.Err()
	case <-db.quit:
		return errClosed
	}
}

// writeLoop commits all the jobs that gathered during the last commit
// together: one sync to disk serves them all, and a busy morning costs no
// more syncs than a quiet one.
func (db *DB) writeLoop() {
	const most = 64
	for {
		var batch []job
		select {
		case j := <-db.jobs:
			batch = append(batch, j)
		case <-db.quit:
			return
		}
	gather:
		for len(batch) < most {
			select {
			case j := <-db.jobs:
				batch = append(batch, j)
			default:
				break gather
			}
		}
		db.commit(batch)
	}
}

func (db *DB) commit(batch []job) {
	var refs []data.Ref
	outcome := make([]error, len(batch))
	err := func() error {
		tx, err := db.w.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback()
		for i, j := range batch {
			var changed []data.Ref
			if changed, outcome[i], err = attempt(tx, j); err != nil {
				return err
			}
			refs = append(refs, changed...)
		}
		return tx.Commit()
	}()
	if err == nil {
		db.announce(refs)
	}
	for i, j := range batch {
		j.done <- errors.Join(err, outcome[i])
	}
}

// attempt runs one job inside a savepoint, so that its failure undoes only
// itself. It runs under no context: SQLite answers an interrupted write by
// rolling back the whole transaction, the neighbours' jobs included. The
// second error is the batch's: the transaction is no longer usable.
func attempt(tx *sql.Tx, j job) (refs []data.Ref, failed, broken error) {
	if err := j.ctx.Err(); err != nil {
		return nil, err, nil
	}
	if _, err := tx.Exec("SAVEPOINT job"); err != nil {
		return nil, nil, err
	}
	func() {
		defer func() {
			if p := recover(); p != nil {
				failed = fmt.Errorf("store: panic: %v", p)
			}
		}()
		refs, failed = j.do(tx)
	}()
	if failed != nil {
		refs = nil
		if _, err := tx.Exec("ROLLBACK TO job"); err != nil {
			return nil, failed, err
		}
	}
	_, broken = tx.Exec("RELEASE job")
	return refs, failed, broken
}
