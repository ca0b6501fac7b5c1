package search

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"qiao/data"
)

// school is small and has one of everything.
func school() []Entry {
	return []Entry{
		{Student: 1, Household: 10, Class: 32, ClassName: data.ClassName{Grade: 3, Number: 2}, Name: "章薇", Number: "20240117", Tags: []data.Tag{data.LeftBehind},
			Guardians: []Guardian{{"吴桂芬", []string{"+8610000000117"}}, {"章立民", []string{"+8610000000217"}}}},
		{Student: 2, Household: 10, Class: 51, ClassName: data.ClassName{Grade: 5, Number: 1}, Name: "章楠", Number: "20220504"},
		{Student: 3, Household: 11, Class: 51, ClassName: data.ClassName{Grade: 5, Number: 1}, Name: "张巍", Number: "20220505", Guardians: []Guardian{{"张广", []string{"+8610001170504"}}}},
		{Student: 4, Household: 12, Class: 13, ClassName: data.ClassName{Grade: 1, Number: 3}, Name: "周雯", Number: "20260322", Tags: []data.Tag{data.SingleParent, data.NewHere},
			Guardians: []Guardian{{"周海燕", []string{"+8610000000322", "+8657187654321"}}}},
		{Student: 5, Household: 13, Class: 32, ClassName: data.ClassName{Grade: 3, Number: 2}, Name: "曾小明", Number: "20240118", Former: "曾明、李明"},
		{Student: 6, Household: 14, Class: 32, ClassName: data.ClassName{Grade: 3, Number: 2}, Name: "尉迟静", Number: "g3301"},
		{Student: 7, Household: 15, Class: 13, ClassName: data.ClassName{Grade: 1, Number: 3}, Name: "吕乐乐", Reading: "lv lele", Number: "17"},
		{Student: 8, Household: 16, Class: 99, Gone: true, Name: "张毕业", Number: "20150001", Guardians: []Guardian{{"张老", []string{"10009990000"}}}},
		{Student: 9, Household: 17, Class: 13, ClassName: data.ClassName{Grade: 1, Number: 3}, Name: "买买提·艾力", Number: "20260901"},
		{Student: 10, Household: 18, Class: 13, ClassName: data.ClassName{Grade: 1, Number: 3}, Name: "Anna Smith", Number: "20260902"},
		{Student: 11, Household: 19, Class: 51, ClassName: data.ClassName{Grade: 5, Number: 1}, Name: "\ue000伟(2)", Number: "20220302"},
		{Student: 12, Household: 20, Class: 51, ClassName: data.ClassName{Grade: 5, Number: 1}, Name: "曾谦", Reading: "zeng qian", Number: "20220303"},
		{Student: 13, Household: 21, Class: 51, ClassName: data.ClassName{Grade: 5, Number: 1}, Name: "张华", Number: "20220304"},
		{Student: 14, Household: 22, Class: 51, ClassName: data.ClassName{Grade: 5, Number: 1}, Name: "章华伟", Number: "20220306"},
	}
}

func ids(r Result) []int64 {
	var out []int64
	for _, h := range r.Hits {
		out = append(out, h.Student)
	}
	return out
}

