package command

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"
)

// now is 15:09 on a Wednesday, at the school.
func now() time.Time { return time.Date(2026, time.November, 25, 15, 9, 0, 0, data.China) }

// A rig is a school of one class in a real file, and who may ask.
type rig struct {
	t    *testing.T
	db   *store.DB
	who  map[string]int64 // by user name
	lang i18n.Lang
	cols int
}

// sample is a class with two siblings, whose grandmother is called first, and a
// child of another family.
func sample() data.School {
	at := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 30, 0, 0, data.China) }
	mobile := func(n string) []data.Phone { return []data.Phone{{E164: "+86100" + n}} }
	year := data.On(2026, time.September, 1).Start()
	grant := func(r data.Role, id int64) data.Grant {
		return data.Grant{Role: r, Scope: data.ScopeOf(r), ScopeID: id, From: year}
	}
	employee := func(person int64, name string, gs ...data.Grant) data.Employee {
		return data.Employee{Account: data.Account{Person: person, Username: name, Grants: gs}}
	}
	pupil := func(home int64, number, name string, birth data.Date, tags ...data.TagNote) data.Pupil {
		return data.Pupil{Student: data.Student{Household: home, Class: 1, Number: number, Name: name, Sex: data.Female, Birth: birth, Status: data.Enrolled},
			Tags: tags}
	}
	return data.School{Name: "示例小学", Classes: []data.Cohort{{Entry: 2024, EntryGrade: 1, Number: 2}},
		Calendar: data.Calendar{Terms: []data.Term{{Year: 2026, N: 1, First: data.On(2026, 9, 1), Last: data.On(2027, 1, 29)}}},
		People: []data.Person{{Name: "罗静"}, {Name: "宁小舟"}, {Name: "丁一川"}, {Name: "贺平"}, {Name: "段青"},
			{Name: "吴桂芬", Phones: mobile("00000117"), BestTime: "白天"}, {Name: "章立民", Phones: mobile("00000217"), WorkPlace: "东甲市"},
			{Name: "何秀", Phones: mobile("00000317")}, {Name: "冉大山"}},
		Staff: []data.Employee{employee(1, "luojing", grant(data.ClassTeacher, 1)), employee(2, "ningxiaozhou", grant(data.Principal, 0)),
			employee(3, "dingyichuan", grant(data.Administrator, 0)), employee(4, "heping", grant(data.SubjectTeacher, 1)),
			employee(5, "duanqing", grant(data.FrontDesk, 0))},
		Households: []data.Home{{Household: data.Household{Address: "甲乙镇1号"}}, {}},
		Students: []data.Pupil{pupil(1, "20240217", "章薇", data.On(2018, 3, 9), data.TagNote{Tag: data.LeftBehind, Since: data.On(2026, 9, 1)}),
			pupil(1, "20240218", "章楠", data.On(2018, 3, 9)), pupil(2, "20240219", "冉小满", data.On(2017, 10, 2))},
		Guardianships: []data.Guardianship{{Student: 1, Person: 6, Relation: data.Grandmother, Order: 1, LivesWith: true, MayCollect: true},
			{Student: 1, Person: 7, Relation: data.Father, Order: 2, MayCollect: true},
			{Student: 1, Person: 8, Relation: data.Mother, Order: 3, DoNotContact: true},
			{Student: 2, Person: 6, Relation: data.Grandmother, Order: 1, MayCollect: true},
			{Student: 3, Person: 9, Relation: data.Father, Order: 1, MayCollect: true}},
		Contacts: []data.Contact{
			{Household: 1, Students: []int64{1}, Guardians: []int64{6}, At: at(5, 10), Written: at(5, 10), Channel: data.Talk, Direction: data.Outgoing,
				Outcome: data.Reached, Level: data.Restricted, Topics: []string{"mood"}, Summary: "和祖母谈孩子的情绪", Staff: 1},
			{Household: 1, Students: []int64{1}, Guardians: []int64{6}, At: at(19, 16), Written: at(19, 16), Channel: data.PhoneCall,
				Direction: data.Outgoing, Outcome: data.Reached, Level: data.Normal, Topics: []string{"health"}, Summary: "咳嗽三天\n已看医生", Staff: 1,
				Promises: []data.Promise{{Text: "把校医的电话给祖母", Owner: 1, Due: data.On(2026, 11, 27), Level: data.Normal, State: data.PromiseOpen,
					Kind: data.AnyPromise}}}}}
}

func newRig(t *testing.T) *rig {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Console("root").Found(t.Context(), sample(), nil); err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, db: db, who: map[string]int64{}, lang: i18n.Chinese}
	all, err := db.Console("root").Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		r.who[a.Username] = a.ID
	}
	return r
}

// call is what sshd makes for one command.
func (r *rig) call(who string, in io.Reader, out, errs io.Writer) Call {
	return Call{Lang: r.lang, In: in, Out: out, Err: errs, Cols: r.cols, Now: now, Key: "SHA256:test",
		Read: func(string) ([]byte, error) { return io.ReadAll(io.LimitReader(in, 1<<20)) },
		Desk: func(context.Context) (*store.Desk, error) {
			return r.db.As(r.who[who]).Via("words", "SHA256:test", "127.0.0.1"), nil
		}}
}

// says runs a line of words, which are split at blanks; what stands between two
// bars is one word.
func (r *rig) says(who, in, line string) (out, errs string, code int) {
	r.t.Helper()
	var words []string
	for i, part := range strings.Split(line, "|") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	var o, e bytes.Buffer
	code = Run(r.t.Context(), r.call(who, strings.NewReader(in), &o, &e), words)
	return o.String(), e.String(), code
}

// golden compares with a file of testdata, which -update writes.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *tuitest.Update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("%s: %v\ngot\n%s\nwant\n%s", name, err, got, want)
	}
}
