// Package preparation is what is done before a parents' meeting: topics, the
// agenda, who comes, what the families are told, and what is still missing.
package preparation

import (
	"context"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title    = i18n.T("Meeting, preparing", "会议准备")
	titleOf  = i18n.T("Meetings > %[1]s, %[3]s", "会议 > %s%s %s")
	about    = i18n.T("What is still missing before this meeting may start?", "开会前还缺什么?")
	tTopics  = i18n.T("topics", "议题")
	tAgenda  = i18n.T("agenda", "议程")
	tPeople  = i18n.T("people", "人员")
	tNotice  = i18n.T("notice", "通知")
	tChecks  = i18n.T("checks", "检查")
	isGone   = i18n.T("! This meeting is not there for you now: removed, or no longer yours to see", "! 这个会议你看不到了: 删了, 或者不再归你看")
	datesOnl = i18n.T("You may know when this meeting is; what it is about its class's teachers know", "你能知道什么时候开会; 内容由这个班的老师看")
)

// Deps is what the screens of the preparation ask the desk.
type Deps struct {
	Meeting func(ctx context.Context, meeting int64) (data.MeetingView, error)
	People  func(ctx context.Context, class int64) ([]data.Participant, error)
	Draft   func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)

	Propose    func(ctx context.Context, meeting int64, title string, draft data.Ref) (data.MeetingTopic, error)
	Answer     func(ctx context.Context, x data.MeetingTopic, minutes int) (data.MeetingTopic, error)
	SaveItem   func(context.Context, data.AgendaItem) (data.AgendaItem, error)
	MoveItem   func(ctx context.Context, meeting, item, after int64) error
	RemoveItem func(ctx context.Context, meeting, item, rev int64) error
	OpenRoom   func(ctx context.Context, meeting int64) error

	Invite  func(ctx context.Context, meeting int64) (added, gone int, err error)
	Replies func(ctx context.Context, meeting int64, replies []data.ReplyMark, draft data.Ref) error
	Tell    func(ctx context.Context, meeting, rev int64, n data.Telling) (data.Meeting, error)
	Keep    func(ctx context.Context, meeting, rev int64, zh, en string) (data.Meeting, error)
	Print   kit.Printer
	Step    func(ctx context.Context, meeting, rev int64, to data.MeetingState, why string) (data.Meeting, error)
}

// The tabs.
const (
	onTopics = iota
	onAgenda
	onPeople
	onNotice
	onChecks
)

// partNames are the tabs as kit.Open's Text names them, and as others are told
// where one stands.
var partNames = map[string]int{"topics": onTopics, "agenda": onAgenda, "people": onPeople, "notice": onNotice, "checks": onChecks}

// tabNames are the tabs in words.
var tabNames = [...]i18n.Phrase{onTopics: tTopics, onAgenda: tAgenda, onPeople: tPeople, onNotice: tNotice, onChecks: tChecks}

type page struct {
	acts
	id    int64
	view  kit.Load[data.MeetingView]
	at    int
	known bool             // an answer was there
	fixed bool             // the tab was chosen, by who opened the page or by a key
	was   data.MeetingView // the answer before, for what others changed

	agenda  agenda
	rows    [onChecks + 1]rows
	staff   kit.Load[[]data.Participant] // of the class: who signs the notice
	filter  int                          // of the families
	marked  map[int64]bool               // of the invitees
	held    map[int64]bool               // stay in sight though the filter leaves them out
	english bool                         // the notice is shown in English
	ask     kit.Asking
	papers  kit.Printing
	w, h    int
}

// New returns the preparation of the meeting o.ID. Text names the tab it begins
// on: topics, agenda, people, notice or checks; without it, that with the first
// thing to be done.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{acts: acts{env: env, deps: deps}, id: o.ID}
	p.at, p.fixed = partNames[o.Text]
	return p
}

// Title is where one is: the meeting, once it is known.
func (p *page) Title() i18n.Phrase {
	m, env := p.view.Value.Meeting, p.env
	if m.ID == 0 {
		return title
	}
	return titleOf.With(env.Lang.Class(m.ClassName), env.Lang.MeetingKind(m.Kind), env.Lang.Date(data.DayOf(m.Starts), env.Now.Today()))
}

func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.view.Busy || p.busy() || p.papers.Busy }
func (p *page) GiveUp()            { p.view.GiveUp() }
func (p *page) Storing() bool      { return p.busy() || p.papers.Busy }

