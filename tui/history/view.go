package history

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
	total     = i18n.T("%d in all  %d this term", "共 %d 次  本学期 %d 次")
	filtered  = i18n.T("filter: %s", "筛选: %s")
	weekNo    = i18n.T(" Week ", " 周次 ")
	weekSum   = i18n.T(" Count", " 次数 ")
	weekMost  = i18n.T("per week, %d at most", "每周次数, 最高 %d")
	silence   = i18n.T("No contact yet. c records the first", "还没有往来。c 记第一次")
	noMatch   = i18n.T("None: %s  (f goes on)", "没有「%s」的 (f 换筛选)")
	pledged   = i18n.T("pr%d", "约%d")
	legend    = i18n.T(" pr = promises  [secret] = for those it names", " 约 = 含承诺  [保密] = 只给点名的人")
	spoke     = i18n.T("%s > %s", "%s > %s")
	agreed    = i18n.T("Agreed: %s (%s, %s)", "约定: %s (%s, %s)")
	writtenAt = i18n.T("written %s", "记录 %s")
	edited    = i18n.T("changed %d times, last by %s", "改过 %d 次, 最后 %s")
)

// A filter is one stop of f.
type filterBy struct {
	name            i18n.Phrase
	kind            data.Kind
	promise, failed bool
	removed         bool // taken away within thirty days
}

var filters = []filterBy{
	{name: i18n.T("all", "全部")},
	{name: i18n.T("calls", "电话"), kind: data.KindCall}, {name: i18n.T("visits", "家访"), kind: data.KindVisit},
	{name: i18n.T("talks", "面谈来访"), kind: data.KindMeeting}, {name: i18n.T("messages", "消息"), kind: data.KindMessage},
	{name: i18n.T("letters", "书信"), kind: data.KindLetter},
	{name: i18n.T("with promises", "有承诺"), promise: true}, {name: i18n.T("reached nobody", "没联系上"), failed: true},
	{name: i18n.T("taken away", "去掉的"), removed: true},
}

// head is how many rows stand above the list: the weeks, where they are shown.
func (p *page) head() int {
	if p.student != 0 && len(p.line.Value.Weeks) > 0 || p.byWeek {
		return 2
	}
	return 0
}

// Layout gives the list the upper part, from 120 columns on the left.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	list, right := kit.Split(w, h-p.head())
	if right.X == 0 {
		list.H = h - p.head() - 6
		right.Y, right.H = list.H, 6
	}
	p.right = right
	p.list.Place(kit.Rect{X: list.X, Y: p.head(), W: list.W, H: list.H})
	who, staff, by := p.widths()
	cols := []kit.Col{{Width: 11}, {Width: 5, Rank: 4}, {Width: by}, {Width: who}, {Width: staff, Rank: 2}, {Width: 16, Grow: 1},
		{Width: kit.Width(p.env.Lang.Minutes(25 * time.Minute)), Align: kit.ToRight, Rank: 3}, {Width: kit.Width(p.env.Say(pledged, 1)), Rank: 1}}
	p.table = kit.NewTable(cols, list.W-2)
	p.drawn, p.shown = map[int64]string{}, 0
	if p.known {
		p.fill()
	}
}

// widths is the columns that students, staff and channels take: names are not
// cut while there is room. Each is measured once.
func (p *page) widths() (who, staff, by int) {
	who, staff, by = 0, 6, 4
	seen := map[string]bool{}
	wide := func(at *int, most int, s string) { *at = min(max(*at, kit.Width(kit.Show(s))), most) }
	for _, c := range p.all {
		wide(&by, 10, p.env.Lang.Channel(c.Channel))
		if !seen[c.StaffName] {
			seen[c.StaffName] = true
			wide(&staff, 20, p.env.Lang.Name(c.StaffName, ""))
		}
		if p.student == 0 && !seen[c.StudentName] {
			seen[c.StudentName] = true
			wide(&who, 20, p.env.Lang.Name(c.StudentName, ""))
		}
	}
	return who, staff, by
}

// settle draws what the screen shows and was not drawn yet.
func (p *page) settle() {
	for i := p.list.Top; i < min(len(p.rows), p.list.Top+p.h); i++ {
		if c := p.rows[i].contact; c.ID != 0 && p.drawn[c.ID] == "" {
			p.drawn[c.ID] = p.draw(c)
		}
	}
	if c, ok := p.contact(); ok && c.ID != p.shown {
		p.detail, p.shown = p.details(c), c.ID
	} else if !ok {
		p.detail, p.shown = nil, 0
	}
}

func (p *page) draw(c data.Contact) string {
	env, today := p.env, p.env.Now.Today()
	at := env.Lang.Day(data.DayOf(c.At), today)
	if day := data.DayOf(c.At); data.SchoolYear(day) != data.SchoolYear(today) {
		at = env.Lang.Date(day, today)
	}
	length, marks, text := "", "", kit.Gist(env, c)
	if c.Minutes > 0 {
		length = env.Lang.Minutes(time.Duration(c.Minutes) * time.Minute)
	}
	if n := len(c.Promises); n > 0 {
		marks = env.Say(pledged, n)
	}
	role := theme.Plain
	switch {
	case c.Sight < data.Whole:
		role = theme.Restricted
	case c.Outcome != data.Reached:
		role = theme.Muted
	}
	whose := any("")
	if p.student == 0 {
		whose = env.Lang.Name(c.StudentName, "")
	}
	return p.table.Row(env.Look, at, env.Lang.Clock(c.At), env.Lang.Channel(c.Channel), whose, env.Lang.Name(c.StaffName, ""), kit.In(role, text), length, marks)
}

