package contact

import (
	"slices"
	"strconv"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	thisRecord = i18n.T("this record", "这条")
	wText      = i18n.T("Text", "内容")
	wQuoted    = i18n.T("Message", "粘贴的消息")
	wNote      = i18n.T("Private note", "受限备注")
	theirsMine = i18n.T("theirs first, mine below it", "对方的在前, 我的接在后面")
	bothLists  = i18n.T("the topics of both", "两边的话题都要")
)

// A part is one field of a contact that two people may have changed.
type part = kit.PartOf[data.Contact]

// parts are the fields of a contact in the form's order, and the promises that
// any of the versions has.
func parts(l i18n.Lang, versions ...data.Contact) []part {
	text := func(name i18n.Phrase, of func(*data.Contact) *string) part {
		return part{Name: name, Joins: theirsMine, Show: func(c data.Contact) string { return *of(&c) },
			Take: func(to *data.Contact, from data.Contact) { *of(to) = *of(&from) },
			Both: func(to *data.Contact, mine data.Contact) { *of(to) += "\n" + *of(&mine) }}
	}
	quoted := text(wQuoted, func(c *data.Contact) *string { return &c.Quoted })
	quoted.Take = func(to *data.Contact, from data.Contact) { to.Quoted, to.QuotedOn = from.Quoted, from.QuotedOn }
	out := []part{text(wText, func(c *data.Contact) *string { return &c.Summary }), quoted,
		{Name: wResult, Show: func(c data.Contact) string {
			if c.CallBack.IsZero() {
				return l.Outcome(c.Outcome)
			}
			return l.Outcome(c.Outcome) + " " + l.Moment(c.CallBack, c.At)
		}, Take: func(to *data.Contact, from data.Contact) { to.Outcome, to.CallBack = from.Outcome, from.CallBack }},
		{Name: wTopics, Joins: bothLists, Show: func(c data.Contact) string { return showTopics(l, c) },
			Take: func(to *data.Contact, from data.Contact) { to.Topics = from.Topics },
			Both: func(to *data.Contact, mine data.Contact) { to.Topics = append(slices.Clone(to.Topics), mine.Topics...) }},
		{Name: wWith, Show: func(c data.Contact) string {
			if len(c.Guardians) == 0 {
				return ""
			}
			return l.Relation(c.Relation) + " " + l.Name(c.With, "")
		}, Take: func(to *data.Contact, from data.Contact) {
			to.Guardians, to.With, to.Relation = from.Guardians, from.With, from.Relation
		}},
		{Name: wChannel, Show: func(c data.Contact) string { return l.Channel(c.Channel) + " " + l.Direction(c.Direction) },
			Take: func(to *data.Contact, from data.Contact) { to.Channel, to.Direction = from.Channel, from.Direction }},
		{Name: wTime, Show: func(c data.Contact) string {
			day := data.DayOf(c.At)
			return l.Day(day, day) + " " + l.Clock(c.At)
		}, Take: func(to *data.Contact, from data.Contact) { to.At = from.At }},
		{Name: wLength, Show: func(c data.Contact) string { return strconv.Itoa(c.Minutes) },
			Take: func(to *data.Contact, from data.Contact) { to.Minutes = from.Minutes }},
		{Name: wLevel, Show: func(c data.Contact) string { return l.Level(c.Level) },
			Take: func(to *data.Contact, from data.Contact) { to.Level = from.Level }},
		text(wNote, func(c *data.Contact) *string { return &c.Private }),
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
		out = append(out, promisePart(l, i+1, id))
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
func promisePart(l i18n.Lang, n int, id int64) part {
	find := func(c *data.Contact) *data.Promise {
		if i := slices.IndexFunc(c.Promises, func(q data.Promise) bool { return q.ID == id }); i >= 0 {
			return &c.Promises[i]
		}
		return nil
	}
	return part{Name: wPromise.With(n), Show: func(c data.Contact) string {
		q := find(&c)
		if q == nil {
			return ""
		}
		day := data.DayOf(c.At)
		return q.Text + " " + l.Date(q.Due, day) + " " + l.Name(q.OwnerName, "")
	}, Take: func(to *data.Contact, from data.Contact) {
		q, mine := find(to), find(&from)
		if q != nil && mine != nil {
			q.Text, q.Due, q.Owner, q.OwnerPerson, q.OwnerName = mine.Text, mine.Due, mine.Owner, mine.OwnerPerson, mine.OwnerName
		}
	}}
}

// over is the record as it is stored now, to be written on, with the promises
// that are new here.
func over(theirs, mine data.Contact) data.Contact {
	theirs.Promises = slices.Clone(theirs.Promises)
	for _, q := range mine.Promises {
		if q.ID == 0 {
			theirs.Promises = append(theirs.Promises, q)
		}
	}
	return theirs
}

// holds reports whether a contact is among those.
func holds(cs []data.Contact, id int64) bool {
	return slices.ContainsFunc(cs, func(c data.Contact) bool { return c.ID == id })
}
