package sshd_test

import (
	"io"
	"log/slog"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qiao/data"
	"qiao/sshd/session"

	gossh "golang.org/x/crypto/ssh"
)

// key presses a key and waits for what the screen answers.
func (m *terminal) key(k string) time.Duration {
	select {
	case <-m.came:
	default:
	}
	began := time.Now()
	_, _ = io.WriteString(m.in, k)
	<-m.came
	return time.Since(began)
}

// A flood is what strangers do while somebody works.
type flood struct {
	open   atomic.Int64 // half-open connections now
	failed atomic.Int64 // logins that were refused, or not even answered
	stop   chan struct{}
	done   sync.WaitGroup
}

// address is one of n of this machine's own: a flood comes from many.
func address(i, n int) *net.TCPAddr {
	return &net.TCPAddr{IP: net.IPv4(127, 1, byte(i%n/250), byte(1+i%n%250))}
}

// halfOpen keeps n connections that never say anything, from so many addresses;
// one that is dropped is opened again.
func (f *flood) halfOpen(addr string, n, from int) {
	for i := range n {
		f.done.Go(func() {
			for {
				d := net.Dialer{LocalAddr: address(i, from), Timeout: time.Second}
				if c, err := d.Dial("tcp", addr); err == nil {
					f.open.Add(1)
					gone := make(chan struct{})
					go func() { _, _ = io.Copy(io.Discard, c); close(gone) }()
					select {
					case <-gone:
					case <-f.stop:
					}
					c.Close()
					<-gone
					f.open.Add(-1)
				}
				select {
				case <-f.stop:
					return
				case <-time.After(time.Second):
				}
			}
		})
	}
}

// key logs in with a key that nobody has. code goes on to where one-time codes are
// asked for, with a key of its own, and tries one.
func key(c net.Conn, addr string) { _, _ = client(c, addr, "x", nobodys) }

var nobodys = newKey()

func client(c net.Conn, addr, user string, key gossh.Signer) (*gossh.Client, error) {
	conn, chans, reqs, err := gossh.NewClientConn(c, addr, &gossh.ClientConfig{User: user, Auth: []gossh.AuthMethod{gossh.PublicKeys(key)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		return nil, err
	}
	return gossh.NewClient(conn, chans, reqs), nil
}

func code(c net.Conn, addr string) {
	conn, err := client(c, addr, "enrol", newKey())
	if err != nil {
		return
	}
	defer conn.Close()
	s, err := conn.NewSession()
	if err != nil {
		return
	}
	in, _ := s.StdinPipe()
	out, _ := s.StdoutPipe()
	if s.RequestPty("xterm-256color", 24, 80, nil) != nil || s.Shell() != nil {
		return
	}
	var p [8192]byte
	_, _ = out.Read(p[:])
	_, _ = io.WriteString(in, "22222222\r")
	_, _ = out.Read(p[:])
}

// guesses makes guesses perSecond times a second.
func (f *flood) guesses(addr string, perSecond, from int, guess func(net.Conn, string)) {
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	f.done.Go(func() {
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-f.stop:
				return
			case <-tick.C:
			}
			f.done.Go(func() {
				d := net.Dialer{LocalAddr: address(i, from), Timeout: time.Second}
				c, err := d.Dial("tcp", addr)
				if err != nil {
					return
				}
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(3 * time.Second))
				guess(c, addr)
				f.failed.Add(1)
			})
		}
	})
}

// BenchmarkFlood is one person's key to screen, quiet, and while strangers hold
// 1,000 connections half-open and make 200 guesses a second. The clients share
// the machine with the server, the cost of their guesses with them.
func BenchmarkFlood(b *testing.B) {
	was := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	defer slog.SetDefault(was)
	for _, bc := range []struct {
		name          string
		half, guesses int
		guess         func(net.Conn, string)
		from          int // addresses
	}{
		{"quiet", 0, 0, nil, 1},
		{"1000_half_open", 1000, 0, nil, 100},
		{"200_keys", 0, 200, key, 100},
		{"200_keys_one_address", 0, 200, key, 1},
		{"1000_half_open_and_200_keys", 1000, 200, key, 100},
		{"1000_half_open_and_200_codes", 1000, 200, code, 100},
		{"1000_half_open_and_200_codes_one_address", 1000, 200, code, 1},
	} {
		b.Run(bc.name, func(b *testing.B) {
			r := serve(b, time.Now, session.Defaults(), employee("许文远", "xuwenyuan", data.Principal))
			m := r.login(r.keys[0])
			m.sees("ctrl+c")
			m.key("/")
			time.Sleep(200 * time.Millisecond)
			f := &flood{stop: make(chan struct{})}
			f.halfOpen(r.addr, bc.half, bc.from)
			if bc.guesses > 0 {
				f.guesses(r.addr, bc.guesses, bc.from, bc.guess)
			}
			time.Sleep(3 * time.Second) // until it stands
			before, began := f.failed.Load(), time.Now()
			var took []time.Duration
			for b.Loop() {
				took = append(took, m.key([]string{"a", "\x7f"}[len(took)%2]))
				time.Sleep(50 * time.Millisecond) // a fast hand; frames that follow each other would be paced
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(f.open.Load()), "half-open")
			b.ReportMetric(float64(f.failed.Load()-before)/time.Since(began).Seconds(), "guesses/s")
			close(f.stop)
			f.done.Wait()
		})
	}
}
