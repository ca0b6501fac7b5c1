// Package accounts is who can get in, with which key, as what, and who is in
// now. Who runs accounts has all of it; a principal and the office see who has
// which role; everybody has a page about their own keys and roles.
package accounts

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Accounts and keys", "管理 > 账号与钥匙")
	about   = i18n.T("Who can get in, with which key, who is in now?", "谁能进来, 用哪把钥匙, 现在谁在?")
	tPeople = i18n.T("accounts", "账号")
	tOnline = i18n.T("online", "在线")
	tCodes  = i18n.T("codes", "邀请码")
	tRoles  = i18n.T("roles", "角色")

	aNew    = i18n.T("new", "新账号")
	aKeys   = i18n.T("keys", "加钥匙")
	aCode   = i18n.T("code", "发邀请码")
	aClose  = i18n.T("close", "停用")
	aOpen   = i18n.T("open again", "重新启用")
	aRoles  = i18n.T("roles", "角色")
	aEdit   = i18n.T("edit", "改")
	aSees   = i18n.T("may see", "能看什么")
	aFilter = i18n.T("filter", "筛选")
	aUnfilt = i18n.T("all rows", "去掉筛选")
	aEnd    = i18n.T("disconnect", "断开")
	aVoid   = i18n.T("take back", "收回")
	aTake   = i18n.T("take away", "收回")
	aConf   = i18n.T("confirm", "确认")

	newWhy    = i18n.T("A new account: name, roles, and a key if there is one", "新账号: 姓名、角色, 有公钥也一起加")
	keysWhy   = i18n.T("Add public keys by pasting them; each is judged before it is taken", "粘贴公钥来加钥匙; 每把先看清再收")
	codeWhy   = i18n.T("A one-time code that lets its person bind a key of their own", "一次性邀请码, 本人用它绑自己的钥匙")
	closeWhy  = i18n.T("Nobody logs in with it any more; asks for the user name first", "谁也不能再用它登录; 要先打用户名")
	rolesWhy  = i18n.T("Give, renew and take away roles, with their scope and dates", "给、续、收回角色, 带范围和日期")
	seesWhy   = i18n.T("What may this person see, and why", "这个人能看什么, 凭什么")
	filterWhy = i18n.T("By name, pinyin, role, class or state: type some of it", "按姓名、拼音、角色、班级、状态: 打几个字")
	confWhy   = i18n.T("The role of administrator that another administrator gave holds from now on", "另一位管理员给的管理员角色, 从现在起生效")

	noFamilies = i18n.T("administrators see no families", "管理员看不到家庭内容")
	onlyPublic = i18n.T("Only public keys are kept; every change is in the log", "只保存公钥和指纹; 每次变动都写入日志")
	filtered   = i18n.T("filter: %s", "筛选: %s")
	filterBy   = i18n.T("Filter", "筛选")
	allWords   = i18n.T("name, pinyin, role, class, unused, closed, online..", "姓名 拼音 角色 班级 没来 停用 在线 ..")
	didRole    = i18n.T("Role taken away", "角色已收回")
	didConf    = i18n.T("Confirmed: the role holds now", "已确认, 角色生效了")
	didVoid    = i18n.T("Code taken back", "邀请码已收回")
	didEnd     = i18n.T("The window is closed", "窗口已断开")
	didClose   = i18n.T("%s is closed  u opens it again", "%s 已停用  u 重新启用")
	didOpen    = i18n.T("%s is open again", "%s 已重新启用")
	notDone    = i18n.T("! Not done: %s", "! 没做成: %s")
	noServer   = i18n.T("Only a running server knows who is inside", "只有在跑的服务知道谁在里面")
	isClosed   = i18n.T("This account is closed: u opens it again", "这个账号停用了: u 重新启用")
	isOpen     = i18n.T("This account is open", "这个账号没停用")
	notWaiting = i18n.T("This role does not wait for anybody", "这个角色不用确认")
	noneChosen = i18n.T("Nothing is chosen", "没有选中哪一行")
)

// Deps is what the screens about accounts ask the desk.
type Deps struct {
	Lines   func(context.Context) ([]data.AccountLine, error)
	Roles   func(context.Context) ([]data.GrantLine, error)
	Invites func(context.Context) ([]data.Invite, error)
	Card    func(ctx context.Context, account int64) (data.AccountCard, error)
	Audit   func(context.Context, data.AuditQuery) (data.AuditPage, error)
	Rights  func(ctx context.Context, account int64, student string) (data.Rights, error)
	Draft   func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)

	Naming func(ctx context.Context, name string) (data.Naming, error)
	Add    func(ctx context.Context, name string, roles []data.RoleWord, keys ...data.Key) (data.Account, error)
	Edit   func(context.Context, data.AccountEdit) (data.AccountEdit, error)
	Close  func(ctx context.Context, account int64) error
	Open   func(ctx context.Context, account int64) error

	ReadKeys  func(ctx context.Context, account int64, text []byte) ([]data.KeyLine, error)
	AddKey    func(ctx context.Context, account int64, k data.Key) (data.Key, error)
	RenameKey func(ctx context.Context, fingerprint, name string) error
	RemoveKey func(ctx context.Context, fingerprint string) error

	Invite     func(ctx context.Context, account int64) (data.InviteCode, data.Invite, error)
	VoidInvite func(ctx context.Context, invite int64) error

	Give    func(ctx context.Context, account int64, w data.RoleWord) error
	Take    func(ctx context.Context, grant int64) error
	Renew   func(ctx context.Context, grant int64, until data.Date) error
	Confirm func(ctx context.Context, grant int64) error
}

