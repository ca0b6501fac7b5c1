package command

import (
	"fmt"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	enrolShort   = i18n.T("a one-time code for somebody's first login, told this once", "给人第一次登录用的邀请码, 只显示这一次")
	enrolHow     = i18n.T("Read it out to %s, who runs: ssh -p PORT enrol@SERVER. It holds once, until %s.", "念给 %s: 对方运行 ssh -p 端口 enrol@服务器。只能用一次, 到 %s 为止。")
	invitesShort = i18n.T("invitations, with their wrong codes", "邀请码, 带错了几次")
	takeShort    = i18n.T("take an invitation back, by the first half of its code", "收回邀请码 (写前 4 位)")
	colCode      = i18n.T("code", "邀请码")
	colUntil     = i18n.T("until", "到")
	colTries     = i18n.T("wrong", "错")
	colType      = i18n.T("type", "类型")
	colBits      = i18n.T("bits", "位")
	inviteStates = map[data.InviteState]i18n.Phrase{
		data.InviteOpen: i18n.T("open", "有效"), data.InviteUsed: i18n.T("used", "已用"),
		data.InviteExpired: i18n.T("expired", "过期"), data.InviteVoid: i18n.T("void", "作废"),
	}

	caShort     = i18n.T("authorities whose SSH certificates are trusted", "可信的 SSH 证书签发者")
	caAddShort  = i18n.T("trust an authority (its .pub file): its certificates for a user name are that account", "信任一个签发者 (它的 .pub 文件): 它给某用户名签的证书就是那个账号")
	caListShort = i18n.T("the authorities that are trusted", "现在可信的签发者")
	caDropShort = i18n.T("trust an authority no more, and end its windows", "不再信任, 结束它的窗口")
	caUntilFlag = i18n.T("the last day (2027-07-31)", "最后一天 (2027-07-31)")
	caMade      = i18n.T("Certificates of %s (%s) are trusted", "%s (%s) 签的证书可以登录")
)

func (c *Call) enrol() *cobra.Command {
	return &cobra.Command{Use: "enrol NAME", Short: c.say(enrolShort), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		desk, a, err := c.account(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		code, i, err := desk.Invite(cmd.Context(), a.ID)
		if err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, map[string]string{"account": a.Username, "code": code.String(), "expires": when(i.Expires)})
			return nil
		}
		c.line(code.String())
		c.errln(c.say(enrolHow, data.Line(c.Lang.Name(a.Name, "")), c.Lang.Moment(i.Expires, c.Now())))
		return nil
	}}
}

type invite struct {
	Account string `json:"account"`
	Name    string `json:"name"`
	Code    string `json:"code"` // its first half
	State   string `json:"state"`
	Expires string `json:"expires"`
	Tries   int    `json:"tries"`
	By      string `json:"by,omitempty"`
}

func (c *Call) invites() *cobra.Command {
	list := &cobra.Command{Use: "invites", Short: c.say(invitesShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		all, err := desk.Invites(cmd.Context())
		if err != nil {
			return err
		}
		out := []invite{}
		var rows [][]string
		for _, i := range all {
			state := i.State(c.Now())
			out = append(out, invite{i.Username, i.Name, i.Selector, string(state), when(i.Expires), i.Tries, i.ByName})
			rows = append(rows, []string{i.Selector + "-****", i.Username, c.Lang.Name(i.Name, ""), c.say(inviteStates[state]),
				c.Lang.Moment(i.Expires, c.Now()), fmt.Sprint(i.Tries)})
		}
		c.print(map[string]any{"invites": out, "total": len(out)}, []i18n.Phrase{colCode, colAccount, colName, colState, colUntil, colTries}, rows)
		return nil
	}}
	c.Add(list, &cobra.Command{Use: "revoke CODE", Short: c.say(takeShort), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		all, err := desk.Invites(cmd.Context())
		if err != nil {
			return err
		}
		for _, i := range all {
			if code := data.InviteCode(args[0]); i.Selector == code.Selector() {
				if err := desk.RevokeInvite(cmd.Context(), i.ID); err != nil {
					return err
				}
				c.print(map[string]string{"code": i.Selector, "did": "revoke"}, nil, [][]string{{c.say(done, "revoke "+i.Selector)}})
				return nil
			}
		}
		return data.ErrNotFound
	}})
	return list
}

type authority struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Fingerprint string `json:"fingerprint"`
	Until       string `json:"until,omitempty"`
}

// authority is the word account ca.
func (c *Call) authority() *cobra.Command {
	root := &cobra.Command{Use: "ca", Short: c.say(caShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	c.Add(root, c.authorityAdd(), c.authorityList(), c.authorityRemove())
	return root
}

func (c *Call) authorityAdd() *cobra.Command {
	until := ""
	cmd := &cobra.Command{Use: "add NAME FILE", Short: c.say(caAddShort), Args: cobra.ExactArgs(2)}
	cmd.Flags().StringVar(&until, "until", "", c.say(caUntilFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var last data.Date
		var err error
		if until != "" {
			if last, err = data.ParseDate(until); err != nil {
				return err
			}
		}
		k, err := c.key(args[1])
		if err != nil {
			return err
		}
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		a, err := desk.AddAuthority(cmd.Context(), args[0], k, last)
		if err != nil {
			return err
		}
		c.print(map[string]any{"ca": authorityOf(a)}, nil, [][]string{{c.say(caMade, a.Name, a.Fingerprint)}})
		return nil
	}
	return cmd
}

func authorityOf(a data.Authority) authority {
	one := authority{Name: a.Name, Type: a.Type, Fingerprint: a.Fingerprint}
	if !a.Until.IsZero() {
		one.Until = a.Until.String()
	}
	return one
}

func (c *Call) authorityList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: c.say(caListShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		all, err := desk.Authorities(cmd.Context())
		if err != nil {
			return err
		}
		out := []authority{}
		var rows [][]string
		for _, a := range all {
			one := authorityOf(a)
			out = append(out, one)
			rows = append(rows, []string{one.Name, one.Type, one.Fingerprint, one.Until})
		}
		c.print(map[string]any{"ca": out, "total": len(out)}, []i18n.Phrase{colName, colType, colKeys, colUntil}, rows)
		return nil
	}}
}

func (c *Call) authorityRemove() *cobra.Command {
	return &cobra.Command{Use: "remove NAME", Short: c.say(caDropShort), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		if err := desk.RemoveAuthority(cmd.Context(), args[0]); err != nil {
			return err
		}
		c.print(map[string]string{"name": args[0], "did": "remove"}, nil, [][]string{{c.say(done, "remove "+data.Line(args[0]))}})
		return nil
	}}
}
