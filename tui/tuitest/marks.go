package tuitest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
)

// A Mark is one thing that the access rules guard, in a school where each such
// thing has a word of its own: wherever the word turns up, the thing was seen.
type Mark struct {
	Word   string
	Field  string // of the table of fields; "" for a text
	Level  data.Level
	Writer int64 // of a text: its account
	Named  int64 // whom a secret one names, if anybody
	Child  int64
	Class  int64
	Grade  int64

	Meeting bool // it stands in a meeting of the child's class
}

// The two children of the marked school, in 3.2 and 5.1, and who wrote the texts
// about both: a subject teacher of both classes.
const (
	MarkedA int64 = 1
	MarkedB int64 = 2
	Writer  int64 = 1
)

// MarkedRoles is who is in the marked school, by account from 1: each role over
// the first child's class or grade, roles of the moment, roles that hold no
// more, and two who have more than one.
var MarkedRoles = []struct {
	Name   string
	Grants []data.Grant
}{
	{"writer", []data.Grant{{Role: data.SubjectTeacher, ScopeID: Three}, {Role: data.SubjectTeacher, ScopeID: Five}}},
	{"admin", []data.Grant{{Role: data.Administrator}}},
	{"principal", []data.Grant{{Role: data.Principal}}},
	{"grade-head", []data.Grant{{Role: data.GradeHead, ScopeID: 3}}},
	{"class-teacher", []data.Grant{{Role: data.ClassTeacher, ScopeID: Three}}},
	{"subject-teacher", []data.Grant{{Role: data.SubjectTeacher, ScopeID: Three}}},
	{"moral-office", []data.Grant{{Role: data.MoralOffice}}},
	{"surrogate", []data.Grant{{Role: data.Surrogate, ScopeID: MarkedA}}},
	{"committee-secretary", []data.Grant{{Role: data.CommitteeSecretary}}},
	{"inspector", []data.Grant{{Role: data.Inspector}}},
	{"front-desk", []data.Grant{{Role: data.FrontDesk}}},
	{"emergency", []data.Grant{{Role: data.Emergency, ScopeID: MarkedA}}},
	{"break-glass", []data.Grant{{Role: data.BreakGlass, ScopeID: MarkedA}}},
	{"over", []data.Grant{{Role: data.SubjectTeacher, ScopeID: Three, Until: Now.Add(-time.Minute)}}},
	{"not yet", []data.Grant{{Role: data.ClassTeacher, ScopeID: Three, From: Now.AddDate(0, 1, 0)}}},
	{"reads on", []data.Grant{{Role: data.ClassTeacher, ScopeID: Three, Until: Now.AddDate(0, 0, -3)}}},
	{"other class", []data.Grant{{Role: data.ClassTeacher, ScopeID: Five}}},
	{"admin who teaches", []data.Grant{{Role: data.Administrator}, {Role: data.SubjectTeacher, ScopeID: Three}}},
	{"nothing", nil},
}

