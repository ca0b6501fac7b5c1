// Package classes is the list of the classes whose roster a person may read,
// with their sums: which class goes well, which needs help.
package classes

import (
	"context"
	"fmt"

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
	promises = i18n.T("Open promises", "未了承诺")
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
func (p *page) Init() tea.Cmd      { return p.all.Start(p.env.Ctx, p.deps.Classes) }

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
		if p.all.Err != nil {
			return p.env.Note(i18n.Reason(p.all.Err))
		}
		first := p.list.Len() == 0
		ids := make([]int64, len(p.all.Value))
		for i, c := range p.all.Value {
			ids[i] = c.Class
		}
		p.list.Keep(ids)
		for _, c := range p.all.Value {
			if first && c.Mine {
				p.list.Choose(c.Class)
				break
			}
		}
		p.draw()
		return nil
	}
	switch m := msg.(type) {
	case kit.Changed:
		for _, c := range p.all.Value {
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

// Layout fits the columns.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	right := kit.ToRight
	p.table = kit.NewTable([]kit.Col{{Head: class, Width: 8}, {Head: teacher, Width: 14, Grow: 1}, {Head: students, Width: 8, Align: right},
		{Head: month, Width: 14, Align: right}, {Head: visits, Width: 12, Align: right}, {Head: promises, Width: 13, Align: right, Rank: 1},
		{Head: late, Width: 5, Align: right}}, w-2)
	p.list.Place(kit.Rect{X: 0, Y: 1, W: w, H: h - 2})
	p.draw()
}

func (p *page) draw() {
	p.rows = p.rows[:0]
	for _, c := range p.all.Value {
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
	env, all := p.env, p.all.Value
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
	return kit.Frame{Scope: " " + env.Say(count, len(all), sum), Body: kit.Block(lines, p.w, p.h)}
}
