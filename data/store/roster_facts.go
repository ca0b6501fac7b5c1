package store

import (
	"slices"
	"sync"

	"qiao/data"
)

// What a roster shows is the same for all who see the class, but for what their
// level leaves out: it is read once, and kept until a commit touches the class.
// A morning's fifty open rosters cost one reading a save, not fifty.
type (
	classFacts struct {
		on         data.Date // marks are of a day's month and term
		rows       []rowFacts
		households map[int64]bool
	}
	rowFacts struct {
		row      data.RosterRow  // without what depends on the reader
		whole    []data.Guardian // for those who read the class's level
		outline  []data.Guardian // for the others
		newest   []placedContact
		promises []placedPromise
	}
	placedContact struct {
		data.Contact
		of []data.Place
	}
	placedPromise struct {
		promised
		place data.Place
	}
)

// facts keeps classes' facts. Each change bumps the turn, and what was begun in
// an older turn is not kept: it may have been read before the change.
type facts struct {
	mu    sync.Mutex
	turn  int64
	known map[int64]*classFacts
	under map[int64]*reading

	calendar   *data.Calendar
	calendarOf data.Date // the day it was read for

	sums map[int64]classSums
}

// classSums are of a day: what is late, and what this month began.
type classSums struct {
	on data.Date
	classLine
}

// A reading of a class is under way: after a save all who have it open ask at
// once, and one reads for them.
type reading struct {
	turn int64
	done chan struct{}
	k    *classFacts
	err  error
}

// mostClasses bounds what is kept: a head of school looks at one after another.
const mostClasses = 64

func newFacts() facts {
	return facts{known: map[int64]*classFacts{}, under: map[int64]*reading{}, sums: map[int64]classSums{}}
}

func (f *facts) calendarOn(day data.Date) *data.Calendar {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calendarOf != day {
		return nil
	}
	return f.calendar
}

func (f *facts) keepCalendar(c *data.Calendar, day data.Date, turn int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.turn == turn {
		f.calendar, f.calendarOf = c, day
	}
}

func (f *facts) now() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.turn
}

// get returns a class's facts. Turn is what now said before the caller's
// transaction began: what that reads is no older.
func (f *facts) get(class int64, today data.Date, turn int64, read func() (*classFacts, error)) (*classFacts, error) {
	f.mu.Lock()
	if k := f.known[class]; k != nil && k.on == today {
		f.mu.Unlock()
		return k, nil
	}
	if r := f.under[class]; r != nil && r.turn == f.turn {
		f.mu.Unlock()
		<-r.done
		return r.k, r.err
	}
	r := &reading{turn: turn, done: make(chan struct{}), err: errClosed} // should read panic
	f.under[class] = r
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.under[class] == r {
			delete(f.under, class)
		}
		if r.err == nil && f.turn == turn {
			if len(f.known) >= mostClasses {
				clear(f.known)
			}
			f.known[class] = r.k
		}
		close(r.done)
	}()
	r.k, r.err = read()
	return r.k, r.err
}

// sumsOf returns a class's sums, as get does its facts. They are small, so those
// of all classes are kept.
func (f *facts) sumsOf(class int64, today data.Date, turn int64, read func() (classLine, error)) (classLine, error) {
	f.mu.Lock()
	s, ok := f.sums[class]
	f.mu.Unlock()
	if ok && s.on == today {
		return s.classLine, nil
	}
	line, err := read()
	f.mu.Lock()
	defer f.mu.Unlock()
	if err == nil && f.turn == turn {
		f.sums[class] = classSums{today, line}
	}
	return line, err
}

// forget drops what a commit has touched.
func (f *facts) forget(refs []data.Ref) {
	if len(refs) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.turn++
	for _, r := range refs {
		switch r.Kind {
		case "class":
			delete(f.known, r.ID)
			delete(f.sums, r.ID)
		case "household":
			for class, k := range f.known {
				if k.households[r.ID] {
					delete(f.known, class)
				}
			}
		case "setting":
			f.calendar = nil
		case "calendar":
			f.calendar = nil
			clear(f.sums) // the term may begin on another day
		case "":
			f.calendar = nil
			clear(f.known)
			clear(f.sums)
		}
	}
}

// classFacts reads a class.
func (d *Desk) classFacts(t *tx, class int64) (*classFacts, error) {
	k := &classFacts{on: d.db.today(), households: map[int64]bool{}}
	students, err := list(t, studentSQL+"AND s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') ORDER BY s.number", []any{d.year(), class}, scanStudent)
	if err != nil {
		return nil, err
	}
	by, err := d.classGuardians(t, class)
	if err != nil {
		return nil, err
	}
	term, err := d.termStart(t)
	if err != nil {
		return nil, err
	}
	k.rows = make([]rowFacts, 0, len(students))
	for _, s := range students {
		f := rowFacts{row: data.RosterRow{Student: s}, whole: uncalled(by[s.ID])}
		for _, g := range f.whole {
			f.outline = append(f.outline, g.For(func(l data.Level) bool { return l <= data.Normal }))
		}
		if err := d.rowFacts(t, &f, term); err != nil {
			return nil, err
		}
		k.rows = append(k.rows, f)
		k.households[s.Household] = true
	}
	return k, nil
}

