package care

import (
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	wEmergency = i18n.T("In an emergency: whoever opens it sees this", "紧急时: 打开紧急的人看得到")
	wHealth    = i18n.T("Health", "健康")
	wSteps     = i18n.T("What to do", "急救做法")
	wKeptOff   = i18n.T("%s %s", "%s %s")
	wWhy       = i18n.T("why no contact, no pick-up, and the document", "为什么不联系、不得接走, 什么文件")
	wTags      = i18n.T("Tags: since, until, why", "关注标签: 自、至、为什么")
	wTick      = i18n.T("space ticks", "空格打勾")
	wHome      = i18n.T("At home", "家里")
	wStructure = i18n.T("Household", "家庭结构")
	wHardship  = i18n.T("Hardship", "困难情况")
	wChange    = i18n.T("What changed", "家庭变故")
	wOn        = i18n.T("on", "日期")
	whoReads   = i18n.T("CT, surrogate, office, principal read it; logged", "班主任、代理家长、德育处、校长可看; 每次打开记入日志")
)

// Where things stand, in columns.
const (
	colValue  = 16
	colDay    = 29
	dayBox    = 13
	formWidth = 100
)

// draw lays the form out.
func (p *page) draw() *kit.Drawing {
	d, width := p.Draw(p.w, colValue), min(p.w, formWidth)
	d.Margin = 1
	line := func(label string, at kit.Place) {
		x := max(colValue, kit.Width(label)+3) // names are not cut
		d.Row(d.Box(kit.Put("", 2, label), at, x, width-x-1))
		d.Fault(at)
	}
	d.Row(kit.Head(d.Say(wEmergency), "", p.w))
	line(d.Say(wHealth), kit.Place{Field: inHealth})
	line(d.Say(wSteps), kit.Place{Field: inSteps})
	for i, l := range p.Base.Limits {
		if i == 0 {
			d.Row("  " + p.env.Look.Muted(d.Say(wWhy)))
		}
		g := data.Guardian{Relation: l.Relation, RelationText: l.RelationText}
		line(kit.Show(d.Say(wKeptOff, p.env.Lang.Guardian(g), p.env.Lang.Name(l.Name, ""))), kit.Place{Field: inLimit, Of: i})
	}
	d.Row(kit.Head(d.Say(wTags), d.Say(wTick), p.w))
	for i, t := range p.tags {
		p.tagRow(d, i, t, width)
	}
	d.Row(kit.Head(d.Say(wHome), "", p.w))
	line(d.Say(wStructure), kit.Place{Field: inStructure})
	line(d.Say(wHardship), kit.Place{Field: inHardship})
	change, on := kit.Place{Field: inChange}, kit.Place{Field: inChangeOn}
	row := d.Box(kit.Put("", 2, d.Say(wChange)), change, colValue, width-colValue-dayBox-7)
	row = kit.Put(row, width-dayBox-6, d.Say(wOn))
	d.Row(d.Box(row, on, width-dayBox-1, dayBox))
	d.Fault(change)
	d.Fault(on)
	return d
}

// tagRow is one tag, with its days and its reason where the child has it.
func (p *page) tagRow(d *kit.Drawing, i int, t *tag, width int) {
	at := func(field string) kit.Place { return kit.Place{Field: field, Of: i} }
	tick := d.Options(at(inTag), 2, 3)
	row := kit.Put(kit.Put("", 2, tick[0]), 6, kit.Fit(p.env.Lang.Tag(data.StoredTags[i]), colDay-7))
	if t.on.On[0] {
		row = d.Box(row, at(inSince), colDay, dayBox)
		row = d.Box(row, at(inUntil), colDay+dayBox+1, dayBox)
		x := colDay + 2*dayBox + 2
		row = d.Box(row, at(inNote), x, width-x-1)
	}
	d.Row(row)
	for _, field := range []string{inSince, inUntil, inNote} {
		d.Fault(at(field))
	}
}

