package room

import (
	"strings"

	"qiao/data"
	"qiao/data/search"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	findWho  = i18n.T("Find", "找人")
	goThere  = i18n.T("go there", "就到这人")
	findHint = i18n.T("number, initials, name", "号数、首字母、姓名")
	nobody   = i18n.T("nobody by that", "没有")
	foundN   = i18n.T("%d fit", "%d 个")
)

// find asks for a number or letters and goes to the family at each of them.
func (p *page) find() tea.Cmd {
	s := &p.signIn
	s.before = s.at
	s.finding = kit.Asking{Label: findWho, Act: goThere, Hint: findHint, Most: 20,
		Live:  func(typed string) { p.goTo(typed) },
		Means: func(typed string) string { return p.foundWord(typed) },
		Stop:  func() { p.choose(s.before) },
		Done:  func(string) tea.Cmd { return nil }}
	return s.finding.Begin("")
}

func (p *page) goTo(typed string) {
	if found := p.found(typed); len(found) > 0 {
		p.choose(found[0])
		return
	}
	p.choose(p.signIn.before)
}

func (p *page) foundWord(typed string) string {
	switch n := len(p.found(typed)); {
	case strings.TrimSpace(typed) == "":
		return ""
	case n == 0:
		return p.env.Say(nobody)
	case n > 1:
		return p.env.Say(foundN, n)
	}
	return ""
}

// found are the places of the families that what was typed may mean: a number of
// the class list, else as the search finds families.
func (p *page) found(typed string) (places []int) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil
	}
	at := map[int64]int{}
	for i, one := range p.view.Invitees {
		for _, s := range one.Students {
			if _, twice := at[s.ID]; !twice { // parents who live apart: the first
				at[s.ID] = i
			}
			if strings.TrimLeft(s.Seat(), "0") == strings.TrimLeft(typed, "0") {
				places = append(places, i)
			}
		}
	}
	if len(places) > 0 {
		return places
	}
	if p.signIn.names == nil {
		p.signIn.names = search.New(entries(p.view.Invitees))
	}
	res := p.signIn.names.Find(typed, search.Scope{All: true}, 20, data.SchoolYear(p.env.Now.Today()))
	for _, hit := range res.Hits {
		if i, ok := at[hit.Student]; ok {
			places = append(places, i)
		}
	}
	return places
}

// entries are the children of families as the search sees them.
func entries(of []data.Invitee) (out []search.Entry) {
	for _, i := range of {
		for _, s := range i.Students {
			e := search.Entry{Student: s.ID, Name: s.Name, Former: s.Former, Reading: s.Reading, Number: s.Number}
			for _, g := range i.Guardians {
				e.Guardians = append(e.Guardians, search.Guardian{Name: g.Name})
			}
			out = append(out, e)
		}
	}
	return out
}
