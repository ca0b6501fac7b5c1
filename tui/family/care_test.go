package family_test

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

// What is restricted is one line until v opens it; after five minutes it is
// hidden again, and it says so.
func TestRestrictedForFiveMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := card(t, tuitest.Luo, tuitest.Zhang)
		if got := s.Screen(); !strings.Contains(got, "受限 5 项  v 打开") || strings.Contains(got, "哮喘") {
			t.Fatal(got)
		}
		got := s.Keys("v").Screen()
		for _, want := range []string{"哮喘, 书包里有喷雾", "先用喷雾", "母 何秀", "离家三年", "炉火通风不好", "随祖辈", "显示到 15:09"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s on\n%s", want, got)
			}
		}
		if got := s.Wait(4*time.Minute + 50*time.Second).Screen(); !strings.Contains(got, "哮喘") {
			t.Error("hidden too early", got)
		}
		if got := s.Wait(11 * time.Second).Screen(); strings.Contains(got, "哮喘") {
			t.Error("still there after five minutes", got)
		}
		if got := s.Keys("j").Screen(); !strings.Contains(got, "受限 5 项") {
			t.Error(got)
		}
		if got := s.Keys("v", "v").Screen(); strings.Contains(got, "哮喘") {
			t.Error("v does not hide it", got)
		}
	})
}

// Who may only know that there is something is told whom to ask.
func TestRestrictedIsForFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := card(t, tuitest.Pu, tuitest.Zhang).Keys("v").Screen(); !strings.Contains(got, "[受限] 可找 罗静") || strings.Contains(got, "哮喘") || strings.Contains(got, "5 项") {
			t.Error(got)
		}
		if got := card(t, tuitest.Desk, tuitest.Zhang).Keys("v").Screen(); strings.Contains(got, "[受限]") || strings.Contains(got, "哮喘") {
			t.Error(got)
		}
	})
}

// What others change while it stands there is not shown as if it held.
func TestRestrictedChangedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Office, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang}).Keys("v")
		c, err := db.As(tuitest.Luo).Care(t.Context(), tuitest.Zhang)
		if err != nil {
			t.Fatal(err)
		}
		c.Health = "花生过敏"
		if _, err := db.As(tuitest.Luo).SaveCare(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if got := s.Screen(); strings.Contains(got, "哮喘") || !strings.Contains(got, "再按 v") {
			t.Error(got)
		}
		if got := s.Keys("v").Screen(); !strings.Contains(got, "花生过敏") {
			t.Error(got)
		}
	})
}

// The class teacher goes from the restricted line to its form.
func TestRestrictedIsEdited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		if got := s.Keys("v", "e").Screen(); !strings.Contains(got, "受限资料") || !strings.Contains(got, "哮喘, 书包里有喷雾") {
			t.Fatal(got)
		}
		if got := s.Keys("end", ", 花粉", "ctrl+s").Screen(); !strings.Contains(got, "已存") || !strings.Contains(got, "家庭 > 章薇") || strings.Contains(got, "花粉") {
			t.Error(got)
		}
		c, err := db.As(tuitest.Luo).Care(t.Context(), tuitest.Zhang)
		if err != nil || c.Health != "哮喘, 书包里有喷雾, 花粉" || c.Reach != data.CareWhole {
			t.Error(c, err)
		}
		if got := tuitest.StartOn(t, db, tuitest.Office, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang}).Keys("v", "e").Screen(); !strings.Contains(got, "班主任和德育处改") {
			t.Error("the office reads it", got)
		}
	})
}
