package kit

import (
	"strconv"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Place is one field of a form, named as data's rules name it: what they find
// wrong is then shown beside it. Of is whose it is where there are several rows
// or people, N which of several alike; both count from 0.
type Place struct {
	Field string
	Of, N int
}

// A Stop is a field that tab comes to, and the widget that it is.
type Stop struct {
	Place
	In Input
}

// A Form is fields in tab order, the cursor among them, and what is wrong in
// which of them.
type Form struct {
	Env    *Env
	Stops  func() []Stop        // the fields that are there now, in tab order
	Moved  func(from, to Place) // hears where the cursor went; may be nil
	Faults map[Place]i18n.Phrase
}

// Ring is the fields' widgets.
func (f *Form) Ring() (r Ring) {
	for _, s := range f.Stops() {
		r = append(r, s.In)
	}
	return r
}

// Here is the field with the cursor, the first if none has it.
func (f *Form) Here() Place {
	all := f.Stops()
	for _, s := range all {
		if s.In.Focused() {
			return s.Place
		}
	}
	return all[0].Place
}

// In is the widget of a field, nil while it is not there.
func (f *Form) In(at Place) Input {
	for _, s := range f.Stops() {
		if s.Place == at {
			return s.In
		}
	}
	return nil
}

// Line is the line of text that a field is, nil if it is none.
func (f *Form) Line(at Place) *Field {
	line, _ := f.In(at).(*Field)
	return line
}

// List is the list that a field is, nil if it is none.
func (f *Form) List(at Place) *Select {
	list, _ := f.In(at).(*Select)
	return list
}

// Visit moves the cursor to a field.
func (f *Form) Visit(to Place) {
	from := f.Here()
	for _, s := range f.Stops() {
		if s.Place != to {
			s.In.Blur()
		}
	}
	if in := f.In(to); in != nil {
		in.Focus()
	}
	if f.Moved != nil {
		f.Moved(from, to)
	}
}

// Step goes on by as many fields, round the form.
func (f *Form) Step(by int) {
	all := f.Stops()
	at := max(0, f.Ring().At())
	f.Visit(all[((at+by)%len(all)+len(all))%len(all)].Place)
}

// Wrong says what is wrong in a field; Right that nothing is.
func (f *Form) Wrong(at Place, why i18n.Phrase) {
	if f.Faults == nil {
		f.Faults = map[Place]i18n.Phrase{}
	}
	f.Faults[at] = why
}

func (f *Form) Right(at Place) { delete(f.Faults, at) }

// Blame puts what data's rules or the store found wrong beside the fields:
// "best_time 2" is that of the second. What no field is to blame for stands
// beside the first, unless the form has found something itself.
func (f *Form) Blame(err error) {
	for _, fault := range data.Faults(err) {
		name, n, _ := strings.Cut(fault.Field, " ")
		of, _ := strconv.Atoi(n)
		at := Place{Field: name, Of: max(0, of-1)}
		if f.In(at) == nil {
			if len(f.Faults) > 0 {
				continue
			}
			at = f.Stops()[0].Place
		}
		if _, said := f.Faults[at]; !said {
			f.Wrong(at, i18n.Typed(f.Env.Lang.Why(fault.Why)))
		}
	}
}

// ToFault goes to the first field that is wrong, and returns what is wrong there:
// beside a narrow field there may be no room for all of it.
func (f *Form) ToFault() i18n.Phrase {
	for _, s := range f.Stops() {
		if why, bad := f.Faults[s.Place]; bad {
			f.Visit(s.Place)
			return why
		}
	}
	return i18n.Phrase{}
}

// cursor is where it stands, as a draft keeps it: the field and the character.
func (f *Form) cursor() (field, character int) {
	for i, s := range f.Stops() {
		if s.In.Focused() {
			field = i
			if text, ok := s.In.(interface{ Position() int }); ok {
				character = text.Position()
			}
		}
	}
	return field, character
}

// Return puts the cursor where a draft was left.
func (f *Form) Return(d data.Draft) {
	all := f.Stops()
	s := all[max(0, min(d.Field, len(all)-1))]
	f.Visit(s.Place)
	if text, ok := s.In.(interface{ SetPosition(int) }); ok {
		text.SetPosition(d.Cursor)
	}
}

var textFull = i18n.T("The text is full: %s characters", "写满了: 最多 %s 字")

// Take gives the field with the cursor a key or a paste, and reports whether
// anything was changed. Enter goes on to the next field, and so do the arrows
// where the field has no use for them.
func (f *Form) Take(msg tea.Msg) (changed bool, say tea.Cmd) {
	at := f.Here()
	in := f.In(at)
	key, pressed := msg.(tea.KeyPressMsg)
	if by := onward(in, key.String()); pressed && by != 0 {
		f.Step(by)
		return false, nil
	}
	switch in := in.(type) {
	case *Select:
		changed = in.Take(msg, f.Env)
	case *Field:
		changed, say = f.write(in, msg)
	case *Area:
		changed, say = f.write(in, msg)
	case interface{ Take(tea.Msg) bool }:
		changed = in.Take(msg)
	}
	if changed {
		f.Right(at)
	}
	return changed, say
}

// onward is how many fields a key goes on from a widget.
func onward(in Input, key string) int {
	list, isList := in.(*Select)
	_, isText := in.(*Area)
	switch {
	case isText, isList && list.Open():
		return 0
	case key == "enter", key == "down" && !isList:
		return 1
	case key == "up" && !isList:
		return -1
	}
	return 0
}

// A writable is text that takes keys and pastes as far as there is room.
type writable interface {
	Take(tea.Msg) bool
	Value() string
	Room() int
	Len() int
}

// write types into a text; what finds no room is said.
func (f *Form) write(text writable, msg tea.Msg) (changed bool, say tea.Cmd) {
	was := text.Value()
	changed = text.Take(msg)
	switch m := msg.(type) {
	case tea.PasteMsg:
		say = Rest(f.Env, m, was, text.Value())
	case tea.KeyPressMsg:
		if !changed && m.Text != "" && text.Room() == 0 {
			say = f.Env.Note(textFull.With(f.Env.Lang.Number(text.Len())))
		}
	}
	return changed, say
}

// CloseList closes the list that is open at the cursor, and reports whether one
// was: esc does that first.
func (f *Form) CloseList() bool {
	list := f.List(f.Here())
	if list == nil || !list.Open() {
		return false
	}
	list.close()
	return true
}
