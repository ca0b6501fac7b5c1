package familyedit

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	wHome      = i18n.T("Home", "住址")
	wAddress   = i18n.T("Address", "住址")
	wVillage   = i18n.T("Village", "村/片")
	wPhoneN    = i18n.T("Phone %d", "电话 %d")
	wTime      = i18n.T("Best time", "方便时间")
	wWork      = i18n.T("Works at", "务工地")
	wLives     = i18n.T("Lives with the child", "同住")
	inOrder    = i18n.T("numbers in the order to try them", "号码按先后打")
	silent     = i18n.T("do not contact", "不联系")
	markedBy   = i18n.T("! wrong since %s", "! %s 起是错号")
	phonesOnly = i18n.T("you change the phones; the rest is for the class teacher and the office", "你能改电话; 其余由班主任和德育处改")
	emptyOut   = i18n.T("empty: the number is taken away", "清空就是去掉这个号码")
)

// Where things stand, in columns.
const (
	colValue  = 13
	phoneBox  = 24
	timeBox   = 24
	formWidth = 100
)

// A drawing is the form being drawn: its boxes end at width.
type drawing struct {
	*kit.Drawing
	p     *page
	width int
}

// draw lays the form out. Below the field with the cursor a row more is in sight.
func (p *page) draw() *kit.Drawing {
	d := drawing{p.Draw(p.w, colValue), p, min(p.w, formWidth)}
	d.Margin = 1
	note := ""
	if p.phones {
		note = d.Say(phonesOnly)
	}
	d.Row(kit.Head(d.Say(wHome), note, p.w))
	d.line(wAddress, kit.Place{Field: inAddress}, p.home[0].Value())
	d.line(wVillage, kit.Place{Field: inVillage}, p.home[1].Value())
	for i := range p.guardians {
		d.guardian(i)
	}
	return d.Drawing
}

// line is a field, or what stands there where it cannot be changed.
func (d drawing) line(label i18n.Phrase, at kit.Place, value string) {
	if d.p.phones {
		d.Row(kit.Put(d.Label(label), colValue, kit.Cut(kit.Show(value), d.width-colValue-1)))
		return
	}
	d.Row(d.Box(d.Label(label), at, colValue, d.width-colValue-1))
	d.Fault(at)
}

func (d drawing) guardian(i int) {
	p, env := d.p, d.Env
	g := p.guardians[i]
	note := ""
	if g.was.DoNotContact {
		note = env.Look.Danger(d.Say(silent))
	} else if len(g.phones) > 1 {
		note = d.Say(inOrder)
	}
	d.Row(kit.Head(kit.Show(d.name(g.was)), note, p.w))
	for j, f := range g.phones {
		at := kit.Place{Field: inPhone, Of: i, N: j}
		line := d.Box(d.Label(wPhoneN, j+1), at, colValue, phoneBox)
		if said := p.phoneNote(g, f.Value(), f.Focused()); said != "" {
			line += "  " + said
		}
		d.Row(line)
		d.Fault(at)
	}
	if p.phones {
		if g.was.BestTime != "" {
			d.Row(kit.Put(d.Label(wTime), colValue, kit.Cut(kit.Show(g.was.BestTime), d.width-colValue-1)))
		}
		if g.was.WorkPlace != "" {
			d.Row(kit.Put(d.Label(wWork), colValue, kit.Cut(kit.Show(g.was.WorkPlace), d.width-colValue-1)))
		}
		return
	}
	when, work := kit.Place{Field: inTime, Of: i}, kit.Place{Field: inWork, Of: i}
	line := d.Box(d.Label(wTime), when, colValue, timeBox)
	line = kit.Put(line, colValue+timeBox+2, d.Say(wWork)+" ")
	d.Row(d.Box(line, work, kit.Width(line), d.width-kit.Width(line)-1))
	d.Fault(when)
	d.Fault(work)
	tick := d.Options(kit.Place{Field: inLives, Of: i}, colValue, 3)
	d.Row(kit.Put(kit.Put("", colValue, tick[0]), colValue+4, d.Say(wLives)))
}

func (d drawing) name(g data.Guardian) string {
	return d.Env.Lang.Guardian(g) + " " + d.Env.Lang.Name(g.Name, "")
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

func (p *page) View() kit.Frame {
	if p.Clash != nil {
		return p.Clashing(p.whose(), p.w, p.h)
	}
	rows, cursor := p.draw().Rows(p.h)
	if p.Claim.Else {
		cursor = nil
	}
	return kit.Frame{Scope: p.whose(), Body: strings.Join(rows, "\n"), Status: p.Status(min(p.w, 80)), Cursor: cursor}
}

// whose is row 2: the student and the class.
func (p *page) whose() string {
	s := p.facts.Value.card.Student
	name := p.env.Lang.Name(s.Name, s.Reading)
	if d := p.facts.Value.found.Draft; name == "" && d != nil {
		name = d.Name
	}
	left := " " + p.env.Look.Bold(kit.Show(name))
	if !s.ClassName.IsZero() {
		left += " " + p.env.Lang.Class(s.ClassName)
	}
	return strings.TrimRight(left, " ")
}
