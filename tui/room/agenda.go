package room

import (
	"fmt"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

// agenda is the first part: the points of the meeting and, under or beside them,
// what everybody writes.
type agenda struct {
	items kit.List
	only  int64 // the notes of one item alone; 0: all
	below bool  // the choice is among the notes
}

func (a *agenda) keep(v data.MeetingView) {
	ids := make([]int64, len(v.Agenda))
	for i, item := range v.Agenda {
		ids[i] = item.ID
	}
	a.items.Keep(ids)
}

// to goes to an item: the one that is on.
func (a *agenda) to(item int64) { a.items.Choose(item) }

var (
	headAgenda = i18n.T("Agenda", "议程")
	endsAbout  = i18n.T("ends about %s", "预计 %s 结束")
	endsLate   = i18n.T("ends about %s (%d late)", "预计 %s 结束 (晚 %d 分)")
	endsEarly  = i18n.T("ends about %s (%d early)", "预计 %s 结束 (早 %d 分)")
	planned    = i18n.T("planned %d min", "计划 %d 分")
	inMinutes  = i18n.T("%d min", "%d分")
	goesOn     = i18n.T("now", "进行中")
	decidedN   = i18n.T("resolutions %d", "决议 %d")
	noAgenda   = i18n.T("There is no agenda: o prepares the meeting", "还没有议程: o 去会议准备")
)

// ends says when the meeting will be over, if each item takes its time.
func (p *page) ends() string {
	env, v := p.env, p.view
	switch {
	case v.State.Over() || v.State == data.MeetingCancelled:
		return ""
	case !p.live():
		return env.Say(planned, v.PlannedMinutes())
	}
	about := v.EndsAbout(p.now())
	late := int(about.Truncate(time.Minute).Sub(v.Ends.Truncate(time.Minute)) / time.Minute)
	at := env.Lang.Clock(about)
	switch {
	case late > 0:
		return env.Look.Warn(env.Say(endsLate, at, late))
	case late < 0:
		return env.Say(endsEarly, at, -late)
	}
	return env.Say(endsAbout, at)
}

// itemRow is one point of the agenda in w columns.
func (p *page) itemRow(i, w int) string {
	env, item := p.env, p.view.Agenda[i]
	mark, role, spent, plan := " ", theme.Plain, item.Spent, item.Minutes
	took, delta, on := env.Say(inMinutes, plan), "", false
	switch {
	case item.ID == p.view.Item && p.live():
		mark, role, on = "*", theme.Live, true
		spent = p.view.Running(p.now())
		took = env.Say(inMinutes, int(spent/time.Minute))
	case !item.Ended.IsZero() || !item.Started.IsZero() && p.view.State.Over():
		mark, role = "✓", theme.OK
		took = env.Say(inMinutes, int((spent+30*time.Second)/time.Minute))
		if off := int((spent+30*time.Second)/time.Minute) - plan; off != 0 {
			delta = fmt.Sprintf("(%+d)", off)
		}
	}
	if on {
		delta = env.Say(goesOn)
		if off := int(spent/time.Minute) - plan; off > 0 {
			delta += fmt.Sprintf(" (+%d)", off)
		}
	}
	tail := kit.Right(took, 7) + " " + kit.Fit(delta, 12)
	if n := p.decidedIn(item.ID); n > 0 {
		tail += " " + kit.Fit(env.Say(decidedN, n), 14)
	} else {
		tail += kit.Fit("", 15)
	}
	head := mark + " " + kit.Right(fmt.Sprint(i+1), len(fmt.Sprint(len(p.view.Agenda)))) + " "
	title := item.Title
	if item.Speaker != "" {
		title += "  " + item.Speaker
	}
	room := w - kit.Width(head) - kit.Width(tail)
	return env.Look.Paint(role, head+kit.Fit(title, max(room, 4))) + tail
}

// decidedIn is how many resolutions an item has.
func (p *page) decidedIn(item int64) (n int) {
	for _, r := range p.view.Resolutions {
		if r.Item == item {
			n++
		}
	}
	return n
}
