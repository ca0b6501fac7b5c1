// Package roster is the first screen: the families an account sees, a search
// as one types, and beside them the contacts with the chosen family.
package roster

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Families", "家庭")
	find    = i18n.T("Find", "查找")
	record  = i18n.T("Record", "记录")
	done    = i18n.T("Done", "完成")
	clear   = i18n.T("Clear", "清空")
	none    = i18n.T("No family found.", "没有找到家庭。")
	silence = i18n.T("No contact yet.", "还没有联系记录。")
	loading = i18n.T("Loading..", "读取中..")
	findWhy = i18n.T("Type a child's or parent's name, or part of a phone number.", "输入学生或家长姓名，或电话的一部分。")
	recWhy  = i18n.T("Write down a contact with the chosen family.", "为所选家庭登记一次联系。")
	noOne   = i18n.T("Choose a family first.", "请先选择家庭。")
)

// Deps is all this screen asks of the program; tui/screens.go fills it in.
type Deps struct {
	Families func(ctx context.Context, q string) ([]data.Family, error)
	Contacts func(ctx context.Context, family int64) ([]data.Contact, error)
}

type page struct {
	env  *kit.Env
	deps Deps
	w, h int

	find     kit.Field
	list     kit.List
	families kit.Load[[]data.Family]
	contacts kit.Load[[]data.Contact]
	shown    int64 // the family whose contacts those are
}

// New returns the screen.
func New(env *kit.Env, deps Deps) kit.Page {
	return &page{env: env, deps: deps, find: kit.NewField(find, "")}
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) Layout(w, h int)    { p.w, p.h = w, h; p.find.Layout(min(30, w/2)) }
func (p *page) Init() tea.Cmd      { return p.search() }

func (p *page) Actions() []kit.Action {
	if p.find.Focused() {
		return []kit.Action{{Key: "enter", Label: done, Do: p.blur}, {Key: "esc", Label: clear, Do: p.clear}}
	}
	return []kit.Action{
		{Key: "/", Label: find, Help: findWhy, Do: func() tea.Cmd { return p.find.Focus() }},
		{Key: "c", Label: record, Help: recWhy, When: p.mayRecord, Do: func() tea.Cmd {
			return kit.Send(kit.Open{Screen: "contact", ID: p.chosen().ID})
		}},
	}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	if p.families.Take(msg) {
		p.list.At = max(0, min(p.list.At, len(p.families.Value)-1))
		return p.open()
	}
	if p.contacts.Take(msg) {
		return nil
	}
	if c, ok := msg.(kit.Changed); ok {
		if c.Touches("family", p.chosen().ID) {
			return p.open()
		}
		return nil
	}
	if p.find.Focused() {
		before := p.find.Value()
		cmd := p.find.Take(msg)
		if p.find.Value() != before {
			return tea.Batch(cmd, p.search())
		}
		return cmd
	}
	if n := len(p.families.Value); p.list.Key(msg, n) || p.list.Click(msg, n, 2, p.h-2) {
		return p.open()
	}
	return nil
}

func (p *page) View() kit.Frame {
	left := min(30, p.w/2)
	head, cursor := p.find.Draw(p.env.Lang, "", 0)
	families := p.families.Value
	col := append(strings.Split(head, "\n"), p.list.View(len(families), func(i int) string {
		return kit.Fit(families[i].Class, 5) + kit.Fit(families[i].Child, 9) + families[i].Parent
	}, left, p.h-2)...)
	if len(families) == 0 {
		col = append(col, theme.Quiet.Render(p.env.Lang.Say(p.empty())))
	}
	return kit.Frame{Cursor: cursor, Body: kit.Beside(
		kit.Block(col, left, p.h), kit.Block(p.detail(p.w-left-2), p.w-left-2, p.h))}
}

func (p *page) empty() i18n.Phrase {
	switch {
	case p.families.Busy:
		return loading
	case p.families.Err != nil:
		return i18n.Reason(p.families.Err)
	}
	return none
}

func (p *page) detail(width int) []string {
	f, lang := p.chosen(), p.env.Lang
	if f.ID == 0 {
		return nil
	}
	lines := []string{theme.Title.Render(kit.Fit(f.Child+" | "+f.Parent, width)), kit.Fit(f.Phone, width)}
	for _, c := range p.contacts.Value {
		lines = append(lines, kit.Fit(c.On.String()+" "+lang.Kind(c.Kind)+" "+c.Note, width))
	}
	switch {
	case p.contacts.Err != nil:
		lines = append(lines, theme.Fault.Render(lang.Error(p.contacts.Err)))
	case len(p.contacts.Value) == 0 && !p.contacts.Busy:
		lines = append(lines, theme.Quiet.Render(lang.Say(silence)))
	}
	return lines
}

func (p *page) chosen() data.Family {
	if p.list.At < len(p.families.Value) {
		return p.families.Value[p.list.At]
	}
	return data.Family{}
}

// mayRecord holds back while a search runs: what is chosen is about to change,
// and a fast hand must not record with the family that was there before.
func (p *page) mayRecord() i18n.Phrase {
	switch {
	case p.families.Busy:
		return loading
	case p.chosen().ID == 0:
		return noOne
	}
	return i18n.Reason(p.env.Me.MayRecord(p.chosen()))
}

func (p *page) blur() tea.Cmd { p.find.Blur(); return nil }

func (p *page) clear() tea.Cmd {
	p.find.Blur()
	p.find.Reset()
	return p.search()
}

func (p *page) search() tea.Cmd {
	q := p.find.Value()
	return p.families.Start(p.env.Ctx, func(ctx context.Context) ([]data.Family, error) {
		return p.deps.Families(ctx, q)
	})
}

// open loads the contacts with the chosen family.
func (p *page) open() tea.Cmd {
	id := p.chosen().ID
	if id != p.shown {
		p.contacts.Forget()
		p.shown = id
	}
	if id == 0 {
		return nil
	}
	return p.contacts.Start(p.env.Ctx, func(ctx context.Context) ([]data.Contact, error) {
		return p.deps.Contacts(ctx, id)
	})
}
