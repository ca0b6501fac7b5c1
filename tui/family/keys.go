package family

import (
	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Actions are the keys of the card, or of what row 22 asks for.
func (p *page) Actions() []kit.Action {
	if p.asks != nothingAsked {
		as := []kit.Action{{Key: "enter ctrl+s f2", Label: save, Do: p.submit}, {Key: "esc", Label: leave, Do: p.stopAsking}}
		if p.asks == newPromise {
			as = append(as, kit.Action{Key: "tab shift+tab", Label: next, Do: p.nextField})
		}
		return as
	}
	c := &p.card.Value
	known := p.noCard() == (i18n.Phrase{})
	phones := known && c.Sight == data.Exists                                                          // no more of the family than that
	owes := !known || p.env.Me.May(p.env.Now(), data.RecContact, data.Create, c.Student.Place(), true) // who may promise something
	as := []kit.Action{
		{Key: "enter", Label: open, When: p.none, Do: p.open},
		{Key: "c", Label: record, Help: recordWhy, When: p.noRecord, Do: p.record},
		{Key: "y", Label: copyIt, When: p.noNumber, Do: p.copy},
		{Key: "h", Label: past, Never: phones, When: p.gone, Do: p.history},
		{Key: "n", Label: promise, Help: promiseWhy, Never: !owes, When: p.noWriting, Do: func() tea.Cmd { return p.startAsking(newPromise) }},
		{Key: "x", Label: finish, Help: finishWhy, Never: !owes, When: p.noPromise, Do: p.finish},
		{Key: "z", Label: later, Help: laterWhy, Never: !owes, When: p.noPromise, Rare: true, Do: func() tea.Cmd { return p.startAsking(anotherDay) }},
		{Key: "e", Label: edit, Help: editWhy, Rare: known && !c.MayEditPhones && !c.MayEditCare, When: p.noEditing, Do: p.edit},
		{Key: "v", Label: showCare, Help: showCareWhy, When: p.noCare, Rare: c.Care < data.CareUrgent, Do: p.flipCare},
		{Key: "[", As: "[ ]", Label: others, Do: func() tea.Cmd { return p.neighbour(-1) }},
		{Key: "]", Label: others, Rare: true, Do: func() tea.Cmd { return p.neighbour(1) }},
		{Key: "u", Label: undo, When: p.noUndo, Rare: true, Do: p.undo},
	}
	if s := p.card.Value.Student; s.ID != 0 && p.env.Me.MayAskLooked(p.env.Now(), s.Place()) == nil {
		as = append(as, kit.Action{Key: "w", Label: looked, Help: lookedWhy, Rare: true, Do: func() tea.Cmd {
			return p.env.Send(kit.Open{Screen: "audit", ID: s.ID, Text: s.Name})
		}})
	}
	if p.card.Value.MayRelease {
		as = append(as, kit.Action{Label: release, Help: releaseWhy, Rare: true, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "release", ID: p.student}) }})
	}
	as = append(as, kit.Action{Key: "tab", Label: section, Rare: true, Do: func() tea.Cmd { p.step(1); return nil }},
		kit.Action{Key: "shift+tab", Label: section, Rare: true, Do: func() tea.Cmd { p.step(-1); return nil }})
	for i := range sections {
		as = append(as, kit.Action{Key: string(rune('1' + i)), As: "1-5", Label: section, Rare: true, Do: func() tea.Cmd { p.jump(i); return nil }})
	}
	return as
}

func (p *page) row() (row, bool) {
	if p.list.ID() == 0 || p.list.At >= len(p.rows) {
		return row{}, false
	}
	return p.rows[p.list.At], true
}

func (p *page) none() i18n.Phrase {
	if _, ok := p.row(); !ok {
		return nothing
	}
	return i18n.Phrase{}
}

// gone says why the card cannot be shown, if it cannot.
func (p *page) gone() i18n.Phrase { return i18n.Reason(p.card.Err) }

// noCard holds everything back until it is known whose card this is.
func (p *page) noCard() i18n.Phrase {
	switch {
	case p.card.Value.Student.ID == p.student:
		return i18n.Phrase{}
	case p.card.Err != nil:
		return p.gone()
	}
	return reading
}

func (p *page) teacher() i18n.Phrase { return i18n.Typed(p.env.Lang.Name(p.card.Value.Teacher, "")) }

// noRecord holds c back where the card says that its reader does not write. A
// fast hand presses c before the card is there: the form asks for itself whose
// record it is, by the same student.
func (p *page) noRecord() i18n.Phrase {
	if p.noCard() != (i18n.Phrase{}) && p.card.Err == nil {
		return i18n.Phrase{}
	}
	return p.noWriting()
}

func (p *page) noWriting() i18n.Phrase {
	if off := p.noCard(); off != (i18n.Phrase{}) || p.card.Value.MayWrite {
		return off
	}
	return mayNot.With(p.teacher())
}

func (p *page) noEditing() i18n.Phrase {
	may := p.card.Value.MayEditPhones
	if r, ok := p.row(); ok && r.care != "" {
		may = p.card.Value.MayEditCare
	}
	if off := p.noCard(); off != (i18n.Phrase{}) || may {
		return off
	}
	return mayNotEdit.With(p.teacher())
}

func (p *page) noNumber() i18n.Phrase {
	if _, ok := p.number(); !ok {
		return noNumber
	}
	return i18n.Phrase{}
}

func (p *page) noPromise() i18n.Phrase {
	if r, ok := p.row(); !ok || r.promise == nil || r.promise.State != data.PromiseOpen {
		return notPromise
	}
	return i18n.Phrase{}
}

func (p *page) noUndo() i18n.Phrase {
	if p.back == nil || p.env.Now().After(p.until) {
		return noUndo
	}
	return i18n.Phrase{}
}

// number is the chosen row's number, else the first that may be called.
func (p *page) number() (kit.Line, bool) {
	if r, ok := p.row(); ok && r.number != nil {
		return *r.number, r.number.Callable()
	}
	for _, l := range kit.Lines(p.card.Value.Guardians) {
		if l.Callable() {
			return l, true
		}
	}
	return kit.Line{}, false
}
