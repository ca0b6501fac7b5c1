package contact

import (
	"context"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// ticks are the family's open promises beside the form: while one is on the
// phone one hears what was done, and ticks it off at once.
type ticks struct {
	of    []data.Promise
	at    int
	focus bool
}

// Focus, Blur and Focused make ticks one of the form's fields.
func (t *ticks) Focus()        { t.focus = true }
func (t *ticks) Blur()         { t.focus = false }
func (t *ticks) Focused() bool { return t.focus }

// take keeps what is open, and what was ticked here.
func (t *ticks) take(all []data.Promise) {
	had := t.of
	t.of = nil
	for _, p := range all {
		here := slices.ContainsFunc(had, func(q data.Promise) bool { return q.ID == p.ID })
		if p.State == data.PromiseOpen || here {
			t.of = append(t.of, p)
		}
	}
	t.at = max(0, min(t.at, len(t.of)-1))
}

func (t *ticks) key(key string) {
	switch key {
	case "up":
		t.at = max(t.at-1, 0)
	case "down":
		t.at = max(0, min(t.at+1, len(t.of)-1))
	}
}

var tickFirst = i18n.T("One moment, the last one is being saved", "稍等, 上一条正在存")

// flip ticks the promise in hand off, or opens it again.
func (p *page) flip() tea.Cmd {
	if p.ticks.at >= len(p.ticks.of) {
		return nil
	}
	if p.tick.Busy {
		return p.env.Note(tickFirst)
	}
	to := p.ticks.of[p.ticks.at]
	if to.State == data.PromiseOpen {
		to.State = data.PromiseKept
	} else {
		to.State = data.PromiseOpen
	}
	return p.tick.Start(p.env.Ctx, func(ctx context.Context) (data.Promise, error) { return p.deps.SavePromise(ctx, to) })
}

func (p *page) ticked() tea.Cmd {
	if p.tick.Err != nil {
		p.env.Note(i18n.Reason(p.tick.Err))
		return p.again.Start(p.env.Ctx, p.readCard)
	}
	for i, q := range p.ticks.of {
		if q.ID == p.tick.Value.ID {
			p.ticks.of[i] = p.tick.Value
		}
	}
	return nil
}

var (
	saidLast   = i18n.T("What was said last", "上次谈了什么")
	neverSaid  = i18n.T("Nothing yet with this family", "和这家还没有往来")
	stillOpen  = i18n.T("Open promises", "未了的承诺")
	noneOpen   = i18n.T("None open", "没有未了的")
	tickByHand = i18n.T("space ticks", "space 勾掉")
	hidden     = i18n.T("[restricted]", "[受限]")
	hiddenMore = i18n.T("[secret]", "[保密]")
)

const linesEach = 4 // of a contact beside the form

// beside is what stands to the right of the form in a wide window: what was
// said last time, and what is open.
func (p *page) beside(w, h int) (lines []string, cursor *tea.Cursor, first int) {
	card, look, today := p.facts.Value.card, p.env.Look, p.env.Now.Today()
	open := []string{"", kit.Head(p.env.Say(stillOpen), p.env.Say(tickByHand), w)}
	if len(p.ticks.of) == 0 {
		open[1] = kit.Head(p.env.Say(stillOpen), "", w)
		open = append(open, "  "+look.Muted(p.env.Say(noneOpen)))
	}
	first = len(open)
	for i, q := range p.ticks.of[:min(len(p.ticks.of), h/2)] {
		mark, when := "[ ]", p.env.Lang.Deadline(q.Due, today)
		if q.State != data.PromiseOpen {
			mark, when = "["+look.OK("✓")+"]", p.env.Lang.PromiseState(q.State)
		}
		line := when + " " + p.env.Lang.Name(q.OwnerName, "") + ": " + q.Text
		if q.Late(today) > 0 {
			line = "! " + line
		}
		line = kit.Cut(line, w-5)
		if p.ticks.focus && i == p.ticks.at {
			line = look.Field(line)
			cursor = tea.NewCursor(2, len(open))
		}
		open = append(open, " "+mark+" "+line)
	}
	lines = append(lines, kit.Head(p.env.Say(saidLast), "", w))
	if len(card.Contacts) == 0 && p.Known {
		lines = append(lines, "  "+look.Muted(p.env.Say(neverSaid)))
	}
	for _, c := range card.Contacts {
		if len(lines)+linesEach+len(open) > h {
			break
		}
		lines = append(lines, p.said(c, w, today)...)
	}
	for len(lines)+len(open) < h {
		lines = append(lines, "")
	}
	first += len(lines)
	if cursor != nil {
		cursor.Y += len(lines)
	}
	return append(lines, open...), cursor, first
}

// said is one contact beside the form.
func (p *page) said(c data.Contact, w int, today data.Date) []string {
	lang := p.env.Lang
	head := kit.Cut(lang.Day(data.DayOf(c.At), today)+" "+lang.Channel(c.Channel)+" "+lang.Name(c.StaffName, ""), w-2)
	out := []string{"  " + p.env.Look.Muted(head)}
	if c.Sight != data.Whole {
		word := hidden
		if c.Level == data.Secret {
			word = hiddenMore
		}
		return append(out, "  "+p.env.Look.Restricted(lang.Say(word)))
	}
	text := c.Summary
	if text == "" {
		text = lang.Outcome(c.Outcome)
	}
	if who := lang.Relation(c.Relation); c.With != "" && !strings.HasPrefix(text, who) {
		text = lang.Relation(c.Relation) + ": " + text
	}
	rows := kit.Wrap(text, w-4)
	if len(rows) > linesEach-1 {
		rows = rows[:linesEach-1]
		rows[linesEach-2] = kit.Cut(rows[linesEach-2]+"  ..", w-4)
	}
	for _, r := range rows {
		out = append(out, "    "+r)
	}
	return out
}
