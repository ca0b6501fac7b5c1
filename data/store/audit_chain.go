package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"qiao/data"
)

// Bounds of checking the chain.
const (
	chunk      = 5000   // rows in one transaction: no reader holds a connection for long, nor the file's old pages
	recentRows = 20_000 // rows that are checked when somebody only looks at the log
	mostBreaks = 50     // enough to know
)

var errUnfinished = errors.New("store: a reader did not finish")

// checked is how far this process has found the chain sound, and the hash there:
// a log that is written anew afterwards no longer has it.
type checked struct {
	mu   sync.Mutex
	last data.Head
}

func (c *checked) get() data.Head {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

func (c *checked) set(h data.Head) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = h
}

// Chain is the log's head and its newest seal, with the newest rows computed
// anew: those that nobody has checked since this program started, 20,000 at
// most. For whoever reads the whole log.
func (d *Desk) Chain(ctx context.Context) (data.Chain, error) {
	c, end, err := d.standing(ctx)
	if err != nil {
		return c, err
	}
	after := d.db.checked.get()
	if after.ID == 0 || c.ID-after.ID > recentRows {
		after = data.Head{ID: max(c.ID-recentRows, 0)}
	} else {
		c.From = 1
	}
	if c.From == 0 {
		c.From = after.ID + 1
	}
	c.To = c.ID
	c.Breaks, err = d.db.verify(ctx, after, c.ID, func(int64) {})
	c.Breaks = append(c.Breaks, end...)
	if err == nil && c.Whole() {
		d.db.checked.set(c.Head)
	}
	return c, err
}

// VerifyChain computes every row of the log anew, with so many readers side by
// side, and tells progress how many rows are done. A chain that is found whole
// seals the days that are over. For whoever reads the whole log.
func (d *Desk) VerifyChain(ctx context.Context, side int, progress func(done, total int64)) (data.Chain, error) {
	c, end, err := d.standing(ctx)
	if err != nil {
		return c, err
	}
	starts, err := d.db.split(ctx, c.ID, side)
	if err != nil {
		return c, err
	}
	var mu sync.Mutex
	var done int64
	found, errs := make([][]data.Break, len(starts)), make([]error, len(starts))
	for i := range errs {
		errs[i] = errUnfinished // of a reader that panics
	}
	d.db.beside(len(starts), func(i int) {
		to := c.ID
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		found[i], errs[i] = d.db.verify(ctx, data.Head{ID: starts[i]}, to, func(n int64) {
			mu.Lock()
			defer mu.Unlock()
			done += n
			progress(done, c.ID)
		})
	})
	for _, f := range found {
		c.Breaks = append(c.Breaks, f...)
	}
	c.From, c.To, c.Breaks = 1, c.ID, append(c.Breaks, end...)
	if err := errors.Join(errs...); err != nil {
		return c, err
	}
	if c.Whole() && c.ID > 0 {
		d.db.checked.set(c.Head)
		c.Seal, c.Unsealed, err = d.sealPast(ctx)
	}
	return c, err
}

// Head is the log's newest row, to be printed or mailed as a witness. For
// whoever reads the whole log.
func (d *Desk) Head(ctx context.Context) (data.Head, error) {
	c, _, err := d.standing(ctx)
	return c.Head, err
}

// Witnessed tells which of the witnesses the log does not have as they say. It
// is worth something together with VerifyChain: a row's hash covers all before.
func (d *Desk) Witnessed(ctx context.Context, ws []data.Head) (out []data.Break, err error) {
	err = d.auditor(ctx, func(t *tx) error {
		for _, w := range ws {
			var hash string
			err := t.row("SELECT hash FROM audit WHERE id = ?", []any{w.ID}, &hash)
			switch {
			case errors.Is(err, data.ErrNotFound):
				out = append(out, data.Break{Fault: data.WitnessAhead, ID: w.ID, At: w.At})
			case err != nil:
				return err
			case hash != w.Hash:
				out = append(out, data.Break{Fault: data.WitnessBroken, ID: w.ID, At: w.At})
			}
		}
		return nil
	})
	return out, err
}

// auditor reads as someone who reads the whole log.
func (d *Desk) auditor(ctx context.Context, do func(*tx) error) error {
	return d.read(ctx, func(t *tx, me data.Account) error {
		if !me.AuditsAll(d.db.now()) {
			t.deny(data.Ref{Kind: "audit"}, 0, 0, 0)
			return data.ErrForbidden
		}
		return do(t)
	})
}

// standing is the head, the newest seal, and what a look at the seals and at
// the end of the log finds wrong.
func (d *Desk) standing(ctx context.Context) (c data.Chain, off []data.Break, err error) {
	err = d.auditor(ctx, func(t *tx) error {
		if c.Head, err = head(t); err != nil {
			return err
		}
		var next int64
		if err := t.row("SELECT COALESCE(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'", nil, &next); err != nil {
			return err
		}
		if next != c.ID {
			off = append(off, data.Break{Fault: data.EndMissing, ID: c.ID, Until: next, At: c.At})
		}
		if c.Seal, c.Unsealed, err = newestSeal(t); err != nil {
			return err
		}
		return t.rows("SELECT s.day, s.last_id FROM audit_seal s LEFT JOIN audit a ON a.id = s.last_id WHERE a.hash IS NULL OR a.hash <> s.hash ORDER BY s.day LIMIT ?",
			[]any{mostBreaks}, func(r row) error {
				b := data.Break{Fault: data.SealBroken}
				err := r.Scan(&b.Day, &b.ID)
				off = append(off, b)
				return err
			})
	})
	return c, off, err
}

