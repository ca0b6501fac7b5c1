package history

import (
	"context"
	"fmt"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	readTitle = i18n.T("Contact %s %s", "联系记录 %s %s")
	readBare  = i18n.T("Contact", "联系记录")
	readAbout = i18n.T("What exactly was said, and what was agreed?", "到底说了什么, 约了什么?")
	copyIt    = i18n.T("copy", "复制")
	otherOne  = i18n.T("other contact", "上/下一条")
	noOlder   = i18n.T("That is the end of the list", "到头了")
	noText    = i18n.T("There is no text to copy", "没有可复制的内容")

	notRead   = i18n.T("[%s] You cannot read this one", "[%s] 你看不到这条的内容")
	levelIs   = i18n.T("Level", "级别")
	youAre    = i18n.T("You are", "你是")
	youKnow   = i18n.T("You may know", "你能知道")
	askThem   = i18n.T("Ask", "可找")
	knowThis  = i18n.T("that there was this %s, its date, and who had it", "有这次%s、日期、谁谈的")
	askAuthor = i18n.T("%s, who wrote it, or the principal", "%s (写的人), 或校长")
	youCan    = i18n.T("You can", "你可以")
	theRule   = i18n.T("Rule", "规则")
	ruleText  = i18n.T("Restricted: the class teacher, the surrogate parent, the office and the principal read it. Secret: its writer, the principal and those it names. That you were refused is logged.",
		"受限的给班主任、代理家长、德育处和校长看; 保密的只给写的人、校长和点名的人。这次被拦已记入日志。")
	levelFor = map[data.Level]i18n.Phrase{
		data.ClassOnly:  i18n.T("class: class teacher, surrogate parent, grade head, office, principal", "班内: 班主任、代理家长、年级组长、德育处、校长"),
		data.Restricted: i18n.T("restricted: class teacher, surrogate parent, office, principal", "受限: 班主任、代理家长、德育处、校长"),
		data.Secret:     i18n.T("secret: its writer, the principal and those it names", "保密: 写的人、校长和点名的人"),
	}
)

// A reader shows one contact whole, or says who may read it. It asks the desk:
// what a list shows and what one may read are two things, and reading and
// being refused are both logged.
type reader struct {
	env     *kit.Env
	deps    Deps
	id      int64
	of      []int64 // the contacts that [ and ] go through
	contact kit.Load[data.Contact]
	noted   kit.Load[data.Contact] // with its private note, once that was opened
	until   time.Time              // when the note is masked again
	asks    asking                 // what row 22 asks for
	why     kit.Field
	fault   i18n.Phrase
	sent    kit.Save[asking]
	at      int // the chosen one of what one can do about a record that one may not read
	top     int
	w, h    int
	lines   []string
}

func newReader(env *kit.Env, deps Deps, id int64, of []int64) kit.Page {
	return &reader{env: env, deps: deps, id: id, of: of, why: kit.NewField(whyField, "")}
}

func (p *reader) Title() i18n.Phrase {
	c := p.contact.Value
	if c.ID == 0 {
		return readBare
	}
	return readTitle.With(p.env.Lang.Date(data.DayOf(c.At), p.env.Now.Today()), p.env.Lang.Channel(c.Channel))
}

func (p *reader) About() i18n.Phrase { return readAbout }
func (p *reader) Waiting() bool      { return p.contact.Busy || p.sent.Busy }
func (p *reader) Storing() bool      { return p.sent.Busy }
func (p *reader) GiveUp()            { p.contact.GiveUp() }

func (p *reader) Init() tea.Cmd {
	id := p.id
	return p.contact.Start(p.env.Ctx, func(ctx context.Context) (data.Contact, error) { return p.deps.Contact(ctx, id) })
}

func (p *reader) Actions() []kit.Action {
	if p.asks != nothingAsked || p.refusal() {
		return p.acts()
	}
	return []kit.Action{
		{Key: "y", Label: copyIt, When: p.nothing, Do: func() tea.Cmd { return p.env.Copy(p.contact.Value.Summary) }},
		{Key: "e", Label: correct, Help: correctWhy, When: p.mayCorrect, Do: p.correct},
		{Key: "v", Label: note, Help: noteWhy, When: p.noNote, Rare: p.contact.Value.Note < data.Whole, Do: p.flipNote},
		{Key: "w", Label: nameThem, Help: nameWhy, When: p.noNaming, Rare: p.noNaming() != (i18n.Phrase{}), Do: p.naming},
		{Key: "d", Label: remove, Help: removeWhy, When: p.noRemoval, Rare: true, Do: func() tea.Cmd { return p.ask(askedRemoval) }},
		{Key: "[", As: "[ ]", Label: otherOne, Do: func() tea.Cmd { return p.neighbour(-1) }},
		{Key: "]", Label: otherOne, Rare: true, Do: func() tea.Cmd { return p.neighbour(1) }},
	}
}

func (p *reader) nothing() i18n.Phrase {
	if p.contact.Value.Summary == "" {
		return noText
	}
	return i18n.Phrase{}
}

func (p *reader) mayCorrect() i18n.Phrase {
	if c := p.contact.Value; c.ID == 0 || !c.MayEdit {
		return notYours
	}
	return i18n.Phrase{}
}

func (p *reader) correct() tea.Cmd {
	c := p.contact.Value
	return p.env.Send(kit.Open{Screen: "contact", ID: c.Students[0], Contact: c.ID})
}

