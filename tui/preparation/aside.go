package preparation

import (
	"fmt"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	hTrial     = i18n.T("Agenda", "议程试排")
	hNotice    = i18n.T("Notice and replies", "通知与回执")
	hChecks    = i18n.T("Checks", "检查")
	checked    = i18n.T("Checks: %s", "检查: %s")
	allWell    = i18n.T("✓ nothing is missing", "✓ 都齐了")
	sentTo     = i18n.T("sent %d  read %d  coming %d  excused %d  no answer %d", "已送 %d  已读 %d  参加 %d  请假 %d  没回 %d")
	morePts    = i18n.T(".. %d more", ".. 还有 %d 项")
	isOn       = i18n.T("* The meeting goes on: i enters the room", "* 会正在开: i 进现场")
	isOver     = i18n.T("The meeting was held: i shows the minutes", "会开过了: i 看纪要")
	movedAfter = i18n.T("! Changed after the families were told: the notice does not say %s. %sn composes it anew, m sends it", "! 通知以后改过: 通知里没有「%s」。%sn 重新排, m 再发")
	keyThen    = i18n.T("%d then ", "%d 再 ")
	isOff      = i18n.T("! Cancelled: %s", "! 已取消: %s")
)

// aside is what stands below the list or beside it: there, all that the other
// tabs hold in short; below, what there is room for.
func (p *page) aside(area kit.Rect) []string {
	v := p.view.Value
	if v.Sight < data.MeetingInvited {
		return nil
	}
	if area.X > 0 {
		out := p.trial(area.W, max(area.H-15, 3))
		switch p.at {
		case onPeople:
			out = p.detail(area.W)
		case onAgenda: // it stands on the left
			out = []string{kit.Head(p.env.Say(hTrial), p.paint(p.sum()), area.W)}
		}
		out = append(out, p.repliesWide(area.W)...)
		return append(out, p.allChecks(area.W)...)
	}
	foot := p.checkLine(area.W)
	switch p.at {
	case onTopics:
		return append(append(p.trial(area.W, area.H-5), p.replies(area.W)...), foot)
	case onChecks:
		return p.replies(area.W)
	case onPeople:
		return append(p.replies(area.W), foot)
	case onAgenda:
		return []string{kit.Head("", p.paint(p.sum()), area.W), foot}
	}
	return []string{kit.Head("", "", area.W), foot}
}

// trial is the agenda in short, n rows of it, with its sum.
func (p *page) trial(w, n int) []string {
	env, m := p.env, p.view.Value.Meeting
	out := []string{kit.Head(env.Say(hTrial), p.paint(p.sum()), w)}
	at := begins(m, p.agenda.items)
	for k, i := range p.agenda.items {
		if k == n-1 && k < len(p.agenda.items)-1 {
			out = append(out, "  "+env.Look.Muted(env.Say(morePts, len(p.agenda.items)-k)))
			break
		}
		out = append(out, "  "+env.Lang.Clock(at[k])+" "+kit.Cut(i.Title, w-16)+" "+fmt.Sprint(i.Minutes))
	}
	if len(p.agenda.items) > 0 {
		out = append(out, "  "+env.Lang.Clock(at[len(at)-1])+" "+env.Say(ends))
	}
	return out
}

// replies is when the notice goes out, and what the families said.
func (p *page) replies(w int) []string {
	env, v := p.env, p.view.Value
	return []string{kit.Head(env.Say(hNotice), p.paint(period(env, v)), w), "  " + kit.Cut(p.sums(), w-2)}
}

// repliesWide is replies where it has rows, and not the columns.
func (p *page) repliesWide(w int) []string {
	out := []string{kit.Head(p.env.Say(hNotice), "", w)}
	due := period(p.env, p.view.Value)
	for _, line := range kit.Wrap(due.Text, w-2) {
		out = append(out, "  "+p.paint(kit.In(due.Role, line)))
	}
	for _, line := range kit.Wrap(p.sums(), w-2) {
		out = append(out, "  "+line)
	}
	return out
}

// detail is the chosen family: whom one calls, and why it does not come.
func (p *page) detail(w int) []string {
	env := p.env
	i, ok := p.family()
	if !ok {
		return nil
	}
	out := []string{kit.Head(kit.Show(homeOf(env, i)), p.paint(reply(env, i)), w)}
	gs := i.Guardians
	if i.Person != 0 {
		gs = []data.Guardian{i.Guardian}
	}
	out = append(out, kit.Numbers(env, gs, w)...)
	if i.ReplyWhy != "" {
		for _, line := range kit.Wrap(env.Say(whyIs, i.ReplyWhy), w-2) {
			out = append(out, " "+line)
		}
	}
	return out
}

