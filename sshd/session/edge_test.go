package session

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/binary"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// A client that speaks only what is weak is not spoken to.
func TestWeakAlgorithms(t *testing.T) {
	r := start(t, func(*Config) {})
	for _, c := range []gossh.Config{
		{KeyExchanges: []string{"diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1", "diffie-hellman-group14-sha256"}},
		{KeyExchanges: []string{"ecdh-sha2-nistp256", "ecdh-sha2-nistp521", "diffie-hellman-group-exchange-sha256"}},
		{Ciphers: []string{"aes128-cbc", "3des-cbc", "arcfour256"}},
		{Ciphers: []string{"aes128-ctr"}, MACs: []string{"hmac-sha1", "hmac-sha1-96", "hmac-sha2-256", "hmac-sha2-512"}},
	} {
		c.SetDefaults()
		_, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{Config: c, User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(r.keys[0])},
			HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err == nil || !strings.Contains(err.Error(), "no common algorithm") {
			t.Error(c.KeyExchanges, c.Ciphers, c.MACs, err)
		}
	}
}

// An RSA key signs with SHA-2 or not at all.
func TestRSASignatures(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 3072)
	if err != nil {
		t.Fatal(err)
	}
	key := signer(private).(gossh.AlgorithmSigner)
	r := start(t, func(c *Config) {
		c.Account = func(_ context.Context, l Login) (data.Account, error) {
			if ssh.KeysEqual(l.Key, key.PublicKey()) {
				return data.Account{Name: "rsa"}, nil
			}
			return data.Account{}, data.ErrNotFound
		}
	})
	for algorithm, want := range map[string]bool{gossh.KeyAlgoRSA: false, gossh.KeyAlgoRSASHA256: true, gossh.KeyAlgoRSASHA512: true} {
		k, err := gossh.NewSignerWithAlgorithms(key, []string{algorithm})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.dial(r.addr, gossh.PublicKeys(k)); (err == nil) != want {
			t.Error(algorithm, err)
		}
	}
}

// No password is asked for or taken, with whatever method and however often.
func TestNoPasswords(t *testing.T) {
	r := start(t, func(*Config) {})
	for _, auth := range []gossh.AuthMethod{gossh.Password("x"), gossh.RetryableAuthMethod(gossh.PasswordCallback(func() (string, error) { return "x", nil }), 5),
		gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) { t.Error("asked"); return nil, nil })} {
		_, err := r.dial(r.addr, auth)
		if err == nil || strings.Contains(err.Error(), "attempted methods [none password") {
			t.Error(err)
		}
	}
}

// Nothing is forwarded, whichever way a client asks.
func TestNoForwarding(t *testing.T) {
	r := start(t, func(*Config) {})
	conn := r.conn(r.keys[0])
	type place struct {
		Host   string
		Port   uint32
		Origin string
		From   uint32
	}
	for name, payload := range map[string][]byte{
		"direct-tcpip":                   gossh.Marshal(place{"127.0.0.1", 22, "127.0.0.1", 1}),
		"forwarded-tcpip":                gossh.Marshal(place{"127.0.0.1", 22, "127.0.0.1", 1}),
		"direct-streamlocal@openssh.com": gossh.Marshal(place{"/tmp/x", 0, "", 0}),
		"auth-agent@openssh.com":         nil,
		"x11": gossh.Marshal(struct {
			Origin string
			Port   uint32
		}{"127.0.0.1", 1}),
		"tun@openssh.com": gossh.Marshal(struct{ Mode, Unit uint32 }{1, 0}),
	} {
		if _, _, err := conn.OpenChannel(name, payload); err == nil {
			t.Error(name, "opened")
		}
	}
	bind := gossh.Marshal(struct {
		Host string
		Port uint32
	}{"127.0.0.1", 0})
	for _, name := range []string{"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "no-such@openssh.com"} {
		if ok, _, err := conn.SendRequest(name, true, bind); ok || err != nil {
			t.Error(name, ok, err)
		}
	}
	for _, args := range [][]string{{"-R", "0:127.0.0.1:22"}, {"-R", t.TempDir() + "/socket:127.0.0.1:22"}, {"-w", "0:0"}} {
		out, err := r.ssh1(append([]string{"-o", "ExitOnForwardFailure=yes"}, args...)...)
		if err == nil || strings.Contains(out, `a ["whoami"]`) {
			t.Error(args, out)
		}
	}
	_, port, _ := net.SplitHostPort(r.addr)
	if out, err := r.ssh1("-W", "127.0.0.1:"+port); err == nil || !strings.Contains(out, "unknown channel type") {
		t.Error("-W:", err, out)
	}
}

