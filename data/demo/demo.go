package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"qiao/data"
)

// Brief is the number of classes beyond which a child gets one contact instead
// of two terms of them: such a school is for measuring.
const Brief = 60

// A maker is a school in the making.
type maker struct {
	r         *rand.Rand
	s         data.School
	today     data.Date
	last      data.Term // the one before
	term      data.Term // today's
	year      int       // the school year of today
	yearStart data.Date
	phones    int
	usernames map[string]int // how many have it

	own     int       // your class, a place less one, as all classes here
	rolls   [][]*kid  // by class
	slots   *slots    // free seats
	care    []float64 // by class: the part of families reached in a month
	days    [][2]int  // by class: the weekdays its teacher likes to phone
	lessons [][]lesson
	cast    map[string]*kid // those of the documents, by name

	principal, office, safety, desk, counsellor, surrogate int64 // places in Staff
	teachers                                               []int64
	carers                                                 map[*kid]int64
}

// Make invents a school for a seed and a day: the same for the same two. Today
// falls in the 13th week of its second term, and nothing in it happened later
// than the evening before today. Zero students means 45 a class, zero classes
// one for every 45 students. It has at most 12 grades of 99 classes, and for
// each role of the school's rules somebody with a Key.
func Make(seed int64, today data.Date, classes, students int) data.School {
	switch {
	case classes <= 0 && students <= 0:
		classes, students = 12, 540
	case classes <= 0:
		classes = (students + 44) / 45
	}
	classes = min(classes, 12*99)
	if students <= 0 {
		students = classes * 45
	}
	m := &maker{r: rand.New(rand.NewPCG(uint64(seed), 0x71696f)), today: today, year: data.SchoolYear(today),
		usernames: map[string]int{}, cast: map[string]*kid{}, carers: map[*kid]int64{}}
	m.s.Name, m.s.Calendar = "示例小学", calendar(today)
	m.last, m.term = m.s.Calendar.Terms[0], m.s.Calendar.Terms[1]
	if m.yearStart = m.term.First; m.term.N == 2 {
		m.yearStart = m.last.First
	}
	m.classes(classes)
	m.slots = newSlots(m, capacity(classes, students))
	m.players()
	m.fill()
	m.staff()
	m.layOut()
	m.match()
	m.contacts()
	m.meetings()
	return m.s
}

// classes lays out the grades: six, or more where six cannot hold them.
func (m *maker) classes(n int) {
	grades := 6
	for grades*99 < n {
		grades += 3
	}
	grades = min(grades, n)
	for g := 1; g <= grades; g++ {
		many := n / grades
		if g <= n%grades {
			many++
		}
		for number := 1; number <= many; number++ {
			m.s.Classes = append(m.s.Classes, data.Cohort{Entry: m.year - g + 1, EntryGrade: 1, Number: number})
			if name := (data.ClassName{Grade: g, Number: number}); name == (data.ClassName{Grade: 3, Number: 2}) {
				m.own = len(m.s.Classes) - 1
			}
		}
	}
	if m.own == 0 {
		m.own = len(m.s.Classes) - 1
	}
	m.rolls, m.lessons = make([][]*kid, n), make([][]lesson, n)
	for c := range n { // some classes do well, some badly
		level := []float64{.90, .58, .86, .23, .70, .86, .50, .88, .77, .20, .64, .84}[c%12]
		m.care = append(m.care, level+0.02*m.r.Float64())
		m.days = append(m.days, [2]int{1 + m.r.IntN(4), m.r.IntN(6)})
	}
}

// capacity spreads the students over the classes.
func capacity(classes, students int) []int {
	out := make([]int, classes)
	for c := range out {
		out[c] = students / classes
		if c < students%classes {
			out[c]++
		}
	}
	return out
}

// layOut gives everybody a seat and a place: students by class and seat, their
// households and relatives as they come.
func (m *maker) layOut() {
	for c, roll := range m.rolls {
		seated(roll)
		cohort := m.s.Classes[c]
		for _, k := range roll {
			if k.home.place == 0 {
				m.s.Households = append(m.s.Households, k.home.Home)
				k.home.place = int64(len(m.s.Households))
			}
			k.place, k.Household, k.Class = int64(len(m.s.Students)+1), k.home.place, int64(c+1)
			k.Number = number(cohort, k.seat)
			m.s.Students = append(m.s.Students, k.Pupil)
			for i, t := range k.ties {
				if t.adult.place == 0 {
					m.s.People = append(m.s.People, t.adult.Person)
					t.adult.place = int64(len(m.s.People))
				}
				m.s.Guardianships = append(m.s.Guardianships, data.Guardianship{Student: k.place, Person: t.adult.place, Relation: t.relation,
					Order: i + 1, Legal: t.legal, LivesWith: t.lives, MayCollect: !t.nopick, DoNotContact: t.silent, Limit: t.limit})
			}
		}
	}
}

// seated gives seats to those who have none yet, by birthday, and sorts by seat.
func seated(roll []*kid) {
	taken := make([]bool, len(roll)+1)
	var rest []*kid
	for _, k := range roll {
		if k.seat >= 1 && k.seat <= len(roll) && !taken[k.seat] {
			taken[k.seat] = true
		} else {
			rest = append(rest, k)
		}
	}
	slices.SortStableFunc(rest, func(a, b *kid) int { return cmp.Compare(b.Birth.DaysTo(a.Birth), 0) })
	seat := 1
	for _, k := range rest {
		for taken[seat] {
			seat++
		}
		k.seat, taken[seat] = seat, true
	}
	slices.SortFunc(roll, func(a, b *kid) int { return cmp.Compare(a.seat, b.seat) })
}

// number is a student's: year of entry, class, seat.
func number(c data.Cohort, seat int) string {
	return fmt.Sprintf("%d%02d%02d", c.Entry, c.Number, seat)
}

func (m *maker) grade(class int) int { return m.s.Classes[class].Name(m.year).Grade }

// named is the class of a name, -1 where there is none.
func (m *maker) named(n data.ClassName) int {
	return slices.IndexFunc(m.s.Classes, func(c data.Cohort) bool { return c.Name(m.year) == n })
}

func (m *maker) chance(p float64) bool { return m.r.Float64() < p }

func pick[T any](m *maker, from []T) T { return from[m.r.IntN(len(from))] }
