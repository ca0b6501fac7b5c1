package accounts

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	newTitle   = i18n.T("New account", "账号与钥匙 > 新账号")
	newAbout   = i18n.T("Who is new, as what, and with which key?", "新来的是谁, 什么角色, 用哪把钥匙?")
	thisNew    = i18n.T("this account", "这个账号")
	fName      = i18n.T("Name", "姓名")
	fUser      = i18n.T("User name", "用户名")
	fOver      = i18n.T("Scope", "班级 年级 学号")
	fRoleN     = i18n.T("Role %d", "角色 %d")
	fKeys      = i18n.T("Public keys, if they are there already: paste", "公钥, 已经有的话粘贴在这里")
	sameName   = i18n.T("! There is a %s already (%s): this becomes a second account", "! 已经有叫 %s 的 (%s): 会是第二个账号")
	alikeName  = i18n.T("! Looks like %s (%s), but has other characters in it", "! 看着像 %s (%s), 其实字不一样")
	onceMore   = i18n.T("! %s: ctrl+s again makes it all the same", "! %s: 再按 ctrl+s 照样建")
	namedTwice = i18n.T("the name is taken for another's", "名字会和别人混")
	someBad    = i18n.T("%d lines are no key that can be taken", "有 %d 行公钥不能收")
	aMoreRole  = i18n.T("another role", "再加角色")
	moreWhy    = i18n.T("One more role for this person", "再给这个人一个角色")
	rolesMost  = i18n.T("%d roles are the most here: give more afterwards", "这里最多 %d 个角色: 其余的建好再给")
	madeIt     = i18n.T("Made: %s (%s)", "已建 %s (%s)")
	madeNoKey  = i18n.T("Made: %s (%s)  no key yet: i makes a code", "已建 %s (%s)  还没有钥匙: i 发邀请码")
	noKeyLater = i18n.T("none now: i on the account makes a one-time code afterwards", "现在没有也行: 建好后按 i 发邀请码")
)

// The fields, named as data's rules name them; a role, its scope and its last
// day are counted.
const (
	inName  = "name"
	inRole  = "role"
	inScope = "scope"
	inUntil = "until"

	mostRoles = 4
)

// A newcomer is an account that is to be made.
type newcomer struct {
	Name  string
	Roles []data.RoleWord
	Keys  []data.Key
	made  data.Account
}

// A roleRow is the fields of one role.
type roleRow struct {
	role         kit.Select
	scope, until kit.Field
}

type newPage struct {
	kit.Writing[newcomer]
	paste
	env  *kit.Env
	deps Deps

	name   kit.Field
	roles  []*roleRow
	naming kit.Load[data.Naming]
	asked  string // the name that naming is about
	warned string // the name that was warned of
	waits  bool   // ctrl+s was pressed before all was read
	opened *data.Draft
	found  kit.Load[kit.Found]
	w, h   int
}

// NewNew returns the form for a new account; o.Draft is one to go on writing.
func NewNew(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &newPage{env: env, deps: deps, opened: o.Draft, name: kit.NewField(i18n.Phrase{}, ""), paste: newPaste(env, deps.ReadKeys, 0)}
	p.name.Most(30)
	p.addRole()
	p.Writing = kit.NewWriting(env, p, p.stops, kit.Record[newcomer]{
		Kind: "accountnew", Object: data.Ref{Kind: "account", ID: env.Me.ID}, What: thisNew, Left: leftForm, Adds: true,
		Draft: deps.Draft, Ask: p.Init, Read: p.read, Check: p.check, Holds: p.holds, Keep: p.keep, Put: p.put, Done: p.done,
		Save: func(ctx context.Context, n newcomer) (newcomer, error) {
			var err error
			n.made, err = deps.Add(ctx, n.Name, n.Roles, n.Keys...)
			return n, err
		},
	})
	p.Known = true
	p.Moved = p.moved
	p.name.Focus()
	return p
}

func (p *newPage) Title() i18n.Phrase { return newTitle }
func (p *newPage) About() i18n.Phrase { return newAbout }

