package kit

import (
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

var (
	askDo   = i18n.T("do it", "好")
	askStop = i18n.T("leave it", "不改")
)

// An Asking is one field on the message row: a filter, a name, a day, a reason.
type Asking struct {
	On    bool
	Label i18n.Phrase
	Act   i18n.Phrase              // what enter does
	Hint  i18n.Phrase              // stands in the empty field
	Most  int                      // characters; 0: as many as a Field takes
	Means func(string) string      // stands beside what is typed; nil: nothing
	Live  func(string)             // hears of each change; nil: nobody
	Stop  func()                   // hears of esc; nil: nobody
	Done  func(string) tea.Cmd     // takes what was typed; the field closes before
	Fault func(string) i18n.Phrase // why what is typed cannot be taken; nil: it always can

	field Field
}

// Begin opens the field over a value.
func (a *Asking) Begin(value string) tea.Cmd {
	a.On, a.field = true, NewField(i18n.Phrase{}, value)
	a.field.Hint = a.Hint
	if a.Most > 0 {
		a.field.Most(a.Most)
	}
	a.field.Focus()
	return nil
}

// Take gives the field a key or a paste.
func (a *Asking) Take(msg tea.Msg) tea.Cmd {
	if a.field.Take(msg) && a.Live != nil {
		a.Live(a.field.Value())
	}
	return nil
}

// Actions are the keys while the field is open.
func (a *Asking) Actions() []Action {
	act := a.Act
	if act == (i18n.Phrase{}) {
		act = askDo
	}
	return []Action{{Key: "enter", Label: act, When: a.wrong, Do: a.submit}, {Key: "esc", Label: askStop, Do: a.leave}}
}

func (a *Asking) wrong() i18n.Phrase {
	if a.Fault == nil {
		return i18n.Phrase{}
	}
	return a.Fault(a.field.Value())
}

func (a *Asking) submit() tea.Cmd {
	a.On = false
	a.field.Blur()
	return a.Done(a.field.Value())
}

func (a *Asking) leave() tea.Cmd {
	a.On = false
	a.field.Blur()
	if a.Stop != nil {
		a.Stop()
	}
	return nil
}

// Draw is the message row, w columns wide, as row y of the body.
func (a *Asking) Draw(env *Env, w, y int) (string, *tea.Cursor) {
	label := " " + env.Say(a.Label) + " "
	box, cursor := a.field.Box(env, min(40, w-Width(label)-2), Width(label), y)
	beside := ""
	if a.Means != nil {
		beside = a.Means(a.field.Value())
	}
	return label + box + "  " + env.Look.Muted(Cut(beside, max(w-Width(label+box)-3, 0))), cursor
}
