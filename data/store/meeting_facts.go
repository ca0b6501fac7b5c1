package store

import (
	"cmp"
	"slices"
	"sync"

	"qiao/data"
)

// What a room shows is the same for all who sit in it, but for what their level
// leaves out: it is read once and kept until a commit touches the meeting. A
// hundred people who see one tick cost one reading of the meeting, not a hundred;
// its families, which a tick does not change, are read once a meeting.
type roomFacts struct {
	on       data.Date // deadlines and class names are of a day
	homes    *homes
	view     data.MeetingView   // whole, without what depends on the reader
	outline  []data.Invitee     // for those who do not read the class's level
	students []int64            // of all who are invited
	above    []data.MeetingNote // notes above the level normal, or struck
}

// rooms keeps the facts of meetings; see facts for its turn.
type rooms struct {
	mu      sync.Mutex
	turn    int64
	known   map[int64]*roomFacts
	homes   map[int64]*homes // by meeting
	reading map[int64]*sync.Mutex
}

// mostRooms bounds what is kept.
const mostRooms = 64

func newRooms() *rooms {
	return &rooms{known: map[int64]*roomFacts{}, homes: map[int64]*homes{}, reading: map[int64]*sync.Mutex{}}
}

func (r *rooms) now() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.turn
}

// get is the facts of a meeting; of many who ask at once one reads. Turn is what
// now said before the caller's transaction began: what that reads is no older.
func (r *rooms) get(meeting int64, today data.Date, turn int64, read func(*homes) (*roomFacts, error)) (*roomFacts, error) {
	if k, _ := r.peek(meeting, today); k != nil {
		return k, nil
	}
	one := r.oneReads(meeting)
	one.Lock()
	defer one.Unlock()
	k, h := r.peek(meeting, today)
	if k != nil {
		return k, nil
	}
	k, err := read(h)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.turn == turn {
		if len(r.known) >= mostRooms {
			clear(r.known)
			clear(r.homes)
		}
		r.known[meeting], r.homes[meeting] = k, k.homes
	}
	return k, nil
}

func (r *rooms) peek(meeting int64, today data.Date) (*roomFacts, *homes) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, h := r.known[meeting], r.homes[meeting]
	if k != nil && k.on != today {
		k = nil
	}
	if h != nil && h.on != today {
		h = nil
	}
	return k, h
}

// oneReads is held by whoever reads a meeting.
func (r *rooms) oneReads(meeting int64) *sync.Mutex {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reading[meeting] == nil {
		if len(r.reading) >= 4*mostRooms { // whoever waits for one of these reads for itself
			clear(r.reading)
		}
		r.reading[meeting] = &sync.Mutex{}
	}
	return r.reading[meeting]
}

// forget drops what a commit has touched. That a meeting moved can make others
// clash with it, and another process tells only what it wrote: then all are read
// anew, but for their families.
func (r *rooms) forget(refs []data.Ref) {
	if len(refs) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn++
	for _, ref := range refs {
		switch ref.Kind {
		case "meeting":
			delete(r.known, ref.ID)
		case "meetings", "resolution", "meeting_note", "setting":
			clear(r.known)
		case "household", "class":
			for id, h := range r.homes {
				if ref.Kind == "class" && h.class == ref.ID || h.households[ref.ID] && ref.Kind == "household" {
					delete(r.known, id)
					delete(r.homes, id)
				}
			}
		case "":
			clear(r.known)
			clear(r.homes)
		}
	}
}

