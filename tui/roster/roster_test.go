package roster_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/roster"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"})
		s.Goldens("roster")
		s.Keys("down", "v").Goldens("tags")
		s.Keys("f", "f", "f", "f", "s", "space").Goldens("flagged")
	})
}

// A filter that nobody passes says so, and esc takes it away before it leaves
// the screen; a class without anybody says what to do.
func TestNobodyPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Duan, i18n.Chinese, kit.Open{Screen: "roster"})
		s.Keys("f", "f", "f").Goldens("nobody")
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "没有选中哪一家") {
			t.Error(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "班级 五(1)") || !strings.Contains(got, "筛选: 全部") || !strings.Contains(got, "章楠") {
			t.Error(got)
		}
	})
}

// A class that one may not read is not shown, and stays unshown.
func TestNoRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster", ID: tuitest.Five})
		s.Goldens("noright")
		if got := s.Keys("c").Screen(); strings.Contains(got, "张巍") || strings.Contains(got, "记联系 >") {
			t.Error(got)
		}
	})
}

// Marked rows are counted and keep their place, whatever is saved meanwhile.
func TestMarks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"})
		got := s.Keys("space", "down", "space").Screen()
		if !strings.Contains(got, "已选 2") || strings.Count(got, "  x ") != 2 {
			t.Fatal(got)
		}
		before := names(got)
		late(t, db, tuitest.Pu, 12) // would be the first of all
		if after := names(s.Screen()); !slices.Equal(before, after) {
			t.Errorf("rows moved from\n%v to\n%v", before, after)
		}
		if got := s.Keys("a").Screen(); !strings.Contains(got, "已选 12") {
			t.Error(got)
		}
		if got := s.Keys("a").Screen(); strings.Contains(got, "已选") {
			t.Error(got)
		}
		if got := s.Keys("space", "esc").Screen(); strings.Contains(got, "已选") || !strings.Contains(got, "班级 三(2)") {
			t.Error(got)
		}
	})
}

// late writes down a talk with a promise that is long overdue.
func late(t *testing.T, db *store.DB, who, student int64) {
	t.Helper()
	c := data.Contact{Students: []int64{student}, At: tuitest.Now.Add(-time.Minute), Channel: data.PhoneCall, Summary: "谈作业", Topics: []string{"homework"},
		Promises: []data.Promise{{Text: "明天带作业本", Due: data.On(2026, 11, 2)}}}
	if _, err := db.As(who).SaveContact(t.Context(), c, data.Ref{}); err != nil {
		t.Fatal(err)
	}
}

// names are the students in the rows of the list, from the top.
func names(screen string) (out []string) {
	for line := range strings.Lines(screen) {
		if f := strings.Fields(strings.TrimLeft(line, "|>~x ")); strings.Contains(line, "100 0000") && len(f) > 4 && len(f[0]) == 2 {
			out = append(out, f[1])
		}
	}
	return out
}

// What one wrote oneself is not marked as another's change.
func TestOwnChangeIsNotMarked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"})
		s.Screen()
		late(t, db, tuitest.Luo, tuitest.Tian)
		s.Screen()
		if got := s.Keys("home").Screen(); strings.Contains(got, "~") || !strings.Contains(got, "田沐阳    祖父 田长庚   100 0000 0111  今天") {
			t.Error(got)
		}
	})
}

// Moving the choice asks the desk for nothing: the numbers stand there at once.
func TestMovingAsksNobody(t *testing.T) {
	asked := 0
	env := &kit.Env{Ctx: t.Context(), Lang: i18n.Chinese, Now: tuitest.Clock}
	p := roster.New(env, roster.Deps{Roster: func(context.Context, int64) (data.Roster, error) { asked++; return class(45), nil }}, kit.Open{ID: 1})
	p.Layout(80, 19)
	p.Update(p.Init()())
	for range 44 {
		if cmd := p.Update(tea.KeyPressMsg{Code: tea.KeyDown}); cmd != nil {
			t.Fatal("a move asks for something")
		}
	}
	if body := p.View().Body; asked != 1 || !strings.Contains(body, "|") && !strings.Contains(body, "100 0000 0045") {
		t.Errorf("asked %d times\n%s", asked, body)
	}
}

// Tags are masked until v, and again after five minutes without a key more.
func TestTagsAreMaskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"})
		if got := s.Screen(); strings.Contains(got, "留") || !strings.Contains(got, "**") {
			t.Fatal(got)
		}
		if got := s.Keys("v").Screen(); !strings.Contains(got, "安 留") {
			t.Fatal(got)
		}
		if got := s.Wait(4*time.Minute + 50*time.Second).Screen(); !strings.Contains(got, "安 留") {
			t.Error("masked too early", got)
		}
		if got := s.Wait(15 * time.Second).Screen(); strings.Contains(got, "安 留") {
			t.Error("still shown", got)
		}
	})
}

