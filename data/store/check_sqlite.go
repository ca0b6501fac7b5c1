package store

import (
	"context"
	"fmt"
)

// Check verifies the file: that SQLite finds it whole, that no row points at
// nothing, that the audit log's chain is unbroken, and that the facts which are
// kept twice agree. It lists what is off, and nothing where all is well.
func (d *Desk) Check(ctx context.Context) (off []string, err error) {
	err = d.manage(ctx, func(t *tx) error {
		err := t.rowsOnce("PRAGMA integrity_check", nil, func(r row) error {
			var s string
			err := r.Scan(&s)
			if s != "ok" {
				off = append(off, "integrity: "+s)
			}
			return err
		})
		if err != nil {
			return err
		}
		err = t.rowsOnce("PRAGMA foreign_key_check", nil, func(r row) error {
			var table, parent string
			var id, n any
			err := r.Scan(&table, &id, &parent, &n)
			off = append(off, fmt.Sprintf("%s %v points at a missing row of %s", table, id, parent))
			return err
		})
		if err != nil {
			return err
		}
		if err := agrees(t, &off); err != nil {
			return err
		}
		return chained(t, &off)
	})
	return off, err
}

// agrees compares what is kept twice with what it is kept from.
func agrees(t *tx, off *[]string) error {
	for _, q := range []struct{ what, sql string }{
		{"student %d: the class is not that of the open enrolment",
			"SELECT s.id FROM student s WHERE s.deleted_at IS NULL AND s.class IS NOT (SELECT e.class FROM enrolment e WHERE e.student = s.id AND e.until_day IS NULL)"},
		{"contact %d: its time and that of its students' rows differ",
			"SELECT DISTINCT c.id FROM contact c JOIN contact_student x ON x.contact = c.id WHERE x.at <> c.at"},
		{"contact %d: it names no student",
			"SELECT c.id FROM contact c WHERE c.household IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact_student x WHERE x.contact = c.id)"},
	} {
		if err := t.rowsOnce(q.sql+" LIMIT 20", nil, func(r row) error {
			var id int64
			err := r.Scan(&id)
			*off = append(*off, fmt.Sprintf(q.what, id))
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// chained walks the audit log and computes each row's hash anew.
func chained(t *tx, off *[]string) error {
	prev := ""
	last := int64(0)
	err := t.rowsOnce("SELECT a.id, a.at, a.account, a.key_fp, a.source, a.door, a.did, a.record, a.record_id, COALESCE(a.student, 0), COALESCE(a.household, 0), "+
		"a.level, a.detail_hash, a.prev, a.hash, d.was, d.now FROM audit a LEFT JOIN audit_detail d ON d.audit = a.id ORDER BY a.id", nil, func(r row) error {
		var a auditRow
		var id int64
		var hash string
		var was, now *string
		if err := r.Scan(&id, &a.at, &a.account, &a.key, &a.source, &a.door, &a.did, &a.record, &a.id, &a.student, &a.household,
			&a.level, &a.detail, &a.prev, &hash, &was, &now); err != nil {
			return err
		}
		switch {
		case len(*off) > 50: // enough to know
		case id != last+1 && last != 0:
			*off = append(*off, fmt.Sprintf("audit: rows between %d and %d are missing", last, id))
		case a.prev != prev || a.hash() != hash:
			*off = append(*off, fmt.Sprintf("audit: row %d was changed", id))
		case was != nil && now != nil && digest(*was, *now) != a.detail:
			*off = append(*off, fmt.Sprintf("audit: what row %d tells was changed", id))
		}
		prev, last = hash, id
		return nil
	})
	if err != nil {
		return err
	}
	var next int64
	if err := t.row("SELECT COALESCE(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'", nil, &next); err != nil {
		return err
	}
	if next != last {
		*off = append(*off, fmt.Sprintf("audit: rows after %d are missing", last))
	}
	return nil
}