func TestFind(t *testing.T) {
	b := New(school())
	all := Scope{All: true, Tags: true}
	for _, c := range []struct {
		query string
		want  []int64 // in order
	}{
		{"章", []int64{14, 2, 1}}, {"章薇", []int64{1, 2}}, {"薇", []int64{1, 2}}, {"巍", []int64{3}}, {"\ue000", []int64{11}}, {"伟", []int64{14, 11}},
		{"zhangwei", []int64{3, 1, 2}}, {"zhangw", []int64{3, 1, 2}}, {"zwei", []int64{3, 1, 2}}, {"zhang wei", []int64{3, 1, 2, 14}}, {"ZhangWei", []int64{3, 1, 2}},
		{"zhang w", []int64{3, 1, 2, 14}}, {"ｚｗ", []int64{3, 1, 4, 2}}, {"zhw", []int64{14, 3, 1, 4, 2}}, {"wei", []int64{6, 14, 3, 1, 11, 2}},
		{"zh", []int64{13, 14, 2, 3, 1, 4}}, {"zeng", []int64{12, 5}}, {"ceng", []int64{12, 5}}, {"zq", []int64{12}}, {"cq", []int64{12}}, {"zxm", []int64{5}}, {"xiaoming", []int64{5}},
		{"yuchi", []int64{6}}, {"ycj", []int64{6}}, {"weichi", []int64{6}}, {"lv", []int64{7}}, {"lü", []int64{7}}, {"lu", []int64{7}}, {"lyu", []int64{7}}, {"lvlele", []int64{7}}, {"yueyue", []int64{7}},
		{"李明", []int64{5}}, {"lm", []int64{5, 1}}, {"吴桂芬", []int64{1}}, {"wgf", []int64{1}}, {"wuguifen", []int64{1}}, {"gui", []int64{1}}, {"立民", []int64{1}},
		{"楠", []int64{2, 1}}, {"zhangnan", []int64{2, 1}},
		{"0117", []int64{1, 3}}, {"117", []int64{1, 3}}, {"100 0000 0117", []int64{1}}, {"100-0000-0117", []int64{1}}, {"+86 100 0000 0117", []int64{1}}, {"００１１７", []int64{1, 3}},
		{"0571-8765", []int64{4}}, {"+86 571 8765 4321", []int64{4}}, {"11", nil}, {"17", []int64{7}}, {"G3301", []int64{6}}, {"20240117", []int64{1}},
		{"3.2", []int64{6, 5, 1}}, {"三2", []int64{6, 5, 1}}, {"三（2）班", []int64{6, 5, 1}}, {"三年级 2班", []int64{6, 5, 1}}, {"2024级2班", []int64{6, 5, 1}}, {"3-2", []int64{6, 5, 1}}, {"３。２", []int64{6, 5, 1}},
		{"302", []int64{6, 5, 1, 11}}, {"3.2 zw", []int64{1}}, {"3.2zw", []int64{1}}, {"zw 3.2", []int64{1}}, {"三年级 2班 章", []int64{1}}, {"三2张", nil}, {"三2章", []int64{1}}, {"302zw", []int64{1}}, {"3.2 z", []int64{5, 1}}, {"3-2 0117", []int64{1}},
		{"章 0117", []int64{1}}, {"张0504", []int64{3}}, {"张w", []int64{3}}, {"zw wgf", []int64{1}}, {"zw qqq", nil},
		{"留守", []int64{1}}, {"LB", []int64{1}}, {"ＬＢ", []int64{1}}, {"lb", nil}, {"SP", []int64{4}}, {"新生", []int64{4}}, {"3.2 LB", []int64{1}}, {"5.1 LB", nil}, {"LB zw", []int64{1}},
		{"毕业", nil}, {"毕业*", []int64{8}}, {"* zby", []int64{8}}, {"9990＊", []int64{8}},
		{"买买提艾力", []int64{9}}, {"买买提·艾力", []int64{9}}, {"艾力", []int64{9}}, {"mmtal", []int64{9}}, {"anna", []int64{10}}, {"annasmith", []int64{10}}, {"as", []int64{10}}, {"smith", []int64{10}},
		{"、章", []int64{14, 2, 1}}, {"／章／", []int64{14, 2, 1}}, {"", nil}, {" ", nil}, {"*", nil}, {"!", nil}, {"\xff", nil}, {"zzzz", nil},
		{strings.Repeat("章", 200), nil}, {strings.Repeat("z ", 20), nil}, {strings.Repeat("z", 100), nil},
	} {
		got := b.Find(c.query, all, 20, 2026)
		if !slices.Equal(ids(got), c.want) || got.Total != len(c.want) {
			t.Errorf("%q: %v of %d, want %v", c.query, ids(got), got.Total, c.want)
		}
		if first := b.Find(c.query, all, 1, 2026); first.Total != len(c.want) || len(first.Hits) != min(1, len(c.want)) || len(first.Hits) == 1 && first.Hits[0] != got.Hits[0] {
			t.Errorf("%q: the first of %v is %v", c.query, got, first)
		}
	}
}

func TestWhoMatched(t *testing.T) {
	b := New(school())
	for query, want := range map[string]Hit{"章薇": {1, ByName}, "李明": {5, ByFormer}, "吴桂芬": {1, ByGuardian}, "0322": {4, ByName}, "章楠": {2, ByName}} {
		if got := b.Find(query, Scope{All: true}, 1, 2026); len(got.Hits) != 1 || got.Hits[0] != want {
			t.Errorf("%s: %v, want %v", query, got.Hits, want)
		}
	}
	if got := b.Find("楠", Scope{Classes: []int64{32}}, 5, 2026); len(got.Hits) != 1 || got.Hits[0] != (Hit{1, BySibling}) {
		t.Errorf("by a sibling: %v", got)
	}
}

