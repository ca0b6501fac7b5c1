package meetings_test

import (
	"slices"
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

// newest is the meeting that was called last.
func newest(t *testing.T, db *store.DB) data.Meeting {
	t.Helper()
	l, err := db.As(tuitest.Principal).Meetings(t.Context(), data.MeetingQuery{})
	if err != nil {
		t.Fatal(err)
	}
	last := slices.MaxFunc(l.Lines, func(a, b data.MeetingLine) int { return int(a.ID - b.ID) })
	v, err := db.As(tuitest.Principal).Meeting(t.Context(), last.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v.Meeting
}

// A meeting is called in four keys where what is filled in is right, in eight with
// another day and time; its agenda and its families come with it, and its
// preparation opens.
func TestNewInFewKeys(t *testing.T) {
	for _, c := range []struct {
		keys []string
		most int
		want time.Time
	}{
		{[]string{"g", "m", "n", "ctrl+s"}, 4, at(12, 4, 16, 30)},
		{[]string{"g", "m", "n", "tab", "下周三", "tab", "1530", "ctrl+s"}, 8, at(12, 2, 15, 30)},
	} {
		synctest.Test(t, func(t *testing.T) {
			db := tuitest.School(t)
			s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
			pressed := 0
			for _, k := range c.keys {
				s.Keys(k)
				if len(k) == 1 || k == "tab" || k == "ctrl+s" { // what is typed is not counted
					pressed++
				}
			}
			if pressed > c.most {
				t.Errorf("%d keys", pressed)
			}
			m := newest(t, db)
			if !m.Starts.Equal(c.want) || m.Ends.Sub(m.Starts) != 90*time.Minute || m.Title != "三(2)家长会" || m.Place != "三(2)教室" || m.Chair != tuitest.Luo || m.Secretary != tuitest.Pu ||
				len(m.Agenda) != 6 || m.Agenda[0].Title != "开场" || m.State != data.MeetingDraft {
				t.Errorf("%+v", m)
			}
			if got := s.Screen(); !strings.Contains(got, "2026-家-01 已建好") || !strings.Contains(got, "三(2)家长会") {
				t.Error(got)
			}
			if got := s.Keys("esc").Screen(); !strings.Contains(got, "将开 1") || !strings.Contains(got, "|> !") {
				t.Error(got)
			}
		})
	}
}

func TestFormFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo)
		s.Keys("n").Goldens("new")
		s.Keys("tab", "12-05", "tab", "tab", "tab", "tab", "ctrl+u", "礼堂").Goldens("form")
	})
}

// What stands in the way is told in the form, beside the field that it is about,
// before anything is stored.
func TestClashIsToldInTheForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo)
		s.Keys("n", "tab", "12-04", "tab", "16:00", "tab", "tab", "tab", "ctrl+u", "礼堂")
		s.Goldens("formclash")
		if got := s.Screen(); !strings.Contains(got, "! 同一班家庭: 16:30 三(2)家长会 (会前问卷)") || !strings.Contains(got, "! 主持也在: 16:30 三(2)家长会 (会前问卷)") {
			t.Error(got)
		}
		if got := s.Keys("shift+tab", "shift+tab", "shift+tab", "18:10").Screen(); !strings.Contains(got, "! 同一地点: 17:00 别的班的会") || strings.Contains(got, "同一班") {
			t.Error(got)
		}
		if got := s.Keys("up", "up", "up", "up").Screen(); strings.Contains(got, "同一") || !strings.Contains(got, "18:30") {
			t.Error("it still clashes", got)
		}
	})
}

// Another kind brings its theme, its length, its place and its agenda, but for
// what was written by hand.
func TestKindBringsWhatBelongsToIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := list(t, db, tuitest.Luo)
		if got := s.Keys("n", "left", "right", "right", "right").Screen(); !strings.Contains(got, "[三(2)线上家长会") || !strings.Contains(got, "[线上") || !strings.Contains(got, "[45__]") {
			t.Fatal(got)
		}
		if got := s.Keys("left").Screen(); !strings.Contains(got, "[三(2)毕业班家长会") || !strings.Contains(got, "[三(2)教室") || !strings.Contains(got, "[90__]") {
			t.Fatal(got)
		}
		s.Keys("tab", "tab", "tab", "50", "tab", "ctrl+u", "冬季安全", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "right", "ctrl+s")
		if m := newest(t, db); m.Kind != data.OnlineMeeting || m.Title != "冬季安全" || m.Ends.Sub(m.Starts) != 50*time.Minute || m.Place != "线上" || len(m.Agenda) != 5 {
			t.Errorf("%+v", m)
		}
	})
}

// What the school's rules refuse stands beside its field, and nothing is stored.
func TestFormRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		was := newest(t, db)
		s := list(t, db, tuitest.Luo)
		s.Keys("n", "tab", "哪天", "tab", "25:00", "tab", "0", "tab", "ctrl+u", "tab", "tab", "down", "ctrl+s")
		s.Goldens("refused")
		if m := newest(t, db); m.ID != was.ID {
			t.Errorf("%+v", m)
		}
	})
}

