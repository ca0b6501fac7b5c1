package room

import (
	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	aTimer   = i18n.T("timer", "计时")
	aNext    = i18n.T("next item", "下一项")
	aOpen    = i18n.T("open room", "开会")
	aClose   = i18n.T("close room", "散会")
	aMinutes = i18n.T("minutes", "看纪要")
	aNote    = i18n.T("note", "写一行")
	aOwn     = i18n.T("strike", "划掉")
	aOnly    = i18n.T("its notes", "这项的记录")
	aSection = i18n.T("section", "下一段")
	aBig     = i18n.T("big view", "投影")
	aSmall   = i18n.T("back to the room", "回现场")
	aSend    = i18n.T("send", "发出")
	aHere    = i18n.T("write here", "在这里写")
	aField   = i18n.T("level, for whom", "级别、替谁说")
	aBefore  = i18n.T("previous", "上一项")
	aStop    = i18n.T("stop writing", "先不写")
	aFlip    = i18n.T("here / not, next", "到/不到并下移")
	aAll     = i18n.T("all here", "全部到")
	aVideo   = i18n.T("video", "换成视频")
	aExcused = i18n.T("excused", "请假")
	aFind    = i18n.T("find", "找人")
	aUndo    = i18n.T("undo", "撤销")
	aPrepare = i18n.T("preparation", "会议准备")

	aAsk    = i18n.T("question", "记提问")
	aDecide = i18n.T("resolution", "记决议")
	aChange = i18n.T("change, done", "改、办完")
	aHow    = i18n.T("late, who came", "迟到、谁来的")

	timerWhy = i18n.T("Start or pause the clock of the item that is on", "开始或暂停本项的计时")
	nextWhy  = i18n.T("Open the room; go on to the next item; after the last, close it", "开会; 进入下一项; 最后一项之后散会")
	noteWhy  = i18n.T("A line for all to read, signed with your name", "写一行给大家看, 记你的名")
	ownWhy   = i18n.T("Strike a line that you wrote yourself; it asks first, and cannot be undone", "划掉自己写的一行; 先问, 不能恢复")
	onlyWhy  = i18n.T("What was noted of the chosen item alone; again: all", "只看选中那项的记录, 再按看全部")
	bigWhy   = i18n.T("For the projector: the item and the clock, no names", "给投影: 只有议程项和时间, 没有姓名")
	allWhy   = i18n.T("Sign in all who are not marked", "没标过的都签到")
	flipWhy  = i18n.T("Sign the family in or out and go on to the next", "签到或取消, 到下一家")
	findWhy  = i18n.T("Go to a family by number, initials or name", "按号数、首字母或姓名找到那家")

	aInvite   = i18n.T("update the list", "更新名单")
	inviteWhy = i18n.T("A family that split or came into the class is put on the list; what was marked stays", "分户或转入的家庭加进名单; 已签的不动")
	isSame    = i18n.T("The list is that of the class", "名单和班里一样")
	askWhy    = i18n.T("What a parent asks, who answers, by when", "家长问什么, 谁答复, 到哪天")
	decideWhy = i18n.T("Who does what by when: it stands among what they have to do", "谁办什么, 到哪天: 会列入他的今日")
	changeWhy = i18n.T("The chosen resolution: its words, who does it, what came of it", "选中的决议: 内容、谁办、办得怎样")
	howWhy    = i18n.T("Came late, left early, who came, sent somebody", "迟到、早退、谁来的、请人代")

	notRun     = i18n.T("Who leads or writes for the meeting does this, or the class teacher", "由主持、记录人或班主任来做")
	notOpenYet = i18n.T("The room is not open yet: i opens it", "还没开会: i 开会")
	isClosed   = i18n.T("The room is closed", "已经散会")
	isOff      = i18n.T("The meeting was cancelled", "会取消了")
	nobodyHere = i18n.T("No family is invited", "没有参会家庭")
	stillReads = i18n.T(".. loading", ".. 读取中")
	aBack      = i18n.T("item before", "退回上一项")
	backWhy    = i18n.T("Back to the item before, within a minute; a line that was struck cannot be brought back", "一分钟内退回上一项; 划掉的行不能恢复")
	noWayBack  = i18n.T("u goes back to the item before within a minute; a struck line stays struck", "u 一分钟内退回上一项; 划掉的行不能恢复")
	noItemOn   = i18n.T("No item is on: i goes to the next", "没有进行中的项: i 进入下一项")
	oneMoment  = i18n.T("One moment, the last key is being done", "稍等, 上一个还在做")
	notMine    = i18n.T("Choose a line of your own first: tab goes to the notes", "先选自己写的一行: tab 到记录")
	noOne      = i18n.T("Nothing is chosen", "没有选中哪一行")
)

