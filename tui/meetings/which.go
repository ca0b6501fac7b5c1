package meetings

import (
	"context"
	"slices"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	whichTitle = i18n.T("Meetings > new > which class", "会议 > 新会议 > 哪个班")
	whichClass = i18n.T("Class", "班级")
	whoTeaches = i18n.T("Class teacher", "班主任")
	howMany    = i18n.T("Students", "人数")
	thisClass  = i18n.T("this class", "这个班")
	noneToCall = i18n.T("There is no class for which you call meetings", "没有你能召集会议的班级")
)

// A which asks for which class a new meeting is.
type which struct {
	kit.Listing[[]data.ClassLine, data.ClassLine]
}

func newWhich(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p, me, now := &which{}, env.Me, env.Now()
	p.Listing = kit.NewListing(env, kit.ListOf[[]data.ClassLine, data.ClassLine]{
		Read: func(ctx context.Context) ([]data.ClassLine, error) {
			all, err := deps.Classes(ctx)
			return slices.DeleteFunc(slices.Clone(all), func(c data.ClassLine) bool { return me.MayCallMeeting(now, c.Class) != nil }), err
		},
		Rows: kit.All[data.ClassLine], ID: func(c data.ClassLine) int64 { return c.Class },
		First: func(c data.ClassLine) bool { return slices.Contains(o.Of, c.Class) || len(o.Of) == 0 && c.Mine },
		Cols: func() []kit.Col {
			return []kit.Col{{Head: whichClass, Width: 8}, {Head: whoTeaches, Width: 12, Grow: 1}, {Head: howMany, Width: 8, Align: kit.ToRight}}
		},
		Cells: func(c data.ClassLine) []any {
			return []any{env.Lang.Class(c.Name), env.Lang.Name(c.Teacher, ""), env.Lang.Number(c.Students)}
		},
		Open: func(c data.ClassLine) tea.Cmd {
			return env.Send(kit.Open{Screen: "meetingnew", ID: c.Class, Text: o.Text, Draft: o.Draft, Replace: true})
		},
		Opens: thisClass, Empty: noneToCall,
	})
	return p
}

func (p *which) Title() i18n.Phrase { return whichTitle }

// View draws the classes.
func (p *which) View() kit.Frame { return kit.Frame{Body: p.Body()} }
