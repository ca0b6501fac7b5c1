package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"qiao/data"
)

// An entry is what one audit row says was done, and to what.
type entry struct {
	did                data.Deed
	what               data.Ref
	student, household int64
	level              data.Level
	was, now           any // before and after; nil: nothing
}

// backwards is how far the clock may stand behind the newest row before the log
// tells of it: corrections of a second are a clock's daily work.
const backwards = time.Minute

// audit adds the row that says who changed what, in the same transaction. Its
// hash covers the row before, so that a row which is changed or taken away
// later shows: see verify. The first row of a new day seals the one before.
func (d *Desk) audit(t *tx, e entry) error {
	last, err := head(t)
	if err != nil {
		return err
	}
	now := d.db.now()
	if last.ID != 0 && now.Before(last.At.Add(-backwards)) {
		server := &Desk{db: d.db, door: "server"}
		if last, err = server.append(t, last, entry{did: data.ClockJumped, was: last.At, now: now}); err != nil {
			return err
		}
	}
	if last.ID != 0 && data.DayOf(last.At).Before(data.DayOf(now)) {
		_, err := d.sweepTrays(t)
		if err := errors.Join(seal(t, last, now), err); err != nil {
			return err
		}
	}
	_, err = d.append(t, last, e)
	return err
}

// append puts a row on the end of the log, which is last.
func (d *Desk) append(t *tx, last data.Head, e entry) (data.Head, error) {
	if !e.did.Known() {
		return last, fmt.Errorf("store: %q is not in the list of deeds", e.did)
	}
	was, err := json.Marshal(e.was)
	if err != nil {
		return last, err
	}
	now, err := json.Marshal(e.now)
	if err != nil {
		return last, err
	}
	source := d.from
	if d.console != "" {
		source = d.console
	}
	at := d.db.now()
	r := auditRow{at: stamp(at), account: d.who, key: d.key, source: source, door: d.door, session: d.session, did: string(e.did),
		record: e.what.Kind, id: e.what.ID, student: e.student, household: e.household, level: int64(e.level), prev: last.Hash}
	if e.was != nil || e.now != nil {
		r.detail = digest(string(was), string(now))
	}
	next := data.Head{At: at, Hash: r.hash()}
	next.ID, err = t.insert("INSERT INTO audit (at, account, key_fp, source, door, session, did, record, record_id, student, household, level, detail_hash, prev, hash) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.at, r.account, r.key, r.source, r.door, r.session, r.did, r.record, r.id,
		ref(r.student), ref(r.household), r.level, r.detail, r.prev, next.Hash)
	if err == nil && r.detail != "" {
		_, err = t.exec("INSERT INTO audit_detail (audit, was, now) VALUES (?, ?, ?)", next.ID, string(was), string(now))
	}
	return next, err
}

// head is the newest row of the log; the zero Head in an empty one.
func head(t *tx) (h data.Head, err error) {
	err = t.row("SELECT id, at, hash FROM audit ORDER BY id DESC LIMIT 1", nil, &h.ID, moment{&h.At}, &h.Hash)
	if errors.Is(err, data.ErrNotFound) {
		return data.Head{}, nil
	}
	return h, err
}

// An auditRow is what a row's hash covers.
type auditRow struct {
	at                              string
	account                         int64
	key, source, door, session, did string
	record                          string
	id, student, household          int64
	level                           int64
	detail, prev                    string
}

func (r *auditRow) hash() string {
	sum := r.sum(nil)
	return string(sum[:])
}

// sum is the hash, computed in a buffer that the caller keeps: checking ten
// million rows must not make garbage. The session, which the log at first had
// not, is the last part where there is one.
func (r *auditRow) sum(buf *[]byte) (out [2 * sha256.Size]byte) {
	var own []byte
	if buf == nil {
		buf = &own
	}
	b := (*buf)[:0]
	for _, s := range [...]string{r.prev, r.at} {
		b = part(b, s)
	}
	b = number(b, r.account)
	for _, s := range [...]string{r.key, r.source, r.door, r.did, r.record} {
		b = part(b, s)
	}
	for _, n := range [...]int64{r.id, r.student, r.household, r.level} {
		b = number(b, n)
	}
	b = part(b, r.detail)
	if r.session != "" {
		b = part(b, r.session)
	}
	*buf = b
	return hexed(b)
}

// digest is SHA-256 over the parts, each with its length, so that no two lists
// of parts read the same.
func digest(parts ...string) string {
	var b []byte
	for _, p := range parts {
		b = part(b, p)
	}
	sum := hexed(b)
	return string(sum[:])
}

func part(b []byte, s string) []byte {
	b = strconv.AppendInt(b, int64(len(s)), 10)
	return append(append(b, ':'), s...)
}

// number is part of a number in decimal.
func number(b []byte, n int64) []byte {
	var digits [20]byte
	d := strconv.AppendInt(digits[:0], n, 10)
	b = strconv.AppendInt(b, int64(len(d)), 10)
	return append(append(b, ':'), d...)
}

func hexed(b []byte) (out [2 * sha256.Size]byte) {
	sum := sha256.Sum256(b)
	hex.Encode(out[:], sum[:])
	return out
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
