package today

import (
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	kindDraft  = i18n.T("draft", "草稿")
	goesOn     = i18n.T("enter", "enter")
	unsavedAt  = i18n.T("unsaved %s: %s", "未保存 %s: %s")
	closedBy   = i18n.T("✓ %s did it", "✓ %s 已办")
	noDay      = i18n.T("no day", "没定日子")
	whose      = i18n.T("%s: %s", "%s: %s")
	quietLast  = i18n.T("last talk %s", "上次 %s")
	quietNever = i18n.T("no talk yet", "还没联系过")

	scopeWeek = i18n.T("Week %d  ", "第%d周  ")
	scopeSeen = i18n.T("Last login %s", "上次登录 %s")
	scopeSums = i18n.T("Open %d  Overdue %d  Due today %d  Drafts %d ", "待办 %d  逾期 %d  今天到期 %d  草稿 %d ")
	upToDate  = i18n.T(" Up to date  %s", " 已是最新  %s")
	weekly    = i18n.T("Families this week %d ", "本周已联系 %d 家 ")

	didContact = i18n.T("%s with %s%s%s", "%s %s%s%s")
	didKept    = i18n.T("kept a promise to %s%s%s", "做到了给 %s 的承诺%s%s")
	didBroken  = i18n.T("did not keep a promise to %s%s%s", "没做到给 %s 的承诺%s%s")
	didDropped = i18n.T("dropped a promise to %s%s%s", "去掉了给 %s 的承诺%s%s")
	restricted = i18n.T("[restricted]", "[受限]")
	secret     = i18n.T("[secret]", "[保密]")
)

// cols are the widths that the rows of one answer share: names are never cut.
type cols struct{ near, kind, name, class, day, by, when int }

