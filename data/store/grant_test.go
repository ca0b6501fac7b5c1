package store

import (
	"errors"
	"slices"
	"testing"

	"qiao/data"
)

func role(t testing.TB, word string) data.RoleWord {
	t.Helper()
	w, err := data.ParseRole(word)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// newest is the grant of an account that was given last.
func (s *school) newest(account int64) data.Grant {
	s.t.Helper()
	gs := s.grantsOf(account)
	if len(gs) == 0 {
		s.t.Fatal("no grant")
	}
	return gs[len(gs)-1]
}

func (s *school) grantsOf(id int64) []data.Grant {
	s.t.Helper()
	var gs []data.Grant
	s.must(s.reading(s.t.Context(), func(tx *tx) (err error) { gs, err = grants(tx, id, s.today()); return err }))
	return gs
}

func TestASecondAdministratorConfirms(t *testing.T) {
	s := openSchool(t)
	admin := s.As(s.admin)
	s.must(admin.Grant(t.Context(), s.office, role(t, "admin"))) // the only one: nobody else could confirm
	if g := s.newest(s.office); g.Pending || s.As(s.office).Grant(t.Context(), s.teacher, role(t, "subject-teacher:5.1")) != nil {
		t.Fatal("where there is one administrator, the role holds at once:", g)
	}
	s.must(admin.Grant(t.Context(), s.principal, role(t, "admin")))
	g := s.newest(s.principal)
	if !g.Pending {
		t.Fatal("where there are two, the role waits:", g)
	}
	if _, err := s.As(s.principal).Accounts(t.Context()); !errors.Is(err, data.ErrForbidden) {
		t.Error("it holds before it is confirmed:", err)
	}
	for who, desk := range map[string]*Desk{"who gave it": admin, "who gets it": s.As(s.principal), "who is none": s.As(s.luo)} {
		if err := desk.ConfirmGrant(t.Context(), g.ID); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("%s confirms it: %v", who, err)
		}
	}
	s.must(s.As(s.office).ConfirmGrant(t.Context(), g.ID))
	if _, err := s.As(s.principal).Accounts(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.As(s.office).ConfirmGrant(t.Context(), g.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("twice:", err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	s := openSchool(t)
	admin := s.As(s.admin)
	for what, take := range map[string]func() error{
		"the role":    func() error { return admin.RevokeGrant(t.Context(), s.newest(s.admin).ID) },
		"the key":     func() error { return admin.RemoveKey(t.Context(), "SHA256:丁一川") },
		"the account": func() error { return admin.Disable(t.Context(), s.admin) },
	} {
		if err := take(); !errors.Is(err, data.ErrLastAdmin) {
			t.Errorf("%s: %v", what, err)
		}
	}
	s.must(admin.Grant(t.Context(), s.office, role(t, "admin")))
	s.must(s.As(s.office).RevokeGrant(t.Context(), s.newest(s.admin).ID))
	if _, err := admin.Accounts(t.Context()); !errors.Is(err, data.ErrForbidden) {
		t.Error("the role is gone:", err)
	}
}

func TestAClassTakenAwayIsLostAtOnce(t *testing.T) {
	s := openSchool(t)
	own, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	s.must(s.As(s.admin).RevokeGrant(t.Context(), s.newest(s.luo).ID))
	if _, err := s.As(s.luo).Card(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	if c, err := s.As(s.luo).Contact(t.Context(), own.ID); err != nil || c.Sight != data.Whole || c.MayEdit {
		t.Error("what one wrote stays, to read:", err, c)
	}
	if _, err := s.As(s.luo).SaveContact(t.Context(), own, data.Ref{}); err == nil {
		t.Error("and not to change")
	}
}

func TestContradictingRolesAreRefused(t *testing.T) {
	s := openSchool(t)
	admin := s.As(s.admin)
	for word, why := range map[string]data.Why{"inspector": data.WhyClash, "class-teacher:3.2": data.WhyTwice, "class-teacher:9.9": data.WhyUnknown} {
		if f := data.Faults(admin.Grant(t.Context(), s.luo, role(t, word))); len(f) != 1 || f[0].Why != why {
			t.Errorf("%s: %v", word, f)
		}
	}
	if f := data.Faults(admin.Grant(t.Context(), s.luo, role(t, "class-teacher:5.1@2026-11-24"))); len(f) != 1 || f[0].Field != "until" {
		t.Error("a role that is over before it begins:", f)
	}
	s.must(admin.RenewGrant(t.Context(), s.newest(s.luo).ID, data.On(2028, 1, 31)))
	if g := s.newest(s.luo); data.DayOf(g.Until) != data.On(2028, 2, 1) {
		t.Error(g.Until)
	}
}

// A secret text is read by its writer, the principal and whom it names, and the
// others with a right to the card know at most that it is there.
func TestWhomASecretNames(t *testing.T) {
	s := openSchool(t)
	c := call(s.zhang)
	c.Level = data.Secret
	c.Promises = []data.Promise{{Text: "回电"}}
	c, err := s.As(s.teacher).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	sight := func(who int64) data.Sight {
		got, err := s.As(who).Contact(t.Context(), c.ID)
		if errors.Is(err, data.ErrNotFound) {
			return data.None
		}
		s.must(err)
		return got.Sight
	}
	if got := []data.Sight{sight(s.teacher), sight(s.principal), sight(s.luo), sight(s.office), sight(s.head)}; !slices.Equal(got,
		[]data.Sight{data.Whole, data.Whole, data.Exists, data.Exists, data.None}) {
		t.Fatal(got)
	}
	if err := s.As(s.luo).NameReaders(t.Context(), c.ID, []int64{s.luo}); !errors.Is(err, data.ErrForbidden) {
		t.Error("one does not name oneself:", err)
	}
	if f := data.Faults(s.As(s.teacher).NameReaders(t.Context(), c.ID, []int64{s.duan})); len(f) != 1 || f[0].Field != "named" {
		t.Error("a teacher of another class sees no child of this one:", f)
	}
	s.must(s.As(s.teacher).NameReaders(t.Context(), c.ID, []int64{s.luo, s.head}))
	if sight(s.luo) != data.Whole || sight(s.head) != data.Whole || sight(s.office) != data.Exists {
		t.Error("named:", sight(s.luo), sight(s.head), sight(s.office))
	}
	card, err := s.As(s.head).Card(t.Context(), s.zhang)
	s.must(err)
	if len(card.Contacts) != 1 || len(card.Promises) != 1 {
		t.Error("it is on the card of whom it names, with its promise:", len(card.Contacts), len(card.Promises))
	}
	s.must(s.As(s.admin).RevokeGrant(t.Context(), s.newest(s.luo).ID))
	if got := sight(s.luo); got != data.None {
		t.Error("a lost class is lost, named or not:", got)
	}
	c.Level = data.Normal
	_, err = s.As(s.teacher).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	var left, lowered int
	s.must(s.reading(t.Context(), func(tx *tx) error {
		return errors.Join(tx.row("SELECT count(*) FROM named", nil, &left), tx.row("SELECT count(*) FROM audit WHERE did = 'level lower'", nil, &lowered))
	}))
	if left != 0 || lowered != 1 {
		t.Error("lowered: it names nobody, and the log says so:", left, lowered)
	}
}

func TestTheLevelIsItsWritersChoice(t *testing.T) {
	s := openSchool(t)
	c, err := s.As(s.teacher).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	c.Level = data.ClassOnly
	if f := data.Faults(func() error { _, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{}); return err }()); len(f) != 1 || f[0].Why != data.WhyWriters {
		t.Error("the class teacher corrects the text, not who reads it:", f)
	}
	if _, err := s.As(s.teacher).SaveContact(t.Context(), c, data.Ref{}); err != nil {
		t.Error(err)
	}
}

func TestLentRightsEndWithTheirSource(t *testing.T) {
	s := openSchool(t)
	own := s.newest(s.luo)
	s.must(s.write(t.Context(), func(tx *tx) ([]data.Ref, error) {
		_, err := tx.insert("INSERT INTO role_grant (account, role, scope_kind, scope_id, from_at, until_at, given_by, source, kind) VALUES (?, 'class-teacher', 'class', ?, ?, ?, ?, ?, 'delegated')",
			s.duan, s.three, stamp(now), stamp(now.AddDate(0, 0, 3)), s.luo, own.ID)
		return nil, err
	}))
	if card, err := s.As(s.duan).Card(t.Context(), s.zhang); err != nil || card.Teacher != "罗静" {
		t.Error("a lent class is read, and stays its teacher's:", err, card.Teacher)
	}
	s.must(s.As(s.luo).RevokeGrant(t.Context(), s.newest(s.duan).ID))
	if _, err := s.As(s.duan).Card(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
		t.Error("who lent it takes it back:", err)
	}
	if err := s.As(s.luo).RevokeGrant(t.Context(), own.ID); !errors.Is(err, data.ErrForbidden) {
		t.Error("but not what others gave:", err)
	}
}
