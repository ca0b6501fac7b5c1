package data

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// aDay is any day of three school years.
var aDay = rapid.Custom(func(t *rapid.T) Date { return On(2026, 1, 1).AddDays(rapid.IntRange(0, 1000).Draw(t, "day")) })

// The notice has so many worked days between it and the meeting, whichever days
// are off, and goes out on one; that a day is estimated is said.
func TestNoticeIsCountedInWorkdays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Calendar{Days: rapid.MapOf(aDay, rapid.SampledFrom([]DayKind{PublicHoliday, LongHoliday, ShiftDay})).Draw(t, "days")}
		meeting, n := aDay.Draw(t, "meeting"), rapid.IntRange(1, 20).Draw(t, "workdays")
		c.Notice = n
		by, sure := c.NoticeBy(meeting)
		worked, known := 0, true
		for d := by; d.Before(meeting); d = d.AddDays(1) {
			work, certain := c.Workday(d)
			known = known && certain
			if work {
				worked++
			}
		}
		if work, _ := c.Workday(by); worked != n || n > 0 && !work || sure != known || meeting.Before(by) {
			t.Fatalf("%v before %v: %d worked days, sure %v and is %v", by, meeting, worked, sure, known)
		}
	})
}

// A family as the tests draw it: children of one household and their relatives.
func aClass(t *rapid.T) (students []Student, guardians map[int64][]Guardian, apart map[int64]bool) {
	guardians, apart = map[int64][]Guardian{}, map[int64]bool{}
	homes := rapid.IntRange(1, 4).Draw(t, "homes")
	for id := range int64(rapid.IntRange(1, 9).Draw(t, "children")) {
		s := Student{ID: id + 1, Household: int64(rapid.IntRange(1, homes).Draw(t, "home"))}
		students = append(students, s)
		if rapid.Bool().Draw(t, "two parents") {
			for n, relation := range []Relation{Father, Mother} {
				guardians[s.ID] = append(guardians[s.ID], Guardian{Person: s.Household*10 + int64(n), Relation: relation, LivesWith: n == 0, Phones: []Phone{{E164: "+8610000000000"}}})
			}
			apart[s.Household] = apart[s.Household] || rapid.Bool().Draw(t, "apart")
			continue
		}
		for n := range rapid.IntRange(0, 3).Draw(t, "guardians") {
			g := Guardian{Person: s.Household*10 + int64(n), Student: s.ID, Relation: rapid.SampledFrom([]Relation{Father, Mother, Grandmother}).Draw(t, "relation"),
				LivesWith: rapid.Bool().Draw(t, "lives with"), DoNotContact: rapid.Bool().Draw(t, "do not contact")}
			if rapid.Bool().Draw(t, "phone") {
				g.Phones = []Phone{{E164: "+8610000000000"}}
			}
			guardians[s.ID] = append(guardians[s.ID], g)
		}
		apart[s.Household] = apart[s.Household] || rapid.Bool().Draw(t, "apart")
	}
	return students, guardians, apart
}

// Every child's household is asked: once, or once each of two parents who live
// apart and may both be called. Nobody is asked whom one must not call.
func TestHouseholdsAreInvited(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		students, guardians, apart := aClass(t)
		rows := Households(students, guardians, apart)
		of := map[int64][]Invitee{}
		for _, i := range rows {
			of[i.Household] = append(of[i.Household], i)
			if i.Guardian.DoNotContact || i.Guardian.Person != 0 && i.Guardian.First() == "" {
				t.Fatalf("whom one must not call is asked: %+v", i)
			}
		}
		for _, s := range students {
			for _, i := range of[s.Household] {
				if !slices.ContainsFunc(i.Students, func(o Student) bool { return o.ID == s.ID }) {
					t.Fatalf("child %d is not in its household's row", s.ID)
				}
			}
			if n := len(of[s.Household]); n == 0 || n > 1 && !apart[s.Household] {
				t.Fatalf("household %d has %d rows", s.Household, n)
			}
		}
		for home, rows := range of {
			if len(rows) > 1 && slices.ContainsFunc(rows, func(i Invitee) bool { return i.Person == 0 || i.Guardian.Person != i.Person }) {
				t.Fatalf("household %d has rows of nobody: %+v", home, rows)
			}
		}
	})
}

