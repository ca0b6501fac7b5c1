package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
)

// convene calls a parents' meeting of one's own class for the half hour that
// runs, of which the families were told in time and have mostly answered: a room
// opens on its day only, and who looks at the demo school shall find one that is
// theirs to open, whenever they look. It is done once a day, through the desk of
// the class teacher, as anybody's meeting is.
func (p *program) convene(ctx context.Context, username string) error {
	console, err := p.console(ctx)
	if err != nil {
		return err
	}
	chair, err := console.Account(ctx, username)
	if err != nil {
		return err
	}
	desk, today := p.db.As(chair.ID), p.now.Today()
	all, err := desk.Classes(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(c data.ClassLine) bool { return c.Mine })
	if i < 0 {
		return nil
	}
	class := i18n.Chinese.Class(all[i].Name)
	met, err := desk.Meetings(ctx, data.MeetingQuery{Tab: data.AllMeetings, From: today, Until: today, Class: all[i].Class})
	if err != nil || met.Total > 0 {
		return err
	}
	people, err := desk.MeetingPeople(ctx, all[i].Class)
	if err != nil {
		return err
	}
	m := data.Meeting{Kind: data.ClassMeeting, Class: all[i].Class, Title: class + "家长会", Place: class + "教室", Chair: chair.ID, Secretary: chair.ID}
	if other := slices.IndexFunc(people, func(o data.Participant) bool { return o.ID != chair.ID }); other >= 0 {
		m.Secretary = people[other].ID
	}
	preset := data.PresetOf(m.Kind)
	m.Starts = p.now().Truncate(30 * time.Minute)
	m.Ends = m.Starts.Add(time.Duration(preset.Minutes) * time.Minute)
	for _, item := range preset.Agenda {
		m.Agenda = append(m.Agenda, data.AgendaItem{Title: i18n.Chinese.PresetItem(item.Code), Minutes: item.Minutes, Speaker: chair.Name})
	}
	if m, err = desk.SaveMeeting(ctx, m, data.Ref{}); err != nil {
		return err
	}
	at := m.Starts.Format("15:04")
	told := data.Telling{On: today.AddDays(-14), Zh: fmt.Sprintf("各位家长：今天%s在%s开家长会，请您安排时间参加。", at, m.Place),
		En: fmt.Sprintf("Dear parents: our class meets today at %s. Please come.", at)}
	if m, err = desk.TellMeeting(ctx, m.ID, m.Rev, told); err != nil {
		return err
	}
	view, err := desk.Meeting(ctx, m.ID)
	if err != nil {
		return err
	}
	var answered []data.ReplyMark
	for n, family := range view.Invitees {
		switch {
		case n%11 == 3:
			answered = append(answered, data.ReplyMark{Invitee: family.ID, Reply: data.WillNot, Why: "上夜班, 调不开"})
		case n%7 != 5:
			answered = append(answered, data.ReplyMark{Invitee: family.ID, Reply: data.WillCome})
		}
	}
	return desk.SaveReplies(ctx, m.ID, answered, data.Ref{})
}
