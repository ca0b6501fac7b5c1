package contact

import (
	"errors"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	noRight    = i18n.T("! No right to this family now: the draft is kept to read, ask %s", "! 你现在不能记这家: 草稿还可以读, 可找 %s")
	noFamily   = i18n.T("! This family is not there for you now: the draft is kept to read", "! 这家你看不到了: 草稿还可以读")
	anAdmin    = i18n.T("an administrator", "管理员")
	noAnswer   = i18n.T("No answer is noted.", "没接通已记。")
	wrongNote  = i18n.T("Wrong number is noted.", "打错已记。")
	callNext   = i18n.T(" enter calls the next: %s", "enter 打下一个: %s")
	nobodyElse = i18n.T(" There is no other number.", "没有别的号码了。")
)

// status is row 22 while nothing was said.
func (p *page) status() string {
	switch {
	case p.offer != nil:
		return " " + p.offerLine()
	case p.Lost == nil && p.news != (i18n.Phrase{}) && p.env.Now().Before(p.newsUntil):
		return kit.Ends(" "+p.env.Look.Live("~")+" "+kit.Show(p.env.Say(p.news)), "", p.w)
	}
	return p.Status(min(p.w, p.formW()))
}

// lostWhy says why the record cannot be saved, and who may help.
func (p *page) lostWhy(lost error) i18n.Phrase {
	switch {
	case errors.Is(lost, data.ErrNotFound):
		return noFamily
	case errors.Is(lost, data.ErrForbidden):
		if t := p.facts.Value.card.Teacher; t != "" && p.facts.Value.card.TeacherID != p.env.Me.ID {
			return noRight.With(i18n.Typed(p.env.Lang.Name(t, "")))
		}
		return noRight.With(anAdmin)
	}
	return cannotRead
}

// A number is one that may be called: a guardian's.
type number struct {
	of   data.Guardian
	e164 string
}

// next is the number after the one in hand, in calling order; nil after the
// last. Wrong numbers and people not to be contacted are passed over.
func (p *page) next() *number {
	var all []number
	at := -1
	g, now := p.guardian(), p.phone()
	for _, of := range p.with.of {
		for _, n := range of.Phones {
			if n.Bad.IsZero() && !of.DoNotContact {
				all = append(all, number{of, n.E164})
			}
			if g != nil && of.Person == g.Person && n.E164 == now {
				at = len(all) - 1
			}
		}
	}
	if g == nil || at+1 >= len(all) {
		return nil
	}
	return &all[at+1]
}

func (p *page) offerLine() string {
	said := noAnswer
	if p.result() == data.WrongNumber {
		said = wrongNote
	}
	if p.offer.e164 == "" {
		return p.env.Say(said) + p.env.Say(nobodyElse)
	}
	return p.env.Say(said) + p.env.Say(callNext, p.offer.word(p.env))
}

// word names a number with whose it is: 父 章立民 100 0000 0217.
func (n *number) word(env *kit.Env) string {
	return kit.Show(env.Lang.Guardian(n.of) + " " + env.Lang.Name(n.of.Name, "") + " " + data.Grouped(n.e164))
}
