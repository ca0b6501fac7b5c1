package accounts

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	cName   = i18n.T("Name", "姓名")
	cRole   = i18n.T("Role", "角色")
	cScope  = i18n.T("Class", "班级")
	cKeys   = i18n.T("Keys", "钥匙")
	cSeen   = i18n.T("Last", "上次")
	cState  = i18n.T("State", "状态")
	cSince  = i18n.T("Since", "进来")
	cDoing  = i18n.T("On", "在")
	cTyped  = i18n.T("Last key", "按键")
	cFrom   = i18n.T("From", "来自")
	cWith   = i18n.T("Key", "钥匙")
	cCode   = i18n.T("Code", "邀请码")
	cUntil  = i18n.T("Until", "有效到")
	cWrong  = i18n.T("Wrong", "错")
	cBy     = i18n.T("By", "谁发的")
	cDates  = i18n.T("Dates", "日期")
	cGiver  = i18n.T("Given by", "谁给的")
	cWhere  = i18n.T("Scope", "范围")
	nobody  = i18n.T("There is no account yet: n makes one", "还没有账号: n 新建")
	alone   = i18n.T("Nobody is inside", "现在没有人在里面")
	noCodes = i18n.T("No code was made in the last 30 days: i on an account makes one", "30 天内没有发过邀请码: 在账号上按 i 发一个")
	noRoles = i18n.T("Nobody has a role: w on an account gives one", "谁也没有角色: 在账号上按 w 给")
	nobodyF = i18n.T("Nobody fits: %s  (esc shows all)", "没有符合「%s」的 (esc 去掉筛选)")

	states = map[data.InviteState]i18n.Phrase{
		data.InviteOpen: i18n.T("open", "有效"), data.InviteUsed: i18n.T("used", "已用"),
		data.InviteExpired: i18n.T("expired", "过期"), data.InviteVoid: i18n.T("void", "作废"),
	}
)

// filters keep all, or what the filter that was typed finds.
func filters[T any](p *page, text func(T) string) []kit.Filter[T] {
	return []kit.Filter[T]{{Keep: func(T) bool { return true }}, {Keep: func(row T) bool { return matches(text(row), p.filter) }}}
}

// refilter shows what is typed, on both lists that it filters.
func (p *page) refilter(typed string) {
	p.filter = typed
	on := 0
	if typed != "" {
		on = 1
	}
	p.people.Of.Filters[1].Name = i18n.Typed(kit.Show(typed))
	p.roles.Of.Filters[1].Name = i18n.Typed(kit.Show(typed))
	p.people.Choose(on, 0)
	p.roles.Choose(on, 0)
}

func (p *page) inside(account int64) bool {
	return slices.ContainsFunc(p.online.Asked.Value, func(s data.Presence) bool { return s.Account == account })
}

// sight is how much of others' accounts the person sees.
func (p *page) sight() data.AccountSight { return p.env.Me.SeesAccounts(p.env.Now()) }

func (p *page) listPeople() kit.ListOf[[]data.AccountLine, data.AccountLine] {
	return kit.ListOf[[]data.AccountLine, data.AccountLine]{
		Read: p.deps.Lines, Rows: p.unusedFirst, ID: func(a data.AccountLine) int64 { return a.ID },
		Touched: func(m kit.Changed) bool { return m.TouchesAny("account") },
		Theirs:  func(was, is data.AccountLine) bool { return was.Rev != is.Rev || len(was.Keys) != len(is.Keys) },
		First:   func(a data.AccountLine) bool { return a.ID == p.env.Me.ID && !p.runs() },
		Cols: func() []kit.Col {
			cols := []kit.Col{{Width: 1}, {Head: cName, Width: nameWidth(p.env, p.people.Asked.Value, func(a data.AccountLine) string { return a.Name })}, {Head: cRole, Width: 12, Grow: 2}, {Head: cScope, Width: 9, Grow: 1, Rank: 5}}
			if p.sight() == data.AllOfAccounts {
				cols = append(cols, kit.Col{Head: cKeys, Width: 12, Rank: 4})
			}
			if p.sight() >= data.AccountStates {
				cols = append(cols, kit.Col{Head: cSeen, Width: 11, Rank: 3}, kit.Col{Head: cState, Width: p.stateWidth()})
			}
			return cols
		},
		Cells: p.accountCells, Detail: p.accountDetail, Open: p.openAccount, Filters: filters(p, func(a data.AccountLine) string {
			return findable(p.env, a, p.inside(a.ID))
		}),
		Empty: nobody, NoMatch: nobodyF, None: noneChosen,
	}
}

