package room

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// inRoom names the room among the parts of a meeting that somebody may have before
// them.
const inRoom = "room"

// Stand says which meeting one sits in, and whether one writes a line.
func (p *page) Stand() data.Stand {
	if p.view.Sight < data.MeetingWhole {
		return data.Stand{}
	}
	doing := data.Looking
	if p.composer.on && p.composer.text.Value() != "" {
		doing = data.Composing
	}
	return data.Stand{On: p.ref(), Part: inRoom, Doing: doing}
}

func (p *page) ref() data.Ref { return data.Ref{Kind: "meeting", ID: p.id} }

var (
	hereN     = i18n.T("Here %d: ", "在线 %d 人: ")
	isChair   = i18n.T("%s (chair)", "%s(主持)")
	isWriting = i18n.T("%s (secretary)", "%s(记录)")
	writes    = i18n.T("typing: %s", "正在写 %s")
)

// here is who sits in the room, the chair and the secretary first, and who is
// writing. Of a hundred it looks at the names that the row has room for.
func (p *page) here() string {
	env, n := p.env, 1
	var first, rest, writing []string
	add := func(account int64, name string) {
		switch {
		case account == p.view.Chair:
			first = append([]string{env.Say(isChair, kit.Show(env.Lang.Name(name, "")))}, first...)
		case account == p.view.Secretary:
			first = append(first, env.Say(isWriting, kit.Show(env.Lang.Name(name, ""))))
		case len(rest) < p.w/3: // as many as fit if all are short
			rest = append(rest, kit.Show(env.Lang.Name(name, "")))
		}
	}
	add(env.Me.ID, env.Me.Name)
	for _, o := range env.Others(p.ref()) {
		if o.Part != inRoom {
			continue
		}
		n++
		add(o.Account, o.Name)
		if o.Doing == data.Composing && len(writing) < p.w/3 {
			writing = append(writing, kit.Show(env.Lang.Name(o.Name, "")))
		}
	}
	if n == 1 {
		return ""
	}
	note := ""
	if len(writing) > 0 {
		note = env.Look.Live(kit.Cut(env.Say(writes, strings.Join(writing, " ")), p.w/3))
	}
	names := env.Say(hereN, n) + strings.Join(append(first, rest...), " ")
	return kit.Head(kit.Cut(names, p.w-kit.Width(note)-14), note, p.w)
}
