package roster

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	lend     = i18n.T("lend the class", "借出代管")
	lendWhy  = i18n.T("A colleague is its class teacher too, until a day", "让一位同事也当班主任, 到某一天")
	takeBack = i18n.T("take back", "收回代管")
	backWhy  = i18n.T("The class is lent no more, at once", "马上不再代管")
	backAsk  = i18n.T("Take class %s back from %s?", "收回 %s? 现在由 %s 代管")
	backText = i18n.T("%s is class teacher too until %s. Taken back, they see the class no more, at once; what they wrote stays.", "%s 代管到 %s。收回后马上看不到这个班; 写的记录都在。")
	wasTaken = i18n.T("Taken back", "已收回")
	standsIn = i18n.T("for them %s until %s", "代 %s 到 %s")
)

// lending is what the class teacher may do about lending the class: lend it, or
// take it back first of all.
func (p *page) lending() []kit.Action {
	r := p.Asked.Value
	if !r.MayLend || r.Class != p.class {
		return nil
	}
	give := kit.Action{Key: "w", Label: lend, Help: lendWhy, Rare: true, Do: func() tea.Cmd { return p.Env.Send(kit.Open{Screen: "lend", ID: p.class}) }}
	if len(r.Stand) == 0 {
		return []kit.Action{give}
	}
	give.Key = ""
	return []kit.Action{{Key: "w", Label: takeBack, Help: backWhy, Rare: true, Do: func() tea.Cmd { return p.askBack(r, r.Stand[0]) }}, give}
}

func (p *page) askBack(r data.Roster, s data.StandIn) tea.Cmd {
	who := p.Env.Lang.Name(s.Name, "")
	return kit.Ask(p.Env, kit.Question{Title: backAsk.With(p.Env.Lang.Class(r.Name), who),
		Text: []i18n.Phrase{backText.With(who, p.Env.Lang.Date(s.Until, p.Env.Now.Today()))}, Act: takeBack,
		Do: func() tea.Cmd {
			revoke := p.deps.Revoke
			return p.revoked.Start(p.Env.Ctx, func(ctx context.Context) (bool, error) { return true, revoke(ctx, s.Grant) })
		}})
}

// standing names who stands in for the class teacher, and how long one sees the
// class oneself if that is for a time.
func (p *page) standing(r data.Roster) string {
	env, out := p.Env, ""
	for _, s := range r.Stand {
		out += "  " + env.Look.Warn(env.Say(standsIn, kit.Show(env.Lang.Name(s.Name, "")), env.Lang.Date(s.Until, env.Now.Today())))
	}
	if passing := env.Lang.Passing(r.Passing, env.Now()); passing != "" && len(r.Stand) == 0 {
		out += "  " + env.Look.Warn(passing)
	}
	return out
}
