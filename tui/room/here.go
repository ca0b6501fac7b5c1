package room

import (
	"slices"
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
// writing.
func (p *page) here() string {
	env := p.env
	others := slices.DeleteFunc(slices.Clone(env.Others(p.ref())), func(o data.Other) bool { return o.Part != inRoom })
	if len(others) == 0 {
		return ""
	}
	var first, rest, writing []string
	add := func(account int64, name string) {
		name = kit.Show(env.Lang.Name(name, ""))
		switch account {
		case p.view.Chair:
			first = append([]string{env.Say(isChair, name)}, first...)
		case p.view.Secretary:
			first = append(first, env.Say(isWriting, name))
		default:
			rest = append(rest, name)
		}
	}
	add(env.Me.ID, env.Me.Name)
	seen := map[int64]bool{env.Me.ID: true}
	for _, o := range others {
		if o.Doing == data.Composing {
			writing = append(writing, kit.Show(env.Lang.Name(o.Name, "")))
		}
		if !seen[o.Account] {
			add(o.Account, o.Name)
		}
		seen[o.Account] = true
	}
	note := ""
	if len(writing) > 0 {
		note = env.Look.Live(kit.Cut(env.Say(writes, strings.Join(writing, " ")), p.w/3))
	}
	names := env.Say(hereN, len(seen)) + strings.Join(append(first, rest...), " ")
	return kit.Head(kit.Cut(names, p.w-kit.Width(note)-14), note, p.w)
}
