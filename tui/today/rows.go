package today

import (
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	headToDo    = i18n.T("1 For me to do (%d)", "1 要我做的 (%d)")
	headChanged = i18n.T("3 Changed since I left (%d)", "3 我离开后的变化 (%d)")
	byDeadline  = i18n.T("by deadline", "按限期")
	mineOnly    = i18n.T("mine only", "只看与我有关")
	emptyToDo   = i18n.T("Nothing to do today. Longest without contact: enter opens the card", "今天没有要做的。最久没联系的几家: enter 打开家庭卡")
	emptyAll    = i18n.T("Nothing to do today, and nothing to see: / finds a family", "今天没有要做的: / 找家庭")
	emptyNews   = i18n.T("nothing since %s", "%s 以来没有")
	kindDraft   = i18n.T("draft", "草稿")
	unsavedAt   = i18n.T("unsaved %s: %s", "未保存 %s: %s")
	closedBy    = i18n.T("✓ %s did it", "✓ %s 已办")
	moreNews    = i18n.T(".. %d more", ".. 还有 %d 条")
	noDay       = i18n.T("no day", "没定日子")
	quietLast   = i18n.T("last talk %s", "上次 %s")
	quietNever  = i18n.T("no talk yet", "还没联系过")

	scopeWeek = i18n.T("Week %d  ", "第%d周  ")
	scopeSeen = i18n.T("Last login %s", "上次登录 %s")
	scopeSums = i18n.T("Open %d  Overdue %d  Due today %d  Drafts %d ", "待办 %d  逾期 %d  今天到期 %d  草稿 %d ")
	upToDate  = i18n.T(" Up to date  %s", " 已是最新  %s")
	weekly    = i18n.T("Families this week %d ", "本周已联系 %d 家 ")

	didContact = i18n.T("%s with %s: %s", "%s %s: %s")
	didKept    = i18n.T("kept a promise to %s: %s", "做到了给 %s 的承诺: %s")
	didBroken  = i18n.T("did not keep a promise to %s: %s", "没做到给 %s 的承诺: %s")
	didDropped = i18n.T("dropped a promise to %s: %s", "去掉了给 %s 的承诺: %s")
	restricted = i18n.T("[restricted]", "[受限]")
	secret     = i18n.T("[secret]", "[保密]")
	theText    = i18n.T("Text", "内容")
)

// A row is one line: a promise, a draft, a change, or a family that is worth a
// call. A heading is none of them.
type row struct {
	id      int64
	heading string
	promise *data.Promise
	draft   *data.Draft
	change  *data.Change
	quiet   *data.Hit
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
	kinds
)

// take makes the rows of a new answer. The choice stays with its record.
func (p *page) take() {
	t, env := p.today.Value, p.env
	p.rows = nil
	add := func(r row, kind int64) {
		r.id = r.id*kinds + kind
		p.rows = append(p.rows, r)
	}
	open := 0
	var todo []row
	for i := range t.Promises {
		if t.Promises[i].State == data.PromiseOpen {
			open++
		}
		todo = append(todo, row{id: t.Promises[i].ID, promise: &t.Promises[i]})
	}
	p.heading(env.Say(headToDo, open+len(t.Drafts)), env.Say(byDeadline))
	for _, r := range todo {
		add(r, aPromise)
	}
	for i := range t.Drafts {
		add(row{id: t.Drafts[i].ID, draft: &t.Drafts[i]}, aDraft)
	}
	if len(p.rows) == 1 {
		p.empty(add)
	}
	p.heading(env.Say(headChanged, len(t.Changes)+t.More), env.Say(mineOnly))
	for i := range t.Changes {
		c := &t.Changes[i]
		id := c.Contact
		if id == 0 {
			id = c.At.UnixMilli()
		}
		add(row{id: id, change: c}, aChange)
	}
	switch {
	case t.More > 0:
		p.rows = append(p.rows, row{heading: "  " + env.Look.Muted(env.Say(moreNews, t.More))})
	case len(t.Changes) == 0 && !p.since.IsZero():
		p.rows = append(p.rows, row{heading: "  " + env.Look.Muted(env.Say(emptyNews, env.Lang.Moment(p.since, env.Now())))})
	}
	ids := make([]int64, len(p.rows))
	for i, r := range p.rows {
		ids[i] = r.id
	}
	p.list.Keep(ids)
	p.draw()
}

// empty says that there is nothing to do, and proposes whom to call.
func (p *page) empty(add func(row, int64)) {
	t, env := p.today.Value, p.env
	if len(t.Quiet) == 0 {
		p.rows = append(p.rows, row{heading: "  " + env.Look.Muted(env.Say(emptyAll))})
		return
	}
	p.rows = append(p.rows, row{heading: "  " + env.Look.Muted(env.Say(emptyToDo))})
	for i := range t.Quiet {
		add(row{id: t.Quiet[i].Student.ID, quiet: &t.Quiet[i]}, aQuiet)
	}
}

