package store

import (
	"context"
	"encoding/json"

	"qiao/data"
)

// PreviewRoster tells what ImportRoster would do, and stores nothing.
// Administrators and the console only.
func (d *Desk) PreviewRoster(ctx context.Context, f data.RosterFile, o data.RosterOptions) (p data.RosterPreview, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		im, err := d.plan(t, me, f, o)
		if err == nil {
			p = im.preview
		}
		return err
	})
	return p, err
}

// ImportRoster takes a roster in, in one transaction: what the preview of this
// moment says. If more than data.MostGone percent of a class would be gone or
// moved it stores nothing and answers data.ErrTooMuch with the preview, unless
// forced. Nobody is deleted, and what the file does not tell stays. One audit
// row tells of all; import_batch and import_row say what it touched.
// Administrators and the console only.
func (d *Desk) ImportRoster(ctx context.Context, f data.RosterFile, o data.RosterOptions) (p data.RosterPreview, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		im, err := d.plan(t, me, f, o)
		if err != nil {
			return nil, err
		}
		p = im.preview
		if len(p.TooMuch()) > 0 && !o.Force {
			return nil, data.ErrTooMuch
		}
		if !p.Writes() {
			return nil, nil
		}
		if p.Batch, err = im.store(f); err != nil {
			return nil, err
		}
		return []data.Ref{{}}, nil
	})
	return p, err
}

func (d *Desk) plan(t *tx, me data.Account, f data.RosterFile, o data.RosterOptions) (*importer, error) {
	if err := me.MayImport(d.db.now()); err != nil {
		return nil, err
	}
	im := &importer{d: d, t: t, file: f, overwrite: o.Overwrite, by: ref(me.ID), who: me.ID, now: stamp(d.db.now()), today: d.db.today(), year: d.year()}
	im.preview.Refused = append(im.preview.Refused, f.Refused...)
	if err := im.load(o.Join); err != nil {
		return nil, err
	}
	for i := range f.Rows {
		im.take(&f.Rows[i])
	}
	im.families(o.Join)
	im.twice()
	im.sortOut()
	return im, nil
}

// store writes what was planned, with the batch and the audit row.
func (im *importer) store(f data.RosterFile) (batch int64, err error) {
	counts := im.counts(f)
	text, err := json.Marshal(counts)
	if err != nil {
		return 0, err
	}
	if err := im.putColumns(f); err != nil {
		return 0, err
	}
	if im.batch, err = im.t.insert("INSERT INTO import_batch (at, by, file_hash, kind, counts, state) VALUES (?, ?, ?, 'roster', ?, 'done')",
		im.now, im.who, f.Hash, string(text)); err != nil {
		return 0, err
	}
	for _, write := range []func() error{im.putClasses, im.putHomes, im.putAdults, im.putPupils, im.putTies, im.closeHomes} {
		if err := write(); err != nil {
			return 0, err
		}
	}
	return im.batch, im.d.audit(im.t, entry{did: data.Imported, what: data.Ref{Kind: "import_batch", ID: im.batch},
		now: map[string]any{"file": f.Hash, "counts": counts}})
}

func (im *importer) counts(f data.RosterFile) map[string]int {
	p := im.preview
	return map[string]int{"new": len(p.New), "changed": len(p.Changed), "moved": len(p.Moved), "gone": len(p.Gone), "same": p.Same,
		"refused": data.RosterFile{Refused: p.Refused}.RefusedRows(), "rows": len(f.Rows) + f.RefusedRows(), "classes": len(p.Classes), "joined": len(p.Joined), "kept": len(p.Kept)}
}
