package roster

import (
	"testing"

	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// While a search is under way the chosen row is about to change.
func TestNoRecordingDuringASearch(t *testing.T) {
	p := New(&kit.Env{Ctx: t.Context()}, Deps{})
	p.Init() // asks; nobody answers yet
	for _, a := range p.Actions() {
		if a.Key == "c" && a.Off() != loading {
			t.Fatalf("n is on: %q", i18n.English.Say(a.Off()))
		}
	}
}
