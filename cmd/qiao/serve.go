package main

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"qiao/sshd"
	"qiao/sshd/session"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	serveShort   = i18n.T("serve the school's screens until interrupted", "提供服务, 直到中断")
	listenFlag   = i18n.T("address and port", "地址和端口")
	langFlag     = i18n.T("zh or en, for accounts and clients that name none", "zh 或 en, 账号和终端都没说时用")
	sessionsFlag = i18n.T("sessions in all", "总会话数")
	accountFlag  = i18n.T("sessions of one account", "一个账号的会话数")
	pendingFlag  = i18n.T("connections of one address that are not logged in", "一个地址未登录的连接数")
	totalFlag    = i18n.T("connections in all that are not logged in", "未登录的连接总数")
	rateFlag     = i18n.T("new connections a second from one address", "一个地址每秒新连接数")
	idleFlag     = i18n.T("end a session after so long without a key", "多久没有按键就结束会话")
	inUse        = i18n.T("%s is in use: choose another port with --listen", "%s 已被占用: 用 --listen 换一个端口")
	noListen     = i18n.T("%s cannot be listened on: give an address of this machine and a port (%v)", "%s 不能监听: 写本机地址和端口 (%v)")
	serving      = i18n.T("Serving %s, data in %s. ctrl+c ends it.", "已在 %s 提供服务, 数据在 %s。ctrl+c 结束。")
	ended        = i18n.T("Everyone is out, all is saved.", "都已退出, 全部已存。")
)

// serveFlags are the limits and words of serve and demo.
type serveFlags struct {
	listen, lang               string
	sessions, account, pending int
	total, rate                int
	idle                       time.Duration
}

func (f *serveFlags) add(cmd *cobra.Command, say func(i18n.Phrase, ...any) string) {
	l := session.Defaults()
	fs := cmd.Flags()
	fs.StringVar(&f.listen, "listen", "127.0.0.1:2222", say(listenFlag))
	fs.Var(choice{&f.lang, []string{"zh", "en"}}, "lang", say(langFlag))
	f.sessions, f.account, f.pending, f.total, f.rate = l.Sessions, l.PerAccount, l.Strangers, l.Pending, int(time.Second/l.Every)
	fs.Var(count{&f.sessions}, "max-sessions", say(sessionsFlag))
	fs.Var(count{&f.account}, "max-per-account", say(accountFlag))
	fs.Var(count{&f.pending}, "max-pending", say(pendingFlag))
	fs.Var(count{&f.total}, "max-pending-total", say(totalFlag))
	fs.Var(count{&f.rate}, "login-rate", say(rateFlag))
	fs.DurationVar(&f.idle, "idle", l.IdleLimit, say(idleFlag))
}

func (f *serveFlags) limits() session.Limits {
	l := session.Defaults().Idle(f.idle)
	l.Sessions, l.PerAccount, l.Strangers, l.Pending = f.sessions, f.account, f.pending, f.total
	if every := time.Second / time.Duration(max(f.rate, 1)); every != l.Every {
		l = l.Rate(f.rate)
	}
	return l
}

func (p *program) serve() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{Use: "serve", Short: p.Lang.Say(serveShort), Args: cobra.NoArgs}
	f.add(cmd, p.Lang.Say)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if _, err := p.open(cmd.Context(), false); err != nil {
			return err
		}
		return p.run(cmd.Context(), f, func(string) {})
	}
	return cmd
}

// garbage is how much more than what is in use may lie about before it is
// collected, in percent: half of Go's own choice. Sessions hold little, and
// opening a class makes much. With 200 sessions it takes a sixth less memory for
// a twenty-fifth more processor.
const garbage = 50

// run serves until ctx ends. It tells ready the address before it does.
func (p *program) run(ctx context.Context, f serveFlags, ready func(address string)) error {
	release, err := p.hold(f.listen)
	if err != nil {
		return err
	}
	defer release()
	l, err := net.Listen("tcp", f.listen)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return &trouble{inUse.With(f.listen), err}
	case err != nil:
		return &trouble{noListen.With(f.listen, err), err}
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	p.db.Follow()
	ready(l.Addr().String())
	p.say(serving, l.Addr(), p.dir)
	err = sshd.Serve(ctx, l, p.db, sshd.Options{HostKey: filepath.Join(p.dir, "host_ed25519"), Limits: f.limits(),
		Lang: i18n.Lang(f.lang), Now: p.now})
	if err == nil {
		p.say(ended)
	}
	return err
}