func (p *newPage) Waiting() bool { return p.found.Busy || p.lines.Busy || p.Writing.Waiting() }
func (p *newPage) GiveUp()       { p.found.GiveUp(); p.lines.GiveUp(); p.Writing.GiveUp() }

// Init looks for a draft.
func (p *newPage) Init() tea.Cmd {
	return p.found.Start(p.env.Ctx, func(ctx context.Context) (kit.Found, error) { return p.Find(ctx, p.opened) })
}

func (p *newPage) addRole() {
	r := &roleRow{role: kit.Select{Options: kit.Words(data.Roles, i18n.Lang.Role)}, scope: kit.NewField(i18n.Phrase{}, ""), until: kit.NewField(i18n.Phrase{}, "")}
	for i, role := range data.Roles {
		if role == data.ClassTeacher { // the most there are
			r.role.At = i
		}
	}
	r.scope.Most(24)
	r.until.Most(12)
	p.roles = append(p.roles, r)
}

func (r *roleRow) of() data.Role { return data.Roles[r.role.At] }

// stops are the fields in tab order: a scope is there for a role that has one.
func (p *newPage) stops() []kit.Stop {
	out := []kit.Stop{{Place: kit.Place{Field: inName}, In: &p.name}}
	for i, r := range p.roles {
		out = append(out, kit.Stop{Place: kit.Place{Field: inRole, Of: i}, In: &r.role})
		if data.ScopeOf(r.of()) != data.ScopeSchool {
			out = append(out, kit.Stop{Place: kit.Place{Field: inScope, Of: i}, In: &r.scope})
		}
		out = append(out, kit.Stop{Place: kit.Place{Field: inUntil, Of: i}, In: &r.until})
	}
	return append(out, kit.Stop{Place: kit.Place{Field: inKeys}, In: &p.area})
}

// moved asks, when the name is left, what it makes and whom it is taken for.
func (p *newPage) moved(from, to kit.Place) {
	if from.Field == inName && from != to {
		p.env.Send(askNaming{by: p})
	}
}

// askNaming is sent to the page itself: leaving a field gives no command. Keys:
// what the draft had pasted is judged, too.
type askNaming struct {
	by   *newPage
	keys bool
}

// called is the name as it is stored.
func (p *newPage) called() string { return data.Name(p.name.Value()) }

func (p *newPage) askName() tea.Cmd {
	name := p.called()
	if name == p.asked {
		return nil
	}
	p.asked = name
	p.naming.Forget()
	if name == "" {
		return nil
	}
	return p.naming.Start(p.env.Ctx, func(ctx context.Context) (data.Naming, error) { return p.deps.Naming(ctx, name) })
}

func (p *newPage) Update(msg tea.Msg) tea.Cmd {
	own, taken := p.Writing.Take(msg)
	if taken {
		return own
	}
	switch m := msg.(type) {
	case askNaming:
		switch {
		case m.by != p:
		case m.keys:
			return tea.Batch(p.askName(), p.changed())
		default:
			return p.askName()
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
		return tea.Batch(own, p.Input(msg, p.write))
	default:
		switch {
		case p.found.Take(msg):
			if p.found.Err != nil {
				return tea.Batch(own, p.env.Note(kit.NotRead(p.found.Err)))
			}
			return tea.Batch(own, p.Resume(p.found.Value))
		case p.naming.Take(msg), p.lines.Take(msg):
			return tea.Batch(own, p.goesOn())
		}
	}
	return own
}

// write takes a key, a paste or a click.
func (p *newPage) write(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseClickMsg); ok {
		_, _, changed := p.Click(m, p.draw(), p.h)
		p.Edited = p.Edited || changed
		return nil
	}
	here := p.Here()
	if here.Field == inKeys && !p.hears(msg) {
		return nil
	}
	if m, ok := msg.(tea.PasteMsg); ok && private(m.Content) { // in whichever field
		p.wipe()
		return nil
	}
	changed, say := p.Form.Take(msg)
	p.Edited = p.Edited || changed
	if changed && here.Field == inKeys {
		return tea.Batch(say, p.changed())
	}
	return say
}

