package accounts

import (
	"encoding/json"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

func unwritten(form string) (w writtenNew, ok bool) {
	return w, json.Unmarshal([]byte(form), &w) == nil
}

// Actions are the form's keys, and one for one more role.
func (p *newPage) Actions() []kit.Action {
	return p.Keys(kit.Action{Key: "ctrl+n", Label: aMoreRole, Help: moreWhy, When: p.full, Do: p.moreRoles})
}

func (p *newPage) full() i18n.Phrase {
	if len(p.roles) >= mostRoles {
		return rolesMost.With(mostRoles)
	}
	return i18n.Phrase{}
}

func (p *newPage) moreRoles() tea.Cmd {
	p.addRole()
	p.Edited = true
	p.Visit(kit.Place{Field: inRole, Of: len(p.roles) - 1})
	return nil
}

func (p *newPage) Layout(w, h int) {
	p.w, p.h = w, h
	p.area.Layout(w-2, 4)
}

// Where things stand in the form, in columns.
const (
	colValue = 14
	roleBox  = 24
	scopeBox = 16
	untilBox = 14
)

func (p *newPage) draw() *kit.Drawing {
	d := p.Draw(p.w, colValue)
	d.Row("")
	d.Row(d.Box(d.Label(fName), kit.Place{Field: inName}, colValue, 32))
	d.Fault(kit.Place{Field: inName})
	user := "-"
	if n := p.naming.Value; p.asked == p.called() && n.Username != "" {
		user = n.Username
	}
	d.Row(kit.Put(d.Label(fUser), colValue, p.env.Look.Muted(user)))
	p.namesakes(d)
	d.Row("")
	heads := kit.Put("", colValue, d.Say(fRole))
	heads = kit.Put(heads, colValue+roleBox+2, d.Say(fOver))
	d.Row(p.env.Look.Muted(kit.Put(heads, colValue+roleBox+scopeBox+4, d.Say(fUntil))))
	for i := range p.roles {
		p.drawRole(d, i)
	}
	d.Row("")
	d.Row(kit.Head(d.Say(fKeys), "", p.w))
	d.Text(kit.Place{Field: inKeys}, 2)
	d.Fault(kit.Place{Field: inKeys})
	said := p.judged(p.w-4, 6)
	if len(said) == 0 && p.area.Len() == 0 {
		said = []string{p.env.Look.Muted(d.Say(noKeyLater))}
	}
	for _, line := range said {
		d.Row("  " + line)
	}
	if p.Here().Field == inKeys {
		d.Reach()
	}
	return d
}

// namesakes says whose name it is already, or looks like.
func (p *newPage) namesakes(d *kit.Drawing) {
	if p.asked != p.called() {
		return
	}
	tell := func(say i18n.Phrase, of []data.Account) {
		if len(of) == 0 {
			return
		}
		line := d.Say(say, kit.Show(p.env.Lang.Name(of[0].Name, "")), kit.Show(of[0].Username))
		d.Row(kit.Put("", colValue, p.env.Look.Warn(kit.Cut(line, p.w-colValue-1))))
	}
	tell(sameName, p.naming.Value.Same)
	tell(alikeName, p.naming.Value.Alike)
}

func (p *newPage) drawRole(d *kit.Drawing, i int) {
	r := p.roles[i]
	role, scope, until := kit.Place{Field: inRole, Of: i}, kit.Place{Field: inScope, Of: i}, kit.Place{Field: inUntil, Of: i}
	label := d.Label(fRole)
	if len(p.roles) > 1 {
		label = d.Label(fRoleN, i+1)
	}
	line := d.Box(label, role, colValue, roleBox)
	x := colValue + roleBox + 2
	if data.ScopeOf(r.of()) != data.ScopeSchool {
		line = d.Box(line, scope, x, scopeBox)
	}
	x += scopeBox + 2
	line = d.Box(line, until, x, untilBox)
	d.Row(line)
	var hint string
	switch d.Here {
	case scope:
		hint = d.Say(scopeHint(r.of()))
	case until:
		if hint = untilHint(p.env, r.of()); r.until.Value() != "" {
			hint = meaning(p.env, r.until.Value())
		}
	}
	bad := d.Fault(role)
	d.Indent = colValue + roleBox + 2
	bad = d.Fault(scope) || bad
	d.Indent += scopeBox + 2
	bad = d.Fault(until) || bad
	d.Indent = colValue
	if !bad && (d.Here == role || d.Here == scope || d.Here == until) {
		d.Row(kit.Put("", colValue+roleBox+2, p.env.Look.Muted(hint)))
	}
}

// View draws the form, or what is to be decided first.
func (p *newPage) View() kit.Frame {
	rows, cursor := p.draw().Rows(p.h)
	if p.Claim.Else {
		cursor = nil
	}
	return kit.Frame{Body: kit.Block(rows, p.w, p.h), Status: p.Status(min(p.w, 80)), Cursor: cursor}
}
