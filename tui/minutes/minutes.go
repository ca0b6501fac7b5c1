// Package minutes is what a meeting leaves behind: the minutes, from the draft to
// the sealed document, and what is still to be done before the meeting is closed.
package minutes

import (
	"context"
	"errors"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title = i18n.T("Meetings > %s > Minutes", "会议 > %s > 纪要")
	bare  = i18n.T("Minutes", "纪要")
	about = i18n.T("Is this what was said and decided, and who has signed?", "是不是这么说的、这么定的, 谁签了字?")

	tabText    = i18n.T("text", "正文")
	tabChanges = i18n.T("changes", "改动")
	tabSigning = i18n.T("signature", "签字")
	tabAfter   = i18n.T("follow-up", "会后")
)

// The parts of the screen, in the order of their tabs.
const (
	partText = iota
	partChanges
	partSigning
	partAfter
)

// Deps is what the screen asks the desk.
type Deps struct {
	Minutes  func(ctx context.Context, meeting int64, version int) (data.Minutes, error)
	Meeting  func(ctx context.Context, id int64) (data.MeetingView, error)
	Absent   func(ctx context.Context, meeting int64) ([]data.Invitee, error)
	Draft    func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Compose  func(ctx context.Context, meeting int64) (data.Minutes, error)
	Save     func(ctx context.Context, meeting int64, version int, edits []data.MinutesEdit, draft data.Ref) (data.Minutes, error)
	HandIn   func(ctx context.Context, meeting int64, version int) (data.Minutes, error)
	Sign     func(ctx context.Context, meeting int64, version int) (data.Minutes, error)
	Issue    func(ctx context.Context, meeting int64, version int) (data.Minutes, error)
	Correct  func(ctx context.Context, meeting int64, c data.Correction, draft data.Ref) (data.Minutes, error)
	GiveOut  func(ctx context.Context, meeting int64) (data.Minutes, error)
	Feedback func(ctx context.Context, meeting, rev int64, f data.FeedbackState) (data.Meeting, error)
	Close    func(ctx context.Context, meeting, rev int64) (data.Meeting, error)
	Print    kit.Printer
}

// facts are what the screen shows: they are read together.
type facts struct {
	view    data.MeetingView
	minutes data.Minutes // ID 0: none yet, or not for the reader
	absent  []data.Invitee
}

// undoable is how long an action can be taken back.
const undoable = 10 * time.Minute

type page struct {
	env     *kit.Env
	deps    Deps
	meeting int64
	draft   *data.Draft // to go on writing, once

	facts kit.Load[facts]
	known bool // an answer was there
	did   kit.Save[done]
	paper kit.Printing
	back  *undoing
	shows int         // the line to be chosen when it is there
	lasts i18n.Phrase // why the last action cannot be taken back
	over  int         // the version that the last action was about,
	since int         // and the one after which changes are to be shown: it was refused

	part     int
	givenOut bool // the form that is given out is shown, not the whole text
	text     text
	changes  kit.List
	absent   kit.List
	untold   []int64  // whose rows were not ticked when they were last shown
	detail   []string // beside the text in a wide window

	w, h  int
	right kit.Rect
}

// New returns the minutes of the meeting with the ID of o; Draft is a line that
// was begun, to go on with.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{env: env, deps: deps, meeting: o.ID, draft: o.Draft}
	p.text.env = env
	return p
}

func (p *page) Title() i18n.Phrase {
	if v := p.facts.Value.view; v.Title != "" {
		return title.With(i18n.Typed(data.Line(v.Title)))
	}
	return bare
}

func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.facts.Busy || p.did.Busy || p.paper.Busy }
func (p *page) GiveUp()            { p.facts.GiveUp() }
func (p *page) Storing() bool      { return p.did.Busy || p.paper.Busy }

// here is the part of the meeting that this screen is of it, for who else has the
// meeting open.
const here = string(data.FrontMinutes)

// Stand is what the shell asks of a page: who else has the meeting open is told to
// those who read the minutes.
func (p *page) Stand() data.Stand {
	if p.facts.Value.minutes.ID == 0 {
		return data.Stand{}
	}
	return data.Stand{On: p.on(), Part: here}
}

