// Package enrol is the screen of those who have a key and no account yet: they
// type the one-time code, see whose account it opens, choose a language, and are
// shown around. It is all that a stranger sees.
package enrol

import (
	"context"
	"errors"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title = i18n.T("First login", "领取账号")
	about = i18n.T("I have a key but no account yet: how do I get in?", "有钥匙还没有账号: 怎么进来?")

	goOn     = i18n.T("go on", "继续")
	onward   = i18n.T("switch", "切换")
	leave    = i18n.T("leave", "退出")
	showKey  = i18n.T("show the public key", "显示公钥")
	hideKey  = i18n.T("back", "返回")
	copyKey  = i18n.T("copy the key", "复制公钥")
	itsMe    = i18n.T("that is me", "是我")
	notMe    = i18n.T("that is not me", "不是我")
	choose   = i18n.T("choose", "选")
	further  = i18n.T("next", "下一屏")
	skipTour = i18n.T("skip", "跳过")

	tryLeft    = i18n.T("There is no such code. You may try %d times more within the hour.", "没有这个邀请码, 一小时内还可试 %d 次")
	waitTill   = i18n.T("Too many wrong codes: again after %s, or %s adds your key.", "错的邀请码太多: %s 以后再试, 或请 %s 直接加你的公钥")
	usedUp     = i18n.T("This code was used already: %s can give you a new one.", "这个邀请码已经用过: 请 %s 再发一个")
	expired    = i18n.T("This code's 48 hours are over: %s can give you a new one.", "这个邀请码过了 48 小时: 请 %s 再发一个")
	voided     = i18n.T("This code does not hold any more: %s can give you a new one.", "这个邀请码已作废: 请 %s 再发一个")
	early      = i18n.T("The server's clock stands before this code was made: tell %s.", "服务器的时钟比发邀请码的时间还早: 请告诉 %s")
	keyTaken   = i18n.T("This key is another account's. Log in without enrol@, or come with another key.", "这把钥匙是别的账号的。不用 enrol@ 登录试试, 或换一把钥匙来")
	noCode     = i18n.T("A code has 8 letters and digits, as K7QX-2M4P; 0, O, 1, I and L are in none.", "邀请码是 8 位字母数字, 像 K7QX-2M4P; 没有 0 O 1 I L")
	declined   = i18n.T("Nothing was done. Tell %s that the code is for somebody else.", "什么都没做。请告诉 %s: 这个邀请码是别人的")
	someAdmin  = i18n.T("an administrator", "管理员")
	theAdmins  = i18n.T("%s", "管理员 %s")
	fiveWrong  = i18n.T("After 5 wrong codes there is an hour's wait.", "错误的邀请码 5 次后要等 1 小时")
	adminAdded = i18n.T("An administrator has added your key.", "管理员已经加好了你的钥匙。")
)

// Deps is what the screen asks of the server, for the key that it was reached
// with. What Invited and Enrol refuse is *data.CodeRefused; Known is
// ErrNotFound while the key is nobody's. After Enrol and Known the session is
// the account's.
type Deps struct {
	Key      data.Key
	From     string // the client's address
	Entrance func(context.Context) (data.Entrance, error)
	Invited  func(context.Context, data.InviteCode) (data.Account, error)
	Enrol    func(context.Context, data.InviteCode) (data.Account, error)
	Known    func(context.Context) (data.Account, error)
}

// Messages the page sends to the shell: the session has become an account's;
// it is to be spoken to in this language from now on; and the page is done with.
type (
	Arrived struct{}
	Spoken  struct{ Lang i18n.Lang }
	Done    struct{}
)

// A step is where the person is on the way in.
type step int

const (
	coding step = iota
	confirming
	speaking
	touring
)

type page struct {
	env      *kit.Env
	deps     Deps
	at       step
	field    kit.Field
	onKey    bool  // the button has the focus, not the field
	shown    bool  // the public key is
	refused  error // why the code let nobody in
	code     data.InviteCode
	entrance kit.Load[data.Entrance]
	invited  kit.Load[data.Account]
	enrol    kit.Save[data.Account]
	known    kit.Load[data.Account]
	me       data.Account // whose the code is, then whose the session is
	bound    bool         // the session is
	lang     int
	tour     int
	w, h     int
}

