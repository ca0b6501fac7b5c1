package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Relation is what a guardian is to one child.
type Relation string

// The relations of the school's records; free words stand beside.
const (
	Father              Relation = "father"
	Mother              Relation = "mother"
	Grandfather         Relation = "grandfather"
	Grandmother         Relation = "grandmother"
	MaternalGrandfather Relation = "maternal_grandfather"
	MaternalGrandmother Relation = "maternal_grandmother"
	Stepfather          Relation = "stepfather"
	Stepmother          Relation = "stepmother"
	Uncle               Relation = "uncle"
	Aunt                Relation = "aunt"
	Sibling             Relation = "sibling"
	Relative            Relation = "relative"
	OtherRelation       Relation = "other"
)

// Relations is every relation.
var Relations = []Relation{Father, Mother, Grandfather, Grandmother, MaternalGrandfather, MaternalGrandmother,
	Stepfather, Stepmother, Uncle, Aunt, Sibling, Relative, OtherRelation}

// A Guardian is an adult as one child's family knows them. Relation, calling
// order, living together and the two warnings are per child: siblings of second
// marriages differ. Phones belong to the person, whichever child.
type Guardian struct {
	ID, Student  int64 // of the guardianship; the child
	Person       int64
	Name         string
	Relation     Relation
	RelationText string
	Order        int // of calling; 1 is first
	Legal        bool
	LivesWith    bool
	MayCollect   bool
	DoNotContact bool // shown in words wherever the phone could stand, instead of it
	Phones       []Phone
	BestTime     string
	Language     string
	WorkUnit     string // L2
	WorkPlace    string // L2; where one works away
	AwaySince    Date
	Rev          int64 // of the person
	ByName       string
	At           time.Time // the person's last save
}

// First is the number to call: the first that is not marked wrong, "" if there
// is none or the guardian is not to be contacted.
func (g Guardian) First() string {
	if g.DoNotContact {
		return ""
	}
	for _, p := range g.Phones {
		if p.Bad.IsZero() {
			return p.E164
		}
	}
	return ""
}

// Tidy returns g as it should be stored.
func (g Guardian) Tidy() Guardian {
	g.Name, g.RelationText, g.BestTime = Name(g.Name), Name(g.RelationText), Name(g.BestTime)
	g.Language, g.WorkUnit, g.WorkPlace = Name(g.Language), Name(g.WorkUnit), Name(g.WorkPlace)
	phones := make([]Phone, 0, len(g.Phones))
	for _, p := range g.Phones {
		if p.E164 = strings.TrimSpace(p.E164); p.E164 == "" {
			continue
		}
		if e, err := ParsePhone(p.E164); err == nil {
			p.E164 = e
		}
		phones = append(phones, p)
	}
	g.Phones = phones
	return g
}

// Check reports everything wrong with a tidied guardian. A guardian without a
// number is taken: some have none.
func (g Guardian) Check(Date) error {
	var f faults
	f.name("guardian", g.Name)
	f.oneOf("relation", string(g.Relation), words(Relations))
	for _, p := range g.Phones {
		if _, err := ParsePhone(p.E164); err != nil {
			f.bad("phone", WhyNotPhone)
		}
	}
	f.atMost("best_time", g.BestTime, 60)
	f.atMost("work_place", g.WorkPlace, 60)
	return f.err()
}

// A Phone is one number of a person, E.164: +8610003428940.
type Phone struct {
	ID    int64
	E164  string
	Label string
	Bad   Date // since when it is known to be wrong; zero: not known to be
}

// Callable is the guardians in calling order whom one may call: a number, and
// no "do not contact".
func Callable(gs []Guardian) (out []Guardian) {
	for _, g := range gs {
		if g.First() != "" {
			out = append(out, g)
		}
	}
	return out
}

// Check reports everything wrong with a tidied family: a fault of a guardian
// names the field with the guardian's place, "phone 2".
func (e FamilyEdit) Check(today Date) error {
	var f faults
	f.atMost("address", e.Household.Address, 120)
	f.atMost("village", e.Household.Village, 60)
	f.atMost("postal", e.Household.Postal, 120)
	for i, g := range e.Guardians {
		for _, fault := range Faults(g.Check(today)) {
			f.bad(fault.Field+" "+strconv.Itoa(i+1), fault.Why)
		}
	}
	return f.err()
}

// OnlyPhones reports whether e changes nothing of a family but the phones of the
// guardians that it has: all that a surrogate parent may.
func (e FamilyEdit) OnlyPhones(was FamilyEdit) bool {
	h, o := e.Household, was.Household
	if h.Address != o.Address || h.Village != o.Village || h.Postal != o.Postal || h.Channel != o.Channel {
		return false
	}
	for _, g := range e.Guardians {
		i := slices.IndexFunc(was.Guardians, func(w Guardian) bool { return w.Person == g.Person })
		if i < 0 {
			return false
		}
		old := was.Guardians[i]
		g.Phones, old.Phones = nil, nil
		if fmt.Sprint(g.Tidy()) != fmt.Sprint(old.Tidy()) {
			return false
		}
	}
	return true
}