func TestScope(t *testing.T) {
	b := New(school())
	for _, c := range []struct {
		query string
		scope Scope
		want  []int64
	}{
		{"zw", Scope{}, nil}, {"zw", Scope{Classes: []int64{51}}, []int64{3, 2}}, {"zw", Scope{Students: []int64{4}}, []int64{4}},
		{"zw", Scope{All: true, Own: []int64{13}}, []int64{4, 3, 1, 2}}, {"zw", Scope{All: true, Recent: []int64{4, 3}}, []int64{4, 3, 1, 2}},
		{"zw", Scope{All: true, Own: []int64{51}, Recent: []int64{4, 4, 99}}, []int64{3, 2, 4, 1}}, // an own class goes before a better match
		{"zw", Scope{Classes: []int64{32, 77, 0}, Own: []int64{51}}, []int64{1}}, {"3.2", Scope{Classes: []int64{51}}, nil}, {"0117", Scope{Classes: []int64{51}}, []int64{3}},
		{"留守", Scope{All: true}, nil}, {"LB", Scope{All: true}, nil}, {"毕业*", Scope{Classes: []int64{99}}, []int64{8}}, {"毕业*", Scope{Students: []int64{8}}, []int64{8}}, {"毕业", Scope{Students: []int64{8}}, nil},
	} {
		if got := b.Find(c.query, c.scope, 20, 2026); !slices.Equal(ids(got), c.want) || got.Total != len(c.want) {
			t.Errorf("%q in %+v: %v of %d, want %v", c.query, c.scope, ids(got), got.Total, c.want)
		}
	}
	for query, want := range map[string]bool{"留守": true, "3.2 LB": true, "zw": false, "单亲 *": true, "lb": false} {
		if got := b.Find(query, Scope{All: true, Tags: true}, 5, 2026).ByTag; got != want {
			t.Errorf("%q by tag: %v", query, got)
		}
		if b.Find(query, Scope{All: true}, 5, 2026).ByTag {
			t.Errorf("%q by tag without the right", query)
		}
	}
}

// One name is better than the other for one reason.
func TestRank(t *testing.T) {
	for _, c := range []struct {
		query, better, worse string
	}{
		{"dw", "戴伟", "单伟"}, {"dan", "丹伟", "单芳"}, {"sw", "单伟", "沈望北"}, {"zw", "周望", "章薇安"}, {"伟", "伟安", "安伟"}, {"ceng", "曾一能", "周层"}, {"lu", "卢伟", "吕安"}, {"zhang wei", "章薇", "魏章"}, {"安 李", "安李", "李安"},
	} {
		b := New([]Entry{{Student: 1, Name: c.worse}, {Student: 2, Name: c.better}})
		if got := ids(b.Find(c.query, Scope{All: true}, 2, 2026)); len(got) == 0 || got[0] != 2 {
			t.Errorf("%s: %v, want %s before %s", c.query, got, c.better, c.worse)
		}
	}
	b := New([]Entry{{Student: 1, Name: "安", Number: "11170"}, {Student: 2, Name: "安", Number: "10117"}, {Student: 3, Name: "安", Number: "117"}, {Student: 4, Name: "安", Guardians: []Guardian{{"", []string{"+1234117"}}}}})
	if got := ids(b.Find("117", Scope{All: true}, 4, 2026)); !slices.Equal(got, []int64{3, 2, 4, 1}) {
		t.Error("whole numbers, ends, insides:", got)
	}
}

func TestSimilar(t *testing.T) {
	b := New(school())
	b.ix = b.ix.compacted()
	for _, c := range []struct {
		query string
		scope Scope
		want  string
	}{
		{"张威", Scope{All: true}, "张巍 章薇"}, {"章微", Scope{Classes: []int64{51}}, "张巍"}, {"zangwei", Scope{All: true}, "张巍 章薇"}, {"zhannan", Scope{All: true}, "章楠"}, {"zhanglan", Scope{All: true}, "章楠"},
		{"周文", Scope{}, ""}, {"周文", Scope{All: true}, "周雯"}, {"买买体·艾力", Scope{All: true}, "买买提·艾力"}, {"qqq", Scope{All: true}, ""}, {"张必业", Scope{All: true}, ""}, {"9999", Scope{All: true}, ""}, {"3.2 张威", Scope{All: true}, ""},
	} {
		if got := b.Find(c.query, c.scope, 5, 2026); got.Total != 0 || strings.Join(got.Similar, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.query, got, c.want)
		}
	}
}

