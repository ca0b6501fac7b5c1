package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qiao/data"
)

// The plain way to search: every student, every name, every reading.

// plainSpelt is the best rank of letters against a name, by trying everything.
func plainSpelt(name []part, letters string) rank {
	best := none
	var walk func(start, i int, rest string, r rank)
	walk = func(start, i int, rest string, r rank) {
		if i == len(name) {
			return
		}
		for n, reading := range name[i].readings {
			r := r
			if n > 0 {
				r |= unusual
			}
			if strings.HasPrefix(reading, rest) {
				best = min(best, r+place(start, i+1-start, len(name)))
			}
			for _, piece := range []string{reading[:1], strings.TrimRight(reading[:min(2, len(reading))], "abcdefgijklmnopqrstuvwxyz"), reading} {
				if after, ok := strings.CutPrefix(rest, piece); ok && piece != "" && after != "" {
					walk(start, i+1, after, r)
				}
			}
		}
	}
	for start := range name {
		walk(start, start, letters, 0)
	}
	return best
}

func plainWritten(name []part, han string) rank {
	var s strings.Builder
	for _, p := range name {
		if p.text[0] < 0x80 {
			s.WriteByte(' ') // letters are not written in characters
		} else {
			s.WriteString(p.text)
		}
	}
	i := strings.Index(s.String(), han)
	if i < 0 {
		return none
	}
	return place(i, len(han), s.Len())
}

func plainNames(e Entry) map[By][][]part {
	m := map[By][][]part{ByName: {parts(e.Name, e.Reading)}}
	for _, f := range strings.Split(e.Former, "、") {
		m[ByFormer] = append(m[ByFormer], parts(f, ""))
	}
	for _, g := range e.Guardians {
		m[ByGuardian] = append(m[ByGuardian], parts(g.Name, ""))
	}
	return m
}

func plainRank(e Entry, all []Entry, t term) rank {
	best := none
	try := func(names [][]part, by By) {
		for _, n := range names {
			r := none
			if t.letters != "" {
				r = plainSpelt(n, t.letters)
			}
			if t.han != nil {
				r = min(r, plainWritten(n, string(t.han)))
			}
			if r != none {
				best = min(best, r.of(by))
			}
		}
	}
	for by, names := range plainNames(e) {
		try(names, by)
	}
	for _, s := range all {
		if s.Household == e.Household && s.Student != e.Student && e.Household != 0 {
			try(plainNames(s)[ByName], BySibling)
			try(plainNames(s)[ByFormer], BySibling)
		}
	}
	numbers := []string{e.Number}
	for _, g := range e.Guardians {
		for _, p := range g.Phones {
			numbers = append(numbers, strings.TrimPrefix(p, "+86"))
		}
	}
	for i, n := range numbers {
		switch {
		case t.digits == "" || len(t.digits) < 3 && i > 0:
		case n == t.digits:
			best = min(best, exact)
		case len(t.digits) < 3:
		case strings.HasSuffix(n, t.digits):
			best = min(best, beginning)
		case strings.Contains(n, t.digits):
			best = min(best, inside)
		}
	}
	if e.ClassName == t.class && !t.class.IsZero() {
		best = exact
	}
	for _, tag := range e.Tags {
		if tagBit(tag)&t.tag != 0 {
			best = min(best, tagged)
		}
	}
	return best
}

func plainFind(all []Entry, typed string, s Scope, limit int) (hits []int64, total int) {
	q, ok := parse(typed, 2026, s.Tags)
	if !ok {
		return nil, 0
	}
	type hit struct {
		e    Entry
		rank rank
	}
	var found []hit
	for _, e := range all {
		if e.Gone && !q.gone || !s.All && !slices.Contains(s.Classes, e.Class) && !slices.Contains(s.Students, e.Student) {
			continue
		}
		r := exact
		for _, t := range q.terms {
			r = max(r, plainRank(e, all, t))
		}
		if r == none {
			continue
		}
		if t, ok := joined(q.terms); ok {
			r = min(r, plainRank(e, all, t))
		}
		found = append(found, hit{e, r})
	}
	foreign := func(e Entry) bool { return !slices.Contains(s.Own, e.Class) }
	lately := func(e Entry) uint { return uint(slices.Index(s.Recent, e.Student)) } // -1 is the greatest
	slices.SortFunc(found, func(a, b hit) int {
		if foreign(a.e) != foreign(b.e) {
			return map[bool]int{true: 1, false: -1}[foreign(a.e)]
		}
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(lately(a.e), lately(b.e)),
			slices.Compare(strings.Fields(Reading(a.e.Name, a.e.Reading)), strings.Fields(Reading(b.e.Name, b.e.Reading))),
			strings.Compare(a.e.Name, b.e.Name), cmp.Compare(a.e.Student, b.e.Student))
	})
	for _, h := range found[:min(limit, len(found))] {
		hits = append(hits, h.e.Student)
	}
	return hits, len(found)
}

