package sshd_test

import (
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/sshd/session"

	gossh "golang.org/x/crypto/ssh"
)

func employee(name, username string, role data.Role) data.Employee {
	return data.Employee{Account: data.Account{Name: name, Username: username, Grants: []data.Grant{{Role: role, Scope: data.ScopeOf(role)}}}}
}

// A key that is revoked takes its own windows with it within a second, and no
// other of its account; a closed account takes all of its.
func TestRevokedKey(t *testing.T) {
	t.Parallel()
	r := serve(t, time.Now, session.Defaults(), employee("许文远", "xuwenyuan", data.Principal), employee("丁一川", "dingyichuan", data.Administrator))
	me, err := r.db.Console("root").Account(t.Context(), "xuwenyuan")
	if err != nil {
		t.Fatal(err)
	}
	phone := r.bind(me.ID)
	one, two, other := r.login(r.keys[0]), r.login(phone), r.login(r.keys[1])
	for _, m := range []*terminal{one, two, other} {
		m.sees("ctrl+c")
	}
	if err := r.db.Console("root").RemoveKey(t.Context(), gossh.FingerprintSHA256(phone.PublicKey())); err != nil {
		t.Fatal(err)
	}
	if got := two.ends(time.Second); !strings.Contains(got, "75") {
		t.Error(got)
	}
	two.sees("已停用")
	if _, err := one.in.Write([]byte("?")); err != nil {
		t.Fatal(err)
	}
	one.sees("帮助")
	if err := r.db.Console("root").Disable(t.Context(), me.ID); err != nil {
		t.Fatal(err)
	}
	one.ends(time.Second)
	if _, err := other.in.Write([]byte("?")); err != nil {
		t.Fatal(err)
	}
	other.sees("帮助")
}

// An account whose last day passes is put out at midnight, though nobody writes
// anything.
func TestLastDay(t *testing.T) {
	t.Parallel() // it waits
	shift := time.Until(data.On(2026, 11, 26).Start().Add(-3 * time.Second))
	now := data.Clock(func() time.Time { return time.Now().Add(shift) })
	leaver := employee("许文远", "xuwenyuan", data.Principal)
	leaver.Until = data.On(2026, 11, 25)
	r := serve(t, now, session.Defaults(), leaver, employee("丁一川", "dingyichuan", data.Administrator))
	one, other := r.login(r.keys[0]), r.login(r.keys[1])
	one.sees("ctrl+c")
	if got := one.ends(8 * time.Second); !strings.Contains(got, "75") || now.Today() != data.On(2026, 11, 26) {
		t.Error(got, now())
	}
	if _, err := other.in.Write([]byte("?")); err != nil {
		t.Fatal(err)
	}
	other.sees("帮助")
}
