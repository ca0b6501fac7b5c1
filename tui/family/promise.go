package family

import (
	"context"
	"encoding/json"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var taken = i18n.T("taken back at once", "记错了, 当场撤销")

var (
	keptBack = i18n.T("Kept as a draft: n goes on", "草稿已留: n 接着写")
	unsentOf = i18n.T("A promise is not saved yet: n goes on", "有一条承诺还没存: n 接着写")
)

// draftOf is the kind of a promise's draft, and what its form holds.
const draftOf = "promise"

type typed struct{ Text, Day string }

// startAsking turns row 22 into a small form: for a new promise, or another day
// for the chosen one. A promise that was begun is gone on with.
func (p *page) startAsking(what asks) tea.Cmd {
	p.asks, p.fault = what, i18n.Phrase{}
	if what == newPromise {
		p.text.Focus()
	} else {
		p.other.Reset()
		p.other.Focus()
	}
	return nil
}

// stopAsking leaves row 22; what was begun of a promise stays as a draft.
func (p *page) stopAsking() tea.Cmd {
	was := p.asks
	p.asks = nothingAsked
	p.text.Blur()
	p.day.Blur()
	p.other.Blur()
	switch {
	case was != newPromise:
		return nil
	case p.begun():
		return p.env.Note(keptBack)
	}
	return p.dropDraft()
}

func (p *page) begun() bool { return strings.TrimSpace(p.text.Value()) != "" }

// Draft is the promise that is being typed.
func (p *page) Draft() (data.Draft, bool) {
	if !p.begun() || p.card.Value.Student.ID != p.student {
		return data.Draft{}, false
	}
	form, err := json.Marshal(typed{p.text.Value(), p.day.Value()})
	s := p.card.Value.Student
	return data.Draft{Kind: draftOf, Object: p.object(), Student: p.student, Name: s.Name, Class: s.ClassName, Form: string(form),
		Preview: p.text.Value(), Cursor: p.text.Position()}, err == nil
}

func (p *page) object() data.Ref { return data.Ref{Kind: "student", ID: p.student} }

// findDraft asks for a promise that was begun and not saved.
func (p *page) findDraft() tea.Cmd {
	what := p.object()
	return p.draft.Start(p.env.Ctx, func(ctx context.Context) (data.Draft, error) { return p.deps.Draft(ctx, draftOf, what) })
}

// restore puts it back, unless another was begun meanwhile.
func (p *page) restore(d data.Draft) {
	var was typed
	if p.begun() || json.Unmarshal([]byte(d.Form), &was) != nil {
		return
	}
	p.text.SetValue(was.Text)
	p.day.SetValue(was.Day)
	p.text.SetPosition(d.Cursor)
}

// dropDraft takes the draft away, once its promise is saved or emptied.
func (p *page) dropDraft() tea.Cmd {
	what, ctx, deps := p.object(), context.WithoutCancel(p.env.Ctx), p.deps
	return func() tea.Msg {
		if d, err := deps.Draft(ctx, draftOf, what); err == nil {
			_ = deps.Drop(ctx, d.ID) // the store logs a fault, and a draft ends by itself
		}
		return nil
	}
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
	if p.begun() {
		return 1
	}
	return 0
}

// submit saves what row 22 has asked for. Enter in a text goes to its day first.
func (p *page) submit() tea.Cmd {
	if p.asks == anotherDay {
		return p.submitDay()
	}
	due, err := p.calendar.Value.ParseDue(p.day.Value(), p.env.Now.Today())
	switch {
	case p.saved.Busy:
		return nil
	case err != nil:
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyNotADate))
		p.text.Blur()
		p.day.Focus()
		return nil
	case !p.begun():
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyEmpty))
		return nil
	case p.text.Focused() && p.day.Value() == "":
		return p.nextField()
	}
	did := didAddOpen
	if !due.IsZero() {
		did = didAdd.With(i18n.Typed(p.env.Lang.Day(due, p.env.Now.Today())))
	}
	return p.store(change{now: data.Promise{Student: p.student, Text: p.text.Value(), Due: due, Owner: p.env.Me.ID}, did: did})
}

func (p *page) submitDay() tea.Cmd {
	due, err := p.calendar.Value.ParseDue(p.other.Value(), p.env.Now.Today())
	r, ok := p.row()
	if err != nil || due.IsZero() || !ok || r.promise == nil {
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyNotADate))
		return nil
	}
	p.stopAsking()
	now := *r.promise
	now.Due = due
	return p.store(change{now: now, back: r.promise, did: didLater.With(i18n.Typed(p.env.Lang.Day(due, p.env.Now.Today())))})
}

func (p *page) finish() tea.Cmd {
	r, _ := p.row()
	now := *r.promise
	now.State = data.PromiseKept
	return p.store(change{now: now, back: r.promise, did: didDone})
}

// A change is a promise on its way to the store, what undo brings back, and
// what is said of it.
type change struct {
	now  data.Promise
	back *data.Promise
	did  i18n.Phrase
}

// store saves a promise, one after the other.
func (p *page) store(c change) tea.Cmd {
	if p.saved.Busy {
		return p.env.Note(reading)
	}
	p.sent = c
	return p.saved.Start(p.env.Ctx, func(ctx context.Context) (data.Promise, error) { return p.deps.SavePromise(ctx, c.now) })
}

func (p *page) undo() tea.Cmd {
	was := *p.back
	was.Rev = p.saved.Value.Rev
	return p.store(change{now: was, did: didUndo})
}

func (p *page) tookSave() tea.Cmd {
	if p.saved.Err != nil { // a promise that was typed is still there
		p.back = nil
		return tea.Batch(p.env.Note(notSaved.With(i18n.Reason(p.saved.Err))), p.ask())
	}
	p.back, p.until = p.sent.back, p.env.Now().Add(undoable)
	if p.sent.now.ID == 0 { // undo drops it
		drop := p.saved.Value
		drop.State, drop.Result = data.PromiseDropped, p.env.Say(taken)
		p.back = &drop
		p.text.Reset()
		p.day.Reset()
		p.stopAsking()
		p.env.Note(p.sent.did)
		return tea.Batch(p.dropDraft(), p.ask())
	}
	p.env.Note(p.sent.did)
	return p.ask()
}

// asked draws row 22 while it asks, and the cursor in it.
func (p *page) asked() (string, *tea.Cursor) {
	env, today := p.env, p.env.Now.Today()
	meaning := env.Say(p.fault)
	day := &p.day
	if p.asks == anotherDay {
		day = &p.other
	}
	if due, err := p.calendar.Value.ParseDue(day.Value(), today); err == nil && !due.IsZero() {
		meaning = "= " + env.Lang.Day(due, today)
	}
	if p.asks == anotherDay {
		label := " " + env.Say(whichDay) + " "
		box, cursor := p.other.Box(env, 20, kit.Width(label), p.h)
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
