package preparation

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	itemTitle = i18n.T("Meetings > point of the agenda", "会议 > 议程项")
	itemAbout = i18n.T("What is talked about, for how long, and who speaks?", "谈什么, 谈多久, 谁讲?")
	itemField = i18n.T("Point", "议程")
	minField  = i18n.T("Minutes", "分钟")
	speaker   = i18n.T("Who speaks", "谁讲")
	thisItem  = i18n.T("this point", "这一项")
	leftItem  = i18n.T("The draft is kept: Today lists it", "草稿已留: 今日里有")
	didItem   = i18n.T("Saved: %s", "已存: %s")
)

type itemForm struct {
	kit.Sheet[data.AgendaItem]
}

// NewItem returns the form for a point of the agenda of the meeting o.ID: that
// whose id stands in Of, else a new one at its end. Draft is one to go on writing.
func NewItem(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	meeting, id := o.ID, int64(0)
	if len(o.Of) > 0 {
		id = o.Of[0]
	}
	if d := o.Draft; d != nil && d.Object.Kind == "agenda_item" {
		id = d.Object.ID
		meeting = meetingOf(*d)
	}
	of := data.Ref{Kind: "meeting", ID: meeting}
	if id != 0 {
		of = data.Ref{Kind: "agenda_item", ID: id}
	}
	p := &itemForm{}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[data.AgendaItem]{
		Kind: "agenda_item", Object: of, On: data.Ref{Kind: "meeting", ID: meeting}, What: thisItem, Left: leftItem, Adds: id == 0, Draft: deps.Draft, Save: deps.SaveItem, Check: data.AgendaItem.Check,
		Stored: func(ctx context.Context) (data.AgendaItem, error) { return storedItem(ctx, deps, meeting, id) },
		Done: func(i data.AgendaItem) tea.Cmd {
			return env.Send(kit.Back{Page: p, Said: didItem.With(i18n.Typed(kit.Show(i.Title)))})
		},
	},
		kit.Short("title", itemField, 80, func(i *data.AgendaItem) *string { return &i.Title }),
		kit.Typed("minutes", minField, 3, data.ParseMinutes, func(_ i18n.Lang, n int) string { return fmt.Sprint(n) },
			func(i *data.AgendaItem) *int { return &i.Minutes }),
		kit.Short("speaker", speaker, 30, func(i *data.AgendaItem) *string { return &i.Speaker }))
	p.Sheet.About = func(i data.AgendaItem) data.Draft { return data.Draft{Preview: i.Title, Base: i.Rev} }
	return p
}

// storedItem is a point as it is stored, or what a new one begins with.
func storedItem(ctx context.Context, deps Deps, meeting, id int64) (data.AgendaItem, error) {
	v, err := deps.Meeting(ctx, meeting)
	if err == nil && !v.MayRun {
		err = data.ErrForbidden
	}
	if err != nil || id == 0 {
		return data.AgendaItem{Meeting: meeting, Minutes: usual}, err
	}
	n := slices.IndexFunc(v.Agenda, func(i data.AgendaItem) bool { return i.ID == id })
	if n < 0 {
		return data.AgendaItem{}, data.ErrNotFound
	}
	return v.Agenda[n], nil
}

// meetingOf is the meeting of the point that a draft is about: the form keeps it.
func meetingOf(d data.Draft) int64 {
	var w struct{ Base data.AgendaItem }
	_ = json.Unmarshal([]byte(d.Form), &w)
	return w.Base.Meeting
}

func (*itemForm) Title() i18n.Phrase { return itemTitle }

// About is what the form asks.
func (*itemForm) About() i18n.Phrase { return itemAbout }
