package data

import (
	"container/list"
	"unicode/utf8"
)

// A MinutesEdit is one change to a line: Line is which, 0 for a new one, which
// then stands after the line After, or on top where that is 0. Kind and Level 0
// stay as they are; a new line is a normal note unless it says so.
type MinutesEdit struct {
	Line, After int
	Kind        LineKind
	Text        string
	Level       Level
	Remove      bool
}

// MaxMinutes is how many lines minutes may have: some 500 pages.
const MaxMinutes = 20_000

// An Editor is who changes minutes by hand: the account, its name, and how much
// of a line it reads.
type Editor struct {
	ID    int64
	Name  string
	Reads func(Authored) Sight
}

// Amend applies edits to the lines of minutes and tells what changed; nothing is
// changed of the lines given. What the editor does not read it neither finds nor
// loses. Nobody may write what they could not read afterwards, and only who wrote
// a line lowers its level.
func Amend(lines []MinutesLine, edits []MinutesEdit, by Editor) (out []MinutesLine, changes []MinutesChange, err error) {
	var f faults
	d := newDocument(lines)
	for _, e := range edits {
		e.Text = line(e.Text)
		at := d.find(e.Line, by)
		switch {
		case e.Line == 0:
			c, err := d.add(e, by)
			f.all(err)
			changes = append(changes, c...)
		case at == nil:
			return nil, nil, ErrNotFound
		case e.Remove:
			was := d.remove(at)
			changes = append(changes, MinutesChange{Line: was.ID, Did: LineRemoved, Was: was.Text, Level: was.Level, Writer: was.Writer})
		default:
			was := at.Value.(MinutesLine)
			now, err := e.over(was, by)
			f.all(err)
			if c, differs := changed(was, now); differs {
				at.Value = now
				changes = append(changes, c)
			}
		}
	}
	if d.Len() > MaxMinutes {
		f.bad("text", WhyTooLong)
	}
	return d.lines(), changes, f.err()
}

// A document is the lines of minutes while they are changed: long ones in many
// places at once.
type document struct {
	*list.List
	at   map[int]*list.Element
	next int // the id of the next new line
}

func newDocument(lines []MinutesLine) document {
	d := document{list.New(), map[int]*list.Element{}, 1}
	for _, l := range lines {
		d.at[l.ID] = d.PushBack(l)
		d.next = max(d.next, l.ID+1)
	}
	return d
}

// find is a line that the editor reads; the others are not there.
func (d document) find(id int, by Editor) *list.Element {
	e := d.at[id]
	if e == nil || by.Reads(e.Value.(MinutesLine).Authored()) != Whole {
		return nil
	}
	return e
}

func (d document) remove(e *list.Element) MinutesLine {
	l := d.Remove(e).(MinutesLine)
	delete(d.at, l.ID)
	return l
}

func (d document) lines() (out []MinutesLine) {
	for e := d.Front(); e != nil; e = e.Next() {
		out = append(out, e.Value.(MinutesLine))
	}
	return out
}

// add puts a new line where an edit says.
func (d *document) add(e MinutesEdit, by Editor) ([]MinutesChange, error) {
	l := MinutesLine{ID: d.next, Kind: e.Kind, Text: e.Text, Level: e.Level, Writer: by.ID, By: by.Name}
	if l.Kind == "" {
		l.Kind = LineNote
	}
	if l.Level == 0 {
		l.Level = Normal
	}
	after := d.find(e.After, by)
	if e.After != 0 && after == nil {
		return nil, &Invalid{"line", WhyUnknown}
	}
	if err := l.check(by); err != nil {
		return nil, err
	}
	d.next++
	if after == nil {
		d.at[l.ID] = d.PushFront(l)
	} else {
		d.at[l.ID] = d.InsertAfter(l, after)
	}
	return []MinutesChange{{Line: l.ID, Did: LineAdded, Now: l.Text, Level: l.Level, Writer: by.ID}}, nil
}

// over is a line as an edit changes it.
func (e MinutesEdit) over(l MinutesLine, by Editor) (MinutesLine, error) {
	was := l
	if e.Text != l.Text {
		l.Was, l.Text, l.By = l.Text, e.Text, by.Name
	}
	if e.Kind != "" {
		l.Kind = e.Kind
	}
	if e.Level != 0 {
		l.Level = e.Level
	}
	if l.Level < was.Level && was.Writer != 0 && was.Writer != by.ID {
		return l, &Invalid{"level", WhyWriters}
	}
	return l, l.check(by)
}

// changed is what two states of a line differ in, for the record.
func changed(was, now MinutesLine) (c MinutesChange, differs bool) {
	c = MinutesChange{Line: was.ID, Did: LineChanged, Was: was.Text, Now: now.Text, Level: max(was.Level, now.Level), Writer: was.Writer}
	if was.Text == now.Text {
		c.Did = LineLevelled
	}
	return c, was.Text != now.Text || was.Level != now.Level || was.Kind != now.Kind
}

func (l MinutesLine) check(by Editor) error {
	var f faults
	f.oneOf("kind", string(l.Kind), words(LineKinds))
	switch n := utf8.RuneCountInString(l.Text); {
	case n == 0:
		f.bad("text", WhyEmpty)
	case n > 2*MaxLine:
		f.bad("text", WhyTooLong)
	}
	if l.Level < Normal || l.Level > Secret || by.Reads(l.Authored()) != Whole {
		f.bad("level", WhyUnknown)
	}
	return f.err()
}
