// Package familyedit is the form about one family: where it lives, and of each
// guardian the numbers in the order to try them, when to call, where they work
// and whether they live with the child.
package familyedit

import (
	"context"
	"errors"

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
	draft  *data.Draft
	gone   bool
}

type page struct {
	env  *kit.Env
	deps Deps
	o    kit.Open
	form
	claim kit.Claim
	w, h  int

	facts  kit.Load[facts]
	theirs kit.Load[data.FamilyEdit]
	save   kit.Save[data.FamilyEdit]

	base      data.FamilyEdit // as it was when the form was opened
	known     bool
	was, mine data.FamilyEdit // of the save under way
	by        *data.Conflict  // who saved first
	clash     *kit.Conflict
	merged    i18n.Phrase
	faults    map[place]i18n.Phrase
	edited    bool
	lost      error
	done      bool
}

// New returns the form about the family of the student o.ID; Guardian is whose
// numbers to go to. Draft is one to go on writing.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Student
	}
	p := &page{env: env, deps: deps, o: o, form: newForm()}
	p.claim = kit.NewClaim(env, p.object(), p.readDraft)
	p.home[0].Focus()
	return p
}

func (p *page) object() data.Ref { return data.Ref{Kind: "student", ID: p.o.ID} }

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

// Waiting and Unsaved are what the shell asks of a page.
func (p *page) Waiting() bool { return p.facts.Busy || p.save.Busy || p.theirs.Busy }

func (p *page) Unsaved() int {
	if p.edited && !p.done && !p.claim.Else {
		return 1
	}
	return 0
}

func (p *page) Init() tea.Cmd { return p.facts.Start(p.env.Ctx, p.read) }

func (p *page) read(ctx context.Context) (f facts, err error) {
	d, err := p.readDraft(ctx)
	switch {
	case err == nil:
		f.draft = &d
	case !errors.Is(err, data.ErrNotFound):
		return f, err
	case p.o.Draft != nil:
		f.draft, f.gone = p.o.Draft, true
	}
	if f.card, f.err = p.deps.Card(ctx, p.o.ID); f.err == nil {
		f.family, f.err = p.deps.Family(ctx, p.o.ID)
	}
	return f, nil
}

func (p *page) readDraft(ctx context.Context) (data.Draft, error) {
	kind := data.Draft{Kind: "family"}.Kind
	return p.deps.Draft(ctx, kind, p.object())
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	own := p.claim.Take(p, msg)
	return tea.Batch(own, p.take(msg))
}

func (p *page) take(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case kit.Reload:
		if !p.known {
			return p.facts.Start(p.env.Ctx, p.read)
		}
		return nil
	case kit.Changed:
		return p.changed(m)
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
		return p.input(msg)
	}
	switch {
	case p.facts.Take(msg):
		return p.arrived()
	case p.theirs.Take(msg):
		return p.compare()
	case p.save.Take(msg):
		return p.saved()
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
	if !p.known || p.done || p.save.Busy || p.clash != nil || !p.edited {
		return nil
	}
	for _, g := range p.base.Guardians {
		if c.Touches("person", g.Person) {
			return p.env.Note(changedNow)
		}
	}
	return nil
}

func (p *page) arrived() tea.Cmd {
	if p.facts.Err != nil {
		p.lost = p.facts.Err
		return p.env.Note(cannotRead)
	}
	f := p.facts.Value
	p.lost, p.known = f.err, f.err == nil
	if p.known {
		p.base = f.family
		p.fill(p.env, f.family)
		p.start()
	}
	if f.draft == nil {
		return nil
	}
	if p.claim.Foreign(*f.draft) {
		p.restore(*f.draft)
		p.claim.Seize(*f.draft)
		p.claim.Else = true
		return p.claim.AskWhich(*f.draft, p.writeHere)
	}
	return p.goOn(*f.draft, f.gone)
}

// start puts the cursor on the numbers of whom the card had chosen.
func (p *page) start() {
	for i, g := range p.guardians {
		if g.was.Person == p.o.Guardian && p.o.Guardian != 0 {
			p.visit(place{slotPhone, i, 0})
			return
		}
	}
	p.visit(place{slotHome, 0, 0})
}

// writeHere takes the draft over from the other window, as it stands there.
func (p *page) writeHere() tea.Cmd {
	if p.claim.Gone {
		p.claim.Else = false
		return nil
	}
	return p.facts.Start(p.env.Ctx, func(ctx context.Context) (facts, error) {
		f, err := p.read(ctx)
		if f.draft != nil {
			f.draft.Session = ""
		}
		return f, err
	})
}
