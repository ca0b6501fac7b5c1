package enrol

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	scope   = i18n.T("%s  home-school-community (qiao)", "%s 家校社协同 (桥)")
	byName  = i18n.T("you came as enrol", "你用 enrol 这个名字连进来")
	apart   = i18n.T("Your key belongs to no account yet.", "你的钥匙还没有和账号连起来。")
	keyIs   = i18n.T("key          %s, from %s", "钥匙  %s   来自 %s")
	printIs = i18n.T("fingerprint  SHA256:%s", "指纹  SHA256:%s")
	compare = i18n.T("compare these 12 with the administrator, face to face:  %s", "请和管理员当面核对前 12 位:  %s")
	has     = i18n.T("1 You have a one-time code: type it here (8 letters, once, within 48 hours)", "1 有邀请码: 写在这里 (8 位, 用一次, 48 小时内有效)")
	hasNot  = i18n.T("2 No code: give your public key to %s; this then goes on by itself", "2 没有邀请码: 把你的公钥交给 %s, 加好后这里自己往下走")
	button  = i18n.T("[show the public key]", "[显示公钥]")
	after   = i18n.T("Then (less than a minute)", "接下来 (不到 1 分钟)")
	steps   = i18n.T("1 name and classes    2 language    3 three screens of how-to (or skip)", "1 核对姓名和班级    2 选语言    3 看 3 屏教程 (可跳过)")
	privacy = i18n.T("For the school's staff only. Every look at a family's data is logged.", "这里只有学校工作人员可用, 每次查看家庭资料都会记入日志。")
	keyHead = i18n.T("Your public key", "你的公钥")
	keyHow  = i18n.T("Give the administrator this line, or the .pub file in ~/.ssh. It is no secret.", "把这一行, 或 ~/.ssh 里的 .pub 文件交给管理员。公钥不是秘密。")
	keyLong = i18n.T("It is longer than this window: take the .pub file in ~/.ssh.", "这里放不下: 请用 ~/.ssh 里的 .pub 文件。")

	opens     = i18n.T("This code is for", "这个邀请码是给")
	added     = i18n.T("Your key was added for", "你的钥匙已加给")
	whoName   = i18n.T("name", "姓名")
	whoUser   = i18n.T("user name", "用户名")
	whoRole   = i18n.T("role", "角色")
	noRole    = i18n.T("none yet", "还没有")
	isIt      = i18n.T("Is that you? enter binds your key to this account.", "是你吗? enter 把你的钥匙连到这个账号。")
	isItBound = i18n.T("Is that you? If not, ctrl+c, and tell %s.", "是你吗? 不是就按 ctrl+c, 并告诉 %s。")
	until     = i18n.T("until %s", "到 %s")

	speakHead = i18n.T("Language", "语言")
	speakHow  = i18n.T("F4 switches at any time.", "以后随时可按 F4 换。")
	tourHead  = i18n.T("How-to %d / %d: %s", "教程 %d / %d: %s")
	tourNext  = i18n.T("enter the next  esc skip: ? shows all this again", "enter 下一屏  esc 跳过: 以后按 ? 都能看到")
	tourLast  = i18n.T("enter begin", "enter 开始用")
)

// Rows and columns of what can be clicked.
const (
	codeRow  = 7
	keyRow   = 11
	langRow  = 2
	boxAt    = 2
	boxWidth = 26
)

// A lesson is one screen of the tour.
type lesson struct {
	head  i18n.Phrase
	lines []i18n.Phrase
}

