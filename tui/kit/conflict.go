package kit

import (
	"strings"
	"time"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Choice is which version of a field goes into the record.
type Choice int

// Undecided: both people changed the field and nobody has said yet.
const (
	Undecided Choice = iota
	Mine
	Theirs
	Both
)

// A Part is one field of a record that was written here and saved by someone
// else meanwhile: as it was, as it is here, and as it is stored now.
type Part struct {
	Name              i18n.Phrase
	Was, Mine, Theirs string
	Joins             i18n.Phrase // what keeping both would do; zero: it cannot be done
	Choice            Choice
}

// A Conflict is what two people did to one record. What one of them changed is
// merged; of what both changed the person chooses, and nothing typed is lost.
type Conflict struct {
	By    string
	At    time.Time
	What  i18n.Phrase // "this family", "this record"
	Parts []Part      // every field, in the form's order

	shown []int // of Parts: those that changed, the undecided first
	at    int   // of shown
	diff  bool
	top   int // the first line shown of a difference
}

// NewConflict decides what needs no deciding.
func NewConflict(by string, at time.Time, what i18n.Phrase, parts []Part) *Conflict {
	c := &Conflict{By: by, At: at, What: what, Parts: parts}
	var merged []int
	for i := range parts {
		p := &parts[i]
		switch {
		case p.Mine == p.Theirs || p.Theirs == p.Was:
			p.Choice = Mine
		case p.Mine == p.Was:
			p.Choice = Theirs
		default:
			p.Choice = Undecided
			c.shown = append(c.shown, i)
			continue
		}
		if p.Mine != p.Was || p.Theirs != p.Was {
			merged = append(merged, i)
		}
	}
	c.shown = append(c.shown, merged...)
	return c
}

// clash reports whether both people changed the field, and differently.
func (p Part) clash() bool { return p.Mine != p.Theirs && p.Mine != p.Was && p.Theirs != p.Was }

// Open is how many fields are still to be decided.
func (c *Conflict) Open() (n int) {
	for _, p := range c.Parts {
		if p.Choice == Undecided {
			n++
		}
	}
	return n
}

// Fields lists the fields that the other person changed.
func (c *Conflict) Fields(lang i18n.Lang) string {
	var out []string
	for _, p := range c.Parts {
		if p.Theirs != p.Was {
			out = append(out, lang.Say(p.Name))
		}
	}
	return strings.Join(out, lang.Say(listComma))
}

// Merged says who changed what when, after a save that needed no choice.
func (c *Conflict) Merged(lang i18n.Lang) i18n.Phrase {
	return mergedIn.With(lang.Name(c.By, ""), lang.Clock(c.At), c.Fields(lang))
}

var (
	listComma = i18n.T(", ", "、")
	mergedIn  = i18n.T("%s %s changed %s, merged", "%s %s 改了%s, 已合好")
	theyToo   = i18n.T("%s %s changed %s too", "%s %s 也改了%s")
	aMoment   = i18n.T("%d s ago", "%d 秒前")
	chooseIt  = i18n.T("Both of you changed what ! marks, %d to decide; the rest, %d, is merged.", "下面打 ! 的 %d 项两人都改了, 要你定; 其余 %d 项已自动合好。")
	decided   = i18n.T("All is decided: ctrl+s saves.", "都定了: ctrl+s 存。")
	colItem   = i18n.T("Field", "项目")
	colWas    = i18n.T("Was", "原来")
	colMine   = i18n.T("You wrote", "你写的")
	colTheirs = i18n.T("%s wrote", "%s 写的")
	unchanged = i18n.T("(as it was)", "(没改)")
	howDecide = i18n.T("%s: what shall it be", "%s 怎么定")
	seeDiff   = i18n.T("see the difference", "看差异")
	keepMine  = i18n.T("keep mine", "保留我的")
	takeThese = i18n.T("take theirs", "采用对方的")
	keepBoth  = i18n.T("keep both", "两个都留")
	shortDiff = i18n.T("difference", "看差异")
	shortMine = i18n.T("mine", "我的")
	shortHers = i18n.T("theirs", "对方的")
	shortBoth = i18n.T("both", "都留")
	nextPart  = i18n.T("other field", "上/下一处")
	saveAll   = i18n.T("save", "存")
	backAgain = i18n.T("to the form", "回去再改")
	later     = i18n.T("After that", "以后")
	laterText = i18n.T("It is all saved at once; both versions stay in the record's history.", "定了之后一起存; 两种写法都在历史里找得到。")
	noBoth    = i18n.T("Only one of the two fits here", "这里只放得下一个")
	notLost   = i18n.T("All you wrote is here, nothing is lost", "你写的都在, 没有丢")
	draftAt   = i18n.T("draft %s", "草稿 %s")
	changedN  = i18n.T("you changed %d, not saved yet", "你改了 %d 项, 还没存")
	stillOpen = i18n.T("%d still to decide", "还有 %d 处要定")
	isChosen  = i18n.T("chosen", "已定")
)

// Actions are the keys of the conflict's page: save is done once all is
// decided, back returns to the form.
func (c *Conflict) Actions(env *Env, save, back func() tea.Cmd) []Action {
	pick := func(to Choice) func() tea.Cmd {
		return func() tea.Cmd { return c.choose(to) }
	}
	return []Action{
		{Key: "1", Label: shortDiff, Help: seeDiff, Do: func() tea.Cmd { c.diff, c.top = !c.diff, 0; return nil }},
		{Key: "2", Label: shortMine, Help: keepMine, Do: pick(Mine)},
		{Key: "3", Label: shortHers, Help: takeThese, Do: pick(Theirs)},
		{Key: "4", Label: shortBoth, Help: keepBoth, When: c.joins, Do: pick(Both)},
		{Key: "[ up", As: "[ ]", Label: nextPart, Do: func() tea.Cmd { return c.step(-1) }},
		{Key: "] down tab", Label: nextPart, Rare: true, Do: func() tea.Cmd { return c.step(1) }},
		{Key: "ctrl+s f2", Label: saveAll, Do: func() tea.Cmd {
			if n := c.Open(); n > 0 {
				c.step(0)
				return env.Note(stillOpen.With(n))
			}
			return save()
		}},
		{Key: "esc", Label: backAgain, Do: back},
	}
}

// Take scrolls the difference.
func (c *Conflict) Take(msg tea.Msg) {
	if key, ok := msg.(tea.KeyPressMsg); ok && c.diff {
		switch key.String() {
		case "pgdown":
			c.top += 5
		case "pgup":
			c.top = max(0, c.top-5)
		}
	}
}

// choose decides the field in hand and goes to the next that is open.
func (c *Conflict) choose(to Choice) tea.Cmd {
	if len(c.shown) == 0 {
		return nil
	}
	if p := &c.Parts[c.shown[c.at]]; p.clash() {
		p.Choice = to
	}
	for i := range c.shown {
		if j := (c.at + i) % len(c.shown); c.Parts[c.shown[j]].Choice == Undecided {
			c.at, c.top = j, 0
			break
		}
	}
	return nil
}

func (c *Conflict) joins() i18n.Phrase {
	if len(c.shown) == 0 || c.Parts[c.shown[c.at]].Joins == (i18n.Phrase{}) {
		return noBoth
	}
	return i18n.Phrase{}
}

// step goes to the previous or next field; by 0 to the next undecided one.
func (c *Conflict) step(by int) tea.Cmd {
	c.top = 0
	if by == 0 {
		for i, n := range c.shown {
			if c.Parts[n].Choice == Undecided {
				c.at = i
				return nil
			}
		}
	}
	c.at = max(0, min(c.at+by, len(c.shown)-1))
	return nil
}

// View draws the conflict over the form's body: S1.
func (c *Conflict) View(env *Env, w, h int) string {
	ago := env.Lang.Moment(c.At, env.Now())
	if d := env.Now().Sub(c.At); d >= 0 && d < time.Minute {
		ago = env.Say(aMoment, int(d.Seconds()))
	}
	head := env.Look.Danger("!") + " " + Show(env.Say(theyToo, ago, env.Lang.Name(c.By, ""), env.Say(c.What)))
	clashes := 0
	for _, p := range c.Parts {
		if p.clash() {
			clashes++
		}
	}
	say := env.Say(chooseIt, clashes, len(c.shown)-clashes)
	if c.Open() == 0 {
		say = env.Say(decided)
	}
	lines := []string{"", Head(head, "", w), "  " + say, ""}
	lines = append(lines, c.table(env, w, max(3, h-13))...)
	lines = append(lines, "")
	if len(c.shown) == 0 {
		return Block(lines, w, h)
	}
	p := c.Parts[c.shown[c.at]]
	lines = append(lines, Head(env.Say(howDecide, env.Say(p.Name)), "", w))
	if c.diff {
		return Block(append(lines, c.difference(env, p, w, h-len(lines))...), w, h)
	}
	lines = append(lines, c.choices(env, p, w)...)
	lines = append(lines, "", Head(env.Say(later), "", w), "  "+env.Say(laterText))
	return Block(lines, w, h)
}

// Status is row 22 while the conflict is shown; kept is when the draft was.
func (c *Conflict) Status(env *Env, kept time.Time) string {
	if kept.IsZero() {
		return " " + env.Say(notLost)
	}
	return " " + env.Say(notLost) + "  " + env.Say(draftAt, env.Lang.Seconds(kept))
}

// Scope is row 2 while the conflict is shown: whose record it is, and how many
// fields were changed here.
func (c *Conflict) Scope(env *Env, whose string) string {
	n := 0
	for _, p := range c.Parts {
		if p.Mine != p.Was {
			n++
		}
	}
	return Pad(Pad(whose, max(22, Width(whose)))+" "+env.Say(changedN, n), max(Width(whose)+2, 80))
}

func (c *Conflict) table(env *Env, w, rows int) []string {
	col := (w - 26) / 3
	line := func(name int, a, b, c, d string) string {
		return Fit(a, name) + Fit(b, col-2) + "  " + Fit(c, col-2) + "  " + Cut(d, w-4-name-2*col)
	}
	out := []string{"   " + line(14, env.Say(colItem), env.Say(colWas), env.Say(colMine), env.Say(colTheirs, env.Lang.Name(c.By, "")))}
	from := max(0, min(c.at-rows+1, len(c.shown)-rows))
	for i := from; i < min(len(c.shown), from+rows); i++ {
		p := c.Parts[c.shown[i]]
		mark := env.Look.OK("✓")
		if p.Choice == Undecided {
			mark = env.Look.Danger("!")
		}
		was, mine, theirs := apart(p.brief(p.Was), p.brief(p.Mine), p.brief(p.Theirs), col-2)
		if p.Mine == p.Was {
			mine = env.Say(unchanged)
		}
		if p.Theirs == p.Was {
			theirs = env.Say(unchanged)
		}
		text := mark + " " + line(13, env.Say(p.Name), was, mine, theirs)
		if i == c.at {
			out = append(out, env.Look.Chosen(Pad("> "+text, w)))
		} else {
			out = append(out, "  "+text)
		}
	}
	return out
}

// brief is one of the part's values in one row: of several lines the first in
// which mine and theirs differ. An empty one is a dash.
func (p Part) brief(s string) string {
	mine, theirs, lines := strings.Split(p.Mine, "\n"), strings.Split(p.Theirs, "\n"), strings.Split(s, "\n")
	at := 0
	for at < min(len(mine), len(theirs))-1 && mine[at] == theirs[at] {
		at++
	}
	if at = min(at, len(lines)-1); lines[at] == "" {
		return "-"
	}
	line := lines[at]
	if at > 0 {
		line = ".. " + line
	}
	if at < len(lines)-1 {
		line += " .."
	}
	return line
}

// apart is the three values for columns of a width: where two that differ would be
// cut alike, what all begin with is left out but for its end.
func apart(was, mine, theirs string, w int) (a, b, c string) {
	if mine == theirs || Cut(mine, w) != Cut(theirs, w) {
		return was, mine, theirs
	}
	x, y, z := []rune(was), []rune(mine), []rune(theirs)
	same := 0
	for same < min(len(y), len(z)) && y[same] == z[same] {
		same++
	}
	from := max(0, same-3)
	if len(x) > from && string(x[:from]) == string(y[:from]) {
		was = ".." + string(x[from:])
	}
	return was, ".." + string(y[from:]), ".." + string(z[from:])
}

func (c *Conflict) choices(env *Env, p Part, w int) []string {
	width := 12
	if env.Lang == i18n.English {
		width = 20
	}
	row := func(key string, label i18n.Phrase, value string, to Choice) string {
		line := "  " + env.Look.Accent(key) + "  " + Fit(env.Say(label), width) + Cut(value, w-width-16)
		if p.Choice == to && to != Undecided && p.clash() {
			line += "  " + env.Look.OK("✓ "+env.Say(isChosen))
		}
		return line
	}
	out := []string{row("1", seeDiff, "", Undecided), row("2", keepMine, p.brief(p.Mine), Mine), row("3", takeThese, p.brief(p.Theirs), Theirs)}
	if p.Joins != (i18n.Phrase{}) {
		out = append(out, row("4", keepBoth, env.Say(p.Joins), Both))
	}
	return out
}

// difference shows both versions whole, line by line: what only one of them
// has is marked - for mine and + for theirs.
func (c *Conflict) difference(env *Env, p Part, w, h int) (out []string) {
	mine, theirs := strings.Split(p.Mine, "\n"), strings.Split(p.Theirs, "\n")
	from := 0
	for from < min(len(mine), len(theirs)) && mine[from] == theirs[from] {
		from++
	}
	end := 0
	for end < min(len(mine), len(theirs))-from && mine[len(mine)-1-end] == theirs[len(theirs)-1-end] {
		end++
	}
	add := func(mark, who string, lines []string) {
		for _, l := range lines {
			for _, row := range Wrap(l, w-14) {
				out = append(out, "  "+mark+" "+Fit(who, 10)+row)
			}
		}
	}
	add(" ", "", mine[:from])
	add("-", env.Say(shortMine), mine[from:len(mine)-end])
	add("+", env.Lang.Name(c.By, ""), theirs[from:len(theirs)-end])
	add(" ", "", mine[len(mine)-end:])
	top := max(0, min(c.top, len(out)-h))
	return out[top:min(len(out), top+h)]
}
