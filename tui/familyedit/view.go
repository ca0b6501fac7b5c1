package familyedit

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	wHome    = i18n.T("Home", "住址")
	wAddress = i18n.T("Address", "住址")
	wVillage = i18n.T("Village", "村/片")
	wPhoneN  = i18n.T("Phone %d", "电话 %d")
	wTime    = i18n.T("Best time", "方便时间")
	wWork    = i18n.T("Works at", "务工地")
	wLives   = i18n.T("Lives with the child", "同住")
	inOrder  = i18n.T("numbers in the order to try them", "号码按先后打")
	silent   = i18n.T("do not contact", "不联系")
	markedBy = i18n.T("! wrong since %s", "! %s 起是错号")
	emptyOut = i18n.T("empty: the number is taken away", "清空就是去掉这个号码")
)

// Where things stand, in columns.
const (
	colLabel  = 2
	colValue  = 13
	phoneBox  = 24
	timeBox   = 24
	formWidth = 100
)

type spot struct {
	place
	kit.Rect
}

// A drawing is the whole form, of which the body shows as much as fits.
type drawing struct {
	p        *page
	w        int
	lines    []string
	spots    []spot
	cursor   *tea.Cursor
	from, to int
}

func (d *drawing) say(p i18n.Phrase, args ...any) string { return d.p.env.Say(p, args...) }

func put(line string, x int, s string) string { return kit.Pad(line, max(x, kit.Width(line))) + s }

func (d *drawing) at(pl place, x, w int, cursor *tea.Cursor) {
	d.spots = append(d.spots, spot{pl, kit.Rect{X: x, Y: len(d.lines), W: w, H: 1}})
	if d.p.here() == pl {
		d.from, d.to, d.cursor = len(d.lines), len(d.lines), cursor
	}
}

func (d *drawing) box(line string, pl place, x, w int) string {
	s, cursor := d.p.field(pl).Box(d.p.env, w, x, len(d.lines))
	d.at(pl, x, w, cursor)
	return put(line, x, s)
}

func (d *drawing) fault(pl place) {
	if why, wrong := d.p.faults[pl]; wrong {
		d.lines = append(d.lines, kit.Fault(d.p.env, d.say(why), colValue))
		if d.p.here() == pl {
			d.to = len(d.lines) - 1
		}
	}
}

func (p *page) draw() *drawing {
	d := &drawing{p: p, w: min(p.w, formWidth)}
	d.lines = append(d.lines, kit.Head(d.say(wHome), "", p.w))
	for i, label := range []i18n.Phrase{wAddress, wVillage} {
		pl := place{slotHome, 0, i}
		d.lines = append(d.lines, d.box(put("", colLabel, d.say(label)), pl, colValue, d.w-colValue-1))
		d.fault(pl)
	}
	for i := range p.guardians {
		d.guardian(i)
	}
	return d
}

func (d *drawing) guardian(i int) {
	p, env := d.p, d.p.env
	g := p.guardians[i]
	head := kit.Show(d.name(g.was))
	note := ""
	if g.was.DoNotContact {
		note = env.Look.Danger(d.say(silent))
	} else if len(g.phones) > 1 {
		note = d.say(inOrder)
	}
	d.lines = append(d.lines, kit.Head(head, note, p.w))
	for j, f := range g.phones {
		pl := place{slotPhone, i, j}
		line := d.box(put("", colLabel, d.say(wPhoneN, j+1)), pl, colValue, phoneBox)
		if said := p.phoneNote(g, f.Value(), f.Focused()); said != "" {
			line += "  " + said
		}
		d.lines = append(d.lines, line)
		d.fault(pl)
	}
	line := d.box(put("", colLabel, d.say(wTime)), place{slotTime, i, 0}, colValue, timeBox)
	line = put(line, colValue+timeBox+2, d.say(wWork)+" ")
	d.lines = append(d.lines, d.box(line, place{slotWork, i, 0}, kit.Width(line), d.w-kit.Width(line)-1))
	d.fault(place{slotTime, i, 0})
	d.fault(place{slotWork, i, 0})
	y := len(d.lines)
	d.at(place{slotLives, i, 0}, colValue, 3, g.lives.Cursor(env, 4, colValue, y))
	d.lines = append(d.lines, put(put("", colValue, g.lives.View(env, 4)[0]), colValue+4, d.say(wLives)))
}

func (d *drawing) name(g data.Guardian) string {
	return d.p.env.Lang.Guardian(g) + " " + d.p.env.Lang.Name(g.Name, "")
}

// phoneNote is what stands beside a number: that it is known to be wrong, or
// what emptying it means.
func (p *page) phoneNote(g *guardian, typed string, focused bool) string {
	e164, err := data.ParsePhone(typed)
	for _, n := range g.was.Phones {
		if err == nil && n.E164 == e164 && !n.Bad.IsZero() {
			return p.env.Look.Danger(p.env.Say(markedBy, p.env.Lang.Date(n.Bad, p.env.Now.Today())))
		}
	}
	if focused && len(g.was.Phones) > 0 {
		return p.env.Look.Muted(p.env.Say(emptyOut))
	}
	return ""
}

// scroll is the first row in sight: the field with the cursor and its message
// are, and the head of its guardian if it can be.
func (d *drawing) scroll(h int) int {
	top := max(0, d.to+2-h)
	return max(0, min(top, d.from, max(0, len(d.lines)-h)))
}

func (p *page) View() kit.Frame {
	if p.clash != nil {
		return kit.Frame{Scope: p.clash.Scope(p.env, p.whose()), Body: p.clash.View(p.env, p.w, p.h), Status: p.clash.Status(p.env, p.claim.Kept())}
	}
	d := p.draw()
	top := d.scroll(p.h)
	lines := d.lines[top:min(len(d.lines), top+p.h)]
	f := kit.Frame{Scope: p.whose(), Body: kit.Block(lines, p.w, p.h), Status: p.status()}
	if d.cursor != nil && !p.claim.Else {
		f.Cursor = tea.NewCursor(d.cursor.X, d.cursor.Y-top)
	}
	return f
}

func (p *page) status() string {
	if p.lost != nil {
		return " " + p.env.Look.Danger(kit.Show(p.env.Say(p.lostWhy())))
	}
	return p.claim.Status(p.edited && !p.done, min(p.w, 80))
}

// whose is row 2: the student and the class.
func (p *page) whose() string {
	s := p.facts.Value.card.Student
	name := p.env.Lang.Name(s.Name, s.Reading)
	if d := p.facts.Value.draft; name == "" && d != nil {
		name = d.Name
	}
	left := " " + p.env.Look.Bold(kit.Show(name))
	if !s.ClassName.IsZero() {
		left += " " + p.env.Lang.Class(s.ClassName)
	}
	return strings.TrimRight(left, " ")
}
