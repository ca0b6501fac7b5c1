package sshd_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd"

	gossh "golang.org/x/crypto/ssh"
)

var (
	address = flag.String("serve", "", "serve a made-up class at this address until interrupted, for a load generator")
	keyFile = flag.String("keys", "", "authorized_keys of those who may come in, each as a head")
	pupils  = flag.Int("pupils", 50, "rows in the class")
)

// TestServe is a server to measure, not a test.
func TestServe(t *testing.T) {
	if *address == "" {
		t.Skip("no -serve")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir := t.TempDir()
	db, err := store.Open(ctx, filepath.Join(dir, "class.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rest, err := os.ReadFile(*keyFile)
	for err == nil && len(bytes.TrimSpace(rest)) > 0 {
		var key gossh.PublicKey
		var name string
		if key, name, _, rest, err = gossh.ParseAuthorizedKey(rest); err == nil {
			err = db.Enroll(ctx, data.Account{Name: name, Role: data.Head, Lang: "zh"}, gossh.FingerprintSHA256(key))
		}
	}
	family, given := []rune("赵钱孙李周吴郑王冯陈"), []rune("安贝晨丹恩芳歌海嘉")
	for i := range *pupils {
		child := string([]rune{family[i%len(family)], given[i%len(given)], given[i*i%len(given)]})
		err = db.Admit(ctx, data.Family{Class: "3-1", Child: child, Parent: string(child[:3]) + "家长", Phone: fmt.Sprintf("100-0000-%04d", i)})
	}
	l, lerr := net.Listen("tcp", *address)
	if err != nil || lerr != nil {
		t.Fatal(err, lerr)
	}
	if err := sshd.Serve(ctx, l, db, filepath.Join(dir, "host"), time.Now); err != nil {
		t.Error(err)
	}
}
