package family

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	headPast = i18n.T("History (%s)", "往来 (%s)")
	moreH    = i18n.T("h all", "h 全部")
)

// widened tells the page itself that its window has become wide enough for the
// history: Layout may not ask.
type widened struct{ of *page }

// lookBack asks for what stands at the right of a wide window.
func (p *page) lookBack() tea.Cmd {
	if p.right.X == 0 || p.deps.Timeline == nil {
		return nil
	}
	q := data.TimelineQuery{Student: p.student, Limit: max(p.h, 1)}
	return p.past.Start(p.env.Ctx, func(ctx context.Context) (data.Timeline, error) { return p.deps.Timeline(ctx, q) })
}

// beside is what stands at the right of a wide window: the history, and under
// it the chosen contact or promise in full.
func (p *page) beside() (out []string) {
	if p.right.X == 0 || p.card.Value.Sight < data.Whole {
		return nil
	}
	text := p.chosen(p.right.W - 1)
	room := p.right.H
	if len(text) > 0 {
		room = max(p.right.H-len(text), p.right.H*3/5)
	}
	out = p.talks(room)
	if len(text) > 0 {
		for len(out) < room {
			out = append(out, "")
		}
		out = append(out, text...)
	}
	return out[:min(len(out), p.right.H)]
}

// talks is the newest contacts, h rows at most with their head. Before they are
// there it is the few of the card.
func (p *page) talks(h int) (out []string) {
	env, w, today := p.env, p.right.W-1, p.env.Now.Today()
	all, total := p.past.Value.Contacts, p.past.Value.Total
	if p.past.Value.Student.ID != p.student {
		all, total = p.card.Value.Contacts, len(p.card.Value.Contacts)
	}
	if len(all) == 0 {
		return nil
	}
	out = append(out, kit.Head(env.Say(headPast, env.Lang.Number(total)), env.Say(moreH), w))
	for _, c := range all[:min(len(all), h-1)] {
		role := theme.Plain
		switch {
		case c.Sight < data.Whole:
			role = theme.Restricted
		case c.Outcome != data.Reached:
			role = theme.Muted
		}
		left := " " + kit.Fit(env.Lang.Date(data.DayOf(c.At), today), 11) + kit.Fit(env.Lang.Channel(c.Channel), 10)
		out = append(out, left+env.Look.Paint(role, kit.Cut(kit.Gist(env, c), max(w-kit.Width(left), 0))))
	}
	return out
}

// chosen is the text of the chosen contact or promise, in lines of w columns.
func (p *page) chosen(w int) (out []string) {
	r, ok := p.row()
	if !ok {
		return nil
	}
	env := p.env
	wrap := func(text string, role theme.Role) {
		for _, l := range kit.Wrap(text, w-1) {
			out = append(out, " "+env.Look.Paint(role, l))
		}
	}
	switch {
	case r.promise != nil:
		out = append(out, kit.Head(env.Lang.PromiseKind(r.promise.Kind), env.Lang.PromiseState(r.promise.State), w))
		wrap(r.promise.Text, theme.Plain)
		if r.promise.Result != "" {
			wrap(r.promise.Result, theme.Muted)
		}
	case r.contact != nil:
		c := r.contact
		when := env.Lang.Day(data.DayOf(c.At), env.Now.Today()) + " " + env.Lang.Clock(c.At)
		out = append(out, kit.Head(kit.Show(strings.Join([]string{when, env.Lang.Channel(c.Channel), env.Lang.Name(c.StaffName, "")}, "  ")), env.Lang.Level(c.Level), w))
		switch {
		case c.Sight < data.Whole:
			wrap(kit.Hidden(env, *c), theme.Restricted)
		case c.Summary != "":
			if c.Outcome != data.Reached {
				wrap(env.Lang.Outcome(c.Outcome), theme.Warn)
			}
			wrap(c.Summary, theme.Plain)
		default:
			wrap(kit.Gist(env, *c), theme.Plain)
		}
	}
	return out
}