// A misnamed key is one whose public half is said to be something else.
type misnamed struct {
	gossh.Signer
	kind string
	blob []byte
}

func (g misnamed) PublicKey() gossh.PublicKey { return blob{g} }

type blob struct{ misnamed }

func (b blob) Type() string                          { return b.kind }
func (b blob) Marshal() []byte                       { return b.blob }
func (b blob) Verify([]byte, *gossh.Signature) error { return nil }

// Keys that are none, cut short, of absurd size or of another type than they
// say: the client is refused, and the server goes on.
func TestHostileKeys(t *testing.T) {
	r := start(t, func(*Config) {})
	good := r.keys[0].PublicKey().Marshal()
	str := func(parts ...[]byte) (out []byte) {
		for _, p := range parts {
			out = append(binary.BigEndian.AppendUint32(out, uint32(len(p))), p...)
		}
		return out
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 100_000)
	for what, g := range map[string]misnamed{
		"empty":                      {kind: "ssh-ed25519"},
		"cut short":                  {kind: "ssh-ed25519", blob: good[:len(good)-3]},
		"with a tail":                {kind: "ssh-ed25519", blob: append(slices.Clone(good), "tail"...)},
		"a length of 4 GB":           {kind: "ssh-ed25519", blob: []byte{255, 255, 255, 255, 1, 2, 3}},
		"200 KB":                     {kind: "ssh-ed25519", blob: str([]byte("ssh-ed25519"), bytes.Repeat([]byte{7}, 200_000))},
		"of another type":            {kind: "rsa-sha2-256", blob: good},
		"an RSA key of 100,000 bits": {kind: "rsa-sha2-256", blob: str([]byte("ssh-rsa"), []byte{1, 0, 1}, huge.Bytes())},
		"RSA, exponent 0":            {kind: "rsa-sha2-256", blob: str([]byte("ssh-rsa"), nil, []byte{1})},
		"ECDSA off the curve":        {kind: "ecdsa-sha2-nistp256", blob: str([]byte("ecdsa-sha2-nistp256"), []byte("nistp256"), append([]byte{4}, bytes.Repeat([]byte{9}, 64)...))},
		"DSA":                        {kind: "ssh-dss", blob: str([]byte("ssh-dss"), []byte{3}, []byte{3}, []byte{3}, []byte{3})},
		"a certificate of nothing":   {kind: "ssh-ed25519-cert-v01@openssh.com", blob: str([]byte("ssh-ed25519-cert-v01@openssh.com"), nil, nil)},
		"sk without its parts":       {kind: "sk-ssh-ed25519@openssh.com", blob: str([]byte("sk-ssh-ed25519@openssh.com"))},
	} {
		g.Signer = r.keys[0]
		if _, err := r.dial(r.addr, gossh.PublicKeys(g)); err == nil {
			t.Error(what, "is let in")
		}
	}
	// And bytes that are no SSH at all, or a packet of absurd length after the versions.
	for _, text := range []string{"GET / HTTP/1.0\r\n\r\n", strings.Repeat("x", 100_000), "SSH-2.0-x\r\n\xff\xff\xff\xff\x00\x14", "SSH-1.5-old\r\n", "\x00\x00"} {
		c, err := net.Dial("tcp", r.addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write([]byte(text))
		_ = c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		_, _ = c.Read(make([]byte, 100))
		c.Close()
	}
	r.login(0).expect("hello a")
}

// ssh1 runs the real client with a's key and arguments of its own.
func (r *rig) ssh1(args ...string) (string, error) {
	r.Helper()
	return r.sshArgs(append(r.identity(r.raw[0]), args...)...)
}
