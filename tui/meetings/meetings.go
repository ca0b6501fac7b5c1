// Package meetings is what meets when, and whether it is ready: the list, the
// month, and the form by which a meeting is called or changed.
package meetings

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title = i18n.T("Meetings", "会议")
	about = i18n.T("What meets when, and is it ready?", "什么时候开什么会, 准备好了没有?")

	tComing = i18n.T("coming", "将开")
	tPast   = i18n.T("past", "已开")
	tAll    = i18n.T("all", "全部")

	fAll  = i18n.T("all", "全部")
	fMine = i18n.T("mine", "我参加的")

	aOpen    = i18n.T("open", "打开")
	aNew     = i18n.T("new", "新会议")
	aEdit    = i18n.T("edit", "改")
	aAway    = i18n.T("cancel", "取消")
	aRemind  = i18n.T("remind", "催回执")
	aMonth   = i18n.T("month", "月历")
	aList    = i18n.T("list", "清单")
	aFilter  = i18n.T("filter", "筛选")
	aUndo    = i18n.T("undo", "撤销")
	undoWhy  = i18n.T("Takes back a cancellation, for ten minutes", "撤回刚才的取消, 10 分钟内")
	aCopy    = i18n.T("copy notice", "复制通知")
	copyWhy  = i18n.T("What to tell the families of a cancelled meeting", "会议取消, 发给家长的话")
	aPrint   = i18n.T("print", "打印")
	printWhy = i18n.T("The meetings shown as a calendar file or a table, into your tray", "显示的这些会做成日历文件或表格, 放进托盘")
	openWhy  = i18n.T("Its preparation; from half an hour before it begins its room; after it its minutes", "打开准备; 开会前半小时起进现场; 开过的看纪要")
	newWhy   = i18n.T("A meeting of a kind, with its agenda and the families of its class", "按类型新建, 议程和本班家庭自动带上")
	editWhy  = i18n.T("Time, place, chair, secretary, plan", "改时间、地点、主持、秘书、主题")
	awayWhy  = i18n.T("Cancels a meeting, with the reason; takes one away that nobody was told of", "取消会议, 要写原因; 还没通知的直接去掉")
	remWhy   = i18n.T("Who has not answered: in its preparation", "谁没回执: 在准备里催")
	viewWhy  = i18n.T("The list or the month", "清单或月历")
	filtWhy  = i18n.T("All, mine, then kind by kind; esc shows all", "全部、我参加的, 再一类一类; esc 看全部")
	noComing = i18n.T("No meeting is to come: n calls one, 2 shows those that were", "没有将开的会: n 新建一个, 2 看已开的")
	noneCome = i18n.T("No meeting is to come: 2 shows those that were", "没有将开的会: 2 看已开的")
	noPast   = i18n.T("No meeting was held yet: 1 shows those to come", "还没有开过的会: 1 看将开的")
	noAll    = i18n.T("There is no meeting yet: n calls one", "还没有会议: n 新建一个")
	noneAll  = i18n.T("There is no meeting for you to see yet", "还没有你能看的会议")
	noFilter = i18n.T("None of these: %s  (f goes on, esc shows all)", "没有「%s」的会 (f 换一类, esc 看全部)")
	nothing  = i18n.T("No meeting is chosen", "没有选中哪个会")
	notRun   = i18n.T("Chair, secretary, class teacher or the office do that", "主持、秘书、班主任或德育处才能做")
	isOver   = i18n.T("It is over: its time and place stand", "已经开过了, 时间地点不能改")
	isOff    = i18n.T("It is cancelled", "已经取消了")
	isOn     = i18n.T("It is on: close its room first", "正在开: 先散会")
	noAnswer = i18n.T("Nobody has to answer any more", "不用再催回执了")
)

// Deps is what the list, the month and the form ask the desk.
type Deps struct {
	Meetings func(context.Context, data.MeetingQuery) (data.MeetingList, error)
	Meeting  func(ctx context.Context, id int64) (data.MeetingView, error)
	Clashes  func(context.Context, data.Meeting) ([]data.Clash, error)
	People   func(ctx context.Context, class int64) ([]data.Participant, error)
	Classes  func(context.Context) ([]data.ClassLine, error)
	Calendar func(context.Context) (data.Calendar, error)
	Draft    func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)

	Save   func(ctx context.Context, m data.Meeting, draft data.Ref) (data.Meeting, error)
	Step   func(ctx context.Context, id, rev int64, to data.MeetingState, why string) (data.Meeting, error)
	Remove func(ctx context.Context, id, rev int64, why string) error
	Print  kit.Printer
}

// tabs are in the order of the keys 1 to 3.
var tabs = []data.MeetingTab{data.ComingMeetings, data.PastMeetings, data.AllMeetings}

