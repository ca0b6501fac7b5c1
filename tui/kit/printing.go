package kit

import (
	"context"
	"errors"
	"net"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Paper is what a screen prints, or a word exports.
type Paper struct {
	Of      data.Paper
	Format  data.Format // "": the paper's usual one
	Meeting int64
	Version int               // of minutes; 0: the newest
	Query   data.MeetingQuery // of meetings, where Meeting is 0
	Purpose string            // "": what such a paper is for
	Lang    i18n.Lang
}

// A Printer makes a paper with the person's rights and puts it into their tray.
type Printer func(context.Context, Paper) (data.TrayFile, error)

// Printing is p on a screen: the paper is made beside the screen, and row 22 then
// says how to get it. One paper at a time.
type Printing struct {
	Save[data.TrayFile]
}

// Print begins. The page is Waiting while Busy, and gives its messages to Took.
func (p *Printing) Print(env *Env, print Printer, of Paper) tea.Cmd {
	of.Lang = env.Lang
	return p.Start(env.Ctx, func(ctx context.Context) (data.TrayFile, error) { return print(ctx, of) })
}

var (
	inTray   = i18n.T("Tray: %s", "托盘: %s")
	mayNot   = i18n.T("! You may not take this out: ask the class teacher, the office or the principal", "! 你不能导出这个: 可找班主任、德育处或校长")
	trayFull = i18n.T("! Your tray is full: ssh .. get lists it, ssh .. put NAME --remove makes room", "! 托盘满了: ssh .. get 列出, ssh .. put 文件名 --remove 腾地方")
	notMade  = i18n.T("! Not printed: %s", "! 没打印成: %s")
)

// Took reports whether msg ended the printing, and says on row 22 what came of
// it: the line that gets the file, which also goes to the clipboard.
func (p *Printing) Took(env *Env, msg tea.Msg) (tea.Cmd, bool) {
	if !p.Take(msg) {
		return nil, false
	}
	switch {
	case errors.Is(p.Err, data.ErrForbidden):
		return env.Note(mayNot), true
	case errors.Is(p.Err, data.ErrTrayFull):
		return env.Note(trayFull), true
	case p.Err != nil:
		return env.Note(notMade.With(i18n.Typed(env.Lang.Error(p.Err)))), true
	}
	line := GetLine(env.Server.At, p.Value.Name)
	return tea.Batch(env.Note(inTray.With(line)), tea.SetClipboard(line)), true
}

// GetLine is the line that gets a file out of the tray, to be pasted into a
// terminal of one's own computer. At is the address of the server as this
// session's connection reached it, host:port: the name that the person typed is
// not known to the server. Without an address the line says SERVER.
func GetLine(at, name string) string {
	const ssh, get, server, usual = "ssh ", " get ", "SERVER", "22"
	host, port, err := net.SplitHostPort(at)
	if err != nil || host == "" {
		host, port = server, usual
	}
	line := ssh
	if port != usual {
		line += "-p " + port + " "
	}
	if strings.ContainsRune(name, ' ') {
		name = `"` + name + `"`
	}
	return line + host + get + name + " > " + name
}
