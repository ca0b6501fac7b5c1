package preparation

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	okPlace   = i18n.T("place: %s", "地点: %s")
	okAgenda  = i18n.T("agenda: %d points", "议程: %d 项")
	okTime    = i18n.T("the agenda fits: %d of %d min", "议程放得下: %d / %d 分钟")
	okInvited = i18n.T("%d families invited", "请了 %d 家")
	okTold    = i18n.T("families told %s", "%s 已通知家长")
	okInTime  = i18n.T("told in time", "通知没有晚")
	okReason  = i18n.T("told late, with the reason: %s", "通知晚了, 原因: %s")
	okTopics  = i18n.T("every topic has its answer", "议题都答复了")
	okFree    = i18n.T("clashes with no other meeting", "和别的会不冲突")
	clashPlc  = i18n.T("place", "地点")
	clashWho  = i18n.T("chair or secretary", "主持或秘书")
	clashHome = i18n.T("families", "家长")
	clashIs   = i18n.T("%s (%s, %s: %s)", "%s (%s, %s: %s)")
	otherMeet = i18n.T("another meeting", "别的会")

	mendEdit   = i18n.T("e edits the meeting", "e 改会议")
	mendAgenda = i18n.T("2 agenda", "2 议程")
	mendPeople = i18n.T("3 people", "3 人员")
	mendNotice = i18n.T("4 notice", "4 通知")
	mendTopics = i18n.T("1 topics", "1 议题")

	hCheck  = i18n.T("Before the meeting may start", "开会前要齐的")
	hMend   = i18n.T("Mend it", "怎么补")
	aMend   = i18n.T("mend", "去补")
	aOpenIt = i18n.T("open the room", "开会")
	openWhy = i18n.T("Opens the live room: attendance, clock, notes. Asks first", "打开现场: 签到、计时、记录。先问")
	qOpen   = i18n.T("Open the room of %s now?", "现在开「%s」?")
	qOpenA  = i18n.T("It is planned for %s. Families who came into the class since are invited.", "原定 %s。新来的家庭会一起请上。")
	qOpenB  = i18n.T("Still missing: %s", "还缺: %s")
	didOpen = i18n.T("The room is open", "现场已打开")
	notYet  = i18n.T("Not before the day of the meeting", "开会那天才能开")
	aEnter  = i18n.T("enter the room", "进现场")
	aRecord = i18n.T("minutes", "看纪要")
)

// A check is one thing that must be in order before the meeting may start.
type check struct {
	what data.Missing
	ok   i18n.Phrase // in order, in words
	mend i18n.Phrase // which key mends it
	tab  int         // where; -1: the meeting's own form
}

// checks are all of them, in the order in which one prepares.
func (p *page) checks() []check {
	v, env := p.view.Value, p.env
	today := env.Now.Today()
	inTime := okInTime
	if v.ShortWhy != "" {
		inTime = okReason.With(kit.Show(v.ShortWhy))
	}
	return []check{
		{data.LacksPlace, okPlace.With(kit.Show(v.Place)), mendEdit, -1},
		{data.LacksFreeTime, okFree, mendEdit, -1},
		{data.LacksFamilies, okInvited.With(len(v.Invitees)), mendPeople, onPeople},
		{data.LacksAnswers, okTopics, mendTopics, onTopics},
		{data.LacksAgenda, okAgenda.With(len(v.Agenda)), mendAgenda, onAgenda},
		{data.LacksTime, okTime.With(v.PlannedMinutes(), length(v.Meeting)), mendAgenda, onAgenda},
		{data.LacksNotice, okTold.With(i18n.Typed(env.Lang.Day(v.Told, today))), mendNotice, onNotice},
		{data.LacksReason, inTime, mendNotice, onNotice},
	}
}

// failed is the row of the first check that failed; rows count from 1.
func (p *page) failed() int64 {
	for n, c := range p.checks() {
		if slices.Contains(p.view.Value.Lacks, c.what) {
			return int64(n + 1)
		}
	}
	return 1
}

func (p *page) setChecks() {
	env, r, v := p.env, &p.rows[onChecks], p.view.Value
	r.cols = []kit.Col{{Width: 1}, {Head: hCheck, Width: 40, Grow: 1}, {Head: hMend, Width: 20}}
	var ids []int64
	var cells [][]any
	for n, c := range p.checks() {
		ids = append(ids, int64(n+1))
		switch {
		case slices.Contains(v.Lacks, c.what):
			cells = append(cells, []any{kit.In(theme.Danger, "!"), kit.In(theme.Danger, p.lacks(c.what)), env.Say(c.mend)})
		case c.what == data.LacksReason && v.Told.IsZero():
			mark, due := kit.In(theme.Muted, "-"), period(env, v)
			if sign, rest, ok := strings.Cut(due.Text, " "); ok && len(sign) == 1 {
				mark, due.Text = kit.In(due.Role, sign), rest
			}
			cells = append(cells, []any{mark, due, env.Say(c.mend)})
		default:
			cells = append(cells, []any{kit.In(theme.OK, "✓"), env.Say(c.ok), ""})
		}
	}
	r.set(ids, cells)
}

// lacks is what is missing, in words; of a clash also with what, and over what.
func (p *page) lacks(what data.Missing) string {
	env, v := p.env, p.view.Value
	word := env.Lang.Missing(what)
	if what != data.LacksFreeTime || len(v.Clashes) == 0 {
		return word
	}
	c := v.Clashes[0]
	name := c.Title
	if name == "" {
		name = env.Say(otherMeet)
	}
	over := clashHome
	switch {
	case c.Place:
		over = clashPlc
	case c.Who:
		over = clashWho
	}
	return env.Say(clashIs, word, kit.Show(name), env.Lang.Clock(c.Starts), env.Say(over))
}

// checkKeys are the keys of the last tab.
func (p *page) checkKeys() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: aMend, Never: !p.runs(), Do: p.mend},
		{Key: "i", Label: aOpenIt, Help: openWhy, Never: !p.runs(), When: p.cannotOpen, Do: p.openRoom}}
}

// mend goes to where the chosen check is put in order.
func (p *page) mend() tea.Cmd {
	n := int(p.rows[onChecks].list.ID()) - 1
	all := p.checks()
	if n < 0 || n >= len(all) {
		return nil
	}
	if all[n].tab < 0 {
		return p.editMeeting()
	}
	return p.show(all[n].tab)
}

// cannotOpen says why the room cannot be opened now: before its day nobody comes.
func (p *page) cannotOpen() i18n.Phrase {
	m := p.view.Value.Meeting
	switch {
	case p.notPreparing() != (i18n.Phrase{}):
		return p.notPreparing()
	case p.env.Now.Today().Before(data.DayOf(m.Starts)):
		return notYet
	}
	return i18n.Phrase{}
}

func (p *page) openRoom() tea.Cmd {
	v, env := p.view.Value, p.env
	text := []i18n.Phrase{qOpenA.With(i18n.Typed(env.Lang.Moment(v.Starts, env.Now())))}
	for _, what := range v.Lacks {
		text = append(text, qOpenB.With(i18n.Typed(p.lacks(what))))
	}
	return kit.Ask(env, kit.Question{Title: qOpen.With(i18n.Typed(kit.Show(v.Title))), Text: text, Act: aOpenIt, Do: p.enterRoom})
}
