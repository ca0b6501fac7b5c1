package command

import (
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	emergencyShort = i18n.T("open one child for two hours in an emergency: phones, health, who is kept away", "紧急: 打开一个孩子两小时, 看电话、健康、限制")
	lendShort      = i18n.T("lend my class to a colleague, see or take back what is lent", "把我的班借给同事代管; 看借出的; 收回")
	releaseShort   = i18n.T("release one child to one person (principal)", "把一个孩子放行给一个人看 (校长)")
	reasonFlag     = i18n.T("why; it is logged and told to whom it concerns", "原因, 会记入日志并告诉有关的人")
	lendUntilFlag  = i18n.T("the last day: fri, +3d, 2026-12-01", "到哪天: 周五 +3d 2026-12-01")
	lendListFlag   = i18n.T("what is lent, by me and to me", "借出的和借给我的")
	lendBackFlag   = i18n.T("take back the loan with this number", "收回这个编号的")
	forFlag        = i18n.T("how long: 30m, 2h, 24h at most", "多久: 30m 2h, 最多 24h")
	emergencyDone  = i18n.T("Open until %s. The class teacher and the principal have been told; it is logged.", "打开到 %s。已告诉班主任和校长, 已记入日志。")
	lendDone       = i18n.T("%s is lent to %s until %s (number %d)", "%s 借给 %s 代管, 到 %s (编号 %d)")
	lendBack       = i18n.T("Taken back", "已收回")
	lendNone       = i18n.T("Nothing is lent", "没有借出的")
	releaseDone    = i18n.T("%s is open to %s until %s; those concerned have been told", "%s 放行给 %s, 到 %s; 已告诉有关的人")
	colTo          = i18n.T("to", "给谁")
	colReason      = i18n.T("reason", "原因")
)

// emergency is the word emergency: it opens a child and prints what it opened.
func (c *Call) emergency() *cobra.Command {
	reason := ""
	cmd := &cobra.Command{Use: "emergency STUDENT", Short: c.say(emergencyShort), Args: cobra.MinimumNArgs(1)}
	cmd.Flags().StringVar(&reason, "reason", "", c.say(reasonFlag))
	cmd.RunE = func(cmd *cobra.Command, query []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		s, err := desk.Emergency(cmd.Context(), strings.Join(query, " "), reason)
		if err != nil {
			return err
		}
		if !c.json {
			c.line(c.say(emergencyDone, c.Lang.Clock(c.Now().Add(data.EmergencyLasts))))
		}
		return c.tellCard(cmd.Context(), desk, s.ID, true)
	}
	return cmd
}

// loan is a class that was lent.
type loan struct {
	ID     int64  `json:"id"`
	Class  string `json:"class"`
	To     string `json:"to"`
	By     string `json:"by"`
	Until  string `json:"until"`
	Reason string `json:"reason"`
}

func loanOf(g data.GrantLine) loan {
	return loan{g.ID, g.Class.String(), g.Name, g.By, lastDay(g.Until).String(), g.Reason}
}

// lastDay is the last day of what ends at an instant.
func lastDay(t time.Time) data.Date { return data.DayOf(t.Add(-time.Millisecond)) }

// lend is the word lend: CLASS NAME, or what is lent, or back.
func (c *Call) lend() *cobra.Command {
	until, reason, all, back := "", "", false, ""
	cmd := &cobra.Command{Use: "lend CLASS NAME | lend --list | lend --back ID", Short: c.say(lendShort)}
	cmd.Flags().StringVar(&until, "until", "", c.say(lendUntilFlag))
	cmd.Flags().StringVar(&reason, "reason", "", c.say(reasonFlag))
	cmd.Flags().BoolVar(&all, "list", false, c.say(lendListFlag))
	cmd.Flags().StringVar(&back, "back", "", c.say(lendBackFlag))
	cmd.Args = func(cmd *cobra.Command, words []string) error {
		if all || back != "" {
			return cobra.NoArgs(cmd, words)
		}
		return cobra.ExactArgs(2)(cmd, words)
	}
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		switch {
		case all:
			return c.loans(cmd)
		case back != "":
			return c.takeBack(cmd, back)
		}
		return c.lendTo(cmd, words[0], words[1], until, reason)
	}
	return cmd
}

