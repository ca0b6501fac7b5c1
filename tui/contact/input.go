package contact

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	aSave     = i18n.T("save", "保存")
	aMissed   = i18n.T("no answer", "没接通")
	aResult   = i18n.T("result", "结果")
	aPromise  = i18n.T("promise", "承诺")
	aNext     = i18n.T("next", "下一项")
	aBefore   = i18n.T("previous", "上一项")
	aClock    = i18n.T("clock", "停表")
	aCopy     = i18n.T("copy number", "复制号码")
	aOut      = i18n.T("out", "留草稿走")
	aHere     = i18n.T("write here", "在这里写")
	aBack     = i18n.T("back", "返回")
	aCallNext = i18n.T("call the next", "打下一个")

	saveWhy   = i18n.T("Save from any field; F2 does it too", "在哪一项都能存; F2 也行")
	missedWhy = i18n.T("Nobody answered: saved at once, and the next number is offered", "没人接: 当场存好, 接着给下一个号码")
	resultWhy = i18n.T("Step through how it went", "换一种结果")
	promWhy   = i18n.T("One more promise: who does what by when", "再加一条承诺: 谁, 做什么, 到什么时候")
	clockWhy  = i18n.T("Stop the clock of the call, or let it go on", "停表, 再按接着计")
	outWhy    = i18n.T("Leave; what you wrote stays as a draft", "离开; 写着的留作草稿")

	noNumber   = i18n.T("There is no number to copy", "没有号码可复制")
	stillSaves = i18n.T("Saving, one moment", "正在存, 稍等")
	notNow     = i18n.T("A correction does not change how the call was dialled", "改记录时不用这个键")
	noClock    = i18n.T("Only calls are timed", "只有通话计时")
	textFull   = i18n.T("The text is full: %s characters", "写满了: 最多 %s 字")
	manyEnough = i18n.T("%d promises are the most", "最多 %d 条承诺")
	elseWrites = i18n.T("Another window writes this: enter writes here", "另一个窗口在写这份: enter 在这里写")
	leftDraft  = i18n.T("The draft is kept: it goes on from Today, or from c", "草稿已留: 从今日或再按 c 接着写")
)

// Actions are the form's keys, or those of the conflict, or of the call that
// nobody answered.
func (p *page) Actions() []kit.Action {
	switch {
	case p.clash != nil:
		return p.clash.Actions(p.env, p.saveMerged, func() tea.Cmd { p.clash = nil; return nil })
	case p.offer != nil:
		return []kit.Action{
			{Key: "enter", Label: aCallNext, When: p.noNext, Do: p.callNext},
			{Key: "esc", Label: aBack, Do: p.backSaved},
		}
	case p.claim.Else:
		return []kit.Action{
			{Key: "enter", Label: aHere, Do: p.writeHere},
			{Key: "ctrl+s f2", Label: aSave, Help: saveWhy, When: p.barred, Do: p.submit},
			{Key: "esc", Label: aBack, Do: func() tea.Cmd { return p.env.Send(kit.Back{Page: p}) }},
		}
	}
	return []kit.Action{
		{Key: "ctrl+s f2", Label: aSave, Help: saveWhy, When: p.barred, Do: p.submit},
		{Key: "ctrl+g", Label: aMissed, Help: missedWhy, When: p.missable, Do: p.missed},
		{Key: "ctrl+o", Label: aResult, Help: resultWhy, Do: p.nextResult},
		{Key: "ctrl+n", Label: aPromise, Help: promWhy, Do: p.morePromise},
		{Key: "tab", Label: aNext, Do: func() tea.Cmd { p.step(1); return nil }},
		{Key: "shift+tab", Label: aBefore, Rare: true, Do: func() tea.Cmd { p.step(-1); return nil }},
		{Key: "ctrl+x", Label: aClock, Help: clockWhy, Rare: true, When: p.untimed, Do: p.toggle},
		{Key: "ctrl+y", Label: aCopy, Rare: true, When: p.numberless, Do: func() tea.Cmd { return p.env.Copy(data.National(p.phone())) }},
		{Key: "esc", Label: aOut, Help: outWhy, When: p.saving, Do: p.leave},
	}
}

