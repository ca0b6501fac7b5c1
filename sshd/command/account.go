package command

import (
	"strings"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	accountShort  = i18n.T("accounts and their keys (administrators)", "账号和公钥 (管理员)")
	addShort      = i18n.T("a new account", "新账号")
	listShort     = i18n.T("all accounts, with roles and keys", "全部账号, 带角色和公钥")
	disableShort  = i18n.T("close an account and end its windows", "停用账号, 结束它的窗口")
	enableShort   = i18n.T("open an account again", "重新启用账号")
	nameFlag      = i18n.T("full name", "全名")
	roleFlag      = i18n.T("ROLE[:SCOPE][@UNTIL], may be said again: class-teacher:3.2, principal", "角色[:范围][@到哪天], 可写几次: class-teacher:3.2 principal")
	keyFlag       = i18n.T("a .pub file; - for standard input", ".pub 文件; - 从标准输入读")
	accountMade   = i18n.T("Account %s for %s", "账号 %s: %s")
	done          = i18n.T("Done: %s", "好了: %s")
	colAccount    = i18n.T("account", "账号")
	colRoles      = i18n.T("roles", "角色")
	colKeys       = i18n.T("keys", "公钥")
	colState      = i18n.T("state", "状态")
	stateDisabled = i18n.T("disabled", "已停用")
	sameName      = i18n.T("Note: there is another %s (%s)", "注意: 已经有叫 %s 的 (%s)")
	alikeName     = i18n.T("! The name looks like %s (%s) but has other characters in it. If it is the same person: account disable the new one", "! 名字和 %s (%s) 看着一样, 其实字不同。如果是同一个人: 用 account disable 停掉新的")
	stateOpen     = i18n.T("open", "可用")
)

// Account is the word account with its verbs, for administrators and the
// console.
func (c *Call) Account() *cobra.Command {
	root := &cobra.Command{Use: "account", Short: c.say(accountShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	key := &cobra.Command{Use: "key", Short: c.say(keyShort)}
	key.RunE = func(_ *cobra.Command, words []string) error { return c.group(key, words) }
	c.Add(key, c.keyAdd(), c.keyRename(), c.keyRemove())
	if c.Server.Sessions != nil {
		c.Add(root, c.sessions(), c.sessionEnd())
	}
	c.Add(root, c.accountAdd(), c.accountList(), c.accountToggle("disable", disableShort), c.accountToggle("enable", enableShort), key,
		c.accountShow(), c.accountMay(), c.roleWords(), c.enrol(), c.invites(), c.authority())
	return root
}

func (c *Call) accountAdd() *cobra.Command {
	name, file, roles := "", "", []string(nil)
	cmd := &cobra.Command{Use: "add --name NAME --role ROLE[:SCOPE]", Short: c.say(addShort), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&name, "name", "", c.say(nameFlag))
	cmd.Flags().StringArrayVar(&roles, "role", nil, c.say(roleFlag))
	cmd.Flags().StringVar(&file, "key-file", "", c.say(keyFlag))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var words []data.RoleWord
		for _, r := range roles {
			w, err := data.ParseRole(r)
			if err != nil {
				return err
			}
			words = append(words, w)
		}
		var keys []data.Key
		if file != "" {
			k, err := c.key(file)
			if err != nil {
				return err
			}
			keys = append(keys, k)
		}
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		naming, err := desk.Naming(cmd.Context(), name)
		if err != nil {
			return err
		}
		a, err := desk.AddAccount(cmd.Context(), name, words, keys...)
		if err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, struct {
				Account string   `json:"account"`
				ID      int64    `json:"id"`
				Same    []string `json:"same_name,omitempty"`
				Alike   []string `json:"looks_like,omitempty"`
			}{a.Username, a.ID, usernames(naming.Same), usernames(naming.Alike)})
		} else {
			c.line(c.say(accountMade, a.Username, data.Line(a.Name)))
			c.alike(naming)
		}
		return nil
	}
	return cmd
}

// alike says whom a new account's name is taken for: one that is the same is
// told, one that only looks the same is a warning.
func (c *Call) alike(n data.Naming) {
	for _, a := range n.Same {
		c.line(c.say(sameName, data.Line(c.Lang.Name(a.Name, "")), a.Username))
	}
	for _, a := range n.Alike {
		c.errln(c.say(alikeName, data.Line(c.Lang.Name(a.Name, "")), a.Username))
	}
}

func usernames(of []data.Account) (out []string) {
	for _, a := range of {
		out = append(out, a.Username)
	}
	return out
}

// key reads the one public key of a file that a flag names.
func (c *Call) key(file string) (data.Key, error) {
	text, err := c.Read(file)
	if err != nil {
		return data.Key{}, err
	}
	return sshkey.One(text)
}

type account struct {
	ID       int64  `json:"id"`
	Account  string `json:"account"`
	Name     string `json:"name"`
	Roles    []role `json:"roles"`
	Keys     []key  `json:"keys"`
	Disabled bool   `json:"disabled"`
}

type key struct {
	Fingerprint string `json:"fingerprint"`
	Type        string `json:"type"`
	Name        string `json:"name"`
	Added       string `json:"added"`
	LastUsed    string `json:"last_used,omitempty"`
	From        string `json:"last_from,omitempty"`
	Revoked     bool   `json:"revoked,omitempty"`
}

func (c *Call) accountList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: c.say(listShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		all, err := desk.AccountLines(cmd.Context()) // as far as the asker sees them
		if err != nil {
			return err
		}
		out := []account{}
		var rows [][]string
		for _, a := range all {
			one := account{ID: a.ID, Account: a.Username, Name: a.Name, Roles: rolesOf(a.Account, c.Now), Keys: []key{}, Disabled: !a.Disabled.IsZero()}
			var names, prints []string
			for _, r := range one.Roles {
				names = append(names, strings.TrimSuffix(r.Role+":"+r.Scope, ":"))
			}
			for _, k := range a.Keys {
				e := key{Fingerprint: k.Fingerprint, Type: k.Type, Name: k.Name, Added: when(k.Added), Revoked: !k.Revoked.IsZero()}
				if !k.LastUsed.IsZero() {
					e.LastUsed = when(k.LastUsed)
				}
				one.Keys = append(one.Keys, e)
				if !e.Revoked {
					prints = append(prints, k.Fingerprint)
				}
			}
			state := c.say(stateOpen)
			if one.Disabled {
				state = c.say(stateDisabled)
			}
			out = append(out, one)
			rows = append(rows, []string{a.Username, c.Lang.Name(a.Name, ""), strings.Join(names, " "), state, strings.Join(prints, " ")})
		}
		c.print(map[string]any{"accounts": out, "total": len(out)}, []i18n.Phrase{colAccount, colName, colRoles, colState, colKeys}, rows)
		return nil
	}}
}

func (c *Call) accountToggle(verb string, short i18n.Phrase) *cobra.Command {
	return &cobra.Command{Use: verb + " NAME", Short: c.say(short), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		a, err := desk.Account(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		set := desk.Enable
		if verb == "disable" {
			set = desk.Disable
		}
		if err := set(cmd.Context(), a.ID); err != nil {
			return err
		}
		c.print(map[string]string{"account": a.Username, "did": verb}, nil, [][]string{{c.say(done, verb+" "+a.Username)}})
		return nil
	}}
}
