package tui

import (
	"slices"
	"strings"

	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	helpTitle  = i18n.T("Help > %s", "帮助 > %s")
	tryIt      = i18n.T("try this key", "试用这个键")
	helpFind   = i18n.T("find in the help", "在帮助里找")
	helpBack   = i18n.T("back to %s", "回到%s")
	everywhere = i18n.T("Works everywhere", "哪里都能用")
	helpNone   = i18n.T("Nothing by that name. esc shows all again", "没有这个词。esc 全部显示")
	noTry      = i18n.T("That line is no key of this screen", "这一行不是这一屏的键")
	endFind    = i18n.T("show all", "全部显示")
	helpTabs   = []i18n.Phrase{i18n.T("This screen", "这一屏"), i18n.T("All keys", "所有按键"),
		i18n.T("How to", "怎么做"), i18n.T("Symbols", "符号"), i18n.T("Terms", "名词")}
)

// A helpRow is one line of the help: a heading, an action that enter does, or
// words beside a key, a symbol or a term.
type helpRow struct {
	head   i18n.Phrase
	action kit.Action
	key    string
	name   i18n.Phrase
	about  i18n.Phrase
}

// A helpPage is the help of the page below it, made from that page's own
// actions, so that it cannot tell anything else than what the keys do.
type helpPage struct {
	env   *kit.Env
	of    *sheet
	own   []kit.Action
	all   []kit.Action
	tabs  kit.Tabs
	find  kit.Field
	rows  []helpRow
	list  kit.List
	w, h  int
	keyed int // columns of the first column
}

func (s *Shell) openHelp() tea.Cmd {
	if _, open := s.top().Page.(*helpPage); open {
		return nil
	}
	return s.push(&sheet{Page: newHelp(s.env, s.top(), s.keys)})
}

func newHelp(env *kit.Env, of *sheet, always []kit.Action) *helpPage {
	p := &helpPage{env: env, of: of, own: of.Actions(), all: always, tabs: kit.Tabs{Names: helpTabs},
		find: kit.NewField(i18n.Phrase{}, "")}
	p.gather()
	return p
}

func (p *helpPage) Title() i18n.Phrase { return helpTitle.With(p.of.Title()) }
func (p *helpPage) Init() tea.Cmd      { return nil }

func (p *helpPage) Layout(w, h int) {
	p.w, p.h = w, h
	p.list.Place(kit.Rect{W: w, H: h - 1})
}

func (p *helpPage) Actions() []kit.Action {
	if p.find.Focused() {
		return []kit.Action{
			{Key: "enter", Label: tryIt, When: p.nothing, Do: p.try},
			{Key: "esc", Label: endFind, Do: p.endFind},
		}
	}
	out := []kit.Action{{Key: "enter", Label: tryIt, When: p.nothing, Do: p.try}}
	out = append(out, p.tabs.Actions(p.show)...)
	return append(out,
		kit.Action{Key: "f", Label: helpFind, Do: func() tea.Cmd { p.find.Focus(); return nil }},
		kit.Action{Key: "esc", Label: helpBack.With(p.of.Title()), Do: p.env.Back})
}

// chosen is the row that enter tries, if it is an action.
func (p *helpPage) chosen() (kit.Action, bool) {
	if p.list.At < 0 || p.list.At >= len(p.rows) {
		return kit.Action{}, false
	}
	a := p.rows[p.list.At].action
	return a, a.Do != nil
}

func (p *helpPage) nothing() i18n.Phrase {
	if _, ok := p.chosen(); !ok {
		return noTry
	}
	return i18n.Phrase{}
}

func (p *helpPage) try() tea.Cmd {
	a, _ := p.chosen()
	return p.env.Send(kit.Run{Action: a})
}

func (p *helpPage) endFind() tea.Cmd {
	p.find.Reset()
	p.find.Blur()
	p.gather()
	return nil
}

func (p *helpPage) show(i int) tea.Cmd {
	p.tabs.At = i
	p.gather()
	p.list.To(0)
	return nil
}

