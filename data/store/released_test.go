package store

import (
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"qiao/data"

	"github.com/pressly/goose/v3"
)

// released is the rows of files that an earlier schema wrote, by its number:
// made by the program of that time, audit chain and all, of the school that
// openSchool makes, with contacts of every level, looks, refusals and a draft.
//
//go:embed testdata/*.sql
var released embed.FS

// releasedSchool opens a file as the program left it when its newest migration
// was the given one, and brings it up to date. The ids are those of openSchool.
func releasedSchool(t testing.TB, schema int64) *school {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old.db")
	s := &school{t: t, luo: 1, duan: 2, head: 3, office: 4, principal: 5, teacher: 6, desk: 7, inspector: 8, admin: 9, three: 1, five: 2,
		zhang: 1, nan: 2, ran: 3, grandma: 1, father: 2}
	raw, err := sql.Open("sqlite", dsn(path, ""))
	s.must(err)
	files, err := fs.Sub(migrations, "migrations")
	s.must(err)
	up, err := goose.NewProvider(goose.DialectSQLite3, raw, files)
	s.must(err)
	_, err = up.UpTo(t.Context(), schema)
	s.must(err)
	rows, err := released.ReadFile(fmt.Sprintf("testdata/%05d.sql", schema))
	s.must(err)
	_, err = raw.Exec(string(rows))
	s.must(err)
	s.must(raw.Close())
	s.DB, err = Open(t.Context(), path, clock)
	s.must(err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// What the first schema wrote is whole after all migrations since: nothing is
// lost, the chain holds, and the log goes on.
func TestReleasedFileMigrates(t *testing.T) {
	s := releasedSchool(t, 1)
	off, err := s.Console("root").Check(t.Context())
	if err != nil || len(off) > 0 {
		t.Fatal(off, err)
	}
	c, err := s.As(s.luo).Card(t.Context(), s.zhang)
	if err != nil || len(c.Contacts) != 4 || len(c.Guardians) != 2 || len(c.Promises) != 1 {
		t.Errorf("%d contacts, %d guardians, %d promises: %v", len(c.Contacts), len(c.Guardians), len(c.Promises), err)
	}
	if drafts, err := s.As(s.luo).Drafts(t.Context()); err != nil || len(drafts) != 1 {
		t.Error(drafts, err)
	}
	if _, err := s.As(s.inspector).Me(t.Context()); err == nil {
		t.Error("an account that was closed is open again")
	}
	_, err = s.As(s.luo).SaveContact(t.Context(), call(s.ran), data.Ref{})
	s.must(err)
	if off, err = s.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}
