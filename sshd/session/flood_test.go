package session

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// from dials the rig from another of this machine's addresses.
func (r *rig) from(addr string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(addr)}, Timeout: 5 * time.Second}
	return d.Dial("tcp", r.addr)
}

func (r *rig) loginFrom(addr string, keys ...gossh.Signer) error {
	c, err := r.from(addr)
	if err != nil {
		return err
	}
	conn, _, _, err := gossh.NewClientConn(c, r.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(keys...)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		c.Close()
		return err
	}
	return conn.Close()
}

// failedFrom is how many keys of an address have failed.
func (r *rig) failedFrom(addr string) int {
	g := &r.host.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if v := g.addrs[netip.MustParsePrefix(addr+"/32")]; v != nil {
		return v.failed
	}
	return 0
}

// hungUp reports whether the server has closed a connection: after its version
// there is nothing more to read.
func hungUp(c net.Conn) bool {
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	var p [4096]byte
	for {
		if _, err := c.Read(p[:]); err != nil {
			return !strings.Contains(err.Error(), "timeout")
		}
	}
}

// A flood of connections that never log in loses its own oldest first: whoever
// comes from elsewhere logs in, and the half-open one from elsewhere stays.
func TestFloodLosesItsOwn(t *testing.T) {
	r := start(t, func(c *Config) { c.Limits.Pending, c.Limits.Strangers = 10, 100 })
	quiet, err := r.from("127.0.0.3")
	if err != nil {
		t.Fatal(err)
	}
	defer quiet.Close()
	var flood []net.Conn
	for range 30 {
		c, err := r.from("127.0.0.2")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		flood = append(flood, c)
	}
	if err := r.loginFrom("127.0.0.4", r.keys[0]); err != nil {
		t.Error("during a flood from elsewhere:", err)
	}
	r.settles("the flood's oldest are dropped", func() bool {
		n := 0
		for _, c := range flood {
			if hungUp(c) {
				n++
			}
		}
		return n >= 21
	})
	if hungUp(quiet) {
		t.Error("the one from elsewhere was dropped")
	}
	r.host.gate.mu.Lock()
	defer r.host.gate.mu.Unlock()
	if r.host.gate.open > 10 {
		t.Error(r.host.gate.open, "are open")
	}
}

// Behind an address where keys fail, everyone waits, is let in afterwards, and
// nobody elsewhere notices. An agent whose third key is the right one has failed
// with none.
func TestFailedKeysWait(t *testing.T) {
	const minute = 700 * time.Millisecond
	r := start(t, func(c *Config) { c.Limits.Failures, c.Limits.FailuresIn = 20, minute })
	for range 20 {
		if err := r.loginFrom("127.0.0.2", newKey(), newKey(), r.keys[0]); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	if err := r.loginFrom("127.0.0.2", newKey(), newKey(), r.keys[0]); err != nil {
		t.Fatal(err)
	}
	quick := time.Since(began)
	for range 5 {
		if err := r.loginFrom("127.0.0.2", newKey(), newKey(), newKey(), newKey()); err == nil {
			t.Fatal("let in")
		}
	}
	r.settles("they are counted", func() bool { return r.failedFrom("127.0.0.2") == 20 })
	began = time.Now() // a little after the first failed
	if err := r.loginFrom("127.0.0.2", r.keys[0]); err != nil {
		t.Error("a good key behind the same address:", err)
	}
	if d := time.Since(began); d < minute/3 || d < 2*quick {
		t.Errorf("it waited only %v; before, it took %v", d, quick)
	}
	began = time.Now()
	if err := r.loginFrom("127.0.0.3", r.keys[0]); err != nil || time.Since(began) > minute/2 {
		t.Error("elsewhere:", time.Since(began), err)
	}
}

// Who guesses codes from a hundred addresses, as fast as it goes, begins to enrol
// a few times a second, and leaves those who come seldom their own share.
func TestEnrolmentIsPaced(t *testing.T) {
	l := Defaults()
	g := &New(Config{Limits: l}).gate
	now, begun := time.Now(), 0
	var guessers []*visitor
	for range 100 {
		guessers = append(guessers, new(visitor))
	}
	for i := range 200 * 30 { // 200 a second, half a minute
		now = now.Add(5 * time.Millisecond)
		if g.mayEnrol(guessers[i%100], now) {
			begun++
		}
	}
	if most := 2*l.EnrolBurst + 2*30*5; begun > most || begun < most/2 {
		t.Error(begun, "of 6000 guesses begun, want", most, "at most")
	}
	for range 3 { // teachers, in the next minute
		if now = now.Add(200 * time.Millisecond); !g.mayEnrol(new(visitor), now) {
			t.Error("one who comes for the first time is turned away")
		}
	}
}

// stranger is a connection from an address, for a gate alone.
type stranger struct {
	net.Conn
	addr string
}

func (s stranger) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(s.addr))
}

