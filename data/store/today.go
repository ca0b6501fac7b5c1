package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"qiao/data"
)

// What Today lists at most: a person does not read more, and the screen says
// how many there are.
const (
	mostChanges = 60
	mostQuiet   = 6
)

// Today is what one person has to do now and what others changed since an
// instant, usually the end of the last visit.
func (d *Desk) Today(ctx context.Context, since time.Time) (out data.Today, err error) {
	out.Since = since
	err = d.read(ctx, func(t *tx, me data.Account) error {
		now := d.db.now()
		out.Promises, err = d.promises(t, me, "AND p.owner_account = ? AND (p.state = 'open' OR p.state <> 'open' AND p.closed_at > ?) "+
			"ORDER BY p.due_on IS NULL, p.due_on, p.id LIMIT 200", me.ID, stamp(now.Add(-lately)))
		if err != nil {
			return err
		}
		if out.Resolutions, err = d.owed(t, me); err != nil {
			return err
		}
		if out.After, err = d.leftToDo(t, me); err != nil {
			return err
		}
		if out.Drafts, err = d.drafts(t, me); err != nil {
			return err
		}
		if err := d.changes(t, me, since, &out); err != nil {
			return err
		}
		return d.quiet(t, me, &out)
	})
	return out, err
}

// changes gathers what others wrote about the children in me's scope, the
// newest first. An administrator reads no families and sees none.
func (d *Desk) changes(t *tx, me data.Account, since time.Time, out *data.Today) error {
	if since.IsZero() {
		return nil
	}
	var err error
	if out.Changes, err = d.entrusted(t, me, stamp(since)); err != nil {
		return err
	}
	scope := me.Finds(d.db.now())
	if !scope.All && len(scope.Classes)+len(scope.Students) == 0 {
		return nil
	}
	for _, gather := range []func(*tx, data.Account, data.Scope, string) ([]data.Change, int, error){d.newContacts, d.closedPromises} {
		some, more, err := gather(t, me, scope, stamp(since))
		if err != nil {
			return err
		}
		out.Changes, out.More = append(out.Changes, some...), out.More+more
	}
	slices.SortStableFunc(out.Changes, func(a, b data.Change) int { return cmp.Compare(b.At.UnixMilli(), a.At.UnixMilli()) })
	if n := len(out.Changes); n > mostChanges {
		out.Changes, out.More = out.Changes[:mostChanges], out.More+n-mostChanges
	}
	return nil
}

// newContacts reads the newest contacts, and says how many more me may know of.
func (d *Desk) newContacts(t *tx, me data.Account, scope data.Scope, since string) (out []data.Change, more int, err error) {
	found, err := d.writtenSince(t, me, scope, since)
	for _, f := range found {
		if len(out) >= mostChanges {
			if me.SightOf(d.db.now(), f.Authored, f.of) > data.None {
				more++
			}
			continue
		}
		c, ok, err := d.line(t, me, f.contact, data.TimelineQuery{})
		if err != nil {
			return nil, 0, err
		}
		if !ok {
			continue
		}
		s, err := d.student(t, c.Students[0])
		if err != nil {
			return nil, 0, err
		}
		out = append(out, data.Change{At: c.Written, By: c.StaffName, Did: "contact", Student: s, Contact: f.contact, Channel: c.Channel, Level: c.Level, Sight: c.Sight, Text: c.FirstLine()})
	}
	return out, more, err
}

// A written contact is what decides who knows of it.
type written struct {
	contact int64
	data.Authored
	of []data.Place
}

// writtenSince lists what others wrote about children in a scope, the newest
// first; not that families came to a meeting, which is no news of one child and
// would bury the others. Who sees all is answered from the newest contact back, and CROSS JOIN
// keeps SQLite from going through all contacts there are; who sees some classes,
// from their students.
func (d *Desk) writtenSince(t *tx, me data.Account, scope data.Scope, since string) (out []written, err error) {
	where, args := within("s.class", "s.id", scope)
	from := "contact c, contact_student x, student s, contact_student z, student u "
	if scope.All {
		from = strings.ReplaceAll(from, ",", " CROSS JOIN")
	}
	err = t.rowsOnce("SELECT c.id, c.level, c.staff, z.student, COALESCE(u.class, 0) FROM "+from+
		"WHERE x.contact = c.id AND x.position = 0 AND s.id = x.student AND z.contact = c.id AND u.id = z.student "+
		"AND c.written_at > ? AND c.deleted_at IS NULL AND c.meeting IS NULL AND c.staff <> ? AND "+where+" ORDER BY c.written_at DESC, c.id DESC, z.position LIMIT 250",
		append([]any{since, me.ID}, args...), func(r row) error {
			var w written
			var p data.Place
			err := r.Scan(&w.contact, &w.Level, &w.Writer, &p.Student, &p.Class)
			if n := len(out); n == 0 || out[n-1].contact != w.contact {
				out = append(out, w)
			}
			last := &out[len(out)-1]
			last.of = append(last.of, p)
			return err
		})
	for i := range out {
		if w := &out[i]; w.Level == data.Secret && err == nil {
			w.Named, err = named(t, data.Ref{Kind: "contact", ID: w.contact})
		}
	}
	return out, err
}

func (d *Desk) closedPromises(t *tx, me data.Account, scope data.Scope, since string) (out []data.Change, more int, err error) {
	where, args := within("s.class", "s.id", scope)
	found, err := d.promisesWhere(t, "AND p.closed_at > ? AND p.closed_by <> ? AND "+where+" ORDER BY p.closed_at DESC LIMIT 100",
		append([]any{since, me.ID}, args...)...)
	for _, p := range found {
		s, err := d.student(t, p.Student)
		if err != nil {
			return nil, 0, err
		}
		sight := me.SightOf(d.db.now(), p.authored(), []data.Place{s.Place()})
		if sight == data.None {
			continue
		}
		if len(out) >= mostChanges {
			more++
			continue
		}
		ch := data.Change{At: p.ClosedAt, By: p.ClosedBy, Did: "promise_" + string(p.State), Student: s, Level: p.Level, Sight: sight}
		if sight == data.Whole {
			ch.Text = p.Text
			t.promised(me, p)
		}
		out = append(out, ch)
	}
	return out, more, err
}

// quiet counts the families of me's own classes that were reached this week,
// and names those that were longest without contact.
func (d *Desk) quiet(t *tx, me data.Account, out *data.Today) error {
	monday := stamp(d.db.today().Monday().Start())
	for _, class := range me.Own(d.db.now()) {
		var n int
		if err := t.row("SELECT count(DISTINCT household) FROM contact_student WHERE class = ? AND reached = 1 AND at >= ?", []any{class, monday}, &n); err != nil {
			return err
		}
		out.Reached += n
		ids, err := list(t, "SELECT s.id FROM student s WHERE s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') AND s."+live+
			" ORDER BY (SELECT max(at) FROM contact_student cs WHERE cs.household = s.household AND cs.reached = 1), s.number LIMIT ?",
			[]any{class, mostQuiet}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
		if err != nil {
			return err
		}
		hits, err := d.hits(t, me, ids)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if h.LastOn, err = d.lastReached(t, h.Student.Household); err != nil {
				return err
			}
			out.Quiet = append(out.Quiet, h)
		}
	}
	return nil
}
