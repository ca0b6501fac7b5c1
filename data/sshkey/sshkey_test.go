package sshkey

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/netip"
	"strings"
	"testing"
	"time"

	"qiao/data"

	"golang.org/x/crypto/ssh"
)

func public(t testing.TB, of any) ssh.PublicKey {
	t.Helper()
	k, err := ssh.NewPublicKey(of)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newEd25519(t testing.TB) (ssh.PublicKey, ssh.Signer) {
	t.Helper()
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(priv)
	if err != nil {
		t.Fatal(err)
	}
	return public(t, pub), s
}

func line(k ssh.PublicKey) string { return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(k))) }

// rsaOf is a public key of so many bits that nobody has the private half of.
func rsaOf(t testing.TB, bits int) ssh.PublicKey {
	n := new(big.Int).SetBit(big.NewInt(1), bits-1, 1)
	return public(t, &rsa.PublicKey{N: n, E: 65537})
}

// securityKey is a key of the type that a security key makes.
func securityKey(t testing.TB) ssh.PublicKey {
	t.Helper()
	pub, _, _ := ed25519.GenerateKey(rand.Reader)
	k, err := ssh.ParsePublicKey(ssh.Marshal(struct {
		Type string
		Key  []byte
		App  string
	}{ssh.KeyAlgoSKED25519, pub, "ssh:"}))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestWhatAPasteHolds(t *testing.T) {
	ed, signer := newEd25519(t)
	other, _ := newEd25519(t)
	ec, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	cert := &ssh.Certificate{Key: ed, CertType: ssh.UserCert, ValidPrincipals: []string{"luojing"}, ValidBefore: ssh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, signer); err != nil {
		t.Fatal(err)
	}
	blob := base64.StdEncoding.EncodeToString(ed.Marshal())
	framed := frameBegin + "\nComment: \"luojing@\\\noffice\"\nx-other: 1\n" + blob[:40] + "\n" + blob[40:] + "\n" + frameEnd
	for _, tc := range []struct {
		name, text string
		want       string // line:type:bits:name:why of each
	}{
		{"nothing", "", ""}, {"a comment only", "# mine\n\n", ""},
		{"one", line(ed) + " luojing@office\n", "1:ssh-ed25519:256:luojing@office:"},
		{"from Windows", "\ufeff" + line(ed) + " a b\r\n\r\n" + line(other) + "\r", "1:ssh-ed25519:256:a b: 3:ssh-ed25519:256::"},
		{"with options", `from="10.0.0.0/8",no-pty,command="echo \"x y\"" ` + line(ed) + " c", "1:ssh-ed25519:256:c:"},
		{"an authority", "cert-authority " + line(ed), "1:ssh-ed25519:256::an authority's key"},
		{"twice", line(ed) + " a\n" + line(ed) + " b", "1:ssh-ed25519:256:a: 2:ssh-ed25519:256:b:twice"},
		{"ecdsa", line(public(t, &ec.PublicKey)), "1:ecdsa-sha2-nistp384:384::"},
		{"security key", line(securityKey(t)) + " yubi", "1:sk-ssh-ed25519@openssh.com:256:yubi:"},
		{"rsa 3071", line(rsaOf(t, 3071)), "1:ssh-rsa:3071::a key too weak"},
		{"rsa 3072", line(rsaOf(t, 3072)), "1:ssh-rsa:3072::"},
		{"rsa 20000", line(rsaOf(t, 20000)), "1::0::not a public key"},
		{"dsa", "ssh-dss AAAAB3NzaC1kc3MAAACB", "1:ssh-dss:0::a key too weak"},
		{"certificate", line(cert), "1:ssh-ed25519-cert-v01@openssh.com:0::a certificate"},
		{"words", "good morning\n" + line(ed), "1::0::not a public key 2:ssh-ed25519:256::"},
		{"cut short", line(ed)[:50], "1::0::not a public key"},
		{"another type's name", "ssh-rsa " + blob, "1::0::not a public key"},
		{"a giant line", "ssh-rsa " + strings.Repeat("A", 20000), "1::0::too long"},
		{"PuTTY's", framed, "1:ssh-ed25519:256:luojing@:"},
		{"PuTTY's, cut", framed[:90] + "\n", "1::0::not a public key"},
		{"PEM", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "1::0::not a public key 2::0::not a public key 3::0::not a public key"},
		{"hidden characters in the comment", line(ed) + " a\u202eb\x1b]0;x\x07", "1:ssh-ed25519:256:ab]0;x:"},
	} {
		var got []string
		for _, l := range Parse([]byte(tc.text)) {
			got = append(got, fmt.Sprintf("%d:%s:%d:%s:%s", l.N, l.Key.Type, l.Bits, l.Key.Name, l.Why))
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %s\nwant %s", tc.name, strings.Join(got, " "), tc.want)
		}
	}
	if l := Parse([]byte(`from="10.0.0.0/8",no-pty ` + line(ed))); strings.Join(l[0].Options, ";") != `from="10.0.0.0/8";no-pty` || l[0].Key.Fingerprint != ssh.FingerprintSHA256(ed) {
		t.Errorf("options: %+v", l)
	}
	if l := Parse(bytes.Repeat([]byte(line(ed)+"\n"), 300)); len(l) != maxLines+1 || l[maxLines].Why != data.WhyTooMany {
		t.Errorf("%d lines of 300, the last %+v", len(l), l[len(l)-1])
	}
	if l := Parse(bytes.Repeat([]byte("a"), MaxText+1)); len(l) != 1 || l[0].Why != data.WhyTooLong {
		t.Errorf("a giant text: %+v", l)
	}
}

// A private key is not kept anywhere, not even where it was read.
func TestAPrivateKeyIsWiped(t *testing.T) {
	pub, priv, _ := ed25519.GenerateKey(rand.Reader)
	block, err := ssh.MarshalPrivateKey(priv, "luojing")
	if err != nil {
		t.Fatal(err)
	}
	whole := string(pem.EncodeToMemory(block))
	body := strings.Join(strings.Split(whole, "\n")[1:4], "\n") // without its first line
	for n, text := range map[int]string{1: whole, 2: line(public(t, pub)) + "\n" + whole, 3: "\n\nPuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA", 4: "\n\n\n" + body} {
		raw := []byte(text)
		lines := Parse(raw)
		if len(lines) != 1 || lines[0].Why != data.WhyPrivate || lines[0].N != n || lines[0].Key != (data.Key{}) {
			t.Errorf("%d: %+v", n, lines)
		}
		if len(bytes.Trim(raw, "\x00")) > 0 {
			t.Errorf("%d: the text is still there: %q", n, raw)
		}
	}
}

func TestOneKey(t *testing.T) {
	ed, _ := newEd25519(t)
	if k, err := One([]byte(line(ed) + " me\n")); err != nil || k.Name != "me" || k.Fingerprint != ssh.FingerprintSHA256(ed) || !data.IsFingerprint(k.Fingerprint) {
		t.Error(k, err)
	}
	for text, want := range map[string]data.Why{"": data.WhyNotKey, line(ed) + "\n" + line(ed): data.WhyTooMany, "ssh-dss AAAA": data.WhyWeakKey} {
		if _, err := One([]byte(text)); len(data.Faults(err)) != 1 || data.Faults(err)[0].Why != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, s := range []string{"", "SHA256:", "SHA256:none", "MD5:00", ssh.FingerprintSHA256(ed) + "x"} {
		if data.IsFingerprint(s) {
			t.Errorf("%q is no fingerprint", s)
		}
	}
}

func TestCertificates(t *testing.T) {
	now := time.Date(2026, 11, 25, 15, 4, 0, 0, data.China)
	ed, _ := newEd25519(t)
	caPub, ca := newEd25519(t)
	small, _ := rsa.GenerateKey(rand.Reader, 2048)
	weak, _ := ssh.NewSignerFromKey(small)
	for _, tc := range []struct {
		name   string
		change func(*ssh.Certificate)
		ok     bool
	}{
		{"as it should be", func(*ssh.Certificate) {}, true},
		{"from there", func(c *ssh.Certificate) {
			c.CriticalOptions = map[string]string{"source-address": "192.0.2.7,10.0.0.0/8"}
		}, true},
		{"a host's", func(c *ssh.Certificate) { c.CertType = ssh.HostCert }, false},
		{"for nobody", func(c *ssh.Certificate) { c.ValidPrincipals = nil }, false},
		{"over", func(c *ssh.Certificate) { c.ValidBefore = uint64(now.Unix()) }, false},
		{"not yet", func(c *ssh.Certificate) { c.ValidAfter = uint64(now.Unix() + 1) }, false},
		{"from elsewhere", func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"source-address": "192.0.2.0/24"} }, false},
		{"from nonsense", func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"source-address": "10.0.0.0/8,x"} }, false},
		{"a forced command", func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"force-command": "true"} }, false},
		{"an unknown demand", func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"verify-required": ""} }, false},
		{"no touch", func(c *ssh.Certificate) { c.Extensions = map[string]string{"no-touch-required": ""} }, false},
		{"a weak key", func(c *ssh.Certificate) { c.Key = weak.PublicKey() }, false},
	} {
		c := &ssh.Certificate{Key: ed, CertType: ssh.UserCert, ValidPrincipals: []string{"luojing"}, ValidAfter: uint64(now.Unix() - 60), ValidBefore: uint64(now.Unix() + 60)}
		tc.change(c)
		if err := c.SignCert(rand.Reader, ca); err != nil {
			t.Fatal(err)
		}
		got, err := Certificate(c, now, netip.MustParseAddr("::ffff:10.0.0.44"), "enrol")
		if (err == nil) != tc.ok {
			t.Errorf("%s: %v", tc.name, err)
		}
		if tc.ok && (got.Fingerprint != ssh.FingerprintSHA256(ed) || got.CA != ssh.FingerprintSHA256(caPub) || got.Principals[0] != "luojing") {
			t.Errorf("%s: %+v", tc.name, got)
		}
		c.KeyId = "changed after it was signed"
		if _, err := Certificate(c, now, netip.MustParseAddr("10.0.0.44"), ""); err == nil {
			t.Errorf("%s, changed after it was signed: let in", tc.name)
		}
	}
	c := &ssh.Certificate{Key: ed, CertType: ssh.UserCert, ValidPrincipals: []string{"luojing"}, ValidBefore: ssh.CertTimeInfinity}
	if err := c.SignCert(rand.Reader, weak); err != nil {
		t.Fatal(err)
	}
	if _, err := Certificate(c, now, netip.MustParseAddr("10.0.0.44"), ""); err == nil {
		t.Error("signed with a weak key: let in")
	}
}

// Whatever is pasted, nothing panics, and what is taken is a key that reads the
// same once more.
func FuzzParse(f *testing.F) {
	ed, _ := newEd25519(f)
	f.Add([]byte(line(ed) + " luojing@office\n# x\n" + line(rsaOf(f, 2048))))
	f.Add([]byte(`from="a b",cert-authority ` + line(securityKey(f))))
	f.Add([]byte(frameBegin + "\nComment: x\n" + base64.StdEncoding.EncodeToString(ed.Marshal()) + "\n" + frameEnd))
	f.Add([]byte("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, l := range Parse(text) {
			if l.N < 1 || len(l.Key.Name) > 4*60 || l.Key.Name != data.Line(l.Key.Name) {
				t.Fatalf("%+v", l)
			}
			if l.Why != "" {
				continue
			}
			again, err := One([]byte(l.Key.Type + " " + l.Key.Blob + " " + l.Key.Name))
			if err != nil || again.Fingerprint != l.Key.Fingerprint {
				t.Fatalf("%+v reads as %+v, %v", l, again, err)
			}
		}
	})
}
