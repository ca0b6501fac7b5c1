package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"

	"qiao/data"
)

// A Desk is the database as one account may use it.
type Desk struct {
	db  *DB
	who int64
}

// As returns the desk of the account with the given ID. It checks nothing
// yet: each call on the desk reads the account afresh in its own
// transaction, so that a role taken away at noon is gone at noon.
func (db *DB) As(who int64) *Desk { return &Desk{db, who} }

// AccountByKey finds who logs in with a key, given its SHA256 fingerprint.
func (db *DB) AccountByKey(ctx context.Context, fingerprint string) (data.Account, error) {
	a, err := scanAccount(db.r.QueryRowContext(ctx, accountSQL+"WHERE key = ?", fingerprint))
	if err == nil && a.Role == data.Gone {
		err = data.ErrForbidden
	}
	return a, err
}

// Enroll adds an account and Admit a family. They are for the console, not
// for a desk: whoever can open the file already owns it.
func (db *DB) Enroll(ctx context.Context, a data.Account, fingerprint string) error {
	return db.write(ctx, func(tx *sql.Tx) ([]data.Ref, error) {
		var taken int
		if err := tx.QueryRow("SELECT count(*) FROM account WHERE key = ?", fingerprint).Scan(&taken); err != nil {
			return nil, err
		}
		if taken > 0 {
			return nil, &data.Conflict{Ref: data.Ref{Kind: "key"}}
		}
		_, err := tx.Exec("INSERT INTO account (name, role, class, lang, key) VALUES (?, ?, ?, ?, ?)",
			a.Name, a.Role, a.Class, a.Lang, fingerprint)
		return nil, err
	})
}

func (db *DB) Admit(ctx context.Context, f data.Family) error {
	return db.write(ctx, func(tx *sql.Tx) ([]data.Ref, error) {
		r, err := tx.Exec("INSERT INTO family (class, child, parent, phone) VALUES (?, ?, ?, ?)",
			f.Class, f.Child, f.Parent, f.Phone)
		if err != nil {
			return nil, err
		}
		id, err := r.LastInsertId()
		return []data.Ref{{Kind: "family", ID: id}}, err
	})
}

// read runs do in a read transaction, as me.
func (d *Desk) read(ctx context.Context, do func(tx *sql.Tx, me data.Account) error) (err error) {
	defer func() { d.log(err) }()
	tx, err := d.db.r.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	me, err := d.me(tx)
	if err != nil {
		return err
	}
	return do(tx, me)
}

// write runs do in a write transaction, as me, and announces the records do
// returns once they are on disk.
func (d *Desk) write(ctx context.Context, do func(tx *sql.Tx, me data.Account) ([]data.Ref, error)) (err error) {
	defer func() { d.log(err) }()
	return d.db.write(ctx, func(tx *sql.Tx) ([]data.Ref, error) {
		me, err := d.me(tx)
		if err != nil {
			return nil, err
		}
		return do(tx, me)
	})
}

// log tells the operator of what no caller expects, once, as it leaves the store.
func (d *Desk) log(err error) {
	if !data.Expected(err) {
		slog.Error("store", "account", d.who, "err", err)
	}
}

// instant is how a moment is written: of one width, so that it sorts as text.
const instant = "2006-01-02T15:04:05.000Z"

const accountSQL = "SELECT id, name, role, class, lang FROM account "

func (d *Desk) me(tx *sql.Tx) (data.Account, error) {
	me, err := scanAccount(tx.QueryRow(accountSQL+"WHERE id = ?", d.who))
	if errors.Is(err, data.ErrNotFound) || me.Role == data.Gone {
		return data.Account{}, data.ErrForbidden
	}
	return me, err
}

func scanAccount(row *sql.Row) (a data.Account, err error) {
	return a, found(row.Scan(&a.ID, &a.Name, &a.Role, &a.Class, &a.Lang))
}

// audit adds the row that says who changed what, in the same transaction.
func (d *Desk) audit(tx *sql.Tx, did string, what data.Ref, was, now any) error {
	before, err := json.Marshal(was)
	if err != nil {
		return err
	}
	after, err := json.Marshal(now)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO audit (at, who, did, what, was, now) VALUES (?, ?, ?, ?, ?, ?)",
		d.db.now().UTC().Format(instant), d.who, did, what.String(), string(before), string(after))
	return err
}

// found speaks of a missing row the way the rest of the program does.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return data.ErrNotFound
	}
	return err
}
