package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"qiao/data"
)

// Imports lists the imports that were stored, the newest first. Whoever may
// import may know.
func (d *Desk) Imports(ctx context.Context) (all []data.ImportBatch, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		if err := me.MayImport(d.db.now()); err != nil {
			return err
		}
		all, err = list(t, importSQL+"ORDER BY b.id DESC", nil, scanImport)
		return err
	})
	return all, err
}

const importSQL = "SELECT b.id, b.at, COALESCE(p.name, ''), b.file_hash, b.counts, b.state FROM import_batch b " +
	"LEFT JOIN account a ON a.id = b.by LEFT JOIN person p ON p.id = a.person WHERE b.kind = 'roster' "

func scanImport(r row) (b data.ImportBatch, err error) {
	var counts, state string
	if err = r.Scan(&b.ID, moment{&b.At}, &b.By, &b.Hash, &counts, &state); err == nil {
		err = json.Unmarshal([]byte(counts), &b.Counts)
	}
	b.Undone = state == "undone"
	return b, err
}

// maxBuilt is how many of the things that an import carries are named.
const maxBuilt = 50

// UndoImport takes one import back as a whole, the last where id is 0: what it
// made is gone, and what it changed is as it was. Where something builds on it
// nothing changes, and the answer is data.ErrBuiltOn with what does. One that is
// undone already, or is not there, is data.ErrNotFound. Whoever may import may.
func (d *Desk) UndoImport(ctx context.Context, id int64) (b data.ImportBatch, built []data.Built, err error) {
	err = d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := me.MayImport(d.db.now()); err != nil {
			return nil, err
		}
		open, err := list(t, importSQL+"AND b.state = 'done' AND (b.id = ? OR ? = 0) ORDER BY b.id DESC LIMIT 1", []any{id, id}, scanImport)
		if err != nil {
			return nil, err
		}
		if len(open) == 0 {
			return nil, data.ErrNotFound
		}
		b = open[0]
		if built, err = builtOn(t, b); err != nil {
			return nil, err
		}
		if len(built) > 0 {
			return nil, data.ErrBuiltOn
		}
		if err := d.undo(t, b); err != nil {
			return nil, err
		}
		b.Undone = true
		return []data.Ref{{}}, d.audit(t, entry{did: data.ImportUndone, what: data.Ref{Kind: "import_batch", ID: b.ID},
			was: map[string]any{"file": b.Hash, "counts": b.Counts}})
	})
	return b, built, err
}

// made narrows to the records of a kind that an import made, touched to those it
// changed too. Both take the batch.
func made(record string) string {
	return "(SELECT record_id FROM import_row WHERE batch = ? AND rev_before = 0 AND record = '" + record + "')"
}

func touched(record string) string {
	return "(SELECT record_id FROM import_row WHERE batch = ? AND record = '" + record + "')"
}

// builders is what may stand on an import. Each finds number and name of what it
// stands on; every ? is the batch.
var builders = []struct{ what, sql string }{
	{"student", "SELECT s.number, s.name FROM import_row r JOIN student s ON s.id = r.record_id WHERE r.batch = ? AND r.record = 'student' AND (s.rev <> r.rev_after OR s.deleted_at IS NOT NULL)"},
	{"guardian", "SELECT '', p.name FROM import_row r JOIN person p ON p.id = r.record_id WHERE r.batch = ? AND r.record = 'person' AND p.rev <> r.rev_after"},
	{"household", "SELECT COALESCE(s.number, ''), COALESCE(s.name, h.address) FROM import_row r JOIN household h ON h.id = r.record_id LEFT JOIN student s ON s.household = h.id " +
		"WHERE r.batch = ? AND r.record = 'household' AND h.rev <> r.rev_after"},
	{"household", "SELECT s.number, s.name FROM student s WHERE s.household IN " + made("household") + " AND s.id NOT IN " + touched("student")},
	{"contact", "SELECT s.number, s.name FROM contact_student c JOIN student s ON s.id = c.student WHERE c.student IN " + made("student") + " OR c.household IN " + made("household")},
	{"contact", "SELECT '', a.address FROM contact c JOIN household a ON a.id = c.household WHERE c.household IN " + made("household") +
		" AND NOT EXISTS (SELECT 1 FROM contact_student o WHERE o.contact = c.id)"},
	{"contact", "SELECT '', p.name FROM contact_guardian c JOIN person p ON p.id = c.person WHERE c.person IN " + made("person")},
	{"promise", "SELECT '', h.address FROM promise c JOIN household h ON h.id = c.household WHERE c.household IN " + made("household") + " OR c.student IN " + made("student") +
		" OR c.owner_person IN " + made("person")},
	{"meeting", "SELECT '', h.address FROM invitee c JOIN household h ON h.id = c.household WHERE c.household IN " + made("household")},
	{"meeting", "SELECT s.number, s.name FROM invitee_student c JOIN student s ON s.id = c.student WHERE c.student IN " + made("student")},
	{"meeting", "SELECT '', h.address FROM meeting_note c JOIN household h ON h.id = c.household WHERE c.household IN " + made("household")},
	{"health", "SELECT s.number, s.name FROM student_care c JOIN student s ON s.id = c.student WHERE c.student IN " + touched("student") +
		" AND (c.updated_at >= (SELECT at FROM import_batch WHERE id = ?) OR c.student IN " + made("student") + ")"},
	{"structure", "SELECT '', h.address FROM household_care c JOIN household h ON h.id = c.household WHERE c.household IN " + made("household")},
	{"guardian", "SELECT s.number, s.name FROM guardianship c JOIN student s ON s.id = c.student WHERE (c.student IN " + made("student") + " OR c.person IN " + made("person") +
		") AND c.id NOT IN " + made("guardianship")},
	{"guardian", "SELECT s.number, s.name FROM guardianship_limit l JOIN guardianship c ON c.id = l.guardianship JOIN student s ON s.id = c.student WHERE c.id IN " + made("guardianship")},
	{"phone", "SELECT '', p.name FROM phone c JOIN person p ON p.id = c.person WHERE c.bad_since IS NOT NULL AND p.id IN " + made("person")},
	{"account", "SELECT '', p.name FROM account c JOIN person p ON p.id = c.person WHERE p.id IN " + made("person")},
	{"role", "SELECT s.number, s.name FROM role_grant c JOIN student s ON s.id = c.scope_id WHERE c.scope_kind = 'student' AND c.revoked_at IS NULL AND c.scope_id IN " + made("student")},
	{"draft", "SELECT s.number, s.name FROM draft c JOIN student s ON s.id = c.student WHERE c.discarded_at IS NULL AND c.student IN " + made("student")},
	{"role", "SELECT '', y.grade || '.' || y.number FROM role_grant c JOIN class_year y ON y.class = c.scope_id WHERE c.scope_kind = 'class' AND c.revoked_at IS NULL AND c.scope_id IN " + made("class")},
	{"class", "SELECT s.number, s.name FROM enrolment c JOIN student s ON s.id = c.student WHERE c.class IN " + made("class") + " AND c.student NOT IN " + touched("student")},
	{"meeting", "SELECT '', m.title FROM meeting m WHERE m.scope_kind = 'class' AND m.scope_id IN " + made("class")},
}

