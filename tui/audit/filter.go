package audit

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	filterTitle = i18n.T("Audit log > Filter", "审计日志 > 筛选")
	filterAbout = i18n.T("Whose rows, of what kind, about which child?", "看谁的、哪类、关于哪个孩子的?")
	wPerson     = i18n.T("Who", "人")
	wKind       = i18n.T("Did", "动作")
	wChild      = i18n.T("Child", "孩子")
	childHint   = i18n.T("student number or name", "学号或姓名")
	show        = i18n.T("show", "显示")
	nextField   = i18n.T("next field", "下一项")
	console     = i18n.T("console", "控制台")
	kindHelp    = i18n.T("refusals: keys, codes and people who were turned away", "被拒: 钥匙、邀请码和被拦的人")
)

var (
	atPerson = kit.Place{Field: "person"}
	atKind   = kit.Place{Field: "deed"}
	atChild  = kit.Place{Field: "student"}
)

// filterPage asks what the rows shall be narrowed to.
type filterPage struct {
	env    *kit.Env
	deps   Deps
	by     asked
	people kit.Load[[]data.Account]
	child  kit.Load[int64]
	person kit.Select
	kind   kit.Select
	name   kit.Field
	form   kit.Form
	w, h   int
}

func (p *page) filter() tea.Cmd {
	f := &filterPage{env: p.Env, deps: p.deps, by: p.by, name: kit.NewField(i18n.Phrase{}, p.by.child)}
	f.name.Hint = childHint
	f.kind.Options = kit.Options{N: len(data.DeedKinds) + 1, Word: func(l i18n.Lang, i int) string {
		if i == 0 {
			return l.Say(anybody)
		}
		return l.DeedKind(data.DeedKinds[i-1])
	}}
	for i, k := range data.DeedKinds {
		if k == p.by.kind {
			f.kind.At = i + 1
		}
	}
	f.form = kit.Form{Env: p.Env, Stops: func() []kit.Stop {
		return []kit.Stop{{Place: atPerson, In: &f.person}, {Place: atKind, In: &f.kind}, {Place: atChild, In: &f.name}}
	}}
	f.person.Options = kit.Options{N: 1, Word: func(l i18n.Lang, i int) string { return l.Say(anybody) }}
	f.person.Focus()
	return p.Env.Send(kit.Push{Page: f})
}

func (f *filterPage) Title() i18n.Phrase { return filterTitle }
func (f *filterPage) About() i18n.Phrase { return filterAbout }
func (f *filterPage) Waiting() bool      { return f.people.Busy || f.child.Busy }
func (f *filterPage) Layout(w, h int)    { f.w, f.h = w, h }

func (f *filterPage) Init() tea.Cmd { return f.people.Start(f.env.Ctx, f.deps.People) }

func (f *filterPage) Actions() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: show, Do: f.enter},
		{Key: "tab", Label: nextField, Do: func() tea.Cmd { f.form.Step(1); return nil }},
		{Key: "shift+tab", Label: nextField, Rare: true, Do: func() tea.Cmd { f.form.Step(-1); return nil }},
		{Key: "esc", Label: all, Rare: true, Do: f.leave},
	}
}

// leave closes the open list, or the page.
func (f *filterPage) leave() tea.Cmd {
	if list := f.form.List(f.form.Here()); list != nil && list.Open() {
		list.Blur()
		list.Focus()
		return nil
	}
	return f.env.Back()
}

// enter chooses in an open list; else the rows are asked for.
func (f *filterPage) enter() tea.Cmd {
	if list := f.form.List(f.form.Here()); list != nil && list.Open() {
		list.Enter(f.env)
		return nil
	}
	f.by.person, f.by.name = f.chosen()
	f.by.kind, f.by.looked = "", false
	if f.kind.At > 0 {
		f.by.kind = data.DeedKinds[f.kind.At-1]
	}
	word := strings.TrimSpace(f.name.Value())
	if word == "" {
		f.by.student, f.by.child = 0, ""
		return f.tell()
	}
	f.by.child = word
	return f.child.Start(f.env.Ctx, func(ctx context.Context) (int64, error) { return f.deps.Student(ctx, word) })
}

// chosen is the person chosen: the first is everybody, and the last the console,
// for whoever sees its rows.
func (f *filterPage) chosen() (id int64, name string) {
	switch at, people := f.person.At, f.people.Value; {
	case at == 0:
		return 0, ""
	case at <= len(people):
		return people[at-1].ID, people[at-1].Name
	}
	return data.TheConsole, consoleWord
}

func (f *filterPage) tell() tea.Cmd { return f.env.Send(kit.Back{Page: f, Gives: told{f.by}}) }

func (f *filterPage) Update(msg tea.Msg) tea.Cmd {
	switch {
	case f.people.Take(msg):
		if f.people.Err != nil {
			return f.env.Note(kit.NotRead(f.people.Err))
		}
		f.offer()
		return nil
	case f.child.Take(msg):
		if f.child.Err != nil {
			f.form.Wrong(atChild, i18n.Reason(f.child.Err))
			f.form.Visit(atChild)
			return nil
		}
		f.by.student = f.child.Value
		return f.tell()
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		_, say := f.form.Take(msg)
		return say
	case tea.MouseClickMsg:
		f.click(m)
	}
	return nil
}

// offer puts the names into the list.
func (f *filterPage) offer() {
	people := f.people.Value
	n := len(people) + 1
	if f.env.Me.AuditsAll(f.env.Now()) {
		n++
	}
	f.person.Options = kit.Options{N: n, Word: func(l i18n.Lang, i int) string {
		switch {
		case i == 0:
			return l.Say(anybody)
		case i <= len(people):
			return l.Name(people[i-1].Name, "")
		}
		return l.Say(console)
	}}
	for i, a := range people {
		if a.ID == f.by.person {
			f.person.At = i + 1
		}
	}
	if f.by.person == data.TheConsole {
		f.person.At = n - 1
	}
}

func (f *filterPage) draw() *kit.Drawing {
	d := f.form.Draw(f.w, 12)
	d.Row("")
	for _, row := range []struct {
		label i18n.Phrase
		at    kit.Place
		wide  int
	}{{wPerson, atPerson, 26}, {wKind, atKind, 26}, {wChild, atChild, 34}} {
		d.Row(d.Box(kit.Put("", 2, d.Say(row.label)), row.at, 12, row.wide))
		if !d.Fault(row.at) {
			d.Row("")
		}
	}
	d.Row(kit.Put("", 2, f.env.Look.Muted(kit.Cut(d.Say(kindHelp), f.w-4))))
	return d
}

func (f *filterPage) click(m tea.MouseClickMsg) { f.form.Click(m, f.draw(), f.h) }

// View draws the three fields.
func (f *filterPage) View() kit.Frame {
	lines, cursor := f.draw().Rows(f.h)
	return kit.Frame{Body: kit.Block(lines, f.w, f.h), Cursor: cursor}
}
