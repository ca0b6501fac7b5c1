// Package history is what school and family have said to each other, the
// newest first: of one family, or of everybody in one's scope.
package history

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Family > %s > History", "家庭 > %s > 往来")
	bare    = i18n.T("History", "往来")
	about   = i18n.T("What have we said to each other, and how often?", "和这家说过什么, 多久说一次?")
	read    = i18n.T("full text", "全文")
	record  = i18n.T("contact", "记联系")
	filter  = i18n.T("filter", "筛选")
	correct = i18n.T("correct", "更正")
	card    = i18n.T("family card", "家庭卡")
	others  = i18n.T("other family", "上/下一家")
	weeks   = i18n.T("by week", "按周")
	undo    = i18n.T("bring back", "恢复")

	filterWhy  = i18n.T("All, by channel, with promises, those that reached nobody", "全部、按渠道、有承诺的、没联系上的")
	correctWhy = i18n.T("Your own within 48 hours, or your class's; the earlier version is kept", "自己写的或本班的, 48 小时内; 原来的也留着")
	weeksWhy   = i18n.T("Contacts in each week of the term", "本学期每周几次")

	nobody    = i18n.T("Nothing is chosen", "没有选中哪一条")
	noFamily  = i18n.T("This is everybody's: choose a row first", "这是全部家庭的: 先选一行")
	notYours  = i18n.T("Only your own contacts, or your class's, within 48 hours", "只能更正自己写的或本班的, 48 小时内")
	firstBack = i18n.T("It was taken away: u brings it back", "这条已去掉: u 恢复")
	noOther   = i18n.T("There is no other family in this list", "这张单子里没有别的家庭")
)

// Deps is what the screen asks the desk.
type Deps struct {
	Timeline func(context.Context, data.TimelineQuery) (data.Timeline, error)
	Contact  func(ctx context.Context, id int64) (data.Contact, error)
	Remove   func(ctx context.Context, id int64, reason string) error
	Restore  func(ctx context.Context, id int64) error
	Removed  func(ctx context.Context, student int64) ([]data.Contact, error)
	Ask      func(ctx context.Context, id int64, kind data.PromiseKind, why string) error
	Nameable func(ctx context.Context, id int64) ([]data.Reader, error)
	Name     func(ctx context.Context, id int64, accounts []int64) error
	Noted    func(ctx context.Context, id int64) (data.Contact, error) // with its private note; logged
}

// batch is how many contacts are read at once; more come when one gets near
// the end of them.
const batch = 100

type page struct {
	env  *kit.Env
	deps Deps

	student int64   // 0: everybody in scope
	of      []int64 // for [ and ]
	first   int64   // the contact to choose when it is there

	line    kit.Load[data.Timeline]
	more    kit.Load[data.Timeline]
	all     []data.Contact
	ended   bool // there is nothing older
	filter  int
	byWeek  bool
	known   bool  // an answer was there
	gone    int64 // what was taken away here, to be brought back
	backed  kit.Save[bool]
	stop    bool // what is older is folded away: nothing to read ahead for
	toggled map[int64]bool

	rows   []row
	list   kit.List
	drawn  map[int64]string
	detail []string
	shown  int64
	table  kit.Table
	w, h   int
	right  kit.Rect
}

// New returns the history of the student with the ID of o, or of everybody; the
// contact with the number Contact is chosen. Of are the families for [ and ].
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	return &page{env: env, deps: deps, student: o.ID, of: o.Of, first: o.Contact, drawn: map[int64]string{}, toggled: map[int64]bool{}}
}

func (p *page) Title() i18n.Phrase {
	if s := p.line.Value.Student; s.ID != 0 {
		return title.With(i18n.Typed(p.env.Lang.Name(s.Name, s.Reading)))
	}
	return bare
}

func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.line.Busy || p.more.Busy }
func (p *page) GiveUp()            { p.line.GiveUp(); p.more.GiveUp() }

func (p *page) Init() tea.Cmd { return p.ask() }

