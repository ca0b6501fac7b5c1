package preparation_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// A rig is a school where 罗静 prepares the parents' meeting of 3.2: three points,
// two topics of 蒲岚's that wait.
type rig struct {
	*testing.T
	db *store.DB
	id int64
}

// friday is when the meeting begins: 12-04 16:30, whose notice goes out by 11-27.
var friday = time.Date(2026, 12, 4, 16, 30, 0, 0, data.China)

// meeting runs a test with a meeting that begins then.
func meeting(t *testing.T, starts time.Time, test func(r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t, tuitest.School(t), 0}
		m, err := r.luo().SaveMeeting(t.Context(), data.Meeting{Class: tuitest.Three, Title: "三(2)家长会 (会前问卷)", Starts: starts, Ends: starts.Add(90 * time.Minute),
			Place: "三(2)教室", Chair: tuitest.Luo, Secretary: tuitest.Pu, Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10, Speaker: "罗静"},
				{Title: "班级情况", Minutes: 20, Speaker: "罗静"}, {Title: "家长提问", Minutes: 30}}}, data.Ref{})
		r.must(err)
		r.id = m.ID
		for _, title := range []string{"寒假作业怎么布置", "校门口接送"} {
			_, err := r.db.As(tuitest.Pu).ProposeTopic(t.Context(), m.ID, title, data.Ref{})
			r.must(err)
		}
		test(r)
	})
}

func (r *rig) luo() *store.Desk { return r.db.As(tuitest.Luo) }

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// at opens the preparation for somebody, on a tab.
func (r *rig) at(who int64, tab string) *tuitest.Session {
	r.Helper()
	return tuitest.StartOn(r.T, r.db, who, i18n.Chinese, kit.Open{Screen: "preparation", ID: r.id, Text: tab})
}

func (r *rig) view() data.MeetingView {
	r.Helper()
	v, err := r.luo().Meeting(r.Context(), r.id)
	r.must(err)
	return v
}

// agenda is the titles of the agenda in order.
func (r *rig) agenda() string {
	var out []string
	for _, i := range r.view().Agenda {
		out = append(out, i.Title)
	}
	return strings.Join(out, " ")
}