func (p *page) on() data.Ref { return data.Ref{Kind: "meeting", ID: p.meeting} }

// Init reads, and opens the line that was begun.
func (p *page) Init() tea.Cmd {
	if p.draft != nil {
		p.env.Send(kit.Push{Page: newEditor(p.env, p.deps, subject{Meeting: p.meeting}, p.draft)})
		p.draft = nil
	}
	return p.ask()
}

func (p *page) read(ctx context.Context) (f facts, err error) {
	if f.view, err = p.deps.Meeting(ctx, p.meeting); err != nil {
		return f, err
	}
	f.minutes, err = p.deps.Minutes(ctx, p.meeting, 0)
	if errors.Is(err, data.ErrNotFound) { // none yet, or not for this reader
		return f, nil
	}
	if err == nil {
		f.absent, err = p.deps.Absent(ctx, p.meeting)
	}
	return f, err
}

func (p *page) ask() tea.Cmd { return p.facts.Ask(p.env.Ctx, p.read) }

// Update takes answers, what others change, keys and the mouse.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.facts.Take(msg):
		return tea.Batch(p.take(), p.facts.Next())
	case p.did.Take(msg):
		return p.tookDone()
	}
	if cmd, ok := p.paper.Took(p.env, msg); ok {
		return cmd
	}
	switch m := msg.(type) {
	case kit.Changed:
		if m.Touches("meeting", p.meeting) || p.touchesAbsent(m) {
			return p.ask()
		}
		return nil
	case kit.Reload:
		return p.facts.Start(p.env.Ctx, p.read)
	case kit.NewDay:
		return p.ask()
	case saved:
		return p.tookEdit(m)
	case faded:
		return nil
	}
	return p.input(msg)
}

// touchesAbsent reports whether a family that is to be told was written about.
func (p *page) touchesAbsent(m kit.Changed) bool {
	for _, i := range p.facts.Value.absent {
		if m.Touches("household", i.Household) {
			return true
		}
	}
	return false
}

// take puts a new answer on the screen. What one may no longer read leaves it.
func (p *page) take() tea.Cmd {
	if p.facts.Gone() {
		p.facts.Value, p.known = facts{}, false
	}
	if p.facts.Err != nil {
		p.show()
		return p.env.Note(kit.NotRead(p.facts.Err))
	}
	first, was := !p.known, p.text.minutes
	p.known = true
	p.show()
	now := &p.facts.Value.minutes
	switch {
	case now.ID == 0:
		return nil
	case first || was.ID == 0:
		p.text.firstChange()
		p.beside()
		return nil
	}
	if p.shows != 0 && p.text.choose(p.shows) {
		p.beside()
	}
	p.shows = 0
	if p.since == 0 {
		p.tell(was, *now)
	} else if now.Version > p.since {
		p.sinceVersion(p.since)
		p.since = 0
	}
	return p.text.flash(was, *now)
}

// show makes what is drawn of the facts.
func (p *page) show() {
	f := &p.facts.Value
	p.text.put(f.minutes, p.givenOut)
	p.changes.Count(len(f.minutes.Changes))
	p.showAbsent()
	p.Layout(p.w, p.h)
}

// input takes keys that are no actions, and the mouse.
func (p *page) input(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseClickMsg); ok && m.Y == 0 { // the tabs stand in the first row
		m.Y = -1
		if i := p.tabs().Click(m, p.env); i >= 0 {
			return p.turn(i)
		}
		return nil
	}
	switch p.part {
	case partText:
		switch p.text.take(msg) {
		case kit.Moved:
			p.beside()
		case kit.Opened:
			return p.edit()
		}
	case partChanges:
		if p.changes.Take(msg) == kit.Opened {
			return p.toLine()
		}
	case partAfter:
		if p.absent.Take(msg) == kit.Opened {
			return p.call()
		}
	}
	return nil
}

// turn shows another part.
func (p *page) turn(part int) tea.Cmd {
	p.part = part
	p.Layout(p.w, p.h)
	return nil
}
