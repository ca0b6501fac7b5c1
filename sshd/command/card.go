package command

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	cardShort    = i18n.T("the family card of one student", "一个学生的家庭卡")
	contactShort = i18n.T("all contacts with a student's family", "和这家的全部往来")
	rosterShort  = i18n.T("the class, with who was reached and visited", "班级名单, 带本月联系和家访")
	sayTeacher   = i18n.T("class teacher %s", "班主任 %s")
	sayGuardians = i18n.T("Guardians", "监护人与电话")
	saySiblings  = i18n.T("Siblings in school", "在校兄弟姐妹")
	sayContacts  = i18n.T("Last contacts", "最近往来")
	sayPromises  = i18n.T("Open promises", "未了的承诺")
	notCalled    = i18n.T("do not contact", "不联系")
	hidden       = i18n.T("[%s] ask %s", "[%s] 可找 %s")

	colLast  = i18n.T("last", "上次联系")
	colMonth = i18n.T("month", "本月")
	colVisit = i18n.T("visit", "家访")
	colAt    = i18n.T("time", "时间")
	colKind  = i18n.T("kind", "渠道")
	colBy    = i18n.T("by", "谁")
	colText  = i18n.T("text", "内容")
	colWith  = i18n.T("with", "对象")
)

type card struct {
	student
	Restricted *restricted `json:"restricted,omitempty"`
	Teacher    string      `json:"class_teacher,omitempty"`
	Siblings   []sibling   `json:"siblings"`
	Contacts   []contact   `json:"contacts"`
	Duties     []any       `json:"duties"`
	Promises   []promise   `json:"promises"`
	Meetings   []wasAsked  `json:"meetings"`
}

// wasAsked is a meeting to which a family was asked, and whether it came.
type wasAsked struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	StartsAt   string `json:"starts_at"`
	State      string `json:"state"`
	Attendance string `json:"attendance"`
}

type sibling struct {
	ID     int64  `json:"id"`
	Number string `json:"number"`
	Name   string `json:"name"`
	Class  string `json:"class"`
}

func (c *Call) card() *cobra.Command {
	opens := false
	cmd := &cobra.Command{Use: "card STUDENT", Short: c.say(cardShort), Args: cobra.MinimumNArgs(1)}
	cmd.Flags().BoolVar(&opens, "restricted", false, c.say(restrictedFlag))
	cmd.RunE = func(cmd *cobra.Command, query []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		s, err := desk.FindStudent(cmd.Context(), strings.Join(query, " "))
		if err != nil {
			return err
		}
		return c.tellCard(cmd.Context(), desk, s.ID, opens)
	}
	return cmd
}

// tellCard prints a card; opens adds what is restricted, which is logged.
func (c *Call) tellCard(ctx context.Context, desk *store.Desk, student int64, opens bool) error {
	k, err := desk.Card(ctx, student)
	if err != nil {
		return err
	}
	var care *data.Care
	if opens {
		opened, err := desk.Care(ctx, student)
		if err != nil {
			return err
		}
		care = &opened
	}
	if !c.json {
		c.showCard(k, care)
		return nil
	}
	out := card{Restricted: restrictedOf(care), student: studentOf(k.Student, k.Guardians, k.Masked), Teacher: k.Teacher, Siblings: []sibling{}, Contacts: []contact{},
		Duties: []any{}, Promises: []promise{}, Meetings: []wasAsked{}}
	if !k.Masked {
		out.Flags = words(k.Tags)
	}
	for _, b := range k.Siblings {
		out.Siblings = append(out.Siblings, sibling{b.Student.ID, b.Student.Number, b.Student.Name, b.Student.ClassName.String()})
	}
	for _, t := range k.Contacts {
		out.Contacts = append(out.Contacts, contactOf(t))
	}
	for _, p := range k.Promises {
		out.Promises = append(out.Promises, promiseOf(p))
	}
	asked, err := desk.FamilyMeetings(ctx, student)
	if err != nil && !errors.Is(err, data.ErrForbidden) { // the front desk's card has none
		return err
	}
	for _, m := range asked {
		out.Meetings = append(out.Meetings, wasAsked{m.Meeting.ID, m.Meeting.Title, when(m.Meeting.Starts), string(m.Meeting.State), string(m.Invitee.Attendance)})
	}
	c.encode(c.Out, out)
	return nil
}

