package accounts

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	qClose   = i18n.T("Close the account of %s?", "停用 %s 的账号?")
	qCloseA  = i18n.T("Nobody logs in with it from now on.", "从现在起谁也不能用它登录。")
	qCloseB  = i18n.T("Its drafts, contacts and keys stay.", "草稿、写过的记录和钥匙都留着。")
	qOwn     = i18n.T("This is the account you are in with: this window ends too.", "这就是你现在用的账号: 这个窗口也会结束。")
	windows  = i18n.T("Its %d open windows end within a second.", "它开着的 %d 个窗口一秒内结束。")
	window   = i18n.T("Its open window ends within a second.", "它开着的 1 个窗口一秒内结束。")
	nothing  = i18n.T("No window of it is open now.", "它现在没有开着的窗口。")
	qKey     = i18n.T("Revoke this key of %s?", "吊销 %s 的这把钥匙?")
	qKeyA    = i18n.T("It lets nobody in from now on; drafts stay.", "从现在起它进不来; 草稿留着。")
	qKeyB    = i18n.T("Nobody else can be given it. Only an administrator gives it back.", "它不能给别人; 只有管理员能把它还给本人。")
	qKeyOwn  = i18n.T("You are in with this key: this window ends too.", "你现在就用着这把: 这个窗口也会结束。")
	qKeyLast = i18n.T("It is the last key of this account: only a one-time code lets its person in again.", "这是这个账号最后一把: 之后要发邀请码才能再进来。")
	aRevoke  = i18n.T("revoke", "吊销")
	didKey   = i18n.T("Key revoked, its windows end", "钥匙已吊销, 它的窗口正在结束")
	qEnd     = i18n.T("Disconnect %s?", "断开 %s?")
	qEndA    = i18n.T("The window on %s since %s from %s ends; drafts stay. Its person may come in again.", "结束窗口: 在「%s」, %s 进来, 来自 %s; 草稿留着。本人可以再进来。")
	qTake    = i18n.T("Take this role from %s?", "收回 %s 的这个角色?")
	qTakeA   = i18n.T("%s ends now, with what was lent from it.", "「%s」现在就结束, 借出去的也一起。")
	qCode    = i18n.T("A new code for %s?", "给 %s 重发邀请码?")
	qCodeA   = i18n.T("The one that is open until %s holds no more then.", "原来的 (有效到 %s) 就作废了。")
	aSend    = i18n.T("new code", "重发")
	qVoid    = i18n.T("Take the code of %s back?", "收回 %s 的邀请码?")
	qVoidA   = i18n.T("%s-**** lets nobody in any more.", "%s-**** 就不能用了。")
	qConf    = i18n.T("Make %s an administrator?", "让 %s 当管理员?")
	qConfA   = i18n.T("%s gave the role on %s. From now on it holds: accounts, keys, settings, the log.", "%s 在 %s 给的。确认后生效: 账号、钥匙、设置、日志。")
	ownRole  = i18n.T("! Another administrator confirms it, neither who gave it nor who gets it", "! 要由另一位管理员确认, 给的人和得的人都不行")
	keptHere = i18n.T("leave it", "不动")
)

// A made is a code that was made, for the page that shows it.
type made struct {
	code   data.InviteCode
	invite data.Invite
}

// acts is what pages do about accounts, keys and roles, one thing at a time,
// and what they say when it is done.
type acts struct {
	env  *kit.Env
	deps Deps

	doing kit.Save[struct{}]
	code  kit.Save[made]
	said  i18n.Phrase
}

func (a *acts) busy() bool { return a.doing.Busy || a.code.Busy }

// do does one thing; said is told when it is done.
func (a *acts) do(said i18n.Phrase, act func(context.Context) error) tea.Cmd {
	if a.busy() {
		return nil
	}
	a.said = said
	return a.doing.Start(a.env.Ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, act(ctx) })
}

// took takes the end of what was done.
func (a *acts) took(msg tea.Msg) (tea.Cmd, bool) {
	switch {
	case a.doing.Take(msg):
		if a.doing.Err != nil {
			return a.env.Note(notDone.With(i18n.Typed(a.env.Lang.Error(a.doing.Err)))), true
		}
		return a.env.Note(a.said), true
	case a.code.Take(msg):
		if a.code.Err != nil {
			return a.env.Note(notDone.With(i18n.Typed(a.env.Lang.Error(a.code.Err)))), true
		}
		return a.env.Send(kit.Push{Page: newCode(a.env, a.code.Value)}), true
	}
	return nil, false
}

// say is a name in the reader's language, for a phrase.
func (a *acts) name(of string) i18n.Phrase {
	return i18n.Typed(kit.Show(a.env.Lang.Name(of, "")))
}

func (a *acts) count(n int) i18n.Phrase {
	switch n {
	case 0:
		return nothing
	case 1:
		return window
	}
	return windows.With(n)
}