// Stand tells that the meeting is open here, on which tab.
func (p *page) Stand() data.Stand {
	if !p.known || p.view.Value.Sight < data.MeetingInvited {
		return data.Stand{}
	}
	s := data.Stand{On: data.Ref{Kind: "meeting", ID: p.id}, Doing: data.Looking}
	for name, i := range partNames {
		if i == p.at {
			s.Part = name
		}
	}
	if p.ask.On {
		s.Doing = data.Changing
	}
	return s
}

// Init reads the meeting.
func (p *page) Init() tea.Cmd {
	return p.view.Ask(p.env.Ctx, func(ctx context.Context) (data.MeetingView, error) { return p.deps.Meeting(ctx, p.id) })
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	if did, ok := p.took(msg); ok {
		p.agenda.saved(p.doing.Value)
		next := p.next()
		if !p.busy() { // what came meanwhile was not taken
			next = p.Init()
		}
		return tea.Batch(did, next)
	}
	switch {
	case p.view.Take(msg):
		return tea.Batch(p.view.Next(), p.arrived())
	case p.staff.Take(msg):
		return nil
	}
	if said, ok := p.papers.Took(p.env, msg); ok {
		return said
	}
	switch m := msg.(type) {
	case typedReplies:
		p.last = m.undo
		p.hold(m.of...)
		return p.env.Note(withUndo.With(m.undo.said))
	case kit.Changed:
		v := &p.view.Value
		if m.Touches("meeting", p.id) || m.Touches("class", v.Class) || m.TouchesAny("household") || m.Touches("account", p.env.Me.ID) {
			return p.Init()
		}
		return nil
	case kit.Reload, kit.NewDay:
		return p.Init()
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.ask.On {
			return p.ask.Take(msg)
		}
	case tea.MouseClickMsg:
		if i := p.clicked(m); i >= 0 {
			return p.show(i)
		}
	}
	if p.rows[p.at].list.Take(msg) == kit.Opened {
		return p.open()
	}
	return nil
}

// clicked is the tab under a click: they stand on the first row of the body.
func (p *page) clicked(m tea.MouseClickMsg) int {
	if m.Y != 0 {
		return -1
	}
	m.Y = -1
	return p.shown(p.tabs().Click(m, p.env))
}

// arrived puts a new answer on the screen; what others changed is said.
func (p *page) arrived() tea.Cmd {
	v := p.view.Value
	if p.view.Gone() {
		p.known = false
		p.ask.On = false
		return p.env.Note(isGone)
	}
	if p.view.Err != nil {
		return p.env.Note(kit.NotRead(p.view.Err))
	}
	news := p.news(v)
	if p.todo == nil && !p.busy() {
		p.agenda.take(v)
	}
	first := !p.known
	p.known = true
	p.arrange()
	if first && !p.fixed {
		p.begin()
	}
	p.Layout(p.w, p.h)
	if first && v.MayRun {
		return tea.Batch(news, p.staff.Start(p.env.Ctx, func(ctx context.Context) ([]data.Participant, error) { return p.deps.People(ctx, v.Class) }))
	}
	return news
}

// begin goes to the first thing to be done: a topic that waits, else the first
// check that failed, else the agenda.
func (p *page) begin() {
	v := p.view.Value
	waiting := slices.IndexFunc(v.Topics, func(x data.MeetingTopic) bool { return x.State == data.TopicProposed })
	switch {
	case v.Sight < data.MeetingWhole:
		p.at = onAgenda
	case waiting >= 0:
		p.at = onTopics
		p.rows[onTopics].list.Choose(v.Topics[waiting].ID)
	case len(v.Lacks) > 0 && v.MayRun:
		p.at = onChecks
		p.rows[onChecks].list.Choose(p.failed())
	default:
		p.at = onAgenda
	}
}

func (p *page) show(i int) tea.Cmd {
	p.at, p.fixed = i, true
	p.Layout(p.w, p.h)
	return nil
}

// runs reports whether the person prepares this meeting. Until it is known whose
// it is, nobody is refused anything.
func (p *page) runs() bool { return !p.known || p.view.Value.MayRun }

// open reports whether it is still being prepared.
func preparing(m data.Meeting) bool {
	return m.State == data.MeetingDraft || m.State == data.MeetingNotified
}

// begins is when each point of an agenda begins, and when the last ends.
func begins(m data.Meeting, items []data.AgendaItem) []time.Time {
	at := m.Starts
	out := make([]time.Time, 0, len(items)+1)
	for _, i := range items {
		out = append(out, at)
		at = at.Add(time.Duration(i.Minutes) * time.Minute)
	}
	return append(out, at)
}
