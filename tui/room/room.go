// Package room is the live room of a parents' meeting: the agenda with its
// clock, who is there, what is asked and what is decided, for all who sit in it
// at once. What one writes is on everybody's screen within a moment.
package room

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Deps is all this screen asks of the program.
type Deps struct {
	Meeting func(ctx context.Context, id int64) (data.MeetingView, error)
	Open    func(ctx context.Context, meeting int64) error
	Close   func(ctx context.Context, meeting int64) error
	Next    func(ctx context.Context, meeting, from, to int64) error
	Pause   func(ctx context.Context, meeting, item int64, pause bool) error
	Mark    func(ctx context.Context, meeting int64, marks []data.AttendanceMark) error
	AddNote func(ctx context.Context, n data.MeetingNote, draft data.Ref) (data.MeetingNote, error)
	Strike  func(ctx context.Context, meeting, note int64) error
	Draft   func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)

	People   func(ctx context.Context, class int64) ([]data.Participant, error)
	Calendar func(context.Context) (data.Calendar, error)
	Resolve  func(ctx context.Context, r data.Resolution, draft data.Ref) (data.Resolution, error)
	Drop     func(ctx context.Context, draft int64) error
	Invite   func(ctx context.Context, meeting int64) (added, gone int, err error)
}

// The parts of the room, in the order of their keys.
const (
	atAgenda = iota
	atSignIn
	atQuestions
	atResolutions
)

var (
	tabAgenda      = i18n.T("agenda", "议程")
	tabSignIn      = i18n.T("sign-in", "签到")
	tabQuestions   = i18n.T("questions", "提问")
	tabResolutions = i18n.T("resolutions", "决议")
)

// An answer is the meeting as it was read, and how many of this page's own marks
// were stored when it was asked for: those it must show.
type answer struct {
	data.MeetingView
	stored int
}

type page struct {
	env  *kit.Env
	deps Deps
	id   int64

	asked kit.Load[answer]
	view  data.MeetingView // the newest there was, with this person's own marks over it
	known bool
	step  kit.Save[bool] // opening, going on, pausing, closing
	news  news

	tabs    kit.Tabs
	beats   int // the newest beat; older ones are not followed
	big     bool
	closes  bool // the step is the last one
	invites kit.Save[[2]int]
	marks   marks
	agenda
	signIn
	notes    lines
	asks     lines
	decided  lines
	composer composer
	struck   kit.Save[bool]

	w, h  int
	body  string // as it is drawn: a tick that changes nothing in it draws nothing anew
	drawn minute
}

// New returns the room of the meeting o.ID. Draft is a line to go on writing.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	p := &page{env: env, deps: deps, id: o.ID, tabs: kit.Tabs{Names: []i18n.Phrase{tabAgenda, tabSignIn, tabQuestions, tabResolutions}}}
	p.composer = newComposer(p, o.Draft)
	return p
}

var (
	title    = i18n.T("Live", "现场")
	titleOf  = i18n.T("Live > %s", "现场 > %s")
	titleTab = i18n.T("Live > %s > %s", "现场 > %s > %s")
	about    = i18n.T("Where are we, who is here, what was said and decided?", "开到哪了, 谁到了, 说了什么, 定了什么?")
	ofClass  = i18n.T("%s %s", "%s%s")
)

func (p *page) About() i18n.Phrase { return about }

func (p *page) Title() i18n.Phrase {
	switch {
	case !p.known:
		return title
	case p.tabs.At == atAgenda || p.big:
		return titleOf.With(p.name())
	}
	return titleTab.With(p.name(), p.tabs.Names[p.tabs.At])
}

// name is the meeting as people say it: 三(2)家长会.
func (p *page) name() i18n.Phrase {
	return ofClass.With(p.env.Lang.Class(p.view.ClassName), p.env.Lang.MeetingKind(p.view.Kind))
}

