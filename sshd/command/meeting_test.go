package command

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// parents holds a meeting of the class and issues its minutes, and prepares
// another.
func (r *rig) parents() {
	r.t.Helper()
	must := func(err error) {
		r.t.Helper()
		if err != nil {
			r.t.Fatal(err)
		}
	}
	ctx, desk := r.t.Context(), r.db.As(r.who["luojing"])
	call := data.Meeting{Class: 1, Title: "期中家长会", Place: "三楼教室", Starts: now(), Ends: now().Add(time.Hour), Chair: r.who["luojing"], Secretary: r.who["heping"],
		Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10, Speaker: "罗静"}, {Title: "家长提问", Minutes: 20}}}
	m, err := desk.SaveMeeting(ctx, call, data.Ref{})
	must(err)
	_, err = desk.TellMeeting(ctx, m.ID, m.Rev, data.Telling{Zh: "请您到校", Why: "临时"})
	must(err)
	must(desk.OpenRoom(ctx, m.ID))
	v, err := desk.Meeting(ctx, m.ID)
	must(err)
	late := 10
	must(desk.MarkAttendance(ctx, m.ID, []data.AttendanceMark{{Invitee: v.Invitees[0].ID, Attendance: data.ByVideo, Late: &late, Came: &data.Came{Person: v.Invitees[0].Guardians[1].Person}}}))
	for _, n := range []data.MeetingNote{{Text: "希望多布置阅读", ForName: "章立民"}, {Text: "这家有困难", Level: data.Restricted},
		{Text: "什么时候体检", Kind: data.QuestionAsked, Household: v.Invitees[0].Household, Answerer: r.who["luojing"], Due: data.On(2026, 11, 30)}} {
		n.Meeting, n.Item = m.ID, v.Agenda[1].ID
		_, err := desk.AddNote(ctx, n, data.Ref{})
		must(err)
	}
	_, err = desk.SaveResolution(ctx, data.Resolution{Meeting: m.ID, Item: v.Agenda[1].ID, Text: "每周推荐一本书", Owner: r.who["heping"], Due: data.On(2026, 12, 4)}, data.Ref{})
	must(err)
	must(desk.CloseRoom(ctx, m.ID))
	_, err = desk.SignMinutes(ctx, m.ID, 1)
	must(err)
	_, err = desk.IssueMinutes(ctx, m.ID, 1)
	must(err)
	_, err = desk.CorrectMinutes(ctx, m.ID, data.Correction{Text: "地点应为四楼教室"}, data.Ref{})
	must(err)
	call.Title, call.Starts, call.Ends, call.Place = "期末家长会", now().AddDate(0, 0, 14), now().AddDate(0, 0, 14).Add(time.Hour), ""
	_, err = desk.SaveMeeting(ctx, call, data.Ref{})
	must(err)
}

// The JSON of the words about meetings, for who reads all and for who does not,
// and what people read.
func TestMeetingShapes(t *testing.T) {
	r := newRig(t)
	r.parents()
	for name, line := range map[string]string{"meetings": "meetings", "meeting": "meeting 2026-家-01", "minutes": "minutes 1 --version full", "resolutions": "resolutions"} {
		for who, suffix := range map[string]string{"luojing": "", "heping": ".subject-teacher"} {
			out, errs, code := r.says(who, "", line+" --json")
			var indented bytes.Buffer
			if err := json.Indent(&indented, []byte(out), "", "  "); err != nil || code != OK {
				t.Fatalf("%s: exit %d: %s %v", line, code, errs, err)
			}
			golden(t, name+suffix, indented.String())
			if who == "heping" && strings.Contains(out, "困难") {
				t.Errorf("%s tells what is restricted: %s", line, out)
			}
		}
		r.cols = 80
		out, _, _ := r.says("luojing", "", line)
		r.cols = 0
		golden(t, name+".text", out)
	}
	out, _, _ := r.says("luojing", "", "minutes 1 --format markdown")
	golden(t, "minutes.markdown", out)
	if strings.Contains(out, "困难") || !strings.Contains(out, "受限内容 1 行") {
		t.Errorf("what is restricted is given out:\n%s", out)
	}
}

// Each exit code of the words about meetings, with what is said.
func TestMeetingWords(t *testing.T) {
	r := newRig(t)
	r.parents()
	for _, tc := range []struct {
		who, line string
		code      int
		said      string
	}{
		{"luojing", "meetings --coming", OK, "期末家长会"},
		{"luojing", "meetings --past", OK, "期中家长会"},
		{"luojing", "meetings --class 3.2 --mine --kind class", OK, "2026-家-01"},
		{"luojing", "meetings --class xyz", Refused, "班级"},
		{"dingyichuan", "meetings", OK, ""},
		{"luojing", "meeting 1", OK, "希望多布置阅读"},
		{"luojing", "meeting ２０２６-家-02", OK, "没有地点"},
		{"luojing", "meeting 家长会", Refused, "会议"},
		{"luojing", "meeting 99", NotFound, ""},
		{"dingyichuan", "meeting 1", NotFound, ""},
		{"duanqing", "meeting 1", OK, "11-25 周三"},
		{"duanqing", "minutes 1", NotFound, ""},
		{"luojing", "minutes 2", NotFound, ""},
		{"luojing", "minutes 1 --version secret", Refused, "版本"},
		{"luojing", "minutes 1 --format pdf", Refused, "格式"},
		{"heping", "resolutions --mine --open", OK, "每周推荐一本书"},
		{"luojing", "resolutions --within 1d --open", OK, ""},
		{"heping", "due", OK, "每周推荐一本书"},
		{"heping", "topic 2026-家-02 家长 义工", OK, "已提: 家长 义工"},
		{"heping", "topic 1 晚了", Refused, "状态"},
		{"heping", "topic 2", Usage, "topic MEETING TEXT"},
		{"dingyichuan", "topic 2 作业", NotFound, ""},
	} {
		out, errs, code := r.says(tc.who, "", tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.said) || (code == OK) != (errs == "") {
			t.Errorf("%s: %s: exit %d, not %d\n%s%s", tc.who, tc.line, code, tc.code, out, errs)
		}
	}
}
