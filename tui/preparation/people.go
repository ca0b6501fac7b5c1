package preparation

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
)

var (
	hSeat     = i18n.T("No", "学号")
	hChildren = i18n.T("Child", "学生")
	hCall     = i18n.T("Whom to call", "联系人")
	hReply    = i18n.T("Reply", "回执")
	hWhy      = i18n.T("Reason", "原因")
	noFamily  = i18n.T("No family is invited. i invites those whom the class has now", "还没有参会家庭。按 i 请本班现在的各家")
	nameAnd   = i18n.T(", ", "、")
)

func inviteeID(i data.Invitee) int64 { return i.ID }

// children names the children of a household that are in the class.
func children(env *kit.Env, i data.Invitee) string {
	var names []string
	for _, s := range i.Students {
		names = append(names, env.Lang.Name(s.Name, s.Reading))
	}
	return strings.Join(names, env.Say(nameAnd))
}

func seats(i data.Invitee) string {
	var out []string
	for _, s := range i.Students {
		out = append(out, s.Seat())
	}
	return strings.Join(out, " ")
}

func (p *page) setPeople() {
	env, r := p.env, &p.rows[onPeople]
	r.cols = []kit.Col{{Width: 1}, {Head: hSeat, Width: 5}, {Head: hChildren, Width: 16, Grow: 1}, {Head: hCall, Width: 16, Grow: 1},
		{Head: hReply, Width: 9}, {Head: hWhy, Width: 14, Grow: 2}}
	var ids []int64
	var cells [][]any
	for _, i := range p.view.Value.Invitees {
		ids = append(ids, i.ID)
		who := ""
		if i.Guardian.Name != "" {
			who = env.Lang.Guardian(i.Guardian) + " " + env.Lang.Name(i.Guardian.Name, "")
		}
		cells = append(cells, []any{"", seats(i), children(env, i), who, reply(env, i), i.ReplyWhy})
	}
	r.set(ids, cells)
}

// reply is what a family said, with its mark.
func reply(env *kit.Env, i data.Invitee) kit.Cell {
	word := env.Lang.Reply(i.Reply)
	switch i.Reply {
	case data.WillCome:
		return kit.In(theme.OK, "✓ "+word)
	case data.WillNot:
		return kit.In(theme.Plain, ". "+word)
	case data.ReadNotice:
		return kit.In(theme.Plain, "~ "+word)
	}
	return kit.In(theme.Muted, "- "+word)
}

func (p *page) peopleKeys() []kit.Action { return nil }