// Whatever becomes of the families: a marked row stays, an unmarked one that is
// not wanted goes, each household has a row, and once it is done there is nothing
// more to do.
func TestInviteesFollowTheFamilies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		students, guardians, apart := aClass(t)
		have := Households(students, guardians, apart)
		for i := range have {
			have[i].Attendance = rapid.SampledFrom([]Attendance{Unmarked, Unmarked, Present, Absent}).Draw(t, "attendance")
			if have[i].Attendance.Came() && len(have[i].Guardians) > 0 && rapid.Bool().Draw(t, "who") {
				have[i].CamePerson = have[i].Guardians[0].Person
			}
		}
		for h := range apart { // some part, some come together again
			apart[h] = rapid.Bool().Draw(t, "apart now")
		}
		for id := range guardians {
			for i := range guardians[id] {
				guardians[id][i].LivesWith = rapid.Bool().Draw(t, "lives with now")
			}
		}
		for i := range students { // some move out
			if rapid.IntRange(0, 3).Draw(t, "moves") == 0 {
				students[i].Household += 100
			}
		}
		want := Households(students, guardians, apart)
		add, gone := Renew(have, want)
		var now []Invitee
		for i, h := range have {
			if !slices.Contains(gone, i) {
				now = append(now, h)
			} else if h.marked() {
				t.Fatalf("a marked row goes: %+v", h)
			}
		}
		now = append(now, add...)
		if add, gone := Renew(now, want); len(add)+len(gone) > 0 {
			t.Fatalf("done, and still to do: %+v, %v", add, gone)
		}
		for _, w := range want {
			rows, marked := 0, 0
			for _, i := range now {
				if i.Household == w.Household {
					rows++
					marked += map[bool]int{true: 1}[i.marked()]
				}
			}
			if rows == 0 || w.Person == 0 && rows > max(1, marked) {
				t.Fatalf("household %d has %d rows, %d of them marked, and should have one", w.Household, rows, marked)
			}
		}
	})
}

// An item that is moved stands where it was put, whatever positions there are.
func TestMovedItemStandsBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var items []AgendaItem
		at := int64(0)
		for id := range rapid.Int64Range(2, 8).Draw(t, "items") {
			at += rapid.Int64Range(1, 4).Draw(t, "gap")
			items = append(items, AgendaItem{ID: id + 1, Position: at})
		}
		moved := rapid.Int64Range(1, int64(len(items))).Draw(t, "moved")
		after := rapid.Int64Range(0, int64(len(items))).Filter(func(n int64) bool { return n != moved }).Draw(t, "after")
		want := slices.DeleteFunc(slices.Clone(items), func(i AgendaItem) bool { return i.ID == moved })
		want = slices.Insert(want, slices.IndexFunc(want, func(i AgendaItem) bool { return i.ID == after })+1, AgendaItem{ID: moved})
		position, fresh := Between(items, moved, after)
		if fresh {
			for i := range items {
				items[i].Position = int64(i+1) * PlaceStep
			}
			if position, fresh = Between(items, moved, after); fresh {
				t.Fatal("laid out anew, and no room")
			}
		}
		if slices.ContainsFunc(items, func(i AgendaItem) bool { return i.ID != moved && i.Position == position }) {
			t.Fatalf("two stand at %d: %v", position, items)
		}
		items[moved-1].Position = position
		slices.SortFunc(items, func(a, b AgendaItem) int { return int(a.Position - b.Position) })
		if !slices.EqualFunc(items, want, func(a, b AgendaItem) bool { return a.ID == b.ID }) {
			t.Fatalf("%v, not %v", items, want)
		}
	})
}

