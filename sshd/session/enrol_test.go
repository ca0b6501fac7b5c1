package session

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"qiao/data"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// A doorway is a toy whose key e enrols.
type doorway struct {
	toy
	s *Session
}

func (m *doorway) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "e" {
		m.name = "refused"
		if me, err := m.s.Become(context.Background()); err == nil {
			m.name = "now " + me.Name
		}
		return m, nil
	}
	_, cmd := m.toy.Update(msg)
	return m, cmd
}

// startEnrolling is a rig where whoever has a key may enrol, and is b once theirs.
func startEnrolling(t *testing.T) (r *rig, theirs *atomic.Bool) {
	theirs = &atomic.Bool{}
	r = start(t, func(c *Config) {
		known := c.Account
		c.Account = func(ctx context.Context, l Login) (data.Account, error) {
			me, err := known(ctx, l)
			if errors.Is(err, data.ErrNotFound) && theirs.Load() {
				return data.Account{ID: 1, Name: "b"}, nil
			}
			return me, err
		}
		c.Enrol = func(s *Session) (tea.Model, func()) {
			return &doorway{toy: toy{name: "stranger"}, s: s}, func() {}
		}
	})
	return r, theirs
}

func (r *rig) as(user string, key gossh.Signer) (*gossh.Client, error) {
	c, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{User: user, Auth: []gossh.AuthMethod{gossh.PublicKeys(key)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second})
	if err == nil {
		r.Cleanup(func() { c.Close() })
	}
	return c, err
}

// Whoever comes with a key that nobody has is shown the enrolment screen under a
// name for it, and nothing else; then the session is the account's.
func TestStrangersEnrol(t *testing.T) {
	r, theirs := startEnrolling(t)
	for _, user := range []string{"x", "Enrol", "enrol2", ""} {
		if _, err := r.as(user, r.keys[2]); err == nil {
			t.Errorf("%q: an unknown key was let in", user)
		}
	}
	known, err := r.as("enrol", r.keys[0])
	if err != nil {
		t.Fatal(err)
	}
	r.shell(known, 80, 24, nil).expect("hello a")
	conn, err := r.as("enroll", r.keys[2])
	if err != nil {
		t.Fatal(err)
	}
	m := r.shell(conn, 80, 24, nil)
	m.expect("hello stranger")
	if _, err := conn.Dial("tcp", "127.0.0.1:1"); err == nil {
		t.Error("a stranger's connection forwards")
	}
	words, err := conn.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var exit *gossh.ExitError
	out, err := words.CombinedOutput("whoami")
	if !errors.As(err, &exit) || exit.ExitStatus() != ExitUsage || !strings.Contains(string(out), "enrol@") {
		t.Errorf("a stranger's words: %v, %s", err, out)
	}
	r.terminal(conn, "dumb", 80, 24, nil).exit(ExitUsage)
	m.types("e")
	m.expect("refused")
	r.host.Recheck(t.Context(), func(*Session) bool { return true }) // nobody's key is no reason to end it
	theirs.Store(true)
	m.types("e")
	m.expect("now b")
	if in := r.host.Present(time.Now()); len(in) != 2 || in[1].Account != 1 || in[1].Name != "b" {
		t.Errorf("%+v", in)
	}
	m.types("q")
	m.exit(0)
	r.settles("nobody is counted any more", func() bool {
		r.host.mu.Lock()
		defer r.host.mu.Unlock()
		return len(r.host.outside) == 0 && r.host.per[1] == 0
	})
}

// Strangers of one address have few places; who becomes an account counts to it,
// and one session too many of it ends.
func TestStrangersAreFew(t *testing.T) {
	r, theirs := startEnrolling(t)
	r.host.Limits.Enrolling = 2
	conn, err := r.as("enrol", r.keys[2])
	if err != nil {
		t.Fatal(err)
	}
	m := r.shell(conn, 80, 24, nil)
	m.expect("stranger")
	other := r.shell(conn, 80, 24, nil)
	other.expect("stranger")
	if _, err := conn.NewSession(); err == nil || !strings.Contains(err.Error(), crowded.English()) {
		t.Error("a third:", err)
	}
	for range 3 {
		r.login(1).expect("hello b")
	}
	theirs.Store(true)
	m.types("e")
	m.expect("now b")
	other.types("e")
	other.expect(tooMany.Chinese())
	other.exit(ExitRetry)
}

