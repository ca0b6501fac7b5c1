// Package contact is the form that records one contact with one family, with
// the clock of the call. It takes keys before it knows the family, names the
// family on top, and saves nothing before it knows whose record it is.
package contact

import (
	"context"
	"errors"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Deps is all this screen asks of the program.
type Deps struct {
	Card        func(ctx context.Context, student int64) (data.Card, error)
	Calendar    func(context.Context) (data.Calendar, error)
	Contact     func(ctx context.Context, id int64) (data.Contact, error)
	Draft       func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Save        func(ctx context.Context, c data.Contact, draft data.Ref) (data.Contact, error)
	SavePromise func(context.Context, data.Promise) (data.Promise, error)
	MarkPhone   func(ctx context.Context, person int64, e164 string, bad bool) error
}

// facts are what the form reads when it is opened.
type facts struct {
	card     data.Card
	cardErr  error // the right to the family may be lost while the draft is still one's own
	calendar data.Calendar
	found    kit.Found
	contact  data.Contact
}

type page struct {
	kit.Writing[data.Contact]
	form
	env   *kit.Env
	deps  Deps
	o     kit.Open
	clock stopwatch
	beats int // the newest beat; older ones are not followed

	w, h  int
	facts kit.Load[facts]
	again kit.Load[data.Card]
	tick  kit.Save[data.Promise]
	mark  kit.Save[bool]

	early     string  // typed before it was known where it belongs
	fresh     bool    // the field holds what the form put there: the first character replaces it
	pending   bool    // ctrl+s came before the family
	warned    bool    // of a number in a normal record
	offer     *number // whom to call next, after no answer
	news      i18n.Phrase
	newsUntil time.Time
}

// New returns the form for the student o.ID. Guardian is whom the contact is
// with, Text the number that was dialled, Begin what the call is about; Contact is
// one to correct, and Draft one to go on writing, which names its student itself.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Student
		if o.Draft.Object.Kind == "contact" {
			o.Contact = o.Draft.Object.ID
		}
	}
	p := &page{env: env, deps: deps, o: o}
	p.form = newForm(env)
	p.with.wish, p.dialled = o.Guardian, o.Text
	p.Writing = kit.NewWriting(env, p, p.stops, kit.Record[data.Contact]{
		Kind: "contact", Object: p.object(), What: thisRecord, Left: leftDraft, Adds: true,
		Draft: deps.Draft, Ask: func() tea.Cmd { return p.facts.Start(env.Ctx, p.ask) },
		Save: func(ctx context.Context, c data.Contact) (data.Contact, error) {
			return deps.Save(ctx, c.Tidy(), p.object())
		},
		Stored: func(ctx context.Context) (data.Contact, error) { return deps.Contact(ctx, o.Contact) },
		Read:   p.read, Early: p.saveLater, Holds: p.holds, Parts: parts, Over: over, Begun: p.worth, Keep: p.keep, Put: p.restore, Why: p.lostWhy, Done: p.noted,
	})
	p.Moved = p.moved
	if o.Contact == 0 {
		p.clock.start(env.Now())
		if o.Begin != "" {
			p.text.SetValue(o.Begin)
			p.topics.On = guess(o.Begin)
		}
	}
	p.Ring().To(0)
	return p
}

// object is what the draft is about: the student, or the contact to correct.
func (p *page) object() data.Ref {
	if p.o.Contact != 0 {
		return data.Ref{Kind: "contact", ID: p.o.Contact}
	}
	return data.Ref{Kind: "student", ID: p.o.ID}
}

var (
	title   = i18n.T("Contact", "记联系")
	correct = i18n.T("Correct contact", "改联系")
	titleOf = i18n.T("%s > %s", "%s > %s")
	about   = i18n.T("What was said, what did I promise, by when?", "谈了什么, 我答应了什么, 到什么时候?")
)

func (p *page) About() i18n.Phrase { return about }

func (p *page) Title() i18n.Phrase {
	word := title
	if p.o.Contact != 0 {
		word = correct
	}
	if name := p.studentName(); name != "" {
		return titleOf.With(word, i18n.Typed(name))
	}
	return word
}

// studentName is the student's name as this reader reads names.
func (p *page) studentName() string {
	if s := p.facts.Value.card.Student; s.ID != 0 {
		return p.env.Lang.Name(s.Name, s.Reading)
	}
	if d := p.facts.Value.found.Draft; d != nil {
		return d.Name
	}
	return ""
}

func (p *page) Layout(w, h int) { p.w, p.h = w, h; p.somewhere(); p.fit() }

// Waiting, GiveUp and Busy are what the shell asks of a page.
func (p *page) Waiting() bool { return p.facts.Busy && p.pending || p.Writing.Waiting() }
func (p *page) GiveUp()       { p.facts.GiveUp(); p.Writing.GiveUp() }
func (p *page) Busy() bool    { return p.clock.running() && p.timed() }

