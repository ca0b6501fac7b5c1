// Package tui is the program as one person sees it: a stack of pages inside
// a frame that draws the title and the footer, sends keys to actions, and
// passes on what changed. What a page shows is its own affair; how it gets
// its data is settled in screens.go.
package tui

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/enrol"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// deepest is how many pages lie on one another at most. Beyond it the oldest
// is closed, after its draft was kept: a day has many calls.
const deepest = 12

// A sheet is a page on the stack and what the shell knows about it.
type sheet struct {
	kit.Page
	name   string // its screen's; "" for one that was pushed
	draft  drafting
	missed map[data.Ref]bool // what changed while another page covered it
}

// Actions are what the person may do on the page at all: what no role of theirs
// may is not in the footer, the help or the palette, and is on no key.
func (s *sheet) Actions() []kit.Action {
	as := s.Page.Actions()
	if !slices.ContainsFunc(as, never) {
		return as
	}
	return slices.DeleteFunc(slices.Clone(as), never)
}

func never(a kit.Action) bool { return a.Never }

// A Shell is the bubbletea model of one session.
type Shell struct {
	begin kit.Open // the first page
	lands kit.Open // what opens on it at the start; none: the first page is what one sees
	begun bool     // whether the person has done anything yet
	env   *kit.Env
	desk  *store.Desk
	box   *store.Mailbox
	pages []*sheet
	w, h  int
	said  i18n.Phrase  // until the next key
	drawn *drawn       // the top page's since the last message; nil: not asked for
	keys  []kit.Action // those that work on every screen

	asking  bool // whether to quit with something unsaved
	going   going
	clock   clock
	waits   waits
	used    []string // what the palette ran, newest first
	keeping keeping
	outside *atomic.Pointer[Person] // not nil: a stranger's, or not shown around yet; see enrolment.go

	heard time.Time // when it was last asked which rights of the moment others were given

	terminal Terminal
	stands   string // the screen that the terminal's owner was told last
	standing standing
	shown    *tea.View // the whole screen, while nothing on it changed
}

// New returns the shell for an account at its desk. The mailbox is the
// session's own; whoever opened it closes it, and calls Leave before.
func New(ctx context.Context, desk *store.Desk, box *store.Mailbox, me data.Account, lang i18n.Lang, now data.Clock) *Shell {
	look := theme.New(theme.Pick(me.Theme), false)
	s := &Shell{begin: kit.Open{Screen: first}, lands: lands(me, now()), env: &kit.Env{Ctx: ctx, Me: me, Lang: lang, Look: look, Now: now}, desk: desk, box: box}
	s.keeping = drafts(s.desk)
	return s
}

// lands is the screen that an account sees first on top of the day: who reads no
// family's card has no day of promises, and sees the search where they find
// children, the accounts where they run them, the totals where they count.
func lands(me data.Account, now time.Time) kit.Open {
	switch {
	case reads(me, now):
	case !me.Finds(now).Nobody():
		return kit.Open{Screen: finder}
	case me.MayManage(now) == nil:
		return kit.Open{Screen: "accounts"}
	case me.MayCount(now):
		return kit.Open{Screen: "reports"}
	}
	return kit.Open{}
}

// Begin has the session start on a screen other than the account's first.
func (s *Shell) Begin(o kit.Open) *Shell {
	s.begin, s.lands = o, kit.Open{}
	return s
}

// Init opens the first screen and starts what waits for changes and the time.
func (s *Shell) Init() tea.Cmd {
	s.clock.begin(s.env.Now())
	s.heard = s.env.Now()
	var open tea.Cmd
	if len(s.pages) == 0 {
		open = s.start()
	} else {
		open = s.top().Init()
	}
	return tea.Batch(open, s.settle(), s.env.TakeUnseen(), s.stand(), s.listen, s.beat(), s.askGround())
}

// start opens what the person sees first. From there esc leads to the first page.
func (s *Shell) start() tea.Cmd { return tea.Batch(s.open(s.begin), s.open(s.lands)) }

// offers reports whether what a page offers may open: the page is in front, or it
// is the first and nobody has done anything yet.
func (s *Shell) offers(p kit.Page) bool {
	return s.top().Page == p || !s.begun && s.pages[0].Page == p
}

// askGround asks the terminal for its background, unless the account chose.
func (s *Shell) askGround() tea.Cmd {
	if s.env.Me.Theme != "" || s.env.Look.Kind() == theme.None {
		return nil
	}
	return tea.Raw(ansi.RequestBackgroundColor)
}

// listen waits for the next change, and quits when the session's context
// ends. Update calls it again after each change.
func (s *Shell) listen() tea.Msg {
	if refs := s.box.Wait(s.env.Ctx); refs != nil {
		return kit.Changed{Refs: refs}
	}
	return tea.Quit()
}

// Update takes a message, and then at once what the pages sent upon it: the
// next key must find the page that this one opened.
func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if c, ok := msg.(kit.Changed); ok {
		return s, s.changed(c)
	}
	if s.standing.others.Take(msg) {
		return s, s.tookOthers()
	}
	s.shown = nil
	return s, tea.Batch(s.take(msg), s.settle(), s.catchUp(), s.env.TakeUnseen(), s.await(), s.stand())
}

