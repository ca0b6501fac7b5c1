package contact

import (
	"slices"
	"strconv"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A part is one field of a contact that two people may have changed.
type part struct {
	name  i18n.Phrase
	joins i18n.Phrase // what keeping both does; zero: it cannot be
	show  func(l i18n.Lang, c data.Contact) string
	take  func(to *data.Contact, from data.Contact)
	both  func(to *data.Contact, mine data.Contact)
}

var (
	thisRecord = i18n.T("this record", "这条")
	wText      = i18n.T("Text", "内容")
	wQuoted    = i18n.T("Message", "粘贴的消息")
	wNote      = i18n.T("Private note", "受限备注")
	theirsMine = i18n.T("theirs first, mine below it", "对方的在前, 我的接在后面")
	bothLists  = i18n.T("the topics of both", "两边的话题都要")
)

// joined puts mine under theirs.
func under(theirs, mine string) string { return theirs + "\n" + mine }

// parts are the fields of a contact in the form's order, and the promises that
// any of the versions has.
func parts(versions ...data.Contact) []part {
	out := []part{
		{wText, theirsMine, func(_ i18n.Lang, c data.Contact) string { return c.Summary },
			func(to *data.Contact, from data.Contact) { to.Summary = from.Summary },
			func(to *data.Contact, mine data.Contact) { to.Summary = under(to.Summary, mine.Summary) }},
		{wQuoted, theirsMine, func(_ i18n.Lang, c data.Contact) string { return c.Quoted },
			func(to *data.Contact, from data.Contact) { to.Quoted, to.QuotedOn = from.Quoted, from.QuotedOn },
			func(to *data.Contact, mine data.Contact) { to.Quoted = under(to.Quoted, mine.Quoted) }},
		{name: wResult, show: func(l i18n.Lang, c data.Contact) string {
			if c.CallBack.IsZero() {
				return l.Outcome(c.Outcome)
			}
			return l.Outcome(c.Outcome) + " " + l.Moment(c.CallBack, c.At)
		}, take: func(to *data.Contact, from data.Contact) { to.Outcome, to.CallBack = from.Outcome, from.CallBack }},
		{wTopics, bothLists, showTopics, func(to *data.Contact, from data.Contact) { to.Topics = from.Topics },
			func(to *data.Contact, mine data.Contact) { to.Topics = append(slices.Clone(to.Topics), mine.Topics...) }},
		{name: wWith, show: func(l i18n.Lang, c data.Contact) string {
			if len(c.Guardians) == 0 {
				return ""
			}
			return l.Relation(c.Relation) + " " + l.Name(c.With, "")
		}, take: func(to *data.Contact, from data.Contact) {
			to.Guardians, to.With, to.Relation = from.Guardians, from.With, from.Relation
		}},
		{name: wChannel, show: func(l i18n.Lang, c data.Contact) string { return l.Channel(c.Channel) + " " + l.Direction(c.Direction) },
			take: func(to *data.Contact, from data.Contact) { to.Channel, to.Direction = from.Channel, from.Direction }},
		{name: wTime, show: func(l i18n.Lang, c data.Contact) string {
			day := data.DayOf(c.At)
			return l.Day(day, day) + " " + l.Clock(c.At)
		}, take: func(to *data.Contact, from data.Contact) { to.At = from.At }},
		{name: wLength, show: func(_ i18n.Lang, c data.Contact) string { return strconv.Itoa(c.Minutes) },
			take: func(to *data.Contact, from data.Contact) { to.Minutes = from.Minutes }},
		{name: wLevel, show: func(l i18n.Lang, c data.Contact) string { return l.Level(c.Level) },
			take: func(to *data.Contact, from data.Contact) { to.Level = from.Level }},
		{wNote, theirsMine, func(_ i18n.Lang, c data.Contact) string { return c.Private },
			func(to *data.Contact, from data.Contact) { to.Private = from.Private },
			func(to *data.Contact, mine data.Contact) { to.Private = under(to.Private, mine.Private) }},
	}
	var ids []int64
	for _, c := range versions {
		for _, q := range c.Promises {
			if q.ID != 0 && !slices.Contains(ids, q.ID) {
				ids = append(ids, q.ID)
			}
		}
	}
	for i, id := range ids {
		out = append(out, promisePart(i+1, id))
	}
	return out
}

func showTopics(l i18n.Lang, c data.Contact) string {
	words := make([]string, len(c.Topics))
	for i, t := range c.Topics {
		words[i] = l.Topic(t)
	}
	return strings.Join(words, " ")
}

// promisePart is one stored promise: its text, its day and who owes it. Whether
// it is kept is not the form's, and stays as it is stored.
func promisePart(n int, id int64) part {
	find := func(c *data.Contact) *data.Promise {
		if i := slices.IndexFunc(c.Promises, func(q data.Promise) bool { return q.ID == id }); i >= 0 {
			return &c.Promises[i]
		}
		return nil
	}
	return part{name: wPromise.With(n), show: func(l i18n.Lang, c data.Contact) string {
		q := find(&c)
		if q == nil {
			return ""
		}
		day := data.DayOf(c.At)
		return q.Text + " " + l.Date(q.Due, day) + " " + l.Name(q.OwnerName, "")
	}, take: func(to *data.Contact, from data.Contact) {
		q, mine := find(to), find(&from)
		if q != nil && mine != nil {
			q.Text, q.Due, q.Owner, q.OwnerPerson, q.OwnerName = mine.Text, mine.Due, mine.Owner, mine.OwnerPerson, mine.OwnerName
		}
	}}
}

// compare puts what is stored now beside what is written here. Where only one
// person changed a field nobody is asked.
func (p *page) compare() tea.Cmd {
	if p.theirs.Err != nil {
		if refused(p.theirs.Err) {
			p.lost = p.theirs.Err
			return nil
		}
		return p.env.Note(keptTry)
	}
	was, mine, theirs, lang := p.was, p.mine, p.theirs.Value, p.env.Lang
	var all []kit.Part
	for _, one := range parts(was, mine, theirs) {
		all = append(all, kit.Part{Name: one.name, Was: one.show(lang, was), Mine: one.show(lang, mine), Theirs: one.show(lang, theirs), Joins: one.joins})
	}
	clash := kit.NewConflict(theirs.SavedBy, theirs.SavedAt, thisRecord, all)
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
	theirs, mine := p.theirs.Value, p.mine
	to := theirs
	to.Promises = slices.Clone(theirs.Promises)
	for i, one := range parts(p.was, mine, theirs) {
		switch c.Parts[i].Choice {
		case kit.Mine:
			one.take(&to, mine)
		case kit.Both:
			one.both(&to, mine)
		}
	}
	for _, q := range mine.Promises {
		if q.ID == 0 {
			to.Promises = append(to.Promises, q)
		}
	}
	p.was = theirs
	return p.store(to.Tidy())
}

// holds reports whether a contact is among those.
func holds(cs []data.Contact, id int64) bool {
	return slices.ContainsFunc(cs, func(c data.Contact) bool { return c.ID == id })
}
