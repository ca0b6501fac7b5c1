package preparation

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	repliesTitle = i18n.T("Meetings > type replies", "会议 > 记回执")
	repliesAbout = i18n.T("Who has answered the notice, and what?", "谁回了, 怎么回的?")
	typedField   = i18n.T("Numbers 1 3 5-9, names, or lines copied from the chat", "学号 1 3 5-9, 姓名, 或群里复制的几行")
	elseField    = i18n.T("Who says nothing else", "没写明的算")
	theseReplies = i18n.T("these replies", "这些回执")
	leftReplies  = i18n.T("The draft is kept: n goes on, and Today lists it", "草稿已留: n 接着写, 今日里也有")
	hFound       = i18n.T("Found %d of %d families", "认出 %d 家 / 共 %d 家")
	hNotFound    = i18n.T("not clear %d", "没认清 %d 处")
	notKnown     = i18n.T("nobody of this class", "本班没有")
	whichOf      = i18n.T("which? %s", "是哪家? %s")
	wasSaid      = i18n.T("(was: %s)", "(原来: %s)")
	moreFound    = i18n.T(".. %d more", ".. 还有 %d 家")
	nothingFound = i18n.T("Nobody is named yet. What was found stands here before it is saved", "还没认出谁。认出来的先列在这里, 再存")
	nobodyYet    = i18n.T("nobody was found", "还没认出哪家")
	didTyped     = i18n.T("%d replies noted", "已记 %d 家回执")
	didTypedBut  = i18n.T("%d replies noted, %d not clear were left", "已记 %d 家回执, 没认清的 %d 处没记")
)

// A typing is what is typed or pasted, and what a family means of which it says
// no more.
type typing struct {
	Text string
	Else data.Reply
}

// typedReplies tells the page below what was noted, so that u takes it back there.
type typedReplies struct {
	undo undo
	of   []int64 // the invitees
}

// repliesForm is where many replies are typed at once.
type repliesForm struct {
	kit.Sheet[typing]
	env  *kit.Env
	deps Deps
	id   int64
	view kit.Load[data.MeetingView]

	of    typing           // what was matched
	found []data.ReplyRead // in the order they were typed
	marks []data.ReplyMark // of those that are sure
	w, h  int
}

// NewReplies returns the form for replies to the notice of the meeting o.ID. Draft
// is one to go on writing.
func NewReplies(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &repliesForm{env: env, deps: deps, id: o.ID}
	of := data.Ref{Kind: "meeting", ID: o.ID}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[typing]{
		Kind: "replies", Object: of, On: of, What: theseReplies, Left: leftReplies, Draft: deps.Draft,
		Check: func(x typing) error {
			if p.match(x); len(p.marks) == 0 {
				p.Wrong(kit.Place{Field: "text"}, nobodyYet)
			}
			return nil
		},
		Save: func(ctx context.Context, x typing) (typing, error) { return x, deps.Replies(ctx, o.ID, p.marks, of) },
		Done: func(typing) tea.Cmd { return p.done() },
	},
		kit.Text("text", typedField, data.MaxReplies, 5, func(x *typing) *string { return &x.Text }),
		kit.OneOf("reply", elseField, []data.Reply{data.WillCome, data.ReadNotice, data.WillNot}, i18n.Lang.Reply, func(x *typing) *data.Reply { return &x.Else }))
	return p
}

func (*repliesForm) Title() i18n.Phrase { return repliesTitle }

// About is what the form asks.
func (*repliesForm) About() i18n.Phrase { return repliesAbout }

// Init reads the families, and the draft.
func (p *repliesForm) Init() tea.Cmd { return tea.Batch(p.read(), p.Sheet.Init()) }

func (p *repliesForm) read() tea.Cmd {
	return p.view.Ask(p.env.Ctx, func(ctx context.Context) (data.MeetingView, error) {
		v, err := p.deps.Meeting(ctx, p.id)
		if err == nil && !v.MayRun {
			err = data.ErrForbidden
		}
		return v, err
	})
}

// Waiting and GiveUp are what the shell asks of a page.
func (p *repliesForm) Waiting() bool { return p.view.Busy || p.Sheet.Waiting() }
func (p *repliesForm) GiveUp()       { p.view.GiveUp(); p.Sheet.GiveUp() }

// formRows is what the fields take; the families that were found stand below.
const formRows = 8

// Layout gives the fields their rows.
func (p *repliesForm) Layout(w, h int) {
	p.w, p.h = w, h
	p.Sheet.Layout(w, formRows)
}

// Update takes the families besides what the form takes.
func (p *repliesForm) Update(msg tea.Msg) tea.Cmd {
	if p.view.Take(msg) {
		next := p.view.Next()
		if p.view.Gone() {
			p.Lost = p.view.Err
		} else if p.view.Err != nil {
			return tea.Batch(next, p.env.Note(kit.NotRead(p.view.Err)))
		}
		p.of, p.found = typing{}, nil
		p.match(p.Record.Read())
		return next
	}
	switch m := msg.(type) {
	case kit.Reload:
		return tea.Batch(p.read(), p.Sheet.Update(msg))
	case kit.Changed:
		if m.Touches("meeting", p.id) {
			return tea.Batch(p.read(), p.Sheet.Update(msg))
		}
	}
	cmd := p.Sheet.Update(msg)
	if p.Record.Read != nil {
		p.match(p.Record.Read())
	}
	return cmd
}