func (p *page) Init() tea.Cmd {
	load := p.Record.Ask()
	return tea.Batch(load, p.beat())
}

// ask reads everything at once; the person types meanwhile.
func (p *page) ask(ctx context.Context) (f facts, err error) {
	if f.calendar, err = p.deps.Calendar(ctx); err != nil {
		return f, err
	}
	if f.found, err = p.Find(ctx, p.o.Draft); err != nil {
		return f, err
	}
	student := p.o.ID
	if p.o.Contact != 0 {
		if f.contact, f.cardErr = p.deps.Contact(ctx, p.o.Contact); f.cardErr != nil {
			return f, nil
		}
		if len(f.contact.Students) > 0 && student == 0 {
			student = f.contact.Students[0]
		}
	}
	f.card, f.cardErr = p.deps.Card(ctx, student)
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
	case beat:
		if m.of == p && m.n == p.beats {
			return p.beat()
		}
		return nil
	case kit.Changed:
		return p.changed(m)
	case kit.Reload:
		return p.again.Start(p.env.Ctx, p.readCard)
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		return p.input(msg)
	}
	switch {
	case p.facts.Take(msg):
		return p.arrived()
	case p.again.Take(msg):
		return p.refreshed()
	case p.tick.Take(msg):
		return p.ticked()
	case p.mark.Take(msg):
		return p.marked()
	}
	return nil
}

func (p *page) readCard(ctx context.Context) (data.Card, error) {
	return p.deps.Card(ctx, p.student())
}

// student is whose record it is; 0 until it is known.
func (p *page) student() int64 { return p.facts.Value.card.Student.ID }

var (
	cannotRead = i18n.T("! This family could not be read: ctrl+r tries again", "! 这家没读到: ctrl+r 再试")
)

// arrived puts what was read under what was typed meanwhile.
func (p *page) arrived() tea.Cmd {
	if p.facts.Err != nil {
		p.Lost = p.facts.Err
		return p.env.Note(cannotRead)
	}
	f := p.facts.Value
	p.calendar = f.calendar
	p.allow(f.cardErr)
	p.people(p.env, f.card)
	if p.early = strings.TrimPrefix(p.text.Value(), p.o.Begin); p.Claim.Else {
		p.early = ""
	}
	if p.o.Contact != 0 && f.cardErr == nil {
		p.Base = f.contact
		p.fill(p.env, f.contact)
	}
	cmd := p.resume(f.found)
	if p.o.Contact != 0 && f.found.Draft == nil && p.early != "" {
		p.Visit(kit.Place{Field: slotText})
		p.write(tea.PasteMsg{Content: p.early})
	}
	p.fit()
	if p.pending && p.Known && f.found.Draft == nil {
		p.pending = false
		return p.Submit()
	}
	p.pending = false
	return cmd
}

// allow notes whether the record may be saved at all.
func (p *page) allow(err error) {
	p.Lost = err
	p.Known = err == nil
	card := p.facts.Value.card
	switch {
	case err == nil && !card.MayWrite, err == nil && p.o.Contact != 0 && p.facts.Value.contact.Sight != data.Whole:
		p.Lost = data.ErrForbidden
	case err == nil && card.Sight == data.Whole:
		p.Record.On = data.Ref{Kind: "student", ID: card.Student.ID}
	case err == nil && card.Sight == data.Exists: // the front desk writes down who called
		p.incoming.On = map[int]bool{0: true}
	}
}

var (
	theyWrote = i18n.T("%s recorded a contact with this family: %s %s", "%s 记了这家的联系: %s %s")
	newsFor   = 30 * time.Second
)

// changed hears of the family. The form stays as it is; what is beside it, and
// row 22, may tell.
func (p *page) changed(c kit.Changed) tea.Cmd {
	card := p.facts.Value.card
	// While it saves, the news is its own: what stands beside the form does not
	// turn about just then.
	if p.Saved || p.Saving.Busy || !p.Known || !c.Touches("student", card.Student.ID) && !c.Touches("household", card.Student.Household) {
		return nil
	}
	return p.again.Start(p.env.Ctx, p.readCard)
}

func (p *page) refreshed() tea.Cmd {
	if p.Saved {
		return nil
	}
	if p.again.Err != nil {
		if errors.Is(p.again.Err, data.ErrForbidden) || errors.Is(p.again.Err, data.ErrNotFound) {
			p.Lost = p.again.Err
		}
		return nil
	}
	was, now := p.facts.Value.card, p.again.Value
	p.facts.Value.card = now
	p.allow(nil)
	p.people(p.env, now)
	for _, c := range now.Contacts {
		if c.Staff != p.env.Me.ID && !holds(was.Contacts, c.ID) && c.ID != p.o.Contact {
			p.news = theyWrote.With(c.StaffName, p.env.Lang.Channel(c.Channel), p.env.Lang.Clock(c.Written))
			p.newsUntil = p.env.Now().Add(newsFor)
			break
		}
	}
	p.fit()
	return nil
}
