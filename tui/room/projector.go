package room

import (
	"strings"
	"time"

	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	nextIs     = i18n.T("next: %s", "下一项: %s")
	lastIs     = i18n.T("this is the last item", "这是最后一项")
	beginsAt   = i18n.T("begins at %s", "%s 开始")
	itIsOver   = i18n.T("Thank you for coming", "谢谢各位家长")
	isLate     = i18n.T("%d min over", "超 %d 分")
	minutesFor = i18n.T("%s of %d min", "%s / %d 分")
)

// spaced is text in letters that stand wide apart, as large as a terminal has
// them.
func spaced(s string) string {
	var out []string
	for _, r := range kit.Show(s) {
		out = append(out, string(r))
	}
	return strings.Join(out, " ")
}

// called is the meeting on the wall: its theme, before which its name stands unless
// the theme is the name, in whichever language, or has the class in it.
func (p *page) called() string {
	name := p.env.Say(p.name())
	for _, l := range []i18n.Lang{i18n.Chinese, i18n.English} {
		class := l.Class(p.view.ClassName)
		switch {
		case p.view.Title == l.Say(ofClass.With(class, l.MeetingKind(p.view.Kind))):
			return name
		case strings.Contains(p.view.Title, class):
			return p.view.Title
		}
	}
	return strings.TrimSpace(name + " " + p.view.Title)
}

// projected is the view for the wall: the meeting, the item that is on, its clock
// and what comes next. It has no names and no notes.
func (p *page) projected() []string {
	env, v := p.env, p.view
	big := []string{p.called()}
	clock, next := "", ""
	n, item := p.item()
	switch {
	case v.State.Over():
		big = append(big, "", env.Say(itIsOver))
	case !p.live():
		big = append(big, "", env.Say(beginsAt, env.Lang.Clock(v.Starts)))
		if len(v.Agenda) > 0 {
			next = env.Say(nextIs, v.Agenda[0].Title)
		}
	case item != nil:
		big = append(big, "", item.Title)
		spent := v.Running(p.now())
		clock = env.Say(minutesFor, ms(spent), item.Minutes)
		if late := spent - time.Duration(item.Minutes)*time.Minute; late >= time.Minute {
			clock += "  " + env.Say(isLate, int(late/time.Minute))
		}
		next = env.Say(lastIs)
		for _, later := range v.Agenda[n:] {
			if later.Started.IsZero() {
				next = env.Say(nextIs, later.Title)
				break
			}
		}
	}
	var lines []string
	for i, text := range big {
		rows := []string{spaced(text)}
		if kit.Width(rows[0]) > p.w-4 {
			rows = kit.Wrap(kit.Show(text), p.w-4)
		}
		for _, row := range rows {
			row = strings.TrimRight(kit.Centre(row, p.w), " ")
			if i > 0 {
				row = env.Look.Bold(row)
			}
			lines = append(lines, row)
		}
	}
	if clock != "" {
		lines = append(lines, "", "", strings.TrimRight(kit.Centre(spaced(clock), p.w), " "))
	}
	if next != "" {
		lines = append(lines, "", "", env.Look.Muted(strings.TrimRight(kit.Centre(next, p.w), " ")))
	}
	above := max(0, (p.h-len(lines))/2)
	return append(make([]string, above), lines...)
}
