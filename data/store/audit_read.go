package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sort"
	"strings"
	"time"

	"qiao/data"
)

// Audit is a page of the audit log, the newest row first, as far as the reader
// may know: everybody their own rows, a class teacher also those about children
// of the class, the principal and administrators all.
func (d *Desk) Audit(ctx context.Context, q data.AuditQuery) (out data.AuditPage, err error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 100
	}
	err = d.read(ctx, func(t *tx, me data.Account) error {
		out, err = d.auditPage(t, me, q)
		return err
	})
	return out, err
}

func (d *Desk) auditPage(t *tx, me data.Account, q data.AuditQuery) (out data.AuditPage, err error) {
	p := paging{t: t, limit: q.Limit + 1, student: q.Student, person: q.Person, deeds: q.Deeds}
	if p.low, p.high, err = window(t, q); err != nil {
		return out, err
	}
	ids, err := d.auditIDs(t, me, &p)
	if err != nil {
		return out, err
	}
	if out.More = len(ids) > q.Limit; out.More {
		ids = ids[:q.Limit]
	}
	names := lineNames{d: d, t: t, me: me}
	for _, id := range ids {
		l, err := names.line(id)
		if err != nil {
			return out, err
		}
		if l.Sight > data.None { // the indices say by whom and about whom; the rule decides
			out.Lines = append(out.Lines, l)
		}
	}
	if me.AuditsAll(d.db.now()) && q.Person == 0 && q.Student == 0 && len(q.Deeds) == 0 && q.Before == 0 && q.After == 0 {
		out.Total = p.high - p.low + 1
	}
	return out, nil
}

// window is the ids that a query's time and cursors hold. Ids grow with time, so
// that an instant is found by halving; a clock that was set back puts a few rows
// into the wrong window, and the log has a row that tells of it.
func window(t *tx, q data.AuditQuery) (low, high int64, err error) {
	h, err := head(t)
	if err != nil {
		return 0, 0, err
	}
	low, high = 1, h.ID
	since := func(at time.Time) int64 {
		want := stamp(at)
		return 1 + int64(sort.Search(int(h.ID), func(i int) bool {
			var has string
			if e := t.row("SELECT at FROM audit WHERE id >= ? ORDER BY id LIMIT 1", []any{int64(i) + 1}, &has); e != nil {
				err = e
			}
			return has >= want
		}))
	}
	if !q.From.IsZero() {
		low = since(q.From)
	}
	if !q.Until.IsZero() {
		high = since(q.Until) - 1
	}
	if q.Before > 0 {
		high = min(high, q.Before-1)
	}
	return max(low, q.After+1), high, err
}

// auditIDs is the rows of a page, chosen by the narrowest of what was asked for
// and what me may know.
func (d *Desk) auditIDs(t *tx, me data.Account, p *paging) ([]int64, error) {
	all := me.AuditsAll(d.db.now())
	var pupils []int64
	if !all {
		var err error
		if pupils, err = ownPupils(t, me.AuditsOf(d.db.now())); err != nil {
			return nil, err
		}
	}
	switch {
	case p.student != 0 && (all || slices.Contains(pupils, p.student)):
		return p.merge(p.ofStudent(p.student, p.person))
	case p.student != 0: // one's own rows about a child
		if p.person != 0 && p.person != me.ID {
			return nil, nil
		}
		return p.merge(p.ofStudent(p.student, me.ID))
	case all && p.person == 0 && len(p.deeds) == 0:
		return p.merge(p.everything())
	case all && p.person == 0:
		return p.merge(p.ofDeeds())
	case all || p.person == me.ID:
		return p.merge(p.ofPerson(p.person))
	}
	var parts []indexRange
	if p.person == 0 {
		parts = p.ofPerson(me.ID)
	}
	for _, s := range pupils {
		parts = append(parts, p.ofStudent(s, p.person)...)
	}
	return p.merge(parts)
}

