// Package resolutions is what meetings decided: who carries it out by when, and
// whether it is done.
package resolutions

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	title = i18n.T("Resolutions", "决议跟踪")
	about = i18n.T("What did we decide, who does it, is it done?", "定了什么, 谁去办, 办完没有?")
	open  = i18n.T("full text", "全文")

	cNumber = i18n.T("Number", "编号")
	cText   = i18n.T("Resolution", "决议")
	cOwner  = i18n.T("Who", "负责")
	cDue    = i18n.T("Due", "到期")
	cStands = i18n.T("State", "进展")

	fAll     = i18n.T("all", "全部")
	fMine    = i18n.T("mine to do", "我负责的")
	fOpen    = i18n.T("open", "没完成的")
	fLate    = i18n.T("late", "逾期的")
	fClass   = i18n.T("class %s", "%s 的")
	fMeeting = i18n.T("of %s", "%s 的")
	filtWhy  = i18n.T("All, mine, open, late, those of the row's class, of its meeting", "全部、我负责的、没完成的、逾期的、这一行那个班的、那个会的")

	shows    = i18n.T("show: %s", "看: %s")
	sums     = i18n.T("Open %d  late %d  done %s (%d/%d)", "未完成 %d  逾期 %d  完成率 %s (%d/%d)")
	legend   = i18n.T("! late  * due today  ✓ done  . dropped", "! 逾期  * 今天到期  ✓ 完成  . 作罢")
	nothing  = i18n.T("No resolution is chosen", "没有选中哪条决议")
	noneAll  = i18n.T("Nothing was decided yet: in its live room a meeting notes what it decides", "还没有决议: 开会时在现场记下")
	noneMine = i18n.T("You have nothing to carry out: f goes on", "没有要你办的: f 换一类")
	allDone  = i18n.T("All is done (%d/%d): f goes on", "都办完了 (%d/%d): f 换一类")
	noneLate = i18n.T("Nothing is late: f goes on", "没有逾期的: f 换一类")
	more     = i18n.T("%d shown of %d: f narrows", "列出 %d / 共 %d 条: f 缩小范围")
)

// Deps is what the list and one resolution ask the desk.
type Deps struct {
	List     func(context.Context, data.ResolutionQuery) (data.ResolutionList, error)
	One      func(ctx context.Context, id int64) (data.Resolution, error)
	Meeting  func(ctx context.Context, id int64) (data.MeetingView, error)
	People   func(ctx context.Context, class int64) ([]data.Participant, error)
	Calendar func(context.Context) (data.Calendar, error)
	Save     func(ctx context.Context, r data.Resolution, draft data.Ref) (data.Resolution, error)
}

// The filters, in the order of f. The last two are about the chosen row.
const (
	everything = iota
	mine
	unfinished
	late
	ofClass
	ofMeeting
	filters
)

type page struct {
	kit.Listing[data.ResolutionList, data.Resolution]
	acts
	filter int
	of     data.Resolution // whose class or meeting is shown
}

// New returns the list; ID of o is the resolution to choose.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{}
	p.Listing = kit.NewListing(env, kit.ListOf[data.ResolutionList, data.Resolution]{
		Rows: func(a data.ResolutionList) []data.Resolution { return a.Resolutions }, ID: func(r data.Resolution) int64 { return r.ID },
		Touched: func(m kit.Changed) bool { return m.TouchesAny("resolution") || m.TouchesAny("meetings") },
		Theirs:  func(was, is data.Resolution) bool { return was.Rev != is.Rev && is.SavedBy != env.Me.Name },
		First:   func(r data.Resolution) bool { return r.ID == o.ID || o.ID == 0 },
		Cols:    p.cols, Cells: p.cells, Detail: func(r data.Resolution, w, _ int) []string { return full(env, r, w) }, Opens: open, None: nothing,
		Open: func(r data.Resolution) tea.Cmd {
			return env.Send(kit.Open{Screen: "resolution", ID: r.ID, Of: p.IDs()})
		},
	})
	p.acts = newActs(env, deps, p.Chosen, p.read)
	p.Of.Read = p.reader()
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.Asked.Busy || p.acts.busy() }
func (p *page) GiveUp()            { p.Listing.GiveUp(); p.acts.giveUp() }
func (p *page) Storing() bool      { return p.saved.Busy }

func (p *page) Init() tea.Cmd { return tea.Batch(p.read(), p.acts.start()) }

func (p *page) read() tea.Cmd {
	p.Of.Read = p.reader()
	return p.Listing.Init()
}

func (p *page) reader() func(context.Context) (data.ResolutionList, error) {
	q, ask := data.ResolutionQuery{}, p.deps.List
	switch p.filter {
	case mine:
		q.Owner = p.Env.Me.ID
	case unfinished:
		q.Open = true
	case late:
		q.Open, q.Until = true, p.Env.Now.Today().AddDays(-1)
	case ofClass:
		q.Class = p.of.Class
	case ofMeeting:
		q.Meeting = p.of.Meeting
	}
	return func(ctx context.Context) (data.ResolutionList, error) { return ask(ctx, q) }
}

