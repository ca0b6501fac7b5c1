// Package tuitest drives the real shell over a real database, without a
// terminal, for golden frames. Use it inside testing/synctest: it relies on
// synctest.Wait to know that all commands have had their say.
package tuitest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
)

// Clock begins on a school day at nine. In a bubble it goes with the bubble's
// time, which starts with the year 2000; elsewhere it stands still.
var Clock = data.Clock(func() time.Time {
	nine := time.Date(2026, 9, 10, 9, 0, 0, 0, data.China)
	if gone := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); gone < 365*24*time.Hour {
		return nine.Add(gone)
	}
	return nine
})

// School opens a database with the accounts and families of all tests:
// account 1 teaches class 3-1, account 2 is the head.
func School(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), Clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for i, a := range []data.Account{{Name: "林老师", Role: data.Teacher, Class: "3-1"}, {Name: "Head", Role: data.Head}} {
		if err := db.Enroll(t.Context(), a, fmt.Sprint("key", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []data.Family{
		{Class: "3-1", Child: "安安", Parent: "安妈妈", Phone: "100-0000-0001"},
		{Class: "3-1", Child: "欧阳小贝", Parent: "欧阳爸爸", Phone: "100-0000-0002"},
		{Class: "3-2", Child: "Cici", Parent: "Cici's aunt", Phone: "100-0000-0003"},
	} {
		if err := db.Admit(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// Start logs an account in, in a window of 80×24.
func Start(t *testing.T, db *store.DB, me data.Account, lang i18n.Lang) *Session {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	box, stop := db.Watch()
	t.Cleanup(func() { cancel(); stop(); synctest.Wait() })
	return Drive(t, tui.New(ctx, db, box, me, lang, Clock))
}
