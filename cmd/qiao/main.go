// Command qiao serves a school's screens over SSH and looks after its data
// folder.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"qiao/data"
	"qiao/data/exchange"
	"qiao/data/store"
	"qiao/sshd/command"
	"qiao/tui/i18n"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

var (
	about    = i18n.T("Home, school and society: contacts, meetings and follow-up, over SSH", "家校社协同: 联系、会议、落实, 用 ssh 就能用")
	noFile   = i18n.T("%s cannot be read: look at its name and its owner (%v)", "%s 读不了: 看看名字和属主 (%v)")
	notMade  = i18n.T("%s cannot be made: choose a name that is not there yet (%v)", "%s 建不了: 换一个还没有的名字 (%v)")
	dataFlag = i18n.T("the data folder", "数据文件夹")
)

func main() { os.Exit(run(os.Args[1:])) }

// run is main with its exit code, for tests that run it as a command.
func run(args []string) int {
	// Widths are counted one way for everybody, whatever the server's locale.
	runewidth.DefaultCondition.EastAsianWidth = false
	syscall.Umask(0o077) // what is made here is about children
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	p := &program{now: time.Now, Call: command.Call{
		Lang: i18n.Pick(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")),
		In:   os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now, Read: read, Write: create,
		Asks: term.IsTerminal(int(os.Stdin.Fd())),
	}}
	if term.IsTerminal(int(os.Stdout.Fd())) {
		p.Cols, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	p.Desk = p.console
	defer p.close()
	return p.Execute(ctx, p.tree(), args)
}

// A program is one run of the command line.
type program struct {
	command.Call
	dir string // the data folder
	now data.Clock
	db  *store.DB
}

func (p *program) tree() *cobra.Command {
	root := &cobra.Command{Use: "qiao", Short: p.Lang.Say(about)}
	root.PersistentFlags().StringVar(&p.dir, "data", folder(), p.Lang.Say(dataFlag))
	version := &cobra.Command{}
	for _, w := range p.Words() {
		if w.Name() == "version" {
			version = w
		}
	}
	p.Add(root, p.demo(), p.init(), p.serve(), p.hostkey(), p.doctor(), p.Account(), p.Setting(), p.Import(), p.Export(), p.Put(), p.Get(), p.Audit(), p.check(), version)
	return root
}

// folder is where the data lie unless --data says otherwise: $QIAO_DATA, else
// the user's data folder.
func folder() string {
	if dir := os.Getenv("QIAO_DATA"); dir != "" {
		return dir
	}
	return filepath.Join(userData(), "qiao")
}

func userData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	switch {
	case err != nil:
		return "."
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support")
	case runtime.GOOS == "windows":
		return filepath.Join(home, "AppData", "Local")
	}
	return filepath.Join(home, ".local", "share")
}

func (p *program) file() string { return filepath.Join(p.dir, "qiao.db") }

// open opens the folder's database; it must be there unless it is to be made.
func (p *program) open(ctx context.Context, create bool) (*store.DB, error) {
	if p.db != nil {
		return p.db, nil
	}
	if _, err := os.Stat(p.file()); os.IsNotExist(err) && !create {
		return nil, p.noSchool()
	}
	if create {
		if err := p.makeFolder(); err != nil {
			return nil, err
		}
	}
	db, err := store.Open(ctx, p.file(), p.now)
	if err != nil {
		return nil, p.opening(err)
	}
	p.db = db
	return db, nil
}

// console is the desk of whoever may open the file.
func (p *program) console(ctx context.Context) (*store.Desk, error) {
	db, err := p.open(ctx, false)
	if err != nil {
		return nil, err
	}
	name := "?"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return db.Console(name), nil
}

func (p *program) close() {
	if p.db != nil {
		if err := p.db.Close(); err != nil {
			slog.Error("closing the database", "err", err)
		}
	}
}

// read is the file that a flag names; "-" is standard input.
func read(name string) ([]byte, error) {
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return nil, &trouble{noFile.With(name, err), err}
		}
		defer func() { _ = f.Close() }()
	}
	text, err := io.ReadAll(io.LimitReader(f, exchange.MaxFile+1))
	if err != nil {
		return nil, &trouble{noFile.With(name, err), err}
	}
	return text, nil
}

// create makes a file for what is taken out: for its owner alone, and never over
// one that is there.
func create(name string) (io.WriteCloser, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, &trouble{notMade.With(name, err), err}
	}
	return f, nil
}

// say tells the person at the console what goes on; results go to standard
// output, this does not.
func (p *program) say(s i18n.Phrase, args ...any) {
	fmt.Fprintln(p.Err, p.Lang.Say(s, args...))
}
