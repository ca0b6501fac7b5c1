package preparation

import (
	"context"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	notDone  = i18n.T("! Not done: %s", "! 没做成: %s")
	withUndo = i18n.T("%s  u undo", "%s  u 撤销")
	undone   = i18n.T("Undone (%s)", "撤销了「%s」")
	noUndo   = i18n.T("There is nothing of yours to undo here", "这里没有你能撤销的")
	aUndo    = i18n.T("undo", "撤销")
)

// undoFor is how long the last thing done can be undone.
const undoFor = 10 * time.Minute

// A deed is one thing that is done: what is said of it, and what undoes it. What
// was answered to it is what the one after it goes on from.
type deed struct {
	said i18n.Phrase
	do   func(context.Context) (data.AgendaItem, error)
	back func(context.Context) error // nil: it cannot be undone
	then func() tea.Cmd              // what follows when it is done; nil: nothing
}

// An undo is the last thing done here.
type undo struct {
	said  i18n.Phrase
	back  func(context.Context) error
	until time.Time
}

// acts does one thing after the other. Keys pressed while one is under way wait
// in todo: each is asked for its deed when its turn comes.
type acts struct {
	env  *kit.Env
	deps Deps

	doing kit.Save[data.AgendaItem]
	deed  deed
	todo  []func() (deed, bool)
	last  undo
}

func (a *acts) busy() bool { return a.doing.Busy }

// do does something at once, or after what is under way.
func (a *acts) do(make func() (deed, bool)) tea.Cmd {
	a.todo = append(a.todo, make)
	return a.next()
}

// one is do for something that does not depend on what is under way.
func (a *acts) one(said i18n.Phrase, do func(context.Context) error, back func(context.Context) error) tea.Cmd {
	return a.do(func() (deed, bool) {
		return deed{said: said, do: func(ctx context.Context) (data.AgendaItem, error) { return data.AgendaItem{}, do(ctx) }, back: back}, true
	})
}

// next begins the next thing there is to do.
func (a *acts) next() tea.Cmd {
	for !a.busy() && len(a.todo) > 0 {
		d, ok := a.todo[0]()
		if a.todo = a.todo[1:]; len(a.todo) == 0 {
			a.todo = nil
		}
		if ok {
			a.deed = d
			return a.doing.Start(a.env.Ctx, d.do)
		}
	}
	return nil
}

// took takes the end of what was done. What waits behind something that failed
// was meant for another agenda: it is dropped.
func (a *acts) took(msg tea.Msg) (tea.Cmd, bool) {
	if !a.doing.Take(msg) {
		return nil, false
	}
	if err := a.doing.Err; err != nil {
		a.todo = nil
		return a.env.Note(notDone.With(i18n.Typed(a.env.Lang.Error(err)))), true
	}
	said := a.deed.said
	if a.last = (undo{}); a.deed.back != nil {
		a.last = undo{said, a.deed.back, a.env.Now().Add(undoFor)}
		said = withUndo.With(said)
	}
	a.env.Note(said)
	if a.deed.then != nil {
		return a.deed.then(), true
	}
	return nil, true
}

// undoing is the key that takes the last thing done back.
func (a *acts) undoing() kit.Action {
	return kit.Action{Key: "u", Label: aUndo, Rare: true, When: a.nothingToUndo, Do: func() tea.Cmd {
		last := a.last
		a.last = undo{}
		return a.one(undone.With(last.said), last.back, nil)
	}}
}

func (a *acts) nothingToUndo() i18n.Phrase {
	if a.last.back == nil || !a.env.Now().Before(a.last.until) {
		return noUndo
	}
	return i18n.Phrase{}
}
