package classes_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := tuitest.StartOn(t, tuitest.School(t), tuitest.Principal, i18n.Chinese, kit.Open{Screen: "classes"})
		s.Golden("classes.zh.80")
		s.Keys("f4").Golden("classes.en.80")
		s.Resize(120, 36).Golden("classes.en.120")
		if got := s.Keys("down", "enter").Screen(); !strings.Contains(got, "Class 5.1") || !strings.Contains(got, "Zhang Nan") {
			t.Error(got)
		}
	})
}
