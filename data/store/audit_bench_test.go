package store

import (
	"flag"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"qiao/data"
)

// How large a log the benchmarks make, once a run, and where: with a file that
// stays, the next run finds it. Ten million rows take some minutes and 6 GB:
//
//	go test ./data/store -run '^$' -bench Audit -args -audit-rows 10000000 -audit-file /tmp/audit.db
var (
	auditRows = flag.Int("audit-rows", 20_000, "rows of the benchmarks' audit log")
	auditFile = flag.String("audit-file", "", "where it is kept")
)

// auditSchool is a school of 2,000 students in 44 classes and 150 members of
// staff, with a log as its days make one: looks most of all, a third of the rows
// with what was there before and after.
func auditSchool(b *testing.B) *school {
	b.Helper()
	path := *auditFile
	if path == "" {
		path = filepath.Join(b.TempDir(), "audit.db")
	}
	db, err := Open(b.Context(), path, clock)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	s := &school{DB: db, t: b}
	var have int64
	s.must(s.reading(b.Context(), func(t *tx) error { return t.row("SELECT COALESCE(max(id), 0) FROM audit", nil, &have) }))
	if have == 0 {
		s.must(s.write(b.Context(), func(t *tx) ([]data.Ref, error) { return nil, peopled(t) }))
	}
	for have < int64(*auditRows) {
		n := min(int64(*auditRows)-have, 50_000)
		s.must(s.write(b.Context(), func(t *tx) ([]data.Ref, error) { return nil, logged(t, have, n) }))
		have += n
	}
	s.principal, s.admin, s.luo = 1, 2, 3
	return s
}

