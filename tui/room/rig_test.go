package room_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/room"
	"qiao/tui/theme"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// A hall is a meeting of 3.2 that begins in two minutes, and the school it is in.
type hall struct {
	*testing.T
	db *store.DB
	id int64
}

// points are the agenda of the tests.
var points = []data.AgendaItem{{Title: "开场", Minutes: 10, Speaker: "罗静"}, {Title: "班级情况", Minutes: 20}, {Title: "家长提问", Minutes: 25}, {Title: "小结", Minutes: 5}}

// inHall gives a test a hall of its own: with the small school's twelve families, or
// with as many as are wanted besides.
func inHall(t *testing.T, more int, test func(h *hall)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.Open(t, tuitest.Crowd(more))
		m, err := db.As(tuitest.Office).SaveMeeting(t.Context(), data.Meeting{Kind: data.ClassMeeting, Class: tuitest.Three, Title: "期中家长会", Place: "三(2)教室",
			Starts: tuitest.Now.Add(2 * time.Minute), Ends: tuitest.Now.Add(62 * time.Minute), Chair: tuitest.Luo, Secretary: tuitest.Pu, Agenda: points}, data.Ref{})
		if err == nil {
			_, err = db.As(tuitest.Office).TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请来", Why: "临时"})
		}
		if err != nil {
			t.Fatal(err)
		}
		test(&hall{t, db, m.ID})
	})
}

// enter is somebody who comes into the room.
func (h *hall) enter(who int64) *tuitest.Session {
	h.Helper()
	s := tuitest.StartOn(h.T, h.db, who, i18n.Chinese, kit.Open{Screen: "today"})
	s.Send(kit.Open{Screen: "room", ID: h.id})
	return s
}

// view is the meeting as somebody reads it.
func (h *hall) view(who int64) data.MeetingView {
	h.Helper()
	v, err := h.db.As(who).Meeting(h.Context(), h.id)
	if err != nil {
		h.Fatal(err)
	}
	return v
}

// must fails the test on an error.
func (h *hall) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// invitee is the row of a child's family.
func (h *hall) invitee(child int64) data.Invitee {
	h.Helper()
	for _, i := range h.view(tuitest.Luo).Invitees {
		for _, s := range i.Students {
			if s.ID == child {
				return i
			}
		}
	}
	h.Fatalf("the family of %d is not invited", child)
	return data.Invitee{}
}

// into is enter where people hear of one another.
func (h *hall) into(house *tuitest.House, who int64) *tuitest.Session {
	h.Helper()
	s := house.Start(h.T, who, i18n.Chinese, kit.Open{Screen: "today"})
	s.Send(kit.Open{Screen: "room", ID: h.id})
	return s
}

// talk is what people write into the meeting: of every level, a question, a
// decision.
func (h *hall) talk() {
	h.Helper()
	v := h.view(tuitest.Luo)
	add := func(who int64, n data.MeetingNote) {
		n.Meeting, n.Item = h.id, v.Item
		_, err := h.db.As(who).AddNote(h.Context(), n, data.Ref{})
		h.must(err)
		time.Sleep(time.Second)
	}
	add(tuitest.Office, data.MeetingNote{Text: "交警中队可在 16:20-17:00 派人到校门口"})
	add(tuitest.Pu, data.MeetingNote{Text: "晚托机构名单由社区给, 学校公示"})
	add(tuitest.Luo, data.MeetingNote{Text: "三年级家长可以轮值护学, 先由家委会排一个月的班, 雨天再加一位; 名单在群里接龙, 每周五前定好下一周的人", ForName: "江莉"})
	add(tuitest.Luo, data.MeetingNote{Text: "祖母说夜里没有人", Level: data.Restricted})
	add(tuitest.Pu, data.MeetingNote{Kind: data.QuestionAsked, Text: "数学作业能不能分层", ForName: "白若溪 父", Household: h.invitee(3).Household, Answerer: tuitest.Pu, Due: data.On(2026, 12, 1)})
	_, err := h.db.As(tuitest.Luo).SaveResolution(h.Context(), data.Resolution{Meeting: h.id, Item: v.Item, Text: "家长轮值护学, 从下周起", Owner: tuitest.Luo, Due: data.On(2026, 12, 18)}, data.Ref{})
	h.must(err)
}

// come is who is there: all but six, in every way there is.
func (h *hall) come() {
	h.Helper()
	var ks []data.AttendanceMark
	late, left := 12, tuitest.Clock()
	for n, i := range h.view(tuitest.Luo).Invitees {
		k := data.AttendanceMark{Invitee: i.ID, Attendance: data.Present}
		switch n {
		case 3, 25, 32:
			continue
		case 7:
			k.Late = &late
		case 11:
			k.Left = &left
		case 14:
			k.Came = &data.Came{Person: i.Guardians[0].Person}
		case 20:
			k.Attendance = data.Excused
		case 28:
			k.Attendance, k.Came = data.Represented, &data.Came{Text: "姑姑"}
		case 42:
			k.Attendance = data.ByVideo
		}
		ks = append(ks, k)
	}
	h.must(h.db.As(tuitest.Pu).MarkAttendance(h.Context(), h.id, ks))
}

// deps are the desk's.
func deps(desk *store.Desk) room.Deps {
	return room.Deps{Meeting: desk.Meeting, Open: desk.OpenRoom, Close: desk.CloseRoom, Next: desk.NextItem, Pause: desk.PauseItem, Mark: desk.MarkAttendance,
		AddNote: desk.AddNote, Strike: desk.StrikeNote, Draft: desk.Draft, People: desk.MeetingPeople, Calendar: desk.Calendar, Resolve: desk.SaveResolution,
		Drop: desk.DropDraft, Invite: desk.InviteFamilies}
}

// A seat is one room without a shell around it, so that a test may stand between
// it and its desk: somebody else is faster, the disk is full, a clock is set back.
type seat struct {
	kit.Page
	env  *kit.Env
	said i18n.Phrase
}

// sit opens the room of 罗静 with a desk that a test has changed.
func (h *hall) sit(change func(*room.Deps), now data.Clock) *tuitest.Session {
	h.Helper()
	desk := h.db.As(tuitest.Luo)
	me, err := desk.Me(h.Context())
	h.must(err)
	ctx, stop := context.WithCancel(h.Context())
	h.Cleanup(func() { stop(); synctest.Wait() })
	env := &kit.Env{Ctx: ctx, Me: me, Lang: i18n.Chinese, Look: theme.New(theme.Dark, true), Now: now}
	d := deps(desk)
	change(&d)
	return tuitest.Drive(h.T, &seat{Page: room.New(env, d, kit.Open{ID: h.id}), env: env})
}

func (s *seat) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		s.Layout(m.Width, m.Height-5)
	case tea.KeyPressMsg:
		cmd = s.press(m)
	default:
		cmd = s.Page.Update(msg)
	}
	for _, sent := range s.env.Sent() {
		if n, ok := sent.(kit.Note); ok {
			s.said = n.Said
		}
	}
	return s, cmd
}

func (s *seat) press(m tea.KeyPressMsg) tea.Cmd {
	s.said = i18n.Phrase{}
	for _, a := range s.Actions() {
		if a.On(m.String()) {
			if s.said = a.Off(); s.said != (i18n.Phrase{}) {
				return nil
			}
			return a.Do()
		}
	}
	return s.Page.Update(m)
}

func (s *seat) View() tea.View {
	f := s.Page.View()
	return tea.NewView(f.Scope + "\n" + f.Body + "\n" + f.Status + "\n" + s.env.Say(s.said))
}
