// Package family is the family card: who is this family, whom do I call, what
// is open between us?
package family

import (
	"context"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Family > %s", "家庭 > %s")
	bare    = i18n.T("Family", "家庭")
	about   = i18n.T("Who is this family, whom do I call, what is open between us?", "这是哪一家, 打给谁, 我们之间还有什么没了?")
	open    = i18n.T("open", "打开")
	record  = i18n.T("contact", "记联系")
	copyIt  = i18n.T("copy number", "复制号码")
	past    = i18n.T("history", "往来")
	promise = i18n.T("promise", "加承诺")
	finish  = i18n.T("done", "完成")
	later   = i18n.T("postpone", "改期")
	edit    = i18n.T("edit", "改资料")
	others  = i18n.T("other family", "上/下家")
	looked  = i18n.T("who looked", "谁看过")
	section = i18n.T("section", "段")
	undo    = i18n.T("undo", "撤销")
	save    = i18n.T("save", "存")
	leave   = i18n.T("leave", "先不写")
	next    = i18n.T("next field", "下一项")

	recordWhy  = i18n.T("Starts the call's record with the chosen guardian, the clock runs", "和选中的监护人开始记, 计时开始")
	promiseWhy = i18n.T("Writes down a promise of mine, without a contact", "记一个我的承诺, 不用先记联系")
	finishWhy  = i18n.T("The chosen promise was kept", "选中的承诺做到了")
	laterWhy   = i18n.T("Another day for the chosen promise", "选中的承诺换个日子")
	lookedWhy  = i18n.T("Who has looked at this child's file, when, from where: a parent may ask", "谁看过这个孩子的资料, 何时、从哪里: 家长可能会问")
	editWhy    = i18n.T("Address, phones, best time to call; on a restricted line, what is restricted", "住址、电话、方便时间; 在受限那行改受限内容")

	release    = i18n.T("release to somebody", "放行给一个人看")
	releaseWhy = i18n.T("All of this child, to one person, for some hours; logged, and told to whom it concerns", "这个孩子的全部, 给一个人看几小时; 记入日志, 告诉有关的人")

	reading    = i18n.T(".. loading", ".. 读取中")
	nothing    = i18n.T("Nothing is chosen", "没有选中哪一行")
	noNumber   = i18n.T("There is no number to copy in this row", "这一行没有可复制的号码")
	notPromise = i18n.T("Only an open promise can be done or postponed", "只有没了的承诺能完成或改期")
	noUndo     = i18n.T("Nothing to undo within 10 minutes", "10 分钟内没有能撤销的")
	mayNot     = i18n.T("You may read this card; its class teacher writes: %s", "这张卡你能看; 能写的是班主任 %s")
	mayNotEdit = i18n.T("The class teacher and the office change these data: %s", "资料由班主任和德育处改: %s")
	closedCard = i18n.T("That card is for its own teachers: ask %s", "那张卡只给教他的老师: 可找 %s")
	noOther    = i18n.T("There is no other family in this list", "这张单子里没有别的家庭")
	didDone    = i18n.T("1 done  u undo", "已完成 1 条  u 撤销")
	didLater   = i18n.T("Postponed to %s  u undo", "改到 %s  u 撤销")
	didUndo    = i18n.T("Undone", "已撤销")
	didAdd     = i18n.T("Promise saved, due %s  u undo", "承诺已存, 期限 %s  u 撤销")
	didAddOpen = i18n.T("Promise saved  u undo", "承诺已存  u 撤销")
	notSaved   = i18n.T("! Not saved: %s", "! 没存上: %s")
	whichDay   = i18n.T("Postpone to", "改到哪天")
	whatText   = i18n.T("I promise", "我答应")
	byWhen     = i18n.T("by", "到")
)

