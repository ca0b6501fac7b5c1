// Package today is the first screen: what I have to do now, and what changed
// while I was away.
package today

import (
	"context"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Today", "今日")
	about   = i18n.T("What do I have to do now, and what changed while I was away?", "现在要做什么, 我不在时变了什么?")
	open    = i18n.T("open", "打开")
	finish  = i18n.T("done", "完成")
	later   = i18n.T("postpone", "改期")
	record  = i18n.T("contact", "记联系")
	card    = i18n.T("family card", "家庭卡")
	drop    = i18n.T("discard", "不要了")
	undo    = i18n.T("undo", "撤销")
	section = i18n.T("next section", "下一段")
	toDo    = i18n.T("for me", "要我做的")
	changed = i18n.T("changes", "变化")
	save    = i18n.T("save", "存")
	leave   = i18n.T("leave it", "不改")

	finishWhy = i18n.T("The promise was kept", "这个承诺做到了")
	laterWhy  = i18n.T("Another day for the promise: fri, +3d, 1 dec", "换个日子: 周五 +3d 12-01")
	cardWhy   = i18n.T("The family of the chosen row", "选中那行的家庭")
	dropWhy   = i18n.T("Takes the draft away; it is kept for 30 days", "丢掉草稿, 留 30 天")

	notPromise = i18n.T("Only a promise of mine that is open can be done or postponed", "只有我的、没了的承诺能完成或改期")
	notDraft   = i18n.T("Only a draft can be discarded", "只有草稿能不要")
	nothing    = i18n.T("Nothing is chosen", "没有选中哪一行")
	noUndo     = i18n.T("Nothing to undo within 10 minutes", "10 分钟内没有能撤销的")
	didDone    = i18n.T("1 done  u undo", "已完成 1 条  u 撤销")
	didLater   = i18n.T("Postponed to %s  u undo", "改到 %s  u 撤销")
	didUndo    = i18n.T("Undone", "已撤销")
	didDrop    = i18n.T("Draft discarded, kept for 30 days", "草稿不要了, 还留 30 天")
	notSaved   = i18n.T("! Not saved: %s", "! 没存上: %s")
	sureDrop   = i18n.T("Discard the draft about %s?", "不要 %s 的草稿?")
	whichDay   = i18n.T("Postpone to", "改到哪天")
)

// Deps is what the screen asks the desk.
type Deps struct {
	Today       func(ctx context.Context, since time.Time) (data.Today, error)
	SavePromise func(context.Context, data.Promise) (data.Promise, error)
	Drop        func(ctx context.Context, draft int64) error
	Calendar    func(context.Context) (data.Calendar, error)
}

// fresh is how young a draft is that a person is asked about on login.
const fresh = 12 * time.Hour

// undoable is how long an action can be taken back.
const undoable = 10 * time.Minute

type page struct {
	env   *kit.Env
	deps  Deps
	since time.Time

	today    kit.Load[data.Today]
	calendar kit.Load[data.Calendar]
	saved    kit.Save[data.Promise]
	dropped  kit.Save[int64]
	greeted  bool // whether drafts have been offered
	did      i18n.Phrase
	back     *data.Promise // what undo brings back
	until    time.Time

	rows   []row
	list   kit.List
	lines  []string
	detail []string
	w, h   int
	right  kit.Rect

	day    kit.Field // another day for a promise, while it is asked for
	asking bool
	fault  i18n.Phrase
}

// New returns the screen. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page {
	return &page{env: env, deps: deps, since: env.Me.LastSeen, day: kit.NewField(whichDay, "")}
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.today.Busy }

func (p *page) Init() tea.Cmd {
	return tea.Batch(p.ask(), p.calendar.Start(p.env.Ctx, p.deps.Calendar))
}

func (p *page) ask() tea.Cmd {
	since := p.since
	return p.today.Start(p.env.Ctx, func(ctx context.Context) (data.Today, error) { return p.deps.Today(ctx, since) })
}

func (p *page) Actions() []kit.Action {
	if p.asking {
		return []kit.Action{
			{Key: "enter ctrl+s f2", Label: save, Do: p.postpone},
			{Key: "esc", Label: leave, Do: p.stopAsking},
		}
	}
	return []kit.Action{
		{Key: "enter", Label: open, When: p.none, Do: p.open},
		{Key: "x", Label: finish, Help: finishWhy, When: p.noPromise, Do: p.finish},
		{Key: "z", Label: later, Help: laterWhy, When: p.noPromise, Do: p.startAsking},
		{Key: "c", Label: record, When: p.nobody, Do: p.record},
		{Key: "o", Label: card, Help: cardWhy, When: p.nobody, Do: p.card},
		{Key: "d", Label: drop, Help: dropWhy, When: p.noDraft, Rare: true, Do: p.discard},
		{Key: "u", Label: undo, When: p.noUndo, Rare: true, Do: p.undo},
		{Key: "tab", Label: section, Do: p.nextSection},
		{Key: "1", As: "1 3", Label: toDo, Do: func() tea.Cmd { p.jump(0); return nil }},
		{Key: "3", Label: changed, Rare: true, Do: func() tea.Cmd { p.jump(1); return nil }},
	}
}

func (p *page) row() (row, bool) {
	if p.list.ID() == 0 || p.list.At >= len(p.rows) {
		return row{}, false
	}
	return p.rows[p.list.At], true
}

func (p *page) none() i18n.Phrase {
	if _, ok := p.row(); !ok {
		return nothing
	}
	return i18n.Phrase{}
}

func (p *page) nobody() i18n.Phrase {
	if r, ok := p.row(); !ok || r.student() == 0 {
		return nothing
	}
	return i18n.Phrase{}
}

