package family_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// Row 22 of a card says who else has it open and who is in a form of it, to those
// who read the card; the front desk, which finds phones, is told of nobody.
func TestOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		house := tuitest.Together(tuitest.School(t))
		zhang := kit.Open{Screen: "family", ID: tuitest.Zhang}
		row := func(s *tuitest.Session) string { return strings.Split(s.Wait(time.Second).Screen(), "\n")[21] }
		says := func(s *tuitest.Session, want string) {
			t.Helper()
			if got := row(s); !strings.Contains(got, want) {
				t.Errorf("%q does not say %q", got, want)
			}
		}
		luo := house.Start(t, tuitest.Luo, i18n.Chinese, zhang)
		desk := house.Start(t, tuitest.Desk, i18n.Chinese, zhang)
		says(luo, "已是最新")
		pu := house.Start(t, tuitest.Pu, i18n.English, zhang)
		says(luo, "蒲岚 现在也在看")
		says(pu, "Luo Jing is here now")
		luo.Keys("e")
		says(pu, "Luo Jing is changing this")
		says(luo, "蒲岚 现在也在看")
		luo.Keys("esc")
		says(pu, "Luo Jing is here now")
		luo.Keys("c")
		says(pu, "Luo Jing is changing this")
		luo.Keys("esc")
		if got := row(desk); strings.Contains(got, "罗静") || strings.Contains(got, "蒲岚") {
			t.Error(got)
		}
		house.Start(t, tuitest.Luo, i18n.Chinese, zhang)
		if got := row(luo); strings.Contains(got, "罗静") {
			t.Error("one's own other window:", got)
		}
		pu.Keys("g", "t")
		if got := row(luo); strings.Contains(got, "现在也在看") {
			t.Error(got)
		}
	})
}
