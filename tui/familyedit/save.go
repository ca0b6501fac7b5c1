package familyedit

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	faultsLeft = i18n.T("%d left to put right", "还有 %d 处")
	keptTry    = i18n.T("! Not saved yet, all is in the draft: ctrl+s again", "! 没存上, 写的都在草稿里: ctrl+s 再试")
	isSaved    = i18n.T("Saved %s", "已存 %s")
	joined     = i18n.T("%s  (%s)", "%s  (%s)")
)

// submit saves from any field, or goes to the first that is wrong.
func (p *page) submit() tea.Cmd {
	if p.save.Busy || p.theirs.Busy || p.done {
		return nil
	}
	e := p.family()
	for _, f := range data.Faults(e.Check(p.env.Now.Today())) {
		p.place(f)
	}
	if n := len(p.faults); n > 0 {
		for _, s := range p.stops() {
			if _, bad := p.faults[s.place]; bad {
				p.visit(s.place)
				break
			}
		}
		return p.env.Note(faultsLeft.With(n))
	}
	p.was = p.base
	return p.store(e)
}

// place puts a fault that data's rules found beside its field: "best_time 2" is
// that of the second guardian.
func (p *page) place(f *data.Invalid) {
	field, n, _ := strings.Cut(f.Field, " ")
	who, _ := strconv.Atoi(n)
	who = max(0, who-1)
	switch field {
	case "best_time":
		p.wrong(place{slotTime, who, 0}, f.Why)
	case "work_place":
		p.wrong(place{slotWork, who, 0}, f.Why)
	case "village":
		p.wrong(place{slotHome, 0, 1}, f.Why)
	default:
		p.wrong(place{slotHome, 0, 0}, f.Why)
	}
}

func (p *page) store(e data.FamilyEdit) tea.Cmd {
	p.mine = e
	return p.save.Start(p.env.Ctx, func(ctx context.Context) (data.FamilyEdit, error) { return p.deps.Save(ctx, e) })
}

func (p *page) saved() tea.Cmd {
	err := p.save.Err
	var clash *data.Conflict
	switch {
	case errors.As(err, &clash):
		p.by = clash
		return p.theirs.Start(p.env.Ctx, func(ctx context.Context) (data.FamilyEdit, error) { return p.deps.Family(ctx, p.o.ID) })
	case errors.Is(err, data.ErrForbidden), errors.Is(err, data.ErrNotFound):
		p.lost = err
		return nil
	case len(data.Faults(err)) > 0:
		return p.env.Note(i18n.Typed(p.env.Lang.Error(err)))
	case err != nil:
		return p.env.Note(keptTry)
	}
	p.done, p.clash = true, nil
	said := isSaved.With(p.env.Lang.Clock(p.env.Now()))
	if p.merged != (i18n.Phrase{}) {
		said = joined.With(said, p.merged)
	}
	return p.env.Send(kit.Back{Page: p, Said: said})
}
