package meetings

import (
	"context"
	"errors"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	whyOff    = i18n.T("Why is it cancelled?", "为什么取消?")
	whyHint   = i18n.T("the families ask", "家长会问")
	cancelIt  = i18n.T("cancel it", "取消会议")
	removeIt  = i18n.T("take it away", "去掉")
	sureGone  = i18n.T("Nobody was told of it yet. It is taken away with its agenda and topics; the log keeps it.", "还没通知过家长。连议程和议题一起去掉, 日志里留着。")
	didCancel = i18n.T("Cancelled. u undo  y copies what to tell the %d families", "已取消  u 撤销  y 复制取消通知, 发给 %d 户家庭")
	didCall   = i18n.T("Called again: %s", "又照常开: %s")
	noUndo    = i18n.T("Nothing was cancelled here within ten minutes", "这里 10 分钟内没有取消过会议")
	notOff    = i18n.T("Only for a meeting that is cancelled", "取消了的会才有")
	offNotice = i18n.T("Dear parents: the meeting \"%[1]s\" on %[2]s, %[3]s, is cancelled: %[4]s. We shall tell you of the next one.",
		"各位家长：原定 %[2]s %[3]s 的「%[1]s」取消，原因：%[4]s。改期另行通知，给您添麻烦了。")
	didRemove = i18n.T("Taken away: %s", "已去掉: %s")
	notDone   = i18n.T("! Not done: %s: F5 reads again", "! 没做成: %s: F5 重新读")
	needWhy   = i18n.T("Say why first", "先写原因")
	stillDoes = i18n.T(".. saving", ".. 正在存")
)

// chosen is the chosen meeting, of the list or of the month.
func (p *page) chosen() (data.MeetingLine, bool) {
	if p.grid {
		return p.month.chosen()
	}
	return p.Chosen()
}

func (p *page) none() i18n.Phrase {
	if _, ok := p.chosen(); !ok {
		return nothing
	}
	return i18n.Phrase{}
}

// runs reports whether the person may ever prepare a meeting: who sees any whole
// may be its chair or its secretary.
func (p *page) runs() bool {
	scope, _ := p.Env.Me.Meets(p.Env.Now())
	return scope.All || len(scope.Classes) > 0
}

func (p *page) noEdit() i18n.Phrase {
	l, ok := p.chosen()
	switch {
	case !ok:
		return nothing
	case p.Env.Me.MayRunMeeting(p.Env.Now(), l.Meeting) != nil:
		return notRun
	case l.State.Over():
		return isOver
	case l.State == data.MeetingCancelled:
		return isOff
	}
	return i18n.Phrase{}
}

func (p *page) noAway() i18n.Phrase {
	l, _ := p.chosen()
	switch why := p.noEdit(); {
	case why != (i18n.Phrase{}):
		return why
	case l.State == data.MeetingInSession:
		return isOn
	case p.done.Busy:
		return stillDoes
	}
	return i18n.Phrase{}
}

func (p *page) noRemind() i18n.Phrase {
	l, _ := p.chosen()
	switch why := p.noEdit(); {
	case why != (i18n.Phrase{}):
		return why
	case l.State == data.MeetingInSession:
		return noAnswer
	}
	return i18n.Phrase{}
}

// noneYet is none for enter: pressed by a fast hand before the list is there, it
// opens what will be chosen.
func (p *page) noneYet() i18n.Phrase {
	if !p.grid && !p.Known() && p.Asked.Err == nil {
		return i18n.Phrase{}
	}
	return p.none()
}

func (p *page) openChosen() tea.Cmd {
	l, ok := p.chosen()
	if p.opens = !ok; p.opens {
		return nil
	}
	return p.open(l.Meeting)
}

// whoComes is the tab of a preparation with the families and their answers.
const whoComes = "people"

func (p *page) remind() tea.Cmd {
	l, _ := p.chosen()
	return p.Env.Send(kit.Open{Screen: string(data.FrontPreparation), ID: l.ID, Text: whoComes})
}

func (p *page) edit() tea.Cmd {
	l, _ := p.chosen()
	return p.Env.Send(kit.Open{Screen: "meetingedit", ID: l.ID})
}

// call opens the form of a new meeting, on the day that the month shows.
func (p *page) call() tea.Cmd {
	o := kit.Open{Screen: "meetingnew"}
	if p.grid && !p.month.day.Before(p.Env.Now.Today()) {
		o.Text = p.month.day.String()
	}
	if l, ok := p.chosen(); ok {
		o.Of = []int64{l.Class}
	}
	return p.Env.Send(o)
}