var tour = []lesson{
	{i18n.T("the phone rings", "电话响了"), []i18n.Phrase{
		i18n.T("/        find a family: name, pinyin, initials, the last digits of a phone", "/        找家庭: 姓名、拼音、首字母、电话后四位都行"),
		i18n.T("enter    its card: whom to call, what was said, what was promised", "enter    家庭卡: 先打给谁, 上次谈了什么, 答应过什么"),
		i18n.T("c        begin a record; a clock runs, you type", "c        开始记; 计时已在走, 直接打字"),
		i18n.T("ctrl+n   a promise: what, who, until when", "ctrl+n   记一个承诺: 做什么, 谁, 到哪天"),
		i18n.T("ctrl+s   save; colleagues see it at once", "ctrl+s   存; 同事马上看得到"),
	}},
	{i18n.T("nothing is lost", "丢不了"), []i18n.Phrase{
		i18n.T("What you type is on the server within two seconds.", "写的东西最多两秒就在服务器上。"),
		i18n.T("The line broke, the laptop was shut: log in again, enter goes on.", "断线了、电脑合上了: 再登录, enter 接着写。"),
		i18n.T("esc      one level back, to the same row; drafts stay", "esc      退一级, 回到原来那行; 草稿都留着"),
		i18n.T("u        takes your last act back", "u        撤销刚做的一件事"),
		i18n.T("Two people changed the same: both are shown, nothing is overwritten.", "两个人改了同一条: 两份都给你看, 不会盖掉谁的。"),
	}},
	{i18n.T("what you may see", "你看得到什么"), []i18n.Phrase{
		i18n.T("You find the children of your scope, and nobody else's.", "只找得到你负责范围里的孩子。"),
		i18n.T("**       tags in lists: v shows them for five minutes, and is logged", "**       名单里的标签: v 显示 5 分钟, 并记入日志"),
		i18n.T("Opening a card is logged; families may ask who looked.", "打开家庭卡会记一笔; 家长可以问谁看过。"),
		i18n.T("?        what can be pressed here, on every screen", "?        这一屏能按什么, 哪里都有"),
		i18n.T(":        anything by its name", ":        按名字做任何事"),
	}},
}

// View draws the step.
func (p *page) View() kit.Frame {
	env := p.env
	f := kit.Frame{Scope: kit.Ends(" "+kit.Show(env.Say(scope, p.entrance.Value.School)), env.Say(byName)+"   ", p.w)}
	var lines []string
	switch p.at {
	case confirming:
		lines = p.confirmView()
	case speaking:
		lines = p.langView()
	case touring:
		lines = p.tourView()
	default:
		if p.shown {
			lines = p.keyView()
			break
		}
		return p.codeView(f)
	}
	f.Body = kit.Block(lines, p.w, p.h)
	return f
}

func (p *page) codeView(f kit.Frame) kit.Frame {
	env := p.env
	print := groups(p.deps.Key.Fingerprint)
	box, cursor := p.field.Box(env, boxWidth, boxAt, codeRow)
	if !p.onKey {
		f.Cursor = cursor
	}
	mark := func(on bool) string {
		if on {
			return "> "
		}
		return "  "
	}
	key := env.Say(button)
	if p.onKey {
		key = env.Look.Chosen(key)
	}
	why := append(kit.Wrap(kit.Show(p.fault()), p.w-6), "", "") // it may take the row below
	if why[1] != "" {
		why[1] = "    " + env.Look.Danger(kit.Cut(why[1], p.w-6))
	}
	lines := []string{
		"",
		" " + env.Say(apart),
		"   " + env.Say(keyIs, kit.Show(p.deps.Key.Algorithm()), kit.Show(p.deps.From)),
		"   " + env.Say(printIs, print),
		"   " + env.Say(compare, first(print, 14)),
		"",
		" " + kit.Cut(env.Say(has), p.w-2),
		mark(!p.onKey) + box,
		kit.Fault(env, why[0], 2),
		why[1],
		" " + kit.Cut(env.Say(hasNot, p.whom()), p.w-2),
		mark(p.onKey) + " " + key,
		"",
		" " + env.Say(after),
		"   " + kit.Cut(env.Say(steps), p.w-4),
		"",
		" " + env.Look.Paint(theme.Muted, env.Say(privacy)),
	}
	f.Body, f.Status = kit.Block(lines, p.w, p.h), " "+env.Say(fiveWrong)
	return f
}

