package room

import (
	"context"
	"errors"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// more reports whether an item is still to come.
func (p *page) more() bool {
	for _, i := range p.view.Agenda {
		if i.ID != p.view.Item && i.Started.IsZero() {
			return true
		}
	}
	return false
}

// goOn is the next step of the meeting: open the room and begin the first item, go
// on to the next one, close the room after the last; then read the minutes.
func (p *page) goOn() tea.Cmd {
	id, now := p.id, p.view.Item
	switch {
	case p.view.State.Over():
		return p.env.Send(kit.Open{Screen: "minutes", ID: id, Replace: true})
	case !p.live():
		some := len(p.view.Agenda) > 0
		return p.do(func(ctx context.Context) error {
			err := p.deps.Open(ctx, id)
			if err == nil && some {
				err = p.deps.Next(ctx, id, 0, 0)
			}
			return err
		})
	case p.more():
		return p.do(func(ctx context.Context) error { return p.deps.Next(ctx, id, now, 0) })
	}
	return p.askToClose()
}

// before is the item that was on before the one that is: where u leads back to, 0
// if there is none or the item has been on for a minute.
func (p *page) before() int64 {
	n, item := p.item()
	if item == nil || p.view.Running(p.now()) >= time.Minute {
		return 0
	}
	for n--; n > 0; n-- {
		if i := p.view.Agenda[n-1]; !i.Started.IsZero() {
			return i.ID
		}
	}
	return 0
}

// goBack goes back to the item before.
func (p *page) goBack() tea.Cmd {
	id, now, to := p.id, p.view.Item, p.before()
	return p.do(func(ctx context.Context) error { return p.deps.Next(ctx, id, now, to) })
}

// mayGoBack says why u leads nowhere.
func (p *page) mayGoBack() i18n.Phrase {
	switch why := p.mayTime(); {
	case why != i18n.Phrase{}:
		return why
	case p.before() == 0:
		return noWayBack
	}
	return i18n.Phrase{}
}

// time stops the clock of the item that is on, or lets it go on.
func (p *page) time() tea.Cmd {
	id, item, pause := p.id, p.view.Item, !p.view.ItemSince.IsZero()
	return p.do(func(ctx context.Context) error { return p.deps.Pause(ctx, id, item, pause) })
}

func (p *page) do(what func(context.Context) error) tea.Cmd {
	return p.step.Start(p.env.Ctx, func(ctx context.Context) (bool, error) { return true, what(ctx) })
}

var (
	askClose  = i18n.T("Close the room", "散会")
	doClose   = i18n.T("close the room", "散会")
	goesOnNow = i18n.T("go on with it", "接着开")
	willMiss  = i18n.T("%d families who are not signed in were not here.", "没签到的 %d 家记为没来。")
	willCard  = i18n.T("The meeting goes onto the cards of the %d families who came.", "到会的 %d 家, 家庭卡上记这次会。")
	willMins  = i18n.T("The minutes are composed: agenda, who came, %d lines, %d resolutions. They can be changed before they are issued.", "纪要自动写好: 议程、到会、%d 行记录、%d 条决议。发布前都能改。")
	willEnd   = i18n.T("The room cannot be opened again; who came can still be put right.", "散会后不能再开; 签到还能改。")
)

// standingLines is how many lines go into the minutes: those that are not struck.
func (p *page) standingLines() (n int) {
	for _, x := range p.view.Notes {
		if !x.Struck {
			n++
		}
	}
	return n
}

// askToClose names what closing the room does.
func (p *page) askToClose() tea.Cmd {
	t, id := data.TurnoutOf(p.view.Invitees), p.id
	text := []i18n.Phrase{willCard.With(t.Came()), willMins.With(p.standingLines(), len(p.view.Resolutions)), willEnd}
	if t.Unmarked > 0 {
		text = append([]i18n.Phrase{willMiss.With(t.Unmarked)}, text...)
	}
	return kit.Ask(p.env, kit.Question{Title: askClose, Text: text, Act: doClose, Else: goesOnNow, Do: func() tea.Cmd {
		p.closes = true
		return p.do(func(ctx context.Context) error { return p.deps.Close(ctx, id) })
	}})
}

var (
	wasOpened = i18n.T("%s opened the room at %s", "%s %s 已开会")
	wentOn    = i18n.T("%s was first: item %d is on", "%s 先按了: 现在是第 %d 项")
	wasFirst  = i18n.T("%s was first", "%s 先按了")
)

// stepped tells what became of the step. Of two who press at once one learns of the
// other; both see the same item.
func (p *page) stepped() tea.Cmd {
	ask := p.ask()
	closed := p.closes && p.step.Err == nil
	p.closes = false
	var clash *data.Conflict
	switch err := p.step.Err; {
	case closed:
		p.env.Send(kit.Open{Screen: "minutes", ID: p.id, Replace: true, Over: p})
	case errors.As(err, &clash) && clash.Ref.Kind == "meeting":
		p.env.Note(wasOpened.With(i18n.Typed(p.env.Lang.Name(clash.By, "")), p.env.Lang.Clock(clash.At)))
	case errors.As(err, &clash):
		if n := placeOf(p.view, clash.Ref.ID); n > 0 {
			p.env.Note(wentOn.With(i18n.Typed(p.env.Lang.Name(clash.By, "")), n))
		} else {
			p.env.Note(wasFirst.With(i18n.Typed(p.env.Lang.Name(clash.By, ""))))
		}
	case err != nil:
		p.env.Note(failure.With(i18n.Typed(p.env.Lang.Error(err))))
	}
	return ask
}

// turn changes between the room and the big view.
func (p *page) turn() tea.Cmd {
	p.big = !p.big
	return nil
}

// other goes from the agenda to the notes and back.
func (p *page) other() tea.Cmd {
	p.below = !p.below && p.notes.list.Len() > 0
	return nil
}

// alone shows the notes of the chosen item, or all again.
func (p *page) alone() tea.Cmd {
	if p.only == p.items.ID() {
		p.only = 0
	} else {
		p.only = p.items.ID()
	}
	p.keepLines()
	return nil
}

// invite asks those who belong to the class now: a family has split, or a child
// has come.
func (p *page) invite() tea.Cmd {
	id := p.id
	return p.invites.Start(p.env.Ctx, func(ctx context.Context) (n [2]int, err error) {
		n[0], n[1], err = p.deps.Invite(ctx, id)
		return n, err
	})
}

var isInvited = i18n.T("The list is that of the class: %d more, %d gone", "名单和班里一样了: 多 %d 家, 少 %d 家")

func (p *page) invited() tea.Cmd {
	if p.invites.Err != nil {
		return p.env.Note(failed(p.invites.Err))
	}
	return p.env.Note(isInvited.With(p.invites.Value[0], p.invites.Value[1]))
}

// change opens the chosen resolution.
func (p *page) change() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "resolution", ID: p.decided.chosen()})
}

