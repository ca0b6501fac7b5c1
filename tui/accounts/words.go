package accounts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"qiao/data"
	"qiao/data/search"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	console     = i18n.T("the console", "控制台")
	keysOf      = i18n.T("%s x %d", "%s %d 把")
	children    = i18n.T("%d children", "%d 人")
	sNow        = i18n.T("now", "现在")
	sNever      = i18n.T("never", "没有")
	sOnline     = i18n.T("online", "在线")
	sClosed     = i18n.T("closed", "已停用")
	sOver       = i18n.T("over since %s", "%s 已到期")
	sUntil      = i18n.T("until %s", "到 %s")
	sCode       = i18n.T("code: %s", "邀请码 %s")
	sUnused     = i18n.T("unused %d days", "%d 天没来")
	sWaits      = i18n.T("role waits", "角色待确认")
	sNoKey      = i18n.T("no key", "没有钥匙")
	sNoRole     = i18n.T("no role", "没有角色")
	roleWord    = i18n.T("%s %s", "%s %s")
	noEnd       = i18n.T("no end", "不限期")
	fromTo      = i18n.T("%s to %s", "%s 至 %s")
	onScreen    = i18n.T("on %s", "在 %s")
	unusedWords = i18n.T("unused long", "没来 没用")
)

// doing is what a session is on, as the list of who is inside says it.
func doing(env *kit.Env, p data.Presence) string {
	if p.Screen != "" {
		return env.Say(i18n.Screen(p.Screen))
	}
	return env.Lang.PresenceKind(p.Kind)
}

// giver is who gave a role.
func giver(env *kit.Env, g data.GrantLine) string {
	switch {
	case g.Lender != "":
		return g.Lender
	case g.By != "":
		return g.By
	}
	return env.Say(console)
}

// roleOf is a role with its scope: 班主任 三(2).
func roleOf(env *kit.Env, g data.GrantLine) string {
	role := env.Lang.Role(g.Role)
	if kind := env.Lang.GrantKind(g.Kind); kind != "" {
		role += " (" + kind + ")"
	}
	if g.Scope == data.ScopeSchool {
		return role
	}
	where := env.Lang.Scope(g.Grant, g.Number, kit.Show(g.Child))
	if g.Subject != "" {
		where += " " + kit.Show(g.Subject)
	}
	return env.Say(roleWord, role, where)
}

// dates are from when until when a role holds.
func dates(env *kit.Env, g data.Grant) string {
	today, end := env.Now.Today(), env.Say(noEnd)
	if !g.Until.IsZero() {
		end = env.Lang.Date(g.LastDay(), today)
	}
	return env.Say(fromTo, env.Lang.Date(data.DayOf(g.From), today), end)
}

// roles are the roles of an account in few words, and where they hold: of
// children only how many.
func roles(env *kit.Env, a data.Account) (what, where string) {
	var whats, wheres []string
	n := 0
	for _, g := range a.Grants {
		s := g.State(env.Now())
		if !s.Live() {
			continue
		}
		word := env.Lang.ShortRole(g.Role)
		if s == data.GrantWaits { // for another administrator: it gives nothing yet
			word += "?"
		}
		if !slices.Contains(whats, word) {
			whats = append(whats, word)
		}
		switch g.Scope {
		case data.ScopeClass, data.ScopeGrade:
			if word := env.Lang.Scope(g, "", ""); !slices.Contains(wheres, word) {
				wheres = append(wheres, word)
			}
		case data.ScopeStudent:
			n++
		}
	}
	if n > 0 {
		wheres = append(wheres, env.Say(children, n))
	}
	if len(whats) == 0 {
		return env.Say(sNoRole), "-"
	}
	if len(wheres) == 0 {
		wheres = []string{"-"}
	}
	return strings.Join(whats, " "), strings.Join(wheres, " ")
}

// A standing is how an account stands: its mark, its look and the words.
type standing struct {
	mark string
	role theme.Role
	word string
}

