package kit

import (
	"encoding/json"
	"errors"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
)

// An Entry is a declared field of a form about a T: its name in data's rules, its
// label, its widget, and the way of its value into the record and out of it.
// Make it with Short, Text, Typed, OneOf, Pick, YesNo or AnyOf.
type Entry[T any] struct {
	Field string
	Label i18n.Phrase
	Head  i18n.Phrase   // stands above it, where a part of the form begins
	Note  func() string // stands beside it: what it means, or how it is filled in
	Warn  func() string // instead of Note, while it is not empty: what may be wrong and does not keep it from being saved

	in   Input
	rows int                       // of a text
	fill func(i18n.Lang, T)        // the record's value into the widget
	read func(*T) error            // and back
	show func(i18n.Lang, T) string // in a conflict
	copy func(to *T, from T)
	keep func() string // as it was typed, for the draft
	put  func(string)
}

// Under begins a part of the form with a heading above the field.
func (e Entry[T]) Under(head i18n.Phrase) Entry[T] {
	e.Head = head
	return e
}

// With says something beside the field.
func (e Entry[T]) With(note func() string) Entry[T] {
	e.Note = note
	return e
}

// Warning says something beside the field while there is something to say.
func (e Entry[T]) Warning(warn func() string) Entry[T] {
	e.Warn = warn
	return e
}

// Short is one line of text, of most characters.
func Short[T any](field string, label i18n.Phrase, most int, of func(*T) *string) Entry[T] {
	return Typed(field, label, most, func(s string) (string, error) { return s, nil },
		func(_ i18n.Lang, s string) string { return s }, of)
}

// Typed is a value that is typed in one line of most characters: a day, a number,
// a phone. Parse refuses with a data.Invalid what it cannot read, word writes it
// the way that parse reads it.
func Typed[T, V any](field string, label i18n.Phrase, most int, parse func(string) (V, error), word func(i18n.Lang, V) string, of func(*T) *V) Entry[T] {
	in := NewField(label, "")
	in.Most(most)
	return Entry[T]{Field: field, Label: label, in: &in,
		fill: func(l i18n.Lang, v T) { in.SetValue(word(l, *of(&v))) },
		read: func(v *T) error {
			is, err := parse(in.Value())
			if err == nil {
				*of(v) = is
			}
			return err
		},
		show: func(l i18n.Lang, v T) string { return word(l, *of(&v)) },
		copy: func(to *T, from T) { *of(to) = *of(&from) },
		keep: in.Value, put: in.SetValue}
}

// Text is text of several lines, rows of them on the screen.
func Text[T any](field string, label i18n.Phrase, most, rows int, of func(*T) *string) Entry[T] {
	in := NewArea("")
	in.Most(most)
	return Entry[T]{Field: field, Label: label, in: &in, rows: rows,
		fill: func(_ i18n.Lang, v T) { in.SetValue(*of(&v)) },
		read: func(v *T) error { *of(v) = in.Value(); return nil },
		show: func(_ i18n.Lang, v T) string { return *of(&v) },
		copy: func(to *T, from T) { *of(to) = *of(&from) },
		keep: in.Value, put: in.SetValue}
}

// OneOf is one of few that all stand in the form: (o) yes  ( ) no.
func OneOf[T any, V comparable](field string, label i18n.Phrase, all []V, say func(i18n.Lang, V) string, of func(*T) *V) Entry[T] {
	in := &Radio{Options: Words(all, say)}
	e := chosen(field, label, all, say, of, &in.At)
	e.in = in
	return e
}

// Pick is one of many, in a list that drops down.
func Pick[T any, V comparable](field string, label i18n.Phrase, all []V, say func(i18n.Lang, V) string, of func(*T) *V) Entry[T] {
	in := &Select{Options: Words(all, say)}
	e := chosen(field, label, all, say, of, &in.At)
	e.in = in
	return e
}

// PickFrom is Pick of what is known only with the record: all tells it, each time
// the fields are filled in.
func PickFrom[T any, V comparable](field string, label i18n.Phrase, all func(T) []V, say func(i18n.Lang, V) string, of func(*T) *V) Entry[T] {
	in := &Select{}
	var e Entry[T]
	with := func(v T) {
		some := all(v)
		in.Options = Words(some, say)
		e = chosen(field, label, some, say, of, &in.At)
	}
	with(*new(T))
	out := e
	out.in = in
	out.fill = func(l i18n.Lang, v T) { with(v); e.fill(l, v) }
	out.read = func(v *T) error { return e.read(v) }
	out.keep = func() string { return e.keep() }
	out.put = func(s string) { e.put(s) }
	return out
}