// groups is a fingerprint without its name, in groups of four.
func groups(fingerprint string) string {
	var out []string
	_, rest, _ := strings.Cut(fingerprint, ":")
	for rest != "" {
		n := min(4, len(rest))
		out, rest = append(out, rest[:n]), rest[n:]
	}
	return strings.Join(out, " ")
}

func first(s string, n int) string { return s[:min(n, len(s))] }

func (p *page) keyView() []string {
	env := p.env
	lines := []string{kit.Head(env.Say(keyHead), "", p.w), " " + env.Say(keyHow), ""}
	key := kit.Wrap(p.line(), p.w-2)
	if len(key) > p.h-len(lines) {
		return append(lines, " "+env.Say(keyLong))
	}
	for _, l := range key {
		lines = append(lines, " "+l)
	}
	return lines
}

func (p *page) confirmView() []string {
	env := p.env
	head := opens
	if p.bound {
		head = added
	}
	row := func(name i18n.Phrase, value string) string {
		return "   " + kit.Fit(env.Say(name), 12) + kit.Cut(value, p.w-18)
	}
	lines := []string{"", " " + env.Say(head), "", row(whoName, env.Lang.Name(p.me.Name, "")), row(whoUser, p.me.Username)}
	grants := p.me.Active(env.Now())
	if len(grants) == 0 {
		lines = append(lines, row(whoRole, env.Say(noRole)))
	}
	for i, g := range grants {
		if i == p.h-10 {
			lines = append(lines, row(i18n.Phrase{}, ".."))
			break
		}
		name := whoRole
		if i > 0 {
			name = i18n.Phrase{}
		}
		lines = append(lines, row(name, p.grant(g)))
	}
	said := env.Say(isIt)
	if p.bound {
		said = env.Say(isItBound, p.whom())
	}
	return append(lines, "", " "+kit.Cut(said, p.w-2))
}

// grant is a role with its scope, subject and end.
func (p *page) grant(g data.Grant) string {
	env := p.env
	parts := []string{env.Lang.Role(g.Role)}
	switch g.Scope {
	case data.ScopeClass:
		parts = append(parts, env.Lang.Class(g.Class))
	case data.ScopeGrade:
		parts = append(parts, env.Lang.Grade(int(g.ScopeID)))
	}
	if g.Subject != "" {
		parts = append(parts, g.Subject)
	}
	if !g.Until.IsZero() {
		parts = append(parts, env.Say(until, env.Lang.Date(data.DayOf(g.Until).AddDays(-1), env.Now.Today())))
	}
	return strings.Join(parts, "  ")
}

func (p *page) langView() []string {
	env := p.env
	lines := []string{kit.Head(env.Say(speakHead), "", p.w), ""}
	for i, name := range langNames {
		line := kit.Pad("  "+string(rune('1'+i))+" "+env.Say(name), p.w)
		if i == p.lang {
			line = env.Look.Chosen(">" + line[1:])
		}
		lines = append(lines, line)
	}
	return append(lines, "", " "+env.Say(speakHow))
}

func (p *page) tourView() []string {
	env := p.env
	l := tour[p.tour]
	lines := []string{kit.Head(env.Say(tourHead, p.tour+1, len(tour), env.Say(l.head)), "", p.w), ""}
	for _, said := range l.lines {
		lines = append(lines, "   "+env.Say(said))
	}
	end := tourNext
	if p.tour == len(tour)-1 {
		end = tourLast
	}
	return append(lines, "", " "+env.Look.Paint(theme.Muted, env.Say(end)))
}

// whom names the administrators to ask.
func (p *page) whom() string {
	var names []string
	for _, n := range p.entrance.Value.Admins {
		names = append(names, kit.Show(p.env.Lang.Name(n, "")))
	}
	if len(names) == 0 {
		return p.env.Say(someAdmin)
	}
	return p.env.Say(theAdmins, strings.Join(names, " / "))
}
