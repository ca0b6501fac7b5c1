// Package welcome is shown after login when something was not finished: the
// line broke, and this is what is kept.
package welcome

import (
	"context"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Welcome back", "欢迎回来")
	about   = i18n.T("What was I writing when I left?", "上次写到哪了?")
	goOn    = i18n.T("go on writing", "接着写")
	look    = i18n.T("look first", "先看")
	drop    = i18n.T("discard", "不要了")
	leave   = i18n.T("later", "以后再说")
	nothing = i18n.T("There is no draft", "没有草稿")

	lost       = i18n.T("Nothing is lost. The server keeps %d drafts; the newest was saved %s.", "你没丢东西。服务器上有 %d 份草稿, 最新的 %s 存的。")
	lostOne    = i18n.T("Nothing is lost. The server keeps a draft, saved %s.", "你没丢东西。服务器上有 1 份草稿, %s 存的。")
	drafts     = i18n.T("Drafts", "草稿")
	what       = i18n.T("What to do", "怎么办")
	how        = i18n.T("enter goes on at the same place, the clock from where it stopped", "enter    接着写 (光标回到原处, 计时从停下的地方继续)")
	howLook    = i18n.T("v reads it first", "v        先看, 不打开")
	howDrop    = i18n.T("d discards it; it is kept for 30 days", "d        不要了 (留 30 天)")
	howLater   = i18n.T("esc later: Today lists it", "esc      以后再说, 今日里有")
	contact    = i18n.T("Contact", "记联系")
	family     = i18n.T("Family data", "改资料")
	promise    = i18n.T("Promise", "加承诺")
	note       = i18n.T("Line in a meeting", "会上的记录")
	resolution = i18n.T("Resolution", "决议")
	restricted = i18n.T("Restricted data", "受限资料")
	clock      = i18n.T("clock %s", "计时 %s")
	savedAt    = i18n.T("saved %s", "%s 存")
	sure       = i18n.T("Discard the draft about %s?", "不要 %s 的草稿?")
	away       = i18n.T(" You were away from %s to %s (%s)", " 离开过: %s 断开, %s 接上 (%s)")
	others     = i18n.T("Meanwhile, about this family", "你不在时别人做的, 与这家有关")
	wrote      = i18n.T("%s %s wrote down a %s with %s. Your draft is as it was.", "%s %s 记了一次%s, %s。你的草稿不受影响")
	dropped    = i18n.T("Draft discarded, kept for 30 days", "草稿不要了, 还留 30 天")
	notDone    = i18n.T("! Not done: %s", "! 没做成: %s")
)

// Deps is what the screen asks the desk.
type Deps struct {
	Drafts func(context.Context) ([]data.Draft, error)
	Drop   func(ctx context.Context, draft int64) error
	Others func(context.Context, data.TimelineQuery) (data.Timeline, error)
}

type page struct {
	env    *kit.Env
	deps   Deps
	drafts kit.Load[[]data.Draft]
	drop   kit.Save[int64]
	others kit.Load[data.Timeline] // of the chosen draft's family
	of     int64                   // whose that is
	left   time.Time               // when the last visit ended
	came   time.Time
	list   kit.List
	open   bool // the chosen one is shown in full
	w, h   int
}

// New returns the screen. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page {
	return &page{env: env, deps: deps, left: env.Me.LastSeen, came: env.Now()}
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.drafts.Busy }
func (p *page) GiveUp()            { p.drafts.GiveUp() }
func (p *page) Init() tea.Cmd      { return p.drafts.Start(p.env.Ctx, p.deps.Drafts) }

func (p *page) Actions() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: goOn, When: p.none, Do: p.goOn},
		{Key: "v", Label: look, When: p.none, Do: func() tea.Cmd { p.open = !p.open; return nil }},
		{Key: "d", Label: drop, When: p.none, Do: p.discard},
		{Key: "esc", Label: leave, Do: p.env.Back},
	}
}

func (p *page) none() i18n.Phrase {
	if p.list.ID() == 0 {
		return nothing
	}
	return i18n.Phrase{}
}

func (p *page) goOn() tea.Cmd {
	o := kit.Draft(p.chosen())
	o.Replace = true
	return p.env.Send(o)
}

// look asks what others wrote about the chosen draft's family.
func (p *page) look() tea.Cmd {
	if p.list.At >= len(p.drafts.Value) || p.chosen().Student == p.of || p.chosen().Student == 0 {
		return nil
	}
	p.of = p.chosen().Student
	p.others.Forget()
	q := data.TimelineQuery{Student: p.of, Limit: 5}
	return p.others.Start(p.env.Ctx, func(ctx context.Context) (data.Timeline, error) { return p.deps.Others(ctx, q) })
}

func (p *page) chosen() data.Draft { return p.drafts.Value[p.list.At] }

