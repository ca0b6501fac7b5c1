package tuitest

import (
	"context"
	"errors"
	"slices"
	"time"

	"qiao/data"
	"qiao/data/store"
)

// The accounts of the marked school who have to do with meetings.
const (
	classTeacher int64 = 5
	moralOffice  int64 = 7
	otherTeacher int64 = 17
)

// ChairOf is who leads the meetings of a child's class: its class teacher.
func ChairOf(child int64) int64 {
	if child == MarkedA {
		return classTeacher
	}
	return otherTeacher
}

// MarkedMeeting is the meeting of a child's class that was held.
func MarkedMeeting(child int64) int64 { return 2*child - 1 }

// MarkedDraft is the meeting of a child's class of which nobody was told yet.
func MarkedDraft(child int64) int64 { return 2 * child }

// markedMeetings holds a meeting of each class and prepares another. Each thing
// that is guarded in them is a word of its own: notes of every level, what the
// minutes make of them, a topic, a question, a resolution.
func markedMeetings(ctx context.Context, db *store.DB) error {
	if err := markedMeeting(ctx, db, Three, classTeacher, "瑀珂"); err != nil {
		return err
	}
	return markedMeeting(ctx, db, Five, otherTeacher, "琤珞")
}

func markedMeeting(ctx context.Context, db *store.DB, class, chair int64, word string) error {
	desk, writer := db.As(moralOffice), db.As(Writer)
	m, err := desk.SaveMeeting(ctx, data.Meeting{Class: class, Title: word + "会", Place: word + "厅", Starts: Now, Ends: Now.Add(time.Hour), Chair: chair, Secretary: Writer,
		Agenda: []data.AgendaItem{{Title: word + "项", Minutes: 20}}}, data.Ref{})
	if err != nil {
		return err
	}
	_, err = writer.ProposeTopic(ctx, m.ID, word+"题", data.Ref{})
	if err == nil {
		_, err = desk.TellMeeting(ctx, m.ID, m.Rev, data.Telling{Zh: word + "函", Why: "临时"})
	}
	if err = errors.Join(err, desk.OpenRoom(ctx, m.ID)); err != nil {
		return err
	}
	v, err := desk.Meeting(ctx, m.ID)
	if err != nil {
		return err
	}
	family := v.Invitees[0]
	for l, numeral := range []string{"", "壹", "贰", "叁", "肆"} {
		if l == 0 {
			continue
		}
		_, e := writer.AddNote(ctx, data.MeetingNote{Meeting: m.ID, Item: v.Agenda[0].ID, Text: word + "录" + numeral, Level: data.Level(l)}, data.Ref{})
		err = errors.Join(err, e)
	}
	_, asked := writer.AddNote(ctx, data.MeetingNote{Meeting: m.ID, Kind: data.QuestionAsked, Text: word + "问", Household: family.Household, Answerer: Writer, Due: data.On(2026, 11, 27)}, data.Ref{})
	_, decided := desk.SaveResolution(ctx, data.Resolution{Meeting: m.ID, Text: word + "决", Owner: Writer, Due: data.On(2026, 11, 30)}, data.Ref{})
	came := desk.MarkAttendance(ctx, m.ID, []data.AttendanceMark{{Invitee: family.ID, Attendance: data.Present, Came: &data.Came{Text: word + "姑"}}})
	if err = errors.Join(err, asked, decided, came, desk.CloseRoom(ctx, m.ID)); err != nil {
		return err
	}
	_, err = desk.SaveMeeting(ctx, data.Meeting{Class: class, Title: word + "稿", Starts: Now.AddDate(0, 0, 14), Ends: Now.AddDate(0, 0, 14).Add(time.Hour), Chair: chair, Secretary: moralOffice}, data.Ref{})
	return err
}

// meetingMarks is the words of a class's meetings.
func meetingMarks(child, class, grade int64, word string) (marks []Mark) {
	add := func(kind, field string, l data.Level, writer int64) {
		marks = append(marks, Mark{Word: word + kind, Field: field, Level: l, Writer: writer, Child: child, Class: class, Grade: grade, Meeting: true})
	}
	add("会", "meeting.title", data.Normal, 0)
	add("项", "meeting.agenda", data.Open, 0)
	add("厅", "meeting.place", data.Open, 0)
	add("稿", "meeting.draft", data.Open, 0)
	add("题", "meeting_topic.title", data.Open, Writer)
	add("函", "meeting.notice", data.Open, 0)
	add("决", "resolution.text", data.Open, Writer)
	add("姑", "meeting.attendance", data.Normal, 0)
	for l, numeral := range []string{"", "壹", "贰", "叁", "肆"} {
		if l > 0 {
			add("录"+numeral, "", data.Level(l), Writer)
		}
	}
	// A question of a family stands on its card besides.
	return append(marks, Mark{Word: word + "问", Level: data.Normal, Writer: Writer, Child: child, Class: class, Grade: grade})
}

// meets reports whether the matrix lets a role see a mark of a meeting, a second
// reading of it. The attendance of a family is a contact on its card.
func (m Mark) meets(role data.Role, g data.Grant) bool {
	limit := func(rec data.Record, l data.Limit) bool {
		return slices.ContainsFunc(data.RightsOf(role, rec), func(r data.Right) bool { return slices.Contains(r.Acts, data.View) && r.Limit == l })
	}
	whole := limit(data.RecMeeting, data.Unlimited) && g.Scope != data.ScopeStudent
	card := reads(role, data.Normal)
	switch m.Field {
	case "meeting.title", "meeting.attendance":
		return whole || card || m.Field == "meeting.title" && // a resolution names its meeting
			(limit(data.RecMeeting, data.NoNames) || limit(data.RecMeeting, data.Invited) || limit(data.RecResolution, data.Unlimited))
	case "meeting.agenda", "meeting.place":
		return whole || limit(data.RecMeeting, data.NoNames) || limit(data.RecMeeting, data.Invited)
	case "meeting.notice":
		return whole || limit(data.RecMeeting, data.Invited)
	case "resolution.text":
		return whole || limit(data.RecMeeting, data.NoNames) || limit(data.RecMeeting, data.Invited) || limit(data.RecResolution, data.Unlimited)
	case "meeting.draft", "meeting_topic.title":
		return whole
	}
	return whole && reads(role, m.Level)
}
