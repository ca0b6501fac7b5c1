package store

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
)

// Looked tells who has looked at a child's file, the newest first: rows of the
// deeds asked for or, where none are, looks and refusals. The history of the
// household counts for each of its children, and a talk for each child it is
// about. For the class teacher, the principal and the administrator, who sees
// the child's number only; that it was asked is itself in the log.
func (d *Desk) Looked(ctx context.Context, student int64, q data.AuditQuery) (s data.Student, out data.AuditPage, err error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 100
	}
	if len(q.Deeds) == 0 {
		q.Deeds = append(data.DeedsOfLooking.Of(), data.AccessRefused)
	}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if s, err = d.student(t, student); err != nil {
			return err
		}
		if err := me.MayAskLooked(d.db.now(), s.Place()); err != nil {
			t.denyStudent(s)
			return err
		}
		t.lookAt(s, data.AskedLooked, data.Normal)
		out, err = d.lookedPage(t, me, s, q)
		if !me.Sees(d.db.now(), s.Place()) {
			s = data.Student{ID: s.ID, Number: s.Number}
			for i := range out.Lines { // our own ids tell nobody which child it is
				if l := &out.Lines[i]; l.Student == s.ID {
					l.Child = s.Number
				}
			}
		}
		return err
	})
	if err != nil {
		return data.Student{}, data.AuditPage{}, err
	}
	return s, out, nil
}

func (d *Desk) lookedPage(t *tx, me data.Account, s data.Student, q data.AuditQuery) (out data.AuditPage, err error) {
	p := paging{t: t, limit: q.Limit + 1, deeds: q.Deeds}
	if p.low, p.high, err = window(t, q); err != nil {
		return out, err
	}
	ranges := p.ofStudent(s.ID, q.Person)
	all, err := d.householdOf(t, s.Household)
	if err != nil {
		return out, err
	}
	for _, b := range all {
		if b.ID == s.ID {
			continue
		}
		of := p.ofStudent(b.ID, q.Person)[0]
		of.sql = of.sql[:len(of.sql)-len(" AND id")] + " AND (did = 'view history' OR record = 'contact' AND EXISTS " +
			"(SELECT 1 FROM contact_student x WHERE x.contact = audit.record_id AND x.student = ?)) AND id"
		ranges = append(ranges, indexRange{of.sql, append(of.args, s.ID)})
	}
	ids, err := p.merge(ranges)
	if err != nil {
		return out, err
	}
	if out.More = len(ids) > q.Limit; out.More {
		ids = ids[:q.Limit]
	}
	names := lineNames{d: d, t: t, me: me, as: s.ID}
	for _, id := range ids {
		l, err := names.line(id)
		if err != nil {
			return out, err
		}
		if l.Sight > data.None {
			out.Lines = append(out.Lines, l)
		}
	}
	return out, nil
}

// LookedStudent is the student that a word means to somebody who may ask who
// looked: a student number, also for an administrator, who finds no children;
// for the others what FindStudent takes.
func (d *Desk) LookedStudent(ctx context.Context, word string) (id int64, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if !me.AuditsAll(d.db.now()) {
			return nil
		}
		err := t.row("SELECT id FROM student WHERE number = ? AND "+live, []any{strings.TrimSpace(word)}, &id)
		if errors.Is(err, data.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil || id != 0 {
		return id, err
	}
	s, err := d.FindStudent(ctx, word)
	return s.ID, err
}

// AuditPerson is the account that a word means to somebody who narrows the log
// by who did it: a user name, a full name that one account has, or console.
// Names of staff are no secret; whose rows one sees is another matter.
func (d *Desk) AuditPerson(ctx context.Context, word string) (id int64, err error) {
	word = strings.TrimSpace(word)
	if word == "console" {
		return data.TheConsole, nil
	}
	err = d.read(ctx, func(t *tx, _ data.Account) error {
		var n int
		err := t.row("SELECT count(*), COALESCE(min(a.id), 0) FROM account a JOIN person p ON p.id = a.person WHERE a.username = ? OR p.name = ?",
			[]any{word, word}, &n, &id)
		switch {
		case err == nil && n == 0:
			return data.ErrNotFound
		case err == nil && n > 1:
			return data.ErrAmbiguous
		}
		return err
	})
	return id, err
}

// AuditPeople is whose rows the account may ask for: everybody's names, or only
// its own where it reads no others'.
func (d *Desk) AuditPeople(ctx context.Context) (out []data.Account, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if !me.AuditsAll(d.db.now()) && len(me.AuditsOf(d.db.now()).Classes) == 0 {
			out = []data.Account{{ID: me.ID, Name: me.Name}}
			return nil
		}
		out, err = list(t, "SELECT a.id, p.name FROM account a JOIN person p ON p.id = a.person ORDER BY a.username", nil,
			func(r row) (a data.Account, err error) {
				return a, r.Scan(&a.ID, &a.Name)
			})
		return err
	})
	return out, err
}
