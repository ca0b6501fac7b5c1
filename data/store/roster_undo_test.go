package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"qiao/data"
)

// tables is every row of every table but those given, and without the columns
// that only count on.
func (s *school) tables(without ...string) map[string][]string {
	s.t.Helper()
	out := map[string][]string{}
	without = append(without, "goose_db_version", "sqlite_sequence")
	for _, table := range s.texts("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
		if slices.Contains(without, table) {
			continue
		}
		var cols []string
		for _, c := range s.texts("SELECT name FROM pragma_table_info('" + table + "')") {
			if !slices.Contains([]string{"rev", "updated_at", "updated_by"}, c) {
				cols = append(cols, "quote("+c+")")
			}
		}
		out[table] = s.texts("SELECT " + strings.Join(cols, " || ' ' || ") + " AS r FROM " + table + " ORDER BY r")
	}
	return out
}

func (s *school) unlike(was map[string][]string, without ...string) (out []string) {
	for table, rows := range s.tables(without...) {
		if !slices.Equal(rows, was[table]) {
			out = append(out, fmt.Sprintf("%s\n%s\nwas\n%s", table, strings.Join(rows, "\n"), strings.Join(was[table], "\n")))
		}
	}
	return out
}

// What an import, with all that one can do, made of a school is taken back: every
// table is as before but the log and what is kept of imports.
func TestUndoImport(t *testing.T) {
	for _, join := range []bool{false, true} {
		s := openSchool(t)
		was := s.tables("audit", "audit_detail", "audit_seal", "import_batch", "import_row", "revision")
		f := s.other()
		f.Rows = append(f.Rows, data.RosterLine{Row: 6, Number: "20260102", Name: "乙新", Class: data.ClassName{Grade: 1, Number: 1}, LeftBehind: data.ToldYes,
			Guardians: []data.Guardian{grown("丙", data.Mother, "10000000601", "远方"), grown("吴桂芬", data.Grandmother, "10000000117", "")}})
		p := s.take(f, data.RosterOptions{Force: true, Join: join})
		if len(s.unlike(was, "audit", "audit_detail", "audit_seal", "import_batch", "import_row", "revision")) < 8 {
			t.Fatal("the import changes too little to test anything")
		}
		b, built, err := s.Console("root").UndoImport(t.Context(), 0)
		if err != nil || b.ID != p.Batch || !b.Undone || len(built) > 0 {
			t.Fatalf("%+v %+v %v", b, built, err)
		}
		for _, table := range s.unlike(was, "audit", "audit_detail", "audit_seal", "import_batch", "import_row", "revision") {
			t.Error(table)
		}
		if f, err := s.As(s.principal).Find(t.Context(), "20260102", 5); err != nil || f.Total != 0 {
			t.Error("search still knows who is gone:", f.Total, err)
		}
		if log := s.texts("SELECT did FROM audit ORDER BY id DESC LIMIT 1"); log[0] != string(data.ImportUndone) {
			t.Error(log)
		}
		if off, err := s.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
			t.Error(off, err)
		}
		if _, _, err := s.Console("root").UndoImport(t.Context(), p.Batch); !errors.Is(err, data.ErrNotFound) {
			t.Error("undone twice:", err)
		}
		again := s.take(f, data.RosterOptions{Force: true, Join: join})
		if brief(again) != brief(p) {
			t.Errorf("again: %s, not %s", brief(again), brief(p))
		}
		if all, err := s.As(s.office).Imports(t.Context()); err != nil || len(all) != 2 || all[0].Undone || !all[1].Undone || all[0].Counts["new"] != 2 {
			t.Errorf("%+v %v", all, err)
		}
	}
}

