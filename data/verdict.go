package data

import "time"

// A Verdict is what an account may do with one record, each right with the role
// that it comes with.
type Verdict struct {
	Record  Record
	Reasons []Reason
}

// Verdicts is the answer to "what may this person see?" at t: every record of
// the matrix with the account's rights over it, in the matrix's order; a record
// without a right is there too, with none. With a place it is about that child,
// else about all there is. A right that reaches own entries only says so.
func (a Account) Verdicts(t time.Time, p *Place) (out []Verdict) {
	for _, rec := range Records {
		v := Verdict{Record: rec}
		for role, g := range a.held(t, p) {
			for _, r := range RightsOf(role, rec) {
				v.Reasons = append(v.Reasons, Reason{role, r, g})
			}
		}
		out = append(out, v)
	}
	return out
}

// A Reading is what of the levels one role of an account reads.
type Reading struct {
	Role   Role
	Grant  Grant
	Sights [Secret + 1]Sight // of the levels open to secret
	Bare   bool              // of what is normal, name, class, phones and warnings alone
}

// Readings is what each role that the account has at t reads by level, about a
// child or with a nil place at all.
func (a Account) Readings(t time.Time, p *Place) (out []Reading) {
	for role, g := range a.held(t, p) {
		r := Reading{Role: role, Grant: g}
		for l := Open; l <= Secret; l++ {
			sight, bare := role.Sight(l)
			r.Sights[l] = sight
			r.Bare = r.Bare || bare
		}
		out = append(out, r)
	}
	return out
}
