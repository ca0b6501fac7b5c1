package family

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
	headPhones   = i18n.T("1 Guardians and phones", "1 监护人与电话")
	headSiblings = i18n.T("2 Siblings in school (%d)", "2 在校兄弟姐妹 (%d)")
	headContacts = i18n.T("3 Last contacts (%d this term)", "3 最近往来 (%d 本学期)")
	headPromises = i18n.T("4 Open promises (%d)", "4 未了的承诺 (%d)")
	allH         = i18n.T("h all", "h 全部")
	addN         = i18n.T("n adds", "n 加一条")
	sections     = []i18n.Phrase{headPhones, headSiblings, headContacts, headPromises}

	livesAt    = i18n.T("lives in %s", "住 %s")
	teacherIs  = i18n.T("class teacher %s", "班主任 %s")
	noPhones   = i18n.T("! No number to call: e adds one", "! 没有可打的号码: e 加一个")
	noContacts = i18n.T("no contact this term; the last on %s", "本学期还没有; 上次 %s")
	neverSpoke = i18n.T("no contact yet: c records the first", "还没有往来: c 记第一次")
	noPromises = i18n.T("nothing is open", "没有未了的")
	deskOnly   = i18n.T("You see name, class and phones. The rest is for its teachers: ask %s", "你能看到姓名、班级和电话。其余给教他的老师: 可找 %s")
	lookedAt   = i18n.T(" %s looked %s", " %s %s 看过")
	upToDate   = i18n.T(" Up to date  %s", " 已是最新  %s")
	reached    = i18n.T("last reached %s ", "上次谈到 %s ")
	siblingOf  = i18n.T("class teacher %s", "班主任 %s")
	closedOne  = i18n.T("for its own teachers", "只给教他的老师")
	closedBy   = i18n.T("✓ %s did it", "✓ %s 已办")
	noDay      = i18n.T("no day", "没定日子")
)

// A row is a number to call, a sibling, a contact, a promise; or the head of a
// section, or its one sentence.
type row struct {
	id      int64
	text    string // of a head or a sentence
	number  *kit.Line
	sibling *data.SiblingLine
	contact *data.Contact
	promise *data.Promise
}

// Kinds of rows, in their ids: records of different kinds may have one number.
const (
	aNumber = iota + 1
	aSibling
	aContact
	aPromise
	kinds
)

