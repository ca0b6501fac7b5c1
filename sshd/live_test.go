package sshd_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/demo"
	"qiao/sshd/session"

	gossh "golang.org/x/crypto/ssh"
)

// A viewer is a terminal that notes when a text is first written to it. What
// the server writes of a row is what differs, so the text must be new.
type viewer struct {
	*rig
	conn *gossh.Client
	in   io.Writer
	mu   sync.Mutex
	got  []byte
	want []byte
	seen chan time.Time
}

func (r *rig) view(key gossh.Signer) *viewer {
	r.Helper()
	conn, err := r.dial(key)
	if err != nil {
		r.Fatal(err)
	}
	tty, err := conn.NewSession()
	if err != nil {
		r.Fatal(err)
	}
	v := &viewer{rig: r, conn: conn, seen: make(chan time.Time, 1)}
	v.in, _ = tty.StdinPipe()
	tty.Stdout = v
	v.awaits("ctrl+c")
	if err := tty.RequestPty("xterm-256color", 24, 80, nil); err != nil {
		r.Fatal(err)
	}
	if err := tty.Shell(); err != nil {
		r.Fatal(err)
	}
	v.sees()
	return v
}

func (v *viewer) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.want == nil {
		return len(p), nil
	}
	if v.got = append(v.got, p...); bytes.Contains(v.got, v.want) {
		v.want = nil
		v.seen <- time.Now()
	}
	return len(p), nil
}

// awaits begins to look out for a text.
func (v *viewer) awaits(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.got, v.want = v.got[:0], []byte(text)
}

// sees waits for it and returns when it was there.
func (v *viewer) sees() time.Time {
	v.Helper()
	select {
	case at := <-v.seen:
		return at
	case <-time.After(20 * time.Second):
		v.mu.Lock()
		defer v.mu.Unlock()
		v.Fatalf("never saw %q in %q", v.want, v.got)
	}
	return time.Time{}
}

// types presses keys and waits for a text; it returns the time between.
func (v *viewer) types(keys, text string) time.Duration {
	v.Helper()
	v.awaits(text)
	began := time.Now()
	v.press(keys)
	return v.sees().Sub(began)
}

func (v *viewer) press(keys string) {
	v.Helper()
	if _, err := io.WriteString(v.in, keys); err != nil {
		v.Fatal(err)
	}
}

// sawNot fails if the text that it looks out for has come.
func (v *viewer) sawNot() {
	v.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.want == nil {
		v.Errorf("saw what it must not see in %q", v.got)
	}
}

// watchers is the demo school with n subject teachers more in class 3.2, and
// where among the staff they begin, and its class teacher is.
func watchers(n int) (s data.School, first, teacher int) {
	s = demo.Make(1, data.DayOf(time.Now()), 0, 0)
	teacher = slices.IndexFunc(s.Staff, func(e data.Employee) bool { return e.Key == "me" })
	first = len(s.Staff)
	class := s.Staff[teacher].Grants[slices.IndexFunc(s.Staff[teacher].Grants, func(g data.Grant) bool { return g.Role == data.ClassTeacher })]
	for i := range n {
		s.People = append(s.People, data.Person{Name: fmt.Sprint("Load ", i)})
		s.Staff = append(s.Staff, data.Employee{Account: data.Account{Person: int64(len(s.People)), Username: fmt.Sprint("load", i),
			Grants: []data.Grant{{Role: data.SubjectTeacher, Scope: data.ScopeClass, ScopeID: class.ScopeID, From: class.From}}}})
	}
	return s, first, teacher
}

// BenchmarkLive is how late a save is on the screens of 50 others who look at
// the same family: from the writer's ctrl+s, with the commit in it. Server and
// clients share the machine.
func BenchmarkLive(b *testing.B) {
	for _, screen := range []struct{ name, keys, there string }{
		{"roster", "", ""},
		{"card", "\r", "监护人与电话"},
	} {
		b.Run(screen.name, func(b *testing.B) {
			school, first, teacher := watchers(50)
			r := serveSchool(b, time.Now, session.Defaults(), school)
			var watch []*viewer
			for _, key := range r.keys[first:] {
				v := r.view(key)
				v.types("gr", "/ 45")
				if screen.keys != "" {
					v.types(screen.keys, screen.there)
				}
				watch = append(watch, v)
			}
			me := r.view(r.keys[teacher])
			me.types("gr", "/ 45")
			me.types("\r", "监护人与电话")
			var own, late []time.Duration
			for i := 0; b.Loop(); i++ {
				said := strings.Repeat(string(rune('一'+i%2000)), 7)
				me.types("c", "谈了什么")
				me.types("\x1b[200~"+said+"\x1b[201~", said)
				for _, v := range watch {
					v.awaits(said)
				}
				began := time.Now()
				own = append(own, me.types("\x13", "已存"))
				for _, v := range watch {
					late = append(late, v.sees().Sub(began))
				}
			}
			b.ReportMetric(ms(own, 50), "own-p50-ms")
			b.ReportMetric(ms(late, 50), "others-p50-ms")
			b.ReportMetric(ms(late, 95), "others-p95-ms")
			b.ReportMetric(ms(late, 100), "others-max-ms")
		})
	}
}

// ms is a percentile in milliseconds.
func ms(all []time.Duration, percent int) float64 {
	slices.Sort(all)
	return float64(all[(len(all)-1)*percent/100].Microseconds()) / 1000
}
