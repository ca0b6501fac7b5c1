package resolutions

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
	aDone    = i18n.T("done", "完成")
	aLater   = i18n.T("postpone", "改期")
	aWho     = i18n.T("other person", "换人")
	aMeeting = i18n.T("meeting", "看会议")
	aDrop    = i18n.T("drop", "作罢")
	aEdit    = i18n.T("words", "改文字")
	aUndo    = i18n.T("undo", "撤销")
	aFilter  = i18n.T("filter", "筛选")

	doneWhy    = i18n.T("It is done; say what came of it", "办完了, 写一句结果")
	laterWhy   = i18n.T("Another day: fri, +3d, 1 dec; who runs the meeting may", "换个日子: 周五 +3d 12-01; 主持、秘书、德育处能改")
	whoWhy     = i18n.T("Somebody else carries it out; who runs the meeting may", "换个人负责; 主持、秘书、德育处能改")
	meetingWhy = i18n.T("The meeting that decided it", "定这条的那个会")
	dropWhy    = i18n.T("It is not carried out any more, with the reason", "不办了, 写原因")
	editWhy    = i18n.T("Other words, until the minutes are issued", "改写文字, 纪要发布前可以")
	undoWhy    = i18n.T("Takes back what you last did here, for ten minutes", "撤回刚才做的, 10 分钟内")

	whatCame = i18n.T("What came of it", "结果")
	hintCame = i18n.T("a sentence", "写一句")
	whyDrop  = i18n.T("Why is it dropped", "为什么作罢")
	whichDay = i18n.T("Postpone to", "改到哪天")
	whoElse  = i18n.T("Who carries it out", "谁去办")
	saveIt   = i18n.T("save", "存")
	sayWhat  = i18n.T("Say it in a sentence first", "先写一句")
	sayWho   = i18n.T("Type so much of a name that one person is meant", "打到只剩一个人")
	meant    = i18n.T("= %s", "= %s")

	didDone  = i18n.T("Done: %s  u undo", "已完成 %s  u 撤销")
	didLater = i18n.T("Postponed to %s  u undo", "改到 %s  u 撤销")
	didWho   = i18n.T("%s carries it out  u undo", "改由 %s 负责  u 撤销")
	didDrop  = i18n.T("Dropped: %s  u undo", "已作罢 %s  u 撤销")
	didEdit  = i18n.T("Words changed  u undo", "文字已改  u 撤销")
	didUndo  = i18n.T("Undone", "已撤销")
	notDone  = i18n.T("! Not saved: %s", "! 没存上: %s")
	notYours = i18n.T("its day, its words and who does it are changed by chair, secretary or the office", "日期、文字和负责人由主持、秘书或德育处改")
	notMine  = i18n.T("who carries it out or who runs the meeting does that", "要负责人自己或主持、秘书、德育处来")
	firstWas = i18n.T("%s changed it at %s", "%s %s 改过了")
	isClosed = i18n.T("It is not open any more", "这条已经不在办了")
	noUndo   = i18n.T("Nothing to undo within 10 minutes", "10 分钟内没有能撤销的")
	saving   = i18n.T(".. saving, press again", ".. 正在存, 再按一次")
)

// undoable is how long something done can be taken back.
const undoable = 10 * time.Minute

// acts is what can be done with the chosen resolution, in the list and on its own
// page.
type acts struct {
	env    *kit.Env
	deps   Deps
	chosen func() (data.Resolution, bool)
	again  func() tea.Cmd // reads anew

	ask      kit.Asking
	saved    kit.Save[data.Resolution]
	calendar kit.Load[data.Calendar]
	people   kit.Load[[]data.Participant]
	meeting  kit.Load[data.MeetingView]
	did      i18n.Phrase
	refusal  i18n.Phrase      // why the store may say no
	back     *data.Resolution // what undo brings back
	until    time.Time
}

func newActs(env *kit.Env, deps Deps, chosen func() (data.Resolution, bool), again func() tea.Cmd) acts {
	return acts{env: env, deps: deps, chosen: chosen, again: again}
}

func (a *acts) start() tea.Cmd { return a.calendar.Start(a.env.Ctx, a.deps.Calendar) }
func (a *acts) busy() bool     { return a.people.Busy || a.meeting.Busy || a.saved.Busy }
func (a *acts) giveUp()        { a.people.GiveUp(); a.meeting.GiveUp() }

