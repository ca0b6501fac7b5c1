package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// line is a page on which one writes a line about a child.
type line struct{ *form }

func (p line) Stand() data.Stand {
	now := data.Stand{On: data.Ref{Kind: "student", ID: tuitest.Zhang}}
	if p.text.Value() != "" {
		now.Doing = data.Composing
	}
	return now
}

// Who writes is shown as writing until a few seconds after their last key, and
// again from the next one on, though the page says nothing new; what lies over
// the page changes nothing.
func TestWritingEndsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer tui.SetScreen("line", func(env *kit.Env, _ kit.Open) kit.Page { return line{newForm(env)} })()
		house := tuitest.Together(tuitest.School(t))
		pu := house.Start(t, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		luo := house.Start(t, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "line"})
		says := func(want string) {
			t.Helper()
			if got := strings.Split(pu.Wait(time.Millisecond).Screen(), "\n")[21]; !strings.Contains(got, want) {
				t.Errorf("%q does not say %q", got, want)
			}
		}
		says("罗静 现在也在看")
		luo.Keys("祖")
		says("正在写 罗静")
		luo.Wait(3 * time.Second).Keys("母")
		luo.Wait(3 * time.Second)
		says("正在写 罗静")
		luo.Wait(1100 * time.Millisecond)
		says("罗静 现在也在看")
		luo.Wait(time.Minute).Keys("说", "ctrl+p")
		says("正在写 罗静")
		luo.Wait(5 * time.Second)
		says("罗静 现在也在看")
		luo.Keys("esc", "f1", "esc")
		says("正在写 罗静")
	})
}