// close asks before an account is closed; its user name must be typed.
func (a *acts) close(of data.AccountLine, inside int) tea.Cmd {
	text := []i18n.Phrase{qCloseA, a.count(inside), qCloseB}
	if of.ID == a.env.Me.ID {
		text = append(text, qOwn)
	}
	return kit.Ask(a.env, kit.Question{Title: qClose.With(a.name(of.Name)), Text: text, Act: aClose, Else: keptHere, Word: of.Username,
		Do: func() tea.Cmd {
			return a.do(didClose.With(a.name(of.Name)), func(ctx context.Context) error { return a.deps.Close(ctx, of.ID) })
		}})
}

func (a *acts) open(of data.AccountLine) tea.Cmd {
	return a.do(didOpen.With(a.name(of.Name)), func(ctx context.Context) error { return a.deps.Open(ctx, of.ID) })
}

// revoke asks before a key is revoked, and names what ends with it.
func (a *acts) revoke(of data.AccountLine, k data.Key, inside []data.Presence) tea.Cmd {
	n := 0
	for _, p := range inside {
		if p.Key == k.Fingerprint {
			n++
		}
	}
	here := of.ID == a.env.Me.ID && n > 0
	text := []i18n.Phrase{i18n.Typed(k.Algorithm() + "  " + kit.Show(k.Name)), i18n.Typed(k.Fingerprint), qKeyA, a.count(n), qKeyB}
	if len(of.Keys) == 1 {
		text = append(text, qKeyLast)
	}
	if here {
		text = append(text, qKeyOwn)
	}
	return kit.Ask(a.env, kit.Question{Title: qKey.With(a.name(of.Name)), Text: text, Act: aRevoke, Else: keptHere, Do: func() tea.Cmd {
		return a.do(didKey, func(ctx context.Context) error { return a.deps.RemoveKey(ctx, k.Fingerprint) })
	}})
}

// end asks before a window is ended.
func (a *acts) end(p data.Presence) tea.Cmd {
	text := qEndA.With(i18n.Typed(doing(a.env, p)), i18n.Typed(a.env.Lang.Moment(p.Since, a.env.Now())), i18n.Typed(kit.Show(p.From)))
	return kit.Ask(a.env, kit.Question{Title: qEnd.With(a.name(p.Name)), Text: []i18n.Phrase{text}, Act: aEnd, Else: keptHere, Do: func() tea.Cmd {
		return a.do(didEnd, func(ctx context.Context) error { return a.env.Server.End(ctx, p.ID) })
	}})
}

// take asks before a role is taken away.
func (a *acts) take(g data.GrantLine) tea.Cmd {
	return kit.Ask(a.env, kit.Question{Title: qTake.With(a.name(g.Name)), Text: []i18n.Phrase{qTakeA.With(i18n.Typed(roleOf(a.env, g)))},
		Act: aTake, Else: keptHere, Do: func() tea.Cmd {
			return a.do(didRole, func(ctx context.Context) error { return a.deps.Take(ctx, g.ID) })
		}})
}

// confirm asks before a waiting role holds.
func (a *acts) confirm(g data.GrantLine) tea.Cmd {
	if g.GivenBy == a.env.Me.ID || g.Account == a.env.Me.ID {
		return a.env.Note(ownRole)
	}
	text := qConfA.With(a.name(giver(a.env, g)), i18n.Typed(a.env.Lang.Date(data.DayOf(g.From), a.env.Now.Today())))
	return kit.Ask(a.env, kit.Question{Title: qConf.With(a.name(g.Name)), Text: []i18n.Phrase{text}, Act: aConf, Else: keptHere, Do: func() tea.Cmd {
		return a.do(didConf, func(ctx context.Context) error { return a.deps.Confirm(ctx, g.ID) })
	}})
}

// invite makes a code; one that is open would be void, so it asks first.
func (a *acts) invite(of data.AccountLine) tea.Cmd {
	send := func() tea.Cmd {
		return a.code.Start(a.env.Ctx, func(ctx context.Context) (m made, err error) {
			m.code, m.invite, err = a.deps.Invite(ctx, of.ID)
			return m, err
		})
	}
	if of.Invited.IsZero() {
		return send()
	}
	until := i18n.Typed(a.env.Lang.Moment(of.Invited, a.env.Now()))
	return kit.Ask(a.env, kit.Question{Title: qCode.With(a.name(of.Name)), Text: []i18n.Phrase{qCodeA.With(until)}, Act: aSend, Else: keptHere, Do: send})
}

// void asks before a code is taken back.
func (a *acts) void(i data.Invite) tea.Cmd {
	return kit.Ask(a.env, kit.Question{Title: qVoid.With(a.name(i.Name)), Text: []i18n.Phrase{qVoidA.With(i18n.Typed(i.Selector))},
		Act: aVoid, Else: keptHere, Do: func() tea.Cmd {
			return a.do(didVoid, func(ctx context.Context) error { return a.deps.VoidInvite(ctx, i.ID) })
		}})
}
