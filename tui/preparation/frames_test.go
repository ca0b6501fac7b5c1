package preparation_test

import (
	"testing"

	"qiao/tui/tuitest"
)

// Each tab as the class teacher sees it who prepares.
func TestTabs(t *testing.T) {
	for _, tab := range []string{"topics", "agenda", "people", "notice", "checks"} {
		meeting(t, friday, func(r *rig) { r.at(tuitest.Luo, tab).Goldens(tab) })
	}
}
