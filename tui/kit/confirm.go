package kit

import (
	"strings"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

var (
	keepAsIs  = i18n.T("leave it", "不做")
	typeWord  = i18n.T("Type %s to go on:", "要继续, 打出 %s:")
	notYetWrd = i18n.T("Type the word first", "先打出那个词")
)

// A Question asks before something is done. Act names the act beside enter,
// esc always means no. With Word set, for what cannot be undone, the person
// types it first, so that enter twice cannot do it.
type Question struct {
	Title i18n.Phrase
	Text  []i18n.Phrase
	Act   i18n.Phrase
	Else  i18n.Phrase // what esc does; zero: "leave it"
	Word  string
	Do    func() tea.Cmd // runs on the page below, which is on top again then
}

// Ask puts a question on top of the page.
func Ask(env *Env, q Question) tea.Cmd {
	if q.Else == (i18n.Phrase{}) {
		q.Else = keepAsIs
	}
	c := &confirm{env: env, q: q, word: NewField(i18n.Phrase{}, "")}
	return env.Send(Push{c})
}

type confirm struct {
	env  *Env
	q    Question
	word Field
	w, h int
}

func (c *confirm) Title() i18n.Phrase { return c.q.Title }
func (c *confirm) Layout(w, h int)    { c.w, c.h = w, h }

func (c *confirm) Init() tea.Cmd {
	if c.q.Word != "" {
		c.word.Focus()
	}
	return nil
}

func (c *confirm) Update(msg tea.Msg) tea.Cmd {
	c.word.Take(msg)
	return nil
}

func (c *confirm) Actions() []Action {
	act := Action{Key: "enter", Label: c.q.Act, Do: c.q.Do}
	return []Action{
		{Key: "enter", Label: c.q.Act, When: c.ready, Do: func() tea.Cmd { return c.env.Send(Run{act}) }},
		{Key: "esc", Label: c.q.Else, Do: c.env.Back},
	}
}

func (c *confirm) ready() i18n.Phrase {
	if c.q.Word != strings.TrimSpace(c.word.Value()) {
		return notYetWrd
	}
	return i18n.Phrase{}
}

func (c *confirm) View() Frame {
	var lines []string
	for _, p := range c.q.Text {
		for _, line := range Wrap(c.env.Say(p), c.w-4) {
			lines = append(lines, "  "+line)
		}
	}
	var cursor *tea.Cursor
	if c.q.Word != "" {
		lines = append(lines, "", "  "+c.env.Say(typeWord, Show(c.q.Word)))
		var box string
		box, cursor = c.word.Box(c.env, min(40, c.w-4), 2, len(lines)+1)
		lines = append(lines, "  "+box)
	}
	return Frame{Body: Block(append([]string{""}, lines...), c.w, c.h), Cursor: cursor}
}