func (p *page) View() kit.Frame {
	if p.Clash != nil {
		return p.Clashing(p.whose(), p.w, p.h)
	}
	if !p.Known {
		return kit.Frame{Scope: p.whose(), Body: kit.Block(nil, p.w, p.h), Status: p.Status(min(p.w, 80))}
	}
	rows, cursor := p.draw().Rows(p.h)
	if p.Claim.Else {
		cursor = nil
	}
	return kit.Frame{Scope: kit.Ends(p.whose(), p.env.Look.Muted(p.env.Say(whoReads))+" ", p.w), Body: strings.Join(rows, "\n"),
		Status: p.Status(min(p.w, 80)), Cursor: cursor}
}

// whose is row 2: the student and the class.
func (p *page) whose() string {
	s := p.facts.Value.card.Student
	left := " " + p.env.Look.Bold(kit.Show(p.env.Lang.Name(s.Name, s.Reading)))
	if !s.ClassName.IsZero() {
		left += " " + p.env.Lang.Class(s.ClassName)
	}
	return strings.TrimRight(left, " ")
}

// parts are the fields that two people may have changed; a tag is one, with its
// days and its reason.
func parts(l i18n.Lang, versions ...data.Care) []kit.PartOf[data.Care] {
	type part = kit.PartOf[data.Care]
	text := func(name i18n.Phrase, of func(*data.Care) *string) part {
		return part{Name: name, Show: func(c data.Care) string { return *of(&c) }, Take: func(to *data.Care, from data.Care) { *of(to) = *of(&from) }}
	}
	out := []part{text(wHealth, func(c *data.Care) *string { return &c.Health }), text(wSteps, func(c *data.Care) *string { return &c.Emergency })}
	for i, limit := range versions[0].Limits {
		if len(versions[len(versions)-1].Limits) != len(versions[0].Limits) {
			break // a guardian came or went: the reasons stay as they are stored
		}
		one := text(wKeptOff.With(l.Relation(limit.Relation), limit.Name), func(c *data.Care) *string { return &c.Limits[i].Reason })
		one.Take = func(to *data.Care, from data.Care) {
			to.Limits = append([]data.Restraint(nil), to.Limits...)
			to.Limits[i].Reason = from.Limits[i].Reason
		}
		out = append(out, one)
	}
	for _, tag := range data.StoredTags {
		out = append(out, tagPart(l, tag))
	}
	return append(out, part{Name: wStructure, Show: func(c data.Care) string { return l.Structure(c.Structure) },
		Take: func(to *data.Care, from data.Care) { to.Structure = from.Structure }},
		text(wHardship, func(c *data.Care) *string { return &c.Hardship }),
		part{Name: wChange, Show: func(c data.Care) string { return strings.TrimSpace(c.Change + " " + c.ChangeOn.String()) },
			Take: func(to *data.Care, from data.Care) { to.Change, to.ChangeOn = from.Change, from.ChangeOn }})
}

func tagPart(l i18n.Lang, tag data.Tag) kit.PartOf[data.Care] {
	find := func(c data.Care) (data.TagNote, bool) {
		for _, n := range c.Tags {
			if n.Tag == tag {
				return n, true
			}
		}
		return data.TagNote{}, false
	}
	return kit.PartOf[data.Care]{Name: i18n.Typed(l.Tag(tag)), Show: func(c data.Care) string {
		n, ok := find(c)
		if !ok {
			return ""
		}
		return strings.TrimSpace(fmt.Sprint("[x] ", n.Since, " ", n.Until, " ", n.Note))
	}, Take: func(to *data.Care, from data.Care) {
		var tags []data.TagNote
		for _, n := range to.Tags {
			if n.Tag != tag {
				tags = append(tags, n)
			}
		}
		if n, ok := find(from); ok {
			tags = append(tags, n)
		}
		to.Tags = tags
	}}
}
