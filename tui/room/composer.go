package room

import (
	"context"
	"encoding/json"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// The fields of the line that is being written, as data's rules name them.
const (
	inText  = "text"
	inLevel = "level"
	inFor   = "for_name"
)

// noteKind names the draft of a line.
const noteKind = "note"

// mostRows is how far the field of a line grows.
const mostRows = 5

// A composer is the line that is being written into the meeting, and those on their
// way. The line is sent off at once, and n begins the next: what was refused stays,
// and its text goes into the draft.
type composer struct {
	kit.Form
	claim  kit.Claim
	p      *page
	on     bool
	text   kit.Area
	level  kit.Radio
	family kit.Select
	found  kit.Load[data.Draft]
	opened *data.Draft
	unsent []line
	stored []data.MeetingNote // until they are on what is read
	sends  bool               // the first of unsent is on its way
	turn   int                // how many were stored: a draft that went with one is written anew
	whose  int64              // the family whose words they are, by its row
	here   bool               // this window was chosen to write it
}

// A line is one that is not stored yet.
type line struct {
	note    data.MeetingNote
	refused bool
}

// A sent tells what became of the first line on its way.
type sent struct {
	of   *page
	note data.MeetingNote
	err  error
}

func newComposer(p *page, opened *data.Draft) composer {
	c := composer{p: p, opened: opened, text: kit.NewArea("")}
	c.text.Most(data.MaxLine)
	c.level.Options = kit.Words(data.Levels, i18n.Lang.Level)
	c.family.Options = kit.Options{Word: p.familyWord}
	c.claim = kit.NewClaim(p.env, data.Ref{Kind: "meeting", ID: p.id}, p.readDraft)
	return c
}

// stops are the fields in tab order.
func (c *composer) stops() []kit.Stop {
	return []kit.Stop{{Place: kit.Place{Field: inText}, In: &c.text}, {Place: kit.Place{Field: inLevel}, In: &c.level}, {Place: kit.Place{Field: inFor}, In: &c.family}}
}

// readDraft is the line of an earlier visit.
func (p *page) readDraft(ctx context.Context) (data.Draft, error) {
	return p.deps.Draft(ctx, noteKind, data.Ref{Kind: "meeting", ID: p.id})
}

// look asks for a line that was begun before the line was cut.
func (c *composer) look() tea.Cmd {
	c.Form = kit.Form{Env: c.p.env, Stops: c.stops}
	return c.found.Start(c.p.env.Ctx, c.p.readDraft)
}

// nobodySaid is the first of the families: nobody's words but the writer's own.
var nobodySaid = i18n.T("-", "-")

// familyWord is a family as the field offers it.
func (p *page) familyWord(l i18n.Lang, i int) string {
	if i == 0 || i > len(p.view.Invitees) {
		return l.Say(nobodySaid)
	}
	f := p.view.Invitees[i-1]
	seat, name := p.child(f)
	return seat + " " + name + " " + l.Guardian(f.Guardian)
}

// begin opens the field for a line.
func (c *composer) begin() tea.Cmd {
	c.on = true
	c.families()
	c.Visit(kit.Place{Field: inText})
	c.p.place()
	return nil
}

// stop closes it; what is in it stays.
func (c *composer) stop() tea.Cmd {
	if c.CloseList() {
		c.p.place()
		return nil
	}
	c.on = false
	c.p.place()
	if c.begun() {
		return c.p.env.Note(lineKept)
	}
	return c.drop()
}

// drop takes the draft away of a line that was wiped out.
func (c *composer) drop() tea.Cmd {
	if c.claim.Kept().IsZero() || c.claim.Else || c.sends {
		return nil
	}
	c.turn++
	ctx, read, drop := context.WithoutCancel(c.p.env.Ctx), c.p.readDraft, c.p.deps.Drop
	return func() tea.Msg {
		if d, err := read(ctx); err == nil {
			_ = drop(ctx, d.ID) // the store logs a fault, and a draft ends by itself
		}
		return nil
	}
}

// writeHere takes the line over from this person's other window, as it stands
// there.
func (c *composer) writeHere() tea.Cmd {
	c.here = true
	return c.found.Start(c.p.env.Ctx, c.p.readDraft)
}

var (
	lineKept  = i18n.T("The line is kept as a draft: n goes on", "这行留作草稿: n 接着写")
	lineEmpty = i18n.T("Nothing is written yet", "还没写字")
	notSent   = i18n.T("! Not stored: %s  It is kept: n", "! 没存上: %s  写的还在: n")
	stillHere = i18n.T("! A line of yours is not sent: n goes on with it", "! 你有一行没发出: n 接着写")
)

// begun reports whether there is anything to lose.
func (c *composer) begun() bool {
	return c.text.Value() != "" || slices.ContainsFunc(c.unsent, func(l line) bool { return l.refused })
}

// send sends the line off, for the item that is on, and closes the field: the next
// key is a key again and no letter of a note that nobody meant to write.
func (c *composer) send() tea.Cmd {
	if list := c.List(kit.Place{Field: inFor}); list.Open() {
		list.Enter(c.p.env)
		c.choose()
		c.p.place()
		return nil
	}
	for i := range c.unsent {
		c.unsent[i].refused = false
	}
	if text := c.text.Value(); text != "" {
		env := c.p.env
		n := data.MeetingNote{Meeting: c.p.id, Item: c.p.view.Item, At: env.Now(), By: env.Me.ID, ByName: env.Me.Name, Text: text,
			Level: data.Levels[c.level.At], Sight: data.Whole}
		if i := c.family.At; i > 0 && i <= len(c.p.view.Invitees) {
			f := c.p.view.Invitees[i-1]
			n.Household, n.ForName = f.Household, saidBy(f)
		}
		n = n.Tidy()
		if n.Text == "" {
			return c.p.env.Note(lineEmpty)
		}
		c.unsent = append(c.unsent, line{note: n})
		c.text.SetValue("")
		c.whose, c.family.At = 0, 0
	} else if len(c.unsent) == 0 {
		cmd := c.stop()
		c.p.env.Note(lineEmpty)
		return cmd
	}
	c.on = false
	c.p.only = 0
	c.p.keepLines()
	c.p.place()
	return c.next()
}

// saidBy is a parent as minutes name one: in Chinese, as the document is.
func saidBy(f data.Invitee) string {
	if len(f.Students) == 0 {
		return i18n.Chinese.Guardian(f.Guardian)
	}
	return spokenFor(f.Students[0], f.Guardian)
}

func spokenFor(child data.Student, g data.Guardian) string {
	return child.Name + " " + i18n.Chinese.Guardian(g)
}

// next sends the first line that is not stored. The draft goes with the last of
// them, unless another is being written.
func (c *composer) next() tea.Cmd {
	if c.sends || len(c.unsent) == 0 || c.unsent[0].refused {
		return nil
	}
	c.sends = true
	n, add, draft, p := c.unsent[0].note, c.p.deps.AddNote, data.Ref{}, c.p
	if len(c.unsent) == 1 && c.text.Value() == "" {
		draft = c.claim.Object
	}
	ctx := context.WithoutCancel(p.env.Ctx)
	return func() tea.Msg {
		stored, err := add(ctx, n, draft)
		return sent{p, stored, err}
	}
}

// sent takes what became of a line. It stays on the screen until the meeting is
// read with it.
func (c *composer) sent(m sent) tea.Cmd {
	c.sends = false
	if len(c.unsent) == 0 {
		return nil
	}
	if m.err != nil {
		for i := range c.unsent {
			c.unsent[i].refused = true
		}
		if len(c.unsent) == 1 && c.text.Value() == "" {
			c.takeBack(c.unsent[0].note)
			c.unsent = nil
		}
		c.p.keepLines()
		c.p.place()
		c.p.redraw()
		return c.p.env.Note(notSent.With(i18n.Typed(c.p.env.Lang.Error(m.err))))
	}
	c.turn++
	c.unsent = c.unsent[1:]
	c.stored = append(c.stored, m.note)
	c.p.view = c.over(c.p.view)
	c.p.keepLines()
	c.p.redraw()
	return c.next()
}

// takeBack puts a line that was refused into the field again, with whose words it
// is in.
func (c *composer) takeBack(n data.MeetingNote) {
	c.text.SetValue(n.Text)
	for _, i := range c.p.view.Invitees {
		if n.Household != 0 && i.Household == n.Household && saidBy(i) == n.ForName {
			c.whose = i.ID
			break
		}
	}
	c.families()
}

// over is a meeting with the lines of this page that were stored since it was read.
func (c *composer) over(v data.MeetingView) data.MeetingView {
	has := func(m data.MeetingNote) bool {
		return slices.ContainsFunc(v.Notes, func(n data.MeetingNote) bool { return n.ID == m.ID })
	}
	if c.stored = slices.DeleteFunc(c.stored, has); len(c.stored) > 0 {
		v.Notes = slices.Concat(v.Notes, c.stored)
	}
	return v
}

// families offers those who are asked, in the order of the list.
func (c *composer) families() {
	c.family.N = len(c.p.view.Invitees) + 1
	c.family.At = 1 + slices.IndexFunc(c.p.view.Invitees, func(i data.Invitee) bool { return i.ID == c.whose && c.whose != 0 })
}

// choose notes whose words the line is in.
func (c *composer) choose() {
	c.whose = 0
	if i := c.family.At - 1; i >= 0 && i < len(c.p.view.Invitees) {
		c.whose = c.p.view.Invitees[i].ID
	}
}

// An unwritten is the line as its draft keeps it.
type unwritten struct {
	Text  string
	Level data.Level
	Whose int64
	More  []data.MeetingNote // that were refused
	Turn  int
}

const previewLength = 60 // characters

// Draft is the line as the shell keeps it. A line that is on its way is not in it:
// it is being stored.
func (p *page) Draft() (data.Draft, bool) {
	c := &p.composer
	if c.claim.Else || !c.begun() {
		return data.Draft{}, false
	}
	w := unwritten{Text: c.text.Value(), Level: data.Levels[c.level.At], Whose: c.whose, Turn: c.turn}
	preview := w.Text
	for _, l := range c.unsent {
		if l.refused {
			w.More = append(w.More, l.note)
			preview = l.note.Text + " " + preview
		}
	}
	form, err := json.Marshal(w)
	if err != nil {
		return data.Draft{}, false
	}
	short := []rune(data.Line(preview))
	return data.Draft{Kind: noteKind, Object: c.claim.Object, Form: string(form), Preview: string(short[:min(len(short), previewLength)]),
		Cursor: c.text.Position(), Session: c.claim.Token()}, true
}

// Unsaved is what the shell asks before it quits.
func (p *page) Unsaved() int {
	if p.composer.begun() && !p.composer.claim.Else {
		return 1
	}
	return 0
}

// hear takes what concerns the draft.
func (c *composer) hear(msg tea.Msg) tea.Cmd {
	if c.found.Take(msg) {
		return c.resume()
	}
	was := c.claim.Else
	cmd := c.claim.Take(c.p, msg)
	if was != c.claim.Else {
		c.p.redraw()
	}
	return cmd
}

// resume goes on with the line of an earlier visit, or asks which of two windows
// shall.
func (c *composer) resume() tea.Cmd {
	d, here := c.found.Value, c.here
	c.here = false
	switch {
	case c.found.Err != nil && here: // stored there, or wiped out
		c.claim.Seize(data.Draft{})
		c.text.SetValue("")
		c.p.redraw()
		return nil
	case c.found.Err != nil && c.opened == nil:
		return nil
	case c.found.Err != nil:
		d = *c.opened
	}
	var w unwritten
	if err := json.Unmarshal([]byte(d.Form), &w); err != nil {
		return nil
	}
	if c.claim.Foreign(d) && !here {
		cmd := c.put(d, w)
		c.claim.Else = true
		return tea.Batch(cmd, c.claim.AskWhich(d, c.writeHere))
	}
	if here {
		c.text.SetValue("")
	}
	return c.put(d, w)
}

// put is the draft in the field, with what was typed before it was read.
func (c *composer) put(d data.Draft, w unwritten) tea.Cmd {
	early := c.text.Value()
	c.claim.Seize(d)
	c.text.SetValue(w.Text)
	c.text.SetPosition(d.Cursor)
	c.level.At = max(0, slices.Index(data.Levels, w.Level))
	c.whose = w.Whose
	c.families()
	for _, n := range w.More {
		c.unsent = append(c.unsent, line{note: n, refused: true})
	}
	if early != "" {
		c.text.Focus()
		c.text.Take(tea.PasteMsg{Content: early})
	}
	c.p.tabs.At = atAgenda
	c.begin()
	c.p.keepLines()
	c.p.redraw()
	return nil
}

var _ kit.Drafter = (*page)(nil)