// Deps is what the card asks the desk.
type Deps struct {
	Card        func(ctx context.Context, student int64) (data.Card, error)
	Care        func(ctx context.Context, student int64) (data.Care, error) // opens, and logs
	SavePromise func(context.Context, data.Promise) (data.Promise, error)
	Calendar    func(context.Context) (data.Calendar, error)
	Timeline    func(context.Context, data.TimelineQuery) (data.Timeline, error)
	Meetings    func(ctx context.Context, student int64) ([]data.FamilyMeeting, error)
	Draft       func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Drop        func(ctx context.Context, draft int64) error
}

// undoable is how long an action can be taken back.
const undoable = 10 * time.Minute

type page struct {
	env     *kit.Env
	deps    Deps
	student int64
	promise int64   // to be chosen when the card is there
	of      []int64 // for [ and ]

	card     kit.Load[data.Card]
	past     kit.Load[data.Timeline]
	meetings kit.Load[[]data.FamilyMeeting]
	calendar kit.Load[data.Calendar]
	saved    kit.Save[data.Promise]
	sent     change
	back     *data.Promise // what u brings back, and until when
	until    time.Time
	draft    kit.Load[data.Draft]

	care      kit.Load[data.Care] // what was opened, and until when it stands there
	careUntil time.Time

	rows  []row
	list  kit.List
	lines []string

	// columns of the card's relations, names, standings, members of staff and
	// channels: names are not cut while there is room
	who, name, standing, staff, by int

	right kit.Rect
	side  []string
	w, h  int

	asks  asks
	text  kit.Field
	day   kit.Field
	other kit.Field // another day
	fault i18n.Phrase
}

// asks is what row 22 asks for: nothing, another day, a new promise.
type asks int

const (
	nothingAsked asks = iota
	anotherDay
	newPromise
)

// New returns the card of the student with the ID of o. Of are the families
// that [ and ] go through; Draft is a promise to go on writing.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{env: env, deps: deps, student: o.ID, promise: o.Promise, of: o.Of, text: kit.NewField(whatText, ""), day: kit.NewField(byWhen, ""), other: kit.NewField(whichDay, "")}
	if o.Draft != nil {
		p.restore(*o.Draft)
		p.startAsking(newPromise)
	}
	return p
}

func (p *page) Title() i18n.Phrase {
	if s := p.card.Value.Student; s.ID != 0 {
		return title.With(i18n.Typed(p.env.Lang.Name(s.Name, s.Reading)))
	}
	return bare
}

func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.card.Busy }
func (p *page) GiveUp()            { p.card.GiveUp() }

// Stand is what the shell asks of a page: who else has this card open is told to
// those who read it.
func (p *page) Stand() data.Stand {
	if p.card.Value.Sight != data.Whole {
		return data.Stand{}
	}
	return data.Stand{On: p.on()}
}

func (p *page) on() data.Ref { return data.Ref{Kind: "student", ID: p.student} }

func (p *page) Init() tea.Cmd {
	return tea.Batch(p.ask(), p.calendar.Start(p.env.Ctx, p.deps.Calendar), p.findDraft())
}

