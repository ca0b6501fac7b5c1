// Command demo serves the example and looks after its file.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd"
	"qiao/sshd/command"
	"qiao/tui/i18n"

	gossh "golang.org/x/crypto/ssh"
)

const usage = `demo [-db FILE] serve ADDRESS
demo [-db FILE] enroll ROLE CLASS NAME KEY...   (the line of a .pub file)
demo [-db FILE] admit CLASS CHILD PARENT PHONE
demo [-db FILE] as ACCOUNT find TEXT
`

// verbs tells how many words each verb takes at least, itself included.
var verbs = map[string]int{"serve": 2, "enroll": 5, "admit": 5, "as": 4}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fs := flag.NewFlagSet("demo", flag.ContinueOnError)
	fs.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	path := fs.String("db", "demo.db", "")
	if fs.Parse(args) != nil {
		return command.Usage
	}
	if n := verbs[fs.Arg(0)]; n == 0 || fs.NArg() < n {
		fs.Usage()
		return command.Usage
	}
	lang := i18n.Pick(os.Getenv("LC_ALL"), os.Getenv("LANG"))
	db, err := store.Open(ctx, *path, time.Now)
	if err == nil {
		defer db.Close()
		if fs.Arg(0) == "as" {
			who, _ := strconv.ParseInt(fs.Arg(1), 10, 64)
			return command.Run(ctx, db.As(who), lang, fs.Args()[2:], os.Stdout, os.Stderr)
		}
		err = do(ctx, db, *path, fs.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", lang.Error(err))
		fmt.Fprintln(os.Stderr, "demo:", err) // the console is the operator: all of it
	}
	return command.Code(err)
}

func do(ctx context.Context, db *store.DB, path string, args []string) error {
	switch args[0] {
	case "serve":
		l, err := net.Listen("tcp", args[1])
		if err != nil {
			return err
		}
		return sshd.Serve(ctx, l, db, path+".hostkey", time.Now)
	case "enroll":
		key, _, _, _, err := gossh.ParseAuthorizedKey([]byte(strings.Join(args[4:], " ")))
		if err != nil {
			return &data.Invalid{Field: "key", Why: data.WhyUnknown}
		}
		a := data.Account{Role: data.Role(args[1]), Class: args[2], Name: args[3]}
		return db.Enroll(ctx, a, gossh.FingerprintSHA256(key))
	default: // admit
		return db.Admit(ctx, data.Family{Class: args[1], Child: args[2], Parent: args[3], Phone: args[4]})
	}
}
