package meetings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	aMonths = i18n.T("month", "上/下个月")
	aDays   = i18n.T("day", "选日子")
	aNext   = i18n.T("meeting of the day", "当天上/下个会")
	monthOf = i18n.T("%s %d", "%d 年 %d 月")
	sums    = i18n.T("meetings %d", "%d 个会")
	off     = i18n.T("off", "休")
	vacant  = i18n.T("hol", "假")
	shifted = i18n.T("work", "班")
	several = i18n.T("%d meet", "%d 个会")
	emptyOn = i18n.T("Nothing meets on this day: n calls a meeting on it", "这天没有会: n 在这天新建")
	freeOn  = i18n.T("Nothing meets on this day", "这天没有会")
	noClass = i18n.T("no school", "不上课")
)

// weeks is the rows of weeks of a month at most.
const weeks = 6

// A month is the meetings of one month as a grid of seven days a row.
type month struct {
	page  *page
	day   data.Date // the chosen one
	at    int64     // the chosen meeting of that day; 0: its first
	asked kit.Load[monthly]
}

// monthly is the meetings of a month, by time.
type monthly struct {
	first data.Date
	lines []data.MeetingLine
}

func firstOf(d data.Date) data.Date { return data.On(d.Year(), d.Month(), 1) }

// query asks for the month of the chosen day.
func (m *month) query() data.MeetingQuery {
	q, first := m.page.query(), firstOf(m.day)
	q.From, q.Until = first, data.On(first.Year(), first.Month()+1, 1).AddDays(-1)
	return q
}

// read asks for the month of the chosen day; it is asked again at each commit that
// may concern it.
func (m *month) read() tea.Cmd {
	p := m.page
	q, ask, first := m.query(), p.deps.Meetings, firstOf(m.day)
	return m.asked.Ask(p.Env.Ctx, func(ctx context.Context) (monthly, error) {
		out := monthly{first: first}
		for more := true; more; {
			l, err := ask(ctx, q)
			if err != nil {
				return out, err
			}
			out.lines, more = append(out.lines, l.Lines...), l.More
			if n := len(l.Lines); n > 0 {
				q.After = &l.Lines[n-1].Meeting
			}
		}
		return out, nil
	})
}

func (m *month) answered() tea.Cmd {
	next := m.asked.Next()
	if m.asked.Err != nil {
		return tea.Batch(next, m.page.Env.Note(kit.NotRead(m.asked.Err)))
	}
	return next
}

// of is the meetings of a day, those of another month not being known.
func (m *month) of(d data.Date) (out []data.MeetingLine) {
	for _, l := range m.asked.Value.lines {
		if data.DayOf(l.Starts) == d {
			out = append(out, l)
		}
	}
	return out
}

func (m *month) chosen() (data.MeetingLine, bool) {
	all := m.of(m.day)
	if len(all) == 0 {
		return data.MeetingLine{}, false
	}
	return all[max(0, slices.IndexFunc(all, func(l data.MeetingLine) bool { return l.ID == m.at }))], true
}

// to chooses a day; another month is read.
func (m *month) to(d data.Date) tea.Cmd {
	was := firstOf(m.day)
	m.day, m.at = d, 0
	if firstOf(d) == was {
		return nil
	}
	return m.read()
}

// turn goes to the same day of another month, or to its last.
func (m *month) turn(by int) tea.Cmd {
	first := firstOf(m.day)
	to := data.On(first.Year(), first.Month()+time.Month(by), 1)
	last := data.On(to.Year(), to.Month()+1, 1).AddDays(-1)
	return m.to(data.On(to.Year(), to.Month(), min(m.day.Day(), last.Day())))
}

// among chooses the next meeting of the day, or the one before.
func (m *month) among(by int) tea.Cmd {
	all := m.of(m.day)
	if len(all) == 0 {
		return m.page.Env.Note(nothing)
	}
	at := max(0, slices.IndexFunc(all, func(l data.MeetingLine) bool { return l.ID == m.at }))
	m.at = all[(at+by+len(all))%len(all)].ID
	return nil
}

