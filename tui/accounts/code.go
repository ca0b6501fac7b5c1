package accounts

import (
	"strings"

	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	codeTitle = i18n.T("One-time code for %s", "%s 的邀请码")
	codeOnce  = i18n.T("It is shown this once. Read it out, or let the person see it now.", "只显示这一次。念给本人, 或让本人现在看。")
	codePlain = i18n.T("Code       %s", "邀请码   %s")
	codeHow   = i18n.T("On any computer of theirs %s runs:", "%s 在自己的电脑上运行:")
	codeLine  = i18n.T("ssh -p 2222 enrol@SERVER", "ssh -p 2222 enrol@服务器")
	codeLine2 = i18n.T("(the port and the name that you log in with yourself)", "(端口和服务器名与你自己登录时一样)")
	codeThen  = i18n.T("and types the code. It holds once, until %s. Small letters, blanks and dashes do not matter.", "然后输入邀请码。只能用一次, 到 %s 为止。大小写、空格、横线都不要紧。")
	codeNoKey = i18n.T("Who has no key runs ssh-keygen -t ed25519 first.", "没有钥匙的先运行 ssh-keygen -t ed25519。")
	codeCopy  = i18n.T("copy code", "复制")
	codeDone  = i18n.T("read out", "念完了")
	codeGone  = i18n.T("The code is not shown again: i makes a new one", "邀请码不再显示: i 可以重发")
)

// glyphs are the letters that codes are made of, five rows of five cells each.
var glyphs = map[rune][5]string{
	'2': {"####.", "....#", ".###.", "#....", "#####"}, '3': {"####.", "....#", ".###.", "....#", "####."},
	'4': {"#..#.", "#..#.", "#####", "...#.", "...#."}, '5': {"#####", "#....", "####.", "....#", "####."},
	'6': {".###.", "#....", "####.", "#...#", ".###."}, '7': {"#####", "...#.", "..#..", ".#...", ".#..."},
	'8': {".###.", "#...#", ".###.", "#...#", ".###."}, '9': {".###.", "#...#", ".####", "....#", ".###."},
	'A': {".###.", "#...#", "#####", "#...#", "#...#"}, 'C': {".####", "#....", "#....", "#....", ".####"},
	'D': {"####.", "#...#", "#...#", "#...#", "####."}, 'E': {"#####", "#....", "###..", "#....", "#####"},
	'F': {"#####", "#....", "###..", "#....", "#...."}, 'G': {".####", "#....", "#..##", "#...#", ".####"},
	'H': {"#...#", "#...#", "#####", "#...#", "#...#"}, 'J': {"..###", "...#.", "...#.", "#..#.", ".##.."},
	'K': {"#..#.", "#.#..", "##...", "#.#..", "#..#."}, 'M': {"#...#", "##.##", "#.#.#", "#...#", "#...#"},
	'N': {"#...#", "##..#", "#.#.#", "#..##", "#...#"}, 'P': {"####.", "#...#", "####.", "#....", "#...."},
	'Q': {".###.", "#...#", "#.#.#", "#..#.", ".##.#"}, 'R': {"####.", "#...#", "####.", "#.#..", "#..##"},
	'T': {"#####", "..#..", "..#..", "..#..", "..#.."}, 'V': {"#...#", "#...#", "#...#", ".#.#.", "..#.."},
	'W': {"#...#", "#...#", "#.#.#", "##.##", "#...#"}, 'X': {"#...#", ".#.#.", "..#..", ".#.#.", "#...#"},
	'Y': {"#...#", ".#.#.", "..#..", "..#..", "..#.."}, '-': {".....", ".....", ".###.", ".....", "....."},
}

// big draws a code in letters five rows high.
func big(code string) (rows [5]string) {
	for _, r := range code {
		g, ok := glyphs[r]
		if !ok {
			continue
		}
		for i := range rows {
			rows[i] += strings.ReplaceAll(g[i], ".", " ") + "  "
		}
	}
	return rows
}

// A codePage shows a one-time code this once.
type codePage struct {
	env  *kit.Env
	made made
	w, h int
}

func newCode(env *kit.Env, m made) kit.Page { return &codePage{env: env, made: m} }

func (p *codePage) Title() i18n.Phrase {
	return codeTitle.With(i18n.Typed(p.env.Lang.Name(p.made.invite.Name, "")))
}
func (p *codePage) Init() tea.Cmd          { return nil }
func (p *codePage) Update(tea.Msg) tea.Cmd { return nil }
func (p *codePage) Layout(w, h int)        { p.w, p.h = w, h }

func (p *codePage) Actions() []kit.Action {
	done := func() tea.Cmd { return p.env.Send(kit.Back{Page: p, Said: codeGone}) }
	return []kit.Action{{Key: "enter", Label: codeDone, Do: done}, {Key: "y", Label: codeCopy, Do: func() tea.Cmd { return p.env.Copy(p.made.code.String()) }},
		{Key: "esc", Label: codeDone, Rare: true, Do: done}}
}

func (p *codePage) View() kit.Frame {
	env, i := p.env, p.made.invite
	code := p.made.code.String()
	who := kit.Show(env.Lang.Name(i.Name, ""))
	lines := []string{"", "  " + env.Say(codeOnce), ""}
	for _, row := range big(code) {
		lines = append(lines, "    "+env.Look.Bold(row))
	}
	lines = append(lines, "", "  "+env.Say(codePlain, env.Look.Bold(code)), "", "  "+env.Say(codeHow, who), "", "      "+env.Look.Bold(env.Say(codeLine)),
		"      "+env.Look.Muted(env.Say(codeLine2)), "")
	for _, text := range []string{env.Say(codeThen, env.Lang.Moment(i.Expires, env.Now())), env.Say(codeNoKey)} {
		for _, line := range kit.Wrap(text, p.w-4) {
			lines = append(lines, "  "+line)
		}
	}
	return kit.Frame{Scope: " " + env.Look.Bold(who) + "  " + kit.Show(i.Username), Body: kit.Block(lines, p.w, p.h)}
}