var (
	anyName = rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(t, "latin") == 0 {
			return rapid.SampledFrom([]string{"anna lee", "ann", "li na", "阿卜杜热合曼买买提艾力重行乐", "\ue000伟", "", "a李"}).Draw(t, "name")
		}
		return string(rapid.SliceOfN(rapid.SampledFrom([]rune("张章曾单吕尉迟乐解安恩昂西先行长子卓阿华欧")), 1, 4).Draw(t, "name"))
	})
	anyEntry = rapid.Custom(func(t *rapid.T) Entry {
		class := rapid.Int64Range(1, 3).Draw(t, "class")
		e := Entry{Student: rapid.Int64Range(1, 12).Draw(t, "student"), Household: rapid.Int64Range(0, 4).Draw(t, "household"), Class: class, ClassName: data.ClassName{Grade: 3, Number: int(class)},
			Name: anyName.Draw(t, "name"), Former: rapid.SampledFrom([]string{"", "", "张安、李西安"}).Draw(t, "former"), Number: fmt.Sprint(rapid.SampledFrom([]int{302, 17, 2026001, 1170117}).Draw(t, "number")),
			Gone: rapid.IntRange(0, 4).Draw(t, "gone") == 0, Tags: rapid.SliceOfN(rapid.SampledFrom(data.Tags), 0, 2).Draw(t, "tags")}
		if e.Gone {
			e.ClassName = data.ClassName{}
		}
		if e.Name == "曾安" {
			e.Reading = "ceng an"
		}
		for range rapid.IntRange(0, 2).Draw(t, "guardians") {
			e.Guardians = append(e.Guardians, Guardian{anyName.Draw(t, "guardian"), rapid.SliceOfN(rapid.SampledFrom([]string{"+8610000000117", "10001170302", "+8610011701170"}), 0, 2).Draw(t, "phones")})
		}
		return e
	})
	anyScope = rapid.Custom(func(t *rapid.T) Scope {
		some := func(name string, most int64) []int64 {
			return rapid.SliceOfNDistinct(rapid.Int64Range(1, most), 0, 3, rapid.ID[int64]).Draw(t, name)
		}
		return Scope{All: rapid.Bool().Draw(t, "all"), Classes: some("classes", 4), Students: some("students", 13), Own: some("own", 4), Recent: some("recent", 13), Tags: rapid.Bool().Draw(t, "tags")}
	})
	anyWord = rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return rapid.SampledFrom([]string{"0117", "117", "302", "17", "3.2", "三1", "3.1z", "留守", "LB", "SP", "*", "单亲", "1000000", "三年级 2班"}).Draw(t, "word")
		case 1: // what somebody types of a name
			var b strings.Builder
			for _, p := range parts(anyName.Draw(t, "name"), "") {
				if len(p.readings) > 0 {
					r := rapid.SampledFrom(p.readings).Draw(t, "reading")
					b.WriteString(r[:rapid.SampledFrom([]int{1, min(2, len(r)), len(r)}).Draw(t, "letters")])
				}
			}
			return b.String()
		case 2:
			return string(rapid.SliceOfN(rapid.SampledFrom([]rune("zhanglecsiuv")), 1, 5).Draw(t, "letters"))
		}
		return anyName.Draw(t, "characters")
	})
)

// The index finds what the plain way finds, in the same order, whatever the
// scope, and however the block came to hold what it holds.
func TestFindAsThePlainWayDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := map[int64]Entry{}
		b := New(nil)
		for range rapid.IntRange(0, 25).Draw(t, "changes") {
			switch e := anyEntry.Draw(t, "entry"); rapid.IntRange(0, 9).Draw(t, "change") {
			case 0:
				b.Drop(e.Student)
				delete(entries, e.Student)
			case 1:
				b.ix = b.ix.compacted()
				b.noFronts()
			default:
				b.Put(e)
				entries[e.Student] = e
			}
		}
		var all []Entry
		for _, e := range entries {
			all = append(all, e)
		}
		fresh := New(all)
		for _, b := range []*Block{b, fresh} { // answers are kept in this school too
			b.many, b.kept = 0, rapid.IntRange(0, 10).Draw(t, "kept")
		}
		for range 12 {
			query := strings.Join(rapid.SliceOfN(anyWord, 1, 3).Draw(t, "words"), " ")
			scope, limit := anyScope.Draw(t, "scope"), rapid.IntRange(0, 14).Draw(t, "limit")
			want, total := plainFind(all, query, scope, limit)
			for _, b := range []*Block{b, fresh} {
				for range 2 { // the second time maybe from what was kept
					if got := b.Find(query, scope, limit, 2026); !slices.Equal(ids(got), want) || got.Total != total {
						t.Fatalf("%q: %v of %d, want %v of %d", query, ids(got), got.Total, want, total)
					}
				}
			}
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"zhang w", "3.2 zw", "100 0000 0117", "留守 *", "三（2）", "\xff\x00", "＊ｚ", "g3301", "+86 1", "a\u0301", "nü'er"} {
		f.Add(s, true)
	}
	b := New(school())
	f.Fuzz(func(t *testing.T, query string, all bool) {
		scope := Scope{All: all, Classes: []int64{32}, Own: []int64{51}, Recent: []int64{3}, Tags: true}
		r := b.Find(query, scope, 3, 2026)
		if len(r.Hits) != min(3, r.Total) || len(r.Similar) > 3 || r.Total > 0 && r.Similar != nil {
			t.Errorf("%q: %+v", query, r)
		}
		for _, h := range r.Hits {
			if !all && h.Student != 1 && h.Student != 5 && h.Student != 6 {
				t.Errorf("%q finds %d out of scope", query, h.Student)
			}
		}
	})
}
