// Package familyedit is the form about one family: where it lives, and of each
// guardian the numbers in the order to try them, when to call, where they work
// and whether they live with the child.
package familyedit

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Deps is all this screen asks of the program.
type Deps struct {
	Card   func(ctx context.Context, student int64) (data.Card, error)
	Family func(ctx context.Context, student int64) (data.FamilyEdit, error)
	Draft  func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Save   func(context.Context, data.FamilyEdit) (data.FamilyEdit, error)
}

// facts are what the form reads when it is opened.
type facts struct {
	card   data.Card
	family data.FamilyEdit
	err    error // the right may be lost while the draft is still one's own
	found  kit.Found
}

type page struct {
	kit.Writing[data.FamilyEdit]
	form
	env   *kit.Env
	deps  Deps
	o     kit.Open
	facts kit.Load[facts]
	w, h  int
}

// New returns the form about the family of the student o.ID; Guardian is whose
// numbers to go to. Draft is one to go on writing.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Student
	}
	p := &page{env: env, deps: deps, o: o, form: newForm()}
	p.Writing = kit.NewWriting(env, p, p.stops, kit.Record[data.FamilyEdit]{
		Kind: "family", Object: data.Ref{Kind: "student", ID: o.ID}, On: data.Ref{Kind: "student", ID: o.ID}, What: thisFamily, Left: leftDraft,
		Draft: deps.Draft, Ask: p.Init, Save: deps.Save,
		Stored: func(ctx context.Context) (data.FamilyEdit, error) { return deps.Family(ctx, o.ID) },
		Read:   p.family, Check: func(e data.FamilyEdit) error { return e.Check(env.Now.Today()) },
		Parts: parts, Over: over, Keep: p.keep, Put: p.restore, Why: p.lostWhy,
	})
	p.Moved = p.moved
	p.home[0].Focus()
	return p
}

var (
	title   = i18n.T("Edit family", "改资料")
	titleOf = i18n.T("Family > %s > %s", "家庭 > %s > %s")
	about   = i18n.T("Where does this family live, and how is each of them reached?", "这家住在哪里, 每个人怎么联系?")
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

func (p *page) Init() tea.Cmd { return p.facts.Start(p.env.Ctx, p.read) }

func (p *page) read(ctx context.Context) (f facts, err error) {
	if f.found, err = p.Find(ctx, p.o.Draft); err != nil {
		return f, err
	}
	if f.card, f.err = p.deps.Card(ctx, p.o.ID); f.err == nil {
		f.family, f.err = p.deps.Family(ctx, p.o.ID)
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
		return p.changed(m)
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
		return p.Input(msg, p.write)
	default:
		if p.facts.Take(msg) {
			return p.arrived()
		}
	}
	return nil
}

var (
	cannotRead = i18n.T("! This family could not be read: ctrl+r tries again", "! 这家没读到: ctrl+r 再试")
	changedNow = i18n.T("Someone has just changed this family; yours is merged when you save", "有人刚改了这家; 你存的时候会合在一起")
)

// changed hears that somebody saved this family: the form stays as it is, and
// the save will meet what they wrote.
func (p *page) changed(c kit.Changed) tea.Cmd {
	if !p.Known || p.Saved || p.Saving.Busy || p.Clash != nil || !p.Edited {
		return nil
	}
	touched := c.Touches("household", p.Base.Household.ID) && !c.TouchesAny("contact") // a talk touches it too
	for _, g := range p.Base.Guardians {
		touched = touched || c.Touches("person", g.Person)
	}
	if !touched {
		return nil
	}
	return p.env.Note(changedNow)
}

func (p *page) arrived() tea.Cmd {
	if p.facts.Err != nil {
		p.Lost = p.facts.Err
		return p.env.Note(cannotRead)
	}
	f := p.facts.Value
	p.Lost, p.Known = f.err, f.err == nil
	if p.Known {
		p.Base = f.family
		p.fill(f.family)
		p.start()
	}
	return p.Resume(f.found)
}

// start puts the cursor on the numbers of whom the card had chosen.
func (p *page) start() {
	for i, g := range p.guardians {
		if g.was.Person == p.o.Guardian && p.o.Guardian != 0 {
			p.Visit(kit.Place{Field: inPhone, Of: i})
			return
		}
	}
	p.Visit(p.stops()[0].Place)
}
