package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"qiao/data"

	"go.uber.org/goleak"
)

// asOther in the environment makes the test binary another process at a file:
// it opens it, prints how many contacts it holds, and closes it.
const asOther = "STORE_TEST_OTHER"

func TestMain(m *testing.M) {
	if path := os.Getenv(asOther); path != "" {
		os.Exit(other(path))
	}
	if path := os.Getenv(asRoom); path != "" {
		writeInRoom(path)
	}
	goleak.VerifyTestMain(m)
}

func other(path string) int {
	db, err := Open(context.Background(), path, clock)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	n := 0
	err = db.reading(context.Background(), func(t *tx) error { return t.row("SELECT count(*) FROM contact", nil, &n) })
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(n)
	return 0
}

func otherSays(t *testing.T, path string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asOther+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// path is where the school's file lies.
func (s *school) path() (path string) {
	s.t.Helper()
	s.must(s.reading(s.t.Context(), func(t *tx) error {
		return t.row("SELECT file FROM pragma_database_list WHERE name = 'main'", nil, &path)
	}))
	return path
}

// Every connection has the settings that the name asks for: a wrong key in it
// would be ignored.
func TestPragmas(t *testing.T) {
	s := openSchool(t)
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "0"}
	check := func(who string, x *tx) {
		for name, value := range want {
			var got string
			if err := x.row("PRAGMA "+name, nil, &got); err != nil || got != value {
				t.Errorf("%s: %s is %q, want %q; %v", who, name, got, value, err)
			}
		}
		if err := x.rowsOnce(`SELECT "no such column"`, nil, func(row) error { return nil }); err == nil {
			t.Errorf("%s: a name in double quotes is taken for text", who)
		}
	}
	s.must(s.write(t.Context(), func(x *tx) ([]data.Ref, error) { check("writer", x); return nil, nil }))
	want["query_only"] = "1"
	var all []*tx
	for range readers {
		<-s.idle.some
		all = append(all, s.idle.take())
	}
	for i, x := range all {
		check(fmt.Sprint("reader ", i), x)
		if _, err := x.exec("DELETE FROM phone"); err == nil {
			t.Error("a reader writes")
		}
		s.idle.put(x)
	}
	if r, w := s.r.Stats().MaxOpenConnections, s.w.Stats().MaxOpenConnections; r != readers || w != 1 {
		t.Errorf("%d and %d connections", r, w)
	}
}

// The files are the owner's alone, whatever the umask.
func TestPrivateFiles(t *testing.T) {
	s := openSchool(t)
	for _, end := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(s.path() + end); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", end, err)
		}
	}
}

// Two processes that write at once both succeed, each time: neither is told
// that the file is busy.
func TestTwoProcessesWrite(t *testing.T) {
	s := openSchool(t)
	second, err := Open(t.Context(), s.path(), clock) // its own connections: another process, as far as SQLite knows
	s.must(err)
	defer second.Close()
	var wg sync.WaitGroup
	for _, db := range []*DB{s.DB, second} {
		for range 4 {
			wg.Go(func() {
				for range 25 {
					if _, err := db.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{}); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	wg.Wait()
	line, err := s.As(s.luo).Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
	if err != nil || line.Total != 200 {
		t.Error(line.Total, err)
	}
	if off, err := s.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}

// Who hangs up in the middle of a save has saved: a write is not interrupted,
// which would roll back the neighbours' too. Who hangs up before has not.
func TestHangUpInMidSave(t *testing.T) {
	s := openSchool(t)
	ctx, hangUp := context.WithCancel(t.Context())
	touch := func(name string, ctx context.Context, during func()) error {
		return s.write(ctx, func(x *tx) ([]data.Ref, error) {
			if _, err := x.exec("UPDATE person SET name = ? WHERE id = ?", name, s.grandma); err != nil {
				return nil, err
			}
			during()
			_, err := x.exec("UPDATE person SET name = name || '!' WHERE id = ?", s.grandma)
			return nil, err
		})
	}
	if err := touch("甲", ctx, hangUp); err != nil {
		t.Error(err)
	}
	if err := touch("乙", ctx, func() {}); err == nil {
		t.Error("saved for one who had left")
	}
	var name string
	s.must(s.reading(t.Context(), func(x *tx) error { return x.row("SELECT name FROM person WHERE id = ?", []any{s.grandma}, &name) }))
	if name != "甲!" {
		t.Errorf("%q", name)
	}
}

// Instants are stored as text of one width in UTC, days as text: both sort.
func TestTimesAreText(t *testing.T) {
	s := openSchool(t)
	c := call(s.zhang)
	c.Promises = []data.Promise{{Text: "带药", Due: data.On(2026, 11, 30)}}
	_, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	_, err = s.As(s.luo).SaveDraft(t.Context(), data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: s.zhang}, Student: s.zhang, Form: "{}"})
	s.must(err)
	instant, day := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`), regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	var columns [][2]string
	s.must(s.reading(t.Context(), func(x *tx) error {
		return x.rows("SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'goose%' AND t.name NOT LIKE 'sqlite%'", nil,
			func(r row) error {
				var table, column string
				err := r.Scan(&table, &column)
				columns = append(columns, [2]string{table, column})
				return err
			})
	}))
	seen := 0
	for _, c := range columns {
		var like *regexp.Regexp
		switch name := c[1]; {
		case name == "at", strings.HasSuffix(name, "_at"):
			like = instant
		case name == "due", name == "birth", strings.HasSuffix(name, "_day"), strings.HasSuffix(name, "_on"):
			like = day
		default:
			continue
		}
		s.must(s.reading(t.Context(), func(x *tx) error {
			return x.rowsOnce(fmt.Sprintf("SELECT %q, typeof(%[1]q) FROM %q WHERE %[1]q IS NOT NULL", c[1], c[0]), nil, func(r row) error {
				var v, kind string
				err := r.Scan(&v, &kind)
				seen++
				if kind != "text" || !like.MatchString(v) {
					t.Errorf("%s.%s is %s %q", c[0], c[1], kind, v)
				}
				return err
			})
		}))
	}
	if seen < 40 {
		t.Errorf("%d values looked at", seen)
	}
}

// What one process saves another that opens the file sees, and its leaving
// disturbs nothing.
func TestAnotherProcessReads(t *testing.T) {
	s := openSchool(t)
	for _, want := range []string{"1", "2"} {
		_, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
		s.must(err)
		if got := otherSays(t, s.path()); got != want {
			t.Errorf("another process sees %s contacts of %s", got, want)
		}
	}
}

// A file that is no database, a folder, and one that may not be made: each is
// an error, and nothing is left behind.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, dir, filepath.Join(dir, "no", "where.db")} {
		if db, err := Open(t.Context(), path, clock); err == nil {
			t.Error(path, "was opened")
			_ = db.Close()
		}
	}
	if left, err := fs.Glob(os.DirFS(dir), "*"); err != nil || len(left) != 1 {
		t.Error(left, err)
	}
	if now, err := os.ReadFile(text); err != nil || !strings.HasPrefix(string(now), "not a database") {
		t.Error("the file was changed")
	}
}
