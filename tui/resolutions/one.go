package resolutions

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	oneTitle = i18n.T("Resolutions > %s", "决议跟踪 > %s")
	oneBare  = i18n.T("Resolutions > one", "决议跟踪 > 一条")
	aNext    = i18n.T("neighbour", "上/下一条")
	fromIs   = i18n.T("From %s  %s", "来自 %s  %s")
	byIs     = i18n.T("Who %s  due %s  %s", "负责 %s  到期 %s  %s")
	resultIs = i18n.T("Result: %s", "结果: %s")
	whyIs    = i18n.T("Dropped because: %s", "作罢原因: %s")
	closedOn = i18n.T("closed %s", "%s 办结")
	savedIs  = i18n.T("last changed by %s, %s", "%s %s 最后改过")
	alone    = i18n.T("There is no other one here", "这里只有这一条")
)

// one is a resolution on a page of its own.
type one struct {
	acts
	id    int64
	of    []int64
	asked kit.Load[data.Resolution]
	w, h  int
}

// NewOne returns the page of the resolution o.ID; [ and ] go through Of.
func NewOne(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &one{id: o.ID, of: o.Of}
	p.acts = newActs(env, deps, p.known, p.read)
	return p
}

func (p *one) known() (data.Resolution, bool) {
	r := p.asked.Value
	return r, r.ID != 0 && r.ID == p.id
}

func (p *one) Title() i18n.Phrase {
	if r, ok := p.known(); ok {
		return oneTitle.With(r.Number)
	}
	return oneBare
}

func (p *one) Init() tea.Cmd   { return tea.Batch(p.read(), p.acts.start()) }
func (p *one) Layout(w, h int) { p.w, p.h = w, h }
func (p *one) Waiting() bool   { return p.asked.Busy || p.acts.busy() }
func (p *one) GiveUp()         { p.asked.GiveUp(); p.acts.giveUp() }
func (p *one) Storing() bool   { return p.saved.Busy }

func (p *one) read() tea.Cmd {
	ask, id := p.deps.One, p.id
	return p.asked.Ask(p.env.Ctx, func(ctx context.Context) (data.Resolution, error) { return ask(ctx, id) })
}

// Update takes what was read, done and typed.
func (p *one) Update(msg tea.Msg) tea.Cmd {
	if p.asked.Take(msg) {
		next := p.asked.Next()
		if p.asked.Err != nil {
			p.env.Note(kit.NotRead(p.asked.Err))
		}
		return next
	}
	if cmd, taken := p.acts.take(msg); taken {
		return cmd
	}
	switch m := msg.(type) {
	case kit.Changed:
		if m.Touches("resolution", p.id) || m.TouchesAny("meetings") {
			return p.read()
		}
	case kit.Reload, kit.NewDay:
		return p.read()
	}
	return nil
}

func (p *one) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	return append(p.acts.keys(),
		kit.Action{Key: "[", As: "[ ]", Label: aNext, Do: func() tea.Cmd { return p.turn(-1) }},
		kit.Action{Key: "]", Label: aNext, Rare: true, Do: func() tea.Cmd { return p.turn(1) }})
}

// turn goes to the resolution before or after this one.
func (p *one) turn(step int) tea.Cmd {
	to := neighbours(p.of, p.id, step)
	if to == p.id {
		return p.env.Note(alone)
	}
	p.id = to
	p.asked.Forget()
	return p.read()
}

// View draws the resolution in full.
func (p *one) View() kit.Frame {
	var lines []string
	if r, ok := p.known(); ok {
		lines = full(p.env, r, p.w)
	} else if p.asked.Err != nil {
		lines = []string{"", " " + p.env.Look.Danger("! "+p.env.Lang.Error(p.asked.Err))}
	}
	f := kit.Frame{Body: kit.Block(lines, p.w, p.h)}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(p.env, p.w, p.h)
	}
	return f
}

// full is a resolution with all that is known of it.
func full(env *kit.Env, r data.Resolution, w int) (out []string) {
	lang, today := env.Lang, env.Now.Today()
	add := func(s string) {
		for _, l := range kit.Wrap(s, w-2) {
			out = append(out, " "+l)
		}
	}
	word, mark, role := standing(env, r)
	out = append(out, kit.Head(kit.Show(r.Number), "", w))
	add(r.Text)
	who := lang.Name(r.OwnerName, "")
	if who == "" {
		who = "-"
	}
	stands := env.Look.Paint(role, kit.Show(mark+" "+word))
	out = append(out, " "+kit.Clip(env.Say(byIs, kit.Show(who), lang.Day(r.Due, today), stands), w-2))
	add(env.Say(fromIs, lang.Class(r.ClassName), r.MeetingTitle))
	closed := ""
	if !r.ClosedAt.IsZero() {
		closed = "  (" + env.Say(closedOn, lang.Moment(r.ClosedAt, env.Now())) + ")"
	}
	switch r.State {
	case data.ResolutionDone:
		add(env.Say(resultIs, r.Result) + closed)
	case data.ResolutionDropped:
		add(env.Say(whyIs, r.Result) + closed)
	}
	if r.SavedBy != "" {
		out = append(out, " "+env.Look.Muted(kit.Cut(env.Say(savedIs, lang.Name(r.SavedBy, ""), lang.Moment(r.SavedAt, env.Now())), w-2)))
	}
	return out
}