// stands is how an account stands, of several things the one that matters most.
func stands(env *kit.Env, a data.AccountLine, inside bool, all data.AccountSight) standing {
	now, today := env.Now(), env.Now.Today()
	waits := slices.ContainsFunc(a.Grants, func(g data.Grant) bool { return g.State(now) == data.GrantWaits })
	switch gone := a.Unused(now); {
	case !a.Disabled.IsZero():
		return standing{"-", theme.Muted, env.Say(sClosed)}
	case !a.Open(now):
		return standing{"-", theme.Muted, env.Say(sOver, env.Lang.Date(a.Until, today))}
	case waits:
		return standing{"?", theme.Warn, env.Say(sWaits)}
	case inside:
		return standing{"*", theme.Live, env.Say(sOnline)}
	case !a.Invited.IsZero():
		return standing{"", theme.Plain, env.Say(sCode, env.Lang.Deadline(data.DayOf(a.Invited), today))}
	case gone > 0:
		return standing{"!", theme.Danger, env.Say(sUnused, int(gone/(24*time.Hour)))}
	case len(a.Keys) == 0 && all == data.AllOfAccounts:
		return standing{"", theme.Plain, env.Say(sNoKey)}
	}
	if end := ends(a.Account, now); !end.IsZero() {
		return standing{"", theme.Plain, env.Say(sUntil, env.Lang.Date(end, today))}
	}
	return standing{}
}

// ends is the day an account or its last role ends, if that is within a month.
func ends(a data.Account, now time.Time) (end data.Date) {
	if !a.Until.IsZero() {
		return a.Until
	}
	for _, g := range a.Grants {
		switch {
		case !g.At(now):
		case g.Until.IsZero():
			return data.Date{}
		default:
			if d := g.LastDay(); end.Before(d) {
				end = d
			}
		}
	}
	if data.DayOf(now).DaysTo(end) > 31 {
		return data.Date{}
	}
	return end
}

// seenAt is when somebody was last here.
func seenAt(env *kit.Env, a data.AccountLine, inside bool) string {
	switch {
	case inside:
		return env.Say(sNow)
	case a.LastSeen.IsZero():
		return env.Say(sNever)
	}
	return env.Lang.Near(data.DayOf(a.LastSeen), env.Now.Today())
}

// keysIn are the keys of an account in few words: ed25519 2 把.
func keysIn(env *kit.Env, a data.AccountLine) string {
	if len(a.Keys) == 0 {
		return "-"
	}
	return env.Say(keysOf, a.Keys[0].Algorithm(), len(a.Keys))
}

// findable are the words that a filter finds an account by.
func findable(env *kit.Env, a data.AccountLine, inside bool, more ...string) string {
	words := append([]string{a.Name, a.Username, initials(a.Name), env.Lang.Name(a.Name, "")}, more...)
	for _, g := range a.Grants {
		if g.State(env.Now()).Live() {
			words = append(words, i18n.English.Role(g.Role), i18n.Chinese.Role(g.Role), string(g.Role), env.Lang.Scope(g, "", ""), g.Where())
		}
	}
	if a.Unused(env.Now()) > 0 {
		words = append(words, unusedWords.English(), unusedWords.Chinese())
	}
	return strings.ToLower(strings.Join(append(words, stands(env, a, inside, data.AllOfAccounts).word), " "))
}

// noLetters is the user name of a name that has none.
const noLetters = "staff"

// initials are the first letters of a name's characters: lj for 罗静.
func initials(name string) string {
	var b strings.Builder
	for _, r := range name {
		if s := search.Username(string(r)); s != noLetters {
			b.WriteByte(s[0])
		}
	}
	return b.String()
}

// matches reports whether all the words of a filter are in a text.
func matches(text, filter string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(filter)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// bitsOf is a key's type and length: ed25519 256.
func bitsOf(l data.KeyLine) string { return fmt.Sprintf("%s %d", l.Key.Algorithm(), l.Bits) }
