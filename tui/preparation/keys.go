package preparation

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	aPrint     = i18n.T("print", "打印")
	printWhy   = i18n.T("The sign-in sheet with the agenda, as a sheet or as text; the date for a calendar", "签到表和议程 (表格或文字), 日历文件")
	aMeeting   = i18n.T("meeting", "改会议")
	meetingWhy = i18n.T("Theme, time, place, chair and secretary", "主题、时间、地点、主持和秘书")
)

// Actions are the keys of the tab in front, and those of all tabs.
func (p *page) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	m := p.view.Value.Meeting
	var out []kit.Action
	switch {
	case p.known && m.State == data.MeetingInSession:
		out = append(out, kit.Action{Key: "i", Label: aEnter, Do: p.inRoom})
	case p.known && m.State.Over():
		out = append(out, kit.Action{Key: "i", Label: aRecord, Do: func() tea.Cmd {
			return p.env.Send(kit.Open{Screen: "minutes", ID: p.id, Replace: true})
		}})
	}
	out = append(out, p.tabKeys()...)
	if p.at != onNotice {
		out = append(out, p.sendKey())
	}
	out = append(out,
		kit.Action{Key: "r", Label: aRemind, Help: remindWhy, Never: !p.runs(), When: p.nobodyToRemind, Do: p.remind},
		kit.Action{Key: "p", Label: aPrint, Help: printWhy, Do: p.print},
		p.undoing())
	all := p.order()
	return append(out, p.tabs().Actions(func(i int) tea.Cmd { return p.show(all[i]) })...)
}

// tabKeys are the keys of the tab in front. Where the meeting goes on or is over
// i leads there.
func (p *page) tabKeys() (out []kit.Action) {
	switch p.at {
	case onTopics:
		out = p.topicKeys()
	case onAgenda:
		out = p.agendaKeys()
	case onPeople:
		out = p.peopleKeys()
	case onNotice:
		out = p.noticeKeys()
	case onChecks:
		out = p.checkKeys()
	}
	if p.at == onTopics || p.at == onChecks || p.at == onPeople {
		out = append(out, kit.Action{Key: "e", Label: aMeeting, Help: meetingWhy, Rare: p.at == onPeople, Never: !p.runs(), When: p.notPreparing, Do: p.editMeeting})
	}
	if s := p.view.Value.State; p.known && (s == data.MeetingInSession || s.Over()) {
		kept := out[:0]
		for _, a := range out {
			if a.Key != "i" {
				kept = append(kept, a)
			}
		}
		out = kept
	}
	return out
}

const enter = "enter"

// open is what enter and a click on the chosen row do.
func (p *page) open() tea.Cmd {
	for _, a := range p.Actions() {
		if a.On(enter) && !a.Never {
			if why := a.Off(); why != (i18n.Phrase{}) {
				return p.env.Note(why)
			}
			return a.Do()
		}
	}
	return nil
}

// print asks which paper goes into the tray.
func (p *page) print() tea.Cmd {
	return kit.AskPaper(p.env, func(of kit.Paper) tea.Cmd { return p.papers.Print(p.env, p.deps.Print, of) },
		kit.Paper{Of: data.SignInSheet, Format: data.AsXLSX, Meeting: p.id}, kit.Paper{Of: data.SignInSheet, Format: data.AsText, Meeting: p.id},
		kit.Paper{Of: data.MeetingDates, Format: data.AsICS, Meeting: p.id})
}

func (p *page) editMeeting() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "meetingedit", ID: p.id})
}

func (p *page) inRoom() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "room", ID: p.id, Replace: true})
}

// enterRoom opens the room, and goes there.
func (p *page) enterRoom() tea.Cmd {
	return p.do(func() (deed, bool) {
		return deed{said: didOpen, then: p.inRoom, do: func(ctx context.Context) (data.AgendaItem, error) {
			return data.AgendaItem{}, p.deps.OpenRoom(ctx, p.id)
		}}, true
	})
}

// emptyWords says why the tab's list is empty, and which key changes it.
func (p *page) emptyWords() i18n.Phrase {
	switch p.at {
	case onTopics:
		return noTopics
	case onAgenda:
		return noItems
	}
	if len(p.view.Value.Invitees) > 0 {
		return noneHere.With(filters[p.filter].name)
	}
	return noFamily
}
