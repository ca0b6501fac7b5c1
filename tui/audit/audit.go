// Package audit is the log of who saw and did what, when and from where: as much
// of it as its reader may know. Who reads all of it sees whether it is whole.
package audit

import (
	"context"
	"sync/atomic"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Admin > Audit log", "管理 > 审计日志")
	about   = i18n.T("Who saw or changed what, when, from where, and is the log whole?", "谁看了什么、改了什么, 何时、从哪里, 日志还完整吗?")
	details = i18n.T("details", "详情")
	filter  = i18n.T("filter", "筛选")
	all     = i18n.T("no filter", "去掉筛选")
	days    = i18n.T("day", "前后一天")
	copyIt  = i18n.T("copy hash", "复制校验码")
	check   = i18n.T("check, seal", "核对封印")
	export  = i18n.T("export", "导出")

	checkWhy  = i18n.T("Computes every row anew; if all is whole, you may confirm the seal of the last day", "从头算一遍每一行; 都对, 就可以确认上一天的封印")
	copyWhy   = i18n.T("The chosen row as a witness: print or mail it, qiao check --witness tells later whether the log is still the same", "选中那行作见证: 打印或寄出, 以后用 qiao check --witness 比")
	exportWhy = i18n.T("The command that exports these rows", "导出这些行的命令")
	checking  = i18n.T("It is being checked already", "正在核对")
	empty     = i18n.T("Nothing here. f: another filter, < >: another day", "没有。f 换筛选, < > 换一天")
)

// Deps is what the screen asks the desk.
type Deps struct {
	Audit   func(context.Context, data.AuditQuery) (data.AuditPage, error)
	Looked  func(ctx context.Context, student int64, q data.AuditQuery) (data.Student, data.AuditPage, error)
	Entry   func(ctx context.Context, id int64) (data.AuditEntry, error)
	Chain   func(context.Context) (data.Chain, error)
	Verify  func(ctx context.Context, side int, progress func(done, total int64)) (data.Chain, error)
	Confirm func(ctx context.Context, day data.Date, hash string) error
	People  func(context.Context) ([]data.Account, error)
	Student func(ctx context.Context, word string) (int64, error)
}

// batch is how many rows are read at once; more come when one gets near the end.
const batch = 100

// soon is how long the screen waits after a commit before it counts what is new.
const soon = 2 * time.Second

// asked is what the rows are narrowed to.
type asked struct {
	person  int64
	name    string // of that person
	kind    data.DeedKind
	student int64
	child   string    // that student, as typed
	day     data.Date // zero: the newest
	looked  bool      // who looked at the student's file, siblings' talks included
}

type page struct {
	kit.Listing[data.AuditPage, data.AuditLine]
	deps Deps
	by   asked
	home asked // what it was opened with

	more    kit.Load[data.AuditPage]
	news    kit.Load[data.AuditPage]
	looking bool // soon

	chain       kit.Load[data.Chain]
	verify      kit.Save[data.Chain]
	confirm     kit.Save[struct{}]
	done, total atomic.Int64
	whole       bool // every row was computed anew, here
}

// New returns the log; with the ID of o, who has looked at that student's file.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{deps: deps}
	if o.ID != 0 {
		p.home = asked{student: o.ID, child: o.Text, kind: data.DeedsOfLooking, looked: true}
		p.by = p.home
	}
	p.Listing = kit.NewListing(env, kit.ListOf[data.AuditPage, data.AuditLine]{
		Read: p.read, Rows: func(a data.AuditPage) []data.AuditLine { return a.Lines }, ID: func(l data.AuditLine) int64 { return l.ID },
		Cols: p.cols, Cells: p.cells, Detail: p.detail, Empty: empty, Opens: details,
		Open: func(l data.AuditLine) tea.Cmd { return env.Send(kit.Push{Page: newEntry(env, deps, l)}) },
	})
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.Listing.Waiting() || p.more.Busy }

// auditor reports whether the reader sees the whole log, and so may check it.
func (p *page) auditor() bool { return p.Env.Me.AuditsAll(p.Env.Now()) }

func (p *page) Init() tea.Cmd { return tea.Batch(p.Listing.Init(), p.look()) }

// look asks how the chain stands.
func (p *page) look() tea.Cmd {
	if !p.auditor() || p.whole {
		return nil
	}
	return p.chain.Start(p.Env.Ctx, p.deps.Chain)
}

// query is the rows asked for, the newest first.
func (p *page) query() data.AuditQuery {
	q := data.AuditQuery{Person: p.by.person, Student: p.by.student, Deeds: p.by.kind.Of(), Limit: batch}
	if !p.by.day.IsZero() {
		q.From, q.Until = p.by.day.Start(), p.by.day.AddDays(1).Start()
	}
	return q
}