// Actions are what can be done in the part in front. What they change is on the
// screen in the frame of their key.
func (p *page) Actions() []kit.Action {
	all := p.keys()
	for i, a := range all {
		all[i].Do = func() tea.Cmd {
			cmd := a.Do()
			p.redraw()
			return cmd
		}
	}
	return all
}

func (p *page) keys() []kit.Action {
	switch {
	case p.asked.Gone() || p.known && p.view.Sight < data.MeetingWhole:
		return nil
	case p.finding.On:
		return p.finding.Actions()
	case p.big:
		return append(p.steps(), kit.Action{Key: "v", Label: aSmall, Do: p.turn}, kit.Action{Key: "esc", Label: aSmall, Rare: true, Do: p.turn})
	case p.composer.on && p.tabs.At == atAgenda:
		return p.composer.actions()
	}
	var out []kit.Action
	switch p.tabs.At {
	case atSignIn:
		out = p.signInKeys()
	case atAgenda:
		out = append(p.steps(),
			kit.Action{Key: "n", Label: aNote, Help: noteWhy, When: p.mayWrite, Do: p.composer.begin},
			kit.Action{Key: "v", Label: aBig, Help: bigWhy, When: p.unread, Do: p.turn},
			kit.Action{Key: "tab", Label: aSection, Do: p.other},
			kit.Action{Key: "u", Label: aBack, Help: backWhy, Rare: true, Never: p.never(), When: p.mayGoBack, Do: p.goBack},
			kit.Action{Key: "enter", Label: aOnly, Help: onlyWhy, Rare: true, When: p.noItem, Do: p.alone},
			kit.Action{Key: "d", Label: aOwn, Help: ownWhy, Rare: true, When: p.notMine, Do: p.strike},
			kit.Action{Key: "o", Label: aPrepare, Rare: true, When: p.unread, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "preparation", ID: p.id}) }})
	case atQuestions:
		out = append(out, kit.Action{Key: "n", Label: aAsk, Help: askWhy, When: p.mayWrite, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "question", ID: p.id}) }},
			kit.Action{Key: "d", Label: aOwn, Help: ownWhy, When: p.notMine, Do: p.strike})
		out = append(append(out, rare(p.steps())...), p.toTheWall())
	case atResolutions:
		out = append(out, kit.Action{Key: "n", Label: aDecide, Help: decideWhy, Never: p.never(), When: p.mayDecide, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "resolutionnew", ID: p.id}) }},
			kit.Action{Key: "e", Label: aChange, Help: changeWhy, When: p.undecided, Do: p.change})
		out = append(append(out, rare(p.steps())...), p.toTheWall())
	}
	return append(out, p.parts()...)
}

// steps are the keys of who leads the meeting.
func (p *page) steps() []kit.Action {
	word := aNext
	switch {
	case p.known && p.view.State.Over():
		word = aMinutes
	case !p.live():
		word = aOpen
	case !p.more():
		word = aClose
	}
	return []kit.Action{
		{Key: "t", Label: aTimer, Help: timerWhy, Never: p.never(), When: p.mayTime, Do: p.time},
		{Key: "i", Label: word, Help: nextWhy, Never: p.never() && !p.view.State.Over(), When: p.mayStep, Do: p.goOn},
	}
}

