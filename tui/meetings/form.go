package meetings

import (
	"context"
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	newTitle  = i18n.T("Meetings > new", "会议 > 新会议")
	editTitle = i18n.T("Meetings > change", "会议 > 改会议")
	thisOne   = i18n.T("this meeting", "这个会")

	wKind      = i18n.T("Kind", "类型")
	wDay       = i18n.T("Day", "日期")
	wAt        = i18n.T("Begins", "开始")
	wMinutes   = i18n.T("Minutes", "时长")
	wTitle     = i18n.T("Theme", "主题")
	wPlace     = i18n.T("Place", "地点")
	wChair     = i18n.T("Chair", "主持")
	wSecretary = i18n.T("Secretary", "秘书")
	wPlan      = i18n.T("Plan: what it is for", "方案: 开这个会做什么")

	filledIn  = i18n.T("Filled in for you: change what differs, ctrl+s calls it", "已替你填好: 改不一样的, ctrl+s 就建好")
	asStored  = i18n.T("As it stands", "现在是这样")
	bringsOn  = i18n.T("with %d points, %d min", "带 %d 项议程, %d 分钟")
	endsAt    = i18n.T("ends %s", "到 %s")
	noticeBy  = i18n.T("notice by %s", "通知最迟 %s")
	dayIs     = i18n.T("= %s  %s", "= %s  %s")
	ofDay     = i18n.T("%s: %s", "%s %s")
	isDayOff  = i18n.T("no school", "不上课")
	isPast    = i18n.T("that is over already", "已经过去了")
	lateFor   = i18n.T("too late for the notice, which wants %d working days", "来不及提前 %d 个工作日通知")
	tellAnew  = i18n.T("the families know the old time: tell them again", "家长知道的是旧时间: 记得再通知")
	roomOf    = i18n.T("room of %s", "%s教室")
	onlineAt  = i18n.T("online", "线上")
	called    = i18n.T("%s is called: prepare it here", "%s 已建好: 在这里接着准备")
	whoIs     = i18n.T("%s  %s", "%s  %s")
	twoPeople = i18n.T("chair and secretary are two people", "主持和秘书要两个人")
)

// The fields, named as data's rules name them.
const (
	inKind      = "kind"
	inStarts    = "starts"
	inAt        = "at"
	inEnds      = "ends"
	inTitle     = "title"
	inPlace     = "place"
	inChair     = "chair"
	inSecretary = "secretary"
	inPlan      = "plan"
)

// A calling is a meeting as the form writes it: when it is, in three fields.
type calling struct {
	data.Meeting
	Day     data.Date
	At      int // minutes after midnight
	Minutes int
}

func callingOf(m data.Meeting) calling {
	at := m.Starts.In(data.China)
	return calling{Meeting: m, Day: data.DayOf(m.Starts), At: at.Hour()*60 + at.Minute(), Minutes: int(m.Ends.Sub(m.Starts).Minutes())}
}

// meeting is the meeting that is stored.
func (c calling) meeting() data.Meeting {
	m := c.Meeting
	m.Starts, m.Ends = time.Time{}, time.Time{}
	if !c.Day.IsZero() {
		m.Starts = c.Day.Start().Add(time.Duration(c.At) * time.Minute)
		m.Ends = m.Starts.Add(time.Duration(c.Minutes) * time.Minute)
	}
	return m.Tidy()
}

func check(c calling) error { return c.meeting().Check() }

// around is what the form knows before it is filled in: who may lead and write, the
// school's days, the class, and its newest meeting, which the next one is like.
type around struct {
	people   []data.Participant
	calendar data.Calendar
	class    data.ClassName
	last     data.Meeting
	meeting  data.Meeting // the one that is changed
}

type form struct {
	kit.Sheet[calling]
	deps  Deps
	id    int64 // the meeting that is changed; 0: a new one
	class int64
	day   data.Date // on which a new one is wanted; zero: none

	about   kit.Load[around]
	clashes kit.Load[[]data.Clash]
	asked   data.Meeting // of which the clashes were asked
	kind    data.MeetingKind
	fresh   kit.Place // holds what the form put there: the first character replaces it
}

// NewNew returns the form of a new meeting of the class o.ID, on the day that Text
// of o names; without a class, it asks which one where there are several.
func NewNew(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.ID == 0 {
		if o.ID = home(env); o.ID == 0 {
			return newWhich(env, deps, o)
		}
	}
	return newForm(env, deps, o, 0, o.ID)
}

// NewEdit returns the form that changes the meeting o.ID.
func NewEdit(env *kit.Env, deps Deps, o kit.Open) kit.Page { return newForm(env, deps, o, o.ID, 0) }

