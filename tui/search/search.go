// Package search is the palette that finds a family from anywhere: the phone
// rings, a name is said, and two to four keys later the numbers are there.
package search

import (
	"context"
	"strings"
	"unicode"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Find a family", "找家庭")
	about   = i18n.T("Which family is calling?", "是哪一家打来的?")
	open    = i18n.T("family card", "家庭卡")
	record  = i18n.T("contact now", "记联系")
	copyIt  = i18n.T("copy number", "复制号码")
	another = i18n.T("next number", "换号码")
	emptyIt = i18n.T("clear", "清空")
	leave   = i18n.T("close", "关闭")
	urgent  = i18n.T("emergency", "紧急")

	openWhy    = i18n.T("Opens the family card of the chosen hit; may be typed blind", "打开选中的家庭卡; 不看屏幕也能按")
	recordWhy  = i18n.T("Records a contact at once, the clock runs", "马上记一次联系, 计时开始")
	copyWhy    = i18n.T("Sends the number to your computer's clipboard", "把号码送到你电脑的剪贴板")
	anotherWhy = i18n.T("Goes to the family's next number", "换到这家的下一个号码")
	clearWhy   = i18n.T("Empties the query", "清空要找的字")
	urgentWhy  = i18n.T("Any child of the school, by exact name or number, for two hours, with a reason", "全校任何一个孩子, 按全名或学号, 两小时, 要写原因")
	leaveWhy   = i18n.T("Back to the same screen", "回到刚才的屏")

	nobody   = i18n.T("Nobody by that name. Try initials, digits of the phone, or the class", "没有叫这个的。试拼音首字母、电话里的数字, 或班级")
	noNumber = i18n.T("No number to call", "没有可打的号码")
	noFamily = i18n.T("You have had no family yet: type a name", "还没有联系过哪一家: 打个名字")
	failed   = i18n.T("! Not found out: %s. f5 again", "! 没找成: %s。f5 再试")
)

// How many hits are read, and how many families stand there before anything
// was typed.
const (
	most   = 50
	recent = 10
)

// longest is how many characters a query has, so that it fits its row.
const longest = 28

// Deps is what the palette asks the desk.
type Deps struct {
	Find func(ctx context.Context, q string, limit int) (data.Found, error)
	Card func(ctx context.Context, student int64) (data.Card, error)
}

// An answer is what was found, and for which query.
type answer struct {
	text string
	data.Found
}

type page struct {
	env   *kit.Env
	deps  Deps
	query kit.Field
	found kit.Load[answer]
	text  string // the query whose answer the list shows
	list  kit.List
	card  kit.Load[data.Card]
	of    int64 // whose card was asked for
	line  int   // which of the chosen family's numbers; it starts with the one that was typed
	moved bool  // tab chose the number
	known bool  // an answer was there

	then func() tea.Cmd // what enter wants, once the answer to what was typed is there
	held []tea.Msg      // and what was typed after it, for the page that opens then

	w, h  int
	right kit.Rect // the card's part of the body
	table kit.Table
	rows  []string
	lower []string
}

// New returns the palette. It reads Text of o: what was typed already.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{env: env, deps: deps, query: kit.NewField(title, "")}
	p.query.Most(longest)
	p.query.SetValue(strings.TrimSpace(data.Line(o.Text)))
	p.query.Focus()
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.found.Busy }

// GiveUp also forgets what was to be done with the answer, and the hits of an
// earlier query: they are not to be opened by mistake.
func (p *page) GiveUp() {
	p.found.GiveUp()
	p.found.Value = answer{}
	p.then, p.held = nil, nil
	p.list.Keep(nil)
	p.draw()
}

func (p *page) Init() tea.Cmd { return p.ask() }

