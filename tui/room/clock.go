package room

import (
	"fmt"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A beat redraws the clocks, once a second while people sit in the meeting.
type beat struct {
	of *page
	n  int
}

// beat sets the next one, at the next whole second: both clocks then go on in one
// frame.
func (p *page) beat() tea.Cmd {
	p.beats++
	if !p.live() {
		return nil
	}
	now := p.env.Now()
	return p.env.After(now.Truncate(time.Second).Add(time.Second).Sub(now), beat{p, p.beats})
}

// now is the second that the clocks show.
func (p *page) now() time.Time { return p.env.Now().Truncate(time.Second) }

// A minute is what of the body goes on by itself: once a minute, and while there is
// news, each second.
type minute struct {
	spent int
	ends  time.Time
}

func (p *page) minute() minute {
	now := p.now()
	return minute{int(p.view.Running(now) / time.Minute), p.view.EndsAbout(now).Truncate(time.Minute)}
}

// tick draws the body anew if the second has changed anything in it.
func (p *page) tick() {
	if p.big || p.drawn != p.minute() { // the wall shows seconds
		p.redraw()
	}
}

// open is how long the room has been open; a clock set back takes nothing away.
func (p *page) open() time.Duration {
	if p.view.Opened.IsZero() {
		return 0
	}
	return max(0, p.now().Sub(p.view.Opened))
}

// item is the item that is on, and its place; nil if there is none.
func (p *page) item() (n int, item *data.AgendaItem) {
	for i := range p.view.Agenda {
		if p.view.Agenda[i].ID == p.view.Item {
			return i + 1, &p.view.Agenda[i]
		}
	}
	return 0, nil
}

// hms is a clock that may run for hours: 01:15:20.
func hms(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
}

// ms is the clock of one item: 17:20.
func ms(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

var (
	itemOf    = i18n.T("item %d / %d  ", "第 %d 项 / %d ")
	isOpen    = i18n.T("open %s", "已开 %s")
	noItem    = i18n.T("no item is on", "没有进行中的项")
	itemTakes = i18n.T("  item %s / %d", "  本项 %s / %d")
	stands    = i18n.T(" stopped", " 已停")
	timeUp    = i18n.T(" time!", " 到点")
	over      = i18n.T(" +%d", " +%d")
	notOpen   = i18n.T("not open yet", "还没开")
	hasBeen   = i18n.T("over since %s, %s", "%s 散会, 开了 %s")
	place     = i18n.T("%s-%s  %s", "%s-%s  %s")
)

// scope is row 2: the meeting, the item, how long both have taken.
func (p *page) scope() string {
	env := p.env
	name := " " + kit.Show(env.Say(p.name()))
	left := func(rest string) string { return env.Look.Bold(kit.Clip(name, max(p.w-kit.Width(rest), 8))) + rest }
	v := p.view
	when := "  " + env.Lang.Day(data.DayOf(v.Starts), env.Now.Today()) + " " + kit.Show(env.Say(place, env.Lang.Clock(v.Starts), env.Lang.Clock(v.Ends), v.Place))
	switch {
	case !p.known:
		return ""
	case p.tabs.At == atSignIn && !p.big:
		sums := "  " + p.turnoutLine() + "  "
		when := "  " + env.Lang.Day(data.DayOf(v.Starts), env.Now.Today()) + " " + env.Lang.Clock(v.Starts)
		if kit.Width(name)+kit.Width(when)+kit.Width(sums) > p.w {
			when = ""
		}
		return kit.Ends(env.Look.Bold(name)+when, sums, p.w)
	case v.State == data.MeetingCancelled, v.State.Over() && v.Held.IsZero():
		return kit.Ends(left(when), env.Lang.MeetingState(v.State)+"  ", p.w)
	case v.State.Over():
		return kit.Ends(left(when), env.Say(hasBeen, env.Lang.Moment(v.Held, env.Now()), env.Lang.Minutes(v.Held.Sub(v.Opened)))+"  ", p.w)
	case !p.live():
		return kit.Ends(left(when), env.Say(notOpen)+"  ", p.w)
	}
	n, item := p.item()
	opened := env.Look.Live(env.Say(isOpen, hms(p.open())))
	if item == nil {
		return kit.Ends(left("  "+opened), env.Say(noItem)+"  ", p.w)
	}
	said := "  " + env.Say(itemOf, n, len(v.Agenda)) + opened
	clock := p.itemClock(item)
	bar := min(20, p.w-kit.Width(name)-kit.Width(said)-kit.Width(clock)-8)
	if bar >= 5 {
		clock += " " + gauge(v.Running(p.now()), time.Duration(item.Minutes)*time.Minute, bar)
	}
	return kit.Ends(left(said), clock+"  ", p.w)
}

// itemClock is the clock of the item that is on: nothing is cut off where it takes
// longer than planned, it counts on.
func (p *page) itemClock(item *data.AgendaItem) string {
	env, spent := p.env, p.view.Running(p.now())
	said := env.Say(itemTakes, ms(spent), item.Minutes)
	if p.view.ItemSince.IsZero() {
		said += env.Say(stands)
	}
	late := spent - time.Duration(item.Minutes)*time.Minute
	switch {
	case late < 0:
		return env.Look.Live(said)
	case late < time.Minute:
		return env.Look.Warn(said + env.Say(timeUp))
	}
	return env.Look.Warn(said + env.Say(over, int(late/time.Minute)))
}

// gauge is how much of its time something has taken, in w cells and two brackets.
func gauge(spent, planned time.Duration, w int) string {
	n := w
	if planned > 0 && spent < planned {
		n = int(int64(w) * int64(spent) / int64(planned))
	}
	b := make([]byte, w+2)
	for i := range b {
		b[i] = '.'
		if i <= n {
			b[i] = '#'
		}
	}
	b[0], b[w+1] = '[', ']'
	return string(b)
}