// details is the chosen contact in full, as far as there is room.
func (p *page) details(c data.Contact) []string {
	return fullText(p.env, c, p.right.W, p.right.H)
}

// fullText is a contact in lines of a width, h of them at most (0: all).
func fullText(env *kit.Env, c data.Contact, w, h int) (out []string) {
	today := env.Now.Today()
	head := env.Lang.Day(data.DayOf(c.At), today) + " " + env.Lang.Clock(c.At) + "  " + env.Lang.Channel(c.Channel)
	if c.Minutes > 0 {
		head += "  " + env.Lang.Minutes(time.Duration(c.Minutes)*time.Minute)
	}
	who := env.Lang.Name(c.StaffName, "")
	if c.With != "" {
		who = env.Say(spoke, who, env.Lang.Relation(c.Relation)+" "+env.Lang.Name(c.With, ""))
	}
	out = append(out, kit.Head(head+"  "+who, env.Lang.Level(c.Level), w))
	add := func(text string, role theme.Role) {
		for _, block := range strings.Split(text, "\n") {
			for _, l := range kit.Wrap(kit.Show(block), w-2) {
				out = append(out, " "+env.Look.Paint(role, l))
			}
		}
	}
	if c.Sight < data.Whole {
		add(kit.Hidden(env, c), theme.Restricted)
		return out
	}
	if c.Outcome != data.Reached {
		add(env.Lang.Outcome(c.Outcome), theme.Warn)
	}
	if c.Summary != "" {
		add(c.Summary, theme.Plain)
	}
	if c.Quoted != "" {
		add(c.Quoted, theme.Muted)
	}
	switch {
	case c.Private != "":
		add(env.Say(noteIs, c.Private), theme.Restricted)
	case c.Note == data.Whole:
		add(env.Say(noteShut), theme.Restricted)
	case c.Note == data.Exists:
		add(env.Say(noteAsk, env.Lang.Name(c.StaffName, "")), theme.Restricted)
	}
	for _, pr := range c.Promises {
		day := ""
		if !pr.Due.IsZero() {
			day = env.Lang.Day(pr.Due, today)
		}
		add(env.Say(agreed, pr.Text, strings.TrimSpace(day+" "+env.Lang.Name(pr.OwnerName, "")), env.Lang.PromiseState(pr.State)), theme.Plain)
	}
	foot := env.Say(writtenAt, env.Lang.Moment(c.Written, env.Now()))
	if c.Rev > 1 {
		foot += "  " + env.Say(edited, c.Rev-1, env.Lang.Name(c.SavedBy, ""))
	}
	add(foot, theme.Muted)
	if h > 0 && len(out) > h {
		out = append(out[:h-1:h-1], " ..")
	}
	return out
}

// View draws the weeks, the list and the chosen contact.
func (p *page) View() kit.Frame {
	env, t := p.env, p.line.Value
	lines := p.list.View(env, p.rowLine)
	switch {
	case len(p.rows) > 0:
	case p.line.Err != nil:
		lines = []string{"", " " + env.Look.Danger("! "+env.Lang.Error(p.line.Err))}
	case p.line.Busy:
	case p.filter != 0:
		lines = []string{"", " " + env.Say(noMatch, env.Say(filters[p.filter].name))}
	default:
		lines = []string{"", " " + env.Say(silence)}
	}
	a, b := kit.Split(p.w, p.h-p.head())
	if b.X == 0 {
		a.H, b.Y, b.H = p.list.Rect().H, p.right.Y, p.right.H
	}
	body := kit.Panes(lines, p.detail, a, b)
	if p.head() > 0 {
		body = strings.Join(p.weeks(), "\n") + "\n" + body
	}
	left := " "
	if s := p.line.Value.Student; s.ID != 0 {
		left += kit.Show(kit.NameOnCard(env, s)) + " " + env.Lang.Class(s.ClassName) + "  "
	}
	if p.known {
		left += env.Say(total, t.Total, t.InTerm)
	}
	return kit.Frame{Scope: kit.Ends(left, env.Say(filtered, env.Say(filters[p.filter].name))+" ", p.w), Body: body,
		Status: kit.Ends(" "+p.list.Span(), env.Say(legend)+" ", p.w)}
}

// weeks is the term's weeks, with how often: digits say it, four heights of
// braille repeat it.
func (p *page) weeks() []string {
	env, t := p.env, p.line.Value
	top, sum, spark := env.Say(weekNo), env.Say(weekSum), ""
	most := 1
	for _, n := range t.Weeks {
		most = max(most, n)
	}
	heights := []string{" ", "\u28c0", "\u28e4", "\u28f6", "\u28ff"}
	for i, n := range t.Weeks {
		top += fmt.Sprintf("%3d", i+1)
		if n == 0 {
			sum += "  ."
			spark += heights[0]
			continue
		}
		sum += fmt.Sprintf("%3d", n)
		spark += heights[max(1, n*4/most)]
	}
	note := env.Say(weekMost, most) + " "
	if max(kit.Width(note), kit.Width(spark)+1)+2+kit.Width(top) > p.w { // the digits come first
		note, spark = "", ""
	}
	note = kit.Pad(note, max(kit.Width(note), kit.Width(spark)))
	return []string{kit.Ends(top, note, p.w), kit.Ends(sum, kit.Pad(spark, kit.Width(note)), p.w)}
}
