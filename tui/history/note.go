package history

import (
	"context"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	note       = i18n.T("private note", "受限备注")
	noteWhy    = i18n.T("Shows the private note for five minutes; this is logged", "显示受限备注 5 分钟, 会记入日志")
	noteIs     = i18n.T("[restricted] private note: %s", "[受限] 备注: %s")
	noteShut   = i18n.T("[restricted] there is a private note: v opens it, logged", "[受限] 有一条受限备注: v 打开, 会记入日志")
	noteAsk    = i18n.T("[restricted] there is a private note: ask %s", "[受限] 有一条受限备注: 可找 %s")
	noteHidden = i18n.T("The private note is hidden again", "受限备注已遮回")
	noNoteHere = i18n.T("There is no private note that you may open", "没有你能打开的受限备注")
)

// shown is how long a private note stays on the screen once it was opened.
const shown = 5 * time.Minute

// noteMasked is the end of the five minutes.
type noteMasked struct{ of *reader }

func (p *reader) unmasked() bool {
	return p.noted.Value.ID == p.id && p.env.Now().Before(p.until)
}

func (p *reader) noNote() i18n.Phrase {
	if p.contact.Value.Note < data.Whole {
		return noNoteHere
	}
	return i18n.Phrase{}
}

// flipNote opens the private note, or hides it before its time.
func (p *reader) flipNote() tea.Cmd {
	if p.unmasked() {
		p.mask()
		p.Layout(p.w, p.h)
		return nil
	}
	id := p.id
	return p.noted.Start(p.env.Ctx, func(ctx context.Context) (data.Contact, error) { return p.deps.Noted(ctx, id) })
}

func (p *reader) tookNote() tea.Cmd {
	if p.noted.Err != nil {
		return p.env.Note(kit.NotRead(p.noted.Err))
	}
	p.until = p.env.Now().Add(shown)
	p.Layout(p.w, p.h)
	return p.env.After(shown, noteMasked{p})
}

// mask takes the note off the screen, and out of the page.
func (p *reader) mask() {
	p.noted.Forget()
	p.until = time.Time{}
}