// classGuardians reads the guardians of a whole class at once.
func (d *Desk) classGuardians(t *tx, class int64) (map[int64][]data.Guardian, error) {
	var all []data.Guardian
	err := t.rows(guardianSQL+"WHERE g.student IN (SELECT id FROM student WHERE class = ?)"+guardianOrder,
		[]any{class}, gather(&all))
	by := map[int64][]data.Guardian{}
	for _, g := range all {
		by[g.Student] = append(by[g.Student], g)
	}
	return by, err
}

// rowFacts reads what a row says of contacts and promises.
func (d *Desk) rowFacts(t *tx, f *rowFacts, term data.Date) (err error) {
	s, today := f.row.Student, d.db.today()
	if f.row.LastOn, err = d.lastReached(t, s.Household); err != nil {
		return err
	}
	month := data.On(today.Year(), today.Month(), 1)
	f.row.Month, f.row.Visit = data.MarkOpen, data.MarkOpen
	var reached, visited bool
	err = t.row("SELECT EXISTS (SELECT 1 FROM contact_student WHERE student = ? AND reached = 1 AND at >= ?), "+
		"EXISTS (SELECT 1 FROM contact_student WHERE student = ? AND visit = 1 AND at >= ?)",
		[]any{s.ID, stamp(month.Start()), s.ID, stamp(term.Start())}, &reached, &visited)
	if err != nil {
		return err
	}
	if reached {
		f.row.Month = data.MarkDone
	}
	if visited {
		f.row.Visit = data.MarkDone
	}
	if f.row.Flagged, err = d.flagged(t, s); err != nil {
		return err
	}
	if f.newest, err = d.newest(t, s); err != nil {
		return err
	}
	ps, err := d.promisesWhere(t, "AND p.household = ? AND p.state = 'open' ORDER BY p.due_on IS NULL, p.due_on, p.id LIMIT 20", s.Household)
	for _, p := range ps {
		of := s
		if p.Student != s.ID {
			if of, err = d.student(t, p.Student); err != nil {
				return err
			}
		}
		f.promises = append(f.promises, placedPromise{p, of.Place()})
	}
	return err
}

// newest reads the newest contacts of a student's household down to one that
// everybody with a right to the card knows of: a talk about a brother in another
// class is for his teachers.
func (d *Desk) newest(t *tx, s data.Student) (out []placedContact, err error) {
	ids, err := list(t, "SELECT x.contact FROM "+householdLine+" ORDER BY x.at DESC, x.contact DESC LIMIT 12",
		[]any{s.Household}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	for _, id := range ids {
		st, err := t.stmt(contactSQL + "WHERE c.id = ?")
		if err != nil {
			return nil, err
		}
		c, err := scanContact(st.QueryRow(id))
		if err != nil {
			return nil, err
		}
		of, err := d.attach(t, &c)
		if err != nil {
			return nil, err
		}
		c.Sight = data.Whole
		out = append(out, placedContact{c, of})
		if c.Level < data.Secret && slices.Contains(c.Students, s.ID) {
			break
		}
	}
	return out, err
}

// rowFor is a row as me may see it. What it points at is shared by all who read
// the class, and nobody's to change.
func (d *Desk) rowFor(t *tx, me data.Account, f *rowFacts) data.RosterRow {
	row, now := f.row, d.db.now()
	reads := me.Reads(now, row.Student.Place())
	row.Student, row.Guardians = row.Student.For(reads), f.outline
	if reads(data.ClassOnly) {
		row.Guardians = f.whole
	}
	for i := range f.newest {
		c := &f.newest[i]
		if me.SightOf(now, c.Authored(), c.of) == data.Whole {
			row.Last = &c.Contact
			t.texts(me, c.Contact)
			break
		}
		if shown, ok := d.shown(me, c.Contact, c.of, false); ok {
			row.Last = &shown
			t.texts(me, shown)
			break
		}
	}
	for _, p := range f.promises {
		if len(row.Promises) == 5 {
			break
		}
		if me.SightOf(now, p.authored(), []data.Place{p.place}) == data.Whole || p.Owner == me.ID && p.Owner != 0 {
			row.Promises = append(row.Promises, p.Promise)
			t.promised(me, p.promised)
		}
	}
	return row
}

// A classLine is a class's sums, the same for all who see the class but for its
// open promises: of those each reader is told the ones of the levels they read.
type classLine struct {
	data.ClassLine
	open, late [data.Secret + 1]int // by level
}

// upTo is the line as somebody sees it who reads these levels.
func (c classLine) upTo(reads func(data.Level) bool) data.ClassLine {
	out := c.ClassLine
	for l := range c.open {
		if reads(data.Level(l)) {
			out.Open, out.Late = out.Open+c.open[l], out.Late+c.late[l]
		}
	}
	return out
}
