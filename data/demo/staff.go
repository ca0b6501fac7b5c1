package demo

import (
	"strconv"
	"time"

	"qiao/data"
	"qiao/data/search"
)

// hire adds a member of staff and returns the place in Staff. The user name is
// made from the pinyin, with a number for the second of a name.
func (m *maker) hire(name string, male bool, grants ...data.Grant) int64 {
	sex := data.Female
	if male {
		sex = data.Male
	}
	m.s.People = append(m.s.People, data.Person{Name: name, Sex: sex, Phones: []data.Phone{{E164: m.phone()}}})
	base := search.Username(name)
	m.usernames[base]++
	username := base
	if n := m.usernames[base]; n > 1 {
		username += strconv.Itoa(n)
	}
	a := data.Account{Person: int64(len(m.s.People)), Name: name, Username: username, Grants: grants}
	if m.chance(0.8) {
		a.LastSeen = m.today.AddDays(-1 - m.r.IntN(6)).Start().Add(time.Duration(15*60+m.r.IntN(180)) * time.Minute)
	}
	m.s.Staff = append(m.s.Staff, data.Employee{Account: a})
	return int64(len(m.s.Staff))
}

// teacher hires somebody with an invented name that no colleague has.
func (m *maker) teacher(grants ...data.Grant) int64 {
	for {
		male := m.chance(0.3)
		sur := m.surname()
		name := m.adultName(sur, male, false)
		if m.usernames[search.Username(name)] == 0 || len(m.s.Staff) > 500 {
			return m.hire(name, male, grants...)
		}
	}
}

// grant is a role from the day the two terms begin; with a scope it lasts to
// the end of the school year.
func (m *maker) grant(r data.Role, scope int64, subject string) data.Grant {
	g := data.Grant{Role: r, Scope: data.ScopeOf(r), ScopeID: scope, Subject: subject, From: m.last.First.Start()}
	switch {
	case g.Scope != data.ScopeSchool:
		g.Until = data.On(m.year+1, time.August, 1).Start()
	case r == data.Inspector:
		g.From, g.Until = m.today.AddDays(-2).Start(), m.term.Last.AddDays(1).Start()
	}
	return g
}

func (m *maker) give(staff int64, g data.Grant) {
	e := &m.s.Staff[staff-1]
	e.Grants = append(e.Grants, g)
}

// A lesson is a subject in a class, and who gives it.
type lesson struct {
	staff   int64
	subject string
}

// staff hires everybody, in every role. Those of the documents have their names.
func (m *maker) staff() {
	m.principal = m.hire("许文远", true, m.grant(data.Principal, 0, ""))
	m.hire("柏景春", true, m.grant(data.Principal, 0, ""))
	m.office = m.hire("蒲岚", false, m.grant(data.MoralOffice, 0, ""))
	m.safety = m.hire("封志刚", true, m.grant(data.MoralOffice, 0, ""))
	secretary := m.hire("阮秋", false, m.grant(data.CommitteeSecretary, 0, ""))
	m.desk = m.hire("余小兰", false, m.grant(data.FrontDesk, 0, ""))
	admin := m.hire("丁一川", true, m.grant(data.Administrator, 0, ""))
	inspector := m.hire("贺知衡", true, m.grant(data.Inspector, 0, ""))
	m.classTeachers()
	m.subjectTeachers()
	head := m.heads()
	m.surrogate = m.hire("龚秀芝", false)
	m.s.People[len(m.s.People)-1].Phones[0].E164 = "+8610000000917"
	if m.s.Staff[head-1].Key != "" { // in a school of few teachers
		head = m.teacher(m.grant(data.GradeHead, int64(m.grade(m.own)), ""))
	}
	for staff, key := range map[int64]string{m.principal: "principal", m.office: "moral-office", secretary: "committee-secretary",
		m.desk: "front-desk", admin: "admin", inspector: "inspector", head: "grade-head", m.surrogate: "surrogate"} {
		m.s.Staff[staff-1].Key = key
	}
}

