package command

import (
	"strings"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	"github.com/spf13/cobra"
)

var (
	minutesOut   = i18n.T("a meeting's minutes, given out or whole", "一次会议的纪要: 分发版或完整版")
	signInOut    = i18n.T("a meeting's sign-in sheet", "一次会议的签到表")
	meetingsOut  = i18n.T("meetings, for a calendar", "会议, 给日历用")
	oneOfFormats = i18n.T("one of: %s", "可选: %s")
	usualPurpose = i18n.T("what for: it stands in the paper and in the log; if not said, what such papers are for", "用途: 写在文件和日志里; 不写就是这种文件的通常用途")
)

// An outFlags is what each export of a paper takes.
type outFlags struct{ format, purpose, file string }

func (f *outFlags) add(cmd *cobra.Command, c *Call, of data.Paper) {
	formats := of.Formats()
	f.format = string(formats[0])
	fs := cmd.Flags()
	fs.StringVar(&f.format, "format", f.format, c.say(oneOfFormats, strings.Join(codesOf(formats), " ")))
	fs.StringVar(&f.purpose, "purpose", "", c.say(usualPurpose))
	if c.Write != nil {
		fs.StringVarP(&f.file, "output", "o", "", c.say(outFlag))
	}
}

// paper makes a paper and gives it out: into a file that -o names, else as it is.
func (c *Call) paper(cmd *cobra.Command, desk *store.Desk, p kit.Paper, f outFlags) error {
	p.Format, p.Purpose, p.Lang = data.Format(f.format), f.purpose, c.Lang
	made, err := tui.Print(cmd.Context(), desk, p)
	if err != nil {
		return err
	}
	if f.file == "" {
		return c.give(made)
	}
	to, err := c.Write(f.file)
	if err != nil {
		return err
	}
	if _, err := to.Write(made.Bytes); err != nil {
		_ = to.Close()
		return err
	}
	return to.Close()
}

// ofMeeting is the export of a paper about one meeting.
func (c *Call) ofMeeting(use string, short i18n.Phrase, of data.Paper) (*cobra.Command, *outFlags, func(cmd *cobra.Command, args []string, of data.Paper) error) {
	f := &outFlags{}
	cmd := &cobra.Command{Use: use, Short: c.say(short), Args: cobra.ExactArgs(1)}
	f.add(cmd, c, of)
	return cmd, f, func(cmd *cobra.Command, args []string, of data.Paper) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		id, err := desk.FindMeeting(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		return c.paper(cmd, desk, kit.Paper{Of: of, Meeting: id}, *f)
	}
}

func (c *Call) exportSignIn() *cobra.Command {
	cmd, _, do := c.ofMeeting("signin MEETING", signInOut, data.SignInSheet)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return do(cmd, args, data.SignInSheet) }
	return cmd
}

func (c *Call) exportMinutes() *cobra.Command {
	form := "given-out"
	cmd, _, do := c.ofMeeting("minutes MEETING", minutesOut, data.MinutesGiven)
	cmd.Flags().StringVar(&form, "version", form, c.say(formFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		of, err := minutesPaper(form)
		if err != nil {
			return err
		}
		return do(cmd, args, of)
	}
	return cmd
}

func minutesPaper(form string) (data.Paper, error) {
	switch form {
	case "given-out":
		return data.MinutesGiven, nil
	case "full":
		return data.MinutesWhole, nil
	}
	return "", &data.Invalid{Field: "version", Why: data.WhyUnknown}
}

func (c *Call) exportMeetings() *cobra.Command {
	var f outFlags
	var which meetingFlags
	cmd := &cobra.Command{Use: "meetings", Short: c.say(meetingsOut), Args: cobra.NoArgs}
	which.add(cmd, c)
	f.add(cmd, c, data.MeetingDates)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		q, err := c.meetingQuery(cmd, which)
		if err != nil {
			return err
		}
		return c.paper(cmd, desk, kit.Paper{Of: data.MeetingDates, Query: q}, f)
	}
	return cmd
}
