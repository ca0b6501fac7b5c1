package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// The school's setting goes before the flag, for those who are inside too, and
// when it is taken back the flag holds again.
func TestIdleSetting(t *testing.T) {
	s := newSchool(t, "--idle", "2s")
	set := func(value string) {
		if _, errs, code := s.says("admin", "", "setting set idle_minutes "+value); code != 0 {
			t.Fatal(code, errs)
		}
	}
	set("10")
	m := s.login("principal", 80, 24)
	m.sees("今日")
	time.Sleep(2500 * time.Millisecond) // longer than the flag allows
	m.types("?")
	m.sees("帮助")
	if out, _, code := s.says("principal", "", "setting list --json"); code != 0 || !strings.Contains(out, `{"key":"idle_minutes","value":10,"set":true,"least":10,"most":480,"default":30}`) {
		t.Error(code, out)
	}
	if _, errs, code := s.says("class-teacher", "", "setting set cover_minutes 30"); code != 3 {
		t.Error("a class teacher sets what the school lives by:", code, errs)
	}
	if _, errs, code := s.says("principal", "", "setting set cover_minutes 31"); code != 6 || !strings.Contains(errs, "范围") {
		t.Error(code, errs)
	}
	set("default")
	if code := m.leaves(); code != 75 {
		t.Error("exit", code)
	}
}

// An administrator sees who is inside and on which screen, and ends one window;
// others see their own only.
func TestSessions(t *testing.T) {
	s := newSchool(t)
	m := s.login("class-teacher", 80, 24)
	m.sees("今日")
	m.types("g", "r")
	m.sees("班级")
	other := s.login("principal", 80, 24)
	other.sees("今日")
	var in struct {
		Sessions []struct {
			ID                               int64
			Account, From, Kind, Screen, Key string
			Since, Typed                     string
		}
		Total int
	}
	out, errs, code := s.says("admin", "", "account sessions --json")
	if err := json.Unmarshal([]byte(out), &in); err != nil || code != 0 || in.Total != 3 {
		t.Fatalf("%v: %d: %s%s", err, code, out, errs)
	}
	if p := in.Sessions[0]; p.Screen != "roster" || p.Kind != "screens" || p.From != "127.0.0.1" || !strings.HasPrefix(p.Since, "2026-11-25") || !strings.HasPrefix(p.Key, "SHA256:") {
		t.Errorf("%+v", p)
	}
	if p := in.Sessions[2]; p.Kind != "words" || p.Screen != "" {
		t.Errorf("%+v", p)
	}
	if out, _, _ := s.says("principal", "", "account sessions --json"); !strings.Contains(out, `"total":2`) {
		t.Error("a principal sees", out)
	}
	id, _ := json.Marshal(in.Sessions[0].ID)
	if _, errs, code := s.says("principal", "", "account end "+string(id)); code != 4 {
		t.Error("a principal ends another's window:", code, errs)
	}
	if _, errs, code := s.says("admin", "", "account end "+string(id)); code != 0 {
		t.Error(code, errs)
	}
	if code := m.leaves(); code != 75 {
		t.Error("exit", code)
	}
	other.types("?")
	other.sees("帮助")
	if out, err := s.qiao("account", "sessions").CombinedOutput(); err == nil {
		t.Errorf("the console, which has no server, answers %s", out)
	}
}
