package meetings

import (
	"context"
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	cDay   = i18n.T("Day", "日期")
	cTime  = i18n.T("Time", "时间")
	cKind  = i18n.T("Kind", "类型")
	cTitle = i18n.T("Meeting", "会议")
	cReady = i18n.T("Ready", "准备")
	cState = i18n.T("State", "情况")
	cChair = i18n.T("Chair", "主持")

	legend     = i18n.T("! something is missing  * today or on  - to be finished  ✓ done  . cancelled", "! 有事要补  * 今天或正在开  - 还没办结  ✓ 已办结  . 已取消")
	isFiltered = i18n.T("show: %s", "看: %s")
	ready      = i18n.T("can begin", "可以开始")
	lacks      = i18n.T("! %d missing", "! 缺 %d 项")
	attended   = i18n.T("%s %d/%d", "%s %d/%d")

	when      = i18n.T("%s %s-%s", "%s %s-%s")
	inCharge  = i18n.T("Chair %s  Secretary %s", "主持 %s  秘书 %s")
	planned   = i18n.T("Agenda %d points, %d of %d min", "议程 %d 项 %d / %d 分钟")
	replied   = i18n.T("Families %d  answered %d", "应到 %d 户  已回执 %d")
	came      = i18n.T("Families %d  came %d (%s)", "应到 %d 户  实到 %d (%s)")
	missing   = i18n.T("! Missing: %s", "! 还缺: %s")
	comma     = i18n.T(", ", "、")
	nthOfTerm = i18n.T("This term %s, %s: held %d, to come %d", "本学期 %s %s: 已开 %d  将开 %d")
	because   = i18n.T("Cancelled: %s", "取消原因: %s")
	noPlace   = i18n.T("no place", "没定地点")
	partly    = i18n.T("You see its agenda and resolutions: enter", "你能看议程和决议: enter 打开")
	hidden    = i18n.T("You see the day of this meeting only", "这个会你只能看到日期")

	clashWith  = i18n.T("! Clash: %s %s: %s", "! 冲突: %s %s: %s")
	anotherOne = i18n.T("a meeting of another class", "别的班的会")
	samePlace  = i18n.T("same place", "同一地点")
	sameChair  = i18n.T("chair too", "主持也在")
	sameWriter = i18n.T("secretary too", "秘书也在")
	sameHome   = i18n.T("same families", "同一班家庭")
)

// facts is what the detail shows of a meeting besides its line: what stands in its
// way, and how many of its kind its class has this term.
type facts struct {
	key          string
	clashes      []data.Clash
	held, coming int
}

// keyOf names what facts are about: the meeting as it is.
func keyOf(l data.MeetingLine) string { return fmt.Sprint(l.ID, l.Rev, l.Clash, l.State) }

// look asks for the facts of the chosen meeting. A row that stays chosen asks
// nobody.
func (p *page) look() tea.Cmd {
	l, ok := p.Chosen()
	key := keyOf(l)
	if !ok || key == p.key || l.Sight < data.MeetingWhole {
		return nil
	}
	p.key = key
	term := p.calendar.Value.Term(data.DayOf(l.Starts))
	deps := p.deps
	return p.about.Start(p.Env.Ctx, func(ctx context.Context) (facts, error) { return readFacts(ctx, deps, l, term) })
}

func readFacts(ctx context.Context, deps Deps, l data.MeetingLine, term data.Term) (f facts, err error) {
	f.key = keyOf(l)
	if l.Clash {
		if f.clashes, err = deps.Clashes(ctx, l.Meeting); err != nil {
			return f, err
		}
	}
	if !term.Holds(data.DayOf(l.Starts)) {
		return f, nil
	}
	all, err := deps.Meetings(ctx, data.MeetingQuery{Class: l.Class, Kind: l.Kind, From: term.First, Until: term.Last})
	for _, o := range all.Lines {
		switch {
		case o.State.Over():
			f.held++
		case o.State != data.MeetingCancelled:
			f.coming++
		}
	}
	return f, err
}

func (p *page) cols() []kit.Col {
	env, today := p.Env, p.Env.Now.Today()
	day, kind, state, chair := 10, 6, 10, 6
	wider := func(w *int, s string, most int) { *w = min(max(*w, kit.Width(kit.Show(s))), most) }
	for _, l := range p.Asked.Value.lines {
		wider(&day, env.Lang.Day(data.DayOf(l.Starts), today), 15)
		wider(&kind, env.Lang.MeetingKind(l.Kind), 18)
		word, _ := p.stands(l)
		wider(&state, word, 20)
		wider(&chair, env.Lang.Name(l.ChairName, ""), 22)
	}
	stand := cState
	if tabs[p.tab] == data.ComingMeetings {
		stand = cReady
	}
	return []kit.Col{{Width: 1}, {Head: cDay, Width: day}, {Head: cTime, Width: 5, Rank: 1}, {Head: cKind, Width: kind, Rank: 2},
		{Head: cTitle, Width: 20, Grow: 1}, {Head: stand, Width: state}, {Head: cChair, Width: chair, Rank: 3}}
}

// mark is the sign before a row.
func (p *page) mark(l data.MeetingLine) (string, theme.Role) {
	switch {
	case l.State == data.MeetingCancelled:
		return ".", theme.Muted
	case l.State == data.MeetingClosed:
		return "✓", theme.OK
	case l.State.Over():
		return "-", theme.Plain
	case l.State == data.MeetingInSession || data.DayOf(l.Starts) == p.Env.Now.Today():
		return "*", theme.Live
	case len(l.Lacks) > 0:
		return "!", theme.Danger
	}
	return "", theme.Plain
}

