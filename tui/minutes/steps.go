package minutes

import (
	"context"
	"errors"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	waitsSign   = i18n.T("It waits for %s to sign", "等 %s 签字")
	handedIn    = i18n.T("v%d was handed in: %s signs", "第 %d 稿已交: 等 %s 签")
	signTitle   = i18n.T("Sign the minutes", "签纪要")
	signText    = i18n.T("You sign v%d (%s, %s). If it is changed afterwards the signature does not hold.", "你签的是第 %d 稿 (%s %s)。签后再改, 签字就不作数。")
	signHidden  = i18n.T("Lines in it that you cannot read: %d.", "其中有 %d 行你看不到。")
	signAct     = i18n.T("sign v%d", "签第 %d 稿")
	signNot     = i18n.T("do not sign", "不签")
	didSign     = i18n.T("Signed: v%d, %s", "已签: 第 %d 稿, %s")
	issueTitle  = i18n.T("Issue the minutes", "发布纪要")
	issueOf     = i18n.T("v%d, signed by %s %s.", "第 %d 稿, %s %s 签。")
	beforeIssue = i18n.T("After issue only corrections are possible.", "发布后不能改, 只能发更正。")
	issueNot    = i18n.T("do not issue", "不发布")
	didIssue    = i18n.T("Issued: %s, hash %s", "已发布: %s, 校验 %s")
	giveTitle   = i18n.T("Give the minutes out", "分发纪要")
	giveText    = i18n.T("The families get the form without what is restricted; not in it: %d.", "发给家长的是不含受限内容的分发版, 略去 %d 行。")
	giveYours   = i18n.T("Its text is copied; you send it to the class group yourself. It cannot be undone.", "文字复制给你, 由你发到班级群。记下后不能撤销。")
	giveNot     = i18n.T("not yet", "先不发")
	didGive     = i18n.T("Given out %s; the text is copied: send it to the class group (no copy? p prints it)", "%s 已分发; 文字已复制, 发到班级群 (没复制上: p 打印)")
	giveLasts   = i18n.T("Giving out cannot be undone; n adds a correction", "分发不能撤销; n 加更正")
	copiedOut   = i18n.T("The text is copied: send it to the class group (no copy? p prints it)", "文字已复制, 发到班级群 (没复制上: p 打印)")
	signLasts   = i18n.T("A signature cannot be undone; a change to the text voids it", "签字不能撤销; 改了正文就作废")
	issueLasts  = i18n.T("An issue cannot be undone; n adds a correction", "发布不能撤销; n 加更正")
	removeTitle = i18n.T("Remove this line?", "删这一行?")
	removeNot   = i18n.T("keep it", "不删")
	didRemove   = i18n.T("Line removed, v%d  u undo", "已删 1 行, 第 %d 稿  u 撤销")
	anewTitle   = i18n.T("Compose the minutes anew?", "重新生成纪要?")
	anewText    = i18n.T("A new version is made out of attendance, notes and resolutions. Changes by hand (%d) are not in it; they stay in the versions before, and a signature falls away.",
		"按签到、记录和决议再生成一稿。手改的 %d 处不在里面, 留在以前各稿; 签过的字作废。")
	anewAct    = i18n.T("compose anew", "重新生成")
	didAnew    = i18n.T("Composed anew: v%d", "已重新生成: 第 %d 稿")
	didUndo    = i18n.T("Undone: v%d", "已撤销: 第 %d 稿")
	notDone    = i18n.T("! Not done: %s", "! 没做成: %s")
	changedNow = i18n.T("! Not done, you read v%d: %s saved another at %s, here is what changed", "! 没做: 你读的是第 %d 稿, %s %s 又存了一稿, 改动在这里")
	newVersion = i18n.T("%s saved v%d at %s", "%s 存了第 %d 稿, %s")
	otherSign  = i18n.T("%s signed v%d", "%s 签了第 %d 稿")
	otherIssue = i18n.T("%s issued the minutes: %s", "%s 发布了纪要: %s")
	busyNow    = i18n.T("One moment, the last is being saved", "稍等, 上一个还在存")
)

// done is what an action ended with: what is said of it, what takes it back, and
// the line that it is about; 0: none.
type done struct {
	line  int
	said  i18n.Phrase
	back  *undoing
	lasts i18n.Phrase // why nothing takes it back
	copy  string      // what of it goes to the clipboard
}

// undoing takes the last own action back, until a moment.
type undoing struct {
	until time.Time
	do    func(context.Context) (done, error)
}

// run does a thing, one after the other. Read is the version that it is about.
func (p *page) run(do func(context.Context) (done, error)) tea.Cmd {
	if p.did.Busy {
		return p.env.Note(busyNow)
	}
	p.over = p.facts.Value.minutes.Version
	return p.did.Start(p.env.Ctx, do)
}

