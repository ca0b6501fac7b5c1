package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"qiao/data"
)

const trayColumns = "SELECT r.id, r.name, r.type, r.size, r.made_at, r.until_at, r.paper, COALESCE(r.meeting, 0), r.hash"

func trayInto(f *data.TrayFile) []any {
	return []any{&f.ID, &f.Name, &f.Type, &f.Size, moment{&f.Made}, moment{&f.Until}, &f.Paper, &f.Meeting, &f.Hash}
}

// trayBytes reads what a file holds.
func trayBytes(t *tx, f *data.TrayFile) error {
	f.Bytes = make([]byte, 0, f.Size)
	return t.rows("SELECT bytes FROM tray_part WHERE tray = ? ORDER BY n", []any{f.ID}, func(r row) error {
		var part []byte
		err := r.Scan(&part)
		f.Bytes = append(f.Bytes, part...)
		return err
	})
}

// A part of a file, in bytes: what the writer puts at one go.
const trayPart = 512 << 10

// unfinished is how long a file may take to be put; what is not whole by then
// never will be.
const unfinished = time.Hour

// PutTray puts a file into the desk's own tray, in the place of one of the same
// name. What is not right with it is an *data.Invalid; where the tray would hold
// more than it may, the answer is data.ErrTrayFull. What was printed stands in
// the log as an export already; a file that comes from outside is written there.
// Others' saves go between the parts of a large file, which is there once it is
// whole.
func (d *Desk) PutTray(ctx context.Context, f data.TrayFile) (data.TrayFile, error) {
	f = f.Tidy()
	if err := f.Check(); err != nil {
		return data.TrayFile{}, err
	}
	sum := sha256.Sum256(f.Bytes)
	f.Hash = hex.EncodeToString(sum[:])
	if err := d.sweepAll(ctx); err != nil {
		return data.TrayFile{}, err
	}
	err := d.write(ctx, func(t *tx, me data.Account) (_ []data.Ref, err error) {
		f.Made = d.db.now()
		f.Until = f.Made.Add(data.TrayKept)
		if err := mayTake(t, me, f); err != nil {
			return nil, err
		}
		f.ID, err = t.insert("INSERT INTO tray (account, name, type, size, hash, paper, meeting, made_at, until_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			me.ID, f.Name, f.Type, f.Size, f.Hash, f.Paper, ref(f.Meeting), stamp(f.Made), stamp(f.Made.Add(unfinished)))
		return nil, err
	})
	for n, rest := 0, f.Bytes; err == nil && len(rest) > 0; n++ {
		part := rest[:min(trayPart, len(rest))]
		rest = rest[len(part):]
		err = d.db.write(ctx, func(t *tx) ([]data.Ref, error) {
			_, err := t.exec("INSERT INTO tray_part (tray, n, bytes) VALUES (?, ?, ?)", f.ID, n, part)
			return nil, err
		})
	}
	if err == nil {
		err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) { return nil, d.whole(t, me, f) })
	}
	if err == nil {
		err = d.sweepAll(ctx)
	}
	return f, err
}

// whole says that all parts of a file are there: it is in the tray now, and the
// one of its name is not any more.
func (d *Desk) whole(t *tx, me data.Account, f data.TrayFile) error {
	if err := d.gone(t, me, f.Name); err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if _, err := t.exec("UPDATE tray SET whole = 1, until_at = ? WHERE id = ?", stamp(f.Until), f.ID); err != nil || f.Paper != "" {
		return err
	}
	return d.audit(t, entry{did: data.TrayLaid, what: data.Ref{Kind: "tray", ID: f.ID}, level: data.Normal, now: map[string]any{"name": f.Name, "size": f.Size, "hash": f.Hash}})
}

// gone has a file lie there no longer: it is swept away part by part.
func (d *Desk) gone(t *tx, me data.Account, name string) error {
	r, err := t.exec("UPDATE tray SET whole = 0, until_at = ? WHERE account = ? AND name = ? AND whole = 1", stamp(d.db.now()), me.ID, name)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, data.ErrNotFound)
	}
	return nil
}

// mayTake reports whether a tray has room for one more file.
func mayTake(t *tx, me data.Account, f data.TrayFile) error {
	var files, bytes int
	err := t.row("SELECT count(*), COALESCE(sum(size), 0) FROM tray WHERE account = ? AND (whole = 0 OR name <> ?)", []any{me.ID, f.Name}, &files, &bytes)
	if err == nil && (files >= data.MaxTrayFiles || bytes+f.Size > data.MaxTray) {
		err = data.ErrTrayFull
	}
	return err
}

