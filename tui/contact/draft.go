package contact

import (
	"encoding/json"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A written is the form as its draft keeps it, in JSON. What was typed is kept
// as it was typed.
type written struct {
	Text, Quoted, Private string
	QuotedOn              string
	Outcome               data.Outcome
	CallAgain             string
	Topics                []string
	OwnTopics             bool
	Promises              []writtenPromise
	With                  int64
	Channel               data.Channel
	Incoming              bool
	At, OpenedAt          string
	Opened                time.Time
	Minutes               string
	Level                 data.Level
	Dialled               string
	Running               bool
	Base                  *data.Contact // what a correction began from
}

type writtenPromise struct {
	Was             data.Promise
	Text, By        string
	Account, Person int64
	Name            string
}

// clockGrain is how exactly a draft keeps a running clock: it is written
// again when this much has passed, and no oftener.
const clockGrain = 15 * time.Second

// stillOn is how long after its last word a draft's call may still be on.
const stillOn = time.Hour

const previewLength = 60 // characters

// worth reports whether something is written that would be lost.
func (p *page) worth() bool {
	if p.text.Len() > 0 && p.text.Value() != p.o.Begin || p.quoted.Len() > 0 || p.private.Value() != "" {
		return true
	}
	return slices.ContainsFunc(p.promises, func(q *promise) bool { return q.text.Value() != "" })
}

// keep is the form as its draft keeps it, and whom it is about. A correction
// that was not read yet has nothing to keep.
func (p *page) keep() (any, data.Draft, bool) {
	clock := p.clock.reads(p.env.Now())
	if p.clock.running() && p.Claim.Token() != "" {
		clock = clock.Truncate(clockGrain)
	}
	s := p.facts.Value.card.Student
	student := p.o.ID
	if s.ID != 0 {
		student = s.ID
	}
	preview := []rune(data.Contact{Summary: p.text.Value(), Quoted: p.quoted.Value()}.FirstLine())
	return p.written(), data.Draft{Student: student, Name: s.Name, Class: s.ClassName, Preview: string(preview[:min(len(preview), previewLength)]),
		Clock: clock.Truncate(time.Millisecond), Base: p.Base.Rev}, !p.facts.Busy || p.o.Contact == 0
}

func (p *page) written() written {
	w := written{Text: p.text.Value(), Quoted: p.quoted.Value(), Private: p.private.Value(), QuotedOn: p.quotedOn.String(),
		Outcome: p.result(), CallAgain: p.callAgain.Value(), Topics: p.chosenTopics(), OwnTopics: p.ownTopics,
		With: p.with.wish, Channel: p.via(), Incoming: p.incoming.On[0], At: p.at.Value(), OpenedAt: p.openedAt, Opened: p.opened,
		Minutes: p.minutes.Value(), Level: data.Levels[p.level.At], Dialled: p.dialled, Running: p.clock.running()}
	if g := p.guardian(); g != nil {
		w.With = g.Person
	}
	if p.Base.ID != 0 {
		w.Base = &p.Base
	}
	for _, q := range p.promises {
		o := p.owners[q.who.At]
		w.Promises = append(w.Promises, writtenPromise{q.was, q.text.Value(), q.by.Value(), o.account, o.person, o.name})
	}
	return w
}

// resume goes on with a draft, and with its clock.
func (p *page) resume(found kit.Found) tea.Cmd {
	cmd := p.Resume(found)
	if p.Claim.Else {
		return cmd
	}
	return tea.Batch(cmd, p.beat())
}

// restore puts a draft into the form, at its field and cursor. What was typed
// before it was read is put where the cursor stood: nothing typed is lost.
func (p *page) restore(d data.Draft) bool {
	var w written
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil {
		return false
	}
	added := slices.DeleteFunc(p.promises, func(q *promise) bool { return q.text.Value() == "" || q.was.ID != 0 || p.Claim.Else })
	p.put(w, added)
	now := p.env.Now()
	p.clock = stopwatch{before: d.Clock}
	if w.Running && now.Sub(d.Saved) < stillOn && p.o.Contact == 0 {
		p.clock.start(now)
	}
	if w.Base != nil {
		p.Base = *w.Base
	}
	p.Return(d)
	p.fresh = false
	if p.early != "" {
		p.Visit(kit.Place{Field: slotText})
		p.write(tea.PasteMsg{Content: p.early})
	}
	p.fit()
	return true
}

// put fills the form from a draft, with the promises that were added before it
// was read at the end.
func (p *page) put(w written, added []*promise) {
	p.text.SetValue(w.Text)
	p.quoted.SetValue(w.Quoted)
	p.quotedOn, _ = data.ParseDate(w.QuotedOn)
	p.private.SetValue(w.Private)
	p.setVia(w.Channel)
	p.setResult(w.Outcome)
	p.callAgain.SetValue(w.CallAgain)
	p.setTopics(w.Topics)
	p.ownTopics = w.OwnTopics
	p.incoming.On = map[int]bool{0: w.Incoming}
	p.at.SetValue(w.At)
	p.openedAt, p.opened = w.OpenedAt, w.Opened
	p.minutes.SetValue(w.Minutes)
	p.level.At = max(0, slices.Index(data.Levels, w.Level))
	p.dialled = w.Dialled
	p.with.wish = w.With
	p.with.At = len(p.with.of)
	if i := slices.IndexFunc(p.with.of, func(g data.Guardian) bool { return g.Person == w.With }); i >= 0 {
		p.with.At = i
	}
	p.promises = nil
	for _, had := range w.Promises[:min(len(w.Promises), mostPromises)] {
		q := p.addPromise(p.env)
		q.was, q.wish = had.Was, owner{account: had.Account, person: had.Person, name: had.Name}
		q.text.SetValue(had.Text)
		q.by.SetValue(had.By)
		p.offerOwners(q)
	}
	if p.promises = append(p.promises, added...); len(p.promises) == 0 {
		p.addPromise(p.env)
	}
}

var _ kit.Drafter = (*page)(nil)
