package kit

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
)

var (
	dayMeans  = i18n.T("%s = %s", "%s = %s")
	schoolDay = i18n.T("(school day)", "(上课日)")
	noSchool  = i18n.T("(no school)", "(不上课)")
)

// DayMeans says what a typed day means: 明天 = 11-26 周四 (上课日). It is "" for an
// empty field, and a fault for what is no day.
func DayMeans(env *Env, c data.Calendar, typed string) string {
	today := env.Now.Today()
	d, err := c.ParseDue(typed, today)
	switch {
	case err != nil:
		return env.Look.Danger("! " + env.Lang.Why(data.WhyNotADate))
	case d.IsZero():
		return ""
	}
	said := env.Say(dayMeans, Show(strings.TrimSpace(typed)), env.Lang.Day(d, today))
	if c.SchoolDay(d) {
		return said + " " + env.Say(schoolDay)
	}
	return said + " " + env.Look.Warn(env.Say(noSchool))
}

// DayWord is a day as a field holds it, so that ParseDue reads it back: one that is
// over, or of another school year, with its year.
func DayWord(env *Env, d data.Date) string {
	switch today := env.Now.Today(); {
	case d.IsZero():
		return ""
	case d.Before(today) || data.SchoolYear(d) != data.SchoolYear(today):
		return d.String()
	default:
		return env.Lang.Date(d, today)
	}
}
