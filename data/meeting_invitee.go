package data

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Households makes the invitees of a class out of its children: one a household,
// with all its children in the class, and two where the parents live apart and
// both may be asked: one for each.
func Households(students []Student, guardians map[int64][]Guardian, apart map[int64]bool) (out []Invitee) {
	at := map[int64]int{}
	for _, s := range students {
		if i, ok := at[s.Household]; ok {
			for ; i < len(out) && out[i].Household == s.Household; i++ {
				out[i].Students = append(out[i].Students, s)
			}
			continue
		}
		at[s.Household] = len(out)
		both := parents(guardians[s.ID])
		if !apart[s.Household] || len(both) < 2 {
			first := Guardian{}
			if call := Callable(guardians[s.ID]); len(call) > 0 {
				first = call[0]
			}
			out = append(out, Invitee{Household: s.Household, Students: []Student{s}, Guardian: first, Guardians: guardians[s.ID]})
			continue
		}
		for _, g := range both {
			out = append(out, Invitee{Household: s.Household, Person: g.Person, Students: []Student{s}, Guardian: g, Guardians: guardians[s.ID]})
		}
	}
	return out
}

// parents is the father and the mother of a child, of those whom one may call,
// where they do not both live with it.
func parents(gs []Guardian) (out []Guardian) {
	with := 0
	for _, g := range Callable(gs) {
		if g.Relation == Father || g.Relation == Mother {
			out = append(out, g)
			if g.LivesWith {
				with++
			}
		}
	}
	if with > 1 {
		return nil
	}
	return out
}

// LivesApart reports whether a household of this kind may be two homes, so that
// father and mother are each asked.
func (s Structure) LivesApart() bool { return s == OneParent || s == Remarried }

// marked reports whether somebody has noted anything of the invitee, so that the
// row must stay whatever becomes of the family.
func (i Invitee) marked() bool {
	return i.Attendance != Unmarked && i.Attendance != "" || i.Reply != NoReply
}

// seat is what tells invitees of one meeting apart.
type seat struct{ household, person int64 }

// Renew is what must change so that those who are invited are those who should
// be: who is to be asked besides, and whose rows go, by their place in have. A
// row that is marked stays, and stands for its household, or of parents who live
// apart now for the one who came, else for the first of them: a family that
// splits in the middle of a meeting keeps what was noted and gains a row.
func Renew(have, want []Invitee) (add []Invitee, gone []int) {
	has, stands := map[seat]bool{}, map[int64]*Invitee{}
	for i := range have {
		h := &have[i]
		has[seat{h.Household, h.Person}] = true
		if h.Person == 0 && h.marked() {
			stands[h.Household] = h
		}
	}
	for n, w := range want {
		whole := stands[w.Household]
		if has[seat{w.Household, w.Person}] || whole != nil && w.Person == standsFor(*whole, want, has) || w.Person == 0 && split(have, w.Household) {
			continue
		}
		add = append(add, want[n])
	}
	wanted := map[seat]bool{}
	for _, w := range want {
		wanted[seat{w.Household, w.Person}] = true
	}
	for i, h := range have {
		if !wanted[seat{h.Household, h.Person}] && !h.marked() {
			gone = append(gone, i)
		}
	}
	return add, gone
}

// split reports whether a household has a marked row of one of two parents, who
// then stands for it when they live together again.
func split(have []Invitee, household int64) bool {
	return slices.ContainsFunc(have, func(h Invitee) bool { return h.Household == household && h.Person != 0 && h.marked() })
}

// standsFor is which of two parents the row of their one household is now.
func standsFor(whole Invitee, want []Invitee, has map[seat]bool) (person int64) {
	for _, w := range want {
		switch {
		case w.Household != whole.Household:
		case w.Person == whole.CamePerson:
			return w.Person
		case person == 0 && !has[seat{w.Household, w.Person}]:
			person = w.Person
		}
	}
	return person
}

// An AttendanceMark is what somebody notes of one family; what is not given
// stays. The last mark holds.
type AttendanceMark struct {
	Invitee    int64
	Attendance Attendance // "": as it was
	Late       *int       // minutes after the beginning
	Left       *time.Time // before the end; the zero Time takes it back
	Came       *Came
}

