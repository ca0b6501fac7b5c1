package tui_test

import (
	"context"
	"fmt"
	"image/color"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

var (
	testTitle = i18n.T("Rows", "行")
	testAbout = i18n.T("which row is next", "下一行是哪行")
	testOpen  = i18n.T("open", "打开")
	testNew   = i18n.T("write", "写")
	testSave  = i18n.T("save", "保存")
	testText  = i18n.T("Text", "文字")
	testWhy   = i18n.T("Write a text about the row", "给这行写字")
	testNever = i18n.T("The row is closed", "这行关了")
)

var teacher = data.Account{ID: 1, Name: "林静", Grants: []data.Grant{
	{Role: data.ClassTeacher, Scope: data.ScopeClass, Class: data.ClassName{Grade: 3, Number: 2}}}}

// rows is a page with a list, as most screens are.
type rows struct {
	env   *kit.Env
	list  kit.List
	n     int
	told  []string
	w, h  int
	slow  bool
	frame int
}

func (p *rows) Title() i18n.Phrase { return testTitle }
func (p *rows) About() i18n.Phrase { return testAbout }
func (p *rows) Init() tea.Cmd      { p.list.Count(p.n); return nil }
func (p *rows) Layout(w, h int)    { p.w, p.h = w, h; p.list.Place(kit.Rect{W: w, H: h}) }
func (p *rows) Waiting() bool      { return p.slow }

func (p *rows) Actions() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: testOpen, Do: func() tea.Cmd { return p.env.Note(i18n.Typed(fmt.Sprint("row ", p.list.At))) }},
		{Key: "n", Label: testNew, Help: testWhy, Do: func() tea.Cmd { return p.env.Send(kit.Push{Page: newForm(p.env)}) }},
		{Key: "x", Label: testSave, When: func() i18n.Phrase { return testNever }},
	}
}

func (p *rows) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Tick, kit.NewDay, kit.Reload:
		p.told = append(p.told, fmt.Sprintf("%T", msg))
	case kit.Changed:
		if msg.TouchesAny("student") {
			return p.list.Flash(p.env, 1)
		}
	}
	if p.list.Take(msg) == kit.Opened {
		return p.env.Note(i18n.Typed("clicked"))
	}
	return nil
}

func (p *rows) View() kit.Frame {
	p.frame++
	return kit.Frame{Scope: " scope", Body: strings.Join(p.list.View(p.env, func(i int) string { return fmt.Sprint("row ", i) }), "\n")}
}

// form is a page people write on.
type form struct {
	env  *kit.Env
	text kit.Area
	kept kit.Kept
	done bool
	w, h int
}

func newForm(env *kit.Env) *form { return &form{env: env, text: kit.NewArea("")} }

func (p *form) Title() i18n.Phrase { return testText }
func (p *form) Init() tea.Cmd      { p.text.Focus(); return nil }
func (p *form) Layout(w, h int)    { p.w, p.h = w, h; p.text.Layout(w, h) }
func (p *form) Busy() bool         { return false }

func (p *form) Unsaved() int {
	if p.text.Value() == "" || p.done {
		return 0
	}
	return 1
}

func (p *form) Draft() (data.Draft, bool) {
	return data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: 1}, Student: 1, Form: p.text.Value()}, p.Unsaved() > 0
}

func (p *form) Actions() []kit.Action {
	return []kit.Action{{Key: "ctrl+s f2", Label: testSave, Do: func() tea.Cmd {
		p.done = true
		return p.env.Send(kit.Back{Page: p, Said: testSave})
	}}}
}

func (p *form) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(kit.Kept); ok && k.Page == kit.Page(p) {
		p.kept = k
	}
	p.text.Take(msg)
	return nil
}

func (p *form) View() kit.Frame {
	lines, cursor := p.text.View(p.env, 0, 0)
	return kit.Frame{Body: strings.Join(lines, "\n"), Cursor: cursor}
}

// A drawer keeps the drafts of a test, in the order they came.
type drawer struct {
	mu      sync.Mutex
	kept    []string
	dropped []string
	err     error
	hold    chan struct{} // saving waits for it
}