// sweepTrays takes away what has lain its time, in everybody's tray, a few parts
// at a time; done once there is nothing left. It is called whenever somebody puts
// something, and with the first row of each day's log.
func (d *Desk) sweepTrays(t *tx) (done bool, err error) {
	const parts = 8
	now := stamp(d.db.now())
	r, err := t.exec("DELETE FROM tray_part WHERE rowid IN (SELECT p.rowid FROM tray r JOIN tray_part p ON p.tray = r.id WHERE r.until_at <= ? LIMIT ?)", now, parts)
	if err != nil {
		return false, err
	}
	if n, err := r.RowsAffected(); err != nil || n == parts {
		return false, err
	}
	_, err = t.exec("DELETE FROM tray WHERE until_at <= ?", now)
	return true, err
}

// sweepAll sweeps until all is gone, other saves in between.
func (d *Desk) sweepAll(ctx context.Context) error {
	for done := false; !done; {
		if err := d.db.write(ctx, func(t *tx) (_ []data.Ref, err error) {
			done, err = d.sweepTrays(t)
			return nil, err
		}); err != nil {
			return err
		}
	}
	return nil
}

// Tray lists the files in the desk's own tray, the newest first, without their
// bytes.
func (d *Desk) Tray(ctx context.Context) (out []data.TrayFile, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		all, err := list(t, trayColumns+" FROM tray r WHERE r.account = ? AND r.whole = 1 AND r.until_at > ? ORDER BY r.made_at DESC, r.id DESC",
			[]any{me.ID, stamp(d.db.now())}, func(r row) (f data.TrayFile, err error) { return f, r.Scan(trayInto(&f)...) })
		for _, f := range all {
			still, e := d.stillTakes(t, me, f)
			if err = errors.Join(err, e); still {
				out = append(out, f)
			}
		}
		return err
	})
	return out, err
}

// TrayFile is one file of the desk's own tray with its bytes. That it was taken
// is logged. What was printed goes with the right to print it.
func (d *Desk) TrayFile(ctx context.Context, name string) (f data.TrayFile, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := t.row(trayColumns+" FROM tray r WHERE r.account = ? AND r.name = ? AND r.whole = 1 AND r.until_at > ?",
			[]any{me.ID, data.Name(name), stamp(d.db.now())}, trayInto(&f)...); err != nil {
			return err
		}
		if err := trayBytes(t, &f); err != nil {
			return err
		}
		still, err := d.stillTakes(t, me, f)
		if err == nil && !still {
			t.deny(data.Ref{Kind: "tray", ID: f.ID}, 0, 0, 0)
			err = data.ErrNotFound
		}
		if err == nil {
			t.look(entry{did: data.TrayTaken, what: data.Ref{Kind: "tray", ID: f.ID}, level: data.Normal, now: map[string]any{"name": f.Name, "paper": f.Paper, "meeting": f.Meeting, "hash": f.Hash}})
		}
		return err
	})
	if err != nil {
		return data.TrayFile{}, err
	}
	return f, nil
}

// stillTakes reports whether me could take out today what lies in the tray.
func (d *Desk) stillTakes(t *tx, me data.Account, f data.TrayFile) (bool, error) {
	if f.Meeting == 0 {
		return true, nil
	}
	sight, m, err := d.takes(t, me, f.Meeting)
	if errors.Is(err, data.ErrNotFound) {
		return false, nil
	}
	return err == nil && d.exporter(me).MayTakeOut(d.db.now(), f.Paper, m, sight) == nil, err
}

// DropTray takes a file out of the desk's own tray before its time.
func (d *Desk) DropTray(ctx context.Context, name string) error {
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) { return nil, d.gone(t, me, data.Name(name)) })
	if err != nil {
		return err
	}
	return d.sweepAll(ctx)
}

// checkTrays lists files that are not what was put.
func checkTrays(t *tx, off *[]string) error {
	all, err := list(t, "SELECT id, size, hash FROM tray WHERE whole = 1 ORDER BY id", nil, func(r row) (f data.TrayFile, err error) {
		return f, r.Scan(&f.ID, &f.Size, &f.Hash)
	})
	for _, f := range all {
		if err := trayBytes(t, &f); err != nil {
			return err
		}
		sum := sha256.Sum256(f.Bytes)
		if len(f.Bytes) != f.Size || hex.EncodeToString(sum[:]) != f.Hash {
			*off = append(*off, data.Ref{Kind: "tray", ID: f.ID}.String()+": the file is not what was put")
		}
	}
	return err
}
