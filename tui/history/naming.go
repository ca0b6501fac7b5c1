package history

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	namingTitle = i18n.T("Who may read this secret record", "谁可看这条保密记录")
	namingAbout = i18n.T("Who besides me and the principal may read it?", "除了我和校长, 还给谁看?")
	nameIt      = i18n.T("name, or no longer", "点名, 或不再")
	saveNames   = i18n.T("save", "存")
	nobodyThere = i18n.T("Nobody else sees this child", "没有别的同事看得到这个孩子")
	namedNow    = i18n.T("%d may read it now; logged", "现在 %d 人可看, 已记入日志")
	whoMay      = i18n.T("those who see the child; you and the principal read it anyway", "看得到这个孩子的同事; 你和校长本来就能看")
)

// A naming is the list of colleagues whom the writer of a secret record may name.
type naming struct {
	env   *kit.Env
	deps  Deps
	id    int64
	all   kit.Load[[]data.Reader]
	saved kit.Save[int]
	named []int64
	list  kit.List
	w, h  int
}

func newNaming(env *kit.Env, deps Deps, contact int64) kit.Page {
	return &naming{env: env, deps: deps, id: contact}
}

func (p *naming) Title() i18n.Phrase { return namingTitle }
func (p *naming) About() i18n.Phrase { return namingAbout }
func (p *naming) Waiting() bool      { return p.all.Busy || p.saved.Busy }
func (p *naming) Storing() bool      { return p.saved.Busy }
func (p *naming) GiveUp()            { p.all.GiveUp() }

func (p *naming) Init() tea.Cmd {
	id := p.id
	return p.all.Start(p.env.Ctx, func(ctx context.Context) ([]data.Reader, error) { return p.deps.Nameable(ctx, id) })
}

func (p *naming) Layout(w, h int) {
	p.w, p.h = w, h
	p.list.Place(kit.Rect{W: w, H: h})
}

func (p *naming) Actions() []kit.Action {
	return []kit.Action{
		{Key: "space enter", Label: nameIt, Do: p.flip},
		{Key: "ctrl+s f2", Label: saveNames, Do: p.save},
	}
}

func (p *naming) flip() tea.Cmd {
	id := p.list.ID()
	if i := slices.Index(p.named, id); i >= 0 {
		p.named = slices.Delete(p.named, i, i+1)
	} else if id != 0 {
		p.named = append(p.named, id)
	}
	return nil
}

func (p *naming) save() tea.Cmd {
	id, named := p.id, slices.Clone(p.named)
	return p.saved.Start(p.env.Ctx, func(ctx context.Context) (int, error) { return len(named), p.deps.Name(ctx, id, named) })
}

func (p *naming) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.all.Take(msg):
		if p.all.Err != nil {
			return p.env.Send(kit.Back{Page: p, Said: i18n.Reason(p.all.Err)})
		}
		var ids []int64
		p.named = nil
		for _, r := range p.all.Value {
			ids = append(ids, r.ID)
			if r.Named {
				p.named = append(p.named, r.ID)
			}
		}
		p.list.Keep(ids)
		return nil
	case p.saved.Take(msg):
		if p.saved.Err != nil {
			return p.env.Note(notDone.With(i18n.Typed(p.env.Lang.Error(p.saved.Err))))
		}
		return p.env.Send(kit.Back{Page: p, Said: namedNow.With(p.saved.Value)})
	}
	if p.list.Take(msg) == kit.Opened {
		return p.flip()
	}
	return nil
}

// View draws the list.
func (p *naming) View() kit.Frame {
	env := p.env
	lines := p.list.View(env, func(i int) string {
		r, mark := p.all.Value[i], "[ ] "
		if slices.Contains(p.named, r.ID) {
			mark = "[x] "
		}
		return mark + kit.Show(env.Lang.Name(r.Name, ""))
	})
	if len(p.all.Value) == 0 && !p.all.Busy {
		lines = []string{" " + env.Say(nobodyThere)}
	}
	return kit.Frame{Scope: " " + env.Look.Muted(env.Say(whoMay)), Body: kit.Block(lines, p.w, p.h)}
}
