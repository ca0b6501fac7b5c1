package search

import (
	"fmt"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	families = i18n.T("%s families  %d ms", "%s 家  %d 毫秒")
	family   = i18n.T("1 family  %d ms", "1 家  %d 毫秒")
	lately   = i18n.T("your last %d families", "最近的 %d 家")
	more     = i18n.T("%s more: one more letter", "还有 %s 家, 再打一个字")
	similar  = i18n.T("Sounds alike: %s", "读音相近: %s")
	try      = i18n.T("Try: 章  zhangwei  zw  0117  3.2  3.2 z  alumni: add *", "试试: 章  zhangwei  zw  0117  3.2  3.2 z  已毕业: 加 *")
	inClass  = i18n.T("class %s", "%s")
	teacher  = i18n.T("class teacher %s", "班主任 %s")
	sibling  = i18n.T("Siblings here: ", "在校兄弟姐妹: ")
	last     = i18n.T("last %s %s %s", "上次 %s %s %s")
	never    = i18n.T("no contact yet", "还没联系过")
	promises = i18n.T("Promises %d", "承诺 %d")
	byDay    = i18n.T(" (by %s)", " (%s 前)")
	late     = i18n.T(" (! %s)", " (! %s)")
	deskOnly = i18n.T("Name, class and phones only; ask the class teacher for more", "你能看到姓名、班级和电话; 其它找班主任")
	noFinder = i18n.T("Your role has no children in its scope: ask an administrator if that is wrong", "你的角色不管学生: 不对就找管理员")
	gone     = i18n.T("! The card cannot be shown: %s", "! 看不了这家的卡: %s")
)

// Rows of the body around the hits: a blank one above, and below the card
// comes the hint, with two blank ones under it.
const (
	top    = 1
	bottom = 3
)

// Layout gives the hits three eighths of the rows, the card the rest; from 120
// columns on the card stands at the right.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	list, right := kit.Split(w, h)
	if right.X == 0 {
		n := max(7, h*6/10-4)
		list = kit.Rect{X: 0, Y: top, W: w, H: n}
		right = kit.Rect{X: 0, Y: top + n, W: w, H: h - top - n - bottom}
	} else {
		list = kit.Rect{X: 0, Y: top, W: list.W, H: h - top - bottom}
	}
	p.right = right
	p.list.Place(list)
	p.fit()
	p.draw()
}

// fit sets the columns for the hits there are: names are never cut while
// there is room.
func (p *page) fit() {
	list, right := kit.Split(p.w, p.h)
	width := list.W - 2
	if right.X == 0 {
		width = p.w - 2
	}
	name, place, guardian := 9, 16, 14
	if p.env.Lang == i18n.English { // shorter places, longer names
		place, guardian = 12, 18
	}
	for _, h := range p.hits() {
		name = max(name, kit.Width(kit.Show(kit.NameOf(p.env, h.Student))))
		place = max(place, kit.Width(p.place(h.Student)))
		if l, ok := p.best(h); ok {
			guardian = max(guardian, kit.Width(p.whose(l.Guardian)))
		}
	}
	p.table = kit.NewTable([]kit.Col{{Width: min(name, 20)}, {Width: min(place, 16), Rank: 2}, {Width: min(guardian, 24), Rank: 1},
		{Width: 14}, {Width: 2}}, width)
	p.rows = make([]string, len(p.hits()))
}

// best is the number a row shows: of the chosen family the one that tab chose.
func (p *page) best(h data.Hit) (kit.Line, bool) {
	if chosen, ok := p.hit(); ok && chosen.Student.ID == h.Student.ID {
		if l, ok := p.number(h); ok {
			return l, true
		}
	}
	if ls := callable(h); len(ls) > 0 {
		return ls[dialled(ls, p.text)], true
	}
	if ls := kit.Lines(h.Guardians); len(ls) > 0 {
		return ls[0], true
	}
	return kit.Line{}, false
}

func (p *page) place(s data.Student) string {
	return strings.TrimSpace(p.env.Lang.Sex(s.Sex) + " " + p.env.Lang.Class(s.ClassName) + " " + kit.Seat(p.env, s))
}

func (p *page) whose(g data.Guardian) string {
	return kit.Show(p.env.Lang.Guardian(g) + " " + p.env.Lang.Name(g.Name, ""))
}

// draw makes what View shows, so that a key that changes nothing costs nothing.
func (p *page) draw() {
	hits := p.hits()
	for i := p.list.Top; i < min(len(hits), p.list.Top+p.h); i++ {
		if p.rows[i] == "" {
			p.rows[i] = p.row(hits[i])
		}
	}
	p.lower = p.below()
}

