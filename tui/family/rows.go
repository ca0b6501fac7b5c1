package family

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	headPhones   = i18n.T("1 Guardians and phones", "1 监护人与电话")
	headSiblings = i18n.T("2 Siblings in school (%d)", "2 在校兄弟姐妹 (%d)")
	headContacts = i18n.T("3 Last contacts (%d this term)", "3 最近往来 (%d 本学期)")
	headPromises = i18n.T("4 Open promises (%d)", "4 未了的承诺 (%d)")
	allH         = i18n.T("h all", "h 全部")
	addN         = i18n.T("n adds", "n 加一条")
	sections     = []i18n.Phrase{headPhones, headSiblings, headContacts, headPromises, headMeetings}

	noPhones   = i18n.T("! No number to call: e adds one", "! 没有可打的号码: e 加一个")
	noContacts = i18n.T("no contact this term; the last on %s", "本学期还没有; 上次 %s")
	neverSpoke = i18n.T("no contact yet: c records the first", "还没有往来: c 记第一次")
	noPromises = i18n.T("nothing is open", "没有未了的")
	deskOnly   = i18n.T("You see name, class and phones. The rest is for its teachers: ask %s", "你能看到姓名、班级和电话。其余给教他的老师: 可找 %s")
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
	meeting *data.FamilyMeeting
	care    string // a line of what is restricted
}

// Kinds of rows, in their ids: records of different kinds may have one number.
const (
	aNumber = iota + 1
	aSibling
	aContact
	aPromise
	aCare
	aMeeting
	kinds
)

// take makes the rows of a new answer. The choice stays with its record, and
// what others have changed since is marked. A card that may no longer be shown
// leaves the screen.
func (p *page) take() tea.Cmd {
	if p.card.Gone() {
		p.rows, p.lines, p.side = nil, nil, nil
		p.list.Keep(nil)
	}
	if p.card.Value.Care < data.CareUrgent { // the right may be gone
		p.care.Forget()
	}
	if p.card.Value.Sight < data.Whole {
		p.meetings.Forget()
	}
	if p.card.Err != nil {
		return p.env.Note(kit.NotRead(p.card.Err))
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
		p.list.Choose(p.promise*kinds + aPromise)
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
		return p.askMeetings()
	}
	return tea.Batch(p.list.Flash(p.env, changed...), p.askMeetings())
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
	p.who, p.name, p.standing, p.staff = 7, 9, 0, 6
	for i := range lines { // names are never cut
		p.who = max(p.who, kit.Width(kit.Show(env.Lang.Guardian(lines[i].Guardian))))
		p.name = min(max(p.name, kit.Width(kit.Show(env.Lang.Name(lines[i].Guardian.Name, "")))), 26)
		p.standing = max(p.standing, kit.Width(kit.Show(strings.Join(kit.Standing(env, lines[i].Guardian), " "))))
	}
	p.by = 8
	for _, x := range c.Contacts {
		p.by = min(max(p.by, kit.Width(env.Lang.Channel(x.Channel))+1), 12)
		p.staff = min(max(p.staff, kit.Width(kit.Show(env.Lang.Name(x.StaffName, "")))), 20)
	}
	for _, x := range c.Promises {
		p.staff = min(max(p.staff, kit.Width(kit.Show(env.Lang.Name(x.OwnerName, "")))), 20)
	}
	for i := range lines {
		add(aNumber, lines[i].Guardian.ID<<8|int64(i), row{number: &lines[i]})
	}
	if len(data.Callable(c.Guardians)) == 0 {
		say(env.Look.Danger(env.Say(noPhones)))
	}
	p.addCare(head, add)
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
	p.addMeetings(head, add)
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

// step goes to the next section that is there, or back, round the card.
func (p *page) step(by int) {
	var heads []int
	at := 0
	for i, r := range p.rows {
		if r.id == 0 && i+1 < len(p.rows) && p.rows[i+1].id != 0 {
			if i < p.list.At {
				at = len(heads)
			}
			heads = append(heads, i)
		}
	}
	if len(heads) > 0 {
		p.list.To(heads[(at+by+len(heads))%len(heads)] + 1)
		p.side = p.beside()
	}
}
