package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"qiao/data"
)

var errClosed = errors.New("store: closed")

// A job is one write waiting for the disk.
type job struct {
	ctx  context.Context
	do   func(*tx) ([]data.Ref, error)
	done chan error
}

// write hands do to the writer and waits for its outcome. Until the writer
// takes the job ctx can call it off; after that the answer is awaited, so
// that nobody is left not knowing whether they saved.
func (db *DB) write(ctx context.Context, do func(*tx) ([]data.Ref, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
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

// look is how often the writer of a server looks for what commands beside it
// have committed.
const look = 500 * time.Millisecond

// writeLoop commits all the jobs that gathered during the last commit
// together: one sync to disk serves them all, and a busy morning costs no
// more syncs than a quiet one. Between jobs it looks for other processes'
// commits, once Follow was called.
func (db *DB) writeLoop() {
	const most = 64
	c, err := db.w.Conn(context.Background())
	if err != nil {
		slog.Error("store: no connection to write with", "err", err)
		time.Sleep(time.Second)
		panic(err) // begun anew
	}
	t := newTx(c)
	defer t.close()
	for {
		var batch []job
		select {
		case j := <-db.jobs:
			batch = append(batch, j)
		case <-db.others:
			db.heed(t)
			continue
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
		db.commit(t, batch)
	}
}

func (db *DB) commit(t *tx, batch []job) {
	var refs []data.Ref
	outcome := make([]error, len(batch))
	err := func() error {
		if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
			return err
		}
		committed := false
		defer func() {
			if !committed {
				_, _ = t.exec("ROLLBACK") // it may be rolled back already
			}
		}()
		for i, j := range batch {
			changed, failed, broken := attempt(t, j)
			if broken != nil { // a full disk rolls the whole transaction back: all in it are told why
				return errors.Join(failed, broken)
			}
			outcome[i] = failed
			refs = append(refs, changed...)
		}
		_, err := t.exec("COMMIT")
		committed = err == nil
		return err
	}()
	if err == nil {
		db.took(t, refs)
	}
	for i, j := range batch {
		j.done <- disk(errors.Join(err, outcome[i]))
	}
	if err == nil {
		db.announce(refs) // after the answers: who saved does not wait behind all who read it
	}
}

// attempt runs one job inside a savepoint, so that its failure undoes only
// itself. The second error is the batch's: the transaction is no longer usable.
func attempt(t *tx, j job) (refs []data.Ref, failed, broken error) {
	if err := j.ctx.Err(); err != nil {
		return nil, err, nil
	}
	if _, err := t.exec("SAVEPOINT job"); err != nil {
		return nil, nil, err
	}
	func() {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("panic", "in", "store job", "panic", p, "stack", string(debug.Stack()))
				failed = fmt.Errorf("store: panic: %v", p)
			}
		}()
		t.noted = noted{}
		refs, failed = j.do(t)
	}()
	if failed != nil {
		refs = nil
		if _, err := t.exec("ROLLBACK TO job"); err != nil {
			return nil, failed, err
		}
	}
	_, broken = t.exec("RELEASE job")
	return refs, failed, broken
}
