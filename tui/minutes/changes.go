package minutes

import (
	"fmt"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	didWords = map[data.LineDid]i18n.Phrase{
		data.LineChanged: i18n.T("changed", "改"), data.LineAdded: i18n.T("added", "加"),
		data.LineRemoved: i18n.T("removed", "删"), data.LineLevelled: i18n.T("level", "级别"),
	}
	noChanges = i18n.T("Nothing was changed by hand: the text is as it was composed. 1 text, e changes a line", "没有手工改动: 正文就是自动生成的。1 回正文, e 改一行")
	versionNo = i18n.T("v%d", "第%d稿")
	wasIs     = i18n.T("%s  was: %s", "%s  原: %s")
	wasHead   = i18n.T("Was", "原来")
	nowHead   = i18n.T("Now", "现在")
	lineGone  = i18n.T("That line is not there any more", "那一行已经不在了")

	aboutLine  = i18n.T("This line", "这一行")
	kindIs     = i18n.T("kind", "种类")
	levelIs    = i18n.T("level", "级别")
	comesFrom  = i18n.T("from", "来自")
	byHand     = i18n.T("by hand, %s", "手写, %s")
	composed   = i18n.T("what happened", "会上的记录")
	notInForm  = i18n.T("not in the form that is given out", "不进入分发版")
	lineStory  = i18n.T("Its changes", "它的改动")
	underThem  = i18n.T("The program adds this below the text", "这几行是程序加在正文下面的")
	changedRow = i18n.T("%s %s %s, v%d", "%s %s %s, 第 %d 稿")
)

// manyChanges is how many changes are looked at for the width of their columns.
const manyChanges = 500

// changeList is where the changes stand, over the detail in a narrow window.
func (p *page) changeList(body kit.Rect) kit.Rect {
	if p.right.X == 0 {
		body.H = max(1, body.H-7)
	}
	return body
}

// change is a change of the list, the newest first.
func (p *page) change(i int) (data.MinutesChange, bool) {
	all := p.facts.Value.minutes.Changes
	if i < 0 || i >= len(all) {
		return data.MinutesChange{}, false
	}
	return all[len(all)-1-i], true
}

func (p *page) changeRows() []string {
	env := p.env
	if p.changes.Len() == 0 {
		return []string{"", " " + env.Say(noChanges)}
	}
	by := 6 // names are not cut while there is room
	for _, c := range p.facts.Value.minutes.Changes[:min(p.changes.Len(), manyChanges)] {
		by = min(max(by, kit.Width(kit.Show(env.Lang.Name(c.By, "")))), 20)
	}
	out := p.changes.View(env, func(i int) string {
		c, _ := p.change(i)
		left := kit.Fit(env.Lang.Moment(c.At, env.Now()), 17) + kit.Fit(env.Say(versionNo, c.Version), 7) + kit.Fit(env.Lang.Name(c.By, ""), by+1) +
			kit.Fit(env.Say(didWords[c.Did]), 8)
		text := c.Now
		switch c.Did {
		case data.LineRemoved:
			text = c.Was
		case data.LineChanged:
			text = env.Say(wasIs, c.Now, c.Was)
		}
		return left + kit.Cut(text, max(0, p.changes.Rect().W-2-kit.Width(left)))
	})
	if p.right.X > 0 {
		return out
	}
	for len(out) < p.changes.Rect().H {
		out = append(out, "")
	}
	return append(out, p.changeDetail(p.w)...)
}

// changeDetail is the chosen change in full.
func (p *page) changeDetail(w int) (out []string) {
	c, ok := p.change(p.changes.At)
	if !ok {
		return nil
	}
	env := p.env
	for _, part := range []struct {
		head i18n.Phrase
		text string
		role theme.Role
	}{{wasHead, c.Was, theme.Muted}, {nowHead, c.Now, theme.Plain}} {
		if part.text == "" {
			continue
		}
		out = append(out, kit.Head(env.Say(part.head), "", w))
		for _, row := range kit.Wrap(part.text, w-2) {
			out = append(out, " "+env.Look.Paint(part.role, row))
		}
	}
	return out
}

// toLine shows the line of the chosen change in the text.
func (p *page) toLine() tea.Cmd {
	c, ok := p.change(p.changes.At)
	if !ok {
		return nil
	}
	p.whole()
	if !p.text.choose(c.Line) {
		return p.env.Note(lineGone)
	}
	return p.turn(partText)
}

// sinceVersion chooses the first change after a version and shows it; not if
// there is none to see.
func (p *page) sinceVersion(n int) {
	all := p.facts.Value.minutes.Changes
	for i, c := range all {
		if c.Version > n {
			p.changes.To(len(all) - 1 - i)
			p.turn(partChanges)
			return
		}
	}
}

// lineDetail is what is known of the chosen line, beside the text.
func (p *page) lineDetail(w, h int) (out []string) {
	env := p.env
	l, ok := p.text.line()
	if !ok {
		return []string{kit.Head(env.Say(aboutLine), "", w), " " + env.Say(underThem)}
	}
	row := func(label i18n.Phrase, text string) {
		out = append(out, " "+kit.Fit(env.Say(label), 8)+kit.Cut(text, w-10))
	}
	out = append(out, kit.Head(env.Say(aboutLine), fmt.Sprint(p.text.at+1), w))
	row(kindIs, env.Lang.LineKind(l.Kind))
	level := env.Lang.Level(l.Level)
	if l.Level >= data.Restricted {
		level += ", " + env.Say(notInForm)
	}
	row(levelIs, level)
	switch {
	case l.Source != "":
		row(comesFrom, env.Say(composed))
	case l.Writer != 0:
		row(comesFrom, env.Say(byHand, env.Lang.Name(l.By, "")))
	}
	story := false
	for _, c := range p.facts.Value.minutes.Changes {
		if c.Line != l.ID {
			continue
		}
		if !story {
			out = append(out, "", kit.Head(env.Say(lineStory), "", w))
			story = true
		}
		out = append(out, " "+env.Look.Muted(kit.Cut(env.Say(changedRow, env.Lang.Moment(c.At, env.Now()), env.Lang.Name(c.By, ""), env.Say(didWords[c.Did]), c.Version), w-1)))
		if c.Was != "" {
			for _, r := range kit.Wrap(c.Was, w-3) {
				out = append(out, "   "+r)
			}
		}
	}
	return out[:min(len(out), h)]
}
