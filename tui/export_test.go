package tui

import (
	"context"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

// Bare is a shell over pages of a test's own: it has no store, and drafts go
// where save says.
func Bare(ctx context.Context, me data.Account, lang i18n.Lang, now data.Clock, page func(*kit.Env) kit.Page,
	save func(context.Context, data.Draft) (data.Draft, error), drop func(context.Context, data.Draft) error) *Shell {
	env := &kit.Env{Ctx: ctx, Me: me, Lang: lang, Look: theme.New(theme.Dark, true), Now: now}
	s := &Shell{env: env, box: new(store.Mailbox), keeping: keeping{save, drop}}
	s.pages = []*sheet{{Page: page(env), name: "test"}}
	return s
}

// Meanings are the keys that have a meaning, as the help names them.
func Meanings() (keys []string) {
	for _, r := range meanings {
		keys = append(keys, r.key)
	}
	return keys
}

// Screens are the names of all screens, and Places the screens g leads to.
func Screens() (names []string) {
	for name := range screens {
		names = append(names, name)
	}
	return names
}

// SetScreen gives the program a screen for one test.
func SetScreen(name string, build func(env *kit.Env, o kit.Open) kit.Page) (undo func()) {
	was, had := screens[name]
	screens[name] = func(env *kit.Env, _ *store.Desk, o kit.Open) kit.Page { return build(env, o) }
	return func() {
		if delete(screens, name); had {
			screens[name] = was
		}
	}
}

// Always are the keys that work on every screen.
func Always() []kit.Action { return (&Shell{env: &kit.Env{Now: time.Now}}).always() }

// Build makes a screen that is never opened, for what it says of itself.
func Build(name string, env *kit.Env) kit.Page {
	return screens[name](env, nil, kit.Open{Screen: name, ID: 1})
}

// Printer makes papers and puts them into the tray, as screens have it.
var Printer = printer
