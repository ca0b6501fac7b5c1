package store

import (
	"context"
	"time"

	"qiao/data"
)

// ExportAudit hands out the rows of the log that a query finds, the newest
// first, without what was there before and after. Who exported, when, what for
// and which rows is written down before the first is given out; it is returned,
// for the export carries it. For whoever reads the whole log.
func (d *Desk) ExportAudit(ctx context.Context, q data.AuditQuery, purpose string, begin func(data.Takeout) error, each func(data.AuditLine) error) error {
	x := data.Takeout{Of: "audit", Purpose: data.Name(purpose), At: d.db.now()}
	err := d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		what := data.Ref{Kind: "audit"}
		if !me.AuditsAll(d.db.now()) {
			t.deny(what, q.Student, 0, 0)
			return nil, data.ErrForbidden
		}
		if x.Purpose == "" {
			return nil, &data.Invalid{Field: "purpose", Why: data.WhyEmpty}
		}
		h, err := head(t)
		if err != nil {
			return nil, err
		}
		x.By, what.ID, q.After = me.Name, h.ID, max(q.After, 0)
		if q.Before == 0 || q.Before > h.ID {
			q.Before = h.ID + 1
		}
		return nil, d.audit(t, entry{did: data.Exported, what: what, student: q.Student, now: map[string]any{"purpose": x.Purpose,
			"person": q.Person, "student": q.Student, "deeds": q.Deeds, "from": day(q.From), "until": day(q.Until)}})
	})
	if err == nil {
		err = begin(x)
	}
	for q.Limit = 1000; err == nil; {
		var page data.AuditPage
		if page, err = d.Audit(ctx, q); err != nil {
			return err
		}
		for _, l := range page.Lines {
			if err = each(l); err != nil {
				return err
			}
		}
		if !page.More || len(page.Lines) == 0 {
			return nil
		}
		q.Before = page.Lines[len(page.Lines)-1].ID
	}
	return err
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(data.China).Format(time.DateOnly)
}
