package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"qiao/data"
	"qiao/data/demo"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	demoShort    = i18n.T("a lifelike school to try everything in", "一个像真的学校, 什么都可以试")
	seedFlag     = i18n.T("another seed makes another school", "换个种子就换个学校")
	classesFlag  = i18n.T("classes", "班级数")
	studentsFlag = i18n.T("students", "学生数")
	todayFlag    = i18n.T("the day on which the school stands: 2026-11-25", "学校停在哪一天: 2026-11-25")
	noServeFlag  = i18n.T("make the school and leave", "只建学校, 不提供服务")
	resetFlag    = i18n.T("throw the demo school away and make it anew", "丢掉旧的示例学校, 重新建")
	inventing    = i18n.T("Inventing a school: %d classes, %d students, two terms of contacts ..", "编一个学校: %d 个班, %d 个学生, 两学期的往来 ..")
	storing      = i18n.T("Storing it: %d%%", "存进去: %d%%")
	storedIn     = i18n.T("Stored in %s: %d families, %d contacts", "存好了, 用时 %s: %d 家, %d 次往来")
	goesOn       = i18n.T("Going on with the school in %s (--reset makes a new one)", "接着用 %s 里的学校 (--reset 重新建)")
	inviting     = i18n.T("Keys: you come in as %s, class teacher and administrator, with %s", "钥匙: 你是 %s, 班主任兼管理员, 用 %s")
	pasteOne     = i18n.T("Paste one of these into another terminal:", "在另一个终端里粘贴一行:")
	yours        = i18n.T("you: class teacher and administrator", "你: 班主任兼管理员")
	notADemo     = i18n.T("%s has a school that is no demo: choose another folder with --data", "%s 里的学校不是示例: 用 --data 换一个文件夹")
	stillServed  = i18n.T("%s is being served: end that server before --reset", "%s 正在提供服务: 先停掉再 --reset")
)

type demoFlags struct {
	serveFlags
	seed              int64
	classes, students int
	today             string
	noServe, reset    bool
}

func (p *program) demo() *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{Use: "demo", Short: p.Lang.Say(demoShort), Args: cobra.NoArgs}
	fs := cmd.Flags()
	f.add(cmd, p.Lang.Say)
	fs.Int64Var(&f.seed, "seed", 1, p.Lang.Say(seedFlag))
	fs.IntVar(&f.classes, "classes", 12, p.Lang.Say(classesFlag))
	fs.IntVar(&f.students, "students", 540, p.Lang.Say(studentsFlag))
	fs.StringVar(&f.today, "today", "", p.Lang.Say(todayFlag))
	fs.BoolVar(&f.noServe, "no-serve", false, p.Lang.Say(noServeFlag))
	fs.BoolVar(&f.reset, "reset", false, p.Lang.Say(resetFlag))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !cmd.Flags().Changed("data") && os.Getenv("QIAO_DATA") == "" {
			p.dir = filepath.Join(userData(), "qiao-demo")
		}
		if !cmd.Flags().Changed("classes") { // as many as the students fill
			f.classes = 0
		} else if !cmd.Flags().Changed("students") {
			f.students = 0
		}
		if f.today != "" {
			if err := p.stand(f.today); err != nil {
				return err
			}
		}
		return p.demonstrate(cmd.Context(), f)
	}
	return cmd
}

// stand makes the program's clock stand on a day: its hour is the real one.
func (p *program) stand(day string) error {
	d, err := data.ParseDate(day)
	if err != nil {
		return err
	}
	shift := d.Start().Sub(data.DayOf(time.Now()).Start())
	p.now = func() time.Time { return time.Now().Add(shift) }
	p.Now = p.now
	return nil
}

func (p *program) demonstrate(ctx context.Context, f demoFlags) error {
	if f.reset {
		if err := p.discard(); err != nil {
			return err
		}
	}
	_, err := os.Stat(p.file())
	fresh := os.IsNotExist(err)
	if _, err := p.open(ctx, true); err != nil {
		return err
	}
	if fresh {
		err = p.invent(ctx, f)
	} else {
		err = p.goOn(ctx)
	}
	if err != nil {
		return err
	}
	roles, err := p.invite(ctx)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(roles, func(l login) bool { return l.role == "me" }); i >= 0 && f.today == "" {
		if err := p.convene(ctx, roles[i].username); err != nil {
			return err
		}
	}
	if f.noServe {
		p.lines(roles, f.listen)
		return nil
	}
	return p.run(ctx, f.serveFlags, func(address string) { p.lines(roles, address) })
}

// marker is the file that tells a demo school from a real one: --reset throws
// away nothing else.
func (p *program) marker() string { return filepath.Join(p.dir, "demo") }

func (p *program) goOn(ctx context.Context) error {
	if _, err := os.Stat(p.marker()); err != nil {
		return &trouble{notADemo.With(p.dir), err}
	}
	p.say(goesOn, p.dir)
	return ctx.Err()
}

