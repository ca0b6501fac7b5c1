package tui_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
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
	{Role: data.ClassTeacher, Kind: data.OwnGrant, Scope: data.ScopeClass, ScopeID: 1, Classes: []int64{1}, Class: data.ClassName{Grade: 3, Number: 2}}}}

// rows is a page with a list, as most screens are.
type rows struct {
	env   *kit.Env
	list  kit.List
	n     int
	told  []string
	w, h  int
	slow  bool
	frame int

	changes int // of a student that it was told of
}

func (p *rows) Title() i18n.Phrase { return testTitle }
func (p *rows) About() i18n.Phrase { return testAbout }
func (p *rows) Init() tea.Cmd      { p.list.Count(p.n); return nil }
func (p *rows) Layout(w, h int)    { p.w, p.h = w, h; p.list.Place(kit.Rect{W: w, H: h}) }
func (p *rows) Waiting() bool      { return p.slow }
func (p *rows) GiveUp()            { p.slow = false }

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
			p.changes++
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
