package room

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// marks is who was signed in here and is not on what was read yet. A mark is on the
// screen in the frame of its key; it goes to the store behind those before it, many
// at once where the hand is faster than the disk, and the last one holds.
type marks struct {
	box    outbox
	mine   []data.AttendanceMark // over what was read, in order
	gone   int                   // how many before them a reading has shown
	stored int                   // how many of all are stored, or refused
	undo   []undone
}

// An undone is what brings marks back, and until when it may.
type undone struct {
	back  []data.AttendanceMark
	until time.Time
}

// undoable is how long marks can be taken back.
const undoable = 10 * time.Minute

// seen drops what a reading shows that was asked for after so many were stored.
func (m *marks) seen(stored int) {
	if n := stored - m.gone; n > 0 {
		m.mine, m.gone = m.mine[n:], stored
	}
}

// over is a meeting with this person's own marks over it.
func (m *marks) over(v data.MeetingView) data.MeetingView {
	if len(m.mine) > 0 {
		v.Invitees = marked(v.Invitees, m.mine)
	}
	return v
}

// marked is families with marks; what was read is everybody's and stays.
func marked(all []data.Invitee, ks []data.AttendanceMark) []data.Invitee {
	all = slices.Clone(all)
	for _, k := range ks {
		if i := slices.IndexFunc(all, func(i data.Invitee) bool { return i.ID == k.Invitee }); i >= 0 {
			all[i] = all[i].Mark(k)
		}
	}
	return all
}

// An outbox is the marks on their way to the store. One command at a time empties
// it, also when the page is gone meanwhile or the line was cut.
type outbox struct {
	mu      sync.Mutex
	waiting []data.AttendanceMark
	busy    bool
}

// put adds marks and reports whether nobody carries them off yet.
func (o *outbox) put(ks []data.AttendanceMark) (start bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = append(o.waiting, ks...)
	start, o.busy = !o.busy, true
	return start
}

// take is all that wait; once there are none nobody is at it any more.
func (o *outbox) take() (ks []data.AttendanceMark) {
	o.mu.Lock()
	defer o.mu.Unlock()
	ks, o.waiting = o.waiting, nil
	o.busy = len(ks) > 0
	return ks
}

// A markedAll tells the page that the outbox is empty: how many went, how many of
// them the store refused, and why.
type markedAll struct {
	of         *page
	n, refused int
	err        error
}

// send marks families: on the screen now, in the store in its turn.
func (p *page) send(ks ...data.AttendanceMark) tea.Cmd {
	if len(ks) == 0 {
		return nil
	}
	p.marks.mine = append(p.marks.mine, ks...)
	p.view.Invitees = marked(p.view.Invitees, ks)
	if !p.marks.box.put(ks) {
		return nil
	}
	id, mark, ctx := p.id, p.deps.Mark, context.WithoutCancel(p.env.Ctx)
	return func() tea.Msg {
		m := markedAll{of: p}
		for some := p.marks.box.take(); len(some) > 0; some = p.marks.box.take() {
			m.n += len(some)
			refused, err := carry(some, func(ks []data.AttendanceMark) error { return mark(ctx, id, ks) })
			m.refused += refused
			m.err = errors.Join(m.err, err)
		}
		return m
	}
}

// carry stores marks, all together. Where one of them is of a family that is not
// asked any more, the others are stored one by one.
func carry(ks []data.AttendanceMark, mark func([]data.AttendanceMark) error) (refused int, err error) {
	err = mark(ks)
	if err == nil || len(ks) == 1 || !errors.Is(err, data.ErrNotFound) {
		if err != nil {
			refused = len(ks)
		}
		return refused, err
	}
	for _, k := range ks {
		if e := mark([]data.AttendanceMark{k}); e != nil {
			refused, err = refused+1, e
		}
	}
	if refused == 0 {
		err = nil
	}
	return refused, err
}

var notMarked = i18n.T("! Not signed in, %d of them: %s", "! %d 家没签上: %s")

// marked asks what the store made of the marks.
func (p *page) marked(m markedAll) tea.Cmd {
	p.marks.stored += m.n
	if m.refused > 0 {
		p.env.Note(notMarked.With(m.refused, i18n.Typed(p.env.Lang.Error(m.err))))
	}
	return p.ask()
}

// mark notes attendance by hand: it can be taken back.
func (p *page) mark(ks ...data.AttendanceMark) tea.Cmd {
	var back []data.AttendanceMark
	for _, k := range ks {
		if i := slices.IndexFunc(p.view.Invitees, func(i data.Invitee) bool { return i.ID == k.Invitee }); i >= 0 {
			back = append(back, asIs(p.view.Invitees[i]))
		}
	}
	if len(back) > 0 {
		p.marks.undo = append(p.marks.undo, undone{back, p.env.Now().Add(undoable)})
	}
	return p.send(ks...)
}

// asIs is the mark that leaves a family as it is.
func asIs(i data.Invitee) data.AttendanceMark {
	a := i.Attendance
	if a == "" {
		a = data.Unmarked
	}
	return data.AttendanceMark{Invitee: i.ID, Attendance: a, Late: &i.LateMin, Left: &i.Left, Came: &data.Came{Person: i.CamePerson, Text: i.CameText}}
}

var (
	nothingUndo = i18n.T("Nothing to undo within 10 minutes", "10 分钟内没有能撤销的")
	didUndo     = i18n.T("Undone: %d", "已撤销 %d 家")
)

// undo takes the last marks back.
func (p *page) undo() tea.Cmd {
	all := p.marks.undo
	n := len(all)
	if n == 0 || p.env.Now().After(all[n-1].until) {
		return p.env.Note(nothingUndo)
	}
	p.marks.undo = all[:n-1]
	p.env.Note(didUndo.With(len(all[n-1].back)))
	return p.send(all[n-1].back...)
}