// rare keeps keys out of a footer that has no room for them.
func rare(as []kit.Action) []kit.Action {
	for i := range as {
		as[i].Rare = true
	}
	return as
}

// parts are the keys 1 to 4.
func (p *page) parts() []kit.Action {
	all := p.tabs.Actions(p.show)
	if p.tabs.At == atAgenda {
		return all[2:] // tab goes from the agenda to the notes
	}
	return all
}

// show goes to a part.
func (p *page) show(i int) tea.Cmd {
	p.tabs.At = i
	return nil
}

func (p *page) signInKeys() []kit.Action {
	out := []kit.Action{
		{Key: "space", Label: aFlip, Help: flipWhy, Do: p.flip},
		{Key: "a", Label: aAll, Help: allWhy, Do: p.all},
		{Key: "+", Label: aVideo, Do: func() tea.Cmd { return p.as(data.ByVideo) }},
		{Key: "-", Label: aExcused, Do: func() tea.Cmd { return p.as(data.Excused) }},
		{Key: "e", Label: aHow, Help: howWhy, Do: p.how},
		{Key: "u", Label: aUndo, Rare: true, Do: p.undo},
	}
	for i := range out {
		out[i].When, out[i].Never = p.mayMark, p.never()
	}
	out = append(out, kit.Action{Key: "f", Label: aFind, Help: findWhy, When: p.unseated, Do: p.find},
		kit.Action{Key: "n", Label: aInvite, Help: inviteWhy, Rare: true, Never: p.never(), When: p.sameList, Do: p.invite})
	out = append(out, rare(p.steps())...)
	return append(out, p.toTheWall())
}

// toTheWall is the key of the big view where the footer has no room for it.
func (p *page) toTheWall() kit.Action {
	return kit.Action{Key: "v", Label: aBig, Help: bigWhy, Rare: true, When: p.unread, Do: p.turn}
}

func (c *composer) actions() []kit.Action {
	if c.claim.Else {
		return []kit.Action{{Key: "enter", Label: aHere, Do: c.writeHere}, {Key: "esc", Label: aStop, Do: c.stop}}
	}
	return []kit.Action{
		{Key: "enter ctrl+s f2", Label: aSend, When: c.p.mayWrite, Do: c.send},
		{Key: "tab", Label: aField, Do: func() tea.Cmd { c.Step(1); return nil }},
		{Key: "shift+tab", Label: aBefore, Rare: true, Do: func() tea.Cmd { c.Step(-1); return nil }},
		{Key: "esc", Label: aStop, Do: c.stop},
	}
}

// unread holds keys back until the meeting is there.
func (p *page) unread() i18n.Phrase {
	if !p.known {
		return stillReads
	}
	return i18n.Phrase{}
}

// never reports whether this person does not lead the meeting: what only its leaders
// do is offered to them alone.
func (p *page) never() bool { return p.known && !p.view.MayRun }

// mayLead says why somebody does not lead the meeting.
func (p *page) mayLead() i18n.Phrase {
	switch {
	case !p.known:
		return stillReads
	case !p.view.MayRun:
		return notRun
	case p.view.State == data.MeetingCancelled:
		return isOff
	}
	return i18n.Phrase{}
}

func (p *page) mayStep() i18n.Phrase {
	switch why := p.mayLead(); {
	case p.known && p.view.State.Over():
		return i18n.Phrase{} // everybody reads minutes
	case why != i18n.Phrase{}:
		return why
	case p.step.Busy:
		return oneMoment
	}
	return i18n.Phrase{}
}

func (p *page) mayTime() i18n.Phrase {
	switch why := p.mayLead(); {
	case why != i18n.Phrase{}:
		return why
	case p.view.State.Over():
		return isClosed
	case !p.live():
		return notOpenYet
	case p.view.Item == 0:
		return noItemOn
	case p.step.Busy:
		return oneMoment
	}
	return i18n.Phrase{}
}

