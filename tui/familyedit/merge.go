package familyedit

import (
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	thisFamily = i18n.T("this family", "这家")
	theirsMine = i18n.T("theirs first, mine as the next number", "主用对方的, 我的作第二号码")
	mPhone     = i18n.T("phone", "电话")
	mTime      = i18n.T("time", "时间")
	mWork      = i18n.T("work", "务工地")
	mLives     = i18n.T("same home", "同住")
	ofWhom     = i18n.T("%s %s", "%s %s")
	yes        = i18n.T("yes", "是")
	no         = i18n.T("no", "否")
)

// person is a guardian in one of the versions, nil where it is not there.
func person(e *data.FamilyEdit, id int64) *data.Guardian {
	if i := slices.IndexFunc(e.Guardians, func(g data.Guardian) bool { return g.Person == id }); i >= 0 {
		return &e.Guardians[i]
	}
	return nil
}

// parts are the fields of the form, in its order.
func parts(l i18n.Lang, versions ...data.FamilyEdit) []kit.PartOf[data.FamilyEdit] {
	out := []kit.PartOf[data.FamilyEdit]{
		{Name: wAddress, Show: func(e data.FamilyEdit) string { return e.Household.Address },
			Take: func(to *data.FamilyEdit, from data.FamilyEdit) { to.Household.Address = from.Household.Address }},
		{Name: wVillage, Show: func(e data.FamilyEdit) string { return e.Household.Village },
			Take: func(to *data.FamilyEdit, from data.FamilyEdit) { to.Household.Village = from.Household.Village }},
	}
	for _, g := range versions[0].Guardians {
		one := func(name i18n.Phrase, show func(i18n.Lang, data.Guardian) string, take func(to, from *data.Guardian)) kit.PartOf[data.FamilyEdit] {
			return kit.PartOf[data.FamilyEdit]{Name: ofWhom.With(l.Guardian(g), name),
				Show: func(e data.FamilyEdit) string {
					if at := person(&e, g.Person); at != nil {
						return show(l, *at)
					}
					return ""
				},
				Take: func(to *data.FamilyEdit, from data.FamilyEdit) {
					if a, b := person(to, g.Person), person(&from, g.Person); a != nil && b != nil {
						take(a, b)
					}
				}}
		}
		phones := one(mPhone, showPhones, func(to, from *data.Guardian) { to.Phones = from.Phones })
		phones.Joins = theirsMine
		phones.Both = func(to *data.FamilyEdit, mine data.FamilyEdit) {
			a, b := person(to, g.Person), person(&mine, g.Person)
			if a == nil || b == nil {
				return
			}
			for _, n := range b.Phones {
				if !slices.ContainsFunc(a.Phones, func(had data.Phone) bool { return had.E164 == n.E164 }) {
					a.Phones = append(slices.Clone(a.Phones), data.Phone{E164: n.E164, Label: n.Label})
				}
			}
		}
		out = append(out, phones,
			one(mTime, func(_ i18n.Lang, g data.Guardian) string { return g.BestTime }, func(to, from *data.Guardian) { to.BestTime = from.BestTime }),
			one(mWork, func(_ i18n.Lang, g data.Guardian) string { return g.WorkPlace }, func(to, from *data.Guardian) { to.WorkPlace = from.WorkPlace }),
			one(mLives, showLives, func(to, from *data.Guardian) { to.LivesWith = from.LivesWith }))
	}
	return out
}

// over is the family as it is stored now, to be written on.
func over(theirs, _ data.FamilyEdit) data.FamilyEdit {
	theirs.Guardians = slices.Clone(theirs.Guardians)
	return theirs
}

func showPhones(_ i18n.Lang, g data.Guardian) string {
	all := make([]string, len(g.Phones))
	for i, n := range g.Phones {
		all[i] = data.Grouped(n.E164)
	}
	return strings.Join(all, ", ")
}

func showLives(l i18n.Lang, g data.Guardian) string {
	if g.LivesWith {
		return l.Say(yes)
	}
	return l.Say(no)
}
