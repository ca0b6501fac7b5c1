package contact

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	whenRead  = i18n.T(".. loading, it is saved as soon as the family is there", ".. 读取中, 读到这家就存")
	looksLike = i18n.T("It holds a number. Restricted? left right change the level, ctrl+s saves as is", "像是受限内容 (电话或证件号), 级别改成受限? 左右改; 不改再按 ctrl+s")
	isSaved   = i18n.T("Saved %s", "已存 %s")
	took      = i18n.T(", %d minutes", ", 用时 %d 分钟")
	tookOne   = i18n.T(", 1 minute", ", 用时 1 分钟")
	promised1 = i18n.T(", 1 promise", ", 承诺 1")
	promisedN = i18n.T(", %d promises", ", 承诺 %d")
	markTitle = i18n.T("Wrong number", "打错了")
	markText  = i18n.T("%s: mark this number as wrong? It stays on the card, and is not offered any more.", "%s: 把这个号码记为错号? 它还在卡上, 不再给你打。")
	markIt    = i18n.T("mark it", "记为错号")
	markNot   = i18n.T("do not", "不记")
	markDone  = i18n.T("%s is marked as wrong", "%s 已记为错号")
)

// saveLater saves as soon as it is known whose record it is.
func (p *page) saveLater() tea.Cmd {
	p.pending = true
	return p.env.Note(whenRead)
}

// holds reports whether a record that many may read has somebody's number in it;
// that is said once.
func (p *page) holds(c data.Contact) bool {
	if c.Level != data.Normal || p.warned || !sensitive(c) {
		return false
	}
	p.warned = true
	p.Visit(kit.Place{Field: slotLevel})
	p.env.Note(looksLike)
	return true
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

// missed notes a call that nobody answered: one key.
func (p *page) missed() tea.Cmd {
	p.Edited = true
	if p.via().Visits() {
		p.setResult(data.NotHome)
	} else {
		p.setResult(data.NoAnswer)
	}
	p.fit()
	return p.Submit()
}

// noted goes back to where c was pressed, or offers the next number.
func (p *page) noted(c data.Contact) tea.Cmd {
	p.clock.stop(p.env.Now())
	if o := c.Outcome; p.o.Contact == 0 && (o == data.NoAnswer || o == data.WrongNumber) {
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
	c := p.Saving.Value
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
	return p.SavedWords(together.With(parts...))
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
