package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// held is a meeting that is over, with notes of the levels normal and restricted.
func (s *school) held() data.MeetingView {
	s.t.Helper()
	v := s.opened()
	for level, text := range map[data.Level]string{data.Normal: "下周发书", data.Restricted: "冉家的困难"} {
		_, err := s.As(s.luo).AddNote(s.t.Context(), data.MeetingNote{Meeting: v.ID, Item: v.Agenda[1].ID, Text: text, Level: level}, data.Ref{})
		s.must(err)
	}
	_, err := s.As(s.luo).SaveResolution(s.t.Context(), data.Resolution{Meeting: v.ID, Item: v.Agenda[1].ID, Text: "每周公示", Owner: s.teacher, Due: data.On(2026, 12, 18)}, data.Ref{})
	s.must(err)
	s.must(s.As(s.luo).CloseRoom(s.t.Context(), v.ID))
	return s.view(s.luo, v.ID)
}

// issue signs and issues the newest version of a meeting's minutes.
func (s *school) issue(meeting int64) data.Minutes {
	s.t.Helper()
	m, err := s.As(s.luo).Minutes(s.t.Context(), meeting, 0)
	s.must(err)
	_, err = s.As(s.luo).SignMinutes(s.t.Context(), meeting, m.Version)
	s.must(err)
	m, err = s.As(s.luo).IssueMinutes(s.t.Context(), meeting, m.Version)
	s.must(err)
	return m
}

func lineWith(m data.Minutes, text string) data.MinutesLine {
	i := slices.IndexFunc(m.Lines, func(l data.MinutesLine) bool { return strings.Contains(l.Text, text) })
	if i < 0 {
		return data.MinutesLine{}
	}
	return m.Lines[i]
}

// Minutes are composed of what happened; who reads which line is its level's
// business, and an edit by somebody who does not read a line leaves it.
func TestMinutesByLevel(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	for who, hidden := range map[int64]int{s.luo: 0, s.office: 0, s.principal: 0, s.teacher: 1, s.head: 1} {
		m, err := s.As(who).Minutes(t.Context(), v.ID, 0)
		if err != nil || m.Hidden != hidden || m.GivenOut != 1 || (lineWith(m, "冉家的困难").ID == 0) != (hidden == 1) || lineWith(m, "下周发书").ID == 0 || lineWith(m, "每周公示").ID == 0 {
			t.Errorf("%d: %+v %v", who, m, err)
		}
	}
	for _, who := range []int64{s.duan, s.desk, s.inspector, s.admin} {
		if _, err := s.As(who).Minutes(t.Context(), v.ID, 0); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("%d reads minutes: %v", who, err)
		}
	}
	m, err := s.As(s.teacher).Minutes(t.Context(), v.ID, 0)
	s.must(err)
	line := lineWith(m, "下周发书")
	m, err = s.As(s.teacher).SaveMinutes(t.Context(), v.ID, m.Version, []data.MinutesEdit{{Line: line.ID, Text: "下周一发书"}, {After: line.ID, Text: "自带书包"}}, data.Ref{})
	if err != nil || m.Version != 2 || len(m.Changes) != 2 || m.Changes[0].Was != line.Text || m.Changes[0].By != "宁小舟" || m.Hidden != 1 {
		t.Errorf("%+v %v", m, err)
	}
	whole, err := s.As(s.luo).Minutes(t.Context(), v.ID, 0)
	if err != nil || lineWith(whole, "冉家的困难").ID == 0 {
		t.Error("an edit lost what its writer does not read:", err)
	}
	secret := lineWith(whole, "冉家的困难")
	if _, err := s.As(s.teacher).SaveMinutes(t.Context(), v.ID, 2, []data.MinutesEdit{{Line: secret.ID, Text: "x"}}, data.Ref{}); !errors.Is(err, data.ErrNotFound) {
		t.Error("changed what one does not read:", err)
	}
	if _, err := s.As(s.office).SaveMinutes(t.Context(), v.ID, 2, []data.MinutesEdit{{Line: secret.ID, Text: secret.Text, Level: data.Normal}}, data.Ref{}); !faulty(err, "level", data.WhyWriters) {
		t.Error("another lowers its level:", err)
	}
	if _, err := s.As(s.luo).SaveMinutes(t.Context(), v.ID, 1, []data.MinutesEdit{{Line: line.ID, Text: "y"}}, data.Ref{}); !conflict(err) {
		t.Error("over an old version:", err)
	}
	if _, err := s.As(s.head).SaveMinutes(t.Context(), v.ID, 2, []data.MinutesEdit{{Line: line.ID, Text: "y"}}, data.Ref{}); !errors.Is(err, data.ErrForbidden) {
		t.Error(err)
	}
	old, err := s.As(s.luo).Minutes(t.Context(), v.ID, 1)
	if err != nil || lineWith(old, "下周一发书").ID != 0 || old.Newest != 2 {
		t.Error("the version before was changed:", err)
	}
}

