package demo

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/search"

	"pgregory.net/rapid"
)

var today = data.On(2026, time.November, 25)

var school = Make(1, today, 12, 540)

func TestSameSeedSameSchool(t *testing.T) {
	if !reflect.DeepEqual(school, Make(1, today, 12, 540)) {
		t.Fatal("one seed and one day made two schools")
	}
	if reflect.DeepEqual(school.Students, Make(2, today, 12, 540).Students) {
		t.Fatal("another seed made the same children")
	}
}

// Any day, seed and size gives a school that can be stored, in its 13th week.
func TestEverySchoolHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := data.On(2025, time.January, 1).AddDays(rapid.IntRange(0, 2500).Draw(t, "day"))
		classes := rapid.IntRange(2, 14).Draw(t, "classes")
		students := rapid.IntRange(1, 200).Draw(t, "students")
		s := Make(rapid.Int64().Draw(t, "seed"), day, classes, students)
		if err := s.Check(day.Start()); err != nil {
			t.Fatal(err)
		}
		if len(s.Classes) != classes || len(s.Students) != students {
			t.Fatalf("%d classes, %d students", len(s.Classes), len(s.Students))
		}
		term := s.Calendar.Term(day)
		if w := term.Week(day); w != 13 || !term.Holds(day) || term.Year != data.SchoolYear(day) {
			t.Fatalf("%v is in week %d of %+v", day, w, term)
		}
		for _, key := range keys {
			if n := len(keyed(s, key)); n != 1 {
				t.Fatalf("%d accounts are %q", n, key)
			}
		}
	})
}

var keys = []string{"me", "principal", "class-teacher", "grade-head", "subject-teacher", "moral-office",
	"committee-secretary", "surrogate", "inspector", "front-desk", "admin"}

func keyed(s data.School, key string) (out []data.Employee) {
	for _, e := range s.Staff {
		if e.Key == key {
			out = append(out, e)
		}
	}
	return out
}

func TestStaffHoldEveryRole(t *testing.T) {
	now := today.Start().Add(9 * time.Hour)
	for _, r := range data.Roles {
		key := string(r)
		e := keyed(school, key)
		if len(e) != 1 || !e[0].Has(now, r) || !e[0].Open(now) {
			t.Errorf("nobody logs in as %s: %+v", r, e)
		}
	}
	me := keyed(school, "me")[0]
	if me.Name != "罗静" || !me.Has(now, data.Administrator) || !me.Has(now, data.SubjectTeacher) {
		t.Errorf("you are %+v", me)
	}
	led := map[int64]int{}
	names := map[string]bool{}
	for _, e := range school.Staff {
		if names[e.Username] || !strings.HasPrefix(e.Username, search.Username(e.Name)) || e.Username != strings.ToLower(e.Username) {
			t.Errorf("%s is called %q", e.Name, e.Username)
		}
		names[e.Username] = true
		for _, g := range e.Grants {
			if g.Role == data.ClassTeacher && g.At(now) {
				led[g.ScopeID]++
			}
		}
	}
	for c := range school.Classes {
		if led[int64(c+1)] != 1 {
			t.Errorf("class %d has %d class teachers", c+1, led[int64(c+1)])
		}
	}
}

func TestFamilies(t *testing.T) {
	phones, kids := map[string]bool{}, map[int64][]data.Pupil{}
	numbers := map[string]bool{}
	for _, p := range school.People {
		for _, ph := range p.Phones {
			e, err := data.ParsePhone(data.National(ph.E164))
			if err != nil || e != ph.E164 || !strings.HasPrefix(data.National(e), "100") || phones[e] {
				t.Errorf("%s has %q: %v", p.Name, ph.E164, err)
			}
			phones[e] = true
		}
		if p.WorkPlace != "" && p.AwaySince.IsZero() {
			t.Errorf("%s is away since never", p.Name)
		}
	}
	left, single, silent := 0, 0, 0
	for _, s := range school.Students {
		if numbers[s.Number] {
			t.Errorf("%s has a number that is taken", s.Name)
		}
		numbers[s.Number] = true
		kids[s.Household] = append(kids[s.Household], s)
		if slices.ContainsFunc(s.Tags, func(n data.TagNote) bool { return n.Tag == data.LeftBehind }) {
			left++
		}
		if school.Households[s.Household-1].Structure == data.OneParent {
			single++
		}
		if age := s.Age(today); age < 6 || age > 13 {
			t.Errorf("%s is %d", s.Name, age)
		}
	}
	ties := map[int64]int{}
	for _, g := range school.Guardianships {
		ties[g.Student]++
		if g.Order != ties[g.Student] {
			t.Errorf("student %d: order %d is the %d.", g.Student, g.Order, ties[g.Student])
		}
		if g.DoNotContact {
			silent++
			if len(school.People[g.Person-1].Phones) > 0 || g.Limit == "" {
				t.Errorf("person %d may not be contacted, and has a phone or no reason", g.Person)
			}
		}
	}
	for id, n := range ties {
		if n > 3 {
			t.Errorf("student %d has %d guardians", id, n)
		}
	}
	twins, apart := 0, 0
	for _, k := range kids {
		for i := 1; i < len(k); i++ {
			switch {
			case k[i].Birth == k[0].Birth:
				twins++
			case k[i].Class != k[0].Class:
				apart++
			}
		}
	}
	t.Logf("left behind %d, one parent %d, do not contact %d, twins %d, siblings %d, households %d", left, single, silent, twins, apart, len(kids))
	if len(ties) != 540 || left < 100 || left > 190 || single < 30 || silent == 0 || silent > 20 || twins < 2 || apart < 80 {
		t.Error("the families are not as they should be")
	}
}

