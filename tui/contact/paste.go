package contact

import (
	"strings"
	"unicode/utf8"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var noPaste = i18n.T("Nothing is pasted here: go to a text first", "这一项不能粘贴: 先到写字的地方")

// paste takes a paste as text. A pasted chat is no note: it goes into its own
// field, and what does not fit is named.
func (p *page) paste(m tea.PasteMsg) tea.Cmd {
	at := p.Here()
	switch {
	case at.Field == slotQuoted, at.Field == slotText && long(m.Content):
		return p.quote(m.Content)
	case at.Field == slotText:
		return p.write(m)
	case p.List(at) != nil || p.Line(at) == nil:
		return p.env.Note(noPaste)
	}
	return p.inField(at, m)
}

func long(s string) bool {
	return strings.Count(s, "\n") > quoteLines || strings.Count(s, "\r") > quoteLines || utf8.RuneCountInString(s) > quoteChars
}

// quote puts a pasted message where it belongs, as far as there is room.
func (p *page) quote(s string) tea.Cmd {
	s = data.Block(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
	room := data.MaxQuoted - len(p.quoted.Value())
	if p.quoted.Len() > 0 {
		room--
		s = "\n" + s
	}
	taken := s
	if len(s) > max(room, 0) {
		taken = strings.ToValidUTF8(s[:max(room, 0)], "")
	}
	if p.quotedOn.IsZero() {
		p.quotedOn = p.env.Now.Today()
	}
	p.quoted.SetValue(p.quoted.Value() + taken)
	p.quoted.SetPosition(0)
	delete(p.Faults, kit.Place{Field: slotText})
	p.fit()
	if cut := len(s) - len(taken); cut > 0 {
		return p.env.Send(kit.PasteCut{Taken: len(taken), Cut: cut})
	}
	return nil
}
