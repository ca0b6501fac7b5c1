package tuitest

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
)

// The accounts of the test school, by id.
const (
	Luo       int64 = iota + 1 // 罗静, class teacher of 3.2
	Pu                         // 蒲岚, teaches a subject in 3.2 and 5.1
	Duan                       // 段青, class teacher of 5.1
	Head                       // 郭岩, head of grade 3
	Principal                  // 许文远
	Office                     // 封志刚, moral-education office
	Ning                       // 宁小舟, moral-education office
	Desk                       // 门晓, front desk
	Admin                      // 丁一川
	Inspector                  // 督学文
)

// The students that tests speak of, by id, and their classes.
const (
	Ran    int64 = 1 // 冉小满 3.2
	Tian   int64 = 2 // 田沐阳 3.2
	Zhang  int64 = 4 // 章薇 3.2, left behind, whose brother is
	Nan    int64 = 13
	ZhangW int64 = 14 // 张巍 5.1

	Three int64 = 1 // class 3.2
	Five  int64 = 2 // class 5.1
)

// Now is the moment at which test schools stand: Wednesday of the 13th week.
var Now = time.Date(2026, 11, 25, 15, 4, 0, 0, data.China)

// Clock begins at Now. In a bubble it goes with the bubble's time, which starts
// with the year 2000; elsewhere it stands still.
var Clock = data.Clock(func() time.Time {
	if gone := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); gone < 365*24*time.Hour {
		return Now.Add(gone)
	}
	return Now
})

// School opens a database with the small school of all tests: the people of the
// screens' design. Student n has the id n, as have accounts and classes.
func School(t testing.TB) *store.DB {
	t.Helper()
	return Open(t, Small())
}

// Open opens a database with a school of the caller's own, Small and more.
func Open(t testing.TB, school data.School) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), Clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Console("test").Found(t.Context(), school, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	return db
}

// A maker gathers the small school.
type maker struct{ data.School }

// Small is the test school as values.
func Small() data.School {
	m := &maker{data.School{Name: "示例小学",
		Calendar: data.Calendar{Terms: []data.Term{
			{Year: 2025, N: 2, First: data.On(2026, 2, 24), Last: data.On(2026, 7, 3)},
			{Year: 2026, N: 1, First: data.On(2026, 9, 1), Last: data.On(2027, 1, 22)}},
			Days: map[data.Date]data.DayKind{data.On(2026, 10, 1): data.PublicHoliday}},
		Classes: []data.Cohort{{Entry: 2024, EntryGrade: 1, Number: 2}, {Entry: 2022, EntryGrade: 1, Number: 1}},
	}}
	m.staff()
	m.families()
	m.talks()
	return m.School
}

func (m *maker) staff() {
	from := data.On(2026, 8, 20).Start()
	for _, s := range []struct {
		name, user string
		grants     []data.Grant
	}{
		{"罗静", "luojing", []data.Grant{{Role: data.ClassTeacher, Scope: data.ScopeClass, ScopeID: Three}}},
		{"蒲岚", "pulan", []data.Grant{{Role: data.SubjectTeacher, Scope: data.ScopeClass, ScopeID: Three, Subject: "数学"},
			{Role: data.SubjectTeacher, Scope: data.ScopeClass, ScopeID: Five, Subject: "数学"}}},
		{"段青", "duanqing", []data.Grant{{Role: data.ClassTeacher, Scope: data.ScopeClass, ScopeID: Five}}},
		{"郭岩", "guoyan", []data.Grant{{Role: data.GradeHead, Scope: data.ScopeGrade, ScopeID: 3}}},
		{"许文远", "xuwenyuan", []data.Grant{{Role: data.Principal, Scope: data.ScopeSchool}}},
		{"封志刚", "fengzhigang", []data.Grant{{Role: data.MoralOffice, Scope: data.ScopeSchool}}},
		{"宁小舟", "ningxiaozhou", []data.Grant{{Role: data.MoralOffice, Scope: data.ScopeSchool}}},
		{"门晓", "menxiao", []data.Grant{{Role: data.FrontDesk, Scope: data.ScopeSchool}}},
		{"丁一川", "dingyichuan", []data.Grant{{Role: data.Administrator, Scope: data.ScopeSchool}}},
		{"督学文", "duxuewen", []data.Grant{{Role: data.Inspector, Scope: data.ScopeSchool}}},
	} {
		m.People = append(m.People, data.Person{Name: s.name})
		for i := range s.grants {
			s.grants[i].From = from
		}
		m.Staff = append(m.Staff, data.Employee{Account: data.Account{Person: int64(len(m.People)), Username: s.user,
			LastSeen: time.Date(2026, 11, 24, 17, 52, 0, 0, data.China), Grants: s.grants}})
	}
}

