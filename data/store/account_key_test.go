package store

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/sshkey"

	"golang.org/x/crypto/ssh"
)

// pub is the line of a new key's .pub file.
func pub(t *testing.T) string {
	t.Helper()
	p, _, _ := ed25519.GenerateKey(rand.Reader)
	k, err := ssh.NewPublicKey(p)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(k)))
}

// A person adds, names and takes away keys of their own, but not the last one;
// an administrator everybody's. What is somebody else's stays private.
func TestKeysOfOnesOwn(t *testing.T) {
	s := openSchool(t)
	ctx := t.Context()
	luo, duan, admin := s.As(s.luo), s.As(s.duan), s.As(s.admin)
	if err := luo.RemoveKey(ctx, "SHA256:罗静"); !errors.Is(err, data.ErrLastKey) {
		t.Error("one's last key:", err)
	}
	if _, err := luo.AddKey(ctx, s.luo, keyOf("phone")); err != nil {
		t.Fatal(err)
	}
	if _, err := luo.AddKey(ctx, s.duan, keyOf("x")); !errors.Is(err, data.ErrForbidden) {
		t.Error("a key for somebody else:", err)
	}
	var clash *data.Conflict
	if _, err := duan.AddKey(ctx, s.duan, keyOf("phone")); !errors.As(err, &clash) {
		t.Error("somebody else's key:", err)
	}
	s.must(luo.RenameKey(ctx, "SHA256:phone", " 手机端 "))
	for name, err := range map[string]error{"renames": duan.RenameKey(ctx, "SHA256:phone", "x"), "removes": duan.RemoveKey(ctx, "SHA256:phone"),
		"asks for one that nobody has": duan.RemoveKey(ctx, "SHA256:none")} {
		if !errors.Is(err, data.ErrForbidden) {
			t.Errorf("somebody else %s: %v", name, err)
		}
	}
	ks, err := luo.Keys(ctx, s.luo)
	if err != nil || len(ks) != 2 || ks[0].Name != "手机端" {
		t.Errorf("%+v, %v", ks, err)
	}
	s.must(luo.RemoveKey(ctx, "SHA256:phone"))
	if _, err := s.AccountByKey(ctx, "SHA256:phone"); !errors.Is(err, data.ErrForbidden) {
		t.Error("a revoked key:", err)
	}
	if _, err := luo.AddKey(ctx, s.luo, keyOf("phone")); len(data.Faults(err)) != 1 || data.Faults(err)[0].Why != data.WhyClosed {
		t.Error("a person makes a revoked key good again:", err)
	}
	if err := luo.RemoveKey(ctx, "SHA256:phone"); !errors.Is(err, data.ErrNotFound) {
		t.Error("twice:", err)
	}
	if _, err := admin.AddKey(ctx, s.luo, keyOf("phone")); err != nil {
		t.Error("an administrator gives it back:", err)
	}
	s.must(admin.RemoveKey(ctx, "SHA256:罗静"))
	s.must(admin.RemoveKey(ctx, "SHA256:phone")) // somebody else's last one goes: the laptop is lost
}

func TestReadKeysSaysWhoseAKeyIs(t *testing.T) {
	s := openSchool(t)
	ctx := t.Context()
	fresh, hers, mine, lost := pub(t), pub(t), pub(t), pub(t)
	add := func(who int64, line string) data.Key {
		k, err := sshkey.One([]byte(line))
		s.must(err)
		_, err = s.As(s.admin).AddKey(ctx, who, k)
		s.must(err)
		return k
	}
	add(s.duan, hers)
	add(s.luo, mine)
	s.must(s.As(s.admin).RemoveKey(ctx, add(s.luo, lost).Fingerprint))
	text := strings.Join([]string{fresh, hers, mine, lost, "ssh-dss AAAA"}, "\n")
	for who, want := range map[int64]string{s.luo: " taken twice closed a_key_too_weak", s.admin: " taken:段青 twice - a_key_too_weak"} {
		lines, err := s.As(who).ReadKeys(ctx, s.luo, []byte(text))
		s.must(err)
		var got []string
		for _, l := range lines {
			w := strings.ReplaceAll(string(l.Why), " ", "_")
			if l.Owner != "" {
				w += ":" + l.Owner
			}
			if l.Why == "" && l.N > 1 {
				w = "-"
			}
			got = append(got, w)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("account %d: %q, want %q", who, strings.Join(got, " "), want)
		}
	}
	if _, err := s.As(s.duan).ReadKeys(ctx, s.luo, []byte(text)); !errors.Is(err, data.ErrForbidden) {
		t.Error("for somebody else:", err)
	}
}

