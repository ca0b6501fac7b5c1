package familyedit

import (
	"errors"
	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	aSave   = i18n.T("save", "保存")
	aNumber = i18n.T("another number", "再加号码")
	aNext   = i18n.T("next", "下一项")
	aBefore = i18n.T("previous", "上一项")
	aOut    = i18n.T("out", "留草稿走")
	aHere   = i18n.T("write here", "在这里写")
	aBack   = i18n.T("back", "返回")

	saveWhy   = i18n.T("Save from any field; F2 does it too", "在哪一项都能存; F2 也行")
	numberWhy = i18n.T("One more number of this guardian; the first is called first", "给这位家长再加一个号码; 排在前的先打")
	outWhy    = i18n.T("Leave; what you wrote stays as a draft", "离开; 写着的留作草稿")

	stillReads = i18n.T(".. loading", ".. 读取中")
	stillSaves = i18n.T("Saving, one moment", "正在存, 稍等")
	noRight    = i18n.T("! No right to change this family: what you wrote is kept, ask %s", "! 你不能改这家: 写的留作草稿, 可找 %s")
	noFamily   = i18n.T("! This family is not there for you now: what you wrote is kept", "! 这家你看不到了: 写的留作草稿")
	anAdmin    = i18n.T("an administrator", "管理员")
	whichOne   = i18n.T("Go to a guardian first", "先到一位家长那里")
	fiveAtMost = i18n.T("%d numbers are the most", "最多 %d 个号码")
	elseWrites = i18n.T("Another window writes this: enter writes here", "另一个窗口在写这份: enter 在这里写")
	leftDraft  = i18n.T("The draft is kept: it goes on from Today, or from e", "草稿已留: 从今日或再按 e 接着写")
)

// Actions are the form's keys, or those of the conflict.
func (p *page) Actions() []kit.Action {
	switch {
	case p.clash != nil:
		return p.clash.Actions(p.env, p.saveMerged, func() tea.Cmd { p.clash = nil; return nil })
	case p.claim.Else:
		return []kit.Action{
			{Key: "enter", Label: aHere, Do: p.writeHere},
			{Key: "esc", Label: aBack, Do: func() tea.Cmd { return p.env.Send(kit.Back{Page: p}) }},
		}
	}
	return []kit.Action{
		{Key: "ctrl+s f2", Label: aSave, Help: saveWhy, When: p.barred, Do: p.submit},
		{Key: "ctrl+n", Label: aNumber, Help: numberWhy, When: p.numberless, Do: p.moreNumbers},
		{Key: "tab", Label: aNext, Do: func() tea.Cmd { p.step(1); return nil }},
		{Key: "shift+tab", Label: aBefore, Rare: true, Do: func() tea.Cmd { p.step(-1); return nil }},
		{Key: "esc", Label: aOut, Help: outWhy, When: p.saving, Do: p.leave},
	}
}

func (p *page) saving() i18n.Phrase {
	if p.save.Busy {
		return stillSaves
	}
	return i18n.Phrase{}
}

// barred says why the family cannot be saved.
func (p *page) barred() i18n.Phrase {
	switch {
	case p.lost != nil:
		return p.lostWhy()
	case !p.known:
		return stillReads
	}
	return p.saving()
}

func (p *page) numberless() i18n.Phrase {
	at := p.here()
	switch {
	case at.slot == slotHome:
		return whichOne
	case len(p.guardians[at.who].phones) >= mostPhones:
		return fiveAtMost.With(mostPhones)
	}
	return i18n.Phrase{}
}

// moreNumbers goes to a number that is still empty, or adds one.
func (p *page) moreNumbers() tea.Cmd {
	who := p.here().who
	g := p.guardians[who]
	if last := len(g.phones) - 1; g.phones[last].Value() == "" {
		p.visit(place{slotPhone, who, last})
		return nil
	}
	g.addPhone("")
	p.visit(place{slotPhone, who, len(g.phones) - 1})
	return nil
}

func (p *page) leave() tea.Cmd {
	p.claim.Leave()
	said := i18n.Phrase{}
	if p.edited {
		said = leftDraft
	}
	return p.env.Send(kit.Back{Page: p, Said: said})
}

// input takes a key that is no action, a paste, or a click. Before the family
// is there nothing can be changed: there is nothing to change.
func (p *page) input(msg tea.Msg) tea.Cmd {
	switch {
	case p.clash != nil:
		p.clash.Take(msg)
		return nil
	case p.claim.Else:
		return p.env.Note(elseWrites)
	}
	if m, ok := msg.(tea.MouseClickMsg); ok {
		p.click(m)
		return nil
	}
	at := p.here()
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "down":
			p.step(1)
			return nil
		case "up":
			p.step(-1)
			return nil
		}
	}
	if !p.known && p.facts.Value.draft == nil {
		return nil
	}
	if at.slot == slotLives {
		p.edited = p.guardians[at.who].lives.Take(msg) || p.edited
		return nil
	}
	f := p.field(at)
	was := f.Value()
	if f.Take(msg) {
		p.edited = true
		delete(p.faults, at)
	}
	if m, ok := msg.(tea.PasteMsg); ok {
		return kit.Rest(p.env, m, was, f.Value())
	}
	return nil
}

func (p *page) click(m tea.MouseClickMsg) {
	d := p.draw()
	m.Y += d.scroll(p.h)
	for _, s := range d.spots {
		if !s.Has(m.X, m.Y) {
			continue
		}
		p.visit(s.place)
		if f := p.field(s.place); f != nil {
			f.Click(m, s.W, s.X, s.Y)
		} else {
			p.guardians[s.who].lives.Flip(0)
			p.edited = true
		}
		return
	}
}

// lostWhy says why the family cannot be changed, and whom to ask.
func (p *page) lostWhy() i18n.Phrase {
	if errors.Is(p.lost, data.ErrNotFound) {
		return noFamily
	}
	card := p.facts.Value.card
	if card.Teacher != "" && card.TeacherID != p.env.Me.ID {
		return noRight.With(card.Teacher)
	}
	return noRight.With(anAdmin)
}
