package tui

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/data/exchange"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	signTitle  = i18n.T("%s: sign-in sheet", "%s 签到表")
	signWhen   = i18n.T("Time: %s   Place: %s", "时间: %s   地点: %s")
	signWho    = i18n.T("Chair: %s   Secretary: %s   Number: %s", "主持: %s   记录: %s   编号: %s")
	signAgenda = i18n.T("Agenda", "议程")
	signItem   = i18n.T("%d. %s  (%d min%s)", "%d. %s  (%d 分%s)")
	signSays   = i18n.T(", %s", ", %s")
	signCame   = i18n.T("Came: ____ of %d families", "应到 %d 户   实到 ____ 户")
	signPage   = i18n.T("page %d", "第 %d 页")
	cNo        = i18n.T("No.", "序号")
	cNumber    = i18n.T("Number", "学号")
	cChild     = i18n.T("Child", "学生")
	cGuardian  = i18n.T("Guardian", "家长")
	cCame      = i18n.T("Came", "到会")
	cSignature = i18n.T("Signature", "签名")
)

// printSignIn is the agenda and the sheet on which families sign in; as a
// spreadsheet, the sheet alone.
func printSignIn(ctx context.Context, desk *store.Desk, p kit.Paper, out *bytes.Buffer) (string, error) {
	v, x, err := desk.TakeOutSignIn(ctx, p.Meeting, p.Purpose)
	if err != nil {
		return "", err
	}
	t := signIn(p.Lang, v, x)
	if p.Format == data.AsXLSX {
		t.Parts = nil
		err = exchange.WriteXLSX(out, t, p.Lang.Say(nSignIn))
	} else {
		err = exchange.WriteText(out, t, kit.Width)
	}
	return named(p, nSignIn, v.Meeting), err
}

// signIn is the sheet in somebody's language, with names as they are written: who
// signs must find their own. One row a family, with its children in the class; of
// those who did not come yet the cell stays free for a tick.
func signIn(l i18n.Lang, v data.MeetingView, x data.Takeout) exchange.Table {
	t := exchange.Table{Title: l.Say(signTitle, v.Title), Page: l.Say(signPage), Foot: []string{l.Say(signCame, len(v.Invitees)), taken(l, x)},
		Facts: []string{l.Say(signWhen, span(v.Meeting), v.Place), l.Say(signWho, v.ChairName, v.SecretaryName, v.Number())},
		Cols: []exchange.Column{{Name: l.Say(cNo), Width: 4, Kind: exchange.Number}, {Name: l.Say(cNumber), Width: 11}, {Name: l.Say(cChild), Width: 16},
			{Name: l.Say(cGuardian), Width: 18}, {Name: l.Say(cCame), Width: 6}, {Name: l.Say(cSignature), Width: 14, Kind: exchange.Blank}}}
	agenda := exchange.Part{Name: l.Say(signAgenda)}
	for n, i := range v.Agenda {
		who := ""
		if i.Speaker != "" {
			who = l.Say(signSays, i.Speaker)
		}
		agenda.Lines = append(agenda.Lines, l.Say(signItem, n+1, i.Title, i.Minutes, who))
	}
	if len(agenda.Lines) > 0 {
		t.Parts = append(t.Parts, agenda)
	}
	for n, i := range v.Invitees {
		var numbers, children []string
		for _, s := range i.Students {
			numbers, children = append(numbers, s.Number), append(children, s.Name)
		}
		came := ""
		if i.Attendance != data.Unmarked {
			came = l.Attendance(i.Attendance)
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(n + 1), strings.Join(numbers, " "), strings.Join(children, " "), guardian(l, i), came, ""})
	}
	return t
}

// guardian is whom of a family one calls, with what they are to the child.
func guardian(l i18n.Lang, i data.Invitee) string {
	if i.Guardian.Name == "" {
		return ""
	}
	return strings.TrimSpace(i.Guardian.Name + " " + l.Guardian(i.Guardian))
}

// span is when a meeting is, in full: papers outlive the year.
func span(m data.Meeting) string {
	from, to := m.Starts.In(data.China), m.Ends.In(data.China)
	return from.Format(minuteOf) + "-" + to.Format("15:04")
}

var (
	datesRoom = i18n.T("Class %s", "%s班")
	datesNo   = i18n.T("Number %s", "编号 %s")
)

// printMeetings is meetings as a calendar takes them, or as a table.
func printMeetings(ctx context.Context, desk *store.Desk, p kit.Paper, out *bytes.Buffer) (name string, err error) {
	all, x, err := desk.TakeOutMeetings(ctx, p.Query, p.Meeting, p.Purpose)
	if err != nil {
		return "", err
	}
	name = p.Lang.Say(nMeetings) + "-" + x.At.In(data.China).Format("0102")
	if p.Meeting != 0 {
		name = named(p, nMeetings, all[0].Meeting)
	}
	if p.Format == data.AsCSV {
		return name, meetingsCSV(out, p.Lang, all, x)
	}
	var events []exchange.Event
	for _, l := range all {
		events = append(events, event(p.Lang, l.Meeting, x))
	}
	return name, exchange.WriteICS(out, events, x.At)
}

// event is a meeting as a calendar has it. Its UID stays what it is while the
// meeting moves, and is no other school's.
func event(l i18n.Lang, m data.Meeting, x data.Takeout) exchange.Event {
	e := exchange.Event{UID: fmt.Sprintf(meetingUID, m.ID, x.School), Summary: m.Title, Place: m.Place, Starts: m.Starts, Ends: m.Ends,
		Sequence: m.Rev, Changed: m.SavedAt, State: exchange.Confirmed}
	if e.Summary == "" {
		e.Summary = l.MeetingKind(m.Kind)
	}
	switch m.State {
	case data.MeetingCancelled:
		e.State = exchange.Cancelled
	case data.MeetingDraft:
		e.State = exchange.Tentative
	}
	lines := []string{l.MeetingKind(m.Kind)}
	if !m.ClassName.IsZero() {
		lines[0] += " " + l.Say(datesRoom, l.Class(m.ClassName))
	}
	if n := m.Number(); n != "" {
		lines = append(lines, l.Say(datesNo, n))
	}
	for n, i := range m.Agenda {
		lines = append(lines, l.Say(signItem, n+1, i.Title, i.Minutes, ""))
	}
	e.Text = strings.Join(lines, "\n")
	return e
}

// What programs read is called the same in every language.
const (
	meetingUID     = "meeting-%d.%.16s@qiao"
	meetingColumns = "id number kind title starts_at ends_at place scope state chair secretary"
)

var meetingsTaken = i18n.T("# meetings; %s", "# 会议; %s")

func meetingsCSV(out *bytes.Buffer, l i18n.Lang, all []data.MeetingLine, x data.Takeout) error {
	csv := exchange.NewCSV(out)
	err := csv.Row(l.Say(meetingsTaken, taken(l, x)))
	if err == nil {
		err = csv.Row(strings.Fields(meetingColumns)...)
	}
	at := func(t time.Time) string { return t.In(data.China).Format(time.RFC3339) }
	for _, m := range all {
		if err != nil {
			return err
		}
		err = csv.Row(strconv.FormatInt(m.ID, 10), m.Number(), string(m.Kind), m.Title, at(m.Starts), at(m.Ends), m.Place, m.ClassName.String(), string(m.State), m.ChairName, m.SecretaryName)
	}
	if err != nil {
		return err
	}
	return csv.End()
}
