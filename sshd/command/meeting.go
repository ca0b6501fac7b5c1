package command

import (
	"fmt"
	"strconv"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	meetingsShort = i18n.T("parents' meetings: those to come, were held, or all", "家长会: 将开的 已开的 全部")
	meetingShort  = i18n.T("one meeting: agenda, who came, what was decided", "一次会议: 议程 到会 决议")
	comingFlag    = i18n.T("only those to come", "只看将开的")
	pastFlag      = i18n.T("only those that were held or cancelled", "只看开过的和取消的")
	mineFlag      = i18n.T("only where I am chair, secretary or teach", "只看我主持 记录或任教的")
	ofClassFlag   = i18n.T("of one class: 3.2", "某个班: 3.2")
	meetingKind   = i18n.T("class, first_grade, graduating, online", "class first_grade graduating online")

	sayChair     = i18n.T("chair %s, secretary %s", "主持 %s, 记录 %s")
	sayTurnout   = i18n.T("%d of %d families came", "实到 %d / 应到 %d 户")
	sayAgenda    = i18n.T("Agenda", "议程")
	sayFamilies  = i18n.T("Families", "参会家庭")
	sayTopics    = i18n.T("Topics", "议题")
	sayNotes     = i18n.T("Notes", "记录")
	sayDecisions = i18n.T("Resolutions", "决议")
	sayMissing   = i18n.T("Missing", "还缺")

	colDay     = i18n.T("day", "日期")
	colMeeting = i18n.T("meeting", "会议")
	colNo      = i18n.T("number", "编号")
	colReady   = i18n.T("ready", "准备")
	colSort    = i18n.T("kind", "类型")
)

// The shapes of meetings. Below what one sees whole the rest is absent.
type (
	meetingLine struct {
		ID        int64    `json:"id"`
		Number    string   `json:"number,omitempty"`
		Kind      string   `json:"kind"`
		Title     string   `json:"title,omitempty"`
		StartsAt  string   `json:"starts_at"`
		EndsAt    string   `json:"ends_at"`
		Place     string   `json:"place,omitempty"`
		Scope     string   `json:"scope"`
		State     string   `json:"state"`
		Chair     string   `json:"chair,omitempty"`
		Secretary string   `json:"secretary,omitempty"`
		Lacks     []string `json:"lacks,omitempty"`
	}
	meetingWhole struct {
		meetingLine
		Plan        string       `json:"plan,omitempty"`
		Told        string       `json:"told,omitempty"`
		Agenda      []agendaItem `json:"agenda"`
		Attendance  []attendance `json:"attendance"`
		Topics      []topic      `json:"topics,omitempty"`
		Notes       []note       `json:"notes,omitempty"`
		Resolutions []resolution `json:"resolutions"`
		CloseWaits  []string     `json:"close_waits,omitempty"`
	}
	agendaItem struct {
		ID       int64  `json:"id"`
		Title    string `json:"title"`
		Minutes  int    `json:"minutes"`
		Speaker  string `json:"speaker,omitempty"`
		TookMin  int    `json:"took_min,omitempty"`
		Started  string `json:"started_at,omitempty"`
		Finished string `json:"ended_at,omitempty"`
	}
	attendance struct {
		Students   []named `json:"students"`
		With       string  `json:"with"`
		Reply      string  `json:"reply,omitempty"`
		Attendance string  `json:"attendance"`
		LateMin    int     `json:"late_min,omitempty"`
		LeftAt     string  `json:"left_at,omitempty"`
		Came       string  `json:"came,omitempty"`
		Told       string  `json:"told,omitempty"`
	}
	named struct {
		ID     int64  `json:"id"`
		Number string `json:"number"`
		Name   string `json:"name"`
	}
	topic struct {
		ID     int64  `json:"id"`
		Title  string `json:"title"`
		By     string `json:"by"`
		State  string `json:"state"`
		Reason string `json:"reason,omitempty"`
	}
	// A note that its reader may not read keeps its outline.
	note struct {
		ID       int64  `json:"id"`
		At       string `json:"at"`
		By       string `json:"by"`
		Kind     string `json:"kind"`
		Level    string `json:"level"`
		Item     int64  `json:"item,omitempty"`
		For      string `json:"for,omitempty"`
		Text     string `json:"text,omitempty"`
		Struck   bool   `json:"struck,omitempty"`
		Answerer string `json:"answerer,omitempty"`
		Due      string `json:"due,omitempty"`
	}
)

func meetingOf(m data.Meeting, lacks []data.Missing) meetingLine {
	return meetingLine{m.ID, m.Number(), string(m.Kind), m.Title, when(m.Starts), when(m.Ends), m.Place, m.ClassName.String(), string(m.State), m.ChairName, m.SecretaryName, codesOf(lacks)}
}

