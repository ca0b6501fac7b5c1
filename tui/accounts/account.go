package accounts

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	ofTitle   = i18n.T("Accounts > %s", "账号与钥匙 > %s")
	mineTitle = i18n.T("My account", "我的账号")
	ofAbout   = i18n.T("With which keys does this person come in, as what, and what did they do last?", "这个人用哪些钥匙进来, 是什么角色, 最近做了什么?")

	hKeys    = i18n.T("Keys %d", "钥匙 %d")
	hInside  = i18n.T("Open windows %d", "开着的窗口 %d")
	hRoles   = i18n.T("Roles %d", "角色 %d")
	hLent    = i18n.T("Lent to others %d", "借给别人 %d")
	hSignIns = i18n.T("Last sign-ins", "最近进来")
	hDeeds   = i18n.T("Last 20 actions", "最近 20 个动作")
	newest   = i18n.T("newest first", "新的在前")
	noWritng = i18n.T("without what was written", "不含内容")
	lastAdm  = i18n.T("! the last administrator: cannot be closed", "! 最后一个管理员, 不能停用")
	revoked  = i18n.T("revoked %s", "吊销 %s")
	noKeyYet = i18n.T("No key yet: l adds one by paste", "还没有钥匙: l 粘贴一把")
	noKeyYou = i18n.T("No key yet: l adds one by paste, i makes a code to read out", "还没有钥匙: l 粘贴一把, i 发邀请码念给本人")
	langIs   = i18n.T("language %s", "语言 %s")
	untilIs  = i18n.T("until %s", "到 %s")
	lastSeen = i18n.T("last here %s", "上次 %s")
	account  = i18n.T("Account", "账号")
	openWord = i18n.T("open", "可用")

	aName    = i18n.T("rename", "改名")
	aRenew   = i18n.T("renew", "续期")
	aCopy    = i18n.T("copy fingerprint", "复制指纹")
	aGive    = i18n.T("give role", "给角色")
	aKey     = i18n.T("add key", "加钥匙")
	keyName  = i18n.T("Name of the key", "钥匙叫什么")
	renewTo  = i18n.T("Until (last day)", "到哪天 (含)")
	named    = i18n.T("The key has a new name", "钥匙改名了")
	renewed  = i18n.T("Renewed until %s", "已续到 %s")
	onKey    = i18n.T("Go to a key first", "先选一把钥匙")
	onRole   = i18n.T("Go to a role of administrator that waits", "先选一个待确认的角色")
	notThis  = i18n.T("Go to the account, a key, a window or a role first", "先选账号、钥匙、窗口或角色")
	keyGone  = i18n.T("This key is revoked already", "这把已经吊销了")
	lentRole = i18n.T("Only a role of one's own is renewed", "只有本职角色能续")
	notYours = i18n.T("Only an administrator does that", "只有管理员能做")
)

// atRoles has the page about an account begin at its roles.
const atRoles = "roles"

// A row is one line of the page: the account itself, a key, a window, a role, a
// sign-in, something done; or a heading.
type row struct {
	id   int64
	key  *data.Key
	in   *data.Presence
	role *data.GrantLine
	lent bool
	self bool
	text string // drawn already
}

// Kinds of rows, in their ids: a key and a role may have the same number.
const (
	aSelf = iota + 1
	aKeyRow
	aWindow
	aRoleRow
	aLent
	aSignIn
	aDeed
)

func idOf(kind, id int64) int64 { return id<<4 | kind }

type accountPage struct {
	acts
	id    int64
	start string

	card   kit.Load[data.AccountCard]
	inside kit.Load[[]data.Presence]
	deeds  kit.Load[data.AuditPage]
	shown  bool           // an answer was there
	after  func() tea.Cmd // a fast hand's key, which waits for the answer
	rows   []row
	list   kit.List
	ask    kit.Asking
	w, h   int
}

// NewAccount returns the page about the account o.ID, one's own where that is 0;
// with Text "roles" it begins at the roles.
func NewAccount(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.ID == 0 {
		o.ID = env.Me.ID
	}
	return &accountPage{acts: acts{env: env, deps: deps}, id: o.ID, start: o.Text}
}

func (p *accountPage) mine() bool { return p.id == p.env.Me.ID }
func (p *accountPage) runs() bool { return p.env.Me.MayManage(p.env.Now()) == nil }

func (p *accountPage) Title() i18n.Phrase {
	switch {
	case p.mine() && !p.runs():
		return mineTitle
	case p.card.Value.ID == 0:
		return title
	}
	return ofTitle.With(p.name(p.card.Value.Name))
}

func (p *accountPage) About() i18n.Phrase { return ofAbout }
func (p *accountPage) Waiting() bool      { return p.card.Busy || p.acts.busy() }
func (p *accountPage) GiveUp()            { p.card.GiveUp() }
func (p *accountPage) Storing() bool      { return p.acts.busy() }

// Init reads the account, its windows, and what it did last.
func (p *accountPage) Init() tea.Cmd { return tea.Batch(p.askCard(), p.askInside(), p.askDeeds()) }