func (m *month) actions() []kit.Action {
	step := func(days int) func() tea.Cmd { return func() tea.Cmd { return m.to(m.day.AddDays(days)) } }
	return []kit.Action{
		{Key: "<", As: "< >", Label: aMonths, Do: func() tea.Cmd { return m.turn(-1) }},
		{Key: ">", Label: aMonths, Rare: true, Do: func() tea.Cmd { return m.turn(1) }},
		{Key: "left", Label: aDays, Rare: true, Do: step(-1)},
		{Key: "right", Label: aDays, Rare: true, Do: step(1)},
		{Key: "up k", Label: aDays, Rare: true, Do: step(-7)},
		{Key: "down j", Label: aDays, Rare: true, Do: step(7)},
		{Key: "[", As: "[ ]", Label: aNext, Do: func() tea.Cmd { return m.among(-1) }},
		{Key: "]", Label: aNext, Rare: true, Do: func() tea.Cmd { return m.among(1) }},
	}
}

func (m *month) update(msg tea.Msg) tea.Cmd {
	p := m.page
	switch msg := msg.(type) {
	case kit.Changed:
		if msg.TouchesAny("meetings") || slices.ContainsFunc(m.asked.Value.lines, func(l data.MeetingLine) bool { return msg.Touches("meeting", l.ID) }) {
			return m.read()
		}
	case kit.Reload, kit.NewDay:
		return tea.Batch(m.read(), p.calendar.Start(p.Env.Ctx, p.deps.Calendar))
	case tea.KeyPressMsg:
		switch msg.String() {
		case "home":
			return m.to(firstOf(m.day))
		case "end", "G":
			return m.to(data.On(m.day.Year(), m.day.Month()+1, 1).AddDays(-1))
		case "pgup":
			return m.turn(-1)
		case "pgdown":
			return m.turn(1)
		}
	case tea.MouseClickMsg:
		return m.click(msg)
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			return m.to(m.day.AddDays(-7))
		case tea.MouseWheelDown:
			return m.to(m.day.AddDays(7))
		}
	}
	return nil
}

// shape is the columns of a day, and the rows of a week.
func (m *month) shape() (w, h int) {
	return (m.page.W - 1) / 7, max(2, min(5, (m.page.H-1-monthDetail)/weeks))
}

// monthDetail is the rows under the grid at least: what meets on the chosen day.
const monthDetail = 5

func (m *month) click(msg tea.MouseClickMsg) tea.Cmd {
	w, h := m.shape()
	if msg.Button != tea.MouseLeft || msg.Y < 1 || msg.Y > weeks*h || msg.X < 1 || (msg.X-1)/w > 6 {
		return nil
	}
	d := firstOf(m.day).Monday().AddDays((msg.Y-1)/h*7 + (msg.X-1)/w)
	if d == m.day && m.page.none() == (i18n.Phrase{}) {
		return m.page.openChosen()
	}
	return m.to(d)
}

func (m *month) scope(note string) string {
	env := m.page.Env
	name := env.Say(monthOf, m.day.Year(), int(m.day.Month()))
	if env.Lang == i18n.English {
		name = env.Say(monthOf, m.day.Month().String(), m.day.Year())
	}
	if m.asked.Value.first == firstOf(m.day) {
		name += "  " + env.Say(sums, len(m.asked.Value.lines))
	}
	return kit.Ends(" "+name, note+" ", m.page.W)
}

// body draws the grid, and under it the chosen day.
func (m *month) body() string {
	p := m.page
	w, h := m.shape()
	head := " "
	for i := range 7 {
		head += kit.Fit(" "+p.Env.Lang.Weekday(time.Weekday((i+1)%7)), w)
	}
	lines := []string{p.Env.Look.Muted(head)}
	first := firstOf(m.day).Monday()
	for week := range weeks {
		for row := range h {
			line := " "
			for i := range 7 {
				line += m.cell(first.AddDays(7*week+i), row, h, w)
			}
			lines = append(lines, line)
		}
	}
	return kit.Block(append(lines, m.below(p.H-len(lines))...), p.W, p.H)
}

