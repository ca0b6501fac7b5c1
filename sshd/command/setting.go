package command

import (
	"strconv"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	settingShort     = i18n.T("what the school has set", "学校的设置")
	settingListShort = i18n.T("every setting, with its range", "全部设置和范围")
	settingSetShort  = i18n.T("set one from today on; default gives it back (administrators, principal, office)", "改一项, 从今天起; default 还原 (管理员、校长、德育处)")
	colSetting       = i18n.T("setting", "设置")
	colValue         = i18n.T("value", "值")
	colRange         = i18n.T("range", "范围")
	colWhat          = i18n.T("what", "是什么")
	notSet           = i18n.T("%d (not set)", "%d (没设)")
)

// Setting is the word setting with its verbs.
func (c *Call) Setting() *cobra.Command {
	root := &cobra.Command{Use: "setting", Short: c.say(settingShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	c.Add(root, c.settingList(), c.settingSet())
	return root
}

type settingOut struct {
	Key     string `json:"key"`
	Value   int    `json:"value"`
	Set     bool   `json:"set"`
	Least   int    `json:"least"`
	Most    int    `json:"most"`
	Default int    `json:"default"`
}

func (c *Call) settingList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: c.say(settingListShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		all, err := desk.Settings(cmd.Context())
		if err != nil {
			return err
		}
		out := []settingOut{}
		var rows [][]string
		for _, s := range all {
			out = append(out, settingOut{s.Key, s.Value, s.Set, s.Least, s.Most, s.Default})
			value := strconv.Itoa(s.Value)
			if !s.Set {
				value = c.say(notSet, s.Value)
			}
			rows = append(rows, []string{s.Key, value, strconv.Itoa(s.Least) + "-" + strconv.Itoa(s.Most), c.Lang.Field(s.Key)})
		}
		c.print(map[string]any{"settings": out, "total": len(out)}, []i18n.Phrase{colSetting, colValue, colRange, colWhat}, rows)
		return nil
	}}
}

func (c *Call) settingSet() *cobra.Command {
	return &cobra.Command{Use: "set KEY VALUE", Short: c.say(settingSetShort), Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		key, value := args[0], args[1]
		if value == "default" {
			value = ""
		}
		if err := desk.SetSetting(cmd.Context(), key, value); err != nil {
			return err
		}
		c.print(map[string]string{"setting": key, "value": value}, nil, [][]string{{c.say(done, data.Line(key)+" "+data.Line(args[1]))}})
		return nil
	}}
}
