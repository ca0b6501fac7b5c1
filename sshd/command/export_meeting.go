package command

import (
	"bytes"
	"cmp"
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
	wholeFlag    = i18n.T("given-out: without what is restricted; full: what is restricted too, for the principal", "given-out 不含受限内容; full 含受限内容, 限校长")
	signInOut    = i18n.T("a meeting's sign-in sheet", "一次会议的签到表")
	meetingsOut  = i18n.T("meetings, for a calendar", "会议, 给日历用")
	oneOfFormats = i18n.T("one of: %s", "可选: %s")
	usualPurpose = i18n.T("what for: it stands in the paper and in the log; if not said, what such papers are for", "用途: 写在文件和日志里; 不写就是这种文件的通常用途")
)

// An outFlags is what each export of a paper takes.
type outFlags struct{ format, purpose, file string }

// asJSON is the format that programs read. It is no file for people, and so not
// among those that a screen prints.
const asJSON = "json"

func (f *outFlags) add(cmd *cobra.Command, c *Call, of data.Paper, more ...string) {
	formats := append(codesOf(of.Formats()), more...)
	f.format = formats[0]
	fs := cmd.Flags()
	fs.StringVar(&f.format, "format", f.format, c.say(oneOfFormats, strings.Join(formats, " ")))
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
	return c.giveTo(f.file, made)
}

// document gives out what programs read, as paper does.
func (c *Call) document(f outFlags, v any) error {
	var text bytes.Buffer
	c.encode(&text, v)
	return c.giveTo(f.file, data.TrayFile{Name: "." + asJSON, Bytes: text.Bytes()}.Tidy())
}

func (c *Call) giveTo(file string, made data.TrayFile) error {
	if file == "" {
		return c.give(made)
	}
	to, err := c.Write(file)
	if err != nil {
		return err
	}
	if _, err := to.Write(made.Bytes); err != nil {
		_ = to.Close()
		return err
	}
	return to.Close()
}

// A takeout is what an export that programs read carries.
type takeout struct {
	Of      string `json:"of"`
	By      string `json:"by"`
	At      string `json:"at"`
	Purpose string `json:"purpose"`
}

func takeoutOf(x data.Takeout) takeout { return takeout{x.Of, x.By, when(x.At), x.Purpose} }

// meetingNamed is the desk, and the meeting that a word names.
func (c *Call) meetingNamed(cmd *cobra.Command, word string) (*store.Desk, int64, error) {
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return nil, 0, err
	}
	id, err := desk.FindMeeting(cmd.Context(), word)
	return desk, id, err
}

func (c *Call) exportSignIn() *cobra.Command {
	var f outFlags
	cmd := &cobra.Command{Use: "signin MEETING", Short: c.say(signInOut), Args: cobra.ExactArgs(1)}
	f.add(cmd, c, data.SignInSheet)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		desk, id, err := c.meetingNamed(cmd, args[0])
		if err != nil {
			return err
		}
		return c.paper(cmd, desk, kit.Paper{Of: data.SignInSheet, Meeting: id}, f)
	}
	return cmd
}

func (c *Call) exportMinutes() *cobra.Command {
	var f outFlags
	form := "given-out"
	cmd := &cobra.Command{Use: "minutes MEETING", Short: c.say(minutesOut), Args: cobra.ExactArgs(1)}
	f.add(cmd, c, data.MinutesGiven, asJSON)
	cmd.Flags().StringVar(&form, "version", form, c.say(wholeFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		of, err := minutesPaper(form)
		if err != nil {
			return err
		}
		desk, id, err := c.meetingNamed(cmd, args[0])
		if err != nil {
			return err
		}
		if f.format != asJSON && !c.json {
			return c.paper(cmd, desk, kit.Paper{Of: of, Meeting: id}, f)
		}
		m, x, err := desk.TakeOutMinutes(cmd.Context(), id, 0, of == data.MinutesWhole, cmp.Or(f.purpose, tui.Purpose(c.Lang, of)))
		if err != nil {
			return err
		}
		return c.document(f, struct {
			minutes
			Export takeout `json:"export"`
		}{minutesOf(m, of == data.MinutesGiven), takeoutOf(x)})
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
	f.add(cmd, c, data.MeetingDates, asJSON)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		q, err := c.meetingQuery(cmd, which)
		if err != nil {
			return err
		}
		if f.format != asJSON && !c.json {
			return c.paper(cmd, desk, kit.Paper{Of: data.MeetingDates, Query: q}, f)
		}
		all, x, err := desk.TakeOutMeetings(cmd.Context(), q, 0, cmp.Or(f.purpose, tui.Purpose(c.Lang, data.MeetingDates)))
		if err != nil {
			return err
		}
		lines := []meetingLine{}
		for _, l := range all {
			lines = append(lines, meetingOf(l.Meeting, l.Lacks))
		}
		return c.document(f, map[string]any{"export": takeoutOf(x), "meetings": lines, "total": len(lines)})
	}
	return cmd
}
