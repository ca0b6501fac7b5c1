package room

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// lines are records of text, each on as many rows as it needs. The rows of one are
// ids that follow one another, so that the choice stays on its row.
type lines struct {
	list   kit.List
	rows   []string
	newest int64
}

// A told is one record as lines show it: what stands before its first row, and the
// text; its rows after the first stand under the text.
type told struct {
	id         int64
	head, text string
	under      string // a last row of its own
	short      bool   // on one row: it was struck
}

// rowsEach bounds the rows of one record: its longest text in a narrow window.
const rowsEach = 1 << 8

// keep puts records into the list. A choice that was on the newest follows what is
// added.
func (l *lines) keep(all []told, w int) {
	newest := l.newest // whether the choice is on the newest record: then it stays there
	last := l.list.Len() == 0 || l.list.ID()/rowsEach == newest
	first := 0
	var ids []int64
	l.rows = l.rows[:0]
	add := func(id int64, n int, row string) {
		ids = append(ids, id*rowsEach+int64(min(n, rowsEach-1)))
		l.rows = append(l.rows, row)
	}
	for _, t := range all {
		indent := kit.Width(t.head)
		n := 0
		first, l.newest = len(ids), t.id
		parts := kit.Wrap(t.text, w-indent-1)
		if t.short && len(parts) > 1 {
			parts = []string{kit.Cut(t.text, w-indent-1)}
		}
		for _, part := range parts {
			head := t.head
			if n > 0 {
				head = strings.Repeat(" ", indent)
			}
			add(t.id, n, head+part)
			n++
		}
		if t.under != "" {
			add(t.id, n, strings.Repeat(" ", indent)+kit.Clip(t.under, w-indent-1))
		}
	}
	l.list.Keep(ids)
	if last {
		l.list.To(first)
		l.list.Top = max(l.list.Top, min(first, len(ids)-l.list.Rect().H)) // all of it
	}
}

// chosen is the record of the chosen row, 0 if there is none.
func (l *lines) chosen() int64 { return l.list.ID() / rowsEach }

// view draws the rows in sight; the choice shows only where keys go to them.
func (l *lines) view(env *kit.Env, focus bool) []string {
	list := l.list
	if !focus {
		list.At = -1
	}
	return list.View(env, func(i int) string { return l.rows[i] })
}

var (
	hidden     = i18n.T("[restricted]", "[受限]")
	hiddenMore = i18n.T("[secret]", "[保密]")
	levelled   = i18n.T("[%s] ", "[%s] ")
	askWriter  = i18n.T("%s ask %s", "%s 可找 %s")
	struckOut  = i18n.T("(struck out) %s", "(划掉了) %s")
	spokenBy   = i18n.T("%s: %s", "%s: %s")
	onItsWay   = i18n.T("%s  ..", "%s  ..")
	notStored  = i18n.T("! not stored, enter tries again: %s", "! 没存上, enter 再试: %s")
)

// text is what of a line its reader may see.
func (p *page) text(n data.MeetingNote) string {
	env := p.env
	if n.Sight < data.Whole {
		word := env.Say(hidden)
		if n.Level == data.Secret {
			word = env.Say(hiddenMore)
		}
		return env.Say(askWriter, word, env.Lang.Name(n.ByName, ""))
	}
	text := n.Text
	if n.ForName != "" {
		text = env.Say(spokenBy, n.ForName, text)
	}
	if n.Level > data.Normal {
		text = env.Say(levelled, env.Lang.Level(n.Level)) + text
	}
	if n.Struck {
		text = env.Say(struckOut, text)
	}
	return text
}

// written is a line's time and its writer, in front of it.
func (p *page) written(n data.MeetingNote, who int) string {
	return kit.Fit(p.env.Lang.Clock(n.At), 6) + kit.Fit(p.env.Lang.Name(n.ByName, ""), who) + " "
}

// keepLines makes the lines of each part anew.
func (p *page) keepLines() {
	who := p.writers()
	var notes, asks []told
	for _, n := range p.view.Notes {
		t := told{id: n.ID, head: p.written(n, who), text: p.text(n), short: n.Struck}
		if n.Kind == data.QuestionAsked {
			t.under = p.answerBy(n)
			asks = append(asks, t)
		} else if p.only == 0 || n.Item == p.only {
			notes = append(notes, t)
		}
	}
	for i, u := range p.composer.unsent {
		t := told{id: unsentID + int64(i), head: p.written(u.note, who), text: p.env.Say(onItsWay, p.text(u.note))}
		if u.refused {
			t.text = p.env.Say(notStored, p.text(u.note))
		}
		notes = append(notes, t)
	}
	p.notes.keep(notes, p.notes.list.Rect().W-2)
	p.asks.keep(asks, p.w-2)
	p.decided.keep(p.resolutions(), p.w-2)
}

// unsentID is beyond the ids of what is stored.
const unsentID = 1 << 40

// writers is how wide the column of names is: names are not cut.
func (p *page) writers() int {
	w := 6
	for _, n := range p.view.Notes {
		w = max(w, kit.Width(kit.Show(p.env.Lang.Name(n.ByName, ""))))
	}
	return min(w, 22)
}

var (
	answers   = i18n.T("%s answers", "%s 答复")
	answersBy = i18n.T("%s answers by %s", "%s 答复, 到 %s")
	inOne     = i18n.T("%s  %s  %s", "%s  %s  %s")
)

// answerBy is who answers a question, and by when.
func (p *page) answerBy(n data.MeetingNote) string {
	env := p.env
	switch {
	case n.AnswererName == "":
		return ""
	case n.Due.IsZero():
		return env.Look.Muted(kit.Show(env.Say(answers, env.Lang.Name(n.AnswererName, ""))))
	}
	return env.Look.Muted(kit.Show(env.Say(answersBy, env.Lang.Name(n.AnswererName, ""), env.Lang.Day(n.Due, env.Now.Today()))))
}

// resolutions are what was decided, the newest last.
func (p *page) resolutions() (out []told) {
	env, today := p.env, p.env.Now.Today()
	for _, r := range p.view.Resolutions {
		state := env.Lang.ResolutionState(r.State)
		if late := r.Late(today); late > 0 {
			state = "! " + env.Lang.Deadline(r.Due, today)
		}
		under := env.Look.Muted(kit.Show(env.Say(inOne, env.Lang.Name(r.OwnerName, ""), env.Lang.Day(r.Due, today), state)))
		out = append(out, told{id: r.ID, head: kit.Fit(r.Number, 16), text: r.Text, under: under})
	}
	return out
}