// room reads a meeting with all that hangs on it; its families may be known.
func (d *Desk) room(t *tx, meeting int64, h *homes) (*roomFacts, error) {
	m, err := d.meeting(t, meeting)
	if err != nil {
		return nil, err
	}
	k := &roomFacts{on: d.db.today(), view: data.MeetingView{Meeting: m}}
	for _, read := range []func(*tx, *homes, *roomFacts) error{d.roomFamilies, d.roomNotes, d.roomMinutes, d.roomReady, d.roomTold} {
		if err := read(t, h, k); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// roomFamilies reads who is invited and who is there.
func (d *Desk) roomFamilies(t *tx, h *homes, k *roomFacts) error {
	rows, err := invitees(t, k.view.ID)
	if err != nil {
		return err
	}
	for _, i := range rows {
		k.students = append(k.students, i.of...)
	}
	if h == nil || !h.knows(k.students) {
		if h, err = d.classHomes(t, k.view.Class, k.students); err != nil {
			return err
		}
	}
	k.homes = h
	add, gone := data.Renew(plain(rows), h.want)
	if k.view.FamiliesChanged = len(add)+len(gone) > 0 && !k.view.State.Over() && k.view.State != data.MeetingCancelled; k.view.FamiliesChanged {
		k.view.FamiliesNew = add
		for _, n := range gone {
			k.view.FamiliesGone = append(k.view.FamiliesGone, rows[n].ID)
		}
	}
	for _, row := range rows {
		k.view.Invitees = append(k.view.Invitees, h.family(row))
	}
	slices.SortStableFunc(k.view.Invitees, func(a, b data.Invitee) int { return cmp.Compare(firstNumber(a), firstNumber(b)) })
	k.outline, k.view.FamiliesNew = outlines(k.view.Invitees), outlines(k.view.FamiliesNew)
	return nil
}

// outlines are invitees as those see them who do not read the class's level.
func outlines(of []data.Invitee) []data.Invitee {
	out := slices.Clone(of)
	normal := func(l data.Level) bool { return l <= data.Normal }
	for n := range out {
		i := &out[n]
		i.Guardian, i.Guardians, i.Students = i.Guardian.For(normal), slices.Clone(i.Guardians), slices.Clone(i.Students)
		for g := range i.Guardians {
			i.Guardians[g] = i.Guardians[g].For(normal)
		}
		for s := range i.Students {
			i.Students[s] = i.Students[s].For(normal)
		}
	}
	return out
}

func firstNumber(i data.Invitee) string {
	if len(i.Students) == 0 {
		return ""
	}
	return i.Students[0].Number
}

// knows reports whether all these students are among the families that were read.
func (h *homes) knows(students []int64) bool {
	for _, id := range students {
		if _, ok := h.students[id]; !ok {
			return false
		}
	}
	return true
}

// family is an invitee with its children and whom to call.
func (h *homes) family(row inviteeRow) data.Invitee {
	i := row.Invitee
	for _, id := range row.of {
		i.Students = append(i.Students, h.students[id])
	}
	slices.SortFunc(i.Students, func(a, b data.Student) int { return cmp.Compare(a.Number, b.Number) })
	if len(i.Students) == 0 {
		return i
	}
	i.Guardians = h.guardians[i.Students[0].ID]
	if call := data.Callable(i.Guardians); len(call) > 0 {
		i.Guardian = call[0]
	}
	for _, g := range i.Guardians {
		if g.Person == i.Person && i.Person != 0 {
			i.Guardian = g
		}
	}
	return i
}

// roomNotes reads topics, notes and resolutions.
func (d *Desk) roomNotes(t *tx, _ *homes, k *roomFacts) error {
	topics, err := list(t, topicSQL+"WHERE x.meeting = ? ORDER BY x.id", []any{k.view.ID}, scanTopic)
	if err != nil {
		return err
	}
	for _, x := range topics {
		k.view.Topics = append(k.view.Topics, x.MeetingTopic)
	}
	if k.view.Notes, err = list(t, noteSQL+"WHERE n.meeting = ? ORDER BY n.id", []any{k.view.ID}, scanNote); err != nil {
		return err
	}
	for _, n := range k.view.Notes {
		if n.Level > data.Normal || n.Struck {
			k.above = append(k.above, n)
		}
	}
	found, err := d.resolutions(t, "AND r.meeting = ? ORDER BY r.n", k.view.ID)
	for _, r := range found {
		k.view.Resolutions = append(k.view.Resolutions, r.Resolution)
	}
	return err
}

// roomMinutes reads how far the minutes are.
func (d *Desk) roomMinutes(t *tx, _ *homes, k *roomFacts) error {
	r, err := minutesOf(t, k.view.ID)
	k.view.Minutes, k.view.MinutesNumber, k.view.MinutesVersion = r.state, r.number, r.newest
	return err
}

// roomReady reads what the meeting lacks before it may begin.
func (d *Desk) roomReady(t *tx, _ *homes, k *roomFacts) (err error) {
	v := &k.view
	if v.NoticeBy, v.NoticeSure, err = d.noticeBy(t, v.Meeting); err != nil || v.State.Over() || v.State == data.MeetingCancelled {
		return err
	}
	if v.Clashes, err = d.clashes(t, v.Meeting); err != nil {
		return err
	}
	waiting := 0
	for _, x := range v.Topics {
		if x.State == data.TopicProposed {
			waiting++
		}
	}
	v.Lacks = v.Meeting.Lacks(data.Ready{Items: len(v.Agenda), Planned: v.PlannedMinutes(), Invited: len(v.Invitees), Waiting: waiting, Clash: len(v.Clashes) > 0, By: v.NoticeBy})
	return nil
}

// clashes lists the meetings at the same time that want the same place, people or
// families, whoever may see them.
func (d *Desk) clashes(t *tx, m data.Meeting) (out []data.Clash, err error) {
	others, err := list(t, "SELECT id, kind, title, scope_id, starts_at, ends_at, place, chair, secretary, state FROM meeting WHERE "+live+
		" AND starts_at > ? AND starts_at < ? AND id <> ? ORDER BY starts_at, id", []any{stamp(m.Starts.Add(-data.LongestMeeting)), stamp(m.Ends), m.ID},
		func(r row) (o data.Meeting, err error) {
			return o, r.Scan(&o.ID, &o.Kind, &o.Title, &o.Class, moment{&o.Starts}, moment{&o.Ends}, &o.Place, &o.Chair, &o.Secretary, &o.State)
		})
	for _, o := range others {
		if c, clash := m.ClashWith(o); clash && !o.State.Over() {
			out = append(out, c)
		}
	}
	return out, err
}

// roomTold reads which of the absent families were reached since, and what is
// still to be done before the meeting is closed.
func (d *Desk) roomTold(t *tx, _ *homes, k *roomFacts) error {
	if !k.view.State.Over() {
		return nil
	}
	untold := 0
	for n := range k.view.Invitees {
		i := &k.view.Invitees[n]
		if !i.Attendance.Missed() {
			continue
		}
		if err := d.toldSince(t, k.view.Meeting, i); err != nil {
			return err
		}
		k.outline[n].Told, k.outline[n].ToldBy = i.Told, i.ToldBy
		if i.Told.IsZero() {
			untold++
		}
	}
	if k.view.State != data.MeetingClosed {
		k.view.CloseWaits = k.view.Meeting.CloseWaits(k.view.Minutes.Sealed(), untold)
	}
	return nil
}

// toldSince is the first talk after a meeting with a family that was not there,
// but for secret ones: with the household, or of parents who live apart with that
// one.
func (d *Desk) toldSince(t *tx, m data.Meeting, i *data.Invitee) error {
	var c data.Contact
	found, err := list(t, "SELECT x.at, p.name FROM contact_student x JOIN contact c ON c.id = x.contact JOIN account a ON a.id = c.staff JOIN person p ON p.id = a.person "+
		"WHERE x.household = ? AND x.reached = 1 AND x.at >= ? AND x.level < 4 AND COALESCE(c.meeting, 0) <> ? AND (? = 0 OR EXISTS (SELECT 1 FROM contact_guardian g WHERE g.contact = c.id AND g.person = ?)) "+
		"ORDER BY x.at LIMIT 1", []any{i.Household, stamp(m.Held), m.ID, i.Person, i.Person}, func(r row) (name string, err error) {
		return name, r.Scan(moment{&c.At}, &name)
	})
	if len(found) > 0 {
		i.Told, i.ToldBy = data.DayOf(c.At), found[0]
	}
	return err
}