// cell is one row of a day: its number and what kind of day it is, then what meets.
func (m *month) cell(d data.Date, row, h, w int) string {
	look := m.page.Env.Look
	if firstOf(d) != firstOf(m.day) {
		return kit.Fit("", w)
	}
	text, role := m.number(d)
	if row > 0 {
		text, role = m.meets(d, row-1, h-1)
	}
	if d == m.day {
		mark := " "
		if row == 0 {
			mark = ">"
		}
		return look.Chosen(kit.Fit(mark+text, w-1)) + " "
	}
	return look.Paint(role, kit.Fit(" "+text, w-1)) + " "
}

// number is the day's number, * for today, and whether there is school.
func (m *month) number(d data.Date) (string, theme.Role) {
	env, cal := m.page.Env, m.page.calendar.Value
	text, role := fmt.Sprintf("%2d", d.Day()), theme.Plain
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	switch work, _ := cal.Workday(d); {
	case work && weekend:
		text += " " + env.Say(shifted)
	case !work && (!weekend || cal.Days[d] != ""):
		text, role = text+" "+env.Say(off), theme.Muted
	case !work:
		role = theme.Muted
	case !cal.SchoolDay(d):
		text, role = text+" "+env.Say(vacant), theme.Muted
	}
	if d == env.Now.Today() {
		text, role = text+" *", theme.Live
	}
	return text, role
}

// meets is the i-th of n rows of what meets on a day; the last says how many more
// there are.
func (m *month) meets(d data.Date, i, n int) (string, theme.Role) {
	env, all := m.page.Env, m.of(d)
	switch {
	case i >= len(all):
		return "", theme.Plain
	case len(all) > n && n == 1:
		return env.Say(several, len(all)), theme.Accent
	case len(all) > n && i == n-1:
		return fmt.Sprint(".. +", len(all)-i), theme.Accent
	}
	mark, role := m.page.mark(all[i])
	return kit.Fit(mark, 1) + m.short(all[i]), role
}

// short is a meeting where there is little room: its class, which tells one from
// another where there are several, and its time.
func (m *month) short(l data.MeetingLine) string {
	lang := m.page.Env.Lang
	class, clock := lang.Class(l.ClassName), lang.Clock(l.Starts)
	other := func(o data.MeetingLine) bool { return o.Class != l.Class }
	switch w, _ := m.shape(); {
	case !slices.ContainsFunc(m.asked.Value.lines, other):
		return clock
	case w < kit.Width(class+clock)+5:
		return class
	}
	return clock + " " + class
}

// below is what meets on the chosen day, the chosen one in full.
func (m *month) below(h int) (out []string) {
	p := m.page
	env, all := p.Env, m.of(m.day)
	note := ""
	if !p.calendar.Value.SchoolDay(m.day) {
		note = env.Say(noClass)
	}
	if len(all) > h-1 {
		note = strings.TrimSpace(env.Say(several, len(all)) + "  " + note)
	}
	out = append(out, kit.Head(env.Lang.Day(m.day, env.Now.Today()), note, p.W))
	if len(all) == 0 {
		said := freeOn
		if p.calls() && !m.day.Before(env.Now.Today()) {
			said = emptyOn
		}
		return append(out, "  "+env.Say(said))
	}
	chosen, _ := m.chosen()
	at := slices.IndexFunc(all, func(l data.MeetingLine) bool { return l.ID == chosen.ID })
	room := max(1, h-1)
	from := max(0, min(at-room/2, len(all)-room))
	for i := from; i < min(len(all), from+room); i++ {
		out = append(out, m.line(all[i], i == at))
	}
	return out
}

// line is one meeting of the chosen day.
func (m *month) line(l data.MeetingLine, chosen bool) string {
	p, env := m.page, m.page.Env
	word, role := p.stands(l)
	mark, _ := p.mark(l)
	left := kit.Fit(mark, 2) + env.Lang.Clock(l.Starts) + "-" + env.Lang.Clock(l.Ends) + "  " + kit.Show(named(env, l.Meeting)) + "  " + kit.Show(l.Place)
	if chosen {
		return env.Look.Chosen(kit.Pad(kit.Ends("> "+left, word+" ", p.W), p.W))
	}
	return kit.Ends("  "+left, env.Look.Paint(role, word)+" ", p.W)
}
