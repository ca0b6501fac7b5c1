package data

import (
	"errors"
	"fmt"
	"slices"
)

// ErrHandedIn refuses a line for a meeting whose minutes are handed in or signed:
// nothing is added behind the back of who signs.
var ErrHandedIn = errors.New("the minutes are handed in")

// A LateLine is what is written into a meeting after its minutes were composed: a
// note, a question or a resolution, and the item it belongs to, 0 for none.
type LateLine struct {
	Line MinutesLine
	Item int64
}

// LateNote is a note or a question as minutes hold it.
func LateNote(n MeetingNote) LateLine { return LateLine{n.minuted(), n.Item} }

// LateResolution is a resolution as minutes hold it.
func LateResolution(r Resolution) LateLine { return LateLine{r.minuted(), r.Item} }

// Enter puts a line into minutes that are composed already, last under its item
// as Compose would have, whatever was changed in them by hand. What belongs to no
// item, or to one that is not in them any more, stands under the last heading for
// the rest.
func Enter(lines []MinutesLine, late LateLine, by string) (out []MinutesLine, changes []MinutesChange) {
	out = slices.Clone(lines)
	next := 1
	for _, l := range out {
		next = max(next, l.ID+1)
	}
	add := func(at int, l MinutesLine) {
		l.ID, l.By = next, by
		next++
		out = slices.Insert(out, at, l)
		changes = append(changes, MinutesChange{Line: l.ID, Did: LineAdded, Now: l.Text, Level: l.Level, Writer: l.Writer})
	}
	at := slices.IndexFunc(out, func(l MinutesLine) bool {
		return l.Kind == LineItem && (late.Item != 0 && l.Source == itemSource(late.Item) || late.Item == 0 && l.Source == "" && l.Text == theRest)
	})
	if at < 0 {
		at = len(out)
		add(at, MinutesLine{Kind: LineItem, Text: theRest, Level: Normal})
	}
	for at++; at < len(out) && out[at].Kind != LineItem; at++ {
	}
	add(at, late.Line)
	return out, changes
}

// Leave takes the line of a note out of minutes; the note was struck.
func Leave(lines []MinutesLine, note int64) (out []MinutesLine, changes []MinutesChange) {
	at := slices.IndexFunc(lines, func(l MinutesLine) bool { return l.Source == noteSource(note) })
	if at < 0 {
		return lines, nil
	}
	was := lines[at]
	return slices.Delete(slices.Clone(lines), at, at+1), []MinutesChange{{Line: was.ID, Did: LineRemoved, Was: was.Text, Level: was.Level, Writer: was.Writer}}
}

// Recount puts the sums of who came right in minutes where they stand as they
// were composed; what somebody wrote there instead stays.
func Recount(lines []MinutesLine, was, now Turnout) (out []MinutesLine, changes []MinutesChange) {
	before, after := turnedOut(was), turnedOut(now)
	at := slices.IndexFunc(lines, func(l MinutesLine) bool { return l.Kind == LineFact && l.Text == before })
	if at < 0 || before == after {
		return lines, nil
	}
	out = slices.Clone(lines)
	out[at].Text = after
	return out, []MinutesChange{{Line: out[at].ID, Did: LineChanged, Was: before, Now: after, Level: out[at].Level}}
}

func itemSource(id int64) string { return fmt.Sprintf("item %d", id) }
func noteSource(id int64) string { return fmt.Sprintf("note %d", id) }

// minuted is a note as a line of minutes.
func (n MeetingNote) minuted() MinutesLine {
	who := n.ByName
	if n.ForName != "" {
		who = n.ForName + ", " + n.ByName + "代记"
	}
	l := MinutesLine{Kind: LineNote, Text: who + ": " + n.Text, Level: n.Level, Source: noteSource(n.ID), Writer: n.By}
	if n.Kind == QuestionAsked {
		l.Kind, l.Text = LineQuestion, fmt.Sprintf("问 (%s): %s / 由 %s 答复%s", who, n.Text, n.AnswererName, hanBy(n.Due))
	}
	l.Text = line(l.Text)
	return l
}

// minuted is a resolution as a line of minutes.
func (r Resolution) minuted() MinutesLine {
	return MinutesLine{Kind: LineResolution, Text: line(fmt.Sprintf("决议 %s: %s / 负责 %s%s", r.Number, r.Text, r.OwnerName, hanBy(r.Due))), Level: Normal, Source: fmt.Sprintf("resolution %d", r.ID)}
}
