package accounts

import (
	"fmt"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	dAdded   = i18n.T("added %s", "加 %s")
	dUsed    = i18n.T("used %s", "用 %s")
	dInUse   = i18n.T("in use now %s", "现在在用 %s")
	dUnused  = i18n.T("never used", "没用过")
	dInside  = i18n.T("online %d: since %s on %s from %s", "在线 %d: %s 起 在「%s」 来自 %s")
	dNoKeys  = i18n.T("no key yet: l adds one, i makes a code", "还没有钥匙: l 加一把, i 发邀请码")
	dMore    = i18n.T(".. %d more", ".. 还有 %d")
	dNoRoles = i18n.T("no role: w gives one", "没有角色: w 给")
)

// accountDetail is what stands under the list, or beside it, of an account.
func (p *page) accountDetail(a data.AccountLine, w, h int) []string {
	env := p.env
	head := env.Look.Bold(kit.Show(env.Lang.Name(a.Name, ""))) + " " + kit.Show(a.Username)
	out := []string{kit.Head(head, "", w)}
	rows := 1
	if w < beside {
		rows = 2
	}
	keys := min(len(a.Keys), max((h-4)/rows, 1))
	if len(a.Keys) > keys && keys > 1 { // a row tells that there are more
		keys--
	}
	for _, k := range a.Keys[:keys] {
		out = append(out, keyRows(env, k, p.online.Asked.Value, w-2)...)
	}
	if more := len(a.Keys) - keys; more > 0 {
		out = append(out, "  "+env.Say(dMore, more))
	}
	if len(a.Keys) == 0 && p.runs() && a.Disabled.IsZero() {
		out = append(out, "  "+env.Look.Muted(env.Say(dNoKeys)))
	}
	var in []data.Presence
	for _, s := range p.online.Asked.Value {
		if s.Account == a.ID {
			in = append(in, s)
		}
	}
	if len(in) > 0 {
		s := in[len(in)-1]
		out = append(out, "  "+kit.Cut(env.Say(dInside, len(in), env.Lang.Moment(s.Since, env.Now()), doing(env, s), kit.Show(s.From)), w-2))
	}
	room, all := h-len(out), p.rolesOf(a.ID)
	for i, g := range all {
		if i == room-1 && len(all) > room {
			return append(out, "  "+env.Say(dMore, len(all)-i))
		}
		out = append(out, "  "+grantLine(env, g, w-2))
	}
	if len(a.Grants) == 0 && p.runs() {
		out = append(out, "  "+env.Look.Muted(env.Say(dNoRoles)))
	}
	return out
}

// rolesOf are the roles of an account that hold or wait, as the list of roles
// knows them.
func (p *page) rolesOf(account int64) (out []data.GrantLine) {
	for _, g := range p.roles.Asked.Value {
		if g.Account == account && g.State(p.env.Now()).Live() {
			out = append(out, g)
		}
	}
	return out
}

// beside is the columns from which a key stands in one row.
const beside = 74

// keyRows is a key in one row, or where there is little room in two.
func keyRows(env *kit.Env, k data.Key, in []data.Presence, w int) []string {
	if w+2 >= beside {
		return []string{"  " + keyLine(env, k, in, w)}
	}
	name, when := keyWords(env, k, in)
	return []string{"  " + kit.Cut(kit.Fit(k.Algorithm(), 10)+" "+kit.Fit(name, 16)+" "+data.ShortFingerprint(k.Fingerprint), w), "    " + kit.Cut(when, w-2)}
}

// keyWords are a key's name, and since when it is there and when it was used last
// from where.
func keyWords(env *kit.Env, k data.Key, in []data.Presence) (name, when string) {
	if name = k.Name; name == "" {
		name = "-"
	}
	used := env.Say(dUnused)
	switch i := slices.IndexFunc(in, func(p data.Presence) bool { return p.Key == k.Fingerprint }); {
	case i >= 0:
		used = env.Say(dInUse, kit.Show(in[i].From))
	case !k.LastUsed.IsZero():
		used = env.Say(dUsed, env.Lang.Moment(k.LastUsed, env.Now()))
		if k.LastFrom != "" {
			used += " " + kit.Show(k.LastFrom)
		}
	}
	return name, env.Say(dAdded, env.Lang.Date(data.DayOf(k.Added), env.Now.Today())) + "  " + used
}

// keyLine is a key in a row: type, name, fingerprint, since when, when used last
// from where.
func keyLine(env *kit.Env, k data.Key, in []data.Presence, w int) string {
	name, when := keyWords(env, k, in)
	print := data.ShortFingerprint(k.Fingerprint)
	if w >= 110 {
		print = k.Fingerprint
	}
	return kit.Cut(kit.Fit(k.Algorithm(), 10)+" "+kit.Fit(name, min(max(w/5, 12), 24))+" "+print+"  "+when, w)
}

// grantLine is a role in a row: what, from when until when, who gave it, how it
// stands.
func grantLine(env *kit.Env, g data.GrantLine, w int) string {
	mark, role := stateOf(env, g.Grant)
	what := kit.Fit(mark, 2) + kit.Fit(roleOf(env, g), max(w*2/5, 24))
	line := what + " " + kit.Fit(dates(env, g.Grant), 22)
	line += " " + kit.Fit(env.Lang.Name(giver(env, g), ""), 12)
	if s := g.State(env.Now()); s != data.GrantHolds {
		line += " " + env.Lang.GrantState(s)
	}
	return env.Look.Paint(role, kit.Cut(strings.TrimRight(line, " "), w))
}

// sessionLine is an open window in a row.
func sessionLine(env *kit.Env, s data.Presence, keys []data.Key, w int) string {
	name := data.ShortFingerprint(s.Key)
	if i := slices.IndexFunc(keys, func(k data.Key) bool { return k.Fingerprint == s.Key }); i >= 0 && keys[i].Name != "" {
		name = keys[i].Name
	}
	now := env.Now()
	return kit.Cut(kit.Fit(env.Lang.Moment(s.Since, now), 17)+" "+kit.Fit(env.Say(onScreen, doing(env, s)), 18)+" "+kit.Fit(kit.Show(s.From), 16)+" "+
		kit.Fit(name, 17)+" "+env.Lang.Minutes(now.Sub(s.Typed)), w)
}

// deedLine is one row of the log, without what was written.
func deedLine(env *kit.Env, l data.AuditLine, w int) string {
	what := l.Object
	switch {
	case what != "":
		what = env.Lang.Name(what, "")
	case l.Child != "":
		what = env.Lang.Name(l.Child, "")
	case l.What.ID != 0:
		what = fmt.Sprintf("%s %d", env.Lang.RefKind(l.What.Kind), l.What.ID)
	}
	return kit.Cut(kit.Fit(env.Lang.Moment(l.At, env.Now()), 17)+" "+kit.Fit(env.Lang.Deed(l.Did), 18)+" "+kit.Fit(kit.Show(what), 22)+" "+kit.Show(l.Source), w)
}