func (p *page) ask() tea.Cmd {
	id := p.student
	return tea.Batch(p.card.Start(p.env.Ctx, func(ctx context.Context) (data.Card, error) { return p.deps.Card(ctx, id) }), p.lookBack())
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.card.Take(msg):
		return p.take()
	case p.meetings.Take(msg):
		return tea.Batch(p.tookMeetings(), p.meetings.Next())
	case p.past.Take(msg):
		p.side = p.beside()
		return nil
	case p.calendar.Take(msg):
		return nil
	case p.draft.Take(msg):
		if p.draft.Err == nil {
			p.restore(p.draft.Value)
		}
		return nil
	case p.saved.Take(msg):
		return p.tookSave()
	case p.care.Take(msg):
		return p.tookCare()
	}
	switch m := msg.(type) {
	case kit.Changed:
		if p.unmasked() && m.Touches("care", p.student) {
			p.mask()
			p.env.Note(careGone)
		}
		if m.Touches("household", p.card.Value.Student.Household) || m.Touches("student", p.student) {
			return p.ask()
		}
		return p.heardOfMeetings(m)
	case kit.Reload, kit.NewDay:
		return p.ask()
	case kit.Tick:
		p.draw()
		return nil
	case careMasked:
		if m.of == p && !p.careUntil.IsZero() && !p.unmasked() {
			p.mask()
			return p.env.Note(hiddenAgain)
		}
		return nil
	case kit.Kept: // a draft that was on its way when its promise was saved
		if m.Page == p && !p.begun() {
			return p.dropDraft()
		}
		return nil
	case widened:
		if m.of == p {
			return p.lookBack()
		}
		return nil
	}
	if p.asks != nothingAsked {
		p.text.Take(msg)
		p.day.Take(msg)
		p.other.Take(msg)
		return nil
	}
	switch p.list.Take(msg) {
	case kit.Opened:
		return p.open()
	case kit.Moved:
		p.side = p.beside()
	}
	return nil
}

// open does the obvious thing with the chosen row: call the guardian, read the
// contact, go to the sibling.
func (p *page) open() tea.Cmd {
	r, _ := p.row()
	switch {
	case r.care != "" && p.noCare() == (i18n.Phrase{}) && !p.unmasked():
		return p.flipCare()
	case r.number != nil:
		if off := p.noWriting(); off != (i18n.Phrase{}) {
			return p.env.Note(off)
		}
		return p.record()
	case r.sibling != nil && !r.sibling.Open:
		return p.env.Note(closedCard.With(i18n.Typed(p.env.Lang.Name(r.sibling.Teacher, ""))))
	case r.sibling != nil:
		return p.env.Send(kit.Open{Screen: "family", ID: r.sibling.Student.ID})
	case r.contact != nil:
		return p.env.Send(kit.Open{Screen: "history", ID: p.student, Contact: r.contact.ID, Of: p.of})
	case r.meeting != nil:
		return p.env.Send(kit.Open{Screen: string(r.meeting.Meeting.Front(p.env.Now())), ID: r.meeting.Meeting.ID})
	case r.promise != nil && r.promise.Contact != 0:
		return p.env.Send(kit.Open{Screen: "history", ID: p.student, Contact: r.promise.Contact, Of: p.of})
	}
	return nil
}

// record opens the form with the chosen guardian, else with the one called first.
func (p *page) record() tea.Cmd {
	o := kit.Open{Screen: "contact", ID: p.student}
	if r, ok := p.row(); ok && r.number != nil && !r.number.Guardian.DoNotContact {
		o.Guardian, o.Text = r.number.Guardian.Person, r.number.Phone.E164
	} else if l, ok := p.number(); ok {
		o.Guardian, o.Text = l.Guardian.Person, l.Phone.E164
	}
	return p.env.Send(o)
}

func (p *page) copy() tea.Cmd {
	l, _ := p.number()
	return p.env.Copy(data.National(l.Phone.E164))
}

func (p *page) history() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "history", ID: p.student, Of: p.of})
}

func (p *page) edit() tea.Cmd {
	o := kit.Open{Screen: "familyedit", ID: p.student}
	switch r, ok := p.row(); {
	case ok && r.number != nil:
		o.Guardian = r.number.Guardian.Person
	case ok && r.care != "":
		p.mask()
		return p.env.Send(kit.Open{Screen: "care", ID: p.student})
	}
	return p.env.Send(o)
}

func (p *page) neighbour(step int) tea.Cmd {
	i := slices.Index(p.of, p.student)
	if i < 0 || len(p.of) < 2 {
		return p.env.Note(noOther)
	}
	return p.env.Send(kit.Open{Screen: "family", ID: p.of[(i+step+len(p.of))%len(p.of)], Of: p.of, Replace: true})
}
