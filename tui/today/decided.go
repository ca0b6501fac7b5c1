package today

import (
	"context"
	"errors"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	headLeft   = i18n.T("after meetings %d", "会后要办 %d")
	kindDecide = i18n.T("resolution", "决议")
	after      = i18n.T("after %s", "会后 %s")
	toClose    = i18n.T("only to be closed", "只差办结")
	stillLacks = i18n.T("left: %s", "还差 %s")
	lMinutes   = i18n.T("minutes", "纪要")
	lStep      = map[data.MinutesStep]i18n.Phrase{
		data.ToHandIn: i18n.T("minutes to hand in", "纪要等你交签"), data.ToSign: i18n.T("minutes to sign", "纪要等你签"), data.ToIssue: i18n.T("minutes to issue", "纪要等你发布"),
		data.ToSignAgain: i18n.T("minutes to sign again (%s changed them)", "纪要要重签 (%s 改过)"),
	}
	lOpinions = i18n.T("opinions", "上报意见")
	lUntold   = i18n.T("%d absent families to tell", "转告缺席 %d 家")
	listComma = i18n.T(", ", "、")
	ofMeeting = i18n.T("%s  (%s)", "%s  (%s)")
	decidedOn = i18n.T("Decided: %s", "来自 %s")
	whatCame  = i18n.T("%s: what came of it", "%s 的结果")
	hintCame  = i18n.T("a sentence", "写一句")
	sayWhat   = i18n.T("Say what came of it first", "先写一句结果")
	dayThere  = i18n.T("The day of a resolution is changed on its own page: enter", "决议的日子在那一条里改: enter")
	didCarry  = i18n.T("Done: %s  u undo", "已完成 %s  u 撤销")
	wasFirst  = i18n.T("%s changed it at %s", "%s %s 改过了")
)

// duties are the rows of section 1 that somebody owes: promises and what a meeting
// decided, by day. What was settled in sight stays for a moment.
func (p *page) duties() (rows []row, open int) {
	t, now := &p.today, p.env.Now()
	add := func(r row, isOpen bool) {
		if isOpen {
			open++
		} else if !now.Before(p.gone[r.id]) {
			delete(p.gone, r.id)
			return
		}
		rows = append(rows, r)
	}
	for i := range t.Promises {
		pr := &t.Promises[i]
		add(row{id: idOf(aPromise, pr.ID), promise: pr}, pr.State == data.PromiseOpen)
	}
	if t.scope == mine && len(t.Resolutions) > 0 {
		for i := range t.Resolutions {
			r := &t.Resolutions[i]
			add(row{id: idOf(aResolution, r.ID), decided: r}, r.State == data.ResolutionOpen)
		}
		slices.SortStableFunc(rows, func(a, b row) int {
			x, y := a.due(), b.due()
			switch {
			case x == y:
				return 0
			case x.IsZero() || !y.IsZero() && y.Before(x):
				return 1
			}
			return -1
		})
	}
	return rows, open
}

// due is the day of what somebody owes, zero for none.
func (r row) due() data.Date {
	switch {
	case r.promise != nil:
		return r.promise.Due
	case r.decided != nil:
		return r.decided.Due
	}
	return data.Date{}
}

// decidedLine is a row of what a meeting decided.
func (p *page) decidedLine(r *data.Resolution, w int) string {
	env, today := p.env, p.env.Now.Today()
	near, day := p.dueWords(r.Due)
	mark, role, text := "", theme.Plain, env.Say(ofMeeting, kit.Show(r.Text), kit.Show(r.MeetingTitle))
	switch {
	case r.State != data.ResolutionOpen:
		mark, role, near, text = "✓", theme.OK, env.Lang.ResolutionState(r.State), r.Result+"  "+text
	case r.Late(today) > 0:
		mark, role = "!", theme.Danger
	case r.Due == today:
		mark, role = "*", theme.Warn
	}
	line := p.lead(role, mark, near, env.Say(kindDecide), "", r.ClassName)
	return line + p.tail(text, day, w-kit.Width(line))
}

// leftLine is a meeting that was held and not closed.
func (p *page) leftLine(l *data.MeetingLeft, w int) string {
	env := p.env
	mark := "-"
	if l.Minutes.Step(l.Meeting, env.Me.ID) == data.ToSignAgain {
		mark = "!"
	}
	left := env.Look.Warn(kit.Fit(mark, 2)+kit.Fit(env.Lang.Near(data.DayOf(l.Meeting.Starts), env.Now.Today()), 11)) + "  "
	text := env.Say(after, kit.Show(l.Meeting.Title)) + ": " + p.waits(l)
	return left + kit.Cut(text, max(w-kit.Width(left), 0))
}

