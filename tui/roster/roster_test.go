package roster_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster"})
		s.Golden("roster.zh.80")
		s.Keys("f4").Golden("roster.en.80")
		s.Resize(120, 36).Golden("roster.en.120")
		s.Keys("f4", "down", "v").Golden("tags.zh.120")
		s.Resize(80, 24).Golden("tags.zh.80")
		s.Keys("f", "f", "f", "f", "s").Golden("flagged.zh.80")
	})
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
		if !strings.Contains(got, " ~田沐阳") && !strings.Contains(got, "~ ") && !strings.Contains(got, "~田沐阳") {
			t.Errorf("the changed row is not marked\n%s", got)
		}
		if got := s.Wait(6 * time.Second).Screen(); strings.Contains(got, "~田沐阳") {
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
