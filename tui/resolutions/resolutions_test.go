package resolutions_test

import (
	"errors"
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

// held is a meeting of 3.2 that decides: something late, something for today,
// something with time, and something that is done.
func held(t *testing.T, db *store.DB) data.Meeting {
	t.Helper()
	office, ctx := db.As(tuitest.Office), t.Context()
	starts := time.Date(2026, 11, 6, 16, 30, 0, 0, data.China)
	m, err := office.SaveMeeting(ctx, data.Meeting{Class: tuitest.Three, Title: "三(2)期中家长会", Starts: starts, Ends: starts.Add(90 * time.Minute), Place: "三(2)教室",
		Chair: tuitest.Luo, Secretary: tuitest.Ning, Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10}}}, data.Ref{})
	if err == nil {
		m, err = office.TellMeeting(ctx, m.ID, m.Rev, data.Telling{Zh: "请您到校", Why: "临时"})
	}
	if err = errors.Join(err, office.OpenRoom(ctx, m.ID)); err != nil {
		t.Fatal(err)
	}
	for _, r := range []data.Resolution{
		{Text: "图书角周末可以借两本回家, 由家长志愿者登记, 周一归还; 借出的书在班级墙上写一张表, 谁借了什么大家都看得到", Owner: tuitest.Luo, Due: data.On(2026, 11, 20)},
		{Text: "每周五把下周要带的东西写在纸上发回家", Owner: tuitest.Luo, Due: data.On(2026, 11, 25)},
		{Text: "家长轮值护学, 每天两位", Owner: tuitest.Pu, Due: data.On(2026, 12, 18)},
		{Text: "教室加一排挂钩", Owner: tuitest.Office, Due: data.On(2026, 11, 18)},
	} {
		r.Meeting = m.ID
		r, err := office.SaveResolution(ctx, r, data.Ref{})
		if err == nil && r.Owner == tuitest.Office {
			r.State, r.Result = data.ResolutionDone, "装好了, 三十六个"
			_, err = office.SaveResolution(ctx, r, data.Ref{})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := office.CloseRoom(ctx, m.ID); err != nil {
		t.Fatal(err)
	}
	return m
}

func list(t *testing.T, db *store.DB, who int64) *tuitest.Session {
	t.Helper()
	return tuitest.StartOn(t, db, who, i18n.Chinese, kit.Open{Screen: "resolutions"})
}

// one is a resolution as the principal reads it.
func one(t *testing.T, db *store.DB, id int64) data.Resolution {
	t.Helper()
	r, err := db.As(tuitest.Principal).Resolution(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		list(t, db, tuitest.Luo).Goldens("empty")
		held(t, db)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese).Keys("g", "d")
		s.Goldens("list")
		s.Keys("enter").Goldens("one")
		s.Keys("]", "x").Goldens("result")
		s.Keys("esc", "z", "fri").Goldens("day")
		s.Keys("esc", "w", "蒲").Goldens("who")
		if got := s.Keys("esc", "esc").Screen(); !strings.Contains(got, "|> !  2026-家-01-1") {
			t.Error("the choice is lost", got)
		}
		list(t, db, tuitest.Inspector).Goldens("inspector")
	})
}

// A result is asked for; ten minutes long it can be taken back.
func TestDoneAndUndone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		s := list(t, db, tuitest.Luo)
		if got := s.Keys("x", "enter").Screen(); !strings.Contains(got, "先写一句") || one(t, db, 1).State != data.ResolutionOpen {
			t.Fatal("done without a result", got)
		}
		if got := s.Keys("登记本做好了", "enter").Screen(); !strings.Contains(got, "已完成 2026-家-01-1") || !strings.Contains(got, "未完成 2  逾期 0  完成率 50% (2/4)") {
			t.Fatal(got)
		}
		if r := one(t, db, 1); r.State != data.ResolutionDone || r.Result != "登记本做好了" {
			t.Errorf("%+v", r)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "已撤销") || one(t, db, 1).State != data.ResolutionOpen {
			t.Fatal(got)
		}
		if got := s.Keys("u").Screen(); !strings.Contains(got, "没有能撤销的") {
			t.Error(got)
		}
		s.Keys("x", "好了", "enter").Wait(11 * time.Minute)
		s.Keys("left") // the screen was covered meanwhile
		if got := s.Keys("u").Screen(); !strings.Contains(got, "没有能撤销的") {
			t.Error(got)
		}
	})
}

