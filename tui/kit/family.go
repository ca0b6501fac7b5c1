package kit

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/theme"
)

var (
	mainOne  = i18n.T("main", "主要")
	sameHome = i18n.T("same home", "同住")
	collects = i18n.T("pick-up", "有接送权")
	awayAt   = i18n.T("away: %s", "在%s")
	away     = i18n.T("works away", "在外务工")
	noCall   = i18n.T("no contact", "不要联系")
	badNo    = i18n.T("wrong number", "号码不对")
	years    = i18n.T("%d", "%d岁")
	seatNo   = i18n.T("no.%s", "%s号")
)

// NameOf is a student's name as lists show it; NameOnCard has, in English, the
// characters beside it.
func NameOf(env *Env, s data.Student) string { return env.Lang.Name(s.Name, s.Reading) }

// NameOnCard is the student's name as it stands once on a card.
func NameOnCard(env *Env, s data.Student) string {
	name := NameOf(env, s)
	if name != s.Name {
		name += " (" + s.Name + ")"
	}
	return name
}

// Age is the student's age in years, with its word; "" where it is not known.
func Age(env *Env, s data.Student) string {
	n := s.Age(env.Now.Today())
	if n < 0 {
		return ""
	}
	return env.Say(years, n)
}

// Seat is the student's number in the class list: 17号, no.17; "" without one.
func Seat(env *Env, s data.Student) string {
	if s.Number == "" {
		return ""
	}
	return env.Say(seatNo, s.Seat())
}

// Standing is what a guardian is to the child besides the relation: main, same
// home, pick-up, where one works away. Of one who must not be contacted the
// Line says so, and nothing else is said.
func Standing(env *Env, g data.Guardian) (words []string) {
	if g.DoNotContact {
		return nil
	}
	if g.Order == 1 {
		words = append(words, env.Say(mainOne))
	}
	if g.LivesWith {
		words = append(words, env.Say(sameHome))
	}
	switch {
	case g.WorkPlace != "":
		words = append(words, env.Say(awayAt, g.WorkPlace))
	case !g.AwaySince.IsZero():
		words = append(words, env.Say(away))
	}
	if g.MayCollect {
		words = append(words, env.Say(collects))
	}
	return words
}

// A Line is one number to call, and whose it is. Bad tells that it is known to
// be wrong.
type Line struct {
	Guardian data.Guardian
	Phone    data.Phone
	First    bool // of this guardian
}

// Bad reports whether the number is known to be wrong.
func (l Line) Bad() bool { return !l.Phone.Bad.IsZero() }

// Number is the number as a person reads it: - where there is none, and in
// words that one must not call.
func (l Line) Number(env *Env) string {
	switch {
	case l.Guardian.DoNotContact:
		return "- " + env.Say(noCall)
	case l.Phone.E164 == "":
		return "-"
	}
	return data.Grouped(l.Phone.E164)
}

// Callable reports whether one may and can call it.
func (l Line) Callable() bool {
	return !l.Guardian.DoNotContact && l.Phone.E164 != "" && !l.Bad()
}

// Note is what stands beside a number: its label, that it is wrong, else the
// best time to call the guardian.
func (l Line) Note(env *Env) string {
	words := strings.TrimSpace(l.Phone.Label)
	if l.Bad() {
		return strings.TrimSpace("! " + env.Say(badNo) + "  " + words)
	}
	if l.First && l.Guardian.BestTime != "" {
		words = strings.TrimSpace(l.Guardian.BestTime + "  " + words)
	}
	return words
}

// Lines are the numbers of a family in calling order: each guardian's in turn,
// one row for a guardian without any.
func Lines(gs []data.Guardian) (out []Line) {
	for _, g := range gs {
		if g.DoNotContact || len(g.Phones) == 0 {
			out = append(out, Line{Guardian: g, First: true})
			continue
		}
		for i, p := range g.Phones {
			out = append(out, Line{Guardian: g, Phone: p, First: i == 0})
		}
	}
	return out
}

// Flags are the tags of a card as words in brackets, what is about safety
// first with its mark; ** where there are some that the reader may not see.
func Flags(env *Env, tags []data.Tag, masked bool) string {
	var words []string
	for _, t := range tags {
		if t == data.SafetyConcern {
			words = append([]string{env.Look.Paint(theme.Danger, "[! "+env.Lang.Tag(t)+"]")}, words...)
		} else {
			words = append(words, "["+env.Lang.Tag(t)+"]")
		}
	}
	if masked {
		words = append(words, "[**]")
	}
	return strings.Join(words, " ")
}

var (
	kept   = i18n.T("[restricted]", "[受限]")
	secret = i18n.T("[secret]", "[保密]")
	wentSo = i18n.T("%s: %s", "%s: %s")
	askWho = i18n.T("date only: ask %s", "只知道日期, 可找 %s")
)

// Hidden is what stands instead of a text that one may know of and not read:
// which level it has and whom to ask.
func Hidden(env *Env, c data.Contact) string {
	mark := kept
	if c.Level >= data.Secret {
		mark = secret
	}
	return env.Say(mark) + " " + env.Say(askWho, env.Lang.Name(c.StaffName, ""))
}

// Gist is what a list shows of a contact: the first line of its text, before it
// how it went if it reached nobody, or why it is hidden.
func Gist(env *Env, c data.Contact) string {
	switch line := c.FirstLine(); {
	case c.Sight < data.Whole:
		return Hidden(env, c)
	case line == "":
		return env.Lang.Outcome(c.Outcome)
	case c.Outcome != data.Reached && c.Outcome != "":
		return env.Say(wentSo, env.Lang.Outcome(c.Outcome), line)
	default:
		return line
	}
}
