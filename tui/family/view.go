package family

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
	livesAt   = i18n.T("lives in %s", "住 %s")
	teacherIs = i18n.T("class teacher %s", "班主任 %s")
	lookedAt  = i18n.T(" %s looked %d min ago", " %s %d 分钟前看过")
	lookedOn  = i18n.T(" %s looked %s", " %s %s 看过")
	lookedNow = i18n.T(" %s looked just now", " %s 刚看过")
	upToDate  = i18n.T(" Up to date  %s", " 已是最新  %s")
	savedOn   = i18n.T("Data of %s ", "资料 %s ")
	reached   = i18n.T("last reached %s ", "上次谈到 %s ")
	siblingOf = i18n.T("class teacher %s", "班主任 %s")
	closedOne = i18n.T("for its own teachers", "只给教他的老师")
	closedBy  = i18n.T("✓ %s did it", "✓ %s 已办")
	noDay     = i18n.T("no day", "没定日子")
)

// Layout gives the card the body; from 120 columns on the chosen contact stands
// at the right.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	list, right := kit.Split(w, h)
	if right.X == 0 {
		list = kit.Rect{W: w, H: h}
	}
	if right.X > 0 && p.right.X == 0 && p.list.Len() > 0 {
		p.env.Send(widened{p})
	}
	p.right = right
	p.list.Place(list)
	if p.card.Value.Student.ID != 0 {
		p.fill()
	}
	p.draw()
}

// draw makes all the lines: there are few.
func (p *page) draw() {
	p.lines = p.lines[:0]
	for _, r := range p.rows {
		p.lines = append(p.lines, p.line(r))
	}
	p.side = p.beside()
}

func (p *page) line(r row) string {
	switch w := p.list.Rect().W - 2; {
	case r.number != nil:
		return p.numberLine(r.number, w)
	case r.sibling != nil:
		s := r.sibling
		end := p.env.Say(siblingOf, p.env.Lang.Name(s.Teacher, ""))
		if !s.Open {
			end += "  " + p.env.Look.Muted(p.env.Say(closedOne))
		}
		return kit.Fit(kit.NameOf(p.env, s.Student), 12) + " " + kit.Fit(p.env.Lang.Sex(s.Student.Sex)+" "+p.env.Lang.Class(s.Student.ClassName), 10) + " " + end
	case r.contact != nil:
		return p.contactLine(r.contact, w)
	case r.promise != nil:
		return p.promiseLine(r.promise, w)
	case r.meeting != nil:
		return p.meetingLine(r.meeting, w)
	case r.care != "":
		return r.care
	}
	return r.text
}

func (p *page) numberLine(l *kit.Line, w int) string {
	env, g := p.env, l.Guardian
	order, who, name := "", "", ""
	if l.First {
		order, who, name = fmt.Sprint(g.Order), env.Lang.Guardian(g), env.Lang.Name(g.Name, "")
	}
	standing := strings.Join(kit.Standing(env, g), " ")
	if !l.First {
		standing = ""
	}
	role := theme.Plain
	switch {
	case g.DoNotContact, l.Bad():
		role = theme.Danger
	case !l.Callable():
		role = theme.Muted
	}
	note := l.Note(env)
	left := kit.Fit(order, 2) + kit.Fit(who, p.who) + " " + kit.Fit(name, p.name) + " " + env.Look.Paint(role, kit.Fit(l.Number(p.env), 14)) + " "
	rest := max(w-kit.Width(left), 0)
	half := min(p.standing, rest)
	if note != "" {
		half = min(half, rest*6/10)
	}
	return left + env.Look.Paint(role, kit.Fit(standing, half)) + "  " + kit.Cut(note, max(rest-half-2, 0))
}

func (p *page) contactLine(c *data.Contact, w int) string {
	env := p.env
	role := theme.Plain
	if c.Sight < data.Whole {
		role = theme.Restricted
	}
	left := kit.Fit(env.Lang.Day(data.DayOf(c.At), env.Now.Today()), 12) + kit.Fit(env.Lang.Channel(c.Channel), p.by) + kit.Fit(env.Lang.Name(c.StaffName, ""), p.staff+1) + " "
	return left + env.Look.Paint(role, kit.Cut(kit.Gist(env, *c), max(w-kit.Width(left), 0)))
}

