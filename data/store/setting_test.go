package store

import (
	"errors"
	"testing"
	"time"

	"qiao/data"
)

// The school's settings hold from the day they are set, for everybody to read;
// who may set them is the matrix's row.
func TestSettings(t *testing.T) {
	s := openSchool(t)
	idle := func() data.Setting {
		one, err := s.Setting(t.Context(), data.IdleMinutes)
		s.must(err)
		return one
	}
	if got := idle(); got.Set || got.Value != 30 {
		t.Error(got)
	}
	box, stop := s.Watch()
	defer stop()
	for who, want := range map[int64]error{s.admin: nil, s.principal: nil, s.office: nil, s.luo: data.ErrForbidden, s.inspector: data.ErrForbidden, s.desk: data.ErrForbidden} {
		if err := s.As(who).SetSetting(t.Context(), data.IdleMinutes, "20"); !errors.Is(err, want) {
			t.Error(who, err)
		}
	}
	if refs := box.Wait(t.Context()); !refs[data.Ref{Kind: "setting"}] {
		t.Error(refs)
	}
	for _, wrong := range []string{"9", "481", "-20", "twenty", "20.5", "９９９"} {
		if err := s.As(s.admin).SetSetting(t.Context(), data.IdleMinutes, wrong); len(data.Faults(err)) != 1 {
			t.Error(wrong, err)
		}
	}
	if err := s.As(s.admin).SetSetting(t.Context(), "school", "x"); len(data.Faults(err)) != 1 {
		t.Error(err)
	}
	all, err := s.As(s.luo).Settings(t.Context())
	if err != nil || len(all) != 2 || all[0].Value != 20 || !all[0].Set || all[1].Set || all[1].Value != 5 {
		t.Error(all, err)
	}
	before := now
	defer func() { now = before }()
	now = now.Add(48 * time.Hour)
	s.must(s.As(s.admin).SetSetting(t.Context(), data.IdleMinutes, "40"))
	if got := idle(); got.Value != 40 {
		t.Error(got)
	}
	now = before // the past is judged by its own
	if got := idle(); got.Value != 20 {
		t.Error(got)
	}
	s.must(s.As(s.admin).SetSetting(t.Context(), data.IdleMinutes, ""))
	if got := idle(); got.Set || got.Value != 30 {
		t.Error(got)
	}
	s.must(s.reading(t.Context(), func(t *tx) error {
		var was, is string
		if err := t.row("SELECT d.was, d.now FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.did = 'setting' ORDER BY a.id DESC LIMIT 1", nil, &was, &is); err != nil {
			return err
		}
		if was != `"idle_minutes=20"` || is != `"idle_minutes="` {
			s.t.Error(was, is)
		}
		return nil
	}))
}
