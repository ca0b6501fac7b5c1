package main

import (
	"os"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	initShort  = i18n.T("an empty school", "建一个空学校")
	schoolFlag = i18n.T("the school's name", "校名")
	adminFlag  = i18n.T("the first administrator's full name", "第一个管理员的全名")
	adminKey   = i18n.T("that administrator's .pub file", "这个管理员的 .pub 文件")
	exists     = i18n.T("There is a school in %s already: nothing was changed", "%s 里已有学校: 什么都没动")
	made       = i18n.T("%s is ready in %s. Next: qiao account add --name NAME --role admin --key-file FILE, then qiao serve", "%s 已建在 %s。下一步: qiao account add --name 姓名 --role admin --key-file 文件, 再 qiao serve")
	madeWith   = i18n.T("%s is ready in %s, %s may come in. Next: qiao serve", "%s 已建在 %s, %s 可以登录。下一步: qiao serve")
)

func (p *program) init() *cobra.Command {
	school, name, file := "", "", ""
	cmd := &cobra.Command{Use: "init --school NAME", Short: p.Lang.Say(initShort), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&school, "school", "", p.Lang.Say(schoolFlag))
	cmd.Flags().StringVar(&name, "admin-name", "", p.Lang.Say(adminFlag))
	cmd.Flags().StringVar(&file, "admin-key", "", p.Lang.Say(adminKey))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if school = data.Name(school); school == "" {
			return &data.Invalid{Field: "school", Why: data.WhyEmpty}
		}
		if (name == "") != (file == "") {
			return &data.Invalid{Field: "key", Why: data.WhyEmpty}
		}
		var key *data.Key
		if file != "" { // before anything is made
			text, err := p.Read(file)
			if err != nil {
				return &data.Invalid{Field: "file", Why: data.WhyUnknown}
			}
			k, err := sshkey.One(text)
			if err != nil {
				return err
			}
			key = &k
		}
		if _, err := os.Stat(p.file()); err == nil {
			return &trouble{exists.With(p.dir), nil}
		}
		if _, err := p.open(cmd.Context(), true); err != nil {
			return err
		}
		desk, err := p.console(cmd.Context())
		if err != nil {
			return err
		}
		if err := desk.Rename(cmd.Context(), school); err != nil {
			return err
		}
		if key == nil {
			p.say(made, school, p.dir)
			return nil
		}
		a, err := desk.AddAccount(cmd.Context(), name, []data.RoleWord{{Role: data.Administrator}}, *key)
		if err != nil {
			return err
		}
		p.say(madeWith, school, p.dir, a.Username)
		return nil
	}
	return cmd
}