func (p *page) Actions() []kit.Action {
	if p.then != nil { // every key but the shell's own is held for what comes
		return nil
	}
	blind := p.blind()
	return []kit.Action{
		{Key: "enter", Label: open, Help: openWhy, Never: blind, When: p.none, Do: func() tea.Cmd { return p.once(p.open) }},
		{Key: "ctrl+t", Label: record, Help: recordWhy, Never: blind, When: p.none, Do: func() tea.Cmd { return p.once(p.record) }},
		{Key: "ctrl+y", Label: copyIt, Help: copyWhy, Never: blind, When: p.none, Do: func() tea.Cmd { return p.once(p.copy) }},
		{Key: "tab", Label: another, Help: anotherWhy, Never: blind, When: p.none, Do: p.next},
		{Key: "f8", Label: urgent, Help: urgentWhy, Never: p.env.Me.MayOpenInEmergency(p.env.Now()) != nil, Do: p.emergency},
		{Key: "ctrl+u", Label: emptyIt, Help: clearWhy, Do: p.empty},
		{Key: "esc", Label: leave, Help: leaveWhy, Do: p.env.Back},
	}
}

// none says that there is nobody to open. While the answer is under way nobody
// knows yet.
func (p *page) none() i18n.Phrase {
	if !p.found.Busy && p.found.Err == nil && len(p.hits()) == 0 {
		return nobody
	}
	return i18n.Phrase{}
}

func (p *page) hits() []data.Hit { return p.found.Value.Hits }

// hit is the chosen one.
func (p *page) hit() (data.Hit, bool) {
	if hits := p.hits(); p.list.At < len(hits) {
		return hits[p.list.At], true
	}
	return data.Hit{}, false
}

// once does a thing to the best answer to what was typed: now if it is there,
// else when it arrives. What stands on the screen meanwhile is the answer to
// something else.
func (p *page) once(do func() tea.Cmd) tea.Cmd {
	if p.found.Busy {
		p.then = do
		return nil
	}
	return do()
}

func (p *page) open() tea.Cmd {
	h, ok := p.hit()
	if !ok {
		return p.env.Note(nobody)
	}
	return p.env.Send(kit.Open{Screen: "family", ID: h.Student.ID, Of: p.all(), Replace: true})
}

func (p *page) record() tea.Cmd {
	h, ok := p.hit()
	if !ok {
		return p.env.Note(nobody)
	}
	l, _ := p.number(h)
	return p.env.Send(kit.Open{Screen: "contact", ID: h.Student.ID, Guardian: l.Guardian.Person, Text: l.Phone.E164, Replace: true})
}

func (p *page) copy() tea.Cmd {
	h, ok := p.hit()
	if !ok {
		return p.env.Note(nobody)
	}
	l, ok := p.number(h)
	if !ok {
		return p.env.Note(noNumber)
	}
	return p.env.Copy(data.National(l.Phone.E164))
}

// emergency goes on to the form that opens any child of the school. What was
// typed goes with it; of letters, which name nobody for certain, the chosen hit.
func (p *page) emergency() tea.Cmd {
	text := strings.TrimSpace(p.query.Value())
	if h, ok := p.hit(); ok && !p.found.Busy && text == strings.Map(letter, text) {
		text = h.Student.Name + " " + h.Student.ClassName.String()
	}
	return p.env.Send(kit.Open{Screen: "emergency", Text: text, Replace: true})
}

// letter keeps what pinyin is written with.
func letter(r rune) rune {
	if unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) {
		return r
	}
	return -1
}

// all is the hits in order, for [ and ] on the card.
func (p *page) all() (ids []int64) {
	for _, h := range p.hits() {
		ids = append(ids, h.Student.ID)
	}
	return ids
}

// callable are the numbers that tab goes through.
func callable(h data.Hit) (out []kit.Line) {
	for _, l := range kit.Lines(h.Guardians) {
		if l.Callable() {
			out = append(out, l)
		}
	}
	return out
}

// number is the number that was chosen: the one on the phone's display if it
// was typed, else the first in calling order, then whatever tab went to.
func (p *page) number(h data.Hit) (kit.Line, bool) {
	ls := callable(h)
	if len(ls) == 0 {
		return kit.Line{}, false
	}
	return ls[(dialled(ls, p.text)+p.line)%len(ls)], true
}

// dialled is the place of the number that holds the digits of the query.
func dialled(ls []kit.Line, query string) int {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, query)
	if len(digits) < 3 {
		return 0
	}
	for i, l := range ls {
		if strings.Contains(l.Phone.E164, digits) {
			return i
		}
	}
	return 0
}

