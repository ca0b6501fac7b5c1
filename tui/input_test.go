package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Keys arrive changed while an input method is on.
func TestInputMethods(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		defer tui.SetScreen("search", func(env *kit.Env, o kit.Open) kit.Page {
			asked = append(asked, o.Text)
			return &rows{env: env, n: 1}
		})()
		s := start(t, i18n.Chinese)
		press := func(text string) { s.Send(tea.KeyPressMsg{Code: []rune(text)[0], Text: text}) }
		press("？")
		s.says(t, "帮助 > 行")
		s.Keys("esc")
		press("：")
		s.says(t, "桥 | 命令")
		s.Keys("esc")
		press("ｊｊ")
		s.says(t, "> row 2")
		for _, text := range []string{"、", "／", "章", "章薇"} {
			press(text)
			s.Keys("esc")
		}
		s.Send(tea.PasteMsg{Content: "100 0342 8940\nn"})
		s.Keys("esc")
		s.Send(tea.PasteMsg{Content: "nnn"})
		if got := strings.Join(asked, "|"); got != "||章|章薇|100 0342 8940" {
			t.Errorf("asked for %q", got)
		}
		s.says(t, "在这里粘贴是找家庭")
	})
}

func TestKeysWithoutMeaning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("b")
		s.says(t, "这里没有这个键: ? 看能按什么")
		s.Keys("q")
		s.says(t, "esc 返回  ctrl+c 退出")
		s.Keys("esc")
		s.says(t, " ctrl+c 退出   ")
		s.Keys("x")
		s.says(t, "这行关了")
		s.Keys("g", "z")
		s.says(t, "g z 没有这一屏")
	})
}

// What a page sent is done before the next key, however fast the hand.
func TestTypeAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Send(tea.KeyPressMsg{Code: 'n', Text: "n"}, tea.KeyPressMsg{Code: 'x', Text: "x"})
		s.says(t, "| x")
	})
}

func TestGoTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer tui.SetScreen("roster", func(env *kit.Env, _ kit.Open) kit.Page { return &rows{env: env, n: 7} })()
		s := start(t, i18n.Chinese)
		s.Keys("G")
		s.says(t, "> row 49")
		s.Keys("gg")
		s.says(t, "> row 0")
		s.Keys("gr").Keys("G")
		s.says(t, "> row 6")
		s.Keys("esc")
		s.says(t, "> row 0")
		s.Keys("g")
		if strings.Contains(s.Screen(), "g 前往 ---") {
			t.Error("the letters are shown at once")
		}
		s.Wait(400 * time.Millisecond)
		s.says(t, "--- g 前往 ---")
	})
}

func TestMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		click := func(x, y int) { s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
		click(3, 5)
		s.says(t, "> row 3")
		click(3, 5)
		s.says(t, "clicked")
		s.Send(tea.MouseWheelMsg{X: 3, Y: 5, Button: tea.MouseWheelDown})
		s.says(t, "> row 6")
		click(2, 22) // enter, in the page's keys
		s.says(t, " row 6   ")
		click(30, 23) // ? in those that always work
		s.says(t, "桥 | 帮助")
		click(20, 1) // the second part
		s.says(t, "[2 所有按键]")
	})
}

// While there is a cursor, printable keys are text and the others still work.
func TestTextHasItsOwnKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("n", "?:", "space", "x/g")
		s.says(t, "?: x/g")
		s.says(t, " ctrl+f 找家庭  ctrl+p 命令  F1 帮助  ")
		s.Keys("f4")
		s.says(t, " ctrl+f find  ctrl+p command  F1 help  ")
	})
}

// The palette finds by Chinese, pinyin, initials and English, does the thing,
// and offers first what was used last.
func TestPalette(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		for _, typed := range []string{"帮助", "bangzhu", "bz", "HELP"} {
			s.Keys(":", typed, "enter")
			s.says(t, "桥 | 帮助 > 行")
			s.Keys("esc", ":")
			s.says(t, "> 帮助")
			s.Keys("esc")
		}
		s.Keys(":", "xie", "enter", "好")
		s.says(t, "| 好")
		s.Keys("ctrl+p", "zzz")
		s.says(t, "没有叫这个的。esc 收起")
	})
}
