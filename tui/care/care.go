// Package care is the form about what is restricted of a child: health and what
// to do when it falls ill, why a guardian is kept away, tags with their reasons,
// and how things stand at home. Opening it is logged.
package care

import (
	"context"
	"encoding/json"
	"errors"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Deps is all this screen asks of the program.
type Deps struct {
	Card  func(ctx context.Context, student int64) (data.Card, error)
	Care  func(ctx context.Context, student int64) (data.Care, error)
	Draft func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Save  func(context.Context, data.Care) (data.Care, error)
}

// facts are what the form reads when it is opened.
type facts struct {
	card  data.Card
	care  data.Care
	err   error
	found kit.Found
}

type page struct {
	kit.Writing[data.Care]
	form
	env   *kit.Env
	deps  Deps
	o     kit.Open
	facts kit.Load[facts]
	w, h  int
}

// New returns the form about the student o.ID. Draft is one to go on writing.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Student
	}
	p := &page{env: env, deps: deps, o: o, form: newForm()}
	p.Writing = kit.NewWriting(env, p, p.stops, kit.Record[data.Care]{
		Kind: "care", Object: data.Ref{Kind: "student", ID: o.ID}, On: data.Ref{Kind: "student", ID: o.ID}, What: thisChild,
		Draft: deps.Draft, Ask: p.Init, Save: deps.Save,
		Stored: func(ctx context.Context) (data.Care, error) { return deps.Care(ctx, o.ID) },
		Read:   p.read, Check: func(c data.Care) error { return c.Check(env.Now.Today()) },
		Parts: parts, Keep: p.keep, Put: p.restore, Why: p.lostWhy,
	})
	p.Moved = p.moved
	p.health.Focus()
	return p
}

var (
	title     = i18n.T("Restricted data", "受限资料")
	titleOf   = i18n.T("Family > %s > %s", "家庭 > %s > %s")
	about     = i18n.T("What must those know who care for this child, and nobody else?", "照看这个孩子的人要知道、别人不该知道的是什么?")
	thisChild = i18n.T("this child's restricted data", "这个孩子的受限资料")

	cannotRead = i18n.T("! This could not be read: ctrl+r tries again", "! 没读到: ctrl+r 再试")
	changedNow = i18n.T("Someone has just changed this; yours is merged when you save", "有人刚改了这份; 你存的时候会合在一起")
	noRight    = i18n.T("! No right to change what is restricted: ask %s", "! 你不能改受限资料: 可找 %s")
	noChild    = i18n.T("! This child is not there for you now", "! 这个孩子你看不到了")
	anAdmin    = i18n.T("an administrator", "管理员")
)

func (p *page) About() i18n.Phrase { return about }

func (p *page) Title() i18n.Phrase {
	if s := p.facts.Value.card.Student; s.ID != 0 {
		return titleOf.With(p.env.Lang.Name(s.Name, s.Reading), title)
	}
	return title
}

func (p *page) Layout(w, h int) { p.w, p.h = w, h }

// Waiting and GiveUp are what the shell asks of a page.
func (p *page) Waiting() bool { return p.facts.Busy || p.Writing.Waiting() }
func (p *page) GiveUp()       { p.facts.GiveUp(); p.Writing.GiveUp() }

func (p *page) Init() tea.Cmd { return p.facts.Start(p.env.Ctx, p.ask) }

func (p *page) ask(ctx context.Context) (f facts, err error) {
	if f.found, err = p.Find(ctx, p.o.Draft); err != nil {
		return f, err
	}
	if f.card, f.err = p.deps.Card(ctx, p.o.ID); f.err == nil && !f.card.MayEditCare {
		f.err = data.ErrForbidden
	}
	if f.err == nil {
		f.care, f.err = p.deps.Care(ctx, p.o.ID)
	}
	return f, nil
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	own, taken := p.Writing.Take(msg)
	if taken {
		return own
	}
	return tea.Batch(own, p.take(msg))
}

func (p *page) take(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case kit.Reload:
		if !p.Known {
			return p.Init()
		}
	case kit.Changed:
		if p.Known && !p.Saved && !p.Saving.Busy && p.Clash == nil && p.Edited && m.Touches("care", p.o.ID) {
			return p.env.Note(changedNow)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
		return p.Input(msg, p.write)
	default:
		if p.facts.Take(msg) {
			return p.arrived()
		}
	}
	return nil
}

func (p *page) arrived() tea.Cmd {
	if p.facts.Err != nil {
		p.Lost = p.facts.Err
		return p.env.Note(cannotRead)
	}
	f := p.facts.Value
	p.Lost, p.Known = f.err, f.err == nil
	if !p.Known { // what stands in a draft is not shown to who may not read it any more
		return nil
	}
	p.Base = f.care
	p.fill(f.care)
	return p.Resume(f.found)
}

// Actions are the form's keys.
func (p *page) Actions() []kit.Action { return p.Keys() }

// write takes a key, a paste, or a click. Before the record is there nothing can
// be changed: there is nothing to change.
func (p *page) write(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseClickMsg); ok {
		_, _, changed := p.Click(m, p.draw(), p.h)
		p.Edited = p.Edited || changed
		return nil
	}
	if !p.Known {
		return nil
	}
	changed, say := p.Form.Take(msg)
	p.Edited = p.Edited || changed
	return say
}

// lostWhy says why it cannot be changed, and whom to ask.
func (p *page) lostWhy(lost error) i18n.Phrase {
	if errors.Is(lost, data.ErrNotFound) {
		return noChild
	}
	card := p.facts.Value.card
	if card.Teacher != "" && card.TeacherID != p.env.Me.ID {
		return noRight.With(i18n.Typed(p.env.Lang.Name(card.Teacher, "")))
	}
	return noRight.With(anAdmin)
}

// A written is the form as its draft keeps it: what was typed, and over what.
type written struct{ Now, Base data.Care }

// keep is the form as its draft keeps it. Lists of drafts show nothing of it.
func (p *page) keep() (any, data.Draft, bool) {
	s := p.facts.Value.card.Student
	return written{p.read(), p.Base}, data.Draft{Student: p.o.ID, Name: s.Name, Class: s.ClassName, Base: p.Base.Rev}, p.Known
}

// restore puts a draft into the form. It is still a change of what it was
// written over: what others saved since is merged.
func (p *page) restore(d data.Draft) bool {
	var w written
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil || len(w.Now.Limits) != len(w.Base.Limits) {
		return false
	}
	p.Base = w.Base
	p.fill(w.Now)
	p.Return(d)
	return true
}