// home is the one class for which the person calls meetings; 0 for those who do so
// for several.
func home(env *kit.Env) int64 {
	now := env.Now()
	scope, _ := env.Me.Meets(now)
	own := env.Me.Own(now)
	if len(own) != 1 || scope.All {
		return 0
	}
	for _, c := range scope.Classes {
		if c != own[0] && env.Me.MayCallMeeting(now, c) == nil {
			return 0
		}
	}
	return own[0]
}

func newForm(env *kit.Env, deps Deps, o kit.Open, id, class int64) *form {
	p := &form{deps: deps, id: id, class: class}
	if day, err := data.ParseDate(o.Text); err == nil {
		p.day = day
	}
	lang := env.Lang
	object, head := data.Ref{Kind: "class", ID: class}, filledIn
	if id != 0 {
		object, head = data.Ref{Kind: "meeting", ID: id}, asStored
	}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[calling]{
		Kind: "meeting", Object: object, What: thisOne, Draft: deps.Draft, Check: check, Adds: id == 0,
		Stored: func(ctx context.Context) (calling, error) {
			v, err := deps.Meeting(ctx, id)
			if err == nil && !v.MayRun {
				err = data.ErrForbidden
			}
			return callingOf(v.Meeting), err
		},
		Save: func(ctx context.Context, c calling) (calling, error) {
			m := c.meeting()
			if id == 0 {
				m.Agenda = agenda(lang, m.Kind)
			}
			m, err := deps.Save(ctx, m, object)
			return callingOf(m), err
		},
	},
		kit.OneOf(inKind, wKind, data.MeetingKinds, i18n.Lang.MeetingKind, func(c *calling) *data.MeetingKind { return &c.Kind }).Under(head),
		kit.Typed(inStarts, wDay, 12, p.parseDay, func(_ i18n.Lang, d data.Date) string { return kit.DayWord(env, d) },
			func(c *calling) *data.Date { return &c.Day }).With(p.dayNote).Warning(p.dayWarn),
		kit.Typed(inAt, wAt, 10, data.ParseClock, clock, func(c *calling) *int { return &c.At }).Warning(func() string { return p.clash(func(c data.Clash) bool { return c.Home }) }),
		kit.Typed(inEnds, wMinutes, 4, minutes, func(_ i18n.Lang, n int) string { return strconv.Itoa(n) }, func(c *calling) *int { return &c.Minutes }).With(p.endNote),
		kit.Short(inTitle, wTitle, 80, func(c *calling) *string { return &c.Title }),
		kit.Short(inPlace, wPlace, 60, func(c *calling) *string { return &c.Place }).Warning(func() string { return p.clash(func(c data.Clash) bool { return c.Place }) }),
		kit.PickFrom(inChair, wChair, func(calling) []int64 { return p.people() }, p.person, func(c *calling) *int64 { return &c.Chair }).Warning(func() string { return p.clash(func(c data.Clash) bool { return c.Chair }) }),
		kit.PickFrom(inSecretary, wSecretary, func(calling) []int64 { return p.people() }, p.person, func(c *calling) *int64 { return &c.Secretary }).Warning(p.secretaryWarn),
		kit.Text(inPlan, wPlan, 4000, 3, func(c *calling) *string { return &c.Plan }),
	)
	p.Moved = func(_, to kit.Place) { p.fresh = to }
	p.Whose = func(c calling) string {
		return strings.TrimSpace(env.Lang.Class(p.about.Value.class) + "  " + kit.Show(c.Meeting.Number()))
	}
	p.About = func(c calling) data.Draft {
		return data.Draft{Class: p.about.Value.class, Preview: p.line(inTitle).Value()}
	}
	if id == 0 {
		p.Record.Done = p.goOn
	} else {
		p.Record.On = object
	}
	return p
}

func (p *form) Title() i18n.Phrase {
	if p.id == 0 {
		return newTitle
	}
	return editTitle
}

// Init reads what there is to choose from; then the form is filled in.
func (p *form) Init() tea.Cmd {
	deps, id, class := p.deps, p.id, p.class
	return p.about.Start(p.Env.Ctx, func(ctx context.Context) (around, error) { return readAround(ctx, deps, id, class) })
}

func readAround(ctx context.Context, deps Deps, id, class int64) (a around, err error) {
	if id != 0 {
		v, err := deps.Meeting(ctx, id)
		if err != nil {
			return a, err
		}
		if !v.MayRun {
			return a, data.ErrForbidden
		}
		a.meeting, a.class, class = v.Meeting, v.ClassName, v.Class
	}
	if a.people, err = deps.People(ctx, class); err != nil {
		return a, err
	}
	if a.calendar, err = deps.Calendar(ctx); err != nil || id != 0 {
		return a, err
	}
	all, err := deps.Classes(ctx)
	for _, c := range all {
		if c.Class == class {
			a.class = c.Name
		}
	}
	if err != nil {
		return a, err
	}
	l, err := deps.Meetings(ctx, data.MeetingQuery{Class: class, Limit: 1})
	if len(l.Lines) > 0 {
		a.last = l.Lines[0].Meeting
	}
	return a, err
}

