package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// exec runs a statement straight on the file, as somebody who owns it may.
func (s *school) exec(q string, args ...any) error {
	return s.write(s.t.Context(), func(tx *tx) ([]data.Ref, error) { _, err := tx.exec(q, args...); return nil, err })
}

// unguard takes the triggers away.
func (s *school) unguard() {
	var names []string
	s.must(s.reading(s.t.Context(), func(tx *tx) error {
		return tx.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'", nil, func(r row) error {
			var n string
			err := r.Scan(&n)
			names = append(names, n)
			return err
		})
	}))
	for _, n := range names {
		s.must(s.exec("DROP TRIGGER " + n))
	}
}

func (s *school) chain() data.Chain {
	s.t.Helper()
	c, err := s.Console("root").VerifyChain(s.t.Context(), 2, func(int64, int64) {})
	s.must(err)
	return c
}

// Nothing in the log can be changed, taken away or put in between, whatever
// statement tries.
func TestLogIsAppendOnly(t *testing.T) {
	s := openSchool(t)
	for _, q := range []string{"UPDATE audit SET did = 'view' WHERE id = 3", "DELETE FROM audit WHERE id = 3",
		"INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 3", "REPLACE INTO audit SELECT * FROM audit WHERE id = (SELECT max(id) FROM audit)",
		"INSERT INTO audit (at, account, door, did, record, record_id, prev, hash) VALUES ('x', 0, 'x', 'view', '', 0, 'not the head', 'x')",
		"INSERT INTO audit (id, at, account, door, did, record, record_id, prev, hash) VALUES (2, 'x', 0, 'x', 'view', '', 0, 'x', 'x') ON CONFLICT (id) DO UPDATE SET did = 'view'",
		"UPDATE audit_detail SET now = '0' WHERE audit = 3", "DELETE FROM audit_detail WHERE audit = 3",
		"INSERT OR REPLACE INTO audit_detail VALUES (3, '0', '0')", "DELETE FROM audit"} {
		if err := s.exec(q); err == nil || !strings.Contains(err.Error(), "audit log is") {
			t.Errorf("%s: %v", q, err)
		}
	}
	if c := s.chain(); !c.Whole() || c.ID == 0 {
		t.Errorf("%+v", c)
	}
	// What retention removes it says first; the row and the chain stay.
	s.must(s.exec("INSERT INTO audit_forgotten VALUES (3, '2026-11-25T07:04:00.000Z', 0, 'contents after 6 years')"))
	s.must(s.exec("DELETE FROM audit_detail WHERE audit = 3"))
	if c := s.chain(); !c.Whole() {
		t.Error(c.Breaks)
	}
	for _, q := range []string{"DELETE FROM audit_forgotten", "UPDATE audit_forgotten SET rule = ''", "INSERT OR REPLACE INTO audit_forgotten VALUES (3, '', 0, '')"} {
		if s.exec(q) == nil {
			t.Error(q)
		}
	}
	if e, err := s.As(s.principal).AuditEntry(t.Context(), 3); err != nil || e.Forgotten.IsZero() || e.Now != "" {
		t.Errorf("%+v %v", e, err)
	}
}

