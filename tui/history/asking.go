package history

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	askWhy    = i18n.T("ask what it is about", "请写的人说明")
	askIn     = i18n.T("ask to be let in", "申请查看")
	seeOthers = i18n.T("other contacts", "看其它往来")
	choose    = i18n.T("choose", "选择")
	doIt      = i18n.T("do it", "做选中的")
	sendIt    = i18n.T("send", "发出")
	dropIt    = i18n.T("leave it", "不发")
	remove    = i18n.T("take away", "去掉")
	removeWhy = i18n.T("Takes this record away, with a reason; back within 30 days", "去掉这条, 写原因; 30 天内能恢复")
	mayNotRem = i18n.T("Your own within 48 hours, or the principal", "自己写的 48 小时内能去掉, 或由校长")
	nameThem  = i18n.T("who may read", "谁可看")
	nameWhy   = i18n.T("Names colleagues who may read this secret record", "点名哪些同事可看这条保密的")
	notSecret = i18n.T("Only your own secret records name readers", "只有自己写的保密记录能点名")

	askWhyIs    = i18n.T("a reminder to %s: write why you need to know", "给 %s 一条提醒, 写清你为什么要知道")
	askInIs     = i18n.T("to %s, who may name you, and the principal, who may release it; logged", "由 %s 点名或校长放行, 都记入日志")
	seeOthersIs = i18n.T("back to the family's history", "回到时间轴")

	whyField  = i18n.T("Why", "为什么")
	remField  = i18n.T("Why take it away", "为什么去掉")
	wasAsked  = i18n.T("Asked: %s has it among what is to be done", "已发出: 在 %s 的今日里")
	wasLetIn  = i18n.T("Asked: %s and the principal have it among what is to be done", "已申请: 在 %s 和校长的今日里")
	wasTaken  = i18n.T("Taken away; u brings it back within 30 days", "已去掉, 30 天内按 u 恢复")
	wasBack   = i18n.T("Brought back", "已恢复")
	notDone   = i18n.T("! Not done: %s", "! 没做成: %s")
	nothingUp = i18n.T("Nothing was taken away here", "这里没有去掉过")
)

// An asking is what row 22 of the reader asks for: why one wants to know, or why
// the record is taken away.
type asking int

const (
	nothingAsked asking = iota
	askedWhy
	askedIn
	askedRemoval
)

// taken tells the list that a record was taken away.
type taken struct{ id int64 }

// choices are what one can do about a record that one may not read.
func (p *reader) choices() []func() tea.Cmd {
	return []func() tea.Cmd{func() tea.Cmd { return p.ask(askedWhy) }, func() tea.Cmd { return p.ask(askedIn) }, p.env.Back}
}

// refusal reports whether the record is there and not to be read.
func (p *reader) refusal() bool {
	return p.contact.Value.ID != 0 && p.contact.Value.Sight < data.Whole
}

// acts are the keys of a record that is not to be read, or of row 22.
func (p *reader) acts() []kit.Action {
	if p.asks != nothingAsked {
		return []kit.Action{{Key: "enter ctrl+s f2", Label: sendIt, Do: p.send}, {Key: "esc", Label: dropIt, Do: func() tea.Cmd { return p.ask(nothingAsked) }}}
	}
	do := p.choices()
	return []kit.Action{
		{Key: "enter", Label: doIt, Do: func() tea.Cmd { return do[p.at]() }},
		{Key: "1", Label: askWhy, Do: do[0]}, {Key: "2", Label: askIn, Do: do[1]}, {Key: "3", Label: seeOthers, Do: do[2]},
		{Key: "up", As: "up/down", Label: choose, Rare: true, Do: func() tea.Cmd { return p.step(-1) }},
		{Key: "down", Label: choose, Rare: true, Do: func() tea.Cmd { return p.step(1) }},
		{Key: "[", As: "[ ]", Label: otherOne, Rare: true, Do: func() tea.Cmd { return p.neighbour(-1) }},
		{Key: "]", Label: otherOne, Rare: true, Do: func() tea.Cmd { return p.neighbour(1) }},
	}
}

func (p *reader) step(by int) tea.Cmd {
	p.at = max(0, min(p.at+by, len(p.choices())-1))
	p.Layout(p.w, p.h)
	return nil
}

// ask turns row 22 into a field, or back.
func (p *reader) ask(what asking) tea.Cmd {
	p.asks, p.fault = what, i18n.Phrase{}
	if what == nothingAsked {
		p.why.Blur()
		return nil
	}
	p.why.Focus()
	return nil
}

// send asks, or takes the record away.
func (p *reader) send() tea.Cmd {
	why, err := data.Reasoned(p.why.Value())
	if err != nil {
		p.fault = i18n.Typed(p.env.Lang.Error(err))
		return nil
	}
	id, what, deps := p.id, p.asks, p.deps
	return p.sent.Start(p.env.Ctx, func(ctx context.Context) (asking, error) {
		switch what {
		case askedRemoval:
			return what, deps.Remove(ctx, id, why)
		case askedIn:
			return what, deps.Ask(ctx, id, data.AskedAccess, why)
		}
		return what, deps.Ask(ctx, id, data.AskedWhy, why)
	})
}

func (p *reader) tookSent() tea.Cmd {
	if p.sent.Err != nil {
		return p.env.Note(notDone.With(i18n.Typed(p.env.Lang.Error(p.sent.Err))))
	}
	who := i18n.Typed(p.env.Lang.Name(p.contact.Value.StaffName, ""))
	p.why.Reset()
	p.ask(nothingAsked)
	switch p.sent.Value {
	case askedRemoval:
		return p.env.Send(kit.Back{Page: p, Said: wasTaken, Gives: taken{p.id}})
	case askedIn:
		return p.env.Note(wasLetIn.With(who))
	}
	return p.env.Note(wasAsked.With(who))
}

// asked draws row 22 while it asks.
func (p *reader) asked() (string, *tea.Cursor) {
	label := whyField
	if p.asks == askedRemoval {
		label = remField
	}
	text := " " + p.env.Say(label) + " "
	fault := p.env.Say(p.fault)
	box, cursor := p.why.Box(p.env, max(p.w-kit.Width(text)-kit.Width(fault)-3, 10), kit.Width(text), p.h)
	return text + box + " " + fault, cursor
}

func (p *reader) noRemoval() i18n.Phrase {
	if !p.contact.Value.MayRemove {
		return mayNotRem
	}
	return i18n.Phrase{}
}

func (p *reader) noNaming() i18n.Phrase {
	if c := p.contact.Value; c.Level < data.Secret || c.Staff != p.env.Me.ID {
		return notSecret
	}
	return i18n.Phrase{}
}

func (p *reader) naming() tea.Cmd {
	return p.env.Send(kit.Push{Page: newNaming(p.env, p.deps, p.id)})
}