// take takes what the acts asked for, and what is typed into their field.
func (a *acts) take(msg tea.Msg) (cmd tea.Cmd, taken bool) {
	switch {
	case a.calendar.Take(msg):
		return nil, true
	case a.people.Take(msg):
		if a.people.Err != nil {
			return a.env.Note(kit.NotRead(a.people.Err)), true
		}
		return a.askWho(), true
	case a.meeting.Take(msg):
		if a.meeting.Err != nil {
			return a.env.Note(kit.NotRead(a.meeting.Err)), true
		}
		m := a.meeting.Value.Meeting
		return a.env.Send(kit.Open{Screen: string(m.Front(a.env.Now())), ID: m.ID}), true
	case a.saved.Take(msg):
		return a.wasSaved(), true
	}
	if a.ask.On {
		switch msg.(type) {
		case tea.KeyPressMsg, tea.PasteMsg:
			return a.ask.Take(msg), true
		}
	}
	return nil, false
}

// may reports whether the person may ever change a resolution: who carries one out,
// and who may run meetings.
func (a *acts) may() bool {
	me, now := a.env.Me, a.env.Now()
	scope, _ := me.Meets(now)
	return scope.All || len(scope.Classes) > 0 || me.MayAtAll(now, data.RecResolution, data.Edit, true, data.Progress) || me.MayAtAll(now, data.RecResolution, data.Approve, true)
}

func (a *acts) keys() []kit.Action {
	never := !a.may()
	return []kit.Action{
		{Key: "x", Label: aDone, Help: doneWhy, Never: never, When: a.closed, Do: a.finish},
		{Key: "z", Label: aLater, Help: laterWhy, Never: never, When: a.closed, Do: a.postpone},
		{Key: "w", Label: aWho, Help: whoWhy, Never: never, When: a.closed, Do: a.handOver},
		{Key: "o", Label: aMeeting, Help: meetingWhy, When: a.none, Do: a.openMeeting},
		{Key: "d", Label: aDrop, Help: dropWhy, Never: never, When: a.closed, Do: a.drop},
		{Key: "e", Label: aEdit, Help: editWhy, Never: never, When: a.closed, Rare: true, Do: a.reword},
		{Key: "u", Label: aUndo, Help: undoWhy, Never: never, When: a.noUndo, Rare: true, Do: a.undo},
	}
}

func (a *acts) none() i18n.Phrase {
	if _, ok := a.chosen(); !ok {
		return nothing
	}
	return i18n.Phrase{}
}

func (a *acts) closed() i18n.Phrase {
	r, ok := a.chosen()
	switch {
	case !ok:
		return nothing
	case r.State != data.ResolutionOpen:
		return isClosed
	case a.saved.Busy:
		return saving
	}
	return i18n.Phrase{}
}

func (a *acts) noUndo() i18n.Phrase {
	switch {
	case a.saved.Busy:
		return saving
	case a.back == nil || a.env.Now().After(a.until):
		return noUndo
	}
	return i18n.Phrase{}
}

// sentence is a field for one sentence, which may not be empty.
func (a *acts) sentence(label, act i18n.Phrase, value string, done func(string) tea.Cmd) tea.Cmd {
	a.ask = kit.Asking{Label: label, Hint: hintCame, Act: act, Most: data.MaxLine, Done: done, Fault: func(s string) i18n.Phrase {
		if strings.TrimSpace(s) == "" {
			return sayWhat
		}
		return i18n.Phrase{}
	}}
	return a.ask.Begin(value)
}

func (a *acts) finish() tea.Cmd {
	r, _ := a.chosen()
	return a.sentence(whatCame, aDone, "", func(said string) tea.Cmd {
		now := r
		now.State, now.Result = data.ResolutionDone, said
		return a.store(now, &r, didDone.With(r.Number), notMine)
	})
}

func (a *acts) drop() tea.Cmd {
	r, _ := a.chosen()
	return a.sentence(whyDrop, aDrop, "", func(said string) tea.Cmd {
		now := r
		now.State, now.Result = data.ResolutionDropped, said
		return a.store(now, &r, didDrop.With(r.Number), notMine)
	})
}

