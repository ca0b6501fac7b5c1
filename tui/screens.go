package tui

import (
	"context"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/audit"
	"qiao/tui/care"
	"qiao/tui/classes"
	"qiao/tui/contact"
	"qiao/tui/family"
	"qiao/tui/familyedit"
	"qiao/tui/history"
	"qiao/tui/kit"
	"qiao/tui/roster"
	"qiao/tui/search"
	"qiao/tui/today"
	"qiao/tui/welcome"
)

// The screen a session starts on, and the one that / opens from everywhere.
const (
	first  = "today"
	finder = "search"
)

// screens makes each screen by name and hands it the few desk methods it may
// use. A new screen is a package under tui and an entry here; one that g leads
// to has the name that places gives it.
var screens = map[string]func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page{
	"family": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return family.New(env, family.Deps{Card: desk.Card, Care: desk.Care, SavePromise: desk.SavePromise, Calendar: desk.Calendar, Timeline: desk.Timeline,
			Draft: desk.Draft, Drop: desk.DropDraft}, o)
	},
	"history": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return history.New(env, history.Deps{Timeline: desk.Timeline, Contact: desk.Contact, Noted: desk.NotedContact}, o)
	},
	"roster": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		if o.ID == 0 {
			o.ID = roster.Home(env.Me, env.Now())
		}
		if o.ID == 0 {
			return classes.New(env, classes.Deps{Classes: desk.Classes}, o)
		}
		return roster.New(env, roster.Deps{Roster: desk.Roster, Classes: desk.Classes, Tags: desk.RosterTags}, o)
	},
	"search": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return search.New(env, search.Deps{Find: desk.Find, Card: desk.Card}, o)
	},
	"familyedit": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return familyedit.New(env, familyedit.Deps{Card: desk.Card, Family: desk.Family, Draft: desk.Draft, Save: desk.SaveFamily}, o)
	},
	"care": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return care.New(env, care.Deps{Card: desk.Card, Care: desk.Care, Draft: desk.Draft, Save: desk.SaveCare}, o)
	},
	"audit": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return audit.New(env, audit.Deps{Audit: desk.Audit, Looked: desk.Looked, Entry: desk.AuditEntry, Chain: desk.Chain, Verify: desk.VerifyChain,
			Confirm: desk.ConfirmSeal, People: desk.AuditPeople, Student: desk.LookedStudent}, o)
	},
	"classes": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return classes.New(env, classes.Deps{Classes: desk.Classes}, o)
	},
	"contact": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return contact.New(env, contact.Deps{Card: desk.Card, Calendar: desk.Calendar, Contact: desk.NotedContact, Draft: desk.Draft,
			Save: desk.SaveContact, SavePromise: desk.SavePromise, MarkPhone: desk.MarkPhone}, o)
	},
	"today": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return today.New(env, today.Deps{Today: desk.Today, Due: desk.Due, DueAll: desk.DueAll, Family: desk.RosterRow, SavePromise: desk.SavePromise,
			Drop: desk.DropDraft, Calendar: desk.Calendar}, o)
	},
	"welcome": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return welcome.New(env, welcome.Deps{Drafts: desk.Drafts, Drop: desk.DropDraft, Others: desk.Timeline}, o)
	},
}

// drafts are the desk's as the shell needs them.
func drafts(desk *store.Desk) keeping {
	return keeping{save: desk.SaveDraft, drop: func(ctx context.Context, d data.Draft) error { return desk.DropDraft(ctx, d.ID) }}
}