// A signature is for the version that was read; it falls away when the text
// changes. Issued minutes change no more, and are corrected by numbers.
func TestSigningAndIssuing(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	luo, teacher := s.As(s.luo), s.As(s.teacher)
	if _, err := teacher.SignMinutes(t.Context(), v.ID, 1); !errors.Is(err, data.ErrForbidden) {
		t.Error("not the chair signs:", err)
	}
	m, err := luo.Minutes(t.Context(), v.ID, 0)
	s.must(err)
	_, err = teacher.SaveMinutes(t.Context(), v.ID, 1, []data.MinutesEdit{{Text: "补一句", After: m.Lines[0].ID}}, data.Ref{})
	s.must(err)
	for _, read := range []int{0, 1, 3} {
		if _, err := luo.SignMinutes(t.Context(), v.ID, read); !conflict(err) {
			t.Errorf("version %d is signed, and is not what is there: %v", read, err)
		}
	}
	if _, err := luo.IssueMinutes(t.Context(), v.ID, 2); !faulty(err, "state", data.WhyNotYet) {
		t.Error("issued without a signature:", err)
	}
	m, err = luo.SignMinutes(t.Context(), v.ID, 2)
	if err != nil || m.State != data.MinutesSigned || !m.Signed[0].Holds {
		t.Errorf("%+v %v", m, err)
	}
	m, err = teacher.SaveMinutes(t.Context(), v.ID, 2, []data.MinutesEdit{{Text: "再补一句", After: m.Lines[0].ID}}, data.Ref{})
	if err != nil || m.State != data.MinutesDraft || m.Signed[0].Holds {
		t.Errorf("%+v %v", m, err)
	}
	if m, err = teacher.HandInMinutes(t.Context(), v.ID, 3); err != nil || m.State != data.MinutesToSign {
		t.Error(m.State, err)
	}
	m = s.issue(v.ID)
	if m.Number != "2026-家-纪01" || !m.Intact || m.Hash != data.MinutesHash(m.Number, 3, m.Lines) || m.Issued != 3 {
		t.Errorf("%+v", m)
	}
	for name, err := range map[string]error{
		"edit":    second(luo.SaveMinutes(t.Context(), v.ID, 3, []data.MinutesEdit{{Line: 1, Text: "x"}}, data.Ref{})),
		"sign":    second(luo.SignMinutes(t.Context(), v.ID, 3)),
		"issue":   second(luo.IssueMinutes(t.Context(), v.ID, 3)),
		"compose": second(luo.ComposeMinutes(t.Context(), v.ID)),
		"note":    second(luo.AddNote(t.Context(), data.MeetingNote{Meeting: v.ID, Text: "x"}, data.Ref{})),
	} {
		if err == nil || len(data.Faults(err)) == 0 {
			t.Errorf("%s after the issue: %v", name, err)
		}
	}
	for n := range 2 {
		if m, err = teacher.CorrectMinutes(t.Context(), v.ID, data.Correction{Text: fmt.Sprint("更正 ", n)}, data.Ref{}); err != nil || m.Corrections[n].N != n+1 {
			t.Error(m.Corrections, err)
		}
	}
	if m, err = luo.GiveOutMinutes(t.Context(), v.ID); err != nil || m.State != data.MinutesDistributed {
		t.Error(m.State, err)
	}
	other := s.held()
	if m := s.issue(other.ID); m.Number != "2026-家-纪02" {
		t.Error(m.Number)
	}
	if off, err := s.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}