// Days and times go up and down by a day and by five minutes.
func TestSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		list(t, db, tuitest.Luo).Keys("n", "tab", "up", "up", "up", "down", "tab", "up", "tab", "down", "ctrl+s")
		if m := newest(t, db); !m.Starts.Equal(at(12, 6, 16, 35)) || m.Ends.Sub(m.Starts) != 85*time.Minute {
			t.Errorf("%v %v", m.Starts, m.Ends)
		}
	})
}

// What speaks against a day and does not forbid it is said beside it: that it is
// over, that the notice would be late, that the families know another time.
func TestDayWarns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := list(t, school(t), tuitest.Luo).Keys("n", "tab")
		for typed, want := range map[string]string{"2026-11-20": "! 11-20 周五 已经过去了", "明天": "! 11-26 周四 来不及提前 5 个工作日通知", "12-12": "! 12-12 周六 不上课", "12-11": "= 12-11 周五  通知最迟 12-04 周五"} {
			if got := s.Keys("ctrl+u", typed).Screen(); !strings.Contains(got, want) {
				t.Errorf("%s: %s", typed, got)
			}
		}
		if got := s.Keys("esc", "e", "tab", "12-11").Screen(); !strings.Contains(got, "! 12-11 周五 家长知道的是旧时间: 记得再通知") {
			t.Error(got)
		}
	})
}

// The meeting that was called is the chosen one where it was called from.
func TestNewOneIsChosen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := list(t, school(t), tuitest.Luo)
		if got := s.Keys("n", "ctrl+s", "esc").Screen(); !strings.Contains(got, "|> !  12-11 周五  16:30") {
			t.Error(got)
		}
		if got := s.Keys("v", "<", "n", "tab", "12-16", "ctrl+s", "esc").Screen(); !strings.Contains(got, "2026 年 12 月") || !strings.Contains(got, ">16") {
			t.Error(got)
		}
	})
}

// Who calls meetings for several classes is asked for which one.
func TestWhichClass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Office)
		s.Keys("down", "down", "n").Goldens("which")
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "[五(1)家长会") || !strings.Contains(got, "段青") {
			t.Fatal(got)
		}
		s.Keys("ctrl+s")
		if m := newest(t, db); m.Class != tuitest.Five || m.Chair != tuitest.Duan {
			t.Errorf("%+v", m)
		}
	})
}

// What one calls stands on the other's list at once.
func TestOthersSeeItAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		a, b := list(t, db, tuitest.Luo), list(t, db, tuitest.Pu)
		if got := b.Screen(); !strings.Contains(got, "没有将开的会") {
			t.Fatal(got)
		}
		a.Keys("n", "ctrl+s").Screen()
		if got := b.Screen(); !strings.Contains(got, "|> !  12-04 周五  16:30  家长会  三(2)家长会") {
			t.Error(got)
		}
		m := newest(t, db)
		m.Place = "阶梯教室"
		if _, err := db.As(tuitest.Office).SaveMeeting(t.Context(), m, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		if got := b.Screen(); !strings.Contains(got, "阶梯教室") || !strings.Contains(got, "|>~!") {
			t.Error(got)
		}
	})
}

// Of two who change a meeting the fields that only one has changed are joined;
// where both changed one it is asked.
func TestTwoChangeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := school(t)
		s := list(t, db, tuitest.Luo).Keys("down", "e")
		if got := s.Screen(); !strings.Contains(got, "会议 > 改会议") || !strings.Contains(got, "三(2)家长会 (会前问卷)") {
			t.Fatal(got)
		}
		s.Keys("tab", "12-11", "tab", "tab", "tab", "tab", "ctrl+u", "操场")
		v, err := db.As(tuitest.Office).Meeting(t.Context(), 4)
		if err != nil {
			t.Fatal(err)
		}
		m := v.Meeting
		m.Place, m.Title = "阶梯教室", "三(2)期末家长会"
		if _, err := db.As(tuitest.Office).SaveMeeting(t.Context(), m, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		s.Keys("ctrl+s").Goldens("conflict")
		s.Keys("2", "ctrl+s")
		v, err = db.As(tuitest.Office).Meeting(t.Context(), 4)
		if err != nil || v.Place != "操场" || v.Title != "三(2)期末家长会" || !v.Starts.Equal(at(12, 11, 16, 30)) {
			t.Errorf("%+v %v", v.Meeting, err)
		}
	})
}

// A form that was cut off is gone on with, from Today too.
func TestDraftGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		list(t, db, tuitest.Luo).Keys("n", "tab", "tab", "tab", "tab", "ctrl+u", "冬季安全").Wait(3 * time.Second).Cut()
		d, err := db.As(tuitest.Luo).Drafts(t.Context())
		if err != nil || len(d) != 1 {
			t.Fatal(d, err)
		}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Draft(d[0]))
		if got := s.Screen(); !strings.Contains(got, "已恢复草稿") || !strings.Contains(got, "[冬季安全") {
			t.Fatal(got)
		}
		s.Keys("ctrl+s").Screen()
		if m := newest(t, db); m.Title != "冬季安全" {
			t.Errorf("%+v", m)
		}
		if d, err = db.As(tuitest.Luo).Drafts(t.Context()); err != nil || len(d) != 0 {
			t.Errorf("the draft is still there: %v %v", d, err)
		}
	})
}