type page struct {
	kit.Listing[answer, data.MeetingLine]
	deps Deps

	tab      int
	filter   int   // in filters
	stale    bool  // a row out of sight has changed
	made     int64 // was called here, and is to be chosen once it is read
	opens    bool  // enter was pressed before there was anything to open
	calendar kit.Load[data.Calendar]
	about    kit.Load[facts]
	key      string // whose facts were asked for
	ask      kit.Asking
	done     kit.Save[data.Meeting]
	said     i18n.Phrase
	papers   kit.Printing

	grid  bool
	month month
}

// New returns the list. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page {
	p := &page{deps: deps}
	p.Listing = kit.NewListing(env, kit.ListOf[answer, data.MeetingLine]{
		Rows: func(a answer) []data.MeetingLine { return a.lines }, ID: func(l data.MeetingLine) int64 { return l.ID },
		Touched: p.touched, Theirs: func(was, is data.MeetingLine) bool { return was.Rev != is.Rev && is.SavedBy != env.Me.Name },
		First: p.mine, Cols: p.cols, Cells: p.cells, Detail: p.details, Opens: aOpen, None: nothing,
		Open: func(l data.MeetingLine) tea.Cmd { return p.open(l.Meeting) },
	})
	p.Of.Read = p.reader(false)
	p.month = month{page: p, day: env.Now.Today()}
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }

func (p *page) Waiting() bool {
	return p.Asked.Busy || p.month.asked.Busy || p.done.Busy || p.papers.Busy
}
func (p *page) GiveUp()       { p.Listing.GiveUp(); p.month.asked.GiveUp() }
func (p *page) Storing() bool { return p.done.Busy || p.papers.Busy }

func (p *page) Init() tea.Cmd {
	return tea.Batch(p.read(false), p.calendar.Start(p.Env.Ctx, p.deps.Calendar))
}

// filters are what f goes through: all, mine, and each kind.
func filters() []i18n.Phrase {
	out := []i18n.Phrase{fAll, fMine}
	for range data.MeetingKinds {
		out = append(out, i18n.Phrase{})
	}
	return out
}

// query is what is asked for besides the tab.
func (p *page) query() (q data.MeetingQuery) {
	switch {
	case p.filter == 1:
		q.Mine = true
	case p.filter > 1:
		q.Kind = data.MeetingKinds[p.filter-2]
	}
	return q
}

func (p *page) filterName() string {
	if p.filter < 2 {
		return p.Env.Say(filters()[p.filter])
	}
	return p.Env.Lang.MeetingKind(data.MeetingKinds[p.filter-2])
}

// touched reports whether a commit may concern a row in sight. What concerns a row
// out of sight is read when the choice moves: a live room commits many times a
// minute.
func (p *page) touched(m kit.Changed) bool {
	if m.TouchesAny("meetings") {
		return true
	}
	for i, l := range p.Shown {
		if m.Touches("meeting", l.ID) {
			if i >= p.List.Top && i < p.List.Top+p.H {
				return true
			}
			p.stale = true
		}
	}
	return false
}

// mine reports whether a meeting is one that the reader takes part in.
func (p *page) mine(l data.MeetingLine) bool {
	me := p.Env.Me
	return l.Chair == me.ID || l.Secretary == me.ID || slices.Contains(me.Teaches(p.Env.Now()), l.Class)
}

func (p *page) open(m data.Meeting) tea.Cmd {
	return p.Env.Send(kit.Open{Screen: string(m.Front(p.Env.Now())), ID: m.ID})
}

// Update takes what was read, and what moves the choice.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	if cmd, ok := p.papers.Took(p.Env, msg); ok {
		return cmd
	}
	switch {
	case p.calendar.Take(msg):
		p.Redraw()
		p.key = ""
		return p.look()
	case p.about.Take(msg):
		p.Redraw()
		return nil
	case p.month.asked.Take(msg):
		return p.month.answered()
	case p.done.Take(msg):
		return p.wasDone()
	}
	if m, ok := msg.(made); ok {
		p.made, p.month.day, p.month.at = m.id, m.day, m.id
		if p.grid {
			return p.month.read()
		}
		return p.read(false)
	}
	if p.ask.On {
		switch msg.(type) {
		case tea.KeyPressMsg, tea.PasteMsg:
			return p.ask.Take(msg)
		}
	}
	if click, ok := msg.(tea.MouseClickMsg); ok {
		if at := p.tabs().Click(click, p.Env); at >= 0 && !p.grid {
			return p.show(at)
		}
	}
	if p.grid {
		switch msg.(type) {
		case tea.KeyPressMsg, tea.MouseClickMsg, tea.MouseWheelMsg, kit.Changed, kit.Reload, kit.NewDay:
			return p.month.update(msg)
		}
	}
	switch msg.(type) {
	case kit.NewDay:
		return tea.Batch(p.read(false), p.calendar.Start(p.Env.Ctx, p.deps.Calendar))
	case kit.Tick: // a meeting comes near
		p.Redraw()
		return nil
	}
	was := p.List.At
	cmd := p.Listing.Update(msg)
	p.Of.Empty, p.Of.Read = p.empty(), p.reader(false) // as many as there are by now
	if p.opens && p.Known() {
		if p.opens = false; p.none() == (i18n.Phrase{}) {
			return tea.Batch(cmd, p.openChosen())
		}
	}
	if p.made != 0 && !p.Asked.Busy {
		if p.List.Choose(p.made) {
			p.Redraw()
		}
		p.made = 0
	}
	return tea.Batch(cmd, p.look(), p.onward(was))
}

