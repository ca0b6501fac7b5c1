package history

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	readTitle = i18n.T("Contact", "往来全文")
	copyIt    = i18n.T("copy", "复制")
)

// A reader shows one contact whole. It asks the desk for it: what a list may
// show and what one may read are two things, and reading is logged.
type reader struct {
	env     *kit.Env
	deps    Deps
	id      int64
	contact kit.Load[data.Contact]
	top     int
	w, h    int
	lines   []string
}

func newReader(env *kit.Env, deps Deps, id int64) kit.Page {
	return &reader{env: env, deps: deps, id: id}
}

func (p *reader) Title() i18n.Phrase { return readTitle }
func (p *reader) Waiting() bool      { return p.contact.Busy }

func (p *reader) Init() tea.Cmd {
	id := p.id
	return p.contact.Start(p.env.Ctx, func(ctx context.Context) (data.Contact, error) { return p.deps.Contact(ctx, id) })
}

func (p *reader) Actions() []kit.Action {
	return []kit.Action{{Key: "y", Label: copyIt, Do: func() tea.Cmd { return p.env.Copy(p.contact.Value.Summary) }}}
}

func (p *reader) Update(msg tea.Msg) tea.Cmd {
	if p.contact.Take(msg) {
		if p.contact.Err != nil {
			return p.env.Send(kit.Back{Page: p, Said: i18n.Reason(p.contact.Err)})
		}
		p.Layout(p.w, p.h)
		return nil
	}
	switch m := msg.(type) {
	case kit.Changed:
		if m.Touches("contact", p.id) {
			return p.Init()
		}
	case tea.KeyPressMsg:
		p.scroll(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -p.h, "pgdown": p.h, "home": -len(p.lines), "end": len(p.lines), "G": len(p.lines)}[m.String()])
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			p.scroll(-3)
		} else {
			p.scroll(3)
		}
	}
	return nil
}

func (p *reader) scroll(by int) { p.top = max(0, min(p.top+by, len(p.lines)-p.h)) }

// Layout wraps the text.
func (p *reader) Layout(w, h int) {
	p.w, p.h = w, h
	if p.contact.Value.ID != 0 {
		p.lines = fullText(p.env, p.contact.Value, w, 0)
	}
	p.scroll(0)
}

// View draws the part of the text that fits.
func (p *reader) View() kit.Frame {
	return kit.Frame{Body: kit.Block(p.lines[min(p.top, len(p.lines)):], p.w, p.h)}
}
