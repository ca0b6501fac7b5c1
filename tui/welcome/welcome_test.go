package welcome_test

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
		db := tuitest.School(t)
		for i, text := range []string{"孩子又咳, 昨晚没睡好。祖母想请一天假, 问作业怎么办。", "谈了补课"} {
			d := data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: []int64{tuitest.Zhang, tuitest.Ran}[i]}, Student: []int64{tuitest.Zhang, tuitest.Ran}[i],
				Form: "{}", Preview: text, Clock: 228 * time.Second}
			if _, err := db.As(tuitest.Luo).SaveDraft(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "welcome"})
		s.Golden("welcome.zh.80")
		s.Keys("f4").Golden("welcome.en.80")
		s.Resize(120, 36).Golden("welcome.en.120")
		if got := s.Keys("d").Screen(); !strings.Contains(got, "enter") {
			t.Fatal("it does not ask", got)
		}
		s.Keys("enter")
		ds, err := db.As(tuitest.Luo).Drafts(t.Context())
		if err != nil || len(ds) != 1 {
			t.Errorf("%d drafts left, %v", len(ds), err)
		}
	})
}