// onward reads on where the choice has come near the end of what was read, and
// anew where a row that was out of sight has changed.
func (p *page) onward(was int) tea.Cmd {
	switch {
	case p.Asked.Busy || p.List.At == was:
		return nil
	case p.Asked.Value.more && p.List.At >= len(p.Shown)-p.H:
		return p.read(true)
	case p.stale:
		return p.read(false)
	}
	return nil
}

func (p *page) empty() i18n.Phrase {
	calls := p.calls()
	switch {
	case p.filter > 0:
		return noFilter.With(p.filterName())
	case tabs[p.tab] == data.PastMeetings:
		return noPast
	case tabs[p.tab] == data.ComingMeetings && calls:
		return noComing
	case tabs[p.tab] == data.ComingMeetings:
		return noneCome
	case calls:
		return noAll
	}
	return noneAll
}

// calls reports whether the person may call meetings of any class.
func (p *page) calls() bool {
	return p.Env.Me.MayAtAll(p.Env.Now(), data.RecMeeting, data.Create, true)
}

// show goes to a tab.
func (p *page) show(at int) tea.Cmd {
	p.tab, p.grid = at, false
	p.Forget()
	p.key = ""
	return p.read(false)
}

// narrow goes to a filter.
func (p *page) narrow(to int) tea.Cmd {
	p.filter = to
	if p.grid {
		return p.month.read()
	}
	p.Forget()
	p.key = ""
	return p.read(false)
}

func (p *page) tabs() kit.Tabs {
	t := kit.Tabs{Names: []i18n.Phrase{tComing, tPast, tAll}, At: p.tab}
	if a := p.Asked.Value; p.Known() {
		num := p.Env.Lang.Number
		t.Notes = []string{num(a.coming), num(a.past), num(a.coming + a.past)}
	}
	return t
}

// flip goes from the list to the month and back.
func (p *page) flip() tea.Cmd {
	p.grid = !p.grid
	if !p.grid {
		p.Redraw()
		return p.read(false)
	}
	if l, ok := p.Chosen(); ok {
		p.month.day, p.month.at = data.DayOf(l.Starts), l.ID
	}
	return p.month.read()
}

func (p *page) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	calls, runs := p.calls(), p.runs()
	view := kit.Action{Key: "v", Label: aMonth, Help: viewWhy, Do: p.flip}
	if p.grid {
		view.Label = aList
	}
	as := []kit.Action{
		{Key: "enter", Label: aOpen, Help: openWhy, When: p.noneYet, Do: p.openChosen},
		{Key: "n", Label: aNew, Help: newWhy, Never: !calls, Do: p.call},
		{Key: "f", Label: aFilter, Help: filtWhy, Do: func() tea.Cmd { return p.narrow((p.filter + 1) % len(filters())) }},
		view,
		{Key: "e", Label: aEdit, Help: editWhy, Never: !runs, When: p.noEdit, Do: p.edit},
		{Key: "r", Label: aRemind, Help: remWhy, Never: !runs, When: p.noRemind, Do: p.remind},
		{Key: "d", Label: aAway, Help: awayWhy, Never: !runs, When: p.noAway, Do: p.away},
		{Key: "u", Label: aUndo, Help: undoWhy, Never: !runs, When: p.noUndo, Rare: true, Do: p.undo},
		{Key: "y", Label: aCopy, Help: copyWhy, Never: !runs, When: p.noNotice, Rare: true, Do: p.copyNotice},
		{Key: "p", Label: aPrint, Help: printWhy, Rare: true, Do: p.print},
	}
	if p.grid {
		as = append(as, p.month.actions()...)
	} else {
		as = append(as, p.tabs().Actions(p.show)...)
	}
	if p.filter > 0 {
		esc := p.Unfiltering()
		esc.Do = func() tea.Cmd { return p.narrow(0) }
		as = append(as, esc)
	}
	return as
}

// View draws the list or the month.
func (p *page) View() kit.Frame {
	note := p.Env.Say(isFiltered, p.filterName())
	f := kit.Frame{Scope: p.tabs().Line(p.Env, note, p.W)}
	if p.grid {
		f.Scope, f.Body = p.month.scope(note), p.month.body()
	} else {
		f.Body, f.Status = p.Body(), " "+p.Env.Look.Muted(p.Env.Say(legend))
	}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(p.Env, p.W, p.H)
	}
	return f
}
