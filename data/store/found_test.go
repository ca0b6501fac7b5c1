package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"qiao/data"
	"qiao/data/demo"
)

// founded is a file with the demo school in it, and its accounts by key.
func founded(t testing.TB, classes, students int) (*DB, data.School, map[string]int64) {
	t.Helper()
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "school.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := demo.Make(1, clock.Today(), classes, students)
	if err := db.Console("root").Found(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	accounts, err := db.Console("root").Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]int64{}
	for _, a := range accounts {
		for _, e := range s.Staff {
			if e.Username == a.Username && e.Key != "" {
				keys[e.Key] = a.ID
			}
		}
	}
	return db, s, keys
}

// All that a school is made of is in the file, once.
func TestFoundStoresEverything(t *testing.T) {
	db, s, _ := founded(t, 12, 540)
	phones, tags, grants, topics, promises, private := 0, 0, 0, 0, 0, 0
	for _, p := range s.People {
		phones += len(p.Phones)
	}
	for _, p := range s.Students {
		tags += len(p.Tags)
	}
	for _, e := range s.Staff {
		grants += len(e.Grants)
	}
	about := 0
	for _, c := range s.Contacts {
		topics, promises, about = topics+len(c.Topics), promises+len(c.Promises), about+len(c.Students)
		if c.Private != "" {
			private++
		}
	}
	came, asked, students, notes, decided, over := 0, 0, 0, 0, 0, 0
	for _, g := range s.Meetings {
		asked, notes, decided = asked+len(g.Invitees), notes+len(g.Notes), decided+len(g.Resolutions)
		for _, n := range g.Notes {
			if n.Kind == data.QuestionAsked {
				promises++
			}
		}
		for _, i := range g.Invitees {
			students += len(i.Students)
			if g.State.Over() && i.Attendance.Came() {
				came, about = came+1, about+len(i.Students)
			}
		}
		if g.State.Over() {
			over++
		}
	}
	for table, want := range map[string]int{"meeting": len(s.Meetings), "invitee": asked, "invitee_student": students, "meeting_note": notes, "resolution": decided, "minutes": over,
		"class": 12, "student": 540, "enrolment": 540, "person": len(s.People), "phone": phones,
		"household": len(s.Households), "household_care": len(s.Households), "guardianship": len(s.Guardianships), "student_tag": tags,
		"account": len(s.Staff), "role_grant": grants, "contact": len(s.Contacts) + came, "contact_student": about, "contact_staff": len(s.Contacts) + came,
		"contact_topic": topics, "contact_private": private, "promise": promises, "term": 2, "calendar_day": len(s.Calendar.Days), "audit": 1} {
		if got := db.number(t, "SELECT count(*) FROM "+table); got != want {
			t.Errorf("%s has %d rows, want %d", table, got, want)
		}
	}
	for what, query := range map[string]string{
		"a student whose class is not the open enrolment's": "SELECT count(*) FROM student s JOIN enrolment e ON e.student = s.id WHERE e.class <> s.class OR e.until_day IS NOT NULL",
		"a contact of another household":                    "SELECT count(*) FROM contact_student cs JOIN student s ON s.id = cs.student WHERE s.household <> cs.household",
		"somebody who was called and is no guardian":        "SELECT count(*) FROM contact_guardian WHERE relation = ''",
		"a reached mark that lies":                          "SELECT count(*) FROM contact_student cs JOIN contact c ON c.id = cs.contact WHERE cs.reached <> (c.outcome = 'reached')",
	} {
		if n := db.number(t, query); n > 0 {
			t.Errorf("%d times %s", n, what)
		}
	}
	if off, err := db.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Errorf("check: %v %v", off, err)
	}
}

