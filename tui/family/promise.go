package family

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// startAsking turns row 22 into a small form: for a new promise, or another day
// for the chosen one.
func (p *page) startAsking(what asks) tea.Cmd {
	p.asks, p.fault = what, i18n.Phrase{}
	p.text.Reset()
	p.day.Reset()
	if what == newPromise {
		p.text.Focus()
	} else {
		p.day.Focus()
	}
	return nil
}

func (p *page) stopAsking() tea.Cmd {
	p.asks = nothingAsked
	p.text.Blur()
	p.day.Blur()
	return nil
}

func (p *page) nextField() tea.Cmd {
	if p.text.Focused() {
		p.text.Blur()
		p.day.Focus()
	} else {
		p.day.Blur()
		p.text.Focus()
	}
	return nil
}

// Unsaved counts a promise that is being typed: ctrl+c asks first.
func (p *page) Unsaved() int {
	if p.asks == newPromise && strings.TrimSpace(p.text.Value()) != "" {
		return 1
	}
	return 0
}

// submit saves what row 22 has asked for. Enter in a text goes to its day first.
func (p *page) submit() tea.Cmd {
	due, err := p.calendar.Value.ParseDue(p.day.Value(), p.env.Now.Today())
	if err != nil {
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyNotADate))
		p.text.Blur()
		p.day.Focus()
		return nil
	}
	if p.asks == anotherDay {
		r, ok := p.row()
		if !ok || r.promise == nil || due.IsZero() {
			p.fault = i18n.Typed(p.env.Lang.Why(data.WhyNotADate))
			return nil
		}
		p.stopAsking()
		was, now := *r.promise, *r.promise
		now.Due = due
		p.did = didLater.With(i18n.Typed(p.env.Lang.Day(due, p.env.Now.Today())))
		return p.store(now, &was)
	}
	if strings.TrimSpace(p.text.Value()) == "" {
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyEmpty))
		return nil
	}
	if p.text.Focused() && p.day.Value() == "" {
		return p.nextField()
	}
	p.did = didAddOpen
	if !due.IsZero() {
		p.did = didAdd.With(i18n.Typed(p.env.Lang.Day(due, p.env.Now.Today())))
	}
	return p.store(data.Promise{Student: p.student, Text: p.text.Value(), Due: due, Owner: p.env.Me.ID}, nil)
}

func (p *page) finish() tea.Cmd {
	r, _ := p.row()
	was, now := *r.promise, *r.promise
	now.State = data.PromiseKept
	p.did = didDone
	return p.store(now, &was)
}

// store saves a promise; was is what undo brings back.
func (p *page) store(now data.Promise, was *data.Promise) tea.Cmd {
	p.back = was
	return p.saved.Start(p.env.Ctx, func(ctx context.Context) (data.Promise, error) { return p.deps.SavePromise(ctx, now) })
}

func (p *page) undo() tea.Cmd {
	was := *p.back
	was.Rev = p.saved.Value.Rev
	p.did = didUndo
	return p.store(was, nil)
}

func (p *page) tookSave() tea.Cmd {
	if p.saved.Err != nil { // a promise that was typed is still there
		p.back = nil
		return tea.Batch(p.env.Note(notSaved.With(i18n.Reason(p.saved.Err))), p.ask())
	}
	if p.asks == newPromise {
		p.stopAsking()
	}
	p.until = p.env.Now().Add(undoable)
	p.env.Note(p.did)
	return p.ask()
}

// asked draws row 22 while it asks, and the cursor in it.
func (p *page) asked() (string, *tea.Cursor) {
	env, today := p.env, p.env.Now.Today()
	meaning := env.Say(p.fault)
	if due, err := p.calendar.Value.ParseDue(p.day.Value(), today); err == nil && !due.IsZero() {
		meaning = "= " + env.Lang.Day(due, today)
	}
	if p.asks == anotherDay {
		label := " " + env.Say(whichDay) + " "
		box, cursor := p.day.Box(env, 20, kit.Width(label), p.h)
		return label + box + "  " + meaning, cursor
	}
	label, by := " "+env.Say(whatText)+" ", "  "+env.Say(byWhen)+" "
	wide := p.w - kit.Width(label) - kit.Width(by) - 14 - 2 - 16
	box, cursor := p.text.Box(env, wide, kit.Width(label), p.h)
	dayBox, other := p.day.Box(env, 14, kit.Width(label)+wide+kit.Width(by), p.h)
	if cursor == nil {
		cursor = other
	}
	return label + box + by + dayBox + "  " + meaning, cursor
}