// match reads what was typed.
func (p *repliesForm) match(x typing) {
	if x == p.of {
		return
	}
	p.of, p.marks = x, nil
	p.found = data.MatchReplies(x.Text, p.view.Value.Invitees)
	for _, r := range p.found {
		if r.Sure() {
			p.marks = append(p.marks, data.ReplyMark{Invitee: r.Invitees[0], Reply: p.said(r), Why: r.Why})
		}
	}
}

// said is what a family said: its own words, else what is meant by saying no more.
func (p *repliesForm) said(r data.ReplyRead) data.Reply {
	if r.Reply == data.NoReply {
		return p.of.Else
	}
	return r.Reply
}

func (p *repliesForm) invitee(id int64) data.Invitee {
	all := p.view.Value.Invitees
	if n := slices.IndexFunc(all, func(i data.Invitee) bool { return i.ID == id }); n >= 0 {
		return all[n]
	}
	return data.Invitee{}
}

// done goes back and leaves there what takes the replies back.
func (p *repliesForm) done() tea.Cmd {
	var was []data.ReplyMark
	var ids []int64
	for _, m := range p.marks {
		i := p.invitee(m.Invitee)
		ids = append(ids, i.ID)
		was = append(was, data.ReplyMark{Invitee: i.ID, Reply: i.Reply, Why: i.ReplyWhy})
	}
	said := didTyped.With(len(p.marks))
	if n := len(p.found) - len(p.marks); n > 0 {
		said = didTypedBut.With(len(p.marks), n)
	}
	back := undo{said: said, until: p.env.Now().Add(undoFor), back: func(ctx context.Context) error { return p.deps.Replies(ctx, p.id, was, data.Ref{}) }}
	return p.env.Send(kit.Back{Page: p, Gives: typedReplies{back, ids}})
}

// View draws the form, and under it whom it found and whom not.
func (p *repliesForm) View() kit.Frame {
	f := p.Sheet.View()
	if p.Clash == nil {
		f.Body += "\n" + kit.Block(p.result(p.h-formRows), p.w, p.h-formRows)
	}
	return f
}

func (p *repliesForm) result(rows int) []string {
	env := p.env
	var good, bad []string
	for _, r := range p.found {
		switch {
		case r.Sure():
			good = append(good, p.goodLine(r))
		case len(r.Invitees) == 0:
			bad = append(bad, " "+env.Look.Warn("? "+kit.Cut(r.Text, p.w-30))+"  "+env.Say(notKnown))
		default:
			var homes []byte
			for n, id := range r.Invitees {
				if n > 0 {
					homes = append(homes, env.Say(nameAnd)...)
				}
				homes = append(homes, homeOf(env, p.invitee(id))...)
			}
			bad = append(bad, " "+env.Look.Warn("? "+kit.Cut(r.Text, 30))+"  "+kit.Cut(env.Say(whichOf, string(homes)), p.w-38))
		}
	}
	note := ""
	if len(bad) > 0 {
		note = env.Look.Warn(env.Say(hNotFound, len(bad)))
	}
	out := []string{kit.Head(env.Say(hFound, len(good), len(p.view.Value.Invitees)), note, p.w)}
	if len(good)+len(bad) == 0 {
		return append(out, " "+env.Look.Muted(env.Say(nothingFound)))
	}
	if most := max(rows-1-len(good), 3); len(bad) > most {
		bad = append(bad[:most-1], " "+env.Look.Muted(env.Say(morePts, len(bad)-most+1)))
	}
	out = append(out, bad...)      // what is not clear is to be seen first
	if len(good) > rows-len(out) { // two beside each other
		half := (len(good) + 1) / 2
		for n := range half {
			line := kit.Pad(good[n], p.w/2)
			if n+half < len(good) {
				line += kit.Clip(good[n+half], p.w/2)
			}
			good[n] = line
		}
		good = good[:half]
	}
	if room := rows - len(out); len(good) > room && room > 0 {
		good = append(good[:room-1], " "+env.Look.Muted(env.Say(moreFound, len(p.marks)-2*room+2)))
	}
	return append(out, good...)
}

// goodLine is a family that was found: what it says, and what it had said before.
func (p *repliesForm) goodLine(r data.ReplyRead) string {
	env, i := p.env, p.invitee(r.Invitees[0])
	as := i
	as.Reply = p.said(r)
	line := " " + kit.Fit(seats(i), 6) + kit.Fit(homeOf(env, i), 20) + " " + p.paint(reply(env, as))
	if r.Why != "" {
		line += "  " + kit.Cut(r.Why, 24)
	}
	if i.Reply != data.NoReply && i.Reply != as.Reply {
		line += "  " + env.Look.Muted(env.Say(wasSaid, env.Lang.Reply(i.Reply)))
	}
	return line
}

func (p *repliesForm) paint(c kit.Cell) string { return p.env.Look.Paint(c.Role, kit.Fit(c.Text, 10)) }