// showCard is the card in lines, for people and for screen readers: the numbers
// first.
func (c *Call) showCard(k data.Card, care *data.Care) {
	lang, today := c.Lang, c.Now.Today()
	head := []string{lang.Name(k.Student.Name, k.Student.Reading), lang.Sex(k.Student.Sex), k.Student.ClassName.String(), k.Student.Number}
	if k.Teacher != "" {
		head = append(head, c.say(sayTeacher, lang.Name(k.Teacher, "")))
	}
	for _, t := range k.Tags {
		head = append(head, "["+lang.Tag(t)+"]")
	}
	if k.Masked {
		head = append(head, masked)
	}
	c.wrap(head)
	part := func(title i18n.Phrase, rows [][]string) {
		if len(rows) > 0 {
			c.line(c.say(title))
			c.table(nil, rows)
		}
	}
	var rows [][]string
	for _, g := range k.Guardians {
		phone := data.Grouped(g.First())
		if g.DoNotContact {
			phone = c.say(notCalled)
		}
		rows = append(rows, []string{lang.Guardian(g), lang.Name(g.Name, ""), phone, g.BestTime})
	}
	part(sayGuardians, rows)
	part(sayRestricted, c.careRows(k, care))
	rows = nil
	for _, b := range k.Siblings {
		rows = append(rows, []string{lang.Name(b.Student.Name, b.Student.Reading), b.Student.ClassName.String(), b.Teacher})
	}
	part(saySiblings, rows)
	rows = nil
	for _, t := range k.Contacts {
		rows = append(rows, c.contactRow(t))
	}
	part(sayContacts, rows)
	rows = nil
	for _, p := range k.Promises {
		rows = append(rows, []string{lang.Deadline(p.Due, today), p.Due.String(), lang.Name(p.OwnerName, ""), p.Text})
	}
	part(sayPromises, rows)
}

func (c *Call) contactRow(t data.Contact) []string {
	at := t.At.In(data.China).Format("2006-01-02 15:04")
	if t.Sight < data.Whole {
		return []string{at, c.Lang.Channel(t.Channel), c.Lang.Name(t.StaffName, ""), "", c.say(hidden, c.Lang.Level(t.Level), c.Lang.Name(t.StaffName, ""))}
	}
	text := t.FirstLine()
	if t.Outcome != data.Reached {
		text = strings.TrimSpace("[" + c.Lang.Outcome(t.Outcome) + "] " + text)
	}
	return []string{at, c.Lang.Channel(t.Channel), c.Lang.Name(t.StaffName, ""), c.Lang.Name(t.With, ""), text}
}

func (c *Call) contacts() *cobra.Command {
	return &cobra.Command{Use: "contacts STUDENT", Short: c.say(contactShort), Args: cobra.MinimumNArgs(1), RunE: func(cmd *cobra.Command, query []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		s, err := desk.FindStudent(cmd.Context(), strings.Join(query, " "))
		if err != nil {
			return err
		}
		out := struct {
			Contacts []contact `json:"contacts"`
			Total    int       `json:"total"`
		}{Contacts: []contact{}}
		var rows [][]string
		q := data.TimelineQuery{Student: s.ID, Limit: 500}
		for {
			page, err := desk.Timeline(cmd.Context(), q)
			if err != nil {
				return err
			}
			if q.Before == nil {
				out.Total = page.Total
			}
			for _, t := range page.Contacts {
				out.Contacts = append(out.Contacts, contactOf(t))
				rows = append(rows, c.contactRow(t))
			}
			if len(page.Contacts) < q.Limit {
				break
			}
			q.Before = &page.Contacts[len(page.Contacts)-1]
		}
		c.print(out, []i18n.Phrase{colAt, colKind, colBy, colWith, colText}, rows)
		return nil
	}}
}

// rosterStudent is a student of a roster, with its marks.
type rosterStudent struct {
	student
	Month string `json:"month"`
	Visit string `json:"visit"`
	Last  string `json:"last_contact,omitempty"`
}

func (c *Call) roster() *cobra.Command {
	flags := false
	cmd := &cobra.Command{Use: "roster CLASS", Short: c.say(rosterShort), Args: cobra.ExactArgs(1)}
	cmd.Flags().BoolVar(&flags, "flags", false, c.say(flagsFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		name, ok := data.ParseClass(args[0], data.SchoolYear(c.Now.Today()))
		if !ok {
			return &data.Invalid{Field: "class", Why: data.WhyUnknown}
		}
		id, err := desk.ClassByName(cmd.Context(), name)
		if err != nil {
			return err
		}
		r, err := desk.Roster(cmd.Context(), id)
		if err != nil {
			return err
		}
		var tags map[int64][]data.Tag
		if flags {
			if tags, err = desk.RosterTags(cmd.Context(), id); err != nil {
				return err
			}
		}
		out := struct {
			Students []rosterStudent `json:"students"`
			Total    int             `json:"total"`
		}{[]rosterStudent{}, len(r.Rows)}
		var rows [][]string
		for _, row := range r.Rows {
			s := rosterStudent{studentOf(row.Student, row.Guardians, row.Flagged), string(row.Month), string(row.Visit), row.LastOn.String()}
			if t, ok := tags[s.ID]; ok {
				s.Flags = words(t)
			}
			out.Students = append(out.Students, s)
			who, phone := calling(c.Lang, row.Guardians)
			rows = append(rows, []string{s.Number, c.Lang.Name(s.Name, row.Student.Reading), who, phone, s.Last, tick(row.Month), tick(row.Visit), strings.Join(s.Flags, " ")})
		}
		c.print(out, []i18n.Phrase{colNumber, colName, colGuardian, colPhone, colLast, colMonth, colVisit, colFlags}, rows)
		return nil
	}
	return cmd
}

func tick(m data.Mark) string {
	switch m {
	case data.MarkDone:
		return "✓"
	case data.MarkLate:
		return "!"
	}
	return "-"
}
