package store

import (
	"errors"
	"slices"
	"testing"

	"qiao/data"
)

// wary writes what is restricted about 章薇 straight into the tables.
func (s *school) wary() {
	s.t.Helper()
	s.must(s.write(s.t.Context(), func(t *tx) ([]data.Ref, error) {
		for _, q := range []string{"INSERT INTO student_care (student, health, emergency_steps) VALUES (1, '哮喘', '先用喷雾')",
			"INSERT INTO household_care (household, structure, hardship) VALUES (1, 'grandparents', '祖母有病')",
			"INSERT INTO guardianship_limit (guardianship, reason) SELECT id, '法院判决' FROM guardianship WHERE student = 1 AND relation = 'father'",
			"UPDATE student_tag SET note = '父母在外' WHERE student = 1"} {
			if _, err := t.exec(q); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}))
}

// logged counts rows of the log that say what was done.
func (s *school) logged(did string) (n int) {
	s.t.Helper()
	s.must(s.reading(s.t.Context(), func(t *tx) error { return t.row("SELECT count(*) FROM audit WHERE did = ?", []any{did}, &n) }))
	return n
}

// What is restricted stands on no card and in no list; opening it is one line in
// the log for each field, and whoever may only know of it is refused.
func TestRestrictedIsOpenedByOneLoggedKey(t *testing.T) {
	s := openSchool(t)
	s.wary()
	for _, tc := range []struct {
		name string
		who  int64
		card data.CareReach
		n    int // lines that the card tells of; health and what to do then are one field of the log
		err  error
	}{
		{"class teacher", s.luo, data.CareWhole, 6, nil}, {"office", s.office, data.CareWhole, 6, nil}, {"principal", s.principal, data.CareWhole, 6, nil},
		{"grade head", s.head, data.CareExists, 0, data.ErrForbidden}, {"subject teacher", s.teacher, data.CareExists, 0, data.ErrForbidden},
		{"front desk", s.desk, data.CareNone, 0, data.ErrForbidden}, {"another class", s.duan, data.CareNone, 0, data.ErrNotFound},
		{"inspector", s.inspector, data.CareNone, 0, data.ErrNotFound}, {"administrator", s.admin, data.CareNone, 0, data.ErrNotFound},
	} {
		card, _ := s.As(tc.who).Card(t.Context(), s.zhang)
		if card.Care != tc.card || card.CareFields != tc.n {
			t.Errorf("%s: the card tells %d, %d fields", tc.name, card.Care, card.CareFields)
		}
		before := s.logged("view field")
		c, err := s.As(tc.who).Care(t.Context(), s.zhang)
		if !errors.Is(err, tc.err) {
			t.Errorf("%s: %v", tc.name, err)
		}
		if got := s.logged("view field") - before; got != max(tc.n-1, 0) {
			t.Errorf("%s: %d lines in the log for %d on the screen", tc.name, got, tc.n)
		}
		if whole := c.Health == "哮喘" && c.Emergency == "先用喷雾" && c.Limits != nil && c.Limits[1].Reason == "法院判决" && c.Tags[0].Note == "父母在外"; whole != (tc.err == nil) {
			t.Errorf("%s: %+v", tc.name, c)
		}
	}
	if got := s.logged("refused"); got != 6 {
		t.Errorf("%d refusals in the log: the head, the subject teacher and the desk know the child, three others do not", got)
	}
}

// What cannot be logged is not given out.
func TestRestrictedIsNotGivenOutUnlogged(t *testing.T) {
	s := openSchool(t)
	s.wary()
	s.must(s.write(t.Context(), func(t *tx) ([]data.Ref, error) {
		_, err := t.exec("CREATE TRIGGER no_log BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
		return nil, err
	}))
	if c, err := s.As(s.luo).Care(t.Context(), s.zhang); err == nil || c.Health != "" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestCareIsTheClassTeachers(t *testing.T) {
	s := openSchool(t)
	s.wary()
	c, err := s.As(s.luo).Care(t.Context(), s.zhang)
	s.must(err)
	theirs := c
	c.Health, c.Change, c.ChangeOn = " 哮喘,  花粉 ", "父亲外出", data.On(2026, 11, 2)
	c.Limits = slices.Clone(c.Limits)
	c.Limits[0].Reason, c.Limits[1].Reason = "要先问班主任", ""
	c.Tags = []data.TagNote{{Tag: data.Hardship, Since: data.On(2026, 11, 25), Note: "低保"}}
	for who, want := range map[int64]error{s.office: data.ErrForbidden, s.principal: data.ErrForbidden, s.teacher: data.ErrForbidden, s.duan: data.ErrNotFound} {
		if _, err := s.As(who).SaveCare(t.Context(), c); !errors.Is(err, want) {
			t.Errorf("account %d: %v", who, err)
		}
	}
	got, err := s.As(s.luo).SaveCare(t.Context(), c)
	s.must(err)
	if got.Health != "哮喘, 花粉" || got.Change != "父亲外出" || got.Hardship != "祖母有病" || got.Limits[0].Reason == "" || got.Limits[1].Reason != "" ||
		len(got.Tags) != 1 || got.Tags[0].Tag != data.Hardship || got.ByName != "罗静" {
		t.Errorf("%+v", got)
	}
	var clash *data.Conflict
	if _, err := s.As(s.luo).SaveCare(t.Context(), theirs); !errors.As(err, &clash) || clash.By != "罗静" {
		t.Error("the second saver hears of the first:", err)
	}
	card, err := s.As(s.luo).Card(t.Context(), s.zhang)
	s.must(err)
	if !slices.Equal(card.Tags, []data.Tag{data.Hardship}) {
		t.Error(card.Tags)
	}
	var was int // the tag that was taken away stays in the file, as what was
	s.must(s.reading(t.Context(), func(t *tx) error {
		return t.row("SELECT count(*) FROM student_tag WHERE tag = 'left_behind' AND until = '2026-11-24'", nil, &was)
	}))
	if was != 1 || s.logged("care save") != 1 {
		t.Error(was, s.logged("care save"))
	}
	got.Tags = append(got.Tags, data.TagNote{Tag: data.LeftBehind, Since: data.On(2027, 1, 1)})
	got.ChangeOn = data.On(2030, 1, 1)
	if f := data.Faults(func() error { _, err := s.As(s.luo).SaveCare(t.Context(), got); return err }()); len(f) != 2 {
		t.Error("days that are still to come:", f)
	}
}

// A private note is masked until it is opened by itself, which is logged; who may
// not read it hears that there is one, if they may know so much.
func TestThePrivateNoteIsOpenedByItself(t *testing.T) {
	s := openSchool(t)
	c := call(s.zhang)
	c.Private = "父母在闹离婚"
	c, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	for who, want := range map[int64]data.Sight{s.luo: data.Whole, s.office: data.Whole, s.teacher: data.Exists, s.head: data.Exists} {
		plain, err := s.As(who).Contact(t.Context(), c.ID)
		s.must(err)
		before := s.logged("view")
		noted, err := s.As(who).NotedContact(t.Context(), c.ID)
		s.must(err)
		if plain.Private != "" || plain.Note != want || (noted.Private != "") != (want == data.Whole) {
			t.Errorf("account %d: %q, %d; opened %q", who, plain.Private, plain.Note, noted.Private)
		}
		if opened := s.logged("view") > before; opened != (want == data.Whole) {
			t.Errorf("account %d: logged is %v", who, opened)
		}
	}
	line, err := s.As(s.luo).Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
	s.must(err)
	if line.Contacts[0].Private != "" || line.Contacts[0].Note != data.None {
		t.Error("a list tells of it", line.Contacts[0])
	}
}

// A draft about what is restricted goes with the right to it.
func TestCareDraftGoesWithTheRight(t *testing.T) {
	s := openSchool(t)
	f := data.Draft{Kind: "care", Object: data.Ref{Kind: "student", ID: s.zhang}, Student: s.zhang, Form: "{}"}
	_, err := s.As(s.luo).SaveDraft(t.Context(), f)
	s.must(err)
	if all, err := s.As(s.luo).Drafts(t.Context()); err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	s.must(s.As(s.admin).RevokeGrant(t.Context(), s.newest(s.luo).ID))
	if all, err := s.As(s.luo).Drafts(t.Context()); err != nil || len(all) != 0 {
		t.Error(all, err)
	}
	if _, err := s.As(s.luo).Draft(t.Context(), "care", f.Object); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
}
