package preparation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	hTopic   = i18n.T("Topic", "议题")
	hAsked   = i18n.T("Proposed by", "提出人")
	hWhen    = i18n.T("When", "提出")
	hMinutes = i18n.T("Min", "分钟")
	hState   = i18n.T("State", "状态")
	waits    = i18n.T("%s %d days", "%s %d 天")
	noTopics = i18n.T("Nobody has proposed a topic. n proposes one; any teacher of the class may", "还没有人提议题。n 提一个; 这个班的老师都能提")

	aApprove   = i18n.T("approve", "批准")
	aGiveBack  = i18n.T("give back", "退回")
	aPropose   = i18n.T("propose", "提议题")
	aToItem    = i18n.T("its place", "看议程")
	approveWhy = i18n.T("Takes the topic into the agenda; asks for how many minutes", "把议题列入议程; 先问几分钟")
	givesWhy   = i18n.T("Gives the topic back to who proposed it, with a reason", "退给提议题的人, 写原因")
	proposeWhy = i18n.T("Asks for something to be talked about; the chair takes it into the agenda or says why not", "提出要谈的事; 主持人列入议程, 或说明为什么不列")
	minutesFor = i18n.T("Minutes for it", "给几分钟")
	whyNot     = i18n.T("Why not", "退回的原因")
	mustSay    = i18n.T("Write why", "写一句原因")
	nMinutes   = i18n.T("A number from 1 to 240", "1 到 240 的数")
	wouldBe    = i18n.T("the agenda is then %d of %d minutes", "列入后议程 %d / %d 分钟")
	wouldOver  = i18n.T("! the agenda is then %d minutes too long", "! 列入后超 %d 分钟")
	didApprove = i18n.T("On the agenda: %s, %d min", "已列入议程: %s, %d 分钟")
	didGive    = i18n.T("Given back: %s", "已退回: %s")
	noTopic    = i18n.T("Nothing is chosen", "没有选中议题")
	answered   = i18n.T("This topic has its answer", "这个议题已经答复了")
	notPrepare = i18n.T("The meeting is no longer being prepared", "会议不在准备中了")
)

// usual is the minutes that a topic is given unless somebody says otherwise.
const usual = 10

func topicID(x data.MeetingTopic) int64 { return x.ID }

func (p *page) setTopics() {
	env, r, v := p.env, &p.rows[onTopics], p.view.Value
	r.cols = []kit.Col{{Width: 1}, {Head: hTopic, Width: 20, Grow: 3}, {Head: hAsked, Width: 10, Grow: 1}, {Head: hWhen, Width: 10, Rank: 1},
		{Head: hMinutes, Width: 4, Align: kit.ToRight}, {Head: hState, Width: 14, Grow: 1}}
	var ids []int64
	var cells [][]any
	for _, x := range v.Topics {
		ids = append(ids, x.ID)
		minutes := ""
		if i, ok := p.agenda.of(x.ID); ok {
			minutes = fmt.Sprint(i.Minutes)
		}
		mark, state := p.topicState(x)
		cells = append(cells, []any{mark, x.Title, env.Lang.Name(x.ProposerName, ""), env.Lang.Near(data.DayOf(x.At), env.Now.Today()), minutes, state})
	}
	r.set(ids, cells)
}

func (p *page) topicState(x data.MeetingTopic) (mark, state kit.Cell) {
	word := p.env.Lang.TopicState(x.State)
	switch x.State {
	case data.TopicApproved:
		return kit.In(theme.OK, "✓"), kit.In(theme.Plain, word)
	case data.TopicRejected:
		return kit.In(theme.Muted, "-"), kit.In(theme.Muted, word+": "+x.Reason)
	}
	if n := ago(p.env, x.At); n > 0 {
		word = p.env.Say(waits, word, n)
	}
	return kit.In(theme.Warn, "?"), kit.In(theme.Warn, word)
}

func (p *page) topic() (data.MeetingTopic, bool) {
	return chosenIn(p.view.Value.Topics, topicID, &p.rows[onTopics].list)
}

// topicKeys are the keys of the first tab.
func (p *page) topicKeys() []kit.Action {
	never := !p.runs()
	approve := kit.Action{Key: "i", Label: aApprove, Help: approveWhy, Never: never, When: p.cannotAnswer, Do: p.approve}
	x, ok := p.topic()
	if ok && x.State == data.TopicApproved {
		approve = kit.Action{Key: "i", Label: aToItem, Do: p.toItem}
	}
	return []kit.Action{approve,
		{Key: "d", Label: aGiveBack, Help: givesWhy, Never: never, When: p.cannotAnswer, Do: p.giveBack},
		p.proposing()}
}

func (p *page) proposing() kit.Action {
	return kit.Action{Key: "n", Label: aPropose, Help: proposeWhy, Never: p.known && !p.view.Value.MaySpeak, When: p.notPreparing,
		Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "topic", ID: p.id}) }}
}

func (p *page) notPreparing() i18n.Phrase {
	if p.known && !preparing(p.view.Value.Meeting) {
		return notPrepare
	}
	return i18n.Phrase{}
}

func (p *page) cannotAnswer() i18n.Phrase {
	x, ok := p.topic()
	switch {
	case !ok:
		return noTopic
	case x.State != data.TopicProposed:
		return answered
	}
	return p.notPreparing()
}