// Came is who came for a family: one of its guardians, or somebody in words.
type Came struct {
	Person int64
	Text   string
}

// Check reports everything wrong with a mark.
func (k AttendanceMark) Check() error {
	var f faults
	if k.Attendance != "" {
		f.oneOf("attendance", string(k.Attendance), words(Attendances))
	}
	if k.Late != nil && (*k.Late < 0 || *k.Late > 600) {
		f.bad("late", WhyRange)
	}
	if k.Came != nil && utf8.RuneCountInString(Name(k.Came.Text)) > maxName {
		f.bad("came", WhyTooLong)
	}
	return f.err()
}

// Mark is the invitee with the mark. Who was not there came neither late nor
// left early; nobody came for them.
func (i Invitee) Mark(k AttendanceMark) Invitee {
	if k.Attendance != "" {
		i.Attendance = k.Attendance
	}
	if k.Late != nil {
		i.LateMin = *k.Late
	}
	if k.Left != nil {
		i.Left = *k.Left
	}
	if k.Came != nil {
		i.CamePerson, i.CameText = k.Came.Person, Name(k.Came.Text)
	}
	if !i.Attendance.Came() {
		i.LateMin, i.Left, i.CamePerson, i.CameText = 0, time.Time{}, 0, ""
	}
	return i
}

// A ReplyMark is what one family said to the notice.
type ReplyMark struct {
	Invitee int64
	Reply   Reply
	Why     string
}

// Check reports everything wrong with a reply.
func (r ReplyMark) Check() error {
	var f faults
	f.oneOf("reply", string(r.Reply), words(Replies))
	f.atMost("reason", r.Why, maxWhy)
	return f.err()
}

// A Turnout is the sums of who was asked and who came, in households.
type Turnout struct {
	Invited, Replied, Coming    int
	Read                        int // the notice, whether or not they answered
	Present, Video, Represented int
	Excused, Absent, Unmarked   int
	Late, LeftEarly             int
}

// Came is how many families were there.
func (t Turnout) Came() int { return t.Present + t.Video + t.Represented }

// TurnoutOf sums up.
func TurnoutOf(of []Invitee) (t Turnout) {
	t.Invited = len(of)
	for _, i := range of {
		if i.Reply != NoReply {
			t.Read++
		}
		switch i.Reply {
		case WillCome:
			t.Coming++
			t.Replied++
		case WillNot:
			t.Replied++
		}
		switch i.Attendance {
		case Present:
			t.Present++
		case ByVideo:
			t.Video++
		case Represented:
			t.Represented++
		case Excused:
			t.Excused++
		case Absent:
			t.Absent++
		default:
			t.Unmarked++
		}
		if i.LateMin > 0 {
			t.Late++
		}
		if !i.Left.IsZero() {
			t.LeftEarly++
		}
	}
	return t
}

// Attended is the contact that a family's card shows of a meeting that it came to:
// with the chair, at school or by video, from when they came until they left.
func (m Meeting) Attended(i Invitee) Contact {
	c := Contact{Household: i.Household, At: m.Opened.Add(time.Duration(i.LateMin) * time.Minute), Channel: SchoolVisit, Direction: Outgoing, Outcome: Reached,
		Level: Normal, Summary: m.Title, Staff: m.Chair, StaffName: m.ChairName, Meeting: m.ID}
	if i.Attendance == ByVideo {
		c.Channel = VideoCall
	}
	until := m.Held
	if !i.Left.IsZero() && i.Left.Before(until) {
		until = i.Left
	}
	if until.Before(c.At) { // marked later than it ended, by a clock that was set back
		c.At = m.Opened
	}
	c.Minutes = min(max(0, int(until.Sub(c.At).Minutes())), 24*60)
	if i.CamePerson != 0 {
		c.Guardians = []int64{i.CamePerson}
	} else if i.CameText != "" {
		c.Summary += " (" + i.CameText + ")"
	}
	return c
}
