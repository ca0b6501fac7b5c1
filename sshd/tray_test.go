package sshd_test

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"

	"qiao/data"
	"qiao/sshd/session"
)

// A file goes into the tray and out of it over the line as it is, whatever its
// bytes: 8 MiB that no text has.
func TestTrayOverTheLine(t *testing.T) {
	r := serve(t, time.Now, session.Defaults(), data.Employee{Account: data.Account{Name: "林静", Username: "linjing", Grants: []data.Grant{{Role: data.Principal, Scope: data.ScopeSchool, From: time.Now().AddDate(0, 0, -1)}}}})
	raw := make([]byte, 8<<20)
	_, _ = rand.Read(raw)
	conn, err := r.dial(r.keys[0])
	if err != nil {
		t.Fatal(err)
	}
	say := func(words string, in []byte) []byte {
		t.Helper()
		s, err := conn.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var out, errs bytes.Buffer
		s.Stdin, s.Stdout, s.Stderr = bytes.NewReader(in), &out, &errs
		if err := s.Run(words); err != nil {
			t.Fatal(words, err, errs.String())
		}
		return out.Bytes()
	}
	say("put 签到.xlsx", raw)
	if got := say("get 签到.xlsx", nil); !bytes.Equal(got, raw) {
		t.Errorf("%d bytes came back, not %d, or not the same", len(got), len(raw))
	}
	if got := say("get", nil); !bytes.Contains(got, []byte("8.0 MB")) {
		t.Error(string(got))
	}
}