func (p *helpPage) Update(msg tea.Msg) tea.Cmd {
	if i := p.tabs.Click(msg, p.env); i >= 0 {
		return p.show(i)
	}
	if key, ok := msg.(tea.KeyPressMsg); !ok || key.Text == "" || !p.find.Focused() {
		if p.list.Take(msg) == kit.Opened && p.nothing() == (i18n.Phrase{}) {
			return p.try()
		}
	}
	if p.find.Take(msg) {
		p.gather()
	}
	return nil
}

// gather makes the rows of the tab, less what was filtered out.
func (p *helpPage) gather() {
	p.rows = p.part()
	p.keyed = 10
	want := strings.ToLower(strings.TrimSpace(p.find.Value()))
	if want != "" {
		p.rows = slices.DeleteFunc(p.rows, func(r helpRow) bool {
			return r.head != (i18n.Phrase{}) || !r.has(want)
		})
	}
	ids := make([]int64, len(p.rows))
	for i, r := range p.rows {
		if p.keyed = max(p.keyed, kit.Width(r.key)); r.head == (i18n.Phrase{}) {
			ids[i] = int64(i) + 1
		}
	}
	p.keyed = min(p.keyed, 30)
	p.list.Keep(ids)
}

func (r helpRow) has(want string) bool {
	text := r.key
	for _, p := range []i18n.Phrase{r.name, r.about} {
		text += "\n" + p.English() + "\n" + p.Chinese()
	}
	return strings.Contains(strings.ToLower(text), want)
}

func (p *helpPage) part() []helpRow {
	switch p.tabs.At {
	case 1:
		return slices.Clone(meanings)
	case 2:
		return slices.Clone(howTo)
	case 3:
		return slices.Clone(symbols)
	case 4:
		return slices.Clone(terms)
	}
	rows := []helpRow{{head: p.of.Title()}}
	if of, ok := p.of.Page.(kit.Explainer); ok {
		rows[0].about = of.About()
	}
	rows = append(rows, actionRows(p.own)...)
	rows = append(rows, helpRow{head: everywhere})
	return append(rows, actionRows(p.all)...)
}

// actionRows are the actions with all their keys; those on one pair of keys
// are one row.
func actionRows(actions []kit.Action) (rows []helpRow) {
	for i, a := range actions {
		if a.Rare && i > 0 && a.Label == actions[i-1].Label {
			continue
		}
		key := a.As
		if key == "" {
			names := a.Keys()
			for j, k := range names {
				names[j] = kit.Action{Key: k}.Shown()
			}
			key = strings.Join(names, " ")
		}
		rows = append(rows, helpRow{action: a, key: key, name: a.Label, about: a.Help})
	}
	return rows
}

func (p *helpPage) View() kit.Frame {
	f := kit.Frame{Scope: p.tabs.Line(p.env, "", p.w), Status: " " + p.list.Span()}
	lines := p.list.View(p.env, p.line)
	if len(p.rows) == 0 {
		lines = append(lines, " "+p.env.Say(helpNone))
	}
	if p.find.Focused() {
		box, cursor := p.find.Box(p.env, min(40, p.w-4), 1, p.h-1)
		for len(lines) < p.h-1 {
			lines = append(lines, "")
		}
		lines, f.Cursor = append(lines, " "+box), cursor
	}
	f.Body = kit.Block(lines, p.w, p.h)
	return f
}

// line draws a row.
func (p *helpPage) line(i int) string {
	r := p.rows[i]
	if r.head != (i18n.Phrase{}) {
		title := p.env.Say(r.head)
		if about := p.env.Say(r.about); about != "" {
			title += ": " + about
		}
		return kit.Head(kit.Show(title), "", p.w)
	}
	about := r.about
	if off := r.action.Off(); off != (i18n.Phrase{}) {
		about = off
	}
	key := p.env.Look.Accent(kit.Fit(r.key, p.keyed)) + "  "
	if r.name == (i18n.Phrase{}) {
		return key + p.env.Say(about)
	}
	if about == (i18n.Phrase{}) {
		return key + p.env.Say(r.name)
	}
	return key + kit.Fit(p.env.Say(r.name), 16) + "  " + p.env.Say(about)
}
