package minutes

import (
	"context"
	"fmt"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	pathHead    = i18n.T("Signature and issue", "签字与发布")
	signsHead   = i18n.T("Signatures", "签过的")
	noSign      = i18n.T("nobody has signed yet", "还没有人签")
	chairSigns  = i18n.T("%s (chair) signs; %s writes the minutes", "%s (主持) 签; %s 记录")
	signHolds   = i18n.T("✓ %s  v%d  %s", "✓ %s  第 %d 稿  %s")
	signFell    = i18n.T("! %s  v%d  %s  does not hold: changed since", "! %s  第 %d 稿  %s  不作数: 之后改过")
	nextIs      = i18n.T("next: i %s", "下一步: i %s")
	numberRow   = i18n.T("number %s", "编号 %s")
	hashRow     = i18n.T("SHA-256 %s", "SHA-256 %s")
	byRow       = i18n.T("issued %s by %s, v%d", "%s 由 %s 发布, 第 %d 稿")
	mendedHead  = i18n.T("Corrections (%d)", "更正 (%d)")
	noMended    = i18n.T("none; n adds one", "没有; n 加一条")
	mendedRow   = i18n.T("%d. %s  (%s %s)", "%d. %s  (%s %s)")
	waitsNumber = i18n.T("the number is given when they are issued", "编号发布时给")

	outHead     = i18n.T("Given out", "分发")
	outOn       = i18n.T("✓ given out %s: send the text to the class group, m copies it again", "✓ %s 已分发: 文字由你发到班级群, m 再复制一次")
	outNot      = i18n.T("- not given out yet: once they are issued, m", "- 还没分发: 发布以后按 m")
	outNow      = i18n.T("- not given out yet: m copies the text for the class group and notes it", "- 还没分发: 按 m 复制文字发到班级群, 并记下")
	feedHead    = i18n.T("The families' opinions", "家长意见")
	feedKey     = i18n.T("x next", "x 下一步")
	absentHead  = i18n.T("Families that were not there (%d, not told %d)", "没来的家庭 (%d 家, 还没转告 %d)")
	allCame     = i18n.T("Every family was there", "家家都到了")
	toldOn      = i18n.T("✓ told %s by %s", "✓ %s %s 转告")
	toldNot     = i18n.T("- not told", "- 没转告")
	closeHead   = i18n.T("Closing", "办结")
	closeReady  = i18n.T("✓ nothing is missing: i closes the meeting", "✓ 都齐了: i 办结")
	closeWaits  = i18n.T("waits for: %s", "还等: %s")
	closeDone   = i18n.T("✓ closed", "✓ 已办结")
	closeTitle  = i18n.T("Close the meeting?", "办结会议?")
	closeText   = i18n.T("Minutes, opinions and absent families are done. A closed meeting stays as it is.", "纪要、意见、缺席家庭都办完了。办结后不能再动。")
	closeNot    = i18n.T("leave it open", "先不办结")
	didClose    = i18n.T("Closed: %s", "已办结: %s")
	closeLasts  = i18n.T("A closed meeting cannot be opened again", "办结不能撤销")
	didFeedback = i18n.T("Opinions: %s  u undo", "意见: %s  u 撤销")
	backFeed    = i18n.T("Opinions: %s again", "意见: 改回 %s")
	feedDone    = i18n.T("The opinions are reported already", "意见已经上报了")
	relay       = i18n.T("Told about: %s. ", "转告「%s」: ")
)

func (p *page) signRows() (out []string) {
	env, m := p.env, &p.facts.Value.minutes
	add := func(s string) { out = append(out, "  "+kit.Clip(s, p.w-3)) }
	say := func(phrase i18n.Phrase, args ...any) { add(kit.Show(env.Say(phrase, args...))) }
	out = append(out, kit.Head(env.Say(pathHead), "", p.w))
	say(chairSigns, env.Lang.Name(m.Meeting.ChairName, ""), env.Lang.Name(m.Meeting.SecretaryName, ""))
	if m.State.Sealed() {
		say(numberRow, m.Number)
		say(byRow, env.Lang.Moment(m.IssuedAt, env.Now()), env.Lang.Name(m.IssuedBy, ""), m.Issued)
		say(hashRow, m.Hash)
	} else {
		say(waitsNumber)
		if off := p.noStep(); off == (i18n.Phrase{}) {
			add(env.Look.Accent(env.Say(nextIs, env.Say(p.stepWord()))))
		} else {
			say(off)
		}
	}
	out = append(out, "", kit.Head(env.Say(signsHead), "", p.w))
	if len(m.Signed) == 0 {
		say(noSign)
	}
	for _, s := range m.Signed {
		if s.Holds {
			say(signHolds, env.Lang.Name(s.Name, ""), s.Version, env.Lang.Moment(s.At, env.Now()))
		} else {
			add(env.Look.Danger(kit.Show(env.Say(signFell, env.Lang.Name(s.Name, ""), s.Version, env.Lang.Moment(s.At, env.Now())))))
		}
	}
	if !m.State.Sealed() {
		return out
	}
	out = append(out, "", kit.Head(env.Say(mendedHead, len(m.Corrections)), "", p.w))
	if len(m.Corrections) == 0 {
		say(noMended)
	}
	for _, c := range m.Corrections {
		for n, row := range kit.Wrap(env.Say(mendedRow, c.N, c.Text, env.Lang.Name(c.By, ""), env.Lang.Moment(c.At, env.Now())), p.w-6) {
			add(kit.Pad("", min(n, 1)*3) + row)
		}
	}
	return out
}

