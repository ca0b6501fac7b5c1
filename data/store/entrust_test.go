package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"qiao/data"
)

// hands is a clock that a test moves.
type hands struct{ at time.Time }

func (h *hands) now() time.Time { return h.at }

// An emergency opens one child to any member of staff, as far as it goes, for two
// hours by the clock; the class teacher and the principal are told.
func TestEmergency(t *testing.T) {
	h := &hands{now}
	s := openSchoolAt(t, h.now)
	s.wary()
	for who, want := range map[int64]error{s.inspector: data.ErrForbidden, s.admin: data.ErrForbidden} {
		if _, err := s.As(who).Emergency(t.Context(), "20240217", "晕倒"); !errors.Is(err, want) {
			t.Errorf("account %d: %v", who, err)
		}
	}
	if f := data.Faults(func() error { _, err := s.As(s.duan).Emergency(t.Context(), "20240217", " "); return err }()); len(f) != 1 || f[0].Field != "reason" {
		t.Error("without a reason:", f)
	}
	if _, err := s.As(s.duan).Emergency(t.Context(), "章", "晕倒"); !errors.Is(err, data.ErrNotFound) {
		t.Error("the name is not exact:", err)
	}
	box, stop := s.Watch()
	defer stop()
	before := h.at
	h.at = h.at.Add(time.Second)
	got, err := s.As(s.duan).Emergency(t.Context(), "章薇 3.2", "操场晕倒")
	s.must(err)
	if got.ID != s.zhang || got.Sex != "" || !got.Birth.IsZero() {
		t.Errorf("%+v", got)
	}
	refs := box.Wait(t.Context())
	for _, who := range []int64{s.duan, s.luo, s.principal} {
		if !refs[data.Ref{Kind: "account", ID: who}] {
			t.Errorf("account %d does not hear of it: %v", who, refs)
		}
	}
	if refs[data.Ref{Kind: "account", ID: s.teacher}] || refs[data.Ref{Kind: "student", ID: s.zhang}] {
		t.Error("too many hear of it:", refs)
	}
	card, err := s.As(s.duan).Card(t.Context(), s.zhang)
	if err != nil || card.Sight != data.Exists || len(card.Contacts) != 0 || card.Household.Address != "" || card.Guardians[0].First() == "" ||
		card.Care != data.CareUrgent || card.Passing.Role != data.Emergency || !card.MayWrite {
		t.Errorf("%+v, %v", card, err)
	}
	care, err := s.As(s.duan).Care(t.Context(), s.zhang)
	if err != nil || care.Health != "哮喘" || care.Emergency != "先用喷雾" || care.Limits[1].Reason != "法院判决" || care.Tags != nil || care.Hardship != "" || care.Structure != "" {
		t.Errorf("%+v, %v", care, err)
	}
	if _, err := s.As(s.duan).Card(t.Context(), s.ran); !errors.Is(err, data.ErrNotFound) {
		t.Error("another child opens too:", err)
	}
	own, err := s.As(s.duan).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	for who, want := range map[int64]bool{s.luo: true, s.principal: true, s.teacher: false, s.office: false, s.duan: false} {
		today, err := s.As(who).Today(t.Context(), before)
		s.must(err)
		told := slices.ContainsFunc(today.Changes, func(c data.Change) bool {
			return c.Did == string(data.EmergencyGrant) && c.By == "段青" && c.Text == "操场晕倒"
		})
		if told != want {
			t.Errorf("account %d is told: %v", who, told)
		}
	}
	if s.logged("emergency") != 1 {
		t.Error("it is not in the log")
	}
	h.at = h.at.Add(data.EmergencyLasts - time.Second)
	if _, err := s.As(s.duan).Emergency(t.Context(), "20240217", "还在医院"); err != nil {
		t.Error("it is prolonged with a reason of its own:", err)
	}
	h.at = h.at.Add(time.Hour)
	if _, err := s.As(s.duan).Care(t.Context(), s.zhang); err != nil {
		t.Error("prolonged:", err)
	}
	h.at = h.at.Add(time.Hour)
	if _, err := s.As(s.duan).Card(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
		t.Error("it does not end by the clock:", err)
	}
	if _, err := s.As(s.duan).Care(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	mine, err := s.As(s.duan).Timeline(t.Context(), data.TimelineQuery{})
	if err != nil || len(mine.Contacts) != 1 || mine.Contacts[0].ID != own.ID || mine.Total != 1 || mine.Contacts[0].MayEdit {
		t.Errorf("what one wrote stays one's own to read: %+v, %v", mine, err)
	}
}

// A class teacher lends the own class, no longer than it is theirs; whom it is
// lent to does not lend it on, and it can be taken back.
func TestLend(t *testing.T) {
	s := openSchool(t)
	fri := data.On(2026, 11, 27)
	luo := s.As(s.luo)
	for name, tc := range map[string]struct {
		who, class, to int64
		until          data.Date
		reason, field  string
		err            error
	}{
		"not one's own":      {s.luo, s.five, s.duan, fri, "生病", "", data.ErrNotFound},
		"by who teaches it":  {s.teacher, s.three, s.duan, fri, "生病", "", data.ErrForbidden},
		"by the principal":   {s.principal, s.three, s.duan, fri, "生病", "", data.ErrForbidden},
		"no reason":          {s.luo, s.three, s.duan, fri, "", "reason", nil},
		"a day that is over": {s.luo, s.three, s.duan, data.On(2026, 11, 24), "生病", "until", nil},
		"after the year":     {s.luo, s.three, s.duan, data.On(2027, 8, 1), "生病", "until", nil},
		"to oneself":         {s.luo, s.three, s.luo, fri, "生病", "to", nil},
		"to an inspector":    {s.luo, s.three, s.inspector, fri, "生病", "to", nil},
		"to an admin":        {s.luo, s.three, s.admin, fri, "生病", "to", nil},
		"to nobody":          {s.luo, s.three, 999, fri, "生病", "to", nil},
	} {
		_, err := s.As(tc.who).Lend(t.Context(), tc.class, tc.to, tc.until, tc.reason)
		f := data.Faults(err)
		if tc.err != nil && !errors.Is(err, tc.err) || tc.err == nil && (len(f) != 1 || f[0].Field != tc.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	g, err := luo.Lend(t.Context(), s.three, s.duan, fri, "生病")
	s.must(err)
	if g.Until != data.On(2026, 11, 28).Start() {
		t.Error(g.Until)
	}
	if _, err := luo.Lend(t.Context(), s.three, s.duan, fri, "生病"); len(data.Faults(err)) != 1 {
		t.Error("twice:", err)
	}
	card, err := s.As(s.duan).Card(t.Context(), s.zhang)
	if err != nil || !card.MayEdit || card.Teacher != "罗静" || card.Passing.Role != data.ClassTeacher {
		t.Errorf("%+v, %v", card, err)
	}
	if _, err := s.As(s.duan).Lend(t.Context(), s.three, s.office, fri, "我也病了"); !errors.Is(err, data.ErrForbidden) {
		t.Error("it is lent on:", err)
	}
	for _, who := range []int64{s.luo, s.duan} {
		r, err := s.As(who).Roster(t.Context(), s.three)
		if err != nil || len(r.Stand) != 1 || r.Stand[0].Name != "段青" || r.Stand[0].Until != fri || r.MayLend != (who == s.luo) {
			t.Errorf("%+v, %v", r.Stand, err)
		}
		lent, err := s.As(who).Lent(t.Context())
		if err != nil || len(lent) != 1 || lent[0].Name != "段青" || lent[0].By != "罗静" {
			t.Errorf("%+v, %v", lent, err)
		}
	}
	told, err := s.As(s.duan).Told(t.Context(), now.Add(-time.Hour))
	if err != nil || len(told) != 1 || told[0].Did != "delegated" || told[0].By != "罗静" || told[0].Text != "生病" {
		t.Errorf("%+v, %v", told, err)
	}
	for _, who := range []int64{s.teacher, s.office} {
		if err := s.As(who).RevokeGrant(t.Context(), g.ID); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("account %d takes it back: %v", who, err)
		}
	}
	s.must(luo.RevokeGrant(t.Context(), g.ID))
	if _, err := s.As(s.duan).Card(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	if told, _ := s.As(s.duan).Told(t.Context(), now.Add(-time.Hour)); len(told) != 1 || told[0].Did != "returned" {
		t.Errorf("%+v", told)
	}
}

// The principal releases one child to one person for a time; whom it concerns is
// told, and nobody else.
func TestRelease(t *testing.T) {
	h := &hands{now}
	s := openSchoolAt(t, h.now)
	secret := call(s.zhang)
	secret.Level = data.Secret
	secret, err := s.As(s.office).SaveContact(t.Context(), secret, data.Ref{})
	s.must(err)
	h.at = h.at.Add(time.Second)
	since := h.at
	h.at = h.at.Add(time.Second)
	for who, want := range map[int64]error{s.luo: data.ErrForbidden, s.office: data.ErrForbidden, s.admin: data.ErrNotFound, s.duan: data.ErrNotFound} {
		if _, err := s.As(who).Release(t.Context(), s.zhang, s.duan, time.Hour, "案情"); !errors.Is(err, want) {
			t.Errorf("account %d: %v", who, err)
		}
	}
	p := s.As(s.principal)
	for _, lasts := range []time.Duration{0, 25 * time.Hour} {
		if _, err := p.Release(t.Context(), s.zhang, s.duan, lasts, "案情"); len(data.Faults(err)) != 1 {
			t.Errorf("for %v: %v", lasts, err)
		}
	}
	if _, err := p.Release(t.Context(), s.zhang, s.inspector, time.Hour, "案情"); len(data.Faults(err)) != 1 {
		t.Error("to an inspector:", err)
	}
	_, err = p.Release(t.Context(), s.zhang, s.duan, data.ReleaseLasts, "警察来问")
	s.must(err)
	if c, err := s.As(s.duan).Contact(t.Context(), secret.ID); err != nil || c.Sight != data.Whole {
		t.Error("all levels of it:", c.Sight, err)
	}
	if _, err := s.As(s.duan).Release(t.Context(), s.zhang, s.head, time.Hour, "再给一个"); !errors.Is(err, data.ErrForbidden) {
		t.Error("it is released on:", err)
	}
	for who, want := range map[int64]bool{s.duan: true, s.luo: true, s.office: true, s.head: false, s.teacher: false, s.principal: false} {
		told, err := s.As(who).Told(t.Context(), since)
		s.must(err)
		if (len(told) == 1) != want {
			t.Errorf("account %d is told %+v", who, told)
		}
	}
	h.at = h.at.Add(data.ReleaseLasts)
	if _, err := s.As(s.duan).Contact(t.Context(), secret.ID); !errors.Is(err, data.ErrNotFound) {
		t.Error("it does not end by the clock:", err)
	}
	if s.logged("release") != 1 {
		t.Error("it is not in the log")
	}
}

// What a person may not know of does not make a number either: a talk about a
// brother in another class, a secret one, a promise of theirs.
func TestSumsTellNothing(t *testing.T) {
	s := openSchool(t)
	_, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	_, err = s.As(s.duan).SaveContact(t.Context(), call(s.nan), data.Ref{})
	s.must(err)
	secret := call(s.zhang)
	secret.Level, secret.Promises = data.Secret, []data.Promise{{Text: "再谈"}}
	_, err = s.As(s.office).SaveContact(t.Context(), secret, data.Ref{})
	s.must(err)
	for _, tc := range []struct {
		who         int64
		total, open int
	}{{s.luo, 2, 0}, {s.teacher, 1, 0}, {s.office, 3, 0}, {s.principal, 3, 1}, {s.head, 1, 0}} {
		line, err := s.As(tc.who).Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
		s.must(err)
		card, err := s.As(tc.who).Card(t.Context(), s.zhang)
		s.must(err)
		if line.Total != tc.total || line.InTerm != tc.total || len(line.Contacts) != tc.total || card.InTerm != tc.total {
			t.Errorf("account %d: %d of %d, the card counts %d; want %d", tc.who, len(line.Contacts), line.Total, card.InTerm, tc.total)
		}
		all, err := s.As(tc.who).Timeline(t.Context(), data.TimelineQuery{})
		s.must(err)
		if all.Total != len(all.Contacts) {
			t.Errorf("account %d: %d of %d in all", tc.who, len(all.Contacts), all.Total)
		}
		classes, err := s.As(tc.who).Classes(t.Context())
		s.must(err)
		for _, c := range classes {
			if c.Class == s.three && c.Open != tc.open {
				t.Errorf("account %d: %d open promises in the class, want %d", tc.who, c.Open, tc.open)
			}
		}
	}
}
