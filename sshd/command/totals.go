package command

import (
	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	totalsShort = i18n.T("counts of this term without names, by grade and class", "本学期的总数, 不带姓名, 按年级和班")
	colOf       = i18n.T("of", "范围")
	inAll       = i18n.T("all", "合计")
	totalsHeads = []i18n.Phrase{i18n.T("students", "学生"), i18n.T("families", "家庭"), i18n.T("left behind", "留守"), i18n.T("contacts", "往来"), i18n.T("calls", "电话"),
		i18n.T("visits", "家访"), i18n.T("messages", "消息"), i18n.T("others", "其他"), i18n.T("reached this month", "本月谈到"), i18n.T("promises open", "承诺未了"),
		i18n.T("kept", "已做"), i18n.T("broken", "没做到")}
)

type classTotals struct {
	Class string `json:"class"`
	data.TotalsRow
}

// totals is the word totals.
func (c *Call) totals() *cobra.Command {
	return &cobra.Command{Use: "totals", Short: c.say(totalsShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		t, err := desk.Totals(cmd.Context())
		if err != nil {
			return err
		}
		out := struct {
			On      string           `json:"on"`
			From    string           `json:"from"`
			All     data.TotalsRow   `json:"all"`
			Grades  []data.TotalsRow `json:"grades"`
			Classes []classTotals    `json:"classes"`
		}{t.On.String(), t.Term.First.String(), t.All, t.Grades, []classTotals{}}
		row := func(name string, r data.TotalsRow) (cells []string) {
			cells = append(cells, name)
			for _, n := range r.Counts() {
				cells = append(cells, n.String())
			}
			return cells
		}
		rows := [][]string{row(c.say(inAll), t.All)}
		for _, g := range t.Grades {
			rows = append(rows, row(c.Lang.Grade(g.Grade), g))
		}
		for _, one := range t.Classes {
			out.Classes = append(out.Classes, classTotals{one.Class.String(), one})
			rows = append(rows, row(one.Class.String(), one))
		}
		c.print(out, append([]i18n.Phrase{colOf}, totalsHeads...), rows)
		return nil
	}}
}