func (p *accountPage) askCard() tea.Cmd {
	return p.card.Ask(p.env.Ctx, func(ctx context.Context) (data.AccountCard, error) { return p.deps.Card(ctx, p.id) })
}

func (p *accountPage) askInside() tea.Cmd {
	sessions := p.env.Server.Sessions
	if sessions == nil {
		return nil
	}
	return p.inside.Ask(p.env.Ctx, func(ctx context.Context) ([]data.Presence, error) {
		all, err := sessions(ctx)
		return slices.DeleteFunc(all, func(s data.Presence) bool { return s.Account != p.id }), err
	})
}

func (p *accountPage) askDeeds() tea.Cmd {
	return p.deeds.Ask(p.env.Ctx, func(ctx context.Context) (data.AuditPage, error) {
		return p.deps.Audit(ctx, data.AuditQuery{Person: p.id, Limit: 20})
	})
}

func (p *accountPage) Update(msg tea.Msg) tea.Cmd {
	if did, ok := p.acts.took(msg); ok {
		return did
	}
	switch {
	case p.card.Take(msg):
		next := p.card.Next()
		p.arrange()
		if p.card.Err != nil {
			p.after = nil
			return tea.Batch(next, p.env.Note(kit.NotRead(p.card.Err)))
		}
		return tea.Batch(next, p.goOn())
	case p.inside.Take(msg):
		next := p.inside.Next()
		p.arrange()
		return tea.Batch(next, p.goOn())
	case p.deeds.Take(msg):
		next := p.deeds.Next()
		p.arrange()
		return next
	}
	switch m := msg.(type) {
	case kit.Changed:
		var cmds []tea.Cmd
		if m.Touches("account", p.id) || p.mine() && m.TouchesAny("account") { // what one lent is on the other's account
			cmds = append(cmds, p.askCard(), p.askDeeds())
		}
		if m.TouchesAny("session") {
			cmds = append(cmds, p.askInside(), p.askCard()) // a key was used
		}
		return tea.Batch(cmds...)
	case kit.Reload, kit.NewDay:
		return p.Init()
	case kit.Tick:
		p.arrange()
		return p.askInside()
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.ask.On {
			return p.ask.Take(msg)
		}
	}
	p.list.Take(msg)
	return nil
}

func (p *accountPage) Layout(w, h int) {
	p.w, p.h = w, h
	p.list.Place(kit.Rect{W: w, H: h})
	p.arrange()
}

// arrange makes the rows of what is known. The choice stays with its record; at
// first it is the newest key, or what the page was opened for.
func (p *accountPage) arrange() {
	c := p.card.Value
	if p.card.Gone() || c.ID == 0 {
		p.rows = nil
		p.list.Keep(nil)
		return
	}
	p.rows = p.gather(c)
	ids := make([]int64, len(p.rows))
	for i, r := range p.rows {
		ids[i] = r.id
	}
	p.list.Keep(ids)
	if !p.shown {
		p.shown = true
		p.begin()
	}
}

// unread reports whether the page waits for its first answers. Keys pressed
// until then wait with it: whoever knows the way does not look.
func (p *accountPage) unread() bool {
	return p.card.Value.ID == 0 && p.card.Busy || p.inside.Value == nil && p.inside.Busy
}

// once does something with the chosen row, as soon as there is one.
func (p *accountPage) once(why func() i18n.Phrase, do func() tea.Cmd) (when func() i18n.Phrase, act func() tea.Cmd) {
	when = func() i18n.Phrase {
		if p.unread() {
			return i18n.Phrase{}
		}
		return why()
	}
	act = func() tea.Cmd {
		if !p.unread() {
			return do()
		}
		p.after = func() tea.Cmd {
			if no := why(); no != (i18n.Phrase{}) {
				return p.env.Note(no)
			}
			return do()
		}
		return nil
	}
	return when, act
}

// goOn does what waited for the answers.
func (p *accountPage) goOn() tea.Cmd {
	do := p.after
	if do == nil || p.unread() {
		return nil
	}
	p.after = nil
	return do()
}

// begin chooses the row that the page is opened for.
func (p *accountPage) begin() {
	want := func(r row) bool { return r.key != nil }
	if p.start == atRoles {
		want = func(r row) bool { return r.role != nil }
	}
	if i := slices.IndexFunc(p.rows, want); i >= 0 {
		p.list.To(i)
	}
}

// chosen is the row that keys are about.
func (p *accountPage) chosen() (r row) {
	if p.list.At < len(p.rows) {
		return p.rows[p.list.At]
	}
	return r
}

// View draws the page.
func (p *accountPage) View() kit.Frame {
	env := p.env
	lines := p.list.View(env, func(i int) string { return p.rows[i].text })
	if p.card.Err != nil && len(p.rows) == 0 {
		lines = []string{"", " " + env.Look.Danger("! "+env.Lang.Error(p.card.Err))}
	}
	f := kit.Frame{Scope: p.scope(), Body: kit.Block(lines, p.w, p.h)}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(env, p.w, p.h)
	} else if k := p.chosen().key; k != nil {
		f.Status = " " + env.Look.Muted(k.Fingerprint)
	} else if span := p.list.Span(); span != "" {
		f.Status = " " + env.Look.Muted(span)
	}
	return f
}
