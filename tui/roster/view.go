package roster

import (
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	seat     = i18n.T("No", "学号")
	name     = i18n.T("Name", "姓名")
	guardian = i18n.T("Guardian", "主要联系人")
	phone    = i18n.T("Phone", "联系电话")
	lastOn   = i18n.T("Last talk", "上次联系")
	month    = i18n.T("Month", "本月")
	visit    = i18n.T("Visit", "家访")
	marks    = i18n.T("Flags", "标记")

	people   = i18n.T("%d students", "%d 人")
	teacher  = i18n.T("class teacher %s", "班主任 %s")
	legend   = i18n.T("✓ done  - open  ! late promise", "✓已做  -还没  !有逾期的承诺")
	unmasked = i18n.T("tags shown %s (logged)  v hides", "标记已显示 %s (已记日志)  v 遮住")
	noneYet  = i18n.T("none", "没有")
	noOne    = i18n.T("Nobody in this class yet. An administrator imports the roster.", "班里还没有学生。管理员导入名单。")
	noMatch  = i18n.T("Nobody is: %s  (esc shows all)", "没有符合「%s」的 (esc 去掉筛选)")
	chosen   = i18n.T("  marked %d", "  已选 %d")

	everyone  = i18n.T("all", "全部")
	unreached = i18n.T("not reached this month", "本月没联系")
	unvisited = i18n.T("not visited this term", "本学期没家访")
	late      = i18n.T("late promises", "有逾期")
	flagged   = i18n.T("flagged", "有标记")
	lateFirst = i18n.T("late first", "逾期在前")
	byNumber  = i18n.T("number", "学号")
	byName    = i18n.T("name", "姓名")
	longest   = i18n.T("longest without contact", "最久没联系")
)

func (p *page) cols() []kit.Col {
	who, near, mark := p.widths()
	return []kit.Col{{Width: 1}, {Head: seat, Width: 4, Align: kit.ToRight, Rank: 6}, {Head: name, Width: p.nameWidth()}, {Head: guardian, Width: who, Rank: 5},
		{Head: phone, Width: 13}, {Head: lastOn, Width: near, Rank: 4}, {Head: month, Width: mark, Align: kit.Middle, Rank: 1},
		{Head: visit, Width: mark, Align: kit.Middle, Rank: 2}, {Head: marks, Width: 6, Rank: 3, Grow: 1}}
}

// widths are what the widest guardian takes, the longest "12 days ago", and a
// mark with its head.
func (p *page) widths() (who, near, mark int) {
	who, near, mark = 12, 8, 4
	if p.Env.Lang == i18n.English {
		near, mark = 11, 5
	}
	for _, r := range p.Shown {
		if first := data.Callable(r.Guardians); len(first) > 0 {
			who = max(who, kit.Width(kit.Show(caller(p.Env, first[0]))))
		}
	}
	return min(who, 24), near, mark
}

// caller is whom to call, as the list names them.
func caller(env *kit.Env, g data.Guardian) string {
	return env.Lang.Guardian(g) + " " + env.Lang.Name(g.Name, "")
}

// nameWidth is the widest name's columns: names are never cut.
func (p *page) nameWidth() int {
	w := 8
	for _, r := range p.Shown {
		w = max(w, kit.Width(kit.Show(kit.NameOf(p.Env, r.Student))))
	}
	return min(w, 22)
}

func (p *page) cells(r data.RosterRow) []any {
	env, today := p.Env, p.Env.Now.Today()
	who, number := "-", "-"
	if first := data.Callable(r.Guardians); len(first) > 0 {
		who, number = caller(env, first[0]), data.Grouped(first[0].First())
	}
	near := env.Say(noneYet)
	if !r.LastOn.IsZero() {
		near = env.Lang.Near(r.LastOn, today)
	}
	tick := func(m data.Mark) kit.Cell {
		if m == data.MarkDone {
			return kit.In(theme.Plain, "✓") // a colour a mark would double the bytes of a key
		}
		return kit.In(theme.Plain, "-")
	}
	monthly := tick(r.Month)
	if overdue(r, today) > 0 {
		monthly = kit.In(theme.Plain, monthly.Text+"!") // the sign says it; a colour a row is bytes a key
	}
	mark := ""
	if p.marked[r.Student.ID] {
		mark = "x"
	}
	return []any{mark, r.Student.Seat(), kit.NameOf(env, r.Student), who, number, near, monthly, tick(r.Visit), p.flags(r)}
}

func (p *page) flags(r data.RosterRow) string {
	if !p.unmasked() {
		if r.Flagged {
			return "**"
		}
		return ""
	}
	var out []string
	for _, t := range p.tags.Value[r.Student.ID] {
		out = append(out, p.Env.Lang.Flag(t))
	}
	return strings.Join(out, " ")
}

// details is what stands below or beside the list of the chosen family: the
// numbers, the last talk, what was promised.
func (p *page) details(r data.RosterRow, w, _ int) (out []string) {
	env := p.Env
	head := []string{kit.NameOnCard(env, r.Student), env.Lang.Sex(r.Student.Sex), kit.Age(env, r.Student)}
	var words []string
	for _, h := range head {
		if h != "" {
			words = append(words, kit.Show(h))
		}
	}
	out = append(out, kit.Head(strings.Join(words, " "), "", w))
	numbers, talk, promises := 2, 1, 1
	if p.Wide() {
		numbers, talk, promises = 8, 6, 5
	}
	out = append(out, most(kit.Numbers(env, r.Guardians, w), numbers)...)
	out = append(out, kit.LastTalk(env, r.Last, w, talk)...)
	for _, pr := range r.Promises[:min(len(r.Promises), promises)] {
		out = append(out, kit.PromiseLine(env, pr, w))
	}
	return out
}

func most(lines []string, n int) []string { return lines[:min(len(lines), n)] }

// View draws the list and the detail of the chosen row.
func (p *page) View() kit.Frame {
	return kit.Frame{Scope: p.scope(), Body: p.Body(), Status: p.status()}
}

func (p *page) scope() string {
	r, env := p.Asked.Value, p.Env
	if r.Name.IsZero() {
		return ""
	}
	left := env.Lang.Class(r.Name) + "  " + env.Say(people, len(r.Rows))
	if r.Teacher != "" {
		left += "  " + env.Say(teacher, env.Lang.Name(r.Teacher, ""))
	}
	left += p.standing(r)
	if n := len(p.marked); n > 0 {
		left += env.Say(chosen, n)
	}
	return p.Scope(left)
}

func (p *page) status() string {
	env := p.Env
	if r := p.Asked.Value; !r.Name.IsZero() && r.Teacher == "" {
		return " " + env.Say(noTeacher)
	}
	if p.unmasked() {
		left := p.until.Sub(env.Now()).Round(time.Minute)
		return kit.Ends(" "+env.Say(legend), env.Say(unmasked, env.Lang.Minutes(left))+" ", p.W)
	}
	return " " + env.Look.Muted(env.Say(legend))
}
