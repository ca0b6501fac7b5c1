package accounts

import (
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	askDo   = i18n.T("do it", "好")
	askStop = i18n.T("leave it", "不改")
)

// An ask is one field on the message row: a filter, a name, a day.
type ask struct {
	on    bool
	label i18n.Phrase
	act   i18n.Phrase // what enter does
	field kit.Field
	means func(string) string  // stands beside what is typed; nil: nothing
	live  func(string)         // hears of each change; nil: nobody
	stop  func()               // hears of esc
	done  func(string) tea.Cmd // takes what was typed; the field closes before
	fault func(string) i18n.Phrase
}

// begin opens the field over a value.
func (a *ask) begin(value string) tea.Cmd {
	hint := a.field.Hint
	a.on, a.field = true, kit.NewField(i18n.Phrase{}, value)
	a.field.Hint = hint
	a.field.Focus()
	return nil
}

func (a *ask) take(msg tea.Msg) tea.Cmd {
	if a.field.Take(msg) && a.live != nil {
		a.live(a.field.Value())
	}
	return nil
}

// actions are the keys while the field is open.
func (a *ask) actions() []kit.Action {
	act := a.act
	if act == (i18n.Phrase{}) {
		act = askDo
	}
	return []kit.Action{{Key: "enter", Label: act, When: a.wrong, Do: a.submit}, {Key: "esc", Label: askStop, Do: a.leave}}
}

func (a *ask) wrong() i18n.Phrase {
	if a.fault == nil {
		return i18n.Phrase{}
	}
	return a.fault(a.field.Value())
}

func (a *ask) submit() tea.Cmd {
	a.on = false
	a.field.Blur()
	return a.done(a.field.Value())
}

func (a *ask) leave() tea.Cmd {
	a.on = false
	a.field.Blur()
	if a.stop != nil {
		a.stop()
	}
	return nil
}

// draw is the message row, w columns wide, as row y of the body.
func (a *ask) draw(env *kit.Env, w, y int) (string, *tea.Cursor) {
	label := " " + env.Say(a.label) + " "
	box, cursor := a.field.Box(env, min(40, w-kit.Width(label)-2), kit.Width(label), y)
	beside := ""
	if a.means != nil {
		beside = a.means(a.field.Value())
	}
	return label + box + "  " + env.Look.Muted(kit.Cut(beside, max(w-kit.Width(label+box)-3, 0))), cursor
}
