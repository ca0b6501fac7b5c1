package tui

import (
	"qiao/data/store"
	"qiao/tui/contact"
	"qiao/tui/kit"
	"qiao/tui/roster"
)

// first is the screen a session starts on.
const first = "roster"

// screens makes each screen by name and hands it the few desk methods it may
// use. A new screen is a package under tui and an entry here.
var screens = map[string]func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page{
	"roster": func(env *kit.Env, desk *store.Desk, _ kit.Open) kit.Page {
		return roster.New(env, roster.Deps{Families: desk.Families, Contacts: desk.Contacts})
	},
	"contact": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return contact.New(env, contact.Deps{Family: desk.Family, Save: desk.SaveContact}, o.ID)
	},
}