// New opens the screen.
func New(env *kit.Env, deps Deps) kit.Page {
	p := &page{env: env, deps: deps, field: kit.NewField(i18n.Phrase{}, "")}
	p.field.Most(24)
	p.field.Focus()
	return p
}

func (p *page) Title() i18n.Phrase { return title }
func (p *page) About() i18n.Phrase { return about }
func (p *page) Layout(w, h int)    { p.w, p.h = w, h }
func (p *page) Waiting() bool      { return p.invited.Busy || p.enrol.Busy }
func (p *page) Storing() bool      { return p.enrol.Busy }
func (p *page) GiveUp()            { p.invited.GiveUp() }

func (p *page) Init() tea.Cmd { return p.entrance.Start(p.env.Ctx, p.deps.Entrance) }

// Actions are those of the step.
func (p *page) Actions() []kit.Action {
	switch {
	case p.at == confirming:
		out := []kit.Action{{Key: "enter", Label: itsMe, Do: p.yes}}
		if !p.bound {
			out = append(out, kit.Action{Key: "esc", Label: notMe, Do: p.no})
		}
		return out
	case p.at == speaking:
		return []kit.Action{
			{Key: "enter", Label: choose, Do: func() tea.Cmd { return p.speak(p.lang) }},
			{Key: "1", Label: langNames[0], Do: func() tea.Cmd { return p.speak(0) }},
			{Key: "2", Label: langNames[1], Do: func() tea.Cmd { return p.speak(1) }},
			{Key: "esc", Label: skipTour, Do: func() tea.Cmd { return p.env.Send(Done{}) }},
		}
	case p.at == touring:
		return []kit.Action{
			{Key: "enter", Label: further, Do: p.next},
			{Key: "esc", Label: skipTour, Do: func() tea.Cmd { return p.env.Send(Done{}) }},
		}
	case p.shown:
		return []kit.Action{
			{Key: "y", Label: copyKey, Do: func() tea.Cmd { return p.env.Copy(p.line()) }},
			{Key: "enter esc", Label: hideKey, Do: p.toggle},
		}
	}
	enter := kit.Action{Key: "enter", Label: goOn, Do: p.submit}
	if p.onKey {
		enter = kit.Action{Key: "enter", Label: showKey, Do: p.toggle}
	}
	return []kit.Action{enter,
		{Key: "tab shift+tab down up", As: "tab", Label: onward, Do: p.turn},
		{Key: "esc", Label: leave, Do: func() tea.Cmd { return tea.Quit }}}
}

// turn moves between the code and the button.
func (p *page) turn() tea.Cmd {
	p.onKey = !p.onKey
	if p.field.Blur(); !p.onKey {
		p.field.Focus()
	}
	return nil
}

func (p *page) toggle() tea.Cmd {
	p.shown = !p.shown
	return nil
}

// submit asks whose the code is.
func (p *page) submit() tea.Cmd {
	if p.invited.Busy {
		return nil
	}
	code, err := data.ParseInviteCode(p.field.Value())
	if err != nil {
		p.refused = err
		return nil
	}
	p.refused, p.code = nil, code
	return p.invited.Start(p.env.Ctx, func(ctx context.Context) (data.Account, error) { return p.deps.Invited(ctx, code) })
}

// yes goes on as the person: it binds the key, unless an administrator has.
func (p *page) yes() tea.Cmd {
	if p.bound {
		return p.come()
	}
	code := p.code
	return p.enrol.Start(p.env.Ctx, func(ctx context.Context) (data.Account, error) { return p.deps.Enrol(ctx, code) })
}

// no goes back to the code: it was read out to the wrong person.
func (p *page) no() tea.Cmd {
	if p.enrol.Busy {
		return nil
	}
	p.back()
	return p.env.Note(declined.With(p.whom()))
}

func (p *page) back() {
	p.at, p.code, p.me = coding, "", data.Account{}
	p.field.Reset()
	p.onKey = false
	p.field.Focus()
}