// neighbour goes to the contact after or before this one in the list.
func (p *reader) neighbour(step int) tea.Cmd {
	for i, id := range p.of {
		if id == p.id && i+step >= 0 && i+step < len(p.of) {
			p.id, p.top, p.lines = p.of[i+step], 0, nil
			p.contact.Forget()
			p.mask()
			return p.Init()
		}
	}
	return p.env.Note(noOlder)
}

func (p *reader) Update(msg tea.Msg) tea.Cmd {
	if p.contact.Take(msg) {
		if p.contact.Err != nil && p.contact.Value.ID != 0 { // what is read goes on being read
			return p.env.Note(kit.NotRead(p.contact.Err))
		}
		if p.contact.Err != nil {
			return p.env.Send(kit.Back{Page: p, Said: i18n.Reason(p.contact.Err)})
		}
		p.Layout(p.w, p.h)
		return nil
	}
	switch {
	case p.noted.Take(msg):
		return p.tookNote()
	case p.sent.Take(msg):
		return p.tookSent()
	}
	if p.asks != nothingAsked {
		if p.why.Take(msg) {
			p.fault = i18n.Phrase{}
		}
		if _, typed := msg.(tea.KeyPressMsg); typed {
			return nil
		}
	}
	switch m := msg.(type) {
	case kit.Changed:
		if m.Touches("contact", p.id) {
			p.mask()
			return p.Init()
		}
	case noteMasked:
		if m.of == p && !p.until.IsZero() && !p.unmasked() {
			p.mask()
			p.Layout(p.w, p.h)
			return p.env.Note(noteHidden)
		}
	case kit.Reload:
		return p.Init()
	case tea.KeyPressMsg:
		p.scroll(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -p.h, "pgdown": p.h, "home": -len(p.lines), "end": len(p.lines), "G": len(p.lines)}[m.String()])
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			p.scroll(-3)
		} else {
			p.scroll(3)
		}
	}
	return nil
}

func (p *reader) scroll(by int) { p.top = max(0, min(p.top+by, len(p.lines)-p.h)) }

// Layout wraps the text.
func (p *reader) Layout(w, h int) {
	p.w, p.h = w, h
	c := p.contact.Value
	if p.unmasked() {
		c.Private = p.noted.Value.Private
	}
	switch {
	case c.ID == 0:
	case c.Sight < data.Whole:
		p.lines = p.refused(c)
	default:
		p.lines = fullText(p.env, c, w, 0)
	}
	p.scroll(0)
}

// refused says what there is, who may read it, and whom to ask.
func (p *reader) refused(c data.Contact) []string {
	env := p.env
	row := func(label i18n.Phrase, text string) string {
		return "  " + kit.Fit(env.Say(label), 13) + kit.Cut(text, p.w-16)
	}
	out := []string{"", env.Look.Restricted(kit.Head(env.Say(notRead, env.Lang.Level(c.Level)), "", p.w)),
		row(levelIs, env.Say(levelFor[c.Level])), row(youAre, env.Lang.Who(env.Me, env.Now())),
		row(youKnow, env.Say(knowThis, env.Lang.Channel(c.Channel))), row(askThem, env.Say(askAuthor, env.Lang.Name(c.StaffName, ""))),
		"", kit.Head(env.Say(youCan), "", p.w)}
	who := env.Lang.Name(c.StaffName, "")
	for i, one := range []struct{ name, is i18n.Phrase }{{askWhy, askWhyIs.With(who)}, {askIn, askInIs.With(who)}, {seeOthers, seeOthersIs}} {
		mark := "  "
		if i == p.at {
			mark = "> "
		}
		line := kit.Pad(mark+fmt.Sprint(i+1, " ", kit.Fit(env.Say(one.name), 22), env.Say(one.is)), p.w)
		if i == p.at {
			line = env.Look.Chosen(kit.Clip(line, p.w))
		}
		out = append(out, line)
	}
	out = append(out, "", kit.Head(env.Say(theRule), "", p.w))
	for _, l := range kit.Wrap(env.Say(ruleText), p.w-4) {
		out = append(out, "  "+l)
	}
	return out
}

// View draws the part of the text that fits.
func (p *reader) View() kit.Frame {
	env, c := p.env, p.contact.Value
	if c.ID == 0 {
		return kit.Frame{Body: kit.Block(nil, p.w, p.h)}
	}
	words := []string{env.Lang.Name(c.StudentName, "") + " " + env.Lang.Class(c.ClassName), data.DayOf(c.At).String() + " " +
		env.Lang.Weekday(data.DayOf(c.At).Weekday()) + " " + env.Lang.Clock(c.At), env.Lang.Name(c.StaffName, ""), env.Lang.Channel(c.Channel)}
	if c.Minutes > 0 {
		words = append(words, env.Lang.Minutes(time.Duration(c.Minutes)*time.Minute))
	}
	f := kit.Frame{Scope: " " + kit.Cut(strings.Join(words, "  "), p.w-1), Body: kit.Block(p.lines[min(p.top, len(p.lines)):], p.w, p.h)}
	if p.asks != nothingAsked {
		f.Status, f.Cursor = p.asked()
	} else if len(p.lines) > p.h {
		f.Status = " " + env.Say(lineSpan, p.top+1, min(p.top+p.h, len(p.lines)), len(p.lines))
	}
	return f
}

var lineSpan = i18n.T("lines %d-%d / %d", "第 %d-%d 行 / %d")