// A part is one tab: a list.
type part interface {
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd
	Layout(w, h int)
	Body() string
	Waiting() bool
	GiveUp()
}

type page struct {
	acts

	people kit.Listing[[]data.AccountLine, data.AccountLine]
	online kit.Listing[[]data.Presence, data.Presence]
	codes  kit.Listing[[]data.Invite, data.Invite]
	roles  kit.Listing[[]data.GrantLine, data.GrantLine]

	at     int
	ask    kit.Asking
	filter string
	w, h   int
}

// New returns the accounts of all for who sees them, else the person's own.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if env.Me.SeesAccounts(env.Now()) == data.OwnAccount {
		o.ID = env.Me.ID
		return NewAccount(env, deps, o)
	}
	p := &page{acts: acts{env: env, deps: deps}}
	p.people = kit.NewListing(env, p.listPeople())
	p.online = kit.NewListing(env, p.listOnline())
	p.codes = kit.NewListing(env, p.listCodes())
	p.roles = kit.NewListing(env, p.listRoles())
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }

// runs reports whether the person runs accounts.
func (p *page) runs() bool { return p.env.Me.MayManage(p.env.Now()) == nil }

// parts are the tabs there are for the person, and their names.
func (p *page) parts() ([]part, kit.Tabs) {
	count := func(known bool, n int) string {
		if !known {
			return ""
		}
		return p.env.Lang.Number(n)
	}
	people, roles := count(p.people.Known(), len(p.people.Asked.Value)), p.waiting()
	if !p.runs() {
		t := kit.Tabs{Names: []i18n.Phrase{tPeople, tRoles}, Notes: []string{people, roles}, At: min(p.at, 1)}
		return []part{&p.people, &p.roles}, t
	}
	open := 0
	for _, i := range p.codes.Asked.Value {
		if i.State(p.env.Now()) == data.InviteOpen {
			open++
		}
	}
	t := kit.Tabs{Names: []i18n.Phrase{tPeople, tOnline, tCodes, tRoles}, At: p.at, Notes: []string{people,
		count(p.online.Known() && p.env.Server.Sessions != nil, len(p.online.Asked.Value)), count(p.codes.Known(), open), roles}}
	return []part{&p.people, &p.online, &p.codes, &p.roles}, t
}

// waiting is how many roles wait for a second administrator, for the tab.
func (p *page) waiting() string {
	n := 0
	for _, g := range p.roles.Asked.Value {
		if g.State(p.env.Now()) == data.GrantWaits {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return p.env.Lang.Number(n) + "?"
}

func (p *page) top() part {
	all, tabs := p.parts()
	return all[tabs.At]
}

// Init asks for all the lists: their sums stand in the tabs.
func (p *page) Init() tea.Cmd {
	var cmds []tea.Cmd
	all, _ := p.parts()
	for _, one := range all {
		cmds = append(cmds, one.Init())
	}
	return tea.Batch(cmds...)
}

func (p *page) Waiting() bool { return p.top().Waiting() || p.acts.busy() }
func (p *page) GiveUp()       { p.top().GiveUp() }
func (p *page) Storing() bool { return p.acts.busy() }

func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	for _, one := range []part{&p.people, &p.online, &p.codes, &p.roles} {
		one.Layout(w, h)
	}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	if did, ok := p.acts.took(msg); ok {
		return did
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if key, ok := msg.(tea.KeyPressMsg); p.ask.On && !(ok && (key.String() == "up" || key.String() == "down")) {
			return p.ask.Take(msg)
		}
		return p.top().Update(msg)
	case tea.MouseClickMsg, tea.MouseWheelMsg:
		_, tabs := p.parts()
		if i := tabs.Click(m, p.env); i >= 0 {
			return p.show(i)
		}
		return p.top().Update(msg)
	case kit.Tick: // how long ago somebody typed, and was seen
		return tea.Batch(p.people.Init(), p.online.Init())
	}
	var cmds []tea.Cmd
	asked := p.asked()
	all, _ := p.parts()
	for _, one := range all {
		cmds = append(cmds, one.Update(msg))
	}
	if p.asked() < asked { // each list shows something of the others: who is online, a key's name, a role's child
		p.people.Redraw()
		p.online.Redraw()
	}
	return tea.Batch(cmds...)
}

// asked is how many lists wait for an answer.
func (p *page) asked() (n int) {
	for _, busy := range []bool{p.people.Asked.Busy, p.online.Asked.Busy, p.codes.Asked.Busy, p.roles.Asked.Busy} {
		if busy {
			n++
		}
	}
	return n
}

func (p *page) show(i int) tea.Cmd {
	p.at = i
	return nil
}

// View draws the tab in front.
func (p *page) View() kit.Frame {
	_, tabs := p.parts()
	note := p.env.Say(noFamilies)
	if p.filter != "" {
		note = p.env.Say(filtered, kit.Show(p.filter))
	} else if !p.runs() {
		note = ""
	}
	f := kit.Frame{Scope: tabs.Line(p.env, note, p.w), Body: p.top().Body()}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(p.env, p.w, p.h)
	} else if p.top() == part(&p.people) && p.runs() {
		f.Status = " " + p.env.Look.Muted(p.env.Say(onlyPublic))
	}
	return f
}
