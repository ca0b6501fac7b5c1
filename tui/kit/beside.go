package kit

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
)

var (
	lastTalk = i18n.T("last %s %s %s: %s", "上次 %s %s %s: %s")
	noTalk   = i18n.T("no contact yet: c records the first", "还没有往来: c 记第一次")
	promised = i18n.T("promise %s%s (%s)", "承诺 %s%s (%s)")
)

// Numbers draws a family's numbers in calling order, one line each.
func Numbers(env *Env, gs []data.Guardian, w int) (out []string) {
	for _, l := range Lines(gs) {
		line := env.Lang.Guardian(l.Guardian) + " " + env.Lang.Name(l.Guardian.Name, "") + "  " + l.Number(env)
		if note := l.Note(env); note != "" {
			line += "  " + note
		}
		out = append(out, " "+Cut(line, w-1))
	}
	return out
}

// LastTalk draws the newest contact of a child in at most n lines.
func LastTalk(env *Env, c *data.Contact, w, n int) (out []string) {
	if c == nil {
		return []string{" " + env.Look.Muted(Cut(env.Say(noTalk), w-1))}
	}
	line := env.Say(lastTalk, env.Lang.Day(data.DayOf(c.At), env.Now.Today()), env.Lang.Channel(c.Channel), env.Lang.Name(c.StaffName, ""), Gist(env, *c))
	if n == 1 {
		return []string{" " + Cut(line, w-1)}
	}
	for _, l := range Wrap(Show(line), w-2) {
		if len(out) < n {
			out = append(out, " "+l)
		}
	}
	return out
}

// PromiseLine draws an open promise: late ones with !, and whose it is. It
// changes with each move in a list, so the sign has no colour beside it.
func PromiseLine(env *Env, p data.Promise, w int) string {
	today := env.Now.Today()
	mark, day := "", ""
	if p.Late(today) > 0 {
		mark = "! "
	}
	if !p.Due.IsZero() {
		day = env.Lang.Deadline(p.Due, today)
	}
	said := strings.Join(strings.Fields(day+" "+env.Lang.Name(p.OwnerName, "")), " ")
	return " " + Cut(env.Say(promised, mark, p.Text, said), w-1)
}