// A key that is revoked ends a stranger's session as well.
func TestARevokedStranger(t *testing.T) {
	r, _ := startEnrolling(t)
	revoked := &atomic.Bool{}
	account := r.host.Account
	r.host.Account = func(ctx context.Context, l Login) (data.Account, error) {
		if revoked.Load() {
			return data.Account{}, data.ErrForbidden
		}
		return account(ctx, l)
	}
	conn, err := r.as("enrol", r.keys[2])
	if err != nil {
		t.Fatal(err)
	}
	m := r.shell(conn, 80, 24, nil)
	m.expect("stranger")
	revoked.Store(true)
	r.host.Recheck(t.Context(), (*Session).Stranger)
	m.exit(ExitRetry)
	if _, err := r.as("enrol", r.keys[2]); err == nil {
		t.Error("a revoked key enrols")
	}
}

// A certificate and a weak key do not enrol.
func TestWhatDoesNotEnrol(t *testing.T) {
	r, _ := startEnrolling(t)
	cert := &gossh.Certificate{Key: r.keys[2].PublicKey(), CertType: gossh.UserCert, ValidPrincipals: []string{"enrol"}, ValidBefore: gossh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, newKey()); err != nil {
		t.Fatal(err)
	}
	signed, err := gossh.NewCertSigner(cert, r.keys[2])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.as("enrol", signed); err == nil {
		t.Error("a certificate enrols")
	}
	small, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := r.sshArgs(append(r.identity(small), "-l", "enrol")...); err == nil || !strings.Contains(out, tooWeak.Chinese()) {
		t.Errorf("a weak key: %v, %s", err, out)
	}
}

// Who has no key at all is told how to make one, in both languages, before the
// connection closes; who has logged in from there before is not.
func TestKeyless(t *testing.T) {
	r, _ := startEnrolling(t)
	none := []string{"-o", "IdentityFile=/dev/null", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"}
	with := r.identity(r.raw[0])
	for i, tc := range []struct {
		args []string
		user string
		told bool
	}{
		{none, "li", true}, {with, "li", true}, {with, "li", false},
		{none, "li", false}, {none, "li", true}, // who lost the key is told the second time
		{none, "wang", true}, {none, "enrol", true}, {none, "enroll", true},
		{with, "enrol", true}, {none, "enrol", true}, // under this name everybody
	} {
		out, err := r.sshArgs(append(tc.args, "-l", tc.user)...)
		if in := &tc.args[0] == &with[0]; in != !strings.Contains(out, "Permission denied") {
			t.Error(i, err, out)
		}
		said := strings.Contains(out, keyless.English()) && strings.Contains(out, keyless.Chinese()) &&
			strings.Contains(out, "ssh-keygen -t ed25519") && strings.Contains(out, "ssh -p "+r.addr[strings.LastIndex(r.addr, ":")+1:]+" enrol@")
		if said != tc.told || strings.Contains(out, "assword:") {
			t.Errorf("%d: %s: %q", i, tc.user, out)
		}
	}
}

// A security key logs in with a touch, and not without.
func TestSecurityKeys(t *testing.T) {
	pub, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.ParsePublicKey(gossh.Marshal(struct {
		Type string
		Key  []byte
		App  string
	}{gossh.KeyAlgoSKED25519, pub, "ssh:"}))
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(c *Config) {
		c.Account = func(_ context.Context, l Login) (data.Account, error) {
			if l.fingerprint() == gossh.FingerprintSHA256(key) {
				return data.Account{Name: "sk"}, nil
			}
			return data.Account{}, data.ErrNotFound
		}
	})
	for flags, want := range map[byte]bool{1: true, 5: true, 0: false, 4: false} {
		if _, err := r.as("x", securityKey{key, private, flags}); (err == nil) != want {
			t.Errorf("flags %d: %v", flags, err)
		}
	}
}

// A securityKey signs as one does, with what it says of the person's presence.
type securityKey struct {
	pub     gossh.PublicKey
	private ed25519.PrivateKey
	flags   byte
}

func (k securityKey) PublicKey() gossh.PublicKey { return k.pub }

func (k securityKey) Sign(_ io.Reader, text []byte) (*gossh.Signature, error) {
	app, message := sha256.Sum256([]byte("ssh:")), sha256.Sum256(text)
	signed := slices.Concat(app[:], []byte{k.flags, 0, 0, 0, 1}, message[:])
	return &gossh.Signature{Format: gossh.KeyAlgoSKED25519, Blob: ed25519.Sign(k.private, signed), Rest: []byte{k.flags, 0, 0, 0, 1}}, nil
}