// reached is the part of a class's students whose family was reached in a month.
func reached(s data.School, class int64, from, until data.Date) float64 {
	met, all := map[int64]bool{}, 0
	for _, c := range s.Contacts {
		if d := data.DayOf(c.At); c.Outcome == data.Reached && !d.Before(from) && !until.Before(d) {
			for _, id := range c.Students {
				met[id] = true
			}
		}
	}
	n := 0
	for i, p := range s.Students {
		if p.Class == class {
			all++
			if met[int64(i+1)] {
				n++
			}
		}
	}
	return float64(n) / float64(all)
}

func TestClassesDiffer(t *testing.T) {
	good, bad := 0, 0
	for c := range school.Classes {
		oct := reached(school, int64(c+1), data.On(2026, 10, 1), data.On(2026, 10, 31))
		t.Logf("%v: October %.0f%%, November %.0f%%, September %.0f%%, May %.0f%%", school.Classes[c].Name(2026), 100*oct,
			100*reached(school, int64(c+1), data.On(2026, 11, 1), today), 100*reached(school, int64(c+1), data.On(2026, 9, 1), data.On(2026, 9, 30)),
			100*reached(school, int64(c+1), data.On(2026, 5, 1), data.On(2026, 5, 31)))
		full := (oct + reached(school, int64(c+1), data.On(2026, 9, 1), data.On(2026, 9, 30))) / 2
		if full >= 0.8 {
			good++
		}
		if full <= 0.4 {
			bad++
		}
	}
	if good < 3 || bad < 2 {
		t.Errorf("%d classes do well, %d badly", good, bad)
	}
}

func TestContacts(t *testing.T) {
	byFamily, all := map[int64]map[string]int{}, map[string]int{}
	term := school.Calendar.Term(today)
	this, states, levels, outcomes, channels := 0, map[data.PromiseState]int{}, map[data.Level]int{}, map[data.Outcome]int{}, map[data.Channel]int{}
	late, dues := 0, 0
	var before time.Time
	for i, c := range school.Contacts {
		if c.At.Before(before) || !c.At.Before(today.Start()) || c.Written.Before(c.At) {
			t.Errorf("contact %d at %v, written %v", i, c.At, c.Written)
		}
		before = c.At
		if c2 := c.Tidy(); !reflect.DeepEqual(c2.Summary, c.Summary) {
			t.Errorf("%q is not tidy", c.Summary)
		}
		if strings.ContainsAny(c.Summary+c.Quoted, "[]{}|…—·“”") {
			t.Errorf("%q", c.Summary)
		}
		if !data.DayOf(c.At).Before(term.First) {
			this++
		}
		if c.Outcome == data.Reached && c.Quoted == "" {
			if byFamily[c.Household] == nil {
				byFamily[c.Household] = map[string]int{}
			}
			byFamily[c.Household][c.Summary]++
			all[c.Summary]++
		}
		levels[c.Level]++
		outcomes[c.Outcome]++
		channels[c.Channel]++
		for _, p := range c.Promises {
			if p.State != data.PromiseOpen && (p.ClosedAt.Before(c.At) || !p.ClosedAt.Before(today.Start())) {
				t.Errorf("a promise of %v was closed %v", c.At, p.ClosedAt)
			}
			if strings.ContainsAny(p.Text, "[]{}|") {
				t.Errorf("%q", p.Text)
			}
			states[p.State]++
			if p.Late(today) > 0 {
				late++
			}
			if p.State == data.PromiseOpen && !p.Due.Before(today) {
				dues++
			}
		}
	}
	most, text := 0, ""
	for s, n := range all {
		if n > most {
			most, text = n, s
		}
	}
	t.Logf("%d contacts, %d this term, %d texts, %d times %q", len(school.Contacts), this, len(all), most, text)
	t.Logf("promises %v, late %d, to come %d; levels %v; outcomes %v; channels %v", states, late, dues, levels, outcomes, channels)
	for id, texts := range byFamily {
		for s, n := range texts {
			if n > 1 {
				t.Errorf("family %d heard %q %d times", id, s, n)
			}
		}
	}
	if most > len(school.Contacts)/80 || len(all) < 2000 || this < 1500 || len(school.Contacts)-this < 1500 {
		t.Error("the texts repeat themselves")
	}
	for _, st := range data.PromiseStates {
		if states[st] < 10 {
			t.Errorf("%d promises are %s", states[st], st)
		}
	}
	if levels[data.Secret] == 0 || levels[data.Restricted] == 0 || levels[data.Normal] < len(school.Contacts)*8/10 || late < 15 || late > 150 {
		t.Error("levels or late promises are not as they should be")
	}
}