// split is the rows after which each of n readers begins.
func (db *DB) split(ctx context.Context, last int64, n int) (after []int64, err error) {
	after = []int64{0}
	if last < 4*chunk {
		n = 1
	}
	err = db.reading(ctx, func(t *tx) error {
		for i := 1; i < n; i++ {
			var id int64
			if err := t.row("SELECT id FROM audit WHERE id >= ? ORDER BY id LIMIT 1", []any{last * int64(i) / int64(n)}, &id); err != nil {
				return err
			}
			after = append(after, id)
		}
		return nil
	})
	return after, err
}

// verify computes the rows after one up to another anew. Where the caller knows
// no hash of the row before, the stored one counts. It stops when it has found
// enough, or ctx ends.
func (db *DB) verify(ctx context.Context, after data.Head, to int64, progress func(n int64)) (breaks []data.Break, err error) {
	v := verifier{last: after}
	if after.ID > 0 {
		var stored string
		err := db.reading(ctx, func(t *tx) error {
			return t.row("SELECT hash, at FROM audit WHERE id = ?", []any{after.ID}, &stored, moment{&v.last.At})
		})
		switch {
		case err != nil && !errors.Is(err, data.ErrNotFound):
			return nil, err
		case after.Hash == "":
			v.last.Hash = stored
		case after.Hash != stored: // also where the row is gone
			v.breaks = append(v.breaks, data.Break{Fault: data.RowChanged, ID: after.ID, At: v.last.At})
			v.last.Hash = stored
		}
	}
	for v.last.ID < to && len(v.breaks) < mostBreaks {
		was := v.last.ID
		if err := db.reading(ctx, func(t *tx) error { return v.rows(t, to) }); err != nil {
			return v.breaks, err
		}
		if v.last.ID == was { // nothing more there, though there should be
			v.breaks = append(v.breaks, data.Break{Fault: data.RowsMissing, ID: was, Until: to + 1, At: v.last.At})
			break
		}
		progress(v.last.ID - was)
	}
	return v.breaks, nil
}

// A verifier goes along the chain.
type verifier struct {
	last   data.Head
	breaks []data.Break
	buf    []byte
}

func (v *verifier) rows(t *tx, to int64) error {
	return t.rows("SELECT a.id, a.at, a.account, a.key_fp, a.source, a.door, a.session, a.did, a.record, a.record_id, COALESCE(a.student, 0), COALESCE(a.household, 0), "+
		"a.level, a.detail_hash, a.prev, a.hash, d.was, d.now FROM audit a LEFT JOIN audit_detail d ON d.audit = a.id "+
		"WHERE a.id > ? AND a.id <= ? ORDER BY a.id LIMIT ?", []any{v.last.ID, to, chunk}, func(r row) error {
		var a auditRow
		var id int64
		var hash string
		var was, now *string
		if err := r.Scan(&id, &a.at, &a.account, &a.key, &a.source, &a.door, &a.session, &a.did, &a.record, &a.id, &a.student, &a.household,
			&a.level, &a.detail, &a.prev, &hash, &was, &now); err != nil {
			return err
		}
		v.row(&a, id, hash)
		v.detail(t, &a, id, was, now)
		return nil
	})
}

func (v *verifier) off(f data.ChainFault, a *auditRow, id, until int64) {
	at, _ := time.Parse(instant, a.at)
	v.breaks = append(v.breaks, data.Break{Fault: f, ID: id, Until: until, At: at})
}

func (v *verifier) row(a *auditRow, id int64, hash string) {
	sum := a.sum(&v.buf)
	switch {
	case id != v.last.ID+1:
		v.off(data.RowsMissing, a, v.last.ID, id)
		if string(sum[:]) != hash {
			v.off(data.RowChanged, a, id, 0)
		}
	case a.prev != v.last.Hash || string(sum[:]) != hash:
		v.off(data.RowChanged, a, id, 0)
	}
	v.last.ID, v.last.Hash = id, hash
}

// detail compares what a row keeps of before and after with the hash in the row.
func (v *verifier) detail(t *tx, a *auditRow, id int64, was, now *string) {
	switch {
	case was != nil && now != nil:
		v.buf = part(part(v.buf[:0], *was), *now)
		if sum := hexed(v.buf); string(sum[:]) != a.detail {
			v.off(data.DetailChanged, a, id, 0)
		}
	case a.detail != "":
		var n int
		if err := t.row("SELECT count(*) FROM audit_forgotten WHERE audit = ?", []any{id}, &n); err != nil || n == 0 {
			v.off(data.DetailMissing, a, id, 0)
		}
	}
}
