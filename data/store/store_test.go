package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"
)

// The day of every test: Wednesday of the 13th week.
var now = time.Date(2026, 11, 25, 15, 4, 0, 0, data.China)

var clock = data.Clock(func() time.Time { return now })

// A school is an open file with two classes, a few families, and accounts.
type school struct {
	*DB
	t                                  testing.TB
	luo, duan, head, office, principal int64 // class teachers of 3.2 and 5.1, head of grade 3
	teacher, desk, inspector, admin    int64 // a subject teacher of 3.2, the front desk
	three, five                        int64 // classes 3.2 and 5.1
	zhang, nan, ran                    int64 // 章薇 3.2 and her brother 章楠 5.1; 冉小满 3.2
	grandma, father                    int64
}

func (s *school) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func openSchool(t testing.TB) *school { t.Helper(); return openSchoolAt(t, clock) }

// openSchoolAt is openSchool by a clock of the test's own.
func openSchoolAt(t testing.TB, clock data.Clock) *school {
	t.Helper()
	return openSchoolFile(t, filepath.Join(t.TempDir(), "a b?.db"), clock)
}

func openSchoolFile(t testing.TB, path string, clock data.Clock) *school {
	t.Helper()
	db, err := Open(t.Context(), path, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := &school{DB: db, t: t}
	console := db.Console("root")
	s.must(db.write(t.Context(), func(tx *tx) ([]data.Ref, error) { return s.fill(tx) }))
	add := func(name string, words ...string) int64 {
		var roles []data.RoleWord
		for _, w := range words {
			r, err := data.ParseRole(w)
			s.must(err)
			roles = append(roles, r)
		}
		a, err := console.AddAccount(t.Context(), name, roles, data.Key{Fingerprint: "SHA256:" + name, Type: "ssh-ed25519", Blob: name})
		s.must(err)
		return a.ID
	}
	s.luo, s.duan = add("罗静", "class-teacher:3.2"), add("段青", "class-teacher:5.1")
	s.head, s.office, s.principal = add("蒲岚", "grade-head:3"), add("封志刚", "moral-office"), add("许文远", "principal")
	s.teacher, s.desk = add("宁小舟", "subject-teacher:3.2"), add("门卫", "front-desk")
	s.inspector, s.admin = add("督导", "inspector"), add("丁一川", "admin")
	// A save is answered before it is announced; the next job waits for that, so
	// that no test's mailbox hears of the school being made.
	s.must(db.write(t.Context(), func(*tx) ([]data.Ref, error) { return nil, nil }))
	return s
}

// fill writes two classes and three children straight into the tables.
func (s *school) fill(t *tx) (refs []data.Ref, err error) {
	at := stamp(now)
	insert := func(q string, args ...any) (id int64) {
		if err == nil {
			id, err = t.insert(q, args...)
		}
		return id
	}
	insert("INSERT INTO term (year, n, first_day, last_day) VALUES (2026, 1, '2026-09-01', '2027-01-22')")
	class := func(grade, number int) int64 {
		id := insert("INSERT INTO class (entry_year) VALUES (?)", 2027-grade)
		insert("INSERT INTO class_year (class, year, grade, number) VALUES (?, 2026, ?, ?)", id, grade, number)
		return id
	}
	s.three, s.five = class(3, 2), class(5, 1)
	home := insert("INSERT INTO household (address, village, created_at, updated_at) VALUES ('柳溪村4组', '柳溪村', ?, ?)", at, at)
	other := insert("INSERT INTO household (address, created_at, updated_at) VALUES ('老街1号', ?, ?)", at, at)
	student := func(name, number string, household, class int64) int64 {
		id := insert("INSERT INTO student (household, class, number, name, status, birth, created_at, updated_at) VALUES (?, ?, ?, ?, 'enrolled', '2017-03-01', ?, ?)",
			household, class, number, name, at, at)
		insert("INSERT INTO enrolment (student, class, from_day) VALUES (?, ?, '2026-09-01')", id, class)
		refs = append(refs, data.Ref{Kind: "name", ID: id})
		return id
	}
	s.zhang, s.nan, s.ran = student("章薇", "20240217", home, s.three), student("章楠", "20220104", home, s.five), student("冉小满", "20240207", other, s.three)
	insert("INSERT INTO student_tag (student, tag) VALUES (?, 'left_behind')", s.zhang)
	person := func(name, relation, phone string, order int, students ...int64) int64 {
		id := insert("INSERT INTO person (name, created_at, updated_at) VALUES (?, ?, ?)", name, at, at)
		insert("INSERT INTO phone (person, e164, position) VALUES (?, ?, 0)", id, phone)
		for _, st := range students {
			insert("INSERT INTO guardianship (student, person, relation, call_order, lives_with) VALUES (?, ?, ?, ?, 1)", st, id, relation, order)
		}
		return id
	}
	s.grandma = person("吴桂芬", "grandmother", "+8610000000117", 1, s.zhang, s.nan)
	s.father = person("章立民", "father", "+8610000000217", 2, s.zhang, s.nan)
	person("冉秀英", "mother", "+8610000000107", 1, s.ran)
	return refs, err
}

func call(students ...int64) data.Contact {
	return data.Contact{Students: students, At: now.Add(-time.Minute), Channel: data.PhoneCall, Summary: "孩子咳嗽, 已看医生", Topics: []string{"health"}}
}

func TestEveryDoorAsksTheRules(t *testing.T) {
	s := openSchool(t)
	for _, tc := range []struct {
		name      string
		who, with int64
		want      error
	}{
		{"class teacher, own class", s.luo, s.zhang, nil}, {"class teacher, another class", s.luo, s.nan, data.ErrNotFound},
		{"nobody there", s.luo, 999, data.ErrNotFound}, {"grade head", s.head, s.ran, nil}, {"head of another grade", s.head, s.nan, data.ErrNotFound},
		{"subject teacher", s.teacher, s.ran, nil}, {"principal", s.principal, s.nan, nil}, {"office", s.office, s.nan, nil},
		{"front desk, outgoing", s.desk, s.zhang, data.ErrForbidden}, {"inspector", s.inspector, s.zhang, data.ErrNotFound},
		{"administrator", s.admin, s.zhang, data.ErrNotFound}, {"no such account", 99, s.zhang, data.ErrForbidden},
	} {
		_, err := s.As(tc.who).SaveContact(t.Context(), call(tc.with), data.Ref{})
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	s.must(s.Console("root").Disable(t.Context(), s.luo))
	if _, err := s.As(s.luo).Card(t.Context(), s.zhang); !errors.Is(err, data.ErrForbidden) {
		t.Errorf("a closed account still reads: %v", err)
	}
}

// What SQL lists and what the rule says of one are the same, for every account.
func TestVisibleMatchesSees(t *testing.T) {
	s := openSchool(t)
	for who := int64(1); who <= s.admin; who++ {
		me, err := s.As(who).Me(t.Context())
		s.must(err)
		found := map[int64]bool{}
		for _, q := range []string{"章", "冉"} {
			f, err := s.As(who).Find(t.Context(), q, 50)
			s.must(err)
			if f.Total != len(f.Hits) {
				t.Errorf("%s: %d hits of %d", me.Name, len(f.Hits), f.Total)
			}
			for _, h := range f.Hits {
				found[h.Student.ID] = true
			}
		}
		listed := map[int64]bool{}
		s.must(s.reading(t.Context(), func(tx *tx) error {
			where, args := within("s.class", "s.id", me.Finds(now))
			return tx.rowsOnce("SELECT s.id FROM student s WHERE "+where, args, func(r row) error {
				var id int64
				err := r.Scan(&id)
				listed[id] = true
				return err
			})
		}))
		for _, p := range []data.Place{{Student: s.zhang, Class: s.three}, {Student: s.nan, Class: s.five}, {Student: s.ran, Class: s.three}} {
			if sees := me.Sees(now, p); sees != found[p.Student] || sees != listed[p.Student] {
				t.Errorf("%s, student %d: the rule says %v, search %v, SQL %v", me.Name, p.Student, sees, found[p.Student], listed[p.Student])
			}
		}
	}
}

func TestSecondSaverLearnsOfTheFirst(t *testing.T) {
	s := openSchool(t)
	c, err := s.As(s.teacher).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	mine, theirs := c, c
	theirs.Summary = "班主任改过"
	if _, err = s.As(s.luo).SaveContact(t.Context(), theirs, data.Ref{}); err != nil {
		t.Fatal("the class teacher may correct it:", err)
	}
	mine.Summary = "任课教师也改"
	var clash *data.Conflict
	if _, err = s.As(s.teacher).SaveContact(t.Context(), mine, data.Ref{}); !errors.As(err, &clash) || clash.Rev != 2 || clash.By != "罗静" || clash.At.IsZero() {
		t.Fatalf("%+v", err)
	}
	mine.Rev = clash.Rev
	if got, err := s.As(s.teacher).SaveContact(t.Context(), mine, data.Ref{}); err != nil || got.Rev != 3 {
		t.Fatal(got.Rev, err)
	}
	var audits, revisions int
	s.must(s.reading(t.Context(), func(tx *tx) error {
		return errors.Join(tx.row("SELECT count(*) FROM audit WHERE did = 'contact save'", nil, &audits),
			tx.row("SELECT count(*) FROM revision WHERE record = 'contact'", nil, &revisions))
	}))
	if audits != 3 || revisions != 2 {
		t.Errorf("%d audit rows and %d revisions for three saves", audits, revisions)
	}
}

// A job that fails halfway, or panics, leaves nothing in its batch.
func TestFailedJobUndoesItself(t *testing.T) {
	s := openSchool(t)
	for _, fail := range []func() error{func() error { return errClosed }, func() error { panic("bug") }} {
		err := s.write(t.Context(), func(tx *tx) ([]data.Ref, error) {
			if _, err := tx.exec("DELETE FROM phone"); err != nil {
				t.Error(err)
			}
			return nil, fail()
		})
		c, _ := s.As(s.luo).Card(t.Context(), s.zhang)
		if err == nil || len(c.Guardians) != 2 || c.Guardians[0].First() == "" {
			t.Fatalf("%v; %+v", err, c.Guardians)
		}
	}
}

// Many writers at once: the bad ones fail alone, the good ones are all on
// disk and announced, and a cancelled caller spoils nobody's batch.
func TestGroupCommit(t *testing.T) {
	s := openSchool(t)
	box, stop := s.Watch()
	defer stop()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var wg sync.WaitGroup
	for i := range 120 {
		wg.Go(func() {
			c, ctx := call(s.zhang), t.Context()
			switch i % 4 {
			case 1:
				c.Summary = ""
			case 2:
				ctx = gone
			}
			_, err := s.As(s.luo).SaveContact(ctx, c, data.Ref{})
			if ok := i%4 != 1 && i%4 != 2; ok != (err == nil) {
				t.Errorf("job %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	line, err := s.As(s.luo).Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
	if len(line.Contacts) != 60 || line.Total != 60 || err != nil {
		t.Fatalf("%d contacts of %d, %v", len(line.Contacts), line.Total, err)
	}
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "student", ID: s.zhang}] || !refs[data.Ref{Kind: "class", ID: s.three}] {
		t.Fatalf("%d refs announced", len(refs))
	}
	off, err := s.Console("root").Check(t.Context())
	if err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}

// The level of a contact decides who reads its text and who knows of it at all.
func TestLevels(t *testing.T) {
	s := openSchool(t)
	for level, want := range map[data.Level]map[int64]data.Sight{
		data.Normal:     {s.luo: 2, s.teacher: 2, s.head: 2, s.office: 2, s.principal: 2},
		data.ClassOnly:  {s.luo: 2, s.teacher: 1, s.head: 2, s.office: 2, s.principal: 2},
		data.Restricted: {s.luo: 2, s.teacher: 1, s.head: 1, s.office: 2, s.principal: 2},
		data.Secret:     {s.luo: 2, s.teacher: 0, s.head: 0, s.office: 1, s.principal: 2},
	} {
		c := call(s.zhang)
		c.Level, c.Private = level, "家里在办离婚"
		c, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{})
		s.must(err)
		for who, sight := range want {
			line, err := s.As(who).Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
			s.must(err)
			i := slices.IndexFunc(line.Contacts, func(o data.Contact) bool { return o.ID == c.ID })
			got := data.None
			if i >= 0 {
				got = line.Contacts[i].Sight
				if text := line.Contacts[i].Summary != ""; text != (got == data.Whole) || line.Contacts[i].Private != "" {
					t.Errorf("level %d, account %d: %+v", level, who, line.Contacts[i])
				}
			}
			one, err := s.As(who).NotedContact(t.Context(), c.ID)
			if got != sight || (sight == data.None) != errors.Is(err, data.ErrNotFound) {
				t.Errorf("level %d, account %d: sight %d, want %d; %v", level, who, got, sight, err)
			}
			private := who == s.luo || level < data.Secret && who == s.office || who == s.principal
			if (one.Private != "") != private {
				t.Errorf("level %d, account %d: private note %q", level, who, one.Private)
			}
		}
	}
	var refused int // outlines: class 1, restricted 2, secret 1; and two who do not know of the secret one asked for it
	s.must(s.reading(t.Context(), func(tx *tx) error {
		return tx.row("SELECT count(*) FROM audit WHERE did = 'refused' AND record = 'contact'", nil, &refused)
	}))
	if refused != 6 {
		t.Errorf("%d refusals are in the log, not 6", refused)
	}
}

func TestOpenRefusesANewerFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "q.db")
	db, err := Open(t.Context(), path, clock)
	if err != nil {
		t.Fatal(err)
	}
	s := &school{DB: db, t: t}
	s.must(db.write(t.Context(), func(tx *tx) ([]data.Ref, error) {
		_, err := tx.exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
		return nil, err
	}))
	s.must(db.Close())
	if _, err := Open(t.Context(), path, clock); !errors.Is(err, ErrNewer) {
		t.Fatal(err)
	}
}

// A command beside a server: what it commits, the server's sessions hear of.
func TestFollowHearsOtherProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "q.db")
	one, err := Open(t.Context(), path, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	one.Follow()
	other, err := Open(t.Context(), path, clock) // its own connections: another process, as far as SQLite knows
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	box, stop := one.Watch()
	defer stop()
	role, _ := data.ParseRole("principal")
	a, err := other.Console("root").AddAccount(t.Context(), "许文远", []data.RoleWord{role})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if refs := box.Wait(ctx); !refs[data.Ref{Kind: "account", ID: a.ID}] {
		t.Error("not heard of:", refs)
	}
}
