package command

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	topicShort = i18n.T("propose a topic for a meeting", "给一次会议提议题")
	topicAsked = i18n.T("Proposed: %s", "已提: %s")
)

func (c *Call) topic() *cobra.Command {
	return &cobra.Command{Use: "topic MEETING TEXT", Short: c.say(topicShort), Args: cobra.MinimumNArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		id, err := desk.FindMeeting(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		x, err := desk.ProposeTopic(cmd.Context(), id, strings.Join(args[1:], " "), data.Ref{})
		if err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, map[string]int64{"id": x.ID})
			return nil
		}
		c.line(c.say(topicAsked, x.Title))
		return nil
	}}
}
