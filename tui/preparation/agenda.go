package preparation

import (
	"context"
	"fmt"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	hBegins  = i18n.T("Start", "开始")
	hItem    = i18n.T("Point", "议程")
	hLength  = i18n.T("Min", "分钟")
	hSpeaker = i18n.T("Who speaks", "谁讲")
	hSource  = i18n.T("From", "来源")
	fromTop  = i18n.T("topic", "议题")
	noItems  = i18n.T("The agenda is empty. n adds a point; i on a topic takes it in", "还没有议程。n 加一项; 在议题上按 i 列入")
	noItem   = i18n.T("Nothing is chosen", "没有选中哪一项")

	aEdit     = i18n.T("edit", "改")
	aNewItem  = i18n.T("new point", "加一项")
	aUp       = i18n.T("order", "调序")
	aDown     = i18n.T("down", "下移")
	aMore     = i18n.T("minutes", "分钟")
	aLess     = i18n.T("less", "减分钟")
	aRemove   = i18n.T("take off", "去掉")
	moveWhy   = i18n.T("Moves the point up or down; who moves last has the order", "把这项上移下移; 谁最后调算谁的")
	moreWhy   = i18n.T("Five minutes more or less", "加减 5 分钟")
	qRemove   = i18n.T("Take this point off the agenda?", "从议程里去掉这一项?")
	qRemoveA  = i18n.T("%s, %d min. u brings it back.", "%s, %d 分钟。u 能恢复。")
	qRemoveT  = i18n.T("The topic it comes from waits for an answer again.", "它来自的议题重新待批。")
	didMove   = i18n.T("Moved: %s", "已调序: %s")
	didLength = i18n.T("%s: %d min", "%s: %d 分钟")
	didRemove = i18n.T("Taken off: %s", "已去掉: %s")
	atEnds    = i18n.T("It stands at the end already", "已经在头上或末尾了")
	mostItem  = i18n.T("A point has 1 to 240 minutes", "一项最少 1 分钟, 最多 240")
	tooMany   = i18n.T("%d points are the most", "最多 %d 项")
	itemBegun = i18n.T("This point has begun already", "这一项已经开始了")

	sumFits = i18n.T("%d / %d min", "%d / %d 分钟")
	sumOver = i18n.T("! %d / %d min: %d too long", "! %d / %d 分钟: 超 %d 分钟")
	ends    = i18n.T("end", "结束")
)

// An agenda is the points as the person here sees them: with what they moved and
// changed and is on its way to the store.
type agenda struct {
	items  []data.AgendaItem
	stored map[int64]int // the minutes of each as they are stored
}

// take replaces the agenda by the stored one.
func (a *agenda) take(v data.MeetingView) {
	a.items, a.stored = slices.Clone(v.Agenda), map[int64]int{}
	for _, i := range v.Agenda {
		a.stored[i.ID] = i.Minutes
	}
}

// saved notes a point as it was saved from here.
func (a *agenda) saved(i data.AgendaItem) {
	if n := a.at(i.ID); n >= 0 {
		a.items[n].Rev, a.stored[i.ID] = i.Rev, i.Minutes
	}
}

func (a *agenda) at(id int64) int {
	return slices.IndexFunc(a.items, func(i data.AgendaItem) bool { return i.ID == id })
}

// of is the point that a topic became.
func (a *agenda) of(topic int64) (data.AgendaItem, bool) {
	i := slices.IndexFunc(a.items, func(i data.AgendaItem) bool { return i.Topic == topic })
	if i < 0 {
		return data.AgendaItem{}, false
	}
	return a.items[i], true
}

func (a *agenda) minutes() (n int) {
	for _, i := range a.items {
		n += i.Minutes
	}
	return n
}

// length is how long a meeting is, in minutes.
func length(m data.Meeting) int { return int(m.Ends.Sub(m.Starts).Minutes()) }

// room is the minutes that the agenda leaves; below zero it is too long.
func (a *agenda) room(m data.Meeting) int { return length(m) - a.minutes() }

// sum is the agenda's minutes against the meeting's, in words.
func (p *page) sum() kit.Cell {
	m := p.view.Value.Meeting
	n, of := p.agenda.minutes(), length(m)
	if n > of {
		return kit.In(theme.Danger, p.env.Say(sumOver, n, of, n-of))
	}
	return kit.In(theme.Plain, p.env.Say(sumFits, n, of))
}