// query is what is asked for, from the newest on.
func (p *page) query() data.TimelineQuery {
	q := data.TimelineQuery{Student: p.student, Limit: batch}
	switch f := filters[p.filter]; {
	case f.promise:
		q.Promise = true
	case f.failed:
		q.Failed = true
	default:
		q.Kind = f.kind
	}
	return q
}

func (p *page) ask() tea.Cmd {
	if filters[p.filter].removed {
		student, was, removed := p.student, p.line.Value, p.deps.Removed
		return p.line.Start(p.env.Ctx, func(ctx context.Context) (out data.Timeline, err error) {
			out.Student, out.Term = was.Student, was.Term
			out.Contacts, err = removed(ctx, student)
			out.Total = len(out.Contacts)
			return out, err
		})
	}
	q := p.query()
	return p.line.Start(p.env.Ctx, func(ctx context.Context) (data.Timeline, error) { return p.deps.Timeline(ctx, q) })
}

// older asks for what comes after the last row, once one is near it.
func (p *page) older() tea.Cmd {
	if p.ended || filters[p.filter].removed || p.stop || p.more.Busy || p.line.Busy || len(p.all) == 0 || p.list.At+p.h < len(p.rows) {
		return nil
	}
	q, last := p.query(), p.all[len(p.all)-1]
	q.Before = &last
	return p.more.Start(p.env.Ctx, func(ctx context.Context) (data.Timeline, error) { return p.deps.Timeline(ctx, q) })
}

func (p *page) Actions() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: read, When: p.none, Do: p.read},
		{Key: "c", Label: record, When: p.noStudent, Do: p.record},
		{Key: "f", Label: filter, Help: filterWhy, Do: p.nextFilter},
		{Key: "e", Label: correct, Help: correctWhy, When: p.mayCorrect, Do: p.correct},
		{Key: "o", Label: card, When: p.noStudent, Do: p.open},
		{Key: "u", Label: undo, When: p.noUndo, Rare: !filters[p.filter].removed && p.gone == 0, Do: p.restore},
		{Key: "v", Label: weeks, Help: weeksWhy, Rare: true, Do: func() tea.Cmd { p.byWeek = !p.byWeek; p.Layout(p.w, p.h); return nil }},
		{Key: "[", As: "[ ]", Label: others, Do: func() tea.Cmd { return p.neighbour(-1) }},
		{Key: "]", Label: others, Rare: true, Do: func() tea.Cmd { return p.neighbour(1) }},
	}
}

func (p *page) contact() (data.Contact, bool) {
	if id := p.list.ID(); id > 0 && p.list.At < len(p.rows) {
		return p.rows[p.list.At].contact, true
	}
	return data.Contact{}, false
}

func (p *page) none() i18n.Phrase {
	if p.list.ID() == 0 {
		return nobody
	}
	return i18n.Phrase{}
}

// whose is the student that an action on the chosen row is about.
func (p *page) whose() int64 {
	if p.student != 0 {
		return p.student
	}
	if c, ok := p.contact(); ok && len(c.Students) > 0 {
		return c.Students[0]
	}
	return 0
}

func (p *page) noStudent() i18n.Phrase {
	if p.whose() == 0 {
		return noFamily
	}
	return i18n.Phrase{}
}

func (p *page) mayCorrect() i18n.Phrase {
	c, ok := p.contact()
	if !ok {
		return nobody
	}
	if !c.MayEdit {
		return notYours
	}
	return i18n.Phrase{}
}

func (p *page) noUndo() i18n.Phrase {
	if _, ok := p.contact(); filters[p.filter].removed && ok || p.gone != 0 {
		return i18n.Phrase{}
	}
	return nothingUp
}

// restore brings back the chosen one of those that were taken away, else the one
// that was taken away here last.
func (p *page) restore() tea.Cmd {
	id, restore := p.gone, p.deps.Restore
	if c, ok := p.contact(); filters[p.filter].removed && ok {
		id = c.ID
	}
	return p.backed.Start(p.env.Ctx, func(ctx context.Context) (bool, error) { return true, restore(ctx, id) })
}