// come shows who is here for the first time around; others know.
func (p *page) come() tea.Cmd {
	if !p.me.LastSeen.IsZero() {
		return p.env.Send(Done{})
	}
	p.at = speaking
	if p.env.Lang == i18n.English {
		p.lang = 1
	}
	return nil
}

var (
	langs     = []i18n.Lang{i18n.Chinese, i18n.English}
	langNames = []i18n.Phrase{i18n.T("中文", "中文"), i18n.T("English", "English")} // each in itself
)

func (p *page) speak(i int) tea.Cmd {
	p.lang, p.at, p.tour = i, touring, 0
	return p.env.Send(Spoken{langs[i]})
}

func (p *page) next() tea.Cmd {
	if p.tour++; p.tour < len(tour) {
		return nil
	}
	p.tour--
	return p.env.Send(Done{})
}

// Update takes the answers, and the news that an administrator has added the
// key meanwhile.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.entrance.Take(msg):
		return nil
	case p.invited.Take(msg):
		return p.answered()
	case p.enrol.Take(msg):
		return p.enrolled()
	case p.known.Take(msg):
		return p.added()
	}
	switch m := msg.(type) {
	case kit.Changed:
		if p.bound || p.enrol.Busy || !m.TouchesAny("account") {
			return nil
		}
		return p.known.Start(p.env.Ctx, p.deps.Known)
	case tea.KeyPressMsg:
		if key := m.String(); p.at == speaking && (key == "up" || key == "down" || key == "j" || key == "k") {
			p.lang = 1 - p.lang
		}
	case tea.MouseClickMsg:
		return p.click(m)
	}
	if p.at == coding && !p.shown && p.field.Take(msg) {
		p.refused = nil
	}
	return nil
}

func (p *page) answered() tea.Cmd {
	if p.refused = p.invited.Err; p.refused == nil && !p.bound {
		p.at, p.me = confirming, p.invited.Value
	}
	return nil
}

func (p *page) enrolled() tea.Cmd {
	if p.enrol.Err != nil {
		p.back()
		p.refused = p.enrol.Err
		return nil
	}
	p.bound = true
	p.env.Send(Arrived{})
	return p.come()
}

// added takes what came of asking whether the key is somebody's by now.
func (p *page) added() tea.Cmd {
	if p.known.Err != nil || p.bound {
		return nil
	}
	p.bound, p.me, p.at, p.shown = true, p.known.Value, confirming, false
	p.env.Send(Arrived{})
	return p.env.Note(adminAdded)
}

// fault is what stands under the code: why it let nobody in, and whom to ask.
func (p *page) fault() string {
	env := p.env
	var code *data.CodeRefused
	var clash *data.Conflict
	switch {
	case p.refused == nil:
		return ""
	case len(data.Faults(p.refused)) > 0:
		return env.Say(noCode)
	case errors.As(p.refused, &clash):
		return env.Say(keyTaken)
	case !errors.As(p.refused, &code):
		return env.Lang.Error(p.refused)
	}
	switch code.Why {
	case data.CodeWait:
		return env.Say(waitTill, code.Till.In(data.China).Format("15:04"), p.whom())
	case data.CodeUsed:
		return env.Say(usedUp, p.whom())
	case data.CodeExpired:
		return env.Say(expired, p.whom())
	case data.CodeEarly:
		return env.Say(early, p.whom())
	case data.CodeVoid:
		return env.Say(voided, p.whom())
	}
	return env.Say(tryLeft, code.Left)
}

// click chooses what is under the mouse.
func (p *page) click(m tea.MouseClickMsg) tea.Cmd {
	switch {
	case p.at == speaking && m.Y >= langRow && m.Y < langRow+len(langs):
		return p.speak(m.Y - langRow)
	case p.at != coding || p.shown:
	case p.field.Click(m, boxWidth, boxAt, codeRow) && p.onKey, m.Y == keyRow && !p.onKey:
		return p.turn()
	case m.Y == keyRow:
		return p.toggle()
	}
	return nil
}

// line is the key as a .pub file has it.
func (p *page) line() string { return p.deps.Key.Type + " " + p.deps.Key.Blob }