func TestAccountsByCertificate(t *testing.T) {
	w := newWatch()
	s := openSchoolAt(t, w.clock)
	ctx, admin := t.Context(), s.As(s.admin)
	ca, err := sshkey.One([]byte(pub(t)))
	s.must(err)
	key := func() string { k, err := sshkey.One([]byte(pub(t))); s.must(err); return k.Fingerprint }
	one, two := key(), key()
	who := func(c data.Certificate) string {
		a, err := s.AccountByCertificate(ctx, c)
		return fmt.Sprint(a.Username, " ", err)
	}
	good := data.Certificate{Fingerprint: one, CA: ca.Fingerprint, Principals: []string{"luojing"}}
	if got := who(good); got != " not found" {
		t.Error("an authority that nobody named:", got)
	}
	if _, err := s.As(s.principal).AddAuthority(ctx, "学校", ca, data.Date{}); !errors.Is(err, data.ErrForbidden) {
		t.Error("the principal names one:", err)
	}
	a, err := admin.AddAuthority(ctx, "学校", ca, data.On(2026, 12, 1))
	s.must(err)
	if _, err := admin.AddAuthority(ctx, "学校", ca, data.Date{}); len(data.Faults(err)) != 1 {
		t.Error("twice:", err)
	}
	for _, tc := range []struct {
		name       string
		principals []string
		login      string
		want       string
	}{
		{"its user", []string{"luojing"}, "anything", "luojing <nil>"},
		{"one of several", []string{"nobody", "luojing"}, "", "luojing <nil>"},
		{"several", []string{"luojing", "duanqing"}, "", " not found"},
		{"several, and which", []string{"luojing", "duanqing"}, "duanqing", "duanqing <nil>"},
		{"a login name beside it", []string{"luojing"}, "duanqing", "luojing <nil>"},
		{"nobody here", []string{"root"}, "root", " not found"},
		{"homoglyphs", []string{"luоjing"}, "luojing", " not found"},
	} {
		if got := who(data.Certificate{Fingerprint: one, CA: ca.Fingerprint, Principals: tc.principals, Login: tc.login}); got != tc.want {
			t.Errorf("%s: %s", tc.name, got)
		}
	}
	if got := who(data.Certificate{Fingerprint: "SHA256:段青", CA: ca.Fingerprint, Principals: []string{"luojing"}}); !strings.HasSuffix(got, "forbidden") {
		t.Error("somebody else's key in a certificate:", got)
	}
	s.must(admin.BlockKey(ctx, s.luo, one))
	if got := who(good); !strings.HasSuffix(got, "forbidden") {
		t.Error("a revoked key in a certificate:", got)
	}
	if err := admin.BlockKey(ctx, s.luo, one); len(data.Faults(err)) != 1 {
		t.Error("revoked twice:", err)
	}
	if _, err := s.AccountByKey(ctx, one); !errors.Is(err, data.ErrForbidden) {
		t.Error("a blocked key by itself:", err)
	}
	good.Fingerprint = two
	s.must(admin.Disable(ctx, s.luo))
	if got := who(good); !strings.HasSuffix(got, "forbidden") {
		t.Error("a closed account:", got)
	}
	s.must(admin.Enable(ctx, s.luo))
	if all, err := admin.Authorities(ctx); err != nil || len(all) != 1 || all[0] != a {
		t.Errorf("%+v, %v, want %+v", all, err, a)
	}
	w.turn(7 * 24 * time.Hour)
	if got := who(good); got != " not found" {
		t.Error("an authority past its last day:", got)
	}
	w.turn(-7 * 24 * time.Hour)
	s.must(admin.RemoveAuthority(ctx, "学校"))
	if got := who(good); got != " not found" {
		t.Error("an authority no more:", got)
	}
	if err := admin.RemoveAuthority(ctx, "学校"); !errors.Is(err, data.ErrNotFound) {
		t.Error("removed twice:", err)
	}
}

// The log names the authority by whose word somebody came in.
func TestTheLogNamesTheAuthority(t *testing.T) {
	s := openSchool(t)
	s.must(s.As(s.luo).Via("screen", "SHA256:k", "10.0.0.1").Certified("SHA256:ca").Arrive(t.Context()))
	n := s.count("SELECT count(*) FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.did = ? AND a.key_fp = 'SHA256:k' AND d.now LIKE '%SHA256:ca%'", data.SignedIn)
	if n != 1 {
		t.Error(n)
	}
}
