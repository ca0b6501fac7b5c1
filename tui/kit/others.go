package kit

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
)

// Company is who else has the record open that the page in front is about.
type Company struct {
	On  data.Ref
	Who []data.Other // who came first first
}

// Others is who else has a record open, as far as it is known.
func (e *Env) Others(on data.Ref) []data.Other {
	if e.Company.On != on {
		return nil
	}
	return e.Company.Who
}

var (
	isHere   = i18n.T("%s is here now", "%s 现在也在看")
	areHere  = i18n.T("%s are here now", "%s 现在也在看")
	changes  = i18n.T("%s is changing this", "%s 正在改")
	change   = i18n.T("%s are changing this", "%s 正在改")
	composes = i18n.T("typing: %s", "正在写 %s")
	andMore  = i18n.T("%s and %d more", "%s 等 %d 人")
	comma    = i18n.T(", ", "、")
)

// mostNamed is how many others a line names.
const mostNamed = 3

// OthersLine says in one line who else has a record open: who writes and who
// changes it first. Part, which may be nil, puts a page's word for a part of the
// record into the reader's language. "" where nobody else has it open.
func OthersLine(env *Env, on data.Ref, part func(string) string) string {
	var out []string
	for _, g := range []struct {
		doing     data.Doing
		one, many i18n.Phrase
	}{{data.Composing, composes, composes}, {data.Changing, changes, change}, {data.Looking, isHere, areHere}} {
		var names []string
		for _, o := range env.Others(on) {
			if o.Doing == g.doing {
				names = append(names, OtherName(env, o, part))
			}
		}
		switch said := named(env, names); {
		case len(names) == 1:
			out = append(out, env.Say(g.one, said))
		case len(names) > 1:
			out = append(out, env.Say(g.many, said))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return env.Look.Live(strings.Join(out, "  "))
}

// OtherName is a name, with the part of the record that they have before them if
// part says any.
func OtherName(env *Env, o data.Other, part func(string) string) string {
	name := Show(env.Lang.Name(o.Name, ""))
	if part != nil && o.Part != "" {
		if word := part(o.Part); word != "" {
			name += " (" + word + ")"
		}
	}
	return name
}

func named(env *Env, names []string) string {
	all := strings.Join(names[:min(len(names), mostNamed)], env.Say(comma))
	if more := len(names) - mostNamed; more > 0 {
		count := more
		if env.Lang == i18n.Chinese { // 甲、乙、丙 等 5 人 counts those three
			count = len(names)
		}
		return env.Say(andMore, all, count)
	}
	return all
}

// IsThere reports whether an account is among those who have the record open.
func IsThere(env *Env, on data.Ref, account int64) bool {
	return slices.ContainsFunc(env.Others(on), func(o data.Other) bool { return o.Account == account })
}