// who is a guardian as the families below name one.
type who struct {
	name     string
	relation data.Relation
	phone    int // the last four digits; 0: none
	note     string
}

func (m *maker) families() {
	type f = []who
	m.family(Three, "冉小满", 7, data.Female, data.OneParent, nil, f{{"冉秀英", data.Mother, 107, "超市夜班 白天可接"}, {"冉小军", data.Uncle, 207, ""}})
	m.family(Three, "田沐阳", 11, data.Male, data.Grandparents, []data.Tag{data.LeftBehind}, f{{"田长庚", data.Grandfather, 111, ""}})
	m.family(Three, "白若溪", 15, data.Female, data.BothParents, nil, f{{"白景明", data.Father, 115, ""}})
	m.family(Three, "章薇", 17, data.Female, data.Grandparents, []data.Tag{data.LeftBehind, data.SafetyConcern}, f{{"吴桂芬", data.Grandmother, 117, "白天都可以"},
		{"章立民", data.Father, 217, "19:00 后"}, {"何秀", data.Mother, 0, ""}})
	m.family(Three, "苗一凡", 19, data.Male, data.BothParents, nil, f{{"郭小琴", data.Mother, 119, ""}})
	m.family(Three, "龙思齐", 21, data.Male, data.Grandparents, []data.Tag{data.LeftBehind, data.Hardship}, f{{"向凤", data.MaternalGrandmother, 121, ""}})
	m.family(Three, "石乐瑶", 22, data.Female, data.BothParents, nil, f{{"石鸣", data.Father, 122, ""}})
	m.family(Three, "崔明远", 24, data.Male, data.BothParents, nil, f{{"罗玉兰", data.Mother, 124, ""}})
	m.family(Three, "尹知夏", 26, data.Female, data.BothParents, nil, f{{"尹慧", data.Mother, 126, ""}})
	m.family(Three, "陆禾", 28, data.Male, data.BothParents, nil, f{{"陆大川", data.Father, 128, ""}})
	m.family(Three, "江可欣", 30, data.Female, data.BothParents, nil, f{{"江莉", data.Mother, 130, ""}})
	m.family(Three, "曾小单", 31, data.Male, data.BothParents, nil, f{{"曾庆", data.Father, 131, ""}})
	m.sibling(Five, "章楠", 4, data.Male, Zhang)
	m.family(Five, "张巍", 5, data.Male, data.BothParents, nil, f{{"张广", data.Father, 504, ""}})
	m.Students[8].Entered = data.On(2026, 10, 12)
	m.restricted()
}

// restricted is what few may read of 章薇, and why her mother is kept away.
func (m *maker) restricted() {
	zhang := &m.Students[Zhang-1]
	zhang.Health, zhang.Emergency = "哮喘, 书包里有喷雾", "先用喷雾, 再打祖母和校医"
	zhang.Tags[1].Note = "炉火通风不好"
	for i, g := range m.Guardianships {
		if g.Student == Zhang && g.DoNotContact {
			m.Guardianships[i].Limit = "离家三年, 孩子不愿联系"
		}
	}
}

func (m *maker) family(class int64, name string, seat int, sex data.Sex, structure data.Structure, tags []data.Tag, gs []who) {
	m.Households = append(m.Households, data.Home{Household: data.Household{Address: "柳溪村4组", Village: "柳溪村"}, Structure: structure})
	m.pupil(class, name, seat, sex, tags)
	for i, g := range gs {
		p := data.Person{Name: g.name, BestTime: g.note}
		if g.phone > 0 {
			p.Phones = []data.Phone{{E164: fmt.Sprintf("+861000000%04d", g.phone)}}
		}
		away := g.relation == data.Father && structure == data.Grandparents
		if away {
			p.WorkPlace = "外省"
		}
		m.People = append(m.People, p)
		m.Guardianships = append(m.Guardianships, data.Guardianship{Student: int64(len(m.Students)), Person: int64(len(m.People)), Relation: g.relation,
			Order: i + 1, Legal: i == 0, LivesWith: !away && g.phone > 0, MayCollect: i == 0, DoNotContact: g.phone == 0})
	}
}