// Minutes wait for the secretary, the chair, and both, each in their turn; the
// chair is told that a signature fell away.
func TestMinutesWait(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	if v.Chair != s.luo || v.Secretary != s.teacher {
		t.Fatalf("%+v", v.Meeting)
	}
	waits := func(chair, secretary data.MinutesStep) {
		t.Helper()
		for who, want := range map[int64]data.MinutesStep{s.luo: chair, s.teacher: secretary, s.office: ""} {
			today, err := s.As(who).Today(t.Context(), now)
			is := data.NoStep
			for _, l := range today.After {
				is = l.Minutes.Step(l.Meeting, who)
			}
			if err != nil || is != want {
				t.Errorf("%d is to %q, not %q: %v", who, is, want, err)
			}
		}
	}
	luo, teacher := s.As(s.luo), s.As(s.teacher)
	waits(data.NoStep, data.ToHandIn)
	s.must(second(teacher.HandInMinutes(t.Context(), v.ID, 1)))
	waits(data.ToSign, data.NoStep)
	s.must(second(luo.SignMinutes(t.Context(), v.ID, 1)))
	waits(data.ToIssue, data.ToIssue)
	m, err := teacher.SaveMinutes(t.Context(), v.ID, 1, []data.MinutesEdit{{Text: "补"}}, data.Ref{})
	s.must(err)
	waits(data.ToSignAgain, data.ToHandIn)
	s.must(second(luo.SignMinutes(t.Context(), v.ID, m.Version)))
	waits(data.ToIssue, data.ToIssue)
	s.must(second(luo.IssueMinutes(t.Context(), v.ID, m.Version)))
	waits(data.NoStep, data.NoStep)
}

// Who came to a meeting is no news of each child: dozens of them would bury what
// is.
func TestWhoCameIsNoNews(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	s.must(s.As(s.luo).MarkAttendance(t.Context(), v.ID, []data.AttendanceMark{{Invitee: v.Invitees[0].ID, Attendance: data.Present}}))
	s.must(s.As(s.luo).CloseRoom(t.Context(), v.ID))
	if today, err := s.As(s.office).Today(t.Context(), now.Add(-time.Hour)); err != nil || slices.ContainsFunc(today.Changes, func(c data.Change) bool { return c.Text == v.Title }) {
		t.Errorf("%+v %v", today.Changes, err)
	}
}

func second[T any](_ T, err error) error { return err }

// What was issued cannot be changed through the program's own connection, and
// what was altered with a database tool is named by check.
func TestAlteredMinutesAreNamed(t *testing.T) {
	for name, tamper := range map[string][]string{
		"minutes 2026-家-纪01: version 1 was altered":              {"DROP TRIGGER minutes_version_no_update", "UPDATE minutes_version SET body = replace(body, '发书', '不发书')"},
		"minutes 2026-家-纪01 were altered after they were issued": {"DROP TRIGGER minutes_sealed", "UPDATE minutes SET hash = 'x' WHERE no = 1"},
		"minutes 2026-家-纪01: correction 1 was altered":           {"DROP TRIGGER minutes_correction_no_update", "UPDATE minutes_correction SET text = '没有更正' WHERE no = 1"},
		"minutes 2026-家-纪01: correction 2 was altered":           {"DROP TRIGGER minutes_correction_no_delete", "DELETE FROM minutes_correction WHERE no = 1"},
		"minutes 2026-家-纪01 were issued, and are not any more":   {"DROP TRIGGER minutes_sealed", "UPDATE minutes SET no = NULL WHERE no = 1"},
		"minutes before 2026-家-纪02 are missing":                  {"DROP TRIGGER minutes_sealed", "UPDATE minutes SET no = NULL WHERE no = 1"},
		"minutes 2026-家-纪01 are gone":                            {"DROP TRIGGER minutes_no_delete", "DELETE FROM minutes WHERE no = 1"},
		"minutes 2026-家-纪02 were altered after they were issued": {"DROP TRIGGER minutes_sealed", "UPDATE minutes SET issued_version = 2 WHERE no = 2"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openSchool(t)
			v := s.held()
			s.issue(v.ID)
			for _, text := range []string{"更正", "再更正"} {
				_, err := s.As(s.luo).CorrectMinutes(t.Context(), v.ID, data.Correction{Text: text}, data.Ref{})
				s.must(err)
			}
			other := s.held().ID
			s.issue(other)
			for _, q := range []string{"UPDATE minutes_version SET body = ''", "DELETE FROM minutes_version", "UPDATE minutes SET hash = 'x'", "UPDATE minutes SET state = 'draft'", "DELETE FROM minutes",
				"UPDATE minutes_correction SET text = 'x'", "DELETE FROM minutes_correction", "INSERT OR REPLACE INTO minutes_version SELECT * FROM minutes_version",
				"INSERT INTO minutes_version SELECT minutes, 2, at, by, body, changes, hash FROM minutes_version"} {
				if err := s.write(t.Context(), func(x *tx) ([]data.Ref, error) { _, err := x.exec(q); return nil, err }); err == nil {
					t.Errorf("%s is let through", q)
				}
			}
			tool, err := sql.Open("sqlite", strings.Replace(dsn(s.path(), ""), "_foreign_keys=1", "_foreign_keys=0", 1)) // a database tool, which minds no foreign keys
			s.must(err)
			for _, q := range tamper {
				_, err := tool.Exec(q)
				s.must(err)
			}
			s.must(tool.Close())
			off, err := s.Console("root").CheckFile(t.Context())
			if err != nil || !slices.ContainsFunc(off, func(o string) bool { return strings.HasPrefix(o, name) }) {
				t.Errorf("check says %q, %v", off, err)
			}
			intact := 0
			for _, id := range []int64{v.ID, other} {
				if m, err := s.As(s.luo).Minutes(t.Context(), id, 0); err == nil && m.Intact {
					intact++
				}
			}
			if intact == 2 {
				t.Errorf("both minutes are shown as what was issued")
			}
		})
	}
}

