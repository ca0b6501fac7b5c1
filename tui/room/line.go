package room

import (
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	wLevel = i18n.T("Level", "级别")
	wFor   = i18n.T("for", "替谁说")
	wLine  = i18n.T("Your line", "写一行")
	wItem  = i18n.T("item %d", "第 %d 项")
)

// dropsDown is the rows that the list of families takes under its field.
const dropsDown = 6

// draw draws the field of a line, w columns wide: the text, which grows, its level
// and whose words it is in.
func (c *composer) draw(w int) *kit.Drawing {
	c.text.Layout(w-1, 1)
	c.text.Layout(w-1, max(1, min(c.text.Rows(), mostRows)))
	d := c.Draw(w, 1)
	note := ""
	if n := placeOf(c.p.view, c.p.view.Item); n > 0 {
		note = d.Say(wItem, n)
	}
	d.Row(kit.Head(d.Say(wLine), note, w))
	d.Text(kit.Place{Field: inText}, 1)
	x := 1 + kit.Width(d.Say(wLevel)) + 1
	line := " " + d.Say(wLevel) + " "
	c.level.Tight = true
	all := d.Options(kit.Place{Field: inLevel}, x, max(w-x, 20))
	line = kit.Put(line, x, all[0])
	if kit.Width(line)+kit.Width(d.Say(wFor))+18 > w || len(all) > 1 {
		d.Row(line)
		for _, more := range all[1:] {
			d.Row(kit.Put("", x, more))
		}
		line = ""
	}
	line += "  " + d.Say(wFor) + " "
	at := kit.Width(line)
	d.Row(d.Box(line, kit.Place{Field: inFor}, at, min(28, w-at-1)))
	return d
}

// rows is how many rows the field takes.
func (c *composer) rows(w int) int {
	n := len(c.draw(w).Lines)
	if c.family.Open() {
		n += dropsDown
	}
	return n
}