func (p *page) discard() tea.Cmd {
	d := p.chosen()
	return kit.Ask(p.env, kit.Question{Title: drop, Text: []i18n.Phrase{sure.With(i18n.Typed(p.env.Lang.Name(d.Name, "")))}, Act: drop, Do: func() tea.Cmd {
		return p.drop.Start(p.env.Ctx, func(ctx context.Context) (int64, error) { return d.ID, p.deps.Drop(ctx, d.ID) })
	}})
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.drafts.Take(msg):
		if p.drafts.Err != nil {
			return p.env.Note(kit.NotRead(p.drafts.Err))
		}
		ids := make([]int64, len(p.drafts.Value))
		for i, d := range p.drafts.Value {
			ids[i] = d.ID
		}
		p.list.Keep(ids)
		if len(ids) == 0 {
			return p.env.Send(kit.Back{Page: p})
		}
		return p.look()
	case p.others.Take(msg):
		return nil
	case p.drop.Take(msg):
		if p.drop.Err != nil {
			return p.env.Note(notDone.With(i18n.Reason(p.drop.Err)))
		}
		return tea.Batch(p.env.Note(dropped), p.Init())
	}
	switch m := msg.(type) {
	case kit.Changed:
		if m.Touches("account", p.env.Me.ID) || m.TouchesAny("draft") || m.Touches("student", p.of) {
			p.of = 0
			return p.Init()
		}
		return nil
	case kit.Reload:
		return p.Init()
	}
	switch p.list.Take(msg) {
	case kit.Opened:
		return p.goOn()
	case kit.Moved:
		return p.look()
	}
	return nil
}

// Layout places the list of drafts: under the sentence, above what to do.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	p.list.Place(kit.Rect{X: 0, Y: 3, W: w, H: max(h-13, 1)})
}

// View draws what is kept, and what can be done with it.
func (p *page) View() kit.Frame {
	env, all := p.env, p.drafts.Value
	if len(all) == 0 {
		return kit.Frame{Body: kit.Block(nil, p.w, p.h)}
	}
	said := env.Say(lostOne, env.Lang.Moment(all[0].Saved, env.Now()))
	if len(all) > 1 {
		said = env.Say(lost, len(all), env.Lang.Moment(all[0].Saved, env.Now()))
	}
	lines := []string{" " + said, "", kit.Head(env.Say(drafts), "", p.w)}
	lines = append(lines, p.list.View(env, func(i int) string { return p.line(all[i]) })...)
	if p.list.At < len(all) {
		quoted := kit.Wrap(kit.Show("「"+all[p.list.At].Preview+"」"), p.w-8)
		most := 2
		if p.open {
			most = 6
		}
		for i, l := range quoted {
			if i < most {
				lines = append(lines, "    "+env.Look.Paint(theme.Muted, l))
			}
		}
	}
	if news := p.news(); len(news) > 0 {
		lines = append(append(lines, "", kit.Head(env.Say(others), "", p.w)), news...)
	}
	lines = append(lines, "", kit.Head(env.Say(what), "", p.w))
	for _, h := range []i18n.Phrase{how, howLook, howDrop, howLater} {
		lines = append(lines, "   "+env.Say(h))
	}
	return kit.Frame{Scope: p.gap(all[0]), Body: kit.Block(lines, p.w, p.h)}
}

// gap says from when to when the person was away, where that is known: a server
// that was killed wrote nothing after the draft.
func (p *page) gap(newest data.Draft) string {
	env := p.env
	if p.left.Before(newest.Saved) || p.came.Before(p.left) {
		return ""
	}
	left := env.Lang.Seconds(p.left)
	if data.DayOf(p.left) != data.DayOf(p.came) {
		left = env.Lang.Moment(p.left, p.came)
	}
	return env.Say(away, left, env.Lang.Seconds(p.came), env.Lang.Stopwatch(p.came.Sub(p.left)))
}

// news is what others wrote about the family since the draft was kept.
func (p *page) news() (out []string) {
	env := p.env
	for _, c := range p.others.Value.Contacts {
		if c.Staff != env.Me.ID && c.Written.After(p.chosen().Saved) {
			out = append(out, "   "+kit.Cut(env.Say(wrote, env.Lang.Moment(c.Written, env.Now()), env.Lang.Name(c.StaffName, ""),
				env.Lang.Channel(c.Channel), env.Lang.Name(p.chosen().Name, "")), p.w-4))
		}
	}
	return out
}

func (p *page) line(d data.Draft) string {
	env := p.env
	form := contact
	switch d.Kind {
	case "family":
		form = family
	case "care":
		form = restricted
	case "emergency", "lend", "release", "minutes":
		form = i18n.Screen(d.Kind)
	case "note":
		form = note
	case "question":
		form = i18n.Screen(d.Kind)
	case "resolution":
		form = resolution
	case "promise":
		form = promise
	case "meeting":
		form = i18n.Screen(kit.Draft(d).Screen)
	case "topic", "agenda_item", "notice", "replies":
		form = i18n.Screen(d.Kind)
	}
	left := env.Say(form) + " > " + kit.Show(env.Lang.Name(d.Name, "")) + "  " + env.Lang.Class(d.Class)
	right := env.Say(savedAt, env.Lang.Moment(d.Saved, env.Now()))
	if d.Clock > 0 {
		right = env.Say(clock, env.Lang.Stopwatch(d.Clock)) + "  " + right
	}
	return kit.Ends(left, right+" ", p.w-2)
}
