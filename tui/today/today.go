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
	filter  = i18n.T("filter", "筛选")
	section = i18n.T("section", "下一段")
	toDo    = i18n.T("go to a section", "跳段")
	changed = i18n.T("changes", "变化")
	save    = i18n.T("save", "存")
	leave   = i18n.T("leave it", "不改")

	finishWhy = i18n.T("The promise was kept; of a resolution you say what came of it", "这个承诺做到了; 决议要写一句结果")
	laterWhy  = i18n.T("Another day for the promise: fri, +3d, 1 dec", "换个日子: 周五 +3d 12-01")
	cardWhy   = i18n.T("The family of the chosen row", "选中那行的家庭")
	dropWhy   = i18n.T("Takes the draft away; it is kept for 30 days", "丢掉草稿, 留 30 天")
	filterWhy = i18n.T("My promises, those of my class, all that I may see", "我的、本班的、能看到的全部承诺")

	notPromise = i18n.T("Only an open promise can be done or postponed", "只有没了的承诺能完成或改期")
	notDraft   = i18n.T("Only a draft can be discarded", "只有草稿能不要")
	nothing    = i18n.T("Nothing is chosen", "没有选中哪一行")
	saving     = i18n.T(".. saving, press again", ".. 正在存, 再按一次")
	noUndo     = i18n.T("Nothing to undo within 10 minutes", "10 分钟内没有能撤销的")
	didDone    = i18n.T("1 done  u undo", "已完成 1 条  u 撤销")
	didLater   = i18n.T("Postponed to %s  u undo", "改到 %s  u 撤销")
	didUndo    = i18n.T("Undone", "已撤销")
	didDrop    = i18n.T("Draft discarded, kept for 30 days", "草稿不要了, 还留 30 天")
	notSaved   = i18n.T("! Not saved: %s", "! 没存上: %s")
	sureDrop   = i18n.T("Discard the draft about %s?", "不要 %s 的草稿?")
	whichDay   = i18n.T("%s: postpone to", "%s 改到哪天")
)

// Deps is what the screen asks the desk.
type Deps struct {
	Today       func(ctx context.Context, since time.Time) (data.Today, error)
	Due         func(ctx context.Context, class int64, until data.Date) ([]data.Promise, error) // class 0: mine and my classes'
	DueAll      func(context.Context) ([]data.Promise, error)
	Family      func(ctx context.Context, student int64) (data.RosterRow, error)
	SavePromise func(context.Context, data.Promise) (data.Promise, error)
	Drop        func(ctx context.Context, draft int64) error
	Calendar    func(context.Context) (data.Calendar, error)
	Meetings    func(context.Context, data.MeetingQuery) (data.MeetingList, error)

	SaveResolution func(ctx context.Context, r data.Resolution, draft data.Ref) (data.Resolution, error)
}

const (
	// fresh is how young a draft is that a person is asked about on login.
	fresh = 12 * time.Hour
	// undoable is how long an action can be taken back.
	undoable = 10 * time.Minute
	// settled is how long a promise that was settled stays in the list.
	settled = 5 * time.Second
)

// A scope is whose promises are listed.
type scope int

const (
	mine scope = iota
	ofClass
	ofAll
)

// An answer is what is on the screen: the day, and the promises of a scope.
type answer struct {
	data.Today
	scope scope
	at    time.Time
}

type page struct {
	env   *kit.Env
	deps  Deps
	since time.Time

	asked    kit.Load[answer]
	today    answer // the newest there was: it stays where a reading fails
	calendar kit.Load[data.Calendar]
	meets    kit.Load[data.MeetingList]
	family   kit.Load[data.RosterRow] // of the chosen row, in a wide window
	of       int64                    // whose that is
	saved    kit.Save[data.Promise]
	dropped  kit.Save[int64]
	offered  bool // whether the room that one sits in has been offered
	greeted  bool // whether drafts have been offered
	did      i18n.Phrase
	back     *data.Promise // what undo brings back
	until    time.Time

	scope  scope
	rows   []row
	heads  [3]int              // where the sections begin, -1: it is not there
	gone   map[int64]time.Time // rows that were settled in sight, and until when they stay
	cols   cols
	list   kit.List
	lines  []string
	detail []string
	w, h   int
	right  kit.Rect
	day    kit.Field     // another day for a promise, while it is asked for
	asking *data.Promise // which one: the row may be gone before the day is typed
	fault  i18n.Phrase

	result    kit.Asking // what came of what a meeting decided
	carried   kit.Save[data.Resolution]
	undecided *data.Resolution // what undo brings back
}

// New returns the screen. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page {
	return &page{env: env, deps: deps, since: env.Me.LastSeen, day: kit.NewField(i18n.Phrase{}, ""), gone: map[int64]time.Time{}}
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.asked.Busy }
func (p *page) GiveUp()            { p.asked.GiveUp() }

func (p *page) Init() tea.Cmd {
	return tea.Batch(p.ask(), p.calendar.Start(p.env.Ctx, p.deps.Calendar), p.askMeetings())
}

