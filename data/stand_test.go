package data

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// However sessions come, turn and go: those who stand at a record are whoever
// said so last, an account once, with what it does most; nobody is among their
// own others; and whoever is concerned is told, and nobody else.
func TestStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Stands
		on := []Ref{{}, {"student", 1}, {"student", 2}, {"meeting", 1}}
		now := map[int64]Stand{} // by session; session 7 is account 7%4's
		seen := func(r Ref, account int64) []Other {
			var out []Other
			for id, st := range now {
				if st.On != r || r == (Ref{}) || id%4 == account {
					continue
				}
				if i := slices.IndexFunc(out, func(o Other) bool { return o.Account == id%4 }); i < 0 {
					out = append(out, Other{Account: id % 4, Doing: st.Doing})
				} else {
					out[i].Doing = max(out[i].Doing, st.Doing)
				}
			}
			slices.SortFunc(out, func(a, b Other) int { return int(a.Account - b.Account) })
			return out
		}
		for range 40 {
			id := rapid.Int64Range(1, 9).Draw(t, "session")
			st := Stand{On: rapid.SampledFrom(on).Draw(t, "on"), Doing: Doing(rapid.IntRange(0, 2).Draw(t, "doing"))}
			me := Account{ID: id % 4}
			was := map[Ref][][]Other{}
			for _, r := range on {
				for a := range int64(4) {
					was[r] = append(was[r], seen(r, a))
				}
			}
			if st.On == (Ref{}) {
				delete(now, id)
			} else {
				now[id] = st
			}
			stirred, others := s.Move(id, me, st)
			if others != (len(seen(st.On, me.ID)) > 0) {
				t.Fatal("others", others)
			}
			for _, r := range on {
				for a := range int64(4) {
					is := seen(r, a)
					got := s.At(r, a)
					slices.SortFunc(got, func(a, b Other) int { return int(a.Account - b.Account) })
					if !slices.Equal(got, is) {
						t.Fatalf("account %d at %v sees %v, want %v", a, r, got, is)
					}
					stands := slices.ContainsFunc(seen(r, -1), func(o Other) bool { return o.Account == a })
					if a != me.ID && stands && !slices.Equal(is, was[r][a]) && !slices.Contains(stirred, r) {
						t.Fatalf("account %d at %v was not told that %v are %v", a, r, was[r][a], is)
					}
				}
			}
			for _, r := range stirred {
				if len(seen(r, me.ID)) == 0 {
					t.Fatalf("%v is announced to nobody", r)
				}
			}
		}
	})
}