// take makes the rows of a new answer. The choice stays with its record, and
// what others have changed since is marked. A card that may no longer be shown
// leaves the screen.
func (p *page) take() tea.Cmd {
	if p.card.Err != nil {
		p.rows, p.lines, p.side = nil, nil, nil
		p.list.Keep(nil)
		return p.env.Note(i18n.Reason(p.card.Err))
	}
	first := p.list.Len() == 0
	before := p.stamps()
	p.fill()
	if first {
		for i, r := range p.rows { // the first number that may be called
			if r.number != nil && r.number.Callable() {
				p.list.To(i)
				break
			}
		}
	}
	p.draw()
	mine := p.saved.Value.ID*kinds + aPromise
	var changed []int64
	for id, rev := range p.stamps() {
		if was, ok := before[id]; len(before) > 0 && (!ok || was != rev) && id != mine {
			changed = append(changed, id)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return p.list.Flash(p.env, changed...)
}

// stamps is the revision of each row that others may change: contacts not of
// the reader's own, promises, people.
func (p *page) stamps() map[int64]int64 {
	out := map[int64]int64{}
	for _, r := range p.rows {
		switch {
		case r.contact != nil && r.contact.Staff != p.env.Me.ID:
			out[r.id] = r.contact.Rev
		case r.promise != nil:
			out[r.id] = r.promise.Rev
		case r.number != nil && r.number.Guardian.ByName != p.env.Me.Name:
			out[r.id] = r.number.Guardian.Rev
		}
	}
	return out
}

func (p *page) fill() {
	c, env := &p.card.Value, p.env
	p.rows = nil
	head := func(s, note string) { p.rows = append(p.rows, row{text: kit.Head(s, note, p.list.Rect().W)}) }
	say := func(s string) { p.rows = append(p.rows, row{text: "  " + s}) }
	add := func(kind, id int64, r row) {
		r.id = id*kinds + kind
		p.rows = append(p.rows, r)
	}
	head(env.Say(headPhones), "")
	lines := kit.Lines(c.Guardians)
	for i := range lines {
		add(aNumber, lines[i].Guardian.ID<<8|int64(i), row{number: &lines[i]})
	}
	if len(data.Callable(c.Guardians)) == 0 {
		say(env.Look.Danger(env.Say(noPhones)))
	}
	if c.Sight < data.Whole {
		head("", "")
		say(env.Say(deskOnly, env.Lang.Name(c.Teacher, "")))
		p.keep()
		return
	}
	if len(c.Siblings) > 0 {
		head(env.Say(headSiblings, len(c.Siblings)), "")
		for i := range c.Siblings {
			add(aSibling, c.Siblings[i].Student.ID, row{sibling: &c.Siblings[i]})
		}
	}
	head(env.Say(headContacts, c.InTerm), env.Say(allH))
	for i := range c.Contacts {
		add(aContact, c.Contacts[i].ID, row{contact: &c.Contacts[i]})
	}
	switch {
	case len(c.Contacts) == 0 && !c.LastOn.IsZero():
		say(env.Look.Muted(env.Say(noContacts, env.Lang.Day(c.LastOn, env.Now.Today()))))
	case len(c.Contacts) == 0:
		say(env.Look.Muted(env.Say(neverSpoke)))
	}
	open := 0
	for _, pr := range c.Promises {
		if pr.State == data.PromiseOpen {
			open++
		}
	}
	head(env.Say(headPromises, open), env.Say(addN))
	for i := range c.Promises {
		add(aPromise, c.Promises[i].ID, row{promise: &c.Promises[i]})
	}
	if len(c.Promises) == 0 {
		say(env.Look.Muted(env.Say(noPromises)))
	}
	p.keep()
}

func (p *page) keep() {
	ids := make([]int64, len(p.rows))
	for i, r := range p.rows {
		ids[i] = r.id
	}
	p.list.Keep(ids)
}

// jump goes to the first row of a section by its number; siblings may be absent.
func (p *page) jump(section int) {
	want := ""
	for _, part := range strings.Fields(p.env.Say(sections[section]))[:1] {
		want = "--- " + part + " "
	}
	for i, r := range p.rows {
		if strings.HasPrefix(r.text, want) {
			p.list.To(i + 1)
			p.side = p.beside()
			return
		}
	}
}

// Layout gives the card the body; from 120 columns on the chosen contact stands
// at the right.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	list, right := kit.Split(w, h)
	if right.X == 0 {
		list = kit.Rect{W: w, H: h}
	}
	p.right = right
	p.list.Place(list)
	if p.card.Value.Student.ID != 0 {
		p.fill()
	}
	p.draw()
}

// draw makes all the lines: there are few.
func (p *page) draw() {
	p.lines = p.lines[:0]
	for _, r := range p.rows {
		p.lines = append(p.lines, p.line(r))
	}
	p.side = p.beside()
}

func (p *page) line(r row) string {
	switch w := p.list.Rect().W - 2; {
	case r.number != nil:
		return p.numberLine(r.number, w)
	case r.sibling != nil:
		s := r.sibling
		end := p.env.Say(siblingOf, p.env.Lang.Name(s.Teacher, ""))
		if !s.Open {
			end += "  " + p.env.Look.Muted(p.env.Say(closedOne))
		}
		return kit.Fit(kit.NameOf(p.env, s.Student), 12) + " " + kit.Fit(p.env.Lang.Sex(s.Student.Sex)+" "+p.env.Lang.Class(s.Student.ClassName), 10) + " " + end
	case r.contact != nil:
		return p.contactLine(r.contact, w)
	case r.promise != nil:
		return p.promiseLine(r.promise, w)
	}
	return r.text
}

func (p *page) numberLine(l *kit.Line, w int) string {
	env, g := p.env, l.Guardian
	order, who, name := "", "", ""
	if l.First {
		order, who, name = fmt.Sprint(g.Order), env.Lang.Guardian(g), env.Lang.Name(g.Name, "")
	}
	standing := strings.Join(kit.Standing(env, g), " ")
	if !l.First {
		standing = ""
	}
	role := theme.Plain
	switch {
	case g.DoNotContact, l.Bad():
		role = theme.Danger
	case !l.Callable():
		role = theme.Muted
	}
	note := l.Note(env)
	left := kit.Fit(order, 2) + kit.Fit(who, 10) + " " + kit.Fit(name, 12) + " " + env.Look.Paint(role, kit.Fit(l.Number(p.env), 14)) + " "
	rest := max(w-kit.Width(left), 0)
	half := min(kit.Width(kit.Show(standing)), rest)
	if note != "" {
		half = min(half, rest*6/10)
	}
	return left + env.Look.Paint(role, kit.Fit(standing, half)) + "  " + kit.Cut(note, max(rest-half-2, 0))
}

func (p *page) contactLine(c *data.Contact, w int) string {
	env := p.env
	role := theme.Plain
	if c.Sight < data.Whole {
		role = theme.Restricted
	}
	left := kit.Fit(env.Lang.Day(data.DayOf(c.At), env.Now.Today()), 12) + kit.Fit(env.Lang.Channel(c.Channel), 8) + kit.Fit(env.Lang.Name(c.StaffName, ""), 11) + " "
	return left + env.Look.Paint(role, kit.Cut(kit.Gist(env, *c), max(w-kit.Width(left), 0)))
}

func (p *page) promiseLine(pr *data.Promise, w int) string {
	env, today := p.env, p.env.Now.Today()
	mark, role, near := "  ", theme.Plain, env.Say(noDay)
	switch {
	case pr.State != data.PromiseOpen:
		mark, role, near = "✓ ", theme.OK, env.Lang.PromiseState(pr.State)
	case pr.Late(today) > 0:
		mark, role = "! ", theme.Danger
	case pr.Due == today:
		mark, role = "* ", theme.Warn
	}
	day := ""
	if !pr.Due.IsZero() {
		day = env.Lang.Day(pr.Due, today)
		if pr.State == data.PromiseOpen {
			near = env.Lang.Deadline(pr.Due, today)
		}
	}
	owner := env.Lang.Name(pr.OwnerName, "")
	text := pr.Text
	if pr.State != data.PromiseOpen && pr.ClosedBy != "" {
		text = env.Say(closedBy, env.Lang.Name(pr.ClosedBy, "")) + "  " + text
	}
	left := env.Look.Paint(role, kit.Fit(mark, 2)+kit.Fit(near, 12)) + " " + kit.Fit(env.Lang.PromiseKind(pr.Kind), 9) + " "
	end := " " + kit.Right(day, 11) + " " + kit.Fit(owner, 10)
	return left + kit.Fit(text, max(w-kit.Width(left)-kit.Width(end), 0)) + end
}

// beside is the chosen contact or promise in full, at the right of a wide window.
func (p *page) beside() (out []string) {
	r, ok := p.row()
	if !ok || p.right.X == 0 {
		return nil
	}
	env, w := p.env, p.right.W-1
	c := r.contact
	if r.promise != nil {
		out = append(out, kit.Head(env.Lang.PromiseKind(r.promise.Kind), "", w))
		for _, l := range kit.Wrap(kit.Show(r.promise.Text), w-1) {
			out = append(out, " "+l)
		}
	}
	if c == nil && r.promise == nil && len(p.card.Value.Contacts) > 0 {
		c = &p.card.Value.Contacts[0]
	}
	if c != nil {
		out = append(out, kit.Head(env.Lang.Day(data.DayOf(c.At), env.Now.Today())+" "+env.Lang.Channel(c.Channel)+" "+env.Lang.Name(c.StaffName, ""), "", w))
		text := c.Summary
		if c.Sight < data.Whole {
			text = kit.Hidden(env, *c)
		} else if text == "" {
			text = kit.Gist(env, *c)
		}
		for _, block := range strings.Split(text, "\n") {
			for _, l := range kit.Wrap(kit.Show(block), w-1) {
				out = append(out, " "+l)
			}
		}
	}
	return out
}

// View draws the card.
func (p *page) View() kit.Frame {
	env := p.env
	lines := p.list.View(env, func(i int) string { return p.lines[i] })
	if p.card.Err != nil && len(p.rows) == 0 {
		lines = []string{"", " " + env.Look.Danger("! "+env.Lang.Error(p.card.Err))}
	}
	f := kit.Frame{Scope: p.scope(), Status: p.status()}
	if p.right.X > 0 {
		a, b := kit.Split(p.w, p.h)
		f.Body = kit.Panes(lines, p.side, a, b)
	} else {
		f.Body = kit.Block(lines, p.w, p.h)
	}
	if p.asks != nothingAsked {
		f.Status, f.Cursor = p.asked()
	}
	return f
}

// scope is row 2: who it is, where they live, what to watch.
func (p *page) scope() string {
	env, c := p.env, &p.card.Value
	s := c.Student
	if s.ID == 0 {
		return ""
	}
	words := []string{kit.NameOnCard(env, s), env.Lang.Sex(s.Sex), kit.Age(env, s), env.Lang.Class(s.ClassName) + " " + kit.Seat(env, s)}
	if !s.Status.Here() {
		words = append(words, env.Lang.Status(s.Status))
	}
	if c.Household.Address != "" {
		words = append(words, env.Say(livesAt, c.Household.Address))
	}
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, kit.Show(w))
		}
	}
	left := " " + strings.Join(out, "  ") + "  " + kit.Flags(env, c.Tags, c.Masked)
	right := ""
	if c.Teacher != "" {
		right = env.Say(teacherIs, env.Lang.Name(c.Teacher, "")) + " "
	}
	if kit.Width(left)+kit.Width(right) >= p.w {
		right = ""
	}
	return kit.Ends(kit.Clip(left, p.w), right, p.w)
}

func (p *page) status() string {
	env, c := p.env, &p.card.Value
	if c.Student.ID == 0 {
		return ""
	}
	left := env.Say(upToDate, env.Lang.Clock(env.Now()))
	if c.SeenBy != "" {
		left = env.Say(lookedAt, env.Lang.Name(c.SeenBy, ""), env.Lang.Moment(c.SeenAt, env.Now()))
	}
	right := ""
	if !c.LastOn.IsZero() {
		right = env.Say(reached, env.Lang.Near(c.LastOn, env.Now.Today()))
	}
	return kit.Ends(left, right, p.w)
}
