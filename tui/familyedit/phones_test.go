package familyedit_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// A surrogate parent changes the phones and nothing else: the other fields stand
// there and are no fields.
func TestSurrogateChangesPhones(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		if err := db.As(tuitest.Admin).Grant(t.Context(), tuitest.Desk, data.RoleWord{Role: data.Surrogate, Scope: "20240217"}); err != nil {
			t.Fatal(err)
		}
		s := tuitest.StartOn(t, db, tuitest.Desk, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		got := s.Keys("e").Screen()
		if !strings.Contains(got, "你能改电话") || strings.Contains(got, "[柳溪村") || !strings.Contains(got, "[100 0000 0117") {
			t.Fatal(got)
		}
		s.Goldens("phones")
		if got := s.Keys("ctrl+u", "100 0000 0999", "ctrl+s").Screen(); !strings.Contains(got, "已存") || !strings.Contains(got, "100 0000 0999") {
			t.Error(got)
		}
		e, err := db.As(tuitest.Luo).Family(t.Context(), tuitest.Zhang)
		if err != nil || e.Guardians[0].First() != "+8610000000999" || e.Household.Address != "柳溪村4组" {
			t.Error(e, err)
		}
	})
}