// read shows the chosen contact whole, or folds the chosen term.
func (p *page) read() tea.Cmd {
	c, ok := p.contact()
	if !ok {
		p.toggle()
		return p.older()
	}
	if filters[p.filter].removed {
		return p.env.Note(firstBack)
	}
	return p.env.Send(kit.Push{Page: newReader(p.env, p.deps, c.ID, p.ids())})
}

// ids are the contacts in the list's order.
func (p *page) ids() (ids []int64) {
	for _, r := range p.rows {
		if r.contact.ID != 0 {
			ids = append(ids, r.contact.ID)
		}
	}
	return ids
}

func (p *page) record() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "contact", ID: p.whose()})
}

func (p *page) open() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "family", ID: p.whose(), Of: p.of})
}

func (p *page) correct() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "contact", ID: p.whose(), Contact: p.list.ID()})
}

func (p *page) nextFilter() tea.Cmd {
	p.filter = (p.filter + 1) % len(filters)
	p.ended, p.all = false, nil
	p.more.Forget()
	return p.ask()
}

// neighbour opens the history of the next family of the list one came from.
func (p *page) neighbour(step int) tea.Cmd {
	for i, id := range p.of {
		if id == p.student && len(p.of) > 1 {
			next := p.of[(i+step+len(p.of))%len(p.of)]
			return p.env.Send(kit.Open{Screen: "history", ID: next, Of: p.of, Replace: true})
		}
	}
	return p.env.Note(noOther)
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.backed.Take(msg):
		if p.backed.Err != nil {
			return p.env.Note(i18n.Reason(p.backed.Err))
		}
		p.gone = 0
		return tea.Batch(p.env.Note(wasBack), p.ask())
	case p.line.Take(msg):
		if p.line.Gone() { // nothing of it may stay
			p.all, p.rows, p.detail, p.known = nil, nil, nil, false
			p.more.Forget()
			p.list.Keep(nil)
			p.Layout(p.w, p.h)
		}
		if p.line.Err != nil {
			return p.env.Note(kit.NotRead(p.line.Err))
		}
		return p.take()
	case p.more.Take(msg):
		if p.more.Err != nil {
			return p.env.Note(kit.NotRead(p.more.Err))
		}
		p.all = append(p.all, p.more.Value.Contacts...)
		p.ended = len(p.more.Value.Contacts) < batch
		p.Layout(p.w, p.h)
		return nil
	}
	switch m := msg.(type) {
	case taken:
		p.gone = m.id
		return p.ask()
	case kit.Changed:
		switch {
		case p.student != 0 && (m.Touches("household", p.line.Value.Student.Household) || m.Touches("student", p.student)),
			p.student == 0 && m.TouchesAny("contact"):
			return p.ask()
		}
		return nil
	case kit.Reload, kit.NewDay:
		return p.ask()
	}
	switch p.list.Take(msg) {
	case kit.Moved:
		p.settle()
		return p.older()
	case kit.Opened:
		return p.read()
	}
	return nil
}

// take puts a new answer on the screen: its rows in place of those it covers.
func (p *page) take() tea.Cmd {
	known := map[int64]int64{}
	for _, c := range p.all {
		known[c.ID] = c.Rev
	}
	fresh := p.line.Value.Contacts
	all := len(fresh) < batch
	p.known = true
	p.all = splice(fresh, p.all, all)
	p.ended = p.ended && len(p.all) > len(fresh) || all
	p.Layout(p.w, p.h)
	if p.first != 0 && p.list.Choose(p.first) {
		p.first = 0
		p.settle()
	}
	var changed []int64
	for _, c := range fresh {
		if rev, ok := known[c.ID]; len(known) > 0 && c.Staff != p.env.Me.ID && (!ok || rev != c.Rev) {
			changed = append(changed, c.ID)
		}
	}
	if len(changed) > 0 {
		return p.list.Flash(p.env, changed...)
	}
	return nil
}