// What is written by whom is what the rules let them write.
func TestWritersMayWrite(t *testing.T) {
	for i, c := range school.Contacts {
		a := school.Staff[c.Staff-1].Account
		for j := range a.Grants {
			g := &a.Grants[j]
			g.Classes = nil
			switch g.Scope {
			case data.ScopeClass:
				g.Classes = []int64{g.ScopeID}
			case data.ScopeGrade:
				for n, class := range school.Classes {
					if int64(class.Name(2026).Grade) == g.ScopeID {
						g.Classes = append(g.Classes, int64(n+1))
					}
				}
			}
		}
		p := data.Place{Student: c.Students[0], Class: school.Students[c.Students[0]-1].Class}
		if err := a.MayRecord(c.At, p, c.Channel, c.Direction); err != nil {
			t.Fatalf("contact %d: %s may not write of %v: %v", i, a.Name, p, err)
		}
		if a.ID = c.Staff; a.SightOf(c.At, c.Authored(), []data.Place{p}) != data.Whole {
			t.Fatalf("contact %d: %s cannot read it", i, a.Name)
		}
	}
}

// The children of the documents are there, with the promises they tell of.
func TestCast(t *testing.T) {
	me := slices.IndexFunc(school.Staff, func(e data.Employee) bool { return e.Key == "me" }) + 1
	due := map[data.Date]int{}
	late := 0
	for _, c := range school.Contacts {
		for _, p := range c.Promises {
			if p.Owner == int64(me) && p.State == data.PromiseOpen {
				due[p.Due]++
				late += min(1, p.Late(today))
			}
		}
	}
	t.Logf("yours: %d late, %d today, %d tomorrow", late, due[today], due[today.AddDays(1)])
	if due[today] == 0 || due[today.AddDays(1)] == 0 || late == 0 || late > 9 {
		t.Errorf("promises due: %d late, %d today, %d tomorrow", late, due[today], due[today.AddDays(1)])
	}
	for _, p := range players {
		i := slices.IndexFunc(school.Students, func(s data.Pupil) bool { return s.Name == p.sur+p.given })
		if i < 0 {
			t.Errorf("%s%s is not at school", p.sur, p.given)
		} else if s := school.Students[i]; p.seat > 0 && !strings.HasSuffix(s.Number, string([]byte{byte('0' + p.seat/10), byte('0' + p.seat%10)})) {
			t.Errorf("%s has number %s", s.Name, s.Number)
		}
	}
}

// "zw" finds one child of your class first: nobody else there sounds like it.
func TestZW(t *testing.T) {
	own := int64(slices.Index(school.Classes, data.Cohort{Entry: 2024, EntryGrade: 1, Number: 2}) + 1)
	initials := func(name string) (s string) {
		for _, w := range strings.Fields(search.Reading(name, "")) {
			s += w[:1]
		}
		return s
	}
	class := map[int64]string{}
	for i, s := range school.Students {
		if s.Class != own {
			continue
		}
		class[int64(i+1)] = s.Name
		if strings.Contains(initials(s.Name), "zw") != (s.Name == "章薇") {
			t.Errorf("%s sounds like zw", s.Name)
		}
	}
	if len(class) != 45 {
		t.Errorf("your class has %d students", len(class))
	}
	for _, g := range school.Guardianships {
		if n := school.People[g.Person-1].Name; class[g.Student] != "" && strings.HasPrefix(initials(n), "zw") {
			t.Errorf("%s of %s sounds like zw", n, class[g.Student])
		}
	}
}

func TestTexts(t *testing.T) {
	if len(lines) < 150 {
		t.Errorf("%d lines", len(lines))
	}
	for _, l := range lines {
		for _, topic := range l.topics {
			if !slices.Contains(data.Topics, topic) {
				t.Errorf("%s: no topic %q", l.text, topic)
			}
		}
		if l.promise != "" && l.days == 0 || strings.Count(l.text, "[") != strings.Count(l.text, "]") {
			t.Errorf("%q", l.text)
		}
	}
}

// A school for measuring is large, and a child of it has one contact.
func TestLargeSchool(t *testing.T) {
	s := Make(1, today, 61, 2745)
	if err := s.Check(today.Start()); err != nil {
		t.Fatal(err)
	}
	if n := len(s.Contacts); n < 2500 || n > 3500 {
		t.Errorf("%d contacts of %d children", n, len(s.Students))
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		Make(1, today, 12, 540)
	}
}

func BenchmarkMake100000(b *testing.B) {
	for b.Loop() {
		Make(1, today, 0, 100_000)
	}
}