func (d *drawer) save(_ context.Context, x data.Draft) (data.Draft, error) {
	if d.hold != nil {
		<-d.hold
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err == nil {
		d.kept = append(d.kept, x.Form)
	}
	return x, d.err
}

func (d *drawer) drop(_ context.Context, x data.Draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dropped = append(d.dropped, x.Form)
	return nil
}

type rig struct {
	*tuitest.Session
	shell *tui.Shell
	page  *rows
	drawer
}

func start(t *testing.T, lang i18n.Lang) *rig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); synctest.Wait() })
	r := new(rig)
	r.shell = tui.Bare(ctx, teacher, lang, tuitest.Clock, func(env *kit.Env) kit.Page {
		r.page = &rows{env: env, n: 50}
		return r.page
	}, r.save, r.drop)
	r.Session = tuitest.Drive(t, r.shell)
	return r
}

func (r *rig) says(t *testing.T, want string) {
	t.Helper()
	if got := r.Screen(); !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

func TestFrames(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			synctest.Test(t, func(t *testing.T) {
				defer tui.SetScreen("today", func(env *kit.Env, _ kit.Open) kit.Page { return &rows{env: env, n: 3} })()
				defer tui.SetScreen("roster", func(env *kit.Env, _ kit.Open) kit.Page { return &rows{env: env, n: 3} })()
				name := func(s string) string { return fmt.Sprintf("%s.%s.%d", s, lang, size[0]) }
				s := start(t, lang)
				s.Resize(size[0], size[1])
				s.Golden(name("list"))
				s.Keys("?").Golden(name("help"))
				s.Keys("f", "抄", "backspace", "写").Golden(name("helpfind"))
				s.Keys("esc", "2").Golden(name("helpkeys"))
				s.Keys("3").Golden(name("howto"))
				s.Keys("4").Golden(name("symbols"))
				s.Keys("5").Golden(name("terms"))
				s.Keys("esc", "g").Wait(time.Second).Golden(name("goto"))
				s.Keys("esc", ":").Golden(name("palette"))
				s.Keys("esc", "n", "写 some words").Golden(name("form"))
				s.Keys("ctrl+c").Golden(name("quit"))
				s.Keys("esc").Wait(6 * time.Minute).Golden(name("cover"))
				s.Keys("x").Resize(60, 15)
				s.Golden(name("small"))
			})
		}
	}
}

// Whatever the window, nothing is wider or taller than it, and what was
// written is still there when it is large again.
func TestEverySize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		for _, keys := range [][]string{nil, {"?"}, {"esc", ":"}, {"esc", "g"}, {"esc", "n"}, {"谈作息"}} {
			s.Keys(keys...)
			for _, size := range [][2]int{{1, 1}, {20, 5}, {79, 24}, {80, 23}, {120, 30}, {160, 50}, {400, 150}, {80, 24}} {
				s.Resize(size[0], size[1]).Screen()
			}
		}
		if got := s.Resize(60, 15).Keys("x").Screen(); !strings.Contains(got, "60 x 15") || strings.Contains(got, "谈作息") {
			t.Error(got)
		}
		s.Resize(80, 24)
		s.says(t, "谈作息")
		s.Resize(30, 8).Keys("ctrl+s").Resize(80, 24)
		s.says(t, "> row 0")
	})
}

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

func TestQuitAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("n", "写", "ctrl+c")
		s.says(t, "有 1 份没存的, 草稿已留: enter 退出  esc 留下")
		if s.Keys("esc"); s.Over() {
			t.Error("left without a yes")
		}
		if s.Keys("ctrl+c", "enter"); !s.Over() {
			t.Error("stays after a yes")
		}
		if len(s.kept) == 0 || s.kept[0] != "写" {
			t.Errorf("kept %q", s.kept)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if s := start(t, i18n.Chinese); !s.Keys("ctrl+c").Over() {
			t.Error("asks though nothing is unsaved")
		}
	})
}

// A draft is kept two seconds after a key at most, while typing too, when the
// page is left, covered by another, or the line is cut; and not twice.
func TestDrafts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Keys("n", "a").Wait(1800 * time.Millisecond)
		s.Keys("b").Wait(200 * time.Millisecond)
		s.Keys("c").Wait(10 * time.Second)
		s.Keys("d", "f1").Wait(time.Second)
		s.Keys("esc", "e", "esc").Wait(time.Second)
		if got := strings.Join(s.kept, " "); got != "ab abc abcd abcde" {
			t.Errorf("kept %q", got)
		}
		s.Keys("n", "f")
		s.shell.Leave()
		if got := s.kept[len(s.kept)-1]; got != "f" {
			t.Errorf("a cut line kept %q", got)
		}
	})
}

// The page hears when its draft is on disk, and why not; then it is tried again.
func TestDraftFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.err = data.ErrNotFound
		s.Keys("n", "a").Wait(3 * time.Second)
		s.err = nil
		s.Wait(3 * time.Second)
		if got := strings.Join(s.kept, " "); got != "a" {
			t.Errorf("kept %q", got)
		}
	})
}

