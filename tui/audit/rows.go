package audit

import (
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	colTime   = i18n.T("Time", "时间")
	colWho    = i18n.T("Who", "人")
	colDid    = i18n.T("Did", "动作")
	colObject = i18n.T("Object", "对象")
	colFrom   = i18n.T("From", "来源")

	newestOf = i18n.T("Newest", "最新")
	todayOf  = i18n.T("Today", "今天")
	rowsOf   = i18n.T("%s  %s rows", "%s  %s 条")
	who      = i18n.T("who: %s", "人: %s")
	did      = i18n.T("did: %s", "动作: %s")
	object   = i18n.T("child: %s", "孩子: %s")
	anybody  = i18n.T("all", "全部")
	lookers  = i18n.T("who looked", "谁看过")

	levelIs  = i18n.T("level %s", "级别 %s")
	byDoor   = i18n.T("by %s", "经 %s")
	session  = i18n.T("window %s", "窗口 %s")
	keyIs    = i18n.T("key %s", "钥匙 %s")
	rowNo    = i18n.T("Row %d", "第 %d 条")
	hashes   = i18n.T("hash before %s  own %s", "前一条校验 %s  本条校验 %s")
	onlyAdds = i18n.T("The log only grows; nothing in it can be changed.", "日志只能加, 不能改。")
	newLines = i18n.T(" %s new, ctrl+r shows them", " 新 %s 条, ctrl+r 显示")
)

func (p *page) cols() []kit.Col {
	name := 8
	for _, l := range p.Asked.Value.Lines {
		name = max(name, min(14, kit.Width(kit.Show(p.Env.Lang.AuditWho(l)))))
	}
	return []kit.Col{{Head: colTime, Width: 15}, {Head: colWho, Width: name}, {Head: colDid, Width: 14}, {Head: colObject, Width: 15, Grow: 3},
		{Head: colFrom, Width: 13, Grow: 1, Rank: 1}}
}

// when is the time of day to the second, with the day before it where it is not
// today's.
func (p *page) when(l data.AuditLine) string {
	at := p.Env.Lang.Seconds(l.At)
	if day := data.DayOf(l.At); day != p.Env.Now.Today() {
		return p.Env.Lang.Date(day, p.Env.Now.Today()) + " " + at
	}
	return at
}

func (p *page) cells(l data.AuditLine) []any {
	lang, role := p.Env.Lang, theme.Plain
	switch l.Did {
	case data.AccessRefused, data.SignInRefused, data.EnrolRefused:
		role = theme.Danger
	}
	return []any{p.when(l), lang.AuditWho(l), kit.In(role, lang.Deed(l.Did)), lang.AuditWhat(l), l.Source}
}

// detail is the chosen row under the list.
func (p *page) detail(l data.AuditLine, w, h int) []string {
	lines := append([]string{kit.Head(p.when(l)+"  "+p.Env.Lang.AuditWho(l)+"  "+p.Env.Lang.Deed(l.Did), p.Env.Say(rowNo, l.ID), w)}, facts(p.Env, l, w)...)
	return lines[:min(len(lines), h)]
}

// facts are what a row says besides who did what and when.
func facts(env *kit.Env, l data.AuditLine, w int) (out []string) {
	lang := env.Lang
	words := []string{lang.AuditWhat(l)}
	if l.Level > 0 {
		words = append(words, env.Say(levelIs, lang.Level(l.Level)))
	}
	add := func(words ...string) {
		line := strings.Join(words, "  ")
		for _, part := range kit.Wrap(kit.Show(line), w-2) {
			out = append(out, " "+part)
		}
	}
	add(words...)
	way := []string{env.Say(byDoor, lang.Door(l.Door))}
	if l.Source != "" {
		way = append(way, l.Source)
	}
	if l.Session != "" {
		way = append(way, env.Say(session, l.Session))
	}
	add(way...)
	if l.Key != "" {
		add(env.Say(keyIs, l.Key))
	}
	add(env.Say(hashes, brief(l.Prev), brief(l.Hash)))
	return out
}

// brief is a hash as people compare one at a glance.
func brief(hash string) string {
	if len(hash) < 16 {
		return "-"
	}
	return hash[:8] + ".." + hash[len(hash)-4:]
}

// View draws the rows, what they are narrowed to, and how the log stands.
func (p *page) View() kit.Frame {
	return kit.Frame{Scope: p.scope(), Body: p.Body(), Status: p.status()}
}

func (p *page) scope() string {
	env := p.Env
	if broken := p.broken(); broken != "" {
		return " " + env.Look.Danger(kit.Cut("! "+broken, p.W-2))
	}
	label := env.Say(newestOf)
	switch today := env.Now.Today(); p.by.day {
	case data.Date{}:
	case today:
		label = env.Say(todayOf)
	default:
		label = env.Lang.Day(p.by.day, today)
	}
	if total := p.Asked.Value.Total; total > 0 {
		label = env.Say(rowsOf, label, env.Lang.Number(int(total)))
	}
	or := func(s string) string {
		if s == "" {
			return env.Say(anybody)
		}
		return kit.Show(s)
	}
	kind := ""
	if p.by.kind != "" {
		kind = env.Lang.DeedKind(p.by.kind)
	}
	if p.by.looked {
		kind = env.Say(lookers)
	}
	name := p.by.name
	if name != "" {
		name = env.Lang.Name(name, "")
	}
	words := []string{label, env.Say(who, or(name)), env.Say(did, or(kind)), env.Say(object, or(p.child()))}
	return kit.Ends(" "+kit.Clip(strings.Join(words, "  "), p.W-2), p.standing(), p.W)
}

// child is whom the rows are about.
func (p *page) child() string {
	if lines := p.Asked.Value.Lines; p.by.looked && p.by.child == "" && len(lines) > 0 {
		return p.Env.Lang.Name(lines[0].Child, "")
	}
	return p.by.child
}

func (p *page) status() string {
	env := p.Env
	switch {
	case p.verify.Busy:
		return " " + env.Say(checked, env.Lang.Number(int(p.done.Load())), env.Lang.Number(int(p.total.Load())))
	case p.broken() != "":
		return " " + env.Look.Danger(kit.Cut(env.Say(whatToDo), p.W-2))
	case len(p.news.Value.Lines) > 0:
		n := fmt.Sprint(len(p.news.Value.Lines))
		if p.news.Value.More {
			n += "+"
		}
		return env.Look.Live(env.Say(newLines, n))
	}
	return p.sealed()
}
