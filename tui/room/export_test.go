package room

import (
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Beat is the next second of a room.
func Beat(p kit.Page) tea.Msg {
	of := p.(*page)
	return beat{of, of.beats}
}