func (p *page) heading(title, note string) {
	p.rows = append(p.rows, row{heading: kit.Head(title, note, p.list.Rect().W)})
}

// jump goes to the first row of a section, counted from 0.
func (p *page) jump(section int) {
	at := -1
	for i, r := range p.rows {
		if r.id == 0 && strings.HasPrefix(r.heading, "---") {
			if at++; at == section {
				p.list.To(i + 1)
			}
		}
	}
	p.detail = p.details()
}

func (p *page) nextSection() tea.Cmd {
	section := 0
	if r, ok := p.row(); ok && r.change == nil {
		section = 1
	}
	p.jump(section)
	return nil
}

// Layout gives the whole body to the list; from 120 columns on the detail
// stands at the right.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	list, right := kit.Split(w, h)
	if right.X == 0 {
		list = kit.Rect{W: w, H: h}
	}
	p.right = right
	p.list.Place(list)
	if p.today.Value.Since == p.since && len(p.rows) > 0 {
		p.take() // heads have other widths and words
	}
}

// draw makes all the lines: there are few.
func (p *page) draw() {
	p.lines = p.lines[:0]
	for _, r := range p.rows {
		p.lines = append(p.lines, p.line(r))
	}
	p.detail = p.details()
}

func (p *page) line(r row) string {
	env, w := p.env, p.list.Rect().W-2
	switch {
	case r.promise != nil:
		return p.promiseLine(r.promise, w)
	case r.draft != nil:
		d := r.draft
		text := env.Say(unsavedAt, env.Lang.Moment(d.Saved, env.Now()), d.Preview)
		return env.Look.Paint(theme.Warn, kit.Fit("* ", 2)+kit.Fit(env.Lang.Near(data.DayOf(d.Saved), env.Now.Today()), nearCols)) +
			kit.Fit(env.Say(kindDraft), kindCols) + p.whose(d.Name, d.Class) + kit.Cut(text, max(w-nearCols-kindCols-22, 0))
	case r.change != nil:
		return p.changeLine(r.change, w)
	case r.quiet != nil:
		return p.quietLine(r.quiet, w)
	}
	return r.heading
}

// Columns that the rows share: how near the day is, and what it is.
const (
	nearCols = 12
	kindCols = 10
)

// whose is a child and the class, in the columns that all rows share.
func (p *page) whose(name string, class data.ClassName) string {
	return kit.Fit(p.env.Lang.Name(name, ""), 12) + " " + kit.Fit(p.env.Lang.Class(class), 6) + " "
}

func (p *page) promiseLine(pr *data.Promise, w int) string {
	env, today := p.env, p.env.Now.Today()
	mark, role, near := "  ", theme.Plain, env.Say(noDay)
	switch {
	case pr.State != data.PromiseOpen:
		mark, role = "✓ ", theme.OK
		near = env.Lang.PromiseState(pr.State)
	case pr.Late(today) > 0:
		mark, role = "! ", theme.Danger
	case pr.Due == today:
		mark, role = "* ", theme.Warn
	}
	if pr.State == data.PromiseOpen && !pr.Due.IsZero() {
		near = env.Lang.Deadline(pr.Due, today)
	}
	text := pr.Text
	if pr.State != data.PromiseOpen && pr.ClosedBy != "" {
		text = env.Say(closedBy, env.Lang.Name(pr.ClosedBy, "")) + "  " + text
	}
	day := ""
	if !pr.Due.IsZero() {
		day = env.Lang.Day(pr.Due, today)
	}
	left := kit.Fit(mark, 2) + kit.Fit(near, nearCols)
	line := env.Look.Paint(role, left) + kit.Fit(env.Lang.PromiseKind(pr.Kind), kindCols) + p.whose(pr.StudentName, pr.ClassName)
	if p.right.X > 0 { // the detail has the day
		return line + kit.Cut(text, max(w-kit.Width(line), 0))
	}
	return line + kit.Fit(text, max(w-kit.Width(line)-12, 0)) + " " + kit.Right(day, 11)
}