func (a *acts) reword() tea.Cmd {
	r, _ := a.chosen()
	return a.sentence(cText, saveIt, r.Text, func(said string) tea.Cmd {
		now := r
		now.Text = said
		return a.store(now, &r, didEdit, notYours)
	})
}

func (a *acts) postpone() tea.Cmd {
	r, _ := a.chosen()
	parse := func(s string) (data.Date, error) { return a.calendar.Value.ParseDue(s, a.env.Now.Today()) }
	a.ask = kit.Asking{Label: whichDay, Act: saveIt, Means: func(s string) string { return kit.DayMeans(a.env, a.calendar.Value, s) },
		Fault: func(s string) i18n.Phrase {
			if d, err := parse(s); err != nil || d.IsZero() {
				return i18n.Typed(a.env.Lang.Why(data.WhyNotADate))
			}
			return i18n.Phrase{}
		},
		Done: func(s string) tea.Cmd {
			now := r
			now.Due, _ = parse(s)
			return a.store(now, &r, didLater.With(a.env.Lang.Day(now.Due, a.env.Now.Today())), notYours)
		}}
	return a.ask.Begin("")
}

// handOver reads who may carry it out, and asks which of them.
func (a *acts) handOver() tea.Cmd {
	r, _ := a.chosen()
	ask := a.deps.People
	return a.people.Start(a.env.Ctx, func(ctx context.Context) ([]data.Participant, error) { return ask(ctx, r.Class) })
}

func (a *acts) askWho() tea.Cmd {
	r, ok := a.chosen()
	if !ok {
		return nil
	}
	a.ask = kit.Asking{Label: whoElse, Act: saveIt, Means: func(s string) string { return a.env.Say(meant, strings.Join(a.names(s), "  ")) },
		Fault: func(s string) i18n.Phrase {
			if len(a.matches(s)) != 1 {
				return sayWho
			}
			return i18n.Phrase{}
		},
		Done: func(s string) tea.Cmd {
			now, who := r, a.matches(s)[0]
			now.Owner, now.OwnerName = who.ID, who.Name
			return a.store(now, &r, didWho.With(a.env.Lang.Name(who.Name, "")), notYours)
		}}
	return a.ask.Begin("")
}

// matches are those whom a typed name may mean; one whose name it is, alone.
func (a *acts) matches(typed string) (out []data.Participant) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, x := range a.people.Value {
		name := strings.ToLower(a.env.Lang.Name(x.Name, ""))
		if name == typed || x.Name == typed {
			return []data.Participant{x}
		}
		if strings.Contains(name, typed) || strings.Contains(x.Name, typed) {
			out = append(out, x)
		}
	}
	return out
}

func (a *acts) names(typed string) (out []string) {
	for _, x := range a.matches(typed) {
		out = append(out, a.env.Lang.Name(x.Name, ""))
	}
	return out
}

func (a *acts) openMeeting() tea.Cmd {
	r, _ := a.chosen()
	ask := a.deps.Meeting
	return a.meeting.Start(a.env.Ctx, func(ctx context.Context) (data.MeetingView, error) { return ask(ctx, r.Meeting) })
}

// store saves a resolution; was is what undo brings back, refusal why the store
// may say no.
func (a *acts) store(now data.Resolution, was *data.Resolution, said, refusal i18n.Phrase) tea.Cmd {
	a.back, a.did, a.refusal = was, said, refusal
	save := a.deps.Save
	return a.saved.Start(a.env.Ctx, func(ctx context.Context) (data.Resolution, error) { return save(ctx, now, data.Ref{}) })
}

func (a *acts) undo() tea.Cmd {
	was := *a.back
	was.Rev = a.saved.Value.Rev
	return a.store(was, nil, didUndo, notMine)
}

func (a *acts) wasSaved() tea.Cmd {
	err, clash := a.saved.Err, new(data.Conflict)
	switch {
	case errors.As(err, &clash):
		a.env.Note(notDone.With(firstWas.With(a.env.Lang.Name(clash.By, ""), a.env.Lang.Moment(clash.At, a.env.Now()))))
	case errors.Is(err, data.ErrForbidden):
		a.env.Note(notDone.With(a.refusal))
	case err != nil:
		a.env.Note(notDone.With(i18n.Reason(err)))
	default:
		a.until = a.env.Now().Add(undoable)
		a.env.Note(a.did)
	}
	if err != nil {
		a.back = nil
	}
	return a.again()
}
