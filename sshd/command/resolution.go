package command

import (
	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	resolutionsShort = i18n.T("what meetings decided: who does what by when", "会议决议: 谁在什么时候前做什么")
	openFlag         = i18n.T("only open ones", "只看没完成的")
	myOwnFlag        = i18n.T("only mine and my class's", "只看我的和我班的")
)

type resolution struct {
	ID      int64  `json:"id"`
	Number  string `json:"number"`
	Meeting int64  `json:"meeting"`
	Class   string `json:"class"`
	Text    string `json:"text"`
	Owner   string `json:"owner,omitempty"`
	Due     string `json:"due"`
	State   string `json:"state"`
	Result  string `json:"result,omitempty"`
}

func resolutionOf(r data.Resolution) resolution {
	return resolution{r.ID, r.Number, r.Meeting, r.ClassName.String(), r.Text, r.OwnerName, r.Due.String(), string(r.State), r.Result}
}

func (c *Call) resolutionRow(r data.Resolution) []string {
	state := c.Lang.ResolutionState(r.State)
	if r.State == data.ResolutionOpen {
		state = c.Lang.Deadline(r.Due, c.Now.Today())
	}
	return []string{r.Number, r.Due.String(), state, c.Lang.Name(r.OwnerName, ""), r.Text}
}

func (c *Call) resolutions() *cobra.Command {
	var q data.ResolutionQuery
	class, within := "", ""
	cmd := &cobra.Command{Use: "resolutions", Short: c.say(resolutionsShort), Args: cobra.NoArgs}
	fs := cmd.Flags()
	fs.BoolVar(&q.Open, "open", false, c.say(openFlag))
	fs.BoolVar(&q.Mine, "mine", false, c.say(myOwnFlag))
	fs.StringVar(&class, "class", "", c.say(ofClassFlag))
	fs.StringVar(&within, "within", "", c.say(dueWithin))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		if q.Class, err = c.classNamed(cmd, class); err != nil {
			return err
		}
		if q.Until, err = c.until(within); err != nil {
			return err
		}
		q.Limit = 1000
		l, err := desk.Resolutions(cmd.Context(), q)
		if err != nil {
			return err
		}
		out := struct {
			Resolutions []resolution `json:"resolutions"`
			Open        int          `json:"open"`
			Late        int          `json:"late"`
			Done        int          `json:"done"`
			Total       int          `json:"total"`
		}{[]resolution{}, l.Open, l.Late, l.Done, l.All}
		var rows [][]string
		for _, r := range l.Resolutions {
			out.Resolutions = append(out.Resolutions, resolutionOf(r))
			rows = append(rows, c.resolutionRow(r))
		}
		c.print(out, []i18n.Phrase{colNo, colDue, colState, colOwner, colText}, rows)
		return nil
	}
	return cmd
}
