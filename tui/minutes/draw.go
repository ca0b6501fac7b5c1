package minutes

import (
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	changedBy = i18n.T("[%s changed it, was %q]", "[%s 改, 原「%s」]")
	addedBy   = i18n.T("[%s added it]", "[%s 加]")
	atLevel   = i18n.T("[%s]", "[%s]")
)

// lit is how long a line that someone else changed is marked.
const lit = 5 * time.Second

// keptRows is of how many lines the rows are kept once they were drawn.
const keptRows = 1000

type faded struct{} // makes the shell draw once more

// flash marks for a moment what someone else changed.
func (t *text) flash(was, now data.Minutes) tea.Cmd {
	if was.Version == now.Version || now.By == t.env.Me.Name {
		return nil
	}
	had := make(map[int]data.MinutesLine, len(was.Lines))
	for _, l := range was.Lines {
		had[l.ID] = l
	}
	t.marked = map[int]time.Time{}
	for _, l := range now.Lines {
		if old, ok := had[l.ID]; !ok || old.Text != l.Text || old.Level != l.Level {
			t.marked[l.ID] = t.env.Now().Add(lit)
		}
	}
	return t.env.After(lit, faded{})
}

// draw is a line as rows, without the choice.
func (t *text) draw(i int) []string {
	if rows := t.rows[i]; rows != nil {
		return rows
	}
	l, env := t.lines[i], t.env
	indent, role := 0, theme.Plain
	switch l.Kind {
	case data.LineNote, data.LineQuestion, data.LineResolution:
		indent = 4
	case data.LineTitle:
		role = theme.Bold
	}
	said := l.Text
	mark := ""
	if i < t.own {
		if l.Level > data.Normal {
			said = env.Say(atLevel, env.Lang.Level(l.Level)) + " " + said
		}
		if l.Level >= data.Restricted {
			role = theme.Restricted
		}
		switch {
		case t.clean:
		case changedByHand(l) && l.Was != "":
			mark, said = "~ ", said+"  "+env.Say(changedBy, env.Lang.Name(l.By, ""), kit.Cut(l.Was, 24))
		case changedByHand(l):
			mark, said = "+ ", said+"  "+env.Say(addedBy, env.Lang.Name(l.By, ""))
		}
	}
	var rows []string
	if l.Kind == data.LineItem && i > 0 || i == t.own {
		rows = append(rows, "")
	}
	room := max(10, t.w-2-indent-2-1)
	for n, row := range kit.Wrap(said, room) {
		if n > 0 {
			mark = ""
		}
		rows = append(rows, kit.Pad("", indent)+kit.Pad(mark, 2)+env.Look.Paint(role, row))
	}
	if len(t.rows) > keptRows {
		clear(t.rows)
	}
	t.rows[i] = rows
	return rows
}

// view draws the rows of the screen.
func (t *text) view() (out []string) {
	skip := t.skip
	for i := t.top; i < len(t.lines) && len(out) < t.h; i++ {
		rows := t.draw(i)
		gutter := "  "
		if i < t.own && len(t.marked) > 0 && t.env.Now().Before(t.marked[t.lines[i].ID]) {
			gutter = " ~"
		}
		pointer := ">"
		for _, row := range rows[min(skip, len(rows)):] {
			if i != t.at || row == "" {
				out = append(out, kit.Pad(gutter+row, t.w))
				continue
			}
			out = append(out, t.env.Look.Chosen(kit.Pad(pointer+gutter[1:]+row, t.w)))
			pointer = " "
		}
		skip = 0
	}
	return out[:min(len(out), t.h)]
}
