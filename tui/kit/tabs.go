package kit

import (
	"fmt"
	"strings"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// Tabs are the parts of a screen, named on row 2: [1 talk]  2 visits  3 letters.
type Tabs struct {
	Names []i18n.Phrase
	At    int
	Notes []string // beside each name: a count
}

// Line draws the tabs and the note at the right end, in width columns.
func (t Tabs) Line(env *Env, note string, width int) string {
	var b strings.Builder
	b.WriteString(" ")
	for i := range t.Names {
		word := t.word(env, i)
		if i == t.At {
			word = env.Look.Accent(word)
		}
		b.WriteString(word)
	}
	if note != "" {
		note += " "
	}
	if Width(b.String())+Width(note) > width { // no tab is cut for a note
		note = ""
	}
	return Ends(b.String(), note, width)
}

func (t Tabs) word(env *Env, i int) string {
	word := fmt.Sprint(i+1, " ", env.Say(t.Names[i]))
	if i < len(t.Notes) && t.Notes[i] != "" {
		word += " " + t.Notes[i]
	}
	if i == t.At {
		return "[" + word + "]  "
	}
	return word + "  "
}

// Click is the tab under a click on row 2; -1 for none.
func (t Tabs) Click(msg tea.Msg, env *Env) int {
	m, ok := msg.(tea.MouseClickMsg)
	if !ok || m.Y != -1 || m.Button != tea.MouseLeft {
		return -1
	}
	x := 1
	for i := range t.Names {
		w := Width(t.word(env, i))
		if m.X >= x && m.X < x+w-2 {
			return i
		}
		x += w
	}
	return -1
}

var tab = i18n.T("part", "页")

// Actions are the keys 1 to 9 and tab that go to the parts, for a page's
// Actions: show is called with the part chosen.
func (t Tabs) Actions(show func(i int) tea.Cmd) []Action {
	n := len(t.Names)
	out := []Action{{Key: "tab", Label: tab, Rare: true, Do: func() tea.Cmd { return show((t.At + 1) % n) }},
		{Key: "shift+tab", Label: tab, Rare: true, Do: func() tea.Cmd { return show((t.At + n - 1) % n) }}}
	for i, name := range t.Names {
		a := Action{Key: fmt.Sprint(i + 1), Label: name, Rare: i > 0, Do: func() tea.Cmd { return show(i) }}
		if i == 0 {
			a.Label, a.As, a.Help = tab, fmt.Sprint("1-", n), name
		}
		out = append(out, a)
	}
	return out
}
