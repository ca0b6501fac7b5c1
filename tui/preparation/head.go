package preparation

import (
	"fmt"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	chairIs = i18n.T("chair %s", "主持 %s")
	pensIs  = i18n.T("secretary %s", "秘书 %s")
	atNoPl  = i18n.T("! no place", "! 没有地点")
	stateIs = i18n.T("state: %s", "状态: %s")
)

// head is row 2: what meeting, when, where, who leads and who writes. Where the
// room is short the title is cut, then who leads and writes goes.
func head(env *kit.Env, m data.Meeting, w int) string {
	today := env.Now.Today()
	when := env.Lang.Day(data.DayOf(m.Starts), today) + " " + env.Lang.Clock(m.Starts) + "-" + env.Lang.Clock(m.Ends)
	parts := []string{when}
	switch {
	case m.Place != "":
		parts = append(parts, kit.Show(m.Place))
	case m.Title != "":
		parts = append(parts, env.Look.Danger(env.Say(atNoPl)))
	}
	if m.ChairName != "" {
		parts = append(parts, env.Say(chairIs, env.Lang.Name(m.ChairName, "")), env.Say(pensIs, env.Lang.Name(m.SecretaryName, "")))
	}
	name := m.Title
	if name == "" {
		name = env.Lang.Class(m.ClassName) + " " + env.Lang.MeetingKind(m.Kind)
	}
	rest := strings.Join(parts, "  ")
	for len(parts) > 2 && kit.Width(rest)+18 > w {
		parts = parts[:len(parts)-1]
		rest = strings.Join(parts, "  ")
	}
	return " " + env.Look.Bold(kit.Cut(name, max(w-4-kit.Width(rest), 8))) + "  " + rest
}

// path is how far the meeting is: preparing > [told] > in session.
func path(env *kit.Env, m data.Meeting, w int) string {
	var words []string
	found := false
	for _, s := range []data.MeetingState{data.MeetingDraft, data.MeetingNotified, data.MeetingInSession} {
		word := env.Lang.MeetingState(s)
		if s == m.State {
			found, word = true, env.Look.Accent("["+word+"]")
		}
		words = append(words, word)
	}
	if all := strings.Join(words, " > "); found && kit.Width(all) <= w {
		return all
	}
	now := env.Lang.MeetingState(m.State)
	if m.State == data.MeetingCancelled {
		now = env.Look.Danger(now)
	}
	if said := env.Say(stateIs, now); kit.Width(said) <= w {
		return said
	}
	return now
}

// order is the tabs there are for the person, in order.
func (p *page) order() []int {
	switch v := p.view.Value; {
	case !p.known || v.Sight == data.MeetingWhole:
		return []int{onTopics, onAgenda, onPeople, onNotice, onChecks}
	case v.Sight == data.MeetingInvited:
		return []int{onAgenda, onPeople, onNotice}
	}
	return []int{onAgenda}
}

// shown is the tab that stands i-th.
func (p *page) shown(i int) int {
	if all := p.order(); i >= 0 && i < len(all) {
		return all[i]
	}
	return -1
}

func (p *page) tabs() kit.Tabs {
	v := p.view.Value
	notes := [...]string{count(len(v.Topics)), count(len(p.agenda.items)), count(len(v.Invitees)), "", ""}
	if n := len(v.Lacks); n > 0 {
		notes[onChecks] = fmt.Sprint("!", n)
	} else if p.known && preparing(v.Meeting) {
		notes[onChecks] = "✓"
	}
	var t kit.Tabs
	for n, i := range p.order() {
		t.Names, t.Notes = append(t.Names, tabNames[i]), append(t.Notes, notes[i])
		if i == p.at {
			t.At = n
		}
	}
	return t
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// tabLine is the first row of the body: the tabs, and how far the meeting is.
func (p *page) tabLine() string {
	t := p.tabs()
	room := p.w - kit.Width(strings.TrimRight(t.Line(p.env, "", 0+p.w), " ")) - 3
	state := ""
	if p.known {
		state = path(p.env, p.view.Value.Meeting, room)
	}
	return t.Line(p.env, state, p.w)
}

// period says how long the notice may wait: by the school's working days counted
// back from the meeting.
func period(env *kit.Env, v data.MeetingView) kit.Cell {
	today := env.Now.Today()
	by := env.Lang.Day(v.NoticeBy, today)
	if !v.NoticeSure {
		by += env.Say(estimated)
	}
	switch left := today.DaysTo(v.NoticeBy); {
	case !v.Told.IsZero() && v.NoticeLate(v.NoticeBy):
		return kit.In(theme.Warn, env.Say(toldLate, env.Lang.Day(v.Told, today), by))
	case !v.Told.IsZero():
		return kit.In(theme.OK, env.Say(toldOn, env.Lang.Day(v.Told, today), by))
	case left > 1:
		return kit.In(theme.Plain, env.Say(daysLeft, by, left))
	case left == 1:
		return kit.In(theme.Warn, env.Say(dayLeft, by))
	case left == 0:
		return kit.In(theme.Warn, env.Say(lastDay, by))
	}
	return kit.In(theme.Danger, env.Say(tooLate, by))
}

var (
	estimated = i18n.T(" (estimated: the year's holidays are not entered)", " (估计: 放假安排还没录)")
	toldOn    = i18n.T("✓ told %s, the last day was %s", "✓ %s 已通知, 最晚 %s")
	toldLate  = i18n.T("~ told %s, later than %s", "~ %s 才通知, 最晚是 %s")
	daysLeft  = i18n.T("to go out by %s, %d days left", "最晚 %s 发, 还有 %d 天")
	dayLeft   = i18n.T("to go out by %s, 1 day left", "最晚 %s 发, 还有 1 天")
	lastDay   = i18n.T("* to go out by %s: today is the last day", "* 最晚 %s 发: 今天是最后一天")
	tooLate   = i18n.T("! past the notice period (%s): sent only with a reason", "! 过了通知期 (%s): 写明理由才能发")
)

// ago is how many days ago something was.
func ago(env *kit.Env, at time.Time) int { return data.DayOf(at).DaysTo(env.Now.Today()) }