// absentList is where the absent families stand: under the two rows each of what
// was given out and of the opinions, over those of the closing.
func (p *page) absentList(body kit.Rect) kit.Rect {
	return kit.Rect{X: 0, Y: body.Y + 5, W: body.W, H: max(1, body.H-7)}
}

func (p *page) afterRows() (out []string) {
	env, f := p.env, &p.facts.Value
	m, v := &f.minutes, &f.view
	add := func(s string) { out = append(out, "  "+kit.Clip(s, p.w-3)) }
	out = append(out, kit.Head(env.Say(outHead), "", p.w))
	switch {
	case !m.GivenOutAt.IsZero():
		add(env.Look.OK(env.Say(outOn, env.Lang.Moment(m.GivenOutAt, env.Now()))))
	case m.State.Sealed():
		add(env.Say(outNow))
	default:
		add(env.Say(outNot))
	}
	out = append(out, kit.Head(env.Say(feedHead), env.Say(feedKey), p.w))
	add(p.feedbackLine())
	untold := 0
	for _, i := range f.absent {
		if i.Told.IsZero() {
			untold++
		}
	}
	out = append(out, kit.Head(env.Say(absentHead, len(f.absent), untold), p.absent.Span(), p.w))
	if len(f.absent) == 0 {
		add(env.Say(allCame))
	}
	out = append(out, p.absent.View(env, func(i int) string { return p.absentLine(f.absent[i]) })...)
	for len(out) < 5+p.absent.Rect().H {
		out = append(out, "")
	}
	out = append(out, kit.Head(env.Say(closeHead), "", p.w))
	switch {
	case v.State == data.MeetingClosed:
		add(env.Look.OK(env.Say(closeDone)))
	case len(v.CloseWaits) == 0:
		add(env.Look.OK(env.Say(closeReady)))
	default:
		add(env.Look.Warn(env.Say(closeWaits, p.waits())))
	}
	return out
}

func (p *page) feedbackLine() string {
	out := ""
	for i, s := range data.FeedbackStates {
		word := p.env.Lang.Feedback(s)
		if i > 0 {
			out += " > "
		}
		if s == p.facts.Value.view.Feedback {
			word = p.env.Look.Accent("[" + word + "]")
		}
		out += word
	}
	return out
}

// waits is what the closing waits for, in words.
func (p *page) waits() string {
	var words []string
	for _, what := range p.facts.Value.view.CloseWaits {
		words = append(words, p.env.Lang.Missing(what))
	}
	return listed(p.env, words)
}

// absentLine is a family that was not there: whose, whom to call, and whether
// somebody told them since.
func (p *page) absentLine(i data.Invitee) string {
	env := p.env
	phone := "-"
	if len(i.Guardian.Phones) > 0 {
		phone = kit.Line{Guardian: i.Guardian, Phone: i.Guardian.Phones[0]}.Number(env)
	}
	why := env.Lang.Attendance(i.Attendance)
	if i.ReplyWhy != "" {
		why += ": " + i.ReplyWhy
	}
	told := env.Look.Warn(env.Say(toldNot))
	if !i.Told.IsZero() {
		told = env.Look.OK(kit.Show(env.Say(toldOn, env.Lang.Date(i.Told, env.Now.Today()), env.Lang.Name(i.ToldBy, ""))))
	}
	children, adults := 8, 10 // names are not cut while there is room
	for _, one := range p.facts.Value.absent {
		children = min(max(children, kit.Width(kit.Show(p.childOf(one)))), 24)
		adults = min(max(adults, kit.Width(kit.Show(p.adultOf(one)))), 24)
	}
	left := kit.Fit(p.childOf(i), children) + "  " + kit.Fit(p.adultOf(i), adults) + "  " + kit.Fit(phone, 14) + " "
	room := p.absent.Rect().W - 2 - kit.Width(left) - kit.Width(told) - 2
	return left + kit.Fit(why, max(room, 0)) + " " + told
}