// The chain tells of a row that was changed, taken away, or cut off the end,
// and of contents, each where it is.
func TestCheckNamesATamperedLog(t *testing.T) {
	last := "(SELECT max(id) FROM audit)"
	for _, tc := range []struct {
		harm  []string
		fault data.ChainFault
		id    int64
	}{
		{[]string{"UPDATE audit SET did = 'view' WHERE id = 3"}, data.RowChanged, 3},
		{[]string{"UPDATE audit SET session = 'other' WHERE id = 3"}, data.RowChanged, 3},
		{[]string{"DELETE FROM audit_detail", "DELETE FROM audit WHERE id = 3"}, data.RowsMissing, 2},
		{[]string{"DELETE FROM audit_detail", "DELETE FROM audit WHERE id = 1"}, data.RowsMissing, 0},
		{[]string{"DELETE FROM audit_detail WHERE audit = " + last, "DELETE FROM audit WHERE id = " + last}, data.EndMissing, 17},
		{[]string{"UPDATE audit_detail SET now = '0' WHERE audit = 3"}, data.DetailChanged, 3},
		{[]string{"DELETE FROM audit_detail WHERE audit = 3"}, data.DetailMissing, 3},
		{[]string{"DELETE FROM audit_detail WHERE audit = 18", "UPDATE audit SET id = 99 WHERE id = 18", "UPDATE sqlite_sequence SET seq = 99 WHERE name = 'audit'"}, data.RowsMissing, 17},
	} {
		s := openSchool(t)
		s.unguard()
		for _, q := range tc.harm {
			s.must(s.exec(q))
		}
		off, err := s.Console("root").Check(t.Context())
		c := s.chain()
		if err != nil || len(off) == 0 || c.Whole() || !slices.ContainsFunc(c.Breaks, func(b data.Break) bool { return b.Fault == tc.fault && b.ID == tc.id }) {
			t.Errorf("%v: %v, %v; %v", tc.harm, c.Breaks, off, err)
		}
		if quick, err := s.As(s.admin).Chain(t.Context()); err != nil || len(quick.Breaks) == 0 {
			t.Errorf("%v: the screen says %+v, %v", tc.harm, quick, err)
		}
	}
}

// A log that is wholly written anew is a sound chain; a witness that was kept
// outside tells, and so does a seal.
func TestWitness(t *testing.T) {
	s := openSchool(t)
	head, err := s.As(s.principal).Head(t.Context())
	s.must(err)
	line := "> Von: server\n> " + strings.ReplaceAll(head.Witness(), " ", "\n> ") + "\n"
	ws := data.Witnesses("the head of the log: " + head.Witness() + ".\n\n" + line)
	if len(ws) != 2 || ws[0] != ws[1] || ws[0].ID != head.ID || ws[0].Hash != head.Hash || !ws[0].At.Equal(head.At.Truncate(time.Second)) {
		t.Fatalf("%+v of %+v", ws, head)
	}
	if off, err := s.As(s.admin).Witnessed(t.Context(), ws); err != nil || len(off) > 0 {
		t.Fatal(off, err)
	}
	s.must(s.exec("INSERT INTO audit_seal (day, last_id, hash, sealed_at) VALUES ('2026-11-24', ?, ?, '2026-11-25T00:00:00.000Z')", head.ID, head.Hash))
	s.rewrite(head.ID)
	c := s.chain()
	if len(c.Breaks) != 1 || c.Breaks[0].Fault != data.SealBroken {
		t.Error("a sound chain was made, but for the seal:", c.Breaks)
	}
	off, err := s.As(s.admin).Witnessed(t.Context(), append(ws[:1], data.Head{ID: 10_000, Hash: ws[0].Hash}))
	if err != nil || len(off) != 2 || off[0].Fault != data.WitnessBroken || off[1].Fault != data.WitnessAhead {
		t.Error(off, err)
	}
}

// A row whose own hash was made to fit shows by the next one, which holds the
// hash that it had.
func TestRowsHoldTheOneBefore(t *testing.T) {
	s := openSchool(t)
	s.rewrite(3)
	if c := s.chain(); len(c.Breaks) != 1 || c.Breaks[0].Fault != data.RowChanged || c.Breaks[0].ID != 4 {
		t.Error(c.Breaks)
	}
}

// rewrite changes one row and computes the chain anew from there up to a row.
func (s *school) rewrite(upTo int64) {
	s.unguard()
	s.must(s.exec("UPDATE audit SET source = 'console:nobody' WHERE id = 3"))
	s.must(s.write(s.t.Context(), func(tx *tx) ([]data.Ref, error) {
		v := verifier{}
		type fresh struct {
			id         int64
			prev, hash string
		}
		var rows []fresh
		err := tx.rows("SELECT id, at, account, key_fp, source, door, session, did, record, record_id, COALESCE(student, 0), COALESCE(household, 0), level, detail_hash FROM audit ORDER BY id",
			nil, func(r row) error {
				var a auditRow
				var id int64
				err := r.Scan(&id, &a.at, &a.account, &a.key, &a.source, &a.door, &a.session, &a.did, &a.record, &a.id, &a.student, &a.household, &a.level, &a.detail)
				a.prev = v.last.Hash
				v.last.Hash = a.hash()
				rows = append(rows, fresh{id, a.prev, v.last.Hash})
				return err
			})
		for _, f := range rows {
			if err == nil && f.id <= upTo {
				_, err = tx.exec("UPDATE audit SET prev = ?, hash = ? WHERE id = ?", f.prev, f.hash, f.id)
			}
		}
		return nil, err
	}))
}

