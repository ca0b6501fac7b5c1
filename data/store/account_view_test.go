package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"qiao/data"
)

func (s *school) line(desk *Desk, id int64) (a data.AccountLine, ok bool) {
	s.t.Helper()
	all, err := desk.AccountLines(s.t.Context())
	s.must(err)
	i := slices.IndexFunc(all, func(a data.AccountLine) bool { return a.ID == id })
	if i < 0 {
		return a, false
	}
	return all[i], true
}

// Who runs accounts sees all of them; a principal not which keys open them nor
// until when; the office who has which role; all others their own.
func TestWhoSeesAccounts(t *testing.T) {
	s := openSchool(t)
	s.must(s.As(s.duan).Arrive(t.Context()))
	a, err := s.Console("root").Account(t.Context(), "段青")
	s.must(err)
	_, err = s.As(s.admin).EditAccount(t.Context(), data.AccountEdit{ID: s.duan, Lang: "en", Until: data.On(2026, 12, 31), Rev: a.Rev})
	s.must(err)
	_, _, err = s.As(s.admin).Invite(t.Context(), s.duan)
	s.must(err)
	s.must(s.As(s.admin).Disable(t.Context(), s.inspector))
	for _, tc := range []struct {
		who                  int64
		keys, until, arrived bool
		closed               bool // one that is closed is there
	}{{s.admin, true, true, true, true}, {s.principal, false, false, true, true}, {s.office, false, false, false, false}} {
		a, _ := s.line(s.As(tc.who), s.duan)
		_, closed := s.line(s.As(tc.who), s.inspector)
		if a.Name != "段青" || len(a.Grants) != 1 || a.Grants[0].Class.String() != "5.1" || (len(a.Keys) == 1) != tc.keys ||
			a.Until.IsZero() == tc.until || a.LastSeen.IsZero() == tc.arrived || a.Invited.IsZero() == tc.keys || closed != tc.closed {
			t.Errorf("account %d sees %+v, closed ones: %v", tc.who, a, closed)
		}
		c, err := s.As(tc.who).AccountCard(t.Context(), s.duan)
		if err != nil || (len(c.Keys) == 1) != tc.keys || (len(c.SignIns) == 1) != tc.keys || len(c.Roles) != 1 {
			t.Errorf("account %d sees the card %+v, %v", tc.who, c, err)
		}
	}
	for _, who := range []int64{s.luo, s.teacher, s.desk} {
		_, err := s.As(who).AccountLines(t.Context())
		_, more := s.As(who).GrantLines(t.Context())
		_, other := s.As(who).AccountCard(t.Context(), s.duan)
		own, mine := s.As(who).AccountCard(t.Context(), who)
		if !errors.Is(err, data.ErrForbidden) || !errors.Is(more, data.ErrForbidden) || !errors.Is(other, data.ErrForbidden) || mine != nil ||
			own.ID != who || len(own.Keys) != 1 || own.Sight != data.AllOfAccounts {
			t.Errorf("account %d: %v, %v, %v, %v, %+v", who, err, more, other, mine, own)
		}
	}
	if c, err := s.As(s.admin).AccountCard(t.Context(), s.admin); err != nil || !c.Alone {
		t.Error("the last administrator is not told apart:", c.Alone, err)
	}
	if _, err := s.As(s.admin).AccountCard(t.Context(), 99); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
}

func TestUnused(t *testing.T) {
	at := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, tc := range []struct {
		a    data.AccountLine
		days int
	}{
		{data.AccountLine{Account: data.Account{LastSeen: at(60)}, Created: at(400)}, 0},
		{data.AccountLine{Account: data.Account{LastSeen: at(61)}, Created: at(400)}, 61},
		{data.AccountLine{Created: at(90)}, 90},
		{data.AccountLine{Created: at(3)}, 0},
		{data.AccountLine{Account: data.Account{LastSeen: at(100), Disabled: at(1)}}, 0},
	} {
		if got := int(tc.a.Unused(now).Hours() / 24); got != tc.days {
			t.Errorf("%+v: %d days", tc.a, got)
		}
	}
}

