package data

import (
	"slices"
	"testing"
	"time"
)

// The answer to "what may this person see?" says what May and Why say: a record
// has a reason if and only if something may be done with it.
func TestVerdictsAreMay(t *testing.T) {
	at := time.Date(2026, 11, 25, 15, 4, 0, 0, China)
	here, there := Place{Student: 1, Class: 3}, Place{Student: 2, Class: 5}
	for _, role := range Roles {
		g := Grant{Role: role, Kind: OwnGrant, Scope: ScopeOf(role), ScopeID: 3, Classes: []int64{3}}
		if g.Scope == ScopeStudent {
			g.ScopeID = 1
		}
		a := Account{ID: 7, Grants: []Grant{g}}
		for _, p := range []*Place{nil, &here, &there} {
			all := a.Verdicts(at, p)
			if len(all) != len(Records) {
				t.Fatal(len(all))
			}
			for _, v := range all {
				for _, act := range Acts {
					why := a.WhyAtAll(at, v.Record, act, true)
					if p != nil {
						why = a.Why(at, v.Record, act, *p, true)
					}
					said := slices.ContainsFunc(v.Reasons, func(r Reason) bool { return slices.Contains(r.Right.Acts, act) })
					if said != (len(why) > 0) {
						t.Errorf("%s, %s, %c: said %v, is %v", role, v.Record, act, said, why)
					}
				}
			}
			for _, r := range a.Readings(at, p) {
				for l := Open; l <= Secret; l++ {
					if p != nil && l > Open && a.SeesCard(at, *p) && r.Sights[l] != a.SeesLevel(at, *p, l) {
						t.Errorf("%s, level %d: said %v, is %v", role, l, r.Sights[l], a.SeesLevel(at, *p, l))
					}
				}
			}
		}
	}
}
