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
	colLabel    = 2
	colValue    = 11
	colWho      = 56
	colBy       = 69
	colSecond   = 39
	leastText   = 4  // rows of the text
	topicsWidth = 60 // seven of the Chinese topics
)

// A spot is where a field was drawn, in rows of the whole form.
type spot struct {
	place
	kit.Rect
}

// A drawing is the whole form, of which the body shows as much as fits.
type drawing struct {
	p      *page
	here   place // the field with the cursor
	w      int
	lines  []string
	spots  []spot
	cursor *tea.Cursor
	from   int // the rows that must be in sight: the field's
	to     int // and its message's
	x, y   int // where an open list drops down
	drop   []string
}

// in is a label's column and where its value begins: in the second part of the
// English form labels are longer.
func (d *drawing) value(wide bool) int {
	if wide && d.p.env.Lang == i18n.English {
		return colValue + 2
	}
	return colValue
}

func (d *drawing) say(p i18n.Phrase, args ...any) string { return d.p.env.Say(p, args...) }

// row adds a line whose parts were put at their columns.
func (d *drawing) row(line string) { d.lines = append(d.lines, line) }

// put pads a line to a column and adds to it.
func put(line string, x int, s string) string { return kit.Pad(line, max(x, kit.Width(line))) + s }

// at notes a field's place, and where the cursor is.
func (d *drawing) at(pl place, x, y, w, h int, cursor *tea.Cursor) {
	d.spots = append(d.spots, spot{pl, kit.Rect{X: x, Y: y, W: w, H: h}})
	if d.here == pl {
		d.from, d.to = y, y+h-1
		if cursor != nil {
			d.cursor, d.from, d.to = cursor, cursor.Y, cursor.Y
		}
	}
}

// fault adds the line that says what is wrong with a field above it.
func (d *drawing) fault(pl place) bool {
	why, wrong := d.p.faults[pl]
	if wrong {
		d.row(kit.Fault(d.p.env, d.say(why), colValue))
		if d.here == pl {
			d.to = len(d.lines) - 1
		}
	}
	return wrong
}

// box draws a field of one line into a row.
func (d *drawing) box(line string, pl place, x, w int) string {
	s, cursor := d.p.field(pl).Box(d.p.env, w, x, len(d.lines))
	d.at(pl, x, len(d.lines), w, 1, cursor)
	return put(line, x, s)
}

// choose draws a list into a row; while it is open it drops down below.
func (d *drawing) choose(line string, pl place, x, w int) string {
	l := d.p.list(pl)
	s, cursor := l.Box(d.p.env, w, x, len(d.lines))
	d.at(pl, x, len(d.lines), w, 1, cursor)
	if l.Focused() && l.Open() {
		d.drop = l.Drop(d.p.env, max(w, 24))
		d.x, d.y = min(x, d.w-max(w, 24)), len(d.lines)+1
		d.to = len(d.lines) + len(d.drop)
	}
	return put(line, x, s)
}

// draw lays out the form at its width.
func (p *page) draw() *drawing {
	d := &drawing{p: p, here: p.here(), w: min(p.w, p.formW())}
	d.texts()
	d.talk()
	for i := range p.promises {
		d.promise(i)
	}
	d.row(kit.Head(d.say(filledIn), "", d.w))
	d.about()
	d.levels()
	return d
}

// formW is the form's width: all, or what it needs where there is more.
func (p *page) formW() int {
	if p.w >= besideFrom {
		return formWidth
	}
	return p.w
}

func (d *drawing) texts() {
	p := d.p
	note := d.say(fromTwo)
	if n := p.text.Len(); n >= 500 {
		note = d.say(counted, p.env.Lang.Number(n))
	}
	d.row(kit.Head(d.say(whatSaid), note, d.w))
	rows, cursor := p.text.View(p.env, 0, len(d.lines))
	d.at(place{slotText, 0}, 0, len(d.lines), d.w, len(rows), cursor)
	d.lines = append(d.lines, rows...)
	d.fault(place{slotText, 0})
	if p.quoted.Len() == 0 && !p.quoted.Focused() {
		return
	}
	d.row("  " + p.env.Look.Muted(d.say(pastedIn, p.env.Lang.Number(p.quoted.Len()))))
	rows, cursor = p.quoted.View(p.env, 2, len(d.lines))
	d.at(place{slotQuoted, 0}, 0, len(d.lines), d.w, len(rows), cursor)
	for _, r := range rows {
		d.row("  " + r)
	}
	d.fault(place{slotQuoted, 0})
}

