package store

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

func (s *school) lay(who int64, name, text string) data.TrayFile {
	s.t.Helper()
	f, err := s.As(who).PutTray(s.t.Context(), data.TrayFile{Name: name, Bytes: []byte(text)})
	s.must(err)
	return f
}

// A tray is its owner's: what is put there is there for them, by its name, as it
// was, and for nobody else; the console has one of its own.
func TestTrayIsOnesOwn(t *testing.T) {
	s := openSchool(t)
	s.lay(s.luo, "名单.csv", "甲")
	if f := s.lay(s.luo, "名单.csv", "乙丙"); f.Size != 6 || f.Type != "text/csv; charset=utf-8" || !f.Until.Equal(f.Made.Add(7*24*time.Hour)) {
		t.Errorf("%+v", f)
	}
	s.lay(s.duan, "名单.csv", "段的")
	console := s.Console("root")
	_, err := console.PutTray(t.Context(), data.TrayFile{Name: "名单.csv", Bytes: []byte("控制台")})
	s.must(err)
	for who, want := range map[*Desk]string{s.As(s.luo): "乙丙", s.As(s.duan): "段的", console: "控制台"} {
		f, err := who.TrayFile(t.Context(), " 名单.csv ")
		if all, lerr := who.Tray(t.Context()); err != nil || lerr != nil || string(f.Bytes) != want || len(all) != 1 || all[0].Bytes != nil {
			t.Errorf("%q, not %q: %v %v", f.Bytes, want, err, lerr)
		}
	}
	if _, err := s.As(s.principal).TrayFile(t.Context(), "名单.csv"); !errors.Is(err, data.ErrNotFound) {
		t.Error("another's file:", err)
	}
	if n := s.logged("tray put"); n != 4 {
		t.Errorf("%d puts in the log", n)
	}
	if n := s.logged("tray get"); n != 3 {
		t.Errorf("%d gets in the log", n)
	}
	s.must(s.As(s.luo).DropTray(t.Context(), "名单.csv"))
	if err := s.As(s.luo).DropTray(t.Context(), "名单.csv"); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	s.must(console.Disable(t.Context(), s.duan))
	if _, err := s.As(s.duan).TrayFile(t.Context(), "名单.csv"); !errors.Is(err, data.ErrForbidden) {
		t.Error("a closed account takes from its tray:", err)
	}
}