// Two meetings clash or do not, whichever is asked; never where their times do
// not meet, and always where their chair is the same person at the same time.
func TestClashesAreMutual(t *testing.T) {
	aMeeting := func(t *rapid.T, id int64) Meeting {
		m := Meeting{ID: id, Kind: rapid.SampledFrom(MeetingKinds).Draw(t, "kind"), Class: rapid.Int64Range(1, 3).Draw(t, "class"), Chair: rapid.Int64Range(1, 4).Draw(t, "chair"), Secretary: rapid.Int64Range(1, 4).Draw(t, "secretary"),
			Place: rapid.SampledFrom([]string{"", "礼堂", "教室"}).Draw(t, "place"), State: rapid.SampledFrom([]MeetingState{MeetingDraft, MeetingNotified, MeetingCancelled}).Draw(t, "state")}
		m.Starts = On(2026, 12, 4).Start().Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "starts")) * 10 * time.Minute)
		m.Ends = m.Starts.Add(time.Duration(rapid.IntRange(1, 9).Draw(t, "lasts")) * 10 * time.Minute)
		return m
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := aMeeting(t, 1), aMeeting(t, 2)
		c, ab := a.ClashWith(b)
		_, ba := b.ClashWith(a)
		apart := !a.Starts.Before(b.Ends) || !b.Starts.Before(a.Ends) || a.State == MeetingCancelled || b.State == MeetingCancelled
		if ab != ba || apart && ab || !apart && a.Chair == b.Chair && !ab {
			t.Fatalf("%v and %v: %+v, %+v", ab, ba, a, b)
		}
		if online := a.Kind == OnlineMeeting || b.Kind == OnlineMeeting; ab && c.Place != (!online && a.Place != "" && a.Place == b.Place) {
			t.Fatalf("place %v: %+v, %+v", c.Place, a, b)
		}
		if ab && (c.Chair != (a.Chair == b.Chair || a.Chair == b.Secretary) || c.Secretary != (a.Secretary == b.Chair || a.Secretary == b.Secretary) || c.Who != (c.Chair || c.Secretary)) {
			t.Fatalf("%+v: %+v, %+v", c, a, b)
		}
		if _, self := a.ClashWith(a); self {
			t.Fatal("a meeting clashes with itself")
		}
	})
}

// A meeting goes its way: over is never undone, cancelled is the end, and each
// state is reached from the first.
func TestMeetingStatesLead(t *testing.T) {
	reached := []MeetingState{MeetingDraft}
	for i := 0; i < len(reached); i++ {
		for _, next := range MeetingStates {
			if !reached[i].Leads(next) {
				continue
			}
			if reached[i].Over() && !next.Over() || reached[i] == MeetingCancelled || next == reached[i] {
				t.Errorf("%s leads to %s", reached[i], next)
			}
			if !slices.Contains(reached, next) {
				reached = append(reached, next)
			}
		}
	}
	if len(reached) != len(MeetingStates) {
		t.Errorf("only %v can be reached", reached)
	}
}

// What is stored needs no more tidying, and who marks somebody as not there notes
// nothing else of them.
func TestMeetingTidies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Meeting{Title: rapid.String().Draw(t, "title"), Place: rapid.String().Draw(t, "place"), NoticeZh: rapid.String().Draw(t, "notice"), CancelWhy: rapid.String().Draw(t, "why")}.Tidy()
		if again := m.Tidy(); again.Title != m.Title || again.Place != m.Place || again.NoticeZh != m.NoticeZh || again.CancelWhy != m.CancelWhy {
			t.Fatalf("%+v becomes %+v", m, again)
		}
		n := MeetingNote{Text: rapid.String().Draw(t, "text"), ForName: rapid.String().Draw(t, "for")}.Tidy()
		if n.Tidy() != n {
			t.Fatalf("%+v becomes %+v", n, n.Tidy())
		}
		late, left := rapid.IntRange(0, 60).Draw(t, "late"), time.Now()
		k := AttendanceMark{Attendance: rapid.SampledFrom(Attendances).Draw(t, "attendance"), Late: &late, Left: &left, Came: &Came{Person: 7, Text: "姑姑"}}
		i := Invitee{Attendance: Present, LateMin: 3}.Mark(k)
		if i.Attendance.Came() != (i.CamePerson == 7 && !i.Left.IsZero()) || !i.Attendance.Came() && i.LateMin != 0 {
			t.Fatalf("%+v", i)
		}
		if again := i.Mark(AttendanceMark{}); again.Attendance != i.Attendance || again.CamePerson != i.CamePerson || again.LateMin != i.LateMin {
			t.Fatalf("nothing was given, and it changed: %+v", again)
		}
	})
}

