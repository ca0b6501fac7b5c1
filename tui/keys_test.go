package tui

import (
	"testing"

	"qiao/tui/i18n"
	"qiao/tui/kit"
)

type marking struct{ *menu }

func (marking) Actions() []kit.Action { return []kit.Action{{Key: "space"}, {Key: "x f8"}} }

// Space is printable though its name has five letters.
func TestSpaceIsText(t *testing.T) {
	env := &kit.Env{Ctx: t.Context(), Lang: i18n.English}
	p := marking{newMenu(env, help, nil)}
	s := &Shell{env: env, w: 80, h: 24, pages: []kit.Page{p}}
	if own, _ := s.actions(); len(own) != 2 || own[1].Shown() != "x" {
		t.Errorf("without a cursor: %v", own)
	}
	p.Init()
	s.drawn = nil
	if own, _ := s.actions(); len(own) != 1 || own[0].Shown() != "F8" {
		t.Errorf("with one: %v", own)
	}
}
