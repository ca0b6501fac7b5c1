package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	keyShort       = i18n.T("add, name or remove public keys", "加、改名或去掉公钥")
	keyAddShort    = i18n.T("bind public keys (a .pub or authorized_keys file, - for standard input)", "加公钥 (.pub 或 authorized_keys 文件, - 从标准输入读)")
	keyNameShort   = i18n.T("give a key a name", "给公钥起名")
	keyDropShort   = i18n.T("take a public key away, and end its windows", "去掉一把公钥, 结束它的窗口")
	keyAccountFlag = i18n.T("whose a key is that only ever came in a certificate", "只在证书里出现过的公钥是谁的")
	keyBound       = i18n.T("Key %s (%s) is %s's", "公钥 %s (%s) 给了 %s")
	keyLine        = i18n.T("line %d: %s", "第 %d 行: %s")
	keyOthers      = i18n.T("%s's already", "已是 %s 的")
	colLine        = i18n.T("line", "行")
)

func (c *Call) keyAdd() *cobra.Command {
	return &cobra.Command{Use: "add NAME FILE", Short: c.say(keyAddShort), Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		text, err := c.Read(args[1])
		if err != nil {
			return err
		}
		desk, a, err := c.account(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		lines, err := desk.ReadKeys(cmd.Context(), a.ID, text)
		if err != nil {
			return err
		}
		if len(lines) <= 1 {
			k, err := sshkey.One(text)
			if len(lines) == 1 && lines[0].Why == data.WhyPrivate { // the text is gone
				err = &data.Invalid{Field: "key", Why: data.WhyPrivate}
			}
			if err == nil {
				k, err = desk.AddKey(cmd.Context(), a.ID, k)
			}
			if err != nil {
				return err
			}
			c.print(map[string]string{"account": a.Username, "fingerprint": k.Fingerprint}, nil, [][]string{{c.say(keyBound, k.Fingerprint, k.Type, a.Username)}})
			return nil
		}
		return c.keyLines(cmd.Context(), desk, a, lines)
	}}
}

type keyRefused struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// keyLines binds the keys of a paste of several lines, and names each line that
// is not taken.
func (c *Call) keyLines(ctx context.Context, desk *store.Desk, a data.Account, lines []data.KeyLine) error {
	bound, refused := []key{}, []keyRefused{}
	var rows [][]string
	for _, l := range lines {
		why := ""
		if l.Why != "" {
			why = c.Lang.Why(l.Why)
		} else if _, err := desk.AddKey(ctx, a.ID, l.Key); err != nil {
			why = c.Lang.Error(err)
		}
		if l.Owner != "" {
			why = c.say(keyOthers, c.Lang.Name(l.Owner, ""))
		}
		if why != "" {
			refused = append(refused, keyRefused{l.N, why})
			continue
		}
		bound = append(bound, key{Fingerprint: l.Key.Fingerprint, Type: l.Key.Type, Name: l.Key.Name, Added: when(c.Now())})
		rows = append(rows, []string{fmt.Sprint(l.N), l.Key.Type, fmt.Sprint(l.Bits), l.Key.Fingerprint, l.Key.Name})
	}
	c.print(map[string]any{"account": a.Username, "keys": bound, "refused": refused}, []i18n.Phrase{colLine, colType, colBits, colKeys, colName}, rows)
	if len(refused) == 0 {
		return nil
	}
	if !c.json {
		for _, r := range refused {
			c.errln(c.say(keyLine, r.Line, r.Why))
		}
	}
	return silent{&data.Invalid{Field: "key", Why: data.WhyNotKey}}
}

func (c *Call) keyRename() *cobra.Command {
	return &cobra.Command{Use: "rename FINGERPRINT NAME", Short: c.say(keyNameShort), Args: cobra.MinimumNArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		name := data.KeyName(strings.Join(args[1:], " "))
		if err := desk.RenameKey(cmd.Context(), args[0], name); err != nil {
			return err
		}
		c.print(map[string]string{"fingerprint": args[0], "name": name}, nil, [][]string{{c.say(done, name)}})
		return nil
	}}
}

func (c *Call) keyRemove() *cobra.Command {
	owner := ""
	cmd := &cobra.Command{Use: "remove FINGERPRINT", Short: c.say(keyDropShort), Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&owner, "account", "", c.say(keyAccountFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		err = desk.RemoveKey(cmd.Context(), args[0])
		if errors.Is(err, data.ErrNotFound) && owner != "" {
			var a data.Account
			if a, err = desk.Account(cmd.Context(), owner); err == nil {
				err = desk.BlockKey(cmd.Context(), a.ID, args[0])
			}
		}
		if err != nil {
			return err
		}
		c.print(map[string]string{"fingerprint": args[0], "did": "remove"}, nil, [][]string{{c.say(done, "remove "+data.Line(args[0]))}})
		return nil
	}
	return cmd
}

// account opens the desk and finds the account that a word names.
func (c *Call) account(ctx context.Context, name string) (*store.Desk, data.Account, error) {
	desk, err := c.Desk(ctx)
	if err != nil {
		return nil, data.Account{}, err
	}
	a, err := desk.Account(ctx, name)
	return desk, a, err
}
