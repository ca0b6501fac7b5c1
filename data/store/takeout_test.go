package store

import (
	"errors"
	"strings"
	"testing"

	"qiao/data"
)

// Who takes which paper of a meeting out is the matrix's: names by who may export
// them, what is restricted by the principal alone, the rest by who sees it.
func TestTakeOut(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	sign := map[int64]error{s.luo: nil, s.head: nil, s.office: nil, s.principal: nil, s.teacher: data.ErrForbidden,
		s.duan: data.ErrNotFound, s.desk: data.ErrNotFound, s.inspector: data.ErrNotFound, s.admin: data.ErrNotFound}
	for who, want := range sign {
		got, x, err := s.As(who).TakeOutSignIn(t.Context(), v.ID, "签到")
		if !errors.Is(err, want) || err == nil && (len(got.Invitees) != 2 || x.By == "" || x.Purpose != "签到" || x.School == "") || err != nil && len(got.Invitees) > 0 {
			t.Errorf("%d takes out the sign-in sheet: %v, not %v", who, err, want)
		}
		if errors.Is(want, data.ErrForbidden) {
			want = nil
		}
		m, _, err := s.As(who).TakeOutMinutes(t.Context(), v.ID, 0, false, "存档")
		if !errors.Is(err, want) || lineWith(m, "困难").ID != 0 || (lineWith(m, "下周发书").ID != 0) != (want == nil) {
			t.Errorf("%d takes out the minutes: %v, not %v", who, err, want)
		}
		m, x, err = s.As(who).TakeOutMinutes(t.Context(), v.ID, 0, true, "存档")
		secret := lineWith(m, "困难").ID != 0
		if !errors.Is(err, want) || secret != (who == s.principal) || err == nil && (m.Hidden == 1) == secret || secret != (x.Of == "minutes_full") {
			t.Errorf("%d takes out the whole minutes: %v, %d hidden, %s", who, err, m.Hidden, x.Of)
		}
		for _, l := range m.Document(false) {
			if !secret && strings.Contains(l.Text, "困难") {
				t.Errorf("%d: %+v", who, l)
			}
		}
	}
	for who, want := range map[int64]int{s.luo: 1, s.principal: 1, s.desk: 1, s.inspector: 1, s.duan: 0, s.admin: 0} {
		all, _, err := s.As(who).TakeOutMeetings(t.Context(), data.MeetingQuery{Class: s.three, Tab: data.PastMeetings}, 0, "日历")
		if err != nil || len(all) != want {
			t.Errorf("%d takes out %d meetings, not %d: %v", who, len(all), want, err)
		}
		one, _, err := s.As(who).TakeOutMeetings(t.Context(), data.MeetingQuery{}, v.ID, "日历")
		if (err == nil) != (want == 1) || len(one) != want {
			t.Errorf("%d takes out one meeting: %v", who, err)
		}
		if who == s.desk && (len(one) != 1 || one[0].Title != "" || one[0].Rev == 0) {
			t.Errorf("the front desk sees more than the date: %+v", one)
		}
	}
	if m, _, err := s.Console("root").TakeOutMinutes(t.Context(), v.ID, 0, true, "存档"); err != nil || lineWith(m, "困难").ID == 0 {
		t.Error("who can open the file does not export:", err)
	}
	if _, _, err := s.As(s.luo).TakeOutSignIn(t.Context(), v.ID, "  "); !faulty(err, "purpose", data.WhyEmpty) {
		t.Error("without a purpose:", err)
	}
	var purpose string
	s.one(&purpose, "SELECT d.now FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.did = 'export' AND a.record = 'meeting' AND a.record_id = ? ORDER BY a.id LIMIT 1", v.ID)
	if !strings.Contains(purpose, "签到") && !strings.Contains(purpose, "存档") {
		t.Error("the log does not say what for:", purpose)
	}
}

// What was printed lies in the tray as long as its owner could print it.
func TestTrayGoesWithTheRight(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	luo := s.As(s.luo)
	_, err := luo.PutTray(t.Context(), data.TrayFile{Name: "签到.txt", Bytes: []byte("x"), Paper: data.SignInSheet, Meeting: v.ID})
	s.must(err)
	s.lay(s.luo, "自己的.txt", "y")
	if n := s.logged("tray put"); n != 1 {
		t.Errorf("%d puts in the log: what is printed is there as an export", n)
	}
	s.must(s.Console("root").RevokeGrant(t.Context(), s.newest(s.luo).ID))
	if all, err := luo.Tray(t.Context()); err != nil || len(all) != 1 || all[0].Name != "自己的.txt" {
		t.Error(all, err)
	}
	if _, err := luo.TrayFile(t.Context(), "签到.txt"); !errors.Is(err, data.ErrNotFound) {
		t.Error("taken without the right to print it:", err)
	}
}
