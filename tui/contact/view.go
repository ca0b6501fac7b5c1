package contact

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	whatSaid   = i18n.T("What was said", "谈了什么")
	fromTwo    = i18n.T("from 2 characters", "2 字起")
	counted    = i18n.T("%s characters, lists show the beginning", "%s 字, 清单里只显示开头")
	pastedIn   = i18n.T("Pasted message: %s characters, kept apart from the note", "粘贴的消息: %s 字, 和正文分开存")
	wResult    = i18n.T("Result", "结果")
	wAgain     = i18n.T("Call back", "再约")
	wTopics    = i18n.T("Topics", "话题")
	guessed    = i18n.T("guessed", "由文字猜出, 可改")
	wPromise   = i18n.T("Promise %d", "承诺 %d")
	wWho       = i18n.T("who", "谁")
	wBy        = i18n.T("by", "到")
	more       = i18n.T("ctrl+n adds another", "ctrl+n 再加一条")
	filledIn   = i18n.T("Filled in for you, tab to change", "已替你填好, tab 可改")
	wWith      = i18n.T("With", "对象")
	wChannel   = i18n.T("Channel", "渠道")
	wIncoming  = i18n.T("incoming", "来电")
	wTime      = i18n.T("Time", "时间")
	wLength    = i18n.T("Length", "时长")
	wLevel     = i18n.T("Level", "级别")
	wPrivate   = i18n.T("Private", "受限备注")
	byItself   = i18n.T("by itself, when ended", "自动 (停表时填)")
	soFar      = i18n.T("%s by the clock", "按表 %s")
	notTimed   = i18n.T("not measured", "不计")
	inMinutes  = i18n.T("min", "分")
	asRestrict = i18n.T("read as restricted", "只给看得到受限的人")
)

// Where things stand in the form, in columns.
const (
	formWidth   = 80
	besideFrom  = 120
	colValue    = 11
	colWho      = 56
	colBy       = 69
	colSecond   = 39
	leastText   = 4  // rows of the text
	topicsWidth = 60 // seven of the Chinese topics
)

// A drawing is the form being drawn.
type drawing struct {
	*kit.Drawing
	p *page
}

// value is where a label's value begins: in the second part of the English form
// labels are longer.
func (d drawing) value(wide bool) int {
	if wide && d.Env.Lang == i18n.English {
		return colValue + 2
	}
	return colValue
}

// draw lays out the form at its width.
func (p *page) draw() *kit.Drawing {
	d := drawing{p.Draw(min(p.w, p.formW()), colValue), p}
	d.texts()
	d.talk()
	for i := range p.promises {
		d.promise(i)
	}
	d.Row(kit.Head(d.Say(filledIn), "", d.W))
	d.about()
	d.levels()
	return d.Drawing
}

// formW is the form's width: all, or what it needs where there is more.
func (p *page) formW() int {
	if p.w >= besideFrom {
		return formWidth
	}
	return p.w
}

func (d drawing) texts() {
	p := d.p
	note := d.Say(fromTwo)
	if n := p.text.Len(); n >= 500 {
		note = d.Say(counted, p.env.Lang.Number(n))
	}
	d.Row(kit.Head(d.Say(whatSaid), note, d.W))
	d.Text(kit.Place{Field: slotText}, 0)
	d.Fault(kit.Place{Field: slotText})
	if p.quoted.Len() == 0 && !p.quoted.Focused() {
		return
	}
	d.Row("  " + p.env.Look.Muted(d.Say(pastedIn, p.env.Lang.Number(p.quoted.Len()))))
	d.Text(kit.Place{Field: slotQuoted}, 2)
	d.Fault(kit.Place{Field: slotQuoted})
}

// talk draws how it went and what it was about.
func (d drawing) talk() {
	p := d.p
	x, w := colValue, d.W-colValue
	d.Labelled(wResult, x, d.Options(kit.Place{Field: slotOutcome}, x, w))
	if p.callsBack() {
		pl := kit.Place{Field: slotAgain}
		line := d.Box(d.Label(wAgain), pl, d.value(true), 22)
		meaning, _ := p.againMeans()
		d.Row(line + "  " + meaning)
		d.Fault(pl)
	}
	few := w
	if p.env.Lang == i18n.Chinese {
		few = min(w, topicsWidth)
	}
	lines := d.Options(kit.Place{Field: slotTopics}, x, few)
	if last := lines[len(lines)-1]; !p.ownTopics && kit.Width(last)+2+kit.Width(d.Say(guessed)) <= w {
		lines[len(lines)-1] = last + "  " + p.env.Look.Muted(d.Say(guessed))
	}
	d.Labelled(wTopics, x, lines)
}

