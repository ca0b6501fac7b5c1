package familyedit

import (
	"errors"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
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

// A part is one field of a family that two people may have changed.
type part struct {
	name  func(l i18n.Lang) i18n.Phrase
	joins i18n.Phrase
	show  func(l i18n.Lang, e data.FamilyEdit) string
	take  func(to, from *data.FamilyEdit)
	both  func(to, mine *data.FamilyEdit)
}

// person is a guardian in one of the versions, nil where it is not there.
func person(e *data.FamilyEdit, id int64) *data.Guardian {
	if i := slices.IndexFunc(e.Guardians, func(g data.Guardian) bool { return g.Person == id }); i >= 0 {
		return &e.Guardians[i]
	}
	return nil
}

// parts are the fields of the form, in its order.
func parts(e data.FamilyEdit) []part {
	home := func(name i18n.Phrase, of func(*data.Household) *string) part {
		return part{name: func(i18n.Lang) i18n.Phrase { return name },
			show: func(_ i18n.Lang, e data.FamilyEdit) string { return *of(&e.Household) },
			take: func(to, from *data.FamilyEdit) { *of(&to.Household) = *of(&from.Household) }}
	}
	out := []part{home(wAddress, func(h *data.Household) *string { return &h.Address }), home(wVillage, func(h *data.Household) *string { return &h.Village })}
	for _, g := range e.Guardians {
		one := func(name i18n.Phrase, show func(i18n.Lang, data.Guardian) string, take func(to, from *data.Guardian)) part {
			return part{name: func(l i18n.Lang) i18n.Phrase { return ofWhom.With(l.Guardian(g), name) },
				show: func(l i18n.Lang, e data.FamilyEdit) string {
					if at := person(&e, g.Person); at != nil {
						return show(l, *at)
					}
					return ""
				},
				take: func(to, from *data.FamilyEdit) {
					if a, b := person(to, g.Person), person(from, g.Person); a != nil && b != nil {
						take(a, b)
					}
				}}
		}
		phones := one(mPhone, showPhones, func(to, from *data.Guardian) { to.Phones = from.Phones })
		phones.joins = theirsMine
		phones.both = func(to, mine *data.FamilyEdit) {
			a, b := person(to, g.Person), person(mine, g.Person)
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

// compare puts what is stored now beside what is written here. Where only one
// person changed a field nobody is asked.
func (p *page) compare() tea.Cmd {
	if p.theirs.Err != nil {
		if errors.Is(p.theirs.Err, data.ErrForbidden) || errors.Is(p.theirs.Err, data.ErrNotFound) {
			p.lost = p.theirs.Err
			return nil
		}
		return p.env.Note(keptTry)
	}
	lang := p.env.Lang
	var all []kit.Part
	for _, one := range parts(p.mine) {
		all = append(all, kit.Part{Name: one.name(lang), Was: one.show(lang, p.was), Mine: one.show(lang, p.mine),
			Theirs: one.show(lang, p.theirs.Value), Joins: one.joins})
	}
	clash := kit.NewConflict(p.by.By, p.by.At, thisFamily, all)
	p.merged = clash.Merged(lang)
	if clash.Open() > 0 {
		p.clash = clash
		return nil
	}
	p.clash = nil
	return p.storeMerged(clash)
}

func (p *page) saveMerged() tea.Cmd { return p.storeMerged(p.clash) }

// storeMerged saves the fields as they were decided, over what is stored now.
func (p *page) storeMerged(c *kit.Conflict) tea.Cmd {
	if p.save.Busy {
		return nil
	}
	to := p.theirs.Value
	to.Guardians = slices.Clone(to.Guardians)
	for i, one := range parts(p.mine) {
		switch c.Parts[i].Choice {
		case kit.Mine:
			one.take(&to, &p.mine)
		case kit.Both:
			one.both(&to, &p.mine)
		}
	}
	p.was = p.theirs.Value
	return p.store(to)
}
