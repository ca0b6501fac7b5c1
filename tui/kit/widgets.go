package kit

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Fit cuts or pads s to exactly width columns; a Chinese character takes two.
// What an old note may still hold cannot move another person's cursor.
func Fit(s string, width int) string {
	s = data.Line(s)
	w := lipgloss.Width(s)
	if w > width {
		s = ansi.Truncate(s, max(width, 0), "..")
		w = lipgloss.Width(s)
	}
	return s + strings.Repeat(" ", max(0, width-w))
}

// Block lays lines out in a rectangle of exactly width by height cells.
func Block(lines []string, width, height int) string {
	out := make([]string, max(height, 0))
	for i := range out {
		if i < len(lines) {
			out[i] = lines[i] + strings.Repeat(" ", max(0, width-lipgloss.Width(lines[i])))
		} else {
			out[i] = strings.Repeat(" ", max(width, 0))
		}
	}
	return strings.Join(out, "\n")
}

// Beside joins two blocks of one height.
func Beside(left, right string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range min(len(l), len(r)) {
		l[i] += "  " + r[i]
	}
	return strings.Join(l, "\n")
}

// A List is a column of rows with one chosen.
type List struct{ At int }

// Click chooses the row under a click, in a list of n rows that is drawn from
// the page's row y on, height rows high.
func (l *List) Click(msg tea.Msg, n, y, height int) bool {
	m, ok := msg.(tea.MouseClickMsg)
	height = max(height, 1)
	i := l.At/height*height + m.Y - y
	if !ok || m.Button != tea.MouseLeft || m.Y < y || m.Y >= y+height || i >= n || i == l.At {
		return false
	}
	l.At = i
	return true
}

// Key moves the choice among n rows.
func (l *List) Key(msg tea.Msg, n int) bool {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	was := l.At
	switch key.String() {
	case "up", "k":
		l.At--
	case "down", "j":
		l.At++
	}
	l.At = max(0, min(l.At, n-1))
	return was != l.At
}

// View draws the screenful of the n rows that the chosen one is on, and asks
// for those rows only.
func (l *List) View(n int, row func(i int) string, width, height int) []string {
	var out []string
	height = max(height, 1)
	top := l.At / height * height
	for i := top; i < min(n, top+height); i++ {
		if i == l.At {
			out = append(out, theme.Chosen.Render(Fit("> "+row(i), width)))
		} else {
			out = append(out, Fit("  "+row(i), width))
		}
	}
	return out
}

// A Field is a labelled line of text. Unlike the input it wraps, it counts
// the cursor's place in columns, where Chinese characters take two.
type Field struct {
	Label i18n.Phrase
	textinput.Model
}

const labelWidth = 10

func NewField(label i18n.Phrase, value string) Field {
	f := Field{label, textinput.New()}
	f.Prompt = ""
	f.SetVirtualCursor(false)
	f.SetValue(value)
	return f
}

// Take gives the field a message.
func (f *Field) Take(msg tea.Msg) (cmd tea.Cmd) {
	f.Model, cmd = f.Model.Update(msg)
	return cmd
}

// Layout sets the columns the field may take, label included.
func (f *Field) Layout(width int) { f.SetWidth(width - labelWidth - 1) }

// Draw returns the field's two lines, itself and its fault, and its cursor
// if it has the focus, for a field that starts on row y.
func (f *Field) Draw(lang i18n.Lang, fault string, y int) (string, *tea.Cursor) {
	lines := Fit(lang.Say(f.Label), labelWidth) + f.View() + "\n"
	if fault != "" {
		lines += strings.Repeat(" ", labelWidth) + theme.Fault.Render("✗ "+fault)
	}
	if !f.Focused() {
		return lines, nil
	}
	before := lipgloss.Width(string([]rune(f.Value())[:f.Position()]))
	return lines, tea.NewCursor(labelWidth+min(before, f.Width()), y)
}