func (p *page) setAgenda() {
	env, r, m := p.env, &p.rows[onAgenda], p.view.Value.Meeting
	r.cols = []kit.Col{{Head: hBegins, Width: 5}, {Head: hItem, Width: 24, Grow: 3}, {Head: hLength, Width: 4, Align: kit.ToRight},
		{Head: hSpeaker, Width: 12, Grow: 1}, {Head: hSource, Width: 6, Rank: 1}}
	var ids []int64
	var cells [][]any
	at := begins(m, p.agenda.items)
	for n, i := range p.agenda.items {
		ids = append(ids, i.ID)
		from := ""
		if i.Topic != 0 {
			from = env.Say(fromTop)
		}
		begin := kit.In(theme.Plain, env.Lang.Clock(at[n]))
		if !at[n+1].After(m.Ends) {
			cells = append(cells, []any{begin, i.Title, fmt.Sprint(i.Minutes), env.Lang.Name(i.Speaker, ""), from})
			continue
		}
		begin.Role = theme.Danger
		cells = append(cells, []any{begin, i.Title, kit.In(theme.Danger, fmt.Sprint("!", i.Minutes)), env.Lang.Name(i.Speaker, ""), from})
	}
	r.set(ids, cells)
}

func (p *page) item() (data.AgendaItem, bool) {
	return chosenIn(p.agenda.items, func(i data.AgendaItem) int64 { return i.ID }, &p.rows[onAgenda].list)
}

// agendaKeys are the keys of the second tab.
func (p *page) agendaKeys() []kit.Action {
	never := !p.runs()
	return []kit.Action{
		{Key: "{", As: "{ }", Label: aUp, Help: moveWhy, Never: never, When: p.noItem, Do: func() tea.Cmd { return p.move(-1) }},
		{Key: "}", Label: aDown, Rare: true, Never: never, When: p.noItem, Do: func() tea.Cmd { return p.move(1) }},
		{Key: "+", As: "+ -", Label: aMore, Help: moreWhy, Never: never, When: p.noItem, Do: func() tea.Cmd { return p.longer(5) }},
		{Key: "-", Label: aLess, Rare: true, Never: never, When: p.noItem, Do: func() tea.Cmd { return p.longer(-5) }},
		{Key: "e enter", Label: aEdit, Never: never, When: p.noItem, Do: p.editItem},
		{Key: "n", Label: aNewItem, Never: never, When: p.noRoom, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "agenda_item", ID: p.id}) }},
		{Key: "d", Label: aRemove, Never: never, When: p.noItem, Do: p.remove}}
}

func (p *page) noItem() i18n.Phrase {
	i, ok := p.item()
	switch {
	case !ok:
		return noItem
	case !i.Started.IsZero():
		return itemBegun
	}
	return p.notPreparing()
}

func (p *page) noRoom() i18n.Phrase {
	if len(p.agenda.items) >= data.MaxAgenda {
		return tooMany.With(data.MaxAgenda)
	}
	return p.notPreparing()
}

func (p *page) editItem() tea.Cmd {
	i, _ := p.item()
	return p.env.Send(kit.Open{Screen: "agenda_item", ID: p.id, Of: []int64{i.ID}})
}

// move moves the chosen point by one. It stands there at once; the store hears of
// one move after the other.
func (p *page) move(by int) tea.Cmd {
	i, _ := p.item()
	n := p.agenda.at(i.ID)
	if to := n + by; to < 0 || to >= len(p.agenda.items) {
		return p.env.Note(atEnds)
	}
	items := p.agenda.items
	before := int64(0) // behind which it stood
	if n > 0 {
		before = items[n-1].ID
	}
	items[n], items[n+by] = items[n+by], items[n]
	after := int64(0)
	if n+by > 0 {
		after = items[n+by-1].ID
	}
	p.setAgenda()
	p.rows[onAgenda].list.Choose(i.ID)
	move := func(after int64) func(context.Context) error {
		return func(ctx context.Context) error { return p.deps.MoveItem(ctx, p.id, i.ID, after) }
	}
	return p.one(didMove.With(i18n.Typed(kit.Show(i.Title))), move(after), move(before))
}