// Whatever is written, in whichever order, by many at once, the chain holds, and
// the first row of a new day seals the one before.
func TestChainHoldsWhateverIsWritten(t *testing.T) {
	s := openSchool(t)
	at := now
	s.now = func() time.Time { return at }
	r := rand.New(rand.NewPCG(1, 2))
	who := []int64{s.luo, s.teacher, s.office, s.principal, s.admin, s.desk, s.inspector}
	for range 150 {
		desk := s.As(who[r.IntN(len(who))]).Via("words", fmt.Sprint("SHA256:", r.IntN(3)), "10.0.0.1").In([]string{"", "a", "b"}[r.IntN(3)])
		child := []int64{s.zhang, s.nan, s.ran}[r.IntN(3)]
		var err error
		switch r.IntN(7) {
		case 0, 1:
			c := call(child)
			c.Level, c.At = data.Levels[r.IntN(4)], at.Add(-time.Minute)
			_, err = desk.SaveContact(t.Context(), c, data.Ref{})
		case 2:
			_, err = desk.Card(t.Context(), child)
		case 3:
			_, err = desk.Timeline(t.Context(), data.TimelineQuery{Student: child})
		case 4:
			_, err = desk.RosterTags(t.Context(), s.three)
		case 5:
			err = desk.SetLang(t.Context(), "en")
		case 6:
			at = at.Add(time.Duration(r.IntN(15)) * time.Hour)
		}
		if err != nil && !data.Expected(err) {
			t.Fatal(err)
		}
	}
	c := s.chain()
	if !c.Whole() || c.ID < 100 || c.Seal.Day.IsZero() || !c.Seal.Day.Before(data.DayOf(at)) || c.Unsealed == 0 {
		t.Fatalf("%+v", c)
	}
	s.must(s.As(s.principal).ConfirmSeal(t.Context(), c.Seal.Day, c.Seal.Hash))
	var clash *data.Conflict
	if err := s.As(s.admin).ConfirmSeal(t.Context(), c.Seal.Day, c.Seal.Hash); !errors.As(err, &clash) || clash.By != "许文远" {
		t.Error("confirmed twice:", err)
	}
	if err := s.As(s.luo).ConfirmSeal(t.Context(), c.Seal.Day, c.Seal.Hash); !errors.Is(err, data.ErrForbidden) {
		t.Error(err)
	}
	if got := s.chain(); !got.Whole() || got.Seal.By != "许文远" || got.Unsealed != c.Unsealed-1 {
		t.Errorf("%+v", got)
	}
	for _, q := range []string{"UPDATE audit_seal SET hash = ''", "DELETE FROM audit_seal", "UPDATE audit_seal SET confirmed_by = 1"} {
		if s.exec(q) == nil {
			t.Error(q)
		}
	}
}

// A clock that is set back leaves a row that says so, once, and no wrong seal.
func TestClockSetBack(t *testing.T) {
	s := openSchool(t)
	at := now
	s.now = func() time.Time { return at }
	for _, step := range []time.Duration{-48 * time.Hour, time.Second, -30 * time.Second, time.Minute, 72 * time.Hour} {
		at = at.Add(step)
		s.must(s.As(s.luo).SetLang(t.Context(), "zh"))
	}
	page, err := s.As(s.admin).Audit(t.Context(), data.AuditQuery{Deeds: []data.Deed{data.ClockJumped}})
	s.must(err)
	if len(page.Lines) != 1 || page.Lines[0].Door != "server" {
		t.Errorf("%+v", page.Lines)
	}
	if e, err := s.As(s.admin).AuditEntry(t.Context(), page.Lines[0].ID); err != nil || !strings.Contains(e.Was, "2026-11-25") || !strings.Contains(e.Now, "2026-11-23") {
		t.Error(e.Was, e.Now, err)
	}
	if c := s.chain(); !c.Whole() {
		t.Error(c.Breaks)
	}
}