// sums is how many families were told, have read, and answered what.
func (p *page) sums() string {
	v := p.view.Value
	t, sent := data.TurnoutOf(v.Invitees), 0
	if !v.Told.IsZero() {
		sent = t.Invited
	}
	return p.env.Say(sentTo, sent, t.Read, t.Coming, t.Replied-t.Coming, t.Invited-t.Replied)
}

func (p *page) paint(c kit.Cell) string { return p.env.Look.Paint(c.Role, c.Text) }

// checkLine is the checks that failed in one row, each with where it is mended.
func (p *page) checkLine(w int) string {
	if !preparing(p.view.Value.Meeting) {
		return ""
	}
	var said []string
	for _, c := range p.checks() {
		if slices.Contains(p.view.Value.Lacks, c.what) {
			said = append(said, p.paint(kit.In(theme.Danger, "! "+p.env.Lang.Missing(c.what)))+" ("+p.keyOf(c)+")")
		}
	}
	if len(said) == 0 {
		said = []string{p.paint(kit.In(theme.OK, p.env.Say(allWell)))}
	}
	return " " + kit.Clip(p.env.Say(checked, strings.Join(said, "  ")), w-1)
}

// keyTo is the key of a tab, for a sentence; nothing where one stands on it.
func (p *page) keyTo(tab int) string {
	if p.at == tab {
		return ""
	}
	return p.env.Say(keyThen, slices.Index(p.order(), tab)+1)
}

// keyOf is the key that leads to where a check is mended.
func (p *page) keyOf(c check) string {
	if c.tab < 0 {
		return "5"
	}
	return fmt.Sprint(slices.Index(p.order(), c.tab) + 1)
}

func (p *page) allChecks(w int) []string {
	if !preparing(p.view.Value.Meeting) {
		return nil
	}
	out := []string{kit.Head(p.env.Say(hChecks), "", w)}
	for _, c := range p.checks() {
		switch {
		case slices.Contains(p.view.Value.Lacks, c.what):
			out = append(out, "  "+p.paint(kit.In(theme.Danger, "! "+p.lacks(c.what)))+"  "+p.env.Say(c.mend))
		case c.what == data.LacksReason && p.view.Value.Told.IsZero():
		default:
			out = append(out, "  "+p.paint(kit.In(theme.OK, "✓"))+" "+kit.Cut(p.env.Say(c.ok), w-4))
		}
	}
	return out
}

// status is row 22 while nothing was said: how the meeting stands, and who else is
// at it.
func (p *page) status() string {
	said, others := p.stands(), kit.OthersLine(p.env, data.Ref{Kind: "meeting", ID: p.id}, p.partWord)
	switch {
	case others != "" && said != "":
		said += "  " + others
	case others != "":
		said = " " + others
	}
	return kit.Clip(said, p.w)
}

// partWord is where somebody else stands, in words: a tab here, the room.
func (p *page) partWord(part string) string {
	if i, ok := partNames[part]; ok {
		return p.env.Say(tabNames[i])
	}
	return p.env.Say(i18n.Screen(part))
}

// stands is how the meeting stands, where there is something to say of it.
func (p *page) stands() string {
	env, m := p.env, p.view.Value.Meeting
	switch {
	case m.State == data.MeetingCancelled:
		return " " + env.Look.Danger(kit.Show(env.Say(isOff, m.CancelWhy)))
	case m.State == data.MeetingInSession:
		return " " + env.Look.Paint(theme.Live, env.Say(isOn))
	case m.State.Over():
		return " " + env.Say(isOver)
	case m.State == data.MeetingNotified && p.runs() && stale(i18n.Chinese, m, m.NoticeZh) != "":
		return " " + env.Look.Warn(kit.Show(env.Say(movedAfter, stale(i18n.Chinese, m, m.NoticeZh), p.keyTo(onNotice))))
	case p.view.Value.FamiliesChanged && p.runs():
		v := p.view.Value
		return " " + env.Look.Warn(env.Say(changedF, len(v.FamiliesNew), len(v.FamiliesGone), p.keyTo(onPeople)))
	case p.at == onPeople && p.filter > 0:
		return " " + env.Say(filtered, env.Say(filters[p.filter].name))
	}
	return ""
}