// The wait lasts to the end of the minute that began with the first failed key,
// for all who came meanwhile, whatever the others did; and a server that stops
// does not wait for it.
func TestWaitEndsForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := Defaults()
		h := New(Config{Limits: l})
		g := &h.gate
		var mu sync.Mutex
		come := func(n int) *[]time.Duration {
			began, after := time.Now(), new([]time.Duration)
			for range n {
				here, there := net.Pipe()
				t.Cleanup(func() { here.Close(); there.Close() })
				go func() {
					if c := g.admit(stranger{here, "10.0.0.7:40000"}); c != nil {
						c.extra = &h.extra
						mu.Lock()
						*after = append(*after, time.Since(began))
						mu.Unlock()
						for range 3 {
							c.refuse("SHA256:x")
						}
						_ = c.Close()
					}
				}()
				synctest.Wait()
			}
			return after
		}
		come(7)
		time.Sleep(20 * time.Second)
		late := come(30)
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(*late) != 30 || (*late)[0] != 40*time.Second || (*late)[29] != 40*time.Second {
			t.Error(*late)
		}
		cut := come(3)
		g.close()
		synctest.Wait()
		if len(*cut) != 0 || g.open != 0 {
			t.Error(len(*cut), "came in,", g.open, "left")
		}
	})
}

// serveAgent answers at a socket as ssh-agent does, with these keys in this order.
func serveAgent(t *testing.T, sock string, keys ...any) {
	t.Helper()
	ring := agent.NewKeyring()
	for _, k := range keys {
		if err := ring.Add(agent.AddedKey{PrivateKey: k}); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("unix", sock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); _ = agent.ServeAgent(ring, c) }()
		}
	}()
}

// The real client with an agent of twelve keys, of which the last is the right
// one, gets in, and the address has not failed.
func TestAgentOfTwelve(t *testing.T) {
	r := start(t, func(c *Config) { c.Limits.Failures = 5; c.Limits.FailuresIn = time.Hour })
	var keys []any
	for range 11 {
		keys = append(keys, rawKey())
	}
	sock := filepath.Join(t.TempDir(), "agent")
	serveAgent(t, sock, append(keys, r.raw[0])...)
	for i := range 3 {
		out, err := r.sshArgs("-o", "IdentitiesOnly=no", "-o", "IdentityAgent="+sock, "-i", os.DevNull, "-o", "ConnectTimeout=10")
		if !strings.Contains(out, `a ["whoami"]`) {
			t.Fatalf("login %d: %v: %s", i, err, out)
		}
	}
	out, err := r.sshArgs("-o", "IdentitiesOnly=no", "-o", "IdentityAgent="+sock+"x", "-o", "PasswordAuthentication=yes", "-o", "KbdInteractiveAuthentication=yes")
	if err == nil || !strings.Contains(out, "Permission denied (publickey)") {
		t.Error(fmt.Sprint("what it offers besides keys: ", out))
	}
}
