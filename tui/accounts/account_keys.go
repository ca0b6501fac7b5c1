package accounts

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Actions are what can be done with the chosen row and with the account.
func (p *accountPage) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	own, runs := p.mine(), p.runs()
	sees := kit.Action{Key: "v", Label: aSees, Help: seesWhy, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "rights", ID: p.id}) }}
	keys := kit.Action{Key: "l", Label: aKey, Help: keysWhy, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "accountkeys", ID: p.id}) }}
	copied := kit.Action{Key: "y", Label: aCopy, Rare: true, When: p.noKey, Do: func() tea.Cmd { return p.env.Copy(p.chosen().key.Fingerprint) }}
	drop, edit, next := kit.Action{Key: "d", Label: aRevoke}, kit.Action{Key: "e", Label: aName}, kit.Action{Key: "i", Label: aCode, Help: codeWhy}
	drop.When, drop.Do = p.once(p.notDrop, p.drop)
	edit.When, edit.Do = p.once(p.notEdit, p.edit)
	next.When, next.Do = p.once(p.notNext, p.next)
	switch r := p.chosen(); {
	case r.self:
		drop.Label, edit.Label = aClose, aEdit
	case r.in != nil:
		drop.Label = aEnd
	case r.role != nil && !runs:
		drop.Label = aTake
	case r.role != nil:
		drop.Label, edit.Label = aTake, aRenew
		next.Label, next.Help = aConf, confWhy
	}
	switch {
	case runs:
		return []kit.Action{drop, edit, keys, next,
			{Key: "w", Label: aGive, Help: rolesWhy, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "accountrole", ID: p.id}) }},
			sees, copied, {Key: "u", Label: aOpen, Rare: true, When: p.notClosed, Do: func() tea.Cmd { return p.open(p.card.Value.AccountLine) }}}
	case own:
		return []kit.Action{keys, drop, edit, sees, copied}
	case p.env.Me.SeesAccounts(p.env.Now()) >= data.AccountStates:
		return []kit.Action{sees}
	}
	return nil
}

func (p *accountPage) noKey() i18n.Phrase {
	if p.chosen().key == nil {
		return onKey
	}
	return i18n.Phrase{}
}

func (p *accountPage) notClosed() i18n.Phrase {
	if c := p.card.Value; c.ID == 0 || c.Disabled.IsZero() {
		return isOpen
	}
	return i18n.Phrase{}
}

// notDrop says why nothing can be taken away of the chosen row.
func (p *accountPage) notDrop() i18n.Phrase {
	r, runs := p.chosen(), p.runs()
	switch {
	case r.key != nil && !r.key.Revoked.IsZero():
		return keyGone
	case r.key != nil:
	case r.in != nil && p.env.Server.End == nil:
		return noServer
	case r.in != nil:
	case r.role != nil && !r.role.State(p.env.Now()).Live():
		return roleOver
	case r.role != nil && r.lent && p.mine():
	case !runs && (r.role != nil || r.self):
		return notYours
	case r.role != nil:
	case r.self && !p.card.Value.Disabled.IsZero():
		return isClosed
	case r.self:
	default:
		return notThis
	}
	return i18n.Phrase{}
}

// drop takes away what the chosen row is, after a question.
func (p *accountPage) drop() tea.Cmd {
	c := p.card.Value
	switch r := p.chosen(); {
	case r.key != nil:
		return p.revoke(c.AccountLine, *r.key, p.inside.Value)
	case r.in != nil:
		return p.end(*r.in)
	case r.role != nil:
		return p.take(*r.role)
	}
	return p.close(c.AccountLine, len(p.inside.Value))
}

func (p *accountPage) notEdit() i18n.Phrase {
	r := p.chosen()
	switch {
	case r.key != nil && !r.key.Revoked.IsZero():
		return keyGone
	case r.key != nil:
	case !p.runs():
		return onKey
	case r.role != nil && (r.role.Kind != data.OwnGrant || r.lent):
		return lentRole
	case r.role != nil && r.role.State(p.env.Now()) == data.GrantTaken:
		return roleOver
	}
	return i18n.Phrase{}
}

// edit renames a key, renews a role, or changes the account.
func (p *accountPage) edit() tea.Cmd {
	switch r := p.chosen(); {
	case r.key != nil:
		return p.rename(*r.key)
	case r.role != nil:
		return p.renew(*r.role)
	}
	return p.env.Send(kit.Open{Screen: "accountedit", ID: p.id})
}

func (p *accountPage) rename(k data.Key) tea.Cmd {
	p.ask = kit.Asking{Label: keyName, Done: func(name string) tea.Cmd {
		return p.do(named, func(ctx context.Context) error { return p.deps.RenameKey(ctx, k.Fingerprint, name) })
	}}
	return p.ask.Begin(k.Name)
}

// renew asks for the new last day of a role: at first the end of this school
// year, or of the next where it lasts so long already.
func (p *accountPage) renew(g data.GrantLine) tea.Cmd {
	var until data.Date
	p.ask = kit.Asking{Label: renewTo, Act: aRenew,
		Means: func(typed string) string { return meaning(p.env, typed) },
		Fault: func(typed string) i18n.Phrase {
			var why i18n.Phrase
			until, why = lastDayOf(p.env, typed)
			return why
		},
		Done: func(string) tea.Cmd {
			return p.do(renewed.With(i18n.Typed(p.env.Lang.Date(until, p.env.Now.Today()))), func(ctx context.Context) error { return p.deps.Renew(ctx, g.ID, until) })
		}}
	return p.ask.Begin(g.RenewTo(p.env.Now.Today()).String())
}

// meaning is a day that was typed, in full.
func meaning(env *kit.Env, typed string) string {
	if d, why := lastDayOf(env, typed); why == (i18n.Phrase{}) {
		return "= " + env.Lang.Day(d, env.Now.Today())
	}
	return ""
}

// lastDayOf reads a last day as people say it.
func lastDayOf(env *kit.Env, typed string) (data.Date, i18n.Phrase) {
	d, err := data.Calendar{}.ParseDue(typed, env.Now.Today())
	switch {
	case err != nil:
		return d, i18n.Typed(env.Lang.Error(err))
	case d.IsZero():
		return d, i18n.Typed(env.Lang.Why(data.WhyEmpty))
	case d.Before(env.Now.Today()):
		return d, i18n.Typed(env.Lang.Why(data.WhyPast))
	}
	return d, i18n.Phrase{}
}

// notNext says why i does nothing: of a role it confirms one that waits, else it
// makes a code for the account.
func (p *accountPage) notNext() i18n.Phrase {
	r, c := p.chosen(), p.card.Value
	switch {
	case c.ID == 0:
		return noneChosen
	case r.role != nil && r.role.State(p.env.Now()) != data.GrantWaits:
		return onRole
	case r.role == nil && !c.Open(p.env.Now()):
		return isClosed
	}
	return i18n.Phrase{}
}

func (p *accountPage) next() tea.Cmd {
	if g := p.chosen().role; g != nil {
		return p.confirm(*g)
	}
	return p.invite(p.card.Value.AccountLine)
}