func (m *maker) pupil(class int64, name string, seat int, sex data.Sex, tags []data.Tag) {
	p := data.Pupil{Student: data.Student{Household: int64(len(m.Households)), Class: class, Name: name, Sex: sex, Status: data.Enrolled,
		Number: fmt.Sprintf("%d%02d%02d", m.Classes[class-1].Entry, m.Classes[class-1].Number, seat), Birth: data.On(m.Classes[class-1].Entry-7, 5, seat%28+1),
		Entered: data.On(m.Classes[class-1].Entry, 9, 1)}}
	for _, t := range tags {
		p.Tags = append(p.Tags, data.TagNote{Tag: t, Since: data.On(2026, 10, 16)})
	}
	m.Students = append(m.Students, p)
}

func (m *maker) sibling(class int64, name string, seat int, sex data.Sex, of int64) {
	m.pupil(class, name, seat, sex, nil)
	m.Students[len(m.Students)-1].Household = m.Students[of-1].Household
	for _, g := range m.Guardianships {
		if g.Student == of {
			g.Student = int64(len(m.Students))
			m.Guardianships = append(m.Guardianships, g)
		}
	}
}

func (m *maker) talks() {
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, data.China)
	}
	m.talk(Zhang, Luo, at(9, 2, 16, 50), data.PhoneCall, "开学: 接送由祖母负责", 8)
	m.talk(Zhang, Luo, at(9, 15, 18, 30), data.ChatMessage, "提醒交防溺水承诺", 0)
	m.talk(Zhang, Luo, at(9, 29, 12, 10), data.PhoneCall, "", 0).Outcome = data.NoAnswer
	c := m.talk(Zhang, Luo, at(10, 16, 17, 40), data.HomeVisit, "同行 蒲岚: 祖母在家, 炉火通风不好", 50)
	c.Promises = []data.Promise{{State: data.PromiseOpen, Text: "炉火通风复查", Owner: Office, Due: data.On(2026, 11, 20)}}
	c = m.talk(Zhang, Ning, at(11, 5, 10, 30), data.Talk, "和孩子谈了想父母的事", 40)
	c.Level = data.Secret
	m.talk(Zhang, Luo, at(11, 12, 19, 5), data.VideoCall, "父亲在外地: 谈作业和手机", 25)
	m.talk(Ran, Luo, at(11, 13, 16, 20), data.PhoneCall, "数学跟不上, 母亲同意周三补课", 9).Promises =
		[]data.Promise{{State: data.PromiseOpen, Text: "把补课安排告诉母亲", Owner: Luo, Due: data.On(2026, 11, 24)}}
	m.talk(Tian, Luo, at(10, 30, 17, 0), data.PhoneCall, "祖父说作业没人辅导", 6)
	c = m.talk(Zhang, Luo, at(11, 19, 16, 12), data.PhoneCall, "祖母: 孩子咳嗽, 已看医生\n咳嗽三天, 周三去了卫生院, 医生说不用请假。", 12)
	c.Promises = []data.Promise{{State: data.PromiseOpen, Text: "春节前父亲回家时安排家访, 先问日期", Owner: Luo, Due: data.On(2026, 11, 27)}}
	c = m.talk(3, Luo, at(11, 24, 12, 15), data.PhoneCall, "父亲问视力检查的结果", 5)
	c.Promises = []data.Promise{{State: data.PromiseOpen, Text: "请校医回电", Owner: Luo, Due: data.On(2026, 11, 25)}}
	m.talk(Zhang, Pu, at(11, 25, 9, 12), data.Talk, "数学作业交得齐了", 10)
}

// talk adds a contact with the first guardian of a student. Contacts go by time.
func (m *maker) talk(student, staff int64, at time.Time, by data.Channel, text string, minutes int) *data.Contact {
	s := m.Students[student-1]
	c := data.Contact{Household: s.Household, Students: []int64{student}, At: at, Written: at.Add(time.Duration(minutes+3) * time.Minute), Minutes: minutes,
		Channel: by, Direction: data.Outgoing, Outcome: data.Reached, Level: data.Normal, Summary: text, Staff: staff, Topics: []string{"study"}}
	for _, g := range m.Guardianships {
		if g.Student == student && g.Order == 1 {
			c.Guardians = []int64{g.Person}
		}
	}
	m.Contacts = append(m.Contacts, c)
	return &m.Contacts[len(m.Contacts)-1]
}
