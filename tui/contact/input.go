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
	aMissed   = i18n.T("no answer", "没接通")
	aResult   = i18n.T("result", "结果")
	aPromise  = i18n.T("promise", "承诺")
	aClock    = i18n.T("clock", "停表")
	aCopy     = i18n.T("copy number", "复制号码")
	aBack     = i18n.T("back", "返回")
	aCallNext = i18n.T("call the next", "打下一个")

	missedWhy = i18n.T("Nobody answered: saved at once, and the next number is offered", "没人接: 当场存好, 接着给下一个号码")
	resultWhy = i18n.T("Step through how it went", "换一种结果")
	promWhy   = i18n.T("One more promise: who does what by when", "再加一条承诺: 谁, 做什么, 到什么时候")
	clockWhy  = i18n.T("Stop the clock of the call, or let it go on", "停表, 再按接着计")

	noNumber   = i18n.T("There is no number to copy", "没有号码可复制")
	notNow     = i18n.T("A correction does not change how the call was dialled", "改记录时不用这个键")
	noClock    = i18n.T("Only calls are timed", "只有通话计时")
	manyEnough = i18n.T("%d promises are the most", "最多 %d 条承诺")
	leftDraft  = i18n.T("The draft is kept: it goes on from Today, or from c", "草稿已留: 从今日或再按 c 接着写")
)

// Actions are the form's keys, or those of the call that nobody answered.
func (p *page) Actions() []kit.Action {
	if p.offer != nil && p.Clash == nil {
		return []kit.Action{
			{Key: "enter", Label: aCallNext, When: p.noNext, Do: p.callNext},
			{Key: "esc", Label: aBack, Do: p.backSaved},
		}
	}
	return p.Keys(
		kit.Action{Key: "ctrl+g", Label: aMissed, Help: missedWhy, When: p.missable, Do: p.missed},
		kit.Action{Key: "ctrl+o", Label: aResult, Help: resultWhy, Do: p.nextResult},
		kit.Action{Key: "ctrl+n", Label: aPromise, Help: promWhy, Do: p.morePromise},
		kit.Action{Key: "ctrl+x", Label: aClock, Help: clockWhy, Rare: true, When: p.untimed, Do: p.toggle},
		kit.Action{Key: "ctrl+y", Label: aCopy, Rare: true, When: p.numberless, Do: func() tea.Cmd { return p.env.Copy(data.National(p.phone())) }},
	)
}

func (p *page) noNext() i18n.Phrase {
	if p.offer.e164 == "" {
		return nobodyElse
	}
	return i18n.Phrase{}
}

func (p *page) missable() i18n.Phrase {
	if p.o.Contact != 0 {
		return notNow
	}
	return p.Barred()
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

// nextResult steps through the outcomes, from any field.
func (p *page) nextResult() tea.Cmd {
	p.Edited = true
	p.outcome.Next()
	p.resulted()
	return nil
}

// resulted asks what a new outcome wants to know.
func (p *page) resulted() {
	delete(p.Faults, kit.Place{Field: slotText})
	switch {
	case !p.callsBack():
		p.callAgain.Blur()
		p.somewhere()
	case p.callAgain.Value() == "" && !p.outcome.Focused():
		p.Visit(kit.Place{Field: slotAgain})
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
	p.Visit(kit.Place{Field: slotPromise, Of: at})
	return nil
}

// input takes what the person does, unless a call is offered.
func (p *page) input(msg tea.Msg) tea.Cmd {
	if p.offer != nil && p.Clash == nil {
		return nil
	}
	return p.Input(msg, p.given)
}

// given takes a key that is no action, a paste, or the mouse.
func (p *page) given(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		return p.click(m)
	case tea.PasteMsg:
		return p.paste(m)
	case tea.KeyPressMsg:
		return p.key(m)
	}
	return nil
}

func (p *page) key(m tea.KeyPressMsg) tea.Cmd {
	at := p.Here()
	switch at.Field {
	case slotText, slotQuoted:
		return p.write(m)
	case slotTopics:
		if p.byLetter(m) {
			return p.chosen(at)
		}
	case slotTicks:
		if k := m.String(); k == "space" || k == "enter" {
			return p.flip()
		}
		p.ticks.key(m.String())
		return nil
	case slotAgain, slotPromise, slotBy, slotAt, slotMinutes, slotPrivate:
		if m.String() != "enter" {
			return p.inField(at, m)
		}
	}
	switch changed, say := p.Form.Take(m); {
	case changed:
		return p.chosen(at)
	default:
		return say
	}
}

// write types into the text with the cursor.
func (p *page) write(msg tea.Msg) tea.Cmd {
	at := p.Here()
	changed, say := p.Form.Take(msg)
	if !changed {
		return say
	}
	if at.Field == slotText && !p.ownTopics {
		p.topics.On = guess(p.text.Value())
	}
	if at.Field == slotText && p.text.Len() >= 500 || at.Field == slotQuoted {
		p.fit()
	}
	return say
}

// byLetter ticks a topic by the character that begins it.
func (p *page) byLetter(m tea.KeyPressMsg) bool {
	if utf8.RuneCountInString(m.Text) != 1 || m.Text == " " {
		return false
	}
	for i := range p.topics.N {
		if strings.HasPrefix(p.topics.Word(p.env.Lang, i), m.Text) {
			p.topics.At = i
			p.topics.Flip(i)
			return true
		}
	}
	return false
}

// inField types into a field of one line. Up and down step a day or a time; what
// the form itself put there gives way to the first character.
func (p *page) inField(at kit.Place, msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	if k := key.String(); pressed && (k == "up" || k == "down") {
		p.nudge(at, k == "up")
		return nil
	}
	if p.fresh && (!pressed || key.Text != "") {
		p.Line(at).Reset()
	}
	p.fresh = false
	changed, say := p.Form.Take(msg)
	p.Edited = p.Edited || changed && at.Field != slotPromise
	return say
}

// nudge steps a day by one, a time by five minutes, a length by one minute.
func (p *page) nudge(at kit.Place, up bool) {
	by := -1
	if up {
		by = 1
	}
	f, now := p.Line(at), p.env.Now()
	switch at.Field {
	case slotBy:
		if d, err := p.calendar.ParseDue(f.Value(), data.DayOf(now)); err == nil && !d.IsZero() && !d.AddDays(by).Before(data.DayOf(now)) {
			f.SetValue(kit.DayWord(p.env, d.AddDays(by)))
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
	p.Edited, p.fresh = true, false
	p.checkOne(at)
}