// What was done since with what an import made or changed keeps it, and is named.
func TestImportThatIsBuiltOn(t *testing.T) {
	for name, tc := range map[string]struct {
		what string
		do   func(s *school, child int64) error
	}{
		"a contact": {"contact 20260101 甲新", func(s *school, child int64) error {
			_, err := s.As(s.principal).SaveContact(t.Context(), call(child), data.Ref{})
			return err
		}},
		"a family saved": {"guardian  吴桂芬", func(s *school, _ int64) error {
			return s.family(s.zhang, func(e *data.FamilyEdit) { e.Guardians[0].BestTime = "晚上" })
		}},
		"an address": {"household 20240217 章薇", func(s *school, _ int64) error {
			return s.family(s.zhang, func(e *data.FamilyEdit) { e.Household.Address = "老村2号" })
		}},
		"a guardian more": {"guardian 20260101 甲新", func(s *school, child int64) error {
			return s.family(child, func(e *data.FamilyEdit) {
				e.Guardians = append(e.Guardians, data.Guardian{Name: "丁", Relation: data.Aunt, Order: 2})
			})
		}},
		"another import": {"student 20260101 甲新", func(s *school, _ int64) error {
			s.take(data.RosterFile{Rows: []data.RosterLine{{Row: 2, Number: "20260101", Name: "甲新", Class: data.ClassName{Grade: 3, Number: 2}, Sex: data.Male}}}, data.RosterOptions{Force: true})
			return nil
		}},
		"a role for the class": {"role  1.1", func(s *school, _ int64) error {
			role, _ := data.ParseRole("class-teacher:1.1")
			_, err := s.As(s.admin).AddAccount(t.Context(), "林一", []data.RoleWord{role})
			return err
		}},
	} {
		s := openSchool(t)
		three := data.ClassName{Grade: 3, Number: 2}
		f := data.RosterFile{Rows: []data.RosterLine{{Row: 2, Number: "20240217", Name: "章薇", Class: three, Address: "新村1号", Guardians: []data.Guardian{grown("吴桂芬", data.Grandmother, "10000000999", "")}},
			{Row: 3, Number: "20260101", Name: "甲新", Class: three, Guardians: []data.Guardian{grown("丙", data.Mother, "10000000601", "")}},
			{Row: 4, Number: "20260102", Name: "乙新", Class: data.ClassName{Grade: 1, Number: 1}}}}
		first := s.take(f, data.RosterOptions{Force: true})
		var child int64
		s.one(&child, "SELECT id FROM student WHERE number = '20260101'")
		if err := tc.do(s, child); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		was := s.tables()
		_, built, err := s.Console("root").UndoImport(t.Context(), first.Batch)
		var said []string
		for _, b := range built {
			said = append(said, fmt.Sprint(b.What, " ", b.Number, " ", b.Name))
		}
		if !errors.Is(err, data.ErrBuiltOn) || !slices.Contains(said, tc.what) {
			t.Errorf("%s: %q, %v", name, said, err)
		}
		for _, table := range s.unlike(was) {
			t.Errorf("%s: %s", name, table)
		}
	}
}

// family lets the class teacher change a family.
func (s *school) family(child int64, change func(*data.FamilyEdit)) error {
	e, err := s.As(s.luo).Family(s.t.Context(), child)
	if err == nil {
		change(&e)
		_, err = s.As(s.luo).SaveFamily(s.t.Context(), e)
	}
	return err
}

// Whatever table points at what an import makes is one that it fills itself or
// that is asked whether it builds on it.
func TestBuildersAreComplete(t *testing.T) {
	s := openSchool(t)
	own := []string{"class_year", "phone", "student", "student_tag", "enrolment"}
	var all strings.Builder
	for _, q := range builders {
		all.WriteString(q.sql + " ")
	}
	found := 0
	for _, line := range s.texts("SELECT m.name || ' ' || f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' " +
		"AND f.\"table\" IN ('student', 'person', 'household', 'class', 'guardianship')") {
		table, _, _ := strings.Cut(line, " ")
		found++
		if !slices.Contains(own, table) && !strings.Contains(all.String(), " "+table+" ") {
			t.Errorf("%s: no undo asks it", line)
		}
	}
	if found < 15 {
		t.Errorf("%d tables found", found)
	}
}

func TestUndoIsForWhoImports(t *testing.T) {
	s := openSchool(t)
	s.take(s.other(), data.RosterOptions{Force: true})
	for who, name := range map[int64]string{s.luo: "class teacher", s.principal: "principal", s.inspector: "inspector", 99: "nobody"} {
		if _, _, err := s.As(who).UndoImport(t.Context(), 0); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
		if all, err := s.As(who).Imports(t.Context()); !errors.Is(err, data.ErrForbidden) || len(all) > 0 {
			t.Errorf("%s, list: %v", name, err)
		}
	}
	if _, _, err := s.As(s.office).UndoImport(t.Context(), 0); err != nil {
		t.Error(err)
	}
}