// waits is what is left to do after a meeting, in words.
func (p *page) waits(l *data.MeetingLeft) string {
	env := p.env
	if len(l.Waits) == 0 {
		return env.Say(toClose)
	}
	var words []string
	for _, m := range l.Waits {
		switch m {
		case data.LacksMinutes:
			words = append(words, p.minutesWait(l))
		case data.LacksFeedback:
			words = append(words, env.Say(lOpinions))
		case data.LacksAbsentees:
			words = append(words, env.Say(lUntold, l.Untold))
		}
	}
	return env.Say(stillLacks, strings.Join(words, env.Say(listComma)))
}

// minutesWait says what the minutes wait for, and for whom where it is the reader.
func (p *page) minutesWait(l *data.MeetingLeft) string {
	switch step := l.Minutes.Step(l.Meeting, p.env.Me.ID); step {
	case data.NoStep:
		return p.env.Say(lMinutes)
	case data.ToSignAgain:
		return p.env.Say(lStep[step], p.env.Lang.Name(l.Minutes.By, ""))
	default:
		return p.env.Say(lStep[step])
	}
}

// askResult asks what came of what a meeting decided.
func (p *page) askResult(d data.Resolution) tea.Cmd {
	p.result = kit.Asking{Label: whatCame.With(d.Number), Hint: hintCame, Act: finish, Most: data.MaxLine,
		Fault: func(s string) i18n.Phrase {
			if strings.TrimSpace(s) == "" {
				return sayWhat
			}
			return i18n.Phrase{}
		},
		Done: func(s string) tea.Cmd {
			now := d
			now.State, now.Result = data.ResolutionDone, s
			p.did = didCarry.With(d.Number)
			return p.carry(now, &d)
		}}
	return p.result.Begin("")
}

// aboutDecided is what the detail says of what a meeting decided.
func (p *page) aboutDecided(d *data.Resolution) string {
	env := p.env
	text := d.Text + "\n" + env.Lang.Day(d.Due, env.Now.Today()) + "  " + env.Say(decidedOn, env.Lang.Class(d.ClassName)+" "+d.MeetingTitle)
	if d.Result != "" {
		text += "\n" + d.Result
	}
	return text
}

// aboutLeft is what the detail says of a meeting that was held.
func (p *page) aboutLeft(l *data.MeetingLeft) string {
	return p.env.Lang.Day(data.DayOf(l.Meeting.Starts), p.env.Now.Today()) + "  " + l.Meeting.Number() + "\n" + p.waits(l)
}

// carry saves a resolution; was is what undo brings back.
func (p *page) carry(now data.Resolution, was *data.Resolution) tea.Cmd {
	p.back, p.undecided = nil, was
	save := p.deps.SaveResolution
	return p.carried.Start(p.env.Ctx, func(ctx context.Context) (data.Resolution, error) { return save(ctx, now, data.Ref{}) })
}

func (p *page) tookCarried() tea.Cmd {
	err, clash := p.carried.Err, new(data.Conflict)
	if err != nil {
		p.undecided = nil
	}
	switch {
	case errors.As(err, &clash):
		p.env.Note(notSaved.With(wasFirst.With(p.env.Lang.Name(clash.By, ""), p.env.Lang.Moment(clash.At, p.env.Now()))))
	case err != nil:
		p.env.Note(notSaved.With(i18n.Reason(err)))
	default:
		p.until = p.env.Now().Add(undoable)
		p.env.Note(p.did)
	}
	return p.ask()
}

// newDecided are the rows of resolutions that changed since the last answer, and
// keeps in sight for a moment what was settled.
func (p *page) newDecided(was, is []data.Resolution) (lit []int64, settledNow bool) {
	for _, now := range is {
		i := slices.IndexFunc(was, func(old data.Resolution) bool { return old.ID == now.ID })
		if i < 0 && now.State != data.ResolutionOpen || i >= 0 && was[i].Rev == now.Rev {
			continue
		}
		id := idOf(aResolution, now.ID)
		if now.ID != p.carried.Value.ID || now.Rev != p.carried.Value.Rev {
			lit = append(lit, id)
		}
		if now.State != data.ResolutionOpen && was[i].State == data.ResolutionOpen {
			p.gone[id] = p.env.Now().Add(settled)
			settledNow = true
		}
	}
	return lit, settledNow
}
