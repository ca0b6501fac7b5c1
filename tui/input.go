package tui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	noKey    = i18n.T("That key does nothing here: ? shows what does", "这里没有这个键: ? 看能按什么")
	leaveBy  = i18n.T("esc goes back  ctrl+c quits", "esc 返回  ctrl+c 退出")
	quitBy   = i18n.T("ctrl+c quits", "ctrl+c 退出")
	noPaste  = i18n.T("A paste here looks for a family: a name, or 4 digits and more", "在这里粘贴是找家庭: 姓名, 或 4 位以上数字")
	cut      = i18n.T("%s of the paste taken, %s left out", "粘贴的内容收下 %s, 多出的 %s 没收")
	pastable = 50 // characters of a paste that go to the search
)

// input takes what a person did. The first thing done uncovers a covered
// screen and is nothing else.
func (s *Shell) input(msg tea.Msg) tea.Cmd {
	if s.clock.wake(s.env.Now()) {
		return nil
	}
	s.begun = true
	s.env.Did++
	if key, ok := msg.(tea.KeyPressMsg); ok {
		return s.key(key)
	}
	if s.small() || s.asking {
		return nil
	}
	switch m := msg.(type) {
	case tea.PasteMsg:
		s.said = i18n.Phrase{}
		if s.frame().Cursor == nil {
			return s.pasted(m.Content)
		}
	case tea.MouseClickMsg:
		s.said = i18n.Phrase{}
		m.Y -= above
		if m.Button == tea.MouseRight {
			return s.press(tea.KeyPressMsg{Code: '.', Text: "."})
		}
		if m.Y < -1 || m.Y >= s.h-above-below {
			return s.clickFooter(m)
		}
		if s.going.shown {
			return s.clickGo(m)
		}
		msg = m
	case tea.MouseWheelMsg:
		m.Y -= above
		msg = m
	}
	return tea.Batch(s.top().Update(msg), s.written())
}

// key takes one key press, whatever an input method made of it.
func (s *Shell) key(msg tea.KeyPressMsg) tea.Cmd {
	s.said = i18n.Phrase{}
	switch {
	case s.asking:
		return s.answer(msg)
	case s.small() || s.frame().Cursor != nil:
		return s.press(msg)
	}
	if strings.ContainsFunc(msg.Text, isHan) {
		return s.find(msg.Text)
	}
	var cmds []tea.Cmd
	for _, key := range plain(msg) {
		s.drawn = nil
		cmds = append(cmds, s.press(key), s.settle())
	}
	return tea.Batch(cmds...)
}

// press gives one plain key to what it means: the second key after g, an
// action of the page, one of the shell, or the page's own widgets.
func (s *Shell) press(msg tea.KeyPressMsg) tea.Cmd {
	if s.going.on {
		return s.goKey(msg)
	}
	if s.giveUp(msg.String()) {
		return nil
	}
	own, always := s.actions()
	for _, actions := range [][]kit.Action{own, always} {
		for _, a := range actions {
			if a.On(msg.String()) {
				return tea.Batch(s.do(a), s.written())
			}
		}
	}
	if s.small() {
		return nil
	}
	if s.frame().Cursor == nil && !moves(msg) {
		if s.said = noKey; msg.String() == "q" {
			s.said = leaveBy
		}
		return nil
	}
	return tea.Batch(s.top().Update(msg), s.written())
}

// moves reports whether a key without an action may mean something to a
// widget that has no cursor: a list, a row of boxes.
func moves(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "up", "down", "left", "right", "pgup", "pgdown", "home", "end", "enter", "space", "j", "k", "G":
		return true
	}
	return false
}

// plain is the keys that one event of an input method stands for: fullwidth
// letters, digits and Chinese punctuation become what their key has on it.
func plain(msg tea.KeyPressMsg) []tea.KeyPressMsg {
	if msg.Text == "" || len(msg.Text) == 1 {
		return []tea.KeyPressMsg{msg}
	}
	var out []tea.KeyPressMsg
	for _, r := range msg.Text {
		r = ascii(r)
		out = append(out, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return out
}

// keyed is what stands on the key of a character that an input method makes.
var keyed = map[rune]rune{
	'、': '/', '。': '.', '【': '[', '】': ']', '「': '[', '」': ']', '《': '<', '》': '>', '〈': '<', '〉': '>', '\u3000': ' ',
}

func ascii(r rune) rune {
	if to, ok := keyed[r]; ok {
		return to
	}
	if r >= '！' && r <= '～' { // the fullwidth forms, in the order of ASCII
		return r - '！' + '!'
	}
	return r
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// pasted looks for a family by what was pasted where no text is taken. It
// never means a key.
func (s *Shell) pasted(text string) tea.Cmd {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	line = strings.TrimSpace(data.Line(line))
	digits := 0
	for _, r := range line {
		if r = ascii(r); r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < 4 && !strings.ContainsFunc(line, isHan) {
		s.said = noPaste
		return nil
	}
	if runes := []rune(line); len(runes) > pastable {
		line = string(runes[:pastable])
	}
	return s.find(line)
}

// find opens the search with what was typed already. On the search itself
// there is nothing to open.
func (s *Shell) find(text string) tea.Cmd {
	if s.top().name == finder {
		return nil
	}
	return s.open(kit.Open{Screen: finder, Text: text})
}

// actions are the top page's own and the shell's. A page with a cursor on it
// takes all printable keys as text: no action of one letter can fire by
// accident.
func (s *Shell) actions() (own, always []kit.Action) {
	d := s.draw()
	return d.own, d.always
}

// onNow are the actions of a page with or without a cursor.
func (s *Shell) onNow(actions []kit.Action, cursor bool) []kit.Action {
	switch {
	case s.small():
		return on(actions, func(key string) bool { return key != "ctrl+s" && key != "ctrl+c" })
	case cursor:
		return on(actions, func(key string) bool { return utf8.RuneCountInString(key) == 1 || key == "space" })
	}
	return actions
}

// on leaves out the keys that are off, and the actions that have no other.
func on(actions []kit.Action, off func(key string) bool) (out []kit.Action) {
	for _, a := range actions {
		was := a.Keys()
		if keys := slices.DeleteFunc(slices.Clone(was), off); len(keys) > 0 {
			if keys[0] != was[0] {
				a.As = ""
			}
			a.Key = strings.Join(keys, " ")
			out = append(out, a)
		}
	}
	return out
}
