package tui

import (
	"context"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/accounts"
	"qiao/tui/audit"
	"qiao/tui/care"
	"qiao/tui/classes"
	"qiao/tui/contact"
	"qiao/tui/entrust"
	"qiao/tui/family"
	"qiao/tui/familyedit"
	"qiao/tui/history"
	"qiao/tui/kit"
	"qiao/tui/meetings"
	"qiao/tui/minutes"
	"qiao/tui/preparation"
	"qiao/tui/resolutions"
	"qiao/tui/room"
	"qiao/tui/roster"
	"qiao/tui/search"
	"qiao/tui/today"
	"qiao/tui/totals"
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
	"accounts": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.New(env, accountDeps(desk), o)
	},
	"account": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.NewAccount(env, accountDeps(desk), o)
	},
	"accountnew": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.NewNew(env, accountDeps(desk), o)
	},
	"accountkeys": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.NewKeys(env, accountDeps(desk), o)
	},
	"accountrole": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.NewRole(env, accountDeps(desk), o)
	},
	"accountedit": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.NewEdit(env, accountDeps(desk), o)
	},
	"rights": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return accounts.NewRights(env, accountDeps(desk), o)
	},
	"family": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return family.New(env, family.Deps{Card: desk.Card, Care: desk.Care, SavePromise: desk.SavePromise, Calendar: desk.Calendar, Timeline: desk.Timeline,
			Meetings: desk.FamilyMeetings, Draft: desk.Draft, Drop: desk.DropDraft}, o)
	},
	"history": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return history.New(env, history.Deps{Timeline: desk.Timeline, Contact: desk.Contact, Noted: desk.NotedContact, Remove: desk.RemoveContact,
			Restore: desk.RestoreContact, Removed: desk.Removed, Ask: desk.Ask, Nameable: desk.Nameable, Name: desk.NameReaders}, o)
	},
	"roster": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		if o.ID == 0 {
			o.ID = roster.Home(env.Me, env.Now())
		}
		if o.ID == 0 {
			return classes.New(env, classes.Deps{Classes: desk.Classes}, o)
		}
		return roster.New(env, roster.Deps{Roster: desk.Roster, Classes: desk.Classes, Tags: desk.RosterTags, Revoke: desk.RevokeGrant}, o)
	},
	"room": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page { return room.New(env, inRoom(desk), o) },
	"question": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return room.NewQuestion(env, inRoom(desk), o)
	},
	"resolutionnew": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return room.NewResolution(env, inRoom(desk), o)
	},
	"resolutions": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return resolutions.New(env, decided(desk), o)
	},
	"resolution": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return resolutions.NewOne(env, decided(desk), o)
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
	"preparation": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return preparation.New(env, preparing(desk), o)
	},
	"topic": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return preparation.NewTopic(env, preparing(desk), o)
	},
	"notice": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return preparation.NewNotice(env, preparing(desk), o)
	},
	"replies": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return preparation.NewReplies(env, preparing(desk), o)
	},
	"agenda_item": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return preparation.NewItem(env, preparing(desk), o)
	},
	"emergency": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return entrust.NewEmergency(env, entrusting(desk), o)
	},
	"lend": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return entrust.NewLend(env, entrusting(desk), o)
	},
	"reports": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return totals.New(env, totals.Deps{Totals: desk.Totals}, o)
	},
	"minutes": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return minutes.New(env, minutes.Deps{Minutes: desk.Minutes, Meeting: desk.Meeting, Absent: desk.AbsentFamilies, Draft: desk.Draft,
			Compose: desk.ComposeMinutes, Save: desk.SaveMinutes, HandIn: desk.HandInMinutes, Sign: desk.SignMinutes, Issue: desk.IssueMinutes,
			Correct: desk.CorrectMinutes, GiveOut: desk.GiveOutMinutes, Feedback: desk.ReportFeedback, Close: desk.CloseMeeting, Print: printer(desk)}, o)
	},
	"release": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return entrust.NewRelease(env, entrusting(desk), o)
	},
	"classes": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return classes.New(env, classes.Deps{Classes: desk.Classes}, o)
	},
	"meetings": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return meetings.New(env, meeting(desk), o)
	},
	"meetingnew": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return meetings.NewNew(env, meeting(desk), o)
	},
	"meetingedit": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return meetings.NewEdit(env, meeting(desk), o)
	},
	"contact": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return contact.New(env, contact.Deps{Card: desk.Card, Calendar: desk.Calendar, Contact: desk.NotedContact, Draft: desk.Draft,
			Save: desk.SaveContact, SavePromise: desk.SavePromise, MarkPhone: desk.MarkPhone}, o)
	},
	"today": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return today.New(env, today.Deps{Today: desk.Today, Due: desk.Due, DueAll: desk.DueAll, Family: desk.RosterRow, SavePromise: desk.SavePromise,
			Drop: desk.DropDraft, Calendar: desk.Calendar, Meetings: desk.Meetings, SaveResolution: desk.SaveResolution}, o)
	},
	"welcome": func(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
		return welcome.New(env, welcome.Deps{Drafts: desk.Drafts, Drop: desk.DropDraft, Others: desk.Timeline}, o)
	},
}