func (p *page) row(h data.Hit) string {
	flags, whose, number := "", "", ""
	if h.Flagged {
		flags = "**"
	}
	if l, ok := p.best(h); ok {
		whose, number = p.whose(l.Guardian), l.Number(p.env)
	}
	return p.table.Row(p.env.Look, kit.NameOf(p.env, h.Student), p.place(h.Student), whose, number, flags)
}

// View draws the palette: the query on the row of scopes, the hits, the card.
func (p *page) View() kit.Frame {
	at := " / " + kit.Show(string([]rune(p.query.Value())[:p.query.Position()]))
	scope := " / " + kit.Show(p.query.Value()) + "_"
	body := make([]string, 0, p.h)
	body = append(body, "")
	body = append(body, p.hitLines()...)
	f := kit.Frame{Scope: kit.Ends(scope, p.count()+" ", p.w), Cursor: tea.NewCursor(kit.Width(at), -1)}
	hint := ""
	if !p.blind() {
		hint = " " + p.env.Look.Muted(p.env.Say(try))
	}
	if p.right.X > 0 {
		left := kit.Rect{X: 0, Y: 0, W: p.right.X - 3, H: p.h}
		body = pad(body, p.h-bottom)
		f.Body = kit.Panes(append(body, hint), p.lower, left, p.right)
		return f
	}
	body = append(pad(body, p.right.Y), p.lower...)
	f.Body = kit.Block(append(pad(body, p.h-bottom), hint), p.w, p.h)
	return f
}

func pad(lines []string, n int) []string {
	for len(lines) < n {
		lines = append(lines, "")
	}
	return lines[:n]
}

// hitLines are the hits, or why there are none, and below them how many more.
func (p *page) hitLines() []string {
	a := p.found.Value
	if len(a.Hits) == 0 {
		switch {
		case p.found.Err != nil || !p.known:
			return nil
		case p.blind():
			return []string{" " + p.env.Say(noFinder)}
		case a.text == "":
			return []string{" " + p.env.Say(noFamily)}
		}
		lines := []string{" " + p.env.Say(nobody)}
		if len(a.Similar) > 0 {
			lines = append(lines, " "+p.env.Say(similar, kit.Show(strings.Join(a.Similar, "  "))))
		}
		return lines
	}
	return p.list.View(p.env, func(i int) string { return p.rows[i] })
}

// blind reports whether the account finds no child at all, whatever is typed.
func (p *page) blind() bool { return p.env.Me.Finds(p.env.Now()).Nobody() }

// count is the right end of the query's row.
func (p *page) count() string {
	a := p.found.Value
	ms := int((a.Took + time.Millisecond - 1) / time.Millisecond)
	switch rest := a.Total - len(a.Hits); {
	case p.found.Err != nil || len(a.Hits) == 0:
		return ""
	case a.text == "":
		return p.env.Say(lately, len(a.Hits))
	case rest > 0:
		return p.env.Say(more, p.env.Lang.Number(rest))
	case a.Total == 1:
		return p.env.Say(family, max(ms, 1))
	}
	return p.env.Say(families, p.env.Lang.Number(a.Total), max(ms, 1))
}

// below is the top of the chosen family's card. Name and numbers come with
// the hit; the rest when the card is there.
func (p *page) below() []string {
	h, ok := p.hit()
	if !ok || p.right.W == 0 {
		return nil
	}
	card, whole := p.card.Value, p.card.Value.Student.ID == h.Student.ID
	lines := []string{kit.Head(p.headline(h, card, whole), "", p.right.W)}
	lines = append(lines, p.numbers(h)...)
	switch {
	case p.card.Err != nil && p.found.Err == nil:
		lines = append(lines, " "+p.env.Say(gone, p.env.Lang.Error(p.card.Err)))
	case whole && card.Sight < data.Whole:
		lines = append(lines, "  "+p.env.Look.Muted(p.env.Say(deskOnly)))
	case whole:
		lines = append(lines, p.inside(card)...)
	}
	return lines[:min(len(lines), p.right.H)]
}

func (p *page) headline(h data.Hit, card data.Card, whole bool) string {
	s := h.Student
	who := strings.TrimSpace(p.env.Lang.Sex(s.Sex) + " " + kit.Age(p.env, s))
	words := []string{kit.Show(kit.NameOnCard(p.env, s)), who, p.env.Say(inClass, p.env.Lang.Class(s.ClassName))}
	if whole && card.Teacher != "" {
		words = append(words, kit.Show(p.env.Say(teacher, p.env.Lang.Name(card.Teacher, ""))))
	}
	return strings.Join(without(words), "  ")
}

