package minutes

import (
	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	change   = i18n.T("change line", "改段落")
	nextStep = i18n.T("next step", "下一步")
	handIn   = i18n.T("hand in", "交去签")
	signIt   = i18n.T("sign", "签字")
	issueIt  = i18n.T("issue", "发布")
	closeIt  = i18n.T("close", "办结")
	addLine  = i18n.T("add line", "加一行")
	mend     = i18n.T("correction", "更正")
	remove   = i18n.T("remove", "删这行")
	view     = i18n.T("whole, given out", "完整/分发版")
	hunk     = i18n.T("change", "上/下处改动")
	giveOut  = i18n.T("give out", "分发")
	copyOut  = i18n.T("copy the text", "复制分发版")
	toPrint  = i18n.T("print", "打印")
	copyHash = i18n.T("copy hash", "复制校验")
	undo     = i18n.T("undo", "撤销")
	anew     = i18n.T("compose the minutes anew", "重新生成纪要")
	toMeet   = i18n.T("meeting", "看会议")
	toLineOf = i18n.T("its line", "看那行")
	callThem = i18n.T("call", "打电话")
	opinions = i18n.T("opinions", "意见")

	changeWhy  = i18n.T("Changes the chosen line, its kind, or who may read it; each save is a version", "改选中的一行、它的种类、谁能看; 每次存是一稿")
	nextWhy    = i18n.T("Hand in, sign, issue; then close the meeting", "交去签、签字、发布; 再办结会议")
	addWhy     = i18n.T("A new line after the chosen one; after the issue a numbered correction", "在选中的后面加一行; 发布后是编号的更正")
	viewWhy    = i18n.T("The whole text, or the form that is given out, without what is restricted", "完整的, 或不含受限内容的分发版")
	printWhy   = i18n.T("Puts them into your tray: the form that is given out; the whole text is the principal's to take out", "放进自己的托盘: 分发版; 完整版只有校长能带出")
	anewWhy    = i18n.T("A new version out of what happened, without the changes by hand, which stay in the versions before", "按会上的记录再生成一稿; 手改的留在以前各稿里")
	callWhy    = i18n.T("Starts the call's record with this family; when it is saved the row is ticked", "给这家打电话并记录; 存好这行自己打勾")
	opinionWhy = i18n.T("The families' opinions: not asked, collected, reported", "家长意见: 还没收集、已收集、已上报")
	giveWhy    = i18n.T("Copies the form without what is restricted, to be sent to the class group, and notes it; once more copies it again", "复制不含受限内容的分发版, 由你发到班级群, 并记下; 再按再复制")

	noneYet    = i18n.T("There are no minutes here", "这里没有纪要")
	onlyReads  = i18n.T("You may read these minutes; %s and %s write them", "你能看; 写的是 %s 和 %s")
	isSealed   = i18n.T("Issued: the text stays as it is. n adds a correction", "已发布, 正文不能再改: n 加更正")
	formIsRead = i18n.T("The form that is given out is only read: v shows the whole text", "分发版只能看: v 回完整版")
	addedByUs  = i18n.T("The program adds this line itself", "这行是程序加的")
	noMore     = i18n.T("No other change in that direction", "那边没有别的改动了")
	noUndo     = i18n.T("Nothing to undo within 10 minutes", "10 分钟内没有能撤销的")
	notIssued  = i18n.T("First the minutes are issued: i", "先发布: i")
	nobody     = i18n.T("No family is chosen", "没有选中哪一家")
	isClosed   = i18n.T("The meeting is closed", "会议已办结")
)

// Actions are the keys of the part that is shown.
func (p *page) Actions() []kit.Action {
	m := &p.facts.Value.minutes
	switch {
	case p.known && m.ID == 0:
		return p.noneActions()
	case !p.known && p.facts.Err != nil:
		return nil
	}
	never := p.known && !m.MayEdit // no other may either
	edit := kit.Action{Key: "enter e", As: "e", Label: change, Help: changeWhy, Never: never, When: p.noEdit, Do: p.edit}
	add := kit.Action{Key: "n", Label: addLine, Help: addWhy, Never: never, When: p.noAdd, Do: p.add}
	if m.State.Sealed() {
		add.Label = mend
	}
	step := kit.Action{Key: "i", Label: p.stepWord(), Help: nextWhy, Never: never && !m.MaySign, When: p.noStep, Do: p.step}
	var as []kit.Action
	switch p.part {
	case partText:
		edit.Rare = m.State.Sealed()
		as = []kit.Action{edit, step, add}
	case partChanges:
		as = []kit.Action{{Key: "enter", Label: toLineOf, Do: p.toLine}, step}
	case partSigning:
		add.Rare = !m.State.Sealed()
		as = []kit.Action{step, add}
	case partAfter:
		as = []kit.Action{
			{Key: "c enter", Label: callThem, Help: callWhy, When: p.noCall, Do: p.call}, step,
			{Key: "x", Label: opinions, Help: opinionWhy, Never: never, When: p.noFeedback, Do: p.feedback},
		}
	}
	as = append(as, kit.Action{Key: "v", Label: view, Help: viewWhy, When: p.noMinutes, Do: p.flip})
	as = append(as, kit.Action{Key: "p", Label: toPrint, Help: printWhy, When: p.noMinutes, Do: p.print})
	if m.State.Sealed() {
		give := kit.Action{Key: "m", Label: giveOut, Help: giveWhy, Never: never, When: p.noGiveOut, Do: p.askGiveOut}
		if m.State == data.MinutesDistributed {
			give.Label, give.Do = copyOut, p.copyGiven
		}
		as = append(as, give,
			kit.Action{Key: "y", Label: copyHash, Do: func() tea.Cmd { return p.env.Copy(m.Hash) }})
	}
	if p.part == partText {
		as = append(as, kit.Action{Key: "[", As: "[ ]", Label: hunk, Do: func() tea.Cmd { return p.hunk(-1) }},
			kit.Action{Key: "]", Label: hunk, Rare: true, Do: func() tea.Cmd { return p.hunk(1) }},
			kit.Action{Key: "d", Label: remove, Rare: true, Never: never, When: p.noEdit, Do: p.askRemove})
	}
	as = append(as, p.tabs().Actions(p.turn)...)
	return append(as, kit.Action{Key: "o", Label: toMeet, Rare: true, Do: p.toMeeting},
		kit.Action{Key: "u", Label: undo, Rare: true, When: p.noUndo, Do: p.undo},
		kit.Action{Label: anew, Help: anewWhy, Rare: true, Never: never || m.State.Sealed(), When: p.noMinutes, Do: p.askCompose})
}

