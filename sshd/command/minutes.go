package command

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	"github.com/spf13/cobra"
)

var (
	minutesShort  = i18n.T("a meeting's minutes, as they are given out or in full", "一次会议的纪要: 分发版或完整版")
	formFlag      = i18n.T("given-out: without what is restricted; full: as far as you may read", "given-out 不含受限内容; full 你能看的全部")
	minutesFormat = i18n.T("text, markdown, json, or docx (logged as an export)", "text markdown json docx (docx 记作导出)")
)

// minutes are what scripts read of them. Text is the form that was asked for;
// hidden is how many lines of it the reader does not see, and left_out how many
// are not in the form that is given out.
type minutes struct {
	ID          int64        `json:"id"`
	Meeting     int64        `json:"meeting"`
	Number      string       `json:"number"`
	State       string       `json:"state"`
	Version     int          `json:"version"`
	Text        string       `json:"text"`
	Hash        string       `json:"hash"`
	Signed      []signature  `json:"signed"`
	Corrections []correction `json:"corrections"`
	Hidden      int          `json:"hidden"`
	LeftOut     int          `json:"left_out"`
}

type signature struct {
	Name string `json:"name"`
	At   string `json:"at"`
}

type correction struct {
	No   int    `json:"no"`
	Text string `json:"text"`
	By   string `json:"by"`
	At   string `json:"at"`
	Hash string `json:"hash"`
}

func minutesOf(m data.Minutes, givenOut bool) minutes {
	out := minutes{m.ID, m.Meeting.ID, m.Number, string(m.State), m.Version, m.Text(givenOut), m.Hash, []signature{}, []correction{}, m.Hidden, m.GivenOut}
	for _, s := range m.Signed {
		if s.Version == m.Version {
			out.Signed = append(out.Signed, signature{s.Name, when(s.At)})
		}
	}
	for _, k := range m.Corrections {
		if !givenOut || k.Level < data.Restricted {
			out.Corrections = append(out.Corrections, correction{k.N, k.Text, k.By, when(k.At), k.Hash})
		}
	}
	return out
}

// text prints a text as it is, but for what a terminal would obey.
func (c *Call) text(s string) {
	for l := range strings.Lines(s) {
		c.line(data.Line(strings.TrimSuffix(l, "\n")))
	}
}

func (c *Call) minutes() *cobra.Command {
	form, format := "given-out", "text"
	cmd := &cobra.Command{Use: "minutes MEETING", Short: c.say(minutesShort), Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&form, "version", form, c.say(formFlag))
	cmd.Flags().StringVar(&format, "format", format, c.say(minutesFormat))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		of, err := minutesPaper(form)
		switch {
		case err != nil:
			return err
		case !slices.Contains([]string{"text", "markdown", "json", string(data.AsDOCX)}, format):
			return &data.Invalid{Field: "format", Why: data.WhyUnknown}
		}
		desk, id, err := c.meetingNamed(cmd, args[0])
		if err != nil {
			return err
		}
		if format == string(data.AsDOCX) && !c.json {
			return c.paper(cmd, desk, kit.Paper{Of: of, Meeting: id}, outFlags{format: format})
		}
		m, err := desk.Minutes(cmd.Context(), id, 0)
		if err != nil {
			return err
		}
		givenOut := of == data.MinutesGiven
		switch {
		case c.json || format == "json":
			c.encode(c.Out, minutesOf(m, givenOut))
		case format == "markdown":
			c.text(m.Markdown(givenOut))
		default:
			c.text(m.Text(givenOut))
		}
		return nil
	}
	return cmd
}
