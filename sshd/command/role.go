package command

import (
	"context"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	roleShort   = i18n.T("give, renew, take away and confirm roles", "给、续、收回、确认角色")
	roleAdd     = i18n.T("give an account one more role", "再给一个角色")
	roleRenew   = i18n.T("let a role last longer (without a day: to the end of the school year)", "续一个角色 (不写日期就到学年末)")
	roleRemove  = i18n.T("take a role away at once", "马上收回一个角色")
	roleConfirm = i18n.T("confirm a role of administrator that another administrator gave", "确认另一位管理员给的管理员角色")
	roleDid     = i18n.T("%s: %s %s", "%s: %s %s")
	roleWaits   = i18n.T("It waits: another administrator says account role confirm %s", "还没生效: 要另一位管理员说 account role confirm %s")
)

// A rolled is what was done about a role.
type rolled struct {
	Account string `json:"account"`
	Did     string `json:"did"`
	given
}

// A change does something about a role of an account, and tells which grant it
// was; 0: the newest.
type change func(ctx context.Context, desk *store.Desk, card data.AccountCard, w data.RoleWord) (grant int64, err error)

// roleWords is the word account role with its verbs.
func (c *Call) roleWords() *cobra.Command {
	root := &cobra.Command{Use: "role", Short: c.say(roleShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	add := func(ctx context.Context, desk *store.Desk, card data.AccountCard, w data.RoleWord) (int64, error) {
		return 0, desk.Grant(ctx, card.ID, w)
	}
	renew := func(ctx context.Context, desk *store.Desk, card data.AccountCard, w data.RoleWord) (int64, error) {
		g, err := held(card, w, c.Now)
		if err != nil {
			return 0, err
		}
		if w.Until.IsZero() {
			w.Until = g.RenewTo(c.Now.Today())
		}
		return g.ID, desk.RenewGrant(ctx, g.ID, w.Until)
	}
	remove := func(ctx context.Context, desk *store.Desk, card data.AccountCard, w data.RoleWord) (int64, error) {
		g, err := held(card, w, c.Now)
		if err != nil {
			return 0, err
		}
		return g.ID, desk.RevokeGrant(ctx, g.ID)
	}
	c.Add(root, c.roleVerb("add", "NAME ROLE[:SCOPE][@UNTIL]", roleAdd, add), c.roleVerb("renew", "NAME ROLE[:SCOPE][@UNTIL]", roleRenew, renew),
		c.roleVerb("remove", "NAME ROLE[:SCOPE]", roleRemove, remove), c.roleConfirm())
	return root
}

// roleVerb is a verb that takes a name and a role.
func (c *Call) roleVerb(verb, words string, short i18n.Phrase, do change) *cobra.Command {
	return &cobra.Command{Use: verb + " " + words, Short: c.say(short), Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		w, err := data.ParseRole(args[1])
		if err != nil {
			return err
		}
		return c.role(cmd.Context(), verb, args[0], w, do)
	}}
}

func (c *Call) roleConfirm() *cobra.Command {
	return &cobra.Command{Use: "confirm NAME", Short: c.say(roleConfirm), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		admin := data.RoleWord{Role: data.Administrator}
		return c.role(cmd.Context(), "confirm", args[0], admin, func(ctx context.Context, desk *store.Desk, card data.AccountCard, w data.RoleWord) (int64, error) {
			g, err := held(card, w, c.Now)
			if err != nil {
				return 0, err
			}
			return g.ID, desk.ConfirmGrant(ctx, g.ID)
		})
	}}
}

// role does something about a role of an account and prints how that role stands
// then.
func (c *Call) role(ctx context.Context, did, name string, w data.RoleWord, do change) error {
	desk, a, err := c.account(ctx, name)
	if err != nil {
		return err
	}
	card, err := desk.AccountCard(ctx, a.ID)
	if err != nil {
		return err
	}
	grant, err := do(ctx, desk, card, w)
	if err != nil {
		return err
	}
	if card, err = desk.AccountCard(ctx, a.ID); err != nil {
		return err
	}
	out := rolled{Account: a.Username, Did: did}
	for _, g := range card.Roles { // the newest first
		if g.ID == grant || grant == 0 && out.ID == 0 {
			out.given = givenOf(g, c.Now)
		}
	}
	c.print(out, nil, [][]string{{c.say(roleDid, a.Username, did, w.String())}})
	if out.State == grantWords[data.GrantWaits] && !c.json {
		c.errln(c.say(roleWaits, a.Username))
	}
	return nil
}
