package contact

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
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

// worth reports whether there is anything to lose.
func (p *page) worth() bool {
	if p.edited || p.text.Len() > 0 || p.quoted.Len() > 0 || p.private.Value() != "" {
		return true
	}
	return slices.ContainsFunc(p.promises, func(q *promise) bool { return q.text.Value() != "" })
}

// Draft is the form as the shell keeps it; not ok once it is saved, while there
// is nothing to keep, and while another window writes it.
func (p *page) Draft() (data.Draft, bool) {
	if p.done || p.claim.Else || !p.worth() || p.facts.Busy && p.o.Contact != 0 {
		return data.Draft{}, false
	}
	body, err := json.Marshal(p.written())
	if err != nil {
		return data.Draft{}, false
	}
	now := p.env.Now()
	clock := p.clock.reads(now)
	if p.clock.running() && p.claim.Token() != "" {
		clock = clock.Truncate(clockGrain)
	}
	at, cursor := 0, p.text.Position()
	for i, s := range p.stops() {
		if s.in.Focused() {
			at = i
			if f := p.field(s.place); f != nil {
				cursor = f.Position()
			} else if s.slot == slotQuoted {
				cursor = p.quoted.Position()
			}
		}
	}
	s := p.facts.Value.card.Student
	student := p.o.ID
	if s.ID != 0 {
		student = s.ID
	}
	preview := []rune(data.Contact{Summary: p.text.Value(), Quoted: p.quoted.Value()}.FirstLine())
	return data.Draft{Kind: "contact", Object: p.object(), Student: student, Name: s.Name, Class: s.ClassName, Form: string(body),
		Preview: string(preview[:min(len(preview), previewLength)]), Field: at, Cursor: cursor, Clock: clock.Truncate(time.Millisecond),
		Base: p.base.Rev, Session: p.claim.Token()}, true
}

func (p *page) written() written {
	w := written{Text: p.text.Value(), Quoted: p.quoted.Value(), Private: p.private.Value(), QuotedOn: p.quotedOn.String(),
		Outcome: p.result(), CallAgain: p.callAgain.Value(), Topics: p.chosenTopics(), OwnTopics: p.ownTopics,
		With: p.with.wish, Channel: p.via(), Incoming: p.incoming.On[0], At: p.at.Value(), OpenedAt: p.openedAt, Opened: p.opened,
		Minutes: p.minutes.Value(), Level: data.Levels[p.level.At], Dialled: p.dialled, Running: p.clock.running()}
	if g := p.guardian(); g != nil {
		w.With = g.Person
	}
	if p.base.ID != 0 {
		w.Base = &p.base
	}
	for _, q := range p.promises {
		o := p.owners[q.who.At]
		w.Promises = append(w.Promises, writtenPromise{q.was, q.text.Value(), q.by.Value(), o.account, o.person, o.name})
	}
	return w
}

var unreadable = i18n.T("! The draft of %s cannot be read by this version; it is kept", "! %s 的草稿这个版本读不了; 它还留着")

// resume goes on with a draft, or asks which of two windows shall.
func (p *page) resume(d data.Draft, gone bool, early string) tea.Cmd {
	if p.claim.Foreign(d) {
		p.restore(d, "")
		p.claim.Seize(d)
		p.claim.Else = true
		return p.claim.AskWhich(d, p.writeHere)
	}
	return p.goOn(d, gone, early)
}

// goOn takes the draft over, in this window.
func (p *page) goOn(d data.Draft, gone bool, early string) tea.Cmd {
	if !p.restore(d, early) {
		return p.env.Note(unreadable.With(p.env.Lang.Moment(d.Saved, p.env.Now())))
	}
	p.claim.Seize(d)
	p.claim.Else, p.claim.Gone = false, gone
	p.env.Note(restored.With(p.env.Lang.Moment(d.Saved, p.env.Now())))
	return p.beat()
}

// writeHere takes the draft over from the other window, as it stands there.
func (p *page) writeHere() tea.Cmd {
	if p.claim.Gone {
		p.claim.Else = false
		return nil
	}
	return p.facts.Start(p.env.Ctx, p.readHere)
}

// readHere reads the draft anew and lays claim to it.
func (p *page) readHere(ctx context.Context) (facts, error) {
	f, err := p.read(ctx)
	if f.draft != nil {
		f.draft.Session = ""
	}
	return f, err
}

// restore puts a draft into the form, at its field and cursor. Early is what was
// typed before it was read, and is put where the cursor stood: nothing typed is
// lost.
func (p *page) restore(d data.Draft, early string) bool {
	var w written
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil {
		return false
	}
	added := slices.DeleteFunc(p.promises, func(q *promise) bool { return q.text.Value() == "" || q.was.ID != 0 || p.claim.Else })
	p.put(w, added)
	now := p.env.Now()
	p.clock = stopwatch{before: d.Clock}
	if w.Running && now.Sub(d.Saved) < stillOn && p.o.Contact == 0 {
		p.clock.start(now)
	}
	if w.Base != nil {
		p.base = *w.Base
	}
	all := p.stops()
	at := all[max(0, min(d.Field, len(all)-1))].place
	p.visit(at)
	p.fresh, p.edited = false, true
	switch f := p.field(at); {
	case at.slot == slotText:
		p.text.SetPosition(d.Cursor)
	case at.slot == slotQuoted:
		p.quoted.SetPosition(d.Cursor)
	case f != nil:
		f.SetPosition(d.Cursor)
	}
	if early != "" {
		p.visit(place{slotText, 0})
		p.write(place{slotText, 0}, tea.PasteMsg{Content: early})
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