// unusedFirst puts who was not here for long first, the longest before, then
// all others by name, closed ones last.
func (p *page) unusedFirst(all []data.AccountLine) []data.AccountLine {
	now := p.env.Now()
	rank := func(a data.AccountLine) int {
		switch {
		case a.Unused(now) > 0:
			return -int(a.Unused(now).Hours())
		case !a.Open(now):
			return 1
		}
		return 0
	}
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b data.AccountLine) int { return rank(a) - rank(b) })
	return out
}

// nameWidth is the widest name's columns: names are never cut.
func nameWidth[T any](env *kit.Env, of []T, name func(T) string) int {
	w := 8
	for _, one := range of {
		w = max(w, kit.Width(kit.Show(env.Lang.Name(name(one), ""))))
	}
	return min(w, 22)
}

func (p *page) stateWidth() int {
	w := 8
	for _, a := range p.people.Asked.Value {
		w = max(w, kit.Width(stands(p.env, a, p.inside(a.ID), p.sight()).word))
	}
	return min(w, 24)
}

func (p *page) accountCells(a data.AccountLine) []any {
	env, in := p.env, p.inside(a.ID)
	s := stands(env, a, in, p.sight())
	what, where := roles(env, a.Account)
	cells := []any{kit.In(s.role, s.mark), env.Lang.Name(a.Name, ""), what, where}
	if p.sight() == data.AllOfAccounts {
		cells = append(cells, keysIn(env, a))
	}
	if p.sight() >= data.AccountStates {
		cells = append(cells, seenAt(env, a, in), kit.In(s.role, s.word))
	}
	return cells
}

func (p *page) openAccount(a data.AccountLine) tea.Cmd {
	return p.env.Send(kit.Open{Screen: "account", ID: a.ID})
}

func (p *page) listOnline() kit.ListOf[[]data.Presence, data.Presence] {
	return kit.ListOf[[]data.Presence, data.Presence]{
		Read: func(ctx context.Context) ([]data.Presence, error) {
			if p.env.Server.Sessions == nil {
				return nil, nil
			}
			return p.env.Server.Sessions(ctx)
		},
		Rows: kit.All[data.Presence], ID: func(s data.Presence) int64 { return s.ID },
		Touched: func(m kit.Changed) bool { return m.TouchesAny("session") },
		Cols: func() []kit.Col {
			name := nameWidth(p.env, p.online.Asked.Value, func(s data.Presence) string { return s.Name })
			return []kit.Col{{Head: cName, Width: name}, {Head: cDoing, Width: 12, Grow: 1}, {Head: cSince, Width: 12}, {Head: cTyped, Width: 7, Rank: 1},
				{Head: cFrom, Width: 15, Rank: 2}, {Head: cWith, Width: 12, Grow: 1, Rank: 3}}
		},
		Cells: p.sessionCells, Empty: alone, None: noneChosen,
		Open: func(s data.Presence) tea.Cmd { return p.env.Send(kit.Open{Screen: "account", ID: s.Account}) },
	}
}

func (p *page) sessionCells(s data.Presence) []any {
	env, now := p.env, p.env.Now()
	name := data.ShortFingerprint(s.Key)
	for _, a := range p.people.Asked.Value {
		for _, k := range a.Keys {
			if k.Fingerprint == s.Key && k.Name != "" {
				name = k.Name
			}
		}
	}
	return []any{env.Lang.Name(s.Name, ""), doing(env, s), env.Lang.Moment(s.Since, now), env.Lang.Minutes(now.Sub(s.Typed)), s.From, name}
}