// A draft that is still on its way when its page is saved does not stay behind.
func TestDraftOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.hold = make(chan struct{})
		s.Keys("n", "a").Wait(3 * time.Second)
		s.Keys("ctrl+s")
		close(s.hold)
		s.Wait(time.Second)
		if len(s.kept) != 1 || len(s.dropped) != 1 {
			t.Errorf("kept %q, dropped %q", s.kept, s.dropped)
		}
	})
}

func TestTimePasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.English)
		s.says(t, "Lin Jing CT 3.2  Wed 25 Nov 15:04")
		s.Wait(61 * time.Second)
		s.says(t, "Wed 25 Nov 15:05")
		s.Wait(16 * time.Hour)
		ticks, days := 0, 0
		for _, m := range s.page.told {
			switch m {
			case "kit.Tick":
				ticks++
			case "kit.NewDay":
				days++
			}
		}
		if ticks != 961 || days != 1 {
			t.Errorf("%d minutes, %d midnights", ticks, days)
		}
	})
}

// After five minutes the page is covered, and the key that uncovers it does
// nothing else.
func TestCover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Wait(4 * time.Minute).Keys("j")
		s.Wait(4*time.Minute + 59*time.Second)
		s.says(t, "> row 1")
		s.Wait(2 * time.Second)
		if got := s.Screen(); strings.Contains(got, "row") || !strings.Contains(got, "按任意键继续") {
			t.Error(got)
		}
		s.Keys("j")
		s.says(t, "> row 1")
		s.Keys("j")
		s.says(t, "> row 2")
	})
}

// A page that waits keeps its frame, and says so only when it takes long.
func TestWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.page.slow = true
		s.Keys("j")
		if strings.Contains(s.Screen(), "读取中") {
			t.Error("said at once")
		}
		s.Wait(60 * time.Millisecond)
		s.says(t, " .. 读取中")
		s.Wait(6 * time.Second)
		s.says(t, " 读得慢, esc 取消")
		s.page.slow = false
		s.Keys("j")
		if strings.Contains(s.Screen(), "读") {
			t.Error("still waits")
		}
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

// A save that concerns no page of a session costs it no frame.
func TestWhatConcernsNobodyIsNotDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Screen()
		before := s.page.frame
		s.Send(kit.Changed{Refs: map[data.Ref]bool{{Kind: "draft", ID: 7}: true}})
		if s.Screen(); s.page.frame != before {
			t.Errorf("drawn %d times for another's draft", s.page.frame-before)
		}
		s.Send(kit.Changed{Refs: map[data.Ref]bool{{Kind: "student", ID: 7}: true}})
		if s.Screen(); s.page.frame == before {
			t.Error("not drawn for a student's record")
		}
	})
}

// What a terminal cannot show is told by other means.
func TestTerminals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		colour := "\x1b[96m"
		if !strings.Contains(s.shell.View().Content, colour) {
			t.Error("no colour on a terminal with 16")
		}
		var told i18n.Lang
		s.shell.At(tui.Terminal{Name: "linux", Profile: colorprofile.ASCII, Lang: func(l i18n.Lang) { told = l }})
		s.Keys("f4", "?", "4")
		if got := s.shell.View().Content; strings.Contains(got, "[9") || strings.Contains(got, "[3") || !strings.Contains(got, "\x1b[7m") || strings.Contains(got, "✓") {
			t.Errorf("%q", got)
		}
		if told != i18n.English {
			t.Errorf("the session was told %q", told)
		}
	})
}

// A light terminal gets light colours, unless the account chose its own.
func TestBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, i18n.Chinese)
		s.Send(tea.BackgroundColorMsg{Color: color.White})
		if got := s.shell.View().Content; !strings.Contains(got, "\x1b[36m") {
			t.Errorf("%q", got)
		}
	})
}

func TestTouches(t *testing.T) {
	c := kit.Changed{Refs: map[data.Ref]bool{{Kind: "student", ID: 3}: true}}
	all := kit.Changed{Refs: map[data.Ref]bool{{}: true}}
	if !c.Touches("student", 3) || c.Touches("student", 4) || c.Touches("contact", 3) || !c.TouchesAny("student") || c.TouchesAny("contact") {
		t.Error("a page hears of another's record, or not of its own")
	}
	if !all.Touches("contact", 9) || !all.TouchesAny("draft") {
		t.Error("anything may have changed, and a page does not hear")
	}
}
