package theme

import "fmt"

// A colour is one role's pair of exact colours and its pair among the 16.
// Each pair keeps a contrast of 5 or more on the grounds it is meant for,
// which a test computes.
type colour struct {
	light, dark       uint32
	lightFew, darkFew int
}

var colours = map[Role]colour{
	Muted:      {0x5F6368, 0x9AA0A6, 8, 7},
	Accent:     {0x00606B, 0x5FD7E0, 6, 14},
	OK:         {0x1A6B2F, 0x7BD88F, 2, 10},
	Warn:       {0x8A5300, 0xF2C14E, 5, 11},
	Danger:     {0xB3261E, 0xFF8A80, 1, 9},
	Restricted: {0x7A3E9D, 0xD7A8F2, 5, 13},
	Live:       {0x1F4FA3, 0x8AB4F8, 4, 12},
}

// code is the parameter that selects the colour. The session turns exact
// colours into what its terminal can show.
func (c colour) code(kind Kind, few bool) string {
	exact, n := c.dark, c.darkFew
	if kind == Light {
		exact, n = c.light, c.lightFew
	}
	switch {
	case few && n < 8:
		return fmt.Sprint(30 + n)
	case few:
		return fmt.Sprint(90 + n - 8)
	}
	return fmt.Sprintf("38;2;%d;%d;%d", exact>>16, exact>>8&255, exact&255)
}