func (p *page) changeLine(c *data.Change, w int) string {
	env := p.env
	text := c.Text
	switch {
	case c.Sight < data.Whole && c.Level >= data.Secret:
		text = env.Say(secret)
	case c.Sight < data.Whole:
		text = env.Say(restricted)
	}
	name := env.Lang.Name(c.Student.Name, c.Student.Reading)
	var said string
	switch c.Did {
	case "promise_kept":
		said = env.Say(didKept, name, text)
	case "promise_broken":
		said = env.Say(didBroken, name, text)
	case "promise_dropped":
		said = env.Say(didDropped, name, text)
	default:
		said = env.Say(didContact, env.Lang.Channel(c.Channel), name, text)
	}
	return kit.Fit("  "+env.Lang.Moment(c.At, env.Now()), 14) + kit.Fit(env.Lang.Name(c.By, ""), 10) + " " + kit.Cut(said, max(w-25, 0))
}

func (p *page) quietLine(h *data.Hit, w int) string {
	env := p.env
	who, number := "", ""
	if first := data.Callable(h.Guardians); len(first) > 0 {
		who, number = env.Lang.Guardian(first[0])+" "+env.Lang.Name(first[0].Name, ""), data.Grouped(first[0].First())
	}
	last := env.Say(quietNever)
	if !h.LastOn.IsZero() {
		last = env.Say(quietLast, env.Lang.Near(h.LastOn, env.Now.Today()))
	}
	return kit.Cut("  "+p.whose(h.Student.Name, h.Student.ClassName)+kit.Fit(who, 20)+" "+kit.Fit(number, 15)+last, w)
}

// details is the chosen row in full, at the right of a wide window.
func (p *page) details() (out []string) {
	r, ok := p.row()
	if !ok || p.right.X == 0 {
		return nil
	}
	env, w := p.env, p.right.W-1
	text, name := "", ""
	switch {
	case r.promise != nil:
		text, name = r.promise.Text, r.promise.StudentName
		if !r.promise.Due.IsZero() {
			text += "\n" + env.Lang.Day(r.promise.Due, env.Now.Today())
		}
		text += "\n" + r.promise.Result
	case r.draft != nil:
		text, name = r.draft.Preview, r.draft.Name
	case r.change != nil:
		text, name = r.change.Text, r.change.Student.Name
	case r.quiet != nil:
		name = r.quiet.Student.Name
		for _, l := range kit.Lines(r.quiet.Guardians) {
			text += env.Lang.Guardian(l.Guardian) + " " + env.Lang.Name(l.Guardian.Name, "") + "  " + l.Number(p.env) + "  " + l.Note(env) + "\n"
		}
	}
	out = append(out, kit.Head(env.Lang.Name(name, ""), env.Say(theText), w))
	for _, block := range strings.Split(text, "\n") {
		for _, l := range kit.Wrap(kit.Show(block), w-1) {
			out = append(out, " "+l)
		}
	}
	return out
}

// View draws the sections.
func (p *page) View() kit.Frame {
	env := p.env
	f := kit.Frame{Scope: p.scope(), Status: p.status()}
	lines := p.list.View(env, func(i int) string { return p.lines[i] })
	if p.today.Err != nil && len(p.rows) == 0 {
		lines = []string{"", " " + env.Look.Danger("! "+env.Lang.Error(p.today.Err))}
	}
	if p.right.X > 0 {
		a, b := kit.Split(p.w, p.h)
		f.Body = kit.Panes(lines, p.detail, a, b)
	} else {
		f.Body = kit.Block(lines, p.w, p.h)
	}
	if p.asking {
		label := " " + env.Say(whichDay) + " "
		box, cursor := p.day.Box(env, 24, kit.Width(label), p.h)
		meaning := env.Say(p.fault)
		if due, err := p.calendar.Value.ParseDue(p.day.Value(), env.Now.Today()); err == nil && !due.IsZero() {
			meaning = "= " + env.Lang.Day(due, env.Now.Today())
		}
		f.Status, f.Cursor = label+box+"  "+meaning, cursor
	}
	return f
}

func (p *page) scope() string {
	env, t := p.env, p.today.Value
	today := env.Now.Today()
	left := " "
	if term := p.calendar.Value.Term(today); term.Holds(today) {
		left += env.Say(scopeWeek, term.Week(today))
	}
	if !p.since.IsZero() {
		left += env.Say(scopeSeen, env.Lang.Moment(p.since, env.Now()))
	}
	open, late, due := 0, 0, 0
	for _, pr := range t.Promises {
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
	return kit.Ends(left, env.Say(scopeSums, open+len(t.Drafts), late, due, len(t.Drafts)), p.w)
}

func (p *page) status() string {
	env := p.env
	if p.today.Value.Since.IsZero() && p.today.Value.Promises == nil && p.today.Busy {
		return ""
	}
	right := ""
	if len(env.Me.Own(env.Now())) > 0 {
		right = env.Say(weekly, p.today.Value.Reached)
	}
	return kit.Ends(fmt.Sprint(env.Say(upToDate, env.Lang.Clock(env.Now()))), right, p.w)
}