func (p *page) listCodes() kit.ListOf[[]data.Invite, data.Invite] {
	return kit.ListOf[[]data.Invite, data.Invite]{
		Read: p.deps.Invites, Rows: kit.All[data.Invite], ID: func(i data.Invite) int64 { return i.ID },
		Touched: func(m kit.Changed) bool { return m.TouchesAny("invite") },
		Theirs:  func(was, is data.Invite) bool { return was != is },
		Cols: func() []kit.Col {
			name := nameWidth(p.env, p.codes.Asked.Value, func(i data.Invite) string { return i.Name })
			return []kit.Col{{Head: cCode, Width: 9}, {Head: cName, Width: name, Grow: 1}, {Head: cState, Width: 8}, {Head: cUntil, Width: 16},
				{Head: cWrong, Width: 7, Align: kit.ToRight, Rank: 1}, {Head: cBy, Width: 10, Grow: 1, Rank: 2}}
		},
		Cells: p.codeCells, Empty: noCodes, None: noneChosen,
		Open: func(i data.Invite) tea.Cmd { return p.env.Send(kit.Open{Screen: "account", ID: i.Account}) },
	}
}

func (p *page) codeCells(i data.Invite) []any {
	env, now := p.env, p.env.Now()
	role, by := theme.Plain, env.Say(console)
	state := i.State(now)
	if state != data.InviteOpen {
		role = theme.Muted
	}
	if i.ByName != "" {
		by = env.Lang.Name(i.ByName, "")
	}
	wrong := kit.In(theme.Plain, env.Lang.Number(i.Tries))
	if i.Tries > 0 {
		wrong = kit.In(theme.Danger, "! "+env.Lang.Number(i.Tries))
	}
	return []any{kit.In(role, i.Selector+"-****"), env.Lang.Name(i.Name, ""), kit.In(role, env.Say(states[state])), env.Lang.Moment(i.Expires, now), wrong, by}
}

func (p *page) listRoles() kit.ListOf[[]data.GrantLine, data.GrantLine] {
	return kit.ListOf[[]data.GrantLine, data.GrantLine]{
		Read: p.deps.Roles, Rows: kit.All[data.GrantLine], ID: func(g data.GrantLine) int64 { return g.ID },
		Touched: func(m kit.Changed) bool { return m.TouchesAny("account") },
		Theirs: func(was, is data.GrantLine) bool {
			return was.State(p.env.Now()) != is.State(p.env.Now()) || !was.Until.Equal(is.Until)
		},
		Cols: func() []kit.Col {
			name := nameWidth(p.env, p.roles.Asked.Value, func(g data.GrantLine) string { return g.Name })
			return []kit.Col{{Width: 1}, {Head: cRole, Width: 16, Grow: 2}, {Head: cWhere, Width: 10, Grow: 1}, {Head: cName, Width: name},
				{Head: cDates, Width: p.datesWidth(), Rank: 1}, {Head: cState, Width: 8}, {Head: cGiver, Width: 12, Rank: 2}}
		},
		First: func(g data.GrantLine) bool { return g.State(p.env.Now()) == data.GrantWaits },
		Cells: p.roleCells, Filters: filters(p, func(g data.GrantLine) string {
			return findable(p.env, data.AccountLine{Account: data.Account{Name: g.Name, Username: g.Username, Grants: []data.Grant{g.Grant}}}, false,
				p.env.Lang.GrantState(g.State(p.env.Now())))
		}),
		Empty: noRoles, NoMatch: nobodyF, None: noneChosen,
		Open: func(g data.GrantLine) tea.Cmd { return p.env.Send(kit.Open{Screen: "account", ID: g.Account}) },
	}
}

// datesWidth is the widest dates' columns: those of an earlier year have it with
// them.
func (p *page) datesWidth() int {
	w := 15
	for _, g := range p.roles.Asked.Value {
		w = max(w, kit.Width(dates(p.env, g.Grant)))
	}
	return w
}

func (p *page) roleCells(g data.GrantLine) []any {
	env := p.env
	mark, role := stateOf(env, g.Grant)
	what := env.Lang.Role(g.Role)
	if kind := env.Lang.GrantKind(g.Kind); kind != "" {
		what += " (" + kind + ")"
	}
	return []any{kit.In(role, mark), what, env.Lang.Scope(g.Grant, g.Number, g.Child), env.Lang.Name(g.Name, ""), dates(env, g.Grant),
		kit.In(role, env.Lang.GrantState(g.State(env.Now()))), env.Lang.Name(giver(env, g), "")}
}

// stateOf is the mark and the look of where a role stands.
func stateOf(env *kit.Env, g data.Grant) (string, theme.Role) {
	switch g.State(env.Now()) {
	case data.GrantWaits:
		return "?", theme.Warn
	case data.GrantHolds, data.GrantReadsOn:
		return "", theme.Plain
	}
	return "-", theme.Muted
}
