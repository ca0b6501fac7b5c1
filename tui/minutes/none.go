package minutes

import (
	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	noText      = i18n.T("There are no minutes yet", "还没有纪要")
	madeAtEnd   = i18n.T("They are composed of what happened when the room is closed.", "散会时按签到、记录和决议自动生成。")
	goRoom      = i18n.T("o opens the room", "o 去现场")
	goPrepare   = i18n.T("o opens the preparation", "o 去准备")
	heldNone    = i18n.T("The meeting is over: i composes them", "会开完了: i 生成纪要")
	wasCancel   = i18n.T("The meeting was cancelled, so there are none.", "会议取消了, 没有纪要。")
	noSight     = i18n.T("You cannot read these minutes", "你看不到这份纪要")
	thereIs     = i18n.T("There is", "有")
	thereIsText = i18n.T("%s, %s: %s", "%s %s: %s")
	whoReads    = i18n.T("Read by", "能看")
	whoReadIt   = i18n.T("the class's teachers, its grade head, the moral office and the principal", "这个班的老师、年级组长、德育处和校长")
	youAre      = i18n.T("You are", "你是")
	askThem     = i18n.T("Ask", "可找")
	askTeacher  = i18n.T("the class teacher, for the form that is given out", "班主任要分发版")
	composeIt   = i18n.T("compose", "生成")
	openIt      = i18n.T("meeting", "看会议")
)

// missing reports whether there are no minutes because none were composed; else
// the reader may not read them.
func (p *page) missing() bool { return p.facts.Value.view.Sight >= data.MeetingWhole }

// none is what stands instead of minutes.
func (p *page) none() (out []string) {
	env, v := p.env, &p.facts.Value.view
	if !p.missing() {
		row := func(label i18n.Phrase, text string) {
			out = append(out, "  "+kit.Fit(env.Say(label), 10)+kit.Cut(text, p.w-13))
		}
		out = append(out, "", env.Look.Restricted(kit.Head(env.Say(noSight), "", p.w)))
		row(thereIs, env.Say(thereIsText, env.Lang.MeetingKind(v.Kind), env.Lang.Class(v.ClassName), env.Lang.Day(data.DayOf(v.Starts), env.Now.Today())))
		row(whoReads, env.Say(whoReadIt))
		row(youAre, env.Lang.Who(env.Me, env.Now()))
		row(askThem, env.Say(askTeacher))
		return out
	}
	do := goPrepare
	switch v.State {
	case data.MeetingInSession:
		do = goRoom
	case data.MeetingHeld, data.MeetingFollowedUp:
		do = heldNone
	}
	out = append(out, "", kit.Head(env.Say(noText), env.Lang.MeetingState(v.State), p.w))
	if v.State == data.MeetingCancelled {
		return append(out, "  "+env.Say(wasCancel))
	}
	return append(out, "  "+env.Say(madeAtEnd), "  "+env.Look.Accent(env.Say(do)))
}

// noneActions are the keys while there are no minutes.
func (p *page) noneActions() []kit.Action {
	v := &p.facts.Value.view
	var as []kit.Action
	if p.missing() && v.State.Over() {
		as = append(as, kit.Action{Key: "i", Label: composeIt, Help: anewWhy, Never: !v.MayRun, Do: p.compose})
	}
	if p.missing() {
		as = append(as, kit.Action{Key: "enter o", As: "o", Label: openIt, Do: func() tea.Cmd {
			if v.State == data.MeetingInSession {
				return p.env.Send(kit.Open{Screen: string(data.FrontRoom), ID: p.meeting})
			}
			return p.toMeeting()
		}})
	}
	return as
}