// What is not a name on every computer, or too much, is refused by name.
func TestTrayBounds(t *testing.T) {
	s := openSchool(t)
	luo := s.As(s.luo)
	for _, name := range []string{"", " \t", "a/b", `a\b`, "../x", ".hidden", "-o", "a\"b", "a;b", "$(x)", "con:", strings.Repeat("长", 101), strings.Repeat("长", 70)} {
		if _, err := luo.PutTray(t.Context(), data.TrayFile{Name: name, Bytes: []byte("x")}); len(data.Faults(err)) != 1 || data.Faults(err)[0].Field != "file_name" {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, b := range [][]byte{nil, make([]byte, data.MaxTrayFile+1)} {
		if _, err := luo.PutTray(t.Context(), data.TrayFile{Name: "a", Bytes: b}); len(data.Faults(err)) != 1 || data.Faults(err)[0].Field != "file" {
			t.Errorf("%d bytes: %v", len(b), err)
		}
	}
	big := make([]byte, data.MaxTrayFile)
	for i := range data.MaxTray / data.MaxTrayFile {
		_, err := luo.PutTray(t.Context(), data.TrayFile{Name: fmt.Sprint(i), Bytes: big})
		s.must(err)
	}
	if _, err := luo.PutTray(t.Context(), data.TrayFile{Name: "one more", Bytes: []byte("x")}); !errors.Is(err, data.ErrTrayFull) {
		t.Error("over the bound:", err)
	}
	_, err := luo.PutTray(t.Context(), data.TrayFile{Name: "0", Bytes: []byte("x")}) // in the place of a large one
	s.must(err)
	for i := range data.MaxTrayFiles - data.MaxTray/data.MaxTrayFile {
		s.lay(s.luo, fmt.Sprint("n", i), "x")
	}
	if _, err := luo.PutTray(t.Context(), data.TrayFile{Name: "101", Bytes: []byte("x")}); !errors.Is(err, data.ErrTrayFull) {
		t.Error("one too many:", err)
	}
	if off, err := s.Console("root").CheckFile(t.Context()); err != nil || len(off) > 0 {
		t.Error(off, err)
	}
	s.must(s.exec("UPDATE tray_part SET bytes = ? WHERE tray = (SELECT id FROM tray WHERE name = 'n0')", []byte("y")))
	if off, err := s.Console("root").CheckFile(t.Context()); err != nil || len(off) != 1 || !strings.HasPrefix(off[0], "tray/") {
		t.Error("a changed file is not found:", off, err)
	}
}

// After seven days a file is gone: at once for its owner, and from the disk with
// the first thing that the log tells of a later day.
func TestTrayIsSwept(t *testing.T) {
	s := openSchool(t)
	before := now
	defer func() { now = before }()
	s.lay(s.luo, "a.txt", "x")
	now = before.Add(7*24*time.Hour - time.Second)
	if f, err := s.As(s.luo).TrayFile(t.Context(), "a.txt"); err != nil || !bytes.Equal(f.Bytes, []byte("x")) {
		t.Error(f, err)
	}
	now = before.Add(7 * 24 * time.Hour)
	if _, err := s.As(s.luo).TrayFile(t.Context(), "a.txt"); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	if all, err := s.As(s.luo).Tray(t.Context()); err != nil || len(all) != 0 {
		t.Error(all, err)
	}
	now = before.Add(8 * 24 * time.Hour)
	_, err := s.As(s.duan).SaveContact(t.Context(), call(s.nan), data.Ref{})
	s.must(err)
	if n := s.count("SELECT (SELECT count(*) FROM tray) + (SELECT count(*) FROM tray_part)"); n != 0 {
		t.Errorf("%d files lie on the disk", n)
	}
}

// A file that is put is there once it is whole: who is cut off half-way leaves what
// was there before, and after an hour no trace.
func TestTrayCutOff(t *testing.T) {
	s := openSchool(t)
	before := now
	defer func() { now = before }()
	s.lay(s.luo, "a.bin", "old")
	big := bytes.Repeat([]byte("0123456789abcdef"), 4<<16)
	s.must(s.exec("CREATE TRIGGER stop BEFORE INSERT ON tray_part WHEN NEW.n = 3 BEGIN SELECT RAISE(ABORT, 'cut'); END"))
	_, err := s.As(s.luo).PutTray(t.Context(), data.TrayFile{Name: "a.bin", Bytes: big})
	if parts := s.count("SELECT count(*) FROM tray_part"); err == nil || parts != 4 {
		t.Error(parts, err)
	}
	if f, err := s.As(s.luo).TrayFile(t.Context(), "a.bin"); err != nil || string(f.Bytes) != "old" {
		t.Error(string(f.Bytes), err)
	}
	if all, err := s.As(s.luo).Tray(t.Context()); err != nil || len(all) != 1 {
		t.Error(all, err)
	}
	s.must(s.exec("DROP TRIGGER stop"))
	now = before.Add(time.Hour)
	s.lay(s.duan, "b", "x")
	if n := s.count("SELECT count(*) FROM tray_part"); n != 2 {
		t.Errorf("%d parts", n)
	}
	f, err := s.As(s.luo).PutTray(t.Context(), data.TrayFile{Name: "a.bin", Bytes: big})
	s.must(err)
	if got, err := s.As(s.luo).TrayFile(t.Context(), "a.bin"); err != nil || !bytes.Equal(got.Bytes, big) || got.Hash != f.Hash {
		t.Error(len(got.Bytes), err)
	}
	if n := s.count("SELECT count(*) FROM tray"); n != 2 {
		t.Errorf("%d files: the one before is there still", n)
	}
}
