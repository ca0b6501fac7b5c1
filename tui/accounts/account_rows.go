package accounts

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// languages are what an account opens in; spoken are their codes in order.
var (
	languages = map[string]i18n.Phrase{"": i18n.T("as the computer says", "随电脑"), string(i18n.Chinese): i18n.T("Chinese", "中文"),
		string(i18n.English): i18n.T("English", "英文")}
	spoken = []string{"", string(i18n.Chinese), string(i18n.English)}
)

// gather makes the rows of the page, section by section.
func (p *accountPage) gather(c data.AccountCard) (out []row) {
	env, w := p.env, p.w-2
	head := func(title i18n.Phrase, note string, args ...any) {
		out = append(out, row{text: kit.Head(env.Look.Bold(env.Say(title, args...)), note, p.w)})
	}
	head(account, "")
	out = append(out, row{id: idOf(aSelf, c.ID), self: true, text: p.selfLine(c, w)})
	if c.Sight == data.AllOfAccounts {
		head(hKeys, "", len(c.Keys))
		for i := range c.Keys {
			k := c.Keys[i]
			out = append(out, row{id: idOf(aKeyRow, k.ID), key: &k, text: keyLine(env, k, p.inside.Value, w)})
		}
		if len(c.Keys) == 0 {
			say := noKeyYet
			if p.runs() {
				say = noKeyYou
			}
			out = append(out, row{text: "  " + env.Look.Muted(env.Say(say))})
		}
		for i := range c.Revoked {
			k := c.Revoked[i]
			line := kit.Fit(k.Algorithm(), 10) + " " + kit.Fit(k.Name, min(max(w/5, 12), 24)) + " " + data.ShortFingerprint(k.Fingerprint) + "  " +
				env.Say(revoked, env.Lang.Date(data.DayOf(k.Revoked), env.Now.Today()))
			out = append(out, row{id: idOf(aKeyRow, k.ID), key: &k, text: env.Look.Muted(kit.Cut(line, w))})
		}
	}
	if in := p.inside.Value; len(in) > 0 {
		head(hInside, "", len(in))
		for i := range in {
			out = append(out, row{id: idOf(aWindow, in[i].ID), in: &in[i], text: sessionLine(env, in[i], c.Keys, w)})
		}
	}
	live := 0
	for _, g := range c.Roles {
		if g.State(env.Now()).Live() {
			live++
		}
	}
	head(hRoles, "", live)
	for i := range c.Roles {
		g := c.Roles[i]
		out = append(out, row{id: idOf(aRoleRow, g.ID), role: &g, text: grantLine(env, g, w)})
	}
	if len(c.Lent) > 0 {
		head(hLent, "", len(c.Lent))
		for i := range c.Lent {
			g := c.Lent[i]
			out = append(out, row{id: idOf(aLent, g.ID), role: &g, lent: true,
				text: kit.Cut(kit.Fit(env.Lang.Name(g.Name, ""), 14)+" "+grantLine(env, g, w-15), w)})
		}
	}
	if len(c.SignIns) > 0 {
		head(hSignIns, env.Say(newest))
		for i, s := range c.SignIns {
			name := s.KeyName
			if name == "" {
				name = data.ShortFingerprint(s.Key)
			}
			out = append(out, row{id: idOf(aSignIn, int64(i)+1), text: kit.Cut(kit.Fit(env.Lang.Moment(s.At, env.Now()), 17)+" "+kit.Fit(env.Lang.Door(s.Door), 12)+" "+
				kit.Fit(kit.Show(s.From), 16)+" "+name, w)})
		}
	}
	if lines := p.deeds.Value.Lines; len(lines) > 0 {
		head(hDeeds, env.Say(noWritng))
		for _, l := range lines {
			out = append(out, row{id: idOf(aDeed, l.ID), text: deedLine(env, l, w)})
		}
	}
	return out
}

// selfLine is the account itself: how it stands, its language, its last day.
func (p *accountPage) selfLine(c data.AccountCard, w int) string {
	env := p.env
	s := stands(env, c.AccountLine, len(p.inside.Value) > 0, c.Sight)
	if s.word == "" {
		s.word = env.Say(openWord)
	}
	words := []string{kit.Show(c.Username), env.Look.Paint(s.role, strings.TrimSpace(s.mark+" "+s.word))}
	if c.Sight == data.AllOfAccounts {
		words = append(words, env.Say(langIs, env.Say(languages[c.Lang])))
		end := env.Say(noEnd)
		if !c.Until.IsZero() {
			end = env.Say(untilIs, env.Lang.Date(c.Until, env.Now.Today()))
		}
		words = append(words, end)
	}
	if c.Alone {
		words = append(words, env.Look.Warn(env.Say(lastAdm)))
	}
	return kit.Clip(strings.Join(words, "  "), w)
}

// scope is row 2: whose account it is, in which roles, and when it was used.
func (p *accountPage) scope() string {
	env, c := p.env, p.card.Value
	if c.ID == 0 {
		return ""
	}
	what, where := roles(env, c.Account)
	left := " " + env.Look.Bold(kit.Show(env.Lang.Name(c.Name, ""))) + "  " + what
	if where != "-" {
		left += "  " + where
	}
	right := ""
	if c.Sight >= data.AccountStates {
		right = env.Say(lastSeen, seenAt(env, c.AccountLine, len(p.inside.Value) > 0)) + " "
	}
	return kit.Ends(left, right, p.w)
}
