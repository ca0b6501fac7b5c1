package tui_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/tuitest"
)

// A try is one thing that somebody tries to do, and what the matrix calls it.
type try struct {
	name   string
	rec    data.Record
	act    data.Act
	limits []data.Limit // that the try keeps to
	own    bool         // with an entry of one's own
	sees   data.Level   // one must read a text of this level of the writer's besides; 0: none
	do     func(d *store.Desk, child int64) error
}

// The writer's contacts, by child and level: 1 to 4 days ago, so two of each
// child are past the 48 hours.
func written(child int64, l data.Level) int64 { return 2*(int64(data.Secret)-int64(l)) + child }

func tries(t *testing.T) []try {
	ctx := t.Context()
	contact := func(ch data.Channel, dir data.Direction) func(d *store.Desk, child int64) error {
		return func(d *store.Desk, child int64) error {
			_, err := d.SaveContact(ctx, data.Contact{Students: []int64{child}, At: tuitest.Now, Channel: ch, Direction: dir, Summary: "谈过了"}, data.Ref{})
			return err
		}
	}
	correct := func(l data.Level) func(d *store.Desk, child int64) error {
		return func(d *store.Desk, child int64) error {
			c, err := d.Contact(ctx, written(child, l))
			if err == nil {
				c.Summary = "改过了"
				_, err = d.SaveContact(ctx, c, data.Ref{})
			}
			return err
		}
	}
	remove := func(l data.Level) func(d *store.Desk, child int64) error {
		return func(d *store.Desk, child int64) error { return d.RemoveContact(ctx, written(child, l), "记错了") }
	}
	family := func(change func(*data.FamilyEdit)) func(d *store.Desk, child int64) error {
		return func(d *store.Desk, child int64) error {
			e, err := d.Family(ctx, child)
			if err == nil {
				change(&e)
				_, err = d.SaveFamily(ctx, e)
			}
			return err
		}
	}
	word := func(s string) data.RoleWord {
		w, err := data.ParseRole(s)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	return []try{
		{"call out", data.RecContact, data.Create, nil, true, 0, contact(data.PhoneCall, data.Outgoing)},
		{"call in", data.RecContact, data.Create, []data.Limit{data.IncomingOnly}, true, 0, contact(data.PhoneCall, data.Incoming)},
		{"visit", data.RecHomeVisit, data.Create, nil, true, 0, contact(data.HomeVisit, data.Outgoing)},
		{"correct another's", data.RecContact, data.Edit, nil, false, data.Normal, correct(data.Normal)},
		{"take another's away", data.RecDeletion, data.Delete, []data.Limit{data.TwoDays}, false, data.Normal, remove(data.Normal)},
		{"take an old one away", data.RecDeletion, data.Delete, nil, false, data.Restricted, remove(data.Restricted)},
		{"keep a promise", data.RecContact, data.Create, nil, true, data.Normal, func(d *store.Desk, child int64) error {
			p, err := d.Promise(ctx, written(child, data.Normal))
			if err == nil {
				p.State = data.PromiseKept
				_, err = d.SavePromise(ctx, p)
			}
			return err
		}},
		{"move", data.RecFamily, data.Edit, nil, false, 0, family(func(e *data.FamilyEdit) { e.Household.Address = "新巷" })},
		{"new number", data.RecFamily, data.Edit, []data.Limit{data.PhonesOnly}, false, 0, family(func(e *data.FamilyEdit) { e.Guardians[0].Phones[0].E164 = "+8610000077777" })},
		{"call a meeting", data.RecMeeting, data.Create, nil, false, 0, func(d *store.Desk, child int64) error {
			_, err := d.SaveMeeting(ctx, data.Meeting{Class: child, Title: "家长会", Starts: tuitest.Now, Ends: tuitest.Now.Add(time.Hour), Chair: tuitest.ChairOf(child), Secretary: tuitest.Writer}, data.Ref{})
			return err
		}},
		{"propose a topic", data.RecMeeting, data.View, nil, false, 0, func(d *store.Desk, child int64) error {
			_, err := d.ProposeTopic(ctx, tuitest.MarkedDraft(child), "作业", data.Ref{})
			return err
		}},
		{"change an agenda", data.RecMeeting, data.Edit, nil, false, 0, func(d *store.Desk, child int64) error {
			_, err := d.SaveAgendaItem(ctx, data.AgendaItem{Meeting: tuitest.MarkedDraft(child), Title: "作业", Minutes: 5})
			return err
		}},
		{"write a line into a room", data.RecMeeting, data.View, nil, false, 0, func(d *store.Desk, child int64) error {
			_, err := d.AddNote(ctx, data.MeetingNote{Meeting: tuitest.MarkedMeeting(child), Text: "作业"}, data.Ref{})
			return err
		}},
		{"lead a room", data.RecMeeting, data.Edit, nil, false, 0, func(d *store.Desk, child int64) error {
			id := tuitest.MarkedDraft(child)
			item, err := d.SaveAgendaItem(ctx, data.AgendaItem{Meeting: id, Title: "作业", Minutes: 5})
			for _, step := range []func() error{
				func() error { return d.OpenRoom(ctx, id) },
				func() error { return d.NextItem(ctx, id, 0, 0) },
				func() error { return d.PauseItem(ctx, id, item.ID, true) },
				func() error { return d.CloseRoom(ctx, id) },
			} {
				if err == nil {
					err = step()
				}
			}
			return err
		}},
		{"sign in", data.RecMeeting, data.Edit, nil, false, 0, func(d *store.Desk, child int64) error {
			id := tuitest.MarkedDraft(child)
			if err := d.OpenRoom(ctx, id); err != nil {
				return err
			}
			v, err := d.Meeting(ctx, id)
			if err == nil {
				err = d.MarkAttendance(ctx, id, []data.AttendanceMark{{Invitee: v.Invitees[0].ID, Attendance: data.Present}})
			}
			return err
		}},
		{"decide", data.RecMeeting, data.Edit, nil, false, 0, func(d *store.Desk, child int64) error {
			id := tuitest.MarkedDraft(child)
			err := d.OpenRoom(ctx, id)
			if err == nil {
				_, err = d.SaveResolution(ctx, data.Resolution{Meeting: id, Text: "作业", Owner: tuitest.Writer, Due: data.On(2026, 12, 1)}, data.Ref{})
			}
			return err
		}},
		{"open a room", data.RecMeeting, data.Edit, nil, false, 0, func(d *store.Desk, child int64) error { return d.OpenRoom(ctx, tuitest.MarkedDraft(child)) }},
		{"new account", data.RecAccount, data.Create, nil, false, 0, func(d *store.Desk, _ int64) error {
			_, err := d.AddAccount(ctx, "新员工", []data.RoleWord{word("front-desk")})
			return err
		}},
		{"give a role", data.RecAccount, data.Edit, nil, false, 0, func(d *store.Desk, child int64) error {
			return d.Grant(ctx, tuitest.Writer, word([]string{"front-desk", "committee-secretary"}[child-1]))
		}},
		{"lock out", data.RecAccount, data.Edit, nil, false, 0, func(d *store.Desk, _ int64) error { return d.Disable(ctx, tuitest.Writer) }},
		{"import", data.RecStudent, data.Create, []data.Limit{data.ByImport}, false, 0, func(d *store.Desk, _ int64) error {
			_, err := d.ImportRoster(ctx, data.RosterFile{}, data.RosterOptions{Force: true})
			return err
		}},
	}
}

// gives reports whether the matrix gives an account a try with a child: a second
// reading of it, beside the program's own.
func (x try) gives(a data.Account, m tuitest.Mark) bool {
	if x.sees > 0 {
		text := m
		text.Field, text.Level, text.Writer = "", x.sees, tuitest.Writer
		if !text.For(a, tuitest.Now) {
			return false
		}
	}
	for _, g := range a.Grants {
		role, ok := g.RoleAt(tuitest.Now)
		if !ok || x.rec != data.RecAccount && !m.Within(g) {
			continue
		}
		for _, r := range data.RightsOf(role, x.rec) {
			if slices.Contains(r.Acts, x.act) && (r.Reach == data.InScope || x.own || a.ID == tuitest.Writer && x.sees > 0) &&
				(r.Limit == data.Unlimited || slices.Contains(x.limits, r.Limit)) {
				return true
			}
		}
	}
	return false
}

// Every role tries everything with a child of its own and one of another class,
// each in a school of its own: it can do what the matrix gives it, and nothing
// else. That the child is not there is told to whom does not find it.
func TestWhatOneCanDoIsTheMatrix(t *testing.T) {
	for i, who := range tuitest.MarkedRoles {
		for _, x := range tries(t) {
			t.Run(who.Name+", "+x.name, func(t *testing.T) { x.by(t, int64(i+1)) })
		}
	}
}

func (x try) by(t *testing.T, who int64) {
	db, marks := tuitest.Marked(t)
	me, err := db.As(who).Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, child := range []int64{tuitest.MarkedB, tuitest.MarkedA} {
		m := marks[slices.IndexFunc(marks, func(m tuitest.Mark) bool { return m.Child == child && m.Field == "student.name" })]
		err := x.do(db.As(me.ID), child)
		if len(data.Faults(err)) > 0 {
			t.Fatal(err)
		}
		given := x.gives(me, m)
		switch {
		case given != (err == nil):
			t.Errorf("child %d: the matrix gives it: %v; the desk says %v", child, given, err)
		case err != nil && !errors.Is(err, data.ErrNotFound) && !errors.Is(err, data.ErrForbidden):
			t.Errorf("child %d: %v", child, err)
		case errors.Is(err, data.ErrForbidden) && x.rec != data.RecAccount && x.rec != data.RecStudent && !m.For(me, tuitest.Now):
			t.Errorf("child %d: the answer tells that there is such a child", child)
		}
	}
}