// mayMark says why families cannot be signed in now: from the beginning on, and
// after the end to put right what was marked.
func (p *page) mayMark() i18n.Phrase {
	switch why := p.mayLead(); {
	case why != i18n.Phrase{}:
		return why
	case p.view.State == data.MeetingClosed:
		return isClosed
	case !p.live() && !p.view.State.Over():
		return notOpenYet
	}
	return p.unseated()
}

// unseated holds keys on the chosen family back while there is none.
func (p *page) unseated() i18n.Phrase {
	switch {
	case !p.known:
		return stillReads
	case len(p.view.Invitees) == 0:
		return nobodyHere
	}
	return i18n.Phrase{}
}

// mayWrite says why no line can be written now.
func (p *page) mayWrite() i18n.Phrase {
	switch v := p.view; {
	case !p.known:
		return stillReads
	case v.State == data.MeetingCancelled:
		return isOff
	case v.State == data.MeetingClosed || v.Minutes.Sealed():
		return isClosed
	case !p.live() && !v.State.Over():
		return notOpenYet
	}
	return i18n.Phrase{}
}

// sameList says why the list of families need not be made anew.
func (p *page) sameList() i18n.Phrase {
	if why := p.mayLead(); why != (i18n.Phrase{}) {
		return why
	}
	if !p.view.FamiliesChanged {
		return isSame
	}
	return i18n.Phrase{}
}

// mayDecide says why no resolution can be noted now.
func (p *page) mayDecide() i18n.Phrase {
	if why := p.mayLead(); why != (i18n.Phrase{}) {
		return why
	}
	return p.mayWrite()
}

func (p *page) undecided() i18n.Phrase {
	if p.decided.chosen() == 0 {
		return noOne
	}
	return i18n.Phrase{}
}

func (p *page) noItem() i18n.Phrase {
	if p.items.ID() == 0 || p.below {
		return noOne
	}
	return i18n.Phrase{}
}

// input takes a key that is no action, a paste, or the mouse.
func (p *page) input(msg tea.Msg) tea.Cmd {
	if p.finding.On {
		return p.finding.Take(msg)
	}
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		if cmd, done := p.click(m); done {
			return cmd
		}
	case tea.MouseWheelMsg: // scrolls what is under it
		if p.tabs.At == atAgenda && !p.big {
			p.items.Take(m)
			p.notes.list.Take(m)
			return nil
		}
	}
	switch {
	case p.big:
		return nil
	case p.composer.on && p.tabs.At == atAgenda:
		return p.composer.take(msg)
	case p.tabs.At == atSignIn:
		if key, ok := msg.(tea.KeyPressMsg); ok {
			p.move(key.String())
		}
	case p.tabs.At == atQuestions:
		p.asks.list.Take(msg)
	case p.tabs.At == atResolutions:
		p.decided.list.Take(msg)
	case p.below:
		p.notes.list.Take(msg)
	default:
		if p.items.Take(msg) == kit.Opened {
			return p.alone()
		}
	}
	return nil
}

// take types into the field of the line with the cursor.
func (c *composer) take(msg tea.Msg) tea.Cmd {
	if c.claim.Else {
		return nil
	}
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		a := c.p.panes().line
		m.X, m.Y = m.X-a.X, m.Y-a.Y
		c.Click(m, c.draw(a.W), a.H)
	case tea.KeyPressMsg, tea.PasteMsg:
		_, say := c.Form.Take(msg)
		c.choose()
		c.p.place()
		return say
	}
	c.choose()
	return nil
}

// click goes to what was clicked, and reports whether nothing else is to hear of
// it.
func (p *page) click(m tea.MouseClickMsg) (tea.Cmd, bool) {
	at := m
	at.Y-- // the tabs are the first row of the body
	if i := p.tabs.Click(at, p.env); i >= 0 && !p.big {
		return p.show(i), true
	}
	switch {
	case p.tabs.At == atSignIn:
		return p.clickSeat(m), true
	case p.tabs.At == atAgenda && !p.composer.on:
		r := p.notes.list.Rect()
		p.below = r.Has(m.X, m.Y)
	}
	return nil, false
}
