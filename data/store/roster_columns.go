package store

import (
	"context"

	"qiao/data"
)

// RosterColumns is what somebody said, at earlier imports, that columns of a
// roster mean. Whoever may import may know.
func (d *Desk) RosterColumns(ctx context.Context) (all []data.RosterColumn, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MayImport(d.db.now()); err != nil {
			return err
		}
		all, err = list(t, "SELECT head, field FROM import_column ORDER BY head", nil, func(r row) (c data.RosterColumn, err error) {
			c.Said = true
			return c, r.Scan(&c.Head, &c.Field)
		})
		return err
	})
	return all, err
}

// putColumns remembers what was said of a file's columns.
func (im *importer) putColumns(f data.RosterFile) error {
	for _, c := range f.Columns {
		if !c.Said {
			continue
		}
		if _, err := im.t.exec("INSERT INTO import_column (head, field, at, by) VALUES (?, ?, ?, ?) "+
			"ON CONFLICT (head) DO UPDATE SET field = excluded.field, at = excluded.at, by = excluded.by WHERE import_column.field <> excluded.field",
			c.Head, c.Field, im.now, im.who); err != nil {
			return err
		}
	}
	return nil
}