func codesOf[T ~string](of []T) (out []string) {
	for _, w := range of {
		out = append(out, string(w))
	}
	return out
}

// meetingFlags are what the word meetings takes.
type meetingFlags struct {
	coming, past, mine bool
	class, kind        string
}

func (c *Call) meetings() *cobra.Command {
	var f meetingFlags
	cmd := &cobra.Command{Use: "meetings", Short: c.say(meetingsShort), Args: cobra.NoArgs}
	f.add(cmd, c)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return c.listMeetings(cmd, f) }
	return cmd
}

func (f *meetingFlags) add(cmd *cobra.Command, c *Call) {
	fs := cmd.Flags()
	fs.BoolVar(&f.coming, "coming", false, c.say(comingFlag))
	fs.BoolVar(&f.past, "past", false, c.say(pastFlag))
	fs.BoolVar(&f.mine, "mine", false, c.say(mineFlag))
	fs.StringVar(&f.class, "class", "", c.say(ofClassFlag))
	fs.StringVar(&f.kind, "kind", "", c.say(meetingKind))
}

// meetingQuery is what the flags ask for.
func (c *Call) meetingQuery(cmd *cobra.Command, f meetingFlags) (q data.MeetingQuery, err error) {
	q = data.MeetingQuery{Tab: data.AllMeetings, Mine: f.mine, Kind: data.MeetingKind(f.kind), Limit: 500}
	switch {
	case f.coming && f.past:
	case f.coming:
		q.Tab = data.ComingMeetings
	case f.past:
		q.Tab = data.PastMeetings
	}
	q.Class, err = c.classNamed(cmd, f.class)
	return q, err
}

func (c *Call) listMeetings(cmd *cobra.Command, f meetingFlags) error {
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return err
	}
	q, err := c.meetingQuery(cmd, f)
	if err != nil {
		return err
	}
	out := struct {
		Meetings []meetingLine `json:"meetings"`
		Total    int           `json:"total"`
	}{Meetings: []meetingLine{}}
	var rows [][]string
	for more := true; more; {
		page, err := desk.Meetings(cmd.Context(), q)
		if err != nil {
			return err
		}
		if q.After == nil {
			out.Total = page.Total
		}
		for _, l := range page.Lines {
			out.Meetings = append(out.Meetings, meetingOf(l.Meeting, l.Lacks))
			rows = append(rows, c.meetingRow(l))
		}
		if more = page.More; more {
			q.After = &page.Lines[len(page.Lines)-1].Meeting
		}
	}
	c.print(out, []i18n.Phrase{colNo, colDay, colAt, colClass, colSort, colMeeting, colState, colReady}, rows)
	return nil
}

// classNamed is the class of this school year that a flag names; 0 for none.
func (c *Call) classNamed(cmd *cobra.Command, name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	n, ok := data.ParseClass(name, data.SchoolYear(c.Now.Today()))
	if !ok {
		return 0, &data.Invalid{Field: "class", Why: data.WhyUnknown}
	}
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return 0, err
	}
	return desk.ClassByName(cmd.Context(), n)
}

func (c *Call) meetingRow(l data.MeetingLine) []string {
	id := l.Number()
	if id == "" {
		id = strconv.FormatInt(l.ID, 10)
	}
	ready := ""
	switch {
	case l.Sight < data.MeetingWhole:
	case l.State.Over():
		ready = fmt.Sprintf("%d / %d", l.Came, l.Invited)
	case len(l.Lacks) > 0:
		ready = "! " + c.missing(l.Lacks)
	}
	return []string{id, data.DayOf(l.Starts).String(), c.Lang.Clock(l.Starts), l.ClassName.String(), c.Lang.MeetingKind(l.Kind), l.Title, c.Lang.MeetingState(l.State), ready}
}

func (c *Call) missing(of []data.Missing) string {
	var said []string
	for _, m := range of {
		said = append(said, c.Lang.Missing(m))
	}
	return strings.Join(said, ", ")
}

func (c *Call) meeting() *cobra.Command {
	return &cobra.Command{Use: "meeting MEETING", Short: c.say(meetingShort), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		id, err := desk.FindMeeting(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		v, err := desk.Meeting(cmd.Context(), id)
		if err != nil {
			return err
		}
		if !c.json {
			c.showMeeting(v)
			return nil
		}
		c.encode(c.Out, meetingWholeOf(v))
		return nil
	}}
}

