package accounts

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	roleTitle = i18n.T("Give a role", "给角色")
	roleTo    = i18n.T("Accounts > %s > role", "账号与钥匙 > %s > 给角色")
	roleAbout = i18n.T("What is this person besides, over which class or child, until when?", "这个人还是什么角色, 管哪个班哪个孩子, 到哪天?")
	fRole     = i18n.T("Role", "角色")
	fScope    = i18n.T("Scope", "范围")
	fUntil    = i18n.T("Until (last day)", "到哪天 (含)")
	fLang     = i18n.T("Language", "语言")
	aRole     = i18n.T("this role", "这个角色")
	anAccount = i18n.T("this account", "这个账号")
	leftForm  = i18n.T("The draft is kept: the same key goes on", "草稿已留: 再按同一个键接着写")
	gaveRole  = i18n.T("Role given", "角色给了")
	gaveWait  = i18n.T("Role given; where there is another administrator it waits for their i", "角色给了; 有别的管理员时, 要对方按 i 确认才生效")
	savedEdit = i18n.T("Account changed", "账号改好了")

	scopeClass   = i18n.T("a class, as 3.2", "班级, 例 3.2")
	scopeGrade   = i18n.T("a grade, as 3", "年级, 例 3")
	scopeStudent = i18n.T("a student number", "学号")
	scopeNone    = i18n.T("the whole school: leave it empty", "全校, 不用填")
	untilEmpty   = i18n.T("empty: %s", "不填就是 %s")
	untilNoEnd   = i18n.T("empty: no end", "不填就是不限期")

	editTitle = i18n.T("Edit account", "改账号")
	editOf    = i18n.T("Accounts > %s > edit", "账号与钥匙 > %s > 改")
	editAbout = i18n.T("In which language does it open, and until when?", "用哪种语言, 用到哪天?")
)

// scopeHint is what a role's scope is.
func scopeHint(r data.Role) i18n.Phrase {
	switch data.ScopeOf(r) {
	case data.ScopeClass:
		return scopeClass
	case data.ScopeGrade:
		return scopeGrade
	case data.ScopeStudent:
		return scopeStudent
	}
	return scopeNone
}

// untilHint is when a role ends if nobody says so.
func untilHint(env *kit.Env, r data.Role) string {
	today := env.Now.Today()
	switch {
	case r == data.Inspector:
		return env.Say(untilEmpty, env.Lang.Date(today.AddDays(14), today))
	case data.ScopeOf(r) != data.ScopeSchool:
		return env.Say(untilEmpty, env.Lang.Date(data.YearEnd(today), today))
	}
	return env.Say(untilNoEnd)
}

// dayWord writes a day the way that a field reads it.
func dayWord(_ i18n.Lang, d data.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// A whose is the account that a form is about, for its title and row 2.
type whose struct{ of kit.Load[data.AccountCard] }

func (o *whose) read(env *kit.Env, deps Deps, id int64) tea.Cmd {
	return o.of.Start(env.Ctx, func(ctx context.Context) (data.AccountCard, error) { return deps.Card(ctx, id) })
}

func (o *whose) title(env *kit.Env, bare, of i18n.Phrase) i18n.Phrase {
	if name := o.of.Value.Name; name != "" {
		return of.With(i18n.Typed(env.Lang.Name(name, "")))
	}
	return bare
}

func (o *whose) line(env *kit.Env) string {
	c := o.of.Value
	if c.ID == 0 {
		return ""
	}
	what, where := roles(env, c.Account)
	line := env.Look.Bold(kit.Show(env.Lang.Name(c.Name, ""))) + "  " + kit.Show(c.Username) + "  " + what
	if where != "-" {
		line += "  " + where
	}
	return line
}

func (o *whose) draft(env *kit.Env, what i18n.Phrase) data.Draft {
	return data.Draft{Preview: env.Say(what) + " " + o.of.Value.Name}
}

// A rolePage gives an account one more role.
type rolePage struct {
	kit.Sheet[data.RoleWord]
	whose
	deps Deps
	id   int64
}

// NewRole returns the form that gives the account o.ID a role.
func NewRole(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	p := &rolePage{deps: deps, id: o.ID}
	role := func() data.Role { return data.Roles[p.List(kit.Place{Field: "role"}).At] }
	day := func(s string) (data.Date, error) { return data.Calendar{}.ParseDue(s, env.Now.Today()) }
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[data.RoleWord]{
		Kind: "accountrole", Object: data.Ref{Kind: "account", ID: o.ID}, What: aRole, Left: leftForm, Adds: true, Draft: deps.Draft,
		Save:  func(ctx context.Context, w data.RoleWord) (data.RoleWord, error) { return w, deps.Give(ctx, o.ID, w) },
		Check: data.RoleWord.Check, Done: p.done,
	},
		kit.Pick("role", fRole, data.Roles, i18n.Lang.Role, func(w *data.RoleWord) *data.Role { return &w.Role }),
		kit.Short("scope", fScope, 24, func(w *data.RoleWord) *string { return &w.Scope }).With(func() string { return env.Say(scopeHint(role())) }),
		kit.Typed("until", fUntil, 12, day, dayWord, func(w *data.RoleWord) *data.Date { return &w.Until }).With(func() string { return untilHint(env, role()) }),
	)
	p.Base = data.RoleWord{Role: data.ClassTeacher}
	p.Whose = func(data.RoleWord) string { return p.line(env) }
	p.Sheet.About = func(data.RoleWord) data.Draft { return p.draft(env, roleTitle) }
	return p
}

