package store

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"qiao/data"
)

// Who may count sees counts: the principal the numbers of the school, a class
// teacher those of the class, an inspector none under five and no name.
func TestTotals(t *testing.T) {
	s := openSchool(t)
	_, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	both := call(s.zhang, s.nan)
	both.Channel, both.Promises = data.HomeVisit, []data.Promise{{Text: "再来"}}
	_, err = s.As(s.luo).SaveContact(t.Context(), both, data.Ref{})
	s.must(err)
	got, err := s.As(s.principal).Totals(t.Context())
	s.must(err)
	text := func(r data.TotalsRow) string {
		out := ""
		for _, c := range r.Counts() {
			out += c.String() + " "
		}
		return out
	}
	if text(got.All) != "3 2 1 2 1 1 0 0 1 1 0 0 " || len(got.Grades) != 2 || len(got.Classes) != 2 {
		t.Error(text(got.All), got)
	}
	if text(got.Classes[0]) != "2 2 1 2 1 1 0 0 1 1 0 0 " || text(got.Classes[1]) != "1 1 0 1 0 1 0 0 1 0 0 0 " {
		t.Error(text(got.Classes[0]), text(got.Classes[1]))
	}
	own, err := s.As(s.luo).Totals(t.Context())
	if err != nil || len(own.Classes) != 1 || text(own.All) != text(got.Classes[0]) {
		t.Error(own, err)
	}
	for _, who := range []int64{s.desk, s.admin} {
		if _, err := s.As(who).Totals(t.Context()); !errors.Is(err, data.ErrForbidden) {
			t.Errorf("account %d counts: %v", who, err)
		}
	}
	few, err := s.As(s.inspector).Totals(t.Context())
	s.must(err)
	if text(few.All) != strings.Repeat("<5 ", 12) || len(few.Classes) != 0 || !few.Few {
		t.Error(text(few.All), few.Classes)
	}
	document, err := json.Marshal(few)
	if err != nil || strings.Contains(string(document), "章") || !strings.Contains(string(document), `"students":"\u003c5"`) {
		t.Error(string(document), err)
	}
}