// read is the form as an account to be made; what it cannot read it says.
func (p *newPage) read() newcomer {
	n := newcomer{Name: p.called()}
	for i, r := range p.roles {
		w := data.RoleWord{Role: r.of()}
		if data.ScopeOf(w.Role) != data.ScopeSchool {
			w.Scope = strings.TrimSpace(r.scope.Value())
		}
		var err error
		if w.Until, err = (data.Calendar{}).ParseDue(r.until.Value(), p.env.Now.Today()); err != nil {
			p.Wrong(kit.Place{Field: inUntil, Of: i}, i18n.Typed(p.env.Lang.Why(data.WhyNotADate)))
		}
		if err := w.Check(); err != nil {
			for _, f := range data.Faults(err) {
				p.Wrong(kit.Place{Field: f.Field, Of: i}, i18n.Typed(p.env.Lang.Why(f.Why)))
			}
		}
		n.Roles = append(n.Roles, w)
	}
	keys, bad := p.good()
	n.Keys = keys
	if bad > 0 {
		p.Wrong(kit.Place{Field: inKeys}, someBad.With(bad))
	}
	return n
}

func (p *newPage) check(n newcomer) error {
	if n.Name == "" {
		return &data.Invalid{Field: inName, Why: data.WhyEmpty}
	}
	return nil
}

// holds waits for what is still being read of the name and the keys, and asks
// once whether a name that is another's, or looks like it, is meant.
func (p *newPage) holds(n newcomer) bool {
	known := p.naming.Value
	switch {
	case p.asked != n.Name || p.naming.Busy || p.lines.Busy:
		p.waits = true
		p.env.Send(askNaming{by: p})
		return true
	case p.naming.Err != nil || p.warned == n.Name || len(known.Same)+len(known.Alike) == 0:
		return false
	}
	p.warned = n.Name
	p.env.Note(onceMore.With(namedTwice))
	return true
}

// goesOn saves what was held back until the answers were there.
func (p *newPage) goesOn() tea.Cmd {
	if !p.waits || p.naming.Busy || p.lines.Busy {
		return nil
	}
	p.waits = false
	return p.Submit()
}

// done opens the new account over the list.
func (p *newPage) done(n newcomer) tea.Cmd {
	said := madeIt
	if len(n.Keys) == 0 {
		said = madeNoKey
	}
	p.env.Send(kit.Back{Page: p})
	p.env.Send(kit.Open{Screen: "account", ID: n.made.ID})
	return p.env.Note(said.With(i18n.Typed(p.env.Lang.Name(n.made.Name, "")), i18n.Typed(n.made.Username)))
}

// A writtenNew is the form as its draft keeps it. Of the keys only those that
// may be taken: what else was pasted is nobody's to keep.
type writtenNew struct {
	Name  string
	Roles [][3]string // role, scope, until
	Keys  []string
}

func (p *newPage) keep() (any, data.Draft, bool) {
	w := writtenNew{Name: p.name.Value()}
	for _, r := range p.roles {
		w.Roles = append(w.Roles, [3]string{string(r.of()), r.scope.Value(), r.until.Value()})
	}
	keys, _ := p.good()
	for _, k := range keys {
		w.Keys = append(w.Keys, k.Type+" "+k.Blob+" "+k.Name)
	}
	return w, data.Draft{Preview: p.env.Say(newTitle) + " " + p.name.Value()}, true
}

func (p *newPage) put(d data.Draft) bool {
	w, ok := unwritten(d.Form)
	if !ok {
		return false
	}
	p.name.SetValue(w.Name)
	p.roles = nil
	for _, one := range w.Roles[:min(len(w.Roles), mostRoles)] {
		p.addRole()
		r := p.roles[len(p.roles)-1]
		for i, role := range data.Roles {
			if string(role) == one[0] {
				r.role.At = i
			}
		}
		r.scope.SetValue(one[1])
		r.until.SetValue(one[2])
	}
	if len(p.roles) == 0 {
		p.addRole()
	}
	p.area.SetValue(strings.Join(w.Keys, "\n"))
	p.Return(d)
	p.env.Send(askNaming{p, true})
	return true
}