func (p *page) promiseLine(pr *data.Promise, w int) string {
	env, today := p.env, p.env.Now.Today()
	mark, role, near := "  ", theme.Plain, env.Say(noDay)
	switch {
	case pr.State != data.PromiseOpen:
		mark, role, near = "✓ ", theme.OK, env.Lang.PromiseState(pr.State)
	case pr.Late(today) > 0:
		mark, role = "! ", theme.Danger
	case pr.Due == today:
		mark, role = "* ", theme.Warn
	}
	day := ""
	if !pr.Due.IsZero() {
		day = env.Lang.Day(pr.Due, today)
		if pr.State == data.PromiseOpen {
			near = env.Lang.Deadline(pr.Due, today)
		}
	}
	owner := env.Lang.Name(pr.OwnerName, "")
	text := pr.Text
	if pr.State != data.PromiseOpen && pr.ClosedBy != "" {
		text = env.Say(closedBy, env.Lang.Name(pr.ClosedBy, "")) + "  " + text
	}
	left := env.Look.Paint(role, kit.Fit(mark, 2)+kit.Fit(near, 12)) + " " + kit.Fit(env.Lang.PromiseKind(pr.Kind), 9) + " "
	end := " " + kit.Right(day, 11) + " " + kit.Fit(owner, p.staff)
	return left + kit.Fit(text, max(w-kit.Width(left)-kit.Width(end), 0)) + end
}

// View draws the card.
func (p *page) View() kit.Frame {
	env := p.env
	lines := p.list.View(env, func(i int) string { return p.lines[i] })
	if p.card.Err != nil && len(p.rows) == 0 {
		lines = []string{"", " " + env.Look.Danger("! "+env.Lang.Error(p.card.Err))}
	}
	f := kit.Frame{Scope: p.scope(), Status: p.status()}
	if p.right.X > 0 {
		a, b := kit.Split(p.w, p.h)
		f.Body = kit.Panes(lines, p.side, a, b)
	} else {
		f.Body = kit.Block(lines, p.w, p.h)
	}
	if p.begun() {
		f.Status = kit.Ends(" "+env.Look.Warn("* "+env.Say(unsentOf)), "", p.w)
	}
	if p.asks != nothingAsked {
		f.Status, f.Cursor = p.asked()
	}
	return f
}

// scope is row 2: who it is, where they live, what to watch.
func (p *page) scope() string {
	env, c := p.env, &p.card.Value
	s := c.Student
	if s.ID == 0 {
		return ""
	}
	words := []string{kit.NameOnCard(env, s), env.Lang.Sex(s.Sex), kit.Age(env, s), env.Lang.Class(s.ClassName) + " " + kit.Seat(env, s)}
	if !s.Status.Here() {
		words = append(words, env.Lang.Status(s.Status))
	}
	if c.Household.Address != "" {
		words = append(words, env.Say(livesAt, c.Household.Address))
	}
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, kit.Show(w))
		}
	}
	left := " " + strings.Join(out, "  ") + "  " + kit.Flags(env, c.Tags, c.Masked)
	right := ""
	if c.Teacher != "" {
		right = env.Say(teacherIs, env.Lang.Name(c.Teacher, "")) + " "
	}
	if passing := env.Lang.Passing(c.Passing, env.Now()); passing != "" { // how long one sees this at all comes first
		right = env.Look.Warn(passing) + " "
	} else if kit.Width(left)+kit.Width(right) >= p.w {
		right = ""
	}
	return kit.Ends(kit.Clip(left, p.w-kit.Width(right)), right, p.w)
}

func (p *page) status() string {
	env, c := p.env, &p.card.Value
	if c.Student.ID == 0 {
		return ""
	}
	left := env.Say(upToDate, env.Lang.Clock(env.Now()))
	here := kit.OthersLine(env, p.on(), nil)
	switch {
	case here != "" && (c.SeenBy == "" || kit.IsThere(env, p.on(), c.Seer)):
		left = " " + here
	case c.SeenBy != "":
		switch who, ago := kit.Show(env.Lang.Name(c.SeenBy, "")), env.Now().Sub(c.SeenAt); {
		case ago < 2*time.Minute:
			left = env.Say(lookedNow, who)
		case ago < time.Hour:
			left = env.Say(lookedAt, who, int(ago/time.Minute))
		default:
			left = env.Say(lookedOn, who, env.Lang.Moment(c.SeenAt, env.Now()))
		}
		if here != "" {
			left += "  " + here
		}
	}
	right := ""
	if !c.Household.At.IsZero() {
		right = env.Say(savedOn, env.Lang.Date(data.DayOf(c.Household.At), env.Now.Today()))
	}
	if kit.Width(left)+kit.Width(right) > p.w {
		right = ""
	}
	if said := env.Say(reached, env.Lang.Near(c.LastOn, env.Now.Today())) + " "; !c.LastOn.IsZero() && kit.Width(left)+kit.Width(said)+kit.Width(right) <= p.w {
		right = said + right
	}
	return kit.Ends(left, right, p.w)
}