// next goes to the next filter; those about a row are left out while there is none.
func (p *page) next() tea.Cmd {
	to := (p.filter + 1) % filters
	if to == ofClass {
		r, ok := p.Chosen()
		if !ok {
			to = everything
		}
		p.of = r
	}
	return p.narrow(to)
}

func (p *page) narrow(to int) tea.Cmd {
	p.filter = to
	p.Forget()
	return p.read()
}

func (p *page) filterName() string {
	lang := p.Env.Lang
	switch p.filter {
	case ofClass:
		return lang.Say(fClass, lang.Class(p.of.ClassName))
	case ofMeeting:
		return lang.Say(fMeeting, kit.Cut(p.of.MeetingTitle, 24))
	}
	return lang.Say([]i18n.Phrase{fAll, fMine, fOpen, fLate}[p.filter])
}

func (p *page) empty() i18n.Phrase {
	switch a := p.Asked.Value; p.filter {
	case mine:
		return noneMine
	case unfinished:
		return allDone.With(a.Done, a.All)
	case late:
		return noneLate
	}
	return noneAll
}

// Update takes what was read, done and typed.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	if cmd, taken := p.acts.take(msg); taken {
		return cmd
	}
	switch msg.(type) {
	case kit.NewDay, kit.Tick:
		p.Redraw()
	}
	cmd := p.Listing.Update(msg)
	p.Of.Empty = p.empty()
	return cmd
}

func (p *page) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	as := append([]kit.Action{p.Opening()}, p.acts.keys()...)
	as = append(as, kit.Action{Key: "f", Label: aFilter, Help: filtWhy, Do: p.next})
	if p.filter != everything {
		esc := p.Unfiltering()
		esc.Do = func() tea.Cmd { return p.narrow(everything) }
		as = append(as, esc)
	}
	return as
}

func (p *page) cols() []kit.Col {
	lang, today := p.Env.Lang, p.Env.Now.Today()
	owner, due, stands := 6, 10, 6
	for _, r := range p.Asked.Value.Resolutions {
		owner = min(max(owner, kit.Width(kit.Show(lang.Name(r.OwnerName, "")))), 22)
		due = min(max(due, kit.Width(lang.Day(r.Due, today))), 15)
		word, _, _ := standing(p.Env, r)
		stands = min(max(stands, kit.Width(word)), 15)
	}
	return []kit.Col{{Width: 1}, {Head: cNumber, Width: 14, Rank: 3}, {Head: cText, Width: 18, Grow: 1}, {Head: cOwner, Width: owner},
		{Head: cDue, Width: due, Rank: 1}, {Head: cStands, Width: stands, Rank: 2}}
}

func (p *page) cells(r data.Resolution) []any {
	lang := p.Env.Lang
	word, mark, role := standing(p.Env, r)
	return []any{kit.In(role, mark), r.Number, r.Text, lang.Name(r.OwnerName, ""), lang.Day(r.Due, p.Env.Now.Today()), kit.In(role, word)}
}

// standing is how a resolution stands, in a word, a mark and a look.
func standing(env *kit.Env, r data.Resolution) (word, mark string, role theme.Role) {
	today := env.Now.Today()
	switch {
	case r.State == data.ResolutionDone:
		return env.Lang.ResolutionState(r.State), "✓", theme.OK
	case r.State == data.ResolutionDropped:
		return env.Lang.ResolutionState(r.State), ".", theme.Muted
	case r.Late(today) > 0:
		return env.Lang.Deadline(r.Due, today), "!", theme.Danger
	case r.Due == today:
		return env.Lang.Deadline(r.Due, today), "*", theme.Warn
	}
	return env.Lang.Deadline(r.Due, today), "", theme.Plain
}

// View draws the list.
func (p *page) View() kit.Frame {
	env := p.Env
	right := env.Say(shows, p.filterName()) + " "
	f := kit.Frame{Scope: kit.Ends("", right, p.W), Body: p.Body(), Status: " " + env.Look.Muted(env.Say(legend))}
	if a := p.Asked.Value; p.Known() {
		f.Scope = kit.Ends(" "+env.Say(sums, a.Open, a.Late, env.Lang.Percent(a.Done, a.Open+a.Done), a.Done, a.Open+a.Done), right, p.W)
		if len(a.Resolutions) < a.All {
			f.Status = " " + env.Say(more, len(a.Resolutions), a.All)
		}
	}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(env, p.W, p.H)
	}
	return f
}

// neighbours are the resolutions that [ and ] go through, without those that are
// there no more.
func neighbours(of []int64, id int64, step int) int64 {
	i := slices.Index(of, id)
	if i < 0 || len(of) < 2 {
		return id
	}
	return of[(i+step+len(of))%len(of)]
}
