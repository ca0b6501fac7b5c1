package care

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// The fields, named as data's rules name them. Each tag has a tick, two days and
// a note; each guardian the reason why they are kept away.
const (
	inHealth    = "health"
	inSteps     = "steps"
	inTag       = "tag"
	inSince     = "since"
	inUntil     = "until"
	inNote      = "note"
	inStructure = "structure"
	inHardship  = "hardship"
	inChange    = "change"
	inChangeOn  = "change_on"
	inLimit     = "limit"
)

// mostNote is as long as data allows.
const mostNote = 500

var noLabel i18n.Phrase

type form struct {
	health, steps              kit.Field
	tags                       []*tag // of data.StoredTags, in order
	structure                  kit.Select
	hardship, change, changeOn kit.Field
	limits                     []*kit.Field
}

// A tag is one row: whether the child has it, since and until when, and why.
type tag struct {
	on                 kit.Checks
	since, until, note kit.Field
}

func newForm() form {
	f := form{structure: kit.Select{Options: kit.Options{N: len(data.Structures) + 1, Word: structure}}}
	for _, field := range []*kit.Field{&f.health, &f.steps, &f.hardship, &f.change} {
		*field = line("", mostNote)
	}
	f.changeOn = line("", 10)
	for range data.StoredTags {
		t := &tag{since: line("", 10), until: line("", 10), note: line("", mostNote)}
		t.on.Options = kit.Options{N: 1, Word: func(i18n.Lang, int) string { return "" }}
		t.on.On = map[int]bool{}
		f.tags = append(f.tags, t)
	}
	return f
}

func line(value string, most int) kit.Field {
	f := kit.NewField(noLabel, value)
	f.Most(most)
	return f
}

// structure is the word of the list's option: the first is that nobody knows.
func structure(l i18n.Lang, i int) string {
	if i == 0 {
		return "-"
	}
	return l.Structure(data.Structures[i-1])
}

// fill puts what is stored into the form.
func (f *form) fill(c data.Care) {
	f.health.SetValue(c.Health)
	f.steps.SetValue(c.Emergency)
	for i, t := range f.tags {
		at := slices.IndexFunc(c.Tags, func(n data.TagNote) bool { return n.Tag == data.StoredTags[i] })
		t.on.On = map[int]bool{0: at >= 0}
		n := data.TagNote{}
		if at >= 0 {
			n = c.Tags[at]
		}
		t.since.SetValue(n.Since.String())
		t.until.SetValue(n.Until.String())
		t.note.SetValue(n.Note)
	}
	f.structure.At = slices.Index(data.Structures, c.Structure) + 1
	f.hardship.SetValue(c.Hardship)
	f.change.SetValue(c.Change)
	f.changeOn.SetValue(c.ChangeOn.String())
	f.limits = nil
	for _, l := range c.Limits {
		one := line(l.Reason, mostNote)
		f.limits = append(f.limits, &one)
	}
}

// stops are the fields in tab order. Days and note of a tag come while it is
// ticked.
func (f *form) stops() []kit.Stop {
	at := func(field string, of int, in kit.Input) kit.Stop {
		return kit.Stop{Place: kit.Place{Field: field, Of: of}, In: in}
	}
	out := []kit.Stop{at(inHealth, 0, &f.health), at(inSteps, 0, &f.steps)}
	for i, l := range f.limits {
		out = append(out, at(inLimit, i, l))
	}
	for i, t := range f.tags {
		out = append(out, at(inTag, i, &t.on))
		if t.on.On[0] {
			out = append(out, at(inSince, i, &t.since), at(inUntil, i, &t.until), at(inNote, i, &t.note))
		}
	}
	return append(out, at(inStructure, 0, &f.structure), at(inHardship, 0, &f.hardship), at(inChange, 0, &f.change), at(inChangeOn, 0, &f.changeOn))
}

// read is the form as a record; days that are none are said.
func (p *page) read() data.Care {
	c := p.Base
	c.Health, c.Emergency, c.Hardship, c.Change = p.health.Value(), p.steps.Value(), p.hardship.Value(), p.change.Value()
	c.ChangeOn = p.day(kit.Place{Field: inChangeOn}, &p.changeOn)
	c.Structure = ""
	if p.structure.At > 0 {
		c.Structure = data.Structures[p.structure.At-1]
	}
	c.Tags = nil
	for i, t := range p.tags {
		if t.on.On[0] {
			c.Tags = append(c.Tags, data.TagNote{Tag: data.StoredTags[i], Since: p.day(kit.Place{Field: inSince, Of: i}, &t.since),
				Until: p.day(kit.Place{Field: inUntil, Of: i}, &t.until), Note: t.note.Value()})
		}
	}
	c.Limits = slices.Clone(c.Limits)
	for i := range c.Limits {
		c.Limits[i].Reason = p.limits[i].Value()
	}
	return c.Tidy()
}

// day is the day in a field, as commands write it; the zero Date where it is
// empty.
func (p *page) day(at kit.Place, f *kit.Field) data.Date {
	typed := strings.TrimSpace(f.Value())
	if typed == "" {
		return data.Date{}
	}
	d, err := data.ParseDate(typed)
	if err != nil {
		p.Wrong(at, i18n.Typed(p.env.Lang.Why(data.WhyNotADate)))
	}
	return d
}

// moved fills in the day of a tag that was just ticked.
func (p *page) moved(from, to kit.Place) {
	if to.Field == inSince && from != to {
		if f := p.Line(to); f.Value() == "" && !p.had(to.Of) {
			f.SetValue(p.env.Now.Today().String())
		}
	}
}

// had reports whether the child had the tag when the form was opened.
func (p *page) had(i int) bool {
	return slices.ContainsFunc(p.Base.Tags, func(n data.TagNote) bool { return n.Tag == data.StoredTags[i] })
}
