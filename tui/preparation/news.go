package preparation

import (
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	newsOrder  = i18n.T("%s %s moved the agenda's points: %s", "%s %s 调了议程: %s")
	newsPoint  = i18n.T("%s %s changed the agenda: %s", "%s %s 改了议程: %s")
	newsTopic  = i18n.T("%s proposed a topic: %s", "%s 提了议题: %s")
	newsMoved  = i18n.T("! %s %s moved the meeting: %s %s, %s", "! %s %s 改了会议: %s %s, %s")
	newsOff    = i18n.T("! %s %s cancelled the meeting: %s", "! %s %s 取消了会议: %s")
	newsTold   = i18n.T("%s %s told the families", "%s %s 已通知家长")
	newsBack   = i18n.T("%s %s took the notice back", "%s %s 收回了通知")
	newsNotice = i18n.T("%s %s changed the meeting", "%s %s 改了会议")
)

// news says what somebody else has changed since the last answer, and marks the
// rows.
func (p *page) news(v data.MeetingView) tea.Cmd {
	if !p.known {
		p.was = v
		return nil
	}
	was := p.was
	p.was = v
	lit, replied := p.newsOfAgenda(was, v), p.newsOfReplies(was, v)
	p.newsOfTopics(was, v)
	p.newsOfMeeting(was, v)
	var faded tea.Cmd
	if len(lit) > 0 {
		faded = p.rows[onAgenda].list.Flash(p.env, lit...)
	}
	if len(replied) > 0 {
		faded = tea.Batch(faded, p.rows[onPeople].list.Flash(p.env, replied...))
	}
	return faded
}

// newsOfReplies is the families whose reply somebody else has noted.
func (p *page) newsOfReplies(was, now data.MeetingView) (lit []int64) {
	had := map[int64]data.Reply{}
	for _, i := range was.Invitees {
		had[i.ID] = i.Reply
	}
	for _, i := range now.Invitees {
		if r, ok := had[i.ID]; ok && r != i.Reply && !p.held[i.ID] {
			lit = append(lit, i.ID)
		}
	}
	return lit
}

// by is who did something, and when, for a sentence.
func (p *page) by(name string, at time.Time) (who, when i18n.Phrase) {
	return i18n.Typed(kit.Show(p.env.Lang.Name(name, ""))), i18n.Typed(p.env.Lang.Moment(at, p.env.Now()))
}

func (p *page) newsOfAgenda(was, now data.MeetingView) (lit []int64) {
	for _, i := range now.Agenda {
		n := slices.IndexFunc(was.Agenda, func(o data.AgendaItem) bool { return o.ID == i.ID })
		if i.SavedBy == p.env.Me.Name || n >= 0 && was.Agenda[n].Position == i.Position && was.Agenda[n].Rev == i.Rev {
			continue
		}
		lit = append(lit, i.ID)
		who, when := p.by(i.SavedBy, i.SavedAt)
		said := newsPoint
		if n >= 0 && was.Agenda[n].Position != i.Position {
			said = newsOrder
		}
		p.env.Note(said.With(who, when, i18n.Typed(kit.Show(i.Title))))
	}
	return lit
}

func (p *page) newsOfTopics(was, now data.MeetingView) {
	for _, x := range now.Topics {
		known := slices.ContainsFunc(was.Topics, func(o data.MeetingTopic) bool { return o.ID == x.ID })
		if !known && x.Proposer != p.env.Me.ID {
			p.env.Note(newsTopic.With(i18n.Typed(kit.Show(p.env.Lang.Name(x.ProposerName, ""))), i18n.Typed(kit.Show(x.Title))))
		}
	}
}

func (p *page) newsOfMeeting(was, now data.MeetingView) {
	if now.Rev == was.Rev || now.SavedBy == p.env.Me.Name {
		return
	}
	who, when := p.by(now.SavedBy, now.SavedAt)
	said := newsNotice.With(who, when)
	switch {
	case now.State == data.MeetingCancelled && was.State != data.MeetingCancelled:
		said = newsOff.With(who, when, i18n.Typed(kit.Show(now.CancelWhy)))
	case !now.Starts.Equal(was.Starts) || now.Place != was.Place:
		day := p.env.Lang.Day(data.DayOf(now.Starts), p.env.Now.Today())
		said = newsMoved.With(who, when, i18n.Typed(day), i18n.Typed(p.env.Lang.Clock(now.Starts)), i18n.Typed(kit.Show(now.Place)))
	case now.Told != was.Told && !now.Told.IsZero():
		said = newsTold.With(who, when)
	case now.State == data.MeetingDraft && was.State == data.MeetingNotified:
		said = newsBack.With(who, when)
	case now.State != was.State:
		return // row 22 says so
	}
	p.env.Note(said)
}