func (c *Call) loans(cmd *cobra.Command) error {
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return err
	}
	lent, err := desk.Lent(cmd.Context())
	if err != nil {
		return err
	}
	out := struct {
		Loans []loan `json:"loans"`
		Total int    `json:"total"`
	}{[]loan{}, len(lent)}
	var rows [][]string
	for _, g := range lent {
		l := loanOf(g)
		out.Loans = append(out.Loans, l)
		rows = append(rows, []string{strconv.FormatInt(l.ID, 10), l.Class, c.Lang.Name(l.To, ""), c.Lang.Name(l.By, ""), l.Until, l.Reason})
	}
	if len(rows) == 0 && !c.json {
		c.line(c.say(lendNone))
		return nil
	}
	c.print(out, []i18n.Phrase{colID, colClass, colTo, colBy, colUntil, colReason}, rows)
	return nil
}

func (c *Call) takeBack(cmd *cobra.Command, word string) error {
	id, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		return data.ErrNotFound
	}
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return err
	}
	lent, err := desk.Lent(cmd.Context())
	if err != nil {
		return err
	}
	for _, g := range lent {
		if g.ID == id {
			if err := desk.RevokeGrant(cmd.Context(), id); err != nil {
				return err
			}
			if c.json {
				c.encode(c.Out, map[string]int64{"id": id})
				return nil
			}
			c.line(c.say(lendBack))
			return nil
		}
	}
	return data.ErrNotFound
}

func (c *Call) lendTo(cmd *cobra.Command, class, to, until, reason string) error {
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return err
	}
	name, ok := data.ParseClass(class, data.SchoolYear(c.Now.Today()))
	if !ok {
		return &data.Invalid{Field: "class", Why: data.WhyUnknown}
	}
	id, err := desk.ClassByName(cmd.Context(), name)
	if err != nil {
		return err
	}
	who, err := c.colleague(cmd, to)
	if err != nil {
		return err
	}
	cal, err := desk.Calendar(cmd.Context())
	if err != nil {
		return err
	}
	day, err := cal.ParseDue(until, c.Now.Today())
	if err != nil || day.IsZero() {
		return &data.Invalid{Field: "until", Why: data.WhyNotADate}
	}
	g, err := desk.Lend(cmd.Context(), id, who.ID, day, reason)
	if err != nil {
		return err
	}
	if c.json {
		c.encode(c.Out, loan{g.ID, name.String(), who.Name, "", day.String(), g.Reason})
		return nil
	}
	c.line(c.say(lendDone, c.Lang.Class(name), c.Lang.Name(who.Name, ""), day, g.ID))
	return nil
}

// colleague is the member of staff that a word means.
func (c *Call) colleague(cmd *cobra.Command, word string) (data.Colleague, error) {
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return data.Colleague{}, err
	}
	all, err := desk.Colleagues(cmd.Context())
	if err != nil {
		return data.Colleague{}, err
	}
	return data.FindColleague(all, word)
}

// release is the word release: the principal opens one child to one person.
func (c *Call) release() *cobra.Command {
	reason, lasts := "", data.ReleaseLasts
	cmd := &cobra.Command{Use: "release STUDENT NAME", Short: c.say(releaseShort), Args: cobra.ExactArgs(2)}
	cmd.Flags().StringVar(&reason, "reason", "", c.say(reasonFlag))
	cmd.Flags().DurationVar(&lasts, "for", data.ReleaseLasts, c.say(forFlag))
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		s, err := desk.FindStudent(cmd.Context(), words[0])
		if err != nil {
			return err
		}
		who, err := c.colleague(cmd, words[1])
		if err != nil {
			return err
		}
		g, err := desk.Release(cmd.Context(), s.ID, who.ID, lasts, reason)
		if err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, map[string]any{"id": g.ID, "student": s.ID, "to": who.Name, "until": g.Until.In(data.China).Format(time.RFC3339)})
			return nil
		}
		c.line(c.say(releaseDone, c.Lang.Name(s.Name, s.Reading), c.Lang.Name(who.Name, ""), c.Lang.Moment(g.Until, c.Now())))
		return nil
	}
	return cmd
}