func (p *page) noPromise() i18n.Phrase {
	if r, ok := p.row(); !ok || r.promise == nil || r.promise.State != data.PromiseOpen || r.promise.Owner != p.env.Me.ID {
		return notPromise
	}
	return i18n.Phrase{}
}

func (p *page) noDraft() i18n.Phrase {
	if r, ok := p.row(); !ok || r.draft == nil {
		return notDraft
	}
	return i18n.Phrase{}
}

func (p *page) noUndo() i18n.Phrase {
	if p.back == nil || p.env.Now().After(p.until) {
		return noUndo
	}
	return i18n.Phrase{}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.today.Take(msg):
		if p.today.Err != nil {
			return p.env.Note(i18n.Reason(p.today.Err))
		}
		p.take()
		return p.greet()
	case p.calendar.Take(msg):
		return nil
	case p.saved.Take(msg):
		return p.tookSave()
	case p.dropped.Take(msg):
		if p.dropped.Err != nil {
			return p.env.Note(notSaved.With(i18n.Reason(p.dropped.Err)))
		}
		p.env.Note(didDrop)
		return p.ask()
	}
	switch m := msg.(type) {
	case kit.Changed:
		if p.concerns(m) {
			return p.ask()
		}
		return nil
	case kit.Reload, kit.NewDay:
		return p.ask()
	case kit.Tick: // deadlines count
		p.draw()
		return nil
	}
	if p.asking {
		p.day.Take(msg)
		return nil
	}
	switch p.list.Take(msg) {
	case kit.Moved:
		p.detail = p.details()
	case kit.Opened:
		return p.open()
	}
	return nil
}

// concerns reports whether a commit may change what stands here: promises and
// drafts of mine, and the children I see.
func (p *page) concerns(m kit.Changed) bool {
	if m.Touches("account", p.env.Me.ID) || m.TouchesAny("draft") {
		return true
	}
	if !m.TouchesAny("contact") && !m.TouchesAny("promise") {
		return false
	}
	scope := p.env.Me.Finds(p.env.Now())
	if scope.All {
		return true
	}
	for _, id := range scope.Classes {
		if m.Touches("class", id) {
			return true
		}
	}
	for _, id := range scope.Students {
		if m.Touches("student", id) {
			return true
		}
	}
	return false
}

// greet offers a draft to go on with, once, after login.
func (p *page) greet() tea.Cmd {
	if p.greeted {
		return nil
	}
	p.greeted = true
	for _, d := range p.today.Value.Drafts {
		if p.env.Now().Sub(d.Saved) < fresh {
			return p.env.Send(kit.Open{Screen: "welcome"})
		}
	}
	return nil
}

func (p *page) open() tea.Cmd {
	r, ok := p.row()
	switch {
	case !ok:
		return p.env.Note(nothing)
	case r.draft != nil:
		return p.env.Send(kit.Draft(*r.draft))
	case r.change != nil && r.change.Contact != 0:
		return p.env.Send(kit.Open{Screen: "history", ID: r.student(), Contact: r.change.Contact})
	}
	return p.card()
}

func (p *page) card() tea.Cmd {
	r, _ := p.row()
	return p.env.Send(kit.Open{Screen: "family", ID: r.student()})
}

func (p *page) record() tea.Cmd {
	r, _ := p.row()
	return p.env.Send(kit.Open{Screen: "contact", ID: r.student()})
}

func (p *page) finish() tea.Cmd {
	r, _ := p.row()
	was, now := *r.promise, *r.promise
	now.State = data.PromiseKept
	p.did = didDone
	return p.store(now, &was)
}

func (p *page) startAsking() tea.Cmd {
	p.asking, p.fault = true, i18n.Phrase{}
	p.day.Reset()
	p.day.Focus()
	return nil
}

func (p *page) stopAsking() tea.Cmd {
	p.asking = false
	p.day.Blur()
	return nil
}

func (p *page) postpone() tea.Cmd {
	due, err := p.calendar.Value.ParseDue(p.day.Value(), p.env.Now.Today())
	if err != nil || due.IsZero() {
		p.fault = i18n.Typed(p.env.Lang.Why(data.WhyNotADate))
		return nil
	}
	p.stopAsking()
	r, ok := p.row()
	if !ok || r.promise == nil {
		return nil
	}
	was, now := *r.promise, *r.promise
	now.Due = due
	p.did = didLater.With(i18n.Typed(p.env.Lang.Day(due, p.env.Now.Today())))
	return p.store(now, &was)
}

// store saves a promise; was is what undo brings back.
func (p *page) store(now data.Promise, was *data.Promise) tea.Cmd {
	p.back = was
	return p.saved.Start(p.env.Ctx, func(ctx context.Context) (data.Promise, error) { return p.deps.SavePromise(ctx, now) })
}

func (p *page) undo() tea.Cmd {
	was := *p.back
	was.Rev = p.saved.Value.Rev
	p.did = didUndo
	return p.store(was, nil)
}

func (p *page) tookSave() tea.Cmd {
	if p.saved.Err != nil {
		p.back = nil
		return tea.Batch(p.env.Note(notSaved.With(i18n.Reason(p.saved.Err))), p.ask())
	}
	p.until = p.env.Now().Add(undoable)
	p.env.Note(p.did)
	return p.ask()
}

func (p *page) discard() tea.Cmd {
	r, _ := p.row()
	d := *r.draft
	return kit.Ask(p.env, kit.Question{Title: drop, Text: []i18n.Phrase{sureDrop.With(i18n.Typed(p.env.Lang.Name(d.Name, "")))}, Act: drop, Do: func() tea.Cmd {
		return p.dropped.Start(p.env.Ctx, func(ctx context.Context) (int64, error) { return d.ID, p.deps.Drop(ctx, d.ID) })
	}})
}
