// Package totals is what the school has done this term, in counts without a
// name: in all, by grade, by class. An inspector sees none under five.
package totals

import (
	"context"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	title = i18n.T("Reports > Totals", "报表 > 总数")
	about = i18n.T("How many, this term, without a name?", "本学期各有多少, 不带姓名?")

	whole    = i18n.T("All", "合计")
	place    = i18n.T("Of", "范围")
	students = i18n.T("Pupils", "学生")
	families = i18n.T("Families", "家庭")
	left     = i18n.T("Left-b.", "留守")
	contacts = i18n.T("Contacts", "往来")
	calls    = i18n.T("Calls", "电话")
	visits   = i18n.T("Visits", "家访")
	messages = i18n.T("Mess.", "消息")
	others   = i18n.T("Other", "其他")
	reached  = i18n.T("Month", "本月")
	open     = i18n.T("Open", "未了")
	kept     = i18n.T("Kept", "已做")
	broken   = i18n.T("Broken", "没做")

	legend  = i18n.T("contacts and promises of this term; Month: families reached this month", "往来和承诺为本学期; 本月: 本月谈到的家庭")
	fewer   = i18n.T("<5: under five is not told; *: not told, or it would tell another", "<5: 不足五个不显示; *: 为免推算出别的也不显示")
	upTo    = i18n.T("term from %s, as of %s", "本学期 %s 起, 到 %s")
	nothing = i18n.T("There is nothing you may count: ask an administrator if that is wrong", "没有你能看的总数: 不对就找管理员")
)

// Deps is what the screen asks the desk.
type Deps struct {
	Totals func(context.Context) (data.TermTotals, error)
}

type page struct {
	kit.Listing[data.TermTotals, data.TotalsRow]
}

// New returns the screen. It reads nothing of o.
func New(env *kit.Env, deps Deps, _ kit.Open) kit.Page {
	p := &page{}
	p.Listing = kit.NewListing(env, kit.ListOf[data.TermTotals, data.TotalsRow]{
		Read: deps.Totals, Rows: rows, ID: id, Cols: func() []kit.Col { return cols(env) }, Cells: p.cells, Empty: nothing,
		Touched: func(m kit.Changed) bool { return m.Refs[data.Ref{}] }, // counts of a term do not jump with each save
	})
	return p
}

func (p *page) Title() i18n.Phrase    { return title }
func (p *page) About() i18n.Phrase    { return about }
func (p *page) Actions() []kit.Action { return nil }

// rows are all, the grades, and under each its classes.
func rows(t data.TermTotals) (out []data.TotalsRow) {
	if len(t.Grades) == 0 {
		return nil
	}
	out = append(out, t.All)
	for _, g := range t.Grades {
		out = append(out, g)
		for _, c := range t.Classes {
			if c.Class.Grade == g.Grade {
				out = append(out, c)
			}
		}
	}
	return out
}

// id tells rows apart: the school is 1, a grade and a class have their numbers.
func id(r data.TotalsRow) int64 {
	return 1 + int64(r.Grade)*1_000_000 + int64(r.Class.Grade)*1000 + int64(r.Class.Number)
}

func cols(env *kit.Env) []kit.Col {
	num := func(head i18n.Phrase, rank int) kit.Col {
		return kit.Col{Head: head, Width: max(4, kit.Width(env.Say(head))), Align: kit.ToRight, Rank: rank}
	}
	return []kit.Col{{Head: place, Width: 8}, num(students, 0), num(families, 0), num(left, 2), num(contacts, 0), num(calls, 3), num(visits, 0),
		num(messages, 4), num(others, 5), num(reached, 0), num(open, 1), num(kept, 1), num(broken, 1)}
}

func (p *page) cells(r data.TotalsRow) []any {
	name := p.Env.Say(whole)
	switch {
	case !r.Class.IsZero():
		name = "  " + p.Env.Lang.Class(r.Class)
	case r.Grade > 0:
		name = p.Env.Lang.Grade(r.Grade)
	}
	out := []any{name}
	for _, c := range r.Counts() {
		out = append(out, c.String())
	}
	return out
}

// View draws the list.
func (p *page) View() kit.Frame {
	env, t := p.Env, p.Asked.Value
	f := kit.Frame{Body: p.Body(), Status: " " + env.Look.Muted(env.Say(legend))}
	if p.Known() && t.Term.ID != 0 {
		f.Scope = " " + env.Say(upTo, env.Lang.Date(t.Term.First, t.On), env.Lang.Date(t.On, t.On))
	}
	if t.Few {
		f.Status = " " + env.Look.Muted(env.Say(fewer))
	}
	return f
}
