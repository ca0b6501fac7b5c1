package today

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	meetings     = i18n.T("meetings today", "今天的会")
	headMeetings = i18n.T("2 Meetings today (%d)", "2 今天的会 (%d)")
	noneToday    = i18n.T("No meeting of yours today", "今天没有你的会")
	kindMeeting  = i18n.T("meeting", "会议")
	inRoom       = i18n.T("now", "正在开")
	enters       = i18n.T("enter", "enter 进")
	fromTo       = i18n.T("%s-%s", "%s-%s")
	isAsked      = i18n.T("%d asked, %d replied", "应到%d 已回执%d")
	classMeets   = i18n.T("%s %s", "%s%s")
	isHere       = i18n.T("here %d/%d", "到 %d/%d")
	lacksN       = i18n.T("lacks %d", "还缺 %d 项")
	isReady      = i18n.T("all set", "都齐了")
	ledBy        = i18n.T("led by %s, noted by %s", "主持 %s, 记录 %s")
)

// mostMeetings bounds what is listed of one day.
const mostMeetings = 20

// askMeetings reads what meets today, and what is still in session, of the
// person's own.
func (p *page) askMeetings() tea.Cmd {
	read, q := p.deps.Meetings, data.MeetingQuery{Tab: data.ComingMeetings, Until: p.env.Now.Today(), Mine: true, Limit: mostMeetings}
	return p.meets.Ask(p.env.Ctx, func(ctx context.Context) (data.MeetingList, error) { return read(ctx, q) })
}

// meet reports whether a commit may change which meetings stand here, and how they
// are.
func (p *page) meet(m kit.Changed) bool {
	for _, l := range p.meets.Value.Lines {
		if m.Touches("meeting", l.ID) {
			return true
		}
	}
	return m.Touches("meetings", 0)
}

// left reports whether a commit may change what is left to do after a meeting.
func (p *page) left(m kit.Changed) bool {
	for _, l := range p.today.After {
		if m.Touches("meeting", l.Meeting.ID) {
			return true
		}
	}
	return m.Touches("meetings", 0)
}

// rooms are the meetings that people sit in now: they come before all there is to
// do.
func (p *page) rooms() (out []row) {
	if p.today.scope != mine {
		return nil
	}
	for i := range p.meets.Value.Lines {
		if l := &p.meets.Value.Lines[i]; l.State == data.MeetingInSession {
			out = append(out, row{id: idOf(aMeeting, l.ID), meeting: l})
		}
	}
	return out
}

// meetings lists what else meets today, and what was held and is not closed;
// without any there is no such section.
func (p *page) meetings() {
	var out []row
	for i := range p.meets.Value.Lines {
		l := &p.meets.Value.Lines[i]
		if l.State != data.MeetingInSession && data.DayOf(l.Starts) == p.env.Now.Today() {
			out = append(out, row{id: idOf(aMeeting, l.ID), meeting: l})
		}
	}
	meets, note := len(out), ""
	for i := range p.today.After {
		l := &p.today.After[i]
		out = append(out, row{id: idOf(aLeft, l.Meeting.ID), left: l})
		note = p.env.Say(headLeft, len(p.today.After))
	}
	if len(out) > 0 {
		p.heading(1, p.env.Say(headMeetings, meets), note)
		p.rows = append(p.rows, out...)
	}
}

func (p *page) noMeeting() i18n.Phrase {
	if p.heads[1] < 0 {
		return noneToday
	}
	return i18n.Phrase{}
}

// offerRoom chooses the room that the person sits in, as long as nobody has moved
// the choice: after a cut line enter leads back there.
func (p *page) offerRoom() tea.Cmd {
	if p.offered || p.meets.Busy {
		return nil
	}
	p.offered = true
	if r := p.rooms(); len(r) > 0 && p.list.At <= p.heads[0]+1+len(r) && p.list.Choose(r[0].id) {
		return p.look()
	}
	return nil
}

// meetingLine is one meeting: one in session as all that is to be done, another
// with its hours, its place and what it still lacks.
func (p *page) meetingLine(l *data.MeetingLine, w int) string {
	env := p.env
	name := env.Lang.MeetingKind(l.Kind)
	if l.State == data.MeetingInSession {
		line := env.Look.Live(kit.Fit("*", 2)+kit.Fit(env.Say(inRoom), p.cols.near)) + kit.Fit(env.Say(kindMeeting), p.cols.kind) +
			kit.Fit(name, p.cols.name) + " " + kit.Fit(env.Lang.Class(l.ClassName), p.cols.class) + " "
		return line + p.tail(l.Title+"  "+env.Say(isHere, l.Came, l.Invited), env.Say(enters), w-kit.Width(line))
	}
	state := env.Say(isReady)
	if n := len(l.Lacks); n > 0 {
		state = env.Say(lacksN, n)
	}
	left := "  " + kit.Fit(env.Say(fromTo, env.Lang.Clock(l.Starts), env.Lang.Clock(l.Ends)), 13) +
		kit.Cut(env.Say(classMeets, env.Lang.Class(l.ClassName), name), 30) + "  " + kit.Cut(l.Place, 20) + "  " + env.Say(isAsked, l.Invited, l.Replied)
	if p.right.X > 0 {
		return kit.Clip(left, w)
	}
	return kit.Ends(left, "  "+state+" ", w)
}

// aboutMeeting is what the detail says of a meeting.
func (p *page) aboutMeeting(l *data.MeetingLine) string {
	env := p.env
	text := l.Title + "\n" + env.Lang.Day(data.DayOf(l.Starts), env.Now.Today()) + " " + env.Say(fromTo, env.Lang.Clock(l.Starts), env.Lang.Clock(l.Ends)) + "  " + l.Place +
		"\n" + env.Say(ledBy, env.Lang.Name(l.ChairName, ""), env.Lang.Name(l.SecretaryName, ""))
	for _, m := range l.Lacks {
		text += "\n! " + env.Lang.Missing(m)
	}
	return text
}
