package care_test

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

var open = kit.Open{Screen: "care", ID: tuitest.Zhang}

func stored(t *testing.T, db *store.DB) data.Care {
	t.Helper()
	c, err := db.As(tuitest.Luo).Care(t.Context(), tuitest.Zhang)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open)
		s.Goldens("care")
		s.Keys("tab", "tab", "tab", "tab", "tab")
		for range 6 { // to the first tag that she has not
			s.Keys("tab")
		}
		s.Keys("tab", "tab", "space", "tab").Goldens("tag")
		s.Keys("ctrl+u", "2027-01-01", "ctrl+s").Goldens("wrong")
		tuitest.StartOn(t, db, tuitest.Office, i18n.Chinese, open).Goldens("refused")
	})
}

// A tag that is ticked holds from today unless said; one that is not any more
// ends.
func TestTags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open)
		for range 5 {
			s.Keys("tab")
		}
		s.Keys("space") // safety: ends
		s.Keys("tab", "tab", "tab", "tab", "tab")
		if got := s.Keys("space", "tab", "tab", "tab", "随祖辈", "ctrl+s").Screen(); !strings.Contains(got, "已存") {
			t.Fatal(got)
		}
		got := stored(t, db).Tags
		if len(got) != 2 || got[0].Tag != data.LeftBehind || got[1] != (data.TagNote{Tag: data.Orphan, Since: data.On(2026, 11, 25), Note: "随祖辈"}) {
			t.Errorf("%+v", got)
		}
	})
}

// Two who change different fields are merged; what one typed is never lost.
func TestMergedAndKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open).Keys("end", ", 花粉")
		theirs := stored(t, db)
		theirs.Emergency = "先打校医"
		if _, err := db.As(tuitest.Luo).SaveCare(t.Context(), theirs); err != nil {
			t.Fatal(err)
		}
		s.Wait(3 * time.Second)
		s.Cut()
		again := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open)
		if got := again.Screen(); !strings.Contains(got, "花粉") || !strings.Contains(got, "已恢复草稿") {
			t.Fatal(got)
		}
		again.Keys("ctrl+s").Screen()
		if c := stored(t, db); c.Health != "哮喘, 书包里有喷雾, 花粉" || c.Emergency != "先打校医" {
			t.Errorf("%+v", c)
		}
	})
}

// Who loses the class while the form is open sees nothing of it any more.
func TestRightLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open).Keys("end", ", 花粉").Wait(3 * time.Second)
		if err := db.As(tuitest.Admin).RevokeGrant(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if got := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open).Screen(); strings.Contains(got, "哮喘") {
			t.Error(got)
		}
	})
}