func (p *form) Waiting() bool { return p.about.Busy || p.Sheet.Waiting() }
func (p *form) GiveUp()       { p.about.GiveUp(); p.Sheet.GiveUp() }

// Update takes what was read, then what is typed: the first character replaces what
// the form put into a field of time, up and down step it, another kind brings what
// belongs to it, and what stands in the way is asked anew.
func (p *form) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.about.Take(msg):
		if p.about.Err != nil {
			p.Lost = p.about.Err
			return p.Env.Note(kit.NotRead(p.about.Err))
		}
		if p.id == 0 {
			begun := p.begin(p.about.Value)
			p.Record.Stored = func(context.Context) (calling, error) { return begun, nil }
		}
		return p.Sheet.Init()
	case p.clashes.Take(msg):
		return nil
	}
	if _, ok := msg.(kit.Reload); ok && p.about.Err != nil {
		p.Lost = nil
		return p.Init()
	}
	if key, ok := msg.(tea.KeyPressMsg); ok && p.Known && p.Clash == nil && !p.Claim.Else {
		if p.step(key.String()) {
			return p.follow()
		}
		if key.Text != "" {
			p.replace()
		}
	}
	if _, ok := msg.(tea.PasteMsg); ok && p.Known {
		p.replace()
	}
	return tea.Batch(p.Sheet.Update(msg), p.follow())
}

// timed reports whether a field is a day or a time, of which the form says when.
func timed(at kit.Place) bool { return at.Field == inStarts || at.Field == inAt || at.Field == inEnds }

func (p *form) replace() {
	if at := p.Here(); at == p.fresh && timed(at) {
		p.Line(at).SetValue("")
	}
	p.fresh = kit.Place{}
}

// step takes up and down in a field of time: a day, or five minutes.
func (p *form) step(key string) bool {
	at, by := p.Here(), map[string]int{"up": 1, "down": -1}[key]
	if by == 0 || !timed(at) {
		return false
	}
	f := p.Line(at)
	switch at.Field {
	case inStarts:
		if d, err := p.parseDay(f.Value()); err == nil {
			f.SetValue(kit.DayWord(p.Env, d.AddDays(by)))
		}
	case inAt:
		if n, err := data.ParseClock(f.Value()); err == nil {
			f.SetValue(clock(p.Env.Lang, (n/5*5+5*by+24*60)%(24*60)))
		}
	case inEnds:
		if n, err := minutes(f.Value()); err == nil && n+5*by > 0 {
			f.SetValue(strconv.Itoa(n + 5*by))
		}
	}
	p.Right(at)
	p.Edited, p.fresh = true, kit.Place{}
	return true
}

// follow brings what belongs to another kind, and asks what stands in the way of
// the meeting as it is written now.
func (p *form) follow() tea.Cmd {
	if !p.Known {
		return nil
	}
	now := p.typed()
	if p.kind != "" && now.Kind != p.kind {
		p.become(p.kind, now.Kind)
		now = p.typed()
	}
	p.kind = now.Kind
	m := now.meeting()
	want := data.Meeting{ID: p.id, Class: m.Class, Kind: m.Kind, Starts: m.Starts, Ends: m.Ends, Place: m.Place, Chair: m.Chair, Secretary: m.Secretary}
	if same(want, p.asked) {
		return nil
	}
	p.asked = want
	if want.Starts.IsZero() || !want.Ends.After(want.Starts) {
		p.clashes.Forget()
		return nil
	}
	ask := p.deps.Clashes
	return p.clashes.Start(p.Env.Ctx, func(ctx context.Context) ([]data.Clash, error) { return ask(ctx, want) })
}

func same(a, b data.Meeting) bool {
	return a.Class == b.Class && a.Kind == b.Kind && a.Starts.Equal(b.Starts) && a.Ends.Equal(b.Ends) && a.Place == b.Place && a.Chair == b.Chair && a.Secretary == b.Secretary
}

// A made tells the list below which meeting was called: it is chosen there.
type made struct {
	id  int64
	day data.Date
}

// goOn leaves the form for the preparation of the meeting that was called.
func (p *form) goOn(c calling) tea.Cmd {
	p.Env.Send(kit.Back{Page: p, Said: p.SavedWords(called.With(c.Meeting.Number())), Gives: made{c.ID, c.Day}})
	return p.Env.Send(kit.Open{Screen: string(data.FrontPreparation), ID: c.ID})
}