// Who runs the meeting gives another day, another person, other words, and drops
// it; the person who carries it out may not, and is told who may.
func TestChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		s := list(t, db, tuitest.Luo)
		if got := s.Keys("z", "qq", "enter").Screen(); !strings.Contains(got, "看不懂这个日期") {
			t.Error(got)
		}
		s.Keys("ctrl+u", "下周三", "enter", "w", "封", "enter").Screen()
		if r := one(t, db, 1); r.Due != data.On(2026, 12, 2) || r.Owner != tuitest.Office {
			t.Errorf("%+v", r)
		}
		if got := s.Keys("u").Screen(); one(t, db, 1).Owner != tuitest.Luo {
			t.Error(got)
		}
		s.Keys("e", "ctrl+u", "周末可借两本", "enter").Screen()
		s.Keys("d", "没人登记", "enter").Screen()
		if r := one(t, db, 1); r.Text != "周末可借两本" || r.State != data.ResolutionDropped || r.Result != "没人登记" {
			t.Errorf("%+v", r)
		}
		if got := s.Keys("x").Screen(); !strings.Contains(got, "没有选中") && !strings.Contains(got, "结果") && !strings.Contains(got, "不在办") {
			t.Error(got)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		s := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "resolution", ID: 3})
		if got := s.Keys("z", "+3d", "enter").Screen(); !strings.Contains(got, "由主持、秘书或德育处改") || one(t, db, 3).Due != data.On(2026, 12, 18) {
			t.Error(got)
		}
		if got := s.Keys("x", "排好了", "enter").Screen(); !strings.Contains(got, "已完成") || !strings.Contains(got, "结果: 排好了") {
			t.Error(got)
		}
	})
}

// A resolution of another class is not there, in the list and by its number.
func TestOtherClass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		if got := list(t, db, tuitest.Duan).Screen(); strings.Contains(got, "图书角") || !strings.Contains(got, "还没有决议") {
			t.Error(got)
		}
		if got := tuitest.StartOn(t, db, tuitest.Duan, i18n.Chinese, kit.Open{Screen: "resolution", ID: 1}).Keys("x").Screen(); strings.Contains(got, "图书角") || strings.Contains(got, "结果") {
			t.Error(got)
		}
	})
}

// Each filter shows what it says, those of the row's class and meeting too.
func TestFilters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		s := list(t, db, tuitest.Luo)
		for _, c := range []struct{ shows, has, not string }{
			{"看: 我负责的", "图书角", "轮值护学"}, {"看: 没完成的", "轮值护学", "挂钩"}, {"看: 逾期的", "图书角", "轮值护学"},
			{"看: 三(2) 的", "挂钩", "没有"}, {"看: 三(2)期中家长会 的", "挂钩", "没有"}, {"看: 全部", "挂钩", "没有"},
		} {
			if got := s.Keys("f").Screen(); !strings.Contains(got, c.shows) || !strings.Contains(got, c.has) || strings.Contains(got, c.not) {
				t.Errorf("%s\n%s", c.shows, got)
			}
		}
	})
}

// What another does stands there at once; who was second is told who was first.
func TestTwoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		s := list(t, db, tuitest.Luo).Keys("x", "好了")
		s.Screen()
		r := one(t, db, 1)
		r.Due = data.On(2026, 12, 4)
		if _, err := db.As(tuitest.Office).SaveResolution(t.Context(), r, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "没存上") || !strings.Contains(got, "封志刚") || !strings.Contains(got, "12-04") {
			t.Error(got)
		}
	})
}

// o opens the meeting that decided it.
func TestOpensTheMeeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		held(t, db)
		if got := list(t, db, tuitest.Luo).Keys("o").Screen(); !strings.Contains(got, "三(2)期中家长会") || strings.Contains(got, "决议跟踪") {
			t.Error(got)
		}
	})
}
