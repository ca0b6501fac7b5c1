package command

import (
	"context"
	"strconv"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	sessionsShort = i18n.T("who is inside, since when, from where, on what screen", "谁在里面, 从何时、从哪里, 在哪一屏")
	endShort      = i18n.T("end one session", "结束一个窗口")
	signInsFlag   = i18n.T("when and from where this account came in, the last 50 times", "这个账号何时、从哪里进来过, 最近 50 次")
	colID         = i18n.T("id", "编号")
	colSince      = i18n.T("since", "进来")
	colTyped      = i18n.T("last key", "最后按键")
	colFrom       = i18n.T("from", "来自")
	colDoing      = i18n.T("on", "在")
	colKey        = i18n.T("key", "公钥")
)

type presence struct {
	ID      int64  `json:"id"`
	Account string `json:"account"`
	Name    string `json:"name"`
	Key     string `json:"key"`
	From    string `json:"from"`
	Since   string `json:"since"`
	Typed   string `json:"typed"`
	Kind    string `json:"kind"`
	Screen  string `json:"screen,omitempty"`
}

// sessions is the word account sessions: a running server answers it, so the
// console has it not.
func (c *Call) sessions() *cobra.Command {
	return &cobra.Command{Use: "sessions", Short: c.say(sessionsShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		inside, err := c.Server.Sessions(cmd.Context())
		if err != nil {
			return err
		}
		out := []presence{}
		var rows [][]string
		for _, p := range inside {
			out = append(out, presence{p.ID, p.Username, p.Name, p.Key, p.From, when(p.Since), when(p.Typed), string(p.Kind), p.Screen})
			doing := c.Lang.PresenceKind(p.Kind)
			if p.Screen != "" {
				doing = c.say(i18n.Screen(p.Screen))
			}
			rows = append(rows, []string{strconv.FormatInt(p.ID, 10), p.Username, c.Lang.Name(p.Name, ""), clockOf(p.Since), clockOf(p.Typed), p.From, doing, p.Key})
		}
		c.print(map[string]any{"sessions": out, "total": len(out)}, []i18n.Phrase{colID, colAccount, colName, colSince, colTyped, colFrom, colDoing, colKey}, rows)
		return nil
	}}
}

type signIn struct {
	At      string `json:"at"`
	Door    string `json:"door"`
	From    string `json:"from"`
	Key     string `json:"key"`
	KeyName string `json:"key_name,omitempty"`
}

// signIns prints when and how an account came in.
func (c *Call) signIns(ctx context.Context, desk *store.Desk, account int64) error {
	all, err := desk.SignIns(ctx, account, 50)
	if err != nil {
		return err
	}
	out := []signIn{}
	var rows [][]string
	for _, s := range all {
		out = append(out, signIn{when(s.At), s.Door, s.From, s.Key, s.KeyName})
		rows = append(rows, []string{clockOf(s.At), s.From, s.KeyName, s.Key})
	}
	c.print(map[string]any{"sign_ins": out, "total": len(out)}, []i18n.Phrase{colSince, colFrom, colName, colKey}, rows)
	return nil
}

// clockOf is a moment as a table has it, to the minute.
func clockOf(t time.Time) string { return t.In(data.China).Format("01-02 15:04") }

func (c *Call) sessionEnd() *cobra.Command {
	return &cobra.Command{Use: "end ID", Short: c.say(endShort), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		id, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil {
			return &data.Invalid{Field: "session", Why: data.WhyUnknown}
		}
		if err := c.Server.End(cmd.Context(), id); err != nil {
			return err
		}
		c.print(map[string]any{"session": id, "did": "end"}, nil, [][]string{{c.say(done, "end "+args[0])}})
		return nil
	}}
}
