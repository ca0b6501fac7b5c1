package audit

import (
	"context"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	chainWhole  = i18n.T("chain ✓ whole ", "链 ✓ 完整 ")
	chainNewest = i18n.T("chain ✓ newest %s rows ", "链 ✓ 最新 %s 条 ")
	checked     = i18n.T("Checking the chain: %s of %s rows", "正在核对: %s / %s 条")
	whatToDo    = i18n.T("Change nothing: copy the data folder, then qiao check --witness FILE", "服务器先别动: 留一份数据文件夹, 再用 qiao check --witness 文件 比")
	headIs      = i18n.T("head %d: %s ", "末条 %d: %s ")
	sealBy      = i18n.T(" Seal of %s: %s, confirmed by %s", " %s 封印 %s 已由 %s 核对")
	sealOpen    = i18n.T(" Seal of %s: %s, not confirmed yet: i", " %s 封印 %s 还没核对: i")
	isWhole     = i18n.T("All %s rows are whole", "%s 条全部完整")
	askSeal     = i18n.T("Confirm the seal of %s", "确认 %s 的封印")
	sealText    = i18n.T("Every row was computed anew and is whole. The last row of that day is number %d, and its hash is", "每一行都重算过, 都对。那天最后一行是第 %d 条, 校验码是")
	sealMeans   = i18n.T("Your name will stand beside it: that you saw this hash today. Compare it with a witness on paper, if there is one.", "你的名字会写在旁边: 今天你见过这个校验码。有纸上的见证就比一比。")
	doConfirm   = i18n.T("confirm", "确认")
	didConfirm  = i18n.T("Confirmed, and in the log", "已确认, 已记入日志")
	askExport   = i18n.T("Export the log", "导出日志")
	exportText  = i18n.T("Run this on your own computer. The purpose stands in the file and in the log; add --format json for programs.", "在自己的电脑上运行。用途会写在文件和日志里; 给程序用加 --format json。")
	doCopy      = i18n.T("copy", "复制")
	notConfirm  = i18n.T("! Not confirmed: %s", "! 没确认上: %s")
)

// broken says where the chain is broken; "" where it is not, as far as is known.
func (p *page) broken() string {
	if c := p.known(); len(c.Breaks) > 0 {
		return p.Env.Lang.Break(c.Breaks[0])
	}
	return ""
}

// known is the newest answer about the chain.
func (p *page) known() data.Chain {
	if p.whole || len(p.verify.Value.Breaks) > 0 {
		return p.verify.Value
	}
	return p.chain.Value
}

// standing is the chain's state at the right of row 2, for whoever sees all.
func (p *page) standing() string {
	switch c := p.known(); {
	case !p.auditor() || c.ID == 0:
		return ""
	case c.Whole():
		return p.Env.Look.OK(p.Env.Say(chainWhole))
	default:
		return p.Env.Say(chainNewest, p.Env.Lang.Number(int(c.To-c.From+1)))
	}
}

// sealed is row 22 while nothing else is said: the newest seal, and the log's
// head, where both find room.
func (p *page) sealed() string {
	env, c := p.Env, p.known()
	if !p.auditor() || c.ID == 0 {
		return " " + env.Say(onlyAdds)
	}
	left := ""
	switch s := c.Seal; {
	case s.Day.IsZero():
	case s.Confirmed.IsZero():
		left = env.Say(sealOpen, env.Lang.Date(s.Day, env.Now.Today()), brief(s.Hash))
	default:
		left = env.Say(sealBy, env.Lang.Date(s.Day, env.Now.Today()), brief(s.Hash), kit.Show(env.Lang.Name(s.By, "")))
	}
	right := env.Say(headIs, c.ID, brief(c.Hash))
	if kit.Width(left)+kit.Width(right) >= p.W {
		right = ""
	}
	return kit.Ends(left, right, p.W)
}

// beat draws how far the check is.
type beat struct{ p *page }

func (p *page) beat() tea.Cmd { return p.Env.After(500*time.Millisecond, beat{p}) }

// check computes the whole chain anew. One reader: the others have work to do.
func (p *page) check() tea.Cmd {
	p.done.Store(0)
	p.total.Store(p.known().ID)
	return tea.Batch(p.beat(), p.verify.Start(p.Env.Ctx, func(ctx context.Context) (data.Chain, error) {
		return p.deps.Verify(ctx, 1, func(done, total int64) { p.done.Store(done); p.total.Store(total) })
	}))
}

// verified says what the check found. A sound chain whose newest seal nobody has
// confirmed is offered to be.
func (p *page) verified() tea.Cmd {
	if p.verify.Err != nil {
		return p.Env.Note(kit.NotRead(p.verify.Err))
	}
	c := p.verify.Value
	if p.whole = c.Whole(); !p.whole {
		return nil
	}
	if c.Seal.Day.IsZero() || !c.Seal.Confirmed.IsZero() {
		return p.Env.Note(isWhole.With(p.Env.Lang.Number(int(c.ID))))
	}
	return kit.Ask(p.Env, kit.Question{Title: askSeal.With(p.Env.Lang.Date(c.Seal.Day, p.Env.Now.Today())), Act: doConfirm,
		Text: []i18n.Phrase{sealText.With(c.Seal.ID), i18n.Typed(c.Seal.Hash), sealMeans}, Do: p.seal})
}

func (p *page) seal() tea.Cmd {
	s := p.verify.Value.Seal
	return p.confirm.Start(p.Env.Ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.deps.Confirm(ctx, s.Day, s.Hash)
	})
}

func (p *page) confirmed() tea.Cmd {
	if p.confirm.Err != nil {
		return p.Env.Note(notConfirm.With(i18n.Reason(p.confirm.Err)))
	}
	p.verify.Value.Seal.By, p.verify.Value.Seal.Confirmed = p.Env.Me.Name, p.Env.Now()
	return p.Env.Note(didConfirm)
}

// export shows the words that take these rows out.
func (p *page) export() tea.Cmd {
	words := []string{viaSSH, p.Env.Say(server), exportWords}
	if p.by.kind != "" {
		words = append(words, flagKind, string(p.by.kind))
	}
	if p.by.name != "" {
		words = append(words, flagPerson, p.by.name)
	}
	if p.by.child != "" {
		words = append(words, flagStudent, p.by.child)
	}
	if day := p.by.day; !day.IsZero() {
		words = append(words, flagSince, day.String(), flagUntil, day.String())
	}
	line := strings.Join(append(words, flagPurpose, p.Env.Say(purpose), intoFile), " ")
	return kit.Ask(p.Env, kit.Question{Title: askExport, Act: doCopy, Text: []i18n.Phrase{exportText, i18n.Typed(line)},
		Do: func() tea.Cmd { return p.Env.Copy(line) }})
}

// What is typed on a command line, in every language.
const (
	viaSSH      = "ssh"
	exportWords = "export audit"
	flagKind    = "--kind"
	flagPerson  = "--person"
	flagStudent = "--student"
	flagSince   = "--since"
	flagUntil   = "--until"
	flagPurpose = "--purpose"
	intoFile    = "> audit.csv"
	consoleWord = "console"
)

var (
	server  = i18n.T("SERVER", "服务器")
	purpose = i18n.T("'WHAT FOR'", "'用途'")
)