// accountDeps is what the screens about accounts use.
func accountDeps(desk *store.Desk) accounts.Deps {
	return accounts.Deps{Lines: desk.AccountLines, Roles: desk.GrantLines, Invites: desk.Invites, Card: desk.AccountCard, Audit: desk.Audit,
		Rights: desk.Rights, Draft: desk.Draft, Naming: desk.Naming, Add: desk.AddAccount, Edit: desk.EditAccount, Close: desk.Disable, Open: desk.Enable,
		ReadKeys: desk.ReadKeys, AddKey: desk.AddKey, RenameKey: desk.RenameKey, RemoveKey: desk.RemoveKey, Invite: desk.Invite,
		VoidInvite: desk.RevokeInvite, Give: desk.Grant, Take: desk.RevokeGrant, Renew: desk.RenewGrant, Confirm: desk.ConfirmGrant}
}

// inRoom is what the live room and its forms use.
func inRoom(desk *store.Desk) room.Deps {
	return room.Deps{Meeting: desk.Meeting, Open: desk.OpenRoom, Close: desk.CloseRoom, Next: desk.NextItem, Pause: desk.PauseItem, Mark: desk.MarkAttendance,
		AddNote: desk.AddNote, Strike: desk.StrikeNote, Draft: desk.Draft, People: desk.MeetingPeople, Calendar: desk.Calendar, Resolve: desk.SaveResolution,
		Drop: desk.DropDraft, Invite: desk.InviteFamilies}
}

// meeting is what the list of meetings and their form use.
func meeting(desk *store.Desk) meetings.Deps {
	return meetings.Deps{Meetings: desk.Meetings, Meeting: desk.Meeting, Clashes: desk.Clashes, People: desk.MeetingPeople, Classes: desk.Classes,
		Calendar: desk.Calendar, Draft: desk.Draft, Save: desk.SaveMeeting, Step: desk.StepMeeting, Remove: desk.RemoveMeeting, Print: printer(desk)}
}

// decided is what the list of resolutions and each of them use.
func decided(desk *store.Desk) resolutions.Deps {
	return resolutions.Deps{List: desk.Resolutions, One: desk.Resolution, Meeting: desk.Meeting, People: desk.MeetingPeople, Calendar: desk.Calendar,
		Save: desk.SaveResolution}
}

func entrusting(desk *store.Desk) entrust.Deps {
	return entrust.Deps{Emergency: desk.Emergency, Lend: desk.Lend, Release: desk.Release, Roster: desk.Roster, Card: desk.Card,
		Colleagues: desk.Colleagues, Calendar: desk.Calendar, Draft: desk.Draft, Drop: desk.DropDraft}
}

// preparing is what the screens of a meeting's preparation use.
func preparing(desk *store.Desk) preparation.Deps {
	return preparation.Deps{Meeting: desk.Meeting, People: desk.MeetingPeople, Draft: desk.Draft, Propose: desk.ProposeTopic, Answer: desk.AnswerTopic,
		SaveItem: desk.SaveAgendaItem, MoveItem: desk.MoveAgendaItem, RemoveItem: desk.RemoveAgendaItem, OpenRoom: desk.OpenRoom,
		Invite: desk.InviteFamilies, Replies: desk.SaveReplies, Tell: desk.TellMeeting, Keep: desk.SaveNotice, Step: desk.StepMeeting, Print: printer(desk)}
}

// drafts are the desk's as the shell needs them.
func drafts(desk *store.Desk) keeping {
	return keeping{save: desk.SaveDraft, drop: func(ctx context.Context, d data.Draft) error { return desk.DropDraft(ctx, d.ID) }}
}
