package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"qiao/data"
)

// An entry is what one audit row says was done, and to what.
type entry struct {
	did                string
	what               data.Ref
	student, household int64
	level              data.Level
	was, now           any // before and after; nil: nothing
}

// audit adds the row that says who changed what, in the same transaction. Its
// hash covers the row before, so that a row which is changed or taken away
// later shows: see Check.
func (d *Desk) audit(t *tx, e entry) error {
	was, err := json.Marshal(e.was)
	if err != nil {
		return err
	}
	now, err := json.Marshal(e.now)
	if err != nil {
		return err
	}
	var prev string
	if err := t.row("SELECT hash FROM audit ORDER BY id DESC LIMIT 1", nil, &prev); err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	detail := ""
	if e.was != nil || e.now != nil {
		detail = digest(string(was), string(now))
	}
	source := d.from
	if d.console != "" {
		source = d.console
	}
	r := auditRow{at: stamp(d.db.now()), account: d.who, key: d.key, source: source, door: d.door, did: e.did,
		record: e.what.Kind, id: e.what.ID, student: e.student, household: e.household, level: int64(e.level), detail: detail, prev: prev}
	id, err := t.insert("INSERT INTO audit (at, account, key_fp, source, door, did, record, record_id, student, household, level, detail_hash, prev, hash) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.at, r.account, r.key, r.source, r.door, r.did, r.record, r.id,
		ref(r.student), ref(r.household), r.level, r.detail, r.prev, r.hash())
	if err != nil || detail == "" {
		return err
	}
	_, err = t.exec("INSERT INTO audit_detail (audit, was, now) VALUES (?, ?, ?)", id, string(was), string(now))
	return err
}

// An auditRow is what a row's hash covers.
type auditRow struct {
	at                     string
	account                int64
	key, source, door, did string
	record                 string
	id, student, household int64
	level                  int64
	detail, prev           string
}

func (r auditRow) hash() string {
	return digest(r.prev, r.at, fmt.Sprint(r.account), r.key, r.source, r.door, r.did, r.record, fmt.Sprint(r.id),
		fmt.Sprint(r.student), fmt.Sprint(r.household), fmt.Sprint(r.level), r.detail)
}

// digest is SHA-256 over the parts, each with its length, so that no two lists
// of parts read the same.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// revision keeps what a record was before a save, under the revision it had.
func (d *Desk) revision(t *tx, what data.Ref, rev int64, before any) error {
	text, err := json.Marshal(before)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO revision (record, record_id, rev, at, by, before) VALUES (?, ?, ?, ?, ?, ?)",
		what.Kind, what.ID, rev, stamp(d.db.now()), d.who, string(text))
	return err
}
