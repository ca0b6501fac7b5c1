package tui

import (
	"slices"
	"strings"

	"qiao/data/search"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	palette  = i18n.T("Commands", "命令")
	doIt     = i18n.T("do it", "做这条")
	choose   = i18n.T("choose", "选择")
	putAway  = i18n.T("put away", "收起")
	counted  = i18n.T("%d found", "%d 条")
	anyTyped = i18n.T("Chinese, pinyin, initials or English; what was used last comes first", "打中文、拼音、首字母、英文都行; 最近用的在前")
	noneSuch = i18n.T("Nothing by that name. esc puts this away", "没有叫这个的。esc 收起")
)

// A commands is the palette: what can be done from here, by name.
type commands struct {
	env   *kit.Env
	used  *[]string
	all   []kit.Action
	names []string // what each of all is found by
	found []kit.Action
	typed kit.Field
	list  kit.List
	w, h  int
}

// openPalette offers the page's actions, the places to go, and what always
// works.
func (s *Shell) openPalette() tea.Cmd {
	if _, open := s.top().Page.(*commands); open {
		return nil
	}
	all := slices.Clone(s.top().Actions())
	for _, p := range s.offered() {
		all = append(all, kit.Action{Key: "g", As: "g " + p.key, Label: p.name(), Do: func() tea.Cmd { return s.goTo(p) }})
	}
	for _, a := range s.always() {
		if a.Label != command && a.Label != goTo {
			all = append(all, a)
		}
	}
	return s.push(&sheet{Page: newCommands(s.env, all, &s.used)})
}

func newCommands(env *kit.Env, all []kit.Action, used *[]string) *commands {
	p := &commands{env: env, all: all, used: used, typed: kit.NewField(i18n.Phrase{}, "")}
	for _, a := range all {
		p.names = append(p.names, namesOf(a))
	}
	p.search()
	return p
}

func (p *commands) Title() i18n.Phrase { return palette }

func (p *commands) Init() tea.Cmd {
	p.typed.Focus()
	return nil
}

func (p *commands) Layout(w, h int) {
	p.w, p.h = w, h
	p.list.Place(kit.Rect{X: 0, Y: 2, W: w, H: h - 4})
}

func (p *commands) Actions() []kit.Action {
	return []kit.Action{
		{Key: "enter", Label: doIt, Do: p.run},
		{Key: "up", As: "up/down", Label: choose, Do: func() tea.Cmd { p.list.To(p.list.At - 1); return nil }},
		{Key: "down", Label: choose, Rare: true, Do: func() tea.Cmd { p.list.To(p.list.At + 1); return nil }},
		{Key: "esc", Label: putAway, Do: p.env.Back},
	}
}

func (p *commands) run() tea.Cmd {
	if p.list.At >= len(p.found) {
		return nil
	}
	a := p.found[p.list.At]
	name := a.Label.English()
	*p.used = slices.DeleteFunc(*p.used, func(s string) bool { return s == name })
	*p.used = append([]string{name}, *p.used...)
	return p.env.Send(kit.Run{Action: a})
}

func (p *commands) Update(msg tea.Msg) tea.Cmd {
	if _, typing := msg.(tea.KeyPressMsg); !typing || msg.(tea.KeyPressMsg).Text == "" {
		if p.list.Take(msg) == kit.Opened {
			return p.run()
		}
	}
	if p.typed.Take(msg) {
		p.search()
		p.list.To(0)
	}
	return nil
}

// search keeps what holds the letters typed. What was used lately comes first.
func (p *commands) search() {
	want := strings.ToLower(strings.TrimSpace(p.typed.Value()))
	p.found = p.found[:0]
	for i, a := range p.all {
		if strings.Contains(p.names[i], want) {
			p.found = append(p.found, a)
		}
	}
	rank := func(a kit.Action) int {
		if i := slices.Index(*p.used, a.Label.English()); i >= 0 {
			return i
		}
		return len(*p.used)
	}
	slices.SortStableFunc(p.found, func(a, b kit.Action) int { return rank(a) - rank(b) })
	p.list.Count(len(p.found))
}

// namesOf is all that an action is found by: its name in both languages, for a
// hand that thinks in one may read the other, in pinyin and by initials.
func namesOf(a kit.Action) string {
	pinyin := search.Reading(a.Label.Chinese(), "")
	initials := ""
	for syllable := range strings.FieldsSeq(pinyin) {
		initials += string([]rune(syllable)[:1])
	}
	return strings.ToLower(strings.Join([]string{a.Label.English(), a.Label.Chinese(),
		strings.ReplaceAll(pinyin, " ", ""), initials, a.Shown()}, "\n"))
}

func (p *commands) View() kit.Frame {
	box, cursor := p.typed.Box(p.env, min(52, p.w-24), 3, 0)
	lines := []string{kit.Ends(" : "+box, p.env.Say(counted, len(p.found))+" ", p.w), ""}
	if len(p.found) == 0 {
		lines = append(lines, " "+p.env.Say(noneSuch))
	}
	lines = append(lines, p.list.View(p.env, func(i int) string {
		a := p.found[i]
		return commandLine(p.env, a, p.w-2)
	})...)
	for len(lines) < p.h-1 {
		lines = append(lines, "")
	}
	lines = append(lines, p.env.Look.Muted(" "+p.env.Say(anyTyped)))
	return kit.Frame{Body: kit.Block(lines, p.w, p.h), Cursor: cursor}
}

// commandLine is an action as the palette and the help show it: its name, its
// key, and what it is for, or why it cannot be done now.
func commandLine(env *kit.Env, a kit.Action, width int) string {
	about := a.Help
	if off := a.Off(); off != (i18n.Phrase{}) {
		about = off
	}
	name := kit.Fit(env.Say(a.Label), 24) + "  "
	key := kit.Fit(a.Shown(), 10) + "  "
	return name + key + kit.Fit(env.Say(about), width-38)
}
