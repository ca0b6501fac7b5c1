package totals_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"qiao/tui/i18n"
	"qiao/tui/tuitest"
)

// An inspector's first screen is counts: none under five, no name, and no way to
// a child.
func TestInspector(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.Start(t, tuitest.School(t), tuitest.Inspector, i18n.Chinese)
		s.Goldens("inspector")
		got := s.Screen()
		for _, want := range []string{"报表 > 总数", "合计", "三年级", "<5"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s on\n%s", want, got)
			}
		}
		for _, hide := range []string{"章薇", "罗静", "五(1)"} {
			if strings.Contains(got, hide) {
				t.Errorf("%s on\n%s", hide, got)
			}
		}
		if got := s.Keys("enter", "j", "enter").Screen(); !strings.Contains(got, "报表 > 总数") {
			t.Error(got)
		}
	})
}

// Others see the numbers of what they may count, by g p.
func TestOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.Start(t, db, tuitest.Principal, i18n.Chinese).Keys("g", "p")
		s.Goldens("principal")
		if got := s.Screen(); strings.Contains(got, "<5") || !strings.Contains(got, "五(1)") {
			t.Error(got)
		}
		if got := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese).Keys("g", "p").Screen(); !strings.Contains(got, "三(2)") || strings.Contains(got, "五(1)") {
			t.Error(got)
		}
		if got := tuitest.Start(t, db, tuitest.Admin, i18n.Chinese).Keys("g", "p").Screen(); strings.Contains(got, "总数") || !strings.Contains(got, "没有这一屏") {
			t.Error("an administrator counts", got)
		}
	})
}