// Marked opens a database with the marked school and tells its marks.
func Marked(t testing.TB) (*store.DB, []Mark) {
	t.Helper()
	school, marks := markedSchool()
	file := filepath.Join(t.TempDir(), "marked.db")
	markedFile.Lock()
	defer markedFile.Unlock()
	if markedFile.bytes != nil {
		if err := os.WriteFile(file, markedFile.bytes, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(t.Context(), file, Clock)
	if err == nil && markedFile.bytes == nil {
		err = db.Console("test").Found(t.Context(), school, nil)
		if err == nil {
			err = markedMeetings(t.Context(), db)
		}
		err = errors.Join(err, db.Close())
		if err == nil {
			markedFile.bytes, err = os.ReadFile(file)
		}
		if err == nil {
			db, err = store.Open(t.Context(), file, Clock)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, marks
}

// markedFile is the marked school once it was made: hundreds of tests want one
// each, and making one costs more than opening it.
var markedFile struct {
	sync.Mutex
	bytes []byte
}

func markedSchool() (data.School, []Mark) {
	m := &maker{data.School{Name: "示例小学",
		Calendar: data.Calendar{Terms: []data.Term{{Year: 2026, N: 1, First: data.On(2026, 9, 1), Last: data.On(2027, 1, 22)}}},
		Classes:  []data.Cohort{{Entry: 2024, EntryGrade: 1, Number: 2}, {Entry: 2022, EntryGrade: 1, Number: 1}}}}
	for i, r := range MarkedRoles {
		m.People = append(m.People, data.Person{Name: "员工" + string(rune('甲'+i))})
		e := data.Employee{Account: data.Account{Person: int64(i + 1), Username: fmt.Sprintf("user%d", i+1), LastSeen: Now.AddDate(0, 0, -40)}}
		for _, g := range r.Grants {
			if g.Scope = data.ScopeOf(g.Role); g.From.IsZero() {
				g.From = Now.AddDate(0, -3, 0)
			}
			e.Grants = append(e.Grants, g)
		}
		m.Staff = append(m.Staff, e)
	}
	marks := m.markedChild(3, Three, "瑀珂", "欧阳", data.Disability)
	return m.School, append(marks, m.markedChild(5, Five, "琤珞", "司徒", data.Orphan)...)
}

// markedChild adds a child of whom each guarded thing is a word that begins with
// one syllable of the child's own.
func (m *maker) markedChild(grade, class int64, syllable, family string, tag data.Tag) (marks []Mark) {
	child := int64(len(m.Students) + 1)
	mark := func(kind, field string) string {
		marks = append(marks, Mark{Word: syllable + kind, Field: field, Level: data.LevelOf(field), Child: child, Class: class, Grade: grade})
		return syllable + kind
	}
	m.Households = append(m.Households, data.Home{Household: data.Household{Address: mark("巷", "household.home_address"), Village: mark("庄", "household.village")},
		Structure: data.Remarried, Hardship: mark("穷", "household.hardship_note"), Change: mark("变", "household.family_change")})
	m.Students = append(m.Students, data.Pupil{Student: data.Student{Household: int64(len(m.Households)), Class: class, Name: mark("名", "student.name"),
		Sex: data.Female, Status: data.Enrolled, Number: fmt.Sprintf("%d%02d%02d", m.Classes[class-1].Entry, m.Classes[class-1].Number, 10+child),
		Birth: data.On(2017, 5, 9), Entered: data.On(2024, 9, 1)},
		Tags: []data.TagNote{{Tag: tag, Since: data.On(2026, 10, 16), Note: mark("签", "student.tag_note")}}, Health: mark("病", "student.health_note"), Emergency: mark("救", "student.health_note")})
	m.People = append(m.People, data.Person{Name: family + "氏", BestTime: mark("时", "guardian.best_time"), WorkPlace: mark("工", "guardian.work_place"),
		Phones: []data.Phone{{E164: fmt.Sprintf("+8610000077%02d8", child)}}})
	marks = append(marks, Mark{Word: family + "氏", Field: "student.name", Child: child, Class: class, Grade: grade}) // whoever finds the child
	marks = append(marks, Mark{Word: fmt.Sprintf("0077%02d8", child), Field: "student.name", Child: child, Class: class, Grade: grade})
	m.Guardianships = append(m.Guardianships, data.Guardianship{Student: child, Person: int64(len(m.People)), Relation: data.Mother, Order: 1, Legal: true,
		LivesWith: true, MayCollect: false, Limit: mark("禁", "guardian.contact_restriction")})
	marks = append(marks, meetingMarks(child, class, grade, syllable)...)
	for l, numeral := range []string{"", "壹", "贰", "叁", "肆"} {
		if l > 0 {
			marks = append(marks, m.markedText(child, class, grade, data.Level(l), syllable, numeral)...)
		}
	}
	return marks
}

// markedText adds a contact of one level, with a promise and a private note.
func (m *maker) markedText(child, class, grade int64, l data.Level, syllable, numeral string) (marks []Mark) {
	c := m.talk(child, Writer, Now.AddDate(0, 0, -int(l)), data.PhoneCall, syllable+"谈"+numeral, 5)
	c.Level, c.Private = l, syllable+"密"+numeral
	c.Promises = []data.Promise{{State: data.PromiseOpen, Text: syllable + "诺" + numeral, Owner: Writer, Due: data.On(2026, 11, 20)}}
	for _, word := range []string{c.Summary, c.Private, c.Promises[0].Text} {
		level := l
		if word == c.Private {
			level = c.PrivateLevel()
		}
		marks = append(marks, Mark{Word: word, Level: level, Writer: Writer, Child: child, Class: class, Grade: grade})
	}
	slices.SortStableFunc(m.Contacts, func(a, b data.Contact) int { return a.At.Compare(b.At) })
	return marks
}

// Within reports whether a grant's scope has the mark's child in it.
func (m Mark) Within(g data.Grant) bool {
	switch g.Scope {
	case data.ScopeSchool:
		return true
	case data.ScopeGrade:
		return g.ScopeID == m.Grade
	case data.ScopeClass:
		return g.ScopeID == m.Class
	}
	return g.ScopeID == m.Child
}

// For reports whether the matrix and the table of levels let an account see the
// mark at t: a second reading of the rules, beside the program's own.
func (m Mark) For(a data.Account, t time.Time) bool {
	for _, g := range a.Grants {
		role, ok := g.RoleAt(t)
		if !ok || !m.Within(g) {
			continue
		}
		switch {
		case m.Meeting:
			if m.meets(role, g) {
				return true
			}
		case m.Named == a.ID && m.Named != 0 && reads(role, data.Normal):
			return true
		case m.Field == "student.name":
			for _, r := range data.RightsOf(role, data.RecStudent) {
				if slices.Contains(r.Acts, data.View) && r.Limit != data.Totals {
					return true
				}
			}
		case reads(role, m.Level):
			return true
		case role == data.Emergency && slices.Contains([]string{"student.health_note", "guardian.contact_restriction"}, m.Field):
			return true // phones, health note and restriction of that one child
		}
	}
	return m.Writer != 0 && m.Writer == a.ID
}

func reads(r data.Role, l data.Level) bool {
	s, _ := r.Sight(l)
	return s == data.Whole
}

// Leaks lists the marks that stand in a text and that the account may not see.
func Leaks(text string, marks []Mark, a data.Account, t time.Time) (out []string) {
	for _, m := range marks {
		if strings.Contains(text, m.Word) && !m.For(a, t) {
			out = append(out, m.Word)
		}
	}
	return out
}