// talk draws how it went and what it was about.
func (d *drawing) talk() {
	p := d.p
	x, w, y := colValue, d.w-colValue, len(d.lines)
	lines := p.outcome.View(p.env, w)
	d.at(place{slotOutcome, 0}, x, y, w, len(lines), p.outcome.Cursor(p.env, w, x, y))
	d.labelled(d.say(wResult), x, lines)
	if p.callsBack() {
		pl := place{slotAgain, 0}
		line := d.box(put("", colLabel, d.say(wAgain)), pl, d.value(true), 22)
		meaning, _ := p.againMeans()
		d.row(line + "  " + meaning)
		d.fault(pl)
	}
	y = len(d.lines)
	few := w
	if p.env.Lang == i18n.Chinese {
		few = min(w, topicsWidth)
	}
	lines = p.topics.View(p.env, few)
	d.at(place{slotTopics, 0}, x, y, few, len(lines), p.topics.Cursor(p.env, few, x, y))
	if last := lines[len(lines)-1]; !p.ownTopics && kit.Width(last)+2+kit.Width(d.say(guessed)) <= w {
		lines[len(lines)-1] = last + "  " + p.env.Look.Muted(d.say(guessed))
	}
	d.labelled(d.say(wTopics), x, lines)
}

// labelled adds lines with a label before the first.
func (d *drawing) labelled(label string, x int, lines []string) {
	for i, line := range lines {
		if i > 0 {
			label = ""
		}
		d.row(put(put("", colLabel, label), x, line))
	}
}

func (d *drawing) promise(i int) {
	p, env := d.p, d.p.env
	x := d.value(true)
	line := put("", colLabel, d.say(wPromise, i+1))
	wide := colWho - 2 - kit.Width(d.say(wWho)) - 1 - x
	line = d.box(line, place{slotPromise, i}, x, wide)
	who := place{slotWho, i}
	line = put(line, colWho-1-kit.Width(d.say(wWho)), d.say(wWho)+" ")
	if p.list(who).Open() {
		line = d.choose(line, who, colWho, 8)
	} else {
		word := kit.Fit(p.ownerWord(env.Lang, p.promises[i].who.At), 6)
		var cursor *tea.Cursor
		if p.list(who).Focused() {
			cursor, word = tea.NewCursor(colWho+1, len(d.lines)), env.Look.Field(word)
		}
		d.at(who, colWho, len(d.lines), 8, 1, cursor)
		line = put(line, colWho, "["+word+"]")
	}
	line = put(line, colBy-1-kit.Width(d.say(wBy)), d.say(wBy)+" ")
	d.row(d.box(line, place{slotBy, i}, colBy, 10))
	wrong := d.fault(place{slotPromise, i})
	wrong = d.fault(place{slotBy, i}) || wrong
	if wrong {
		return
	}
	line = put("", x, "")
	if p.promises[i].text.Value() != "" || d.here == (place{slotBy, i}) {
		line += p.dueMeans(p.promises[i].by.Value())
	}
	if i == len(p.promises)-1 {
		hint := env.Look.Muted(d.say(more))
		line = put(line, max(46+(x-colValue)*5/2, kit.Width(line)+2), hint)
	}
	d.row(line)
	if here := d.here; here.slot >= slotPromise && here.slot <= slotBy && here.n == i {
		d.to = max(d.to, len(d.lines)-1)
	}
}