func chosen[T any, V comparable](field string, label i18n.Phrase, all []V, say func(i18n.Lang, V) string, of func(*T) *V, at *int) Entry[T] {
	choose := func(v V) { *at = max(0, slices.Index(all, v)) }
	return Entry[T]{Field: field, Label: label,
		fill: func(_ i18n.Lang, v T) { choose(*of(&v)) },
		read: func(v *T) error {
			if *at < len(all) {
				*of(v) = all[*at]
			}
			return nil
		},
		show: func(l i18n.Lang, v T) string { return say(l, *of(&v)) },
		copy: func(to *T, from T) { *of(to) = *of(&from) },
		keep: func() string {
			if *at >= len(all) {
				return ""
			}
			return written(all[*at])
		},
		put: func(s string) { choose(unwritten[V](s)) }}
}

// YesNo is a box to tick: [x].
func YesNo[T any](field string, label i18n.Phrase, of func(*T) *bool) Entry[T] {
	in := &Checks{Options: Options{N: 1, Word: func(i18n.Lang, int) string { return "" }}}
	return Entry[T]{Field: field, Label: label, in: in,
		fill: func(_ i18n.Lang, v T) { in.On = map[int]bool{0: *of(&v)} },
		read: func(v *T) error { *of(v) = in.On[0]; return nil },
		show: func(l i18n.Lang, v T) string {
			if *of(&v) {
				return l.Say(yes)
			}
			return l.Say(no)
		},
		copy: func(to *T, from T) { *of(to) = *of(&from) },
		keep: func() string { return written(in.On[0]) },
		put:  func(s string) { in.On = map[int]bool{0: unwritten[bool](s)} }}
}

var (
	yes = i18n.T("yes", "是")
	no  = i18n.T("no", "否")
)

// AnyOf is any of few: [x] health [ ] homework.
func AnyOf[T any, V comparable](field string, label i18n.Phrase, all []V, say func(i18n.Lang, V) string, of func(*T) *[]V) Entry[T] {
	in := &Checks{Options: Words(all, say)}
	tick := func(vs []V) {
		in.On = map[int]bool{}
		for i, v := range all {
			in.On[i] = slices.Contains(vs, v)
		}
	}
	ticked := func() (out []V) {
		for i, v := range all {
			if in.On[i] {
				out = append(out, v)
			}
		}
		return out
	}
	return Entry[T]{Field: field, Label: label, in: in,
		fill: func(_ i18n.Lang, v T) { tick(*of(&v)) },
		read: func(v *T) error { *of(v) = ticked(); return nil },
		show: func(l i18n.Lang, v T) string {
			line := ""
			for i, one := range *of(&v) {
				if i > 0 {
					line += l.Say(listComma)
				}
				line += say(l, one)
			}
			return line
		},
		copy: func(to *T, from T) { *of(to) = *of(&from) },
		keep: func() string { return written(ticked()) },
		put:  func(s string) { tick(unwritten[[]V](s)) }}
}

// written is a value as a draft keeps it; what unwritten cannot read is zero.
func written(v any) string {
	b, _ := json.Marshal(v) // values of a closed vocabulary
	return string(b)
}

func unwritten[V any](s string) (v V) {
	_ = json.Unmarshal([]byte(s), &v)
	return v
}

// place is where the form's entry is.
func (e Entry[T]) place() Place { return Place{Field: e.Field} }

// wrong is why a value cannot be read.
func (e Entry[T]) wrong(l i18n.Lang, err error) i18n.Phrase {
	if one := new(data.Invalid); errors.As(err, &one) {
		return i18n.Typed(l.Why(one.Why))
	}
	return i18n.Typed(l.Error(err))
}

// draw adds the entry to a form whose values begin in column x.
func (e Entry[T]) draw(d *Drawing, x int) {
	if e.Head != (i18n.Phrase{}) {
		d.Row(Head(d.Say(e.Head), "", d.W))
	}
	note := ""
	if e.Note != nil {
		note = "  " + Show(e.Note())
	}
	if e.Warn != nil {
		if warn := e.Warn(); warn != "" {
			note = "  " + d.Env.Look.Danger("! "+Show(warn))
		}
	}
	room := d.W - x - 1 - Width(note)
	switch in := e.in.(type) {
	case *Field:
		d.Row(d.Box(d.Label(e.Label), e.place(), x, min(in.most+2, room)) + note)
	case *Select:
		d.Row(d.Box(d.Label(e.Label), e.place(), x, min(30, room)) + note)
	case *Area:
		d.Row(d.Label(e.Label) + note)
		d.Text(e.place(), labelAt)
	default:
		lines := d.Options(e.place(), x, room)
		lines[0] += note
		d.Labelled(e.Label, x, lines)
	}
	d.Fault(e.place())
}