// ask is the question that the filter puts.
func (p *page) ask(q data.AuditQuery) func(context.Context) (data.AuditPage, error) {
	if p.by.looked {
		q.Deeds = nil // looks, and who was refused
		return func(ctx context.Context) (data.AuditPage, error) {
			_, out, err := p.deps.Looked(ctx, q.Student, q)
			return out, err
		}
	}
	return func(ctx context.Context) (data.AuditPage, error) { return p.deps.Audit(ctx, q) }
}

func (p *page) read(ctx context.Context) (data.AuditPage, error) { return p.ask(p.query())(ctx) }

func (p *page) Actions() []kit.Action {
	own := []kit.Action{
		{Key: "f", Label: filter, Do: p.filter},
		{Key: "<", As: "< >", Label: days, Do: func() tea.Cmd { return p.turn(-1) }},
		{Key: ">", Label: days, Rare: true, Do: func() tea.Cmd { return p.turn(1) }},
		{Key: "y", Label: copyIt, Help: copyWhy, When: p.None, Do: p.copy},
	}
	if p.auditor() {
		own = append(own, kit.Action{Key: "i", Label: check, Help: checkWhy, When: p.mayCheck, Do: p.check},
			kit.Action{Key: "p", Label: export, Help: exportWhy, Do: p.export})
	}
	if home := p.home; p.by != home {
		own = append(own, kit.Action{Key: "esc", Label: all, Rare: true, Do: func() tea.Cmd { return p.narrow(home) }})
	}
	return p.Keys(own...)
}

func (p *page) mayCheck() i18n.Phrase {
	if p.verify.Busy {
		return checking
	}
	return i18n.Phrase{}
}

// narrow asks for other rows.
func (p *page) narrow(by asked) tea.Cmd {
	p.by = by
	p.more.Forget()
	p.news.Forget()
	p.Listing.Forget()
	return p.Listing.Init()
}

// turn goes to the day before or after; after today come the newest rows.
func (p *page) turn(by int) tea.Cmd {
	today, next := p.Env.Now.Today(), p.by
	switch {
	case next.day.IsZero() && by > 0:
		return nil
	case next.day.IsZero():
		next.day = today
	default:
		next.day = next.day.AddDays(by)
	}
	if today.Before(next.day) {
		next.day = data.Date{}
	}
	return p.narrow(next)
}

func (p *page) copy() tea.Cmd {
	l, _ := p.Chosen()
	return p.Env.Copy(l.Head().Witness())
}

// told is the filter that was chosen.
type told struct{ by asked }

// counting is the moment to count what is new.
type counting struct{ p *page }

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case told:
		return p.narrow(m.by)
	case counting:
		if m.p == p {
			p.looking = false
			return p.count()
		}
		return nil
	case beat:
		if m.p == p && p.verify.Busy {
			return p.beat()
		}
		return nil
	case kit.Changed, kit.Tick:
		return p.later()
	case kit.Reload:
		p.news.Forget()
		p.more.Forget()
		return p.Init()
	}
	switch {
	case p.more.Take(msg):
		return p.longer()
	case p.news.Take(msg), p.chain.Take(msg):
		return nil
	case p.verify.Take(msg):
		return p.verified()
	case p.confirm.Take(msg):
		return p.confirmed()
	}
	return tea.Batch(p.Listing.Update(msg), p.older())
}

// older asks for what comes after the last row, once one is near it.
func (p *page) older() tea.Cmd {
	got := p.Asked.Value
	if !got.More || p.more.Busy || p.Asked.Busy || len(got.Lines) == 0 || p.List.At+p.H < len(got.Lines) {
		return nil
	}
	q := p.query()
	q.Before = got.Lines[len(got.Lines)-1].ID
	return p.more.Start(p.Env.Ctx, p.ask(q))
}

// longer puts older rows under those that are there.
func (p *page) longer() tea.Cmd {
	if p.more.Err != nil {
		return p.Env.Note(kit.NotRead(p.more.Err))
	}
	p.Asked.Value.Lines = append(p.Asked.Value.Lines, p.more.Value.Lines...)
	p.Asked.Value.More = p.more.Value.More
	return p.Choose(0, 0)
}

// later counts what is new a moment from now, once for many commits.
func (p *page) later() tea.Cmd {
	if p.looking || !p.Known() || p.past() {
		return nil
	}
	p.looking = true
	return p.Env.After(soon, counting{p})
}

// past reports whether the day shown is over: nothing new comes to it.
func (p *page) past() bool { return !p.by.day.IsZero() && p.by.day.Before(p.Env.Now.Today()) }

func (p *page) count() tea.Cmd {
	q := p.query()
	if lines := p.Asked.Value.Lines; len(lines) > 0 {
		q.After = lines[0].ID
	}
	return p.news.Start(p.Env.Ctx, p.ask(q))
}
