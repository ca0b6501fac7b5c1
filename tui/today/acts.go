package today

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

func (p *page) row() (row, bool) {
	if p.list.ID() == 0 || p.list.At >= len(p.rows) {
		return row{}, false
	}
	return p.rows[p.list.At], true
}

func (p *page) none() i18n.Phrase {
	if _, ok := p.row(); !ok {
		return nothing
	}
	return i18n.Phrase{}
}

func (p *page) nobody() i18n.Phrase {
	if r, ok := p.row(); !ok || r.student() == 0 {
		return nothing
	}
	return i18n.Phrase{}
}

func (p *page) noPromise() i18n.Phrase {
	if r, ok := p.row(); ok && r.decided != nil {
		return dayThere
	}
	if r, ok := p.row(); !ok || r.promise == nil || r.promise.State != data.PromiseOpen {
		return notPromise
	}
	if p.saved.Busy {
		return saving
	}
	return i18n.Phrase{}
}

// noDuty holds back what ticks off: it takes a promise and what a meeting decided.
func (p *page) noDuty() i18n.Phrase {
	if r, ok := p.row(); ok && r.decided != nil && r.decided.State == data.ResolutionOpen {
		if p.carried.Busy {
			return saving
		}
		return i18n.Phrase{}
	}
	return p.noPromise()
}

func (p *page) noDraft() i18n.Phrase {
	if r, ok := p.row(); !ok || r.draft == nil {
		return notDraft
	}
	return i18n.Phrase{}
}

func (p *page) noUndo() i18n.Phrase {
	switch {
	case p.saved.Busy || p.carried.Busy:
		return saving
	case p.back == nil && p.undecided == nil || p.env.Now().After(p.until):
		return noUndo
	}
	return i18n.Phrase{}
}

// scopes are whose promises this person may list, their own first.
func (p *page) scopes() []scope {
	now := p.env.Now()
	own, all := p.env.Me.Own(now), p.env.Me.Finds(now)
	out := []scope{mine}
	if len(own) > 0 {
		out = append(out, ofClass)
	}
	if all.All || len(all.Classes) > len(own) || len(all.Students) > 0 {
		out = append(out, ofAll)
	}
	return out
}

// nextScope lists the promises of the next wider scope, after the widest one's own.
func (p *page) nextScope() tea.Cmd {
	next := mine
	for _, s := range p.scopes() {
		if s > p.scope {
			next = s
			break
		}
	}
	p.scope = next
	return p.ask()
}

// open opens the thing itself: of a promise the card with it chosen, of a draft
// its form, of a meeting what there is to do with it, of a change what was written.
func (p *page) open() tea.Cmd {
	r, ok := p.row()
	switch {
	case !ok:
		return p.env.Note(nothing)
	case r.draft != nil:
		return p.env.Send(kit.Draft(*r.draft))
	case r.meeting != nil:
		return p.env.Send(kit.Open{Screen: string(r.meeting.Front(p.env.Now())), ID: r.meeting.ID})
	case r.left != nil:
		return p.env.Send(kit.Open{Screen: string(r.left.Meeting.Front(p.env.Now())), ID: r.left.Meeting.ID})
	case r.decided != nil:
		return p.env.Send(kit.Open{Screen: "resolution", ID: r.decided.ID})
	case r.promise != nil && r.promise.Kind.Asked():
		return p.env.Send(kit.Open{Screen: "history", ID: r.student(), Contact: r.promise.Contact})
	case r.change != nil && r.change.Contact != 0:
		return p.env.Send(kit.Open{Screen: "history", ID: r.student(), Contact: r.change.Contact})
	}
	return p.card()
}

func (p *page) card() tea.Cmd {
	r, _ := p.row()
	o := kit.Open{Screen: "family", ID: r.student()}
	if r.promise != nil {
		o.Promise = r.promise.ID
	}
	return p.env.Send(o)
}

func (p *page) record() tea.Cmd {
	r, _ := p.row()
	return p.env.Send(kit.Open{Screen: "contact", ID: r.student()})
}

func (p *page) finish() tea.Cmd {
	r, _ := p.row()
	if r.decided != nil {
		return p.askResult(*r.decided)
	}
	was, now := *r.promise, *r.promise
	now.State = data.PromiseKept
	p.did = didDone
	return p.store(now, &was)
}

func (p *page) startAsking() tea.Cmd {
	r, _ := p.row()
	pr := *r.promise
	p.asking, p.fault = &pr, i18n.Phrase{}
	p.day.Reset()
	p.day.Focus()
	return nil
}

func (p *page) stopAsking() tea.Cmd {
	p.asking = nil
	p.day.Blur()
	return nil
}

func (p *page) postpone() tea.Cmd {
	due, err := p.calendar.Value.ParseDue(p.day.Value(), p.env.Now.Today())
	if err != nil || due.IsZero() {
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyNotADate))
		return nil
	}
	was, now := *p.asking, *p.asking
	now.Due = due
	p.stopAsking()
	p.did = didLater.With(i18n.Typed(p.env.Lang.Day(due, p.env.Now.Today())))
	return p.store(now, &was)
}

// store saves a promise; was is what undo brings back.
func (p *page) store(now data.Promise, was *data.Promise) tea.Cmd {
	p.back, p.undecided = was, nil
	return p.saved.Start(p.env.Ctx, func(ctx context.Context) (data.Promise, error) { return p.deps.SavePromise(ctx, now) })
}

func (p *page) undo() tea.Cmd {
	if p.undecided != nil {
		was := *p.undecided
		was.Rev = p.carried.Value.Rev
		p.did = didUndo
		return p.carry(was, nil)
	}
	was := *p.back
	was.Rev = p.saved.Value.Rev
	p.did = didUndo
	return p.store(was, nil)
}

func (p *page) tookSave() tea.Cmd {
	if p.saved.Err != nil {
		p.back = nil
		return tea.Batch(p.env.Note(notSaved.With(i18n.Reason(p.saved.Err))), p.ask())
	}
	p.until = p.env.Now().Add(undoable)
	p.env.Note(p.did)
	return p.ask()
}

func (p *page) discard() tea.Cmd {
	r, _ := p.row()
	d := *r.draft
	return kit.Ask(p.env, kit.Question{Title: drop, Text: []i18n.Phrase{sureDrop.With(i18n.Typed(p.env.Lang.Name(d.Name, "")))}, Act: drop, Do: func() tea.Cmd {
		return p.dropped.Start(p.env.Ctx, func(ctx context.Context) (int64, error) { return d.ID, p.deps.Drop(ctx, d.ID) })
	}})
}

// look asks for the family of the chosen row, in a window wide enough to show
// it beside the list. A row that stays chosen asks nobody.
func (p *page) look() tea.Cmd {
	var ask tea.Cmd
	if r, ok := p.row(); ok && p.right.X > 0 && r.student() != 0 && r.student() != p.of {
		p.of = r.student()
		id := p.of
		ask = p.family.Start(p.env.Ctx, func(ctx context.Context) (data.RosterRow, error) { return p.deps.Family(ctx, id) })
	}
	p.detail = p.details()
	return ask
}
