package store

import (
	"log/slog"
	"time"

	"qiao/data"
)

// Follow makes this DB notice within half a second what other processes commit
// to the file, and announce it: commands run beside a server, and its screens
// show their effect. Only a server calls it; tests and one-shot commands do not
// tick.
func (db *DB) Follow() {
	db.follows.Do(func() {
		db.lookAround() // now: what is committed from here on is news
		db.spawn("follow", func() {
			tick := time.NewTicker(look)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					db.lookAround()
				case <-db.quit:
					return
				}
			}
		})
	})
}

// lookAround has the writer look for others' commits.
func (db *DB) lookAround() {
	select {
	case db.others <- struct{}{}:
	case <-db.quit:
	}
}

// many is how many foreign audit rows are followed one by one; an import writes
// one row and touches every class, and is answered by looking at everything.
const many = 200

// heed looks whether another process has committed: data_version, asked on the
// writer's own connection, moves for others' commits only. What they changed,
// the audit rows tell that came since.
func (db *DB) heed(t *tx) {
	var version int64
	if err := t.row("PRAGMA data_version", nil, &version); err != nil {
		slog.Error("store", "err", err)
		return
	}
	if version == db.version {
		return
	}
	first := db.version == 0
	db.version = version
	if first { // the first look only learns where things stand
		if err := t.row("SELECT COALESCE(max(id), 0) FROM audit", nil, &db.heard); err != nil {
			slog.Error("store", "err", err)
		}
		return
	}
	refs, everything, err := db.foreign(t)
	if err == nil && everything {
		refs, err = []data.Ref{{}}, db.refill(t)
	} else if err == nil {
		err = db.refresh(t, refs)
	}
	if err != nil {
		slog.Error("store: following another process", "err", err)
	}
	db.rosters.forget(refs)
	db.rooms.forget(refs)
	db.announce(refs)
}

// foreign is what the audit rows since the last look are about, or that it is
// too much to name.
func (db *DB) foreign(t *tx) (refs []data.Ref, everything bool, err error) {
	n := 0
	err = t.rows("SELECT a.id, a.did, a.record, a.record_id, COALESCE(a.student, 0), COALESCE(a.household, 0), COALESCE(s.class, 0) "+
		"FROM audit a LEFT JOIN student s ON s.id = a.student WHERE a.id > ? ORDER BY a.id LIMIT ?", []any{db.heard, many},
		func(r row) error {
			var did string
			var ref data.Ref
			var student, household, class int64
			if err := r.Scan(&db.heard, &did, &ref.Kind, &ref.ID, &student, &household, &class); err != nil {
				return err
			}
			n++
			everything = everything || did == "import" || did == "found"
			refs = append(refs, ref)
			if ref.Kind == "meeting" { // it may have moved: others clash with it, lists hold it
				refs = append(refs, data.Ref{Kind: "meetings"})
			}
			for kind, id := range map[string]int64{"student": student, "household": household, "class": class} {
				if id != 0 {
					refs = append(refs, data.Ref{Kind: kind, ID: id})
				}
			}
			return nil
		})
	if n == many {
		everything = true
		if err == nil {
			err = t.row("SELECT max(id) FROM audit", nil, &db.heard)
		}
	}
	return refs, everything, err
}

// took brings what is kept in memory up to date with what this process has
// committed.
func (db *DB) took(t *tx, refs []data.Ref) {
	db.rosters.forget(refs)
	db.rooms.forget(refs)
	if err := db.refresh(t, refs); err != nil {
		slog.Error("store: the search block was not brought up to date", "err", err)
	}
}