// Waiting, Storing, GiveUp and Busy are what the shell asks of a page. A room in session is
// not covered, and whoever sits in it does not idle.
func (p *page) Waiting() bool { return p.asked.Busy || p.step.Busy }
func (p *page) Storing() bool { return p.step.Busy }
func (p *page) GiveUp()       { p.asked.GiveUp() }
func (p *page) Busy() bool    { return p.live() }

// live reports whether people sit in the meeting.
func (p *page) live() bool { return p.known && p.view.State == data.MeetingInSession }

func (p *page) Init() tea.Cmd { return tea.Batch(p.ask(), p.composer.look()) }

// ask reads the meeting. All who sit in it are told of each change at once, and
// each asks again once at a time.
func (p *page) ask() tea.Cmd {
	id, read, stored := p.id, p.deps.Meeting, p.marks.stored
	return p.asked.Ask(p.env.Ctx, func(ctx context.Context) (answer, error) {
		v, err := read(ctx, id)
		return answer{v, stored}, err
	})
}

func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	p.place()
	p.keepLines() // in another language too
	p.place()
	p.redraw()
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case beat:
		if m.of == p && m.n == p.beats {
			p.tick()
			return p.beat()
		}
		return nil
	case kit.Changed:
		return tea.Batch(p.composer.hear(m), p.changed(m))
	case kit.Reload, kit.NewDay:
		return p.ask()
	case kit.Tick, kit.OthersMoved:
		p.redraw()
		return nil
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		cmd := p.input(msg)
		p.redraw()
		return cmd
	}
	switch {
	case p.asked.Take(msg):
		return p.answered()
	case p.step.Take(msg):
		return p.stepped()
	case p.invites.Take(msg):
		return p.invited()
	case p.struck.Take(msg):
		return p.env.Note(failed(p.struck.Err))
	}
	return p.took(msg)
}

// took takes what comes of marks and lines on their way.
func (p *page) took(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case markedAll:
		if m.of == p {
			return p.marked(m)
		}
	case sent:
		if m.of == p {
			return p.composer.sent(m)
		}
	default:
		return p.composer.hear(msg)
	}
	return nil
}

// changed hears of the meeting, and of the class's families.
func (p *page) changed(m kit.Changed) tea.Cmd {
	if m.Touches("meeting", p.id) || m.Touches("class", p.view.Class) {
		return p.env.Unseen(p.ask())
	}
	return nil
}

// answered puts what was read on the screen, and begins to tick.
func (p *page) answered() tea.Cmd {
	next := p.asked.Next()
	if p.asked.Err != nil {
		p.redraw()
		if p.asked.Gone() {
			p.view, p.known, p.news = data.MeetingView{}, false, news{}
			p.redraw()
			return next
		}
		return tea.Batch(next, p.env.Note(kit.NotRead(p.asked.Err)))
	}
	was, first := p.view, !p.known
	p.marks.seen(p.asked.Value.stored)
	p.known, p.view = true, p.composer.over(p.marks.over(p.asked.Value.MeetingView))
	if first {
		p.begin()
	} else {
		p.hearOf(was, p.view)
	}
	p.fill(was, first)
	p.redraw()
	if first || p.live() != (was.State == data.MeetingInSession) {
		return tea.Batch(next, p.beat())
	}
	return next
}

// begin is where the room opens: the item that is on.
func (p *page) begin() { p.agenda.to(p.view.Item) }

// fill gives the lists their rows.
func (p *page) fill(was data.MeetingView, first bool) {
	p.agenda.keep(p.view)
	if p.view.Item != was.Item && p.view.Item != 0 {
		p.agenda.to(p.view.Item)
	}
	p.seat(first)
	p.composer.families()
	if !slices.Equal(was.Notes, p.view.Notes) || !slices.Equal(was.Resolutions, p.view.Resolutions) {
		p.keepLines()
	}
	p.place()
}

var failure = i18n.T("! Not done: %s", "! 没做成: %s")

// failed is what the message row says of what was refused; nothing if it was not.
func failed(err error) i18n.Phrase {
	if err == nil {
		return i18n.Phrase{}
	}
	return failure.With(i18n.Reason(err))
}