// classTeachers hires one for each class, who also teaches it Chinese or
// mathematics. Yours is an administrator besides, and gives calligraphy in two
// classes more.
func (m *maker) classTeachers() {
	other := m.otherClass()
	for c := range m.s.Classes {
		id, subject := int64(c+1), "语文"
		if m.s.Classes[c].Number%4 == 0 {
			subject = "数学"
		}
		grants := []data.Grant{m.grant(data.ClassTeacher, id, ""), m.grant(data.SubjectTeacher, id, subject)}
		var staff int64
		switch c {
		case m.own:
			grants = append([]data.Grant{m.grant(data.Administrator, 0, "")}, grants...)
			staff = m.hire("罗静", false, grants...)
			m.s.Staff[staff-1].Key = "me"
			m.s.Staff[staff-1].LastSeen = m.today.AddDays(-1).Start().Add(17*time.Hour + 52*time.Minute)
		case other:
			staff = m.hire("段青", false, grants...)
			m.s.Staff[staff-1].Key = "class-teacher"
		default:
			staff = m.teacher(grants...)
		}
		m.teachers = append(m.teachers, staff)
		m.lessons[c] = append(m.lessons[c], lesson{staff, subject})
	}
	for _, n := range []data.ClassName{{Grade: 1, Number: 2}, {Grade: 5, Number: 1}} {
		if c := m.named(n); c >= 0 && c != m.own {
			m.give(m.teachers[m.own], m.grant(data.SubjectTeacher, int64(c+1), "书法"))
		}
	}
}

// otherClass is the class whose teacher has a login beside yours.
func (m *maker) otherClass() int {
	if c := m.named(data.ClassName{Grade: 5, Number: 1}); c >= 0 && c != m.own {
		return c
	}
	return (m.own + 1) % len(m.s.Classes)
}

// subjectTeachers hires the others: each takes so many classes that follow on
// one another.
func (m *maker) subjectTeachers() {
	for _, s := range []struct {
		subject string
		most    int // classes for one person
		from    int // first grade that has it
	}{{"数学", 2, 1}, {"英语", 4, 3}, {"道德与法治", 6, 1}, {"体育", 6, 1}, {"音乐", 12, 1}, {"美术", 12, 1}, {"科学", 6, 1}, {"信息科技", 8, 3}, {"心理健康", 24, 1}} {
		var staff int64
		for c, n := 0, 0; c < len(m.s.Classes); c++ {
			if m.grade(c) < s.from || m.lessons[c][0].subject == s.subject {
				continue
			}
			if n%s.most == 0 {
				if s.subject == "心理健康" && m.counsellor == 0 {
					m.counsellor = m.hire("宁小舟", false)
					staff = m.counsellor
				} else {
					staff = m.teacher()
				}
				if s.subject == "英语" && n == 0 {
					m.s.Staff[staff-1].Key = "subject-teacher"
				}
			}
			n++
			m.give(staff, m.grant(data.SubjectTeacher, int64(c+1), s.subject))
			m.lessons[c] = append(m.lessons[c], lesson{staff, s.subject})
		}
	}
	if len(m.s.Classes) > 0 && m.keyless("subject-teacher") { // a school of the first grades alone
		m.s.Staff[m.lessons[0][1].staff-1].Key = "subject-teacher"
	}
	gone := m.grant(data.SubjectTeacher, int64(m.own+1), "英语") // taught here until the last term ended
	gone.Until = m.last.Last.AddDays(1).Start()
	m.teacher(gone)
}

func (m *maker) keyless(key string) bool {
	for _, e := range m.s.Staff {
		if e.Key == key {
			return false
		}
	}
	return true
}

// heads makes a teacher of each grade its head, and returns the one of
// your grade, who logs in as such.
func (m *maker) heads() (shown int64) {
	for c := range m.s.Classes {
		if c > 0 && m.grade(c) == m.grade(c-1) {
			continue
		}
		head := m.lessons[c][1].staff // mathematics, of the grade's first class
		if c == m.own || m.teachers[c] != m.lessons[c][0].staff {
			head = m.lessons[c][len(m.lessons[c])-1].staff
		}
		m.give(head, m.grant(data.GradeHead, int64(m.grade(c)), ""))
		if shown == 0 || m.grade(c) == m.grade(m.own) {
			shown = head
		}
	}
	return shown
}

// match gives surrogate parents to some of the children whose parents are both
// away: the one who logs in cares for those of the documents, other teachers
// for one or two each.
func (m *maker) match() {
	mine, next := 0, 0
	for _, roll := range m.rolls {
		for _, k := range roll {
			if k.home.kind != bothAway || !k.told && k.home.Village != "柳溪村" && !m.chance(0.25) {
				continue
			}
			g := m.grant(data.Surrogate, k.place, "")
			if k.told || k.home.Village == "柳溪村" && mine < 6 {
				mine++
				m.give(m.surrogate, g)
				m.carers[k] = m.surrogate
				continue
			}
			l := m.lessons[k.class][1+next%(len(m.lessons[k.class])-1)]
			next++
			m.give(l.staff, g)
			m.carers[k] = l.staff
		}
	}
}