// ask reads the day.
func (p *page) ask() tea.Cmd {
	since, scope, deps, now := p.since, p.scope, p.deps, p.env.Now
	return p.asked.Ask(p.env.Ctx, func(ctx context.Context) (a answer, err error) {
		a.scope, a.at = scope, now()
		if a.Today, err = deps.Today(ctx, since); err != nil {
			return a, err
		}
		switch scope {
		case ofClass:
			a.Promises, err = deps.Due(ctx, 0, data.Date{})
		case ofAll:
			a.Promises, err = deps.DueAll(ctx)
		}
		return a, err
	})
}

func (p *page) Actions() []kit.Action {
	if p.asking != nil {
		return []kit.Action{
			{Key: "enter ctrl+s f2", Label: save, Do: p.postpone},
			{Key: "esc", Label: leave, Do: p.stopAsking},
		}
	}
	if p.result.On {
		return p.result.Actions()
	}
	me, now := p.env.Me, p.env.Now()
	records := me.MayAtAll(now, data.RecContact, data.Create, true, data.IncomingOnly)
	return []kit.Action{
		{Key: "enter", Label: open, When: p.none, Do: p.open},
		{Key: "x", Label: finish, Help: finishWhy, Never: !records && len(p.today.Resolutions) == 0, When: p.noDuty, Do: p.finish},
		{Key: "z", Label: later, Help: laterWhy, Never: !records, When: p.noPromise, Do: p.startAsking},
		{Key: "c", Label: record, Never: !records, When: p.nobody, Do: p.record},
		{Key: "o", Label: card, Help: cardWhy, Never: me.Finds(now).Nobody(), When: p.nobody, Do: p.card},
		{Key: "f", Label: filter, Help: filterWhy, Never: len(p.scopes()) == 1, Do: p.nextScope},
		{Key: "tab", Label: section, Do: p.nextSection},
		{Key: "1", As: "1-3", Label: toDo, Do: func() tea.Cmd { return p.jump(0) }},
		{Key: "2", Label: meetings, Rare: true, When: p.noMeeting, Do: func() tea.Cmd { return p.jump(1) }},
		{Key: "3", Label: changed, Rare: true, Do: func() tea.Cmd { return p.jump(2) }},
		{Key: "d", Label: drop, Help: dropWhy, When: p.noDraft, Rare: true, Do: p.discard},
		{Key: "u", Label: undo, When: p.noUndo, Rare: true, Do: p.undo},
	}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.asked.Take(msg):
		return p.answered()
	case p.calendar.Take(msg):
		return nil
	case p.meets.Take(msg):
		if p.today.at.IsZero() { // the day is drawn with it
			return p.meets.Next()
		}
		return tea.Batch(p.meets.Next(), p.take(), p.offerRoom())
	case p.family.Take(msg):
		p.detail = p.details()
		return nil
	case p.saved.Take(msg):
		return p.tookSave()
	case p.carried.Take(msg):
		return p.tookCarried()
	case p.dropped.Take(msg):
		if p.dropped.Err != nil {
			return p.env.Note(notSaved.With(i18n.Reason(p.dropped.Err)))
		}
		p.env.Note(didDrop)
		return p.ask()
	}
	switch m := msg.(type) {
	case kit.Changed:
		var meets tea.Cmd
		if p.meet(m) {
			meets = p.askMeetings()
		}
		if p.concerns(m) {
			p.of = 0 // the family beside may be another now
			return tea.Batch(meets, p.ask())
		}
		return meets
	case kit.Reload, kit.NewDay:
		return tea.Batch(p.ask(), p.askMeetings())
	case kit.Tick: // deadlines count
		p.draw()
		return nil
	case turned:
		if m.page == p {
			return p.take()
		}
		return nil
	}
	if p.asking != nil {
		p.day.Take(msg)
		return nil
	}
	if p.result.On {
		switch msg.(type) {
		case tea.KeyPressMsg, tea.PasteMsg:
			return p.result.Take(msg)
		}
	}
	switch p.list.Take(msg) {
	case kit.Moved:
		return p.look()
	case kit.Opened:
		return p.open()
	}
	return nil
}

// turned tells the page itself to go over its rows: what was settled has been
// in sight long enough, or the window has become wide enough for more.
type turned struct{ page *page }

// answered puts what was read on the screen. Where a reading failed, what was
// there stays.
func (p *page) answered() tea.Cmd {
	next := p.asked.Next()
	if p.asked.Err != nil {
		return tea.Batch(next, p.env.Note(kit.NotRead(p.asked.Err)))
	}
	if p.asked.Value.scope != p.scope {
		return next
	}
	flash := p.news(p.asked.Value)
	return tea.Batch(next, flash, p.take(), p.offerRoom(), p.greet())
}

// concerns reports whether a commit may change what stands here: promises and
// drafts of mine, and the children I see.
func (p *page) concerns(m kit.Changed) bool {
	if m.Touches("account", p.env.Me.ID) || p.left(m) {
		return true
	}
	for i := range p.today.Drafts {
		if m.Touches("draft", p.today.Drafts[i].ID) {
			return true
		}
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

// greet offers a draft to go on with, once, after login; not to somebody who
// went elsewhere meanwhile.
func (p *page) greet() tea.Cmd {
	if p.greeted {
		return nil
	}
	p.greeted = true
	for _, d := range p.today.Drafts {
		if p.env.Now().Sub(d.Saved) < fresh {
			return p.env.Send(kit.Open{Screen: "welcome", Over: p})
		}
	}
	return nil
}