func (p *page) tookDone() tea.Cmd {
	var clash *data.Conflict
	switch err := p.did.Err; {
	case errors.As(err, &clash) && clash.Ref.Kind == "minutes": // another version is there: it is shown what changed
		p.since = p.over
		p.env.Note(changedNow.With(p.over, i18n.Typed(p.env.Lang.Name(clash.By, "")), p.env.Lang.Clock(clash.At)))
	case len(data.Faults(err)) > 0:
		p.env.Note(notDone.With(i18n.Typed(p.env.Lang.Error(err))))
	case err != nil:
		p.env.Note(notDone.With(i18n.Reason(err)))
	default:
		if p.back = p.did.Value.back; p.back != nil {
			p.back.until = p.env.Now().Add(undoable)
		}
		p.lasts = p.did.Value.lasts
		p.env.Note(p.did.Value.said)
		p.shows = p.did.Value.line
		if text := p.did.Value.copy; text != "" {
			return tea.Batch(p.env.CopyText(text, p.did.Value.said), p.facts.Start(p.env.Ctx, p.read))
		}
	}
	return p.facts.Start(p.env.Ctx, p.read)
}

// tell says what somebody else did to the minutes that are on the screen.
func (p *page) tell(was, now data.Minutes) {
	env := p.env
	signed := signature(now)
	switch fell := fallen(now); {
	case fell != nil && fallen(was) == nil:
		p.env.Note(fellAway.With(i18n.Typed(env.Lang.Name(fell.Name, "")), fell.Version))
	case now.Version != was.Version && now.By != env.Me.Name:
		p.env.Note(newVersion.With(i18n.Typed(env.Lang.Name(now.By, "")), now.Version, env.Lang.Clock(now.At)))
	case now.State.Sealed() && !was.State.Sealed() && now.IssuedBy != env.Me.Name:
		p.env.Note(otherIssue.With(i18n.Typed(env.Lang.Name(now.IssuedBy, "")), now.Number))
	case signed != nil && signature(was) == nil && signed.Signer != env.Me.ID:
		p.env.Note(otherSign.With(i18n.Typed(env.Lang.Name(signed.Name, "")), signed.Version))
	}
}

// noStep says why there is no next step now.
func (p *page) noStep() i18n.Phrase {
	m, v := &p.facts.Value.minutes, &p.facts.Value.view
	off := p.noWrite()
	switch {
	case v.State == data.MeetingClosed && (p.part == partAfter || m.State.Sealed()):
		return isClosed
	case p.part != partAfter && m.MaySign && m.State != data.MinutesSigned && !m.State.Sealed():
		return p.noMinutes()
	case off == (i18n.Phrase{}) && p.part != partAfter && m.State == data.MinutesToSign:
		return waitsSign.With(i18n.Typed(p.env.Lang.Name(m.Meeting.ChairName, "")))
	}
	return off
}

// step does the next step, or asks before it.
func (p *page) step() tea.Cmd {
	m := &p.facts.Value.minutes
	switch {
	case p.part == partAfter || m.State.Sealed():
		return p.askClose()
	case m.State == data.MinutesSigned:
		return p.askIssue()
	case m.MaySign:
		return p.askSign()
	}
	meeting, version, chair := p.meeting, m.Version, i18n.Typed(p.env.Lang.Name(m.Meeting.ChairName, ""))
	return p.run(func(ctx context.Context) (done, error) {
		_, err := p.deps.HandIn(ctx, meeting, version)
		return done{said: handedIn.With(version, chair)}, err
	})
}

func (p *page) askSign() tea.Cmd {
	env, m := p.env, p.facts.Value.minutes
	text := []i18n.Phrase{signText.With(m.Version, i18n.Typed(env.Lang.Name(m.By, "")), env.Lang.Moment(m.At, env.Now()))}
	if m.Hidden > 0 {
		text = append(text, signHidden.With(m.Hidden))
	}
	return kit.Ask(env, kit.Question{Title: signTitle, Text: text, Act: signAct.With(m.Version), Else: signNot, Do: func() tea.Cmd {
		return p.run(func(ctx context.Context) (done, error) {
			now, err := p.deps.Sign(ctx, m.Meeting.ID, m.Version)
			return done{said: didSign.With(now.Version, env.Lang.Clock(env.Now())), lasts: signLasts}, err
		})
	}})
}