// how opens the form about how the chosen family came.
func (p *page) how() tea.Cmd { return p.env.Send(kit.Push{Page: newCame(p, *p.family())}) }

// own is the chosen line, if this person wrote it and it stands.
func (p *page) own() *data.MeetingNote {
	id := p.asks.chosen()
	if p.tabs.At == atAgenda {
		if id = p.notes.chosen(); !p.below {
			return nil
		}
	}
	for i := range p.view.Notes {
		if n := &p.view.Notes[i]; n.ID == id && n.By == p.env.Me.ID && !n.Struck {
			return n
		}
	}
	return nil
}

func (p *page) notMine() i18n.Phrase {
	if p.own() == nil {
		return notMine
	}
	return p.mayWrite()
}

var (
	askStrike = i18n.T("Strike your line", "划掉这行")
	strikeHow = i18n.T("It stays in its place, as struck out; nobody else reads it any more.", "原处留着「划掉了」, 别人不再看到内容。")
	strikeAsk = i18n.T("What reminds %s of the answer goes with it.", "提醒 %s 答复的也一起去掉。")
)

// strike asks, then strikes one's own line.
func (p *page) strike() tea.Cmd {
	n, id := p.own(), p.id
	text := []i18n.Phrase{i18n.Typed(kit.Show(n.Text)), strikeHow}
	if n.Promise != 0 {
		text = append(text, strikeAsk.With(i18n.Typed(p.env.Lang.Name(n.AnswererName, ""))))
	}
	note := n.ID
	return kit.Ask(p.env, kit.Question{Title: askStrike, Text: text, Act: aOwn, Do: func() tea.Cmd {
		return p.struck.Start(p.env.Ctx, func(ctx context.Context) (bool, error) { return true, p.deps.Strike(ctx, id, note) })
	}})
}
