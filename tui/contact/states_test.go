package contact_test

import (
	"strings"
	"testing"
	"time"

	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// The form about a record that is there already, and after saving: corrected,
// merged with another's correction, saved, and saved a second time.
func TestFramesOfSaving(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		end := "." + string(lang)
		school(t, func(t *testing.T, db *store.DB) {
			form(t, db, lang, kit.Open{Contact: newest(t, db).ID}).Sizes("correct" + end)
		})
		school(t, func(t *testing.T, db *store.DB) {
			s := form(t, db, lang, kit.Open{})
			s.Keys(strings.Repeat("孩子又咳, ", 120)).Sizes("long" + end)
			s.Keys("ctrl+s").Sizes("saved" + end)
		})
		school(t, func(t *testing.T, db *store.DB) {
			one := form(t, db, lang, kit.Open{})
			one.Keys(typed[lang][0]).Wait(3 * time.Second)
			two := form(t, db, lang, kit.Open{})
			two.Keys("enter", "x").Wait(3 * time.Second)
			one.Wait(time.Second)
			two.Keys("ctrl+s")
			one.Wait(time.Second).Sizes("savedelsewhere" + end)
			one.Keys("ctrl+s").Sizes("saveagain" + end)
		})
	}
}