// childOf is the first child of a family, and how many more; adultOf whom to call.
func (p *page) childOf(i data.Invitee) string {
	switch n := len(i.Students); n {
	case 0:
		return ""
	case 1:
		return kit.NameOf(p.env, i.Students[0])
	default:
		return kit.NameOf(p.env, i.Students[0]) + fmt.Sprintf(" +%d", n-1)
	}
}

func (p *page) adultOf(i data.Invitee) string {
	if i.Guardian.Person == 0 {
		return "-"
	}
	return p.env.Lang.Guardian(i.Guardian) + " " + p.env.Lang.Name(i.Guardian.Name, "")
}

// showAbsent lists who was not there. The choice stays with its family; from one
// that the reader has told it goes on to the next that is not told yet.
func (p *page) showAbsent() {
	was, chosen := p.untold, p.absent.ID()
	p.untold = nil
	ids, ticked := make([]int64, len(p.facts.Value.absent)), false
	for n, i := range p.facts.Value.absent {
		ids[n] = i.ID
		if i.Told.IsZero() {
			p.untold = append(p.untold, i.ID)
		} else if i.ID == chosen && i.ToldBy == p.env.Me.Name {
			ticked = true
		}
	}
	p.absent.Keep(ids)
	at := slices.Index(was, chosen)
	if !ticked || at < 0 {
		return
	}
	for _, id := range append(slices.Clone(was[at+1:]), was[:at]...) {
		if slices.Contains(p.untold, id) {
			p.absent.Choose(id)
			return
		}
	}
}

func (p *page) noCall() i18n.Phrase {
	if p.absent.ID() == 0 {
		return nobody
	}
	return i18n.Phrase{}
}

// call starts the record of a call with the chosen family: it says what it is
// about, and once it is saved the store ticks the row.
func (p *page) call() tea.Cmd {
	for _, i := range p.facts.Value.absent {
		if i.ID == p.absent.ID() && len(i.Students) > 0 {
			o := kit.Open{Screen: "contact", ID: i.Students[0].ID, Guardian: i.Guardian.Person, Begin: p.env.Say(relay, data.Line(p.facts.Value.view.Title))}
			if len(i.Guardian.Phones) > 0 {
				o.Text = i.Guardian.Phones[0].E164
			}
			return p.env.Send(o)
		}
	}
	return p.env.Note(nobody)
}

func (p *page) noFeedback() i18n.Phrase {
	switch off := p.noWrite(); {
	case off != (i18n.Phrase{}):
		return off
	case p.facts.Value.view.State == data.MeetingClosed:
		return isClosed
	case p.facts.Value.view.Feedback == data.FeedbackReported:
		return feedDone
	}
	return i18n.Phrase{}
}

// feedback goes on by one: not asked, collected, reported.
func (p *page) feedback() tea.Cmd {
	v, env, deps := &p.facts.Value.view, p.env, p.deps
	id, rev, was, to := v.ID, v.Rev, v.Feedback, data.FeedbackReported
	if v.Feedback == data.FeedbackNone {
		to = data.FeedbackCollected
	}
	back := &undoing{do: func(ctx context.Context) (done, error) {
		now, err := deps.Meeting(ctx, id)
		if err == nil {
			_, err = deps.Feedback(ctx, id, now.Rev, was)
		}
		return done{said: backFeed.With(i18n.Typed(env.Lang.Feedback(was)))}, err
	}}
	return p.run(func(ctx context.Context) (done, error) {
		_, err := deps.Feedback(ctx, id, rev, to)
		return done{said: didFeedback.With(i18n.Typed(env.Lang.Feedback(to))), back: back}, err
	})
}

// askClose closes the meeting, or says what it waits for.
func (p *page) askClose() tea.Cmd {
	v, env := p.facts.Value.view, p.env
	if len(v.CloseWaits) > 0 {
		p.turn(partAfter)
		return env.Note(i18n.Typed(env.Say(closeWaits, p.waits())))
	}
	return kit.Ask(env, kit.Question{Title: closeTitle, Text: []i18n.Phrase{closeText}, Act: closeIt, Else: closeNot, Do: func() tea.Cmd {
		return p.run(func(ctx context.Context) (done, error) {
			_, err := p.deps.Close(ctx, v.ID, v.Rev)
			return done{said: didClose.With(v.Number()), lasts: closeLasts}, err
		})
	}})
}
