package kit

import (
	"qiao/data"
	"qiao/tui/i18n"
)

var (
	toldEmergency = i18n.T("! opened %s in an emergency, until %s: %s", "! 紧急打开了 %s, 到 %s: %s")
	toldRelease   = i18n.T("! released %s to %s, until %s: %s", "! 把 %s 放行给 %s 看, 到 %s: %s")
	toldToMe      = i18n.T("! released %s to you, until %s: %s", "! 把 %s 放行给你看, 到 %s: %s")
	toldLent      = i18n.T("lent you class %s, until %s: %s", "把 %s 借给你代管, 到 %s: %s")
	toldReturned  = i18n.T("has taken back class %s", "收回了 %s 的代管")
	toldEnded     = i18n.T("has ended your sight of %s", "收回了 %s 的放行")
	toldBy        = i18n.T("%s %s", "%s %s")
)

// Told says what right of the moment somebody was given, without who gave it.
func Told(env *Env, c data.Change) i18n.Phrase {
	name, class := env.Lang.Name(c.Student.Name, c.Student.Reading), env.Lang.Class(c.Class)
	until := env.Lang.Moment(c.Until, env.Now())
	switch {
	case c.Did == string(data.EmergencyGrant):
		return toldEmergency.With(name, until, c.Text)
	case c.Did == string(data.ReleaseGrant) && c.To == env.Me.Name:
		return toldToMe.With(name, until, c.Text)
	case c.Did == string(data.ReleaseGrant):
		return toldRelease.With(name, env.Lang.Name(c.To, ""), until, c.Text)
	case c.Did == string(data.DelegatedGrant):
		return toldLent.With(class, env.Lang.Date(data.DayOf(c.Until.Add(-1)), env.Now.Today()), c.Text)
	case c.Student.ID != 0:
		return toldEnded.With(name)
	}
	return toldReturned.With(class)
}

// ToldBy is Told with who did it, for the message row.
func ToldBy(env *Env, c data.Change) i18n.Phrase {
	return toldBy.With(i18n.Typed(env.Lang.Name(c.By, "")), Told(env, c))
}