// about draws with whom, how, when and how long.
func (d *drawing) about() {
	p, env := d.p, d.p.env
	x, second := d.value(true), colSecond
	valueX := second + 6
	if env.Lang == i18n.English {
		valueX = second + 10
	}
	line := d.choose(put("", colLabel, d.say(wWith)), place{slotWith, 0}, x, 20+(x-colValue)/2)
	line = put(line, second, d.say(wChannel))
	word := max(8, kit.Width(env.Lang.Channel(p.via()))+4)
	line = d.choose(line, place{slotChannel, 0}, valueX, word)
	line += "   " + d.say(wIncoming) + " "
	at := kit.Width(line)
	lines := p.incoming.View(env, 4)
	d.at(place{slotIncoming, 0}, at, len(d.lines), 3, 1, p.incoming.Cursor(env, 4, at, len(d.lines)))
	d.row(line + lines[0])

	line = d.box(put("", colLabel, d.say(wTime)), place{slotAt, 0}, x, 2+max(11, kit.Width(p.at.Value())))
	line = put(line, second, d.say(wLength))
	length := place{slotMinutes, 0}
	if p.minutes.Value() == "" && !p.minutes.Focused() {
		word := d.say(byItself)
		switch {
		case !p.timed():
			word = d.say(notTimed)
		case !p.clock.running() && p.clock.before > 0:
			word = d.say(soFar, env.Lang.Minutes(p.clock.before))
		}
		d.at(length, valueX, len(d.lines), kit.Width(word), 1, nil)
		line = put(line, valueX, env.Look.Muted(word))
	} else {
		line = d.box(line, length, valueX, 6) + " " + d.say(inMinutes)
	}
	d.row(line)
	d.fault(place{slotAt, 0})
	d.fault(length)
}

func (d *drawing) levels() {
	p, env := d.p, d.p.env
	x := d.value(true)
	y, w := len(d.lines), d.w-x
	lines := p.level.View(env, w)
	d.at(place{slotLevel, 0}, x, y, w, len(lines), p.level.Cursor(env, w, x, y))
	d.labelled(d.say(wLevel), x, lines)
	hint := d.say(asRestrict)
	line := d.box(put("", colLabel, d.say(wPrivate)), place{slotPrivate, 0}, x, d.w-x-kit.Width(hint)-9)
	d.row(line + " " + env.Look.Muted(hint))
	d.fault(place{slotPrivate, 0})
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
	rest := len(p.draw().lines) - leastText
	p.text.Layout(w, max(leastText, min(p.h-rest, p.h-15)))
}

// scroll is the first row of the form in sight: the field with the cursor and
// its message are.
func (d *drawing) scroll(h int) int {
	top := max(0, d.to-h+1)
	return max(0, min(top, d.from))
}

func (p *page) View() kit.Frame {
	if p.clash != nil {
		return kit.Frame{Scope: p.clash.Scope(p.env, p.whose()), Body: p.clash.View(p.env, p.w, p.h), Status: p.clash.Status(p.env, p.claim.Kept())}
	}
	d := p.draw()
	top := d.scroll(p.h)
	lines := d.lines[top:min(len(d.lines), top+p.h)]
	for i := range lines {
		lines[i] = kit.Pad(lines[i], d.w)
	}
	for len(lines) < p.h {
		lines = append(lines, kit.Pad("", d.w))
	}
	if d.drop != nil {
		lines = kit.Over(lines, d.x, d.y-top, d.drop)
	}
	cursor := d.cursor
	if cursor != nil {
		cursor = tea.NewCursor(cursor.X, cursor.Y-top)
	}
	if p.w >= besideFrom {
		right, tick, _ := p.beside(p.w-d.w-3, p.h)
		for i := range lines {
			lines[i] += " | " + kit.Pad(right[min(i, len(right)-1)], p.w-d.w-3)
		}
		if tick != nil {
			cursor = tea.NewCursor(d.w+3+tick.X, tick.Y)
		}
	}
	if p.offer != nil || p.claim.Else {
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
		left = put(left+" ", second, kit.Show(lang.Guardian(*g)+" "+lang.Name(g.Name, "")))
		if n := p.phone(); n != "" {
			left = put(left+" ", third, data.Grouped(n))
		}
	}
	return kit.Ends(left, p.clockLine(), min(p.w, p.formW()))
}

// whose is the student's name and class, at the left end of row 2.
func (p *page) whose() string {
	left := " " + p.env.Look.Bold(kit.Show(p.studentName()))
	if c := p.facts.Value.card.Student.ClassName; !c.IsZero() {
		left += " " + p.env.Lang.Class(c)
	}
	return left
}
