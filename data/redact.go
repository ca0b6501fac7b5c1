package data

import "time"

// A part is one field of a record as the table of levels names it, and how a
// value loses it.
type part[T any] struct {
	field string
	blank func(*T)
}

// shown is v without the parts whose level its reader may not see.
func shown[T any](v T, parts []part[T], sees func(Level) bool) T {
	for _, p := range parts {
		if !sees(LevelOf(p.field)) {
			p.blank(&v)
		}
	}
	return v
}

var (
	studentParts = []part[Student]{
		{"student.sex", func(s *Student) { s.Sex = "" }},
		{"student.boarding", func(s *Student) { s.Boarding = false }},
		{"student.birth_date", func(s *Student) { s.Birth = Date{} }},
		{"student.interests", func(s *Student) { s.Former = "" }}, // a former name is of the same level
	}
	householdParts = []part[Household]{
		{"household.home_address", func(h *Household) { h.Address = "" }},
		{"household.postal_address", func(h *Household) { h.Postal = "" }},
		{"household.village", func(h *Household) { h.Village = "" }},
		{"household.preferred_channel", func(h *Household) { h.Channel = "" }},
	}
	guardianParts = []part[Guardian]{
		{"guardian.best_time", func(g *Guardian) { g.BestTime = "" }},
		{"guardian.language_note", func(g *Guardian) { g.Language = "" }},
		{"guardian.is_legal_guardian", func(g *Guardian) { g.Legal = false }},
		{"guardian.lives_with_student", func(g *Guardian) { g.LivesWith = false }},
		{"guardian.work_unit", func(g *Guardian) { g.WorkUnit = "" }},
		{"guardian.work_place", func(g *Guardian) { g.WorkPlace = "" }},
		{"guardian.away_since", func(g *Guardian) { g.AwaySince = Date{} }},
	}
)

// For is the student as somebody sees it who sees these levels about them.
func (s Student) For(sees func(Level) bool) Student { return shown(s, studentParts, sees) }

// For is the household as somebody sees it who sees these levels about one of
// its children.
func (h Household) For(sees func(Level) bool) Household {
	if h = shown(h, householdParts, sees); !sees(ClassOnly) {
		h.ByName, h.At = "", time.Time{} // of the address
	}
	return h
}

// For is the guardian as somebody sees it who sees these levels about the child.
// Name, relation, phones and the two warnings are left: who finds a child at all
// sees them.
func (g Guardian) For(sees func(Level) bool) Guardian { return shown(g, guardianParts, sees) }

// Reads is what the account sees whole of each level about a child at t, for the
// For methods of records.
func (a Account) Reads(t time.Time, p Place) func(Level) bool {
	var whole [Secret + 1]bool
	for l := range whole {
		whole[l] = a.SeesLevel(t, p, Level(l)) == Whole
	}
	return func(l Level) bool { return l >= Open && l <= Secret && whole[l] }
}