// stepWord names the next step.
func (p *page) stepWord() i18n.Phrase {
	m := &p.facts.Value.minutes
	switch {
	case m.ID == 0:
		return nextStep
	case p.part == partAfter || m.State.Sealed():
		return closeIt
	case m.State == data.MinutesSigned:
		return issueIt
	case m.MaySign:
		return signIt
	}
	return handIn
}

func (p *page) noMinutes() i18n.Phrase {
	if p.facts.Value.minutes.ID == 0 {
		return noneYet
	}
	return i18n.Phrase{}
}

// noWrite says why the reader writes nothing here.
func (p *page) noWrite() i18n.Phrase {
	m := &p.facts.Value.minutes
	if off := p.noMinutes(); off != (i18n.Phrase{}) || m.MayEdit {
		return off
	}
	return onlyReads.With(i18n.Typed(p.env.Lang.Name(m.Meeting.ChairName, "")), i18n.Typed(p.env.Lang.Name(m.Meeting.SecretaryName, "")))
}

func (p *page) noEdit() i18n.Phrase {
	off := p.noWrite()
	_, own := p.text.line()
	switch {
	case off != (i18n.Phrase{}):
		return off
	case p.facts.Value.minutes.State.Sealed():
		return isSealed
	case p.givenOut:
		return formIsRead
	case !own:
		return addedByUs
	}
	return i18n.Phrase{}
}

func (p *page) noAdd() i18n.Phrase {
	if off := p.noWrite(); off != (i18n.Phrase{}) || !p.givenOut || p.facts.Value.minutes.State.Sealed() {
		return off
	}
	return formIsRead
}

func (p *page) noGiveOut() i18n.Phrase {
	if !p.facts.Value.minutes.State.Sealed() {
		return notIssued
	}
	return p.noWrite()
}

func (p *page) noUndo() i18n.Phrase {
	switch {
	case p.lasts != (i18n.Phrase{}):
		return p.lasts
	case p.back == nil || p.env.Now().After(p.back.until):
		return noUndo
	}
	return i18n.Phrase{}
}

// hunk goes to the next line that was changed by hand, or the one before.
func (p *page) hunk(by int) tea.Cmd {
	if !p.text.step(by, false) {
		return p.env.Note(noMore)
	}
	p.beside()
	return nil
}

// flip shows the form that is given out, or the whole text again.
func (p *page) flip() tea.Cmd {
	p.givenOut = !p.givenOut
	p.text.put(p.facts.Value.minutes, p.givenOut)
	return p.turn(partText)
}

// print asks as what they shall be printed: the form that is given out, and before
// it the whole text where that is shown and the reader may take it out.
func (p *page) print() tea.Cmd {
	m, v := &p.facts.Value.minutes, &p.facts.Value.view
	var papers []kit.Paper
	add := func(of data.Paper) {
		for _, f := range of.Formats() {
			papers = append(papers, kit.Paper{Of: of, Format: f, Meeting: p.meeting, Version: m.Version})
		}
	}
	if !p.givenOut && p.env.Me.MayTakeOut(p.env.Now(), data.MinutesWhole, v.Meeting, v.Sight) == nil {
		add(data.MinutesWhole)
	}
	add(data.MinutesGiven)
	return kit.AskPaper(p.env, func(paper kit.Paper) tea.Cmd { return p.paper.Print(p.env, p.deps.Print, paper) }, papers...)
}

// whole shows the whole text.
func (p *page) whole() {
	if p.givenOut {
		p.flip()
	}
}

// toMeeting opens the meeting that these are the minutes of.
func (p *page) toMeeting() tea.Cmd {
	return p.env.Send(kit.Open{Screen: string(data.FrontPreparation), ID: p.meeting})
}
