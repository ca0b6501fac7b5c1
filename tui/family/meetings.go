package family

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	headMeetings = i18n.T("5 Meetings", "5 家长会")
	cameWho      = i18n.T("%s (%s)", "%s (%s)")
	lateBy       = i18n.T("%s, %d min late", "%s, 迟到 %d 分")
)

// mostMeetings is how many meetings the card tells of, the newest first.
const mostMeetings = 4

// askMeetings reads the meetings to which the family was asked, for who reads the
// card.
func (p *page) askMeetings() tea.Cmd {
	if p.card.Value.Sight < data.Whole || p.deps.Meetings == nil {
		return nil
	}
	id := p.student
	return p.meetings.Ask(p.env.Ctx, func(ctx context.Context) ([]data.FamilyMeeting, error) { return p.deps.Meetings(ctx, id) })
}

// tookMeetings puts them under the rest. That they could not be read takes nothing
// from the card.
func (p *page) tookMeetings() tea.Cmd {
	if p.card.Value.Sight == data.Whole {
		p.fill()
		p.draw()
	}
	return nil
}

// heardOfMeetings reads them again when one of them changed.
func (p *page) heardOfMeetings(m kit.Changed) tea.Cmd {
	if m.Touches("meetings", 0) {
		return p.askMeetings()
	}
	for _, f := range p.meetings.Value {
		if m.Touches("meeting", f.Meeting.ID) {
			return p.askMeetings()
		}
	}
	return nil
}

func (p *page) addMeetings(head func(s, note string), add func(kind, id int64, r row)) {
	all := p.meetings.Value
	if len(all) == 0 {
		return
	}
	head(p.env.Say(headMeetings), "")
	for i := range all[:min(len(all), mostMeetings)] {
		add(aMeeting, all[i].Invitee.ID, row{meeting: &all[i]})
	}
}

// meetingLine is a meeting, and under one another whether the family came.
func (p *page) meetingLine(f *data.FamilyMeeting, w int) string {
	env, ends := p.env, 18
	for i := range p.meetings.Value[:min(len(p.meetings.Value), mostMeetings)] {
		said, _ := p.attended(&p.meetings.Value[i])
		ends = max(ends, kit.Width(said))
	}
	said, role := p.attended(f)
	left := kit.Fit(env.Lang.Day(data.DayOf(f.Meeting.Starts), env.Now.Today()), 12) + kit.Fit(env.Lang.Clock(f.Meeting.Starts), 7)
	ends = min(ends, max(w-kit.Width(left)-13, 18)) // the title keeps some
	return left + kit.Fit(f.Meeting.Title, max(w-kit.Width(left)-ends-1, 0)) + " " + env.Look.Paint(role, kit.Cut(said, ends))
}

// attended is whether the family came, or says that it will.
func (p *page) attended(f *data.FamilyMeeting) (said string, role theme.Role) {
	env, i := p.env, f.Invitee
	role = theme.Plain
	switch {
	case f.Meeting.State == data.MeetingCancelled:
		said, role = env.Lang.MeetingState(f.Meeting.State), theme.Muted
	case i.Attendance != data.Unmarked && i.Attendance != "":
		said = p.came(i)
		if i.Attendance == data.Absent {
			role = theme.Warn
		}
	case !f.Meeting.State.Over():
		said = env.Lang.Reply(i.Reply)
	}
	return kit.Show(said), role
}

// came is whether the family came, and who of it.
func (p *page) came(i data.Invitee) string {
	env := p.env
	said := env.Lang.Attendance(i.Attendance)
	who := i.CameText
	for _, g := range p.card.Value.Guardians {
		if g.Person == i.CamePerson && i.CamePerson != 0 {
			who = env.Lang.Guardian(g)
		}
	}
	if !i.Attendance.Came() {
		who = i.ReplyWhy
	}
	if who != "" {
		said = env.Say(cameWho, said, who)
	}
	if i.LateMin > 0 {
		said = env.Say(lateBy, said, i.LateMin)
	}
	return said
}