// peopled makes the students, classes and staff: account 1 is the principal, 2
// an administrator, the others class teachers.
func peopled(t *tx) error {
	at := stamp(now)
	for _, q := range []struct {
		n   int
		sql string
		arg func(i int) []any
	}{
		{44, "INSERT INTO class (entry_year) VALUES (?)", func(i int) []any { return []any{2021 + i%6} }},
		{44, "INSERT INTO class_year (class, year, grade, number) VALUES (?, 2026, ?, ?)", func(i int) []any { return []any{i, i%6 + 1, i/6 + 1} }},
		{2000, "INSERT INTO household (created_at, updated_at) VALUES (?, ?)", func(int) []any { return []any{at, at} }},
		{2000, "INSERT INTO student (household, class, number, name, status, created_at, updated_at) VALUES (?, ?, ?, ?, 'enrolled', ?, ?)",
			func(i int) []any {
				return []any{i, i%44 + 1, fmt.Sprint(20240000 + i), fmt.Sprint("学生", i), at, at}
			}},
		{150, "INSERT INTO person (name, created_at, updated_at) VALUES (?, ?, ?)", func(i int) []any { return []any{fmt.Sprint("老师", i), at, at} }},
		{150, "INSERT INTO account (person, username, created_at) VALUES (?, ?, ?)", func(i int) []any { return []any{i, fmt.Sprint("t", i), at} }},
		{150, "INSERT INTO role_grant (account, role, scope_kind, scope_id, from_at) VALUES (?, ?, ?, ?, '2026-09-01T00:00:00.000Z')", func(i int) []any {
			switch i {
			case 1:
				return []any{i, data.Principal, data.ScopeSchool, 0}
			case 2:
				return []any{i, data.Administrator, data.ScopeSchool, 0}
			}
			return []any{i, data.ClassTeacher, data.ScopeClass, i%44 + 1}
		}},
	} {
		for i := 1; i <= q.n; i++ {
			if _, err := t.exec(q.sql, q.arg(i)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// logged appends n rows to a log of have, a row every ten seconds until now.
func logged(t *tx, have, n int64) error {
	last, err := head(t)
	if err != nil {
		return err
	}
	deeds := []data.Deed{data.Viewed, data.Viewed, data.Viewed, data.Viewed, data.ViewedHistory, data.ViewedHistory, data.ViewedTags, data.ViewedTags,
		data.ContactSaved, data.ContactSaved, data.SignedIn, data.SignedOut, data.SavedPromise, data.KeptPromise, data.FamilySaved, data.AccessRefused}
	text := `{"ID":1,"Summary":"孩子咳嗽, 已看医生, 周三去了卫生院","Level":1,"Students":[17],"Guardians":[117],"Topics":["health"],"At":"2026-11-25T15:04:00+08:00","Rev":1}`
	for i := have; i < have+n; i++ {
		x := uint64(i) * 0x9E3779B97F4A7C15 >> 11 // spread, and the same each time
		did := deeds[x%uint64(len(deeds))]
		if i%100_000 == 99_999 {
			did = data.KeyRemoved // something rare
		}
		account, student := int64(x/16%150)+1, int64(x/4096%2000)+1
		r := auditRow{at: stamp(now.Add(time.Duration(i-int64(*auditRows)) * 10 * time.Second)), account: account, key: fmt.Sprintf("SHA256:%043d", account),
			source: fmt.Sprintf("10.0.%d.%d", account%4, account), door: "screen", session: fmt.Sprint("s-", i/50), did: string(did), record: "student", id: student,
			student: student, household: student, level: 1, prev: last.Hash}
		was, after := "null", text
		switch did {
		case data.ContactSaved, data.SavedPromise, data.KeptPromise, data.FamilySaved:
			was = text
			r.detail = digest(was, after)
		case data.SignedIn, data.SignedOut, data.KeyRemoved:
			r.record, r.id, r.student, r.household, r.level = "account", account, 0, 0, 0
		}
		last.Hash = r.hash()
		id, err := t.insert("INSERT INTO audit (at, account, key_fp, source, door, session, did, record, record_id, student, household, level, detail_hash, prev, hash) "+
			"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.at, r.account, r.key, r.source, r.door, r.session, r.did, r.record, r.id,
			ref(r.student), ref(r.household), r.level, r.detail, r.prev, last.Hash)
		if err == nil && r.detail != "" {
			_, err = t.exec("INSERT INTO audit_detail (audit, was, now) VALUES (?, ?, ?)", id, was, after)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkAuditPage is a page of a hundred rows of the log, by every filter of
// its screen.
func BenchmarkAuditPage(b *testing.B) {
	s := auditSchool(b)
	writes, looks := data.DeedsOfWriting.Of(), data.DeedsOfLooking.Of()
	month := now.Add(-30 * 24 * time.Hour)
	for _, tc := range []struct {
		name string
		who  int64
		q    data.AuditQuery
	}{
		{"newest", s.principal, data.AuditQuery{}},
		{"newest, class teacher", s.luo, data.AuditQuery{}},
		{"person", s.principal, data.AuditQuery{Person: 77}},
		{"child", s.principal, data.AuditQuery{Student: 777}},
		{"kind", s.principal, data.AuditQuery{Deeds: writes}},
		{"rare deed", s.principal, data.AuditQuery{Deeds: []data.Deed{data.KeyRemoved}}},
		{"deed that never was", s.principal, data.AuditQuery{Deeds: []data.Deed{data.ClockJumped}}},
		{"person and rare deed", s.principal, data.AuditQuery{Person: 77, Deeds: []data.Deed{data.KeyRemoved}}},
		{"person, child and kind", s.principal, data.AuditQuery{Person: 77, Student: 777, Deeds: looks}},
		{"child and rare deed, class teacher", s.luo, data.AuditQuery{Deeds: []data.Deed{data.ClockJumped}}},
		{"person in own class", s.luo, data.AuditQuery{Person: 77, Deeds: looks}},
		{"a day long ago", s.principal, data.AuditQuery{From: month, Until: month.Add(24 * time.Hour)}},
		{"person, kind, a day long ago", s.principal, data.AuditQuery{Person: 77, Deeds: looks, From: month, Until: month.Add(24 * time.Hour)}},
		{"refused", s.admin, data.AuditQuery{Deeds: data.DeedsRefused.Of()}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			desk, worst := s.As(tc.who), time.Duration(0)
			for b.Loop() {
				began := time.Now()
				if _, err := desk.Audit(b.Context(), tc.q); err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(began))
			}
			b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
		})
	}
	b.Run("looked", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := s.As(s.principal).Looked(b.Context(), 777, data.AuditQuery{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAuditVerify computes the whole chain anew, with one reader and with
// two.
func BenchmarkAuditVerify(b *testing.B) {
	s := auditSchool(b)
	for _, side := range []int{1, 2} {
		b.Run(fmt.Sprint("readers=", side), func(b *testing.B) {
			var rows int64
			for b.Loop() {
				c, err := s.Console("bench").VerifyChain(b.Context(), side, func(int64, int64) {})
				if err != nil || !c.Whole() {
					b.Fatal(c.Breaks, err)
				}
				rows += c.ID
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds()/float64(side), "rows/s/reader")
		})
	}
}
