package tui

import (
	"slices"
	"strings"

	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// A Terminal is what the session knows of the client's.
type Terminal struct {
	Name    string // TERM
	Profile colorprofile.Profile
	Lang    func(i18n.Lang) // told when the person switches; may be nil
	Screen  func(string)    // told the code name of the screen in front when it changes; may be nil
}

// At fits the shell to a terminal, before it begins: as many colours as there
// are, none if the person wants none, and no sign the console's font lacks.
func (s *Shell) At(t Terminal) *Shell {
	s.terminal = t
	kind := s.env.Look.Kind()
	if t.Profile <= colorprofile.ASCII {
		kind = theme.None
	}
	s.env.Look = theme.New(kind, t.Profile <= colorprofile.ANSI)
	return s
}

// With gives the screens what they may ask of the server.
func (s *Shell) With(server kit.Server) *Shell {
	s.env.Server = server
	return s
}

// stand tells which screen is in front, and what it is about.
func (s *Shell) stand() tea.Cmd {
	if name := s.named().name; s.terminal.Screen != nil && name != s.stands {
		s.stands = name
		s.terminal.Screen(name)
	}
	return s.tellStand()
}

// named is the page in front that has a name: what lies on it without one of its
// own, a question or a list, belongs to it.
func (s *Shell) named() *sheet {
	for _, p := range slices.Backward(s.pages) {
		if p.name != "" {
			return p
		}
	}
	return s.top()
}

// console has the signs that the font of a bare console lacks.
var console = strings.NewReplacer("✓", "+", "\u28c0", "1", "\u28e4", "2", "\u28f6", "3", "\u28ff", "4")

func (t Terminal) draw(s string) string {
	if t.Name == "linux" {
		return console.Replace(s)
	}
	return s
}
