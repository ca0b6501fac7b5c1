package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"qiao/data"
)

// A tx is one connection inside a transaction, with the statements it has
// prepared: preparing one costs as much as running it. It belongs to one
// goroutine at a time. Statements run under no context: SQLite answers an
// interrupted write by rolling the whole transaction back, the neighbours' jobs
// included, and no statement here is long.
type tx struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt
	turn  int64 // of the facts, before a reading began; -1 in a write
	room  int64 // the same of meetings
	noted       // by the call that runs now
}

func newTx(c *sql.Conn) *tx { return &tx{c: c, stmts: map[string]*sql.Stmt{}, turn: -1} }

// kept bounds the statements of a connection, should one ever be built from
// values.
const kept = 400

func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if s := t.stmts[query]; s != nil {
		return s, nil
	}
	if len(t.stmts) >= kept {
		for q, s := range t.stmts {
			delete(t.stmts, q)
			_ = s.Close()
			break
		}
	}
	s, err := t.c.PrepareContext(context.Background(), query)
	if err == nil {
		t.stmts[query] = s
	}
	return s, err
}

// exec runs a statement. Its text must be one of few: it is kept prepared.
func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.Exec(args...)
}

// insert runs an INSERT and returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	r, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// A row is a result that can be read into variables.
type row interface{ Scan(...any) error }

// row reads one row; the answer to none is data.ErrNotFound.
func (t *tx) row(query string, args []any, into ...any) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	return found(s.QueryRow(args...).Scan(into...))
}

// rows calls each for every row of an answer, which it reads to the end before
// the same statement may run again.
func (t *tx) rows(query string, args []any, each func(row) error) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	return walk(s, args, each)
}

// rowsOnce is rows for a statement that is built from values and not worth
// keeping.
func (t *tx) rowsOnce(query string, args []any, each func(row) error) error {
	s, err := t.c.PrepareContext(context.Background(), query)
	if err != nil {
		return err
	}
	defer s.Close()
	return walk(s, args, each)
}

func walk(s *sql.Stmt, args []any, each func(row) error) error {
	rows, err := s.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// list gathers what scan makes of each row.
func list[T any](t *tx, query string, args []any, scan func(row) (T, error)) (out []T, err error) {
	err = t.rows(query, args, func(r row) error {
		v, err := scan(r)
		out = append(out, v)
		return err
	})
	return out, err
}

func (t *tx) close() {
	for _, s := range t.stmts {
		_ = s.Close()
	}
	_ = t.c.Close()
}

// found speaks of a missing row the way the rest of the program does.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return data.ErrNotFound
	}
	return err
}

// Resting connections: the one that rested least is used first. Its pages and
// statements are at hand, and those of the others are not even there while
// nobody needs them.
type resting struct {
	some chan struct{} // a token for each
	mu   sync.Mutex
	all  []*tx
}

func newResting(most int) *resting { return &resting{some: make(chan struct{}, most)} }

func (r *resting) put(t *tx) {
	r.mu.Lock()
	r.all = append(r.all, t)
	r.mu.Unlock()
	r.some <- struct{}{}
}

// take returns one; the caller has a token.
func (r *resting) take() *tx {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.all) - 1
	t := r.all[last]
	r.all = r.all[:last]
	return t
}

func (r *resting) close() {
	for len(r.some) > 0 {
		<-r.some
		r.take().close()
	}
}

// reading runs do in a read transaction on one of the reading connections.
func (db *DB) reading(ctx context.Context, do func(*tx) error) error {
	select {
	case <-db.idle.some:
	case <-ctx.Done():
		return ctx.Err()
	case <-db.quit:
		return errClosed
	}
	t := db.idle.take()
	defer db.idle.put(t)
	t.noted = noted{}
	if err := ctx.Err(); err != nil {
		return err
	}
	t.turn, t.room = db.rosters.now(), db.rooms.now()
	if _, err := t.exec("BEGIN"); err != nil {
		return err
	}
	defer func() { _, _ = t.exec("COMMIT") }() // of a transaction that only read: nothing to lose
	return do(t)
}
