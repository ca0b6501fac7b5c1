package familyedit_test

import (
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// The form while others work: no right to it, a draft that is restored, another
// window with the same draft, another's changes merged and compared.
func TestFramesWithOthers(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		end := "." + string(lang)
		school(t, func(t *testing.T, db *store.DB) {
			tuitest.StartOn(t, db, tuitest.Pu, lang, kit.Open{Screen: "familyedit", ID: tuitest.Zhang}).Sizes("noright" + end)
		})
		school(t, func(t *testing.T, db *store.DB) {
			s := form(t, db, lang, kit.Open{Guardian: father})
			s.Keys("ctrl+u", another+"04").Wait(2 * time.Second)
			form(t, db, lang, kit.Open{Guardian: father}).Sizes("which" + end)
			s.Keys("1").Cut()
			form(t, db, lang, kit.Open{Guardian: father}).Sizes("restored" + end)
		})
		school(t, func(t *testing.T, db *store.DB) {
			s := form(t, db, lang, kit.Open{Guardian: father})
			s.Keys("ctrl+u", another+"0417")
			change(t, db, func(e *data.FamilyEdit) { e.Household.Address = "柳溪村5组" })
			s.Sizes("news" + end)
			s.Keys("ctrl+s").Sizes("merged" + end)
		})
		school(t, func(t *testing.T, db *store.DB) {
			s := form(t, db, lang, kit.Open{Guardian: father})
			s.Keys("ctrl+u", another+"0417")
			change(t, db, func(e *data.FamilyEdit) { e.Guardians[1].Phones[0].E164 = "+8610000000517" })
			s.Wait(12*time.Second).Keys("ctrl+s", "1").Sizes("difference" + end)
		})
	}
}