// toItem goes to the place of an approved topic in the agenda.
func (p *page) toItem() tea.Cmd {
	x, _ := p.topic()
	if i, ok := p.agenda.of(x.ID); ok {
		p.rows[onAgenda].list.Choose(i.ID)
	}
	return p.show(onAgenda)
}

// approve asks for how many minutes, then takes the topic into the agenda.
func (p *page) approve() tea.Cmd {
	x, _ := p.topic()
	p.ask = kit.Asking{Label: minutesFor, Act: aApprove, Most: 3,
		Means: func(typed string) string { return p.room(typed) },
		Fault: func(typed string) i18n.Phrase {
			if _, err := data.ParseMinutes(typed); err != nil {
				return nMinutes
			}
			return i18n.Phrase{}
		},
		Done: func(typed string) tea.Cmd {
			n, _ := data.ParseMinutes(typed)
			x.State = data.TopicApproved
			return p.one(didApprove.With(i18n.Typed(kit.Show(x.Title)), n),
				func(ctx context.Context) error { _, err := p.deps.Answer(ctx, x, n); return err },
				func(ctx context.Context) error { return p.takeOff(ctx, x.ID) })
		}}
	return p.ask.Begin(fmt.Sprint(min(usual, max(p.agenda.room(p.view.Value.Meeting), 5))))
}

// takeOff takes the point off the agenda that a topic became: it waits again.
func (p *page) takeOff(ctx context.Context, topic int64) error {
	v, err := p.deps.Meeting(ctx, p.id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(v.Agenda, func(i data.AgendaItem) bool { return i.Topic == topic })
	if i < 0 {
		return data.ErrNotFound
	}
	return p.deps.RemoveItem(ctx, p.id, v.Agenda[i].ID, v.Agenda[i].Rev)
}

// room says what the agenda would be with so many minutes more.
func (p *page) room(typed string) string {
	n, err := data.ParseMinutes(typed)
	if err != nil {
		return p.env.Say(nMinutes)
	}
	left := p.agenda.room(p.view.Value.Meeting) - n
	if left < 0 {
		return p.env.Say(wouldOver, -left)
	}
	return p.env.Say(wouldBe, p.agenda.minutes()+n, p.agenda.minutes()+n+left)
}

// giveBack asks why a topic is not taken, and tells who proposed it.
func (p *page) giveBack() tea.Cmd {
	x, _ := p.topic()
	p.ask = kit.Asking{Label: whyNot, Act: aGiveBack, Most: 200,
		Fault: func(typed string) i18n.Phrase {
			if strings.TrimSpace(typed) == "" {
				return mustSay
			}
			return i18n.Phrase{}
		},
		Done: func(typed string) tea.Cmd {
			x.State, x.Reason = data.TopicRejected, typed
			return p.one(didGive.With(i18n.Typed(kit.Show(x.Title))), func(ctx context.Context) error { _, err := p.deps.Answer(ctx, x, 0); return err }, nil)
		}}
	return p.ask.Begin("")
}

// topicForm is the form of a topic: what somebody asks to be talked about.
type topicForm struct {
	kit.Sheet[asked]
}

// asked is a topic being written, with the meeting's title for the head line.
type asked struct {
	Of, Title string
}

var (
	topicTitle = i18n.T("Meetings > propose a topic", "会议 > 提议题")
	topicAbout = i18n.T("What should be talked about at the meeting?", "会上要谈什么?")
	topicField = i18n.T("Topic", "议题")
	topicHow   = i18n.T("Chair or class teacher take it into the agenda, or say why not", "主持或班主任列入议程, 或说明为什么不列")
	thisTopic  = i18n.T("this topic", "这个议题")
	didPropose = i18n.T("Proposed: it waits for an answer", "已提出, 等答复")
	leftTopic  = i18n.T("The draft is kept: n goes on, and Today lists it", "草稿已留: n 接着写, 今日里也有")
)

// NewTopic returns the form for a new topic of the meeting o.ID; Draft is one to
// go on writing.
func NewTopic(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &topicForm{}
	of := data.Ref{Kind: "meeting", ID: o.ID}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[asked]{
		Kind: "topic", Object: of, On: of, What: thisTopic, Left: leftTopic, Adds: true, Draft: deps.Draft,
		Stored: func(ctx context.Context) (asked, error) {
			v, err := deps.Meeting(ctx, o.ID)
			if err == nil && !v.MaySpeak {
				err = data.ErrForbidden
			}
			return asked{Of: v.Title}, err
		},
		Save: func(ctx context.Context, x asked) (asked, error) {
			_, err := deps.Propose(ctx, o.ID, x.Title, of)
			return x, err
		},
		Check: func(x asked) error { return data.MeetingTopic{Title: x.Title}.Tidy().Check() },
		Done:  func(asked) tea.Cmd { return env.Send(kit.Back{Page: p, Said: didPropose}) },
	},
		kit.Short("title", topicField, 80, func(x *asked) *string { return &x.Title }).With(func() string { return "" }))
	p.Whose = func(x asked) string { return env.Look.Bold(kit.Show(x.Of)) + "  " + env.Look.Muted(env.Say(topicHow)) }
	p.Sheet.About = func(x asked) data.Draft { return data.Draft{Preview: x.Of} }
	return p
}

func (*topicForm) Title() i18n.Phrase { return topicTitle }

// About is what the form asks.
func (*topicForm) About() i18n.Phrase { return topicAbout }
