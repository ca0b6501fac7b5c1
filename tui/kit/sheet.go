package kit

import (
	"context"
	"encoding/json"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// sheetWidth is the columns of a form that is declared; more are left free.
const sheetWidth = 100

// mostPreview is the characters of a draft that the list of drafts shows.
const mostPreview = 60

// A Sheet is a form whose fields are declared, one under the other, as a page: it
// reads the record, fills the fields in, keeps the draft, saves, merges. A page
// embeds it and gives it a Title. What a T knows besides its record (whom one may
// choose) need not be in its draft: Knowing takes it from what was read now. The Record needs no Read, Ask, Keep, Put and
// Parts; without Stored the form is for a new record, and begins with Base.
type Sheet[T any] struct {
	Writing[T]
	Entries []Entry[T]
	Whose   func(T) string     // row 2, of the record as it was opened
	About   func(T) data.Draft // whom a draft is about: Student, Name, Class, Preview

	opened *data.Draft
	facts  Load[sheetFacts[T]]
	w, h   int
}

// sheetFacts are what the form reads when it is opened. The right to the record
// may be lost while the draft is still one's own.
type sheetFacts[T any] struct {
	is    T
	err   error
	found Found
}

// sheetDraft is the form as its draft keeps it: what was typed, over what.
type sheetDraft[T any] struct {
	Fields map[string]string
	Base   T
}

// NewSheet returns the form of a page; o.Draft is one to go on writing.
func NewSheet[T any](env *Env, page Page, o Open, r Record[T], entries ...Entry[T]) Sheet[T] {
	s := Sheet[T]{Entries: entries, opened: o.Draft}
	s.Writing = NewWriting(env, page, func() []Stop { return stopsOf(entries) }, r)
	entries[0].in.Focus()
	return s
}

func stopsOf[T any](entries []Entry[T]) []Stop {
	out := make([]Stop, len(entries))
	for i, e := range entries {
		out[i] = Stop{e.place(), e.in}
	}
	return out
}

// Init reads the record and the draft. The Record's functions are set here, where
// the sheet stands where it will stay.
func (s *Sheet[T]) Init() tea.Cmd {
	r := &s.Record
	r.Ask, r.Read, r.Keep, r.Put, r.Parts = s.ask, s.read, s.keep, s.put, s.parts
	for _, e := range s.Entries {
		e.fill(s.Env.Lang, s.Base)
	}
	return s.ask()
}

func (s *Sheet[T]) ask() tea.Cmd {
	stored, opened := s.Record.Stored, s.opened
	return s.facts.Start(s.Env.Ctx, func(ctx context.Context) (f sheetFacts[T], err error) {
		if f.found, err = s.Find(ctx, opened); err == nil && stored != nil {
			f.is, f.err = stored(ctx)
		}
		return f, err
	})
}

// Waiting and GiveUp are what the shell asks of a page.
func (s *Sheet[T]) Waiting() bool { return s.facts.Busy || s.Writing.Waiting() }
func (s *Sheet[T]) GiveUp()       { s.facts.GiveUp(); s.Writing.GiveUp() }

// Layout sizes the texts.
func (s *Sheet[T]) Layout(w, h int) {
	s.w, s.h = w, h
	for _, e := range s.Entries {
		if text, ok := e.in.(*Area); ok {
			text.Layout(min(w, sheetWidth)-labelAt, e.rows)
		}
	}
}

// Actions are the form's keys. A page that has keys of its own says Keys.
func (s *Sheet[T]) Actions() []Action { return s.Keys() }

// Update takes what was read, what is saved, and what is typed.
func (s *Sheet[T]) Update(msg tea.Msg) tea.Cmd {
	own, taken := s.Take(msg)
	if taken {
		return own
	}
	switch msg.(type) {
	case Reload:
		if !s.Known {
			return tea.Batch(own, s.ask())
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
		return tea.Batch(own, s.Input(msg, s.write))
	default:
		if s.facts.Take(msg) {
			return tea.Batch(own, s.arrived())
		}
	}
	return own
}

func (s *Sheet[T]) arrived() tea.Cmd {
	f := s.facts.Value
	switch {
	case s.facts.Err != nil:
		return s.Env.Note(NotRead(s.facts.Err))
	case f.err != nil && !gone(f.err):
		return s.Env.Note(NotRead(f.err))
	}
	if s.Lost, s.Known = f.err, f.err == nil; s.Known && s.Record.Stored != nil {
		s.Base = f.is
		for _, e := range s.Entries {
			e.fill(s.Env.Lang, s.Base)
		}
	}
	return s.Resume(f.found)
}

// write takes a key, a paste or a click. Before the record is there nothing can be
// changed: there is nothing to change.
func (s *Sheet[T]) write(msg tea.Msg) tea.Cmd {
	if !s.Known && s.facts.Value.found.Draft == nil {
		return nil
	}
	if m, ok := msg.(tea.MouseClickMsg); ok {
		_, _, changed := s.Click(m, s.draw(), s.h)
		s.Edited = s.Edited || changed
		return nil
	}
	changed, say := s.Form.Take(msg)
	s.Edited = s.Edited || changed
	return say
}

// read is the fields as a record, over what they were opened with.
func (s *Sheet[T]) read() T {
	v := s.Base
	for _, e := range s.Entries {
		if err := e.read(&v); err != nil {
			s.Wrong(e.place(), e.wrong(s.Env.Lang, err))
		}
	}
	if tidy, ok := any(v).(interface{ Tidy() T }); ok {
		return tidy.Tidy()
	}
	return v
}

func (s *Sheet[T]) keep() (form any, d data.Draft, ok bool) {
	w := sheetDraft[T]{Fields: map[string]string{}, Base: s.Base}
	for _, e := range s.Entries {
		w.Fields[e.Field] = e.keep()
	}
	if s.About != nil {
		d = s.About(s.Base)
	}
	if d.Preview == "" {
		d.Preview = s.begins()
	}
	return w, d, true
}

// begins is the first words that were typed, for the list of drafts.
func (s *Sheet[T]) begins() string {
	for _, e := range s.Entries {
		if text, ok := e.in.(interface{ Value() string }); ok {
			if words := []rune(data.Line(text.Value())); len(words) > 0 {
				return string(words[:min(len(words), mostPreview)])
			}
		}
	}
	return ""
}

func (s *Sheet[T]) put(d data.Draft) bool {
	var w sheetDraft[T]
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil {
		return false
	}
	if known, ok := any(w.Base).(interface{ Knowing(now T) T }); ok {
		w.Base = known.Knowing(s.Base)
	}
	s.Base = w.Base
	for _, e := range s.Entries {
		e.put(w.Fields[e.Field])
	}
	s.Return(d)
	return true
}

func (s *Sheet[T]) parts(l i18n.Lang, _ ...T) []PartOf[T] {
	out := make([]PartOf[T], len(s.Entries))
	for i, e := range s.Entries {
		out[i] = PartOf[T]{Name: e.Label, Show: func(v T) string { return e.show(l, v) }, Take: e.copy}
	}
	return out
}

func (s *Sheet[T]) draw() *Drawing {
	x := 0
	for _, e := range s.Entries {
		if _, text := e.in.(*Area); !text {
			x = max(x, labelAt+Width(s.Env.Say(e.Label))+2)
		}
	}
	d := s.Draw(min(s.w, sheetWidth), x)
	for _, e := range s.Entries {
		e.draw(d, x)
	}
	return d
}

// View draws the form, or what is to be decided first.
func (s *Sheet[T]) View() Frame {
	whose := ""
	if s.Whose != nil {
		whose = " " + s.Whose(s.Base)
	}
	if s.Clash != nil {
		return s.Clashing(whose, s.w, s.h)
	}
	rows, cursor := s.draw().Rows(s.h)
	if s.Claim.Else {
		cursor = nil
	}
	return Frame{Scope: whose, Body: Block(rows, s.w, s.h), Status: s.Status(min(s.w, 80)), Cursor: cursor}
}
