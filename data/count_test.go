package data

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCountSays(t *testing.T) {
	c := []Count{CountOf(17), {n: 3, seen: few}, {n: 9, seen: withheld}}
	text, err := json.Marshal(c)
	if err != nil || string(text) != `[17,"\u003c5","*"]` || c[0].String() != "17" || c[1].String() != "<5" || c[2].String() != "*" {
		t.Error(string(text), err)
	}
	if n, ok := c[1].N(); ok || n != 0 {
		t.Error(n, ok)
	}
}

// possible lists the values that the reader of a sum must still think possible
// of its i-th part: each hidden part is any number that its sign allows.
func possible(total int, parts []Count, i int) (out []int) {
	var fits func(at, rest int) bool
	fits = func(at, rest int) bool {
		if at == len(parts) {
			return rest == 0
		}
		switch {
		case rest < 0:
		case at == i:
			return fits(at+1, rest)
		case parts[at].seen == told:
			return fits(at+1, rest-parts[at].n)
		case parts[at].seen == few:
			for v := range Few {
				if fits(at+1, rest-v) {
					return true
				}
			}
		default:
			for v := Few; v <= rest; v++ {
				if fits(at+1, rest-v) {
					return true
				}
			}
		}
		return false
	}
	from, to := 0, Few-1
	if parts[i].seen == withheld {
		from, to = Few, total
	}
	for v := from; v <= to; v++ {
		if fits(0, total-v) {
			out = append(out, v)
		}
	}
	return out
}

// Nobody who is shown a sum and some of its parts can work out another one of
// them that is hidden; and what is Few or more is told where that is safe.
func TestSumsDoNotTell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 12), 1, 5).Draw(t, "parts")
		total, parts := Count{}, make([]Count, len(values))
		s := sum{total: &total}
		for i, n := range values {
			parts[i].n = n
			total.n += n
			s.parts = append(s.parts, &parts[i])
		}
		all, was := append([]*Count{&total}, s.parts...), total.n
		hide(all, []sum{s})
		for i, p := range parts {
			if p.seen == told && p.n != values[i] || p.seen == few && values[i] >= Few || p.seen != told && p.n != 0 {
				t.Fatalf("%v is shown as %v", values, parts)
			}
			if total.seen == told && p.seen != told {
				if can := possible(was, parts, i); len(can) < 2 {
					t.Fatalf("%v, shown as %v of %v: part %d can only be %v", values, parts, total, i, can)
				}
			}
		}
		if !slices.ContainsFunc(values, func(n int) bool { return n < Few }) && (total.seen != told || slices.ContainsFunc(parts, func(c Count) bool { return c.seen != told })) {
			t.Fatalf("%v is hidden without need: %v of %v", values, parts, total)
		}
	})
}

func TestGuardedTotals(t *testing.T) {
	row := func(class ClassName, grade, students int) TotalsRow {
		return TotalsRow{Class: class, Grade: grade, Students: CountOf(students), Contacts: CountOf(30), Calls: CountOf(20), Visits: CountOf(2), Messages: CountOf(8)}
	}
	in := TermTotals{All: row(ClassName{}, 0, 63), Grades: []TotalsRow{row(ClassName{}, 3, 43), row(ClassName{}, 5, 20)},
		Classes: []TotalsRow{row(ClassName{Grade: 3, Number: 1}, 0, 40), row(ClassName{Grade: 3, Number: 2}, 0, 3), row(ClassName{Grade: 5, Number: 1}, 0, 20)}}
	out := in.Guarded()
	if !out.Few || out.All.Students.String() != "63" || out.All.Visits.String() != "<5" || out.All.Calls.String() != "20" {
		t.Errorf("%+v", out.All)
	}
	if len(out.Classes) != 1 || out.Classes[0].Class != (ClassName{Grade: 5, Number: 1}) || out.Grades[1].Students.String() != "20" {
		t.Errorf("a class of three, or what tells its size: %+v", out.Classes)
	}
	if n, _ := in.Classes[1].Students.N(); n != 3 {
		t.Error("the totals themselves are changed")
	}
}

// A sum that is hidden so that it does not tell another is not told by its own
// parts either.
func TestHiddenSumsAreNotAddedUp(t *testing.T) {
	row := func(students int) TotalsRow { return TotalsRow{Students: CountOf(students)} }
	in := TermTotals{All: row(14), Grades: []TotalsRow{{Grade: 3, Students: CountOf(12)}, {Grade: 5, Students: CountOf(2)}},
		Classes: []TotalsRow{{Class: ClassName{Grade: 3, Number: 2}, Students: CountOf(12)}, {Class: ClassName{Grade: 5, Number: 1}, Students: CountOf(2)}}}
	out := in.Guarded()
	if out.All.Students.String() != "14" || out.Grades[0].Students.String() != "*" || out.Grades[1].Students.String() != "<5" || len(out.Classes) != 0 {
		t.Errorf("%+v", out)
	}
}