func (p *page) noNext() i18n.Phrase {
	if p.offer.e164 == "" {
		return nobodyElse
	}
	return i18n.Phrase{}
}

func (p *page) saving() i18n.Phrase {
	if p.save.Busy {
		return stillSaves
	}
	return i18n.Phrase{}
}

// barred says why the record cannot be saved.
func (p *page) barred() i18n.Phrase {
	switch {
	case p.lost != nil:
		return p.lostWhy()
	case p.claim.Else && !p.claim.Gone:
		return elseWrites // what stands there is newer
	}
	return p.saving()
}

func (p *page) missable() i18n.Phrase {
	if p.o.Contact != 0 {
		return notNow
	}
	return p.barred()
}

func (p *page) untimed() i18n.Phrase {
	if !p.timed() {
		return noClock
	}
	return i18n.Phrase{}
}

func (p *page) numberless() i18n.Phrase {
	if p.phone() == "" {
		return noNumber
	}
	return i18n.Phrase{}
}

// leave goes back; what was written stays as a draft, and says so.
func (p *page) leave() tea.Cmd {
	if l := p.list(p.here()); l != nil && l.Open() {
		l.Blur()
		l.Focus()
		return nil
	}
	p.claim.Leave()
	said := i18n.Phrase{}
	if p.worth() {
		said = leftDraft
	}
	return p.env.Send(kit.Back{Page: p, Said: said})
}

// nextResult steps through the outcomes, from any field.
func (p *page) nextResult() tea.Cmd {
	p.edited = true
	p.outcome.Next()
	p.resulted()
	return nil
}

// resulted asks what a new outcome wants to know.
func (p *page) resulted() {
	delete(p.faults, place{slotText, 0})
	switch {
	case !p.callsBack():
		p.callAgain.Blur()
		p.somewhere()
	case p.callAgain.Value() == "" && !p.outcome.Focused():
		p.visit(place{slotAgain, 0})
	}
	p.fit()
}

// callsBack reports whether the form asks when to call again.
func (p *page) callsBack() bool { return p.result() == data.CallBack }

// morePromise goes to a promise that is still empty, or adds one.
func (p *page) morePromise() tea.Cmd {
	at := slices.IndexFunc(p.promises, func(q *promise) bool { return q.text.Value() == "" && q.was.ID == 0 })
	if at < 0 {
		if len(p.promises) == mostPromises {
			return p.env.Note(manyEnough.With(mostPromises))
		}
		p.addPromise(p.env)
		at = len(p.promises) - 1
	}
	p.visit(place{slotPromise, at})
	return nil
}

// input takes a key that is no action, a paste, or the mouse.
func (p *page) input(msg tea.Msg) tea.Cmd {
	if p.clash != nil {
		p.clash.Take(msg)
		return nil
	}
	if p.offer != nil {
		return nil
	}
	if p.claim.Else {
		return p.env.Note(elseWrites)
	}
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		return p.click(m)
	case tea.MouseWheelMsg:
		return nil
	case tea.PasteMsg:
		return p.paste(m)
	case tea.KeyPressMsg:
		return p.key(m)
	}
	return nil
}

func (p *page) key(m tea.KeyPressMsg) tea.Cmd {
	at := p.here()
	if l := p.list(at); l != nil {
		return p.inList(l, at, m)
	}
	if m.String() == "enter" && at.slot != slotText && at.slot != slotQuoted {
		if at.slot == slotTicks {
			return p.flip()
		}
		p.step(1)
		return nil
	}
	switch at.slot {
	case slotText, slotQuoted:
		return p.write(at, m)
	case slotOutcome:
		if p.outcome.Take(m) {
			p.edited = true
			p.resulted()
		}
	case slotTopics:
		p.inTopics(m)
	case slotIncoming:
		p.edited = p.incoming.Take(m) || p.edited
	case slotLevel:
		if p.level.Take(m) {
			p.edited, p.warned = true, false
		}
	case slotTicks:
		if m.String() == "space" {
			return p.flip()
		}
		p.ticks.key(m.String())
	default:
		return p.inField(at, m)
	}
	return nil
}

