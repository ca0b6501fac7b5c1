package familyedit

import (
	"errors"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	aNumber   = i18n.T("another number", "再加号码")
	numberWhy = i18n.T("One more number of this guardian; the first is called first", "给这位家长再加一个号码; 排在前的先打")

	noRight    = i18n.T("! No right to change this family: what you wrote is kept, ask %s", "! 你不能改这家: 写的留作草稿, 可找 %s")
	noFamily   = i18n.T("! This family is not there for you now: what you wrote is kept", "! 这家你看不到了: 写的留作草稿")
	anAdmin    = i18n.T("an administrator", "管理员")
	whichOne   = i18n.T("Go to a guardian first", "先到一位家长那里")
	fiveAtMost = i18n.T("%d numbers are the most", "最多 %d 个号码")
	leftDraft  = i18n.T("The draft is kept: it goes on from Today, or from e", "草稿已留: 从今日或再按 e 接着写")
)

// Actions are the form's keys, and one for more numbers.
func (p *page) Actions() []kit.Action {
	return p.Keys(kit.Action{Key: "ctrl+n", Label: aNumber, Help: numberWhy, When: p.numberless, Do: p.moreNumbers})
}

func (p *page) numberless() i18n.Phrase {
	at := p.Here()
	switch {
	case at.Field == inAddress || at.Field == inVillage:
		return whichOne
	case len(p.guardians[at.Of].phones) >= mostPhones:
		return fiveAtMost.With(mostPhones)
	}
	return i18n.Phrase{}
}

// moreNumbers goes to a number that is still empty, or adds one.
func (p *page) moreNumbers() tea.Cmd {
	who := p.Here().Of
	g := p.guardians[who]
	if last := len(g.phones) - 1; g.phones[last].Value() == "" {
		p.Visit(kit.Place{Field: inPhone, Of: who, N: last})
		return nil
	}
	g.addPhone("")
	p.Visit(kit.Place{Field: inPhone, Of: who, N: len(g.phones) - 1})
	return nil
}

// write takes a key, a paste, or a click. Before the family is there nothing can
// be changed: there is nothing to change.
func (p *page) write(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseClickMsg); ok {
		_, _, changed := p.Click(m, p.draw(), p.h)
		p.Edited = p.Edited || changed
		return nil
	}
	if !p.Known && p.facts.Value.found.Draft == nil {
		return nil
	}
	changed, say := p.Form.Take(msg)
	p.Edited = p.Edited || changed
	return say
}

// lostWhy says why the family cannot be changed, and whom to ask.
func (p *page) lostWhy(lost error) i18n.Phrase {
	if errors.Is(lost, data.ErrNotFound) {
		return noFamily
	}
	card := p.facts.Value.card
	if card.Teacher != "" && card.TeacherID != p.env.Me.ID {
		return noRight.With(i18n.Typed(p.env.Lang.Name(card.Teacher, "")))
	}
	return noRight.With(anAdmin)
}
