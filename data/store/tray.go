package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"qiao/data"
)

const trayColumns = "SELECT r.id, r.name, r.type, r.size, r.made_at, r.until_at, r.paper, COALESCE(r.meeting, 0), r.hash"

func trayInto(f *data.TrayFile, more ...any) []any {
	return append([]any{&f.ID, &f.Name, &f.Type, &f.Size, moment{&f.Made}, moment{&f.Until}, &f.Paper, &f.Meeting, &f.Hash}, more...)
}

// PutTray puts a file into the desk's own tray, in the place of one of the same
// name. What is not right with it is an *data.Invalid; where the tray would hold
// more than it may, the answer is data.ErrTrayFull. What was printed stands in
// the log as an export already; a file that comes from outside is written there.
func (d *Desk) PutTray(ctx context.Context, f data.TrayFile) (data.TrayFile, error) {
	f = f.Tidy()
	if err := f.Check(); err != nil {
		return data.TrayFile{}, err
	}
	sum := sha256.Sum256(f.Bytes)
	f.Hash = hex.EncodeToString(sum[:])
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		now := d.db.now()
		f.Made, f.Until = now, now.Add(data.TrayKept)
		if err := d.sweepTrays(t); err != nil {
			return nil, err
		}
		if err := mayTake(t, me, f); err != nil {
			return nil, err
		}
		if _, err := t.exec("DELETE FROM tray WHERE account = ? AND name = ?", me.ID, f.Name); err != nil {
			return nil, err
		}
		var err error
		f.ID, err = t.insert("INSERT INTO tray (account, name, type, size, hash, paper, meeting, made_at, until_at, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			me.ID, f.Name, f.Type, f.Size, f.Hash, f.Paper, ref(f.Meeting), stamp(f.Made), stamp(f.Until), f.Bytes)
		if err != nil || f.Paper != "" {
			return nil, err
		}
		return nil, d.audit(t, entry{did: data.TrayLaid, what: data.Ref{Kind: "tray", ID: f.ID}, level: data.Normal, now: map[string]any{"name": f.Name, "size": f.Size, "hash": f.Hash}})
	})
	return f, err
}

// mayTake reports whether a tray has room for one more file.
func mayTake(t *tx, me data.Account, f data.TrayFile) error {
	var files, bytes int
	err := t.row("SELECT count(*), COALESCE(sum(size), 0) FROM tray WHERE account = ? AND name <> ?", []any{me.ID, f.Name}, &files, &bytes)
	if err == nil && (files >= data.MaxTrayFiles || bytes+f.Size > data.MaxTray) {
		err = data.ErrTrayFull
	}
	return err
}

// sweepTrays takes away what has lain its time, in everybody's tray: whenever
// somebody puts something, and with the first row of each day's log.
func (d *Desk) sweepTrays(t *tx) error {
	_, err := t.exec("DELETE FROM tray WHERE until_at <= ?", stamp(d.db.now()))
	return err
}

// Tray lists the files in the desk's own tray, the newest first, without their
// bytes.
func (d *Desk) Tray(ctx context.Context) (out []data.TrayFile, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		all, err := list(t, trayColumns+" FROM tray r WHERE r.account = ? AND r.until_at > ? ORDER BY r.made_at DESC, r.id DESC",
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
		if err := t.row(trayColumns+", r.bytes FROM tray r WHERE r.account = ? AND r.name = ? AND r.until_at > ?",
			[]any{me.ID, data.Name(name), stamp(d.db.now())}, trayInto(&f, &f.Bytes)...); err != nil {
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
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		r, err := t.exec("DELETE FROM tray WHERE account = ? AND name = ?", me.ID, data.Name(name))
		if err != nil {
			return nil, err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return nil, errors.Join(err, data.ErrNotFound)
		}
		return nil, nil
	})
}

// checkTrays lists files whose bytes are not those that were put.
func checkTrays(t *tx, off *[]string) error {
	return t.rowsOnce("SELECT id, size, hash, bytes FROM tray ORDER BY id", nil, func(r row) error {
		var f data.TrayFile
		if err := r.Scan(&f.ID, &f.Size, &f.Hash, &f.Bytes); err != nil {
			return err
		}
		sum := sha256.Sum256(f.Bytes)
		if len(f.Bytes) != f.Size || hex.EncodeToString(sum[:]) != f.Hash {
			*off = append(*off, data.Ref{Kind: "tray", ID: f.ID}.String()+": the file is not what was put")
		}
		return nil
	})
}
