package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"qiao/data"
)

var clock = data.Clock(func() time.Time { return time.Date(2026, 9, 10, 9, 0, 0, 0, data.China) })

// open returns a school of two classes, a teacher of the first (1), a head
// (2) and one who left (3).
func open(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "a b?.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for i, a := range []data.Account{
		{Name: "林老师", Role: data.Teacher, Class: "3-1"}, {Name: "Head", Role: data.Head}, {Name: "Left", Role: data.Gone},
	} {
		if err := db.Enroll(t.Context(), a, strconv.Itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []data.Family{{Class: "3-1", Child: "安安", Parent: "安妈妈"}, {Class: "3-2", Child: "贝贝", Parent: "贝爸爸"}} {
		if err := db.Admit(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func call(family int64) data.Contact {
	return data.Contact{Family: family, On: clock.Today(), Kind: data.Call, Note: "谈作息"}
}

func TestEveryDoorAsksTheRules(t *testing.T) {
	db := open(t)
	for _, tc := range []struct {
		who, family int64
		want        error
	}{
		{1, 1, nil}, {1, 2, data.ErrNotFound}, {1, 9, data.ErrNotFound},
		{2, 1, data.ErrForbidden}, {3, 1, data.ErrForbidden}, {9, 1, data.ErrForbidden},
	} {
		if _, err := db.As(tc.who).SaveContact(t.Context(), call(tc.family)); !errors.Is(err, tc.want) {
			t.Errorf("account %d, family %d: %v, want %v", tc.who, tc.family, err, tc.want)
		}
	}
}

func TestVisibleMatchesSees(t *testing.T) {
	db := open(t)
	all, _ := db.As(2).Families(t.Context(), "")
	for who, role := range []data.Account{{Role: data.Teacher, Class: "3-1"}, {Role: data.Head}, {Role: data.Gone}} {
		got, _ := db.As(int64(who+1)).Families(t.Context(), "")
		want := 0
		for _, f := range all {
			if role.Sees(f) {
				want++
			}
		}
		if len(got) != want {
			t.Errorf("%s: SQL shows %d families, the rule %d", role.Role, len(got), want)
		}
	}
}

func TestSecondSaverLearnsOfTheFirst(t *testing.T) {
	db := open(t)
	c, err := db.As(1).SaveContact(t.Context(), call(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.As(1).SaveContact(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	var clash *data.Conflict
	if _, err := db.As(1).SaveContact(t.Context(), c); !errors.As(err, &clash) || clash.Rev != 2 {
		t.Fatalf("%v", err)
	}
	var rows int
	if db.r.QueryRow("SELECT count(*) FROM audit").Scan(&rows); rows != 2 {
		t.Fatalf("%d audit rows for two saves", rows)
	}
}

// A job that fails halfway, or panics, leaves nothing in its batch.
func TestFailedJobUndoesItself(t *testing.T) {
	db := open(t)
	for _, fail := range []func() error{func() error { return errClosed }, func() error { panic("bug") }} {
		err := db.write(t.Context(), func(tx *sql.Tx) ([]data.Ref, error) {
			if _, err := tx.Exec("DELETE FROM family"); err != nil {
				t.Error(err)
			}
			return nil, fail()
		})
		if all, _ := db.As(2).Families(t.Context(), ""); err == nil || len(all) != 2 {
			t.Fatalf("%v; %d families left", err, len(all))
		}
	}
}

// Many writers at once: the bad ones fail alone, the good ones are all on
// disk and announced, and a cancelled caller spoils nobody's batch.
func TestGroupCommit(t *testing.T) {
	db := open(t)
	box, stop := db.Watch()
	defer stop()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var wg sync.WaitGroup
	for i := range 120 {
		wg.Go(func() {
			c, ctx := call(1), t.Context()
			switch i % 4 {
			case 1:
				c.Note = ""
			case 2:
				ctx = gone
			}
			_, err := db.As(1).SaveContact(ctx, c)
			if ok := i%4 != 1 && i%4 != 2; ok != (err == nil) {
				t.Errorf("job %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if cs, err := db.As(1).Contacts(t.Context(), 1); len(cs) != 60 || err != nil {
		t.Fatalf("%d contacts, %v", len(cs), err)
	}
	if refs := box.Wait(t.Context()); len(refs) != 61 || !refs[data.Ref{Kind: "family", ID: 1}] {
		t.Fatalf("%d refs announced", len(refs))
	}
}