// ownPupils lists the students of a scope of classes.
func ownPupils(t *tx, s data.Scope) (ids []int64, err error) {
	if len(s.Classes)+len(s.Students) == 0 {
		return nil, nil
	}
	where, args := within("class", "id", s)
	err = t.rowsOnce("SELECT id FROM student WHERE "+where, args, func(r row) error {
		var id int64
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// paging reads the newest ids of ranges of indices, and merges them.
type paging struct {
	t               *tx
	low, high       int64
	limit           int
	student, person int64
	deeds           []data.Deed
}

// indexRange is one range of one index: a query that ends with the bounds of ids.
type indexRange struct {
	sql  string
	args []any
}

// auditAccount is how a Person stands in the log.
func auditAccount(person int64) int64 {
	if person == data.TheConsole {
		return 0
	}
	return person
}

func (p *paging) everything() []indexRange {
	return []indexRange{{"SELECT id FROM audit WHERE id", nil}}
}

func (p *paging) ofDeeds() (out []indexRange) {
	for _, did := range p.deeds {
		out = append(out, indexRange{"SELECT id FROM audit WHERE did = ? AND id", []any{did}})
	}
	return out
}

// ofPerson is one range for each deed: so each is ordered by id.
func (p *paging) ofPerson(person int64) (out []indexRange) {
	deeds := p.deeds
	if len(deeds) == 0 {
		deeds = data.Deeds()
	}
	for _, did := range deeds {
		out = append(out, indexRange{"SELECT id FROM audit WHERE account = ? AND did = ? AND id", []any{auditAccount(person), did}})
	}
	if person == data.TheConsole { // account 0 is also a stranger's, and the server's own
		for i := range out {
			out[i].sql = "SELECT id FROM audit WHERE account = ? AND did = ? AND door = 'console' AND id"
		}
	}
	return out
}

// ofStudent is answered by one index alone, by whom and what included.
func (p *paging) ofStudent(student, person int64) []indexRange {
	sql, args := "SELECT id FROM audit WHERE student = ?", []any{student}
	if person != 0 {
		sql, args = sql+" AND account = ?", append(args, auditAccount(person))
	}
	if len(p.deeds) > 0 {
		sql += " AND did IN (?" + strings.Repeat(", ?", len(p.deeds)-1) + ")"
		for _, did := range p.deeds {
			args = append(args, did)
		}
	}
	return []indexRange{{sql + " AND id", args}}
}

// merge is the newest ids of several ranges, each once.
func (p *paging) merge(parts []indexRange) (ids []int64, err error) {
	for _, one := range parts {
		if err := p.t.rows(one.sql+" BETWEEN ? AND ? ORDER BY id DESC LIMIT ?", append(one.args, p.low, p.high, p.limit), func(r row) error {
			var id int64
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(ids, func(a, b int64) int { return cmp.Compare(b, a) })
	ids = slices.Compact(ids)
	return ids[:min(len(ids), p.limit)], nil
}

// lineNames makes lines of rows, and asks for each name once.
type lineNames struct {
	d        *Desk
	t        *tx
	me       data.Account
	as       int64 // the child that all rows are shown for: a sibling's history is the child's too
	people   map[int64]string
	students map[int64]data.Student
}

const lineSQL = "SELECT a.id, a.at, a.account, a.key_fp, a.source, a.door, a.session, a.did, a.record, a.record_id, COALESCE(a.student, 0), COALESCE(a.household, 0), " +
	"a.level, a.detail_hash <> '', a.prev, a.hash FROM audit a WHERE a.id = ?"

// line is one row as me may see it, Sight None where me may not.
func (n *lineNames) line(id int64) (data.AuditLine, error) {
	var one data.AuditLine
	l := &one
	err := n.t.row(lineSQL, []any{id}, &l.ID, moment{&l.At}, &l.Account, &l.Key, &l.Source, &l.Door, &l.Session, &l.Did, &l.What.Kind, &l.What.ID,
		&l.Student, &l.Household, &l.Level, &l.Kept, &l.Prev, &l.Hash)
	if err != nil {
		return one, err
	}
	if n.as != 0 {
		l.Student = n.as
	}
	var s data.Student
	if l.Student != 0 {
		if s, err = n.student(l.Student); err != nil {
			return one, err
		}
	}
	now := n.d.db.now()
	if l.Sight = n.me.AuditSight(now, *l, s.Place()); l.Sight == data.None {
		return one, nil
	}
	if l.Student != 0 && n.me.Sees(now, s.Place()) {
		l.Child, l.ClassName = s.Name, s.ClassName
	}
	if l.Account != 0 {
		if l.Name, err = n.person(l.Account); err != nil {
			return one, err
		}
	}
	if l.What.Kind == "account" && l.What.ID != 0 {
		if l.Object, err = n.person(l.What.ID); err != nil {
			return one, err
		}
	}
	if l.Did == data.SignInRefused {
		err = n.refusal(l)
	}
	return one, err
}

// student is who a child is and where; a child that is gone has a number only.
func (n *lineNames) student(id int64) (data.Student, error) {
	if s, ok := n.students[id]; ok {
		return s, nil
	}
	s, err := n.d.student(n.t, id)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return s, err
	}
	if n.students == nil {
		n.students = map[int64]data.Student{}
	}
	n.students[id] = s
	return s, nil
}

func (n *lineNames) person(account int64) (string, error) {
	if name, ok := n.people[account]; ok {
		return name, nil
	}
	var name string
	err := n.t.row("SELECT p.name FROM account a JOIN person p ON p.id = a.person WHERE a.id = ?", []any{account}, &name)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return "", err
	}
	if n.people == nil {
		n.people = map[int64]string{}
	}
	n.people[account] = name
	return name, nil
}

// AuditEntry is one row of the log with what was there before and after, where
// its reader may know. Reading what a row keeps of a record above the level
// normal that somebody else wrote is itself written down.
func (d *Desk) AuditEntry(ctx context.Context, id int64) (e data.AuditEntry, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		names := lineNames{d: d, t: t, me: me}
		if e.AuditLine, err = names.line(id); err != nil {
			return err
		}
		if e.Sight == data.None {
			e = data.AuditEntry{}
			return data.ErrNotFound
		}
		if e.Sight < data.Whole || !e.Kept {
			return nil
		}
		err := t.row("SELECT was, now FROM audit_detail WHERE audit = ?", []any{id}, &e.Was, &e.Now)
		if errors.Is(err, data.ErrNotFound) {
			err = t.row("SELECT at FROM audit_forgotten WHERE audit = ?", []any{id}, moment{&e.Forgotten})
			if errors.Is(err, data.ErrNotFound) {
				err = nil // neither: the check of the chain tells
			}
		}
		if e.Level > data.Normal && e.Account != me.ID {
			t.look(entry{did: data.ViewedEntry, what: data.Ref{Kind: "audit", ID: id}, student: e.Student, household: e.Household, level: e.Level})
		}
		return err
	})
	if err != nil {
		return data.AuditEntry{}, err
	}
	return e, nil
}
