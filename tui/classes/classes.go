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
	kit.Listing[[]data.ClassLine, data.ClassLine]
}

// New returns the list. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page {
	p := &page{}
	p.Listing = kit.NewListing(env, kit.ListOf[[]data.ClassLine, data.ClassLine]{
		Read: deps.Classes, Rows: kit.All[data.ClassLine], ID: func(c data.ClassLine) int64 { return c.Class },
		Touched: p.touched, Theirs: func(was, is data.ClassLine) bool { return was != is },
		First: func(c data.ClassLine) bool { return c.Mine },
		Cols:  cols, Cells: p.cells, Empty: none, None: nobody, Opens: open,
		Open: func(c data.ClassLine) tea.Cmd { return env.Send(kit.Open{Screen: "roster", ID: c.Class}) },
	})
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }

func (p *page) touched(m kit.Changed) bool {
	return slices.ContainsFunc(p.Shown, func(c data.ClassLine) bool { return m.Touches("class", c.Class) })
}

func cols() []kit.Col {
	right := kit.ToRight
	return []kit.Col{{Head: class, Width: 8}, {Head: teacher, Width: 12, Grow: 1}, {Head: students, Width: 8, Align: right},
		{Head: month, Width: 12, Align: right}, {Head: visits, Width: 12, Align: right}, {Head: promises, Width: 8, Align: right, Rank: 1},
		{Head: late, Width: 5, Align: right}}
}

func (p *page) cells(c data.ClassLine) []any {
	lang := p.Env.Lang
	of := func(n int) string {
		return fmt.Sprintf("%d / %d %4s", n, c.Students, lang.Percent(n, c.Students))
	}
	who := lang.Say(nobodyIn)
	if c.Teacher != "" {
		who = lang.Name(c.Teacher, "")
	}
	overdue := kit.In(theme.Plain, "")
	if c.Late > 0 {
		overdue = kit.In(theme.Danger, fmt.Sprint("! ", c.Late))
	}
	return []any{lang.Class(c.Name), who, fmt.Sprint(c.Students), of(c.Month), of(c.Visited), fmt.Sprint(c.Open), overdue}
}

// View draws the list.
func (p *page) View() kit.Frame {
	sum := 0
	for _, c := range p.Shown {
		sum += c.Students
	}
	f := kit.Frame{Body: p.Body()}
	if p.Known() {
		f.Scope = " " + p.Env.Say(count, len(p.Shown), sum)
	}
	return f
}