func meetingWholeOf(v data.MeetingView) meetingWhole {
	out := meetingWhole{meetingLine: meetingOf(v.Meeting, v.Lacks), Plan: v.Plan, Told: v.Told.String(), Agenda: []agendaItem{}, Attendance: []attendance{}, Resolutions: []resolution{}, CloseWaits: codesOf(v.CloseWaits)}
	for _, i := range v.Agenda {
		a := agendaItem{ID: i.ID, Title: i.Title, Minutes: i.Minutes, Speaker: i.Speaker, TookMin: int(i.Spent.Minutes())}
		if !i.Started.IsZero() {
			a.Started = when(i.Started)
		}
		if !i.Ended.IsZero() {
			a.Finished = when(i.Ended)
		}
		out.Agenda = append(out.Agenda, a)
	}
	for _, i := range v.Invitees {
		out.Attendance = append(out.Attendance, attendanceOf(i))
	}
	for _, x := range v.Topics {
		out.Topics = append(out.Topics, topic{x.ID, x.Title, x.ProposerName, string(x.State), x.Reason})
	}
	for _, n := range v.Notes {
		out.Notes = append(out.Notes, note{n.ID, when(n.At), n.ByName, string(n.Kind), n.Level.Code(), n.Item, n.ForName, n.Text, n.Struck, n.AnswererName, n.Due.String()})
	}
	for _, r := range v.Resolutions {
		out.Resolutions = append(out.Resolutions, resolutionOf(r))
	}
	return out
}

func attendanceOf(i data.Invitee) attendance {
	a := attendance{Students: []named{}, With: i.Guardian.Name, Reply: string(i.Reply), Attendance: string(i.Attendance), LateMin: i.LateMin, Came: cameOf(i), Told: i.Told.String()}
	for _, s := range i.Students {
		a.Students = append(a.Students, named{s.ID, s.Number, s.Name})
	}
	if !i.Left.IsZero() {
		a.LeftAt = when(i.Left)
	}
	return a
}

// cameOf is who came for a family, in words.
func cameOf(i data.Invitee) string {
	for _, g := range i.Guardians {
		if g.Person == i.CamePerson {
			return g.Name
		}
	}
	return i.CameText
}

// showMeeting is the meeting in lines.
func (c *Call) showMeeting(v data.MeetingView) {
	lang, today := c.Lang, c.Now.Today()
	c.wrap(full(v.Number(), v.Title, v.ClassName.String(), lang.MeetingKind(v.Kind), lang.Day(data.DayOf(v.Starts), today), lang.Clock(v.Starts)+"-"+lang.Clock(v.Ends), v.Place, lang.MeetingState(v.State)))
	if v.Chair != 0 {
		c.line(c.say(sayChair, lang.Name(v.ChairName, ""), lang.Name(v.SecretaryName, "")))
	}
	part := func(title i18n.Phrase, rows [][]string) {
		if len(rows) > 0 {
			c.line(c.say(title))
			c.table(nil, rows)
		}
	}
	if lacks := append(v.Lacks[:len(v.Lacks):len(v.Lacks)], v.CloseWaits...); len(lacks) > 0 {
		c.line(c.say(sayMissing) + ": " + c.missing(lacks))
	}
	if v.Sight == data.MeetingWhole {
		n := data.TurnoutOf(v.Invitees)
		c.line(c.say(sayTurnout, n.Came(), n.Invited))
	}
	var rows [][]string
	for n, i := range v.Agenda {
		rows = append(rows, []string{strconv.Itoa(n + 1), i.Title, lang.Name(i.Speaker, ""), strconv.Itoa(i.Minutes)})
	}
	part(sayAgenda, rows)
	rows = nil
	for _, x := range v.Topics {
		rows = append(rows, []string{x.Title, lang.Name(x.ProposerName, ""), lang.TopicState(x.State), x.Reason})
	}
	part(sayTopics, rows)
	rows = nil
	for _, i := range v.Invitees {
		rows = append(rows, c.familyRow(i))
	}
	part(sayFamilies, rows)
	rows = nil
	for _, n := range v.Notes {
		text := n.Text
		if n.Sight < data.Whole {
			text = c.say(hidden, lang.Level(n.Level), lang.Name(n.ByName, ""))
		}
		if !n.Struck {
			rows = append(rows, []string{lang.Clock(n.At), lang.Name(n.ByName, ""), lang.Name(n.ForName, ""), text})
		}
	}
	part(sayNotes, rows)
	rows = nil
	for _, r := range v.Resolutions {
		rows = append(rows, c.resolutionRow(r))
	}
	part(sayDecisions, rows)
}

// full is the words that are there.
func full(words ...string) (out []string) {
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

func (c *Call) familyRow(i data.Invitee) []string {
	var children []string
	for _, s := range i.Students {
		children = append(children, c.Lang.Name(s.Name, s.Reading))
	}
	number := ""
	if len(i.Students) > 0 {
		number = i.Students[0].Number
	}
	said := c.Lang.Attendance(i.Attendance)
	if i.Attendance == data.Unmarked {
		said = c.Lang.Reply(i.Reply)
	}
	return []string{number, strings.Join(children, " "), c.Lang.Name(i.Guardian.Name, ""), said, cameOf(i)}
}
