package store

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// sheet reads the fixture of package exchange, plainly: what a row means is
// tested there.
func sheet(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open("../exchange/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func fixture(t testing.TB) (f data.RosterFile) {
	f.Hash = "abc"
	relations := map[string]data.Relation{"父亲": data.Father, "母亲": data.Mother, "祖父": data.Grandfather, "祖母": data.Grandmother,
		"外祖父": data.MaternalGrandfather, "外祖母": data.MaternalGrandmother}
	told := map[bool]data.Told{false: data.ToldNo, true: data.ToldYes}
	for i, r := range sheet(t, "roster-utf8.csv") {
		class, _ := data.ParseClass(r[4]+r[5], 2026)
		birth, _ := data.ParseDate(r[3])
		l := data.RosterLine{Row: i + 2, Number: r[0], Name: r[1], Class: class, Sex: map[string]data.Sex{"男": data.Male, "女": data.Female}[r[2]], Birth: birth,
			Boarding: told[r[8] == "是"], LeftBehind: told[r[9] != "非留守"], Away: r[9], Hardship: told[r[10] == "是"], Address: r[7]}
		for _, at := range []int{11, 15} {
			if r[at] != "" {
				l.Guardians = append(l.Guardians, grown(r[at], relations[r[at+1]], r[at+2], r[at+3]))
			}
		}
		f.Rows = append(f.Rows, l)
	}
	return f
}

func grown(name string, relation data.Relation, phone, place string) data.Guardian {
	g := data.Guardian{Name: name, Relation: relation, WorkPlace: place}
	if phone != "" {
		g.Phones = []data.Phone{{E164: "+86" + phone}}
	}
	return g
}

func empty(t testing.TB) *school {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "q.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &school{DB: db, t: t}
}

// take imports, and holds the preview of the moment before against it.
func (s *school) take(f data.RosterFile, o data.RosterOptions) data.RosterPreview {
	s.t.Helper()
	want, err := s.Console("root").PreviewRoster(s.t.Context(), f, o)
	s.must(err)
	got, err := s.Console("root").ImportRoster(s.t.Context(), f, o)
	s.must(err)
	if (got.Batch != 0) != got.Writes() {
		s.t.Errorf("batch %d", got.Batch)
	}
	if want.Batch = got.Batch; !reflect.DeepEqual(got, want) {
		s.t.Errorf("the import did\n%+v\nbut the preview said\n%+v", got, want)
	}
	off, err := s.Console("root").Check(s.t.Context())
	if err != nil || len(off) > 0 {
		s.t.Error(off, err)
	}
	return got
}

func (s *school) one(into any, q string, args ...any) {
	s.t.Helper()
	s.must(s.reading(s.t.Context(), func(tx *tx) error { return tx.row(q, args, into) }))
}

func (s *school) texts(q string) (out []string) {
	s.t.Helper()
	s.must(s.reading(s.t.Context(), func(tx *tx) (err error) {
		out, err = list(tx, q, nil, func(r row) (v string, err error) { return v, r.Scan(&v) })
		return err
	}))
	return out
}

func brief(p data.RosterPreview) string {
	return fmt.Sprintf("new %d, changed %d, moved %d, gone %d, same %d, refused %d", len(p.New), len(p.Changed), len(p.Moved), len(p.Gone), p.Same,
		data.RosterFile{Refused: p.Refused}.RefusedRows())
}

// Siblings found by their guardians are those of the answer key, and a second
// import finds nothing left to do.
func TestImportFindsTheFamilies(t *testing.T) {
	truth := map[string]string{}
	for _, r := range sheet(t, "households.csv") {
		truth[r[0]] = r[1]
	}
	homes := map[string]bool{}
	for _, h := range truth {
		homes[h] = true
	}
	for _, join := range []bool{true, false} {
		s, f := empty(t), fixture(t)
		p := s.take(f, data.RosterOptions{Join: join})
		if brief(p) != "new 38, changed 0, moved 0, gone 0, same 0, refused 0" || len(p.Classes) != 13 || p.Batch != 1 {
			t.Fatal(brief(p), p.Classes, p.Batch)
		}
		groups := p.Siblings
		if join {
			groups = p.Joined
		}
		if len(groups) == 0 || join != (len(p.Siblings) == 0) || join == (len(p.Joined) == 0) {
			t.Fatalf("join %v: %d listed, %d joined", join, len(p.Siblings), len(p.Joined))
		}
		for _, g := range groups {
			for _, c := range g {
				if truth[c.Number] != truth[g[0].Number] {
					t.Errorf("%s and %s are no siblings", c.Number, g[0].Number)
				}
			}
		}
		where := map[string]string{} // household by the key to household as stored
		for _, line := range s.texts("SELECT number || ' ' || household FROM student") {
			number, home, _ := strings.Cut(line, " ")
			if was := where[truth[number]]; join && was != "" && was != home {
				t.Errorf("%s lives in household %s, its siblings in %s", number, home, was)
			}
			where[truth[number]] = home
		}
		var households, persons int
		s.one(&households, "SELECT count(*) FROM household WHERE deleted_at IS NULL")
		s.one(&persons, "SELECT count(*) FROM person")
		if want := map[bool]int{true: len(homes), false: 38}[join]; households != want {
			t.Errorf("join %v: %d households, want %d", join, households, want)
		}
		adults := map[string]bool{}
		for _, l := range f.Rows {
			for _, g := range l.Guardians {
				adults[key(g.Name, g.First())] = true
			}
		}
		if persons != len(adults) {
			t.Errorf("%d people, want %d: the same name and number is one", persons, len(adults))
		}
		if again := s.take(f, data.RosterOptions{Join: join}); brief(again) != "new 0, changed 0, moved 0, gone 0, same 38, refused 0" || again.Batch != 0 {
			t.Errorf("again: %s, %+v", brief(again), again.Changed)
		}
		if !join { // asked for later
			p := s.take(f, data.RosterOptions{Join: true})
			s.one(&households, "SELECT count(*) FROM household WHERE deleted_at IS NULL")
			if households != len(homes) || len(p.Joined) != len(groups) || len(p.Siblings) != 0 {
				t.Errorf("joined later: %d households, %d groups", households, len(p.Joined))
			}
		}
	}
}

// What a row tells stands on the card afterwards, and search knows the child.
func TestImportedChildIsFound(t *testing.T) {
	s, f := empty(t), fixture(t)
	s.take(f, data.RosterOptions{})
	role, _ := data.ParseRole("principal")
	a, err := s.Console("root").AddAccount(t.Context(), "许文远", []data.RoleWord{role})
	s.must(err)
	checked := 0
	for _, l := range f.Rows {
		found, err := s.As(a.ID).Find(t.Context(), l.Number, 5)
		s.must(err)
		if found.Total != 1 || found.Hits[0].Student.Name != l.Name {
			t.Fatalf("%s: %+v", l.Number, found)
		}
		c, err := s.As(a.ID).Card(t.Context(), found.Hits[0].Student.ID)
		s.must(err)
		st := c.Student
		if st.Name != l.Name || st.ClassName != l.Class || st.Sex != l.Sex || st.Birth != l.Birth || st.Boarding != (l.Boarding == data.ToldYes) ||
			c.Household.Address != l.Address || st.Status != data.Enrolled {
			t.Errorf("%+v\n%+v", st, l)
		}
		if slices.Contains(c.Tags, data.LeftBehind) != (l.LeftBehind == data.ToldYes) || slices.Contains(c.Tags, data.Hardship) != (l.Hardship == data.ToldYes) ||
			slices.Contains(c.Tags, data.NewHere) {
			t.Errorf("%s: %v for %+v", l.Number, c.Tags, l)
		}
		for i, g := range l.Guardians {
			got := c.Guardians[i]
			if got.Name != g.Name || got.First() != g.First() || got.Relation != g.Relation || got.WorkPlace != g.WorkPlace || got.Order != i+1 {
				t.Errorf("%s: %+v for %+v", l.Number, got, g)
			}
			if g.First() != "" {
				byPhone, err := s.As(a.ID).Find(t.Context(), data.National(g.First()), 20)
				s.must(err)
				if !slices.ContainsFunc(byPhone.Hits, func(h data.Hit) bool { return h.Student.Number == l.Number }) {
					t.Errorf("%s is not found by the guardian's number", l.Number)
				}
				checked++
			}
		}
		if len(c.Guardians) != len(l.Guardians) {
			t.Errorf("%s has %d guardians", l.Number, len(c.Guardians))
		}
	}
	if checked < 40 {
		t.Errorf("%d numbers looked for", checked)
	}
	if notes := s.texts("SELECT DISTINCT note FROM student_tag WHERE tag = 'left_behind' ORDER BY note"); len(notes) < 3 {
		t.Errorf("who is away: %q", notes)
	}
}

// The school of the other tests, and a file that says something else of it.
func (s *school) other() data.RosterFile {
	grandma := grown("吴桂芬", data.Grandmother, "10000000117", "")
	return data.RosterFile{Hash: "def", Rows: []data.RosterLine{
		{Row: 2, Number: "20240217", Name: "章薇", Class: data.ClassName{Grade: 3, Number: 1}, LeftBehind: data.ToldNo, // moved, and no more left behind
			Guardians: []data.Guardian{grandma}},
		{Row: 3, Number: "20220104", Name: "章南", Class: data.ClassName{Grade: 5, Number: 1}, Sex: data.Male, Birth: data.On(2016, 1, 2), Boarding: data.ToldYes,
			Hardship: data.ToldYes, Address: "新村1号", Guardians: []data.Guardian{
				grown("章立民", data.Stepfather, "10000000999", "远方"), grown("新人", data.Aunt, "", "")}},
		{Row: 5, Number: "20260101", Name: "甲新", Class: data.ClassName{Grade: 5, Number: 1}, Guardians: []data.Guardian{grandma}},
	}, Refused: []data.RosterFault{{Row: 4, Column: "姓名", Number: "20240207", Why: data.WhyEmpty}}}
}

func TestImportChangesWhatTheFileTells(t *testing.T) {
	s := openSchool(t)
	f := s.other()
	if _, err := s.Console("root").ImportRoster(t.Context(), f, data.RosterOptions{}); !errors.Is(err, data.ErrTooMuch) {
		t.Fatal("half of 3.2 moved:", err)
	}
	var students, batches int
	s.one(&students, "SELECT count(*) FROM student")
	s.one(&batches, "SELECT count(*) FROM import_batch")
	if students != 3 || batches != 0 {
		t.Fatal("something was stored", students, batches)
	}
	p := s.take(f, data.RosterOptions{Force: true})
	if brief(p) != "new 1, changed 1, moved 1, gone 0, same 0, refused 1" {
		t.Fatal(brief(p))
	}
	if want := []string{"name", "sex", "birth", "boarding", "address", "hardship", "relation", "phone", "work_place", "guardian"}; !slices.Equal(p.Changed[0].Fields, want) {
		t.Error(p.Changed[0].Fields)
	}
	if m := p.Moved[0]; m.From.String() != "3.2" || m.Class.String() != "3.1" || !slices.Equal(m.Fields, []string{"class", "left_behind"}) {
		t.Errorf("%+v", m)
	}
	if len(p.Shares) != 1 || p.Shares[0] != (data.ClassShare{Class: data.ClassName{Grade: 3, Number: 2}, Was: 2, Moved: 1}) || len(p.TooMuch()) != 1 {
		t.Errorf("%+v", p.Shares)
	}
	if len(p.Siblings) != 1 || len(p.Siblings[0]) != 3 {
		t.Errorf("%+v", p.Siblings)
	}
	c, err := s.As(s.principal).Card(t.Context(), s.nan)
	s.must(err)
	if c.Student.Name != "章南" || c.Household.Address != "新村1号" || c.Household.Village != "柳溪村" || len(c.Guardians) != 3 {
		t.Fatalf("%+v", c)
	}
	father := c.Guardians[1]
	if father.Relation != data.Stepfather || father.First() != "+8610000000999" || len(father.Phones) != 2 || father.WorkPlace != "远方" || c.Guardians[2].Order != 3 {
		t.Errorf("%+v", c.Guardians)
	}
	moved, err := s.As(s.principal).Card(t.Context(), s.zhang)
	s.must(err)
	if len(moved.Tags) != 0 || len(moved.Guardians) != 2 || moved.Guardians[1].Relation != data.Father {
		t.Errorf("the sister's own: %+v", moved)
	}
	days := s.texts(fmt.Sprintf("SELECT from_day || ' ' || COALESCE(until_day, '') FROM enrolment WHERE student = %d ORDER BY from_day", s.zhang))
	if !slices.Equal(days, []string{"2026-09-01 2026-11-24", "2026-11-25 "}) {
		t.Errorf("%q", days)
	}
	if _, err := s.As(s.luo).Card(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
		t.Error("the class teacher of before still sees the child:", err)
	}
	newcomer, err := s.As(s.principal).FindStudent(t.Context(), "20260101")
	s.must(err)
	if newcomer.Entered != data.On(2026, time.November, 25) {
		t.Errorf("%+v", newcomer)
	}
	revisions := s.texts("SELECT record || ' ' || before FROM revision ORDER BY record")
	if len(revisions) != 4 || !strings.Contains(strings.Join(revisions, "\n"), `"2017-03-01"`) { // two students, a household, a person
		t.Errorf("%q", revisions)
	}
	if log := s.texts("SELECT a.door || ' ' || a.source || ' ' || d.now FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE did = 'import'"); len(log) != 1 ||
		!strings.HasPrefix(log[0], "console console:root ") || !strings.Contains(log[0], `"file":"def"`) || !strings.Contains(log[0], `"moved":1`) {
		t.Errorf("%q", log)
	}
	rows := s.texts("SELECT record || ' ' || rev_before || ' ' || rev_after FROM import_row ORDER BY record, rev_before")
	if want := []string{"class 0 1", "class_year 0 1", "guardianship 0 1", "guardianship 0 1", "guardianship 1 2", "household 0 1", "household 1 2", "person 0 1", "person 1 2", "student 0 1", "student 1 2", "student 1 2"}; !slices.Equal(rows, want) {
		t.Errorf("%q", rows)
	}
	if again := s.take(f, data.RosterOptions{}); brief(again) != "new 0, changed 0, moved 0, gone 0, same 3, refused 1" {
		t.Errorf("%s %+v", brief(again), again.Changed)
	}
}

// The gone are named and stay; those in a refused row are not gone; a household
// with a history is not merged into another one.
func TestImportOfLess(t *testing.T) {
	s := openSchool(t)
	three := data.ClassName{Grade: 3, Number: 2}
	f := data.RosterFile{Rows: []data.RosterLine{{Row: 2, Number: "20240217", Name: "章薇", Class: three, Guardians: []data.Guardian{grown("冉秀英", data.Aunt, "10000000107", "")}}},
		Refused: []data.RosterFault{{Row: 3, Number: "20220104", Why: data.WhyUnknown}}}
	_, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	_, err = s.As(s.luo).SaveContact(t.Context(), call(s.ran), data.Ref{})
	s.must(err)
	p := s.take(f, data.RosterOptions{Force: true, Join: true})
	if brief(p) != "new 0, changed 1, moved 0, gone 1, same 0, refused 1" || p.Gone[0].Number != "20240207" || p.Gone[0].Class != three {
		t.Fatalf("%s %+v", brief(p), p.Gone)
	}
	if len(p.Joined) != 0 || len(p.Siblings) != 1 {
		t.Errorf("joined %+v, listed %+v", p.Joined, p.Siblings)
	}
	ran, err := s.As(s.luo).Card(t.Context(), s.ran)
	if err != nil || ran.Student.Status != data.Enrolled || ran.Student.ClassName != three {
		t.Errorf("%+v %v", ran.Student, err)
	}
}

// One who left comes back; a class that has no name this year yet goes on.
func TestImportOverTheSummer(t *testing.T) {
	s := openSchool(t)
	s.must(s.write(t.Context(), func(tx *tx) ([]data.Ref, error) {
		_, err := tx.exec("UPDATE class_year SET year = 2025, grade = grade - 1")
		if err == nil {
			_, err = tx.exec("UPDATE student SET status = 'left', class = NULL, left_on = '2026-11-01' WHERE id = ?", s.ran)
		}
		if err == nil {
			_, err = tx.exec("UPDATE enrolment SET until_day = '2026-11-01' WHERE student = ?", s.ran)
		}
		return []data.Ref{{}}, err
	}))
	three, five := data.ClassName{Grade: 3, Number: 2}, data.ClassName{Grade: 5, Number: 1}
	p := s.take(data.RosterFile{Rows: []data.RosterLine{{Row: 2, Number: "20240217", Name: "章薇", Class: three}, {Row: 3, Number: "20240207", Name: "冉小满", Class: three},
		{Row: 4, Number: "20220104", Name: "章楠", Class: five}}}, data.RosterOptions{})
	if brief(p) != "new 0, changed 1, moved 0, gone 0, same 2, refused 0" || len(p.Classes) != 2 || p.Classes[0] != (data.NewClass{Class: three, Row: 2, Students: 2}) || p.Classes[1].Class != five ||
		!slices.Equal(p.Changed[0].Fields, []string{"status", "class"}) {
		t.Fatalf("%s %+v %v", brief(p), p.Changed, p.Classes)
	}
	ran, err := s.As(s.luo).Card(t.Context(), s.ran)
	if err != nil || !ran.Student.Status.Here() || ran.Student.Class != s.three || !ran.Student.Left.IsZero() {
		t.Errorf("%+v %v", ran.Student, err)
	}
}

func TestImportIsForAdministratorsAndTheOffice(t *testing.T) {
	s := openSchool(t)
	for who, name := range map[int64]string{s.luo: "class teacher", s.principal: "principal", s.inspector: "inspector", 99: "nobody"} {
		if _, err := s.As(who).ImportRoster(t.Context(), s.other(), data.RosterOptions{Force: true}); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
		if p, err := s.As(who).PreviewRoster(t.Context(), s.other(), data.RosterOptions{}); !errors.Is(err, data.ErrForbidden) || p.Writes() {
			t.Errorf("%s, preview: %v", name, err)
		}
	}
	if p, err := s.As(s.office).PreviewRoster(t.Context(), s.other(), data.RosterOptions{}); err != nil || len(p.New) != 1 {
		t.Error(err)
	}
	if p, err := s.As(s.admin).ImportRoster(t.Context(), s.other(), data.RosterOptions{Force: true}); err != nil || len(p.New) != 1 {
		t.Error(err)
	}
}

// An import that fails at its last row leaves nothing, in the tables or in the
// search block.
func TestImportThatFailsLeavesNothing(t *testing.T) {
	s := openSchool(t)
	s.must(s.write(t.Context(), func(tx *tx) ([]data.Ref, error) {
		_, err := tx.exec("CREATE TRIGGER full BEFORE INSERT ON import_row WHEN new.record = 'student' BEGIN SELECT RAISE(ABORT, 'disk full'); END")
		return nil, err
	}))
	was := s.tables()
	if _, err := s.Console("root").ImportRoster(t.Context(), s.other(), data.RosterOptions{Force: true}); err == nil || data.Expected(err) {
		t.Fatal(err)
	}
	for _, table := range s.unlike(was) {
		t.Error(table)
	}
	if f, err := s.As(s.principal).Find(t.Context(), "甲新", 5); err != nil || f.Total != 0 {
		t.Error(f.Total, err)
	}
}

// bulk is a roster of n students, every third with a sibling.
func bulk(n int) (f data.RosterFile) {
	for i := range n {
		home := i - i%3/2 // 0 1 1, 3 4 4
		f.Rows = append(f.Rows, data.RosterLine{Row: i + 2, Number: fmt.Sprintf("%08d", i), Name: fmt.Sprintf("学生%d", i), Address: fmt.Sprintf("村%d号", home),
			Class:    data.ClassName{Grade: 1 + i/45%9, Number: 1 + i/405%99},
			Boarding: data.ToldNo, LeftBehind: data.Told(1 + i%2), Away: "双亲外出",
			Guardians: []data.Guardian{grown(fmt.Sprintf("父%d", home), data.Father, fmt.Sprintf("10%09d", home*2), "外"), grown(fmt.Sprintf("母%d", home), data.Mother, fmt.Sprintf("10%09d", home*2+1), "")}})
	}
	return f
}

func BenchmarkImportRoster(b *testing.B) {
	for _, n := range []int{600, 20_000} {
		f := bulk(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := empty(b)
				b.StartTimer()
				if _, err := s.Console("root").ImportRoster(b.Context(), f, data.RosterOptions{Join: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