// Minutes of 500 pages are saved, signed, issued and checked.
func TestMinutesOf500Pages(t *testing.T) {
	s := openSchool(t)
	v := s.held()
	var edits []data.MinutesEdit
	for range 500 * 38 {
		edits = append(edits, data.MinutesEdit{Text: strings.Repeat("家校", 40)})
	}
	m, err := s.As(s.luo).SaveMinutes(t.Context(), v.ID, 1, edits, data.Ref{})
	if err != nil || len(m.Lines) < 19_000 {
		t.Fatal(len(m.Lines), err)
	}
	if _, err := s.As(s.luo).SaveMinutes(t.Context(), v.ID, 2, edits[:2000], data.Ref{}); !faulty(err, "text", data.WhyTooLong) {
		t.Error("no end to it:", err)
	}
	m = s.issue(v.ID)
	if off, err := s.Console("root").CheckFile(t.Context()); err != nil || len(off) > 0 || len(m.Lines) < 19_000 {
		t.Error(off, err)
	}
}

// resolutions are their owner's on Today and among what is due; done with what
// came of it.
func TestResolutions(t *testing.T) {
	s := openSchool(t)
	v := s.opened()
	luo := s.As(s.luo)
	r, err := luo.SaveResolution(t.Context(), data.Resolution{Meeting: v.ID, Item: v.Agenda[1].ID, Text: "每周公示", Owner: s.duan, Due: data.On(2026, 11, 20)}, data.Ref{})
	if err != nil || r.Number != v.Number()+"-1" || r.Late(clock.Today()) != 5 {
		t.Fatalf("%+v %v", r, err)
	}
	today, err := s.As(s.duan).Today(t.Context(), now)
	if err != nil || len(today.Resolutions) != 1 || today.Resolutions[0].ID != r.ID {
		t.Errorf("%+v %v", today.Resolutions, err)
	}
	for who, want := range map[int64]int{s.luo: 1, s.duan: 1, s.teacher: 1, s.head: 1, s.office: 1, s.principal: 1, s.inspector: 1, s.desk: 0, s.admin: 0} {
		l, err := s.As(who).Resolutions(t.Context(), data.ResolutionQuery{})
		if err != nil || len(l.Resolutions) != want || l.All != want || l.Late != want {
			t.Errorf("%d: %+v %v", who, l, err)
		}
		_, err = s.As(who).Resolution(t.Context(), r.ID)
		if (want == 0) != errors.Is(err, data.ErrNotFound) {
			t.Errorf("%d: %v", who, err)
		}
		if who == s.inspector && l.Resolutions[0].OwnerName != "" {
			t.Error("an inspector reads a name")
		}
	}
	for who, want := range map[int64]int{s.luo: 1, s.duan: 1, s.teacher: 0} {
		if l, err := s.As(who).Resolutions(t.Context(), data.ResolutionQuery{Mine: true, Until: clock.Today()}); err != nil || len(l.Resolutions) != want {
			t.Errorf("%d: %+v %v", who, l, err)
		}
	}
	done := r
	done.State, done.Result = data.ResolutionDone, "已公示"
	for who, want := range map[int64]error{s.head: data.ErrForbidden, s.desk: data.ErrNotFound, s.admin: data.ErrNotFound} {
		if _, err := s.As(who).SaveResolution(t.Context(), done, data.Ref{}); !errors.Is(err, want) {
			t.Errorf("%d closes it: %v, not %v", who, err, want)
		}
	}
	moved := done
	moved.Due = data.On(2027, 1, 1)
	if _, err := s.As(s.duan).SaveResolution(t.Context(), moved, data.Ref{}); !errors.Is(err, data.ErrForbidden) {
		t.Error("its owner gives it another day:", err)
	}
	if done, err = s.As(s.duan).SaveResolution(t.Context(), done, data.Ref{}); err != nil || done.ClosedAt.IsZero() {
		t.Error(done, err)
	}
	if _, err := luo.SaveResolution(t.Context(), r, data.Ref{}); !conflict(err) {
		t.Error("over an old revision:", err)
	}
	if l, _ := s.As(s.duan).Resolutions(t.Context(), data.ResolutionQuery{Open: true}); len(l.Resolutions) != 0 {
		t.Error("done, and still open")
	}
	if _, err := luo.SaveResolution(t.Context(), data.Resolution{Meeting: v.ID, Text: "x", Owner: 999, Due: data.On(2026, 12, 1)}, data.Ref{}); !faulty(err, "owner", data.WhyUnknown) {
		t.Error(err)
	}
}

