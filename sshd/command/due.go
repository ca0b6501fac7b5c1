package command

import (
	"regexp"
	"strconv"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	dueShort     = i18n.T("promises and resolutions due: mine and my class's, or one class's", "到期的承诺和决议: 我的和我班的, 或某个班的")
	dueClass     = i18n.T("of one class: 3.2", "某个班: 3.2")
	dueWithin    = i18n.T("within so many days: 7d, 2w", "几天以内: 7d 2w")
	whoamiShort  = i18n.T("who I am here, and what I may", "我是谁, 有哪些角色")
	versionShort = i18n.T("the version of the program", "程序版本")

	colDue     = i18n.T("due", "期限")
	colOwner   = i18n.T("who", "谁")
	colStudent = i18n.T("student", "学生")
)

var span = regexp.MustCompile(`^(\d{1,3})(d|w)?$`)

func (c *Call) due() *cobra.Command {
	class, within := "", ""
	cmd := &cobra.Command{Use: "due", Short: c.say(dueShort), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&class, "class", "", c.say(dueClass))
	cmd.Flags().StringVar(&within, "within", "", c.say(dueWithin))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		of, err := c.classNamed(cmd, class)
		if err != nil {
			return err
		}
		until, err := c.until(within)
		if err != nil {
			return err
		}
		ps, err := desk.Due(cmd.Context(), of, until)
		if err != nil {
			return err
		}
		rs, err := desk.Resolutions(cmd.Context(), data.ResolutionQuery{Open: true, Mine: of == 0, Class: of, Until: until})
		if err != nil {
			return err
		}
		out := struct {
			Duties      []any        `json:"duties"`
			Promises    []promise    `json:"promises"`
			Resolutions []resolution `json:"resolutions"`
			Total       int          `json:"total"`
		}{[]any{}, []promise{}, []resolution{}, len(ps) + len(rs.Resolutions)}
		var rows [][]string
		for _, p := range ps {
			out.Promises = append(out.Promises, promiseOf(p))
			rows = append(rows, []string{p.Due.String(), c.Lang.Deadline(p.Due, c.Now.Today()), c.Lang.Name(p.StudentName, ""), p.ClassName.String(), c.Lang.Name(p.OwnerName, ""), p.Text})
		}
		for _, r := range rs.Resolutions {
			out.Resolutions = append(out.Resolutions, resolutionOf(r))
			rows = append(rows, []string{r.Due.String(), c.Lang.Deadline(r.Due, c.Now.Today()), r.Number, r.ClassName.String(), c.Lang.Name(r.OwnerName, ""), r.Text})
		}
		c.print(out, []i18n.Phrase{colDue, {}, colStudent, colClass, colOwner, colText}, rows)
		return nil
	}
	return cmd
}

// until is the day that so many days from now is, as a flag says it; the zero
// Date for none.
func (c *Call) until(within string) (data.Date, error) {
	if within == "" {
		return data.Date{}, nil
	}
	m := span.FindStringSubmatch(within)
	if m == nil {
		return data.Date{}, &data.Invalid{Field: "due", Why: data.WhyNotADate}
	}
	n, _ := strconv.Atoi(m[1])
	if m[2] == "w" {
		n *= 7
	}
	return c.Now.Today().AddDays(n), nil
}

type role struct {
	Role  string `json:"role"`
	Scope string `json:"scope"`
	Until string `json:"until"` // the last day; "": no end
}

func rolesOf(a data.Account, now data.Clock) []role {
	out := []role{}
	for _, g := range a.Active(now()) {
		r := role{Role: string(g.Role), Scope: g.Where()}
		if !g.Until.IsZero() {
			r.Until = data.DayOf(g.Until.Add(-1)).String() // the last day it holds
		}
		out = append(out, r)
	}
	return out
}

func (c *Call) whoami() *cobra.Command {
	signIns := false
	cmd := &cobra.Command{Use: "whoami", Short: c.say(whoamiShort), Args: cobra.NoArgs}
	cmd.Flags().BoolVar(&signIns, "sign-ins", false, c.say(signInsFlag))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		me, err := desk.Me(cmd.Context())
		if err != nil {
			return err
		}
		if signIns {
			return c.signIns(cmd.Context(), desk, me.ID)
		}
		out := struct {
			Account string `json:"account"`
			Name    string `json:"name"`
			Roles   []role `json:"roles"`
			Key     string `json:"key"`
		}{me.Username, me.Name, rolesOf(me, c.Now), c.Key}
		rows := [][]string{{me.Username, c.Lang.Name(me.Name, "")}}
		for _, r := range out.Roles {
			rows = append(rows, []string{r.Role, r.Scope, r.Until})
		}
		c.print(out, nil, append(rows, []string{c.Key}))
		return nil
	}
	return cmd
}

func (c *Call) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: c.say(versionShort), Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		c.print(map[string]string{"version": Version()}, nil, [][]string{{"qiao " + Version()}})
		return nil
	}}
}