// A subject teacher has no tags to show.
func TestNoRightToTags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Pu, i18n.Chinese, kit.Open{Screen: "roster", ID: tuitest.Three})
		if got := s.Keys("v").Screen(); strings.Contains(got, "安 留") || !strings.Contains(got, "没有这个权限") {
			t.Error(got)
		}
	})
}

// What another saves shows here, and the choice stays with its student.
func TestLiveKeepsTheChoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"})
		s.Keys("down", "down", "down")
		before := s.Screen()
		c := data.Contact{Students: []int64{tuitest.Tian}, At: tuitest.Now.Add(-time.Minute), Channel: data.PhoneCall, Summary: "谈作业", Topics: []string{"homework"},
			Promises: []data.Promise{{Text: "明天带作业本", Due: data.On(2026, 11, 20)}}} // late: the row moves up
		if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
			t.Fatal(err)
		}
		got := s.Screen()
		if chosen(before) != chosen(got) || chosen(got) == "" {
			t.Errorf("the choice moved from %q to %q", chosen(before), chosen(got))
		}
		if !strings.Contains(got, "| ~     11  田沐阳") {
			t.Errorf("the changed row is not marked\n%s", got)
		}
		if got := s.Wait(6 * time.Second).Screen(); strings.Contains(got, "~") {
			t.Error("still marked", got)
		}
	})
}

// chosen is the name in the row that begins with >.
func chosen(screen string) string {
	for line := range strings.Lines(screen) {
		if rest, ok := strings.CutPrefix(line, "|>"); ok {
			return strings.Fields(rest)[0] + strings.Fields(rest)[1]
		}
	}
	return ""
}

// [ and ] go through the classes one may see; with one there is no other.
func TestNeighbours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		if got := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"}).Keys("]").Screen(); !strings.Contains(got, "你只能看这一个班") {
			t.Error(got)
		}
		s := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "roster", ID: tuitest.Three})
		if got := s.Keys("]").Screen(); !strings.Contains(got, "五(1)") || !strings.Contains(got, "张巍") {
			t.Error(got)
		}
	})
}

// Without a class of one's own the list of classes comes; without any right,
// it says so.
func TestNoClassOfOnesOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		if got := tuitest.StartOn(t, db, tuitest.Principal, i18n.Chinese, kit.Open{Screen: "roster"}).Screen(); !strings.Contains(got, "全部班级") || !strings.Contains(got, "段青") {
			t.Error(got)
		}
		if got := tuitest.StartOn(t, db, tuitest.Admin, i18n.Chinese, kit.Open{Screen: "roster"}).Screen(); !strings.Contains(got, "没有你能看的班级") {
			t.Error(got)
		}
	})
}

// What another has just changed, and a class that may be seen no longer.
func TestFramesOfChange(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		synctest.Test(t, func(t *testing.T) {
			db := tuitest.School(t)
			s := tuitest.StartOn(t, db, tuitest.Luo, lang, kit.Open{Screen: "roster"})
			s.Screen()
			c := data.Contact{Students: []int64{tuitest.Tian}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "谈作业", Topics: []string{"homework"}}
			if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
				t.Fatal(err)
			}
			s.Sizes("changed." + string(lang))
			if err := db.Console("test").Disable(t.Context(), tuitest.Luo); err != nil {
				t.Fatal(err)
			}
			s.Keys("f5").Sizes("gone." + string(lang))
		})
	}
}

// A fast hand presses enter before the class is there: its first family opens
// when it is, unless something else was pressed meanwhile.
func TestEnterBeforeTheClassIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		g, r, enter, help, esc := tea.KeyPressMsg{Code: 'g', Text: "g"}, tea.KeyPressMsg{Code: 'r', Text: "r"}, tea.KeyPressMsg{Code: tea.KeyEnter},
			tea.KeyPressMsg{Code: '?', Text: "?"}, tea.KeyPressMsg{Code: tea.KeyEscape}
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Send(g, r, enter)
		if got := s.Screen(); !strings.Contains(got, "桥 | 家庭 > ") {
			t.Error(got)
		}
		s = tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		s.Send(g, r, enter, help)
		if got := s.Screen(); !strings.Contains(got, "桥 | 帮助") {
			t.Error(got)
		}
		s.Send(esc)
		if got := s.Screen(); !strings.Contains(got, "桥 | 班级") {
			t.Error(got)
		}
	})
}
