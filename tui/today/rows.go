package today

import (
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	heads = map[scope]i18n.Phrase{
		mine:    i18n.T("1 For me to do (%d)", "1 要我做的 (%d)"),
		ofClass: i18n.T("1 Promises of my class (%d)", "1 本班的承诺 (%d)"),
		ofAll:   i18n.T("1 All promises (%d)", "1 全部承诺 (%d)"),
	}
	headChanged = i18n.T("3 Changed since I left (%d)", "3 我离开后的变化 (%d)")
	byDeadline  = i18n.T("by deadline", "按时限")
	mineOnly    = i18n.T("mine only", "只看与我有关")
	emptyToDo   = i18n.T("Nothing to do today. Longest without contact: enter opens the card", "今天没有要做的。最久没联系的几家: enter 打开家庭卡")
	emptyAll    = i18n.T("Nothing to do today: / finds a family", "今天没有要做的: / 找家庭")
	emptyBlind  = i18n.T("Nothing to do; your roles see no families: ? shows the keys", "今天没有要做的。你的角色不看家庭: ? 看能做什么")
	emptyScope  = i18n.T("No open promise here: f goes on", "这里没有未了的承诺: f 换范围")
	emptyFirst  = i18n.T("you are here for the first time", "你第一次来")
	emptyNews   = i18n.T("nothing since %s", "%s 以来没有")
	moreNews    = i18n.T(".. %d more", ".. 还有 %d 条")
)

// A row is one line: a promise, what a meeting decided, a draft, a meeting, one
// that was held, what changed about a child, or a family that is worth a call. A heading or a sentence is none of them.
type row struct {
	id      int64
	text    string
	promise *data.Promise
	draft   *data.Draft
	change  *data.Change // the newest about the child, and
	more    int          // how many older ones
	quiet   *data.Hit
	meeting *data.MeetingLine
	decided *data.Resolution
	left    *data.MeetingLeft
}

func (r row) student() int64 {
	switch {
	case r.promise != nil:
		return r.promise.Student
	case r.draft != nil:
		return r.draft.Student
	case r.change != nil:
		return r.change.Student.ID
	case r.quiet != nil:
		return r.quiet.Student.ID
	}
	return 0
}

// Kinds of rows, in their ids: a promise and a draft may have the same number.
const (
	aPromise = iota + 1
	aDraft
	aChange
	aQuiet
	aGrant
	aMeeting
	aResolution
	aLeft
	kinds
)

func idOf(kind, id int64) int64 { return id*kinds + kind }

// news takes a new answer and marks the rows that others changed. A promise
// that was settled in sight stays for a moment, with who did it.
func (p *page) news(a answer) tea.Cmd {
	was := p.today
	p.today = a
	if was.at.IsZero() || was.scope != a.scope {
		clear(p.gone)
		return nil
	}
	var lit []int64
	var turn tea.Cmd
	for _, now := range a.Promises {
		i := slices.IndexFunc(was.Promises, func(old data.Promise) bool { return old.ID == now.ID })
		own := now.ID == p.saved.Value.ID && now.Rev == p.saved.Value.Rev
		if i < 0 && now.State != data.PromiseOpen || i >= 0 && was.Promises[i].Rev == now.Rev {
			continue
		}
		if !own {
			lit = append(lit, idOf(aPromise, now.ID))
		}
		if now.State != data.PromiseOpen && was.Promises[i].State == data.PromiseOpen {
			p.gone[idOf(aPromise, now.ID)] = p.env.Now().Add(settled)
			turn = p.env.After(settled, turned{p})
		}
	}
	decided, settledNow := p.newDecided(was.Resolutions, a.Resolutions)
	if lit = append(lit, decided...); settledNow {
		turn = tea.Batch(turn, p.env.After(settled, turned{p}))
	}
	for _, c := range a.Changes {
		if !slices.ContainsFunc(was.Changes, func(old data.Change) bool {
			return old.Contact == c.Contact && old.Grant == c.Grant && old.At.Equal(c.At)
		}) {
			lit = append(lit, idOf(aChange, c.Student.ID), idOf(aGrant, c.Grant))
		}
	}
	if len(lit) == 0 {
		return turn
	}
	return tea.Batch(turn, p.list.Flash(p.env, lit...))
}

