package store

import (
	"slices"
	"testing"

	"qiao/data"
)

// What somebody corrected since the last import stays, and is named, until the
// file's is asked for; what the import before left as it was follows the file.
func TestCorrectedByHand(t *testing.T) {
	s := openSchool(t)
	three := data.ClassName{Grade: 3, Number: 2}
	mother := grown("乙", data.Mother, "10000000601", "东甲市")
	f := data.RosterFile{Rows: []data.RosterLine{
		{Row: 2, Number: "20240217", Name: "章薇", Class: three, Sex: data.Female, Address: "新村1号", LeftBehind: data.ToldYes, Hardship: data.ToldNo,
			Guardians: []data.Guardian{grown("吴桂芬", data.Grandmother, "10000000117", ""), mother}},
		{Row: 3, Number: "20260101", Name: "甲新", Class: three, Sex: data.Male, Address: "新村2号", Hardship: data.ToldYes, Guardians: []data.Guardian{grown("丙", data.Mother, "10000000602", "西丙市")}}}}
	s.take(f, data.RosterOptions{Force: true})
	var child int64
	s.one(&child, "SELECT id FROM student WHERE number = '20260101'")
	s.must(s.family(child, func(e *data.FamilyEdit) {
		e.Household.Address = "老村2号"
		g := &e.Guardians[0]
		g.Name, g.WorkPlace, g.Relation, g.Phones = "丙丙", "在家", data.Stepmother, []data.Phone{{E164: "+8610000000777"}}
	}))
	c, err := s.As(s.luo).Care(t.Context(), child)
	s.must(err)
	c.Tags = []data.TagNote{{Tag: data.Orphan, Since: s.today()}}
	_, err = s.As(s.luo).SaveCare(t.Context(), c)
	s.must(err)
	s.must(s.write(t.Context(), func(tx *tx) ([]data.Ref, error) { // no screen changes these yet
		d := s.Console("root")
		was, err := list(tx, studentSQL+"AND s.id = ?", []any{d.year(), child}, scanStudent)
		if err == nil {
			err = d.revision(tx, data.Ref{Kind: "student", ID: child}, was[0].Rev, was[0])
		}
		if err == nil {
			_, err = tx.exec("UPDATE student SET name = '甲心', sex = 'female', rev = rev + 1 WHERE id = ?", child)
		}
		return []data.Ref{{}}, err
	}))
	was := s.tables()
	p := s.take(f, data.RosterOptions{Force: true})
	if brief(p) != "new 0, changed 0, moved 0, gone 2, same 2, refused 0" || len(p.Kept) != 1 || p.Kept[0].Number != "20260101" ||
		!slices.Equal(p.Kept[0].Fields, []string{"name", "sex", "address", "hardship", "guardian", "relation", "phone", "work_place"}) {
		t.Fatalf("%s, kept %+v", brief(p), p.Kept)
	}
	for _, table := range s.unlike(was) {
		t.Error(table)
	}
	// Of the other child nobody corrected anything: it follows the file, whatever changes there.
	f.Rows[0].Address, f.Rows[0].Guardians[1] = "新村9号", grown("乙", data.Mother, "10000000603", "北丁市")
	f.Rows[1].Address = "新村3号"
	p = s.take(f, data.RosterOptions{Force: true})
	if len(p.Changed) != 1 || !slices.Equal(p.Changed[0].Fields, []string{"address", "phone", "work_place"}) || len(p.Kept) != 1 {
		t.Fatalf("changed %+v, kept %+v", p.Changed, p.Kept)
	}
	p = s.take(f, data.RosterOptions{Force: true, Overwrite: true})
	if len(p.Changed) != 1 || !slices.Equal(p.Changed[0].Fields, []string{"name", "sex", "address", "hardship", "relation", "phone", "work_place"}) ||
		len(p.Kept) != 1 || !slices.Equal(p.Kept[0].Fields, []string{"guardian"}) {
		t.Fatalf("changed %+v, kept %+v", p.Changed, p.Kept)
	}
	card, err := s.As(s.luo).Card(t.Context(), child)
	if err != nil || card.Student.Name != "甲新" || card.Household.Address != "新村3号" || len(card.Guardians) != 1 || card.Guardians[0].WorkPlace != "西丙市" {
		t.Errorf("%+v %v", card, err)
	}
}

// A child whose number was mistyped shows beside the one it was.
func TestTheSameChildTwice(t *testing.T) {
	s := openSchool(t)
	three := data.ClassName{Grade: 3, Number: 2}
	grandma := grown("吴桂芬", data.Grandmother, "10000000117", "")
	born := data.On(2018, 3, 9)
	p := s.take(data.RosterFile{Rows: []data.RosterLine{
		{Row: 2, Number: "20249217", Name: "章薇", Class: three, Guardians: []data.Guardian{grandma}}, // the school has 20240217
		{Row: 3, Number: "20260101", Name: "甲新", Class: three, Birth: born}, {Row: 4, Number: "20260102", Name: "甲新", Class: three, Birth: born},
		{Row: 5, Number: "20260103", Name: "甲新", Class: three, Birth: born.AddDays(1)}, {Row: 6, Number: "20260104", Name: "甲心", Class: three, Birth: born}}},
		data.RosterOptions{Force: true})
	var got []string
	for _, g := range p.Twice {
		for _, one := range g {
			got = append(got, one.Number)
		}
		got = append(got, "")
	}
	if !slices.Equal(got, []string{"20240217", "20249217", "", "20260101", "20260102", ""}) {
		t.Errorf("%q", got)
	}
}
