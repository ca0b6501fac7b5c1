// Package contact is the form that records one contact with one family. It
// names the family on top and saves nothing before it knows the name.
package contact

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Record a contact", "登记联系")
	titleOf = i18n.T("%s > %s", "%s > %s")
	day     = i18n.T("Date", "日期")
	kind    = i18n.T("Kind", "方式")
	note    = i18n.T("Note", "内容")
	next    = i18n.T("Next field", "下一项")
	change  = i18n.T("Change kind", "换方式")
	save    = i18n.T("Save", "保存")
	cancel  = i18n.T("Leave", "离开")
	loading = i18n.T("Loading..", "读取中..")
	saving  = i18n.T("Saving..", "保存中..")
	saved   = i18n.T("Saved.", "已保存。")
	saveWhy = i18n.T("Store the contact and go back.", "保存本次联系并返回。")
)

// Deps is all this screen asks of the program.
type Deps struct {
	Family func(context.Context, int64) (data.Family, error)
	Save   func(context.Context, data.Contact) (data.Contact, error)
}

type page struct {
	env    *kit.Env
	deps   Deps
	id     int64 // the family's
	family kit.Load[data.Family]
	kind   data.Kind
	day    kit.Field
	note   kit.Field
	save   kit.Save[data.Contact]
	fault  error // of the last try, the form's own or the store's
}

// New returns an empty form for a family.
func New(env *kit.Env, deps Deps, family int64) kit.Page {
	return &page{env: env, deps: deps, id: family, kind: data.Call,
		day: kit.NewField(day, env.Now.Today().String()), note: kit.NewField(note, "")}
}

func (p *page) Layout(w, h int) { p.day.Layout(w); p.note.Layout(w) }

func (p *page) Title() i18n.Phrase {
	if child := p.family.Value.Child; child != "" {
		return titleOf.With(title, child)
	}
	return title
}

func (p *page) Init() tea.Cmd {
	return tea.Batch(p.note.Focus(), p.family.Start(p.env.Ctx, func(ctx context.Context) (data.Family, error) {
		return p.deps.Family(ctx, p.id)
	}))
}

func (p *page) Actions() []kit.Action {
	return []kit.Action{
		{Key: "ctrl+s f2", Label: save, Help: saveWhy, When: p.busy, Do: p.submit},
		{Key: "tab", Label: next, Do: p.next},
		{Key: "ctrl+o", Label: change, Do: p.turn},
		{Key: "esc", Label: cancel, Do: func() tea.Cmd { return kit.Send(kit.Back{}) }},
	}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	if p.save.Take(msg) {
		if p.fault = p.save.Err; p.fault == nil {
			return kit.Send(kit.Back{Page: p, Said: saved})
		}
		return nil
	}
	if p.family.Take(msg) {
		p.fault = p.family.Err
		return nil
	}
	return tea.Batch(p.day.Take(msg), p.note.Take(msg))
}

func (p *page) View() kit.Frame {
	lang := p.env.Lang
	why := map[string]string{}
	for _, f := range data.Faults(p.fault) {
		why[f.Field] = lang.Why(f.Why)
	}
	whose := theme.Title.Render(data.Line(p.family.Value.Child + " | " + p.family.Value.Parent))
	one, at := p.day.Draw(lang, why["date"], 0)
	two := kit.Fit(lang.Say(kind), 10) + lang.Kind(p.kind)
	three, below := p.note.Draw(lang, why["note"], 3)
	if below != nil {
		at = below
	}
	last := ""
	if p.save.Busy {
		last = theme.Quiet.Render(lang.Say(saving))
	} else if p.fault != nil && len(why) == 0 {
		last = theme.Fault.Render(lang.Error(p.fault))
	}
	return kit.Frame{Scope: whose, Body: one + "\n" + two + "\n" + three, Status: last, Cursor: at}
}

func (p *page) busy() i18n.Phrase {
	switch {
	case p.save.Busy:
		return saving
	case p.family.Value.ID == 0:
		return loading
	}
	return i18n.Phrase{}
}

func (p *page) submit() tea.Cmd {
	on, err := data.ParseDate(p.day.Value())
	if err != nil {
		p.fault = err
		return nil
	}
	c := data.Contact{Family: p.id, On: on, Kind: p.kind, Note: p.note.Value()}
	return p.save.Start(p.env.Ctx, func(ctx context.Context) (data.Contact, error) { return p.deps.Save(ctx, c) })
}

func (p *page) next() tea.Cmd {
	if p.day.Focused() {
		p.day.Blur()
		return p.note.Focus()
	}
	p.note.Blur()
	return p.day.Focus()
}

func (p *page) turn() tea.Cmd {
	p.kind = data.Kinds[(slices.Index(data.Kinds, p.kind)+1)%len(data.Kinds)]
	return nil
}
