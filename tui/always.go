package tui

import (
	"slices"

	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	findIt   = i18n.T("find", "找家庭")
	command  = i18n.T("command", "命令")
	goTo     = i18n.T("go to", "前往")
	help     = i18n.T("help", "帮助")
	back     = i18n.T("back", "返回")
	quit     = i18n.T("quit", "退出")
	reload   = i18n.T("reload", "刷新")
	redraw   = i18n.T("redraw", "重画")
	language = i18n.T("中文", "English")

	emergency    = i18n.T("emergency: open a child", "紧急: 打开一个孩子")
	emergencyWhy = i18n.T("Any child, for two hours, with a reason; F8 where one finds a family", "任何孩子, 两小时, 要写原因; 找家庭里按 F8")

	findWhy   = i18n.T("Find a family by name, pinyin, initials, phone or class; 、 does it too", "按姓名、拼音、首字母、电话、班级找; 输入法开着按 、 也行")
	cmdWhy    = i18n.T("Do anything by its name", "按名字做任何事")
	goWhy     = i18n.T("Then a letter: to that screen. After a moment the letters are shown", "再按一个字母去那一屏; 停 0.4 秒显示字母表")
	helpWhy   = i18n.T("This page", "这一页")
	backWhy   = i18n.T("One level back; what you write stays as a draft", "退一级; 写着的留作草稿")
	quitWhy   = i18n.T("Quit; asks if something is unsaved", "退出; 有没存的先问")
	reloadWhy = i18n.T("Read the data again", "重新读取数据")
	redrawWhy = i18n.T("Draw the whole screen again", "整屏重画")
	langWhy   = i18n.T("Read the program in the other language", "换成另一种语言")

	unsaved = i18n.T("%d unsaved, draft kept: enter quit  esc stay", "有 %d 份没存的, 草稿已留: enter 退出  esc 留下")
)

// always are the keys that work on every screen, as row 24 names them; quit is
// the last, at its right end.
func (s *Shell) always() []kit.Action {
	as := []kit.Action{
		{Key: "/ ctrl+f f3", Label: findIt, Help: findWhy, Do: func() tea.Cmd { return s.find("") }},
		{Key: ": ctrl+p", Label: command, Help: cmdWhy, Do: s.openPalette},
		{Key: "g", Label: goTo, Help: goWhy, Do: s.startGo},
		{Key: "? f1", Label: help, Help: helpWhy, Do: s.openHelp},
		{Key: "esc", Label: back, Help: backWhy, When: s.noWayBack, Do: func() tea.Cmd { return s.pop(nil, nil) }},
		{Label: emergency, Help: emergencyWhy, Never: s.env.Me.MayOpenInEmergency(s.env.Now()) != nil, Rare: true, Do: func() tea.Cmd { return s.open(kit.Open{Screen: "emergency"}) }},
		{Key: "f4", Label: language, Help: langWhy, Rare: true, Do: s.otherLanguage},
		{Key: "f5 ctrl+r", Label: reload, Help: reloadWhy, Rare: true, Do: func() tea.Cmd { return s.top().Update(kit.Reload{}) }},
		{Key: "ctrl+l", Label: redraw, Help: redrawWhy, Rare: true, Do: func() tea.Cmd { return tea.ClearScreen }},
		{Key: "ctrl+c", Label: quit, Help: quitWhy, Do: s.quit},
	}
	return slices.DeleteFunc(as, never)
}

func (s *Shell) noWayBack() i18n.Phrase {
	if len(s.pages) == 1 {
		return quitBy
	}
	return i18n.Phrase{}
}

func (s *Shell) otherLanguage() tea.Cmd { return s.speak(s.env.Lang.Other()) }

// speak goes on in a language, and keeps it as the account's.
func (s *Shell) speak(lang i18n.Lang) tea.Cmd {
	s.env.Lang = lang
	for _, p := range s.pages {
		s.layout(p) // words have other widths
	}
	return s.keepLang()
}

// quit leaves at once, or asks if something is unsaved.
func (s *Shell) quit() tea.Cmd {
	n := 0
	for _, p := range s.pages {
		if u, ok := p.Page.(kit.Unsaver); ok {
			n += u.Unsaved()
		}
	}
	if n == 0 {
		return tea.Quit
	}
	s.asking = true
	s.said = unsaved.With(n)
	return s.keepAll()
}

// answer takes the key after the question whether to quit. Only enter and a
// second ctrl+c mean yes.
func (s *Shell) answer(msg tea.KeyPressMsg) tea.Cmd {
	s.asking = false
	if k := msg.String(); k == "enter" || k == "ctrl+c" {
		return tea.Quit
	}
	return nil
}