// take makes the rows of what is known. The choice stays with its record.
func (p *page) take() tea.Cmd {
	p.rows, p.heads = nil, [3]int{-1, -1, -1}
	p.toDo()
	p.meetings()
	p.changes()
	ids := make([]int64, len(p.rows))
	for i, r := range p.rows {
		ids[i] = r.id
	}
	p.measure()
	p.list.Keep(ids)
	p.draw()
	return p.look()
}

func (p *page) heading(section int, title, note string) {
	p.heads[section] = len(p.rows)
	p.rows = append(p.rows, row{text: kit.Head(title, note, p.list.Rect().W)})
}

func (p *page) say(s string) { p.rows = append(p.rows, row{text: "  " + p.env.Look.Muted(s)}) }

func (p *page) toDo() {
	t, env := &p.today, p.env
	rows, open := p.duties()
	if t.scope == mine {
		rows = p.insertDrafts(rows)
		open += len(t.Drafts)
	}
	rooms := p.rooms()
	p.heading(0, env.Say(heads[t.scope], open+len(rooms)), env.Say(byDeadline))
	p.rows = append(p.rows, rooms...)
	p.rows = append(p.rows, rows...)
	switch {
	case len(rows)+len(rooms) > 0:
	case t.scope != mine:
		p.say(env.Say(emptyScope))
	case env.Me.Finds(env.Now()).Nobody():
		p.say(env.Say(emptyBlind))
	case len(t.Quiet) == 0:
		p.say(env.Say(emptyAll))
	default:
		p.say(env.Say(emptyToDo))
		for i := range t.Quiet {
			p.rows = append(p.rows, row{id: idOf(aQuiet, t.Quiet[i].Student.ID), quiet: &t.Quiet[i]})
		}
	}
}

// insertDrafts puts the drafts where what is due today ends: what is late comes
// first, what has time comes after.
func (p *page) insertDrafts(rows []row) []row {
	today, at := p.env.Now.Today(), 0
	for at < len(rows) && !rows[at].due().IsZero() && !today.Before(rows[at].due()) {
		at++
	}
	for i := range p.today.Drafts {
		d := &p.today.Drafts[i]
		rows = slices.Insert(rows, at+i, row{id: idOf(aDraft, d.ID), draft: d})
	}
	return rows
}

// changes lists what others did, one row a child: the newest, and how many more.
func (p *page) changes() {
	t, env := &p.today, p.env
	p.heading(2, env.Say(headChanged, len(t.Changes)+t.More), env.Say(mineOnly))
	of := map[int64]int{}
	for i := range t.Changes {
		c := &t.Changes[i]
		if c.Grant != 0 { // a right that somebody was given is not folded away
			p.rows = append(p.rows, row{id: idOf(aGrant, c.Grant), change: c})
			continue
		}
		if at, ok := of[c.Student.ID]; ok {
			p.rows[at].more++
			continue
		}
		of[c.Student.ID] = len(p.rows)
		p.rows = append(p.rows, row{id: idOf(aChange, c.Student.ID), change: c})
	}
	switch {
	case t.More > 0:
		p.say(env.Say(moreNews, t.More))
	case len(t.Changes) == 0 && p.since.IsZero():
		p.say(env.Say(emptyFirst))
	case len(t.Changes) == 0:
		p.say(env.Say(emptyNews, env.Lang.Moment(p.since, env.Now())))
	}
}

// jump goes to the first row of a section, counted from 0.
func (p *page) jump(section int) tea.Cmd {
	if p.heads[section] >= 0 {
		p.list.To(p.heads[section] + 1)
	}
	return p.look()
}

// nextSection goes on to the section after the one of the choice, round the page.
func (p *page) nextSection() tea.Cmd {
	for section, at := range p.heads {
		if p.list.At < at {
			return p.jump(section)
		}
	}
	return p.jump(0)
}

// sums counts what is open on the screen, promises and what meetings decided: all,
// late, due today.
func (p *page) sums(today data.Date) (open, late, due int) {
	for _, pr := range p.today.Promises {
		switch {
		case pr.State != data.PromiseOpen:
			continue
		case pr.Late(today) > 0:
			late++
		case pr.Due == today:
			due++
		}
		open++
	}
	if p.today.scope != mine {
		return open, late, due
	}
	for _, r := range p.today.Resolutions {
		switch {
		case r.State != data.ResolutionOpen:
			continue
		case r.Late(today) > 0:
			late++
		case r.Due == today:
			due++
		}
		open++
	}
	return open, late, due
}
