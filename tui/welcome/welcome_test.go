package welcome_test

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

// drafts keeps two drafts of 罗静: of 章薇 first, of 冉小满 a minute later.
func drafts(t *testing.T, db *store.DB) {
	t.Helper()
	for i, text := range []string{"孩子又咳, 昨晚没睡好。祖母想请一天假, 问作业怎么办。父亲本周末打电话回来。家里的炉火通风还没有修, 村里说下周派人来看, 到时再约一次家访, 把校医的电话也给祖母。", "谈了补课"} {
		student := []int64{tuitest.Zhang, tuitest.Ran}[i]
		d := data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: student}, Student: student, Form: "{}", Preview: text, Clock: 228 * time.Second}
		if _, err := db.As(tuitest.Luo).SaveDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
	}
}

func left(t *testing.T, db *store.DB) int {
	t.Helper()
	ds, err := db.As(tuitest.Luo).Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(ds)
}

// The line broke: when, what is kept, and what others did meanwhile.
func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		drafts(t, db)
		if err := db.As(tuitest.Luo).Leave(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(162 * time.Second)
		for who, level := range map[int64]data.Level{tuitest.Pu: data.Normal, tuitest.Luo: data.Normal} {
			c := data.Contact{Students: []int64{tuitest.Ran}, At: tuitest.Now, Channel: data.Talk, Summary: "补课", Level: level, Topics: []string{"study"}}
			if _, err := db.As(who).SaveContact(t.Context(), c, data.Ref{}); err != nil {
				t.Fatal(err)
			}
		}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "welcome"})
		s.Goldens("welcome")
		if got := s.Screen(); !strings.Contains(got, "02:42") || strings.Count(got, "记了一次") != 1 || !strings.Contains(got, "蒲岚 记了一次面谈") {
			t.Error(got)
		}
		s.Keys("down", "v").Goldens("look")
	})
}

// enter goes on in the form with the newest draft; esc leaves all for later.
func TestGoOnOrLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		drafts(t, db)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Screen(); !strings.Contains(got, "欢迎回来") || strings.Contains(got, "离开过") {
			t.Fatal("after a server that was killed nobody knows when", got)
		}
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "记联系 > 冉小满") {
			t.Error(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "桥 | 今日") || !strings.Contains(got, "草稿 2") {
			t.Error("the form took the place of the offer", got)
		}
		s = tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "桥 | 今日") || left(t, db) != 2 {
			t.Error(got)
		}
	})
}

// d asks, then takes the draft away; with the last one the screen goes.
func TestDiscard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		drafts(t, db)
		s := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese)
		if got := s.Keys("d").Screen(); !strings.Contains(got, "不要 冉小满 的草稿?") || left(t, db) != 2 {
			t.Fatal("it does not ask", got)
		}
		s.Goldens("discard")
		s.Keys("esc", "d", "enter").Screen()
		if got := s.Screen(); left(t, db) != 1 || strings.Contains(got, "> 冉小满") || !strings.Contains(got, "记联系 > 章薇") {
			t.Error(left(t, db), got)
		}
		if got := s.Keys("d", "enter").Screen(); left(t, db) != 0 || !strings.Contains(got, "桥 | 今日") {
			t.Error(left(t, db), got)
		}
	})
}