// The clock of the item that is on never runs backwards, whatever the server's
// clock does, and the end is never before now.
func TestRoomClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		began := On(2026, 12, 4).Start()
		m := Meeting{Item: 1, ItemSince: began, Agenda: []AgendaItem{{ID: 1, Minutes: 10, Spent: 3 * time.Minute}, {ID: 2, Minutes: 20}, {ID: 3, Minutes: 5, Ended: began}}}
		now := began.Add(time.Duration(rapid.IntRange(-100, 100).Draw(t, "minutes")) * time.Minute)
		ran := m.Running(now)
		if ran < 3*time.Minute || now.After(began) && ran != 3*time.Minute+now.Sub(began) {
			t.Fatalf("at %v it ran %v", now.Sub(began), ran)
		}
		left := m.EndsAbout(now).Sub(now)
		if left < 20*time.Minute || left > 27*time.Minute {
			t.Fatalf("%v are left", left)
		}
		if m.Item = 0; m.Running(now) != 0 {
			t.Fatal("none is on, and its clock runs")
		}
	})
}

// Everything wrong with a meeting is told at once.
func TestMeetingCheck(t *testing.T) {
	good := Meeting{Kind: ClassMeeting, State: MeetingDraft, Class: 1, Title: "家长会", Starts: On(2026, 12, 4).Start(), Ends: On(2026, 12, 4).Start().Add(time.Hour), Chair: 1, Secretary: 2}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for field, break_ := range map[string]func(*Meeting){
		"kind": func(m *Meeting) { m.Kind = "party" }, "title": func(m *Meeting) { m.Title = "" }, "starts": func(m *Meeting) { m.Starts = time.Time{} },
		"ends": func(m *Meeting) { m.Ends = m.Starts }, "class": func(m *Meeting) { m.Class = 0 }, "chair": func(m *Meeting) { m.Chair = 0 },
		"secretary": func(m *Meeting) { m.Secretary = m.Chair }, "reason": func(m *Meeting) { m.State = MeetingCancelled },
	} {
		m := good
		break_(&m)
		if f := Faults(m.Check()); len(f) != 1 || f[0].Field != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	if f := Faults(Meeting{}.Check()); len(f) < 6 {
		t.Errorf("of nothing at all: %v", f)
	}
}

// Each preset fits its own time.
func TestPresets(t *testing.T) {
	for _, k := range MeetingKinds {
		p, n := PresetOf(k), 0
		for _, i := range p.Agenda {
			n += i.Minutes
		}
		if p.Kind != k || n == 0 || n > p.Minutes {
			t.Errorf("%s plans %d minutes of %d", k, n, p.Minutes)
		}
	}
}

// A family that splits keeps the row for the parent who came: the other is asked
// besides.
func TestSplitAsksTheOtherParent(t *testing.T) {
	want := []Invitee{{Household: 1, Person: 11}, {Household: 1, Person: 12}}
	for came, other := range map[int64]int64{0: 12, 11: 12, 12: 11} {
		add, gone := Renew([]Invitee{{Household: 1, Attendance: Present, CamePerson: came}}, want)
		if len(add) != 1 || add[0].Person != other || len(gone) != 0 {
			t.Errorf("%d came: %+v is asked, %v goes", came, add, gone)
		}
	}
}