func (p *page) next() tea.Cmd {
	if h, ok := p.hit(); ok && !p.found.Busy && len(callable(h)) > 1 {
		p.line, p.moved = (p.line+1)%len(callable(h)), true
		p.rows[p.list.At] = ""
		p.draw()
	}
	return nil
}

func (p *page) empty() tea.Cmd {
	p.query.Reset()
	return p.ask()
}

// ask asks for what was typed. The newest asking counts.
func (p *page) ask() tea.Cmd {
	text, limit, find := strings.TrimSpace(p.query.Value()), most, p.deps.Find
	if text == "" {
		limit = recent
	}
	return p.found.Start(p.env.Ctx, func(ctx context.Context) (answer, error) {
		f, err := find(ctx, text, limit)
		return answer{text, f}, err
	})
}

// look asks for the card of the chosen hit. It forgets the card of another: no
// family's contacts may stand under another's name.
func (p *page) look() tea.Cmd {
	h, ok := p.hit()
	if !ok {
		p.of = 0
		p.card.Forget()
		return nil
	}
	if h.Student.ID != p.of {
		p.of = h.Student.ID
		p.card.Forget()
	}
	id, get := p.of, p.deps.Card
	return p.card.Start(p.env.Ctx, func(ctx context.Context) (data.Card, error) { return get(ctx, id) })
}

// Update takes answers, changes, and what is typed.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.found.Take(msg):
		return p.answered()
	case p.card.Take(msg):
		p.draw()
		return nil
	}
	switch m := msg.(type) {
	case kit.Changed:
		return p.changed(m)
	case kit.Reload:
		return p.ask()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		if p.then != nil {
			p.held = append(p.held, msg)
			return nil
		}
		if _, ok := msg.(tea.PasteMsg); ok {
			return p.typed(msg)
		}
		return p.choose(msg)
	}
	return nil
}

func (p *page) key(m tea.KeyPressMsg) tea.Cmd {
	if p.then != nil {
		p.held = append(p.held, m)
		return nil
	}
	switch m.String() {
	case "up", "down", "pgup", "pgdown":
		return p.choose(m)
	}
	return p.typed(m)
}

func (p *page) typed(msg tea.Msg) tea.Cmd {
	if !p.query.Take(msg) {
		return nil
	}
	return p.ask()
}

// choose gives the list what moves its choice.
func (p *page) choose(msg tea.Msg) tea.Cmd {
	switch p.list.Take(msg) {
	case kit.Moved:
		p.rest()
		cmd := p.look()
		p.draw()
		return cmd
	case kit.Opened:
		return p.once(p.open)
	}
	return nil
}

// rest goes back to the first number of the chosen family.
func (p *page) rest() { p.line, p.moved = 0, false }

// answered shows what was found, its best match chosen, and does what waited
// for it. An answer to the same query again keeps the choice.
func (p *page) answered() tea.Cmd {
	a := p.found.Value
	if p.found.Err != nil { // the hits of another query are not to be opened by mistake
		p.found.Value = answer{}
		p.then, p.held = nil, nil
		p.env.Note(failed.With(i18n.Reason(p.found.Err)))
		a.text = p.text
	}
	p.list.Keep(p.all())
	if a.text != p.text || p.of == 0 {
		p.list.To(0)
	}
	if h, ok := p.hit(); !ok || h.Student.ID != p.of || a.text != p.text {
		p.rest()
	}
	p.text, p.known = a.text, true
	p.fit()
	var cmd tea.Cmd
	if a.text != "" || p.of != 0 || len(p.hits()) == 0 {
		cmd = p.look()
	} // of the families that stand there before anything was typed nobody has looked at one yet: a look is logged
	p.draw()
	if p.then == nil {
		return cmd
	}
	then, held := p.then, p.held
	p.then, p.held = nil, nil
	done := then()
	for _, msg := range held {
		p.env.Send(msg)
	}
	return tea.Batch(cmd, done)
}

// changed asks again if something shown was saved.
func (p *page) changed(c kit.Changed) tea.Cmd {
	for _, h := range p.hits() {
		if c.Touches("student", h.Student.ID) || c.Touches("household", h.Student.Household) {
			return p.ask()
		}
	}
	return nil
}
