package kit

import (
	"strings"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// longestLine is how many characters a Field takes unless told otherwise.
const longestLine = 200

// labelWidth is the columns of a Field's label where it draws one.
const labelWidth = 10

// A Field is one line of text, [like this___], which scrolls sideways when it
// holds more. Its cursor is counted in columns, where a Chinese character takes
// two, so that an input method opens in the right place.
type Field struct {
	Label i18n.Phrase
	Hint  i18n.Phrase // stands in the empty field: required
	editor
	width int // columns, brackets and all, of the last Layout
}

// NewField returns a field that holds value.
func NewField(label i18n.Phrase, value string) Field {
	f := Field{Label: label, editor: editor{most: longestLine}}
	f.SetValue(value)
	return f
}

// Reset empties the field.
func (f *Field) Reset() { f.SetValue("") }

// Take gives the field a message; it does nothing without the focus. It
// reports whether the text changed.
func (f *Field) Take(msg tea.Msg) bool {
	if !f.focus {
		return false
	}
	was := f.Value()
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		f.edit(m)
	case tea.PasteMsg:
		f.insert(pasted(m.Content, false))
	}
	return f.Value() != was
}

// Layout sets the columns that Draw may take, label included.
func (f *Field) Layout(width int) { f.width = width }

// window is the part of the text that fits into w columns with the cursor in
// it, and the columns before the cursor. It moves by half its width at a time,
// so that the text stands still while the cursor goes about in it. Without the
// focus a field shows how its text begins.
func (f *Field) window(w int) (text string, cursor int) {
	drawn, at := make([]string, len(f.text)), make([]int, len(f.text)+1)
	for i, r := range f.text {
		drawn[i] = string(r)
		if !joins(r) {
			drawn[i] = Show(drawn[i])
		}
		at[i+1] = at[i] + Width(drawn[i])
	}
	start, step := 0, max(w/2, 1)
	if over := at[f.at] - (w - 1); over > 0 && f.focus { // a column stays for the cursor
		start = (over + step - 1) / step * step
	}
	from := 0
	for at[from] < start && from < f.at {
		from++
	}
	to := from
	for to < len(drawn) && at[to+1]-at[from] <= w {
		to++
	}
	return firm(strings.Join(drawn[from:to], "")), min(at[f.at]-at[from], w-1)
}

// Box draws the field in exactly width columns, brackets included. While it
// has the focus, the cursor's place is returned for a box that starts in
// column x of row y.
func (f *Field) Box(env *Env, width, x, y int) (string, *tea.Cursor) {
	w := max(width-2, 1)
	text, before := f.window(w)
	if len(f.text) == 0 && !f.focus {
		if hint := env.Say(f.Hint); hint != "" {
			return "[" + env.Look.Muted(Clip(hint, w)) + strings.Repeat("_", max(0, w-Width(hint))) + "]", nil
		}
	}
	text += strings.Repeat("_", max(0, w-Width(text)))
	if !f.focus {
		return "[" + text + "]", nil
	}
	return "[" + env.Look.Field(text) + "]", tea.NewCursor(x+1+before, y)
}

// Draw returns two lines for a field that starts on row y: the label and the
// box, and under it the fault, if any.
func (f *Field) Draw(env *Env, fault string, y int) (string, *tea.Cursor) {
	box, cursor := f.Box(env, f.width-labelWidth, labelWidth, y)
	return Fit(env.Say(f.Label), labelWidth) + box + "\n" + Fault(env, fault, labelWidth), cursor
}

// Fault is the line under a field that says what is wrong with it; empty if
// nothing is.
func Fault(env *Env, fault string, indent int) string {
	if fault == "" {
		return ""
	}
	return blanks(indent) + env.Look.Danger("! "+fault)
}

// Click gives a field that Box drew at x, y in width columns a click, and
// reports whether it was in it. The cursor goes to the character under it.
func (f *Field) Click(msg tea.Msg, width, x, y int) bool {
	m, ok := msg.(tea.MouseClickMsg)
	if !ok || m.Button != tea.MouseLeft || m.Y != y || m.X < x || m.X >= x+width {
		return false
	}
	_, before := f.window(max(width-2, 1))
	for want := m.X - x - 1 - before; want != 0; {
		next := f.after(f.at)
		if want < 0 {
			next = f.before(f.at)
		}
		step := Width(Show(string(f.text[min(f.at, next):max(f.at, next)])))
		if step == 0 || step > max(want, -want) {
			break
		}
		f.at = next
		want -= step * sign(want)
	}
	return true
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