// write types into one of the texts.
func (p *page) write(at place, msg tea.Msg) tea.Cmd {
	area := &p.text
	if at.slot == slotQuoted {
		area = &p.quoted
	}
	if !area.Take(msg) {
		if key, ok := msg.(tea.KeyPressMsg); ok && area.Room() == 0 && key.Text != "" {
			return p.env.Note(textFull.With(p.env.Lang.Number(area.Len())))
		}
		return nil
	}
	delete(p.faults, at)
	if at.slot == slotText && !p.ownTopics {
		p.topics.On = guess(p.text.Value())
	}
	if at.slot == slotText && p.text.Len() >= 500 || at.slot == slotQuoted {
		p.fit()
	}
	return nil
}

// inTopics ticks topics: with space, or by a letter that begins one.
func (p *page) inTopics(m tea.KeyPressMsg) {
	changed := p.topics.Take(m)
	if !changed && utf8.RuneCountInString(m.Text) == 1 && m.Text != " " {
		for i := range p.topics.N {
			if strings.HasPrefix(p.topics.Word(p.env.Lang, i), m.Text) {
				p.topics.At = i
				p.topics.Flip(i)
				changed = true
				break
			}
		}
	}
	if changed {
		p.ownTopics, p.edited = true, true
	}
}

// inList gives a list a key; enter on a closed one goes on.
func (p *page) inList(l *kit.Select, at place, m tea.KeyPressMsg) tea.Cmd {
	if !l.Open() && m.String() == "enter" {
		p.step(1)
		return nil
	}
	was := p.via()
	if l.Take(m, p.env) {
		p.edited = true
		if at.slot == slotChannel && p.via() != was {
			p.offerOutcomes(p.via())
		}
		p.fit()
	}
	if at.slot == slotChannel {
		return p.beat()
	}
	return nil
}

// inField types into a field of one line. Up and down step a day or a time; what
// the form itself put there gives way to the first character.
func (p *page) inField(at place, msg tea.Msg) tea.Cmd {
	f := p.field(at)
	key, pressed := msg.(tea.KeyPressMsg)
	if pressed {
		if k := key.String(); k == "up" || k == "down" {
			p.nudge(at, k == "up")
			return nil
		}
		if p.fresh && key.Text != "" {
			f.Reset()
		}
	}
	p.fresh = false
	if f.Take(msg) {
		p.edited = p.edited || at.slot != slotPromise
		delete(p.faults, at)
	} else if pressed && key.Text != "" {
		return p.env.Note(textFull.With(p.env.Lang.Number(utf8.RuneCountInString(f.Value()))))
	}
	return nil
}

// nudge steps a day by one, a time by five minutes, a length by one minute.
func (p *page) nudge(at place, up bool) {
	by := -1
	if up {
		by = 1
	}
	f, now := p.field(at), p.env.Now()
	switch at.slot {
	case slotBy:
		if d, err := p.calendar.ParseDue(f.Value(), data.DayOf(now)); err == nil && !d.IsZero() && !d.AddDays(by).Before(data.DayOf(now)) {
			f.SetValue(dayWord(p.env, d.AddDays(by)))
		}
	case slotAgain:
		if t, err := p.parseAgain(f.Value()); err == nil && !t.IsZero() {
			f.SetValue(momentWord(p.env, t.Add(time.Duration(5*by)*time.Minute)))
		}
	case slotAt:
		if t, err := p.when(now); err == nil {
			p.setAt(p.env, t.Truncate(5*time.Minute).Add(time.Duration(5*by)*time.Minute))
		}
	case slotMinutes:
		if n := p.length() + by; n >= 0 {
			f.SetValue(number0(n))
		}
	default:
		return
	}
	p.edited, p.fresh = true, false
	p.checkOne(at)
}
