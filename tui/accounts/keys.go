package accounts

import (
	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Actions are the keys of the tab in front, and those that go to the others.
func (p *page) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	var out []kit.Action
	switch p.top() {
	case part(&p.people):
		out = p.peopleKeys()
	case part(&p.online):
		out = p.online.Keys(kit.Action{Key: "d", Label: aEnd, When: p.unserved, Do: func() tea.Cmd {
			s, _ := p.online.Chosen()
			return p.end(s)
		}})
	case part(&p.codes):
		out = p.codes.Keys(
			kit.Action{Key: "d", Label: aVoid, When: p.notOpenCode, Do: func() tea.Cmd {
				i, _ := p.codes.Chosen()
				return p.void(i)
			}},
			kit.Action{Key: "i", Label: aCode, Help: codeWhy, When: p.codes.None, Do: func() tea.Cmd {
				i, _ := p.codes.Chosen()
				return p.inviteWho(i.Account)
			}})
	default:
		out = p.roleKeys()
	}
	_, tabs := p.parts()
	return append(out, tabs.Actions(p.show)...)
}

func (p *page) peopleKeys() []kit.Action {
	filter := kit.Action{Key: "f", Label: aFilter, Help: filterWhy, Do: p.askFilter}
	out := []kit.Action{p.people.Opening()}
	sees := kit.Action{Key: "v", Label: aSees, Help: seesWhy, When: p.people.None, Do: p.on(func(a data.AccountLine) tea.Cmd {
		return p.env.Send(kit.Open{Screen: "rights", ID: a.ID})
	})}
	if p.runs() {
		out = append(out,
			kit.Action{Key: "n", Label: aNew, Help: newWhy, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "accountnew"}) }},
			kit.Action{Key: "l", Label: aKeys, Help: keysWhy, When: p.people.None, Do: p.on(func(a data.AccountLine) tea.Cmd {
				return p.env.Send(kit.Open{Screen: "accountkeys", ID: a.ID})
			})},
			kit.Action{Key: "i", Label: aCode, Help: codeWhy, When: p.people.None, Do: p.on(p.invite)},
			kit.Action{Key: "d", Label: aClose, Help: closeWhy, When: p.notOpen, Do: p.on(func(a data.AccountLine) tea.Cmd {
				n := 0
				for _, s := range p.online.Asked.Value {
					if s.Account == a.ID {
						n++
					}
				}
				return p.close(a, n)
			})},
			kit.Action{Key: "w", Label: aRoles, Help: rolesWhy, When: p.people.None, Do: p.on(func(a data.AccountLine) tea.Cmd {
				return p.env.Send(kit.Open{Screen: "account", ID: a.ID, Text: atRoles})
			})},
			sees, filter,
			kit.Action{Key: "e", Label: aEdit, When: p.people.None, Do: p.on(func(a data.AccountLine) tea.Cmd {
				return p.env.Send(kit.Open{Screen: "accountedit", ID: a.ID})
			})},
			kit.Action{Key: "u", Label: aOpen, Rare: true, When: p.notClosed, Do: p.on(p.open)})
	} else if p.sight() >= data.AccountStates {
		out = append(out, sees, filter)
	} else {
		out = append(out, filter)
	}
	return append(out, p.unfiltering()...)
}

func (p *page) unfiltering() []kit.Action {
	if p.filter == "" {
		return nil
	}
	return []kit.Action{{Key: "esc", Label: aUnfilt, Rare: true, Do: func() tea.Cmd { p.refilter(""); return nil }}}
}

func (p *page) roleKeys() []kit.Action {
	out := []kit.Action{p.roles.Opening()}
	if p.runs() {
		out = append(out,
			kit.Action{Key: "i", Label: aConf, Help: confWhy, When: p.notWaiting, Do: func() tea.Cmd {
				g, _ := p.roles.Chosen()
				return p.confirm(g)
			}},
			kit.Action{Key: "d", Label: aTake, When: p.notLive, Do: func() tea.Cmd {
				g, _ := p.roles.Chosen()
				return p.take(g)
			}},
			kit.Action{Key: "w", Label: aRoles, Help: rolesWhy, When: p.roles.None, Do: func() tea.Cmd {
				g, _ := p.roles.Chosen()
				return p.env.Send(kit.Open{Screen: "account", ID: g.Account, Text: atRoles})
			}})
	}
	out = append(out, kit.Action{Key: "f", Label: aFilter, Help: filterWhy, Do: p.askFilter})
	return append(out, p.unfiltering()...)
}

// on does something with the chosen account.
func (p *page) on(do func(data.AccountLine) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		a, ok := p.people.Chosen()
		if !ok {
			return nil
		}
		return do(a)
	}
}

// inviteWho makes a new code for an account.
func (p *page) inviteWho(account int64) tea.Cmd {
	for _, a := range p.people.Asked.Value {
		if a.ID == account {
			return p.invite(a)
		}
	}
	return nil
}

func (p *page) notOpen() i18n.Phrase {
	if a, ok := p.people.Chosen(); ok && !a.Disabled.IsZero() {
		return isClosed
	}
	return p.people.None()
}

func (p *page) notClosed() i18n.Phrase {
	if a, ok := p.people.Chosen(); ok && a.Disabled.IsZero() {
		return isOpen
	}
	return p.people.None()
}

func (p *page) notWaiting() i18n.Phrase {
	if g, ok := p.roles.Chosen(); ok && g.State(p.env.Now()) != data.GrantWaits {
		return notWaiting
	}
	return p.roles.None()
}

var codeOver = i18n.T("This code holds no more already", "这个邀请码已经没用了")

func (p *page) notOpenCode() i18n.Phrase {
	if i, ok := p.codes.Chosen(); ok && i.State(p.env.Now()) != data.InviteOpen {
		return codeOver
	}
	return p.codes.None()
}

var roleOver = i18n.T("This role has ended already", "这个角色已经结束")

func (p *page) notLive() i18n.Phrase {
	if g, ok := p.roles.Chosen(); ok && !g.State(p.env.Now()).Live() {
		return roleOver
	}
	return p.roles.None()
}

func (p *page) unserved() i18n.Phrase {
	if p.env.Server.End == nil {
		return noServer
	}
	return p.online.None()
}

// askFilter opens the filter on the message row; the list follows each key.
func (p *page) askFilter() tea.Cmd {
	p.ask = kit.Asking{Label: filterBy, Live: p.refilter, Stop: func() { p.refilter("") }, Done: func(string) tea.Cmd { return nil },
		Means: func(string) string { return p.env.Say(allWords) }}
	return p.ask.Begin(p.filter)
}
