package command

import (
	"time"

	"qiao/data"
	"qiao/tui/i18n"
)

// The shapes of JSON: snake_case, instants with the school's offset, days as
// 2026-11-25. What somebody may not see is absent.
type (
	student struct {
		ID        int64      `json:"id"`
		Number    string     `json:"number"`
		Name      string     `json:"name"`
		Class     string     `json:"class"`
		Guardians []guardian `json:"guardians"`
		Flags     []string   `json:"flags"`
	}
	guardian struct {
		ID           int64  `json:"id"`
		Name         string `json:"name"`
		Relation     string `json:"relation"`
		Phone        string `json:"phone"`
		DoNotContact bool   `json:"do_not_contact,omitempty"`
		MayNotFetch  bool   `json:"may_not_collect,omitempty"`
	}
	// A contact is its outline and, where the reader may read it, the rest.
	contact struct {
		outline
		*told
	}
	outline struct {
		ID    int64  `json:"id"`
		At    string `json:"at"`
		Kind  string `json:"kind"`
		By    string `json:"by"`
		Level string `json:"level"`
	}
	told struct {
		Channel   string    `json:"channel"`
		Direction string    `json:"direction"`
		With      string    `json:"with"`
		Text      string    `json:"text"`
		Quoted    string    `json:"quoted,omitempty"`
		Outcome   string    `json:"outcome"`
		Topics    []string  `json:"topics"`
		Promises  []promise `json:"promises"`
	}
	promise struct {
		ID      int64  `json:"id"`
		Text    string `json:"text"`
		Owner   string `json:"owner"`
		Due     string `json:"due"` // "": no day was said
		State   string `json:"state"`
		Student string `json:"student,omitempty"`
		Class   string `json:"class,omitempty"`
	}
)

func when(t time.Time) string { return t.In(data.China).Format(time.RFC3339) }

func studentOf(s data.Student, gs []data.Guardian, flagged bool) student {
	out := student{ID: s.ID, Number: s.Number, Name: s.Name, Class: s.ClassName.String(), Guardians: []guardian{}, Flags: []string{}}
	for _, g := range gs {
		out.Guardians = append(out.Guardians, guardian{g.Person, g.Name, string(g.Relation), data.National(g.First()), g.DoNotContact, !g.MayCollect})
	}
	if flagged {
		out.Flags = []string{masked}
	}
	return out
}

// masked stands for tags that a list does not tell.
const masked = "**"

func words(tags []data.Tag) []string {
	out := []string{}
	for _, t := range tags {
		out = append(out, string(t))
	}
	return out
}

func contactOf(c data.Contact) contact {
	out := contact{outline: outline{c.ID, when(c.At), string(c.Channel.Kind()), c.StaffName, c.Level.Code()}}
	if c.Sight < data.Whole {
		return out
	}
	out.told = &told{string(c.Channel), string(c.Direction), c.With, c.Summary, c.Quoted, string(c.Outcome), append([]string{}, c.Topics...), []promise{}}
	for _, p := range c.Promises {
		out.Promises = append(out.Promises, promiseOf(p))
	}
	return out
}

func promiseOf(p data.Promise) promise {
	return promise{p.ID, p.Text, p.OwnerName, p.Due.String(), string(p.State), p.StudentName, p.ClassName.String()}
}

// calling is whom one calls first, in words: relation, name, number.
func calling(lang i18n.Lang, gs []data.Guardian) (who, phone string) {
	for _, g := range gs {
		if n := g.First(); n != "" {
			return lang.Guardian(g) + " " + lang.Name(g.Name, ""), data.Grouped(n)
		}
	}
	return "", ""
}