// longer gives the chosen point five minutes more or less. Of several presses the
// store hears once.
func (p *page) longer(by int) tea.Cmd {
	i, _ := p.item()
	n := p.agenda.at(i.ID)
	to := (i.Minutes + by) / 5 * 5
	if to == 0 {
		to = 1
	}
	if to < 1 || to > data.LongestItem || to == i.Minutes {
		return p.env.Note(mostItem)
	}
	p.agenda.items[n].Minutes = to
	p.setAgenda()
	return p.do(func() (deed, bool) { return p.lengthen(i.ID, i.Minutes) })
}

// lengthen saves the minutes of a point as they stand here by now, over the
// revision that is known by now.
func (p *page) lengthen(id int64, was int) (deed, bool) {
	n := p.agenda.at(id)
	if n < 0 || p.agenda.stored[id] == p.agenda.items[n].Minutes { // gone, or an earlier press has saved it already
		return deed{}, false
	}
	i := p.agenda.items[n]
	return deed{said: didLength.With(i18n.Typed(kit.Show(i.Title)), i.Minutes),
		do:   func(ctx context.Context) (data.AgendaItem, error) { return p.deps.SaveItem(ctx, i) },
		back: func(ctx context.Context) error { return p.again(ctx, id, func(i *data.AgendaItem) { i.Minutes = was }) }}, true
}

// again changes a point over whatever revision it has by now.
func (p *page) again(ctx context.Context, id int64, change func(*data.AgendaItem)) error {
	v, err := p.deps.Meeting(ctx, p.id)
	if err != nil {
		return err
	}
	a := agenda{items: v.Agenda}
	n := a.at(id)
	if n < 0 {
		return data.ErrNotFound
	}
	i := v.Agenda[n]
	change(&i)
	_, err = p.deps.SaveItem(ctx, i)
	return err
}

// remove asks before a point goes.
func (p *page) remove() tea.Cmd {
	i, _ := p.item()
	text := []i18n.Phrase{qRemoveA.With(i18n.Typed(kit.Show(i.Title)), i.Minutes)}
	if i.Topic != 0 {
		text = append(text, qRemoveT)
	}
	after := int64(0)
	if n := p.agenda.at(i.ID); n > 0 {
		after = p.agenda.items[n-1].ID
	}
	return kit.Ask(p.env, kit.Question{Title: qRemove, Text: text, Act: aRemove, Do: func() tea.Cmd {
		return p.one(didRemove.With(i18n.Typed(kit.Show(i.Title))),
			func(ctx context.Context) error { return p.deps.RemoveItem(ctx, p.id, i.ID, i.Rev) },
			func(ctx context.Context) error { return p.putBack(ctx, i, after) })
	}})
}

// putBack brings a point back that was taken off: a topic's by approving it anew.
func (p *page) putBack(ctx context.Context, i data.AgendaItem, after int64) error {
	back := data.AgendaItem{Meeting: p.id, Title: i.Title, Minutes: i.Minutes, Speaker: i.Speaker}
	if i.Topic == 0 {
		made, err := p.deps.SaveItem(ctx, back)
		if err != nil {
			return err
		}
		return p.deps.MoveItem(ctx, p.id, made.ID, after)
	}
	v, err := p.deps.Meeting(ctx, p.id)
	if err != nil {
		return err
	}
	x := slices.IndexFunc(v.Topics, func(x data.MeetingTopic) bool { return x.ID == i.Topic })
	if x < 0 {
		return data.ErrNotFound
	}
	topic := v.Topics[x]
	topic.State = data.TopicApproved
	if _, err := p.deps.Answer(ctx, topic, i.Minutes); err != nil {
		return err
	}
	if v, err = p.deps.Meeting(ctx, p.id); err != nil {
		return err
	}
	a := agenda{items: v.Agenda}
	made, ok := a.of(i.Topic)
	if !ok {
		return data.ErrNotFound
	}
	if made.Title != i.Title || made.Speaker != i.Speaker {
		back.ID, back.Rev, back.Topic = made.ID, made.Rev, made.Topic
		if made, err = p.deps.SaveItem(ctx, back); err != nil {
			return err
		}
	}
	return p.deps.MoveItem(ctx, p.id, made.ID, after)
}