func (p *page) measure() {
	env, today := p.env, p.env.Now.Today()
	c := cols{near: 10, kind: 6, name: 8, class: 5, day: 10, by: 6, when: 8}
	if env.Lang == i18n.English {
		c.near, c.kind, c.when = 13, 11, 12
	}
	wider := func(w *int, s string, most int) { *w = min(max(*w, kit.Width(kit.Show(s))), most) }
	for _, r := range p.rows {
		switch {
		case r.promise != nil:
			wider(&c.name, env.Lang.Name(r.promise.StudentName, ""), 22)
			wider(&c.class, env.Lang.Class(r.promise.ClassName), 9)
			wider(&c.day, env.Lang.Day(r.promise.Due, today), 16)
			if !r.promise.Due.IsZero() { // a year long past is wide
				wider(&c.near, env.Lang.Deadline(r.promise.Due, today)+" ", 14)
			}
		case r.decided != nil:
			wider(&c.class, env.Lang.Class(r.decided.ClassName), 9)
			wider(&c.day, env.Lang.Day(r.decided.Due, today), 16)
			wider(&c.near, env.Lang.Deadline(r.decided.Due, today)+" ", 14)
		case r.draft != nil:
			if r.draft.Student != 0 { // a title may be cut, a name not
				wider(&c.name, env.Lang.Name(r.draft.Name, ""), 22)
			}
			wider(&c.class, env.Lang.Class(r.draft.Class), 9)
		case r.meeting != nil && r.meeting.State == data.MeetingInSession:
			wider(&c.name, env.Lang.MeetingKind(r.meeting.Kind), 22)
		case r.quiet != nil:
			wider(&c.name, kit.NameOf(env, r.quiet.Student), 22)
			wider(&c.class, env.Lang.Class(r.quiet.Student.ClassName), 9)
		case r.change != nil:
			wider(&c.by, env.Lang.Name(r.change.By, ""), 22)
		}
	}
	p.cols = c
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
	if !p.today.at.IsZero() {
		p.env.Send(turned{p}) // heads have other widths and words
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
	w := p.list.Rect().W - 2
	switch {
	case r.promise != nil:
		return p.promiseLine(r.promise, w)
	case r.draft != nil:
		return p.draftLine(r.draft, w)
	case r.change != nil:
		return p.changeLine(r, w)
	case r.quiet != nil:
		return p.quietLine(r.quiet, w)
	case r.meeting != nil:
		return p.meetingLine(r.meeting, w)
	case r.decided != nil:
		return p.decidedLine(r.decided, w)
	case r.left != nil:
		return p.leftLine(r.left, w)
	}
	return r.text
}

// lead is what rows of section 1 begin with: the mark, how near the day is, what
// it is, and whose child.
func (p *page) lead(role theme.Role, mark, near, kind, name string, class data.ClassName) string {
	env, c := p.env, p.cols
	return env.Look.Paint(role, kit.Fit(mark, 2)+kit.Fit(near, c.near)) + kit.Fit(kind, c.kind) +
		kit.Fit(env.Lang.Name(name, ""), c.name) + " " + kit.Fit(env.Lang.Class(class), c.class) + " "
}

// tail is the rest of such a row: the text, and the day at the right end, which
// a wide window has in the detail.
func (p *page) tail(text, day string, w int) string {
	if p.right.X > 0 {
		return kit.Cut(text, max(w, 0))
	}
	return kit.Fit(text, max(w-p.cols.day-1, 0)) + " " + kit.Fit(day, p.cols.day)
}

// dueWords is how near the day is on which something is due, and that day, for
// both ends of a row: where the first is the date already, the other is what it
// does not have, the day of the week.
func (p *page) dueWords(due data.Date) (near, day string) {
	l, today := p.env.Lang, p.env.Now.Today()
	near, day = l.Deadline(due, today), l.Day(due, today)
	if date := l.Date(due, today); near == date {
		day = strings.Replace(day, date, kit.Pad("", kit.Width(date)), 1)
	}
	return near, day
}

func (p *page) promiseLine(pr *data.Promise, w int) string {
	env, today := p.env, p.env.Now.Today()
	mark, role, near, text, day := "", theme.Plain, env.Say(noDay), pr.Text, ""
	if !pr.Due.IsZero() {
		near, day = p.dueWords(pr.Due)
	}
	switch {
	case pr.State != data.PromiseOpen:
		mark, role, near = "✓", theme.OK, env.Lang.PromiseState(pr.State)
		if pr.ClosedBy != "" {
			text = env.Say(closedBy, env.Lang.Name(pr.ClosedBy, "")) + "  " + text
		}
	case pr.Late(today) > 0:
		mark, role = "!", theme.Danger
	case pr.Due == today:
		mark, role = "*", theme.Warn
	}
	if p.today.scope != mine {
		text = env.Say(whose, env.Lang.Name(pr.OwnerName, ""), text)
	}
	line := p.lead(role, mark, near, env.Lang.PromiseKind(pr.Kind), pr.StudentName, pr.ClassName)
	return line + p.tail(text, day, w-kit.Width(line))
}

func (p *page) draftLine(d *data.Draft, w int) string {
	env := p.env
	line := p.lead(theme.Warn, "*", env.Lang.Near(data.DayOf(d.Saved), env.Now.Today()), env.Say(kindDraft), d.Name, d.Class)
	return line + p.tail(env.Say(unsavedAt, env.Lang.Moment(d.Saved, env.Now()), d.Preview), env.Say(goesOn), w-kit.Width(line))
}

func (p *page) changeLine(r row, w int) string {
	env, c := p.env, r.change
	when := env.Lang.Clock(c.At)
	if day, today := data.DayOf(c.At), env.Now.Today(); day != today {
		when = env.Lang.Near(day, today)
	}
	more := ""
	if r.more > 0 {
		more = fmt.Sprintf("  (+%d)", r.more)
	}
	left := "  " + kit.Fit(when, p.cols.when) + " " + kit.Fit(env.Lang.Name(c.By, ""), p.cols.by) + "  "
	return left + kit.Cut(p.said(c), max(w-kit.Width(left)-kit.Width(more), 0)) + more
}

// said is what somebody did, as far as the reader may know it.
func (p *page) said(c *data.Change) string {
	env := p.env
	text, mark := c.Text, ""
	if c.Grant != 0 {
		return env.Say(kit.Told(env, *c))
	}
	switch {
	case c.Level >= data.Secret:
		mark = " " + env.Say(secret)
	case c.Level >= data.Restricted:
		mark = " " + env.Say(restricted)
	}
	if c.Sight < data.Whole {
		if text = ""; mark == "" {
			mark = " [" + env.Lang.Level(c.Level) + "]"
		}
	}
	if text != "" {
		text = ": " + text
	}
	name := env.Lang.Name(c.Student.Name, c.Student.Reading)
	switch c.Did {
	case "promise_kept":
		return env.Say(didKept, name, mark, text)
	case "promise_broken":
		return env.Say(didBroken, name, mark, text)
	case "promise_dropped":
		return env.Say(didDropped, name, mark, text)
	}
	return env.Say(didContact, env.Lang.Channel(c.Channel), name, mark, text)
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
	line := "  " + kit.Fit(kit.NameOf(env, h.Student), p.cols.name) + " " + kit.Fit(env.Lang.Class(h.Student.ClassName), p.cols.class) + " "
	return line + kit.Cut(kit.Fit(number, 14)+" "+kit.Fit(last, 20)+" "+who, max(w-kit.Width(line), 0))
}

// details is the chosen row in full, and its family's numbers, at the right of
// a wide window.
func (p *page) details() (out []string) {
	r, ok := p.row()
	if !ok || p.right.X == 0 {
		return nil
	}
	env, w := p.env, p.right.W
	name, class, text := "", data.ClassName{}, ""
	switch {
	case r.promise != nil:
		pr := r.promise
		name, class, text = env.Lang.Name(pr.StudentName, ""), pr.ClassName, pr.Text
		if !pr.Due.IsZero() {
			text += "\n" + env.Lang.Day(pr.Due, env.Now.Today()) + "  " + env.Lang.Name(pr.OwnerName, "")
		}
		if pr.Result != "" {
			text += "\n" + pr.Result
		}
	case r.draft != nil:
		name, class, text = env.Lang.Name(r.draft.Name, ""), r.draft.Class, r.draft.Preview
	case r.change != nil:
		s := r.change.Student
		name, class = kit.NameOf(env, s), s.ClassName
		text = env.Lang.Moment(r.change.At, env.Now()) + "  " + env.Lang.Name(r.change.By, "") + "\n" + p.said(r.change)
	case r.quiet != nil:
		name, class = kit.NameOf(env, r.quiet.Student), r.quiet.Student.ClassName
	case r.decided != nil:
		name, class, text = r.decided.Number, r.decided.ClassName, p.aboutDecided(r.decided)
	case r.left != nil:
		name, class, text = env.Lang.MeetingKind(r.left.Meeting.Kind), r.left.Meeting.ClassName, p.aboutLeft(r.left)
	case r.meeting != nil:
		name, class, text = env.Lang.MeetingKind(r.meeting.Kind), r.meeting.ClassName, p.aboutMeeting(r.meeting)
	}
	out = append(out, kit.Head(kit.Show(name)+" "+env.Lang.Class(class), "", w))
	if text != "" {
		for _, l := range kit.Wrap(text, w-2) {
			out = append(out, " "+l)
		}
		out = append(out, "")
	}
	if f := p.family.Value; f.Student.ID == r.student() && f.Student.ID != 0 {
		out = append(out, kit.Numbers(env, f.Guardians, w)...)
		out = append(out, kit.LastTalk(env, f.Last, w, 4)...)
		for _, pr := range f.Promises {
			if r.promise == nil || pr.ID != r.promise.ID {
				out = append(out, kit.PromiseLine(env, pr, w))
			}
		}
	}
	return out
}

// View draws the sections.
func (p *page) View() kit.Frame {
	env := p.env
	f := kit.Frame{Scope: p.summary(), Status: p.status()}
	lines := p.list.View(env, func(i int) string { return p.lines[i] })
	if p.asked.Err != nil && p.today.at.IsZero() {
		lines = []string{"", " " + env.Look.Danger("! "+env.Lang.Error(p.asked.Err))}
	}
	if p.right.X > 0 {
		a, b := kit.Split(p.w, p.h)
		f.Body = kit.Panes(lines, p.detail, a, b)
	} else {
		f.Body = kit.Block(lines, p.w, p.h)
	}
	if p.result.On {
		f.Status, f.Cursor = p.result.Draw(env, p.w, p.h)
	}
	if p.asking != nil {
		label := " " + env.Say(whichDay, kit.Show(env.Lang.Name(p.asking.StudentName, ""))) + " "
		box, cursor := p.day.Box(env, 24, kit.Width(label), p.h)
		meaning := env.Say(p.fault)
		if due, err := p.calendar.Value.ParseDue(p.day.Value(), env.Now.Today()); err == nil && !due.IsZero() {
			meaning = "= " + env.Lang.Day(due, env.Now.Today())
		}
		f.Status, f.Cursor = kit.Clip(label+box+"  "+meaning, p.w), cursor
	}
	return f
}

// summary is row 2: the week, when one was here last, and the sums.
func (p *page) summary() string {
	env, today := p.env, p.env.Now.Today()
	left := " "
	if term := p.calendar.Value.Term(today); term.Holds(today) {
		left += env.Say(scopeWeek, term.Week(today))
	}
	if !p.since.IsZero() {
		left += env.Say(scopeSeen, env.Lang.Moment(p.since, env.Now()))
	}
	if p.today.at.IsZero() { // not read yet: no sums
		return kit.Ends(left, "", p.w)
	}
	open, late, due := p.sums(today)
	drafts := len(p.today.Drafts)
	if p.today.scope == mine { // as section 1 counts
		open += drafts + len(p.rooms())
	}
	return kit.Ends(left, env.Say(scopeSums, open, late, due, drafts), p.w)
}

func (p *page) status() string {
	env := p.env
	if p.today.at.IsZero() {
		return ""
	}
	right := ""
	if len(env.Me.Own(env.Now())) > 0 {
		right = env.Say(weekly, p.today.Reached)
	}
	return kit.Ends(env.Say(upToDate, env.Lang.Seconds(p.today.at)), right, p.w)
}