// discard throws a demo school away, but for its host key: clients that know
// it go on without a warning.
func (p *program) discard() error {
	if _, err := os.Stat(p.file()); os.IsNotExist(err) {
		return nil
	}
	if _, err := os.Stat(p.marker()); err != nil {
		return &trouble{notADemo.With(p.dir), err}
	}
	release, err := p.hold("--reset")
	if err != nil {
		return &trouble{stillServed.With(p.dir), err}
	}
	defer release()
	for _, name := range []string{"qiao.db", "qiao.db-wal", "qiao.db-shm", "keys", "demo"} {
		if err := os.RemoveAll(filepath.Join(p.dir, name)); err != nil {
			return &trouble{readOnly.With(p.dir, err), err}
		}
	}
	return nil
}

// invent makes the school and stores it, and says what it does meanwhile.
func (p *program) invent(ctx context.Context, f demoFlags) error {
	if err := os.WriteFile(p.marker(), nil, 0o600); err != nil {
		return p.opening(err)
	}
	began := time.Now()
	school := demo.Make(f.seed, p.now.Today(), f.classes, f.students)
	p.say(inventing, len(school.Classes), len(school.Students))
	desk, err := p.console(ctx)
	if err != nil {
		return err
	}
	said := time.Now()
	err = desk.Found(ctx, school, func(n, of int) {
		if time.Since(said) > time.Second {
			said = time.Now()
			p.say(storing, 100*n/max(of, 1))
		}
	})
	if err != nil {
		return errors.Join(err, p.unmake())
	}
	p.say(storedIn, time.Since(began).Round(10*time.Millisecond), len(school.Households), len(school.Contacts))
	keys := ""
	for _, s := range school.Staff {
		if s.Key != "" {
			keys += s.Key + " " + s.Username + "\n"
		}
	}
	if err := os.WriteFile(p.marker(), []byte(keys), 0o600); err != nil {
		return p.opening(err)
	}
	return nil
}

// unmake takes a school away that could not be stored: half a school would be
// gone on with next time.
func (p *program) unmake() error {
	p.close()
	p.db = nil
	return p.discard()
}

// A login is one line to paste: whose it is, and the key file, "" for a key of
// the caller's own.
type login struct{ role, username, key string }

// invite lets everybody in whom the demo school has a key for, and returns how.
func (p *program) invite(ctx context.Context) (out []login, err error) {
	text, err := os.ReadFile(p.marker())
	if err != nil {
		return nil, p.opening(err)
	}
	desk, err := p.console(ctx)
	if err != nil {
		return nil, err
	}
	var l login
	for rest := string(text); ; {
		n, err := fmt.Sscanf(rest, "%s %s\n", &l.role, &l.username)
		if n < 2 || err != nil {
			break
		}
		rest = rest[len(l.role)+len(l.username)+2:]
		a, err := desk.Account(ctx, l.username)
		if err != nil {
			return nil, err
		}
		if l.key, err = p.admit(ctx, desk, a, l.role); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// admit binds a role's key to its account, making it if need be, and returns
// its file. The caller's own keys, if there are any, are those of "me".
func (p *program) admit(ctx context.Context, desk *store.Desk, a data.Account, role string) (string, error) {
	if role == "me" {
		if own, err := p.bindOwn(ctx, desk, a); err != nil || own {
			return "", err
		}
	}
	file := filepath.Join(p.dir, "keys", role)
	k, err := keyPair(file, "qiao demo "+role)
	if err != nil {
		return "", &trouble{cannotMake.With(file, err), err}
	}
	_, err = desk.AddKey(ctx, a.ID, k)
	return file, err
}

// rank is where a role's line stands: one's own first, then as the roles go.
func rank(role string) int {
	if role == "me" {
		return -2
	}
	return slices.Index(data.Roles, data.Role(role))
}

// lines prints the ssh line of each role.
func (p *program) lines(all []login, address string) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		host, port = "127.0.0.1", "2222"
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if i := slices.IndexFunc(all, func(l login) bool { return l.role == "me" }); i >= 0 {
		own := all[i].key
		if own == "" {
			own = "~/.ssh"
		}
		p.say(inviting, all[i].username, own)
	}
	slices.SortStableFunc(all, func(a, b login) int { return rank(a.role) - rank(b.role) })
	p.say(pasteOne)
	for _, l := range all {
		line := "ssh -p " + port
		if l.key != "" {
			line += " -o IdentitiesOnly=yes -i " + quote(l.key)
		}
		role := i18n.Typed(p.Lang.Role(data.Role(l.role)))
		if l.role == "me" {
			role = yours
		}
		fmt.Fprintf(p.Out, "%s %s   # %s\n", line, host, p.Lang.Say(role))
	}
}