func (p *page) askIssue() tea.Cmd {
	env, m := p.env, p.facts.Value.minutes
	text := []i18n.Phrase{}
	if s := signature(m); s != nil {
		text = append(text, issueOf.With(m.Version, i18n.Typed(env.Lang.Name(s.Name, "")), env.Lang.Moment(s.At, env.Now())))
	}
	return kit.Ask(env, kit.Question{Title: issueTitle, Text: append(text, beforeIssue), Act: issueIt, Else: issueNot, Word: m.Meeting.Number(), Do: func() tea.Cmd {
		return p.run(func(ctx context.Context) (done, error) {
			now, err := p.deps.Issue(ctx, m.Meeting.ID, m.Version)
			return done{said: didIssue.With(now.Number, shortHash(now.Hash)), lasts: issueLasts}, err
		})
	}})
}

func (p *page) askGiveOut() tea.Cmd {
	env, m := p.env, p.facts.Value.minutes
	return kit.Ask(env, kit.Question{Title: giveTitle, Text: []i18n.Phrase{giveText.With(m.GivenOut), giveYours}, Act: giveOut, Else: giveNot, Do: func() tea.Cmd {
		return p.run(func(ctx context.Context) (done, error) {
			now, err := p.deps.GiveOut(ctx, m.Meeting.ID)
			return done{said: didGive.With(env.Lang.Clock(env.Now())), lasts: giveLasts, copy: now.Text(true)}, err
		})
	}})
}

// copyGiven copies the form that was given out once more.
func (p *page) copyGiven() tea.Cmd {
	return p.env.CopyText(p.facts.Value.minutes.Text(true), copiedOut)
}

func (p *page) askCompose() tea.Cmd {
	m := p.facts.Value.minutes
	return kit.Ask(p.env, kit.Question{Title: anewTitle, Text: []i18n.Phrase{anewText.With(m.Changed())}, Act: anewAct, Do: p.compose})
}

func (p *page) compose() tea.Cmd {
	meeting := p.meeting
	return p.run(func(ctx context.Context) (done, error) {
		now, err := p.deps.Compose(ctx, meeting)
		return done{said: didAnew.With(now.Version)}, err
	})
}

func (p *page) askRemove() tea.Cmd {
	l, _ := p.text.line()
	m, before := p.facts.Value.minutes, 0
	if p.text.at > 0 {
		before = p.text.lines[p.text.at-1].ID
	}
	return kit.Ask(p.env, kit.Question{Title: removeTitle, Text: []i18n.Phrase{i18n.Typed(data.Line(l.Text))}, Act: remove, Else: removeNot, Do: func() tea.Cmd {
		return p.run(func(ctx context.Context) (done, error) {
			now, err := p.deps.amend(ctx, m, []data.MinutesEdit{{Line: l.ID, Remove: true}}, l)
			again := []data.MinutesEdit{{After: before, Kind: l.Kind, Level: l.Level, Text: l.Text}}
			return done{said: didRemove.With(now.Version), back: p.reverse(now, again)}, err
		})
	}})
}

// reverse takes changes to lines back: edits undo them, as long as the lines are
// what they became.
func (p *page) reverse(now data.Minutes, edits []data.MinutesEdit) *undoing {
	var seen []data.MinutesLine
	for _, e := range edits {
		if l, ok := lineOf(now, e.Line); ok {
			seen = append(seen, l)
		}
	}
	return &undoing{do: func(ctx context.Context) (done, error) {
		m, err := p.deps.amend(ctx, now, edits, seen...)
		d := done{said: didUndo.With(m.Version)}
		if n := len(m.Changes); n > 0 {
			d.line = m.Changes[n-1].Line
		}
		return d, err
	}}
}

func (p *page) undo() tea.Cmd {
	do := p.back.do
	p.back = nil
	return p.run(do)
}

func lineOf(m data.Minutes, id int) (data.MinutesLine, bool) {
	for _, l := range m.Lines {
		if l.ID == id && id != 0 {
			return l, true
		}
	}
	return data.MinutesLine{}, false
}

// amend changes lines over the version that was read. If somebody saved another
// meanwhile and these lines are as they were, it is done over that one.
func (d Deps) amend(ctx context.Context, read data.Minutes, edits []data.MinutesEdit, seen ...data.MinutesLine) (data.Minutes, error) {
	now, err := d.Save(ctx, read.Meeting.ID, read.Version, edits, data.Ref{})
	var clash *data.Conflict
	if !errors.As(err, &clash) {
		return now, err
	}
	newest, rerr := d.Minutes(ctx, read.Meeting.ID, 0)
	if rerr != nil {
		return now, rerr
	}
	for _, l := range seen {
		if is, ok := lineOf(newest, l.ID); !ok || is.Text != l.Text || is.Level != l.Level || is.Kind != l.Kind {
			return now, err
		}
	}
	return d.Save(ctx, read.Meeting.ID, newest.Version, edits, data.Ref{})
}

// listed joins words for a sentence.
func listed(env *kit.Env, words []string) string { return strings.Join(words, env.Say(comma)) }

var comma = i18n.T(", ", "、")
