package data

import "time"

// TermTotals are counts of a term without names: of all that the reader may count,
// by grade and by class.
type TermTotals struct {
	Term    Term
	On      Date
	All     TotalsRow
	Grades  []TotalsRow
	Classes []TotalsRow
	Few     bool // what is under Few is not told
}

// A TotalsRow is the counts of the school, of a grade or of a class.
type TotalsRow struct {
	Grade      int       `json:"grade,omitempty"`
	Class      ClassName `json:"-"`
	Students   Count     `json:"students"`
	Families   Count     `json:"families"`
	LeftBehind Count     `json:"left_behind"`
	Contacts   Count     `json:"contacts"` // this term; it is the sum of the next four
	Calls      Count     `json:"calls"`
	Visits     Count     `json:"visits"`
	Messages   Count     `json:"messages"`
	Others     Count     `json:"others"`
	Reached    Count     `json:"reached"` // families, this month
	Open       Count     `json:"promises_open"`
	Kept       Count     `json:"promises_kept"` // this term
	Broken     Count     `json:"promises_broken"`
}

// Counts are the row's counts, in order.
func (r *TotalsRow) Counts() []*Count {
	return []*Count{&r.Students, &r.Families, &r.LeftBehind, &r.Contacts, &r.Calls, &r.Visits, &r.Messages, &r.Others, &r.Reached, &r.Open, &r.Kept, &r.Broken}
}

// Guarded is the totals as an inspector reads them: what is under Few is not
// told, a class of fewer children has no row, and nothing is left that tells
// either by a sum.
func (t TermTotals) Guarded() TermTotals {
	t.Few = true
	t.Grades, t.Classes = append([]TotalsRow(nil), t.Grades...), append([]TotalsRow(nil), t.Classes...)
	rows := []*TotalsRow{&t.All}
	for i := range t.Grades {
		rows = append(rows, &t.Grades[i])
	}
	for i := range t.Classes {
		rows = append(rows, &t.Classes[i])
		if c := &t.Classes[i]; c.Students.n < Few { // a small class tells nothing at all
			for _, one := range c.Counts() {
				if one.seen = few; one.n >= Few {
					one.seen = withheld
				}
			}
		}
	}
	var all []*Count
	var sums []sum
	for _, r := range rows {
		all = append(all, r.Counts()...)
		sums = append(sums, sum{&r.Contacts, []*Count{&r.Calls, &r.Visits, &r.Messages, &r.Others}})
	}
	for i := range t.All.Counts() {
		school := sum{total: t.All.Counts()[i]}
		for g := range t.Grades {
			grade := sum{total: t.Grades[g].Counts()[i]}
			for c := range t.Classes {
				if t.Classes[c].Class.Grade == t.Grades[g].Grade {
					grade.parts = append(grade.parts, t.Classes[c].Counts()[i])
				}
			}
			school.parts = append(school.parts, grade.total)
			sums = append(sums, grade)
		}
		sums = append(sums, school)
	}
	hide(all, sums)
	shown := t.Classes[:0]
	for _, c := range t.Classes {
		if c.Students.seen == told {
			shown = append(shown, c)
		}
	}
	t.Classes = shown
	return t
}

// MayTotals reports how the account may count the children of a class at t: not
// at all, without telling what is few, or as it is.
func (a Account) MayTotals(t time.Time, p Place) (may, guarded bool) {
	if a.SeesCard(t, p) && a.May(t, RecStudent, View, p, false) {
		return true, false
	}
	return a.May(t, RecStudent, View, p, false, Totals), true
}

// MayCount reports whether there is any child that the account may count, by
// MayTotals.
func (a Account) MayCount(t time.Time) bool {
	return a.MayAtAll(t, RecStudent, View, false, Totals)
}
