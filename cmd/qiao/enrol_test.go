package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// keygen makes a key pair of a person's own, with the real tool, and returns
// its file.
func (s *school) keygen(name string, args ...string) string {
	s.t.Helper()
	file := filepath.Join(s.home, name)
	s.run("ssh-keygen", append([]string{"-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file}, args...)...)
	return file
}

// run runs a tool that must not fail.
func (s *school) run(name string, args ...string) {
	s.t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// saysWith runs words with a key and returns what came, and the exit code.
func (s *school) saysWith(key string, words ...string) (out, errs string, code int) {
	s.t.Helper()
	cmd := s.sshFile(key, words...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	_ = cmd.Run()
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

// A new teacher: an account without a key, a code, a fresh key, and in.
func TestEnrol(t *testing.T) {
	s := newSchool(t)
	if _, errs, code := s.says("admin", "", "account add --name 龚新 --role subject-teacher:3.2"); code != 0 {
		t.Fatal(errs)
	}
	out, errs, code := s.says("admin", "", "account enrol 龚新")
	if code != 0 || !regexp.MustCompile(`^[2-9A-Y]{4}-[2-9A-Y]{4}\n$`).MatchString(out) || !strings.Contains(errs, "enrol@") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	key := s.keygen("laptop")
	if _, errs, code := s.saysWith(key, "whoami"); code != 255 || strings.Contains(errs, "assword") {
		t.Errorf("an unknown key: %d, %s", code, errs)
	}
	if out, _, code := s.saysWith(key, "-l", "enrol", "whoami"); code != 64 || out != "" {
		t.Errorf("words of a stranger: %d, %s", code, out)
	}
	m := s.open(s.sshFile(key, "-l", "enrol"), 80, 24)
	m.sees("领取账号", "未登记", "丁一川")
	m.types("2222 2222" + enter)
	m.sees("还可试 4 次")
	m.types("\x15", strings.ToLower(strings.TrimSpace(out)), enter)
	m.sees("龚新", "任课教师", "是你吗")
	m.types(enter)
	m.sees("1 中文")
	m.types(enter)
	m.sees("教程 1 / 3")
	m.types(esc)
	m.sees("今日", "龚新")
	if out, _, _ := s.says("admin", "", "account sessions"); !strings.Contains(out, "gongxin") {
		t.Error("administrators see", out)
	}
	if out, _, code := s.saysWith(key, "whoami"); code != 0 || !strings.HasPrefix(out, "gongxin\t") {
		t.Errorf("the key is not bound: %d, %s", code, out)
	}
	m.types("/", "zw")
	m.sees("章薇")
	m.types(esc)
	m.sees("桥 | 今日")
	m.types(ctrlC)
	if code := m.leaves(); code != 0 {
		t.Error("exit", code)
	}
	if out, _, _ := s.says("admin", "", "account invites"); !strings.Contains(out, "gongxin\t龚新\t已用") || !strings.HasSuffix(out, "\t0\n") {
		t.Error(out)
	}
	if out, err := s.qiao("check").CombinedOutput(); err != nil {
		t.Errorf("%s", out)
	}
}

// The administrator adds the key while its owner looks at the screen.
func TestEnrolByAnAdministrator(t *testing.T) {
	s := newSchool(t)
	key := s.keygen("laptop")
	m := s.open(s.sshFile(key, "-l", "enroll"), 80, 24)
	m.sees("领取账号")
	pub, err := os.ReadFile(key + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	if _, errs, code := s.says("admin", string(pub), "account key add luojing -"); code != 0 {
		t.Fatal(errs)
	}
	m.soon("管理员已经加好了", "罗静")
	m.types(enter)
	m.sees("罗静")
	s.says("admin", "", "account key remove "+regexp.MustCompile(`SHA256:\S+`).FindString(s.fingerprint(key)))
	if code := m.leaves(); code != 75 {
		t.Error("a revoked key's window ends with", code)
	}
}

func (s *school) fingerprint(key string) string {
	out, err := exec.Command("ssh-keygen", "-l", "-f", key+".pub").Output()
	if err != nil {
		s.t.Fatal(err)
	}
	return string(out)
}

// Certificates of an authority that the administrator has named, made with the
// real tool, on the day of the demo school.
func TestCertificates(t *testing.T) {
	s := newSchool(t)
	ca, key := s.keygen("ca"), s.keygen("id")
	sign := func(args ...string) { // the certificate lies beside the key, where the client looks for it
		s.run("ssh-keygen", append(append([]string{"-q", "-s", ca, "-I", "test"}, args...), key+".pub")...)
	}
	in := func() bool { _, _, code := s.saysWith(key, "whoami"); return code == 0 }
	valid := []string{"-n", "luojing", "-V", "20261101:20261201"}
	sign(valid...)
	if in() {
		t.Fatal("an authority that nobody named")
	}
	pub, err := os.ReadFile(ca + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	if _, errs, code := s.says("admin", string(pub), "account ca add school -"); code != 0 {
		t.Fatal(errs)
	}
	if out, errs, code := s.saysWith(key, "whoami"); code != 0 || !strings.HasPrefix(out, "luojing\t") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	m := s.open(s.sshFile(key), 80, 24)
	m.sees("罗静")
	for name, args := range map[string][]string{
		"for somebody who is not here": {"-n", "root", "-V", "20261101:20261201"},
		"over":                         {"-n", "luojing", "-V", "20261001:20261101"},
		"of the real day, if that is not the school's": {"-n", "luojing", "-V", "20200101:20200102"},
		"a forced command": append([]string{"-O", "force-command=true"}, valid...),
		"from elsewhere":   append([]string{"-O", "source-address=192.0.2.0/24"}, valid...),
		"without a touch":  append([]string{"-O", "no-touch-required"}, valid...),
	} {
		sign(args...)
		if in() {
			t.Error("let in:", name)
		}
	}
	sign(append([]string{"-O", "source-address=127.0.0.0/8"}, valid...)...)
	if !in() {
		t.Error("from where it says")
	}
	sign(valid...)
	print := regexp.MustCompile(`SHA256:\S+`).FindString(s.fingerprint(key))
	if _, errs, code := s.says("admin", "", "account ca remove school"); code != 0 {
		t.Fatal(errs)
	}
	if code := m.leaves(); code != 75 {
		t.Error("the window of an authority no more ends with", code)
	}
	if in() {
		t.Error("an authority that was removed")
	}
	s.says("admin", string(pub), "account ca add school -")
	if _, errs, code := s.says("admin", "", "account key remove "+print+" --account luojing"); code != 0 {
		t.Fatal(errs)
	}
	if in() {
		t.Error("a revoked key in a certificate")
	}
}

// Two hundred guesses a second cost nobody else anything that can be noticed:
// what is beyond the limit is not even written down.
func TestGuessing(t *testing.T) {
	s := newSchool(t)
	key := s.keygen("guesser")
	m := s.open(s.sshFile(key, "-l", "enrol"), 80, 24)
	m.sees("领取账号")
	for range 5 {
		m.types("22222222"+enter, "\x15")
	}
	m.types("22222222" + enter)
	m.sees("以后再试")
	size := func() int64 {
		out, err := s.qiao("account", "invites", "--json").Output()
		if err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		info, err := os.Stat(filepath.Join(s.dir, "qiao.db-wal"))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	before := size()
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); {
		m.types("\x15", "22222222"+enter)
	}
	if after := size(); after != before {
		t.Errorf("the database grew from %d to %d", before, after)
	}
}