// settle takes what pages sent until they are quiet.
func (s *Shell) settle() tea.Cmd {
	var cmds []tea.Cmd
	for sent := s.env.Sent(); len(sent) > 0; sent = s.env.Sent() {
		for _, msg := range sent {
			cmds = append(cmds, s.take(msg))
		}
	}
	return tea.Batch(cmds...)
}

func (s *Shell) take(msg tea.Msg) tea.Cmd {
	defer func() { s.drawn = nil }()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
		for _, p := range s.pages {
			s.layout(p)
		}
		return nil
	case tea.BackgroundColorMsg:
		s.ground(msg.IsDark())
		return nil
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		return s.input(msg)
	case shellTime:
		return msg.at(s)
	}
	return s.page(msg)
}

// page takes what pages and the session say to the shell; what it does not
// know goes to the pages.
func (s *Shell) page(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Note:
		s.said = msg.Said
		return nil
	case kit.PasteCut:
		s.said = cut.With(s.env.Lang.Bytes(msg.Taken), s.env.Lang.Bytes(msg.Cut))
		return nil
	case kit.Ending:
		s.said = msg.Said
		return tea.Batch(s.keepAll(), s.tell(msg))
	case kit.Open:
		return s.open(msg)
	case kit.Push:
		return s.push(&sheet{Page: msg.Page})
	case kit.Back:
		s.said = msg.Said
		return s.pop(msg.Page, msg.Gives)
	case kit.Home:
		return s.home()
	case kit.Run:
		return tea.Batch(s.pop(nil, nil), s.do(msg.Action))
	case mine:
		return s.become(msg)
	case kept:
		return s.keptNow(msg)
	case enrol.Arrived:
		s.arrive()
		return nil
	case enrol.Spoken:
		return s.speak(msg.Lang)
	case enrol.Done:
		return s.enter()
	}
	told := s.tell(msg)
	if m, ok := msg.(interface{ Lost() error }); ok && m.Lost() != nil {
		s.said = lost.With(i18n.Reason(m.Lost()))
	}
	return told
}

// tell gives every page a message: an answer may be for one that is covered.
func (s *Shell) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, p := range s.pages {
		cmds = append(cmds, p.Update(msg))
	}
	return tea.Batch(cmds...)
}

// ground takes what the terminal says of its background.
func (s *Shell) ground(dark bool) {
	if s.env.Me.Theme != "" || s.env.Look.Kind() == theme.None {
		return
	}
	kind := theme.Light
	if dark {
		kind = theme.Dark
	}
	s.env.Look = s.env.Look.In(kind)
}

func (s *Shell) top() *sheet { return s.pages[len(s.pages)-1] }

// open shows a screen by name. A screen that does not exist opens nothing.
func (s *Shell) open(o kit.Open) tea.Cmd {
	build, ok := screens[o.Screen]
	if !ok || s.outside != nil || o.Over != nil && !s.offers(o.Over) {
		return nil
	}
	var closed tea.Cmd
	if o.Replace && len(s.pages) > 1 {
		closed = s.pop(nil, nil)
	}
	return tea.Batch(closed, s.push(&sheet{Page: build(s.env, s.desk, o), name: o.Screen}))
}

func (s *Shell) push(p *sheet) tea.Cmd {
	var left tea.Cmd
	if len(s.pages) > 0 {
		left = s.keep(s.top())
	}
	if len(s.pages) == deepest {
		left = tea.Batch(left, s.pop(s.pages[1].Page, nil))
	}
	s.pages = append(s.pages, p)
	s.layout(p)
	return tea.Batch(left, p.Init())
}

// pop closes a page, nil the top one, and gives the page below a message. The
// first stays; one that is closed already closes no other.
func (s *Shell) pop(p kit.Page, gives tea.Msg) tea.Cmd {
	i := len(s.pages) - 1
	if p != nil {
		i = slices.IndexFunc(s.pages, func(x *sheet) bool { return x.Page == p })
	}
	if i < 1 {
		return nil
	}
	closed := s.close(s.pages[i])
	s.pages = slices.Delete(s.pages, i, i+1)
	if gives == nil {
		return closed
	}
	return tea.Batch(closed, s.pages[i-1].Update(gives))
}

// home closes every page but the first.
func (s *Shell) home() tea.Cmd {
	var cmds []tea.Cmd
	for len(s.pages) > 1 {
		cmds = append(cmds, s.pop(nil, nil))
	}
	return tea.Batch(cmds...)
}

func (s *Shell) layout(p *sheet) {
	if !s.small() {
		p.Layout(s.w, s.h-above-below)
	}
}

// small reports whether the window shows no page. Then a person may save what
// they wrote, and leave.
func (s *Shell) small() bool { return s.w < 80 || s.h < 24 }

// do does an action, or says why not.
func (s *Shell) do(a kit.Action) tea.Cmd {
	if s.said = a.Off(); s.said != (i18n.Phrase{}) {
		return nil
	}
	if a.Do == nil {
		return nil
	}
	return a.Do()
}

// shellTime is a message of a timer of the shell's own.
type shellTime interface{ at(s *Shell) tea.Cmd }

// after is Env.After for the shell's own timers, which may be called off.
func (s *Shell) after(ctx context.Context, d time.Duration, msg shellTime) tea.Cmd {
	own := kit.Env{Ctx: ctx}
	return own.After(d, msg)
}
