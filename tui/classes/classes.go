// Package classes is the list of the classes whose roster a person may read,
// with their sums: which class goes well, which needs help.
package classes

import (
	"context"
	"fmt"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	title  = i18n.T("Classes", "全部班级")
	about  = i18n.T("Which class goes well, which needs help?", "哪个班做得好, 哪个班要帮一把?")
	open   = i18n.T("roster", "班级名单")
	nobody = i18n.T("Nothing is chosen", "没有选中哪个班")
	count  = i18n.T("%d classes  %d students", "%d 个班  %d 人")
	none   = i18n.T("There is no class for you to see. An administrator gives roles.", "没有你能看的班级。角色由管理员给。")

	class    = i18n.T("Class", "班级")
	teacher  = i18n.T("Class teacher", "班主任")
	students = i18n.T("Students", "人数")
	month    = i18n.T("This month", "本月联系")
	visits   = i18n.T("Visited", "家访")
	late     = i18n.T("Late", "逾期")
	promises = i18n.T("Promises", "未了承诺")
	nobodyIn = i18n.T("! none", "! 没有")
)

// Deps is what the list asks the desk.
type Deps struct {
	Classes func(context.Context) ([]data.ClassLine, error)
}

type page struct {
	env   *kit.Env
	deps  Deps
	all   kit.Load[[]data.ClassLine]
	again bool // something changed while the answer was under way
	shown []data.ClassLine
	list  kit.List
	table kit.Table
	rows  []string
	w, h  int
}

// New returns the list. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page { return &page{env: env, deps: deps} }

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.all.Busy }
func (p *page) GiveUp()            { p.all.GiveUp() }

// Init reads the sums. While an answer is under way it waits for that one first:
// where many write, asking anew at each commit would never end.
func (p *page) Init() tea.Cmd {
	if p.again = p.all.Busy; p.again {
		return nil
	}
	return p.all.Start(p.env.Ctx, p.deps.Classes)
}

func (p *page) Actions() []kit.Action {
	return []kit.Action{{Key: "enter", Label: open, When: p.none, Do: p.open}}
}

func (p *page) none() i18n.Phrase {
	if p.list.ID() == 0 {
		return nobody
	}
	return i18n.Phrase{}
}

func (p *page) open() tea.Cmd { return p.env.Send(kit.Open{Screen: "roster", ID: p.list.ID()}) }

func (p *page) Update(msg tea.Msg) tea.Cmd {
	if p.all.Take(msg) {
		return p.take()
	}
	switch m := msg.(type) {
	case kit.Changed:
		for _, c := range p.shown {
			if m.Touches("class", c.Class) {
				return p.Init()
			}
		}
	case kit.Reload, kit.NewDay:
		return p.Init()
	}
	if p.list.Take(msg) == kit.Opened {
		return p.open()
	}
	return nil
}

// take puts the sums on the screen, and marks the classes where something
// changed. What cannot be read leaves it.
func (p *page) take() tea.Cmd {
	var next tea.Cmd
	if p.again {
		next = p.Init()
	}
	was := p.shown
	if p.all.Gone() {
		p.shown = nil
		p.list.Keep(nil)
	}
	if p.all.Err != nil {
		return tea.Batch(next, p.env.Note(kit.NotRead(p.all.Err)))
	}
	p.shown = p.all.Value
	ids := make([]int64, len(p.shown))
	var changed []int64
	for i, c := range p.shown {
		ids[i] = c.Class
		if slices.ContainsFunc(was, func(old data.ClassLine) bool { return old.Class == c.Class && old != c }) {
			changed = append(changed, c.Class)
		}
	}
	p.list.Keep(ids)
	if own := slices.IndexFunc(p.shown, func(c data.ClassLine) bool { return c.Mine }); was == nil && own >= 0 {
		p.list.To(own)
	}
	p.draw()
	if len(changed) > 0 {
		return tea.Batch(next, p.list.Flash(p.env, changed...))
	}
	return next
}

// Layout fits the columns.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	right := kit.ToRight
	p.table = kit.NewTable([]kit.Col{{Head: class, Width: 8}, {Head: teacher, Width: 12, Grow: 1}, {Head: students, Width: 8, Align: right},
		{Head: month, Width: 12, Align: right}, {Head: visits, Width: 12, Align: right}, {Head: promises, Width: 8, Align: right, Rank: 1},
		{Head: late, Width: 5, Align: right}}, w-2)
	p.list.Place(kit.Rect{X: 0, Y: 1, W: w, H: h - 2})
	p.draw()
}

func (p *page) draw() {
	p.rows = p.rows[:0]
	for _, c := range p.shown {
		p.rows = append(p.rows, p.row(c))
	}
}

func (p *page) row(c data.ClassLine) string {
	env := p.env
	of := func(n int) string {
		return fmt.Sprintf("%d / %d %4s", n, c.Students, env.Lang.Percent(n, c.Students))
	}
	who := env.Say(nobodyIn)
	if c.Teacher != "" {
		who = env.Lang.Name(c.Teacher, "")
	}
	overdue := kit.In(theme.Plain, "")
	if c.Late > 0 {
		overdue = kit.In(theme.Danger, fmt.Sprint("! ", c.Late))
	}
	return p.table.Row(env.Look, env.Lang.Class(c.Name), who, fmt.Sprint(c.Students), of(c.Month), of(c.Visited), fmt.Sprint(c.Open), overdue)
}

// View draws the list.
func (p *page) View() kit.Frame {
	env, all := p.env, p.shown
	sum := 0
	for _, c := range all {
		sum += c.Students
	}
	lines := []string{p.table.Head(env)}
	switch {
	case len(all) > 0:
		lines = append(lines, p.list.View(env, func(i int) string { return p.rows[i] })...)
		if span := p.list.Span(); span != "" {
			lines = append(lines, env.Look.Muted(" "+span))
		}
	case p.all.Err != nil:
		lines = append(lines, "", " "+env.Look.Danger("! "+env.Lang.Error(p.all.Err)))
	case !p.all.Busy:
		lines = append(lines, "", " "+env.Say(none))
	}
	f := kit.Frame{Body: kit.Block(lines, p.w, p.h)}
	if len(all) > 0 || !p.all.Busy && p.all.Err == nil {
		f.Scope = " " + env.Say(count, len(all), sum)
	}
	return f
}