func (d drawing) promise(i int) {
	p, env, q := d.p, d.Env, d.p.promises[i]
	x := d.value(true)
	line := d.Label(wPromise, i+1)
	wide := colWho - 2 - kit.Width(d.Say(wWho)) - 1 - x
	line = d.Box(line, kit.Place{Field: slotPromise, Of: i}, x, wide)
	who := kit.Place{Field: slotWho, Of: i}
	line = kit.Put(line, colWho-1-kit.Width(d.Say(wWho)), d.Say(wWho)+" ")
	if q.who.Open() {
		line = d.Box(line, who, colWho, 8)
	} else {
		word := kit.Fit(p.ownerWord(env.Lang, q.who.At), 6)
		var cursor *tea.Cursor
		if q.who.Focused() {
			cursor, word = tea.NewCursor(colWho+1, len(d.Lines)), env.Look.Field(word)
		}
		d.At(who, kit.Rect{X: colWho, Y: len(d.Lines), W: 8, H: 1}, cursor)
		line = kit.Put(line, colWho, "["+word+"]")
	}
	line = kit.Put(line, colBy-1-kit.Width(d.Say(wBy)), d.Say(wBy)+" ")
	d.Row(d.Box(line, kit.Place{Field: slotBy, Of: i}, colBy, 10))
	wrong := d.Fault(kit.Place{Field: slotPromise, Of: i})
	wrong = d.Fault(kit.Place{Field: slotBy, Of: i}) || wrong
	if wrong {
		return
	}
	line = kit.Put("", x, "")
	if q.text.Value() != "" || d.Here == (kit.Place{Field: slotBy, Of: i}) {
		line += p.dueMeans(q.by.Value())
	}
	if i == len(p.promises)-1 {
		hint := env.Look.Muted(d.Say(more))
		line = kit.Put(line, max(46+(x-colValue)*5/2, kit.Width(line)+2), hint)
	}
	d.Row(line)
	if q.text.Focused() || q.who.Focused() || q.by.Focused() {
		d.Reach()
	}
}

// about draws with whom, how, when and how long.
func (d drawing) about() {
	p, env := d.p, d.p.env
	x, second := d.value(true), colSecond
	valueX := second + 6
	if env.Lang == i18n.English {
		valueX = second + 10
	}
	line := d.Box(d.Label(wWith), kit.Place{Field: slotWith}, x, 20+(x-colValue)/2)
	line = kit.Put(line, second, d.Say(wChannel))
	word := max(8, kit.Width(env.Lang.Channel(p.via()))+4)
	line = d.Box(line, kit.Place{Field: slotChannel}, valueX, word)
	line += "   " + d.Say(wIncoming) + " "
	d.Row(line + d.Options(kit.Place{Field: slotIncoming}, kit.Width(line), 3)[0])

	line = d.Box(d.Label(wTime), kit.Place{Field: slotAt}, x, 2+max(11, kit.Width(p.at.Value())))
	line = kit.Put(line, second, d.Say(wLength))
	length := kit.Place{Field: slotMinutes}
	if p.minutes.Value() == "" && !p.minutes.Focused() {
		word := d.Say(byItself)
		switch {
		case !p.timed():
			word = d.Say(notTimed)
		case !p.clock.running() && p.clock.before > 0:
			word = d.Say(soFar, env.Lang.Minutes(p.clock.before))
		}
		d.At(length, kit.Rect{X: valueX, Y: len(d.Lines), W: kit.Width(word), H: 1}, nil)
		line = kit.Put(line, valueX, env.Look.Muted(word))
	} else {
		line = d.Box(line, length, valueX, 6) + " " + d.Say(inMinutes)
	}
	d.Row(line)
	d.Fault(kit.Place{Field: slotAt})
	d.Fault(length)
}

func (d drawing) levels() {
	env := d.Env
	x := d.value(true)
	d.Labelled(wLevel, x, d.Options(kit.Place{Field: slotLevel}, x, d.W-x))
	hint := d.Say(asRestrict)
	line := d.Box(d.Label(wPrivate), kit.Place{Field: slotPrivate}, x, d.W-x-kit.Width(hint)-9)
	d.Row(line + " " + env.Look.Muted(hint))
	d.Fault(kit.Place{Field: slotPrivate})
}

// fit gives the texts their size: what the other fields leave.
func (p *page) fit() {
	if p.w == 0 {
		return
	}
	w := min(p.w, p.formW())
	p.outcome.Tight = p.env.Lang == i18n.English // six with longer words
	p.text.Layout(w, leastText)
	p.quoted.Layout(w-2, 3)
	rest := len(p.draw().Lines) - leastText
	p.text.Layout(w, max(leastText, min(p.h-rest, p.h-15)))
}

func (p *page) View() kit.Frame {
	if p.Clash != nil {
		return p.Clashing(p.whose(), p.w, p.h)
	}
	d := p.draw()
	lines, cursor := d.Rows(p.h)
	if p.w >= besideFrom {
		right, tick, _ := p.beside(p.w-d.W-3, p.h)
		for i := range lines {
			lines[i] += " | " + kit.Pad(right[min(i, len(right)-1)], p.w-d.W-3)
		}
		if tick != nil {
			cursor = tea.NewCursor(d.W+3+tick.X, tick.Y)
		}
	}
	if p.offer != nil || p.Claim.Else {
		cursor = nil
	}
	return kit.Frame{Scope: p.scope(), Body: strings.Join(lines, "\n"), Status: p.status(), Cursor: cursor}
}

// scope is row 2: whose record it is, whom the call is with, the clock.
func (p *page) scope() string {
	lang, left := p.env.Lang, p.whose()
	second, third := 19, 35
	if lang == i18n.English {
		third = 39
	}
	if g := p.guardian(); g != nil {
		left = kit.Put(left+" ", second, kit.Show(lang.Guardian(*g)+" "+lang.Name(g.Name, "")))
		if n := p.phone(); n != "" {
			left = kit.Put(left+" ", third, data.Grouped(n))
		}
	}
	clock, w := p.clockLine(), min(p.w, p.formW())
	if kit.Width(left)+kit.Width(clock) >= w { // a long name: the number and the clock stay apart
		left, clock = left+" ", strings.TrimRight(clock, " ")
	}
	return kit.Ends(left, clock, w)
}

// whose is the student's name and class, at the left end of row 2.
func (p *page) whose() string {
	left := " " + p.env.Look.Bold(kit.Show(p.studentName()))
	if c := p.facts.Value.card.Student.ClassName; !c.IsZero() {
		left += " " + p.env.Lang.Class(c)
	}
	return left
}