func (db *DB) number(t testing.TB, query string) (n int) {
	t.Helper()
	if err := db.reading(t.Context(), func(tx *tx) error { return tx.row(query, nil, &n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

// The examples of the documents work in the founded school.
func TestFoundedSchoolAnswers(t *testing.T) {
	db, _, keys := founded(t, 12, 540)
	me := db.As(keys["me"])
	if name, err := me.School(t.Context()); err != nil || name != "示例小学" {
		t.Fatalf("the school is called %q: %v", name, err)
	}
	for _, q := range []string{"zw", "z w", "章", "zhangwei", "0117", "3.2 z", "吴桂芬", "20240217"} {
		found, err := me.Find(t.Context(), q, 20)
		if err != nil || len(found.Hits) == 0 || found.Hits[0].Student.Name != "章薇" && q != "3.2 z" {
			t.Errorf("%q found %+v: %v", q, found.Hits, err)
		}
	}
	zhang, err := me.FindStudent(t.Context(), "20240217")
	if err != nil {
		t.Fatal(err)
	}
	card, err := me.Card(t.Context(), zhang.ID)
	if err != nil || card.Teacher != "罗静" || len(card.Guardians) != 3 || card.Guardians[0].First() != "+8610000000117" ||
		card.Guardians[2].First() != "" || len(card.Siblings) != 1 || card.Siblings[0].Student.Name != "章楠" || card.InTerm != 9 {
		t.Errorf("%+v, %v", card, err)
	}
	class, err := me.ClassByName(t.Context(), data.ClassName{Grade: 3, Number: 2})
	if err != nil {
		t.Fatal(err)
	}
	roster, err := me.Roster(t.Context(), class)
	if err != nil || len(roster.Rows) != 45 || roster.Teacher != "罗静" {
		t.Fatalf("%d rows, %v", len(roster.Rows), err)
	}
	today, err := me.Today(t.Context(), clock.Today().AddDays(-1).Start())
	if err != nil || len(today.Promises) < 4 || today.Promises[0].Late(clock.Today()) == 0 {
		t.Errorf("%+v, %v", today.Promises, err)
	}
	for key, n := range map[string]int{"principal": 12, "class-teacher": 1, "grade-head": 2, "moral-office": 12, "inspector": 0, "admin": 0} {
		classes, err := db.As(keys[key]).Classes(t.Context())
		if err != nil || len(classes) != n {
			t.Errorf("%s reads %d rosters, want %d: %v", key, len(classes), n, err)
		}
	}
}

func TestFoundRefuses(t *testing.T) {
	db, s, keys := founded(t, 2, 6)
	if err := db.As(keys["principal"]).Found(t.Context(), s, nil); !errors.Is(err, data.ErrForbidden) {
		t.Errorf("a principal founded a school: %v", err)
	}
	clash := new(data.Conflict)
	if err := db.Console("root").Found(t.Context(), s, nil); !errors.As(err, &clash) {
		t.Errorf("a second school was founded: %v", err)
	}
	s.Contacts[0].Students = []int64{99}
	if err := db.Console("root").Found(t.Context(), s, nil); len(data.Faults(err)) == 0 {
		t.Errorf("a contact with nobody was taken: %v", err)
	}
}

// What is stopped halfway leaves nothing behind.
func TestFoundIsWholeOrNothing(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	err = db.Console("root").Found(ctx, demo.Make(1, clock.Today(), 4, 180), func(done, total int) {
		if told++; done > total/2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || told < 2 {
		t.Fatalf("%v after %d reports", err, told)
	}
	for _, table := range []string{"class", "person", "student", "contact", "setting", "audit"} {
		if n := db.number(t, "SELECT count(*) FROM "+table); n > 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}
}

func BenchmarkFound(b *testing.B) {
	students := 540
	if n, err := strconv.Atoi(os.Getenv("QIAO_BENCH_STUDENTS")); err == nil {
		students = n
	}
	s := demo.Make(1, clock.Today(), 0, students)
	for b.Loop() {
		db, err := Open(b.Context(), filepath.Join(b.TempDir(), "school.db"), clock)
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Console("root").Found(b.Context(), s, nil); err != nil {
			b.Fatal(err)
		}
		_ = db.Close()
	}
}
