package sshd_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"qiao/data/store"
	"qiao/sshd"
	"qiao/sshd/session"
)

// serveAlone names the variable by which this program is a server of the school
// in a folder and nothing else, until its input ends. It prints its address.
const serveAlone = "QIAO_TEST_SERVE"

func serveFrom(dir string) int {
	db, err := store.Open(context.Background(), filepath.Join(dir, "qiao.db"), time.Now)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer db.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop() }()
	fmt.Println(l.Addr())
	limits := session.Defaults()
	limits.Burst, limits.Every = 1000, time.Millisecond
	if err := sshd.Serve(ctx, l, db, sshd.Options{HostKey: filepath.Join(dir, "host_ed25519"), Limits: limits, Now: time.Now}); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// alone closes the rig's school and has another process serve it.
func (r *rig) alone(dir string) *os.Process {
	r.Helper()
	if err := r.db.Close(); err != nil {
		r.Fatal(err)
	}
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), serveAlone+"="+dir, "GOGC=50")
	server.Stderr = os.Stderr
	in, _ := server.StdinPipe()
	out, _ := server.StdoutPipe()
	if err := server.Start(); err != nil {
		r.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if r.addr = strings.TrimSpace(line); err != nil || !strings.HasPrefix(r.addr, "127.0.0.1:") {
		r.Fatal(line, err)
	}
	r.Cleanup(func() {
		in.Close()
		if err := server.Wait(); err != nil {
			r.Error(err)
		}
	})
	return server.Process
}