// Whatever was acknowledged is there after the process was killed.
func TestKilledInARoom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "room.db")
	cmd := exec.Command(os.Args[0], path)
	cmd.Env = append(os.Environ(), asRoom+"="+path)
	in, err := cmd.StdinPipe() // open as long as the test is
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := 0
	for said < 50 {
		var n int
		if _, err := fmt.Fscanln(out, &n); err != nil {
			t.Fatal(said, err)
		}
		said = n
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for { // what it had said before it died
		var n int
		if _, err := fmt.Fscanln(out, &n); err != nil {
			break
		}
		said = n
	}
	_ = cmd.Wait()
	db, err := Open(t.Context(), path, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := &school{DB: db, t: t, luo: 1}
	v := s.view(s.luo, 1)
	if len(v.Notes) < said || v.State != data.MeetingInSession || v.Item == 0 || s.invitee(v, "章薇").LateMin < said {
		t.Errorf("%d acknowledged, %d there; state %s, item %d, late %d", said, len(v.Notes), v.State, v.Item, s.invitee(v, "章薇").LateMin)
	}
	if off, err := db.Console("root").Check(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}

// asRoom in the environment makes the test binary somebody who writes into a room
// until it is killed, and says after each line how many are on disk.
const asRoom = "STORE_TEST_ROOM"

func writeInRoom(path string) {
	s := openSchoolFile(failing{}, path, clock)
	v := s.opened()
	s.must(s.As(s.luo).NextItem(s.t.Context(), v.ID, 0, 0))
	zhang := s.invitee(v, "章薇").ID
	for n := 1; n <= 500; n++ {
		_, err := s.As(s.luo).AddNote(s.t.Context(), data.MeetingNote{Meeting: v.ID, Text: fmt.Sprint("第", n)}, data.Ref{})
		s.must(err)
		s.must(s.As(s.luo).MarkAttendance(s.t.Context(), v.ID, []data.AttendanceMark{{Invitee: zhang, Attendance: data.Present, Late: &n}}))
		fmt.Println(n)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // to be killed
}

// failing is a test of a process that has none.
type failing struct{ testing.TB }

func (failing) Helper()                  {}
func (failing) Cleanup(func())           {}
func (failing) Context() context.Context { return context.Background() }
func (failing) Fatal(args ...any)        { panic(fmt.Sprint(args...)) }