func without(words []string) (out []string) {
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// numbers are the family's phones in calling order. The one that tab went to
// stands in brackets.
func (p *page) numbers(h data.Hit) (lines []string) {
	chosen, _ := p.number(h)
	room := max(p.right.H-3, 3) // the rest of the card needs two rows and its head one
	for _, l := range kit.Lines(h.Guardians) {
		if len(lines) == room {
			break
		}
		name := ""
		if l.First {
			name = fmt.Sprint(l.Guardian.Order, " ", p.whose(l.Guardian))
			name = p.standing(name, l.Guardian)
		}
		number := " " + l.Number(p.env)
		if p.moved && l.Callable() && l.Phone.ID == chosen.Phone.ID && l.Phone.E164 == chosen.Phone.E164 && l.Guardian.Person == chosen.Guardian.Person {
			number = "[" + l.Number(p.env) + "]"
		}
		note := l.Note(p.env)
		if p.narrow() {
			lines = append(lines, "  "+kit.Fit(name, who)+" "+number)
			if note != "" && len(lines) < room {
				lines = append(lines, "    "+p.env.Look.Muted(kit.Cut(note, p.right.W-4)))
			}
			continue
		}
		lines = append(lines, "  "+kit.Fit(name, who)+" "+kit.Fit(number, 17)+"  "+kit.Cut(note, max(0, p.right.W-50)))
	}
	if len(callable(h)) == 0 {
		lines = append(lines, "  "+p.env.Look.Danger("! "+p.env.Say(noNumber)))
	}
	return lines
}

// who is the columns of a guardian, with as much of what they are to the child
// as fits.
const who = 27

func (p *page) standing(name string, g data.Guardian) string {
	words := kit.Standing(p.env, g)
	for n := min(len(words), 2); n > 0; n-- {
		if all := name + " (" + strings.Join(words[:n], ", ") + ")"; kit.Width(kit.Show(all)) <= who {
			return all
		}
	}
	return name
}

// inside is what only those read who may open the card.
func (p *page) inside(c data.Card) []string {
	brothers := ""
	for i, s := range c.Siblings {
		if i > 0 {
			brothers += ", "
		}
		brothers += kit.NameOf(p.env, s.Student) + " " + p.env.Lang.Class(s.Student.ClassName)
	}
	if brothers != "" {
		brothers = p.env.Say(sibling) + brothers
	}
	then := p.env.Say(never)
	if len(c.Contacts) > 0 {
		n := c.Contacts[0]
		then = p.env.Say(last, p.env.Lang.Day(data.DayOf(n.At), p.env.Now.Today()), p.env.Lang.Channel(n.Channel), p.env.Lang.Name(n.StaffName, ""))
	}
	flags := kit.Flags(p.env, c.Tags, c.Masked)
	if !p.narrow() {
		return []string{p.two(kit.Show(brothers), kit.Show(then)), p.two(p.owed(c), flags)}
	}
	lines := append([]string{"", "  " + kit.Show(brothers), "  " + flags, "", "  " + kit.Show(then)}, p.talks(c)...)
	return append(append(lines, "", "  "+p.owed(c)), p.due(c)...)
}

// narrow reports whether the card stands at the right, where it has few
// columns and many rows.
func (p *page) narrow() bool { return p.right.X > 0 && p.right.W < 80 }

// talks are the first lines of the last contacts.
func (p *page) talks(c data.Card) (lines []string) {
	for _, t := range c.Contacts[:min(len(c.Contacts), 3)] {
		lines = append(lines, "    "+kit.Fit(p.env.Lang.Date(data.DayOf(t.At), p.env.Now.Today()), 7)+kit.Cut(kit.Gist(p.env, t), p.right.W-11))
	}
	return lines
}

// due are the open promises, as far as there is room.
func (p *page) due(c data.Card) (lines []string) {
	for _, x := range c.Promises {
		if x.State == data.PromiseOpen {
			lines = append(lines, "    "+kit.Fit(p.env.Lang.Date(x.Due, p.env.Now.Today()), 7)+kit.Cut(x.Text, p.right.W-11))
		}
	}
	return lines
}

// two puts what is drawn already into the two columns under the numbers; what
// is too long for the first has the second's room.
func (p *page) two(a, b string) string {
	if a == "" {
		return kit.Clip("  "+b, p.right.W)
	}
	return kit.Clip("  "+kit.Ends(a, "", max(27, kit.Width(a)))+"  "+b, p.right.W)
}

// owed is how many promises are open and by when the next is due.
func (p *page) owed(c data.Card) string {
	n, today := 0, p.env.Now.Today()
	var next data.Promise
	for _, x := range c.Promises {
		if x.State == data.PromiseOpen {
			if n++; next.Due.IsZero() || !x.Due.IsZero() && x.Due.Before(next.Due) {
				next = x
			}
		}
	}
	words := p.env.Say(promises, n)
	switch {
	case next.Late(today) > 0:
		return p.env.Look.Danger(words + p.env.Say(late, p.env.Lang.Deadline(next.Due, today)))
	case !next.Due.IsZero():
		words += p.env.Say(byDay, p.env.Lang.Date(next.Due, today))
	}
	return words
}