// The list of roles names who waits first, the child's number for all who see it,
// and its name only for who finds it.
func TestRolesOfAll(t *testing.T) {
	s := openSchool(t)
	admin := s.As(s.admin)
	s.must(admin.Grant(t.Context(), s.teacher, role(t, "surrogate:20240217")))
	s.must(admin.Grant(t.Context(), s.office, role(t, "admin")))
	s.must(admin.Grant(t.Context(), s.principal, role(t, "admin")))
	s.must(admin.RevokeGrant(t.Context(), s.newest(s.desk).ID))
	for who, child := range map[int64]string{s.admin: "", s.principal: "章薇"} {
		all, err := s.As(who).GrantLines(t.Context())
		if err != nil || len(all) != 12 || all[0].State(now) != data.GrantWaits || all[0].Name != "许文远" || all[0].By != "丁一川" {
			t.Fatalf("%d roles, first %+v, %v", len(all), all[0], err)
		}
		if last := all[11]; last.State(now) != data.GrantTaken || last.Name != "门卫" {
			t.Errorf("last %+v", last)
		}
		i := slices.IndexFunc(all, func(g data.GrantLine) bool { return g.Role == data.Surrogate })
		if all[i].Number != "20240217" || all[i].Child != child {
			t.Errorf("to %d: %+v", who, all[i])
		}
	}
}

func TestEditAccount(t *testing.T) {
	s := openSchool(t)
	admin := s.As(s.admin)
	a, err := admin.Account(t.Context(), "罗静")
	s.must(err)
	e, err := admin.EditAccount(t.Context(), data.AccountEdit{ID: s.luo, Lang: "en", Rev: a.Rev})
	s.must(err)
	var clash *data.Conflict
	if _, err := admin.EditAccount(t.Context(), data.AccountEdit{ID: s.luo, Rev: a.Rev}); !errors.As(err, &clash) || clash.By != "丁一川" || clash.At.IsZero() {
		t.Error("over what somebody saved meanwhile:", err)
	}
	for what, bad := range map[string]data.AccountEdit{"a language": {ID: s.luo, Lang: "fr", Rev: e.Rev}, "a day that is over": {ID: s.luo, Until: data.On(2026, 11, 24), Rev: e.Rev}} {
		if _, err := admin.EditAccount(t.Context(), bad); len(data.Faults(err)) != 1 {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.As(s.principal).EditAccount(t.Context(), data.AccountEdit{ID: s.luo, Rev: e.Rev}); !errors.Is(err, data.ErrForbidden) {
		t.Error(err)
	}
	if a, err = admin.Account(t.Context(), "罗静"); err != nil || a.Lang != "en" || a.Rev != e.Rev {
		t.Errorf("%+v %v", a, err)
	}
}

// Names that are the same are told apart from names that only look it.
func TestNaming(t *testing.T) {
	s := openSchool(t)
	for name, want := range map[string][2]int{"罗静": {1, 0}, " 罗 静": {0, 1}, "罗靜": {0, 1}, "罗静静": {0, 0}, "督导": {1, 0}} {
		n, err := s.As(s.admin).Naming(t.Context(), name)
		if err != nil || len(n.Same) != want[0] || len(n.Alike) != want[1] {
			t.Errorf("%q: %+v %v", name, n, err)
		}
	}
	if n, _ := s.As(s.admin).Naming(t.Context(), "罗静"); n.Username != "luojing2" {
		t.Error(n.Username)
	}
	if _, err := s.As(s.principal).Naming(t.Context(), "罗静"); !errors.Is(err, data.ErrForbidden) {
		t.Error(err)
	}
}

// What somebody may see is told to who sees the accounts; to others about
// themselves, and only of children that they find.
func TestRightsAreTold(t *testing.T) {
	s := openSchool(t)
	for _, tc := range []struct {
		who, of int64
		number  string
		child   string
		err     error
	}{
		{s.admin, s.luo, "20240217", "", nil}, {s.principal, s.luo, "20240217", "章薇", nil}, {s.luo, s.luo, "20240217", "章薇", nil},
		{s.luo, s.luo, "20220104", "", data.ErrNotFound}, {s.admin, s.luo, "20220104", "", nil}, {s.admin, s.luo, "99", "", data.ErrNotFound},
		{s.luo, s.duan, "", "", data.ErrForbidden}, {s.office, s.duan, "", "", data.ErrForbidden}, {s.admin, 99, "", "", data.ErrNotFound},
	} {
		r, err := s.As(tc.who).Rights(t.Context(), tc.of, tc.number)
		if !errors.Is(err, tc.err) || r.Child != tc.child || err == nil && (r.Account.ID != tc.of || tc.number != "" && r.Place.Class == 0) {
			t.Errorf("%+v: %+v, %v", tc, r, err)
		}
	}
}