func TestPutAndDrop(t *testing.T) {
	b := New(nil)
	find := func(query string) []int64 { return ids(b.Find(query, Scope{All: true}, 20, 2026)) }
	b.Put(school()...)
	moved := school()[0]
	moved.Class, moved.ClassName, moved.Name = 51, data.ClassName{Grade: 5, Number: 1}, "章玮"
	moved.Guardians = moved.Guardians[:1]
	b.Put(moved)
	if got := find("3.2"); !slices.Equal(got, []int64{6, 5}) {
		t.Error("after a move 3.2 is", got)
	}
	for query, n := range map[string]int{"薇": 0, "玮": 2, "0117": 2, "0217": 0, "立民": 0, "wgf": 1, "楠": 2} {
		if got := find(query); len(got) != n {
			t.Errorf("after a change %s finds %v", query, got)
		}
	}
	b.Drop(1, 99)
	if got := find("楠"); !slices.Equal(got, []int64{2}) || b.Len() != 13 {
		t.Error("after a drop", got, b.Len())
	}
	for range 5000 { // more than once around
		b.Put(moved)
	}
	if got := find("zw"); !slices.Equal(got, []int64{3, 1, 4, 2}) || len(b.ix.slots) > 3000 {
		t.Error("after many changes", got, len(b.ix.slots))
	}
}

// One writes while others search; the race detector looks on.
func TestFindDuringPut(t *testing.T) {
	b := New(school())
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 300 {
				if r := b.Find("zhang", Scope{All: true, Recent: []int64{3}}, 5, 2026); r.Total < 4 || len(r.Hits) > 5 {
					t.Error(r)
				}
			}
		}()
	}
	e := school()
	for i := range 3000 {
		b.Put(e[i%2])
	}
	wg.Wait()
}

func TestReading(t *testing.T) {
	for _, c := range [][4]string{ // name, given, reading, romanised
		{"章薇", "", "zhang wei", "Zhang Wei"}, {"曾谦", "", "zeng qian", "Zeng Qian"}, {"单雄信", "", "shan xiong xin", "Shan Xiongxin"}, {"仇和", "", "qiu he", "Qiu He"}, {"尉迟静", "", "yu chi jing", "Yuchi Jing"},
		{"欧阳小白", "", "ou yang xiao bai", "Ouyang Xiaobai"}, {"吕乐", "lv yue", "lv yue", "Lv Yue"}, {"吕乐", "", "lv le", "Lv Le"}, {"", "", "", ""}, {"20240217", "", "", "20240217"}, {"Anna Smith", "", "anna smith", "Anna Smith"}, {"\ue000伟", "", "\ue000 wei", "\ue000伟"}, {"章", "", "zhang", "Zhang"},
	} {
		if got := Reading(c[0], c[1]); got != c[2] {
			t.Errorf("%s is read %q, want %q", c[0], got, c[2])
		}
		if got := Romanised(c[0], c[1]); got != c[3] {
			t.Errorf("%s is written %q, want %q", c[0], got, c[3])
		}
	}
	for name, want := range map[string]string{"罗静": "luojing", "": "staff", "\ue000": "staff", "Anna B.": "annab"} {
		if got := Username(name); got != want {
			t.Errorf("%s is called %q", name, got)
		}
	}
	for _, w := range strings.Fields("曾zeng,ceng 单shan,dan,chan 仇qiu,chou 解xie,jie 查zha,cha 区ou,qu 盖ge,gai 朴piao,pu 翟zhai,di 缪miao,mou 乐yue,le 吕lv,lu,lyu") {
		name, want := string([]rune(w)[:1]), strings.Split(strings.TrimLeft(w, string([]rune(w)[:1])), ",")
		got := parts(name+"明", "")[0].readings
		if got[0] != want[0] {
			t.Errorf("%s is %v first", name, got)
		}
		for _, s := range want {
			if !slices.Contains(got, s) {
				t.Errorf("%s is not %s but %v", name, s, got)
			}
		}
	}
}
