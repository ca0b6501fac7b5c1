package contact

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	whenRead   = i18n.T(".. loading, it is saved as soon as the family is there", ".. 读取中, 读到这家就存")
	faultsLeft = i18n.T("%d left to put right", "还有 %d 处")
	looksLike  = i18n.T("It holds a number. Restricted? left right change the level, ctrl+s saves as is", "像是受限内容 (电话或证件号), 级别改成受限? 左右改; 不改再按 ctrl+s")
	keptTry    = i18n.T("! Not saved yet, all is in the draft: ctrl+s again", "! 没存上, 写的都在草稿里: ctrl+s 再试")
	askAgain   = i18n.T("Another window has saved this one", "另一个窗口已经存了这份")
	askText    = i18n.T("Saving it here makes a second record.", "在这里再存, 会多出一条。")
	saveAnew   = i18n.T("save it again", "再存一条")
	isSaved    = i18n.T("Saved %s", "已存 %s")
	took       = i18n.T(", %d minutes", ", 用时 %d 分钟")
	tookOne    = i18n.T(", 1 minute", ", 用时 1 分钟")
	promised1  = i18n.T(", 1 promise", ", 承诺 1")
	promisedN  = i18n.T(", %d promises", ", 承诺 %d")
	joined     = i18n.T("%s  (%s)", "%s  (%s)")
	markTitle  = i18n.T("Wrong number", "打错了")
	markText   = i18n.T("%s: mark this number as wrong? It stays on the card, and is not offered any more.", "%s: 把这个号码记为错号? 它还在卡上, 不再给你打。")
	markIt     = i18n.T("mark it", "记为错号")
	markNot    = i18n.T("do not", "不记")
	markDone   = i18n.T("%s is marked as wrong", "%s 已记为错号")
)

// submit saves from any field, or goes to the first that is wrong.
func (p *page) submit() tea.Cmd {
	if p.save.Busy || p.theirs.Busy || p.done {
		return nil
	}
	if !p.known {
		p.pending = true
		return p.env.Note(whenRead)
	}
	c, wrong := p.contact()
	if p.faults = wrong; len(wrong) > 0 {
		if at, ok := p.firstWrong(); ok {
			p.visit(at)
		}
		return p.env.Note(faultsLeft.With(len(wrong)))
	}
	if p.claim.Gone && !p.anew {
		return kit.Ask(p.env, kit.Question{Title: askAgain, Text: []i18n.Phrase{askText}, Act: saveAnew,
			Do: func() tea.Cmd { p.anew = true; return p.submit() }})
	}
	if c.Level == data.Normal && !p.warned && sensitive(c) {
		p.warned = true
		p.visit(place{slotLevel, 0})
		return p.env.Note(looksLike)
	}
	p.was = p.base
	return p.store(c)
}

// sensitive reports whether a record that many may read holds somebody's
// number.
func sensitive(c data.Contact) bool {
	all := []string{c.Summary, c.Quoted}
	for _, q := range c.Promises {
		all = append(all, q.Text)
	}
	return holdsNumber(strings.Join(all, "\n"))
}

func (p *page) store(c data.Contact) tea.Cmd {
	p.mine = c
	draft := p.object()
	return p.save.Start(p.env.Ctx, func(ctx context.Context) (data.Contact, error) { return p.deps.Save(ctx, c, draft) })
}

// missed notes a call that nobody answered: one key.
func (p *page) missed() tea.Cmd {
	p.edited = true
	if p.via().Visits() {
		p.setResult(data.NotHome)
	} else {
		p.setResult(data.NoAnswer)
	}
	p.fit()
	return p.submit()
}

// saved goes back to where c was pressed, or offers the next number.
func (p *page) saved() tea.Cmd {
	err := p.save.Err
	var clash *data.Conflict
	switch {
	case errors.As(err, &clash):
		id := p.o.Contact
		return p.theirs.Start(p.env.Ctx, func(ctx context.Context) (data.Contact, error) { return p.deps.Contact(ctx, id) })
	case refused(err):
		p.lost = err
		return nil
	case len(data.Faults(err)) > 0:
		p.wrongFrom(err)
		if at, ok := p.firstWrong(); ok {
			p.visit(at)
		}
		return p.env.Note(i18n.Typed(p.env.Lang.Error(err)))
	case err != nil:
		return p.env.Note(keptTry)
	}
	p.done, p.clash = true, nil
	p.clock.stop(p.env.Now())
	if o := p.save.Value.Outcome; p.o.Contact == 0 && (o == data.NoAnswer || o == data.WrongNumber) {
		return p.offerNext(o)
	}
	return p.backSaved()
}

// backSaved closes the form and says what was saved.
func (p *page) backSaved() tea.Cmd {
	return p.env.Send(kit.Back{Page: p, Said: p.savedWords()})
}

// savedWords is: 已存 15:09, 用时 5 分钟, 承诺 1.
func (p *page) savedWords() i18n.Phrase {
	c := p.save.Value
	parts := []any{isSaved.With(p.env.Lang.Clock(p.env.Now()))}
	switch {
	case c.Minutes == 1:
		parts = append(parts, tookOne)
	case c.Minutes > 1:
		parts = append(parts, took.With(c.Minutes))
	}
	switch n := len(c.Promises); {
	case n == 1:
		parts = append(parts, promised1)
	case n > 1:
		parts = append(parts, promisedN.With(n))
	}
	for len(parts) < 3 {
		parts = append(parts, noLabel)
	}
	said := together.With(parts...)
	if p.merged != (i18n.Phrase{}) {
		said = joined.With(said, p.merged)
	}
	return said
}

var together = i18n.T("%s%s%s", "%s%s%s")

// offerNext offers the next number in calling order, and to mark a wrong one.
func (p *page) offerNext(o data.Outcome) tea.Cmd {
	p.offer = p.next()
	g, phone := p.guardian(), p.phone()
	if o == data.WrongNumber && g != nil && phone != "" {
		if p.offer == nil {
			p.offer = &number{}
		}
		person := g.Person
		return kit.Ask(p.env, kit.Question{Title: markTitle, Text: []i18n.Phrase{markText.With(data.Grouped(phone))}, Act: markIt, Else: markNot,
			Do: func() tea.Cmd {
				return p.mark.Start(p.env.Ctx, func(ctx context.Context) (bool, error) { return true, p.deps.MarkPhone(ctx, person, phone, true) })
			}})
	}
	if p.offer == nil {
		return p.backSaved()
	}
	return nil
}

func (p *page) marked() tea.Cmd {
	if p.mark.Err != nil {
		return p.env.Note(i18n.Reason(p.mark.Err))
	}
	return p.env.Note(markDone.With(data.Grouped(p.phone())))
}

// callNext opens the form for the next number in this one's place.
func (p *page) callNext() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "contact", ID: p.student(), Guardian: p.offer.of.Person, Text: p.offer.e164, Replace: true})
}