// builtOn is what stands on an import, as far as it is named.
func builtOn(t *tx, b data.ImportBatch) (all []data.Built, err error) {
	seen := map[data.Built]bool{}
	for _, q := range builders {
		args := make([]any, strings.Count(q.sql, "?"))
		for i := range args {
			args[i] = b.ID
		}
		err := t.rows(q.sql+" LIMIT 50", args, func(r row) error {
			one := data.Built{What: q.what}
			err := r.Scan(&one.Number, &one.Name)
			if !seen[one] && len(all) < maxBuilt {
				seen[one] = true
				all = append(all, one)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var lost int // imports of an earlier version did not keep what was there before
	err = t.row("SELECT count(*) FROM import_row WHERE batch = ? AND rev_before > 0 AND before = ''", []any{b.ID}, &lost)
	if lost > 0 {
		all = append(all, data.Built{What: "version"})
	}
	return all, err
}

// undo takes the records back in the order in which nothing points at what is
// gone.
func (d *Desk) undo(t *tx, b data.ImportBatch) error {
	now, by := stamp(d.db.now()), ref(d.who)
	year := data.SchoolYear(data.On(b.At.In(d.db.now().Location()).Date()))
	for _, step := range []struct {
		record string
		sql    []string
	}{
		{"guardianship", []string{"DELETE FROM guardianship WHERE id IN " + made("guardianship")}},
		{"student", []string{"DELETE FROM enrolment WHERE student IN " + made("student"), "DELETE FROM student_tag WHERE student IN " + made("student"),
			"DELETE FROM student WHERE id IN " + made("student")}},
		{"person", []string{"DELETE FROM phone WHERE person IN " + made("person"), "DELETE FROM person WHERE id IN " + made("person")}},
		{"class", []string{fmt.Sprintf("DELETE FROM class_year WHERE year = %d AND class IN ", year) + made("class_year"), "DELETE FROM class WHERE id IN " + made("class")}},
		{"household", []string{"DELETE FROM household WHERE id IN " + made("household")}},
	} {
		if err := restore(t, b.ID, step.record, now, by); err != nil {
			return err
		}
		for _, sql := range step.sql {
			if _, err := t.exec(sql, b.ID); err != nil {
				return err
			}
		}
	}
	_, err := t.exec("UPDATE import_batch SET state = 'undone' WHERE id = ?", b.ID)
	return err
}

// restore puts the records of a kind that an import changed back as they were.
// Each counts on: a form that was opened meanwhile must notice.
func restore(t *tx, batch int64, record, now string, by any) error {
	type change struct {
		id     int64
		before string
	}
	all, err := list(t, "SELECT record_id, before FROM import_row WHERE batch = ? AND record = ? AND rev_before > 0", []any{batch, record}, func(r row) (c change, err error) {
		return c, r.Scan(&c.id, &c.before)
	})
	for _, c := range all {
		if err == nil {
			err = putBack(t, record, c.id, c.before)
		}
		if err == nil && record != "guardianship" {
			_, err = t.exec("UPDATE "+record+" SET rev = rev + 1, updated_at = ?, updated_by = ? WHERE id = ?", now, by, c.id)
		}
	}
	return err
}
