package today_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"
)

// decides is a meeting of 3.2 that was held, with something late and something for
// today to carry out.
func decides(t *testing.T, db *store.DB) {
	t.Helper()
	office, ctx := db.As(tuitest.Office), t.Context()
	m := meeting(t, db, -24*time.Hour, "三(2)期中家长会")
	_, err := office.TellMeeting(ctx, m.ID, m.Rev, data.Telling{Zh: "请您到校", Why: "临时"})
	if err = errors.Join(err, office.OpenRoom(ctx, m.ID)); err != nil {
		t.Fatal(err)
	}
	for _, r := range []data.Resolution{{Text: "每周五发一张单子", Due: data.On(2026, 11, 18)}, {Text: "轮值护学排班", Due: data.On(2026, 11, 25)}, {Text: "教室加一排挂钩", Due: data.On(2026, 12, 18)}} {
		r.Meeting, r.Owner = m.ID, tuitest.Luo
		if _, err := office.SaveResolution(ctx, r, data.Ref{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := office.CloseRoom(ctx, m.ID); err != nil {
		t.Fatal(err)
	}
}

// decision is what the meeting decided, by its text.
func decision(t *testing.T, db *store.DB, text string) data.Resolution {
	t.Helper()
	l, err := db.As(tuitest.Principal).Resolutions(t.Context(), data.ResolutionQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range l.Resolutions {
		if r.Text == text {
			return r
		}
	}
	t.Fatalf("no resolution %q", text)
	return data.Resolution{}
}

// What a meeting decided stands among the promises, by its day, and is counted with
// them; what is left to do after the meeting stands under the day's.
func TestDecidedFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		decides(t, db)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Goldens("decided")
		if got := s.Resize(80, 24).Screen(); strings.Count(got, "12-18") != 1 {
			t.Error("a day far off stands twice", got)
		}
		if got := s.Screen(); !strings.Contains(got, "要我做的 (6)") || !strings.Contains(got, "待办 6  逾期 2  今天到期 2") || !strings.Contains(got, "|> ! 逾期7天") {
			t.Error(got)
		}
		if got := s.Keys("2").Screen(); !strings.Contains(got, "|> - 昨天") || !strings.Contains(got, "还差 纪要、上报意见、转告缺席 12 家") {
			t.Error(got)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "纪要") || strings.Contains(got, "今日") {
			t.Error("it opens no minutes", got)
		}
		if got := s.Keys("esc", "1", "enter").Screen(); !strings.Contains(got, "决议跟踪 > 2026-家-01-") || !strings.Contains(got, "每周五发一张单子") {
			t.Error(got)
		}
	})
}

// x asks for a result and ticks off what a meeting decided; u takes that back.
func TestDecidedDoneAndUndone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		decides(t, db)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Keys("z").Screen(); !strings.Contains(got, "决议的日子在那一条里改") {
			t.Error(got)
		}
		if got := s.Keys("x").Screen(); !strings.Contains(got, "的结果 [") {
			t.Fatal(got)
		}
		s.Sizes("result")
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "先写一句结果") || decision(t, db, "每周五发一张单子").State != data.ResolutionOpen {
			t.Fatal(got)
		}
		if got := s.Keys("已发三次", "enter").Screen(); !strings.Contains(got, "已完成 2026-家-01-") || !strings.Contains(got, "✓ 完成") || decision(t, db, "每周五发一张单子").Result != "已发三次" {
			t.Fatal(got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "已撤销") || decision(t, db, "每周五发一张单子").State != data.ResolutionOpen {
			t.Fatal(got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "没有能撤销的") {
			t.Error(got)
		}
		if got := s.Keys("down", "x", "u").Screen(); !strings.Contains(got, "已撤销") { // a promise's own undo
			t.Error(got)
		}
	})
}

// What another gives away or says is done goes from here by itself; who was second
// is told who was first.
func TestDecidedByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		decides(t, db)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Keys("x", "做了").Screen()
		r := decision(t, db, "每周五发一张单子")
		r.State, r.Result = data.ResolutionDone, "办公室发了"
		if _, err := db.As(tuitest.Office).SaveResolution(t.Context(), r, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); !strings.Contains(got, "✓ 完成") || !strings.Contains(got, "办公室发了") {
			t.Error(got)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "没存上") || !strings.Contains(got, "封志刚") {
			t.Error(got)
		}
		if got := s.Wait(6 * time.Second).Screen(); strings.Contains(got, "每周五发一张单子") {
			t.Error("it is still there", got)
		}
	})
}