// print makes a calendar file or a table of the meetings that are shown.
func (p *page) print() tea.Cmd {
	q := p.query()
	if q.Tab = tabs[p.tab]; p.grid {
		q = p.month.query()
	}
	of := func(f data.Format) kit.Paper { return kit.Paper{Of: data.MeetingDates, Format: f, Query: q} }
	return kit.AskPaper(p.Env, func(of kit.Paper) tea.Cmd { return p.papers.Print(p.Env, p.deps.Print, of) }, of(data.AsICS), of(data.AsCSV))
}

// away asks for the reason of a meeting of which the families know, and takes one
// away of which nobody was told.
func (p *page) away() tea.Cmd {
	l, _ := p.chosen()
	name := kit.Show(named(p.Env, l.Meeting))
	if l.State == data.MeetingDraft {
		return kit.Ask(p.Env, kit.Question{Title: i18n.Typed(name), Text: []i18n.Phrase{sureGone}, Act: removeIt, Do: func() tea.Cmd {
			remove := p.deps.Remove
			return p.do(didRemove.With(name), func(ctx context.Context) (data.Meeting, error) {
				return data.Meeting{}, remove(ctx, l.ID, l.Rev, "")
			})
		}})
	}
	p.ask = kit.Asking{Label: whyOff, Hint: whyHint, Act: cancelIt, Most: 200,
		Fault: func(s string) i18n.Phrase {
			if data.Name(s) == "" {
				return needWhy
			}
			return i18n.Phrase{}
		},
		Done: func(why string) tea.Cmd {
			return p.step(didCancel.With(l.Invited), l.Meeting, data.MeetingCancelled, why)
		}}
	return p.ask.Begin("")
}

// step takes a meeting to another state.
func (p *page) step(said i18n.Phrase, m data.Meeting, to data.MeetingState, why string) tea.Cmd {
	step := p.deps.Step
	return p.do(said, func(ctx context.Context) (data.Meeting, error) { return step(ctx, m.ID, m.Rev, to, why) })
}

// do does something to a meeting once, and says so when it is done.
func (p *page) do(said i18n.Phrase, act func(context.Context) (data.Meeting, error)) tea.Cmd {
	p.said = said
	return p.done.Start(p.Env.Ctx, act)
}

// off is the meeting that was cancelled here last, while that can be taken back.
func (p *page) off() (data.Meeting, bool) {
	m := p.done.Value
	return m, m.State == data.MeetingCancelled && p.Env.Now().Sub(m.SavedAt) <= undoable
}

// undoable is how long the store takes a cancellation back.
const undoable = 10 * time.Minute

func (p *page) noUndo() i18n.Phrase {
	if _, ok := p.off(); !ok {
		return noUndo
	}
	return i18n.Phrase{}
}

func (p *page) undo() tea.Cmd {
	m, _ := p.off()
	return p.step(didCall.With(kit.Show(named(p.Env, m))), m, m.BeforeCancelled(), "")
}

// cancelled is the meeting whose families are to be told: the chosen one, or the
// one that went out of the list by being cancelled.
func (p *page) cancelled() (data.Meeting, bool) {
	if l, ok := p.chosen(); ok && l.State == data.MeetingCancelled {
		return l.Meeting, true
	}
	return p.off()
}

func (p *page) noNotice() i18n.Phrase {
	if _, ok := p.cancelled(); !ok {
		return notOff
	}
	return i18n.Phrase{}
}

func (p *page) copyNotice() tea.Cmd {
	m, _ := p.cancelled()
	return p.Env.Copy(p.Env.Say(offNotice, kit.Show(m.Title), p.Env.Lang.Day(data.DayOf(m.Starts), p.Env.Now.Today()), m.Starts.In(data.China).Format("15:04"), m.CancelWhy))
}

var firstThere = i18n.T("%s changed it at %s", "%s %s 改过了")

func (p *page) wasDone() tea.Cmd {
	clash := new(data.Conflict)
	switch err := p.done.Err; {
	case errors.As(err, &clash):
		p.Env.Note(notDone.With(firstThere.With(p.Env.Lang.Name(clash.By, ""), p.Env.Lang.Moment(clash.At, p.Env.Now()))))
	case err != nil:
		p.Env.Note(notDone.With(i18n.Reason(err)))
	default:
		p.Env.Note(p.said)
	}
	if p.grid {
		return p.month.read()
	}
	return p.read(false)
}