func (p *rolePage) Title() i18n.Phrase { return p.title(p.Env, roleTitle, roleTo) }
func (p *rolePage) About() i18n.Phrase { return roleAbout }

// Init reads whose role it is, too.
func (p *rolePage) Init() tea.Cmd { return tea.Batch(p.Sheet.Init(), p.read(p.Env, p.deps, p.id)) }

func (p *rolePage) Update(msg tea.Msg) tea.Cmd {
	if p.of.Take(msg) {
		return nil
	}
	return p.Sheet.Update(msg)
}

// done says that a role of administrator may wait; the page below shows it.
func (p *rolePage) done(w data.RoleWord) tea.Cmd {
	said := gaveRole
	if w.Role == data.Administrator {
		said = gaveWait
	}
	return p.Env.Send(kit.Back{Page: p, Said: p.SavedWords(said)})
}

// An editPage changes the language and the last day of an account.
type editPage struct {
	kit.Sheet[data.AccountEdit]
	whose
	deps Deps
	id   int64
}

// NewEdit returns the form about the account o.ID.
func NewEdit(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	p := &editPage{deps: deps, id: o.ID}
	day := func(s string) (data.Date, error) { return data.Calendar{}.ParseDue(s, env.Now.Today()) }
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[data.AccountEdit]{
		Kind: "accountedit", Object: data.Ref{Kind: "account", ID: o.ID}, What: anAccount, Left: leftForm, Draft: deps.Draft, Save: deps.Edit,
		Stored: func(ctx context.Context) (data.AccountEdit, error) {
			c, err := deps.Card(ctx, o.ID)
			return data.AccountEdit{ID: o.ID, Lang: c.Lang, Until: c.Until, Rev: c.Rev}, err
		},
		Done: func(data.AccountEdit) tea.Cmd { return env.Send(kit.Back{Page: p, Said: p.SavedWords(savedEdit)}) },
	},
		kit.OneOf("setting", fLang, spoken, func(l i18n.Lang, v string) string { return l.Say(languages[v]) },
			func(e *data.AccountEdit) *string { return &e.Lang }),
		kit.Typed("until", fUntil, 12, day, dayWord, func(e *data.AccountEdit) *data.Date { return &e.Until }).With(func() string { return env.Say(untilNoEnd) }),
	)
	p.Whose = func(data.AccountEdit) string { return p.line(env) }
	p.Sheet.About = func(data.AccountEdit) data.Draft { return p.draft(env, editTitle) }
	return p
}

func (p *editPage) Title() i18n.Phrase { return p.title(p.Env, editTitle, editOf) }
func (p *editPage) About() i18n.Phrase { return editAbout }

// Init reads whose account it is, too.
func (p *editPage) Init() tea.Cmd { return tea.Batch(p.Sheet.Init(), p.read(p.Env, p.deps, p.id)) }

func (p *editPage) Update(msg tea.Msg) tea.Cmd {
	if p.of.Take(msg) {
		return nil
	}
	return p.Sheet.Update(msg)
}
