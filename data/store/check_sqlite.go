package store

import (
	"context"
	"errors"
	"fmt"
)

// Check verifies the file: that SQLite finds it whole, that no row points at
// nothing, that the audit log's chain is unbroken, that issued minutes are what
// was issued, files in trays what was put there, and that the facts which are kept twice agree. It lists what is off, and nothing where all is well.
func (d *Desk) Check(ctx context.Context) (off []string, err error) {
	off, err = d.CheckFile(ctx)
	if err != nil {
		return off, err
	}
	chain, err := d.VerifyChain(ctx, 1, func(int64, int64) {})
	for _, b := range chain.Breaks {
		off = append(off, b.String())
	}
	return off, err
}

// CheckFile is Check without the chain of the audit log.
func (d *Desk) CheckFile(ctx context.Context) (off []string, err error) {
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
		return errors.Join(checkMinutes(t, &off), checkTrays(t, &off))
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