// stands is whether a meeting is ready, or how far it is.
func (p *page) stands(l data.MeetingLine) (string, theme.Role) {
	lang := p.Env.Lang
	state := lang.MeetingState(l.State)
	switch {
	case l.State == data.MeetingCancelled:
		return state, theme.Muted
	case l.State.Over() && l.Sight == data.MeetingWhole:
		return lang.Say(attended, state, l.Came, l.Invited), theme.Plain
	case l.State.Over() || l.Sight < data.MeetingWhole:
		return state, theme.Plain
	case l.State == data.MeetingInSession:
		return "* " + state, theme.Live
	case len(l.Lacks) > 0:
		return lang.Say(lacks, len(l.Lacks)), theme.Danger
	}
	return lang.Say(ready), theme.OK
}

// named is what a meeting is called among those of other classes: its theme, with
// the class before it where the theme does not name it; of one of which only the
// day is told, its class and its kind.
func named(env *kit.Env, m data.Meeting) string {
	class, then := env.Lang.Class(m.ClassName), m.ClassName
	then.Grade -= data.SchoolYear(env.Now.Today()) - m.Year
	switch {
	case m.Title == "":
		return class + " " + env.Lang.MeetingKind(m.Kind)
	case m.ClassName.IsZero() || m.Year != 0 && strings.Contains(m.Title, i18n.Chinese.Class(then)) || strings.Contains(m.Title, i18n.Chinese.Class(m.ClassName)) || strings.Contains(m.Title, class):
		return m.Title
	}
	return class + " " + m.Title
}

func (p *page) cells(l data.MeetingLine) []any {
	lang := p.Env.Lang
	mark, look := p.mark(l)
	word, role := p.stands(l)
	return []any{kit.In(look, mark), lang.Day(data.DayOf(l.Starts), p.Env.Now.Today()), lang.Clock(l.Starts), lang.MeetingKind(l.Kind),
		named(p.Env, l.Meeting), kit.In(role, word), lang.Name(l.ChairName, "")}
}

// details is the chosen meeting in full.
func (p *page) details(l data.MeetingLine, w, _ int) (out []string) {
	env, lang, today := p.Env, p.Env.Lang, p.Env.Now.Today()
	place := l.Place
	if place == "" {
		place = env.Say(noPlace)
	}
	at := env.Say(when, lang.Day(data.DayOf(l.Starts), today), lang.Clock(l.Starts), lang.Clock(l.Ends))
	where := at + "  " + place
	if l.Sight == data.MeetingDate {
		where = at
	}
	if l.ChairName != "" {
		where += "  " + env.Say(inCharge, lang.Name(l.ChairName, ""), lang.Name(l.SecretaryName, ""))
	}
	add := func(role theme.Role, s string) {
		for _, line := range kit.Wrap(s, w-2) {
			out = append(out, " "+env.Look.Paint(role, line))
		}
	}
	note := strings.TrimSpace(l.Number() + "  " + lang.MeetingState(l.State))
	out = append(out, kit.Head(kit.Cut(named(env, l.Meeting), w-kit.Width(note)-10), note, w))
	add(theme.Plain, where)
	switch l.Sight {
	case data.MeetingDate:
		add(theme.Muted, env.Say(hidden))
		return out
	case data.MeetingOpen, data.MeetingInvited:
		add(theme.Muted, env.Say(partly))
		return out
	}
	asked := env.Say(replied, l.Invited, l.Replied)
	if l.State.Over() {
		asked = env.Say(came, l.Invited, l.Came, lang.Percent(l.Came, l.Invited))
	}
	add(theme.Plain, env.Say(planned, l.Items, l.Planned, int(l.Ends.Sub(l.Starts).Minutes()))+"  "+asked)
	if len(l.Lacks) > 0 {
		add(theme.Danger, env.Say(missing, p.listed(l.Lacks)))
	}
	if l.State == data.MeetingCancelled {
		add(theme.Plain, env.Say(because, l.CancelWhy))
	}
	if f := p.about.Value; f.key == keyOf(l) {
		for _, c := range f.clashes {
			add(theme.Danger, clashLine(env, c))
		}
		if f.held+f.coming > 0 {
			add(theme.Plain, env.Say(nthOfTerm, lang.Class(l.ClassName), lang.MeetingKind(l.Kind), f.held, f.coming))
		}
	}
	if l.Plan != "" {
		add(theme.Muted, l.Plan)
	}
	return out
}

func (p *page) listed(all []data.Missing) string {
	words := make([]string, len(all))
	for i, m := range all {
		words[i] = p.Env.Lang.Missing(m)
	}
	return strings.Join(words, p.Env.Say(comma))
}

// clashLine says which other meeting stands in the way, and by what.
func clashLine(env *kit.Env, c data.Clash) string {
	name := c.Title
	if name == "" {
		name = env.Say(anotherOne)
	}
	at := env.Lang.Day(data.DayOf(c.Starts), env.Now.Today()) + " " + env.Lang.Clock(c.Starts)
	return env.Say(clashWith, at, kit.Show(name), strings.Join(wants(env, c), env.Say(comma)))
}

// wants is what two meetings both want, in words.
func wants(env *kit.Env, c data.Clash) (out []string) {
	for _, w := range []struct {
		yes  bool
		word i18n.Phrase
	}{{c.Place, samePlace}, {c.Chair, sameChair}, {c.Secretary, sameWriter}, {c.Home, sameHome}} {
		if w.yes {
			out = append(out, env.Say(w.word))
		}
	}
	return out
}
