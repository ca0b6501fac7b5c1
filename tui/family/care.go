package family

import (
	"context"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	showCare    = i18n.T("restricted", "受限")
	showCareWhy = i18n.T("Shows what is restricted for five minutes; this is logged", "显示受限内容 5 分钟, 会记入日志")
	careShut    = i18n.T("restricted: %d fields  v opens, logged", "受限 %d 项  v 打开, 会记入日志")
	careEmpty   = i18n.T("restricted: nothing yet  e writes", "受限 还没有  e 填写")
	careAsk     = i18n.T("[restricted] for the class teacher: ask %s", "[受限] 可找 %s")
	careOpen    = i18n.T("restricted, until %s", "受限 显示到 %s")
	careHide    = i18n.T("v hides", "v 遮回")
	noCare      = i18n.T("Nothing restricted that you may open", "没有你能打开的受限内容")
	hiddenAgain = i18n.T("Restricted fields are hidden again", "受限内容已遮回")
	careGone    = i18n.T("What is restricted has been changed: v opens it again", "受限内容刚改过: 再按 v")

	careHealth    = i18n.T("health", "健康")
	careSteps     = i18n.T("emergency", "急救")
	careStructure = i18n.T("home", "家庭结构")
	careHardship  = i18n.T("hardship", "困难")
	careChange    = i18n.T("change", "变故")
	careLimit     = i18n.T("%s %s", "%s %s")
	careSince     = i18n.T("since %s", "%s 起")
)

// shown is how long restricted fields stay on the screen once they were opened.
const shown = 5 * time.Minute

// careMasked is the end of the five minutes.
type careMasked struct{ of *page }

// unmasked reports whether restricted fields stand on the screen.
func (p *page) unmasked() bool {
	return p.care.Value.Reach >= data.CareUrgent && p.env.Now().Before(p.careUntil)
}

func (p *page) noCare() i18n.Phrase {
	if off := p.noCard(); off != (i18n.Phrase{}) || p.card.Value.Care >= data.CareUrgent {
		return off
	}
	return noCare
}

// flipCare opens the restricted fields, or hides them before their time.
func (p *page) flipCare() tea.Cmd {
	if p.unmasked() {
		p.mask()
		return nil
	}
	student := p.student
	return p.care.Start(p.env.Ctx, func(ctx context.Context) (data.Care, error) { return p.deps.Care(ctx, student) })
}

func (p *page) tookCare() tea.Cmd {
	if p.care.Err != nil {
		p.mask()
		return p.env.Note(kit.NotRead(p.care.Err))
	}
	p.careUntil = p.env.Now().Add(shown)
	p.refill()
	p.list.Choose(firstCare)
	p.side = p.beside()
	return p.env.After(shown, careMasked{p})
}

// mask takes the restricted fields off the screen, and out of the page.
func (p *page) mask() {
	p.care.Forget()
	p.careUntil = time.Time{}
	p.refill()
}

// refill makes the rows anew where there is a card.
func (p *page) refill() {
	if p.card.Value.Student.ID != 0 {
		p.fill()
		p.draw()
	}
}

// firstCare is the id of the first restricted row.
const firstCare = 1*kinds + aCare

// addCare adds what is restricted: one line that tells how to open it, or its
// fields, or whom to ask.
func (p *page) addCare(head func(s, note string), add func(kind, id int64, r row)) {
	env, c := p.env, &p.card.Value
	line := func(i int64, text string) { add(aCare, i, row{care: text}) }
	mask := func(s string) string { return env.Look.Paint(theme.Restricted, s) }
	switch {
	case p.unmasked():
		head(env.Say(careOpen, env.Lang.Clock(p.careUntil)), env.Say(careHide))
		for i, text := range p.careLines(p.list.Rect().W - 4) {
			line(int64(i+1), text)
		}
	case c.Care == data.CareExists:
		line(1, mask(env.Say(careAsk, env.Lang.Name(c.Teacher, ""))))
	case c.Care >= data.CareUrgent:
		line(1, mask(env.Say(careShut, c.CareFields)))
	case c.MayEditCare:
		line(1, env.Look.Muted(env.Say(careEmpty)))
	}
}

// careLines are the opened fields, wrapped to w columns.
func (p *page) careLines(w int) (out []string) {
	env, c := p.env, p.care.Value
	say := func(label string, words ...string) {
		text := strings.Join(without(words), "  ")
		if text == "" {
			return
		}
		label = kit.Fit(label, 12)
		for _, l := range kit.Wrap(kit.Show(text), max(w-12, 10)) {
			out = append(out, label+l)
			label = strings.Repeat(" ", 12)
		}
	}
	since := func(d data.Date) string {
		if d.IsZero() {
			return ""
		}
		return env.Say(careSince, d.String())
	}
	say(env.Say(careHealth), c.Health)
	say(env.Say(careSteps), c.Emergency)
	for _, l := range c.Limits {
		if l.Reason != "" {
			say(env.Say(careLimit, env.Lang.Guardian(data.Guardian{Relation: l.Relation, RelationText: l.RelationText}), env.Lang.Name(l.Name, "")), l.Reason)
		}
	}
	for _, t := range c.Tags {
		if t.Note != "" {
			say(env.Lang.Tag(t.Tag), t.Note, since(t.Since))
		}
	}
	say(env.Say(careStructure), env.Lang.Structure(c.Structure))
	say(env.Say(careHardship), c.Hardship)
	say(env.Say(careChange), c.Change, since(c.ChangeOn))
	if len(out) == 0 {
		out = []string{"-"}
	}
	return out
}

func without(words []string) (out []string) {
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}
