package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"qiao/data"

	"pgregory.net/rapid"
)

// Whatever two people save in whatever order, each from the revision they last
// read: a save from the newest revision is stored, one from an older revision
// is a conflict that changes nothing, and the revisions hold every text there
// ever was, in order.
func TestRevisionsHoldEveryText(t *testing.T) {
	s := openSchool(t)
	desks := []*Desk{s.As(s.luo), s.As(s.teacher)}
	rapid.Check(t, func(rt *rapid.T) {
		first := call(s.zhang)
		first.Summary = "第一次的话"
		c, err := s.As(s.teacher).SaveContact(t.Context(), first, data.Ref{})
		if err != nil {
			rt.Fatal(err)
		}
		held := []data.Contact{c, c} // what each has read
		texts, rev := []string{c.Summary}, int64(1)
		for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			who := rapid.IntRange(0, 1).Draw(rt, "who")
			if rapid.Bool().Draw(rt, "reads first") {
				if held[who], err = desks[who].Contact(t.Context(), c.ID); err != nil {
					rt.Fatal(err)
				}
			}
			mine := held[who]
			mine.Summary = fmt.Sprint("改到第", i, "次, ", who)
			saved, err := desks[who].SaveContact(t.Context(), mine, data.Ref{})
			var clash *data.Conflict
			switch {
			case mine.Rev == rev && err == nil:
				texts, rev = append(texts, saved.Summary), rev+1
				held[who] = saved
				if saved.Rev != rev {
					rt.Fatalf("revision %d after %d", saved.Rev, rev-1)
				}
			case mine.Rev != rev && errors.As(err, &clash) && clash.Rev == rev:
			default:
				rt.Fatalf("saved revision %d over %d: %v", mine.Rev, rev, err)
			}
		}
		now, err := desks[0].Contact(t.Context(), c.ID)
		if err != nil || now.Rev != rev || now.Summary != texts[len(texts)-1] {
			rt.Fatalf("%+v, %v; want revision %d, %q", now, err, rev, texts[len(texts)-1])
		}
		var kept []string
		err = s.reading(t.Context(), func(tx *tx) error {
			return tx.rows("SELECT before FROM revision WHERE record = 'contact' AND record_id = ? ORDER BY rev", []any{c.ID}, func(r row) error {
				var text string
				var was data.Contact
				if err := r.Scan(&text); err != nil {
					return err
				}
				err := json.Unmarshal([]byte(text), &was)
				kept = append(kept, was.Summary)
				return err
			})
		})
		if err != nil || fmt.Sprint(kept) != fmt.Sprint(texts[:len(texts)-1]) {
			rt.Fatalf("%v: kept %q of %q", err, kept, texts)
		}
	})
}
